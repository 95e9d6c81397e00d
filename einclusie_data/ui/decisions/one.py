"""One decision in full: what, for which gap, how far it is, what may be there already, and what can be done with it."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.words import listing
from einclusie_data.decisions.history import moment_sentence
from einclusie_data.decisions.listing import STATE_LOOKS
from einclusie_data.decisions.table import OPEN_STATES, labels_of
from einclusie_data.decisions.words import (
    FIELDS,
    NOT_FILLED,
    agreement_sentence,
    field_words,
    late_sentence,
    what_lines,
)
from einclusie_data.store.decision_record import Decision
from einclusie_data.store.decision_steps import STEPS
from einclusie_data.ui.decisions import params as decision_params
from einclusie_data.ui.decisions.data import doubts_of
from einclusie_data.ui.decisions.done import show_done
from einclusie_data.ui.decisions.fits import show_panels
from einclusie_data.ui.decisions.form import edit_form, show_form
from einclusie_data.ui.decisions.gap import show_gap_now
from einclusie_data.ui.decisions.params import do, open_decision
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.parts.markdown import plain
from einclusie_data.ui.parts.markup import join, table, verdict_words

_IN_TABLE = ("who", "due", "why", "wijkcode", "group", "methods", "partners", "network", "meeting")


def show_decision(view: View, decision: Decision, maybe: pd.DataFrame | None, *, trekker: bool) -> None:
    """The decision of the link.

    Parameters
    ----------
    view : View
    decision : Decision
    maybe : pandas.DataFrame, optional
        The offers that look like it (see `decision_done.done_by`).
    trekker : bool
        Someone who may change it is looking.
    """
    words = field_words(decision, labels_of(view.dataset.areas))
    st.button("← Terug naar de lijst", on_click=open_decision)
    st.header(plain(f"{decision.id}. {words['title']}"), anchor=False)
    _show_state(view, decision, words)
    doing = st.session_state[decision_params.DOING]
    if trekker and doing in (decision_params.EDIT, decision_params.STEP):
        show_form(view, edit_form(decision, step=doing == decision_params.STEP))
        return
    if trekker:
        _show_buttons(decision)
    if maybe is not None:
        show_done(decision, maybe, trekker=trekker)
    show_gap_now(view, decision)
    st.html(_facts(view, decision, words))
    show_panels(view, decision)


def _show_state(view: View, decision: Decision, words: dict[str, str]) -> None:
    """How far it is, in sentences."""
    look = STATE_LOOKS[decision.state]
    agreed = decision.state in OPEN_STATES or decision.who or decision.due
    lines = [
        Markup("{}. {}").format(verdict_words(look), look.sentence),
        words["what"],
        agreement_sentence(decision) if agreed else "",
        late_sentence(decision, view.choice.question.on),
        *(Markup("<b>Let op:</b> {}").format(one) for one in doubts_of(view, decision.draft)),
    ]
    st.html(
        Markup("<div class='zinnen'>{}</div>").format(join(Markup("<p>{}</p>").format(line) for line in lines if line))
    )


def _show_buttons(decision: Decision) -> None:
    with st.container(horizontal=True, key="besluit_doen"):
        st.button("Zet verder", on_click=partial(do, decision_params.STEP), type="primary", key="besluit_verder")
        st.button("Wijzig", on_click=partial(do, decision_params.EDIT), key="besluit_wijzig")
        st.caption(f"Hierna kan: {plain(listing(STEPS[decision.state], 'of'))}.", width="content")


def _facts(view: View, decision: Decision, words: dict[str, str]) -> Markup:
    """Everything that was filled in, or was not."""
    rows = [(FIELDS[key], _cell(words[key])) for key in _IN_TABLE]
    rows += [(f"Voorstel: {header}", text) for header, text in what_lines(decision.what, labels_of(view.dataset.areas))]
    rows.append(("Laatst gewijzigd", f"{mask_personal(decision.by)}, {moment_sentence(decision.changed_here)}"))
    shown = table("Alle gegevens over dit besluit", ("Gegeven", "Wat er staat"), rows, name="velden")
    return Markup("<details class='uitleg'><summary>Alle gegevens over dit besluit</summary>{}</details>").format(shown)


def _cell(text: str) -> str:
    return text or Markup("<span class='stil'>{}</span>").format(NOT_FILLED)
