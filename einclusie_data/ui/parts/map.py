"""Maps in a page, kept once rendered: making the base map anew at every run of the page would cost the most of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import streamlit as st

from einclusie_data.output.maps import maps
from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.ui.fence import folium_map

HEIGHT_PX = 560


def show_map(
    layers: Sequence[Drawing],
    *,
    key: str,
    bounds: Sequence[float],
    focus: Sequence[float] | None = None,
    centre: Sequence[float] | None = None,
    height: int = HEIGHT_PX,
    tiles: bool = False,
    on_click: Callable[[float, float], None] | None = None,
) -> None:
    """Show layers on the base map.

    Parameters
    ----------
    layers : sequence of Drawing
        From `output.maps`; the last one lies on top. They stay as they are, so they can be kept and shared
        (``st.cache_resource``) by version, filters and selected wijk: making one takes 10 to 40 ms.
    key : str
        Stable name of this map in the session: the browser keeps the map, zoom and all, as long as it is the same.
    bounds : sequence of 4 float
        West, south, east, north in degrees of all there is.
    focus : sequence of 4 float, optional
        The same, of what the map shows first: `maps.focus_bounds` of the inhabited wijken.
    centre : sequence of 4 float, optional
        The same, of the small wijken in the middle.
    height : int
        Pixels.
    tiles : bool
        True when the visitor asked for streets from OpenStreetMap.
    on_click : callable, optional
        Called with the latitude and longitude (degrees) of a click anywhere on the map, also on a mark, before the page
        runs again: there it may still set a widget's value. Only a new click counts, not one on the very same pixel.
    """
    base = _base(tuple(bounds), focus and tuple(focus), centre and tuple(centre), tiles)
    code = folium_map.state_key(base["script"], key)

    def clicked() -> None:
        spot = (st.session_state[code] or {}).get("last_clicked")
        if on_click is not None and spot:
            on_click(float(spot["lat"]), float(spot["lng"]))

    folium_map.draw(
        base,
        [layer.script for layer in layers],
        key=code,
        height=height,
        tells=[] if on_click is None else ["last_clicked"],
        on_change=clicked,
    )


@lru_cache(maxsize=200)
def _base(
    bounds: Sequence[float], focus: Sequence[float] | None, centre: Sequence[float] | None, tiles: bool
) -> dict[str, Any]:
    """What the browser gets of the base map: its script and files."""
    return folium_map.rendered(maps.base_map(bounds, focus=focus, centre=centre, tiles=tiles))
