"""Rows that probably describe the same offer: same name, organisation and place, give or take a typo.

Only pairs that share two of the three keys name, organisation and area are compared, each with its nearest
neighbours in the alphabet, so that the work grows with the number of rows and not with its square.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from einclusie_data.contract.deadline import watched
from einclusie_data.contract.organisations import organisation_key
from einclusie_data.contract.text import normalise

SIMILAR = 90
"""Similarity (0-100, rapidfuzz) from which two texts are the same but for a typo."""
SIMILAR_WORD = 75
"""Similarity that each single word must have: "maandag" is no typo of "dinsdag"."""
NEIGHBOURS = 4
"""How many neighbours in the alphabet a row is compared with, per key."""
SAME_SPOT_DEGREES = 0.0007
"""Degrees (some 50-80 m) within which two points are the same place."""

MOST_ORGANISATIONS = 100
"""Pairs of organisations of two rows that are compared for typos; of more, only equal ones count."""
LONGEST_COMPARED = 500
"""Characters of a text that is compared for typos; of a longer one only an equal one is like it."""

_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True)
class _Texts:
    """Comparable texts per row: of name, organisations, address, location and area."""

    name: list[str]
    organisations: list[frozenset[str]]
    address: list[str]
    location: list[str]
    area: list[tuple[Any, ...]]
    lat: list[float]
    lon: list[float]


def comparable(text: str) -> str:
    """A text (normalised) to compare for typos: of a very long one a mark that only an equal text has.

    The time that it takes to compare two texts grows with the product of their lengths.

    Examples
    --------
    >>> comparable("digicafe"), comparable("digicafe " * 1_000) == comparable("digicafe " * 1_001)
    ('digicafe', False)
    """
    return text if len(text) <= LONGEST_COMPARED else hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _by_unique(texts: Sequence[str]) -> list[str]:
    answers = {text: comparable(normalise(text)) for text in watched(set(texts))}
    return [answers[text] for text in texts]


def _texts(values: Mapping[str, Sequence[Any]], rows: Sequence[int]) -> _Texts:
    def column(key: str) -> list[Any]:
        return [values[key][row] for row in rows]

    names = {name for cell in column("organisations") for name in cell}
    keys = {name: comparable(organisation_key(name)) for name in watched(names)}
    return _Texts(
        name=_by_unique(column("name")),
        organisations=[frozenset(keys[name] for name in cell) for cell in column("organisations")],
        address=_by_unique(column("address")),
        location=_by_unique(column("location")),
        area=list(zip(column("postcode"), column("wijken"), column("district"), column("mode"), strict=True)),
        lat=column("lat"),
        lon=column("lon"),
    )


def _neighbours(groups: Sequence[Any], sort_by: Sequence[str]) -> set[tuple[int, int]]:
    """Pairs of positions in the same group that are near each other in the alphabet."""
    number_of = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    numbers = np.array([number_of[group] for group in groups], dtype=np.int64)
    rank_of = {text: rank for rank, text in enumerate(sorted(set(sort_by)))}
    ranks = np.array([rank_of[text] for text in sort_by], dtype=np.int64)
    order = np.lexsort((np.arange(len(numbers)), ranks, numbers))
    pairs: set[tuple[int, int]] = set()
    for step in range(1, NEIGHBOURS + 1):
        left, right = order[:-step], order[step:]
        same = numbers[left] == numbers[right]
        pairs.update(zip(left[same].tolist(), right[same].tolist(), strict=True))
    return pairs


def similar(first: str, second: str) -> bool:
    """Whether two normalised texts are the same but for a typo: same numbers, every word alike.

    Examples
    --------
    >>> similar("digicafe kiel", "digi cafe kiel"), similar("les deel 1", "les deel 2")
    (True, False)
    >>> similar("digicafe maandag in de buurt", "digicafe dinsdag in de buurt")
    False
    """
    if first.replace(" ", "") == second.replace(" ", ""):
        return True
    if _NUMBERS.findall(first) != _NUMBERS.findall(second) or fuzz.ratio(first, second) < SIMILAR:
        return False
    words, others = set(first.split()), set(second.split())
    return _all_alike(words - others, others) and _all_alike(others - words, words)


def _all_alike(words: set[str], others: set[str]) -> bool:
    return all(process.extractOne(word, others, scorer=fuzz.ratio, score_cutoff=SIMILAR_WORD) for word in words)


def _same_organisation(first: frozenset[str], second: frozenset[str]) -> bool:
    if first & second:
        return True
    few = len(first) * len(second) <= MOST_ORGANISATIONS
    return few and any(fuzz.ratio(one, other) >= SIMILAR for one in first for other in second)


def _same_place(texts: _Texts, one: int, other: int) -> bool:
    """Whether two rows are at one place, by the most exact thing that both of them give."""
    gap = max(abs(texts.lat[one] - texts.lat[other]), abs(texts.lon[one] - texts.lon[other]))
    if not np.isnan(gap):
        return gap <= SAME_SPOT_DEGREES
    postcodes = {texts.area[one][0], texts.area[other][0]} - {""}
    if len(postcodes) > 1:
        return False
    for kind in (texts.address, texts.location):
        if kind[one] and kind[other]:
            return similar(kind[one], kind[other])
    return texts.area[one] == texts.area[other]


def _like_names(texts: _Texts, pairs: NDArray[np.intp]) -> NDArray[np.intp]:
    """Pairs whose names are alike, by a fast first look."""
    first = [texts.name[one].replace(" ", "") for one in pairs[:, 0]]
    second = [texts.name[other].replace(" ", "") for other in pairs[:, 1]]
    scores = process.cpdist(first, second, scorer=fuzz.ratio, score_cutoff=SIMILAR, dtype=np.uint8)
    return pairs[scores > 0]


def find_duplicates(values: Mapping[str, Sequence[Any]], rows: Sequence[int]) -> dict[int, int]:
    """Probable duplicates among offers.

    Parameters
    ----------
    values : mapping of str to sequence
        Clean values per column: name, organisations, address, location, postcode, wijken, district, mode, lat, lon.
    rows : sequence of int
        Places of the rows to compare, ascending.

    Returns
    -------
    dict of int to int
        Place of a row -> place of the earliest row that it resembles.
    """
    if len(rows) < 2:
        return {}
    texts = _texts(values, rows)
    names = [name.replace(" ", "") for name in texts.name]
    organisations = [min(keys, default="") for keys in texts.organisations]
    pairs = _neighbours(list(zip(organisations, (area[:3] for area in texts.area), strict=True)), texts.name)
    pairs |= _neighbours(list(zip(names, organisations, strict=True)), texts.address)
    pairs |= _neighbours(list(zip(names, (area[0] for area in texts.area), strict=True)), organisations)
    found: dict[int, int] = {}
    for pair in watched(_like_names(texts, np.array(sorted(pairs), dtype=np.intp).reshape(-1, 2)).tolist()):
        earlier, later = sorted(pair)
        if later not in found and _is_duplicate(texts, earlier, later):
            found[later] = found.get(earlier, earlier)
    return {rows[later]: rows[earlier] for later, earlier in found.items()}


def _is_duplicate(texts: _Texts, one: int, other: int) -> bool:
    return (
        _same_organisation(texts.organisations[one], texts.organisations[other])
        and _same_place(texts, one, other)
        and similar(texts.name[one], texts.name[other])
    )
