"""The checks that every sheet gets: required cells, contact details, formulas, hidden rows, unknown columns."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

import numpy as np

from einclusie_data.checking.rows import Checker
from einclusie_data.checking.tables import column_letters
from einclusie_data.contract.privacy import has_personal, quoted
from einclusie_data.contract.schema import Column
from einclusie_data.contract.workbook import RawWorkbook


def _is_empty(value: Any) -> bool:
    return bool(np.isnat(value)) if isinstance(value, np.datetime64) else value in ("", ())


def check_required(checker: Checker, values: Mapping[str, list[Any]]) -> None:
    """Leave out rows without a required cell."""
    for column in checker.sheet.columns:
        if not column.required or column.key not in values:
            continue
        texts = checker.column(column.key)
        for place, value in enumerate(values[column.key]):
            if _is_empty(value):
                _reject_missing(checker, column, place, texts[place])


def _reject_missing(checker: Checker, column: Column, place: int, text: str) -> None:
    header = checker.table.header_of(column.key)
    state = (
        f"In de kolom {quoted(header)} begrijpen we {quoted(text)} niet"
        if text
        else f"De kolom {quoted(header)} is leeg"
    )
    message = f"{state}, en die is verplicht. De rij telt niet mee. Vul de cel in."
    checker.reject("verplicht-leeg", place, column.key, text, message)


def check_repeated_header(checker: Checker) -> None:
    """Leave out rows in the data that repeat the header row."""
    required = [column.key for column in checker.sheet.columns if column.required]
    headers = tuple(checker.table.headers[key].casefold() for key in required)
    rows = zip(*(checker.column(key) for key in required), strict=True)
    for place, row in enumerate(rows):
        if row[0].casefold() == headers[0] and tuple(text.casefold() for text in row) == headers:
            message = "Deze rij herhaalt de kopregel en telt niet mee. Verwijder ze."
            checker.reject("kopregel-herhaald", place, None, row[0], message)


_PERSONAL = (
    "Hier staat een e-mailadres of een nummer van iemand. We tonen het aan niemand. Zet het in Contact als iedereen "
    "het mag zien, anders in Contactpersoon (intern), of haal het weg."
)
_PERSONAL_NAME = "In {} staat een e-mailadres of een nummer van iemand. We tonen het aan niemand. Geef een andere naam."


def check_contacts(checker: Checker) -> None:
    """Warn for contact details outside the columns meant for them, and in the name of a sheet or column."""
    for key, places in checker.personal.items():
        if key not in checker.texts:  # a column that nobody gets to see is reported once
            also = f"In deze kolom staan e-mailadressen of nummers van mensen ({len(places)}). Haal ze weg."
            checker.findings.warn("persoonsgegeven", None, key, "", also)
            continue
        for place in places:
            checker.warn("persoonsgegeven", place, key, checker.texts[key][place], _PERSONAL)
    for header in checker.table.header.names:
        if has_personal(header):
            checker.findings.warn("persoonsgegeven", None, header, header, _PERSONAL_NAME.format("deze kop"))
    if has_personal(checker.table.raw.name):
        message = _PERSONAL_NAME.format("de naam van dit blad")
        checker.findings.warn("persoonsgegeven", None, None, checker.table.raw.name, message)


def check_file_name(checker: Checker, raw: RawWorkbook) -> None:
    """Warn for contact details in the name of the file; the name itself is not repeated."""
    if raw.private_name:
        message = _PERSONAL_NAME.format("de naam van het bestand")
        checker.findings.warn("persoonsgegeven", None, None, "", message)


_NO_RESULT = "Hier staat een formule zonder resultaat. We lezen de cel als leeg. Open en bewaar het bestand in Excel."


def check_formulas(checker: Checker) -> None:
    """Warn for every formula whose result is not in the file."""
    names, numbers = checker.table.header.names, set(checker.numbers)
    for row, column in checker.table.raw.uncached_formulas:
        if row in numbers:
            header = names[column - 1] if column <= len(names) and names[column - 1] else column_letters(column - 1)
            checker.findings.warn("formule-zonder-waarde", row, header, "", _NO_RESULT)


def check_layout(checker: Checker) -> None:
    """Report a hidden sheet, hidden rows, and columns that were not understood."""
    raw, findings = checker.table.raw, checker.findings
    if raw.hidden:
        findings.warn("blad-verborgen", None, None, raw.name, "Dit blad is verborgen. We lezen het toch mee.")
    for first, last in _hidden_runs(checker):
        rows = f"Rij {first} is verborgen" if first == last else f"De rijen {first} tot {last} zijn verborgen"
        findings.warn("rij-verborgen", first, None, "", f"{rows}. We lezen wat verborgen is toch mee.")
    for header in checker.table.extra:
        place = checker.table.places[header]
        if place in checker.table.header.ignored:
            continue
        code, message = _unused_column(checker, header, place)
        findings.warn(code, None, header, "", message)


def _unused_column(checker: Checker, header: str, place: int) -> tuple[str, str]:
    """Code and message about a column that is kept but not read."""
    row = checker.table.header
    if place in row.refused:
        return "koppeling-geweigerd", _refused(checker, header, row.refused[place])
    if place in row.doubles:
        read = quoted(checker.table.header_of(row.doubles[place]))
        return "kolom-dubbel", (
            f"De kolom {quoted(header)} herhaalt een kolom die er al is. We lezen {read}. Verwijder er één."
        )
    return "kolom-onbekend", f"De kolom {quoted(header)} kennen we niet. We bewaren ze, maar doen er niets mee."


def _refused(checker: Checker, header: str, key: str) -> str:
    """Why a match by hand was not followed."""
    wanted = f"Je koppelde de kolom {quoted(header)} aan {quoted(checker.sheet.column(key).header)}"
    if key in checker.table.headers:
        return f"{wanted}, maar die is er al. We lezen {quoted(checker.table.headers[key])}. Kies een andere kolom."
    return f"{wanted}, maar haar naam zegt dat ze niet voor iedereen is. We lezen ze niet. Geef ze een andere naam."


def _hidden_runs(checker: Checker) -> list[tuple[int, int]]:
    """First and last Excel row of every run of hidden data rows."""
    hidden = [(place, row) for place, row in enumerate(checker.numbers) if row in checker.table.raw.hidden_rows]
    runs = [list(run) for _, run in groupby(enumerate(hidden), key=lambda item: item[0] - item[1][0])]
    return [(run[0][1][1], run[-1][1][1]) for run in runs]


def check_common(checker: Checker) -> None:
    """The checks that every sheet gets."""
    check_repeated_header(checker)
    check_contacts(checker)
    check_formulas(checker)
    check_layout(checker)
