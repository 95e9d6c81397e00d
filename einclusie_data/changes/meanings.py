"""What the cells of two versions of a sheet say, as numbers that are equal where the cells mean the same.

"senioren" and "Ouderen" get one number, and so do "Kiel; Dam" and "Dam; Kiel", 1/09/2026 and 2026-09-01, and the old
and the new name of an organisation. What was not understood is compared as text.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from einclusie_data.contract.arrays import Ints
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.organisations import OrganisationNames, organisation_key
from einclusie_data.contract.schema import OFFERS, Column, Kind, Sheet
from einclusie_data.contract.text import compact, hard_segments
from einclusie_data.contract.workbook import Workbook

Naming = Callable[[str], str]

NUMBER = "number"
"""Key of the column Nr, which says nothing about the offer itself."""
WHOLE_CITY = "*"
_DEGREE_DECIMALS = 6
_PARTLY_UNDERSTOOD = frozenset(
    {"waarde-onbekend", "meer-waarden", "wijk-onbekend", "wijk-onduidelijk", "district-onbekend"}
)
"""Codes of problems with which a cell says more than its clean value."""


class Shared(NamedTuple):
    """Values of the rows of two versions as numbers: equal number = equal value; 0 = no value.

    The numbers follow the order of the values, so they depend neither on the order of the rows nor on which version is
    the older one.
    """

    old: Ints
    new: Ints
    values: list[Any]


def shared_numbers(old: Sequence[Hashable], new: Sequence[Hashable], *, nothing: Hashable = None) -> Shared:
    """Number the values of two versions.

    Examples
    --------
    >>> shared = shared_numbers(["b", ""], ["a", "b"], nothing="")
    >>> shared.old.tolist(), shared.new.tolist(), shared.values
    ([2, 0], [1, 2], ['', 'a', 'b'])
    """
    values = sorted({*old, *new} - {nothing}, key=repr)
    number_of = {value: place for place, value in enumerate(values, start=1)} | {nothing: 0}
    return Shared(
        np.array([number_of[value] for value in old], dtype=np.int64),
        np.array([number_of[value] for value in new], dtype=np.int64),
        [nothing, *values],
    )


def one_name(old: Workbook, new: Workbook) -> Naming:
    """A function that gives every name of an organisation, in either version, the same key.

    Names are followed through the sheet Partners of both versions, so that a name that only one of them knows as a
    former one is understood too.
    """
    before, now = (
        OrganisationNames(zip(book.partners["organisation"], book.partners["other_names"], strict=True))
        for book in (old, new)
    )
    known: dict[str, str] = {}

    def key(name: str) -> str:
        if name not in known:
            forward = now.current(before.current(now.current(name)))
            backward = before.current(now.current(before.current(name)))
            known[name] = min(organisation_key(forward), organisation_key(backward))
        return known[name]

    return key


@dataclass(frozen=True)
class Meanings:
    """What every cell says.

    Attributes
    ----------
    keys : tuple of str
        Columns of the sheet.
    old, new : numpy.ndarray of int, shape (rows, columns)
        See `Shared`; 0 = empty.
    """

    keys: tuple[str, ...]
    old: Ints
    new: Ints

    def column(self, key: str) -> tuple[Ints, Ints]:
        """The numbers of one column in both versions."""
        place = self.keys.index(key)
        return self.old[:, place], self.new[:, place]

    def contents(self) -> Shared:
        """One number per row for all its cells but Nr."""
        kept = [place for place, key in enumerate(self.keys) if key != NUMBER]
        both = np.concatenate([self.old, self.new])[:, kept]
        _, number = np.unique(both, axis=0, return_inverse=True)
        return Shared(number[: len(self.old)], number[len(self.old) :], [])


def cell_meanings(old: Workbook, new: Workbook, sheet: Sheet, naming: Naming) -> Meanings:
    """Compare what two versions of a sheet say.

    Parameters
    ----------
    old, new : Workbook
    sheet : Sheet
    naming : callable
        From `one_name`.
    """
    partly = [_partly_understood(book, sheet) for book in (old, new)]
    shared = [
        shared_numbers(
            *(_says(book, sheet, column, naming, rows) for book, rows in zip((old, new), partly, strict=True))
        )
        for column in sheet.columns
    ]
    return Meanings(
        tuple(column.key for column in sheet.columns),
        np.stack([one.old for one in shared], axis=1),
        np.stack([one.new for one in shared], axis=1),
    )


def _partly_understood(workbook: Workbook, sheet: Sheet) -> set[tuple[str | None, int | None]]:
    """Header (as in the file) and Excel row of the cells that say more than their clean value."""
    names = {report.name for report in workbook.reports if report.key == sheet.key}
    return {(one.column, one.row) for one in workbook.problems if one.code in _PARTLY_UNDERSTOOD and one.sheet in names}


def _says(
    workbook: Workbook, sheet: Sheet, column: Column, naming: Naming, partly: set[tuple[str | None, int | None]]
) -> list[Hashable]:
    """What the cells of a column say, per row; None = nothing."""
    table: pd.DataFrame = getattr(workbook, sheet.key)
    says = _values(table, column, naming)
    if column.key == "wijken" and sheet is OFFERS:
        says = [WHOLE_CITY if whole else value for whole, value in zip(table["whole_city"], says, strict=True)]
    written = workbook.written.get(sheet.key)
    if column.kind is Kind.TEXT or written is None or column.key not in written:
        return says
    report = next(one for one in workbook.reports if one.key == sheet.key)
    header = report.columns.get(column.key)
    return [
        (value, _words(text)) if text and (value is None or (header, row) in partly) else value
        for value, text, row in watched(zip(says, written[column.key], table["row"], strict=True))
    ]


def _words(text: str) -> tuple[str, ...]:
    """The parts of a cell that was not understood, whatever their order."""
    return tuple(sorted(compact(part) or part for part in hard_segments(text)))


def _values(table: pd.DataFrame, column: Column, naming: Naming) -> list[Hashable]:
    """The clean values of a column in a form that compares; None = unknown."""
    cells = watched(table[column.key].tolist())
    if column.kind in (Kind.LATITUDE, Kind.LONGITUDE):
        return [None if pd.isna(cell) else round(cell, _DEGREE_DECIMALS) for cell in cells]
    if column.kind in (Kind.DATE, Kind.COUNT):
        return [None if pd.isna(cell) else cell for cell in cells]
    if column.kind is Kind.TEXT:
        return [" ".join(cell.split()) or None for cell in cells]
    if column.kind is Kind.ORGANISATIONS:
        return [tuple(sorted({naming(name) for name in cell})) or None for cell in cells]
    if column.kind is Kind.TEXTS:
        return [tuple(sorted({compact(word) or word for word in cell})) or None for cell in cells]
    return [cell or None for cell in cells]
