"""Text of cells: compared tolerantly, split into values, matched with closed lists.

Tolerant means: case, accents, spaces, punctuation, plural and known synonyms. A typo is never matched; the closest
value is only suggested.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from einclusie_data.codelists import CODELISTS, PRICE

if TYPE_CHECKING:
    from einclusie_data.codelists import Codelist

EVERYTHING = "*"
"""Sign that people use for "everyone" and "the whole city"."""

CLOSE = 70
"""Similarity (0-100, rapidfuzz) from which a value is worth suggesting."""

_LONGEST_AMOUNT = 60
_LONGEST_WORD = 120

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff]")
_HARD = re.compile(r"[;|\n\r\u2028\u2029]")
_BULLET = re.compile(r"^[\s•·▪–—-]+\s|^[•·▪]")
_PLUS_AFTER_DIGIT = re.compile(r"(?<=\d)\s*\+")
_AND = re.compile(r"[&+]")
_NO_WORD = re.compile(r"[^\w*]+|_+")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l"})


def clean_text(text: str) -> str:
    r"""A cell's text without control characters, invisible characters and outer spaces.

    Examples
    --------
    >>> clean_text("  Digi\x07café\u200b\xa0")
    'Digicafé'
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").replace("\u202f", " ")
    return _CONTROL.sub("", text).strip()


def without_accents(text: str) -> str:
    """The text with its letters bare.

    Examples
    --------
    >>> without_accents("café")
    'cafe'
    """
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def _bare(text: str) -> str:
    """Lower case without accents; styled letters become plain ones first, because they have no case."""
    return without_accents(unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS))


def normalise(text: str) -> str:
    """A text as it is compared: no case, accents or punctuation; single spaces; `&` and `+` read as "en".

    A `+` behind a digit reads as "plus". A text of asterisks alone stays ``*``; other asterisks (marks of a required
    header) are dropped.

    Examples
    --------
    >>> normalise("  Kinderen & Jongeren* "), normalise("60+'ers"), normalise("Eén-op-één"), normalise("**")
    ('kinderen en jongeren', '60 plus ers', 'een op een', '*')
    """
    plain = text.lower() if text.isascii() else _bare(text)
    plain = _AND.sub(" en ", _PLUS_AFTER_DIGIT.sub(" plus ", plain))
    words = _NO_WORD.sub(" ", plain).strip()
    bare = words.replace(EVERYTHING, " ").split()
    return " ".join(bare) if bare or not words else EVERYTHING


def compact(text: str) -> str:
    """`normalise` without spaces: the key under which words are looked up.

    Examples
    --------
    >>> compact("Nieuw - Zuid") == compact("nieuwzuid")
    True
    """
    return normalise(text).replace(" ", "")


def hard_segments(text: str) -> list[str]:
    """The parts of a cell between ``;``, ``|`` and line breaks, without bullets and empty parts."""
    parts = (_BULLET.sub("", part).strip() for part in _HARD.split(text))
    return [part for part in parts if part]


def _soft_parts(segment: str, known: Callable[[str], bool]) -> list[str] | None:
    for sign in ",/":
        if sign in segment:
            parts = [part.strip() for part in segment.split(sign) if part.strip()]
            answers = [[part] if known(part) else _soft_parts(part, known) for part in parts]
            if parts and all(answers):
                return [word for answer in answers if answer for word in answer]
    return None


def split_values(text: str, known: Callable[[str], bool]) -> list[str]:
    """The values in one cell.

    ``;``, ``|`` and line breaks always separate; ``,`` and ``/`` only when every part of that segment is known, and
    the segment as a whole is not.

    Examples
    --------
    >>> split_values("a, b; c, d", {"a", "b", "c"}.__contains__)
    ['a', 'b', 'c, d']
    """
    values: list[str] = []
    for segment in hard_segments(text):
        values += [segment] if known(segment) else (_soft_parts(segment, known) or [segment])
    return values


def _number_forms(phrase: str) -> set[str]:
    """Keys of the phrase with its last word in the other grammatical number."""
    key = compact(phrase)
    if re.search(r"(?:er|el|aar|eur|ie)s$", key):
        return {key[:-1]}
    if key.endswith("en"):
        return {key[:-1], key[:-2]}
    if key.endswith("e"):
        return {key + "n"}
    if re.search(r"(?:er|el|aar|eur|ie|[aiou])$", key):
        return {key + "s"}
    return set() if key.endswith("s") else {key + "en"}


def _added_values(codelist: Codelist) -> tuple[str, ...]:
    """Values that a sheet Lijsten added; those of the contract list their plurals among the synonyms."""
    own = CODELISTS.get(codelist.name)
    return tuple(value for value in codelist.values if own is None or value not in own.values)


@lru_cache(maxsize=256)
def known_words(codelist: Codelist) -> Mapping[str, str]:
    """Key (`compact`) of every word that means a value of the list -> that value.

    An added value is also known in the singular or plural, unless that form means something else already.
    """
    words = {compact(value): value for value in reversed(codelist.values)}
    for value, synonyms in codelist.synonyms.items():
        for synonym in synonyms:
            words.setdefault(compact(synonym), value)
    for value in _added_values(codelist):
        for form in _number_forms(value):
            words.setdefault(form, value)
    return MappingProxyType(words)


_LONGEST_NUMBER = 20
_PLAIN_NUMBER = re.compile(r"\d{1,12}(?:,0+|\.00?)?", re.ASCII)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[. '’\u202f\xa0]\d{3})+(?:,0+)?", re.ASCII)


def whole_number(text: str) -> int | None:
    """A whole number of 0 or more as people here write it; None for any other text.

    A point before three digits parts the thousands; a comma parts decimals, and those may only be zeros.

    Examples
    --------
    >>> [whole_number(text) for text in ("1.600", "1 600", "1600,0", "1,6", "1.6", "1e3", "-5")]
    [1600, 1600, 1600, None, None, None, None]
    """
    if len(text) > _LONGEST_NUMBER:
        return None
    if _THOUSANDS.fullmatch(text):
        return int(re.sub(r"\D", "", text.split(",")[0]))
    return int(re.split("[.,]", text)[0]) if _PLAIN_NUMBER.fullmatch(text) else None


_NUMBER = r"([1-9]\d{0,2}\.\d{3}|\d{1,5}(?:[.,]\d{1,2})?)(?:,-|,--)?"
_EURO = r"(?:€|eur|euro|euros)"
_AMOUNT = re.compile(
    rf"(?:(?:kostprijs|kost|prijs|bijdrage|vanaf|van|tussen)\s*:?\s*)?{_EURO}?\s*{_NUMBER}\s*{_EURO}?"
    rf"(?:\s*(?:-|–|à|a|tot|of|en)\s*{_EURO}?\s*{_NUMBER}\s*{_EURO}?)?"
    r"(?P<per>\s*(?:per|/|p\.?)\s*(?:[^\W\d]+\.?\s*(?:/\s*)?){1,4})?",
    re.IGNORECASE,
)
_NOT_ONLY_AN_AMOUNT = re.compile(r"gratis|korting|kansen|voorwaarde", re.IGNORECASE)


def _price_of_amount(text: str) -> str | None:
    """Gratis or Betalend for a text that is an amount of money, else None."""
    match = _AMOUNT.fullmatch(text.strip()) if len(text) <= _LONGEST_AMOUNT else None
    if match is None or _NOT_ONLY_AN_AMOUNT.search(text):
        return None
    amounts = [float(group.replace(",", ".")) for group in match.group(1, 2) if group]
    if all(amount > 0 for amount in amounts):
        return "Betalend"
    return "Gratis" if not any(amounts) else None


def match_value(text: str, codelist: Codelist) -> str | None:
    """The value of a closed list that a text means, or None; never a guess at a typo.

    Examples
    --------
    >>> from einclusie_data.codelists import GROUP, PRICE
    >>> match_value("SENIOREN", GROUP), match_value("Oudern", GROUP), match_value("€ 2,50 per les", PRICE)
    ('Ouderen', None, 'Betalend')
    """
    key = compact(text)
    value = known_words(codelist).get(key) if key else None
    if value is None and codelist.name == PRICE.name:
        return _price_of_amount(text)
    return value


def closest_value(text: str, codelist: Codelist) -> str | None:
    """The value of a closed list that a text resembles most, for "bedoelde je …?", or None.

    Examples
    --------
    >>> from einclusie_data.codelists import GROUP
    >>> closest_value("Oudern", GROUP), closest_value("xyz", GROUP)
    ('Ouderen', None)
    """
    words = known_words(codelist)
    found = closest_key(compact(text), tuple(words))
    return words[found] if found else None


def closest_key(key: str, keys: tuple[str, ...]) -> str | None:
    """The key (`compact`) most like this one, when it is like it at all."""
    if not 3 <= len(key) <= _LONGEST_WORD:
        return None
    best = process.extractOne(key, keys, scorer=fuzz.ratio, score_cutoff=CLOSE)
    return best[0] if best else None
