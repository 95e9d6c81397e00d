"""`data/startbestand.xlsx`: the workbook that the app shows until the trekker publishes the network's own.

In: the public sources and the tables `startbestand_*.csv` in `data/bronnen/`. Out: a file with the sheets of the
contract, fixed headers and drop-downs, and bytes that never vary.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from einclusie_data.contract import settings
from einclusie_data.contract.codelists import CODELISTS, Codelist
from einclusie_data.contract.schema import HELP_SHEET, LISTS_SHEET, SHEETS, Column, Kind, Sheet
from einclusie_data.files.write.book import settled_bytes
from einclusie_data.files.write.cells import write_value
from einclusie_data.reference.starter.rows import Row, sheet_rows, source_date
from einclusie_data.reference.starter.tables import Tables, read_tables

FIXED_MOMENT = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""The moment that every part of the file carries: the earliest that a zip archive knows."""
DROPDOWN_ROWS = 1000
"""Rows below the header that have drop-downs."""

_HEAD = PatternFill("solid", fgColor="1F3A4D")
_HEADING = Font(bold=True, size=13)
_WHITE_BOLD = Font(bold=True, color="FFFFFF")
_TOP = Alignment(wrap_text=True, vertical="top")
_FREEZE_FROM = 10
_NARROW, _MIDDLE, _WIDE = 14, 24, 46
_WIDE_KEYS = frozenset({"name", "organisation", "source", "note", "description", "other_names", "website"})
_MIDDLE_KINDS = frozenset({Kind.TEXTS, Kind.CODE, Kind.CODES, Kind.ORGANISATIONS, Kind.WIJKEN})
_MIDDLE_KEYS = frozenset({"location", "address", "when", "publisher", "form", "sort"})
Section = tuple[str, tuple[str, ...]]
"""A heading and its paragraphs."""


def starter_rows(folder: Path = settings.DATA_FOLDER) -> dict[str, list[Row]]:
    """The rows of every sheet: key of the sheet -> rows in order.

    Parameters
    ----------
    folder : Path
        The data folder; its `bronnen/` holds the raw sources.

    Raises
    ------
    ReferenceDataError
        A source is missing, or says something that the tables do not know.
    """
    return sheet_rows(read_tables(folder))


def starter_bytes(folder: Path = settings.DATA_FOLDER) -> bytes:
    """The starter workbook; the same sources give the same bytes."""
    tables = read_tables(folder)
    rows = sheet_rows(tables)
    book = Workbook()
    book.remove(book.worksheets[0])
    _write_help(book, _help_sections(tables))
    for sheet in SHEETS:
        _write_sheet(book, sheet, rows[sheet.key])
    _write_lists(book)
    return settled_bytes(book, FIXED_MOMENT, zipfile.ZIP_DEFLATED)


def write_starter(folder: Path = settings.DATA_FOLDER) -> Path:
    """Write the starter workbook into the data folder, as a whole or not at all.

    Returns
    -------
    Path
        The file.
    """
    path = folder / settings.STARTER_WORKBOOK.name
    partial = path.with_suffix(".tmp")
    partial.write_bytes(starter_bytes(folder))
    partial.replace(path)
    return path


def _years(dates: Iterable[date]) -> str:
    years = sorted({day.year for day in dates})
    return f"van {years[0]} tot {years[-1]}"


def _help_sections(tables: Tables) -> list[Section]:
    """The text of the sheet Uitleg: what the workbook is, how old its sources are, where each sheet comes from."""
    offers = tables.offers
    members, zones = tables.network_page, tables.zones_page
    dates = [day for row in offers if (day := source_date(row["bron_datum"]))]
    return [
        (
            "Wat is dit bestand?",
            (
                "Dit is het startbestand: wat openbare bronnen zeggen over digitale hulp in Antwerpen. De app toont "
                "het tot de trekker het bestand van het netwerk zelf publiceert.",
                "Het bestand is niet volledig. De partners hebben het niet nagekeken. Veel is oud. Gebruik het om de "
                "app te leren kennen, niet om over het aanbod te beslissen.",
                "Een lege cel betekent: de bron zegt het niet, of niet duidelijk genoeg. In Opmerking staat waarom. "
                "Een lege cel betekent nooit: er is niets.",
                "Staat één rij voor veel plekken, of is er geen adres of doelgroep, dan blijft dat zo. De app toont "
                "dan 'onbekend' en zegt welke rij je kan aanvullen.",
            ),
        ),
        (
            "Van wanneer zijn de bronnen?",
            (
                f"Aanbod met een naam: {len(offers)} rijen. Bij {len(dates)} is het jaar van de bron bekend, "
                f"{_years(dates)}; bij {len(offers) - len(dates)} niet.",
                f"Gratis wifi: {len(tables.wifi)} gebouwen. De bron heeft geen datum; de plannen erin zijn van "
                "2013-2014.",
                "De datum van de bron staat in Laatst gecontroleerd. Is enkel een jaar of een maand bekend, dan staat "
                "daar de eerste dag van dat jaar of die maand.",
            ),
        ),
        (
            "Waar komt elk blad vandaan?",
            (
                "Aanbod: de bron staat in elke rij, in de kolom Bron. Het punt op de kaart staat er enkel als de bron "
                "het geeft.",
                f"Methodieken: {len(tables.methods)} rijen. De bron is de link in de kolom Website. In Opmerking staat "
                "wat in de bron is nagekeken, en hoe zeker het is.",
                f"Partners: {members} (2021) noemt de leden en de trekkers. Dit blad gebruikt de namen van nu: SAAMO "
                "(vroeger Samenlevingsopbouw), Ligo (vroeger Centrum Basiseducatie) en Avansa (vroeger Vormingplus).",
                "Partners, mogelijke partners: drie dienstencentra uit berichten van 2013 (Silsburg) en 2018 "
                "(Blankenberg, Oosterveld); de link staat in Website. Dat ze digitale hulp bieden, is niet bevestigd: "
                "daarom staan ze niet bij Aanbod. Oosterveld ligt op de grens met Berchem en district Antwerpen; de "
                "wijk komt uit de naam.",
                f"Gebieden: Antwerpen-Noord en Borgerhout komen uit een besluit van 16 juli 2021 ({zones}). Geen bron "
                "tekent de grens van Antwerpen-Noord. We namen de wijken die postcode 2060 raakt, afgeleid van de "
                "stratenlijst van de stad van oktober 2026. Borgerhout zijn de drie wijken van het district.",
                "Behoefte en Bijeenkomsten zijn leeg: daarvoor zijn er geen openbare gegevens per rij.",
            ),
        ),
        (
            "En nu?",
            (
                "Kijk je eigen rijen na en vul aan wat je weet. Of begin met het lege sjabloon: het heeft dezelfde "
                "bladen en kolommen.",
            ),
        ),
    ]


def _write_help(book: Workbook, sections: Sequence[Section]) -> None:
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


def _write_sheet(book: Workbook, sheet: Sheet, rows: Sequence[Row]) -> None:
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


def _write_lists(book: Workbook) -> None:
    """The sheet Lijsten: one column per closed list."""
    target = book.create_sheet(LISTS_SHEET)
    for position, codelist in enumerate(CODELISTS.values(), start=1):
        for line, text in enumerate((codelist.name, *codelist.values), start=1):
            write_value(target.cell(line, position), text)
        head = target.cell(1, position)
        head.fill, head.font = _HEAD, _WHITE_BOLD
        target.column_dimensions[get_column_letter(position)].width = _MIDDLE
    target.freeze_panes = "A2"
