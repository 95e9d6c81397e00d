"""The covering problem: which candidates reach whom. Plain numbers: nothing here knows what a wijk or an offer is.

The *maximal covering location problem* (Church and ReVelle, 1974): choose n of the candidates so that the weight of the
demand points within reach of a chosen one is largest. What is reached already is no part of it.

One place after the other: the rule of thumb, and an order in which to open a set of places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from einclusie_data.contract.arrays import Array


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


@dataclass(frozen=True)
class Problem:
    """Demand points that are not reached yet, and the candidates that would reach them.

    Attributes
    ----------
    cover : scipy.sparse.csr_array of int, shape (rows, candidates)
        1 where the candidate reaches the demand point.
    weight : numpy.ndarray of float, shape (rows,)
        Never negative.
    """

    cover: csr_array
    weight: Array

    def part(self, rows: Array) -> Problem:
        """The problem of some of the rows."""
        return Problem(self.cover[rows], self.weight[rows])

    def covered(self, places: Sequence[int]) -> Array:
        """Which rows a set of candidates reaches: bool, shape (rows,)."""
        return np.asarray(self.cover[:, list(places)].sum(axis=1) > 0)

    def gain(self, places: Sequence[int]) -> float:
        """Weight that a set of candidates reaches."""
        return float(self.weight[self.covered(places)].sum())


@dataclass(frozen=True)
class Choice:
    """A set of candidates.

    Attributes
    ----------
    places : tuple of int
        Positions of the candidates, ascending.
    proven : bool
        No set of that many candidates is better, and that is proven; False when the time ran out.
    """

    places: tuple[int, ...]
    proven: bool


def open_problem(cover: csr_array, weight: Array, counts: Array) -> tuple[Problem, Array]:
    """The problem of the demand points that count and that some candidate reaches.

    Parameters
    ----------
    cover : scipy.sparse.csr_array of bool, shape (demand, candidates)
    weight : numpy.ndarray of float, shape (demand,)
    counts : numpy.ndarray of bool, shape (demand,)
        Not reached yet, and of interest.

    Returns
    -------
    problem : Problem
    rows : numpy.ndarray of int
        Position in the demand points of every row of the problem.
    """
    rows = np.flatnonzero(counts & (np.diff(cover.indptr) > 0))
    return Problem(cover[rows].astype(np.int32), weight[rows]), rows


def best_candidates(cover: csr_array) -> Array:
    """Positions of the candidates that are not surpassed: no other one reaches all that they reach, and more.

    Of several that reach exactly the same, the first one stays. One that reaches nothing goes.
    """
    size = np.asarray(cover.sum(axis=0)).ravel()
    shared = (cover.T @ cover).tocoo()
    one, other = shared.coords
    within = (one != other) & (shared.data == size[one])
    surpassed = within & ((size[other] > size[one]) | (other < one))
    useful = size > 0
    useful[one[surpassed]] = False
    return np.flatnonzero(useful)


def merged_rows(cover: csr_array, apart: Array | None = None) -> tuple[csr_array, Array]:
    """Rows that the same candidates reach become one.

    Parameters
    ----------
    cover : scipy.sparse.csr_array, shape (rows, candidates)
    apart : numpy.ndarray of int, optional
        Rows with another number are never merged.

    Returns
    -------
    cover : scipy.sparse.csr_array, shape (groups, candidates)
        Without the rows that no candidate reaches.
    group : numpy.ndarray of int, shape (rows,)
        New row of every row; -1 = dropped.
    """
    cover = cover.copy()
    cover.sort_indices()
    marks = np.zeros(cover.shape[0], dtype=int) if apart is None else apart
    found: dict[tuple[int, bytes], int] = {}
    group = np.full(cover.shape[0], -1)
    for row, (start, end) in enumerate(pairwise(cover.indptr.tolist())):
        if end > start:
            key = (int(marks[row]), cover.indices[start:end].tobytes())
            group[row] = found.setdefault(key, len(found))
    kept = np.flatnonzero(group >= 0)
    _, first = np.unique(group[kept], return_index=True)
    return cover[kept[first]], group


def sum_by_group(values: Array, group: Array, groups: int) -> Array:
    """Sum of values per new row of `merged_rows`: shape (groups,)."""
    kept = group >= 0
    return np.bincount(group[kept], weights=values[kept], minlength=groups)


def smaller(problem: Problem, candidates: Array) -> Problem:
    """The same problem with some of the candidates: equal rows merged, rows out of reach dropped."""
    cover, group = merged_rows(problem.cover[:, candidates])
    return Problem(cover, sum_by_group(problem.weight, group, cover.shape[0]))


def without_idle(problem: Problem, places: Sequence[int]) -> tuple[int, ...]:
    """Places in order, without those that reach nobody whom the others do not reach; the last ones go first."""
    times = np.asarray(problem.cover[:, list(places)].sum(axis=1))
    kept = sorted(places)
    for place in sorted(places, reverse=True):
        reached = problem.cover[:, [place]].toarray().ravel()
        if np.all(times[reached > 0] > 1):
            times = times - reached
            kept.remove(place)
    return tuple(kept)
