"""What changes between two versions of the workbook as lists; every text comes from a spreadsheet and is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from einclusie_data.changes.compare import Changes, SheetChanges
from einclusie_data.changes.words import KNOWLEDGE, cell_text, gap_sentences, one_line
from einclusie_data.contract.words import number
from einclusie_data.ui.parts.markup import EMPTY, join

LINES_SHOWN = 200
"""Lines of one list on screen; the command `verschil` gives all of them."""


def gap_lists(changes: Changes) -> Markup:
    """The gaps that open, those that close, and where only our knowledge changes, in sentences."""
    return join(
        [
            _block("Mogelijke hiaten die ontstaan", gap_sentences(changes.opened), opened=True),
            _block("Mogelijke hiaten die verdwijnen", gap_sentences(changes.closed), opened=True),
            _block("Enkel wat we weten, verandert", gap_sentences(changes.uncertain), note=KNOWLEDGE),
            _block("Het oordeel verschuift", gap_sentences(changes.shifted)),
        ]
    )


def sheet_lists(name: str, changes: SheetChanges) -> Markup:
    """The rows of a sheet that were added, are gone or changed."""
    return join(
        [
            _block(f"{name} toegevoegd", _rows(changes.added)),
            _block(f"{name} verdwenen", _rows(changes.removed)),
            _block(f"{name} gewijzigd", _changed(changes.changed)),
        ]
    )


def _block(title: str, lines: Sequence[str], *, opened: bool = False, note: str = "") -> Markup:
    """A list under its title and number, to be opened; nothing when it is empty."""
    if not lines:
        return EMPTY
    items = join(Markup("<li>{}</li>").format(line) for line in lines[:LINES_SHOWN])
    more = len(lines) - LINES_SHOWN
    rest = Markup("<p class='stil'>En nog {}.</p>").format(number(more)) if more > 0 else EMPTY
    return Markup(
        "<details class='wie'{}><summary><b>{}</b>: {}</summary>{}<ul class='aanbod'>{}</ul>{}</details>"
    ).format(
        Markup(" open") if opened else EMPTY,
        title,
        number(len(lines)),
        Markup("<p>{}</p>").format(note) if note else EMPTY,
        items,
        rest,
    )


def _rows(rows: pd.DataFrame) -> list[str]:
    return [_row(one) for one in rows.to_dict("records")]


def _row(row: dict[Any, Any]) -> Markup:
    organisations = row.get("organisations", ())
    whose = "; ".join(organisations) if isinstance(organisations, tuple) else ""
    return Markup("<b>{}</b>{} <span class='stil'>(rij {})</span>{}").format(
        one_line(str(row.get("name", row.get("organisation", "")))),
        f" · {one_line(whose)}" if whose else "",
        row["row"],
        Markup("<br>{}").format(row["note"]) if row["note"] else EMPTY,
    )


def _changed(changed: pd.DataFrame) -> list[str]:
    return [_changed_row(str(row), cells) for row, cells in changed.groupby("row", sort=True)]


def _changed_row(row: str, cells: pd.DataFrame) -> Markup:
    name = one_line(cells["name"].iloc[0])
    return Markup("<b>{}</b> <span class='stil'>(rij {})</span><br>{}").format(
        name, row, join(_cells(cells.to_dict("records")), "<br>")
    )


def _cells(cells: Iterable[dict[Any, Any]]) -> list[Markup]:
    return [Markup("{}: {}").format(one_line(str(cell["column"])), cell_text(cell)) for cell in cells]
