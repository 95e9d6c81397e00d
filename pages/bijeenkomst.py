"""Bijeenkomst: prepare a meeting of a network from the data, and round it off afterwards."""

import streamlit as st

from einclusie_data.ui.frame.page import close_page, open_page
from einclusie_data.ui.meeting.page import meeting_params, show_meeting

view = open_page("Bijeenkomst", "Wat bespreken we op de bijeenkomst?", meeting_params)
st.markdown(f"**{view.sentence(view.choice.group)}**")
show_meeting(view)
close_page(view)
