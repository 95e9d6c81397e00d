"""Gaps over time: every published version judged on the day on which it was published.

All versions are judged with the rules and the reference data of now. So a difference between two points never comes
from the method: the workbook changed, or offers began or ended between the two days. What was shown at the time is
kept beside it (see `history_basis`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from einclusie_data.contract import verdicts
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.contract.words import whole
from einclusie_data.engine.dataset import Dataset, answer_per_group
from einclusie_data.store.versions import Version

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
