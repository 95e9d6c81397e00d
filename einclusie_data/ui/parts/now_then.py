"""Verdicts now and then as a table: a component of ours, which the browser draws in a third of the time of HTML."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from einclusie_data.contract.verdicts import VERDICTS
from einclusie_data.contract.words import count
from einclusie_data.proposals.compare import Comparison
from einclusie_data.ui.parts.component import component

WIJKEN_SHOWN = 15
"""Rows of the table."""
CAPTION = "Oordeel nu en straks, per wijk en doelgroep"
_LOOKS = {
    code: {"symbol": one.symbol, "colour": one.colour, "ink": one.ink, "word": one.word}
    for code, one in VERDICTS.items()
}


@dataclass(frozen=True)
class ChangesTable:
    """What the table shows.

    Attributes
    ----------
    groups : tuple of str
        Headings of the columns behind the wijk.
    rows : tuple of (str, tuple of (str, str))
        Label of a wijk where something changes, and per group the verdict now and the verdict then; most changes first.
    more : int
        Wijken with a change that have no row.
    """

    groups: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    more: int


NO_TABLE = ChangesTable((), (), 0)


def changes_table(comparison: Comparison) -> ChangesTable:
    """The first `WIJKEN_SHOWN` wijken in which most changes."""
    touched = [code for code, _ in Counter(comparison.changed["wijkcode"]).most_common()]
    rows: dict[str, dict[str, tuple[str, str]]] = {code: {} for code in touched[:WIJKEN_SHOWN]}
    names: dict[str, str] = {}
    columns = (comparison.cells[name].tolist() for name in ("wijkcode", "wijk", "doelgroep", "van", "naar"))
    for code, wijk, group, before, after in zip(*columns, strict=True):
        if code in rows:
            names[code] = wijk
            rows[code][group] = (before, after)
    lines = tuple((names[code], tuple(row[group] for group in comparison.groups)) for code, row in rows.items())
    return ChangesTable(comparison.groups, lines, len(touched) - len(rows))


def show_changes_table(table: ChangesTable, *, key: str) -> None:
    """Draw the table under its heading; nothing when nothing changes.

    Parameters
    ----------
    table : ChangesTable
    key : str
        Stable name in the session.
    """
    if not table.rows:
        return
    draw = component("nu_en_straks", "now_then", _FRAME, apart=False)
    more = f"En nog {count(table.more, 'wijk', 'wijken')}." if table.more else ""
    draw(
        key=key,
        data={"caption": CAPTION, "looks": _LOOKS, "groups": table.groups, "rows": table.rows, "more": more},
    )


_FRAME = Markup(
    "<h2>Nu en straks, per wijk en doelgroep</h2>"
    "<div class='tabel smal wijken' tabindex='0' role='group'></div><p class='stil'></p>"
)
