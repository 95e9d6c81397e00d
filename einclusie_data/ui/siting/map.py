"""The map of the page Waar eerst: the proposed places, numbered, over the verdicts of today."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from einclusie_data.output.maps import maps
from einclusie_data.output.maps.colourings import COLOURINGS, VERDICT, legend_of
from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.proposals.siting.advice import Advice
from einclusie_data.proposals.siting.tables import place_rows
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.maps.layers import show_layers
from einclusie_data.ui.parts.gaps import show_looks

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
