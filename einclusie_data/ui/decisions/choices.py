"""What the page Besluiten computes beside the decisions, once per version, decision and question.

The choices of the page Besluiten, as they stand in the URL, and the callbacks that change them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from einclusie_data.answers.scopes import CITY
from einclusie_data.contract import settings
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.errors import DataFileError, StoreError
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.decisions.done import already_there, done_by
from einclusie_data.decisions.partners import fitting_methods, fitting_partners
from einclusie_data.decisions.table import (
    NOTHING_YET,
    OPEN_STATES,
    answer_sentences,
    chosen_decisions,
    doubts,
    gaps_words,
    in_order,
)
from einclusie_data.engine.dataset import Dataset
from einclusie_data.proposals.link import MAX_LINK
from einclusie_data.store.access.desk import desk
from einclusie_data.store.decision_record import Decision, Draft, State
from einclusie_data.ui.frame import data, published, url_state
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


KEPT = 200
"""Results kept in memory, a few kB each."""


def methods_of(view: View, draft: Draft) -> pd.DataFrame:
    """The methods that fit a decision (see `fitting_methods`)."""
    return _methods(view.version, repr(draft), repr(_asked(view)), draft, _asked(view))


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _methods(version: str, draft: str, question: str, _draft: Draft, _question: Question) -> pd.DataFrame:
    return fitting_methods(data.dataset(version), _draft, _question)


def partners_of(view: View, draft: Draft) -> pd.DataFrame:
    """The organisations that could take a decision on (see `fitting_partners`)."""
    return _partners(view.version, repr(draft), repr(_asked(view)), draft, _asked(view))


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _partners(version: str, draft: str, question: str, _draft: Draft, _question: Question) -> pd.DataFrame:
    return fitting_partners(data.dataset(version), _draft, _question)


def doubts_of(view: View, draft: Draft) -> tuple[str, ...]:
    """What a decision refers to that is not known now (see `doubts`)."""
    return _doubts(view.version, repr(draft), draft)


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _doubts(version: str, draft: str, _draft: Draft) -> tuple[str, ...]:
    return doubts(data.dataset(version), _draft)


def history_of(decision: Decision) -> tuple[Decision, ...]:
    """All changes of a decision up to this one, oldest first.

    Raises
    ------
    StoreError
        The store does not answer.
    """
    return _history(decision.id, decision.change, decision.at.isoformat())


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _history(number: int, change: int, at: str) -> tuple[Decision, ...]:
    return tuple(one for one in desk(settings.STORE).store.decisions.history(number) if one.change <= change)


def decisions_key(decisions: Iterable[Decision]) -> str:
    """Identifies decisions as they are now; also tells apart two stores that are used in turn."""
    return ";".join(f"{one.id}|{one.change}|{one.at.isoformat()}" for one in decisions)


def _asked(view: View) -> Question:
    """The question without its filters, which say nothing about a decision."""
    return replace(view.choice.question, filters=Filters())


# --- the list -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Listing:
    """The decisions of the chosen area and group in order, the sentences above them, and what may be there already."""

    decisions: tuple[Decision, ...]
    sentences: tuple[str, ...]
    marks: Mapping[int, pd.DataFrame]


def listing_of(view: View, decisions: tuple[Decision, ...]) -> Listing:
    """What the page lists of all decisions."""
    key = decisions_key(decisions)
    marks = _marks(view.version, key, repr(_asked(view)), decisions, _asked(view))
    chosen, sentences = _list(
        view.version, key, view.choice.scope.name, view.choice.group, repr(view.choice.question), decisions, marks, view
    )
    return Listing(chosen, sentences, marks)


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _list(
    version: str,
    key: str,
    scope: str,
    group: str,
    question: str,
    _decisions: tuple[Decision, ...],
    _marks: Mapping[int, pd.DataFrame],
    _view: View,
) -> tuple[tuple[Decision, ...], tuple[str, ...]]:
    if not _decisions:
        return (), (NOTHING_YET,)
    areas, choice = _view.dataset.areas, _view.choice
    chosen = in_order(chosen_decisions(_decisions, areas, choice.scope, data.areas_to_choose(version), group))
    everything = scope == CITY and group == EVERYONE
    sentences = [
        *answer_sentences(chosen, _marks, choice.question.on, areas, everything=everything),
        gaps_words(_view.rows(_view.answer()), chosen, areas, group),
    ]
    return tuple(chosen), tuple(filter(None, sentences))


# --- what the workbook may already contain ------------------------------------------------------------------------
@st.cache_resource(show_spinner="We kijken na wat al in de werkmap staat …", max_entries=20)
def _marks(
    version: str, key: str, question: str, _decisions: tuple[Decision, ...], _question: Question
) -> Mapping[int, pd.DataFrame]:
    """Of every decision that has not started, the offers that look like it: id -> `done_by`."""
    waiting = [one for one in _decisions if one.state in OPEN_STATES]
    bases = {one.id: published.version_shown_at(_since(one)) for one in waiting}
    first: dict[str, date] = {}
    for one in waiting:
        first[bases[one.id]] = min(one.first_day, first.get(bases[one.id], one.first_day))
    found = {
        one.id: _marks_of_one(
            version, decisions_key([one]), question, bases[one.id], first[bases[one.id]], one, _question
        )
        for one in waiting
    }
    return {number: table for number, table in found.items() if len(table)}


@st.cache_resource(show_spinner=False, max_entries=500)
def _marks_of_one(
    version: str, key: str, question: str, base: str, on: date, _decision: Decision, _question: Question
) -> pd.DataFrame:
    return done_by(data.dataset(version), _decision, _question, _already(base, version, on))


def _since(decision: Decision) -> datetime:
    """The moment after which an offer may follow from a decision (see `Decision.first_day`)."""
    if decision.meeting is None:
        return decision.since
    return min(decision.since, datetime.combine(decision.meeting, time.min, ZoneInfo(settings.TIMEZONE)))


@st.cache_resource(show_spinner=False, max_entries=50)
def _already(base: str, version: str, on: date) -> frozenset[int] | None:
    """The offers that stood in the workbook of then; None when that can no longer be read."""
    try:
        before = data.dataset(base)
    except (DataFileError, StoreError):
        return None
    return already_there(before, data.dataset(version), on)
