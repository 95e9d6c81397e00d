"""Sets of offers x wijken -> how much of each wijk every set covers (DESIGN §4: present, share, served, at_home)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from einclusie_data.contract import codelists
from einclusie_data.contract.arrays import Array
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.questions import Case
from einclusie_data.engine.conditions import MASK, ONLY_EXACT, WITH_HINTS, Flag, Traits, flag_bits, holds, specific
from einclusie_data.engine.coverage import Reach, or_by_group, reached_bits
from einclusie_data.engine.locate import Supply


@dataclass(frozen=True)
class Measures:
    """What every set of offers does in every wijk, per case.

    Attributes
    ----------
    bits : numpy.ndarray of `MASK`, shape (offers, cases)
        The sets that each offer belongs to.
    present, served, home : numpy.ndarray of `MASK`, shape (wijken, cases)
        Bit by bit (`Flag`): the set has a point in the wijk; serves it; helps at home there.
    shares : numpy.ndarray of float, shape (wijken, cases, flags)
        Share (0-1) of the wijk's demand within reach, per bit.
    specific, open, mobile : numpy.ndarray of int, shape (wijken, cases)
        Counts of suitable offers.
    distance_m : numpy.ndarray of float, shape (wijken, cases)
        Walking metres from the centre to the nearest suitable placed offer; infinite when there is none.
    anywhere : numpy.ndarray of bool, shape (cases,)
        Some suitable offer is placed somewhere.
    """

    bits: Array
    present: Array
    served: Array
    home: Array
    shares: Array
    specific: Array
    open: Array
    mobile: Array
    distance_m: Array
    anywhere: Array

    def holds(self, flag: Flag) -> Array:
        """Which offers belong to a set: bool, shape (offers, cases)."""
        return holds(self.bits, flag)

    def has(self, what: Array, flag: Flag) -> Array:
        """Whether a bit is set in `present`, `served` or `home`: bool, shape (wijken, cases)."""
        return holds(what, flag)

    def share(self, flag: Flag) -> Array:
        """Share reached by one set: float, shape (wijken, cases)."""
        return self.shares[:, :, flag.position]


def point_bits(supply: Supply, bits: Array) -> Array:
    """The sets that each point stands for: an approximate point in none of the exact ones, a hint only in its own."""
    points, every = supply.points, np.iinfo(MASK).max
    allowed = np.where(points["exact"], MASK.type(every), MASK.type(every & ~int(ONLY_EXACT)))
    allowed = np.where(points["hint"], MASK.type(WITH_HINTS), allowed)
    return np.asarray(bits[points["offer"].to_numpy()] & allowed[:, None])


def _served_bits(supply: Supply, bits: Array, rows: Array) -> Array:
    """Bitwise OR per wijk over the offers of `rows` that serve it: shape (wijken, cases)."""
    chosen = np.flatnonzero(rows & supply.serves.any(axis=1))
    serves, ours = supply.serves[chosen], bits[chosen]
    return np.stack([np.bitwise_or.reduce(ours[column], axis=0) for column in serves.T])


def _shares(reach: Reach, site_bits: Array, wijken: int, cases: int) -> Array:
    """Share of each wijk's demand within reach, per case and bit: float, shape (wijken, cases, flags)."""
    # Masks side by side are combined as numbers of 64 bits: with 16 bits each, in a quarter of the steps.
    reached = reached_bits(reach, np.ascontiguousarray(site_bits).view(np.uint64)).view(MASK)[:, :cases]
    somewhere = np.flatnonzero(reached.any(axis=1))
    reached, wijk, weight = reached[somewhere], reach.demand_wijk[somewhere], reach.weight[somewhere]
    # Adding up the weights of every bit apart would go over all demand points once per flag. But most demand points
    # see the same few combinations of sets: among all their masks a few dozen different ones occur. So the weights are
    # added up once, per wijk, case and different mask (a histogram); only then is each of those masks taken apart into
    # its bits: the share of a bit is the sum over the masks that hold it, which is one small product of matrices.
    # The masks are in ascending order, because sums of floats depend on their order and the figures may not.
    number, masks = pd.factorize(reached.ravel(), sort=True)
    bins = (wijk[:, None] * cases + np.arange(cases)).ravel() * len(masks) + number
    weights = np.bincount(bins, np.repeat(weight, cases), minlength=wijken * cases * len(masks))
    bits = np.stack([holds(masks, flag) for flag in sorted(Flag)], axis=1)
    return np.asarray(weights.reshape(wijken, cases, len(masks)) @ bits.astype(float))


def _counts(supply: Supply, traits: Traits, cases: tuple[Case, ...], bits: Array) -> tuple[Array, Array, Array]:
    """Suitable offers per wijk: specific placed, open placed, mobile."""
    wijken = len(supply.areas.wijken)
    points = supply.points[~supply.points["hint"] & (supply.points["wijk"] >= 0)]
    offer, wijk = points["offer"].to_numpy(), points["wijk"].to_numpy()
    suitable = holds(bits, Flag.SUITABLE)
    narrow, broad = np.zeros((2, wijken, len(cases)), dtype=np.int64)
    for column, case in enumerate(watched(cases)):
        ours = specific(traits, case.group) & (case.group != codelists.EVERYONE)
        counted = suitable[offer, column]
        narrow[:, column] = np.bincount(wijk[counted & ours[offer]], minlength=wijken)
        broad[:, column] = np.bincount(wijk[counted & ~ours[offer]], minlength=wijken)
    mobile = np.flatnonzero(supply.serves.any(axis=1))
    served = supply.serves[mobile].astype(np.float64).T @ suitable[mobile, : len(cases)].astype(np.float64)
    return narrow, broad, served.astype(np.int64)


def _nearest(reach: Reach, site_bits: Array, cases: int) -> Array:
    """Walking metres from each wijk's centre to the nearest site with a suitable placed offer."""
    distance = np.full((len(reach.centre_distance_m), cases), np.inf)
    suitable = holds(site_bits[:, :cases], Flag.SUITABLE)
    for column in range(cases):
        sites = np.flatnonzero(suitable[:, column])
        if len(sites):
            distance[:, column] = reach.centre_distance_m[:, sites].min(axis=1)
    return distance


def measure(supply: Supply, reach: Reach, traits: Traits, cases: tuple[Case, ...], *, open_counts: bool) -> Measures:
    """Measure every set of offers in every wijk.

    Parameters
    ----------
    supply : Supply
    reach : Reach
        Of the same supply.
    traits : Traits
        Of the same supply, on the reference date.
    cases : tuple of Case
    open_counts : bool

    Returns
    -------
    Measures
    """
    wijken, size = len(supply.areas.wijken), len(cases)
    bits = flag_bits(traits, cases, open_counts=open_counts)
    at_points = point_bits(supply, bits)
    at_sites = or_by_group(at_points, reach.site, len(reach.xy))
    narrow, broad, mobile = _counts(supply, traits, cases, bits)
    everyone = np.ones(len(bits), dtype=bool)
    return Measures(
        bits=bits[:, :size],
        present=or_by_group(at_points, supply.points["wijk"].to_numpy(), wijken)[:, :size],
        served=_served_bits(supply, bits, everyone)[:, :size],
        home=_served_bits(supply, bits, traits.home)[:, :size],
        shares=_shares(reach, at_sites, wijken, size),
        specific=narrow,
        open=broad,
        mobile=mobile,
        distance_m=_nearest(reach, at_sites, size),
        anywhere=np.any(holds(at_sites[:, :size], Flag.SUITABLE), axis=0),
    )
