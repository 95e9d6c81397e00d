"""Methodieken: which method fits a group, a theme or a gap, who uses it, and which gaps it could serve."""

import streamlit as st

from einclusie_data.ui.frame.page import close_page, open_page
from einclusie_data.ui.methods.page import (
    LIST,
    choose_panel,
    has_methods,
    method_params,
    show_gaps_of_method,
    show_methods,
    show_panel,
)

view = open_page("Methodieken", "Welke methodiek past?", method_params)
if has_methods(view):
    methods = view.dataset.methods
    if st.session_state["methodiek"]:
        show_gaps_of_method(view, methods)
    elif (panel := choose_panel()) == LIST:
        show_methods(view)
    else:
        show_panel(view, methods, panel)
close_page(view)
