"""What fits a decision: for whom it is, who is active near it, and which methods could help."""

from __future__ import annotations

import numpy as np
import pandas as pd

from einclusie_data.answers.explain import RELATIONS
from einclusie_data.answers.method_gaps import with_users_near
from einclusie_data.answers.methods import Wish, find_methods
from einclusie_data.answers.offers import ALL_GROUPS
from einclusie_data.contract.questions import Question
from einclusie_data.contract.text import normalise
from einclusie_data.decisions.place import Place, place_of_decision, relation_to_place
from einclusie_data.engine.conditions import traits_of
from einclusie_data.engine.dataset import Dataset
from einclusie_data.store.decision_record import Draft


def groups_of_decision(dataset: Dataset, draft: Draft) -> tuple[str, ...]:
    """The groups that a decision is for: those of the proposed offer, else that of the gap; only those known now."""
    return tuple(group for group in draft.what.groups or (draft.group,) if group in dataset.groups)


def types_of_decision(dataset: Dataset, draft: Draft) -> tuple[str, ...]:
    """The types of the proposed offer; only those known now."""
    return tuple(kind for kind in draft.what.types if kind in dataset.values("types"))


def nearest_relation(one: str, other: str) -> str:
    """The nearer of two relations (see `explain.RELATIONS`); "" is none.

    Examples
    --------
    >>> nearest_relation("ligt misschien in de wijk", "in de wijk"), nearest_relation("", "")
    ('in de wijk', '')
    """
    return next((name for name in RELATIONS if name in (one, other)), "")


def organisations_near(dataset: Dataset, place: Place, question: Question) -> dict[str, str]:
    """The organisations with an active offer in, near or coming to where a decision is about.

    Returns
    -------
    dict of str to str
        Organisation -> how its nearest offer relates to it (one of `explain.RELATIONS`).
    """
    supply = dataset.supply
    relation = relation_to_place(supply, dataset.reach(question.reach_m), place)
    organisations = supply.offers["organisations"].tolist()
    near: dict[str, str] = {}
    for position in np.flatnonzero(traits_of(supply, question.on).active & (relation != "")):
        for name in organisations[position]:
            near[name] = nearest_relation(near.get(name, ""), relation[position])
    return near


def fitting_methods(dataset: Dataset, draft: Draft, question: Question) -> pd.DataFrame:
    """The methods that fit a decision, best first.

    Parameters
    ----------
    dataset : Dataset
    draft : Draft
        A decision, or one that is being filled in.
    question : Question
        Its date and reach decide who is active near it.

    Returns
    -------
    pandas.DataFrame
        As `methods.find_methods`, with `near` (see `method_gaps.with_users_near`) and `linked` (bool): the decision
        names it. Of a decision for several groups each method once, as it fits best. A group or type that the workbook
        does not know is not asked for.
    """
    types = types_of_decision(dataset, draft)
    wishes = [Wish(group=group, types=types) for group in groups_of_decision(dataset, draft) or (ALL_GROUPS,)]
    found = pd.concat([find_methods(dataset.methods, wish) for wish in wishes])
    best = found.sort_values("fits", ascending=False, kind="stable")
    once = best[~best.index.duplicated()]
    near = organisations_near(dataset, place_of_decision(dataset.areas, draft), question)
    named = {normalise(name) for name in draft.methods}
    linked = [normalise(name) in named for name in once["name"]]
    return with_users_near(once, near).assign(linked=pd.Series(linked, index=once.index, dtype=bool))
