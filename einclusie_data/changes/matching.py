"""Which row of the newer version is the same offer as which row of the older one, whatever its Nr or its place in the
sheet.

First the rows that say exactly the same, then those with one name, organisation and place; the others are compared
with what they share a name, an organisation, an address, a point or a number with, and the most alike go together
first. Numbers count only while they mean something: when most of the rows that are surely the same kept theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from einclusie_data.changes.candidates import candidate_pairs
from einclusie_data.changes.likeness import (
    RELATED_NAME,
    SURE_PLACE,
    TYPO,
    Facets,
    Likeness,
    facets_of,
    likeness,
)
from einclusie_data.changes.meanings import Meanings, Naming, Shared, shared_numbers
from einclusie_data.contract.arrays import Bools, Ints
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.workbook import Workbook

SAME_REST = 0.8
"""Share of the other cells that must be the same for a row to be the same offer under another name."""
_SPOT_DECIMALS = 3

Pairs = list[tuple[int, int]]


class Left:
    """The rows of both versions that still have no partner, and the pairs found so far."""

    def __init__(self, old: int, new: int) -> None:
        self.old, self.new = dict.fromkeys(range(old)), dict.fromkeys(range(new))
        self.pairs: Pairs = []

    def join(self, one: int, other: int) -> None:
        """Make a pair of an old and a new row, if both are free."""
        if one in self.old and other in self.new:
            del self.old[one], self.new[other]
            self.pairs.append((one, other))

    def sort(self, of_old: Ints, of_new: Ints) -> None:
        """Put the free rows in the order of some values, so that their order in the sheet decides nothing."""
        self.old = dict.fromkeys(sorted(self.old, key=of_old.__getitem__))
        self.new = dict.fromkeys(sorted(self.new, key=of_new.__getitem__))

    def join_equal(self, of_old: Sequence[Hashable], of_new: Sequence[Hashable], *, single: bool = False) -> None:
        """Pair the free rows with equal keys, in order; only keys of one row on either side if `single`."""
        groups: dict[Hashable, tuple[list[int], list[int]]] = {}
        for row in watched(self.old):
            groups.setdefault(of_old[row], ([], []))[0].append(row)
        for row in watched(self.new):
            if of_new[row] in groups:
                groups[of_new[row]][1].append(row)
        for here, there in groups.values():
            if not single or len(here) == len(there) == 1:
                for one, other in zip(here, there, strict=False):
                    self.join(one, other)


def match_offers(old: Workbook, new: Workbook, naming: Naming, meanings: Meanings) -> Pairs:
    """Match the offers of two versions.

    Parameters
    ----------
    old, new : Workbook
    naming : callable
        From `meanings.one_name`.
    meanings : Meanings
        Of Aanbod.

    Returns
    -------
    list of (int, int)
        Positions in `old.offers` and `new.offers`, in the order of the newer sheet. A row that is in no pair is gone,
        or new. The order of the rows decides nothing.
    """
    facets = facets_of(old, new, naming, meanings)
    left = Left(len(old.offers), len(new.offers))
    left.join_equal(*_keys(facets.contents, facets.number))
    left.join_equal(*_keys(facets.contents))
    identities = _identities(facets)
    left.join_equal(*identities, single=True)
    _join_alike(facets, left)
    left.sort(facets.contents.old, facets.contents.new)
    left.join_equal(*identities)  # of very many alike, those that never met
    return sorted(left.pairs, key=lambda pair: pair[1])


def _keys(*facets: Shared) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """Per row of either version its numbers in some facets."""
    return (
        list(zip(*(facet.old.tolist() for facet in facets), strict=True)),
        list(zip(*(facet.new.tolist() for facet in facets), strict=True)),
    )


def _spots(facets: Facets) -> Shared:
    """The points, rounded to some 100 m."""
    old, new = (
        [None if np.isnan(row).any() else tuple(row.round(_SPOT_DECIMALS).tolist()) for row in spots]
        for spots in (facets.old_spot, facets.new_spot)
    )
    return shared_numbers(old, new)


def _identities(facets: Facets) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """Name, organisation and place of every row."""
    place = (facets.address, facets.location, facets.postcode, facets.wijken, _spots(facets))
    return _keys(facets.name, facets.organisations, *place)


def _numbers_count(facets: Facets, pairs: Pairs) -> bool:
    """Whether Nr still means something: most of the rows that are surely the same kept theirs."""
    numbers = [(facets.number.old[one], facets.number.new[other]) for one, other in pairs]
    given = [one == other for one, other in numbers if one and other]
    return bool(2 * sum(given) >= len(given))


def _join_alike(facets: Facets, left: Left) -> None:
    """Pair the rows that are left with the one that they resemble most."""
    numbers_count = _numbers_count(facets, left.pairs)
    pairs = candidate_pairs(_blocks(facets, left, numbers_count=numbers_count), _orders(facets))
    if not len(pairs):
        return
    alike = likeness(facets, pairs)
    accepted = _same_offer(alike, _is_single(facets, pairs), numbers_count=numbers_count)
    pairs, score = pairs[accepted], alike.score(numbers_count=numbers_count)[accepted]
    contents = np.stack([facets.contents.old[pairs[:, 0]], facets.contents.new[pairs[:, 1]]])
    order = np.lexsort((pairs[:, 1], pairs[:, 0], contents.max(axis=0), contents.min(axis=0), -score))
    for one, other in watched(pairs[order].tolist()):
        left.join(one, other)


def _blocks(facets: Facets, left: Left, *, numbers_count: bool) -> Iterator[tuple[Any, Any]]:
    shared = [facets.name, facets.address, facets.location, _spots(facets)]
    for one in [*shared, facets.number] if numbers_count else shared:
        yield _rows_with(one.old, left.old), _rows_with(one.new, left.new)
    keys = facets.organisations.values
    yield (
        [(row, key) for row in left.old for key in keys[facets.organisations.old[row]]],
        [(row, key) for row in left.new for key in keys[facets.organisations.new[row]]],
    )


def _rows_with(values: Ints, rows: Iterable[int]) -> list[tuple[int, int]]:
    """The rows that have a value, with it."""
    return [(row, int(values[row])) for row in rows if values[row]]


def _orders(facets: Facets) -> list[tuple[list[Any], list[Any]]]:
    """Ways to sort a large group: by name and place, and by the end of the name (a typo may be at its start)."""
    ends = [str(value)[::-1] for value in facets.name.values]
    backwards = shared_numbers(
        [ends[name] for name in facets.name.old], [ends[name] for name in facets.name.new], nothing=""
    )
    return [
        _keys(facets.name, facets.address, facets.postcode, facets.wijken, facets.contents),
        _keys(backwards, facets.location, facets.contents),
    ]


def _is_single(facets: Facets, pairs: Ints) -> Bools:
    """Pairs of which either row is the only one in its version with its name and organisation."""
    of_old, of_new = _keys(facets.name, facets.organisations)
    count_old, count_new = Counter(of_old), Counter(of_new)
    old = np.array([count_old[key] == 1 for key in of_old], dtype=bool)
    new = np.array([count_new[key] == 1 for key in of_new], dtype=bool)
    return np.asarray(old[pairs[:, 0]] & new[pairs[:, 1]])


def _same_offer(alike: Likeness, single: Bools, *, numbers_count: bool) -> Bools:
    """Which pairs may be one offer."""
    name, related, organisation = alike.name >= TYPO, alike.name >= RELATED_NAME, alike.organisation > 0
    number = alike.number & numbers_count
    here, sure, elsewhere = alike.place > 0, alike.place >= SURE_PLACE, alike.place < 0
    same_rest = (alike.rest >= SAME_REST) & ~elsewhere
    return np.asarray(
        (name & organisation & (~elsewhere | single | number))  # moved only if no other offer has that name
        | (name & (sure | (number & ~elsewhere)))  # another organisation took over
        | (related & organisation & (here | same_rest | number))
        | (organisation & sure & same_rest)  # another name
        | (organisation & number & (here | same_rest))
    )
