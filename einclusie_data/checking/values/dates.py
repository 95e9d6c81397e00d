"""Dates as people write them in a spreadsheet. The day always comes before the month."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from einclusie_data.contract.words import MONTHS

FIRST_YEAR = 1900
LAST_YEAR = 2199
"""Years outside these are typing errors."""


EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_SERIALS = range(20_000, 73_051)  # October 1954 to the end of 2099

_OTHER_MONTH_NAMES = (
    ("jan", "january"), ("feb", "febr", "february"), ("mrt", "maa", "mar", "march"), ("apr",), ("may",),
    ("jun", "june"), ("jul", "july"), ("aug", "august"), ("sep", "sept"), ("okt", "oct", "october"), ("nov",), ("dec",),
)  # fmt: skip
MONTH_NUMBERS = {
    name: number
    for number, (month, others) in enumerate(zip(MONTHS, _OTHER_MONTH_NAMES, strict=True), start=1)
    for name in (month, *others)
}
"""Month name or abbreviation, as `normalise` writes it -> 1-12."""

_INTRODUCTION = r"(?:vanaf|van|sinds|start|gestart|op|t/m|t\.?e\.?m\.?|tot en met|tot)"
_WEEKDAY = r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|ma|di|din|wo|woe|do|don|vr|vrij|za|zat|zo|zon)"
_LEAD = re.compile(rf"^(?:{_INTRODUCTION}\s+)?(?:{_WEEKDAY}\.?\s+)?")
_TIME = re.compile(r"[ t]+\d{1,2}[:hu]\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?$")
_LONGEST = 60


class Edge(Enum):
    """Which day a month or a year alone stands for."""

    FIRST = "eerste"
    LAST = "laatste"


@dataclass(frozen=True)
class DateReading:
    """What a text says about a day.

    Attributes
    ----------
    day : datetime.date or None
        None when the text is no date, or one that does not exist.
    period : str
        ``"maand"`` or ``"jaar"`` when only that was given, and `day` is the first or last day of it; else "".
    """

    day: date | None
    period: str = ""


UNREADABLE = DateReading(None)


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 2:
        return year + (2000 if year < 70 else 1900)
    return year


def _exact(year: int, month: int, day: int) -> DateReading:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return UNREADABLE
    try:
        return DateReading(date(year, month, day))
    except ValueError:
        return UNREADABLE


def _of_month(year: int, month: int, edge: Edge) -> DateReading:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return UNREADABLE
    day = 1 if edge is Edge.FIRST else calendar.monthrange(year, month)[1]
    return DateReading(date(year, month, day), "maand")


def _of_year(year: int, edge: Edge) -> DateReading:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return UNREADABLE
    return DateReading(date(year, 1, 1) if edge is Edge.FIRST else date(year, 12, 31), "jaar")


def _of_serial(serial: int) -> DateReading:
    return DateReading(EXCEL_EPOCH + timedelta(days=serial)) if serial in _EXCEL_SERIALS else UNREADABLE


_Form = tuple[re.Pattern[str], "Callable[[re.Match[str], Edge], DateReading]"]
_S = r"[ ./-]+"
_FORMS: tuple[_Form, ...] = (
    (re.compile(rf"(\d{{4}}){_S}(\d{{1,2}}){_S}(\d{{1,2}})"), lambda m, _: _exact(int(m[1]), int(m[2]), int(m[3]))),
    (re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)"), lambda m, _: _exact(int(m[1]), int(m[2]), int(m[3]))),
    (re.compile(rf"(\d{{1,2}}){_S}(\d{{1,2}}){_S}(\d{{4}}|\d{{2}})"),
     lambda m, _: _exact(_year(m[3]), int(m[2]), int(m[1]))),
    (re.compile(rf"(\d{{1,2}})(?:ste|de|e)?{_S}([a-z]+)\.?{_S}'?(\d{{4}}|\d{{2}})"),
     lambda m, _: _exact(_year(m[3]), MONTH_NUMBERS.get(m[2], 0), int(m[1]))),
    (re.compile(rf"([a-z]+)\.?{_S}'?(\d{{4}})"),
     lambda m, edge: _of_month(int(m[2]), MONTH_NUMBERS.get(m[1], 0), edge)),
    (re.compile(rf"(\d{{1,2}}){_S}(\d{{4}})"), lambda m, edge: _of_month(int(m[2]), int(m[1]), edge)),
    (re.compile(rf"(\d{{4}}){_S}(\d{{1,2}})"), lambda m, edge: _of_month(int(m[1]), int(m[2]), edge)),
    (re.compile(r"(\d{4})"), lambda m, edge: _of_year(int(m[1]), edge)),
    (re.compile(r"(\d{5})(?:[.,]\d+)?"), lambda m, _: _of_serial(int(m[1]))),
)  # fmt: skip


def _plain(text: str) -> str:
    """Lower case, single spaces; without time of day, weekday and words such as "vanaf"."""
    words = " ".join(text.casefold().replace(", ", " ").split())
    return _LEAD.sub("", _TIME.sub("", words)).strip(" .")


def read_date(text: str, edge: Edge = Edge.FIRST) -> DateReading:
    """The day that a text means.

    Understood: ISO (with or without a time), ``5/2/2025``, ``5-2-2025``, ``5.2.25``, ``5 februari 2025``,
    ``woensdag 5 feb. 2025``, Excel's serial numbers, and a month or a year alone.

    Parameters
    ----------
    text : str
    edge : Edge
        Which day a month or a year alone stands for.

    Returns
    -------
    DateReading

    Examples
    --------
    >>> read_date("woensdag 5 feb. 2025").day, read_date("2/3/25").day, read_date("31/02/2025").day
    (datetime.date(2025, 2, 5), datetime.date(2025, 3, 2), None)
    >>> read_date("juni 2025", Edge.LAST)
    DateReading(day=datetime.date(2025, 6, 30), period='maand')
    """
    if len(text) > _LONGEST:
        return UNREADABLE
    plain = _plain(text)
    for form, reading_of in _FORMS:
        match = form.fullmatch(plain)
        if match:
            return reading_of(match, edge)
    return UNREADABLE
