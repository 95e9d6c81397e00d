"""The decisions as a list of cards, those the meeting has to talk about first, and as an Excel file."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import streamlit as st

from einclusie_data.contract.words import number
from einclusie_data.decisions.export import about_decisions, decisions_xlsx_bytes
from einclusie_data.decisions.listing import STATE_LOOKS, card_lines
from einclusie_data.decisions.table import labels_of
from einclusie_data.decisions.words import field_words
from einclusie_data.files.write.tables import XLSX_TYPE, file_stem
from einclusie_data.store.decision_record import Decision
from einclusie_data.store.decision_steps import State
from einclusie_data.ui.decisions import params as decision_params
from einclusie_data.ui.decisions.params import open_decision
from einclusie_data.ui.frame import published
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.parts.cards import Card, show_cards

CARDS_SHOWN = 50
_OPEN = "open"


def show_list(view: View, decisions: Sequence[Decision], marks: Collection[int]) -> None:
    """The list, with a choice of states, and its download.

    Parameters
    ----------
    view : View
    decisions : sequence of Decision
        Those of the chosen area and group, in order.
    marks : collection of int
        Ids of the decisions that the workbook may already contain.
    """
    if not decisions:
        return
    _choose_states()
    shown = of_chosen_states(decisions)
    if not shown:
        st.text("In deze stand is er niets. Kies een andere stand.")
        return
    cards = [decision_card(view, one, maybe_there=one.id in marks) for one in shown[:CARDS_SHOWN]]
    show_cards(
        cards,
        key="besluiten_lijst",
        label="Voorstellen en besluiten, wat eerst te bespreken is bovenaan",
        on_pick=lambda card, _: open_decision(int(card)),
    )
    if len(shown) > CARDS_SHOWN:
        st.caption(f"En nog {number(len(shown) - CARDS_SHOWN)}. Kies een gebied, een doelgroep of een stand.")
    _show_download(view, shown)


def _choose_states() -> None:
    st.pills(
        "Stand",
        list(State),
        format_func=lambda state: f"{STATE_LOOKS[state].symbol} {state}",
        selection_mode="multi",
        key=decision_params.STATE,
        label_visibility="collapsed",
    )


def of_chosen_states(decisions: Sequence[Decision]) -> list[Decision]:
    """Those in the states that the visitor chose; all of them while nothing is chosen."""
    states = st.session_state[decision_params.STATE]
    return [one for one in decisions if not states or one.state in states]


def decision_card(view: View, decision: Decision, *, maybe_there: bool) -> Card:
    """One decision in the list."""
    labels = labels_of(view.dataset.areas)
    return Card(
        id=str(decision.id),
        title=f"{decision.id}. {field_words(decision, labels)['title']}",
        lines=card_lines(decision, labels, view.choice.question.on, maybe_there=maybe_there),
        verdict=STATE_LOOKS[decision.state],
        actions=((_OPEN, "Bekijk"),),
    )


def _show_download(view: View, decisions: Sequence[Decision]) -> None:
    """The file is made outside the page: it can't ask the session."""
    chosen, areas = view.sentence(view.choice.group), view.dataset.areas
    origin = published.origin(view.version, view.dataset)

    def xlsx() -> bytes:
        return decisions_xlsx_bytes(decisions, areas, about_decisions(len(decisions), chosen, origin))

    stem = file_stem("besluiten", view.choice.question.on)
    st.download_button("Download als Excel", xlsx, f"{stem}.xlsx", XLSX_TYPE, on_click="ignore")
