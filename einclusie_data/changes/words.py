"""What changes between two versions in plain Dutch, and in the shape of the `verschil` JSON (DESIGN §5).

How a changed verdict looks on a map: each kind of change with its colour, symbol and word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd

from einclusie_data.changes.compare import Changes, SheetChanges
from einclusie_data.changes.gaps import CLOSED, KINDS, OPENED, SHIFTED, UNCERTAIN
from einclusie_data.contract import verdicts
from einclusie_data.contract.verdicts import Verdict
from einclusie_data.contract.words import count, listing, number

SAME = "gelijk"
"""No change."""

CHANGE_LOOKS: Mapping[str, Verdict] = MappingProxyType(
    {
        look.code: look
        for look in (
            Verdict(OPENED, "Er ontstaat een mogelijk hiaat", "▲", "#a3262a", "#ffffff",
                    "Eerst was er passend aanbod. In de nieuwe werkmap ontbreekt het misschien."),
            Verdict(CLOSED, "Er verdwijnt een mogelijk hiaat", "▼", "#1f5f99", "#ffffff",
                    "Eerst ontbrak er misschien aanbod. In de nieuwe werkmap is het er."),
            Verdict(UNCERTAIN, "Enkel wat we weten, verandert", "?", "#d0d3d8", "#1f2430",
                    "We weten het nu wel, of net niet meer. Dat zegt niet dat er aanbod bij komt of wegvalt."),
            Verdict(SHIFTED, "Het oordeel verschuift", "≈", "#f7e08c", "#2b2400",
                    "Het oordeel is anders, maar er ontstaat of verdwijnt geen mogelijk hiaat."),
            Verdict(SAME, "Er verandert niets", "", "#bcc9d4", "#1f2430", "Het oordeel blijft hetzelfde."),
        )
    }
)  # fmt: skip
"""Kind of change -> how it looks and what it means."""


_WEIGHT = {OPENED: 1000, CLOSED: 1000, SHIFTED: 10, UNCERTAIN: 1}


def wijk_changes(gaps: pd.DataFrame, group: str, codes: Sequence[str]) -> pd.DataFrame:
    """What changes for one group in each wijk.

    Parameters
    ----------
    gaps : pandas.DataFrame
        See `gap_changes.gap_changes`.
    group : str
    codes : sequence of str
        Wijken to tell about.

    Returns
    -------
    pandas.DataFrame
        One row per wijk, in the order of `codes`: `wijkcode`, `soort` (a key of `CHANGE_LOOKS`), `stap` ("hiaat →
        gedekt", or "" when nothing changes).
    """
    columns = (gaps[name].tolist() for name in ("wijkcode", "doelgroep", "soort", "van", "naar"))
    found = {
        code: (kind, f"{old} → {new}") for code, whom, kind, old, new in zip(*columns, strict=True) if whom == group
    }
    rows = [(code, *found.get(code, (SAME, ""))) for code in codes]
    return pd.DataFrame(rows, columns=["wijkcode", "soort", "stap"])


def change_legend(changes: pd.DataFrame) -> list[tuple[Verdict, int]]:
    """Every kind of change that is there with its number of wijken; rows of `wijk_changes`."""
    found = Counter(changes["soort"])
    return [(CHANGE_LOOKS[kind], found[kind]) for kind in (*KINDS, SAME) if kind in found]


def group_with_most(gaps: pd.DataFrame, groups: Sequence[str]) -> str:
    """The group for which most changes: where a map starts. The first one when nothing changes.

    A gap that opens or closes goes before a change in what we know.
    """
    weight: Counter[str] = Counter()
    for group, kind in zip(gaps["doelgroep"], gaps["soort"], strict=True):
        weight[group] += _WEIGHT[kind]
    return max(groups, key=lambda group: weight[group])


NOTHING_CHANGED = "Er verandert niets: beide werkmappen zeggen hetzelfde."
KNOWLEDGE = "Daar verandert wat we weten. Dat zegt niet dat er aanbod bij komt of wegvalt."
"""What an uncertain change means."""
EMPTY = "(leeg)"
SECRET_CHANGED = "gewijzigd (de inhoud tonen we niet)"  # noqa: S105 - a sentence, no password


def changes_shape(changes: Changes) -> dict[str, list[dict[str, Any]]]:
    """The `verschil` JSON: rows of Aanbod and gaps.

    Internal columns, and columns that we don't know, are left out; so is a row in which nothing else changed.
    """
    public = changes.offers.changed[~changes.offers.changed["secret"].astype(bool)]
    return {
        "toegevoegd": _named(changes.offers.added),
        "verdwenen": _named(changes.offers.removed),
        "gewijzigd": [
            {"rij": int(str(row)), "naam": cells["name"].iloc[0], "velden": _fields(cells)}
            for row, cells in public.groupby("row", sort=True)
        ],
        "hiaten_ontstaan": _gaps(changes.opened),
        "hiaten_verdwenen": _gaps(changes.closed),
        "hiaten_onzeker": _gaps(changes.uncertain),
    }


def _named(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{"rij": int(row), "naam": name} for row, name in zip(rows["row"], rows["name"], strict=True)]


def _fields(cells: pd.DataFrame) -> dict[str, list[str]]:
    return {
        column: [before, after]
        for column, before, after in zip(cells["column"], cells["before"], cells["after"], strict=True)
    }


def _gaps(gaps: pd.DataFrame) -> list[dict[str, Any]]:
    keys = ["wijkcode", "doelgroep", "van", "naar"]
    return [dict(zip(keys, row, strict=True)) for row in gaps[keys].itertuples(index=False, name=None)]


# --- sentences -------------------------------------------------------------------------------------------------------
def change_sentences(changes: Changes, *, lost: bool = True) -> list[str]:
    """What changes, in a few sentences: the counts that a screen starts with, and which columns are `lost`."""
    if changes.none:
        return [NOTHING_CHANGED]
    return [
        _counts("Aanbod", changes.offers),
        *(_counts(name, one) for name, one in (("Methodieken", changes.methods), ("Partners", changes.partners))
          if not one.same),
        *_other_sentences(changes.other),
        gap_counts_sentence(changes),
        *(lost_sentences(changes.lost) if lost else []),
    ]  # fmt: skip


def _counts(name: str, rows: SheetChanges) -> str:
    if rows.same:
        return f"{name}: er verandert niets."
    parts = [(len(rows.added), "toegevoegd"), (len(rows.removed), "verdwenen"), (rows.changed_rows, "gewijzigd")]
    return f"{name}: {listing([f'{number(size)} {word}' for size, word in parts if size])}."


def gap_counts_sentence(changes: Changes) -> str:
    """How many gaps open and close, and in how many cases only our knowledge changes."""
    opened, closed, uncertain, shifted = (
        len(one) for one in (changes.opened, changes.closed, changes.uncertain, changes.shifted)
    )
    parts = [_opened_and_closed(opened, closed)]
    if uncertain:
        parts.append(f"In {count(uncertain, 'geval', 'gevallen')} verandert enkel wat we weten.")
    if shifted:
        parts.append(f"In {count(shifted, 'geval', 'gevallen')} verschuift het oordeel op een andere manier.")
    return " ".join(parts)


def _opened_and_closed(opened: int, closed: int) -> str:
    if not opened and not closed:
        return "Er ontstaat geen mogelijk hiaat, en er verdwijnt er geen."
    return (
        f"{'Er ontstaat' if opened == 1 else 'Er ontstaan'} {count(opened, 'mogelijk hiaat', 'mogelijke hiaten')} "
        f"en er {'verdwijnt' if closed == 1 else 'verdwijnen'} er {number(closed)}."
    )


def _other_sentences(sheets: tuple[str, ...]) -> list[str]:
    return [f"Ook op het blad {listing(sheets)} verandert er iets."] if sheets else []


def gap_sentence(gap: pd.Series[Any]) -> str:
    """One changed verdict (a row of `Changes.gaps`) in words.

    Examples
    --------
    >>> import pandas as pd
    >>> gap_sentence(pd.Series({"wijk": "Kiel", "doelgroep": "Ouderen", "van": "hiaat", "naar": "gedekt",
    ...                         "soort": "verdwenen"}))
    'In Kiel verdwijnt een mogelijk hiaat voor ouderen: van hiaat naar gedekt.'
    """
    where, whom = f"In {gap['wijk']}", f"voor {str(gap['doelgroep']).lower()}"
    step = f"van {gap['van']} naar {gap['naar']}"
    if gap["soort"] == OPENED:
        return f"{where} ontstaat een mogelijk hiaat {whom}: {step}."
    if gap["soort"] == CLOSED:
        return f"{where} verdwijnt een mogelijk hiaat {whom}: {step}."
    if gap["soort"] == UNCERTAIN:
        now = "niet meer" if gap["naar"] == verdicts.UNKNOWN else "wel"
        return f"{where} weten we het nu {now} {whom}: {step}."
    return f"{where} verandert het oordeel {whom}: {step}."


def gap_sentences(gaps: pd.DataFrame) -> list[str]:
    """One sentence per changed verdict."""
    return [gap_sentence(row) for _, row in gaps.iterrows()]


def lost_sentences(lost: pd.DataFrame) -> list[str]:
    """One sentence per lost column: rows of `lost_columns.lost_columns`."""
    return [_lost_sentence(row) for row in lost.to_dict("records")]


def _lost_sentence(row: dict[Any, Any]) -> str:
    cells = count(row["cells"], "ingevulde cel", "ingevulde cellen")
    if not row["column"]:
        return f"Het blad “{row['sheet']}” is weg. Er stonden {cells} in."
    state = "is nu helemaal leeg" if row["emptied"] else "is weg"
    return f"De kolom “{row['column']}” op het blad “{row['sheet']}” {state}. Ze had {cells}."


# --- lines of the command line ---------------------------------------------------------------------------------------
def change_lines(changes: Changes) -> list[str]:
    """Everything that changes, line by line: the text of `verschil`."""
    offers = changes.offers
    return [
        f"{changes.old_name} → {changes.new_name}",
        *change_sentences(changes),
        *_block("Toegevoegd", map(_row_line, offers.added.to_dict("records"))),
        *_block("Verdwenen", map(_row_line, offers.removed.to_dict("records"))),
        *_block("Gewijzigd", _changed_lines(offers.changed)),
        *_block("Mogelijke hiaten die ontstaan", gap_sentences(changes.opened)),
        *_block("Mogelijke hiaten die verdwijnen", gap_sentences(changes.closed)),
        *_block(f"Onzeker. {KNOWLEDGE}", gap_sentences(changes.uncertain)),
    ]


def _block(title: str, lines: Any) -> list[str]:
    """A title with its lines; nothing when there are none."""
    found = [f"  {line}" for line in lines]
    return ["", f"{title}", *found] if found else []


def _row_line(row: dict[Any, Any]) -> str:
    note = f" {row['note']}" if row["note"] else ""
    return f"rij {row['row']}: {one_line(row['name'])} ({one_line('; '.join(row['organisations']))}).{note}"


def _changed_lines(changed: pd.DataFrame) -> Iterator[str]:
    for row, cells in changed.groupby("row", sort=True):
        yield f"rij {row}: {one_line(cells['name'].iloc[0])}"
        for cell in cells.to_dict("records"):
            yield f"  {one_line(cell['column'])}: {cell_text(cell)}"


def cell_text(cell: dict[Any, Any]) -> str:
    """What a changed cell said and says: a row of `changed_cells.cell_changes`."""
    if cell["secret"]:
        return SECRET_CHANGED
    return f"{one_line(cell['before']) or EMPTY} → {one_line(cell['after']) or EMPTY}"


def one_line(text: str) -> str:
    """A cell's text without line breaks."""
    return " ".join(text.split())
