"""The choices of the page Besluiten, as they stand in the URL, and the callbacks that change them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from einclusie_data.engine.dataset import Dataset
from einclusie_data.proposals.link import MAX_LINK
from einclusie_data.store.decision_steps import State
from einclusie_data.ui.frame import url_state
from einclusie_data.ui.frame.filters import filter_params
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.frame.url_state import Param

PAGE = "pages/besluiten.py"
OPENED, WIJK, SCENARIO, STATE, SHOWN, DOING = "besluit", "wijk", "scenario", "stand", "toon", "doe"
NEW, EDIT, STEP = "nieuw", "wijzig", "verder"
PARTNERS, METHODS, HISTORY = "wie", "methodieken", "verloop"
PANELS = {PARTNERS: "Wie kan dit?", METHODS: "Methodieken", HISTORY: "Geschiedenis"}
_LARGEST = 9_999_999


def decision_params(dataset: Dataset) -> list[Param]:
    """The choices of this page."""
    wijken = dataset.areas.wijken
    return [
        Param(OPENED, None, _read_number, lambda value: [] if value is None else [str(value)]),
        url_state.some_of(STATE, list(State)),
        url_state.one_of(WIJK, wijken.loc[wijken["inhabited"], "label"], None),
        Param(SCENARIO, "", lambda words: words[-1][:MAX_LINK], lambda value: [value] if value else []),
        url_state.one_of(SHOWN, PANELS, PARTNERS),
        url_state.one_of(DOING, (NEW, EDIT, STEP), None),
    ]


def _read_number(words: Sequence[str]) -> int | None:
    text = words[-1]
    return int(text) if text.isdecimal() and len(text) <= len(str(_LARGEST)) else None


def open_decision(number: int | None = None) -> None:
    """Open one decision, or go back to the list (in a callback)."""
    st.session_state[OPENED], st.session_state[DOING] = number, None
    leave_proposals()


def leave_proposals() -> None:
    """Forget the gap or the scenario that someone came from (in a callback)."""
    st.session_state[WIJK], st.session_state[SCENARIO] = None, ""


def do(what: str | None) -> None:
    """Open a form, or close it (in a callback)."""
    st.session_state[DOING] = what


def filters_and(view: View, **more: str) -> dict[str, list[str]]:
    """The chosen filters as they stand in the URL, with more choices; "" takes a filter away."""
    query = {**url_state.chosen(filter_params(view.version, view.dataset)), **{key: [one] for key, one in more.items()}}
    return {key: texts for key, texts in query.items() if texts != [""]}


def this_view(view: View) -> dict[str, list[str]]:
    """All that brings someone back to what the page shows now, forms aside."""
    return {key: texts for key, texts in url_state.chosen(view.params).items() if key != DOING}
