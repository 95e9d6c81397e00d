"""Real .xlsx bytes from lists of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook


def workbook_bytes(
    sheets: Mapping[str, Sequence[Sequence[Any]]], change: Callable[[Workbook], Any] | None = None
) -> bytes:
    """An Excel workbook with these sheets.

    Texts stay texts unless they start with `=`; `change` may still alter the workbook (hide a row, set a format).
    """
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if change is not None:
        change(book)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
