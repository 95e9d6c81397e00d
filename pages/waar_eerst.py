"""Waar eerst: where new offers would reach most people who are not reached yet."""

import streamlit as st

from einclusie_data.ui.frame.page import close_page, open_page
from einclusie_data.ui.siting.page import show_where_first, siting_params

view = open_page("Waar eerst", "Waar bereikt nieuw aanbod de meeste mensen?", siting_params)
st.markdown(f"**{view.sentence(view.choice.group)}**")
show_where_first(view)
close_page(view)
