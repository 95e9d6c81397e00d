"""The map of the page Waar eerst: the proposed places, numbered, over the verdicts of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from einclusie_data import maps
from einclusie_data.colourings import COLOURINGS, VERDICT, legend_of
from einclusie_data.siting_tables import place_rows
from einclusie_data.ui.layers import show_layers
from einclusie_data.ui.parts import show_looks

if TYPE_CHECKING:
    from einclusie_data.leaflet import Drawing
    from einclusie_data.siting import Advice
    from einclusie_data.ui.page import View

HEIGHT_PX = 480


def show_siting_map(view: View, advice: Advice) -> None:
    """Draw the map."""
    places = tuple(
        (rank, f"{rank}. {name}", more, place.lat, place.lon)
        for rank, ((_, name, _, more), place) in enumerate(zip(place_rows(advice), advice.places, strict=True), start=1)
    )
    now = view.summary
    show_looks(legend_of(now.rows, COLOURINGS[VERDICT]))
    show_layers(
        view,
        now.rows,
        now.offers,
        key="kaart_waar_eerst",
        height=HEIGHT_PX,
        above=[_numbers(places)],
        brief=True,
    )


@st.cache_resource(show_spinner=False, max_entries=100)
def _numbers(places: tuple[tuple[int, str, str, float, float], ...]) -> Drawing:
    return maps.numbers_layer(pd.DataFrame(list(places), columns=["number", "name", "more", "lat", "lon"]))
