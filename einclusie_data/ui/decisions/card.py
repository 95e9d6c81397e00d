"""One decision in full: what, for which gap, how far it is, what may be there already, and what can be done with it.

What a trekker does to decisions without a form: mark one as started, note the proposals of a scenario.

What of a decision the workbook may already contain; the app asks, a trekker answers.

The gap that a decision is for, as the map sees it now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.words import count, listing, number, view_sentence
from einclusie_data.decisions.done import done_sentence, started_reason
from einclusie_data.decisions.history import moment_sentence
from einclusie_data.decisions.table import (
    OPEN_STATES,
    STATE_LOOKS,
    labels_of,
    noted_already,
)
from einclusie_data.decisions.words import (
    FIELDS,
    NOT_FILLED,
    agreement_sentence,
    field_words,
    late_sentence,
    what_lines,
)
from einclusie_data.store.access.guard import Session
from einclusie_data.store.decision_record import STEPS, Decision, Draft, State
from einclusie_data.ui.decisions import choices
from einclusie_data.ui.decisions.choices import do, doubts_of, filters_and, open_decision
from einclusie_data.ui.decisions.fits import show_panels
from einclusie_data.ui.decisions.form import edit_form, show_form
from einclusie_data.ui.frame import account
from einclusie_data.ui.frame.account import for_trekkers
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.parts.gaps import show_verdict
from einclusie_data.ui.parts.markup import join, plain, table, verdict_words

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


@for_trekkers
def mark_started(session: Session, number: int, based_on: int, row: int, name: str) -> None:
    """Put a decision on "gestart", since an offer of the workbook is what was decided."""
    decisions = account.the_desk().store.decisions
    now = decisions.get(number)
    draft = replace(now.draft, state=State.STARTED, why=started_reason(now.why, name, row))
    decisions.change(number, draft, session.name, based_on=based_on)
    account.leave_success(f"Besluit {number} staat nu op “{State.STARTED}”.")


@for_trekkers
def note_drafts(session: Session, drafts: Sequence[Draft]) -> None:
    """Write proposals down as ideas; those that are there already are not written twice."""
    decisions = account.the_desk().store.decisions
    there = decisions.all()
    saved = [decisions.add(one, session.name) for one in drafts if noted_already(there, one) is None]
    account.leave_success(f"{count(len(saved), 'idee', 'ideeën')} genoteerd." if saved else "Alles stond er al.")


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
    doing = st.session_state[choices.DOING]
    if trekker and doing in (choices.EDIT, choices.STEP):
        show_form(view, edit_form(decision, step=doing == choices.STEP))
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
        st.button("Zet verder", on_click=partial(do, choices.STEP), type="primary", key="besluit_verder")
        st.button("Wijzig", on_click=partial(do, choices.EDIT), key="besluit_wijzig")
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
