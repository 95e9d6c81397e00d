"""What changes between two versions of the workbook: in a sentence, on a map and as lists."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.changes.compare import Changes
from einclusie_data.changes.looks import CHANGE_LOOKS, change_legend, wijk_changes
from einclusie_data.changes.words import change_sentences
from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.ui.changes.lists import gap_lists, sheet_lists
from einclusie_data.ui.frame import data
from einclusie_data.ui.maps.looks import looks_layer
from einclusie_data.ui.parts.gaps import show_looks
from einclusie_data.ui.parts.map import show_map
from einclusie_data.ui.parts.markup import EMPTY, join

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
