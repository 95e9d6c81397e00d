"""The matrix on a page: a real table whose cells can be clicked, and reached with the arrow keys."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from einclusie_data.answers.matrix import BY_DISTRICT, BY_GAPS, BY_NEED, Matrix
from einclusie_data.contract.verdicts import VERDICTS
from einclusie_data.ui.parts.component import component

_LOOKS = {
    verdict.code: {"symbol": verdict.symbol, "word": verdict.word, "colour": verdict.colour, "ink": verdict.ink}
    for verdict in VERDICTS.values()
}

_EXTRAS = {BY_DISTRICT: ("gaps", "Aantal hiaten"), BY_GAPS: ("gaps", "Aantal hiaten"),
           BY_NEED: ("ranking", "Wijkenranking")}  # fmt: skip
"""Order -> the figure behind the verdicts: key in a row and heading."""


def show_matrix(
    matrix: Matrix,
    *,
    key: str,
    caption: str,
    order: str,
    chosen: tuple[str, int] | None,
    on_pick: Callable[[str, int], None],
) -> None:
    """Draw the matrix.

    Parameters
    ----------
    matrix : Matrix
    key : str
        Stable name in the session.
    caption : str
        What the table shows, for screen readers.
    order : str
        A key of `figures.ORDERS`: decides which figure stands behind the verdicts.
    chosen : (wijkcode, column) or None
        The cell with the thick outline.
    on_pick : callable
        Called with wijkcode and column position when a cell is chosen, before the page runs again.
    """

    def picked() -> None:
        cell = st.session_state[key].get("cell")
        if cell:
            on_pick(str(cell[0]), int(cell[1]))

    draw = component("hiatenmatrix", "matrix", '<div class="matrix" tabindex="-1"></div>')
    draw(
        key=key,
        data={
            "caption": caption,
            "corner": "Wijk",
            "columns": list(matrix.columns),
            "rows": matrix.rows,
            "extra": list(_EXTRAS[order]),
            "looks": _LOOKS,
            "chosen": list(chosen) if chosen else None,
        },
        on_cell_change=picked,
    )
