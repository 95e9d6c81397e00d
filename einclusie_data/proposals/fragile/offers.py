"""Fragile offers: which are the only ones for a group in a wijk, and what changes if one stops ("Kwetsbaar aanbod").

What each wijk would lose if one offer stopped, counted from who else is there.

A demand point that exactly one offer of a set reaches is lost to that set when this offer stops, and no other point is.
So one count per demand point answers for every offer at once, where asking the engine would take a run per offer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from einclusie_data.changes.gaps import OPENED, SHIFTED, UNCERTAIN, change_kind
from einclusie_data.contract import settings, verdicts
from einclusie_data.contract.arrays import Array
from einclusie_data.engine.conditions import MASK, Flag, days_after, holds
from einclusie_data.engine.coverage import Reach
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.gap_table import round_half_up, touches
from einclusie_data.engine.gaps import Answer
from einclusie_data.engine.judgement import judge, select_words
from einclusie_data.engine.locate import Placement, Supply
from einclusie_data.engine.measures import Measures, point_bits
from einclusie_data.proposals.compare import SAME, GroupPeople, people_per_group

DECIDING = (
    Flag.REGULAR_SPECIFIC, Flag.REGULAR, Flag.SUITABLE, Flag.GROUP_WAIVED, Flag.FILTER_WAIVED, Flag.ALL_WAIVED,
    Flag.PLACE_WAIVED,
)  # fmt: skip
"""The sets of offers that decide a verdict (`gaps.judge`)."""


@dataclass(frozen=True)
class Losses:
    """The pairs of an offer and a wijk in which something is lost when the offer stops.

    Attributes
    ----------
    offer, wijk : numpy.ndarray of int, shape (pairs,)
        Positions, sorted by offer, then by wijk.
    measures : Measures
        What is left: per pair instead of per wijk, and only `present`, `served`, `home` and `shares`, for the sets of
        `DECIDING`.
    """

    offer: Array
    wijk: Array
    measures: Measures


@dataclass(frozen=True)
class _Sets:
    """Which offers are in which set (bool, offers x cases x sets): as a place, and whatever their place."""

    placed: Array
    anywhere: Array


def losses_of(supply: Supply, reach: Reach, answer: Answer) -> Losses:
    """Work out what each wijk loses with each offer.

    Parameters
    ----------
    supply : Supply
    reach : Reach
    answer : Answer
        From `gaps.answer` on the same supply and reach.
    """
    sets = _sets(supply, answer.measures)
    points, serves = _points(supply), csr_array(supply.serves)
    home = csr_array(supply.serves & answer.traits.home[:, None])
    size = len(supply.areas.wijken)
    parts = [_sole(points, sets.placed), _sole(serves, sets.anywhere), _sole(home, sets.anywhere)]
    shares = _lost_shares(supply, reach, sets.placed)
    keys = np.unique(np.concatenate([one[0] for one in (*parts, shares)]))
    present, served, home_lost = (_on(keys, *part) for part in parts)
    offer, wijk = np.divmod(keys, size)
    before = answer.measures
    left = replace(
        before,
        present=before.present[wijk] & ~_bits(present),
        served=before.served[wijk] & ~_bits(served),
        home=before.home[wijk] & ~_bits(home_lost),
        shares=_shares_left(before.shares[wijk], _on(keys, *shares)),
    )
    return Losses(offer, wijk, left)


def _sets(supply: Supply, measures: Measures) -> _Sets:
    placed = np.zeros_like(measures.bits)
    # An offer's points are all of one kind, so whichever of them is written last says what the others say.
    placed[supply.points["offer"].to_numpy()] = point_bits(supply, measures.bits)
    both = (placed, measures.bits)
    return _Sets(*(np.stack([holds(bits, flag) for flag in DECIDING], axis=2) for bits in both))


def _points(supply: Supply) -> csr_array:
    """Offers x wijken: has a point there."""
    points = supply.points[supply.points["wijk"] >= 0]
    shape = (len(supply.offers), len(supply.areas.wijken))
    ones = np.ones(len(points), dtype=bool)
    table = csr_array((ones, (points["offer"].to_numpy(), points["wijk"].to_numpy())), shape=shape)
    table.sum_duplicates()
    return table


def _sole(table: csr_array, sets: Array) -> tuple[Array, Array]:
    """Where an offer is the only one of a set in a wijk.

    Parameters
    ----------
    table : csr_array of bool, shape (offers, wijken)
    sets : numpy.ndarray of bool, shape (offers, cases, sets)

    Returns
    -------
    keys : numpy.ndarray of int
        offer * wijken + wijk, ascending.
    sole : numpy.ndarray of bool, shape (keys, cases, sets)
    """
    flat = sets.reshape(len(sets), sets.shape[1] * sets.shape[2])
    counts = table.T.astype(np.float64) @ flat.astype(np.float64)
    offer, wijk = np.repeat(np.arange(len(flat)), np.diff(table.indptr)), table.indices
    sole = flat[offer] & (counts[wijk] == 1)
    kept = sole.any(axis=1)
    order = np.flatnonzero(kept)
    keys = offer[order].astype(np.int64) * table.shape[1] + wijk[order]
    by_key = np.argsort(keys)
    return keys[by_key], sole[order[by_key]].reshape(-1, *sets.shape[1:])


def _lost_shares(supply: Supply, reach: Reach, sets: Array) -> tuple[Array, Array]:
    """The share of each wijk that only one offer of a set reaches: keys as in `_sole`, shares (keys, cases, sets)."""
    near = _offers_near(supply, reach)
    demand = np.repeat(np.arange(near.shape[0]), np.diff(near.indptr))
    offer = near.indices
    pair_keys = offer.astype(np.int64) * len(supply.areas.wijken) + reach.demand_wijk[demand]
    keys, key_of = np.unique(pair_keys, return_inverse=True)
    weigh = csr_array((reach.weight[demand], (key_of, np.arange(len(demand)))), shape=(len(keys), len(demand)))
    lost = np.zeros((len(keys), *sets.shape[1:]))
    for case in range(sets.shape[1]):
        members = sets[:, case]
        counts = near.astype(np.float64) @ members.astype(np.float64)
        sole = members[offer] & (counts[demand] == 1)
        lost[:, case] = weigh @ sole.astype(np.float64)
    kept = lost.any(axis=(1, 2))
    return keys[kept], lost[kept]


def _offers_near(supply: Supply, reach: Reach) -> csr_array:
    """Demand points x offers: within reach of one of its points (bool, each pair once)."""
    sites = csr_array(
        (np.ones(len(reach.neighbour)), reach.neighbour, reach.start), shape=(len(reach.start) - 1, len(reach.xy))
    )
    places = (reach.site, supply.points["offer"].to_numpy())
    offers = csr_array((np.ones(len(reach.site)), places), shape=(len(reach.xy), len(supply.offers)))
    return (sites @ offers).astype(bool)


def _on(keys: Array, own: Array, values: Array) -> Array:
    """Values on all keys; zero where they have none."""
    result = np.zeros((len(keys), *values.shape[1:]), dtype=values.dtype)
    result[np.searchsorted(keys, own)] = values
    return result


def _bits(lost: Array) -> Array:
    """Sets as masks: shape (pairs, cases)."""
    flags = np.array([int(flag) for flag in DECIDING], dtype=MASK)
    return np.asarray(np.bitwise_or.reduce(np.where(lost, flags, MASK.type(0)), axis=2))


def _shares_left(shares: Array, lost: Array) -> Array:
    """Shares after the stop; the sets that decide nothing keep theirs."""
    left = shares.copy()
    decided = [flag.position for flag in DECIDING]
    left[:, :, decided] = np.maximum(left[:, :, decided] - lost, 0)
    return left


EFFECT_COLUMNS = ("offer", "wijkcode", "wijk", "district", "doelgroep", "van", "naar", "soort", "mensen")
KINDS = ("opens", "doubt", "gone", "other")
"""What a stop does to a verdict: a gap opens; we no longer know; what may be there is certainly gone; it gets worse
without any of these."""
OFFER_COLUMNS = ("offer", "row", "name", "organisations", "role", "ends", "days_left", "ends_soon", *KINDS, "wijken")


class Role(StrEnum):
    """What an offer means beside the others; the values are Dutch words for screens."""

    ONLY = "oordeel hangt eraan vast"
    PART = "sommige mensen hebben enkel dit"
    OVERLAPS = "ander aanbod vangt het op"
    NOBODY = "geen bewoners op loopafstand"
    PLACELESS = "plek onbekend"


@dataclass(frozen=True)
class Fragility:
    """What each offer holds up.

    Attributes
    ----------
    effects : pandas.DataFrame
        Columns `EFFECT_COLUMNS`: one row per offer, wijk and group for which something changes when that offer alone
        stops. `offer` is its position in the supply; `van` and `naar` are verdicts; `soort` one of `gap_changes.KINDS`,
        or `SAME` when only people lose it; `mensen` (Int64) is 0 or negative: people who then have no suitable offer
        within walking distance, <NA> = unknown how many.
    offers : pandas.DataFrame
        Columns `OFFER_COLUMNS`: one row per offer that counts, or of which we do not know whether it does. `name` and
        `organisations` as anyone may see them, `role` a `Role`, `ends` the last day (NaT = open), `days_left` until
        then (NaN), `ends_soon`; how often each of `KINDS` happens, each wijk and group apart; `wijken` in how many
        wijken a verdict changes.
        First those that end soon, then those whose stop opens most gaps.
    groups : tuple of str
        The groups that were looked at.
    """

    effects: pd.DataFrame
    offers: pd.DataFrame
    groups: tuple[str, ...]

    def effects_of(self, offer: int) -> pd.DataFrame:
        """The rows of `effects` of one offer."""
        return self.effects[self.effects["offer"] == offer].reset_index(drop=True)

    def people_of(self, offer: int) -> tuple[GroupPeople, ...]:
        """How many people of each group lose their suitable offer within walking distance."""
        return people_per_group(self.effects_of(offer))


def fragile_offers(
    dataset: Dataset, answer: Answer, codes: Sequence[str] = (), days: int = settings.LASTING_DAYS
) -> Fragility:
    """Which offers hold up a verdict, and which would not be missed.

    Parameters
    ----------
    dataset : Dataset
    answer : Answer
        Per group, of this data set: one group or all of them.
    codes : sequence of str
        Wijkcodes of an area: only what changes there, and only offers that have to do with it. () = the whole city.
    days : int
        An offer ends soon when its last day is at most so many days after the reference date.

    Returns
    -------
    Fragility
        Each offer as if it were the only one that stops. Two that take each other's place hold up nothing alone, and
        both together they may.
    """
    wijken = dataset.areas.wijken
    inside = wijken.index.isin(list(codes)) if codes else np.ones(len(wijken), dtype=bool)
    effects = _effects(dataset, answer, losses_of(dataset.supply, dataset.reach(answer.question.reach_m), answer))
    effects = effects.loc[inside[effects["_wijk"]], list(EFFECT_COLUMNS)].reset_index(drop=True)
    offers = _offers(dataset, answer, effects, inside)
    groups = tuple(case.group for case in answer.cases)
    return Fragility(effects, _ranked(_with_end(offers, answer, days), effects), groups)


def _effects(dataset: Dataset, answer: Answer, losses: Losses) -> pd.DataFrame:
    """`Fragility.effects` of the whole city, with the position of the wijk in `_wijk`."""
    wijken, cases = dataset.areas.wijken, answer.cases
    inhabited = wijken["inhabited"].to_numpy(dtype=bool)[losses.wijk]
    before = answer.table["oordeel"].to_numpy(dtype=object).reshape(len(wijken), len(cases))[losses.wijk]
    after = judge(losses.measures, cases, inhabited).verdict
    shares = [answer.measures.share(Flag.SUITABLE)[losses.wijk], losses.measures.share(Flag.SUITABLE)]
    shares = [share.round(settings.SHARE_DECIMALS) for share in shares]
    touched = (before != after) | (shares[0] != shares[1])
    pair, case = np.nonzero(touched & inhabited[:, None])
    cells = pair, case
    people = dataset.needs.persons[[one.group for one in cases]].to_numpy(dtype=float)[losses.wijk[pair], case]
    now, then = (round_half_up(people * (1 - share[cells])) for share in shares)
    return _named(dataset, losses.wijk[pair]).assign(
        offer=losses.offer[pair],
        doelgroep=[cases[place].group for place in case],
        van=before[cells],
        naar=after[cells],
        mensen=pd.Series(np.where(shares[0][cells] == shares[1][cells], 0.0, now - then)).astype("Int64"),
        soort=pd.array(list(map(_kind, before[cells], after[cells])), dtype="str"),
    )


def _kind(van: str, naar: str) -> str:
    return SAME if van == naar else change_kind(van, naar)


def _named(dataset: Dataset, wijk: Array) -> pd.DataFrame:
    """Code and names of wijken, with their position in `_wijk`."""
    wijken = dataset.areas.wijken
    names = {"wijkcode": wijken.index, "wijk": wijken["label"], "district": wijken["district"]}
    columns = {name: column.to_numpy(dtype=object)[wijk] for name, column in names.items()}
    return pd.DataFrame(columns | {"_wijk": wijk})


def _offers(dataset: Dataset, answer: Answer, effects: pd.DataFrame, inside: Array) -> pd.DataFrame:
    """`Fragility.offers` without its order and its last days; `inside` = the wijken (bool) that it is about."""
    shown, positions = dataset.shown, np.arange(len(dataset.shown))
    suitable: Array = np.any(answer.measures.holds(Flag.SUITABLE), axis=1)
    touched: Array = touches(dataset.supply, dataset.reach(answer.question.reach_m), positions)[:, inside]
    listed = (suitable & (touched.any(axis=1) | inside.all())) | np.isin(positions, effects["offer"])
    rows = shown.loc[listed, ["row", "name", "organisations", "placement", "valid_to"]]
    lived_in = dataset.areas.wijken["inhabited"].to_numpy(dtype=bool)[inside]
    counts = _counts(effects).reindex(rows.index, fill_value=0)
    near: Array = np.any(touched[listed][:, lived_in], axis=1)
    roles = _roles(rows["placement"], counts, near)
    return pd.concat([rows, counts], axis=1).assign(offer=rows.index, role=roles)


def _counts(effects: pd.DataFrame) -> pd.DataFrame:
    """Per offer with an effect: how many of each kind, in how many wijken, and how many in all (`effects`)."""
    unsure, was_unknown = effects["soort"] == UNCERTAIN, effects["van"] == verdicts.UNKNOWN
    kinds = {"opens": effects["soort"] == OPENED, "doubt": unsure & ~was_unknown, "gone": unsure & was_unknown}
    marks = effects.assign(**kinds, other=effects["soort"] == SHIFTED, effects=True)
    counts = marks.groupby("offer")[[*KINDS, "effects"]].sum()
    wijken = effects[effects["soort"] != SAME].groupby("offer")["wijkcode"].nunique()
    return counts.assign(wijken=wijken.reindex(counts.index, fill_value=0))


def _roles(placement: pd.Series[str], counts: pd.DataFrame, near: Array) -> list[str]:
    decides = (counts[list(KINDS)] > 0).any(axis=1)
    placeless = placement.isin([Placement.NOWHERE, Placement.UNPLACED])
    conditions = [np.asarray(one, dtype=bool) for one in (decides, counts["effects"] > 0, placeless, ~near)]
    names = [role.value for role in (Role.ONLY, Role.PART, Role.PLACELESS, Role.NOBODY)]
    return [str(role) for role in select_words(conditions, names, Role.OVERLAPS.value)]


def _with_end(offers: pd.DataFrame, answer: Answer, days: int) -> pd.DataFrame:
    left = days_after(offers["valid_to"], answer.question.on)
    return offers.assign(ends=offers["valid_to"], days_left=left, ends_soon=(left >= 0) & (left <= days))


def _ranked(offers: pd.DataFrame, effects: pd.DataFrame) -> pd.DataFrame:
    most = effects.groupby(["offer", "doelgroep"])["mensen"].sum().groupby("offer").min().reindex(offers.index)
    order = offers.assign(_most=most.fillna(0).astype(float)).sort_values(
        ["ends_soon", *KINDS, "_most", "row"],
        ascending=[False, *[False] * len(KINDS), True, True],
        kind="stable",
    )
    return order[list(OFFER_COLUMNS)].reset_index(drop=True)
