"""What changes between two versions of the workbook: in a sentence, on a map and as lists.

What changes between two versions of the workbook as lists; every text comes from a spreadsheet and is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.changes.compare import Changes, SheetChanges
from einclusie_data.changes.words import (
    CHANGE_LOOKS,
    KNOWLEDGE,
    cell_text,
    change_legend,
    change_sentences,
    gap_sentences,
    one_line,
    wijk_changes,
)
from einclusie_data.contract.words import number
from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.ui.frame import data
from einclusie_data.ui.maps.layers import looks_layer
from einclusie_data.ui.parts.gaps import show_looks
from einclusie_data.ui.parts.map import show_map
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


_TOOLTIP = {"label": "Wijk", "word": "Wat verandert", "stap": "Oordeel"}


def show_change_sentences(changes: Changes, *, lost: bool = True) -> None:
    """The answer: what changes, in a few sentences; `lost` columns too, unless the page asks about them itself."""
    lines = [Markup("<p class='antwoord'>{}</p>").format(line) for line in change_sentences(changes, lost=lost)]
    st.html(join(lines))


def show_change_map(changes: Changes, group: str, *, key: str, codes: Sequence[str] | None = None) -> None:
    """For one group: where gaps open or close, and where only our knowledge changes.

    Parameters
    ----------
    changes : Changes
    group : str
    key : str
        Stable name of the map in the session.
    codes : sequence of str, optional
        The wijken of the chosen area; the whole city unless given.
    """
    wijken = wijk_changes(changes.gaps, group, codes or _inhabited())
    show_looks(change_legend(wijken))
    show_map(
        [change_layer(wijken, f"{group}|{changes.old_name}|{changes.new_name}")],
        key=key,
        bounds=data.bounds(),
        focus=data.focus(tuple(codes or _inhabited())),
        centre=data.centre(),
        height=460,
    )


def show_change_lists(changes: Changes) -> None:
    """The gaps and the rows behind the sentences."""
    lists = gap_lists(changes)
    rows = join(
        [
            sheet_lists("Aanbod", changes.offers),
            sheet_lists("Methodieken", changes.methods),
            sheet_lists("Partners", changes.partners),
        ]
    )
    nothing = Markup("<p>Er verandert geen enkel oordeel en geen enkele rij.</p>")
    st.html(join([lists, rows]) if lists != EMPTY or rows != EMPTY else nothing)


def _inhabited() -> tuple[str, ...]:
    wijken = data.areas().wijken
    return tuple(wijken.index[wijken["inhabited"]])


def change_layer(wijken: pd.DataFrame, filter_id: str) -> Drawing:
    """The wijken (rows of `wijk_changes`) in the colours of their change; those outside the area are pale."""
    return looks_layer(wijken, CHANGE_LOOKS, _TOOLTIP, filter_id)
