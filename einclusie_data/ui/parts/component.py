"""Our own components: a piece of HTML with its style and script, from the folder of assets."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

_ASSETS = Path(__file__).parents[1] / "assets"


@st.cache_resource(show_spinner=False)
def component(name: str, asset: str, html: str, *, apart: bool = True) -> ComponentRenderer:
    """A component, registered once.

    Parameters
    ----------
    name : str
        By which Streamlit knows it.
    asset : str
        Name of its `.js` among the assets, and of its `.css` when it has one.
    html : str
        What the script finds when it starts.
    apart : bool
        Only its own style counts; False gives it the look of the page.
    """
    style, script = _ASSETS / f"{asset}.css", (_ASSETS / f"{asset}.js").read_text("utf-8")
    css = style.read_text("utf-8") if style.exists() else None
    return st.components.v2.component(name, html=html, css=css, js=script, isolate_styles=apart)
