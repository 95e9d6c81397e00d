"""What python-calamine does not tell of an old Excel workbook: errors, hidden rows, numbers with leading zeros.

Record layouts: Microsoft [MS-XLS], sections 2.4 (Row, BoolErr, Formula, Number, RK, MulRk, XF, Format, BoundSheet8).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from einclusie_data.files.read.archive import damage_reported
from einclusie_data.files.read.cell_text import zeros_in_format
from einclusie_data.files.read.ole import Container

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
        return [_sheet(stream, start, zeros) for start in starts]


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


def _sheet(stream: bytes, start: int, zeros: list[int]) -> SheetRecords:
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
