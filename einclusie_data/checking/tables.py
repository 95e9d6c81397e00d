"""Raw sheets -> tables of text by the contract's columns (headers found, rows not yet checked).

The problems found in one sheet: collected while checking, masked and put in order at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from einclusie_data.checking.headers import HeaderRow, Mark
from einclusie_data.contract.codelists import Codelist
from einclusie_data.contract.deadline import check, watched
from einclusie_data.contract.errors import Problem, Severity
from einclusie_data.contract.privacy import LONGEST_VALUE, masked_start
from einclusie_data.contract.schema import EXAMPLE_NUMBER, OFFERS, REPAIR_COLUMN, Sheet
from einclusie_data.contract.text import clean_text, compact, match_value
from einclusie_data.contract.workbook import RawSheet


@dataclass
class Findings:
    """Problems of one sheet.

    Attributes
    ----------
    sheet : str
        Name in the file.
    positions : mapping of str to int
        Header as in the file -> place of the column, for the order of the problems.
    """

    sheet: str
    positions: Mapping[str, int] = field(default_factory=dict)
    left_out: set[int] = field(default_factory=set)
    _found: list[Problem] = field(default_factory=list)

    def warn(self, code: str, row: int | None, column: str | None, value: str, message: str) -> None:
        """A finding that leaves the row in use."""
        self._add(code, Severity.WARNING, row, column, value, message)

    def reject(self, code: str, row: int, column: str | None, value: str, message: str) -> None:
        """A finding for which the row is left out."""
        self.left_out.add(row)
        self._add(code, Severity.ERROR, row, column, value, message)

    def _add(
        self, code: str, severity: Severity, row: int | None, column: str | None, value: str, message: str
    ) -> None:
        check()
        shown = masked_start(value, LONGEST_VALUE)
        self._found.append(Problem(code, severity, self.sheet, row, column, shown, message))

    def _place(self, problem: Problem) -> tuple[int, int, str, str]:
        column = -1 if problem.column is None else self.positions.get(problem.column, len(self.positions))
        return (-1 if problem.row is None else problem.row, column, problem.code, problem.value)

    def in_order(self) -> list[Problem]:
        """The problems by row and column; those of the sheet as a whole first."""
        return sorted(self._found, key=self._place)


YES = frozenset({"x", "xx", "xxx", "✓", "✔", "☑", "✅", "v", "1", "ja", "j", "waar", "true", "yes", "y", "*", "●", "•"})
NO = frozenset({"", "nee", "neen", "n", "0", "onwaar", "false", "no", "-", "–", "/", "☐", "nvt", "n.v.t."})
"""What people put in a column of crosses, for yes and for no."""


def column_letters(place: int) -> str:
    """Excel's name of a column; 0 is A.

    Examples
    --------
    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True)
class MarkColumn:
    """A column of crosses: its header, its value, its cells."""

    header: str
    mark: Mark
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RawTable:
    """The data rows of a sheet as text.

    Attributes
    ----------
    sheet : Sheet
        The contract's sheet.
    raw : RawSheet
        Where it comes from.
    header : HeaderRow
    numbers : tuple of int
        Excel row of every data row.
    cells : dict of str to tuple of str
        Key of the column -> text per data row; columns that the file does not have are not there.
    headers : dict of str to str
        Key of the column -> header as in the file.
    marks : tuple of MarkColumn
    extra : dict of str to tuple of str
        Header as in the file (made unique) -> texts, of the columns that were not understood.
    doubled : frozenset of str
        Those of `extra` that repeat a column of the contract.
    places : dict of str to int
        Name in `extra` -> place of the column.
    """

    sheet: Sheet
    raw: RawSheet
    header: HeaderRow
    numbers: tuple[int, ...]
    cells: dict[str, tuple[str, ...]]
    headers: dict[str, str]
    marks: tuple[MarkColumn, ...] = ()
    extra: dict[str, tuple[str, ...]] = field(default_factory=dict)
    doubled: frozenset[str] = frozenset()
    places: dict[str, int] = field(default_factory=dict)

    def column(self, key: str) -> tuple[str, ...]:
        """Texts of a column; all empty when the file does not have it."""
        return self.cells.get(key) or ("",) * len(self.numbers)

    def header_of(self, key: str) -> str:
        """Header as in the file, else that of the contract."""
        return self.headers.get(key, self.sheet.column(key).header)

    @property
    def positions(self) -> dict[str, int]:
        """Header as in the file -> place of the column."""
        return {name: place for place, name in reversed(list(enumerate(self.header.names))) if name}


def _clean_column(cells: Iterable[str]) -> tuple[str, ...]:
    column = tuple(cells)
    cleaned = {text: clean_text(text) for text in watched(set(column))}
    return tuple(cleaned[text] for text in column)


def is_mark(cell: str, mark: Mark, codelist: Codelist) -> bool | None:
    """Whether a cell of a column of crosses says yes; None when it says neither yes nor no."""
    word = cell.casefold().strip(" .!")
    if word in YES:
        return True
    if word in NO:
        return False
    return True if match_value(cell, codelist) == mark.value else None


def _is_mark_column(cells: tuple[str, ...], mark: Mark, codelist: Codelist) -> bool:
    """Whether at least half of the filled cells are crosses or their opposite."""
    filled = [cell for cell in cells if cell]
    understood = {cell: is_mark(cell, mark, codelist) is not None for cell in watched(set(filled))}
    return 2 * sum(understood[cell] for cell in filled) >= len(filled)


def _extra_names(header: HeaderRow, used: set[int]) -> dict[str, int]:
    """A name for every column that is not used, none of them twice -> its place."""
    names = {header.names[place] for place in used}
    extra: dict[str, int] = {}
    for place, name in enumerate(header.names):
        if place in used:
            continue
        base = candidate = name or f"Kolom {column_letters(place)}"
        number = 2
        while candidate in names:
            candidate, number = f"{base} ({number})", number + 1
        names.add(candidate)
        extra[candidate] = place
    return extra


def _kept_rows(columns: list[tuple[str, ...]], header: HeaderRow, sheet: Sheet) -> list[int]:
    """Positions of the data rows that are neither empty nor an example."""
    count = len(columns[0]) if columns else 0
    numbers = columns[header.columns["number"]] if sheet.key == OFFERS.key and "number" in header.columns else ()
    examples = {text for text in set(numbers) if not text.isdigit() and compact(text) == compact(EXAMPLE_NUMBER)}
    filled = [False] * count
    for column in columns:
        filled = [seen or bool(cell) for seen, cell in zip(filled, column, strict=True)]
    return [place for place in range(count) if filled[place] and not (numbers and numbers[place] in examples)]


def read_table(raw: RawSheet, sheet: Sheet, header: HeaderRow, codelists: Mapping[str, Codelist]) -> RawTable:
    """The data rows below the header row, column by column.

    Parameters
    ----------
    raw : RawSheet
    sheet : Sheet
    header : HeaderRow
    codelists : mapping of str to Codelist
        For the columns of crosses.

    Returns
    -------
    RawTable
        Without empty rows and example rows.
    """
    first = header.position + 1
    ours = {place for place, name in enumerate(header.names) if compact(name) == compact(REPAIR_COLUMN)}
    width = len(header.names)
    columns = [_clean_column(column) for column in zip(*raw.rows[first:], strict=True)] or [()] * width
    columns = [("",) * len(column) if place in ours else column for place, column in enumerate(columns)]
    kept = _kept_rows(columns, header, sheet)
    if len(kept) < len(columns[0]):
        columns = [tuple(column[place] for place in kept) for column in columns]
    marks = tuple(
        MarkColumn(header.names[mark.place], mark, columns[mark.place])
        for mark in header.marks
        if _is_mark_column(columns[mark.place], mark, codelists[sheet.column(mark.key).header])
    )
    used = {*header.columns.values(), *(column.mark.place for column in marks)}
    extra = {
        name: place
        for name, place in _extra_names(header, used | ours).items()
        if header.names[place] or any(columns[place])
    }
    return RawTable(
        sheet,
        raw,
        header,
        tuple(raw.numbers[first + place] for place in kept),
        {key: columns[place] for key, place in header.columns.items()},
        {key: header.names[place] for key, place in header.columns.items()},
        marks,
        {name: columns[place] for name, place in extra.items()},
        frozenset(name for name, place in extra.items() if place in header.doubles),
        extra,
    )
