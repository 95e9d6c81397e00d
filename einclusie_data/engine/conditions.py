"""Which offers count for which question, and which would under one changed condition (DESIGN §4).

Every verdict, reason and caveat asks the same thing of another set of offers. The sets are written here once, as
`Flag`; `flag_bits` gives per offer and case a mask with a bit for every set that the offer belongs to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntFlag
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.contract import codelists, settings
from einclusie_data.contract.arrays import Array
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.questions import FILTER_COLUMNS, Case
from einclusie_data.engine.locate import Supply

Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]

REGULAR_FREQUENCIES = (codelists.DAILY, codelists.WEEKLY, codelists.FORTNIGHTLY, "")
ACTIVE_STATUSES = (codelists.ACTIVE, "")


class Flag(IntFlag):
    """Sets of offers. "Suitable" is the contract's word: active, for the group, within the filters.

    To add a set: one line here, with the next power of two, and one in `_case_bits` that says which offers belong to
    it (and the set's name in `ONLY_EXACT` or `WITH_HINTS`, when it belongs there). All else follows from the flags. The
    sixteen of today fill masks of 16 bits: with a seventeenth, `MASK` becomes 32 bits wide, and a question takes up to
    twice the memory and half as much time again (measured at 20,000 offers).
    """

    REGULAR_SPECIFIC = 1 << 0
    """Suitable, specific for the group (for Iedereen: suitable), regular."""
    REGULAR = 1 << 1
    """Suitable and regular."""
    SUITABLE = 1 << 2
    FRESH_REGULAR_SPECIFIC = 1 << 3
    FRESH_REGULAR = 1 << 4
    FRESH = 1 << 5
    """As the first three, without stale offers."""
    EXACT_REGULAR_SPECIFIC = 1 << 6
    EXACT_REGULAR = 1 << 7
    EXACT = 1 << 8
    """As the first three, without approximate points."""
    GROUP_WAIVED = 1 << 9
    """(a) offers with an unknown group were suitable."""
    FILTER_WAIVED = 1 << 10
    """(c) offers whose filtered cell is unknown passed that filter."""
    ALL_WAIVED = 1 << 11
    """(a), (b) and (c) together."""
    PLACE_WAIVED = 1 << 12
    """(b) suitable, unplaced ones counted at the centres of their hint area."""
    UNFILTERED = 1 << 13
    """Without the optional filters."""
    IF_ACTIVE = 1 << 14
    """If every offer were active."""
    ANY_GROUP = 1 << 15
    """If every active offer that passes the filters were for this group."""

    @property
    def position(self) -> int:
        """Which bit of a mask this set is, counted from the lowest (0)."""
        return int(self).bit_length() - 1


ONLY_EXACT = Flag.EXACT_REGULAR_SPECIFIC | Flag.EXACT_REGULAR | Flag.EXACT
WITH_HINTS = Flag.PLACE_WAIVED | Flag.ALL_WAIVED
"""Sets in which an unplaced offer counts, at the centres of its hint area."""

MASK = np.dtype(np.min_scalar_type(int(max(Flag))))
"""Type of a mask: the narrowest unsigned whole number with a bit for every flag."""
MASKS_PER_64_BITS = 8 // MASK.itemsize
"""How many masks side by side can be combined as one number of 64 bits."""


@dataclass(frozen=True)
class Traits:
    """What is true of each offer on the reference date, whatever is asked: bool arrays over the offers.

    `home` is help at home that lasts; it is among `regular` however often it comes, since at_home asks no more.
    `known[field]` says for every filter field whether the cell was understood, `members[field]` who holds which value.
    """

    active: Bools
    lasting: Bools
    regular: Bools
    fresh: Bools
    home: Bools
    groups: Mapping[str, Bools]
    group_known: Bools
    open: Bools
    known: Mapping[str, Bools]
    members: Mapping[str, Mapping[str, Bools]]


def days_after(day: pd.Series[pd.Timestamp], on: date) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Days from `on` to each date; NaN where the date is unknown."""
    days = day.to_numpy().astype("datetime64[D]") - np.datetime64(on)
    return np.where(np.isnat(days), np.nan, days.astype(float))


def _read(cells: pd.Series[Any]) -> tuple[Bools, dict[str, Bools]]:
    """Which cells of a column say something; and value -> which offers hold it, for every value that occurs."""
    codes, unique = pd.factorize(cells.to_numpy(dtype=object), use_na_sentinel=False)
    held = [{cell} - {""} if isinstance(cell, str) else set(cell) for cell in unique]
    values = sorted(set().union(*held) - {""})
    known = np.array([bool(words) for words in held], dtype=bool)[codes]
    holders: dict[str, list[int]] = {value: [] for value in values}
    for place, words in enumerate(held):
        for word in words:
            holders[word].append(place)
    return known, {value: _marked(places, len(held))[codes] for value, places in holders.items()}


def _marked(places: list[int], size: int) -> Bools:
    """True at some places."""
    marks = np.zeros(size, dtype=bool)
    marks[places] = True
    return marks


def traits_of(supply: Supply, on: date) -> Traits:
    """Work out what is true of each offer on a reference date.

    Parameters
    ----------
    supply : Supply
    on : datetime.date

    Returns
    -------
    Traits
    """
    offers = supply.offers
    until, since, age = (days_after(offers[name], on) for name in ("valid_to", "valid_from", "checked"))
    lasting = np.isnan(until) | (until > settings.LASTING_DAYS)
    current = ~(until < 0) & ~(since > 0)
    mode = offers["mode"].to_numpy(dtype=object)
    frequent = offers["frequency"].isin(REGULAR_FREQUENCIES).to_numpy() & (mode != codelists.ROAMING)
    home = lasting & (mode == codelists.AT_HOME)
    group_known, groups = _read(offers["groups"])
    filtered = {field: _read(offers[column]) for field, column in FILTER_COLUMNS.items()}
    nobody = np.zeros(len(offers), dtype=bool)
    return Traits(
        active=offers["status"].isin(ACTIVE_STATUSES).to_numpy() & current,
        lasting=lasting,
        regular=(lasting & frequent) | home,
        fresh=~(-age > settings.STALE_DAYS),
        home=home,
        groups=groups,
        group_known=group_known,
        open=groups.get(codelists.EVERYONE, nobody),
        known={field: known for field, (known, _) in filtered.items()},
        members={field: members for field, (_, members) in filtered.items()},
    )


def passes(traits: Traits, field: str, values: tuple[str, ...]) -> Bools:
    """Which offers pass one filter: one of their values is chosen. A cell that is unknown does not pass."""
    result = np.zeros_like(traits.active)
    for value in values:
        result |= traits.members[field].get(value, False)
    return result


def specific(traits: Traits, group: str) -> Bools:
    """Which offers are specific for a group (for Iedereen: the open ones)."""
    return traits.groups.get(group, np.zeros_like(traits.active))


def for_group(traits: Traits, group: str, *, open_counts: bool) -> Bools:
    """Which offers are for a group: specific for it, or open when those count."""
    return specific(traits, group) | traits.open if open_counts else specific(traits, group)


def holds(bits: Array, flag: Flag) -> Array:
    """Whether the bit of a set is there in each mask: bool, the shape of `bits`.

    Examples
    --------
    >>> holds(np.array([4, 5, 2], dtype=MASK), Flag.SUITABLE).tolist()
    [True, True, False]
    """
    return np.asarray((bits & int(flag)) != 0)


def flag_bits(traits: Traits, cases: tuple[Case, ...], *, open_counts: bool) -> Array:
    """For every offer and case, the sets that the offer belongs to.

    Parameters
    ----------
    traits : Traits
    cases : tuple of Case
    open_counts : bool
        "Aanbod voor iedereen telt mee".

    Returns
    -------
    numpy.ndarray of `MASK`, shape (offers, cases padded to a multiple of `MASKS_PER_64_BITS`)
        Bits of `Flag`. Padding columns are 0: masks side by side can be read as numbers of 64 bits.
    """
    padded = -(-len(cases) // MASKS_PER_64_BITS) * MASKS_PER_64_BITS
    bits = np.zeros((len(traits.active), padded), dtype=MASK)
    for column, case in enumerate(watched(cases)):
        bits[:, column] = _case_bits(traits, case, open_counts=open_counts)
    return bits


def _case_bits(traits: Traits, case: Case, *, open_counts: bool) -> Array:
    ours = for_group(traits, case.group, open_counts=open_counts)
    narrow = specific(traits, case.group)
    passed = np.ones_like(traits.active)
    lenient = np.ones_like(traits.active)
    for field, values in case.filters.chosen.items():
        one = passes(traits, field, values)
        passed &= one
        lenient &= one | ~traits.known[field]
    active, regular, fresh = traits.active, traits.regular, traits.fresh
    suitable = active & ours & passed
    ours_or_unknown = ours | ~traits.group_known
    sets = {
        Flag.REGULAR_SPECIFIC | Flag.EXACT_REGULAR_SPECIFIC: suitable & narrow & regular,
        Flag.REGULAR | Flag.EXACT_REGULAR: suitable & regular,
        Flag.SUITABLE | Flag.EXACT | Flag.PLACE_WAIVED: suitable,
        Flag.FRESH_REGULAR_SPECIFIC: suitable & narrow & regular & fresh,
        Flag.FRESH_REGULAR: suitable & regular & fresh,
        Flag.FRESH: suitable & fresh,
        Flag.GROUP_WAIVED: active & ours_or_unknown & passed,
        Flag.FILTER_WAIVED: active & ours & lenient,
        Flag.ALL_WAIVED: active & ours_or_unknown & lenient,
        Flag.UNFILTERED: active & ours,
        Flag.IF_ACTIVE: ours & passed,
        Flag.ANY_GROUP: active & passed,
    }
    bits = np.zeros(len(active), dtype=MASK)
    for flags, members in sets.items():
        bits |= np.where(members, MASK.type(flags), MASK.type(0))
    return bits
