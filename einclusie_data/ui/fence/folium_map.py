"""Maps by the inside of streamlit-folium (DESIGN §7).

`st_folium` renders the base map anew at every run of the page, though the result is always the same. Here it is
rendered by the same functions of streamlit-folium, so that a page can keep what comes out, and the component that they
feed is called directly. `internals.MAP_PARTS` lists them: it looks at the start whether they are there.
"""

from collections.abc import Callable, Sequence
from typing import Any

import folium
import streamlit_folium


def rendered(base: folium.Map) -> dict[str, Any]:
    """What the browser gets of a base map: its script and files."""
    base.get_root().render()
    # The script comes last: making it changes the map.
    html, header = streamlit_folium._get_html(base), streamlit_folium._get_header(base)
    script = streamlit_folium._get_map_string(base)
    return {
        "script": script,
        "header": header,
        "html": html,
        "id": base.get_name(),
        "css_links": [address for _, address in base.default_css],
        "js_links": [address for _, address in base.default_js],
    }


def state_key(script: str, key: str) -> str:
    """The key in the session under which the component of a map tells what was clicked."""
    return str(streamlit_folium.generate_js_hash(script, key, False))


def draw(
    base: dict[str, Any],
    scripts: Sequence[str],
    *,
    key: str,
    height: int,
    tells: Sequence[str],
    on_change: Callable[[], None],
) -> None:
    """Draw a base map with layers.

    Parameters
    ----------
    base : dict
        From `rendered`.
    scripts : sequence of str
        A script that makes a layer, per layer; the last one lies on top.
    key : str
        From `state_key`.
    height : int
        Pixels.
    tells : sequence of str
        What the browser tells the server (``"last_clicked"``); empty for nothing.
    on_change : callable
        Called before the page runs again because of it.
    """
    streamlit_folium._component_func(
        **base,
        key=key,
        height=height,
        width=None,
        returned_objects=list(tells),
        default=dict.fromkeys(tells),
        feature_group="".join(_added(number, script) for number, script in enumerate(scripts)),
        on_change=on_change,
        return_on_hover=False,
        pixelated=False,
        wrap_longitude=False,
        zoom=None,
        center=None,
        layer_control=None,
    )


def _added(number: int, script: str) -> str:
    """A layer as the component wants it: drawn on its map, and listed, to be removed at the next change."""
    name = f"feature_group_feature_group_{number}"
    return f"""
var {name} = {script};
map_div.addLayer({name});
window.feature_group = window.feature_group || [];
window.feature_group.push({name});
"""
