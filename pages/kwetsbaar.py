"""Kwetsbaar: which offers are the only ones for a group in a wijk, and what changes when one stops."""

import streamlit as st

from einclusie_data.ui.fragile.page import fragile_params, groups_text, show_fragile
from einclusie_data.ui.frame.page import close_page, open_page

view = open_page("Kwetsbaar", "Welk aanbod kunnen we niet missen?", fragile_params)
st.markdown(f"**{view.sentence(groups_text(view))}**")
show_fragile(view)
close_page(view)
