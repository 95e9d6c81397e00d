"""What every sheet has in common: reading its columns, reporting what is wrong, building the clean table.

The checks that every sheet gets: required cells, contact details, formulas, hidden rows, unknown columns.

Clean tables: the columns and kinds that `workbook.Workbook` promises.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.checking import cells
from einclusie_data.checking.cells import Note, Reading
from einclusie_data.checking.tables import Findings, RawTable, column_letters, is_mark
from einclusie_data.checking.values.dates import Edge
from einclusie_data.city.areas import Areas
from einclusie_data.city.names import WijkNames
from einclusie_data.contract.codelists import Codelist
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.organisations import OrganisationNames
from einclusie_data.contract.privacy import has_personal, mask_personal, quoted
from einclusie_data.contract.schema import REPAIR_COLUMN, Column, Kind, Sheet
from einclusie_data.contract.text import compact, normalise
from einclusie_data.contract.workbook import How, RawWorkbook, SheetReport, UnderstoodColumn


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


MAY_HOLD_CONTACTS = frozenset({"contact", "internal_contact"})
"""Columns in which an e-mail address or a phone number is in its place."""
_NUMBERS = (Kind.LATITUDE, Kind.LONGITUDE, Kind.COUNT)
_NOT_READ_HERE = (Kind.WIJKEN, Kind.LATITUDE, Kind.LONGITUDE, Kind.COUNT)


@dataclass(frozen=True)
class Context:
    """What the cells are compared with: lists, names of wijken and of organisations, the city."""

    codelists: Mapping[str, Codelist]
    names: WijkNames
    organisations: OrganisationNames
    areas: Areas


class Checker:
    """One sheet while it is checked.

    Contact details of people are masked here, before anything is read, so that nothing made of a workbook can hold
    them: no clean table, no list of values, no message, no key.

    Attributes
    ----------
    table : RawTable
        With contact details masked outside `MAY_HOLD_CONTACTS`.
    personal : dict of str to list of int
        Key of the column, or header of one that was not understood -> places of the data rows where some were masked.
    findings : Findings
    texts : dict of str to list of str
        Key of the column -> texts, with Excel's errors made empty.
    """

    def __init__(self, table: RawTable) -> None:
        self.personal: dict[str, list[int]] = {}
        self.table = replace(
            table,
            cells={
                key: cells
                if key in MAY_HOLD_CONTACTS or table.sheet.column(key).kind in _NUMBERS
                else self._masked(key, cells)
                for key, cells in table.cells.items()
            },
            extra={header: self._masked(header, cells) for header, cells in table.extra.items()},
        )
        self.findings = Findings(table.raw.name, table.positions)
        self.texts: dict[str, list[str]] = {key: self._without_errors(key) for key in table.cells}

    @property
    def sheet(self) -> Sheet:
        """The contract's sheet."""
        return self.table.sheet

    @property
    def numbers(self) -> tuple[int, ...]:
        """Excel row of every data row."""
        return self.table.numbers

    def column(self, key: str) -> list[str]:
        """Texts of a column; all empty when the file does not have it."""
        return self.texts.get(key) or [""] * len(self.numbers)

    def _masked(self, name: str, cells: Iterable[str]) -> tuple[str, ...]:
        """The cells of a column without contact details; where they were is kept in `personal`."""
        cells = tuple(cells)
        masked = {text: mask_personal(text) for text in watched(set(cells))}
        places = [place for place, text in enumerate(cells) if masked[text] != text]
        if places:
            self.personal[name] = places
        return tuple(masked[text] for text in cells)

    def _without_errors(self, key: str) -> list[str]:
        texts = list(self.table.cells[key])
        if not cells.EXCEL_ERRORS.intersection(texts):
            return texts
        for place, text in enumerate(texts):
            if text in cells.EXCEL_ERRORS:
                message = f"Excel toont hier een fout ({text}). We lezen de cel als leeg. Herstel de formule."
                self.warn("excel-fout", place, key, text, message)
                texts[place] = ""
        return texts

    def warn(self, code: str, place: int, key: str | None, value: str, message: str) -> None:
        """Report something about a data row (by its place) that leaves it in use."""
        header = None if key is None else self.table.header_of(key)
        self.findings.warn(code, self.numbers[place], header, value, message)

    def reject(self, code: str, place: int, key: str | None, value: str, message: str) -> None:
        """Report something for which a data row (by its place) is left out."""
        header = None if key is None else self.table.header_of(key)
        self.findings.reject(code, self.numbers[place], header, value, message)

    def readings(self, key: str, reader: Callable[[str], Reading]) -> list[Reading]:
        """What every cell of a column means; nothing is reported."""
        texts = self.column(key)
        answers = {text: reader(text) for text in watched(set(texts))}
        return [answers[text] for text in texts]

    def read(self, key: str, reader: Callable[[Any], Reading], keys: Sequence[Hashable] | None = None) -> list[Any]:
        """Values of a column; notes are reported as warnings.

        Parameters
        ----------
        key : str
        reader : callable
        keys : sequence, optional
            What the reader is given per row, when that is more than the cell's text.
        """
        items: Sequence[Hashable] = self.column(key) if keys is None else keys
        answers = {item: reader(item) for item in watched(set(items))}
        if any(answer.notes for answer in answers.values()):
            for place, item in enumerate(items):
                self.report(key, place, answers[item].notes)
        return [answers[item].value for item in items]

    def report(self, key: str, place: int, notes: Sequence[Note]) -> None:
        """Report notes about one cell as warnings."""
        for note in notes:
            self.warn(note.code, place, key, note.value, note.message)


def _reader_of(column: Column, context: Context) -> Callable[[str], Reading] | None:
    """How a column's cells are read; None for free text, which is kept as it is."""
    if column.codelist is not None:
        codelist = context.codelists[column.codelist.name]
        return cells.codes_reader(codelist) if column.kind is Kind.CODES else cells.code_reader(codelist)
    if column.kind is Kind.DATE:
        return cells.date_reader(Edge.LAST if column.key == "valid_to" else Edge.FIRST)
    simple: dict[Kind, Callable[[str], Reading]] = {
        Kind.TEXTS: cells.read_texts,
        Kind.ORGANISATIONS: cells.organisations_reader(context.organisations),
        Kind.POSTCODE: cells.postcode_reader(context.areas.postcodes),
        Kind.DISTRICT: cells.district_reader(context.names),
    }
    return simple.get(column.kind)


def read_columns(checker: Checker, context: Context) -> dict[str, list[Any]]:
    """Values of every column but those of wijken, coordinates and counts."""
    values: dict[str, list[Any]] = {}
    for column in checker.sheet.columns:
        if column.kind in _NOT_READ_HERE:
            continue
        reader = _reader_of(column, context)
        values[column.key] = checker.column(column.key) if reader is None else checker.read(column.key, reader)
    return values


def read_wijken(checker: Checker, context: Context, values: Mapping[str, list[Any]]) -> list[cells.WijkenValue]:
    """The wijken of every row; the row's district and postcode decide names that fit several."""
    count = len(checker.numbers)
    none = [""] * count
    districts, postcodes = values.get("district", none), values.get("postcode", none)
    keys = list(zip(checker.column("wijken"), districts, postcodes, strict=True))
    return checker.read("wijken", cells.wijken_reader(context.names), keys)


def add_marks(checker: Checker, context: Context, values: dict[str, list[Any]]) -> None:
    """Add the values of columns with crosses to those of the column itself."""
    for column in checker.table.marks:
        key, header = column.mark.key, column.header
        codelist = context.codelists[checker.sheet.column(key).header]
        order = {value: place for place, value in enumerate(codelist.values)}
        answers = {cell: is_mark(cell, column.mark, codelist) for cell in watched(set(column.cells))}
        for place, cell in enumerate(column.cells):
            if answers[cell]:
                values[key][place] = tuple(sorted({*values[key][place], column.mark.value}, key=order.__getitem__))
            elif answers[cell] is None:
                message = f"{quoted(cell)} is geen kruisje. Zet een x voor ja, of laat de cel leeg voor nee."
                checker.findings.warn("kruisje-onbekend", checker.numbers[place], header, cell, message)


_TUPLES = (Kind.TEXTS, Kind.CODES, Kind.ORGANISATIONS, Kind.WIJKEN)
_NUMBERS = (Kind.LATITUDE, Kind.LONGITUDE, Kind.COUNT)


def _array(column: Column, values: Sequence[Any]) -> Any:
    if column.kind in _TUPLES:
        tuples = np.empty(len(values), dtype=object)
        tuples[:] = values
        return tuples
    if column.kind is Kind.DATE:
        return np.array(values, dtype="datetime64[us]")
    if column.kind in _NUMBERS:
        return np.array(values, dtype=float)
    return pd.array(values, dtype="str")


def clean_table(
    sheet: Sheet, numbers: Sequence[int], values: Mapping[str, Sequence[Any]], keep: Sequence[bool] | None = None
) -> pd.DataFrame:
    """The clean table of a sheet.

    Parameters
    ----------
    sheet : Sheet
    numbers : sequence of int
        Excel row per data row.
    values : mapping of str to sequence
        Per column one value per data row; keys that the sheet does not have are flags (bool).
    keep : sequence of bool, optional
        Rows to keep; all when not given.
    """
    kept = [place for place, wanted in enumerate(keep or [True] * len(numbers)) if wanted]
    columns: dict[str, Any] = {"row": np.array([numbers[place] for place in kept], dtype=np.int64)}
    for column in watched(sheet.columns):
        columns[column.key] = _array(column, [values[column.key][place] for place in kept])
    for key in values.keys() - columns.keys():
        columns[key] = np.array([values[key][place] for place in kept], dtype=bool)
    return pd.DataFrame(columns)


def empty_table(sheet: Sheet, flags: Sequence[str] = ()) -> pd.DataFrame:
    """The clean table of a sheet that the file does not have."""
    return clean_table(sheet, [], {**{column.key: [] for column in sheet.columns}, **{flag: [] for flag in flags}})


def report_of(checker: Checker) -> SheetReport:
    """What was understood of a sheet, once it is checked."""
    table = checker.table
    columns = dict(table.headers)
    for mark in table.marks:
        columns.setdefault(mark.mark.key, mark.header)
    return SheetReport(
        key=checker.sheet.key,
        name=table.raw.name,
        header_row=table.raw.numbers[table.header.position],
        columns=columns,
        unknown_columns=tuple(table.extra),
        rows_read=len(checker.numbers),
        rows_used=len(checker.numbers) - len(checker.findings.left_out),
        understood=_understood(table),
        unmatched=MappingProxyType(_unmatched(table)),
        places=MappingProxyType(table.places | table.positions | _own(table)),
    )


def _own(table: RawTable) -> dict[str, int]:
    """The column of an earlier repair, under its name in `schema`."""
    names = [compact(name) for name in table.header.names]
    own = compact(REPAIR_COLUMN)
    return {REPAIR_COLUMN: names.index(own)} if own in names else {}


def _understood(table: RawTable) -> tuple[UnderstoodColumn, ...]:
    header = table.header
    found = [(place, key, header.how[key]) for key, place in header.columns.items()]
    found += [(column.mark.place, column.mark.key, How.CROSSES) for column in table.marks]
    return tuple(UnderstoodColumn(header.names[place], key, how) for place, key, how in sorted(found))


def _unmatched(table: RawTable) -> dict[str, str]:
    """Name -> header of the columns that can still be matched by hand; equal headers are matched together."""
    header = table.header
    found: dict[str, tuple[str, str]] = {}
    for name, place in table.places.items():
        if header.names[place] and place not in header.ignored:
            found.setdefault(normalise(header.names[place]), (name, header.names[place]))
    return dict(found.values())
