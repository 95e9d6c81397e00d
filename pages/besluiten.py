"""Besluiten: what the network proposes, decides and starts; and who could take it on."""

import streamlit as st

from einclusie_data.ui.decisions.choices import decision_params
from einclusie_data.ui.decisions.page import show_decisions
from einclusie_data.ui.frame.account import messages_were_shown
from einclusie_data.ui.frame.page import close_page, open_page

view = open_page("Besluiten", "Wat spreken we af, en hoe ver staat het?", decision_params)
st.markdown(f"**{view.sentence(view.choice.group)}**")
show_decisions(view)
close_page(view)
messages_were_shown()
