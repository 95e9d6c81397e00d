"""The best set of n candidates, with proof: a small problem for HiGHS (`scipy.optimize.milp`).

Which candidates can be in a best set at all: a Lagrangian bound that leaves a small problem to the solver.

Give every demand point a price between 0 and its weight. Let each point pay its price to every chosen candidate that
reaches it, and let us keep the rest of all weights, reached or not. What we keep, plus the income of the n candidates
that earn most, is an upper bound on what any n candidates reach (Lagrangian relaxation of the rule "only what a chosen
place reaches counts"; Galvão and ReVelle, 1996). A candidate whose bound, when it must take part, is below a set that
we know, is in no best set.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack

from einclusie_data.contract import settings
from einclusie_data.contract.arrays import Array
from einclusie_data.proposals.siting.problem import (
    Choice,
    Problem,
    best_candidates,
    greedy_places,
    smaller,
    without_idle,
)

_ROUNDS = 300
_PATIENCE = 8
"""Rounds without a better bound after which the steps are halved."""
_SMALLEST_STEP = 1e-3
_SLACK = 1e-7
"""Share of the total weight by which a bound must be lower before a candidate goes: far above rounding."""


@dataclass
class _Search:
    """State of the search for good prices."""

    price: Array
    best_known: float
    alive: Array
    bound: float = np.inf
    step: float = 1.0
    idle: int = 0

    def note_bound(self, bound: float) -> None:
        """Keep the best bound; shorten the steps when it no longer improves."""
        self.idle += 1
        if bound < self.bound:
            self.bound, self.idle = bound, 0
        elif self.idle >= _PATIENCE:
            self.step, self.idle = self.step / 2, 0


def possible_candidates(problem: Problem, n: int, known: float) -> Array:
    """Candidates that may be in a best set of n.

    Parameters
    ----------
    problem : Problem
        With more than `n` candidates.
    n : int
        At least 1.
    known : float
        Weight that some set of n candidates reaches.

    Returns
    -------
    numpy.ndarray of int
        Positions, ascending. Every set of n candidates that reaches most consists of these.
    """
    slack = _SLACK * float(problem.weight.sum())
    by_candidate = problem.cover.T.tocsr()
    search = _Search(problem.weight.copy(), known, np.ones(problem.cover.shape[1], dtype=bool))
    for _ in range(_ROUNDS):
        income = by_candidate @ search.price
        top = np.argpartition(-income, n - 1)[:n]
        bound = float((problem.weight - search.price).sum() + income[top].sum())
        times = problem.cover @ np.bincount(top, minlength=len(income))
        search.best_known = max(search.best_known, float(problem.weight[times > 0].sum()))
        forced = bound - income[top].min() + income  # bound on the sets that a candidate outside the top takes part in
        forced[top] = np.inf
        search.alive &= forced >= search.best_known - slack
        search.note_bound(bound)
        if search.bound <= search.best_known + slack or search.step < _SMALLEST_STEP:
            break
        _change_prices(problem, search, times, bound)
    return np.flatnonzero(search.alive)


def _change_prices(problem: Problem, search: _Search, times: Array, bound: float) -> None:
    """One subgradient step: dearer where nobody comes, cheaper where several do."""
    direction = times - (search.price < problem.weight)
    length = float(direction @ direction)
    if length:
        move = search.step * (bound - search.best_known) / length
        search.price = np.clip(search.price - move * direction, 0.0, problem.weight)


OPTIMAL = 0
"""`milp`: proven, with a gap of 0."""
SCALE = 1e5
"""Total weight as the solver sees it: its absolute tolerances (1e-6) then mean little, whatever is counted."""


def best_places(problem: Problem, n: int, seconds: float = settings.SITING_SECONDS) -> Choice:
    """The n candidates that together reach most.

    Parameters
    ----------
    problem : Problem
    n : int
    seconds : float
        Limit for the solver.

    Returns
    -------
    Choice
        Fewer than n places when fewer already reach all that the candidates can reach. The same problem gives the same
        answer; of candidates that reach exactly the same, the first. Between sets that reach as much (to a millionth of
        the total weight) the solver's order decides. Never less than `greedy_places`, proven or not.
    """
    candidates = best_candidates(problem.cover)
    if n < 1 or len(candidates) == 0:
        return Choice((), proven=True)
    compact = smaller(problem, candidates)
    rule_of_thumb = greedy_places(compact, n)
    possible = np.arange(len(candidates))
    if len(candidates) > n:
        possible = possible_candidates(compact, n, compact.gain(rule_of_thumb))
    found, proven = _solved(smaller(compact, possible), n, seconds)
    best = max((tuple(possible[found].tolist()), rule_of_thumb), key=compact.gain)
    return Choice(without_idle(problem, tuple(sorted(candidates[list(best)].tolist()))), proven)


def _solved(problem: Problem, n: int, seconds: float) -> tuple[Array, bool]:
    """Chosen candidates (none when the solver found nothing in time), and whether that is proven to be best.

    Variables: chosen or not, per candidate; reached or not, per row that several candidates reach. A row with only one
    candidate is that candidate's own weight.
    """
    shared = np.diff(problem.cover.indptr) > 1
    own = problem.cover[~shared].T @ problem.weight[~shared]
    cover, weight = problem.cover[shared], problem.weight[shared]
    rows, columns = cover.shape
    rules = [LinearConstraint(_row(np.repeat([1.0, 0.0], [columns, rows])), -np.inf, n)]
    if rows:
        rules.append(LinearConstraint(hstack([cover, -eye_array(rows)]).tocsr(), 0, np.inf))
    found = milp(
        -np.concatenate([own, weight]) * (SCALE / float(problem.weight.sum())),
        integrality=np.repeat([1, 0], [columns, rows]),
        bounds=Bounds(0, 1),
        constraints=rules,
        options={"mip_rel_gap": 0.0, "time_limit": seconds},
    )
    chosen = np.flatnonzero(found.x[:columns] > 0.5) if found.x is not None else np.empty(0, dtype=int)
    return chosen, found.status == OPTIMAL


def _row(values: Array) -> csr_array:
    return csr_array(values[None, :])
