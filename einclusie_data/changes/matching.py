"""Which row of the newer version is the same offer as which row of the older one, whatever its Nr or its place in the
sheet.

First the rows that say exactly the same, then those with one name, organisation and place; the others are compared
with what they share a name, an organisation, an address, a point or a number with, and the most alike go together
first. Numbers count only while they mean something: when most of the rows that are surely the same kept theirs.

How much two rows of Aanbod, one of each version, look like the same offer: by name, organisation, place and more.

Which rows of two versions are worth comparing: those that share something, each with not too many others.

The work grows with the number of rows and not with its square: rows that share a key are all compared as long as they
are few; in a large group each row only meets its nearest neighbours in the alphabet.

Which method, or which partner, is which in two versions: by name, with tolerance.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from einclusie_data.changes.meanings import NUMBER, Meanings, Naming, Shared, shared_numbers
from einclusie_data.checking.duplicates import MOST_ORGANISATIONS, SAME_SPOT_DEGREES, comparable, similar
from einclusie_data.contract.arrays import Bools, Floats, Ints
from einclusie_data.contract.deadline import check, watched
from einclusie_data.contract.text import compact, normalise
from einclusie_data.contract.workbook import Workbook


def match_by_name(
    old: Sequence[str], new: Sequence[str], meanings: Meanings, key: Callable[[str], str] = normalise
) -> Pairs:
    """Match the rows of two versions of a list.

    Parameters
    ----------
    old, new : sequence of str
        Their names.
    meanings : Meanings
        Of that sheet: rows that say exactly the same go together first.
    key : callable
        Names with the same key are the same.

    Returns
    -------
    list of (int, int)
        Positions in either version, in the order of the newer one.
    """
    left = Left(len(old), len(new))
    contents = meanings.contents()
    left.join_equal(contents.old.tolist(), contents.new.tolist())
    left.join_equal([key(name) for name in old], [key(name) for name in new])
    _join_similar([_comparable(name) for name in watched(old)], [_comparable(name) for name in watched(new)], left)
    return sorted(left.pairs, key=lambda pair: pair[1])


def _comparable(name: str) -> str:
    return comparable(normalise(name))


def _join_similar(old: Sequence[str], new: Sequence[str], left: Left) -> None:
    block = ([(row, None) for row in left.old], [(row, None) for row in left.new])
    backwards: tuple[list[Any], list[Any]] = ([name[::-1] for name in old], [name[::-1] for name in new])
    pairs = [
        (one, other)
        for one, other in watched(candidate_pairs([block], [(old, new), backwards]).tolist())
        if similar(old[one], new[other])
    ]
    scores = np.array([fuzz.ratio(old[one], new[other]) for one, other in pairs])
    names = [sorted((old[one], new[other])) for one, other in pairs]
    for place in sorted(range(len(pairs)), key=lambda at: (-scores[at], names[at], pairs[at])):
        left.join(*pairs[place])


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


OTHER_NAME, RELATED_NAME, TYPO, SAME = 0, 1, 2, 3
"""How alike two names are: not; nearly the same text, or one says more than the other; but for a typo; the same."""
NEARLY = 85
"""Similarity (0-100, rapidfuzz) from which two names are nearly the same text."""

_PLACE = ("location", "address", "postcode", "wijken", "lat", "lon")
_IDENTITY = frozenset({NUMBER, "name", "organisations", "district", *_PLACE})
_COORDINATES_WEIGH, _ADDRESS_WEIGHS, _LOCATION_WEIGHS, _POSTCODE_WEIGHS, _WIJK_WEIGHS = 3, 3, 2, 2, 1
SURE_PLACE = 3
"""Weight from which two rows are surely at the same place: one address, one point, or one building in one area."""
_MAX_PLACE = 11
_AT_ONCE = 1_000
"""Pairs of values that are compared before we look whether the work may go on."""

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Facets:
    """What tells one offer from another, per row of two versions."""

    meanings: Meanings
    contents: Shared
    number: Shared
    name: Shared
    organisations: Shared
    address: Shared
    location: Shared
    postcode: Shared
    wijken: Shared
    old_spot: Floats
    new_spot: Floats


def facets_of(old: Workbook, new: Workbook, naming: Naming, meanings: Meanings) -> Facets:
    """Gather what tells one offer from another."""

    def texts(key: str) -> Shared:
        return shared_numbers(*([comparable(normalise(text)) for text in watched(book.offers[key])]
                                for book in (old, new)), nothing="")  # fmt: skip

    def keys(book: Workbook) -> list[tuple[str, ...]]:
        cells = watched(book.offers["organisations"])
        return [tuple(sorted({comparable(naming(name)) for name in cell})) for cell in cells]

    return Facets(
        meanings=meanings,
        contents=meanings.contents(),
        number=shared_numbers(*(list(map(compact, book.offers[NUMBER])) for book in (old, new)), nothing=""),
        name=texts("name"),
        organisations=shared_numbers(keys(old), keys(new), nothing=()),
        address=texts("address"),
        location=texts("location"),
        postcode=shared_numbers(*(book.offers["postcode"].tolist() for book in (old, new)), nothing=""),
        wijken=shared_numbers(*(book.offers["wijken"].tolist() for book in (old, new)), nothing=()),
        old_spot=old.offers[["lat", "lon"]].to_numpy(dtype=float),
        new_spot=new.offers[["lat", "lon"]].to_numpy(dtype=float),
    )


@dataclass(frozen=True)
class Likeness:
    """How alike the rows of each pair are.

    Attributes
    ----------
    name : numpy.ndarray of int
        `SAME`, `TYPO`, `RELATED_NAME` or `OTHER_NAME`.
    organisation : numpy.ndarray of int
        2 = the same ones, 1 = they share one, 0 = others.
    place : numpy.ndarray of int
        Weight of what agrees about the place minus that of what does not; what only one row says counts for nothing.
    rest : numpy.ndarray of float
        Share (0-1) of the other cells that say the same; 0 when there are fewer than three.
    number : numpy.ndarray of bool
        Both have the same Nr.
    """

    name: Ints
    organisation: Ints
    place: Ints
    rest: Floats
    number: Bools

    def score(self, *, numbers_count: bool) -> Floats:
        """One figure to choose the best of several pairs by."""
        name_and_organisation = self.name * (4 / SAME) + self.organisation
        number = np.where(self.number & numbers_count, 1.5, 0.0)
        return np.asarray(name_and_organisation + self.place * (3 / _MAX_PLACE) + self.rest + number).round(9)


def likeness(facets: Facets, pairs: Ints) -> Likeness:
    """Compare the rows of each pair.

    Parameters
    ----------
    facets : Facets
    pairs : numpy.ndarray of int, shape (pairs, 2)
        Old and new row.
    """
    number = facets.number.old[pairs[:, 0]]
    return Likeness(
        name=_per_kind(facets.name, pairs, _name_likeness),
        organisation=_per_kind(facets.organisations, pairs, _organisation_likeness),
        place=_place(facets, pairs),
        rest=_rest(facets.meanings, pairs),
        number=(number > 0) & (number == facets.number.new[pairs[:, 1]]),
    )


def _per_kind(shared: Shared, pairs: Ints, compare: Callable[[list[Any], list[Any]], Ints]) -> Ints:
    """Compare values once for all pairs of rows that have them."""
    size = len(shared.values)
    kinds, kind = np.unique(shared.old[pairs[:, 0]] * size + shared.new[pairs[:, 1]], return_inverse=True)
    first = [shared.values[value] for value in kinds // size]
    second = [shared.values[value] for value in kinds % size]
    compared = [
        compare(first[start : start + _AT_ONCE], second[start : start + _AT_ONCE])
        for start in watched(range(0, len(kinds), _AT_ONCE))
    ]
    return np.concatenate([np.empty(0, np.int64), *compared])[kind]


def _name_likeness(first: list[str], second: list[str]) -> Ints:
    bare = [[text.replace(" ", "") for text in texts] for texts in (first, second)]
    nearly = process.cpdist(*bare, scorer=fuzz.ratio, score_cutoff=NEARLY, dtype=np.uint8) > 0
    longer = process.cpdist(first, second, scorer=fuzz.token_set_ratio, score_cutoff=100, dtype=np.uint8) > 0
    result = np.full(len(first), OTHER_NAME, dtype=np.int64)
    for place in np.flatnonzero(nearly | longer).tolist():
        one, other = first[place], second[place]
        if bare[0][place] == bare[1][place]:
            result[place] = SAME
        elif similar(one, other):
            result[place] = TYPO
        elif _DIGITS.findall(one) == _DIGITS.findall(other):
            result[place] = RELATED_NAME
    return result


def _organisation_likeness(first: list[tuple[str, ...]], second: list[tuple[str, ...]]) -> Ints:
    return np.array([_organisations_alike(*both) for both in zip(first, second, strict=True)], dtype=np.int64)


def _organisations_alike(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    if first == second:
        return 2
    if len(first) * len(second) > MOST_ORGANISATIONS:
        return int(not set(first).isdisjoint(second))
    return int(any(similar(one, other) for one in first for other in second))


def _similar(first: list[str], second: list[str]) -> Ints:
    return np.array([similar(one, other) for one, other in zip(first, second, strict=True)], dtype=np.int64)


def _share_a_wijk(first: list[tuple[str, ...]], second: list[tuple[str, ...]]) -> Ints:
    return np.array([not set(one).isdisjoint(other) for one, other in zip(first, second, strict=True)], dtype=np.int64)


def _equal(first: list[str], second: list[str]) -> Ints:
    return np.array([one == other for one, other in zip(first, second, strict=True)], dtype=np.int64)


def _place(facets: Facets, pairs: Ints) -> Ints:
    gap = np.abs(facets.old_spot[pairs[:, 0]] - facets.new_spot[pairs[:, 1]]).max(axis=1)
    result = np.where(np.isnan(gap), 0, np.where(gap <= SAME_SPOT_DEGREES, _COORDINATES_WEIGH, -_COORDINATES_WEIGH))
    for shared, weight, compare in (
        (facets.address, _ADDRESS_WEIGHS, _similar),
        (facets.location, _LOCATION_WEIGHS, _similar),
        (facets.postcode, _POSTCODE_WEIGHS, _equal),
        (facets.wijken, _WIJK_WEIGHS, _share_a_wijk),
    ):
        both = (shared.old[pairs[:, 0]] > 0) & (shared.new[pairs[:, 1]] > 0)
        result = result + np.where(both, weight * (2 * _per_kind(shared, pairs, compare) - 1), 0)
    return np.asarray(result)


def _rest(meanings: Meanings, pairs: Ints) -> Floats:
    equal, filled = np.zeros((2, len(pairs)))
    for key in meanings.keys:
        check()
        if key not in _IDENTITY:
            of_old, of_new = meanings.column(key)
            one, other = of_old[pairs[:, 0]], of_new[pairs[:, 1]]
            equal += (one > 0) & (one == other)
            filled += (one > 0) | (other > 0)
    return np.where(equal >= 3, equal / np.maximum(filled, 1), 0.0)


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
