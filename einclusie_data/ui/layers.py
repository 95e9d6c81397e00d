"""The layers of the maps on the pages: wijken by verdict, offers as marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from einclusie_data import maps, verdicts
from einclusie_data.offers import public_offers
from einclusie_data.ui import data
from einclusie_data.ui.map_view import HEIGHT_PX, show_map
from einclusie_data.words import number, percentage

if TYPE_CHECKING:
    import geopandas as gpd

    from einclusie_data.leaflet import Drawing
    from einclusie_data.pipeline import Dataset
    from einclusie_data.ui.page import View

LAYERS_KEPT = 100
"""Drawn layers kept in memory: some 0.2 MB each."""

STREETS = "straten"
STREETS_HELP = (
    "Je browser haalt dan kaartbeelden op bij OpenStreetMap, en die ziet dat je kijkt. "
    "Zonder deze keuze verlaat geen enkel verzoek deze app."
)

TOOLTIP = {
    "label": "Wijk",
    "word": "Oordeel",
    "reason": "Waarom",
    "reached": "Bewoners op loopafstand",
    "people": "Mensen buiten bereik",
}
"""Column of the layer -> heading in the tooltip."""
_OUTSIDE = {
    "colour": "#fbfbf9",
    "ink": "#8a8a86",
    "symbol": "",
    "word": "niet gekozen",
    "reason": "–",
    "reached": "–",
    "people": "–",
}


def verdict_table(rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """The wijken as the verdict layer wants them: those of `rows` by verdict, the others pale.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of a gap table, one per wijk.
    """
    looks = {code: (one.colour, one.ink, one.symbol, one.word) for code, one in verdicts.VERDICTS.items()}
    look = pd.DataFrame(rows["oordeel"].map(looks).tolist(), columns=["colour", "ink", "symbol", "word"])
    look["wijkcode"] = rows["wijkcode"].to_numpy()
    look["reason"] = rows["reden"].map(lambda reason: verdicts.REASONS.get(reason, "–")).to_numpy()
    look["reached"] = rows["aandeel_bereikt"].map(percentage).to_numpy()
    look["people"] = (
        rows["buiten_bereik"].map(lambda value: "onbekend" if pd.isna(value) else number(int(value))).to_numpy()
    )
    return data.outlines().merge(look, on="wijkcode", how="left").fillna(_OUTSIDE)


def wijken_layer(rows: pd.DataFrame, filter_id: str, selected: str | None) -> Drawing:
    """The wijken coloured by verdict."""
    return maps.verdict_layer(verdict_table(rows), TOOLTIP, filter_id=filter_id, selected=selected)


def marks_layer(dataset: Dataset, positions: list[int]) -> Drawing:
    """The places of some offers (positions in the supply), exact and approximate ones told apart."""
    points = dataset.supply.points
    points = points[points["offer"].isin(positions) & ~points["hint"]]
    lon, lat = dataset.areas.to_degrees(points["x"].to_numpy(), points["y"].to_numpy())
    names = public_offers(dataset.supply.offers)["name"].to_numpy()[points["offer"].to_numpy()]
    return maps.offers_layer(pd.DataFrame({"name": names, "lon": lon, "lat": lat, "exact": points["exact"].to_numpy()}))


def show_layers(
    view: View, rows: pd.DataFrame, positions: tuple[int, ...], *, key: str, height: int = HEIGHT_PX
) -> str | None:
    """A map of the wijken by verdict with some offers on it; made once per choice, then kept."""
    layers = [
        _kept_wijken(data.version(), filter_id(view), rows),
        _kept_marks(data.version(), positions, view.dataset),
    ]
    clicked = show_map(
        layers,
        key=key,
        bounds=tuple(data.outlines().total_bounds),
        focus=data.focus(view.choice.scope.codes),
        height=height,
        tiles=st.session_state.get(STREETS, False),
    )
    st.caption("Stip: aanbod op een bekende plek. Ring met streepjes: aanbod waarvan we enkel de wijk kennen.")
    st.toggle("Toon straten", key=STREETS, help=STREETS_HELP, persist_state="session")
    return clicked


@st.cache_resource(show_spinner=False, max_entries=LAYERS_KEPT)
def _kept_wijken(version: str, filter_id: str, _rows: pd.DataFrame) -> Drawing:
    return wijken_layer(_rows, filter_id, None)


@st.cache_resource(show_spinner=False, max_entries=LAYERS_KEPT)
def _kept_marks(version: str, positions: tuple[int, ...], _dataset: Dataset) -> Drawing:
    return marks_layer(_dataset, list(positions))


def filter_id(view: View) -> str:
    """Which choice of filters a map shows, as a short text."""
    return f"{view.choice.group}|{view.choice.scope.name}|{view.choice.question!r}"
