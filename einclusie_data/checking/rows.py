"""What every sheet has in common: reading its columns, reporting what is wrong, building the clean table."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from einclusie_data.checking import cells
from einclusie_data.checking.cells import Note, Reading
from einclusie_data.checking.findings import Findings
from einclusie_data.checking.tables import RawTable, is_mark
from einclusie_data.checking.values.dates import Edge
from einclusie_data.city.areas import Areas
from einclusie_data.city.names import WijkNames
from einclusie_data.contract.codelists import Codelist
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.organisations import OrganisationNames
from einclusie_data.contract.privacy import mask_personal, quoted
from einclusie_data.contract.schema import Column, Kind, Sheet

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
