"""The parts of the page Beheer, and which one is open."""

from __future__ import annotations

from types import MappingProxyType

import streamlit as st

from einclusie_data.contract.errors import StoreError
from einclusie_data.store.access.guard import Session
from einclusie_data.ui.frame import account, url_state
from einclusie_data.ui.manage.trekkers import show_trekkers
from einclusie_data.ui.manage.upload_view import show_state, show_upload
from einclusie_data.ui.manage.versions import show_versions
from einclusie_data.ui.parts.markdown import plain

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
