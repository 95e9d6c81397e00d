"""A decision of a network: what it says, and how the store keeps that.

What about a decision cannot be kept, in Dutch, per field of the form.

The states of a decision, and which step from one state to another a meeting may take.

::

    idee ──────> te bespreken ──────> beslist ──────> gestart
      │  <──────      │      <────────   │   <───────    │
      │               │      <───────────┼───────────────┤  (it stopped, or it goes otherwise: talk about it again)
      └───────────────┴──────> niet weerhouden <─────────┘ (not from gestart: what has started is first talked about)

A step may be skipped forwards: a meeting can decide at once on an idea, and a partner can start without waiting for a
meeting. What was not retained can come back as an idea or on the agenda, but is not decided or started from there.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from einclusie_data.contract import settings
from einclusie_data.contract.text import clean_text


class State(StrEnum):
    """How far a decision is; the values are the words that are kept and shown."""

    IDEA = "idee"
    TO_DISCUSS = "te bespreken"
    DECIDED = "beslist"
    STARTED = "gestart"
    NOT_RETAINED = "niet weerhouden"


STEPS: Mapping[State, tuple[State, ...]] = MappingProxyType(
    {
        State.IDEA: (State.TO_DISCUSS, State.DECIDED, State.STARTED, State.NOT_RETAINED),
        State.TO_DISCUSS: (State.IDEA, State.DECIDED, State.STARTED, State.NOT_RETAINED),
        State.DECIDED: (State.TO_DISCUSS, State.STARTED, State.NOT_RETAINED),
        State.STARTED: (State.TO_DISCUSS, State.DECIDED),
        State.NOT_RETAINED: (State.IDEA, State.TO_DISCUSS),
    }
)
"""State -> the states that may come next. Staying in a state (something else changes) is always allowed."""

FIRST_STATES: tuple[State, ...] = (State.IDEA, State.TO_DISCUSS, State.DECIDED)
"""States in which a decision may be written down for the first time."""

OPEN_STATES: frozenset[State] = frozenset({State.IDEA, State.TO_DISCUSS, State.DECIDED})
"""States in which something still has to happen."""


def step_problem(before: State | None, after: State) -> str:
    """Why a step is not allowed, with the steps that are; "" when it is. `before` None = a new decision.

    Examples
    --------
    >>> step_problem(State.NOT_RETAINED, State.STARTED)
    'Van “niet weerhouden” kan je niet naar “gestart”. Kies uit: idee, te bespreken.'
    >>> step_problem(None, State.IDEA)
    ''
    """
    allowed = FIRST_STATES if before is None else (before, *STEPS[before])
    if after in allowed:
        return ""
    if before is None:
        return f"Een nieuw besluit kan niet meteen “{after}” zijn. Kies uit: {', '.join(allowed)}."
    return f"Van “{before}” kan je niet naar “{after}”. Kies uit: {', '.join(STEPS[before])}."


LONGEST_TITLE = 200
LONGEST_TEXT = 5_000
MOST_VALUES = 100
"""Values of one field that holds several."""

_LABELS = {
    "title": "De titel", "who": "Wie", "why": "Waarom", "wijkcode": "De wijk", "group": "De doelgroep",
    "methods": "De methodieken", "partners": "De partners", "network": "Het netwerk", "what": "Het voorstel",
}  # fmt: skip


def draft_problems(draft: Draft, before: Draft | None = None) -> dict[str, str]:
    """Why a decision cannot be kept like this.

    Parameters
    ----------
    draft : Draft
        Tidy (see `tidy`).
    before : Draft, optional
        The decision as it is now; None for a new one.

    Returns
    -------
    dict of str to str
        Field of `Draft` -> Dutch sentence; empty when it can be kept. Only a title is needed: what is not known yet
        is left open.
    """
    found = dict(_too_long(draft))
    if not draft.title:
        found["title"] = "Geef het besluit een titel."
    if problem := step_problem(before.state if before else None, draft.state):
        found["state"] = problem
    if problem := _point_problem(draft.what):
        found["what"] = problem
    return found


def _too_long(draft: Draft) -> Iterator[tuple[str, str]]:
    for key, label in _LABELS.items():
        cell = getattr(draft, key)
        cells = cell.filled.values() if isinstance(cell, Proposal) else (cell,)
        limit = LONGEST_TITLE if key == "title" else LONGEST_TEXT
        if any(isinstance(one, tuple) and len(one) > MOST_VALUES for one in cells):
            yield key, f"{label}: kies er hoogstens {MOST_VALUES}."
        elif any(len(text) > limit for one in cells for text in (one if isinstance(one, tuple) else (str(one),))):
            yield key, f"{label}: schrijf hoogstens {limit} tekens."


def _point_problem(what: Proposal) -> str:
    if what.lat is None and what.lon is None:
        return ""
    if what.lat is None or what.lon is None:
        return "Een punt op de kaart heeft een breedtegraad én een lengtegraad. Vul beide in, of geen van beide."
    if math.isfinite(what.lat) and math.isfinite(what.lon) and abs(what.lat) <= 90 and abs(what.lon) <= 180:
        return ""
    return "Het punt op de kaart ligt nergens op aarde. Kies het opnieuw."


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """The offer that a decision is about. A field that is empty, or None, is not filled in: we don't know yet.

    The fields are called as the columns of a clean offer (see `schema.OFFERS`), and hold the same values: `wijken` are
    wijkcodes, `lat` and `lon` degrees (EPSG:4326).
    """

    organisations: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    location: str = ""
    address: str = ""
    wijken: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    mode: str = ""
    dayparts: tuple[str, ...] = ()
    frequency: str = ""
    price: str = ""
    signup: tuple[str, ...] = ()

    @property
    def filled(self) -> dict[str, Any]:
        """The fields that are filled in."""
        cells = {one.name: getattr(self, one.name) for one in fields(self)}
        return {key: cell for key, cell in cells.items() if cell not in ("", (), None)}


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What someone fills in about a decision. Empty, or None, is not filled in.

    Attributes
    ----------
    title : str
    state : State
    what : Proposal
        The offer that should come; nothing filled in when the decision is about something else.
    who : str
        Organisation or person that takes it on.
    due : datetime.date, optional
        By when.
    why : str
    wijkcode, group : str
        The gap that it is for. Keys as they were then: a later workbook may not know them.
    methods, partners : tuple of str
        Names, as they were then.
    network : str
        Name of the scope (see `scopes`) that decides.
    meeting : datetime.date, optional
        The meeting on which it was, or is to be, talked about.
    """

    title: str
    state: State = State.IDEA
    what: Proposal = field(default_factory=Proposal)
    who: str = ""
    due: date | None = None
    why: str = ""
    wijkcode: str = ""
    group: str = ""
    methods: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    network: str = ""
    meeting: date | None = None


@dataclass(frozen=True, kw_only=True)
class Decision(Draft):
    """A decision as it was after one of its changes.

    Attributes
    ----------
    id : int
        1, 2, 3 …; the same for all its changes.
    change : int
        1 = as it was first written down.
    by : str
        Who signed this change.
    at : datetime.datetime
        When, in UTC.
    since : datetime.datetime
        When the decision was first written down, in UTC.
    """

    id: int
    change: int
    by: str
    at: datetime
    since: datetime

    @property
    def draft(self) -> Draft:
        """What can be filled in anew: ``replace(decision.draft, state=…)`` is the way to change a decision."""
        return Draft(**{one.name: getattr(self, one.name) for one in fields(Draft)})

    @property
    def changed_here(self) -> datetime:
        """The moment of this change on the clock of Antwerp."""
        return self.at.astimezone(ZoneInfo(settings.TIMEZONE))

    @property
    def first_day(self) -> date:
        """The day from which an offer may follow from it: when it was written down, or an earlier meeting."""
        written = self.since.astimezone(ZoneInfo(settings.TIMEZONE)).date()
        return min(written, self.meeting) if self.meeting else written


def _tidy(value: Any) -> Any:
    """Texts without what a database cannot keep, in tuples without empty and doubled ones."""
    if isinstance(value, str) and not isinstance(value, State):
        return clean_text(value.encode("utf-8", "replace").decode("utf-8"))
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(filter(None, map(_tidy, value))))
    return value


def tidy(draft: Draft) -> Draft:
    r"""The same, with texts as both databases keep them.

    Examples
    --------
    >>> tidy(Draft(title=" Digihulp\x00 ", partners=("Atlas", " Atlas", ""))).partners
    ('Atlas',)
    """
    what = replace(draft.what, **{one.name: _tidy(getattr(draft.what, one.name)) for one in fields(Proposal)})
    cells = {one.name: _tidy(getattr(draft, one.name)) for one in fields(Draft) if one.name != "what"}
    return Draft(**cells, what=what)


def proposal_text(what: Proposal) -> str:
    """The proposal as the store keeps it: JSON of what is filled in."""
    return json.dumps(what.filled, ensure_ascii=False)


def read_proposal(text: str) -> Proposal:
    """The proposal that the store kept; a field that this app does not know is left out.

    Examples
    --------
    >>> read_proposal(proposal_text(Proposal(groups=("Ouderen",), lat=51.2))).filled
    {'groups': ('Ouderen',), 'lat': 51.2}
    """
    known = {one.name for one in fields(Proposal)}
    cells: dict[str, Any] = {}
    for key, cell in json.loads(text).items():
        if key in known:
            cells[key] = tuple(cell) if isinstance(cell, list) else cell
    return Proposal(**cells)
