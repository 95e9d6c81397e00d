"""Lexicographic max-min over a few wijken, then as many people as can be: problems for HiGHS.

The smallest of several shares is made as large as it can be, then the sum of the two smallest, of the three smallest,
and so on: that is the same as leximin (Ogryczak and Śliwiński, 2003). The sum of the k smallest shares is the largest
value of ``k t - sum(d)`` with ``d >= t - share`` and ``d >= 0``, which makes each step linear. No t exceeds the share
from which a wijk is covered: more than that is no aim.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack

from einclusie_data.contract import settings
from einclusie_data.contract.arrays import Array
from einclusie_data.proposals.siting.model import OPTIMAL, SCALE

_TOLERANCE = 1e-6
"""Share by which a later step may lower what an earlier one won: the solver's own tolerance."""


@dataclass(frozen=True)
class Shares:
    """Wijken whose share reached is to rise.

    Variables of every step, all between 0 and 1: chosen (whole) per candidate, reached per row; then what is its own.

    Attributes
    ----------
    cover : scipy.sparse.csr_array, shape (rows, candidates)
    gains : scipy.sparse.csr_array of float, shape (wijken, rows)
        Share of the wijk that a row stands for.
    before : numpy.ndarray of float, shape (wijken,)
        Share reached today.
    n : int
        Most candidates.
    """

    cover: csr_array
    gains: csr_array
    before: Array
    n: int

    @property
    def core(self) -> int:
        """Variables that every step has."""
        return int(sum(self.cover.shape))

    def reached(self, places: Array) -> Array:
        """Share of every wijk with some candidates, as far as it is an aim."""
        shares = self.before + self.gains @ (self.cover[:, places].sum(axis=1) > 0).astype(float)
        return np.asarray(np.minimum(shares, settings.COVERED_SHARE))


def raise_smallest(shares: Shares, levels: tuple[float, ...], seconds: float) -> tuple[Array, float, bool]:
    """One step of leximin: the sum of the ``len(levels) + 1`` smallest shares, with the smaller sums as they are.

    Parameters
    ----------
    shares : Shares
    levels : tuple of float
        Largest sums of the 1, 2, … smallest shares, from the steps before.
    seconds : float

    Returns
    -------
    places : numpy.ndarray of int
    level : float
    proven : bool
        If not, the other two mean nothing.
    """
    wijken, steps = len(shares.before), len(levels) + 1
    width = shares.core + steps * (1 + wijken)
    sums = np.zeros((steps, width))
    rules = _place_rules(shares, width)
    for step in range(steps):
        start = shares.core + step * (1 + wijken)
        sums[step, start : start + 1 + wijken] = [step + 1.0, *[-1.0] * wijken]
        rules.append(LinearConstraint(_below(shares, start, width), -shares.before, np.inf))
    if levels:
        rules.append(LinearConstraint(sums[:-1], np.array(levels) - _TOLERANCE, np.inf))
    places, goal, proven = _solved(shares, sums[-1], rules, seconds)
    return places, goal, proven


def _below(shares: Shares, start: int, width: int) -> csr_array:
    """Per wijk: share gained + d - t; it is at least minus the share of today."""
    size, columns = len(shares.before), shares.cover.shape[1]
    own = hstack([csr_array(-np.ones((size, 1))), eye_array(size)])
    return _wide([csr_array((size, columns)), shares.gains, csr_array((size, start - shares.core)), own], width)


def most_people(shares: Shares, weight: Array, floor: Array, seconds: float) -> tuple[Array, bool]:
    """The candidates that reach most people while no wijk gets less than its floor; and whether that is proven.

    Parameters
    ----------
    shares : Shares
    weight : numpy.ndarray of float, shape (rows,)
        People.
    floor : numpy.ndarray of float, shape (wijken,)
    seconds : float
    """
    columns, width = shares.cover.shape[1], shares.core
    rules = _place_rules(shares, width)
    gains = _wide([csr_array((len(floor), columns)), shares.gains], width)
    rules.append(LinearConstraint(gains, floor - shares.before - _TOLERANCE, np.inf))
    goal = np.concatenate([np.zeros(columns), weight * (SCALE / max(float(weight.sum()), 1.0))])
    places, _, proven = _solved(shares, goal, rules, seconds)
    return places, proven


def _solved(shares: Shares, goal: Array, rules: list[LinearConstraint], seconds: float) -> tuple[Array, float, bool]:
    """Chosen candidates, largest value of the goal, and whether that is proven."""
    width, columns = len(goal), shares.cover.shape[1]
    found = milp(
        -goal,
        integrality=np.arange(width) < columns,
        bounds=Bounds(0, np.where(np.arange(width) < shares.core, 1.0, settings.COVERED_SHARE)),
        constraints=rules,
        options={"mip_rel_gap": 0.0, "time_limit": max(seconds, 0.0)},
    )
    if found.status != OPTIMAL:
        return np.empty(0, dtype=int), 0.0, False
    return np.flatnonzero(found.x[:columns] > 0.5), float(-found.fun), True


def _place_rules(shares: Shares, width: int) -> list[LinearConstraint]:
    """At most n places; a row is reached when one of its candidates is chosen."""
    rows, columns = shares.cover.shape
    most = (np.arange(width) < columns).astype(float)[None, :]
    return [
        LinearConstraint(most, -np.inf, shares.n),
        LinearConstraint(_wide([shares.cover, -eye_array(rows)], width), 0, np.inf),
    ]


def _wide(parts: list[Any], width: int) -> csr_array:
    """Rules side by side, padded with zeros for the variables that they do not speak of."""
    rows, used = parts[0].shape[0], sum(part.shape[1] for part in parts)
    return csr_array(hstack([*parts, csr_array((rows, width - used))]))
