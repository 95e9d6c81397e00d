"""Shows where the visitor comes from, as attempts to sign in are counted."""

import streamlit as st

from einclusie_data.store.access.attempts import place_of
from einclusie_data.ui.frame.account import client

st.text(f"plaats: {place_of(client()) or 'deze computer'}")
