"""A table whose rows can be chosen by button: one component, in which nothing can run (DESIGN §6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from einclusie_data.ui.parts.component import component

_FRAME = "<h2></h2><div class='keuzes' tabindex='0' role='group'></div><p class='noot'></p>"


@dataclass(frozen=True)
class Bar:
    """A bar in two parts, each a share (0-1) of the width. Screen readers skip it: a figure stands beside it."""

    first: float
    second: float


@dataclass(frozen=True)
class Button:
    """A button that chooses its row: what stands on it, and what it does in full, for screen readers."""

    text: str
    name: str


@dataclass(frozen=True)
class Row:
    """A row of the table; its text is plain, and shown as it is. The first cell names the row."""

    id: str
    cells: tuple[str | Bar | Button, ...]
    chosen: bool = False


def _cell(cell: str | Bar | Button) -> str | dict[str, Any]:
    if isinstance(cell, Bar):
        return {"bar": [cell.first, cell.second]}
    return {"button": cell.text, "name": cell.name} if isinstance(cell, Button) else cell


def show_choice_table(
    title: str,
    note: str,
    heads: Sequence[str],
    rows: Sequence[Row],
    *,
    key: str,
    on_pick: Callable[[str], None],
    toggles: bool = False,
    wide_only: Sequence[int] = (),
) -> None:
    """Draw the table.

    Parameters
    ----------
    title, note : str
        Heading above it, which also names the table for screen readers; explanation below it.
    heads : sequence of str
    rows : sequence of Row
    key : str
        Stable name in the session.
    on_pick : callable
        Called with the id of a row when its button is pressed, before the page runs again.
    toggles : bool
        One row is chosen at a time, and its button says so.
    wide_only : sequence of int
        Columns that a phone has no room for; what they say must stand elsewhere in the row too.
    """

    def picked() -> None:
        pick = st.session_state[key].get("pick")
        if pick:
            on_pick(str(pick))

    data = {"title": title, "note": note, "heads": list(heads), "toggles": toggles, "wide": list(wide_only)}
    lines = [{"id": row.id, "cells": [_cell(one) for one in row.cells], "chosen": row.chosen} for row in rows]
    draw = component("keuzetabel", "choices", _FRAME)
    draw(key=key, data=data | {"rows": lines}, on_pick_change=picked)
