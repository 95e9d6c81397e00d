"""Which offers of a newer workbook look like what was decided, so that the app can ask whether it has started.

It is never decided here: the app asks, a person answers. An offer that cannot be the decided one (elsewhere, for
others, of another type, from before) is not named; what is not known about one that is named is said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.changes.matching import match_offers
from einclusie_data.changes.meanings import cell_meanings, one_name
from einclusie_data.contract.questions import Question
from einclusie_data.contract.schema import OFFERS
from einclusie_data.decisions.alike import COMPARED, Comparison, Trait
from einclusie_data.engine.conditions import traits_of
from einclusie_data.engine.dataset import Dataset
from einclusie_data.store.decision_record import Decision
from einclusie_data.store.decision_steps import OPEN_STATES


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
