"""A decision typed while its step is on the screen: kept at once, in the report of the meeting of today."""

from __future__ import annotations

import streamlit as st

from einclusie_data.contract.clock import today
from einclusie_data.contract.errors import StoreError
from einclusie_data.decisions.drafts import draft_at_meeting
from einclusie_data.store.decision_record import Draft
from einclusie_data.ui.decisions.fields import networks
from einclusie_data.ui.decisions.form import FORM, Fields, new_form, show_form
from einclusie_data.ui.frame import account, data
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.frame.sign_in import show_messages
from einclusie_data.ui.meeting.notes import note_failed
from einclusie_data.ui.parts.markdown import plain

OPEN = "besluit_in_overleg"
_DRAWN = "besluit_in_overleg_getekend"
READ_ONLY = "Alleen een trekker die aangemeld is, legt hier een besluit vast. Aanmelden doe je op Beheer."
WHERE = "Het besluit staat daarna op Besluiten, en in het verslag van vandaag."


def show_decision(view: View, code: str) -> None:
    """The few fields that a meeting fills in; drawn when they are opened.

    Parameters
    ----------
    view : View
    code : str
        Wijk of the gap that is on the screen; "" for a decision about something else.
    """
    if not note_failed():
        show_messages()
    if st.session_state.pop(_DRAWN, False) and FORM not in st.session_state:
        st.session_state[OPEN] = False  # it was saved, or given up
    box = st.expander("Leg een besluit vast", key=OPEN, on_change="rerun")
    if not box.open:
        _forget()
        return
    with box:
        try:
            trekker = account.signed_in() is not None
        except StoreError as error:
            st.error(plain(error))
            return
        if not trekker:
            st.caption(READ_ONLY)
            return
        draft = _draft(view, code)
        show_form(view, new_form(f"overleg|{code}|{draft.group}", draft, Fields.AT_MEETING))
        st.session_state[_DRAWN] = True
        st.caption(WHERE)


def _forget() -> None:
    """A form that is closed starts anew: Streamlit drops what was in its fields."""
    form = st.session_state.get(FORM)
    if form is not None and form.which is Fields.AT_MEETING:
        del st.session_state[FORM]


def _draft(view: View, code: str) -> Draft:
    areas = data.areas_to_choose(view.version)
    network = next((name for name in networks(view) if areas[name] == view.choice.scope), "")
    return draft_at_meeting(view.dataset.areas, code, view.choice.group, network, today())
