"""Free text about times ("elke vierde woensdag van de maand 14-16u") -> Dagdeel and Frequentie.

Careful on purpose: what is not said clearly stays unknown, because a wrong answer hides a gap. A text that denies
("gesloten"), hedges ("meestal"), offers a choice ("of") or contradicts itself gives nothing; a text of which only
part is clear gives no Dagdeel at all, since half an answer would say that there is nothing at other times.

Borders. On weekdays hours before 17:00 are Overdag; hours that start at 17:00 or later, or end after 18:00, are Avond
(16:00-18:00 is Overdag, 16:00-18:30 is both, 17:00-18:00 is Avond). All of Saturday and Sunday is Weekend. A weekday
alone ("dinsdag 9-12 uur") does not say how often; "elke dinsdag" does.

How often something happens, in words.

Days, parts of the day and clock times in a text about times.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from einclusie_data.contract.codelists import DAILY, DAYTIME, EVENING, FORTNIGHTLY, MONTHLY, ONCE, WEEKEND, WEEKLY
from einclusie_data.contract.text import without_accents
from einclusie_data.contract.words import MONTHS

WEEKDAYS = frozenset(range(5))
WEEKEND_DAYS = frozenset({5, 6})

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

_MONTH = rf"(?:{'|'.join(MONTHS)}|jan|feb|febr|mrt|apr|jun|jul|aug|sept?|okt|nov|dec)"
DATE = (
    r"(?:\b\d{4}-\d{1,2}-\d{1,2}\b"
    r"|\b\d{1,2}(?:/\d{1,2}/|-\d{1,2}-|\.\d{1,2}\.)(?:\d{4}|\d{2})\b(?!\s*(?:u|h))"
    rf"|\b\d{{1,2}}(?:e|ste|de)?\s+{_MONTH}\b\.?(?:\s+\d{{4}}\b)?|\b\d{{1,2}}/\d{{1,2}}\b(?!\s*(?:u|h|dagen)))"
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


_EVERY = r"(?:elke|iedere|telkens op|telkens de)"
_TIMES = r"\s*(?:x|maal|keer|keren)?\s*(?:per|/|op een|in de)\s*"
_ONE = r"(?:\b1|\been|\beenmaal)"
_TWO = r"(?:\b2|\btwee|\btweemaal)"
_MORE = r"(?:\b[3-9]|\bdrie|\bvier|\bvijf|\bzes|\bacht|\btien)"
_ORDINAL = r"(?:eerste|1ste|1e|tweede|2de|2e|derde|3de|3e|vierde|4de|4e|vijfde|5de|5e|voorlaatste|laatste)"

_RARE = re.compile(
    rf"{_MORE}[\s-]?(?:wekelijks|maandelijks)|{_TWO}[\s-]?maandelijks|\b(?:half)?jaarlijks|\bkwartaal|\btrimester"
    rf"|\bsemester|\b(?:om de|elke|iedere|per|/)\s*{_MORE}\s+(?:weken|maanden)|\b(?:om de|elke|per)\s*{_TWO}\s+maanden"
    rf"|(?:per|/)\s*jaar\b|\b(?:elk|ieder|om het) jaar\b|{_MORE}{_TIMES}maand\b|\b{_ORDINAL}\s+(?:werkdag|dag|week)\b"
    r"|\bom de maand\b|\b(?:meer|minder) dan\b|\b(?:minstens|minimum|maximaal|maximum|hoogstens|min\.|max\.)\s"
)
"""Rhythms for which the list has no value, or that are only a bound."""

_SIGNALS = (
    (DAILY, re.compile(
        r"\bdagelijkse?\b|\b(?:elke|iedere) (?:werk|week|school)?dag\b|\balle (?:werk|week|school)?dagen\b"
        r"|\b(?:op )?(?:werk|week)dagen\b|\b[567]\s*(?:dagen)?\s*(?:/|op)\s*7\b|\b24\s*/\s*7\b"
        r"|\b[567]\s*(?:dagen|x|keer|maal)?\s*(?:per|/)\s*week\b")),
    (WEEKLY, re.compile(
        rf"(?<![\w-])(?<!2 )(?<!twee )wekelijkse?\b|\b(?:elke|iedere) week\b|\b{_EVERY}\s+{DAY}{HALF}?\b"
        rf"|\b{LONG_DAY}(?:en|voormiddagen|namiddagen|avonden|ochtenden|middagen)\b"
        rf"|(?:{_ONE}|{_TWO}|\b[34]|\bdrie|\bvier){_TIMES}week\b")),
    (FORTNIGHTLY, re.compile(
        rf"{_TWO}[\s-]?wekelijkse?\b|\b(?:om de|elke|iedere|per|/)\s*{_TWO} weken\b|\bom de week\b"
        rf"|\bom de (?:14|veertien) dagen\b|\b(?:14|veertien)[\s-]?daags|\b(?:on)?even weken\b"
        rf"|{_TWO}{_TIMES}maand\b")),
    (MONTHLY, re.compile(
        rf"(?<![\w-])(?<!2 )(?<!twee )maandelijkse?\b|\b(?:elke|iedere) maand\b|{_ONE}{_TIMES}maand\b")),
    (ONCE, re.compile(r"\beenmalige?\b|\bop (?:aan)?vraag\b|\bop verzoek\b|\boccasioneel\b|\baf en toe\b")),
)  # fmt: skip

_NTH_DAY = re.compile(rf"\b({_ORDINAL}(?:\s*(?:,|en|&|\+|/)\s*{_ORDINAL})*)\s+{DAY}")
_OF_MONTH = re.compile(r"\bmaand(?:elijkse?)?\b")
_EVERY_FIRST = re.compile(rf"\b{_EVERY}\s+(?:eerste|1ste|1e|laatste)\s")
_SINGLE_DATE = re.compile(
    rf"(?:op )?(?:{DAY}\.?,? )?{DATE}[,:]?(?:\s*(?:om|van|tussen)?\s*\d{{1,2}}[\d\s.:uh-]*"
    r"(?:(?:uur|tot|en)[\d\s.:uh-]*)*)?"
)


def _nth_day_signal(plain: str) -> set[str] | None:
    """What "eerste en derde dinsdag van de maand" says; the empty set without such words, None when unclear."""
    ordinals = [word for match in _NTH_DAY.finditer(plain) for word in re.findall(_ORDINAL, match[1])]
    if not ordinals:
        return set()
    if not (_OF_MONTH.search(plain) or (len(ordinals) == 1 and _EVERY_FIRST.search(plain))):
        return None
    return {1: {MONTHLY}, 2: {FORTNIGHTLY}}.get(len(ordinals))


def frequency_signals(plain: str) -> set[str] | None:
    """The values of Frequentie that a text names.

    Parameters
    ----------
    plain : str
        Lower case, without accents, with single spaces.

    Returns
    -------
    set of str or None
        More than one value: the text contradicts itself. None: it names a rhythm that the list does not have.
    """
    if _RARE.search(plain):
        return None
    nth = _nth_day_signal(plain)
    if nth is None:
        return None
    signals = {value for value, pattern in _SIGNALS if pattern.search(plain)}
    return signals if not nth else (signals - {MONTHLY}) | nth


def is_single_date(plain: str) -> bool:
    """Whether the whole text is one date, with or without hours."""
    return _SINGLE_DATE.fullmatch(plain) is not None


_LONGEST = 400
_MANY_DAYS = 5
"""So many different days in the week are read as every day."""

_HOLIDAY = r"(?:de\s+)?(?:(?:school|zomer|kerst|paas|herfst|krokus)?vakanties?|(?:wettelijke\s+)?feestdagen)"
_HARMLESS = re.compile(
    rf"[(,;]?\s*(?:(?:niet|behalve|uitgezonderd|uitgez\.|buiten|geen (?:les|aanbod|werking)|gesloten)\s+"
    rf"(?:(?:tijdens|in|op)\s+)?{_HOLIDAY}(?:\s+en\s+(?:tijdens\s+|in\s+|op\s+)?{_HOLIDAY})?\s*(?:gesloten)?\)?"
    r"|(?:geen|zonder) (?:afspraak|inschrijving|reservatie)(?: nodig)?"
    r"|(?:afspraak|inschrijven|inschrijving|reserveren|reservatie) (?:is )?niet (?:nodig|verplicht))"
)
_UNCLEAR = re.compile(
    r"\?|\b(?:gesloten|dicht|niet|geen|behalve|uitgezonderd|uitz|uitgez|uitzondering|m\.?u\.?v|excl|exclusief|zonder|"
    r"afgelast|geannuleerd|gestopt|stopgezet|vroeger|wisselend\w*|variabel\w*|varieert|verschillend\w*|afhankelijk|"
    r"bepalen|bepaald|meestal|meeste|soms|ongeveer|circa|eventueel|mogelijks?|misschien|onbekend|onregelmatig\w*|"
    r"o\.?a|onder andere|bv|bvb|bijv|bijvoorbeeld|overleg|of|nacht|'?s nachts)\b"
)
_ONLY_IN_HOLIDAYS = re.compile(rf"\b(?:in|tijdens|enkel|alleen)\s+{_HOLIDAY}|\bvakantie(?:week|weken|periodes?)\b")
_PART_AND_WEEKEND = re.compile(r"(?:avond|avonden|avonds|dag)\s*(?:,|en|&|\+|/)\s*(?:in\s+)?(?:het\s+)?weekend")


@dataclass(frozen=True)
class WhenReading:
    """What a text says clearly about time.

    Attributes
    ----------
    dayparts : tuple of str
        Values of Dagdeel in the order of the codelist; () = not clear.
    frequency : str
        A value of Frequentie; "" = not clear.
    """

    dayparts: tuple[str, ...] = ()
    frequency: str = ""


def _plain(text: str) -> str:
    """Lower case without accents, single spaces; punctuation stays, because times need it."""
    folded = text.casefold().translate(str.maketrans("’‘–—", "''--"))
    return " ".join(without_accents(folded).split())


def read_when(text: str) -> WhenReading:
    """Dagdeel and Frequentie, as far as a text says them clearly.

    Examples
    --------
    >>> read_when("elke vierde woensdag van de maand 14-16u")
    WhenReading(dayparts=('Overdag',), frequency='Maandelijks')
    >>> read_when("dinsdagvoormiddag gesloten")
    WhenReading(dayparts=(), frequency='')
    """
    if len(text) > _LONGEST:
        return WhenReading()
    plain = _HARMLESS.sub(" ", _plain(text))
    if _UNCLEAR.search(plain):
        return WhenReading()
    tokens = tokens_of(plain)
    frequency = "" if _ONLY_IN_HOLIDAYS.search(plain) else _frequency(plain, tokens)
    dayparts = () if _PART_AND_WEEKEND.search(plain) else _dayparts(tokens)
    return WhenReading(dayparts, frequency)


def _frequency(plain: str, tokens: list[Token]) -> str:
    signals = frequency_signals(plain)
    if signals is None or len(signals) > 1:
        return ""
    if signals:
        return min(signals)
    if is_single_date(plain):
        return ONCE
    days = frozenset[int]().union(*(token.days for token in tokens))
    return DAILY if len(days) >= _MANY_DAYS else ""


@dataclass
class _Run:
    """Days that share their hours: what words ("namiddag") and what clock times say about them."""

    days: set[int]
    words: set[str]
    times: set[str]

    def parts(self) -> set[str] | None:
        """Parts of the day; None when they are not said, or contradict each other."""
        result = {WEEKEND} if self.days & WEEKEND_DAYS else set()
        if self.days and not self.days & WEEKDAYS:
            return result
        spoken = self.times or self.words
        return result | spoken if spoken and self.words <= spoken else None


def _runs(tokens: list[Token]) -> list[_Run]:
    """Days with the hours that follow them; hours that come first belong to the days that follow those."""
    if tokens and not tokens[0].days and any(token.days for token in tokens):
        tokens = tokens[::-1]
    runs: list[_Run] = []
    for token in tokens:
        if not runs or (token.days and (runs[-1].words or runs[-1].times)):
            runs.append(_Run(set(), set(), set()))
        runs[-1].days |= token.days
        runs[-1].words |= token.words
        runs[-1].times |= token.times
    return runs


def _dayparts(tokens: list[Token]) -> tuple[str, ...]:
    """All parts of the day that the tokens name, or () when any of it is unclear."""
    days = frozenset[int]().union(*(token.days for token in tokens))
    unsaid = any(token.every_day for token in tokens) and not days & WEEKDAYS
    unsaid = unsaid or (any(token.dated for token in tokens) and not days)
    if unsaid or any(token.unclear for token in tokens):
        return ()
    parts: set[str] = set()
    for run in _runs([token for token in tokens if token.days or token.words or token.times]):
        found = run.parts()
        if found is None:
            return ()
        parts |= found
    return tuple(part for part in (DAYTIME, EVENING, WEEKEND) if part in parts)
