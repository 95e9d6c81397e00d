"""The scenarios of a visit: the one that is open stands in the link, all of them stay in the session.

The scenarios of a visit, in its session.

Each has a list of its own with the texts that it had; the last one counts. So the back button brings back an earlier
state of the same scenario, and not a scenario more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from einclusie_data.contract.errors import ScenarioError
from einclusie_data.contract.text import normalise
from einclusie_data.engine.dataset import Dataset
from einclusie_data.proposals.link import link_text, read_link
from einclusie_data.proposals.offer import Proposal, short_text
from einclusie_data.proposals.scenario import Scenario
from einclusie_data.proposals.words import NO_SCENARIO, scenario_name
from einclusie_data.ui.frame import url_state
from einclusie_data.ui.frame.navigate import go_to
from einclusie_data.ui.frame.page import leave_notice
from einclusie_data.ui.frame.url_state import Param

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


PAGE = "pages/wat_als.py"
KEY = "scenario"
CHANGE, NOW, THEN = "verandering", "nu", "straks"
MAPS = {CHANGE: "Wat verandert", NOW: "Nu", THEN: "Straks"}
"""Value of `kaart` -> label."""
MOST = 10
"""Scenarios in one visit."""
STATES_KEPT = 50
"""Earlier states of one scenario that the back button finds again."""
TOO_MANY = f"Je kunt hoogstens {MOST} scenario's tegelijk open hebben. Sluit er eerst een."

_DAMAGED = "onleesbaar"
_ERROR = "scenario_fout"


def scenario_params(_dataset: Dataset) -> list[Param]:
    """The choices of the page, as they stand in the URL."""
    return [Param(KEY, "", _read, _write), url_state.one_of("kaart", MAPS, CHANGE)]


def _read(words: Sequence[str]) -> str:
    return words[-1] if read_link(words[-1]) is not None else _DAMAGED


def _write(text: str) -> list[str]:
    return [text] if text not in ("", _DAMAGED) else []


# --- for other pages -------------------------------------------------------------------------------------------------
def scenario_query(scenario: Scenario) -> dict[str, list[str]]:
    """What a link to the page needs to open a scenario there. Raises `ScenarioError` when it is too long to share."""
    return {KEY: [link_text(scenario)]}


def go_to_scenario(scenario: Scenario) -> None:
    """Open a scenario on the page Wat als (in a callback); a scenario that is too long is said on this page."""
    try:
        go_to(PAGE, scenario=link_text(scenario))
    except ScenarioError as error:
        leave_notice(str(error))


# --- which scenarios there are ---------------------------------------------------------------------------------------
def settle() -> tuple[Scenario, str]:
    """The open scenario and its text, once the link was read; "" when there is nothing in it yet.

    A scenario that comes in with a link joins those of this visit. Without one in the link the last one stays open.
    """
    text = st.session_state[KEY]
    if text == _DAMAGED:
        st.session_state[_ERROR] = NO_SCENARIO
    if text in ("", _DAMAGED):
        text = last_open()
    elif place_of(text) is None:
        if len(slots()) >= MOST:
            slots().pop(0)
        st.session_state.pop(_ERROR, None)
        text = with_free_name(text)
        slots().append([text])
    else:
        bring_back(text)
    st.session_state[KEY] = text
    remember_open(text)
    return open_scenario(), text


def open_scenario() -> Scenario:
    """The scenario that is open; a new one while nothing was proposed."""
    return read_link(st.session_state[KEY]) or Scenario(free_name())


def scenarios() -> dict[str, Scenario]:
    """Text -> scenario, of all that are there in this visit."""
    found = {states[-1]: read_link(states[-1]) for states in slots()}
    return {text: scenario for text, scenario in found.items() if scenario is not None}


def error() -> str:
    """What is wrong with the link that was opened; "" when nothing is."""
    return str(st.session_state.get(_ERROR, ""))


# --- what people do with them (in callbacks) -------------------------------------------------------------------------
def _put(scenario: Scenario, *, anew: bool = False) -> bool:
    """Let a scenario take the place of the open one, or stand beside it; what cannot be shared is said."""
    st.session_state.pop(_ERROR, None)
    place = place_of(st.session_state[KEY])
    if (anew or place is None) and len(slots()) >= MOST:
        leave_notice(TOO_MANY)
        return False
    try:
        text = link_text(scenario)
    except ScenarioError as problem:
        leave_notice(str(problem))
        return False
    if anew or place is None:
        slots().append([text])
    else:
        slots()[place] = [*(one for one in slots()[place] if one != text), text][-STATES_KEPT:]
    st.session_state[KEY] = text
    return True


def add(proposal: Proposal) -> bool:
    """Put a proposal in the open scenario; False when that could not be done."""
    scenario = open_scenario()
    return _put(replace(scenario, proposals=(*scenario.proposals, proposal)))


def remove(place: int) -> None:
    """Take a proposal out of the open scenario."""
    scenario = open_scenario()
    kept = tuple(one for number, one in enumerate(scenario.proposals) if number != place)
    _put(replace(scenario, proposals=kept))


def rename(name: str) -> None:
    """Give the open scenario another name."""
    name = short_text(name)
    if name:
        _put(replace(open_scenario(), name=free_name(name, place_of(st.session_state[KEY]))))


def start_anew() -> None:
    """An empty scenario beside the others."""
    _put(Scenario(free_name()), anew=True)


def copy() -> None:
    """The same proposals under another name, to make a variant."""
    scenario = open_scenario()
    _put(replace(scenario, name=free_name(scenario_name(scenario))), anew=True)


def bring_in(scenario: Scenario, text: str) -> bool:
    """Open a scenario that was saved as a text, beside the others; one that is there already comes to the front."""
    if place_of(text) is not None:
        switch(text)
        return True
    return _put(replace(scenario, name=free_name(scenario_name(scenario))), anew=True)


def switch(text: str) -> None:
    """Open another scenario of this visit."""
    st.session_state.pop(_ERROR, None)
    st.session_state[KEY] = text


def close() -> None:
    """Take the open scenario out of this visit; what was saved of it stays."""
    place = place_of(st.session_state[KEY])
    if place is not None:
        del slots()[place]
    remember_open("")
    switch(last_open())
