"""Numbers, dates and views in Dutch words, Belgian notation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime

import pandas as pd

from einclusie_data.contract import settings
from einclusie_data.contract.codelists import PRESETS
from einclusie_data.contract.questions import FILTER_LISTS, Filters, Question

UNKNOWN = "onbekend"
IN_FILE = " (in het bestand: "
MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
          "november", "december")  # fmt: skip
_NUMERALS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
_YEAR_DAYS = 365


def number(value: float | None, decimals: int = 0) -> str:
    """A number in Belgian notation; "onbekend" for None and NaN.

    Examples
    --------
    >>> number(12345.678, 1), number(-3), number(None)
    ('12.345,7', '-3', 'onbekend')
    """
    if value is None or math.isnan(value):
        return UNKNOWN
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def whole(value: object) -> str:
    """A cell with a whole number, in Belgian notation; "onbekend" for an unknown one.

    Examples
    --------
    >>> whole(1234), whole(None)
    ('1.234', 'onbekend')
    """
    return UNKNOWN if pd.isna(value) else number(int(str(value)))  # type: ignore[call-overload]


def metres(value: object) -> str:
    """A cell with a distance to an offer; "niet gevonden" when there is no such offer.

    Examples
    --------
    >>> metres(1250), metres(None)
    ('1.250 m', 'niet gevonden')
    """
    return "niet gevonden" if pd.isna(value) else f"{whole(value)} m"  # type: ignore[call-overload]


def percentage(share: float) -> str:
    """A share (0-1) as a whole percentage; never 0 % or 100 % when it is not quite that.

    Examples
    --------
    >>> percentage(0.5), percentage(0.999), percentage(0.001), percentage(1.0)
    ('50 %', '99 %', '1 %', '100 %')
    """
    whole = math.floor(share * 100 + 0.5)
    if whole >= 100 and share < 1:
        whole = 99
    if whole <= 0 < share:
        whole = 1
    return f"{whole} %"


def share_words(share: float) -> str:
    """A share (0-1) as a sentence says it: "de helft", else a percentage.

    Examples
    --------
    >>> share_words(0.5), share_words(0.6)
    ('de helft', '60 %')
    """
    return "de helft" if share == 0.5 else percentage(share)


def period(days: int) -> str:
    """A number of days, in years when they are whole ones.

    Examples
    --------
    >>> period(730), period(365), period(500), period(1)
    ('2 jaar', '1 jaar', '500 dagen', '1 dag')
    """
    years, rest = divmod(days, _YEAR_DAYS)
    return count(days, "dag", "dagen") if rest or not years else f"{number(years)} jaar"


def period_words(days: int) -> str:
    """The same with the number of years in letters, up to ten.

    Examples
    --------
    >>> period_words(730), period_words(365), period_words(500), period_words(365 * 11)
    ('twee jaar', 'een jaar', '500 dagen', '11 jaar')
    """
    years, rest = divmod(days, _YEAR_DAYS)
    return f"{_NUMERALS[years]} jaar" if not rest and 0 < years < len(_NUMERALS) else period(days)


def norms() -> list[str]:
    """The city's own norms for walking reach, one phrase each.

    Examples
    --------
    >>> norms()
    ['400 m voor een buurt', '800 m voor een wijk', '1.600 m voor een stadsdeel']
    """
    return [f"{number(metres)} m voor een {name}" for name, metres in settings.REACH_NORMS_M.items()]


def day(value: date) -> str:
    """A date in words.

    Examples
    --------
    >>> from datetime import date
    >>> day(date(2026, 11, 3))
    '3 november 2026'
    """
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime) -> str:
    """A moment in words, on the clock that it is given in.

    Examples
    --------
    >>> from datetime import datetime
    >>> moment(datetime(2026, 11, 3, 14, 5))
    '3 november 2026 om 14.05 uur'
    """
    return f"{day(value)} om {value:%H.%M} uur"


def count(value: int, one: str, many: str) -> str:
    """A count with its noun.

    Examples
    --------
    >>> count(1, "wijk", "wijken"), count(1200, "wijk", "wijken")
    ('1 wijk', '1.200 wijken')
    """
    return f"{number(value)} {one if value == 1 else many}"


def figures_words(known: int, wijken: int) -> str:
    """For which wijken a sum of people holds when it is not known for all of them.

    Examples
    --------
    >>> figures_words(1, 59)
    'in de 1 wijk met een cijfer (van de 59)'
    """
    return f"in de {count(known, 'wijk', 'wijken')} met een cijfer (van de {number(wijken)})"


def listing(words: Sequence[str], last: str = "en") -> str:
    """Words in a row: "a, b en c".

    Examples
    --------
    >>> listing(["a", "b", "c"]), listing(["a"])
    ('a, b en c', 'a')
    """
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def with_typed(text: str, typed: str) -> str:
    """A cell's text, with what stands in the file where that was not, or not wholly, understood.

    Examples
    --------
    >>> with_typed("Werk", ""), with_typed("Werk", "Werk; xyz"), with_typed("", "xyz")
    ('Werk', 'Werk (in het bestand: Werk; xyz)', 'xyz (niet begrepen)')
    """
    if not typed or typed == text:
        return text
    return f"{text}{IN_FILE}{typed})" if text else f"{typed} (niet begrepen)"


def filters_text(filters: Filters) -> list[str]:
    """The filters in use, one phrase each; nothing when everything passes. A preset goes by its name."""
    presets = {types: name for name, types in PRESETS.items()}
    return [
        presets.get(values, listing(values, "of")).lower() if field == "types" else listing(values, "of").lower()
        for field, values in filters.chosen.items()
    ]


def filters_table(filters: Filters) -> list[tuple[str, str]]:
    """Every filter with what is chosen in it, for an export: (name, choice)."""
    return [(name, "; ".join(filters.chosen.get(field, ())) or "alles") for field, name in FILTER_LISTS.items()]


def view_sentence(question: Question, *, area: str, group: str) -> str:
    """One sentence that says what is shown.

    Parameters
    ----------
    question : Question
    area : str
        For example "59 wijken" or "Kiel".
    group : str
        For example "ouderen" or "alle doelgroepen".

    Examples
    --------
    >>> from datetime import date
    >>> from einclusie_data.contract.questions import Question
    >>> view_sentence(Question(date(2026, 11, 23)), area="59 wijken", group="Ouderen")
    '59 wijken, ouderen, 800 m te voet, op 23 november 2026'
    """
    parts = [area, group.lower(), *filters_text(question.filters), f"{number(question.reach_m)} m te voet"]
    if not question.open_counts:
        parts.append("zonder aanbod voor iedereen")
    return ", ".join([*parts, f"op {day(question.on)}"])
