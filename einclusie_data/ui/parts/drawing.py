"""A drawing of ours (SVG) on a page; `st.html` would leave it out."""

from __future__ import annotations

from einclusie_data.ui.parts.component import component


def show_drawing(svg: str, *, key: str, label: str) -> None:
    """Draw it, as wide as the page; on a small screen it can be pushed sideways.

    Parameters
    ----------
    svg : str
        Made by us: text that is not ours is escaped in it.
    key : str
        Stable name in the session.
    label : str
        What the drawing is, for screen readers.
    """
    component("tekening", "drawing", '<div class="tekening" tabindex="0" role="group"></div>')(
        key=key, data={"svg": svg, "label": label}
    )
