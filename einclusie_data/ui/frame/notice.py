"""What a click has to say, once: left behind in a callback, shown when the page runs again."""

from __future__ import annotations

import streamlit as st

from einclusie_data.ui.parts.markdown import plain

_NOTICE = "melding"


def leave_notice(text: str) -> None:
    """Have the page say something at its next run (in a callback)."""
    st.session_state[_NOTICE] = text


def show_notice() -> None:
    """Say what was left behind; nothing when there is nothing to say."""
    text = st.session_state.pop(_NOTICE, "")
    if text:
        st.caption(plain(text))
