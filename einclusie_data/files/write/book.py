"""Tables and lines of text -> a workbook that is safe to open: heads, widths, print setup, the sheet that explains."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile, ZipInfo

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from einclusie_data.contract.schema import OFFERS, Sheet
from einclusie_data.files.write.cells import write_value
from einclusie_data.files.write.tables import workbook_columns

OFFERS_SHEET = OFFERS.name
ABOUT_SHEET = "Over dit bestand"

_HEAD = PatternFill("solid", fgColor="1F3A4D")
_PROPERTIES = "docProps/core.xml"
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FORMATS = {"aandeel_bereikt": "0.0000"}


def save_book(book: Workbook) -> bytes:
    """A workbook as bytes."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def settled_bytes(book: Workbook, moment: datetime, compression: int) -> bytes:
    """A workbook as bytes that never vary: every part carries the same moment, and not the one of its making.

    Parameters
    ----------
    book : openpyxl.Workbook
    moment : datetime
        From 1980 on: a zip archive knows no earlier one.
    compression : int
        `zipfile.ZIP_STORED`, or `ZIP_DEFLATED` (smaller, but another zlib may write other bytes).
    """
    result = BytesIO()
    with ZipFile(BytesIO(save_book(book))) as made, ZipFile(result, "w", compression) as settled:
        for name in made.namelist():
            content = made.read(name)
            if name == _PROPERTIES:
                content = _MOMENT.sub(rb"\g<1>" + f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
            settled.writestr(ZipInfo(name, moment.timetuple()[:6]), content, compression)
    return result.getvalue()


def add_head(cell: Cell, text: str) -> None:
    """Write a cell of the head of a table."""
    write_value(cell, text)
    cell.fill, cell.font = _HEAD, Font(bold=True, color="FFFFFF")
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def set_up_print(sheet: Worksheet, *, landscape: bool = True) -> None:
    """A4, as wide as one page, numbered."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.oddFooter.right.text = "&P / &N"


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Widths of the columns from the first on, in characters."""
    for position, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width


def add_table(sheet: Worksheet, table: pd.DataFrame, widths: Sequence[float]) -> None:
    """A table with a frozen header row and an autofilter; unknown is an empty cell."""
    for position, name in enumerate(table.columns, start=1):
        add_head(sheet.cell(1, position), str(name))
    for line, row in enumerate(table.itertuples(index=False), start=2):
        for position, value in enumerate(row, start=1):
            write_value(sheet.cell(line, position), value)
    for position, name in enumerate(table.columns, start=1):
        if name in _FORMATS:
            for line in range(2, len(table) + 2):
                sheet.cell(line, position).number_format = _FORMATS[name]
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(table.columns), 1))}{len(table) + 1}"
    sheet.print_title_rows = "1:1"
    set_widths(sheet, widths)
    set_up_print(sheet)


def add_about(sheet: Worksheet, about: Sequence[tuple[str, str]]) -> None:
    """A sheet that explains the file: label and text, line by line."""
    for line, (label, text) in enumerate(about, start=1):
        write_value(sheet.cell(line, 1), label)
        write_value(sheet.cell(line, 2), text)
        sheet.cell(line, 1).font = Font(bold=True)
        sheet.cell(line, 1).alignment = Alignment(vertical="top")
        sheet.cell(line, 2).alignment = Alignment(wrap_text=True, vertical="top")
    set_widths(sheet, [26, 110])
    set_up_print(sheet)


_WIDE = {"name": 34, "organisations": 30, "types": 30, "groups": 30, "note": 40, "source": 40, "website": 30,
         "description": 40, "publisher": 26, "audience": 22, "used_by": 30}  # fmt: skip


def add_rows(sheet: Worksheet, kind: Sheet, rows: pd.DataFrame, typed: pd.DataFrame | None = None) -> None:
    """Rows of a sheet of the workbook under its own headers."""
    table = workbook_columns(rows, typed, kind)
    keys = [column.key for column in kind.columns if column.header in table.columns]
    add_table(sheet, table, [_WIDE.get(key, 16) for key in keys])


def sheet_xlsx_bytes(
    kind: Sheet, rows: pd.DataFrame, about: Sequence[tuple[str, str]], typed: pd.DataFrame | None = None
) -> bytes:
    """Rows of one sheet of the workbook, as a workbook whose sheet can be uploaded again.

    Parameters
    ----------
    kind : Sheet
    rows : pandas.DataFrame
        From `public.public_rows`.
    about : sequence of (str, str)
        What was chosen, and which columns were left out.
    typed : pandas.DataFrame, optional
        From `public.typed_texts`: what was not understood, to be written as it was.

    Returns
    -------
    bytes
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = kind.name
    add_rows(sheet, kind, rows, typed)
    add_about(book.create_sheet(ABOUT_SHEET), about)
    return save_book(book)


def offers_xlsx_bytes(
    offers: pd.DataFrame, about: Sequence[tuple[str, str]], typed: pd.DataFrame | None = None
) -> bytes:
    """A list of offers as a workbook: see `sheet_xlsx_bytes`."""
    return sheet_xlsx_bytes(OFFERS, offers, about, typed)
