"""Tables -> Excel workbooks: the gap table with its printable matrix, and the list of offers (DESIGN §6, exports)."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from einclusie_data.answers.matrix import Matrix, matrix_of
from einclusie_data.answers.report import GapReport
from einclusie_data.contract import settings
from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.verdicts import VERDICTS
from einclusie_data.contract.words import number
from einclusie_data.files.write.book import (
    ABOUT_SHEET,
    OFFERS_SHEET,
    add_about,
    add_head,
    add_rows,
    add_table,
    save_book,
    set_up_print,
    set_widths,
)
from einclusie_data.files.write.cells import write_value

TABLE_SHEET = "Hiatentabel"
MATRIX_SHEET = "Matrix"
TOTALS_NOTE = "3/22 in een grijze rij betekent: in 3 van de 22 wijken een mogelijk hiaat (✕ of ◇)."
UNINHABITED_NOTE = f"Wijken met minder dan {number(settings.INHABITED_FROM)} inwoners staan enkel in de hiatentabel."
_DISTRICT = PatternFill("solid", fgColor="E4E9EC")
_THIN = Border(*[Side(style="thin", color="FFFFFF")] * 4)
_WIDTHS = {"wijk": 28, "district": 24, "doelgroep": 34, "reden": 26, "kanttekening": 26, "bron_personen": 22,
           "rijen_aan_te_vullen": 26, "type": 30}  # fmt: skip


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
    add_head(sheet.cell(4, 1), "Wijk")
    for position, name in enumerate(columns, start=2):
        add_head(sheet.cell(4, position), name)
    sheet.row_dimensions[4].height = 62
    below = _matrix_rows(sheet, matrix, first=5)
    _add_legend(sheet, below + 1)
    sheet.freeze_panes = "B5"
    sheet.print_title_rows, sheet.print_title_cols = "4:4", "A:A"
    set_widths(sheet, [30, *[17] * len(columns)])
    set_up_print(sheet, landscape=len(columns) > 6)


def _add_legend(sheet: Worksheet, line: int) -> None:
    write_value(sheet.cell(line, 1), "Legende")
    sheet.cell(line, 1).font = Font(bold=True)
    for step, verdict in enumerate((v for v in VERDICTS.values() if v.code != "nvt"), start=1):
        _paint(sheet.cell(line + step, 1), verdict.code)
        write_value(sheet.cell(line + step, 2), f"{verdict.word}. {verdict.sentence}")
    write_value(sheet.cell(line + 7, 1), TOTALS_NOTE)
    write_value(sheet.cell(line + 8, 1), UNINHABITED_NOTE)


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
    add_rows(book.create_sheet(OFFERS_SHEET), OFFERS, report.offers)
    add_about(book.create_sheet(ABOUT_SHEET), report.about)
    book.active = book.sheetnames.index(open_at)
    for name in book.sheetnames:
        book[name].sheet_view.tabSelected = name == open_at
    return save_book(book)
