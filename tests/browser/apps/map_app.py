"""The smallest page with our map: one choice, wijken and offers. `?vijandig` in the address gives it hostile names."""

from __future__ import annotations

import gc
from itertools import cycle, islice

import geopandas as gpd
import shapely
import streamlit as st

from einclusie_data.output.maps import maps
from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.ui.parts.map import show_map
from tests.browser.apps import world

TOOLTIP = {"wijk": "Wijk", "oordeel": "Oordeel", "personen": "Personen"}


@st.cache_resource
def light_wijken() -> gpd.GeoDataFrame:
    light = maps.light_geometry(world.city_wijken())
    gc.collect()
    gc.freeze()
    return light


@st.cache_resource
def first_view() -> tuple[float, float, float, float]:
    return maps.focus_bounds(light_wijken().cx[4.30:4.42, 51.20:51.28])


@st.cache_resource(max_entries=100)
def layers(group: str, selected: str | None, hostile: bool) -> list[Drawing]:
    wijken = world.with_verdicts(light_wijken(), group)
    offers = world.city_offers(group)
    if hostile:
        wijken = wijken.assign(wijk=list(islice(cycle(world.HOSTILE), len(wijken))))
        offers = offers.assign(name=list(islice(cycle(world.HOSTILE), len(offers))))
    shown = world.HOSTILE[1] if hostile else f"{group} {selected}"
    return [maps.verdict_layer(wijken, TOOLTIP, filter_id=shown, selected=selected), maps.offers_layer(offers)]


def pick(lat: float, lon: float) -> None:
    wijken = light_wijken()
    st.session_state["picked"] = wijken.loc[wijken.contains(shapely.Point(lon, lat)), "wijkcode"].iloc[0]


st.set_page_config("Kaart", "🗺️", layout="wide")
group = st.radio("Voor wie", world.GROUPS, horizontal=True)
st.text(f"gekozen: {group}")
selected = st.session_state.get("picked")
show_map(
    layers(group, selected, "vijandig" in st.query_params),
    key="kaart",
    bounds=light_wijken().total_bounds,
    focus=first_view(),
    on_click=pick,
)
st.text(f"gemeld: {selected}")
