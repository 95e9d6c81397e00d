"""The fair variant: raise the wijken that are worst off first, then reach as many people as can be.

*Worst off* are inhabited wijken where less than half of the people are reached today: the highest wijkenranking first,
then the smallest share reached, then wijkcode; a wijk without a published ranking comes last. With n new places the
first n of them count, leaving out those that no candidate can help.

*Raise first* is lexicographic max-min (leximin): the smallest share among those wijken becomes as large as it can be,
then the smallest two together, and so on (`siting_leximin`). In this way one wijk that can hardly be helped holds up no
other. More than half is no aim. Of all sets that give each of these wijken at least as much, the one that reaches most
people is chosen.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from einclusie_data.city.areas import Areas
from einclusie_data.contract import settings
from einclusie_data.contract.arrays import Array
from einclusie_data.engine.coverage import at_least
from einclusie_data.proposals.siting.leximin import Shares, most_people, raise_smallest
from einclusie_data.proposals.siting.order import greedy_places
from einclusie_data.proposals.siting.problem import (
    Choice,
    Problem,
    best_candidates,
    merged_rows,
    sum_by_group,
    without_idle,
)


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
