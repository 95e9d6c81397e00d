"""Sets of offers x wijken -> how much of each wijk every set covers (DESIGN §4: present, share, served, at_home)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from einclusie_data.contract import codelists
from einclusie_data.contract.arrays import Array
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.questions import Case
from einclusie_data.engine.conditions import ONLY_EXACT, WITH_HINTS, Flag, Traits, flag_words, specific
from einclusie_data.engine.coverage import Reach, or_by_group, reached_words
from einclusie_data.engine.locate import Supply


@dataclass(frozen=True)
class Measures:
    """What every set of offers does in every wijk, per case.

    Attributes
    ----------
    words : numpy.ndarray of uint16, shape (offers, cases)
        The sets that each offer belongs to.
    present, served, home : numpy.ndarray of uint16, shape (wijken, cases)
        Bit by bit (`Flag`): the set has a point in the wijk; serves it; helps at home there.
    shares : numpy.ndarray of float, shape (wijken, cases, 16)
        Share (0-1) of the wijk's demand within reach, per bit.
    specific, open, mobile : numpy.ndarray of int, shape (wijken, cases)
        Counts of suitable offers.
    distance_m : numpy.ndarray of float, shape (wijken, cases)
        Walking metres from the centre to the nearest suitable placed offer; infinite when there is none.
    anywhere : numpy.ndarray of bool, shape (cases,)
        Some suitable offer is placed somewhere.
    """

    words: Array
    present: Array
    served: Array
    home: Array
    shares: Array
    specific: Array
    open: Array
    mobile: Array
    distance_m: Array
    anywhere: Array

    def has(self, what: Array, flag: Flag) -> Array:
        """Whether a bit is set in `present`, `served` or `home`: bool, shape (wijken, cases)."""
        return (what & np.uint16(flag)) > 0

    def share(self, flag: Flag) -> Array:
        """Share reached by one set: float, shape (wijken, cases)."""
        return self.shares[:, :, int(flag).bit_length() - 1]


def point_words(supply: Supply, words: Array) -> Array:
    """The sets that each point stands for: an approximate point in none of the exact ones, a hint only in its own."""
    points = supply.points
    allowed = np.where(points["exact"], np.uint16(0xFFFF), np.uint16(0xFFFF & ~int(ONLY_EXACT)))
    allowed = np.where(points["hint"], np.uint16(int(WITH_HINTS)), allowed).astype(np.uint16)
    return np.asarray(words[points["offer"].to_numpy()] & allowed[:, None])


def _served_words(supply: Supply, words: Array, rows: Array) -> Array:
    """Bitwise OR per wijk over the offers of `rows` that serve it: shape (wijken, cases)."""
    chosen = np.flatnonzero(rows & supply.serves.any(axis=1))
    serves, ours = supply.serves[chosen], words[chosen]
    return np.stack([np.bitwise_or.reduce(ours[column], axis=0) for column in serves.T])


def _shares(reach: Reach, site_words: Array, wijken: int, cases: int) -> Array:
    """Share per wijk, case and bit. There are few different words: their weights are added up, and their bits once."""
    reached = reached_words(reach, np.ascontiguousarray(site_words).view(np.uint64)).view(np.uint16)[:, :cases]
    somewhere = np.flatnonzero(reached.any(axis=1))
    reached, wijk, weight = reached[somewhere], reach.demand_wijk[somewhere], reach.weight[somewhere]
    words, number = _numbered(reached)
    place = (wijk[:, None] * cases + np.arange(cases)) * len(words) + number
    weights = np.bincount(place.ravel(), np.repeat(weight, cases), minlength=wijken * cases * len(words))
    bits = (words[:, None] >> np.arange(16)) & 1
    return np.asarray(weights.reshape(wijken, cases, len(words)) @ bits.astype(float))


def _numbered(words: Array) -> tuple[Array, Array]:
    """The different words, ascending, and the place of each word among them."""
    there = np.zeros(1 << 16, dtype=bool)
    there[words] = True
    different = np.flatnonzero(there)
    place = np.zeros(1 << 16, dtype=np.int64)
    place[different] = np.arange(len(different))
    return different, place[words]


def _counts(supply: Supply, traits: Traits, cases: tuple[Case, ...], words: Array) -> tuple[Array, Array, Array]:
    """Suitable offers per wijk: specific placed, open placed, mobile."""
    wijken = len(supply.areas.wijken)
    points = supply.points[~supply.points["hint"] & (supply.points["wijk"] >= 0)]
    offer, wijk = points["offer"].to_numpy(), points["wijk"].to_numpy()
    suitable = (words & np.uint16(Flag.SUITABLE)) > 0
    narrow, broad = np.zeros((2, wijken, len(cases)), dtype=np.int64)
    for column, case in enumerate(watched(cases)):
        ours = specific(traits, case.group) & (case.group != codelists.EVERYONE)
        counted = suitable[offer, column]
        narrow[:, column] = np.bincount(wijk[counted & ours[offer]], minlength=wijken)
        broad[:, column] = np.bincount(wijk[counted & ~ours[offer]], minlength=wijken)
    mobile = np.flatnonzero(supply.serves.any(axis=1))
    served = supply.serves[mobile].astype(np.float64).T @ suitable[mobile, : len(cases)].astype(np.float64)
    return narrow, broad, served.astype(np.int64)


def _nearest(reach: Reach, site_words: Array, cases: int) -> Array:
    """Walking metres from each wijk's centre to the nearest site with a suitable placed offer."""
    distance = np.full((len(reach.centre_distance_m), cases), np.inf)
    suitable = (site_words[:, :cases] & np.uint16(Flag.SUITABLE)) > 0
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
    words = flag_words(traits, cases, open_counts=open_counts)
    at_points = point_words(supply, words)
    at_sites = or_by_group(at_points, reach.site, len(reach.xy))
    narrow, broad, mobile = _counts(supply, traits, cases, words)
    everyone = np.ones(len(words), dtype=bool)
    return Measures(
        words=words[:, :size],
        present=or_by_group(at_points, supply.points["wijk"].to_numpy(), wijken)[:, :size],
        served=_served_words(supply, words, everyone)[:, :size],
        home=_served_words(supply, words, traits.home)[:, :size],
        shares=_shares(reach, at_sites, wijken, size),
        specific=narrow,
        open=broad,
        mobile=mobile,
        distance_m=_nearest(reach, at_sites, size),
        anywhere=np.any((at_sites[:, :size] & np.uint16(Flag.SUITABLE)) > 0, axis=0),
    )
