"""What of a decision the workbook may already contain; the app asks, a trekker answers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.contract.words import listing, number
from einclusie_data.decisions.done_words import done_sentence
from einclusie_data.store.decision_record import Decision
from einclusie_data.ui.decisions.actions import mark_started
from einclusie_data.ui.parts.markdown import plain
from einclusie_data.ui.parts.markup import join

OFFERS_SHOWN = 5
SURE = "besluit_zeker"
"""Key in the session: (decision, row) that the trekker is asked to confirm."""


def show_done(decision: Decision, offers: pd.DataFrame, *, trekker: bool) -> None:
    """The offers that look like a decision, with why and what is doubtful."""
    with st.container(border=True, key="besluit_al_daar"):
        st.subheader("Staat dit al in de werkmap?", anchor=False)
        for offer in offers.head(OFFERS_SHOWN).to_dict("records"):
            st.html(_offer(offer))
            if trekker:
                _show_question(decision, offer)
        if len(offers) > OFFERS_SHOWN:
            st.caption(f"En nog {number(len(offers) - OFFERS_SHOWN)}, waar we minder zeker van zijn.")
        if not trekker:
            st.caption("Een trekker kan het besluit op “gestart” zetten.")


def _offer(offer: Mapping[Any, Any]) -> Markup:
    lines = [
        done_sentence(offer["name"], offer["organisations"], offer["row"], sure=offer["sure"]),
        f"Wat klopt: {listing(offer['reasons'])}." if offer["reasons"] else "",
        f"Wat we niet zeker weten: {listing(offer['doubts'])}." if offer["doubts"] else "",
    ]
    return Markup("<div class='zinnen'>{}</div>").format(
        join(Markup("<p>{}</p>").format(line) for line in lines if line)
    )


def _show_question(decision: Decision, offer: Mapping[Any, Any]) -> None:
    """A click, and once more to be sure."""
    row, name = int(offer["row"]), str(offer["name"])
    if st.session_state.get(SURE) != (decision.id, row):
        st.button(f"Dit is het: “{plain(name)}”", on_click=partial(_ask, (decision.id, row)), key=f"besluit_al_{row}")
        return
    st.text(f"Zet je besluit {decision.id} op “gestart”? De reden en de rij komen bij Waarom te staan.")
    with st.container(horizontal=True):
        st.button(
            "Ja, zet op “gestart”",
            type="primary",
            on_click=partial(mark_started, decision.id, decision.change, row, name),
            key="besluit_zeker_ja",
        )
        st.button("Nee, toch niet", on_click=partial(_ask, None), key="besluit_zeker_nee")


def _ask(what: tuple[int, int] | None) -> None:
    st.session_state[SURE] = what
