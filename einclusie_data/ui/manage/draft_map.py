"""Offers of an uploaded workbook that have no point yet: look up their addresses, or put them on the map by hand."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from einclusie_data.contract import settings
from einclusie_data.contract.words import count
from einclusie_data.engine.dataset import Dataset
from einclusie_data.geocode.answer import Point
from einclusie_data.geocode.points import PointSource
from einclusie_data.output.maps import maps
from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.publishing.places import offers_to_place, still_without, where_words
from einclusie_data.ui.frame import data
from einclusie_data.ui.frame.work import work
from einclusie_data.ui.manage import upload
from einclusie_data.ui.maps.layers import STREETS, STREETS_HELP
from einclusie_data.ui.parts.map import show_map
from einclusie_data.ui.parts.markdown import plain


def show_places(dataset: Dataset) -> None:
    """How many offers have no point, and both ways to give them one."""
    table = offers_to_place(dataset)
    without = still_without(table)
    st.text(
        f"{count(len(without), 'aanbod heeft', 'keer aanbod heeft')} nog geen punt op de kaart. Met een punt weten we "
        "juist wie er te voet geraakt."
        if len(without)
        else "Elk aanbod met een vaste plek heeft een punt op de kaart."
    )
    _show_addresses(without)
    if len(table):
        _show_by_hand(table, work().serial)


def _show_addresses(without: pd.DataFrame) -> None:
    """The geocoder: off until the trekker switches it on."""
    can_ask = int(without["can_ask"].sum())
    if not can_ask:
        return
    host = settings.GEOCODER_URL.partition("://")[2].partition("/")[0]
    on = st.toggle(
        f"Adressen opzoeken bij de Vlaamse overheid ({plain(host)})",
        key="adressen_aan",
        persist_state="page",
        help="Dan gaan de straat, het nummer en de postcode van het aanbod naar die dienst. Verder niets.",
    )
    if on:
        st.button(
            f"Zoek {count(can_ask, 'adres', 'adressen')} op", on_click=upload.look_up_addresses, key="adressen_opzoeken"
        )


def _label(one: pd.Series) -> str:
    """Says nothing that changes with the point: the list would lose its choice."""
    return f"rij {one['row']}: {one['name']} ({one['organisations'] or 'organisatie niet ingevuld'})"


def _show_by_hand(table: pd.DataFrame, serial: int) -> None:
    st.header("Zet een punt met de hand", anchor=False)
    labels = {int(one["row"]): _label(one) for _, one in table.iterrows()}
    row = st.selectbox(
        "Welk aanbod?",
        list(labels),
        format_func=labels.__getitem__,
        key=f"te_plaatsen_{serial}",
        placeholder="Kies",
        persist_state="page",
    )
    chosen = table[table["row"] == row].iloc[0]
    address = chosen["address"] or "adres niet ingevuld"
    st.text(f"{address}: {where_words(chosen)}")
    st.toggle("Toon straten", key=STREETS, help=STREETS_HELP, persist_state="session")
    _show_map(chosen)
    _show_typing(chosen, serial)


def _show_map(chosen: pd.Series) -> None:
    key = chosen["key"]
    show_map(
        [_wijken(), *_points(chosen)],
        key="kaart_plaatsen",
        bounds=data.bounds(),
        focus=data.focus(chosen["codes"] or _all_codes()),
        centre=data.centre(),
        height=480,
        tiles=st.session_state.get(STREETS, False),
        on_click=lambda lat, lon: upload.put_point(key, Point(lat, lon)),
    )


def _show_typing(chosen: pd.Series, serial: int) -> None:
    """Without a mouse: coordinates; and the way back."""
    key, field = chosen["key"], f"punt_{serial}_{chosen['row']}"
    with st.form("punt", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Of typ de coördinaten", key=field, placeholder="51,2194; 4,4025", width=220)
        st.form_submit_button("Zet dit punt", on_click=upload.put_typed_point, args=[key, field], key="punt_zetten")
    if chosen["source"] == PointSource.HAND:
        st.button("Haal dit punt weg", on_click=upload.put_point, args=[key, None], key="punt_weg")


def _all_codes() -> tuple[str, ...]:
    return tuple(data.areas().wijken.index)


@st.cache_resource(show_spinner=False)
def _wijken() -> Drawing:
    shapes = data.shapes().assign(colour="#bcc9d4", ink="#3d4a57", symbol="")
    return maps.verdict_layer(shapes, {"label": "Wijk"}, filter_id="plaatsen")


def _points(chosen: pd.Series) -> list[Drawing]:
    if pd.isna(chosen["lat"]):
        return []
    marks = {"name": [chosen["name"]], "lon": [chosen["lon"]], "lat": [chosen["lat"]], "exact": [True]}
    return [maps.offers_layer(pd.DataFrame(marks))]
