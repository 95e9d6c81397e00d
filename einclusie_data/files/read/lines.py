"""How the reading process hands its result back: one line of JSON per sheet and per row.

Nothing in it is trusted: whoever reads it checks every type, size and character, so that a process that a hostile
file took over can at worst return wrong text. (No pickle: that would run code.)
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from einclusie_data.contract import settings
from einclusie_data.contract.errors import DataFileError, OversizedFileError, UnreadableFileError
from einclusie_data.contract.text import plain_text
from einclusie_data.contract.workbook import RawSheet, RawWorkbook

_ERRORS: dict[str, type[DataFileError]] = {error.__name__: error for error in (UnreadableFileError, OversizedFileError)}
_LONGEST_MESSAGE = 600


class ProtocolError(Exception):
    """What came back is not what the reading process writes."""


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def error_line(error: DataFileError) -> bytes:
    """The only line when a file cannot be used."""
    return _line({"error": type(error).__name__, "message": str(error)})


def workbook_lines(workbook: RawWorkbook) -> Iterator[bytes]:
    """The lines that `parse_lines` understands."""
    yield _line({"sheets": len(workbook.sheets), "is_csv": workbook.is_csv})
    for sheet in workbook.sheets:
        yield _line(
            {
                "name": sheet.name,
                "numbers": sheet.numbers,
                "hidden": sheet.hidden,
                "hidden_rows": sorted(sheet.hidden_rows),
                "merged": sheet.merged,
                "uncached_formulas": sheet.uncached_formulas,
            }
        )
        for row in sheet.rows:
            yield _line(row)


def parse_lines(lines: Iterator[bytes]) -> RawWorkbook:
    """The workbook in the lines of the reading process.

    Raises
    ------
    DataFileError
        The one that the process reports.
    ProtocolError
        Something else came back, or too little.
    """
    head = parse_head(lines)
    count: Any = head.get("sheets")
    if not _is_int(count) or not 0 < count <= settings.MAX_SHEETS:
        raise ProtocolError
    known: dict[str, str] = {}
    sheets = tuple(_sheet(lines, known) for _ in range(count))
    if next(lines, b"") != b"":
        raise ProtocolError
    return RawWorkbook(sheets, head.get("is_csv") is True)


def parse_head(lines: Iterator[bytes]) -> dict[str, Any]:
    """The first line of an answer; the DataFileError that it reports is raised, or ProtocolError."""
    head: dict[str, Any] = _parsed(lines, dict)
    if "error" in head:
        raise _reported(head)
    return head


def _reported(head: dict[str, Any]) -> DataFileError:
    error, message = _ERRORS.get(str(head["error"])), head.get("message")
    if error is None or not isinstance(message, str):
        raise ProtocolError
    return error(plain_text(message)[:_LONGEST_MESSAGE])


def _parsed(lines: Iterator[bytes], type_: type) -> Any:
    try:
        value = json.loads(next(lines, b""))
    except (ValueError, RecursionError) as error:
        raise ProtocolError from error
    if not isinstance(value, type_):
        raise ProtocolError
    return value


def _sheet(lines: Iterator[bytes], known: dict[str, str]) -> RawSheet:
    facts = _parsed(lines, dict)
    numbers = _ints(facts.get("numbers"))
    if len(numbers) > settings.MAX_ROWS or any(low >= high for low, high in pairwise((0, *numbers))):
        raise ProtocolError
    rows = tuple(_row(lines, known) for _ in numbers)
    if len({len(row) for row in rows}) > 1 or not isinstance(facts.get("name"), str):
        raise ProtocolError
    return RawSheet(
        plain_text(facts["name"]),
        numbers,
        rows,
        facts.get("hidden") is True,
        frozenset(_ints(facts.get("hidden_rows"))) & frozenset(numbers),
        tuple((row, column, last_row, last) for row, column, last_row, last in _groups(facts.get("merged"), 4)),
        tuple((row, column) for row, column in _groups(facts.get("uncached_formulas"), 2)),
    )


def _row(lines: Iterator[bytes], known: dict[str, str]) -> tuple[str, ...]:
    """One row of clean texts; equal texts are kept once."""
    row = _parsed(lines, list)
    if len(row) > settings.MAX_COLUMNS or not all(
        isinstance(cell, str) and len(cell) <= settings.MAX_CELL_CHARACTERS for cell in row
    ):
        raise ProtocolError
    return tuple(known.setdefault(text, text) for text in map(plain_text, row))


def _is_int(value: object) -> bool:
    return type(value) is int and 0 < value < 2**31


def _ints(values: object) -> tuple[int, ...]:
    if not isinstance(values, list) or not all(map(_is_int, values)):
        raise ProtocolError
    return tuple(values)


def _groups(values: object, size: int) -> list[tuple[int, ...]]:
    if not isinstance(values, list) or len(values) > settings.MAX_REMARKS:
        raise ProtocolError
    groups = [_ints(value) for value in values]
    if any(len(group) != size for group in groups):
        raise ProtocolError
    return groups
