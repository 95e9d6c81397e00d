"""How often something happens, in words (see `when`)."""

from __future__ import annotations

import re

from einclusie_data.checking.values.when_tokens import DATE, DAY, HALF, LONG_DAY

DAILY, WEEKLY, FORTNIGHTLY, MONTHLY = "Dagelijks", "Wekelijks", "Tweewekelijks", "Maandelijks"
ONCE = "Eenmalig of op aanvraag"

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
