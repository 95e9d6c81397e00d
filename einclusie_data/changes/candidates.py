"""Which rows of two versions are worth comparing: those that share something, each with not too many others.

The work grows with the number of rows and not with its square: rows that share a key are all compared as long as they
are few; in a large group each row only meets its nearest neighbours in the alphabet.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

import numpy as np

from einclusie_data.contract.arrays import Ints
from einclusie_data.contract.deadline import watched

Keyed = Iterable[tuple[int, Hashable]]

FEW = 1_000
"""Pairs in one group that are all compared."""
NEIGHBOURS = 4
"""How many neighbours on either side a row of a large group is compared with, per order."""


def candidate_pairs(
    blocks: Iterable[tuple[Keyed, Keyed]], orders: Sequence[tuple[Sequence[Any], Sequence[Any]]]
) -> Ints:
    """Pairs of rows that share a key.

    Parameters
    ----------
    blocks : iterable of (old rows with their keys, new rows with their keys)
        Per way to group them: (row, key) of the rows of each version. A row may have several keys in a block.
    orders : sequence of (values per old row, values per new row)
        What to sort a large group by; neighbours in any of these orders are compared.

    Returns
    -------
    numpy.ndarray of int, shape (pairs, 2)
        Old and new row, each pair once, sorted.
    """
    pairs: set[tuple[int, int]] = set()
    for old, new in blocks:
        groups = _grouped(old)
        for key, there in watched(_grouped(new).items()):
            here = groups.get(key, [])
            if len(here) * len(there) <= FEW:
                pairs.update((one, other) for one in here for other in there)
            else:
                for of_old, of_new in orders:
                    pairs.update(_neighbours(here, there, of_old, of_new))
    return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)


def _grouped(rows: Keyed) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = {}
    for row, key in watched(rows):
        groups.setdefault(key, []).append(row)
    return groups


def _neighbours(
    here: list[int], there: list[int], of_old: Sequence[Any], of_new: Sequence[Any]
) -> set[tuple[int, int]]:
    """Pairs that stand near each other when both versions are sorted together."""
    found = {(one, other) for one, other in _nearest(here, there, of_old, of_new)}
    return found | {(one, other) for other, one in _nearest(there, here, of_new, of_old)}


def _nearest(
    rows: list[int], others: list[int], of_rows: Sequence[Any], of_others: Sequence[Any]
) -> Iterable[tuple[int, int]]:
    """Each row with those of the others that stand nearest to where it would stand among them."""
    order = sorted(others, key=lambda other: of_others[other])
    values = [of_others[other] for other in order]
    for row in watched(rows):
        place = bisect_left(values, of_rows[row])
        for other in order[max(place - NEIGHBOURS, 0) : place + NEIGHBOURS]:
            yield row, other
