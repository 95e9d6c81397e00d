"""Which method, or which partner, is which in two versions: by name, with tolerance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from rapidfuzz import fuzz

from einclusie_data.changes.candidates import candidate_pairs
from einclusie_data.changes.matching import Left, Pairs
from einclusie_data.changes.meanings import Meanings
from einclusie_data.checking.duplicates import comparable, similar
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.text import normalise


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
