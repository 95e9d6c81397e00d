"""Free text about times ("elke vierde woensdag van de maand 14-16u") -> Dagdeel and Frequentie.

Careful on purpose: what is not said clearly stays unknown, because a wrong answer hides a gap. A text that denies
("gesloten"), hedges ("meestal"), offers a choice ("of") or contradicts itself gives nothing; a text of which only
part is clear gives no Dagdeel at all, since half an answer would say that there is nothing at other times.

Borders. On weekdays hours before 17:00 are Overdag; hours that start at 17:00 or later, or end after 18:00, are Avond
(16:00-18:00 is Overdag, 16:00-18:30 is both, 17:00-18:00 is Avond). All of Saturday and Sunday is Weekend. A weekday
alone ("dinsdag 9-12 uur") does not say how often; "elke dinsdag" does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from einclusie_data.checking.values.when_tokens import WEEKDAYS, WEEKEND_DAYS, Token, tokens_of
from einclusie_data.checking.values.when_words import frequency_signals, is_single_date
from einclusie_data.contract.text import without_accents

DAYTIME, EVENING, WEEKEND = "Overdag", "Avond", "Weekend"
DAILY = "Dagelijks"
ONCE = "Eenmalig of op aanvraag"

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
