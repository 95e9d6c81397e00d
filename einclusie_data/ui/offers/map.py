"""The map of the page Aanbod: the offers that are listed, and a click that chooses a wijk or a spot."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from einclusie_data.answers.spots import Spot
from einclusie_data.contract.words import number
from einclusie_data.output.maps import maps
from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.ui.frame import data
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.maps.layers import show_layers
from einclusie_data.ui.offers.choice import Listing
from einclusie_data.ui.offers.params import choose_on_map, is_near_spot

HEIGHT_PX = 460
MARGIN_M = 300
"""Metres around the circle of reach, or around an offer, that the map shows too."""


def show_offers_map(listing: Listing, opened: int | None) -> None:
    """Draw the map.

    Parameters
    ----------
    listing : Listing
    opened : int or None
        Position in the supply of the offer whose card is open: only that one is drawn.
    """
    view, spot = listing.view, listing.spot
    shown = listing.positions if opened is None else (opened,)
    dataset, reach_m = view.dataset, view.choice.question.reach_m
    above: list[Drawing] = [] if spot is None else [_spot_layer(spot.lat, spot.lon, reach_m)]
    show_layers(
        view,
        view.summary.rows,
        shown,
        key="kaart_aanbod",
        height=HEIGHT_PX,
        above=[*above, _look_layer(view.version, opened, spot, view.choice.scope.codes, reach_m, view)],
        focus=data.focus(tuple(dataset.areas.wijken.index)),
        brief=True,
        on_click=lambda lat, lon: choose_on_map(dataset.areas, lat, lon),
    )
    st.caption(_legend(_placed(view.version, shown, view), len(shown), spot))


@st.cache_resource(show_spinner=False, max_entries=100)
def _spot_layer(lat: float, lon: float, reach_m: float) -> Drawing:
    return maps.spot_layer(lat, lon, reach_m)


@st.cache_resource(show_spinner=False, max_entries=100)
def _placed(version: str, shown: tuple[int, ...], _view: View) -> int:
    """How many of some offers are on the map."""
    points = _view.dataset.supply.points
    return int(points.loc[points["offer"].isin(shown) & ~points["hint"], "offer"].nunique())


def _legend(placed: int, shown: int, spot: Spot | None) -> str:
    parts = [f"Op de kaart: {number(placed)} van {number(shown)}."]
    if spot is not None:
        parts.append(
            "Witte stip met donkere rand: de gekozen plek. Cirkel: loopafstand, als er geen water tussen ligt."
        )
    elif not is_near_spot():
        parts.append("Klik op een wijk om ze als gebied te kiezen.")
    return " ".join(parts)


@st.cache_resource(show_spinner=False, max_entries=100)
def _look_layer(
    version: str, opened: int | None, spot: Spot | None, codes: tuple[str, ...], reach_m: float, _view: View
) -> Drawing:
    """What the map moves to: the open offer, else around the spot, else the area."""
    points = _view.dataset.supply.points
    places = points[(points["offer"] == opened) & ~points["hint"]]
    if len(places):
        return maps.look_layer(_around(_view, places["x"].tolist(), places["y"].tolist(), reach_m))
    return maps.look_layer(data.focus(codes) if spot is None else _around(_view, [spot.x], [spot.y], reach_m))


def _around(view: View, x: Sequence[float], y: Sequence[float], reach_m: float) -> Sequence[float]:
    room = reach_m + MARGIN_M
    lon, lat = view.dataset.areas.to_degrees([min(x) - room, max(x) + room], [min(y) - room, max(y) + room])
    return [round(float(side), maps.COORDINATE_DECIMALS) for side in (lon[0], lat[0], lon[1], lat[1])]
