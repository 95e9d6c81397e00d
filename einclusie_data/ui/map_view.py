"""Maps in a page: streamlit-folium by the pattern that was measured (DESIGN §7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit_folium import st_folium

from einclusie_data import maps
from einclusie_data.leaflet import Drawing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

HEIGHT_PX = 560


def show_map(
    layers: Sequence[Drawing],
    *,
    key: str,
    bounds: Sequence[float],
    focus: Sequence[float] | None = None,
    height: int = HEIGHT_PX,
    tiles: bool = False,
    on_pick: Callable[[str], None] | None = None,
) -> str | None:
    """Show layers on the base map and tell which wijk was clicked last.

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
    height : int
        Pixels.
    tiles : bool
        True when the visitor asked for streets from OpenStreetMap.
    on_pick : callable, optional
        Called with the wijkcode at a click, before the page runs again: there it may still set a widget's value.

    Returns
    -------
    str or None
        Code of the wijk that was clicked last, also when that was some choices ago; None when none was.
    """

    def picked() -> None:
        code = _wijkcode(st.session_state[key])
        if on_pick is not None and code is not None:
            on_pick(code)

    state = st_folium(
        maps.base_map(bounds, focus=focus, tiles=tiles),
        key=key,
        height=height,
        use_container_width=True,
        feature_group_to_add=[Drawing(layer.script) for layer in layers],
        returned_objects=["last_active_drawing"],
        on_change=picked,
    )
    return _wijkcode(state)


def _wijkcode(state: Mapping[str, Any] | None) -> str | None:
    """Code of the clicked wijk; None when something else, or nothing, was clicked."""
    clicked = (state or {}).get("last_active_drawing") or {}
    code = (clicked.get("properties") or {}).get("wijkcode")
    return code if isinstance(code, str) else None
