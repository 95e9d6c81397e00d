"""Excel workbooks (.xlsx, .xlsm) -> raw sheets.

Read as a stream: a sheet costs time but hardly any memory, whatever its declared size, and hidden rows, merged cells
and formulas without a result are seen in the same pass. (openpyxl's read-only mode took 9 s for 20,000 rows of 31
columns, sees none of these, and refuses workbooks with styles it does not know; this takes under 2 s.) Macros, links,
drawings and comments are never opened.

The cells of one worksheet of an Excel workbook, read as a stream.
"""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from openpyxl.styles.numbers import builtin_format_code
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from einclusie_data.contract import settings
from einclusie_data.contract.errors import OversizedFileError, UnreadableFileError
from einclusie_data.contract.text import plain_text
from einclusie_data.contract.workbook import RawWorkbook
from einclusie_data.files.read.kinds import DAMAGED, Archive, local_name
from einclusie_data.files.read.sheet import (
    LAST_COLUMN,
    LAST_ROW,
    TOO_MUCH,
    Budget,
    SheetBuilder,
    iso_text,
    logical_text,
    number_reader,
    number_text,
    parse_number,
    too_many_sheets,
    unescaped,
)

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
        if not self._row < number <= LAST_ROW:
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
        if column > LAST_COLUMN:
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


_HIDDEN_STATES = ("hidden", "veryHidden")
_GENERAL = "General"


class _Quiet:
    """A handler that looks at opening tags only."""

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, data: str) -> None:
        """Nothing to do."""


class _Relations(_Quiet):
    """A .rels part: id -> (type, path of the target within the archive)."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
            self.targets[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path)


@dataclass
class _Contents(_Quiet):
    """The part that lists the sheets: (name, hidden, id of the relation)."""

    sheets: list[tuple[str, bool, str]] = field(default_factory=list)
    epoch: dt.datetime = WINDOWS_EPOCH

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local_name(name)
        if kind == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            hidden = attributes.get("state") in _HIDDEN_STATES
            self.sheets.append((plain_text(attributes.get("name", "")), hidden, relation))
        elif kind == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.epoch = MAC_EPOCH


class _Styles(_Quiet):
    """The styles part: number format of every cell style, in order."""

    def __init__(self) -> None:
        self._own: dict[int, str] = {}
        self._ids: list[int] = []
        self._in_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local_name(name)
        if kind == "numFmt":
            self._own[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", _GENERAL)
        elif kind == "cellXfs":
            self._in_cells = True
        elif kind == "xf" and self._in_cells:
            self._ids.append(int(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        if local_name(name) == "cellXfs":
            self._in_cells = False

    def readers(self, epoch: dt.datetime) -> list[Callable[[float], str]]:
        """How numbers of every cell style read."""
        codes = [self._own.get(one) or builtin_format_code(one) or _GENERAL for one in self._ids]
        known = {code: number_reader(code, epoch) for code in set(codes)}
        return [known[code] for code in codes]


class _SharedTexts:
    """The part with texts that cells share; formatting and phonetic notes are left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._open = False
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local_name(name)
        if kind == "si":
            self._parts = []
        elif kind == "rPh":
            self._phonetic = True
        elif kind == "t":
            self._open = not self._phonetic

    def end(self, name: str) -> None:
        kind = local_name(name)
        if kind == "t":
            self._open = False
        elif kind == "rPh":
            self._phonetic = False
        elif kind == "si":
            self.texts.append(plain_text(unescaped("".join(self._parts))))
            if len(self.texts) > settings.MAX_CELLS:
                raise OversizedFileError(TOO_MUCH)

    def text(self, data: str) -> None:
        if self._open:
            self._parts.append(data)


def relations_part(part: str) -> str:
    """Name of the part that lists the relations of a part ("" = of the whole package)."""
    folder, _, file = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{file}.rels")


def relations_of(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Relations of a part ("" = of the whole package): id -> (type, path of the target within the archive)."""
    handler = _Relations(part.rpartition("/")[0])
    name = relations_part(part)
    if name in archive:
        archive.stream(name, handler)
    return handler.targets


def part_of(relations: dict[str, tuple[str, str]], kind: str) -> str | None:
    """Path of the first part of a type, e.g. "styles"."""
    return next((path for type_, path in relations.values() if type_ == kind), None)


@dataclass(frozen=True)
class Contents:
    """What a workbook consists of.

    Attributes
    ----------
    part : str
        Path of the part that lists the sheets.
    relations : dict of str to (str, str)
        Of that part.
    sheets : list of (str, bool, str)
        The worksheets in the order of their tabs: name, hidden, path.
    epoch : datetime
        Day 0 of its dates.
    """

    part: str
    relations: dict[str, tuple[str, str]]
    sheets: list[tuple[str, bool, str]]
    epoch: dt.datetime


def contents_of(archive: Archive) -> Contents:
    """What a workbook consists of; DataFileError when it has no worksheets or too many."""
    part = part_of(relations_of(archive, ""), "officeDocument") or "xl/workbook.xml"
    handler = _Contents()
    archive.stream(part, handler)
    relations = relations_of(archive, part)
    sheets = [
        (name, hidden, relations[relation][1])
        for name, hidden, relation in handler.sheets
        if relations.get(relation, ("", ""))[0] == "worksheet"
    ]
    if not sheets:
        raise UnreadableFileError(DAMAGED)
    if len(sheets) > settings.MAX_SHEETS:
        raise OversizedFileError(too_many_sheets())
    return Contents(part, relations, sheets, handler.epoch)


def read_xlsx(archive: Archive) -> RawWorkbook:
    """The worksheets of a workbook as text, in the order of its tabs.

    Parameters
    ----------
    archive : Archive

    Returns
    -------
    RawWorkbook

    Raises
    ------
    DataFileError
        Damaged, too large, or without worksheets.
    """
    contents = contents_of(archive)
    relations = contents.relations
    texts, styles = _SharedTexts(), _Styles()
    for kind, handler in (("sharedStrings", texts), ("styles", styles)):
        path = part_of(relations, kind)
        if path is not None and path in archive:
            archive.stream(path, handler)
    readers, budget = styles.readers(contents.epoch), Budget()
    raw = []
    for name, hidden, path in contents.sheets:
        builder = SheetBuilder(name, budget, hidden)
        archive.stream(path, SheetHandler(builder, texts.texts, readers))
        raw.append(builder.finish())
    return RawWorkbook(tuple(raw))
