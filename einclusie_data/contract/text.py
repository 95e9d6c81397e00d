"""Text of cells: compared tolerantly, split into values, matched with closed lists.

Tolerant means: case, accents, spaces, punctuation, plural and known synonyms. A typo is never matched; the closest
value is only suggested.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz import fuzz, process

from einclusie_data.contract.codelists import CODELISTS, FREE, PAID, PRICE, Codelist
from einclusie_data.contract.deadline import check, watched

_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile("[\t\xa0\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff0-\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def plain_text(text: str) -> str:
    r"""A text as a cell may hold it: line breaks are ``\n``, every space is an ordinary one, nothing invisible.

    Control characters, marks that turn the writing direction around, lone halves of a character and outer spaces are
    removed.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> plain_text(" Digi\x07café\u200b\xa0\r\nKiel \ud83d")
    'Digicafé \nKiel'
    """
    if text.isprintable():  # no control characters, no spaces but the ordinary one
        return text.strip()
    text = _SPACE.sub(" ", _BREAK.sub("\n", text))
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")  # two halves become one again
    return _INVISIBLE.sub("", text).strip()


EVERYTHING = "*"
"""Sign that people use for "everyone" and "the whole city"."""

CLOSE = 70
"""Similarity (0-100, rapidfuzz) from which a value is worth suggesting."""

_MANY_KEYS = 1_000
"""Keys among which the closest one is sought by comparing them all."""
_NEAR_KEYS = 100
"""Of more keys, how many on either side in the alphabet."""
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
    if text.isascii():
        bare = text.lower().split()
        if "".join(bare).isalnum():  # nothing but words, as most texts: the slow way gives the same
            return " ".join(bare)
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
            answers = [[part] if known(part) else _soft_parts(part, known) for part in watched(parts)]
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
    for segment in watched(hard_segments(text)):
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


class Words:
    """The words that mean a value of a closed list, while values are added to it.

    An added value is also known in the singular or plural, unless that form means something else already.

    Parameters
    ----------
    codelist : Codelist
    """

    def __init__(self, codelist: Codelist) -> None:
        self._name = codelist.name
        added = _added_values(codelist)
        self._words = {compact(value): value for value in reversed(codelist.values)}
        for value, synonyms in codelist.synonyms.items():
            for synonym in synonyms:
                self._words.setdefault(compact(synonym), value)
        self._add_forms(added)

    def _add_forms(self, values: Iterable[str]) -> None:
        for value in values:
            for form in _number_forms(value):
                self._words.setdefault(form, value)

    def add(self, value: str) -> None:
        """Know one more value, which no word meant so far."""
        self._words[compact(value)] = value
        self._add_forms([value])

    def match(self, text: str) -> str | None:
        """See `match_value`."""
        key = compact(text)
        value = self._words.get(key) if key else None
        if value is None and self._name == PRICE.name:
            return _price_of_amount(text)
        return value

    @property
    def table(self) -> Mapping[str, str]:
        """See `known_words`."""
        return MappingProxyType(self._words)


@lru_cache(maxsize=256)
def _words_of(codelist: Codelist) -> Words:
    return Words(codelist)


def known_words(codelist: Codelist) -> Mapping[str, str]:
    """Key (`compact`) of every word that means a value of the list -> that value."""
    return _words_of(codelist).table


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
        return PAID
    return FREE if not any(amounts) else None


def match_value(text: str, codelist: Codelist) -> str | None:
    """The value of a closed list that a text means, or None; never a guess at a typo.

    Examples
    --------
    >>> from einclusie_data.contract.codelists import GROUP, PRICE
    >>> match_value("SENIOREN", GROUP), match_value("Oudern", GROUP), match_value("€ 2,50 per les", PRICE)
    ('Ouderen', None, 'Betalend')
    """
    return _words_of(codelist).match(text)


def closest_value(text: str, codelist: Codelist) -> str | None:
    """The value of a closed list that a text resembles most, for "bedoelde je …?", or None.

    Examples
    --------
    >>> from einclusie_data.contract.codelists import GROUP
    >>> closest_value("Oudern", GROUP), closest_value("xyz", GROUP)
    ('Ouderen', None)
    """
    words = known_words(codelist)
    found = closest_key(compact(text), tuple(words))
    return words[found] if found else None


def closest_key(key: str, keys: Sequence[str]) -> str | None:
    """The key (`compact`) most like this one, when it is like it at all."""
    check()
    if not 3 <= len(key) <= _LONGEST_WORD:
        return None
    best = process.extractOne(key, keys, scorer=fuzz.ratio, score_cutoff=CLOSE)
    return best[0] if best else None


class ClosestKeys:
    """`closest_key` among keys that may be very many: then only those near it in the alphabet are looked at.

    From either end of the word, since the typo is somewhere in it: the work does not grow with the number of keys.

    Parameters
    ----------
    keys : iterable of str
        Keys (`compact`).
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = tuple(keys)
        self._few = len(self._keys) <= _MANY_KEYS
        self._forwards = [] if self._few else sorted(self._keys)
        self._backwards = [] if self._few else sorted(key[::-1] for key in self._keys)

    def of(self, key: str) -> str | None:
        """See `closest_key`."""
        if self._few or not 3 <= len(key) <= _LONGEST_WORD:
            return closest_key(key, self._keys)
        near = _near(self._forwards, key) + [word[::-1] for word in _near(self._backwards, key[::-1])]
        return closest_key(key, list(dict.fromkeys(near)))


def _near(words: list[str], word: str) -> list[str]:
    """The words around the place where this one would stand."""
    place = bisect_left(words, word)
    return words[max(place - _NEAR_KEYS, 0) : place + _NEAR_KEYS]
