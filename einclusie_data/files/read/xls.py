"""Old Excel workbooks (.xls) -> raw sheets, with python-calamine.

Only for the reading process: on some damaged files that library aborts the whole process.

What python-calamine does not tell of an old Excel workbook: errors, hidden rows, numbers with leading zeros.

Record layouts: Microsoft [MS-XLS], sections 2.4 (Row, BoolErr, Formula, Number, RK, MulRk, XF, Format, BoundSheet8).

Streams in an OLE container (the file format of .xls).
"""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain, repeat

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from einclusie_data.contract import settings
from einclusie_data.contract.errors import OversizedFileError, UnreadableFileError
from einclusie_data.contract.text import plain_text
from einclusie_data.contract.workbook import RawSheet, RawWorkbook
from einclusie_data.files.read.kinds import DAMAGED, PROTECTED, damage_reported
from einclusie_data.files.read.sheet import (
    Budget,
    SheetBuilder,
    logical_text,
    moment_text,
    number_text,
    padded_text,
    too_many_sheets,
    zeros_in_format,
)

_END = 0xFFFFFFFA
"""Sector numbers from here on are no sectors but marks."""
_ENTRY_BYTES = 128
_HEADER_FAT_SECTORS = 109
_STREAM = 2


class Container:
    """An OLE container.

    Parameters
    ----------
    content : bytes

    Raises
    ------
    struct.error, ValueError
        The container is damaged.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._size = 1 << struct.unpack_from("<H", content, 30)[0]
        self._mini_size = 1 << struct.unpack_from("<H", content, 32)[0]
        if not (512 <= self._size <= 4096 and self._mini_size == 64):
            raise ValueError("sector size")
        directory, self._cutoff, mini_fat = struct.unpack_from("<I4xII", content, 48)
        self._fat = self._sector_numbers(self._fat_sectors())
        self._mini_fat = self._sector_numbers(self._chain(mini_fat, self._fat))
        self._entries = self._read_directory(b"".join(map(self._sector, self._chain(directory, self._fat))))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._content[start : start + self._size].ljust(self._size, b"\0")

    def _fat_sectors(self) -> list[int]:
        """Numbers of the sectors that hold the table of chains."""
        sectors = list(struct.unpack_from(f"<{_HEADER_FAT_SECTORS}I", self._content, 76))
        following, most = struct.unpack_from("<I", self._content, 68)[0], len(self._content) // self._size
        while following < _END and len(sectors) <= most:
            numbers = self._sector_numbers([following])
            sectors += numbers[:-1]
            following = numbers[-1]
        return [number for number in sectors if number <= most]

    def _sector_numbers(self, sectors: list[int]) -> list[int]:
        return [number for sector in sectors for (number,) in struct.iter_unpack("<I", self._sector(sector))]

    @staticmethod
    def _chain(start: int, table: list[int]) -> list[int]:
        """The sectors of a chain; a chain that bites its own tail is damage."""
        sectors: list[int] = []
        while start < _END:
            if start >= len(table) or len(sectors) > len(table):
                raise ValueError("chain")
            sectors.append(start)
            start = table[start]
        return sectors

    @staticmethod
    def _read_directory(directory: bytes) -> dict[str, tuple[int, int]]:
        """Name -> first sector and size; the root, which holds the small streams, is called ""."""
        entries = {}
        for place in range(0, len(directory), _ENTRY_BYTES):
            length, kind = struct.unpack_from("<HB", directory, place + 64)
            name = directory[place : place + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            if kind == _STREAM or place == 0:
                entries[name if place else ""] = struct.unpack_from("<II", directory, place + 116)
        return entries

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; b"" when there is none."""
        if name not in self._entries:
            return b""
        start, size = self._entries[name]
        if size >= self._cutoff:
            return b"".join(map(self._sector, self._chain(start, self._fat)))[:size]
        small = b"".join(map(self._sector, self._chain(self._entries[""][0], self._fat)))
        places = [number * self._mini_size for number in self._chain(start, self._mini_fat)]
        return b"".join(small[place : place + self._mini_size] for place in places)[:size]


_EOF, _FORMULA, _BOUNDSHEET, _MULRK, _XF = 0x0A, 0x06, 0x85, 0xBD, 0xE0
_NUMBER, _BOOLERR, _ROW, _RK, _FORMAT, _BOF = 0x203, 0x205, 0x208, 0x27E, 0x41E, 0x809
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_HIDDEN_ROW = 0x20
_ERROR_RESULT = b"\xff\xff"


@dataclass
class SheetRecords:
    """Facts of one sheet; places are 1-based (row, column).

    Attributes
    ----------
    errors : dict of (int, int) to str
        Cells with an error, as Excel shows it.
    zeros : dict of (int, int) to int
        Cells whose number format always shows so many digits.
    hidden_rows : set of int
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    zeros: dict[tuple[int, int], int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)


def sheet_records(content: bytes) -> list[SheetRecords]:
    """Facts of every sheet, in the order of the tabs.

    Raises
    ------
    UnreadableFileError
        The file is damaged.
    """
    with damage_reported():
        container = Container(content)
        stream = container.stream("Workbook") or container.stream("Book")
        starts, zeros = _globals(stream)
        return [_records_of(stream, start, zeros) for start in starts]


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Records from a place up to the end of that part of the stream."""
    depth = 0
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length
        depth += (kind == _BOF) - (kind == _EOF)
        if kind == _EOF and depth <= 0:
            return


def _globals(stream: bytes) -> tuple[list[int], list[int]]:
    """Where the sheets start, and per cell style how many digits it always shows."""
    starts: list[int] = []
    formats: dict[int, str] = {}
    styles: list[int] = []
    for kind, data in _records(stream, 0):
        if kind == _BOUNDSHEET:
            starts.append(struct.unpack_from("<I", data)[0])
        elif kind == _FORMAT and len(data) > 5:
            number, _, flags = struct.unpack_from("<HHB", data)
            formats[number] = data[5:].decode("utf-16-le" if flags & 1 else "latin-1", "replace")
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", data, 2)[0])
    return starts, [zeros_in_format(formats.get(number, "")) for number in styles]


def _records_of(stream: bytes, start: int, zeros: list[int]) -> SheetRecords:
    facts = SheetRecords()
    for kind, data in _records(stream, start):
        if kind == _ROW:
            row, options = struct.unpack_from("<H10xH", data)
            if options & _HIDDEN_ROW:
                facts.hidden_rows.add(row + 1)
        elif kind in (_NUMBER, _RK, _FORMULA, _BOOLERR):
            row, column, style = struct.unpack_from("<HHH", data)
            _add_cell(facts, (row + 1, column + 1), _error(kind, data), _width(zeros, style))
        elif kind == _MULRK:
            row, column = struct.unpack_from("<HH", data)
            for step, (style, _) in enumerate(struct.iter_unpack("<HI", data[4:-2])):
                _add_cell(facts, (row + 1, column + step + 1), "", _width(zeros, style))
    return facts


def _width(zeros: list[int], style: int) -> int:
    return zeros[style] if style < len(zeros) else 0


def _error(kind: int, data: bytes) -> str:
    """The error in a cell; "" = none."""
    if kind == _BOOLERR and data[7]:
        return _ERRORS.get(data[6], "")
    if kind == _FORMULA and data[12:14] == _ERROR_RESULT and data[6] == 2:
        return _ERRORS.get(data[8], "")
    return ""


def _add_cell(facts: SheetRecords, place: tuple[int, int], error: str, width: int) -> None:
    if error:
        facts.errors[place] = error
    if width:
        facts.zeros[place] = width


Value = bool | float | str | dt.date | dt.time | dt.timedelta
"""What the library makes of a cell; "" is an empty cell, and also an error."""


def read_xls(content: bytes) -> RawWorkbook:
    """The worksheets of an old Excel workbook as text.

    Parameters
    ----------
    content : bytes

    Returns
    -------
    RawWorkbook
        Formulas without a result cannot be told from empty ones in this format.

    Raises
    ------
    DataFileError
        Damaged, protected with a password, too large, or without worksheets.
    """
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        facts = chain(sheet_records(content), repeat(SheetRecords()))
        tabs = list(zip(book.sheets_metadata, facts, strict=False))
        budget = Budget()
        sheets = [
            _sheet(book.get_sheet_by_name(tab.name), tab, facts, budget)
            for tab, facts in _within_limit(tabs)
            if tab.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise UnreadableFileError(PROTECTED) from error
    except CalamineError as error:
        raise UnreadableFileError(DAMAGED) from error
    if not sheets:
        raise UnreadableFileError(DAMAGED)
    return RawWorkbook(tuple(sheets))


def _within_limit(tabs: list[tuple[SheetMetadata, SheetRecords]]) -> list[tuple[SheetMetadata, SheetRecords]]:
    if len(tabs) > settings.MAX_SHEETS:
        raise OversizedFileError(too_many_sheets())
    return tabs


def _sheet(sheet: CalamineSheet, tab: SheetMetadata, facts: SheetRecords, budget: Budget) -> RawSheet:
    builder = SheetBuilder(plain_text(tab.name), budget, tab.visible != SheetVisibleEnum.Visible)
    errors: dict[int, dict[int, str]] = {}
    for (row, column), error in facts.errors.items():
        errors.setdefault(row, {})[column] = error
    for number, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        texts = {
            column: value_text(value, facts.zeros.get((number, column), 0))
            for column, value in enumerate(values, start=1)
            if value != ""
        }
        cells = {column: text for column, text in texts.items() if text} | errors.get(number, {})
        builder.add_row(number, cells, hidden=number in facts.hidden_rows)
    for (first_row, first_column), (last_row, last_column) in sheet.merged_cell_ranges or ():
        builder.add_merged(first_row + 1, first_column + 1, last_row + 1, last_column + 1)
    return builder.finish()


def value_text(value: Value, width: int = 0) -> str:
    """A value as the library gives it, as text.

    Parameters
    ----------
    value : bool, float, str, date, time or timedelta
    width : int
        Digits that the cell's number format always shows.

    Returns
    -------
    str
    """
    if isinstance(value, bool):
        return logical_text(value)
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, int | float):
        return padded_text(value, width) if width else number_text(value)
    return moment_text(value)
