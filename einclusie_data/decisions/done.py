"""Which offers of a newer workbook look like what was decided, so that the app can ask whether it has started.

It is never decided here: the app asks, a person answers. An offer that cannot be the decided one (elsewhere, for
others, of another type, from before) is not named; what is not known about one that is named is said.

Why an offer looks like what was decided, and what about it is not sure: the Dutch texts.

How an offer compares with what was decided, one trait at a time: place, group, type, start, organisation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.answers.explain import COMES, IN_WIJK, MAYBE_HERE
from einclusie_data.changes.matching import match_offers
from einclusie_data.changes.meanings import cell_meanings, one_name
from einclusie_data.contract import settings
from einclusie_data.contract.arrays import Array
from einclusie_data.contract.codelists import EVERYONE, MOBILE_MODES, ROAMING
from einclusie_data.contract.organisations import organisation_key
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.questions import Question
from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.words import listing, number
from einclusie_data.decisions.partners import groups_of_decision, types_of_decision
from einclusie_data.decisions.place import Place, place_of_decision, relation_to_place, within
from einclusie_data.engine.conditions import traits_of
from einclusie_data.engine.dataset import Dataset
from einclusie_data.store.decision_record import OPEN_STATES, Decision, State

NEAR_M = settings.REACH_NORMS_M["buurt"]
"""Walking metres from the chosen point within which an offer is at the same place."""

COMPARED = ("mode", "groups", "types", "valid_from", "organisations")
"""Columns of an offer that are compared, its place apart."""


@dataclass(frozen=True)
class Trait:
    """How one trait of an offer compares with the decision: a reason, a doubt, or (both "") it cannot be this one."""

    reason: str = ""
    doubt: str = ""

    @property
    def possible(self) -> bool:
        """Whether an offer with this trait may be the decided one."""
        return bool(self.reason or self.doubt)


_OTHER = Trait()


@dataclass(frozen=True)
class Comparison:
    """A decision, ready to be compared with the offers of a workbook.

    Attributes
    ----------
    decision : Decision
    groups, types : tuple of str
        Those of the decision that the workbook knows.
    place : Place
    relation : numpy.ndarray of str
        Per offer of the supply, how it relates to the place (see `decision_place.relation_to_place`).
    near : numpy.ndarray of bool
        Per offer, whether it is at most `NEAR_M` from the chosen point.
    named : numpy.ndarray of bool
        Per offer, whether its cell Wijk is filled in.
    compared : bool
        Only offers that an older workbook did not hold are compared.
    """

    decision: Decision
    groups: tuple[str, ...]
    types: tuple[str, ...]
    place: Place
    relation: Array
    near: Array
    named: Array
    compared: bool

    @classmethod
    def of(cls, dataset: Dataset, decision: Decision, question: Question, *, compared: bool) -> Comparison:
        """Look up what is the same for every offer."""
        supply, place = dataset.supply, place_of_decision(dataset.areas, decision)
        return cls(
            decision=decision,
            groups=groups_of_decision(dataset, decision),
            types=types_of_decision(dataset, decision),
            place=place,
            relation=relation_to_place(supply, dataset.reach(question.reach_m), place),
            near=within(supply, place.spot, NEAR_M) if place.spot else np.zeros(len(supply.offers), dtype=bool),
            named=supply.offers["wijk_given"].to_numpy(dtype=bool),
            compared=compared,
        )

    def traits(self, position: int, row: dict[Any, Any]) -> tuple[Trait, ...]:
        """How an offer (a row of the supply) compares; () when it cannot be the decided one."""
        asked = self.decision.what
        needed = (
            self._place(position, row["mode"]),
            _group(row["groups"], self.groups, asked=bool(asked.groups or self.decision.group)),
            _type(row["types"], self.types, asked=bool(asked.types)),
            _start(row["valid_from"], self.decision.first_day, compared=self.compared),
        )
        if not all(trait.possible for trait in needed):
            return ()
        return (*needed, _organisation(row["organisations"], asked.organisations))

    def _place(self, position: int, theirs: str) -> Trait:
        mode, relation = self.decision.what.mode, self.relation[position]
        if mode in (*MOBILE_MODES, ROAMING):
            return _moving_place(mode, theirs, relation, placed=self.place.known)
        if relation == IN_WIJK:
            return Trait(DONE_IN_WIJK)
        if self.near[position]:
            return Trait(DONE_NEAR)
        if relation == MAYBE_HERE:
            return Trait(doubt=DOUBT_PLACE)
        comes_here = relation == COMES and self.named[position] and not mode
        return Trait(doubt=DOUBT_COMES) if comes_here else _OTHER


def _moving_place(mode: str, theirs: str, relation: str, *, placed: bool) -> Trait:
    """Of a decision for help at home, online, travelling or for the whole city."""
    if theirs not in (mode, ""):
        return _OTHER
    if not placed:
        return Trait(DONE_EVERYWHERE) if theirs else _OTHER
    if relation not in (COMES, IN_WIJK, MAYBE_HERE):
        return _OTHER
    return Trait(DONE_COMES) if theirs else Trait(doubt=DOUBT_MODE)


def _group(theirs: tuple[str, ...], groups: tuple[str, ...], *, asked: bool) -> Trait:
    if not groups:
        return Trait(doubt=DOUBT_GONE_GROUP if asked else DOUBT_NO_GROUP)
    if not theirs:
        return Trait(doubt=DOUBT_GROUP)
    shared = [group for group in groups if group in theirs]
    if len(shared) == len(groups):
        return Trait(DONE_GROUP)
    if EVERYONE in theirs:
        return Trait(doubt=DOUBT_OPEN)
    return Trait(DONE_GROUP, DOUBT_PARTLY) if shared else _OTHER


def _type(theirs: tuple[str, ...], types: tuple[str, ...], *, asked: bool) -> Trait:
    if not types:
        return Trait(doubt=DOUBT_GONE_TYPE if asked else DOUBT_NO_TYPE)
    if not theirs:
        return Trait(doubt=DOUBT_TYPE)
    return Trait(DONE_TYPE) if set(theirs) & set(types) else _OTHER


def _start(valid_from: Any, first_day: date, *, compared: bool) -> Trait:
    if pd.isna(valid_from):
        return Trait(DONE_NEW) if compared else Trait(doubt=DOUBT_START)
    return Trait(DONE_AFTER) if valid_from >= pd.Timestamp(first_day) else _OTHER


def _organisation(theirs: tuple[str, ...], agreed: tuple[str, ...]) -> Trait:
    """Nothing to say when no organisation was agreed; another one can have taken it on."""
    if not agreed:
        return _OTHER
    shared = set(map(organisation_key, agreed)) & set(map(organisation_key, theirs))
    return Trait(DONE_ORGANISATION) if shared else Trait(doubt=DOUBT_ORGANISATION)


DONE_IN_WIJK = "in dezelfde wijk"
DONE_NEAR = "dicht bij het gekozen punt"
DONE_COMES = "komt in dezelfde wijk"
DONE_EVERYWHERE = "zelfde werkwijze"
DONE_GROUP = "voor dezelfde doelgroep"
DONE_TYPE = "zelfde type aanbod"
DONE_AFTER = "begonnen na het besluit"
DONE_NEW = "nieuw in de werkmap"
DONE_ORGANISATION = "van de afgesproken organisatie"
DOUBT_PLACE = "we weten niet precies waar het aanbod is"
DOUBT_COMES = "het aanbod heeft geen vaste plek"
DOUBT_MODE = "bij het aanbod is Bereik niet ingevuld"
DOUBT_GROUP = "bij het aanbod is de doelgroep niet ingevuld"
DOUBT_OPEN = "het aanbod is voor iedereen, niet enkel voor deze groep"
DOUBT_PARTLY = "het aanbod is niet voor elke groep van het besluit"
DOUBT_NO_GROUP = "het besluit zegt niet voor wie"
DOUBT_TYPE = "bij het aanbod is het type niet ingevuld"
DOUBT_GONE_GROUP = "de doelgroep van het besluit staat niet meer in de lijst"
DOUBT_GONE_TYPE = "het type van het besluit staat niet meer in de lijst"
DOUBT_NO_TYPE = "het besluit zegt niet welk type aanbod"
DOUBT_START = "bij het aanbod staat niet wanneer het begon"
DOUBT_ORGANISATION = "het is van een andere organisatie dan afgesproken"


def done_sentence(name: str, organisations: Sequence[str], row: int, *, sure: bool) -> str:
    """The question whether an offer of the workbook is what was decided."""
    offer = f"“{mask_personal(name)}” ({mask_personal(listing(organisations))}, rij {number(row)})"
    if sure:
        return f"In de werkmap staat nu {offer}. Dat lijkt op dit besluit. Zet je het op “{State.STARTED}”?"
    return f"In de werkmap staat nu {offer}. Is dat wat jullie beslisten? Kijk het even na."


def started_reason(why: str, name: str, row: int) -> str:
    """Why a decision is marked as started: what stood there, and the offer that someone recognised.

    Examples
    --------
    >>> started_reason("Er is niets.", "Digicafé", 12)
    'Er is niets. Gestart: “Digicafé” staat in de werkmap (rij 12).'
    """
    return " ".join(filter(None, (why, f"Gestart: “{mask_personal(name)}” staat in de werkmap (rij {number(row)}).")))


def already_there(before: Dataset, after: Dataset, on: date) -> frozenset[int]:
    """The offers of a newer workbook that were in an older one too, and active then.

    Parameters
    ----------
    before, after : Dataset
    on : datetime.date
        A day on which `before` was the published version.

    Returns
    -------
    frozenset of int
        Positions in `after.supply.offers`. An offer that was only planned then is not there.
    """
    old, new = before.workbook, after.workbook
    naming = one_name(old, new)
    active = traits_of(before.supply, on).active
    pairs = match_offers(old, new, naming, cell_meanings(old, new, OFFERS, naming))
    return frozenset(newer for older, newer in pairs if active[older])


def done_by(
    dataset: Dataset, decision: Decision, question: Question, already: Collection[int] | None = None
) -> pd.DataFrame:
    """The offers that look like what was decided.

    Parameters
    ----------
    dataset : Dataset
        The workbook of now.
    decision : Decision
    question : Question
        Its date decides which offers are active. Its filters do not count.
    already : collection of int, optional
        From `already_there`: offers that can't be it, since they were there before. None = we have no older workbook.

    Returns
    -------
    pandas.DataFrame
        Columns of `offers.public_offers`, and `sure` (bool: nothing about it is doubtful), `reasons` and `doubts`
        (tuples of texts of `decision_done_words`). The index is the position in `supply.offers`. Sure ones first, then
        those with fewest doubts, then in the order of the sheet. A decision without a place names no offers, except
        when it is about help at home, online or for the whole city.
    """
    return _alike(dataset, decision, question, _candidates(dataset, question, already), already)


def marks_to_propose(
    dataset: Dataset, decisions: Iterable[Decision], question: Question, already: Collection[int] | None = None
) -> Mapping[int, pd.DataFrame]:
    """Of every decision that has not started, the offers that look like it: id of the decision -> `done_by`.

    Decisions for which there is none are left out, and so are those that were not retained.
    """
    offers = _candidates(dataset, question, already)
    waiting = (one for one in decisions if one.state in OPEN_STATES)
    found = {one.id: _alike(dataset, one, question, offers, already) for one in waiting}
    return {number: table for number, table in found.items() if len(table)}


def _candidates(dataset: Dataset, question: Question, already: Collection[int] | None) -> dict[int, dict[Any, Any]]:
    """The offers that are active and were not there before: position -> the cells that are compared."""
    supply = dataset.supply
    possible = traits_of(supply, question.on).active.copy()
    possible[list(already or ())] = False
    rows = supply.offers.loc[possible, list(COMPARED)].to_dict("records")
    return dict(zip(map(int, np.flatnonzero(possible)), rows, strict=True))


def _alike(
    dataset: Dataset,
    decision: Decision,
    question: Question,
    offers: Mapping[int, dict[Any, Any]],
    already: Collection[int] | None,
) -> pd.DataFrame:
    compare = Comparison.of(dataset, decision, question, compared=already is not None)
    found = {position: compare.traits(position, row) for position, row in offers.items()}
    return _table(dataset, {position: traits for position, traits in found.items() if traits})


def _table(dataset: Dataset, found: dict[int, tuple[Trait, ...]]) -> pd.DataFrame:
    shown = dataset.shown.iloc[list(found)].copy()
    cells = {
        "reasons": [tuple(trait.reason for trait in traits if trait.reason) for traits in found.values()],
        "doubts": [tuple(trait.doubt for trait in traits if trait.doubt) for traits in found.values()],
    }
    for name, values in cells.items():
        shown[name] = pd.Series(values, index=shown.index, dtype=object)
    shown["sure"] = ~shown["doubts"].map(bool).astype(bool)
    return (
        shown.assign(_many=shown["doubts"].map(len)).sort_values(["_many", "row"], kind="stable").drop(columns="_many")
    )
