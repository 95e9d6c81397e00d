"""Writing cells that are safe to open: text stays text, dates are Belgian dates (DESIGN §6, exports)."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pandas as pd
from openpyxl.cell.cell import Cell, MergedCell

from einclusie_data.contract import settings
from einclusie_data.contract.text import plain_text

DATE_FORMAT = "dd/mm/yyyy"
MOMENT_FORMAT = "dd/mm/yyyy hh:mm"
TEXT_FORMAT = "@"
SEPARATOR = "; "
"""Between the values of a cell that holds several."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet could take this text for a formula.

    Examples
    --------
    >>> starts_formula("=1+1"), starts_formula("+32 3 000 00 00"), starts_formula("Kiel")
    (True, True, False)
    """
    return text.lstrip(" \n").startswith(_FORMULA_STARTS) or plain_text(text).startswith(_FORMULA_STARTS)


def safe_text(text: str) -> str:
    """A text for a CSV cell, where nothing else says "this is text": an apostrophe before what could be a formula.

    Our own reader takes that apostrophe away again.

    Examples
    --------
    >>> safe_text("=1+1"), safe_text("Kiel")
    ("'=1+1", 'Kiel')
    """
    plain = plain_text(text)[: settings.MAX_CELL_CHARACTERS]
    return f"'{plain}"[: settings.MAX_CELL_CHARACTERS] if starts_formula(text) else plain


def write_text(cell: Cell | MergedCell, text: str) -> None:
    """Write a text as text, whatever it starts with.

    Parameters
    ----------
    cell : openpyxl.cell.Cell
        Its style is kept; a text that could be a formula also gets Excel's mark "this is text", so that it stays text
        when someone edits the cell.
    text : str
        Control characters are removed; what a cell cannot hold (over 32,767 characters) is cut off. "" = empty cell.
    """
    plain = plain_text(text)[: settings.MAX_CELL_CHARACTERS]
    cell.value = plain or None
    if plain:
        cell.data_type = "s"
    if starts_formula(text):
        cell.quotePrefix = True


def write_date(cell: Cell | MergedCell, date: dt.date) -> None:
    """Write a date (or a moment) that Excel sorts as a date and shows the Belgian way."""
    has_time = isinstance(date, dt.datetime) and date.time() != dt.time()
    cell.value = date.replace(tzinfo=None) if isinstance(date, dt.datetime) else date
    cell.number_format = MOMENT_FORMAT if has_time else DATE_FORMAT


def write_value(cell: Cell | MergedCell, value: Any) -> None:
    """Write a value of a table.

    Parameters
    ----------
    cell : openpyxl.cell.Cell
    value : object
        Text, number, logical value, date or a sequence of texts; None, NaN and NaT are an empty cell. Anything else
        is written as the text of it.
    """
    if value is None or value is pd.NA or value is pd.NaT:
        cell.value = None
    elif isinstance(value, str):
        write_text(cell, value)
    elif isinstance(value, tuple | list | set | frozenset):
        write_text(cell, SEPARATOR.join(map(str, value)))
    elif isinstance(value, dt.date):
        write_date(cell, value)
    else:
        _write_number(cell, value)


def _write_number(cell: Cell | MergedCell, value: Any) -> None:
    number = value.item() if hasattr(value, "item") else value
    if isinstance(number, bool | int):
        cell.value = number
    elif isinstance(number, float):
        cell.value = number if math.isfinite(number) else None
    else:
        write_text(cell, str(number))
