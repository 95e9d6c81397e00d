"""Uitleg: how a verdict is made, how not to use it, sources, glossary."""

import streamlit as st

from einclusie_data.ui.frame.page import close_page, open_page
from einclusie_data.ui.gaps.explanation import show_explanation

view = open_page("Uitleg", "Hoe werkt de hiatenkaart?")
st.markdown(f"**{view.sentence(view.choice.group)}**")
show_explanation(view.dataset.areas)
close_page(view)
