"""What can become a decision: a gap that someone came from, the proposals of a scenario, or an empty form."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.words import count
from einclusie_data.decisions.table import (
    STATE_LOOKS,
    State,
    draft_of_gap,
    drafts_of_scenario,
    groups_named,
    in_order,
    labels_of,
    noted_already,
    wijkcodes_of,
)
from einclusie_data.decisions.words import field_words
from einclusie_data.proposals.link import read_link
from einclusie_data.store.decision_record import Decision, Draft
from einclusie_data.ui.decisions import choices
from einclusie_data.ui.decisions.card import note_drafts, show_gap_now
from einclusie_data.ui.decisions.choices import open_decision
from einclusie_data.ui.decisions.fields import empty
from einclusie_data.ui.decisions.fits import show_panels
from einclusie_data.ui.decisions.form import cancel, new_form, show_form
from einclusie_data.ui.decisions.listing import decision_card
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.parts.cards import Card, show_cards
from einclusie_data.ui.parts.markup import plain

NO_SCENARIO = (
    "Deze link bevat geen scenario dat we kunnen lezen. Vraag de link opnieuw, of open hem op de pagina Wat als."
)
STOPS = "Aanbod dat in het scenario stopt, wordt geen besluit."
_NOTE, _OPEN = "noteer", "open"


def is_proposing(*, trekker: bool) -> bool:
    """Whether the page shows what can become a decision, instead of the list."""
    state = st.session_state
    return bool(state[choices.WIJK] or state[choices.SCENARIO] or (trekker and state[choices.DOING] == choices.NEW))


def show_proposals(view: View, decisions: Sequence[Decision], *, trekker: bool) -> None:
    """The form of a new decision, or what a scenario proposes; for anyone else what it would be."""
    if st.session_state[choices.SCENARIO]:
        _show_scenario(view, decisions, trekker=trekker)
    elif st.session_state[choices.WIJK]:
        _show_gap(view, st.session_state[choices.WIJK], decisions, trekker=trekker)
    else:
        st.header("Nieuw voorstel of besluit", anchor=False)
        show_form(view, new_form("leeg", empty()))


def _show_gap(view: View, wijk: str, decisions: Sequence[Decision], *, trekker: bool) -> None:
    """A proposal for one wijk and the chosen group, under what is there for them already."""
    areas, group = view.dataset.areas, view.choice.group
    code = next(code for code, label in labels_of(areas).items() if label == wijk)
    draft = draft_of_gap(areas, code, group)
    st.header(f"Een voorstel voor {plain(wijk)}, {plain(group.lower())}", anchor=False)
    there = [one for one in in_order(decisions) if code in wijkcodes_of(areas, one) and group in groups_named(one)]
    if there:
        st.text("Hiervoor staat er al iets genoteerd:")
        cards = [decision_card(view, one, maybe_there=False) for one in there]
        label = "Voorstellen en besluiten voor dit hiaat"
        show_cards(cards, key="besluiten_hiaat", label=label, on_pick=lambda card, _: open_decision(int(card)))
    if trekker:
        show_form(view, new_form(f"{code}|{group}", draft))
    else:
        st.text("Hieronder zie je wie dit kan opnemen. Deel de link van deze pagina met een trekker: die noteert het.")
        st.button("← Terug naar de lijst", on_click=cancel, key="besluit_terug_hiaat")
    show_gap_now(view, draft)
    show_panels(view, draft)


# --- a scenario ---------------------------------------------------------------------------------------------------
def _show_scenario(view: View, decisions: Sequence[Decision], *, trekker: bool) -> None:
    scenario = read_link(st.session_state[choices.SCENARIO])
    st.button("← Terug naar de lijst", on_click=cancel, key="besluit_terug_scenario")
    if scenario is None:
        st.error(NO_SCENARIO)
        return
    drafts = drafts_of_scenario(view.dataset.areas, scenario)
    st.header(plain(f"Uit het scenario “{mask_personal(scenario.name)}”"), anchor=False)
    st.text(f"{count(len(drafts), 'nieuw aanbod', 'keer nieuw aanbod')}. {STOPS if scenario.stops else ''}")
    waiting = [one for one in drafts if noted_already(decisions, one) is None]
    if trekker and len(waiting) > 1:
        st.button("Noteer alles als idee", type="primary", on_click=note_drafts, args=[waiting], key="besluit_alles")
    show_cards(
        [_card(view, place, one, noted_already(decisions, one), trekker=trekker) for place, one in enumerate(drafts)],
        key="besluiten_scenario",
        label="Nieuw aanbod uit het scenario",
        on_pick=lambda card, action: _pick(drafts, card, action),
    )
    if not trekker:
        st.caption("Een trekker kan hier besluiten van maken. Deel de link van deze pagina.")


def _card(view: View, place: int, draft: Draft, noted: Decision | None, *, trekker: bool) -> Card:
    words = field_words(draft, labels_of(view.dataset.areas))
    actions = () if noted else ((f"{_NOTE}", "Noteer als idee"),) if trekker else ()
    return Card(
        id=str(noted.id if noted else place),
        title=words["title"],
        lines=(words["what"], f"Dit is besluit {noted.id}: {noted.state}." if noted else ""),
        verdict=STATE_LOOKS[noted.state if noted else State.IDEA],
        actions=((_OPEN, f"Bekijk besluit {noted.id}"),) if noted else actions,
    )


def _pick(drafts: Sequence[Draft], card: str, action: str) -> None:
    if action == _OPEN:
        open_decision(int(card))
    else:
        note_drafts([drafts[int(card)]])
