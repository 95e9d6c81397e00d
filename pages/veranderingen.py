"""Veranderingen: what changed since a day, in the offer and in the gaps."""

import streamlit as st

from einclusie_data.ui.changes.page import history_params, show_history
from einclusie_data.ui.changes.timeline import show_timeline
from einclusie_data.ui.frame.page import close_page, open_page

view = open_page("Veranderingen", "Wat is er veranderd?", history_params)
st.markdown(f"**{view.sentence(view.choice.group)}**")
show_history(view)
show_timeline(view)
close_page(view)
