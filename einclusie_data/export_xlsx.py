"""Tables -> Excel workbooks: the gap table with its printable matrix, and the list of offers (DESIGN §6, exports)."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from einclusie_data.cells import write_value
from einclusie_data.export import workbook_columns
from einclusie_data.figures import matrix_of
from einclusie_data.schema import OFFERS
from einclusie_data.verdicts import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from einclusie_data.figures import Matrix
    from einclusie_data.schema import Sheet

TABLE_SHEET = "Hiatentabel"
MATRIX_SHEET = "Matrix"
OFFERS_SHEET = OFFERS.name
ABOUT_SHEET = "Over dit bestand"
TOTALS_NOTE = "3/22 in een grijze rij betekent: in 3 van de 22 wijken een mogelijk hiaat (✕ of ◇)."
UNINHABITED_NOTE = "Wijken met minder dan 500 inwoners staan enkel in de hiatentabel."

_HEAD = PatternFill("solid", fgColor="1F3A4D")
_DISTRICT = PatternFill("solid", fgColor="E4E9EC")
_THIN = Border(*[Side(style="thin", color="FFFFFF")] * 4)
_WIDTHS = {"wijk": 28, "district": 24, "doelgroep": 34, "reden": 26, "kanttekening": 26, "bron_personen": 22,
           "rijen_aan_te_vullen": 26, "type": 30}  # fmt: skip
_FORMATS = {"aandeel_bereikt": "0.0000"}


@dataclass(frozen=True)
class GapReport:
    """Everything that goes into the Excel file of a view.

    Attributes
    ----------
    table : pandas.DataFrame
        The gap table, exactly as filtered on screen.
    column : str
        Column whose values are the columns of the matrix: doelgroep, type or dagdeel.
    order : str
        Order of the wijken in the matrix: a key of `figures.ORDERS`.
    title : str
        The view in one sentence.
    offers : pandas.DataFrame
        The offers that count in the view: from `offers.public_offers`.
    about : sequence of (str, str)
        Filters, dates, sources, method and limits: label ("" continues the one above) and text.
    """

    table: pd.DataFrame
    column: str
    order: str
    title: str
    offers: pd.DataFrame
    about: Sequence[tuple[str, str]]


def save_book(book: Workbook) -> bytes:
    """A workbook as bytes."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _head(cell: Cell, text: str) -> None:
    write_value(cell, text)
    cell.fill, cell.font = _HEAD, Font(bold=True, color="FFFFFF")
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def _print_setup(sheet: Worksheet, *, landscape: bool = True) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.oddFooter.right.text = "&P / &N"


def _widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    for position, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width


def add_table(sheet: Worksheet, table: pd.DataFrame, widths: Sequence[float]) -> None:
    """A table with a frozen header row and an autofilter; unknown is an empty cell."""
    for position, name in enumerate(table.columns, start=1):
        _head(sheet.cell(1, position), str(name))
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
    _widths(sheet, widths)
    _print_setup(sheet)


def _add_gap_table(sheet: Worksheet, table: pd.DataFrame) -> None:
    add_table(sheet, table, [_WIDTHS.get(str(name), 13) for name in table.columns])


def _paint(cell: Cell, code: str) -> None:
    verdict = VERDICTS[code]
    write_value(cell, f"{verdict.symbol} {code}")
    cell.fill = PatternFill("solid", fgColor=verdict.colour.lstrip("#"))
    cell.font = Font(color=verdict.ink.lstrip("#"), size=9)
    cell.alignment = Alignment(horizontal="center", vertical="center")
    cell.border = _THIN


def _add_totals(sheet: Worksheet, line: int, name: str, totals: Sequence[str]) -> None:
    """A row of a district: how many of its wijken have an open gap."""
    for position, text in enumerate((name, *totals), start=1):
        cell = sheet.cell(line, position)
        write_value(cell, text)
        cell.fill, cell.font = _DISTRICT, Font(bold=position == 1)
        cell.alignment = Alignment(horizontal="left" if position == 1 else "center")


def _matrix_rows(sheet: Worksheet, matrix: Matrix, first: int) -> int:
    """Write the rows of the matrix from row `first`; returns the row below the last."""
    for line, row in enumerate(matrix.rows, start=first):
        if "district" in row:
            _add_totals(sheet, line, row["district"], row["totals"])
            continue
        write_value(sheet.cell(line, 1), row["label"])
        for position, cell in enumerate(row["cells"], start=2):
            _paint(sheet.cell(line, position), cell["code"])
    return first + len(matrix.rows)


def _add_matrix(sheet: Worksheet, report: GapReport) -> None:
    """The printable heat map: wijk x column, colour with symbol and word, grouped by district."""
    matrix = matrix_of(report.table, report.column, report.order)
    columns = matrix.columns
    write_value(sheet.cell(1, 1), "Waar en voor wie ontbreekt nog welk aanbod?")
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    write_value(sheet.cell(2, 1), report.title)
    _head(sheet.cell(4, 1), "Wijk")
    for position, name in enumerate(columns, start=2):
        _head(sheet.cell(4, position), name)
    sheet.row_dimensions[4].height = 62
    below = _matrix_rows(sheet, matrix, first=5)
    _add_legend(sheet, below + 1)
    sheet.freeze_panes = "B5"
    sheet.print_title_rows, sheet.print_title_cols = "4:4", "A:A"
    _widths(sheet, [30, *[17] * len(columns)])
    _print_setup(sheet, landscape=len(columns) > 6)


def _add_legend(sheet: Worksheet, line: int) -> None:
    write_value(sheet.cell(line, 1), "Legende")
    sheet.cell(line, 1).font = Font(bold=True)
    for step, verdict in enumerate((v for v in VERDICTS.values() if v.code != "nvt"), start=1):
        _paint(sheet.cell(line + step, 1), verdict.code)
        write_value(sheet.cell(line + step, 2), f"{verdict.word}. {verdict.sentence}")
    write_value(sheet.cell(line + 7, 1), TOTALS_NOTE)
    write_value(sheet.cell(line + 8, 1), UNINHABITED_NOTE)


def add_about(sheet: Worksheet, about: Sequence[tuple[str, str]]) -> None:
    """A sheet that explains the file: label and text, line by line."""
    for line, (label, text) in enumerate(about, start=1):
        write_value(sheet.cell(line, 1), label)
        write_value(sheet.cell(line, 2), text)
        sheet.cell(line, 1).font = Font(bold=True)
        sheet.cell(line, 1).alignment = Alignment(vertical="top")
        sheet.cell(line, 2).alignment = Alignment(wrap_text=True, vertical="top")
    _widths(sheet, [26, 110])
    _print_setup(sheet)


_WIDE = {"name": 34, "organisations": 30, "types": 30, "groups": 30, "note": 40, "source": 40, "website": 30,
         "description": 40, "publisher": 26, "audience": 22, "used_by": 30}  # fmt: skip


def _add_rows(sheet: Worksheet, kind: Sheet, rows: pd.DataFrame, typed: pd.DataFrame | None = None) -> None:
    """Rows of a sheet of the workbook under its own headers."""
    table = workbook_columns(rows, typed, kind)
    keys = [column.key for column in kind.columns if column.header in table.columns]
    add_table(sheet, table, [_WIDE.get(key, 16) for key in keys])


def gap_xlsx_bytes(report: GapReport, *, open_at: str = MATRIX_SHEET) -> bytes:
    """The Excel file of a view: gap table, printable matrix, the offers used, and what it all means.

    Parameters
    ----------
    report : GapReport
    open_at : str
        Sheet that Excel shows first.

    Returns
    -------
    bytes
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = TABLE_SHEET
    _add_gap_table(sheet, report.table)
    _add_matrix(book.create_sheet(MATRIX_SHEET), report)
    _add_rows(book.create_sheet(OFFERS_SHEET), OFFERS, report.offers)
    add_about(book.create_sheet(ABOUT_SHEET), report.about)
    book.active = book.sheetnames.index(open_at)
    for name in book.sheetnames:
        book[name].sheet_view.tabSelected = name == open_at
    return save_book(book)


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
    _add_rows(sheet, kind, rows, typed)
    add_about(book.create_sheet(ABOUT_SHEET), about)
    return save_book(book)


def offers_xlsx_bytes(
    offers: pd.DataFrame, about: Sequence[tuple[str, str]], typed: pd.DataFrame | None = None
) -> bytes:
    """A list of offers as a workbook: see `sheet_xlsx_bytes`."""
    return sheet_xlsx_bytes(OFFERS, offers, about, typed)
