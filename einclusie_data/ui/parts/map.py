"""Maps in a page: streamlit-folium by the pattern that was measured (DESIGN §7).

``st_folium`` renders the base map anew at every run of the page, though the result is always the same. Here it is
rendered once, by the same functions of streamlit-folium, and the component that they feed is called directly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import streamlit as st
from streamlit_folium import _component_func, _get_header, _get_html, _get_map_string, generate_js_hash

from einclusie_data.output.maps import maps
from einclusie_data.output.maps.leaflet import Drawing

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
    code = generate_js_hash(base["script"], key, False)

    def clicked() -> None:
        spot = (st.session_state[code] or {}).get("last_clicked")
        if on_click is not None and spot:
            on_click(float(spot["lat"]), float(spot["lng"]))

    returned = [] if on_click is None else ["last_clicked"]
    _component_func(
        **base,
        key=code,
        height=height,
        width=None,
        returned_objects=returned,
        default=dict.fromkeys(returned),
        feature_group="".join(_added(number, layer.script) for number, layer in enumerate(layers)),
        on_change=clicked,
        return_on_hover=False,
        pixelated=False,
        wrap_longitude=False,
        zoom=None,
        center=None,
        layer_control=None,
    )


@lru_cache(maxsize=200)
def _base(
    bounds: Sequence[float], focus: Sequence[float] | None, centre: Sequence[float] | None, tiles: bool
) -> dict[str, Any]:
    """What the browser gets of the base map: its script and files."""
    base = maps.base_map(bounds, focus=focus, centre=centre, tiles=tiles)
    base.get_root().render()
    html, header = _get_html(base), _get_header(base)  # before the script, which changes the map
    script = _get_map_string(base)
    return {
        "script": script,
        "header": header,
        "html": html,
        "id": base.get_name(),
        "css_links": [address for _, address in base.default_css],
        "js_links": [address for _, address in base.default_js],
    }


def _added(number: int, script: str) -> str:
    """A layer as the component wants it: drawn on its map, and listed, to be removed at the next change."""
    name = f"feature_group_feature_group_{number}"
    return f"""
var {name} = {script};
map_div.addLayer({name});
window.feature_group = window.feature_group || [];
window.feature_group.push({name});
"""
