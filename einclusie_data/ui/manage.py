"""The parts of the page Beheer, and which one is open."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import streamlit as st

from einclusie_data.errors import StoreError
from einclusie_data.ui import account, url_state
from einclusie_data.ui.markdown import plain
from einclusie_data.ui.trekkers_view import show_trekkers
from einclusie_data.ui.upload_view import show_state, show_upload
from einclusie_data.ui.versions_view import show_versions

if TYPE_CHECKING:
    from einclusie_data.access import Session

PARTS = MappingProxyType({"werkmap": "Nieuwe werkmap", "versies": "Versies", "trekkers": "Trekkers en logboek"})
PARAMS = (url_state.one_of("deel", PARTS, "werkmap"),)


def show_part(session: Session) -> None:
    """The chosen part, for a trekker who is signed in."""
    try:
        show_state()
        chosen = st.segmented_control(
            "Deel",
            list(PARTS),
            format_func=PARTS.__getitem__,
            key="deel",
            required=True,
            label_visibility="collapsed",
            on_change=account.clear_messages,
        )
        if chosen == "versies":
            show_versions()
        elif chosen == "trekkers":
            show_trekkers(session)
        else:
            show_upload()
    except StoreError as error:
        st.error(plain(error))
