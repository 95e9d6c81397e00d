"""The shapes in which a workbook travels: raw (what the file says) and clean (what we understood of it)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

import pandas as pd

from einclusie_data.contract.codelists import Codelist
from einclusie_data.contract.errors import Problem


@dataclass(frozen=True)
class RawSheet:
    """A sheet as text.

    Attributes
    ----------
    name : str
        Name as in the file ("" for a CSV file).
    numbers : tuple of int
        Excel row numbers of `rows`, ascending. Wholly empty rows are not kept.
    rows : tuple of tuple of str
        Cell texts, all of one length; "" is an empty cell. A date cell reads ``2026-03-01`` (with a time:
        ``2026-03-01 14:00``), a number has no thousands separator and a decimal point, ``7.0`` reads ``7``, a logical
        value reads ``WAAR`` or ``ONWAAR``, an Excel error reads as Excel shows it (``#N/A``).
    hidden : bool
        The sheet is hidden in Excel.
    hidden_rows : frozenset of int
        Excel rows that are hidden; they are read like any other.
    merged : tuple of (int, int, int, int)
        Merged ranges as first row, first column, last row, last column (1-based, as Excel counts).
    uncached_formulas : tuple of (int, int)
        Excel row and 1-based column of formulas whose result is not in the file; their cell text is "".
    """

    name: str
    numbers: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    uncached_formulas: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class RawWorkbook:
    """All sheets of a file, in order.

    `is_csv`: one nameless sheet that can only be Aanbod. `private_name`: contact details stand in the name of the file.
    """

    sheets: tuple[RawSheet, ...]
    is_csv: bool = False
    private_name: bool = False


Matches = Mapping[tuple[str, str], str]
"""What the trekker matched by hand: (key of the sheet, `text.compact` of the header) -> key of the column, or ""
for a column that is known and ignored."""
NO_MATCHES: Matches = MappingProxyType({})


class How(StrEnum):
    """How a header was understood; the values are the words on screen."""

    NAME = "de naam zelf"
    ALIAS = "een andere naam"
    HAND = "met de hand gekoppeld"
    CROSSES = "een kolom met kruisjes"


@dataclass(frozen=True)
class UnderstoodColumn:
    """A column of a file that was understood: its header in the file, the contract's column, and how."""

    header: str
    key: str
    how: How


@dataclass(frozen=True)
class SheetReport:
    """What was understood of one sheet: for the trekker.

    Attributes
    ----------
    key : str
        Key of the contract's sheet (``"offers"``).
    name : str
        Name in the file.
    header_row : int
        Excel row of the headers.
    columns : mapping of str to str
        Key of the column in the clean table -> header as in the file.
    unknown_columns : tuple of str
        Headers that were kept but not understood.
    rows_read, rows_used : int
        Data rows read (empty rows and example rows apart), and rows used.
    understood : tuple of UnderstoodColumn
        In the order of the file, every column of crosses apart.
    unmatched : mapping of str to str
        Name in `unknown_columns` -> header as in the file, of the columns that can still be matched by hand. Columns
        that were ignored by hand, or have no header, are not there.
    places : mapping of str to int
        Header (or the name that a column got, or that of an earlier repair's column) -> place of the column; 0 is A.
    """

    key: str
    name: str
    header_row: int
    columns: Mapping[str, str]
    unknown_columns: tuple[str, ...]
    rows_read: int
    rows_used: int
    understood: tuple[UnderstoodColumn, ...] = ()
    unmatched: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    places: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Workbook:
    """A checked workbook: clean tables, what was wrong, and what was kept though not understood.

    Every table has a RangeIndex and a column `row` (int, the Excel row); the other columns are the keys of `schema`,
    all present whatever the file holds. By kind: TEXT, CODE, POSTCODE, DISTRICT: str, "" = unknown. TEXTS, CODES,
    ORGANISATIONS, WIJKEN (wijkcodes): tuple of str without doubles, () = unknown; CODES in the order of the codelist,
    WIJKEN sorted. LATITUDE, LONGITUDE: float degrees (EPSG:4326), NaN = not given or not believed. DATE:
    ``datetime64``, NaT = unknown. COUNT: float, NaN = unknown.

    `offers` has three more columns: `wijk_given` (bool: the cell Wijk is not empty, whether understood or not),
    `whole_city` (bool: the cell Wijk says ``*`` or "hele stad"; `wijken` is then empty) and `district` holds an
    official district name, or "Antwerpen" for the bare name (which means the city, DESIGN §4), or
    "district Antwerpen" when the cell says so explicitly.

    Attributes
    ----------
    offers, methods, partners, need, zones, meetings : pandas.DataFrame
    codelists : mapping of str to Codelist
        The closed lists by Dutch name, with the values that a sheet Lijsten added.
    problems : tuple of Problem
        In order of sheet, row, column.
    reports : tuple of SheetReport
    extra : mapping of str to pandas.DataFrame
        Sheet key -> its unknown columns as text (header as in the file), on the index of the clean table.
    unknown_sheets : tuple of RawSheet
    written : mapping of str to pandas.DataFrame
        Sheet key -> its columns of the contract as text, as someone typed them; keys and index of the clean table.
    left_out : mapping of str to pandas.DataFrame
        The same of the rows with an error, which are in no clean table; with their Excel row in the column `row`.
    """

    offers: pd.DataFrame
    methods: pd.DataFrame
    partners: pd.DataFrame
    need: pd.DataFrame
    zones: pd.DataFrame
    meetings: pd.DataFrame
    codelists: Mapping[str, Codelist]
    problems: tuple[Problem, ...] = ()
    reports: tuple[SheetReport, ...] = ()
    extra: Mapping[str, pd.DataFrame] = field(default_factory=lambda: MappingProxyType({}))
    unknown_sheets: tuple[RawSheet, ...] = ()
    written: Mapping[str, pd.DataFrame] = field(default_factory=lambda: MappingProxyType({}))
    left_out: Mapping[str, pd.DataFrame] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def rows_read(self) -> int:
        """Data rows of all sheets of the contract, example rows apart."""
        return sum(report.rows_read for report in self.reports)

    @property
    def rows_used(self) -> int:
        """Rows that ended up in a clean table."""
        return sum(report.rows_used for report in self.reports)
