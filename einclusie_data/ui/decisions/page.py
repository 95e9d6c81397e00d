"""The page Besluiten: the answer first, then one decision, what becomes one, or the list; and the map beside it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from einclusie_data.contract.errors import StoreError
from einclusie_data.store.decision_record import Decision
from einclusie_data.ui.decisions import choices
from einclusie_data.ui.decisions.card import show_decision
from einclusie_data.ui.decisions.choices import listing_of, this_view
from einclusie_data.ui.decisions.listing import of_chosen_states, show_decision_map, show_list
from einclusie_data.ui.decisions.new import is_proposing, show_proposals
from einclusie_data.ui.frame import account, published
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.frame.sign_in import show_messages
from einclusie_data.ui.parts.markup import join, plain


def show_decisions(view: View) -> None:
    """Everything below the sentence that says what is chosen."""
    try:
        everything = published.decisions()
        trekker = account.signed_in() is not None
        listing = listing_of(view, everything)
    except StoreError as error:
        st.error(plain(error))
        return
    first, *rest = listing.sentences
    st.html(Markup("<p class='antwoord'><b>{}</b> {}</p>").format(first, join(rest, " ")))
    show_messages()
    opened = _opened(everything)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _show_trekker(view, trekker=trekker)
        if opened is not None:
            show_decision(view, opened, listing.marks.get(opened.id), trekker=trekker)
        elif is_proposing(trekker=trekker):
            show_proposals(view, everything, trekker=trekker)
        else:
            show_list(view, listing.decisions, listing.marks)
    with right:
        show_decision_map(view, of_chosen_states(listing.decisions) if opened is None else [opened], opened)


def _opened(decisions: Sequence[Decision]) -> Decision | None:
    """The decision of the link; one that does not exist is said."""
    number = st.session_state[choices.OPENED]
    found = next((one for one in decisions if one.id == number), None)
    if number is not None and found is None:
        st.text(f"Besluit {number} bestaat niet. Hieronder staat de lijst.")
    return found


def _show_trekker(view: View, *, trekker: bool) -> None:
    """What a trekker can do from here; where to sign in for anyone else."""
    with st.container(horizontal=True, vertical_alignment="center", key="besluit_knoppen"):
        if trekker:
            if st.session_state[choices.OPENED] is None and not is_proposing(trekker=trekker):
                st.button("Nieuw voorstel of besluit", on_click=choices.do, args=[choices.NEW])
            return
        st.caption("Iedereen kan dit lezen en de link delen. Een trekker noteert en wijzigt.", width="content")
        st.page_link("pages/beheer.py", label="Aanmelden als trekker", query_params=this_view(view))
