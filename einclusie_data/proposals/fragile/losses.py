"""What each wijk would lose if one offer stopped, counted from who else is there.

A demand point that exactly one offer of a set reaches is lost to that set when this offer stops, and no other point is.
So one count per demand point answers for every offer at once, where asking the engine would take a run per offer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from einclusie_data.contract.arrays import Array
from einclusie_data.engine.conditions import MASK, Flag, holds
from einclusie_data.engine.coverage import Reach
from einclusie_data.engine.gaps import Answer
from einclusie_data.engine.locate import Supply
from einclusie_data.engine.measures import Measures, point_bits

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
