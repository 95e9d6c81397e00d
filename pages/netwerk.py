"""Netwerk: who takes part, who could, and where nobody is active."""

import streamlit as st

from einclusie_data.ui.frame.page import close_page, open_page
from einclusie_data.ui.meeting.network import network_params, show_network

view = open_page("Netwerk", "Wie zit in het netwerk, en waar is niemand?", network_params)
st.markdown(f"**{view.sentence(view.choice.group)}**")
show_network(view)
close_page(view)
