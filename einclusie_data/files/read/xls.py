"""Old Excel workbooks (.xls) -> raw sheets, with python-calamine.

Only for the reading process: on some damaged files that library aborts the whole process.
"""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from itertools import chain, repeat

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from einclusie_data.contract import settings
from einclusie_data.contract.characters import plain_text
from einclusie_data.contract.errors import OversizedFileError, UnreadableFileError
from einclusie_data.contract.workbook import RawSheet, RawWorkbook
from einclusie_data.files.read.cell_text import logical_text, moment_text, number_text, padded_text
from einclusie_data.files.read.kinds import DAMAGED, PROTECTED
from einclusie_data.files.read.sheet import Budget, SheetBuilder, too_many_sheets
from einclusie_data.files.read.xls_records import SheetRecords, sheet_records

Value = bool | float | str | dt.date | dt.time | dt.timedelta
"""What the library makes of a cell; "" is an empty cell, and also an error."""


def read_xls(content: bytes) -> RawWorkbook:
    """The worksheets of an old Excel workbook as text.

    Parameters
    ----------
    content : bytes

    Returns
    -------
    RawWorkbook
        Formulas without a result cannot be told from empty ones in this format.

    Raises
    ------
    DataFileError
        Damaged, protected with a password, too large, or without worksheets.
    """
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        facts = chain(sheet_records(content), repeat(SheetRecords()))
        tabs = list(zip(book.sheets_metadata, facts, strict=False))
        budget = Budget()
        sheets = [
            _sheet(book.get_sheet_by_name(tab.name), tab, facts, budget)
            for tab, facts in _within_limit(tabs)
            if tab.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise UnreadableFileError(PROTECTED) from error
    except CalamineError as error:
        raise UnreadableFileError(DAMAGED) from error
    if not sheets:
        raise UnreadableFileError(DAMAGED)
    return RawWorkbook(tuple(sheets))


def _within_limit(tabs: list[tuple[SheetMetadata, SheetRecords]]) -> list[tuple[SheetMetadata, SheetRecords]]:
    if len(tabs) > settings.MAX_SHEETS:
        raise OversizedFileError(too_many_sheets())
    return tabs


def _sheet(sheet: CalamineSheet, tab: SheetMetadata, facts: SheetRecords, budget: Budget) -> RawSheet:
    builder = SheetBuilder(plain_text(tab.name), budget, tab.visible != SheetVisibleEnum.Visible)
    errors: dict[int, dict[int, str]] = {}
    for (row, column), error in facts.errors.items():
        errors.setdefault(row, {})[column] = error
    for number, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        texts = {
            column: value_text(value, facts.zeros.get((number, column), 0))
            for column, value in enumerate(values, start=1)
            if value != ""
        }
        cells = {column: text for column, text in texts.items() if text} | errors.get(number, {})
        builder.add_row(number, cells, hidden=number in facts.hidden_rows)
    for (first_row, first_column), (last_row, last_column) in sheet.merged_cell_ranges or ():
        builder.add_merged(first_row + 1, first_column + 1, last_row + 1, last_column + 1)
    return builder.finish()


def value_text(value: Value, width: int = 0) -> str:
    """A value as the library gives it, as text.

    Parameters
    ----------
    value : bool, float, str, date, time or timedelta
    width : int
        Digits that the cell's number format always shows.

    Returns
    -------
    str
    """
    if isinstance(value, bool):
        return logical_text(value)
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, int | float):
        return padded_text(value, width) if width else number_text(value)
    return moment_text(value)
