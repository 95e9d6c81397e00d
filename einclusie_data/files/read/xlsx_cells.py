"""The cells of one worksheet of an Excel workbook, read as a stream."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from openpyxl.utils import column_index_from_string, range_boundaries

from einclusie_data.contract.characters import plain_text
from einclusie_data.contract.errors import UnreadableFileError
from einclusie_data.files.read.archive import local_name
from einclusie_data.files.read.cell_text import iso_text, logical_text, number_text, parse_number, unescaped
from einclusie_data.files.read.kinds import DAMAGED
from einclusie_data.files.read.sheet import SheetBuilder

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_YES = ("1", "true")


@lru_cache(maxsize=20_000)
def _column_of(letters: str) -> int:
    return int(column_index_from_string(letters))


class SheetHandler:
    """Reads the XML of a worksheet into a `SheetBuilder`.

    Parameters
    ----------
    builder : SheetBuilder
    shared : sequence of str
        The texts that cells share.
    readers : sequence of callable
        Per cell style: number -> text.
    """

    def __init__(self, builder: SheetBuilder, shared: Sequence[str], readers: Sequence[Callable[[float], str]]) -> None:
        self._builder = builder
        self._shared = shared
        self._readers = readers
        self._row = 0
        self._row_hidden = False
        self._cells: dict[int, str] = {}
        self._place, self._beyond = "", 0  # the last cell that says where it stands, and how far we are beyond it
        self._attributes: dict[str, str] | None = None  # of the cell that we are in
        self._parts: list[str] = []
        self._capturing = self._phonetic = self._formula = self._has_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens: `c`, `v` and `row` are nearly all there is."""
        kind = name if ":" not in name else local_name(name)
        if kind == "c":
            self._attributes, self._has_value = attributes, False
            if "r" in attributes:
                self._place, self._beyond = attributes["r"], 0
            else:
                self._beyond += 1
        elif kind == "v":
            self._capturing = self._has_value = self._attributes is not None
        elif kind == "row":
            self._start_row(attributes)
        elif self._attributes is not None:
            self._start_in_cell(kind)
        elif kind == "mergeCell":
            self._add_merged(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        """An element closes."""
        kind = name if ":" not in name else local_name(name)
        if kind == "c":
            if self._parts or self._formula:
                self._end_cell()
            self._attributes = None
        elif kind in ("v", "t"):
            self._capturing = False
        elif kind == "row":
            self._builder.add_row(self._row, self._cells, hidden=self._row_hidden)
        elif kind == "rPh":
            self._phonetic = False

    def text(self, data: str) -> None:
        """A piece of text."""
        if self._capturing:
            self._parts.append(data)

    def _add_merged(self, reference: str) -> None:
        first_column, first_row, last_column, last_row = range_boundaries(reference)
        if None not in (first_column, first_row, last_column, last_row):
            self._builder.add_merged(first_row, first_column, last_row, last_column)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = int(float(attributes["r"])) if "r" in attributes else self._row + 1
        if not self._row < number <= _LAST_ROW:
            raise UnreadableFileError(DAMAGED)
        self._row, self._cells, self._place, self._beyond = number, {}, "", 0
        self._row_hidden = attributes.get("hidden") in _YES

    def _start_in_cell(self, kind: str) -> None:
        if kind == "t":
            self._capturing = not self._phonetic
        elif kind == "f":
            self._formula = True
        elif kind == "rPh":
            self._phonetic = True

    def _end_cell(self) -> None:
        attributes = self._attributes or {}
        column = (_column_of(self._place.rstrip("0123456789")) if self._place else 0) + self._beyond
        if column > _LAST_COLUMN:
            raise UnreadableFileError(DAMAGED)
        if self._parts:
            text = self._cell_text(attributes.get("t", "n"), "".join(self._parts), attributes)
            if text:
                self._cells[column] = text
            self._parts = []
        elif not (self._has_value and attributes.get("t") == "str"):  # a result that is an empty text is a result
            self._builder.add_uncached(self._row, column)
        self._formula = self._has_value = self._capturing = False

    def _cell_text(self, kind: str, value: str, attributes: dict[str, str]) -> str:
        match kind:
            case "s":
                return self._shared[_index(value, len(self._shared))]
            case "n":
                return self._number_text(value.strip(), int(attributes.get("s", "0")))
            case "b":
                return logical_text(value.strip() in _YES)
            case "d":
                return plain_text(iso_text(value))
            case _:
                return plain_text(unescaped(value))

    def _number_text(self, value: str, style: int) -> str:
        number = parse_number(value)
        if number is None:
            return plain_text(value)
        return self._readers[style](number) if 0 <= style < len(self._readers) else number_text(number)


def _index(value: str, count: int) -> int:
    index = int(value)
    if not 0 <= index < count:
        raise UnreadableFileError(DAMAGED)
    return index
