"""Making a proposal: a new offer at a place, or an offer that stops.

Where a new offer comes: a point on the map, a wijk, or a partner's place.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from einclusie_data.answers.offers import ALL_GROUPS
from einclusie_data.answers.scopes import CITY
from einclusie_data.answers.spots import read_spot, spot_text
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.questions import Question
from einclusie_data.contract.schema import OFFERS
from einclusie_data.engine.dataset import Dataset
from einclusie_data.proposals.offer import NewOffer, place_choices, stop_choices
from einclusie_data.proposals.scenario import Scenario, stop_of, stop_positions
from einclusie_data.ui.frame.page import View, leave_notice
from einclusie_data.ui.parts.markup import plain
from einclusie_data.ui.scenario import state as scenario_state

NEW, STOP = "nieuw", "stopt"
KIND, PLACE, SPOT = "voorstel", "nieuw_waar", "nieuw_punt"
"""In the session: what is being proposed (`NEW`, `STOP` or None), the place by its name, the point on the map."""


def pick_on_map(lat: float, lon: float) -> None:
    """A click on the map (in a callback): there comes the new offer."""
    st.session_state[SPOT] = spot_text(lat, lon)
    st.session_state[PLACE] = None
    st.session_state[KIND] = NEW


def chosen_spot() -> tuple[float, float] | None:
    """The point on the map that is chosen for a new offer: latitude and longitude."""
    return read_spot(st.session_state.get(SPOT) or "") if st.session_state.get(KIND) == NEW else None


def chosen_wijk(view: View) -> str | None:
    """The wijk that is chosen for a new offer by its name."""
    fields = _places(view.version, view).get(st.session_state.get(PLACE) or "", {})
    wijken = fields.get("wijken", ())
    return str(wijken[0]) if wijken and fields.get("lat") is None and st.session_state.get(KIND) == NEW else None


@st.cache_resource(show_spinner=False, max_entries=4)
def _places(version: str, _view: View) -> dict[str, dict[str, Any]]:
    return place_choices(_view.dataset)


def show_place(view: View) -> None:
    """A list of places, and what was clicked on the map."""
    spot = chosen_spot()
    places = _places(view.version, view)
    if st.session_state.get(PLACE) not in places:
        st.session_state[PLACE] = None
    st.selectbox(
        "Waar? Klik op de kaart, of kies een wijk of een partner",
        list(places),
        key=PLACE,
        placeholder="Kies een wijk of een partner" if spot is None else "Het punt op de kaart",
        on_change=_forget_spot,
        persist_state="page",
    )
    if spot is not None:
        code = view.dataset.areas.wijk_at(spot[1], spot[0])
        wijk = "" if code is None else f", wijk {view.dataset.areas.wijken.loc[code, 'label']}"
        st.caption(plain(f"Gekozen: het punt op de kaart{wijk}. De cirkel is de loopafstand."))


def _forget_spot() -> None:
    st.session_state[SPOT] = ""


def chosen_place(view: View) -> dict[str, Any] | None:
    """The fields of a `NewOffer` that say where it is; None while nothing is chosen."""
    spot = chosen_spot()
    if spot is not None:
        return {"lat": spot[0], "lon": spot[1]}
    return _places(view.version, view).get(st.session_state.get(PLACE) or "")


KINDS = {NEW: "Nieuw aanbod", STOP: "Laat aanbod stoppen"}
STOPS = "stop_keuze"
NO_PLACE = "Kies eerst een plek: klik op de kaart, of kies een wijk of een partner."
_LABELS = {
    "groups": "Voor wie is het?",
    "types": "Welk type aanbod?",
    "dayparts": "Welk dagdeel?",
    "frequency": "Hoe vaak?",
    "price": "Welke prijs?",
    "signup": "Hoe aanmelden?",
    "languages": "Welke talen?",
}
"""Field of a new offer -> question; not the names of the filters, which stand on the same page."""
_FROM_FILTERS = {"types": "types", "dayparts": "dayparts", "languages": "languages", "signup": "signups"}
"""Field of a new offer that holds several values -> filter from which it starts, so that it counts in what is asked."""


def show_add(view: View, scenario: Scenario) -> None:
    """Choose what to propose, and propose it."""
    if KIND not in st.session_state:
        st.session_state[KIND] = None if scenario.proposals else NEW
    with st.container(key="voorstel_maken", gap="small"):
        kind = st.segmented_control(
            "Zet in het scenario", list(KINDS), key=KIND, format_func=KINDS.__getitem__, persist_state="page"
        )
        if kind == NEW:
            show_place(view)
            _show_new(view)
        elif kind == STOP:
            _show_stop(view, scenario)


# --- a new offer -----------------------------------------------------------------------------------------------------
def _key(field: str) -> str:
    return f"nieuw_{field}"


def _start_from(group: str, question: Question) -> None:
    """Let the fields start from the filters, whenever these change."""
    if st.session_state.get("nieuw_voor") == (group, question):
        return
    st.session_state["nieuw_voor"] = (group, question)
    filters = question.filters
    st.session_state[_key("groups")] = [group]
    for field, name in _FROM_FILTERS.items():
        st.session_state[_key(field)] = list(getattr(filters, name)[:1])
    st.session_state[_key("price")] = next(iter(filters.prices), None)


def _show_new(view: View) -> None:
    question = view.choice.question
    _start_from(view.choice.group, question)
    with st.form("nieuw_aanbod", border=False, enter_to_submit=False):
        _several(view, "groups")
        _several(view, "types")
        left, right = st.columns(2, gap="small")
        with left:
            _several(view, "dayparts")
            _one(view, "price")
        with right:
            _one(view, "frequency")
            st.text_input("Organisatie (mag leeg)", key=_key("organisation"), max_chars=100, persist_state="page")
        for field, name in (("signup", "signups"), ("languages", "languages")):
            if getattr(question.filters, name):
                _several(view, field)
        st.text_input("Naam (mag leeg)", key=_key("name"), max_chars=100, persist_state="page")
        st.form_submit_button("Zet dit aanbod in het scenario", on_click=_add_new, args=[view], type="primary")


def _options(view: View, field: str) -> tuple[str, tuple[str, ...]]:
    return _LABELS[field], view.dataset.workbook.codelists[OFFERS.column(field).header].values


def _several(view: View, field: str) -> None:
    label, options = _options(view, field)
    st.multiselect(
        label, options, key=_key(field), placeholder="Niet ingevuld", format_func=plain, select_all=False,
        persist_state="page",
    )  # fmt: skip


def _one(view: View, field: str) -> None:
    label, options = _options(view, field)
    st.selectbox(label, options, index=None, key=_key(field), placeholder="Niet ingevuld", persist_state="page")


def _add_new(view: View) -> None:
    state, where = st.session_state, chosen_place(view)
    if where is None:
        leave_notice(NO_PLACE)
    elif scenario_state.add(NewOffer(**_filled_in(), **where)):
        for key in (SPOT, PLACE, KIND, _key("name"), _key("organisation")):
            state[key] = None if key in (PLACE, KIND) else ""


def _filled_in() -> dict[str, Any]:
    """The fields of the form, as those of a `NewOffer`."""
    state = st.session_state
    several = {field: tuple(state.get(_key(field)) or ()) for field in ("groups", *_FROM_FILTERS)}
    one = {field: str(state.get(_key(field)) or "") for field in ("price", "frequency", "name")}
    return {**several, **one, "organisations": tuple(filter(None, [state.get(_key("organisation"))]))}


# --- an offer that stops ---------------------------------------------------------------------------------------------
def _show_stop(view: View, scenario: Scenario) -> None:
    gone = set(stop_positions(view.dataset, scenario.stops))
    choice = view.choice
    found = _stops(view.version, repr(choice.question), choice.group, choice.scope.codes, view)
    left = {place: label for place, label in found.items() if place not in gone}
    if st.session_state.get(STOPS) not in left:
        st.session_state[STOPS] = None
    st.selectbox(
        "Welk aanbod stopt? Wat het eerst eindigt, staat bovenaan",
        list(left),
        key=STOPS,
        format_func=left.__getitem__,
        placeholder="Kies aanbod" if left else "Geen aanbod gevonden met deze filters",
        persist_state="page",
    )
    st.button("Laat dit stoppen", on_click=_add_stop, args=[view.dataset], type="primary")


@st.cache_resource(show_spinner=False, max_entries=50)
def _stops(version: str, question: str, group: str, codes: tuple[str, ...], _view: View) -> dict[int, str]:
    dataset, choice = _view.dataset, _view.choice
    wijken = None
    if choice.scope.name != CITY:
        wijken = [int(place) for place in dataset.areas.wijken.index.get_indexer(list(codes))]
    return stop_choices(dataset, choice.question, ALL_GROUPS if group == EVERYONE else group, wijken)


def _add_stop(dataset: Dataset) -> None:
    place = st.session_state.get(STOPS)
    if place is None:
        leave_notice("Kies eerst welk aanbod stopt.")
    elif scenario_state.add(stop_of(dataset, place)):
        st.session_state[STOPS] = st.session_state[KIND] = None
