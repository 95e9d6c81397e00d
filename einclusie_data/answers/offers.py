"""The list of offers as people see and export it: filtered by wijk and question, without internal data."""

from __future__ import annotations

import numpy as np
import pandas as pd

from einclusie_data.answers.explain import COMES, IN_WIJK, MAYBE_HERE, WITHIN_REACH, relations
from einclusie_data.contract.arrays import Array
from einclusie_data.contract.questions import Question
from einclusie_data.engine.conditions import for_group, passes, traits_of
from einclusie_data.engine.coverage import Reach
from einclusie_data.engine.locate import Supply
from einclusie_data.engine.public import public_offers, search_rows

ALL_GROUPS = ""
"""Choice of group that asks for the offers of every group."""

_RANKED = (IN_WIJK, WITHIN_REACH, COMES, MAYBE_HERE)


def matching(supply: Supply, question: Question, group: str = ALL_GROUPS, *, unknown_too: bool = False) -> Array:
    """Which offers are active, pass the filters and are for a group: bool, shape (offers,).

    With `ALL_GROUPS` the group is no condition. With `unknown_too` an unknown group or an unknown filtered cell passes.
    """
    traits = traits_of(supply, question.on)
    result = traits.active.copy()
    if group != ALL_GROUPS:
        result &= for_group(traits, group, open_counts=question.open_counts) | (unknown_too & ~traits.group_known)
    for field, values in question.filters.chosen.items():
        result &= passes(traits, field, values) | (unknown_too & ~traits.known[field])
    return result


def relation_to(supply: Supply, reach: Reach, wijken: list[int]) -> Array:
    """How each offer relates to a set of wijken: the nearest relation to any of them, "" when none.

    Parameters
    ----------
    wijken : list of int
        Positions of the wijken.

    Returns
    -------
    numpy.ndarray of str (object), shape (offers,)
    """
    result = np.full(len(supply.offers), "", dtype=object)
    per_wijk = [relations(supply, reach, wijk) for wijk in wijken]
    for name in reversed(_RANKED):
        for one in per_wijk:
            result[one == name] = name
    return result


def offer_list(
    supply: Supply,
    reach: Reach,
    question: Question,
    *,
    group: str = ALL_GROUPS,
    wijken: list[int] | None = None,
    unknown_too: bool = False,
) -> pd.DataFrame:
    """The offers of a view, as anyone may see them.

    Parameters
    ----------
    supply : Supply
    reach : Reach
    question : Question
    group : str
        A value of Doelgroep, or `ALL_GROUPS`.
    wijken : list of int, optional
        Positions of wijken; only offers in, near, serving or perhaps in one of them. None = the whole city.
    unknown_too : bool
        Also the offers of which a cell that the view asks for is unknown.

    Returns
    -------
    pandas.DataFrame
        Columns of `public_offers` and `relation` ("" for the whole city). The index is the position in
        `supply.offers`. In the order of `relation`, then of the sheet.
    """
    chosen = matching(supply, question, group, unknown_too=unknown_too)
    relation = np.full(len(chosen), "", dtype=object) if wijken is None else relation_to(supply, reach, wijken)
    if wijken is not None:
        chosen &= relation != ""
    shown = public_offers(supply.offers[chosen]).assign(relation=relation[chosen])
    rank = shown["relation"].map({name: place for place, name in enumerate(_RANKED)}).fillna(0)
    return shown.assign(_rank=rank).sort_values(["_rank", "row"], kind="stable").drop(columns="_rank")


_SEARCHED = ("name", "organisations", "location", "address", "postcode", "district", "when", "note")


def search(offers: pd.DataFrame, words: str) -> pd.DataFrame:
    """The offers (from `offer_list`) in which every word occurs: see `public.search_rows`."""
    return search_rows(offers, _SEARCHED, words)
