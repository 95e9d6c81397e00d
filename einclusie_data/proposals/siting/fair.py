"""The fair variant: raise the wijken that are worst off first, then reach as many people as can be.

*Worst off* are inhabited wijken where less than half of the people are reached today: the highest wijkenranking first,
then the smallest share reached, then wijkcode; a wijk without a published ranking comes last. With n new places the
first n of them count, leaving out those that no candidate can help.

*Raise first* is lexicographic max-min (leximin): the smallest share among those wijken becomes as large as it can be,
then the smallest two together, and so on (`siting_leximin`). In this way one wijk that can hardly be helped holds up no
other. More than half is no aim. Of all sets that give each of these wijken at least as much, the one that reaches most
people is chosen.

Lexicographic max-min over a few wijken, then as many people as can be: problems for HiGHS.

The smallest of several shares is made as large as it can be, then the sum of the two smallest, of the three smallest,
and so on: that is the same as leximin (Ogryczak and Śliwiński, 2003). The sum of the k smallest shares is the largest
value of ``k t - sum(d)`` with ``d >= t - share`` and ``d >= 0``, which makes each step linear. No t exceeds the share
from which a wijk is covered: more than that is no aim.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack

from einclusie_data.city.areas import Areas
from einclusie_data.contract import settings
from einclusie_data.contract.arrays import Array
from einclusie_data.engine.coverage import at_least
from einclusie_data.proposals.siting.model import OPTIMAL, SCALE
from einclusie_data.proposals.siting.problem import (
    Choice,
    Problem,
    best_candidates,
    greedy_places,
    merged_rows,
    sum_by_group,
    without_idle,
)

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


@dataclass(frozen=True)
class WorstOff:
    """The wijken that come first.

    Attributes
    ----------
    wijken : tuple of int
        Positions, worst off first.
    before : numpy.ndarray of float, shape (wijken,)
        Share (0-1) reached today.
    row_wijk : numpy.ndarray of int, shape (rows,)
        For each row of the problem its place in `wijken`; -1 = another wijk.
    row_share : numpy.ndarray of float, shape (rows,)
        Share of its wijk that lives there.
    """

    wijken: tuple[int, ...]
    before: Array
    row_wijk: Array
    row_share: Array

    def part(self, rows: Array) -> WorstOff:
        """The same for some of the rows."""
        return replace(self, row_wijk=self.row_wijk[rows], row_share=self.row_share[rows])


def order_of_need(areas: Areas, before: Array) -> Array:
    """Positions of the wijken that are worst off, worst first.

    Parameters
    ----------
    areas : Areas
    before : numpy.ndarray of float, shape (wijken,)
        Share (0-1) of each wijk that is reached today.
    """
    wijken = areas.wijken
    ranking = wijken["ranking"].fillna(-1.0).to_numpy(dtype=float)
    behind = wijken["inhabited"].to_numpy(dtype=bool) & ~at_least(before, settings.COVERED_SHARE)
    order = np.lexsort((np.arange(len(wijken)), np.round(before, settings.SHARE_DECIMALS), -ranking))
    return np.asarray(order[behind[order]])


def worst_off(areas: Areas, before: Array, wijk: Array, share: Array, n: int) -> WorstOff:
    """The n wijken that come first, of those that some candidate can help.

    Parameters
    ----------
    areas : Areas
    before : numpy.ndarray of float, shape (wijken,)
    wijk, share : numpy.ndarray, shape (rows,)
        Wijk of every row of the problem, and the share of it that lives there.
    n : int
    """
    can_be_helped = np.unique(wijk[share > 0])
    order = order_of_need(areas, before)
    first = order[np.isin(order, can_be_helped)][:n]
    place = np.full(len(before), -1)
    place[first] = np.arange(len(first))
    return WorstOff(tuple(map(int, first)), before[first], place[wijk], share)


def fair_places(problem: Problem, first: WorstOff, n: int, seconds: float = settings.SITING_SECONDS) -> Choice:
    """The n candidates of the fair variant.

    Parameters
    ----------
    problem : Problem
        Of every demand point that is not reached, also where the number of people is unknown: a share needs no number.
    first : WorstOff
        At least one wijk.
    n : int
    seconds : float
        Limit for all steps together.

    Returns
    -------
    Choice
        `proven` when every step was. When the time runs out, what the last whole step found, else the rule of thumb.
    """
    deadline = time.monotonic() + seconds
    ours = first.row_wijk >= 0
    chosen, proven = _leximin(problem.part(ours), first.part(ours), n, deadline)
    if proven:
        candidates = np.union1d(best_candidates(problem.cover), chosen)
        shares, weight = _shares(problem, first, candidates, n)
        floor = shares.reached(np.searchsorted(candidates, chosen))
        found, proven = most_people(shares, weight, floor, deadline - time.monotonic())
        chosen = candidates[found] if proven else chosen
    places = chosen.tolist() if proven or len(chosen) else greedy_places(problem, n)
    return Choice(without_idle(problem, places), proven)


def _leximin(problem: Problem, first: WorstOff, n: int, deadline: float) -> tuple[Array, bool]:
    """Candidates that raise the wijken that come first, and whether every step is proven."""
    candidates = best_candidates(problem.cover)
    shares, _ = _shares(problem, first, candidates, n)
    chosen: Array = np.empty(0, dtype=int)
    levels: tuple[float, ...] = ()
    for _ in first.wijken:
        found, level, proven = raise_smallest(shares, levels, deadline - time.monotonic())
        if not proven:
            return chosen, False
        chosen, levels = candidates[found], (*levels, level)
    return chosen, True


def _shares(problem: Problem, first: WorstOff, candidates: Array, n: int) -> tuple[Shares, Array]:
    """The wijken that come first as the solver sees them, and the people of every row."""
    cover, group = merged_rows(problem.cover[:, candidates], first.row_wijk)
    rows = cover.shape[0]
    share = sum_by_group(np.where(first.row_wijk >= 0, first.row_share, 0.0), group, rows)
    wijk = np.zeros(rows, dtype=int)
    wijk[group[group >= 0]] = np.maximum(first.row_wijk[group >= 0], 0)
    gains = csr_array((share, (wijk, np.arange(rows))), shape=(len(first.wijken), rows))
    return Shares(cover, gains, first.before, n), sum_by_group(problem.weight, group, rows)
