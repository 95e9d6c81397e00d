"""Measures of sets of offers -> the verdict of every wijk for every case (DESIGN §4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from einclusie_data.contract import codelists, settings, verdicts
from einclusie_data.contract.arrays import Array
from einclusie_data.contract.questions import Case
from einclusie_data.engine.conditions import Flag
from einclusie_data.engine.coverage import at_least
from einclusie_data.engine.measures import Measures

FULL, OPEN, SOME, NONE = 3, 2, 1, 0
"""Levels of a set of offers: gedekt, algemeen, beperkt, none of these."""


class Judged(NamedTuple):
    """Verdicts and what they follow from, per wijk and case: arrays of shape (wijken, cases).

    `less_mobile` (bool, shape (1, cases)): for this group home is the place. `level` is that of the offers that count,
    `unknown` the reason why we would not know ("" = none), `verdict` the value of `oordeel`.
    """

    less_mobile: Array
    level: Array
    unknown: Array
    verdict: Array


def judge(measures: Measures, cases: tuple[Case, ...], inhabited: Array) -> Judged:
    """Give every wijk its verdict for every case.

    Parameters
    ----------
    measures : Measures
        Only `present`, `served`, `home` and `shares` are looked at.
    cases : tuple of Case
    inhabited : numpy.ndarray of bool, shape (wijken,)
    """
    less_mobile = np.array([[case.group == codelists.LESS_MOBILE for case in cases]])
    level = level_of(measures, (Flag.REGULAR_SPECIFIC, Flag.REGULAR, Flag.SUITABLE), less_mobile)
    unknown = _unknown_reason(measures, less_mobile)
    return Judged(less_mobile, level, unknown, _verdicts(measures, level, unknown, inhabited))


def at_home(measures: Measures, flag: Flag, less_mobile: Array) -> Array:
    """at_home(S): only for less mobile people is home the place."""
    return measures.has(measures.home, flag) & less_mobile


def level_of(measures: Measures, flags: tuple[Flag, Flag, Flag], less_mobile: Array) -> Array:
    """Level that three sets reach: the regular specific offers, the regular ones, all."""
    full = at_least(measures.share(flags[0]), settings.COVERED_SHARE) | at_home(measures, flags[0], less_mobile)
    wide = at_least(measures.share(flags[1]), settings.COVERED_SHARE) | at_home(measures, flags[1], less_mobile)
    some = measures.has(measures.present, flags[2]) | at_least(measures.share(flags[2]), settings.LIMITED_SHARE)
    return np.select([full, wide, some], [FULL, OPEN, SOME], NONE)


def some_offer(measures: Measures, flag: Flag, less_mobile: Array) -> Array:
    """Whether the verdict would be gedekt, algemeen or beperkt with this set.

    Its share of regular offers can't be above its whole share, so only beperkt's own conditions and home count.
    """
    return (
        measures.has(measures.present, flag)
        | at_least(measures.share(flag), settings.LIMITED_SHARE)
        | at_home(measures, flag, less_mobile)
    )


def _unknown_reason(measures: Measures, less_mobile: Array) -> Array:
    """Reason of onbekend where it would hold, else ""."""
    order = [
        (Flag.GROUP_WAIVED, verdicts.GROUP_UNKNOWN),
        (Flag.PLACE_WAIVED, verdicts.PLACE_UNKNOWN),
        (Flag.FILTER_WAIVED, verdicts.FILTER_UNKNOWN),
        (Flag.ALL_WAIVED, verdicts.SEVERAL_UNKNOWN),
    ]
    return select_words(
        [some_offer(measures, flag, less_mobile) for flag, _ in order], [reason for _, reason in order], ""
    )


def _verdicts(measures: Measures, level: Array, unknown: Array, inhabited: Array) -> Array:
    """Value of `oordeel` per wijk and case: the first condition that holds."""
    conditions = [
        np.broadcast_to(~inhabited[:, None], level.shape),
        level == FULL,
        level == OPEN,
        level == SOME,
        unknown != "",
        measures.has(measures.served, Flag.SUITABLE),
    ]
    return select_words(conditions, list(verdicts.ORDER[:-1]), verdicts.ORDER[-1])


def select_words(conditions: Sequence[Array], words: Sequence[str], otherwise: str) -> Array:
    """The word of the first condition that holds, as texts of their own length.

    NumPy's own arrays of text give every cell the room of the longest one.

    Examples
    --------
    >>> select_words([np.array([True, False]), np.array([True, True])], ["a", "bc"], "").tolist()
    ['a', 'bc']
    """
    choice = np.select(conditions, range(len(words)), len(words))
    return np.asarray(np.array([*words, otherwise], dtype=object)[choice])
