"""The best set of n candidates, with proof: a small problem for HiGHS (`scipy.optimize.milp`)."""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack

from einclusie_data.contract import settings
from einclusie_data.contract.arrays import Array
from einclusie_data.proposals.siting.bound import possible_candidates
from einclusie_data.proposals.siting.order import greedy_places
from einclusie_data.proposals.siting.problem import Choice, Problem, best_candidates, smaller, without_idle

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
