"""The page Start: where and for whom is offer missing, at a glance."""

from __future__ import annotations

import streamlit as st

from einclusie_data.output.maps.colourings import COLOURINGS, VERDICT, legend_of
from einclusie_data.ui.frame.notice import show_notice
from einclusie_data.ui.frame.page import close_page, open_page
from einclusie_data.ui.frame.sign_in import go_on_after_provider
from einclusie_data.ui.gaps.start import open_wijk, show_most_pressing, show_way_to_presentation
from einclusie_data.ui.maps.layers import show_layers
from einclusie_data.ui.parts.gaps import show_figures, show_looks, show_meanings, show_unknowns


def show_start() -> None:
    """Draw the page."""
    go_on_after_provider()
    view = open_page("Start", "Waar en voor wie ontbreekt nog welk aanbod?")
    summary = view.summary
    st.markdown(f"**{view.sentence(view.choice.group)}**")
    show_figures(summary.figures)
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(key="vast"):
        show_looks(legend_of(summary.rows, COLOURINGS[VERDICT]))
        show_layers(view, summary.rows, summary.offers, key="kaart", on_pick=open_wijk(view))
        show_notice()
        show_way_to_presentation(view)
        show_meanings()
    with right:
        show_most_pressing(summary, view.choice.group)
    show_unknowns(summary)
    close_page(view)
