"""Gaps over time: every published version judged on the day on which it was published.

All versions are judged with the rules and the reference data of now. So a difference between two points never comes
from the method: the workbook changed, or offers began or ended between the two days. What was shown at the time is
kept beside it (see `history_basis`).

What figures rest on besides the workbook, the method and the reference data, and what was shown on that ground.

A version is kept with both. When the same workbook gives other figures later, the difference comes
from the method or the reference data, never from the offer.

Gaps over time as a drawing (SVG): one line per group, told apart by dash and marker, named at its end.

Published versions in words: for lists, choices, and the page that tells what changed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from einclusie_data.contract import settings, verdicts
from einclusie_data.contract.file_names import shown_name
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.contract.words import listing, moment, number, whole
from einclusie_data.engine.dataset import Dataset, answer_per_group
from einclusie_data.store.versions import Basis, Version


def version_label(version: Version) -> str:
    """One version, to choose it by."""
    return f"versie {version.number}: {version.published_here:%d/%m/%Y %H.%M} uur, {version.published_by}"


def version_rows(versions: Sequence[Version]) -> list[tuple[str, ...]]:
    """One row of text per version: number, when, by whom, why, file, size and checksum."""
    return [
        (
            str(one.number),
            moment(one.published_here),
            one.published_by,
            _reason(one),
            shown_name(one.name),
            f"{number(max(1, round(one.size_bytes / 1000)))} kB",
            one.sha256[:16],
        )
        for one in versions
    ]


def _reason(version: Version) -> str:
    again = f"versie {version.restored_from} opnieuw" if version.restored_from is not None else ""
    return ". ".join(filter(None, [version.note, again])) or "–"


def meanwhile_sentence(latest: Version | None, based_on: int | None, learnt: Sequence[str], name: str) -> str:
    """Why a draft was not published: what happened since its report was made, by whom and when.

    Parameters
    ----------
    latest : Version or None
        What is published now.
    based_on : int or None
        Number of the version that the report compares with; None when there was none.
    learnt : sequence of str
        What the app learnt since then (`draft.learnt_since`).
    name : str
        Who publishes: it may be their own other window that was first.
    """
    if latest is None and based_on is not None:
        happened = "De opslag is ondertussen leeg."
    elif latest is not None and latest.number != based_on:
        happened = _published_sentence(latest, name)
    else:
        happened = (
            "Ondertussen leerde een andere trekker, of jij in een ander venster, de app iets bij: "
            f"{listing(learnt) or 'een kolom, een punt of een adres'}."
        )
    against = f" tegenover versie {latest.number}" if latest is not None else ""
    return (
        f"{happened} Jouw werkmap is niet gepubliceerd, en er ging niets verloren. "
        f"Hieronder staat het verslag opnieuw{against}."
    )


def _published_sentence(latest: Version, name: str) -> str:
    own = latest.published_by == name
    who = "jij zelf (in een ander venster)" if own else latest.published_by
    when = moment(latest.published_here)
    if latest.restored_from is not None:
        return f"Ondertussen zette {who} versie {latest.restored_from} terug. Dat is versie {latest.number}, op {when}."
    return f"Ondertussen publiceerde {who} versie {latest.number}. Dat was op {when}."


def version_before(versions: Sequence[Version], day: date) -> Version | None:
    """What was published at the end of a day (`versions` newest first); None when there was nothing yet."""
    return next((one for one in versions if one.published_here.date() <= day), None)


def version_at(versions: Sequence[Version], moment: datetime) -> Version | None:
    """What was published at a moment (`versions` newest first); None when there was nothing yet."""
    return next((one for one in versions if one.published_at <= moment), None)


WIDTH, LEFT, RIGHT, TOP, BOTTOM = 960, 44, 610, 44, 46
"""Pixels: the whole width; where the plot begins and ends; room above and below it."""
LABEL_LEFT = RIGHT + 34
LABEL_HEIGHT = 17
TICK_WIDTH = 84
NAME_CHARACTERS = 48
STEPS = (1, 2, 5, 10, 20, 50, 100)
MARKERS = (
    "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z",
    "M-4,-4h8v8h-8z",
    "M0,-5L5,4H-5z",
    "M0,-6L6,0L0,6L-6,0z",
    "M0,5L5,-4H-5z",
    "M-4,-4L4,4M-4,4L4,-4",
    "M-5,0H5M0,-5V5",
)
DASHES = ("none", "9 4", "2 4", "9 3 2 3")
"""As many markers as dashes would repeat the same pairs: 7 x 4 groups look different."""

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML does not know: with one of them the browser would draw nothing."""


@dataclass(frozen=True)
class _Axes:
    """Where a day and a number of gaps are drawn."""

    first: date
    last: date
    highest: int
    bottom: float

    def x(self, day: date) -> float:
        days = (self.last - self.first).days
        return LEFT + 8 + (RIGHT - LEFT - 16) * ((day - self.first).days / days if days else 0.5)

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - TOP) * value / self.highest


def lines_svg(lines: pd.DataFrame, names: Sequence[str], chosen: str, meetings: Sequence[date], words: str) -> str:
    """Draw the lines.

    Parameters
    ----------
    lines : pandas.DataFrame
        From `history.gap_lines`.
    names : sequence of str
        Short name of every point, for under the axis.
    chosen : str
        The group whose line is drawn thick.
    meetings : sequence of date
        Marked with a triangle and a line.
    words : str
        The drawing in one sentence, for who does not see it.
    """
    groups = list(dict.fromkeys(lines["doelgroep"]))
    days = [day for _, day in sorted(set(zip(lines["punt"], lines["dag"], strict=True)))]
    height = max(300, TOP + BOTTOM + LABEL_HEIGHT * len(groups))
    known = lines["hiaten"].dropna()
    axes = _Axes(days[0], days[-1], max(1, int(known.max()) if len(known) else 1), height - BOTTOM)
    ends = _ends(lines, groups, axes)
    thin = [(place, group) for place, group in enumerate(groups) if group != chosen]
    bold = [(place, group) for place, group in enumerate(groups) if group == chosen]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-label="{_escaped(words)}">',
        _grid(axes),
        _ticks(axes, days, names),
        *(_meeting(axes, day) for day in meetings),
        *(
            _line(lines[lines["doelgroep"] == group], axes, place, ends.get(group), thick=False)
            for place, group in thin
        ),
        *(_line(lines[lines["doelgroep"] == group], axes, place, ends.get(group), thick=True) for place, group in bold),
        "</svg>",
    ]
    return "".join(parts)


def _grid(axes: _Axes) -> str:
    step = next((one for one in STEPS if axes.highest / one <= 6), axes.highest)
    parts = [f'<text x="4" y="{TOP - 24}" font-size="13">Aantal wijken met een mogelijk hiaat</text>']
    for value in range(0, axes.highest + 1, step):
        y = axes.y(value)
        parts.append(
            f'<path d="M{LEFT},{y:.1f}H{RIGHT}" stroke="currentColor" stroke-opacity="0.25"/>'
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" font-size="13" text-anchor="end">{value}</text>'
        )
    return "".join(parts)


def _ticks(axes: _Axes, days: Sequence[date], names: Sequence[str]) -> str:
    """A small stroke per point, and its name and day where there is room; the newest one always has it."""
    parts, taken = [], float("inf")
    for day, name in reversed([*zip(days, names, strict=True)]):
        x = axes.x(day)
        parts.append(f'<path d="M{x:.1f},{axes.bottom}v6" stroke="currentColor"/>')
        if x <= taken - TICK_WIDTH:
            taken = x
            at = f'x="{x:.1f}" font-size="13" text-anchor="middle"'
            parts.append(f'<text {at} y="{axes.bottom + 20}">{_escaped(name)}</text>')
            parts.append(f'<text {at} y="{axes.bottom + 36}">{day:%d/%m/%Y}</text>')
    return "".join(parts)


def _meeting(axes: _Axes, day: date) -> str:
    x = axes.x(day)
    return (
        f'<path d="M{x:.1f},{TOP - 4}V{axes.bottom}" stroke="currentColor" stroke-dasharray="1 5"/>'
        f'<path d="M{x - 6:.1f},{TOP - 14}h12l-6,10z" fill="currentColor"/>'
    )


def _ends(lines: pd.DataFrame, groups: Sequence[str], axes: _Axes) -> dict[str, tuple[int, float]]:
    """Last known number of each group, and where its name stands: as near as the names above and below it allow."""
    last = lines.dropna(subset=["hiaten"]).drop_duplicates("doelgroep", keep="last").set_index("doelgroep")["hiaten"]
    order = sorted((group for group in groups if group in last.index), key=lambda group: axes.y(int(last[group])))
    ends: dict[str, tuple[int, float]] = {}
    y = float("-inf")
    for place, group in enumerate(order):
        room_below = axes.bottom - LABEL_HEIGHT * (len(order) - 1 - place)
        y = max(y + LABEL_HEIGHT, min(axes.y(int(last[group])), room_below))
        ends[group] = int(last[group]), y
    return ends


def _line(rows: pd.DataFrame, axes: _Axes, place: int, end: tuple[int, float] | None, *, thick: bool) -> str:
    """One group: its line, broken where we do not know; a marker per point; its name and last number at the end."""
    if end is None:
        return ""
    spots = [
        None if pd.isna(size) else (axes.x(day), axes.y(int(size)))
        for day, size in zip(rows["dag"], rows["hiaten"], strict=True)
    ]
    kind, dash = MARKERS[place % len(MARKERS)], DASHES[place % len(DASHES)]
    marks = "".join(
        f'<path d="{kind}" transform="translate({x:.1f},{y:.1f})" fill="currentColor" stroke="currentColor"/>'
        for x, y in filter(None, spots)
    )
    x, y = [spot for spot in spots if spot][-1]
    size, label_y = end
    name = str(rows["doelgroep"].iloc[0])
    name = name if len(name) <= NAME_CHARACTERS else f"{name[: NAME_CHARACTERS - 1]}…"
    weight = ' font-weight="700"' if thick else ""
    return (
        f'<g class="{"lijn gekozen" if thick else "lijn"}">'
        f'<path d="{_path(spots)}" fill="none" stroke="currentColor" stroke-width="{3.5 if thick else 1.4}" '
        f'stroke-dasharray="{dash}"/>{marks}'
        f'<path d="M{x + 7:.1f},{y:.1f}L{LABEL_LEFT - 16},{label_y:.1f}" stroke="currentColor" stroke-opacity="0.4"/>'
        f'<path d="{kind}" transform="translate({LABEL_LEFT - 8},{label_y:.1f})" fill="currentColor" '
        'stroke="currentColor"/>'
        f'<text x="{LABEL_LEFT + 2}" y="{label_y + 4:.1f}" font-size="13"{weight}>{_escaped(name)}: {size}</text></g>'
    )


def _path(spots: Sequence[tuple[float, float] | None]) -> str:
    parts, down = [], False
    for spot in spots:
        if spot is not None:
            parts.append(f"{'L' if down else 'M'}{spot[0]:.1f},{spot[1]:.1f}")
        down = spot is not None
    return "".join(parts)


def _escaped(text: str) -> str:
    """Text inside XML."""
    return escape(_NO_XML.sub("", text))


REFERENCE_PATTERNS = ("*.csv", "*.geojson")
"""Files of the data folder that figures are made from."""


@dataclass(frozen=True)
class Then:
    """The gaps of one group in the whole city: as they were shown, and the same workbook judged as we do now."""

    shown: int
    now: int

    @property
    def by_method(self) -> int:
        """What the method and the reference data changed."""
        return self.now - self.shown


@lru_cache(maxsize=4)
def reference_mark(folder: Path = settings.DATA_FOLDER) -> str:
    """Identifies the reference data: a checksum of the names and the content of its files; read once per process."""
    found = hashlib.sha256()
    for path in sorted(path for pattern in REFERENCE_PATTERNS for path in folder.glob(pattern)):
        found.update(f"{path.name}:{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()


def basis_of(dataset: Dataset, question: Question) -> Basis:
    """What is kept with a workbook that is published: method, reference data, and what a question gives."""
    return Basis(settings.METHOD, reference_mark(), figures_of(dataset, question))


def figures_of(dataset: Dataset, question: Question) -> dict[str, Any]:
    """The number of gaps per group in the whole city, with the question, as JSON can hold it.

    Parameters
    ----------
    dataset : Dataset
    question : Question
        Of its filters only the types are kept.
    """
    return {
        "on": question.on.isoformat(),
        "reach_m": question.reach_m,
        "open_counts": question.open_counts,
        "types": list(question.filters.types),
        "gaps": _gaps(answer_per_group(dataset, question).table),
    }


def question_then(basis: Basis) -> Question:
    """The question that the kept figures answer."""
    kept = basis.figures
    return Question(
        on=date.fromisoformat(kept["on"]),
        reach_m=kept["reach_m"],
        open_counts=kept["open_counts"],
        filters=Filters(types=tuple(kept["types"])),
    )


def then_and_now(basis: Basis, dataset: Dataset) -> dict[str, Then]:
    """Per group that is known both then and now: what was shown, and the same workbook judged as we do now."""
    now = _gaps(answer_per_group(dataset, question_then(basis)).table)
    return {group: Then(size, now[group]) for group, size in basis.figures["gaps"].items() if group in now}


def _gaps(table: pd.DataFrame) -> dict[str, int]:
    sizes = table["oordeel"].isin(verdicts.OPEN_GAP).groupby(table["doelgroep"], sort=False).sum()
    return {str(group): int(size) for group, size in sizes.items()}


CELL_COLUMNS = ("wijkcode", "doelgroep", "oordeel")
LINE_COLUMNS = ("punt", "dag", "doelgroep", "hiaten", "onbekend")


@dataclass(frozen=True)
class Point:
    """One moment on the line of time.

    Attributes
    ----------
    name : str
        For people: "versie 3".
    day : datetime.date
        The day on which the workbook is judged.
    cells : pandas.DataFrame or None
        Columns `CELL_COLUMNS`, one row per wijk and group; None when we do not know.
    """

    name: str
    day: date
    cells: pd.DataFrame | None


def last_of_days(versions: Iterable[Version]) -> tuple[Version, ...]:
    """The last version of every day in Antwerp, oldest first; `versions` come newest first."""
    found: dict[date, Version] = {}
    for version in versions:
        found.setdefault(version.published_here.date(), version)
    return tuple(sorted(found.values(), key=lambda version: version.number))


def cells_of(dataset: Dataset, question: Question, day: date) -> pd.DataFrame | None:
    """The verdicts of a workbook on a day, columns `CELL_COLUMNS`.

    None when a filter asks for a value that the workbook's lists do not hold: nothing could pass, and that is no gap.
    """
    if not _knows(dataset, question.filters):
        return None
    return answer_per_group(dataset, replace(question, on=day)).table[list(CELL_COLUMNS)]


def _knows(dataset: Dataset, filters: Filters) -> bool:
    return all(set(values) <= set(dataset.values(field)) for field, values in filters.chosen.items())


def gap_lines(points: Sequence[Point], groups: Sequence[str], codes: Sequence[str]) -> pd.DataFrame:
    """The number of gaps per group over time.

    Parameters
    ----------
    points : sequence of Point
        Oldest first.
    groups : sequence of str
    codes : sequence of str
        The wijken that count.

    Returns
    -------
    pandas.DataFrame
        Columns `LINE_COLUMNS`: place of the point, its day, the group, and how many wijken have a gap (hiaat or mobiel)
        and how many are onbekend. <NA> where the workbook of that point does not know the group, or cannot be judged.
    """
    rows = [
        (place, point.day, group, *_counts(point, group, codes))
        for place, point in enumerate(points)
        for group in groups
    ]
    table = pd.DataFrame(rows, columns=list(LINE_COLUMNS))
    return table.astype({"hiaten": "Int64", "onbekend": "Int64"})


def first_and_last(lines: pd.DataFrame, group: str) -> str:
    """In a sentence: what became of the gaps of a group between the first and the last point (see `gap_lines`)."""
    rows = lines[lines["doelgroep"] == group]
    gaps, unknown = ([whole(rows[column].iloc[place]) for place in (0, -1)] for column in ("hiaten", "onbekend"))
    return (
        f"{group}. Wijken met een mogelijk hiaat: van {gaps[0]} naar {gaps[1]}. "
        f"Wijken waar we het niet weten: van {unknown[0]} naar {unknown[1]}."
    )


def _counts(point: Point, group: str, codes: Sequence[str]) -> tuple[int | None, int | None]:
    found = _verdicts(point, group)
    if found is None:
        return None, None
    here = found[found.index.isin(codes)]
    return int(here.isin(verdicts.OPEN_GAP).sum()), int((here == verdicts.UNKNOWN).sum())


def _verdicts(point: Point, group: str) -> pd.Series[str] | None:
    """Verdict per wijkcode; None when the point does not know the group."""
    if point.cells is None:
        return None
    rows = point.cells[point.cells["doelgroep"] == group]
    return None if rows.empty else rows.set_index("wijkcode")["oordeel"]


def strips(points: Sequence[Point], group: str, codes: Sequence[str]) -> pd.DataFrame:
    """The verdicts of one group in every wijk over time.

    Returns
    -------
    pandas.DataFrame
        Index wijkcode, one column per point (its place); a verdict, or "" where we do not know. Wijken where hardly
        anyone lives are left out.
    """
    columns = {}
    for place, point in enumerate(points):
        found = _verdicts(point, group)
        columns[place] = (
            pd.Series("", index=list(codes)) if found is None else found.reindex(list(codes), fill_value="")
        )
    table = pd.DataFrame(columns, index=pd.Index(list(codes), name="wijkcode"))
    return table[~(table == verdicts.NOT_APPLICABLE).any(axis=1)]


def has_changed(strip: pd.DataFrame) -> pd.Series[bool]:
    """Per row of `strips`: whether two known verdicts in it differ."""
    known = strip.where(strip != "")
    first = known.bfill(axis=1).iloc[:, 0]
    return (known.notna() & known.ne(first, axis=0)).any(axis=1)


def meetings_between(meetings: pd.DataFrame, first: date, last: date) -> list[tuple[date, str]]:
    """Day and network of the meetings from one day up to another, oldest first; each once."""
    days = [(day.date(), str(network)) for day, network in zip(meetings["date"], meetings["network"], strict=True)]
    return sorted({one for one in days if first <= one[0] <= last})
