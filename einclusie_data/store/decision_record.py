"""A decision of a network: what it says, and how the store keeps that."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from einclusie_data.contract import settings
from einclusie_data.contract.text import clean_text
from einclusie_data.store.decision_steps import State


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
