"""Days, parts of the day and clock times in a text about times (see `when`)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

WEEKDAYS = frozenset(range(5))
WEEKEND_DAYS = frozenset({5, 6})
DAYTIME, EVENING = "Overdag", "Avond"

EVENING_FROM = 17 * 60
"""Minutes after midnight from which a start is in the evening."""
DAYTIME_UNTIL = 18 * 60
"""Minutes after midnight; what ends later lasts into the evening."""
_LONE_START_UNTIL = 16 * 60
_EARLIEST = 6 * 60
_MIDNIGHT = 24 * 60

_NAMES = ("maan", "dins", "woens", "donder", "vrij", "zater", "zon")
_SHORT = {"ma": 0, "maa": 0, "di": 1, "din": 1, "wo": 2, "woe": 2, "do": 3, "don": 3, "vr": 4, "za": 5, "zo": 6}
_DAY_OF = {f"{name}dag": number for number, name in enumerate(_NAMES)} | _SHORT

MONTHS = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    r"jan|feb|febr|mrt|apr|jun|jul|aug|sept?|okt|nov|dec)"
)
DATE = (
    r"(?:\b\d{4}-\d{1,2}-\d{1,2}\b"
    r"|\b\d{1,2}(?:/\d{1,2}/|-\d{1,2}-|\.\d{1,2}\.)(?:\d{4}|\d{2})\b(?!\s*(?:u|h))"
    rf"|\b\d{{1,2}}(?:e|ste|de)?\s+{MONTHS}\b\.?(?:\s+\d{{4}}\b)?|\b\d{{1,2}}/\d{{1,2}}\b(?!\s*(?:u|h|dagen)))"
)
_YEARS = r"\b(?:19|20)\d\d\b(?!\s*(?:u|h))"

LONG_DAY = rf"(?:{'|'.join(_NAMES)})dag"
_SUNDAY = r"(?:zo(?=\.?:?\s*\d)|(?:(?<=[-/])|(?<=- )|(?<=en )|(?<=tot )|(?<=t/m ))zo)"  # "zo" also means "so"
_SHORT_DAY = rf"(?:maa?|din?|woe?|don?|vr|za|{_SUNDAY})"
DAY = rf"(?:{LONG_DAY}|{_SHORT_DAY})"
_TO = r"(?:\s*-\s*|\s+tot\s+en\s+met\s+|\s+tot\s+|\s*t/m\s*|\s+t\.?e\.?m\.?\s+)"
HALF = r"(?:voormiddag|namiddag|avond|ochtend|middag|morgen)"
_HOUR = r"\d{1,2}(?:\s*(?::|\.|u(?:ur|ren|r)?\.?|h)\s*\d{2}(?!\d))?(?:\s*(?:u(?:ur|ren|r)?|h)\b\.?)?"
_NO_CLOCK = (
    r"(?!\s*(?:jaar|jarigen|j\.|personen|deelnemers|mensen|weken|week|lessen|sessies|dagen|maanden|maand|x\b|keer|maal|"
    r"euro|€|minuten|min\b|%))"
)

_PATTERN = re.compile(
    rf"(?P<date>{DATE})|(?P<years>{_YEARS}(?:\s*-\s*{_YEARS})?)"
    rf"|\b(?P<list>{DAY}(?:-{DAY}){{2,}})\b"
    rf"|\b(?P<from>{DAY})\b\.?{_TO}(?P<to>{DAY})\b"
    rf"|\b(?P<half_day>{LONG_DAY})(?P<half>{HALF})(?:en|s)?\b"
    rf"|\b(?P<day>{DAY})(?:en)?\b"
    r"|(?P<all_week>\b7\s*(?:dagen\s*(?:op|per)\s*(?:7|zeven|week)|/\s*7|op\s*7)\b|\b24\s*(?:/|op)\s*7\b)"
    r"|(?P<weekdays>\b(?:werk|week|school)dag(?:en)?\b|\b(?:in|door) de week\b)"
    r"|(?P<weekend>\bweekend(?:s|en)?\b)"
    r"|(?P<every>\bdagelijkse?\b|\b(?:elke|iedere) dag\b|\balle dagen\b)"
    r"|(?P<daytime>\b(?:voormiddag|namiddag|ochtend|middag)(?:en|s)?\b|'?\bs (?:morgens|ochtends|middags|namiddags)\b"
    r"|\boverdag\b|\bkantooruren\b)"
    r"|(?P<evening>\bavond(?:en|s)?\b)"
    rf"|(?P<lead>\b(?:vanaf|na|tot|voor|uiterlijk)\s+)?(?P<start>(?<![\d:.,/])\b{_HOUR})"
    rf"(?:\s*(?:-|tot(?:\s+en\s+met)?\b|t/m|>|a\b)\s*(?P<end>{_HOUR}))?{_NO_CLOCK}(?![\d/])"
)


@dataclass(frozen=True)
class Token:
    """One thing that a text says: days (0 = Monday), parts of the day in words, or by the clock.

    `every_day` ("dagelijks") and `dated` (a date) leave open whether Saturday and Sunday are among the days.
    """

    days: frozenset[int] = frozenset()
    words: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    every_day: bool = False
    dated: bool = False
    unclear: bool = False


UNCLEAR = Token(unclear=True)


def parts_between(start: int, end: int) -> frozenset[str]:
    """Parts of a weekday that hours cover, in minutes after midnight.

    Examples
    --------
    >>> sorted(parts_between(16 * 60, 18 * 60)), sorted(parts_between(16 * 60, 18 * 60 + 30))
    (['Overdag'], ['Avond', 'Overdag'])
    """
    parts = {DAYTIME} if start < EVENING_FROM else set()
    if start >= EVENING_FROM or end > DAYTIME_UNTIL:
        parts.add(EVENING)
    return frozenset(parts)


def _minutes(hour: str) -> int | None:
    """Minutes after midnight of ``14``, ``14u30``, ``9.00 uur``; None when no clock shows it."""
    hours, *rest = (int(part) for part in re.findall(r"\d+", hour))
    minutes = rest[0] if rest else 0
    total = hours * 60 + minutes
    return total if minutes < 60 and _EARLIEST <= total <= _MIDNIGHT else None


def _has_unit(hour: str) -> bool:
    return re.search(r"[:.uh]", hour) is not None


def _lone_start(start: int, lead: str) -> Token:
    """Hours of which only one end is given."""
    if lead in ("tot", "voor", "uiterlijk"):
        return UNCLEAR
    if start >= EVENING_FROM:
        return Token(times=frozenset({EVENING}))
    if lead or start >= _LONE_START_UNTIL:
        return UNCLEAR
    return Token(times=frozenset({DAYTIME}))


def _clock(match: re.Match[str]) -> Token | None:
    """Clock times; None for numbers that are no times."""
    first, last, lead = match["start"], match["end"], (match["lead"] or "").strip()
    if not (_has_unit(first) or (last and _has_unit(last))):
        return _bare_range(first, last)
    start = _minutes(first)
    if last is None:
        return UNCLEAR if start is None else _lone_start(start, lead)
    end = _minutes(last)
    if start is None or end is None or end <= start or lead in ("tot", "voor"):
        return UNCLEAR
    return Token(times=parts_between(start, end))


def _bare_range(first: str, last: str | None) -> Token | None:
    """``9-12`` without "uur": hours when they can be."""
    if last is None:
        return None
    start, end = _minutes(first), _minutes(last)
    return UNCLEAR if start is None or end is None or end <= start else Token(times=parts_between(start, end))


def _day_range(match: re.Match[str]) -> Token:
    first, last = _DAY_OF[match["from"]], _DAY_OF[match["to"]]
    return Token(days=frozenset(range(first, last + 1))) if first < last else UNCLEAR


def _half_day(match: re.Match[str]) -> Token:
    part = EVENING if match["half"] == "avond" else DAYTIME
    return Token(days=frozenset({_DAY_OF[match["half_day"]]}), words=frozenset({part}))


_READERS: dict[str, Callable[[re.Match[str]], Token | None]] = {
    "date": lambda _: Token(dated=True),
    "years": lambda _: None,
    "list": lambda match: Token(days=frozenset(_DAY_OF[name] for name in match["list"].split("-"))),
    "from": _day_range,
    "half_day": _half_day,
    "day": lambda match: Token(days=frozenset({_DAY_OF[match["day"]]})),
    "all_week": lambda _: Token(days=WEEKDAYS | WEEKEND_DAYS),
    "weekdays": lambda _: Token(days=WEEKDAYS),
    "weekend": lambda _: Token(days=WEEKEND_DAYS),
    "every": lambda _: Token(every_day=True),
    "daytime": lambda _: Token(words=frozenset({DAYTIME})),
    "evening": lambda _: Token(words=frozenset({EVENING})),
    "start": _clock,
}


def tokens_of(plain: str) -> list[Token]:
    """What a text says about days and hours, in its order.

    Parameters
    ----------
    plain : str
        Lower case, without accents, with single spaces.
    """
    tokens = []
    for match in _PATTERN.finditer(plain):
        kind = next(name for name in _READERS if match[name])
        token = _READERS[kind](match)
        if token is not None:
            tokens.append(token)
    return tokens
