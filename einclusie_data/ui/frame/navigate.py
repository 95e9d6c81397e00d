"""Going to another page from a callback: Streamlit switches pages only while a page runs."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

_TARGET = "volgende_pagina"


def go_to(page: str, **query: str) -> None:
    """Open another page when this run begins, with the chosen filters and more choices of its own.

    Parameters
    ----------
    page : str
        File of the page, such as ``"pages/aanbod.py"``.
    query : str
        Choices as they stand in the URL; they win over the filters of the same name.
    """
    st.session_state[_TARGET] = (page, query)


def leave_when_asked(filters: Mapping[str, list[str]]) -> None:
    """Switch to the page that a callback asked for; `filters` go along."""
    target = st.session_state.pop(_TARGET, None)
    if target is not None:
        page, query = target
        st.switch_page(page, query_params={**filters, **query})
