"""The sheet Uitleg of the template, and the examples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from einclusie_data.contract.schema import EXAMPLE_NUMBER, SHEETS, Column, Sheet
from einclusie_data.files.write.cells import write_text, write_value
from einclusie_data.reference.template.choices import explanation

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
            "types": "Individuele begeleiding; Groepsles of workshop",
            "groups": "Ouderen; Anderstaligen en nieuwkomers",
            "location": "Voorbeeld: naam van het gebouw",
            "address": "Voorbeeldstraat 1",
            "postcode": "2060",
            "district": "Antwerpen",
            "mode": "Op locatie",
            "when": "Voorbeeld: dinsdag van 14 tot 16 uur",
            "dayparts": "Overdag",
            "frequency": "Wekelijks",
            "price": "Gratis",
            "signup": "Vrije inloop",
            "languages": "Nederlands; Frans",
            "accessibility": "Voorbeeld: rolstoeltoegankelijk",
            "themes": "Online overheid; Bankieren",
            "level": "Basis",
            "status": "Actief",
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
            "audience": "Begeleiders",
            "groups": "Ouderen",
            "types": "Individuele begeleiding; Groepsles of workshop",
            "level": "Basis",
        },
        "partners": {
            "organisation": "Voorbeeld: naam van nu",
            "other_names": "Voorbeeld: vroegere naam; afkorting",
            "networks": "Stad; Kiel",
            "role": "Lid",
            "works_on_inclusion": "Nog niet",
        },
        "need": {
            "wijken": "Kiel",
            "group": "Ouderen",
            "persons": "1250",
            "year": "2025",
            "source": "Voorbeeld: telling",
        },
        "zones": {"name": "Voorbeeld: Antwerpen-Noord", "wijken": "Dam; Stuivenberg"},
        "meetings": {
            "date": "17/09/2026",
            "network": "Stad",
            "host": "Voorbeeld: naam van de organisatie",
            "agenda": "Voorbeeld: hiaten bespreken",
            "agreements": "Voorbeeld: wie doet wat tegen wanneer",
        },
    }
)
"""Sheet key -> column key -> value. Only the one of Aanbod is a row of its sheet; the others are shown in Uitleg."""

_COLUMNS = ("Blad", "Kolom", "Verplicht?", "Wat vul je in?", "Voorbeeld")
_WIDTHS = (18, 26, 12, 78, 50)
_LINE_POINTS = 16
_WIDE_LETTERS = 1.1
_HEAD = PatternFill("solid", fgColor="DCE5EA")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def add_help(tab: Worksheet) -> None:
    """Fill the sheet Uitleg: what the workbook is for, how to fill it in, and every column."""
    write_text(tab.cell(1, 1), "Werkmap e-inclusie: uitleg")
    tab.cell(1, 1).font = Font(bold=True, size=16, color="1F3A4D")
    line = _add_introduction(tab, 3)
    _write_row(tab, line, _COLUMNS)
    for position in range(1, len(_COLUMNS) + 1):
        tab.cell(line, position).font, tab.cell(line, position).fill = Font(bold=True, color="1F3A4D"), _HEAD
    for sheet in SHEETS:
        for column in sheet.columns:
            line += 1
            _write_row(tab, line, _column_row(sheet, column))
    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
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
            tab.row_dimensions[line + step].height = _LINE_POINTS * _lines(sentence, sum(_WIDTHS[:4]))
        line += len(sentences) + 2
    return line


def _column_row(sheet: Sheet, column: Column) -> tuple[Any, ...]:
    help_ = explanation(column)
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
    tab.row_dimensions[line].height = _LINE_POINTS * max(map(_lines, map(str, values), _WIDTHS))
