"""The empty workbook that a trekker can fill tomorrow: `data/sjabloon.xlsx`, built by `sjabloon`.

In: `schema` and `codelists`, and the names of the wijken. Out: a sheet per kind of row with drop-down lists and
explanations, the sheet Uitleg, and an example that does not count; the same code always gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from zipfile import ZIP_STORED

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from einclusie_data.contract import codelists as lists
from einclusie_data.contract.codelists import CODELISTS
from einclusie_data.contract.schema import (
    CITY_NETWORK,
    EXAMPLE_NUMBER,
    HELP_SHEET,
    LISTS_SHEET,
    OFFERS,
    SHEETS,
    Column,
    Kind,
    Sheet,
)
from einclusie_data.files.write.book import settled_bytes
from einclusie_data.files.write.cells import DATE_FORMAT, SEPARATOR, TEXT_FORMAT, write_text, write_value

_BUILT = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - no moment of building, so that equal content gives equal bytes

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

FIRST_ROW, LAST_ROW = 2, 1000
"""Rows of a sheet that get drop-down lists and explanations."""
LAST_LIST_ROW = 300
"""Last row of Lijsten in which an added value appears in the drop-down lists."""
WIJK_LIST = "Wijk"
"""Header of the column in Lijsten with the names of the wijken: a help for filling in, no list of its own."""

SEVERAL = (Kind.CODES, Kind.ORGANISATIONS, Kind.TEXTS, Kind.WIJKEN)
"""Kinds of columns whose cells may hold several values."""
_SEVERAL_START = "Meer dan één"
_LONGEST_TITLE, _LONGEST_PROMPT = 32, 255
_BOUNDS = {
    Kind.POSTCODE: ("textLength", "equal", "4", None, "Een postcode heeft vier cijfers."),
    Kind.LATITUDE: ("decimal", "between", "51", "52", "In Antwerpen is dit een getal zoals 51,2194."),
    Kind.LONGITUDE: ("decimal", "between", "4", "5", "In Antwerpen is dit een getal zoals 4,4025."),
    Kind.DATE: ("date", "greaterThan", "36526", None, "Schrijf een datum als dag/maand/jaar, bijvoorbeeld 1/09/2026."),
}  # 36526 = 1 January 2000

INTRODUCTION: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Waarvoor dient deze werkmap?",
        (
            "Hier houdt het netwerk bij wie welk aanbod rond digitale hulp doet, waar en voor wie.",
            "De hiatenkaart leest deze werkmap en toont waar en voor wie er misschien nog aanbod ontbreekt.",
        ),
    ),
    (
        "Hoe vul je ze in?",
        (
            "Begin met het blad Aanbod. Eén rij is één aanbod op één plek. Is hetzelfde aanbod op twee plekken? Maak "
            "dan twee rijen.",
            "Klik op een cel: je ziet wat erin komt. Bij veel kolommen kan je kiezen uit een lijst.",
            "Meer dan één waarde in een cel? Typ er ; tussen. Voorbeeld: Ouderen; Werkzoekenden. Excel vraagt dan of "
            "dat klopt: klik op OK.",
            "Weet je iets niet? Laat de cel leeg. Leeg betekent: we weten het niet. Het betekent nooit: er is geen "
            "aanbod.",
            "Een kolom met een donkere kop moet je invullen. Zonder die kolom telt de rij niet mee. In de lijst "
            "hieronder staat bij die kolommen: verplicht.",
            "De kolom met een zandkleurige kop is enkel voor de trekker. Niemand anders krijgt ze te zien.",
            "Zet geen privénummers of privéadressen in de andere kolommen.",
        ),
    ),
    (
        "Goed om te weten",
        (
            f"Een rij met {EXAMPLE_NUMBER} in de kolom Nr telt nooit mee. Zo'n rij staat al op het blad Aanbod. Je mag "
            "ze laten staan.",
            "Verander de namen van de bladen en van de kolommen niet. Je mag wel kolommen toevoegen: die blijven "
            "bewaard.",
            "De andere bladen mogen leeg blijven.",
            "Ontbreekt er een waarde in een lijst? Zet ze op het blad Lijsten onder de juiste naam. Dan kan je ze "
            "kiezen. Bij Rol en bij Werkt rond e-inclusie kan je geen waarden toevoegen.",
            "Klaar? Bewaar de werkmap als .xlsx. De trekker laadt ze daarna op in de hiatenkaart en ziet per rij wat "
            "er nog niet klopt.",
        ),
    ),
)

EXAMPLES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "offers": {
            "number": EXAMPLE_NUMBER,
            "name": "Voorbeeld: hulp met de computer",
            "organisations": "Voorbeeld: eerste organisatie; tweede organisatie",
            "types": SEPARATOR.join((lists.PERSONAL_HELP, lists.GROUP_LESSON)),
            "groups": SEPARATOR.join((lists.OLDER, lists.NEWCOMERS)),
            "location": "Voorbeeld: naam van het gebouw",
            "address": "Voorbeeldstraat 1",
            "postcode": "2060",
            "district": "Antwerpen",
            "mode": lists.ON_SITE,
            "when": "Voorbeeld: dinsdag van 14 tot 16 uur",
            "dayparts": lists.DAYTIME,
            "frequency": lists.WEEKLY,
            "price": lists.FREE,
            "signup": lists.DROP_IN,
            "languages": SEPARATOR.join((lists.DUTCH, lists.FRENCH)),
            "accessibility": "Voorbeeld: rolstoeltoegankelijk",
            "themes": SEPARATOR.join((lists.GOVERNMENT, lists.BANKING)),
            "level": lists.BASIC,
            "status": lists.ACTIVE,
            "valid_from": dt.date(2026, 9, 1),
            "valid_to": dt.date(2027, 6, 30),
            "checked": dt.date(2026, 9, 1),
            "website": "https://voorbeeld.example",
            "contact": "Voorbeeld: algemeen telefoonnummer",
            "source": "Voorbeeld: folder van de organisatie",
            "note": "Voorbeeld: deze rij telt niet mee. Je mag ze verwijderen.",
        },
        "methods": {
            "name": "Voorbeeld: oefenkaarten voor de smartphone",
            "audience": lists.GUIDES,
            "groups": lists.OLDER,
            "types": SEPARATOR.join((lists.PERSONAL_HELP, lists.GROUP_LESSON)),
            "level": lists.BASIC,
        },
        "partners": {
            "organisation": "Voorbeeld: naam van nu",
            "other_names": "Voorbeeld: vroegere naam; afkorting",
            "networks": SEPARATOR.join((CITY_NETWORK, "Kiel")),
            "role": lists.MEMBER,
            "works_on_inclusion": lists.NOT_YET,
        },
        "need": {
            "wijken": "Kiel",
            "group": lists.OLDER,
            "persons": "1250",
            "year": "2025",
            "source": "Voorbeeld: telling",
        },
        "zones": {"name": "Voorbeeld: Antwerpen-Noord", "wijken": "Dam; Stuivenberg"},
        "meetings": {
            "date": "17/09/2026",
            "network": CITY_NETWORK,
            "host": "Voorbeeld: naam van de organisatie",
            "agenda": "Voorbeeld: hiaten bespreken",
            "agreements": "Voorbeeld: wie doet wat tegen wanneer",
        },
    }
)
"""Sheet key -> column key -> value. Only the one of Aanbod is a row of its sheet; the others are shown in Uitleg."""

_HELP_COLUMNS = ("Blad", "Kolom", "Verplicht?", "Wat vul je in?", "Voorbeeld")
_HELP_WIDTHS = (18, 26, 12, 78, 50)
_LINE_POINTS = 16
_WIDE_LETTERS = 1.1


def template_bytes(wijk_labels: Sequence[str]) -> bytes:
    """The empty workbook: _explanation, a sheet per kind of row with drop-down lists, and the lists.

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
    ranges = _list_ranges(LISTS_SHEET, lists)
    _add_help(book.create_sheet(HELP_SHEET))
    for sheet in SHEETS:
        _add_sheet(book.create_sheet(sheet.name), sheet, ranges)
    _add_example(book[OFFERS.name], wijk_labels)
    _add_lists(book.create_sheet(LISTS_SHEET), lists)
    return settled_bytes(book, _BUILT, ZIP_STORED)


def _add_sheet(tab: Worksheet, sheet: Sheet, ranges: Mapping[str, str]) -> None:
    """Headers, widths, formats and drop-down lists of one kind of row."""
    for position, column in enumerate(sheet.columns, start=1):
        _write_header(tab.cell(1, position), column)
        letter = get_column_letter(position)
        dimension = tab.column_dimensions[letter]
        dimension.width = _width(column)
        dimension.alignment = _WRAPPED
        dimension.number_format = _number_format(column)
        tab.add_data_validation(_column_validation(column, letter, ranges))
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
    tab.page_setup.fitToWidth = math.ceil(
        sum(dimension.width for dimension in tab.column_dimensions.values()) / _PAGE_WIDTH
    )
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


def _list_ranges(sheet: str, names: Iterable[str]) -> dict[str, str]:
    """Formula of the filled part of every list's column, so that added values are offered too.

    Parameters
    ----------
    sheet : str
        Sheet with the lists.
    names : iterable of str
        Lists in the order of their columns.

    Returns
    -------
    dict of str to str
        Name of the list -> formula.
    """
    ranges = {}
    for position, name in enumerate(names, start=1):
        letter = get_column_letter(position)
        filled = f"COUNTA({sheet}!${letter}$2:${letter}${LAST_LIST_ROW})"
        ranges[name] = f"OFFSET({sheet}!${letter}$2,0,0,{filled},1)"
    return ranges


def _column_validation(column: Column, letter: str, ranges: Mapping[str, str]) -> DataValidation:
    """What a column offers, explains and warns of; nothing is ever refused.

    Parameters
    ----------
    column : Column
    letter : str
        Letter of the column in its sheet.
    ranges : mapping of str to str
        From `_list_ranges`.

    Returns
    -------
    openpyxl.worksheet.datavalidation.DataValidation
    """
    choices = ranges.get(WIJK_LIST if column.kind is Kind.WIJKEN else column.codelist.name if column.codelist else "")
    validation = _choice(choices, several=column.kind in SEVERAL) if choices else _bounds(column)
    validation.promptTitle = column.header[:_LONGEST_TITLE]
    validation.prompt = _explanation(column)[:_LONGEST_PROMPT]
    validation.showInputMessage = True
    validation.allow_blank = True
    validation.add(f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}")
    return validation


def _explanation(column: Column) -> str:
    """What goes into a column, and how to write several values where that is possible."""
    if column.kind not in SEVERAL or ";" in column.help:
        return column.help
    return f"{column.help} {'Zet' if _SEVERAL_START in column.help else f'{_SEVERAL_START}: zet'} er ; tussen."


def _choice(formula: str, *, several: bool) -> DataValidation:
    validation = DataValidation(type="list", formula1=formula, showErrorMessage=True)
    if several:
        validation.errorStyle = "information"
        validation.errorTitle = "Meer dan één waarde?"
        validation.error = "Dat mag: typ een ; tussen de waarden uit de lijst. Klik op OK om je tekst te bewaren."
    else:
        validation.errorStyle = "warning"
        validation.errorTitle = "Niet in de lijst"
        validation.error = "Kies een waarde uit de lijst. Een andere waarde telt als niet ingevuld."
    return validation


def _bounds(column: Column) -> DataValidation:
    if column.kind not in _BOUNDS:
        return DataValidation(type=None)
    kind, operator, low, high, error = _BOUNDS[column.kind]
    return DataValidation(
        type=kind, operator=operator, formula1=low, formula2=high, errorStyle="warning", errorTitle="Klopt dit?",
        error=error, showErrorMessage=True,
    )  # fmt: skip


def _add_help(tab: Worksheet) -> None:
    """Fill the sheet Uitleg: what the workbook is for, how to fill it in, and every column."""
    write_text(tab.cell(1, 1), "Werkmap e-inclusie: uitleg")
    tab.cell(1, 1).font = Font(bold=True, size=16, color="1F3A4D")
    line = _add_introduction(tab, 3)
    _write_row(tab, line, _HELP_COLUMNS)
    for position in range(1, len(_HELP_COLUMNS) + 1):
        tab.cell(line, position).font, tab.cell(line, position).fill = Font(bold=True, color="1F3A4D"), _OPTIONAL
    for sheet in SHEETS:
        for column in sheet.columns:
            line += 1
            _write_row(tab, line, _column_row(sheet, column))
    for letter, width in zip("ABCDE", _HELP_WIDTHS, strict=True):
        tab.column_dimensions[letter].width = width
    tab.sheet_view.showGridLines = False
    tab.page_setup.orientation, tab.page_setup.paperSize, tab.page_setup.fitToHeight = "landscape", tab.PAPERSIZE_A4, 0
    tab.sheet_properties.pageSetUpPr.fitToPage = True


def _add_introduction(tab: Worksheet, line: int) -> int:
    """Write the sentences below each other, each in one wide cell; returns the next free row but one."""
    for title, sentences in INTRODUCTION:
        write_text(tab.cell(line, 1), title)
        tab.cell(line, 1).font = Font(bold=True, size=12, color="1F3A4D")
        for step, sentence in enumerate(sentences, start=1):
            write_text(tab.cell(line + step, 1), f"• {sentence}")
            tab.merge_cells(start_row=line + step, start_column=1, end_row=line + step, end_column=4)
            tab.cell(line + step, 1).alignment = _WRAPPED
            tab.row_dimensions[line + step].height = _LINE_POINTS * _lines(sentence, sum(_HELP_WIDTHS[:4]))
        line += len(sentences) + 2
    return line


def _column_row(sheet: Sheet, column: Column) -> tuple[Any, ...]:
    help_ = _explanation(column)
    if column.codelist:
        help_ = f"{help_} Kies uit: {', '.join(column.codelist.values)}."
    return sheet.name, column.header, "verplicht" if column.required else "", help_, _example(sheet, column)


def _example(sheet: Sheet, column: Column) -> str:
    value = EXAMPLES[sheet.key].get(column.key, "")
    return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value).removeprefix("Voorbeeld: ")


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a cell so many characters wide, with room for wide letters."""
    return 1 + int(len(text) * _WIDE_LETTERS // width)


def _write_row(tab: Worksheet, line: int, values: Sequence[Any]) -> None:
    for position, value in enumerate(values, start=1):
        write_value(tab.cell(line, position), value)
        tab.cell(line, position).alignment = _WRAPPED
    tab.row_dimensions[line].height = _LINE_POINTS * max(map(_lines, map(str, values), _HELP_WIDTHS))
