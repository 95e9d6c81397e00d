"""The same choice as map_app.py, and nothing else: what Streamlit itself takes for a rerun."""

from __future__ import annotations

import streamlit as st

group = st.radio("Voor wie", ["Iedereen", "Ouderen", "Werkzoekenden"], horizontal=True)
st.text(f"gekozen: {group}")
