"""The choices of the page Waar eerst, as they stand in the URL."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from einclusie_data.answers.scopes import CITY
from einclusie_data.contract import settings
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.words import listing
from einclusie_data.engine.dataset import Dataset
from einclusie_data.proposals.siting.candidates import Kind
from einclusie_data.proposals.siting.demand import Weigh, default_weigh
from einclusie_data.ui.frame import url_state
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.frame.url_state import Param
from einclusie_data.ui.parts.markdown import plain

N, KINDS, WEIGH, SPREAD = "aantal", "plekken", "tel", "verdeling"
MOST_PEOPLE, FAIR = "meeste", "eerlijk"
SPREADS = {MOST_PEOPLE: "Waar de meeste mensen bij komen", FAIR: "Eerst de wijken die het slechtst af zijn"}
KIND_LABELS = {
    Kind.WIJKEN.value: "Midden van wijken",
    Kind.PARTNERS.value: "Partners",
    Kind.OFFERS.value: "Plekken met ander aanbod",
    Kind.GRID.value: f"Raster van {settings.SITING_GRID_M} m",
}
MORE = "Andere keuzes"
"""Title of what holds the widgets that few people change."""
USUAL = "gewoon"
"""Count what is best known for the group."""
START = 5
"""Places that the page starts with."""


@dataclass(frozen=True)
class Asked:
    """What is asked: how many places, from which candidates, what counts, and what comes first."""

    n: int
    kinds: tuple[Kind, ...]
    weigh: Weigh
    fair: bool
    codes: tuple[str, ...]


def siting_params(_dataset: Dataset) -> list[Param]:
    """The choices of this page."""
    return [
        url_state.one_of(N, range(1, settings.SITING_MOST + 1), START),
        Param(KINDS, [Kind.WIJKEN.value], lambda words: [one for one in KIND_LABELS if one in words] or None, list),
        url_state.one_of(WEIGH, [USUAL, *(one.value for one in Weigh)], USUAL),
        url_state.one_of(SPREAD, SPREADS, MOST_PEOPLE),
    ]


def asked_now(view: View) -> Asked:
    """What the visitor chose, before the widgets are drawn."""
    state, scope = st.session_state, view.choice.scope
    codes = () if scope.name == CITY else scope.codes
    kinds = tuple(kind for kind in Kind if kind.value in state[KINDS]) or (Kind.WIJKEN,)
    options = _weigh_options(view, codes)
    if state[WEIGH] not in options:
        state[WEIGH] = USUAL
    usual = _usual(view.version, view.choice.group, codes, view.dataset)
    weigh = usual if state[WEIGH] == USUAL else Weigh(state[WEIGH])
    return Asked(state[N], kinds, weigh, state[SPREAD] == FAIR, codes)


@st.cache_resource(show_spinner=False, max_entries=500)
def _usual(version: str, group: str, codes: tuple[str, ...], _dataset: Dataset) -> Weigh:
    return default_weigh(_dataset, group, codes)


def _weigh_options(view: View, codes: tuple[str, ...]) -> dict[str, str]:
    """What can be counted -> its label; first what is counted unless someone chooses."""
    group = view.choice.group
    labels = {
        Weigh.PERSONS: "Alle inwoners" if group == EVERYONE else f"Mensen van de groep {group.lower()}",
        Weigh.INHABITANTS: "Alle inwoners",
        Weigh.WIJKEN: "Elke bewoonde wijk even zwaar",
    }
    usual = _usual(view.version, group, codes, view.dataset)
    others = [one for one in (Weigh.INHABITANTS, Weigh.WIJKEN) if one is not usual]
    if group == EVERYONE or _usual(view.version, EVERYONE, codes, view.dataset) is not Weigh.PERSONS:
        others = [one for one in others if one is not Weigh.INHABITANTS]
    return {USUAL: labels[usual]} | {one.value: labels[one] for one in others}


def show_siting_choice(view: View, asked: Asked) -> None:
    """The number of places; the other widgets are drawn only when asked for, which keeps the page light."""
    options = _weigh_options(view, asked.codes)
    left, right = st.columns([1, 4], vertical_alignment="bottom")
    left.selectbox("Nieuwe plekken", range(1, settings.SITING_MOST + 1), key=N, placeholder="Kies…")
    more = right.expander(plain(f"{MORE}. Nu: {_chosen(asked, options)}"), key="andere_keuzes", on_change="rerun")
    if more.open:
        with more:
            _show_more(options)


def _chosen(asked: Asked, options: dict[str, str]) -> str:
    kinds = listing([KIND_LABELS[kind.value].lower() for kind in asked.kinds])
    return " · ".join([kinds, options[st.session_state[WEIGH]].lower(), SPREADS[st.session_state[SPREAD]].lower()])


def _show_more(options: dict[str, str]) -> None:
    st.pills(
        "Waaruit kiezen we?", list(KIND_LABELS), selection_mode="multi", key=KINDS, format_func=KIND_LABELS.__getitem__
    )
    left, right = st.columns(2)
    left.selectbox("Wat tellen we?", list(options), key=WEIGH, format_func=options.__getitem__, placeholder="Kies…")
    right.selectbox("Wat gaat voor?", list(SPREADS), key=SPREAD, format_func=SPREADS.__getitem__, placeholder="Kies…")


def choose_n(text: str) -> None:
    """Another number of places (in a callback)."""
    st.session_state[N] = int(text)
