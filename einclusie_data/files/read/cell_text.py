"""Values of cells as text, the way `RawSheet` promises."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from decimal import Decimal

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel

TRUE, FALSE = "WAAR", "ONWAAR"

_LEADING_ZEROS = re.compile(r"(?:\[[^\]]*\])*(0{2,})(?:;.*)?", re.DOTALL)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ISO_TIME = re.compile(r"T(\d{2}:\d{2})")
_DURATION = re.compile(r"P(?:(\d{1,6})D)?T(?:(\d{1,7})H)?(?:(\d{1,4})M)?(?:[\d.,]{1,20}S)?")


def number_text(number: float) -> str:
    """A number without needless zeros, with the 15 digits that Excel keeps.

    Examples
    --------
    >>> number_text(7.0), number_text(51.219400000000003), number_text(1e-7), number_text(1e20)
    ('7', '51.2194', '0.0000001', '100000000000000000000')
    """
    text = f"{number:.15g}"
    return format(Decimal(text), "f") if "e" in text else text


def logical_text(value: bool) -> str:
    """A logical value as Dutch Excel shows it."""
    return TRUE if value else FALSE


def moment_text(value: dt.date | dt.time | dt.timedelta) -> str:
    """A date, moment, time of day or duration as text.

    Examples
    --------
    >>> moment_text(dt.datetime(2026, 3, 1)), moment_text(dt.datetime(2026, 3, 1, 14)), moment_text(dt.time(9, 30))
    ('2026-03-01', '2026-03-01 14:00', '09:30')
    >>> moment_text(dt.timedelta(hours=36, minutes=30))
    '36:30'
    """
    if isinstance(value, dt.timedelta):
        hours, minutes = divmod(round(abs(value.total_seconds())) // 60, 60)
        return f"{'-' if value < dt.timedelta(0) else ''}{hours:02}:{minutes:02}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "minutes") if value.time() != dt.time() else value.date().isoformat()
    return value.isoformat()


def iso_text(text: str) -> str:
    """An ISO date, moment or duration, as a file writes it, as text.

    Examples
    --------
    >>> iso_text("2026-03-01T00:00:00"), iso_text("2026-03-01T14:05:00"), iso_text("PT09H30M00S")
    ('2026-03-01', '2026-03-01 14:05', '09:30')
    """
    duration = _DURATION.fullmatch(text)
    if duration:
        days, hours, minutes = (int(part or 0) for part in duration.groups())
        return moment_text(dt.timedelta(hours=24 * days + hours, minutes=minutes))
    time = _ISO_TIME.search(text)
    day = text.partition("T")[0]
    return f"{day} {time[1]}".strip() if time and time[1] != "00:00" else day or text


def padded_text(number: float, width: int) -> str:
    """A number in a format such as 0000: whole numbers get their leading zeros."""
    whole = number >= 0 and float(number).is_integer()
    return number_text(number).zfill(width) if whole else number_text(number)


def zeros_in_format(code: str) -> int:
    """How many digits a number format such as 0000 always shows; 0 when it has no leading zeros.

    Examples
    --------
    >>> zeros_in_format("0000"), zeros_in_format("0.00"), zeros_in_format("General")
    (4, 0, 0)
    """
    match = _LEADING_ZEROS.fullmatch(code)
    return len(match[1]) if match else 0


def number_reader(code: str, epoch: dt.datetime) -> Callable[[float], str]:
    """How numbers in a cell with this number format read: as a date, a time, with leading zeros, or just so.

    Parameters
    ----------
    code : str
        Number format, e.g. ``"dd/mm/yyyy"``.
    epoch : datetime.datetime
        Day 0 of the file's dates (openpyxl's WINDOWS_EPOCH or MAC_EPOCH).

    Returns
    -------
    callable
        Finite number -> text.
    """
    if is_date_format(code) or is_timedelta_format(code):
        return lambda number: _serial_text(number, code, epoch)
    width = zeros_in_format(code)
    return (lambda number: padded_text(number, width)) if width else number_text


def _serial_text(number: float, code: str, epoch: dt.datetime) -> str:
    shows_time = re.search("[hs]", code, re.IGNORECASE) is not None
    if number < 0 or (number < 1 and not shows_time):
        return number_text(number)
    try:
        value = from_excel(number, epoch, timedelta=is_timedelta_format(code))
    except (OverflowError, ValueError):
        return number_text(number)  # later than the year 9999: Excel shows #####
    if isinstance(value, dt.datetime) and not shows_time:
        return moment_text(value.date())
    return moment_text(value)


def parse_number(text: str) -> float | None:
    """The finite number that a file's own notation stands for, or None."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def unescaped(text: str) -> str:
    r"""Text of an .xlsx with its escapes resolved.

    Examples
    --------
    >>> unescaped("a_x000D_b"), unescaped("_x005F_x000D_")
    ('a\rb', '_x000D_')
    """
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
