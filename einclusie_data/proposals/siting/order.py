"""One place after the other: the rule of thumb, and an order in which to open a set of places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from einclusie_data.proposals.siting.problem import Problem


def opening_order(problem: Problem, places: Sequence[int], most: int | None = None) -> tuple[tuple[int, float], ...]:
    """Candidates one after the other, each time the one that adds most; of equals the first one.

    Parameters
    ----------
    problem : Problem
    places : sequence of int
        Positions of the candidates to choose from.
    most : int, optional
        How many at most; all of them unless given.

    Returns
    -------
    tuple of (int, float)
        Candidate, and the weight that it adds to those before it. It stops when no candidate reaches anyone more: where
        what is left weighs nothing, the candidate that reaches most demand points goes first.
    """
    candidates = np.array(sorted(places), dtype=int)
    by_candidate = problem.cover[:, candidates].T.tocsr()
    left = np.ones(len(problem.weight), dtype=bool)
    order: list[tuple[int, float]] = []
    while len(order) < (len(candidates) if most is None else most):
        points = by_candidate @ left.astype(float)
        if not points.any():
            break
        added = by_candidate @ np.where(left, problem.weight, 0.0)
        best = int(np.lexsort((np.arange(len(added)), -points, -added))[0])
        order.append((int(candidates[best]), float(added[best])))
        left[by_candidate[[best]].indices] = False
    return tuple(order)


def greedy_places(problem: Problem, n: int) -> tuple[int, ...]:
    """The rule of thumb: n times the candidate that adds most. Seldom far off, and not always the best set.

    Returns
    -------
    tuple of int
        Positions in the order of choice.
    """
    order = opening_order(problem, range(problem.cover.shape[1]), n)
    return tuple(place for place, _ in order)
