"""How much two rows of Aanbod, one of each version, look like the same offer: by name, organisation, place and more."""

from __future__ import annotations

import re
from collections.abc import Callable
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
