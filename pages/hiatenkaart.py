"""Hiatenkaart: the wijken on a map; choose one and see everything about it."""

import streamlit as st

from einclusie_data.ui.frame.page import close_page, open_page
from einclusie_data.ui.gaps.documents import show_area_downloads
from einclusie_data.ui.gaps.wijk_map import (
    choose_colouring,
    choose_wijk,
    map_params,
    show_colour_legend,
    show_wijk_card,
    show_wijken_map,
    show_wijken_table,
)
from einclusie_data.ui.parts.gaps import show_meanings

view = open_page("Hiatenkaart", "Wat is er in mijn wijk, en wat ontbreekt er?", map_params)
st.markdown(f"**{view.sentence(view.choice.group)}**")
left, right = st.columns([1, 1], gap="medium")
with right:
    wijk = choose_wijk(view)
    if wijk is None:
        st.text("Klik op een wijk. Dan lees je hier voor wie er aanbod is, wat ontbreekt en wat je kunt aanvullen.")
    else:
        show_wijk_card(view, wijk)
    show_area_downloads(view, wijk)
with left, st.container(key="vast"):
    colouring = choose_colouring()
    show_colour_legend(view.summary.rows, colouring)
    show_wijken_map(view, colouring, wijk)
    show_meanings()
show_wijken_table(view.summary.rows)
close_page(view)
