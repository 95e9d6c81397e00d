"""The scenarios of a visit, in its session.

Each has a list of its own with the texts that it had; the last one counts. So the back button brings back an earlier
state of the same scenario, and not a scenario more.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from einclusie_data.contract.errors import ScenarioError
from einclusie_data.contract.text import normalise
from einclusie_data.proposals.link import link_text, read_link
from einclusie_data.proposals.words import scenario_name

_LIST, _OPEN = "scenario_lijst", "scenario_open"


def slots() -> list[list[str]]:
    """The texts of every scenario, oldest first."""
    found: list[list[str]] = st.session_state.setdefault(_LIST, [])
    return found


def remember_open(text: str) -> None:
    """Which one is open now; "" = none."""
    st.session_state[_OPEN] = text


def last_open() -> str:
    """The one that was open last, else the newest; "" when there is none."""
    kept = str(st.session_state.get(_OPEN, ""))
    return kept if place_of(kept) is not None else next((states[-1] for states in reversed(slots())), "")


def place_of(text: str) -> int | None:
    """Which scenario has this text, else which one had it."""
    now = [place for place, states in enumerate(slots()) if states[-1] == text]
    then = [place for place, states in enumerate(slots()) if text in states]
    return next(iter([*now, *then]), None)


def bring_back(text: str) -> None:
    """Let an earlier text of a scenario be the one that counts."""
    place = place_of(text)
    if place is not None and slots()[place][-1] != text:
        slots()[place].remove(text)
        slots()[place].append(text)


def _names(without: int | None = None) -> set[str]:
    found = [read_link(states[-1]) for place, states in enumerate(slots()) if place != without]
    return {normalise(scenario_name(one)) for one in found if one is not None}


def free_name(wished: str = "", without: int | None = None) -> str:
    """A name that no other scenario of this visit has."""
    taken = _names(without)
    if wished and normalise(wished) not in taken:
        return wished
    tries = (f"{wished} ({number})" if wished else f"Scenario {number}" for number in range(2 if wished else 1, 1000))
    return next(one for one in tries if normalise(one) not in taken)


def with_free_name(text: str) -> str:
    """The text of a scenario that joins the others, under a name of its own."""
    scenario = read_link(text)
    if scenario is None or normalise(scenario_name(scenario)) not in _names():
        return text
    try:
        return link_text(replace(scenario, name=free_name(scenario_name(scenario))))
    except ScenarioError:
        return text
