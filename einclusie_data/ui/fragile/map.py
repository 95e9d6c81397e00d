"""The map of the page Kwetsbaar: the wijken where something changes when one single offer stops."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.proposals.fragile.looks import FRAGILE_LOOKS, fragile_legend, fragile_wijken
from einclusie_data.proposals.fragile.offers import Fragility
from einclusie_data.ui.fragile.data import KEPT, every_group, gap_rows
from einclusie_data.ui.frame import data
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.maps.layers import filter_id, marks_layer
from einclusie_data.ui.maps.looks import looks_layer
from einclusie_data.ui.parts.gaps import show_looks
from einclusie_data.ui.parts.map import show_map

HEIGHT_PX = 480
_TOOLTIP = {"label": "Wijk", "word": "Wat er gebeurt", "aanbod": "Door dit aanbod"}


def show_fragile_map(view: View, found: Fragility, offer: int | None) -> None:
    """Draw the map.

    Parameters
    ----------
    view : View
    found : Fragility
    offer : int, optional
        Position in the supply: only what hangs on this one. Any single offer unless given.
    """
    code = f"{filter_id(view)}|{every_group()}|{offer}"
    wijken, layers = _drawn(view.version, code, view, found, offer)
    show_looks(fragile_legend(wijken))
    show_map(
        layers,
        key="kaart_kwetsbaar",
        bounds=data.bounds(),
        focus=data.focus(view.choice.scope.codes),
        centre=data.centre(),
        height=HEIGHT_PX,
    )
    st.caption("● Stip: bekende plek. ◌ Ring met streepjes: we kennen enkel de wijk.")


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _drawn(
    version: str, code: str, _view: View, _found: Fragility, _offer: int | None
) -> tuple[pd.DataFrame, list[Drawing]]:
    wijken = fragile_wijken(_found, gap_rows(_view), _offer)
    shown = _found.offers["offer"].tolist() if _offer is None else [_offer]
    return wijken, [looks_layer(wijken, FRAGILE_LOOKS, _TOOLTIP, code), marks_layer(_view.dataset, shown)]
