"""Putting a sheet together row by row, within the limits of `settings`.

Values of cells as text, the way `RawSheet` promises.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel

from einclusie_data.contract import settings
from einclusie_data.contract.errors import OversizedFileError
from einclusie_data.contract.workbook import RawSheet

TRUE, FALSE = "WAAR", "ONWAAR"
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""Rows and columns that Excel and LibreOffice have; what a file says beyond them is no cell."""

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


TOO_MUCH = (
    "De werkmap bevat te veel cellen of te veel tekst om in één keer te lezen: hou enkel de bladen over die nodig "
    "zijn en probeer opnieuw."
)


@dataclass
class Budget:
    """What all sheets of a file may hold together."""

    cells: int = settings.MAX_CELLS
    characters: int = settings.MAX_CHARACTERS

    def take(self, cells: int, characters: int) -> None:
        """Take from the budget; OversizedFileError when it is used up."""
        self.cells -= cells
        self.characters -= characters
        if self.cells < 0 or self.characters < 0:
            raise OversizedFileError(TOO_MUCH)


@dataclass
class SheetBuilder:
    """Rows of one sheet as they are read.

    Attributes
    ----------
    name : str
    budget : Budget
        Shared by all sheets of the file.
    hidden : bool
    """

    name: str
    budget: Budget
    hidden: bool = False
    _rows: dict[int, list[str]] = field(default_factory=dict)
    _hidden_rows: set[int] = field(default_factory=set)
    _merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    _uncached: list[tuple[int, int]] = field(default_factory=list)

    def add_row(self, number: int, cells: dict[int, str], *, hidden: bool = False) -> None:
        """Add a row.

        Parameters
        ----------
        number : int
            Excel row, higher than that of the row before.
        cells : dict of int to str
            1-based column -> text, empty cells left out; a row without cells is not kept.
        hidden : bool
        """
        if not cells:
            return
        self._check_place(number, cells)
        width = max(cells)
        self.budget.take(width, sum(map(len, cells.values())))
        self._rows[number] = [cells.get(column, "") for column in range(1, width + 1)]
        if hidden:
            self._hidden_rows.add(number)

    def add_merged(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Add a merged range, 1-based."""
        self._merged.append((first_row, first_column, last_row, last_column))
        self._check_remarks(len(self._merged), "samengevoegde cellen", "kopieer enkel de tabel naar een nieuwe werkmap")

    def add_uncached(self, row: int, column: int) -> None:
        """Add a formula whose result is not in the file."""
        self._uncached.append((row, column))
        self._check_remarks(len(self._uncached), "formules zonder resultaat", "open het in Excel en bewaar het opnieuw")

    def finish(self) -> RawSheet:
        """The sheet, all rows of one length."""
        width = max(map(len, self._rows.values()), default=0)
        self.budget.take(width * len(self._rows) - sum(map(len, self._rows.values())), 0)
        return RawSheet(
            self.name,
            tuple(self._rows),
            tuple((*row, *[""] * (width - len(row))) for row in self._rows.values()),
            self.hidden,
            frozenset(self._hidden_rows),
            tuple(self._merged),
            tuple(self._uncached),
        )

    def _check_place(self, number: int, cells: dict[int, str]) -> None:
        width = max(cells)
        if width > settings.MAX_COLUMNS:
            raise OversizedFileError(
                f"Op het blad “{self.name}” staat iets in cel {get_column_letter(width)}{number}, ver buiten de tabel: "
                f"maak die cel leeg (we lezen hoogstens {settings.MAX_COLUMNS} kolommen) en bewaar de werkmap opnieuw."
            )
        if len(self._rows) >= settings.MAX_ROWS:
            raise OversizedFileError(
                f"Het blad “{self.name}” heeft meer dan {settings.MAX_ROWS} ingevulde rijen: verdeel het over "
                "verschillende bestanden of verwijder wat niet nodig is."
            )
        longest = max(cells, key=lambda column: len(cells[column]))
        if len(cells[longest]) > settings.MAX_CELL_CHARACTERS:
            raise OversizedFileError(
                f"Kolom {get_column_letter(longest)} van rij {number} is langer dan een cel kan zijn "
                f"({settings.MAX_CELL_CHARACTERS} tekens): kijk of daar een aanhalingsteken te veel staat."
            )

    def _check_remarks(self, count: int, what: str, advice: str) -> None:
        if count > settings.MAX_REMARKS:
            raise OversizedFileError(f"Het blad “{self.name}” heeft te veel {what}: {advice} en probeer opnieuw.")


def too_many_sheets() -> str:
    """The sentence for a workbook with too many sheets."""
    return (
        f"De werkmap heeft meer dan {settings.MAX_SHEETS} bladen: hou enkel de bladen over die nodig zijn en bewaar ze "
        "opnieuw."
    )
