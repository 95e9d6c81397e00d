"""Which sheet is which, where its header row is, and what its columns are (DESIGN §3).

Names are compared without regard to case, accents, spaces and punctuation, and with the aliases of `schema`; never
with typos. The header row need not be the first one and may be two rows (a group above its columns).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from einclusie_data.contract.codelists import Codelist
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.schema import OFFERS, Sheet
from einclusie_data.contract.text import clean_text, compact, known_words
from einclusie_data.contract.workbook import NO_MATCHES, How, Matches, RawSheet

HEADER_ROWS = 30
"""Rows from the top among which the header row is sought."""

LONGEST_HEADER = 100
"""Characters; what is longer is no header."""

MARK_KEYS = ("groups", "types", "dayparts")
"""Columns that may also be given as one column per value, with crosses in the cells."""

_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_PRIVATE = re.compile(r"intern|priv[eé]|niet\s+publiek|vertrouwelijk", re.IGNORECASE)
_GROUP_AND_VALUE = re.compile(r"^([^:>|/–-]+?)\s*[:>|/–-]+\s*(.+)$", re.DOTALL)


@dataclass(frozen=True)
class Mark:
    """A column with crosses: its place, the contract's column and the value that a cross stands for."""

    place: int
    key: str
    value: str


@dataclass(frozen=True)
class HeaderRow:
    """The headers of a sheet.

    Attributes
    ----------
    position : int
        Position in `RawSheet.rows` of the (last) header row; the data follow it.
    names : tuple of str
        Header per column; "" = none.
    columns : dict of str to int
        Key of the contract's column -> place of the column.
    marks : tuple of Mark
    doubles : dict of int to str
        Place of a column that the contract has already found elsewhere -> key.
    how : dict of str to How
        Key of the contract's column -> how its header was understood.
    ignored : set of int
        Places of the columns that were matched by hand with nothing.
    refused : dict of int to str
        Place of a column whose match by hand was not followed -> key that it was matched with.
    """

    position: int
    names: tuple[str, ...]
    columns: dict[str, int] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    doubles: dict[int, str] = field(default_factory=dict)
    how: dict[str, How] = field(default_factory=dict, compare=False)
    ignored: set[int] = field(default_factory=set)
    refused: dict[int, str] = field(default_factory=dict)

    @property
    def score(self) -> int:
        """How many columns were recognised."""
        return len(self.columns) + len(self.marks)


def sheet_key(name: str, sheets: Sequence[Sheet]) -> str | None:
    """Key of the contract's sheet that a name means, or None."""
    wanted = compact(name)
    for sheet in sheets:
        if wanted in {compact(known) for known in (sheet.name, *sheet.aliases)}:
            return sheet.key
    return None


def is_private(name: str) -> bool:
    """Whether a header says that its column is not for everyone.

    Examples
    --------
    >>> is_private("Contact (intern)"), is_private("Contact")
    (True, False)
    """
    return _PRIVATE.search(name) is not None


def _keys_of_header(name: str) -> tuple[str, ...]:
    """Ways to look a header up: as it is, without its first line's explanation, without brackets."""
    forms = [compact(name)]
    if is_private(name):
        return tuple(forms)
    if "(" in name or "[" in name:
        forms.append(compact(_BRACKETS.sub(" ", name)))
    if "\n" in name:
        forms.append(compact(name.split("\n", 1)[0].rstrip(":")))
    return tuple(dict.fromkeys(forms))


@lru_cache(maxsize=16)
def _header_tables(sheet: Sheet) -> tuple[dict[str, str], dict[str, str]]:
    """Key of a header -> key of the column: exact headers alone, and with their aliases."""
    exact = {compact(column.header): column.key for column in sheet.columns}
    aliases = {compact(alias): column.key for column in sheet.columns for alias in column.aliases}
    return exact, aliases | exact


@lru_cache(maxsize=4)
def _mark_labels(sheet: Sheet) -> dict[str, str]:
    """Key of a label -> the column of `MARK_KEYS` that it names; empty for sheets without crosses."""
    if sheet.key != OFFERS.key:
        return {}
    columns = [sheet.column(key) for key in MARK_KEYS]
    return {compact(name): column.key for column in columns for name in (column.header, *column.aliases)}


class _Reader:
    """Reads rows of names as headers of one kind of sheet, remembering what it made of each name."""

    def __init__(self, sheet: Sheet, codelists: Mapping[str, Codelist], matches: Matches) -> None:
        self._sheet = sheet
        self._matches = {header: key for (of, header), key in matches.items() if of == sheet.key}
        self._tables = _header_tables(sheet)
        self._labels = _mark_labels(sheet)
        self._words = {key: known_words(codelists[sheet.column(key).header]) for key in MARK_KEYS if self._labels}
        self._keys: dict[str, tuple[str | None, str | None]] = {}
        self._label_of: dict[str, str | None] = {}
        self._meanings: dict[tuple[str, str | None], tuple[str, str] | None] = {}

    def _column(self, name: str, table: int) -> str | None:
        """Key of the column that a header names, by its exact name (table 0) or by an alias too (table 1)."""
        if name not in self._keys:
            forms = _keys_of_header(name) if 0 < len(name) <= LONGEST_HEADER else ()
            exact, known = (next((names[form] for form in forms if form in names), None) for names in self._tables)
            self._keys[name] = (exact, known)
        return self._keys[name][table]

    def _label(self, group: str) -> str | None:
        """The column of `MARK_KEYS` that the label of a group names."""
        if group not in self._label_of:
            self._label_of[group] = self._labels.get(compact(group)) if self._labels and group else None
        return self._label_of[group]

    def _mark(self, place: int, name: str, group: str) -> Mark | None:
        """The cross column that a name is, under the label of a group or with that label before it."""
        label = self._label(group)
        if (name, label) not in self._meanings:
            self._meanings[name, label] = self._meaning(name, label)
        meaning = self._meanings[name, label]
        return None if meaning is None else Mark(place, *meaning)

    def _meaning(self, name: str, label: str | None) -> tuple[str, str] | None:
        """Key of the column and the value that a cross stands for under a name, and under the label of a group."""
        key, word = label, name
        parts = _GROUP_AND_VALUE.match(name)
        if key is None and parts:
            key = self._label(parts[1])
            word = parts[2] if key else name
        wanted = compact(word)
        for choice in (key,) if key else self._words:
            value = self._words[choice].get(wanted)
            if value is not None:
                return choice, value
        return None

    def _marks(self, names: Sequence[str], groups: Sequence[str], places: Iterable[int]) -> list[Mark]:
        if not self._labels:
            return []
        marks = (self._mark(place, names[place], groups[place]) for place in places)
        return [mark for mark in marks if mark]

    def _matched(self, names: Sequence[str]) -> dict[int, str]:
        """Place -> key, or "", of the columns that were matched by hand; a name of the contract means itself."""
        if not self._matches:
            return {}
        keys = {column.key for column in self._sheet.columns} | {""}
        found = {place: self._matches.get(compact(name)) for place, name in enumerate(names) if name}
        return {place: key for place, key in found.items() if key in keys}  # a key of another version means nothing

    def _place_by_name(self, row: HeaderRow, table: int, skipped: set[int]) -> None:
        """Place the columns whose header is an exact name (table 0), or also an alias (1)."""
        for place, name in enumerate(row.names):
            key = self._column(name, table)
            if key is None or place in skipped or place in row.doubles or place in row.columns.values():
                continue
            if key in row.columns:
                row.doubles[place] = key
            else:
                row.columns[key], row.how[key] = place, How.ALIAS if table else How.NAME

    def _place_by_hand(self, row: HeaderRow, matched: Mapping[int, str]) -> None:
        """Place the columns that were matched by hand; what is there by its own name is never overridden."""
        for place, key in matched.items():
            if row.columns.get(self._column(row.names[place], 0) or "") == place:
                continue
            row.doubles.pop(place, None)
            if not key:
                row.ignored.add(place)
            elif key in row.columns or self._leaks(row.names[place], key):
                row.refused[place] = key
            else:
                row.columns[key], row.how[key] = place, How.HAND

    def _leaks(self, name: str, key: str) -> bool:
        """Whether a column that calls itself internal would become one that everybody sees."""
        return is_private(name) and not self._sheet.column(key).internal

    def _place(self, row: HeaderRow, skipped: set[int], matched: Mapping[int, str]) -> None:
        """Exact names go before matches by hand, and those before aliases."""
        self._place_by_name(row, 0, skipped)
        self._place_by_hand(row, matched)
        self._place_by_name(row, 1, skipped | row.ignored | row.refused.keys())

    def read(self, position: int, names: tuple[str, ...], groups: Sequence[str]) -> HeaderRow:
        """One way to read a row of names, with the labels of the groups above them ("" = none)."""
        matched = self._matched(names)
        grouped = [
            place
            for place, group in enumerate(groups if self._labels else ())
            if place not in matched
            and 0 < len(group) <= LONGEST_HEADER
            and group != names[place]
            and len(names[place]) <= LONGEST_HEADER
            and self._label(group) is not None
        ]
        marks = self._marks(names, groups, grouped)
        row = HeaderRow(position, names)
        self._place(row, {mark.place for mark in marks}, matched)
        taken = {*row.columns.values(), *row.doubles, *grouped, *matched}
        free = (place for place, name in enumerate(names) if place not in taken and 0 < len(name) <= LONGEST_HEADER)
        return replace(row, marks=tuple(marks + self._marks(names, groups, free)))


def _spread(sheet: RawSheet, position: int, names: Sequence[str]) -> list[str]:
    """Labels of a row of groups, each carried over the columns that it covers."""
    number = sheet.numbers[position]
    merged = [box for box in sheet.merged if box[0] <= number <= box[2]]
    if merged:
        spread = list(names)
        for _, first, _, last in merged:
            label = names[first - 1] if first <= len(names) else ""
            spread[first - 1 : last] = [label] * len(spread[first - 1 : last])
        return spread
    spread, label = [], ""
    for name in names:
        label = name or label
        spread.append(label)
    return spread


def _candidates(raw: RawSheet, sheet: Sheet, codelists: Mapping[str, Codelist], matches: Matches) -> list[HeaderRow]:
    """Every way to read one of the first rows as headers: each row alone, then each with the row below it."""
    reader = _Reader(sheet, codelists, matches)
    rows = [tuple(clean_text(cell) for cell in row) for row in raw.rows[:HEADER_ROWS]]
    found = [reader.read(position, names, [""] * len(names)) for position, names in enumerate(watched(rows))]
    for position, (names, below) in enumerate(watched(pairwise(rows))):
        joined = tuple(low or high for high, low in zip(names, below, strict=True))
        groups = [high if low else "" for high, low in zip(_spread(raw, position, names), below, strict=True)]
        found.append(reader.read(position + 1, joined, groups))
    return found


def missing_headers(sheet: Sheet, header: HeaderRow | None) -> tuple[str, ...]:
    """Headers of the required columns that are not there."""
    there = header.columns if header else {}
    return tuple(column.header for column in sheet.columns if column.required and column.key not in there)


def find_header(
    raw: RawSheet, sheet: Sheet, codelists: Mapping[str, Codelist], matches: Matches = NO_MATCHES
) -> HeaderRow | None:
    """The header row of a sheet.

    Parameters
    ----------
    raw : RawSheet
    sheet : Sheet
        What the sheet should hold.
    codelists : mapping of str to Codelist
        For headers of columns with crosses.
    matches : mapping, optional
        What was matched by hand.

    Returns
    -------
    HeaderRow or None
        The reading with all required headers and most recognised ones; the first of equals, one row before two.
        None when no row has the required headers.
    """
    complete = [header for header in _candidates(raw, sheet, codelists, matches) if not missing_headers(sheet, header)]
    return max(complete, key=lambda header: header.score, default=None)  # the first of equals: one row before two


def best_guess(
    raw: RawSheet, sheet: Sheet, codelists: Mapping[str, Codelist], matches: Matches = NO_MATCHES
) -> HeaderRow | None:
    """The row that resembles a header row most, for a message; None when no row has a known header."""
    header = max(_candidates(raw, sheet, codelists, matches), key=lambda header: header.score, default=None)
    return header if header and header.score else None
