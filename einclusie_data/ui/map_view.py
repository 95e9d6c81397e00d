"""Maps in a page: streamlit-folium by the pattern that was measured (DESIGN §7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from streamlit_folium import st_folium

from einclusie_data import maps
from einclusie_data.leaflet import Drawing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
        From `einclusie_data.maps`; the last one lies on top. They stay as they are, so they can be kept and shared
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
        runs again: there it may still set a widget's value.
    """

    def clicked() -> None:
        spot = (st.session_state[key] or {}).get("last_clicked")
        if on_click is not None and spot:
            on_click(float(spot["lat"]), float(spot["lng"]))

    st_folium(
        maps.base_map(bounds, focus=focus, centre=centre, tiles=tiles),
        key=key,
        height=height,
        use_container_width=True,
        feature_group_to_add=[Drawing(layer.script) for layer in layers],
        returned_objects=[] if on_click is None else ["last_clicked"],
        on_change=clicked,
    )
