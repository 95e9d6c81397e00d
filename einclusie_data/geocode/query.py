"""The address of an offer as the geocoder is asked for it, and what part of it is street and house number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from einclusie_data.city.name_tables import CITY
from einclusie_data.contract.privacy import MASK, has_personal
from einclusie_data.contract.text import normalise

LONGEST_QUERY = 200
"""Characters; no address in Belgium is longer."""

_LINK = re.compile(r"https?:|www\.", re.IGNORECASE)
_COMMA_BEFORE_NUMBER = re.compile(r"\s*,\s*(?=\d{1,3}\s?[a-z]?\s*(?:[,;|\n]|$|bus\b|bis\b))", re.IGNORECASE)
_PARTS = re.compile(r"[,;|\n()]")
_TOWN = re.compile(r"\b(?:B-?)?[1-9]\d{3}\s+[^\W\d][^\d]*$", re.IGNORECASE)
_TOWN_AFTER_NUMBER = re.compile(rf"(?<=\d)(\w{{0,2}})\s+{_TOWN.pattern}", re.IGNORECASE)
_BOX = re.compile(r"(?:bus|bis|app|appartement|verdieping|verd|niveau|lokaal|zaal|blok)\b|\d+\w{0,2}\s*(?:verd|$)")
_WORD = re.compile(r"[^\W\d]{2}")
_GLUED_NUMBER = re.compile(r"(?<=[a-z]{2})(?=\d)")
_NUMBER_WORDS = frozenset({"nr", "nummer", "huisnummer"})
_SHORT = {"st": "sint", "ste": "sinte", "str": "straat", "ln": "laan", "stwg": "steenweg", "stw": "steenweg"}
_SHORT_ENDINGS = (("str", "straat"), ("stwg", "steenweg"), ("stw", "steenweg"))


def street_part(address: str) -> str:
    """Street and house number in a cell Adres; "" when there is no street, or more than one address.

    Examples
    --------
    >>> street_part("Bib Permeke, De Coninckplein 26, 2060 Antwerpen"), street_part("Kerkstraat 12 bus 3")
    ('De Coninckplein 26', 'Kerkstraat 12 bus 3')
    >>> street_part("2060 Antwerpen"), street_part("Kerkstraat 1; Dorpsstraat 2")
    ('', '')
    """
    text = _COMMA_BEFORE_NUMBER.sub(" ", address)
    parts = [" ".join(_TOWN_AFTER_NUMBER.sub(r"\1", part).split()) for part in _PARTS.split(text)]
    streets = [part for part in parts if _WORD.search(part) and not _TOWN.match(part) and not _BOX.match(part.lower())]
    numbered = [part for part in streets if any(letter.isdigit() for letter in part)]
    if len(numbered) > 1:
        return ""
    return numbered[0] if numbered else next(iter(streets), "")


def address_query(row: Mapping[str, Any]) -> str | None:
    """What to ask for a row: "straat nr, postcode gemeente".

    Parameters
    ----------
    row : mapping
        A clean offer (see `Workbook`). Every district is part of the municipality of Antwerpen.

    Returns
    -------
    str or None
        None when there is not enough to ask: no street, more than one address, or nothing that says that it lies in
        Antwerpen. Also when the cell holds contact details: those are sent to nobody.

    Examples
    --------
    >>> address_query({"address": "Bist 1", "postcode": "2610", "district": "Wilrijk", "wijken": ()})
    'Bist 1, 2610 Antwerpen'
    """
    address = str(row["address"])
    in_antwerp = bool(row["postcode"] or row["district"] or row["wijken"])
    personal = MASK in address or has_personal(address)
    if not in_antwerp or len(address) > LONGEST_QUERY or personal or _LINK.search(address):
        return None
    street = street_part(address)
    town = " ".join(part for part in (str(row["postcode"]), CITY) if part)
    return f"{street}, {town}" if street else None


def street_words(text: str) -> list[str]:
    """A street name in comparable words: without case, accents, punctuation and usual short forms.

    Examples
    --------
    >>> street_words("St.-Jansplein"), street_words("Kerkstr.12")
    (['sint', 'jansplein'], ['kerkstraat', '12'])
    """
    return [_in_full(word) for word in _GLUED_NUMBER.sub(" ", normalise(text)).split()]


def _in_full(word: str) -> str:
    if word in _SHORT:
        return _SHORT[word]
    for short, full in _SHORT_ENDINGS:
        if word.endswith(short):
            return word.removesuffix(short) + full
    return word


def number_in_street(address: str, street: str) -> str | None:
    """The house number that an address gives in a street: its digits, without a letter or a box.

    Returns
    -------
    str or None
        "" when there is no number behind the street; None when the street is not named.

    Examples
    --------
    >>> number_in_street("St-Jansplein 29A", "Sint-Jansplein"), number_in_street("Bist", "Bist")
    ('29', '')
    """
    words, wanted = street_words(address), "".join(street_words(street))
    for first in range(len(words)):
        joined = ""
        for last in range(first, len(words)):
            joined += words[last]
            if joined == wanted:
                return leading_number(words[last + 1 :])
            if not wanted.startswith(joined):
                break
    return None


def leading_number(words: list[str]) -> str:
    """The digits with which words start, after "nr" or the like; "" when they start with something else."""
    rest = [word for word in words[:2] if word not in _NUMBER_WORDS]
    found = re.match(r"\d+", rest[0]) if rest else None
    return found.group().lstrip("0") if found else ""
