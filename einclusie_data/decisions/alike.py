"""How an offer compares with what was decided, one trait at a time: place, group, type, start, organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.answers.explain import COMES, IN_WIJK, MAYBE_HERE
from einclusie_data.contract import settings
from einclusie_data.contract.arrays import Array
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.organisations import organisation_key
from einclusie_data.contract.questions import Question
from einclusie_data.decisions import done_words as words
from einclusie_data.decisions.fits import groups_of_decision, types_of_decision
from einclusie_data.decisions.place import Place, place_of_decision, relation_to_place, within
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.locate import MOBILE_MODES, ROAMING
from einclusie_data.store.decision_record import Decision

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
            return Trait(words.DONE_IN_WIJK)
        if self.near[position]:
            return Trait(words.DONE_NEAR)
        if relation == MAYBE_HERE:
            return Trait(doubt=words.DOUBT_PLACE)
        comes_here = relation == COMES and self.named[position] and not mode
        return Trait(doubt=words.DOUBT_COMES) if comes_here else _OTHER


def _moving_place(mode: str, theirs: str, relation: str, *, placed: bool) -> Trait:
    """Of a decision for help at home, online, travelling or for the whole city."""
    if theirs not in (mode, ""):
        return _OTHER
    if not placed:
        return Trait(words.DONE_EVERYWHERE) if theirs else _OTHER
    if relation not in (COMES, IN_WIJK, MAYBE_HERE):
        return _OTHER
    return Trait(words.DONE_COMES) if theirs else Trait(doubt=words.DOUBT_MODE)


def _group(theirs: tuple[str, ...], groups: tuple[str, ...], *, asked: bool) -> Trait:
    if not groups:
        return Trait(doubt=words.DOUBT_GONE_GROUP if asked else words.DOUBT_NO_GROUP)
    if not theirs:
        return Trait(doubt=words.DOUBT_GROUP)
    shared = [group for group in groups if group in theirs]
    if len(shared) == len(groups):
        return Trait(words.DONE_GROUP)
    if EVERYONE in theirs:
        return Trait(doubt=words.DOUBT_OPEN)
    return Trait(words.DONE_GROUP, words.DOUBT_PARTLY) if shared else _OTHER


def _type(theirs: tuple[str, ...], types: tuple[str, ...], *, asked: bool) -> Trait:
    if not types:
        return Trait(doubt=words.DOUBT_GONE_TYPE if asked else words.DOUBT_NO_TYPE)
    if not theirs:
        return Trait(doubt=words.DOUBT_TYPE)
    return Trait(words.DONE_TYPE) if set(theirs) & set(types) else _OTHER


def _start(valid_from: Any, first_day: date, *, compared: bool) -> Trait:
    if pd.isna(valid_from):
        return Trait(words.DONE_NEW) if compared else Trait(doubt=words.DOUBT_START)
    return Trait(words.DONE_AFTER) if valid_from >= pd.Timestamp(first_day) else _OTHER


def _organisation(theirs: tuple[str, ...], agreed: tuple[str, ...]) -> Trait:
    """Nothing to say when no organisation was agreed; another one can have taken it on."""
    if not agreed:
        return _OTHER
    shared = set(map(organisation_key, agreed)) & set(map(organisation_key, theirs))
    return Trait(words.DONE_ORGANISATION) if shared else Trait(doubt=words.DOUBT_ORGANISATION)
