"""The empty workbook that a trekker can fill tomorrow: `data/sjabloon.xlsx`, built by `sjabloon`.

Everything in it comes from `schema` and `codelists`; the same code always gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from einclusie_data.contract.codelists import CODELISTS
from einclusie_data.contract.schema import HELP_SHEET, LISTS_SHEET, OFFERS, SHEETS, Column, Kind, Sheet
from einclusie_data.files.write.cells import DATE_FORMAT, TEXT_FORMAT, write_text, write_value
from einclusie_data.reference.template.choices import WIJK_LIST, column_validation, list_ranges
from einclusie_data.reference.template.help import EXAMPLES, add_help

_BUILT = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - no moment of building, so that equal content gives equal bytes
_ZIP_DATE = (2026, 1, 1, 0, 0, 0)
_MOMENT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")

_REQUIRED = PatternFill("solid", fgColor="1F3A4D")
_OPTIONAL = PatternFill("solid", fgColor="DCE5EA")
_INTERNAL = PatternFill("solid", fgColor="F3E3C3")
_EXAMPLE = PatternFill("solid", fgColor="F4F4F4")
_UNDERLINE = Border(bottom=Side(style="medium", color="1F3A4D"))
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_HEADER_HEIGHT, _EXAMPLE_HEIGHT = 34, 48
_PAGE_WIDTH = 190
"""Characters that are readable beside each other on a sheet of A4."""

_TEXT_KEYS = ("number", "year")
_FORMATS = {Kind.DATE: DATE_FORMAT, Kind.POSTCODE: TEXT_FORMAT, Kind.COUNT: "0", Kind.LATITUDE: "0.00000",
            Kind.LONGITUDE: "0.00000"}  # fmt: skip
_WIDTHS = {Kind.TEXT: 24, Kind.TEXTS: 28, Kind.CODE: 22, Kind.CODES: 32, Kind.ORGANISATIONS: 32, Kind.WIJKEN: 28,
           Kind.POSTCODE: 10, Kind.DISTRICT: 20, Kind.LATITUDE: 13, Kind.LONGITUDE: 13, Kind.DATE: 14,
           Kind.COUNT: 12}  # fmt: skip
_NARROW, _WIDE = 12, 44
_NARROW_KEYS = ("number", "year", "duration")
_WIDE_KEYS = ("name", "description", "note", "agenda", "agreements", "when")


def template_bytes(wijk_labels: Sequence[str]) -> bytes:
    """The empty workbook: explanation, a sheet per kind of row with drop-down lists, and the lists.

    Parameters
    ----------
    wijk_labels : sequence of str
        Names of the wijken as people should write them, in the order of the drop-down list.

    Returns
    -------
    bytes
        An .xlsx file; equal arguments give equal bytes.
    """
    book = Workbook()
    book.remove(book.active)
    book.properties.title = "Werkmap e-inclusie"
    book.properties.creator = "Hiatenkaart e-inclusie Antwerpen"
    book.properties.language = "nl-BE"
    book.properties.created = _BUILT
    lists = {codelist.name: codelist.values for codelist in CODELISTS.values()} | {WIJK_LIST: tuple(wijk_labels)}
    ranges = list_ranges(LISTS_SHEET, lists)
    add_help(book.create_sheet(HELP_SHEET))
    for sheet in SHEETS:
        _add_sheet(book.create_sheet(sheet.name), sheet, ranges)
    _add_example(book[OFFERS.name], wijk_labels)
    _add_lists(book.create_sheet(LISTS_SHEET), lists)
    return _settled(book)


def _add_sheet(tab: Worksheet, sheet: Sheet, ranges: Mapping[str, str]) -> None:
    """Headers, widths, formats and drop-down lists of one kind of row."""
    for position, column in enumerate(sheet.columns, start=1):
        _write_header(tab.cell(1, position), column)
        letter = get_column_letter(position)
        dimension = tab.column_dimensions[letter]
        dimension.width = _width(column)
        dimension.alignment = _WRAPPED
        dimension.number_format = _number_format(column)
        tab.add_data_validation(column_validation(column, letter, ranges))
    tab.row_dimensions[1].height = _HEADER_HEIGHT
    tab.freeze_panes = "C2" if sheet is OFFERS else "B2"
    _print_setup(tab)
    if sheet is OFFERS:
        tab.print_title_cols = "A:B"


def _write_header(cell: Cell, column: Column) -> None:
    """A header: dark and underlined when required, sand-coloured when only the trekker sees the column."""
    write_text(cell, column.header)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.font = Font(bold=True, color="FFFFFF" if column.required else "1F3A4D")
    cell.fill = _REQUIRED if column.required else _INTERNAL if column.internal else _OPTIONAL
    if column.required:
        cell.border = _UNDERLINE


def _width(column: Column) -> int:
    if column.key in _NARROW_KEYS:
        return _NARROW
    return _WIDE if column.key in _WIDE_KEYS else _WIDTHS[column.kind]


def _number_format(column: Column) -> str:
    return TEXT_FORMAT if column.key in _TEXT_KEYS else _FORMATS.get(column.kind, "General")


def _print_setup(tab: Worksheet) -> None:
    """Landscape, header on every page, as many pages beside each other as the columns need to stay readable."""
    tab.page_setup.orientation = "landscape"
    tab.page_setup.paperSize = tab.PAPERSIZE_A4
    tab.page_setup.fitToWidth = math.ceil(sum(one.width for one in tab.column_dimensions.values()) / _PAGE_WIDTH)
    tab.page_setup.fitToHeight = 0
    tab.sheet_properties.pageSetUpPr.fitToPage = True
    tab.print_title_rows = "1:1"
    tab.oddFooter.center.text = "&A"
    tab.oddFooter.right.text = "&P / &N"


def _add_example(tab: Worksheet, wijk_labels: Sequence[str]) -> None:
    """A row that shows how to fill in, and never counts."""
    example = dict(EXAMPLES[OFFERS.key])
    example["wijken"] = wijk_labels[0] if wijk_labels else None
    for position, column in enumerate(OFFERS.columns, start=1):
        cell = tab.cell(2, position)
        cell.number_format = _number_format(column)
        write_value(cell, example.get(column.key))
        cell.alignment = _WRAPPED
        cell.font = Font(italic=True, color="595959")
        cell.fill = _EXAMPLE
    tab.row_dimensions[2].height = _EXAMPLE_HEIGHT


def _add_lists(tab: Worksheet, lists: Mapping[str, Sequence[str]]) -> None:
    """One column per list; values that are added below it appear in the drop-down lists."""
    for position, (name, values) in enumerate(lists.items(), start=1):
        header = tab.cell(1, position)
        write_text(header, name)
        header.font, header.fill = Font(bold=True, color="1F3A4D"), _OPTIONAL
        for line, value in enumerate(values, start=2):
            write_text(tab.cell(line, position), value)
        tab.column_dimensions[get_column_letter(position)].width = max(map(len, (name, *values))) + 2
    tab.freeze_panes = "A2"
    _print_setup(tab)


def _settled(book: Workbook) -> bytes:
    """The workbook's bytes without the moment of building, and stored as they are: compression differs by machine."""
    buffer, settled = BytesIO(), BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(settled, "w", zipfile.ZIP_STORED) as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "docProps/core.xml":
                content = _MOMENT.sub(rb"\g<1>" + f"{_BUILT:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
            target.writestr(zipfile.ZipInfo(member.filename, _ZIP_DATE), content)
    return settled.getvalue()
