"""Wat als: proposals beside today's offer, and what they would change."""

import streamlit as st

from einclusie_data.ui.account import messages_were_shown
from einclusie_data.ui.page import close_page, open_page
from einclusie_data.ui.parts import show_meanings
from einclusie_data.ui.scenario_add import show_add
from einclusie_data.ui.scenario_data import picture
from einclusie_data.ui.scenario_export import show_export
from einclusie_data.ui.scenario_map import show_scenario_map
from einclusie_data.ui.scenario_saved import show_saved
from einclusie_data.ui.scenario_state import scenario_params, settle
from einclusie_data.ui.scenario_view import (
    show_comparison,
    show_details,
    show_lead,
    show_proposals,
    show_tools,
)

view = open_page("Wat als", "Wat als er aanbod bij komt, of stopt?", scenario_params)
scenario, text = settle()
seen = picture(view, text)
show_lead(seen)
st.markdown(f"**{view.sentence(view.choice.group)}**")
show_tools(scenario)
left, right = st.columns([3, 2], gap="medium")
with left:
    show_scenario_map(view, text, seen)
    show_meanings()
with right:
    show_proposals(seen)
    show_add(view, scenario)
show_details(seen)
show_export(view, scenario, seen)
show_comparison(view)
show_saved(scenario, text)
close_page(view)
messages_were_shown()
