"""The starter workbook as a file: sheets with fixed headers and drop-downs, and bytes that never vary."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from einclusie_data.contract.codelists import CODELISTS, Codelist
from einclusie_data.contract.schema import HELP_SHEET, LISTS_SHEET, Column, Kind, Sheet
from einclusie_data.files.write.cells import write_value
from einclusie_data.reference.starter.help import Section
from einclusie_data.reference.starter.sources import Row

FIXED_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The moment that every part of the file carries: the earliest that a zip archive knows."""
DROPDOWN_ROWS = 1000
"""Rows below the header that have drop-downs."""

_HEAD = PatternFill("solid", fgColor="1F3A4D")
_HEADING = Font(bold=True, size=13)
_WHITE_BOLD = Font(bold=True, color="FFFFFF")
_TOP = Alignment(wrap_text=True, vertical="top")
_MOMENT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
_FREEZE_FROM = 10
_NARROW, _MIDDLE, _WIDE = 14, 24, 46
_WIDE_KEYS = frozenset({"name", "organisation", "source", "note", "description", "other_names", "website"})
_MIDDLE_KINDS = frozenset({Kind.TEXTS, Kind.CODE, Kind.CODES, Kind.ORGANISATIONS, Kind.WIJKEN})
_MIDDLE_KEYS = frozenset({"location", "address", "when", "publisher", "form", "sort"})


def new_book() -> Workbook:
    """A workbook without sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def write_help(book: Workbook, sections: Sequence[Section]) -> None:
    """The sheet Uitleg: headings in bold, one paragraph per row, an empty row between sections."""
    sheet = book.create_sheet(HELP_SHEET)
    sheet.column_dimensions["A"].width = 110
    lines = [line for heading, texts in sections for line in (heading, *texts, "")]
    headings = {heading for heading, _ in sections}
    for number, text in enumerate(lines, start=1):
        cell = sheet.cell(number, 1)
        write_value(cell, text)
        cell.alignment = _TOP
        if text in headings:
            cell.font = _HEADING


def write_sheet(book: Workbook, sheet: Sheet, rows: Sequence[Row]) -> None:
    """A sheet of the contract: its headers on row 1, the rows below them, drop-downs where there is a list."""
    target = book.create_sheet(sheet.name)
    for position, column in enumerate(sheet.columns, start=1):
        _write_header(target, position, column)
        for line, row in enumerate(rows, start=2):
            cell = target.cell(line, position)
            write_value(cell, row.get(column.key))
            cell.alignment = _TOP
        if column.codelist is not None:
            target.add_data_validation(_dropdown(column.codelist, position))
    target.freeze_panes = target.cell(2, 3 if len(sheet.columns) > _FREEZE_FROM else 2).coordinate
    target.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(rows) + 1}"
    target.print_title_rows = "1:1"
    target.page_setup.orientation = "landscape"


def _write_header(target: Worksheet, position: int, column: Column) -> None:
    cell = target.cell(1, position)
    write_value(cell, column.header)
    cell.fill, cell.font, cell.alignment = _HEAD, _WHITE_BOLD, _TOP
    target.column_dimensions[get_column_letter(position)].width = _width(column)


def _width(column: Column) -> int:
    if column.key in _WIDE_KEYS:
        return _WIDE
    return _MIDDLE if column.kind in _MIDDLE_KINDS or column.key in _MIDDLE_KEYS else _NARROW


def _dropdown(codelist: Codelist, position: int) -> DataValidation:
    """The values of a list to choose from; where several may be given, others can be typed."""
    letter = get_column_letter(list(CODELISTS).index(codelist.name) + 1)
    validation = DataValidation(
        type="list",
        formula1=f"'{LISTS_SHEET}'!${letter}$2:${letter}${len(codelist.values) + 1}",
        allow_blank=True,
        showErrorMessage=not codelist.multiple,
        errorTitle=codelist.name,
        error="Kies een waarde uit de lijst, of laat de cel leeg.",
    )
    place = get_column_letter(position)
    validation.add(f"{place}2:{place}{DROPDOWN_ROWS + 1}")
    return validation


def write_lists(book: Workbook) -> None:
    """The sheet Lijsten: one column per closed list."""
    target = book.create_sheet(LISTS_SHEET)
    for position, codelist in enumerate(CODELISTS.values(), start=1):
        for line, text in enumerate((codelist.name, *codelist.values), start=1):
            write_value(target.cell(line, position), text)
        head = target.cell(1, position)
        head.fill, head.font = _HEAD, _WHITE_BOLD
        target.column_dimensions[get_column_letter(position)].width = _MIDDLE
    target.freeze_panes = "A2"


def fixed_bytes(book: Workbook) -> bytes:
    """The file, without the moment at which it was made."""
    buffer, result = BytesIO(), BytesIO()
    book.save(buffer)
    moment = dt.datetime(*FIXED_MOMENT, tzinfo=dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in made.namelist():
            part = _MOMENT.sub(rb"\g<1>" + moment + rb"\g<3>", made.read(name))
            fixed.writestr(zipfile.ZipInfo(name, FIXED_MOMENT), part, zipfile.ZIP_DEFLATED)
    return result.getvalue()
