"""The page Wat als below its filters: what changes here runs on its own, without the menu and the filters."""

from __future__ import annotations

import streamlit as st

from einclusie_data.ui.frame import url_state
from einclusie_data.ui.frame.account import messages_were_shown
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.parts.gaps import show_meanings
from einclusie_data.ui.scenario.add import show_add
from einclusie_data.ui.scenario.data import picture
from einclusie_data.ui.scenario.map import drawn, show_scenario_map
from einclusie_data.ui.scenario.saved import show_export, show_saved
from einclusie_data.ui.scenario.state import settle
from einclusie_data.ui.scenario.view import show_comparison, show_details, show_lead, show_proposals, show_tools


@st.fragment
def show_scenarios(view: View) -> None:
    """The open scenario: what it changes, its proposals, what can be done with it; and the URL that brings it back."""
    scenario, text = settle()
    seen = picture(view, text)
    layers = drawn(view, text, seen)  # before anything is shown: the browser draws what comes together at once
    show_lead(seen)
    st.markdown(f"**{view.sentence(view.choice.group)}**")
    show_tools(scenario)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show_scenario_map(view, seen, layers)
        show_meanings()
    with right:
        show_proposals(seen)
        show_add(view, scenario)
    show_details(seen)
    show_export(view, scenario, seen)
    show_comparison(view)
    show_saved(scenario, text)
    url_state.put(view.params)
    messages_were_shown()
