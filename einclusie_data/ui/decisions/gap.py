"""The gap that a decision is for, as the map sees it now."""

from __future__ import annotations

import streamlit as st

from einclusie_data.contract.words import view_sentence
from einclusie_data.decisions.table import labels_of
from einclusie_data.store.decision_record import Draft
from einclusie_data.ui.decisions.params import filters_and
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.parts.gaps import show_verdict
from einclusie_data.ui.parts.markdown import plain


def show_gap_now(view: View, draft: Draft) -> None:
    """The verdict of its wijk and group, and the ways to the map and the matrix; nothing when it names no wijk."""
    label = labels_of(view.dataset.areas).get(draft.wijkcode)
    if label is None:
        return
    group = draft.group if draft.group in view.dataset.groups else view.choice.group
    answer = view.answer().table
    row = answer[(answer["wijkcode"] == draft.wijkcode) & (answer["doelgroep"] == group)].iloc[0]
    st.subheader(f"Het hiaat nu: {plain(label)}, {plain(group.lower())}", anchor=False)
    show_verdict(row)
    st.caption(plain(f"Gerekend met: {view_sentence(view.choice.question, area=label, group=group)}."))
    query = filters_and(view, gebied="", doelgroep=group, wijk=label)
    with st.container(horizontal=True):
        st.page_link("pages/hiatenkaart.py", label="Alles over deze wijk", query_params=query)
        st.page_link(
            "pages/hiatenmatrix.py", label="Bekijk dit vakje in de hiatenmatrix", query_params={**query, "kolom": group}
        )
