"""What the geocoder answers: its JSON read with care, and the part of it that is kept.

The service is the Flemish government's, https://geo.api.vlaanderen.be/geolocation/v4/Location: ``{"LocationResult":
[{"Municipality", "Zipcode", "Thoroughfarename", "Housenumber", "LocationType", "Location": {"Lat_WGS84", "Lon_WGS84",
…}, …}]}``, an empty list when nothing fits.

An answer of the geocoder, judged against the row that it was asked for: a point, or a problem, never a guess.

The address of an offer as the geocoder is asked for it, and what part of it is street and house number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from einclusie_data.city.areas import Areas, near_city
from einclusie_data.city.names import CITY
from einclusie_data.contract.errors import Problem, Severity
from einclusie_data.contract.privacy import LONGEST_VALUE, MASK, has_personal, masked_start, quoted
from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.text import clean_text, compact, normalise
from einclusie_data.contract.words import listing

_CORRECT = "Verbeter het adres, of zet het punt met de hand op de kaart."


@dataclass(frozen=True)
class GeocodeResult:
    """A judged answer.

    Attributes
    ----------
    point : Point or None
        None when the answer is not certain enough.
    precision : Precision
        Of the answer, used or not.
    problem : Problem or None
        What a colleague can do about it. With a point: a contradiction in the row; the point counts all the same.
    """

    point: Point | None
    precision: Precision
    problem: Problem | None


def judge(answer: object, row: Mapping[str, Any], areas: Areas) -> GeocodeResult:
    """Judge an answer.

    Parameters
    ----------
    answer : object
        The geocoder's JSON, whatever it holds.
    row : mapping
        The clean offer that it was asked for, with its Excel row in `row`.
    areas : Areas

    Returns
    -------
    GeocodeResult
        A point only for the house number that was asked, in the stated street, postcode and district.
    """
    try:
        found = read_location(answer)
    except ValueError:
        message = "We kregen geen bruikbaar antwoord over dit adres. Probeer het later opnieuw."
        return GeocodeResult(None, Precision.NONE, address_problem("adres-antwoord-onleesbaar", row, message))
    if found is None:
        message = f"Dit adres is niet gevonden. {_CORRECT}"
        return GeocodeResult(None, Precision.NONE, address_problem("adres-niet-gevonden", row, message))
    doubt = _doubt(found, row, areas)
    if doubt is not None:
        return GeocodeResult(None, found.precision, doubt)
    return GeocodeResult(found.point, found.precision, _contradiction(found, row, areas))


def _doubt(found: Location, row: Mapping[str, Any], areas: Areas) -> Problem | None:
    """Why an answer may be about another place than was asked; None when it is the place."""
    wrong = _wrong_town(found, row, areas) or _wrong_house(found, str(row["address"]))
    if wrong is None and not near_city(found.point.lat, found.point.lon, areas):
        wrong = ("adres-buiten-stad", "Het punt van dit adres ligt niet in of bij Antwerpen.", "address")
    if wrong is None:
        return None
    code, what, key = wrong
    return address_problem(code, row, f"{what} We gebruiken het niet. {_CORRECT}", key)


_Wrong = tuple[str, str, str]
"""Code, first sentence, and key of the column."""


def _wrong_town(found: Location, row: Mapping[str, Any], areas: Areas) -> _Wrong | None:
    if compact(found.municipality) not in {compact(CITY), compact(str(row["district"]))} - {""}:
        where = f"in {quoted(found.municipality)}, " if found.municipality else ""
        return "adres-andere-gemeente", f"Dit adres vinden we {where}niet in Antwerpen.", "address"
    if row["postcode"] and found.postcode != row["postcode"]:
        what = f"{quoted(found.postcode)}, niet in {row['postcode']}" if found.postcode else "een andere plek"
        return "adres-andere-postcode", f"Dit adres vinden we in postcode {what}.", "postcode"
    wijken = areas.districts.get(str(row["district"]).removeprefix("district "), ())
    city = row["district"] in ("", CITY)
    if not row["postcode"] and not city and not set(wijken) & set(areas.postcodes.get(found.postcode, ())):
        what = f"Dit adres vinden we in postcode {quoted(found.postcode)}, niet in {quoted(row['district'])}."
        return "adres-ander-district", what, "district"
    return None


def _wrong_house(found: Location, address: str) -> _Wrong | None:
    if found.precision is Precision.PLACE:
        return "adres-enkel-gemeente", "We vinden enkel de gemeente, niet de straat.", "address"
    if found.precision is not Precision.HOUSE:
        return "adres-enkel-straat", "We vinden enkel de straat, niet het huisnummer.", "address"
    asked = number_in_street(street_part(address), found.street) if found.street else None
    if asked is None:
        return "adres-andere-straat", f"We vinden een andere straat: {quoted(found.street)}.", "address"
    if not asked or asked != leading_number(street_words(found.number)):
        return "adres-ander-huisnummer", f"We vinden een ander huisnummer: {quoted(found.number)}.", "address"
    return None


_FOLLOWED = "We volgen het adres. Kijk na wat klopt."


def _contradiction(found: Location, row: Mapping[str, Any], areas: Areas) -> Problem | None:
    """What in the row does not agree with a point that is used."""
    code = areas.wijk_at(found.point.lon, found.point.lat)
    if row["wijken"] and code not in row["wijken"]:
        stated = _labels(row["wijken"], areas)
        message = f"Het adres ligt {_where(code, areas)}, niet in {quoted(stated)}. {_FOLLOWED}"
        return address_problem("adres-wijk-strijdig", row, message, "wijken", stated)
    if row["postcode"] and code not in areas.postcodes.get(row["postcode"], ()):
        message = f"Het adres ligt {_where(code, areas)}, niet in postcode {row['postcode']}. {_FOLLOWED}"
        return address_problem("adres-postcode-strijdig", row, message, "postcode")
    if not row["postcode"] and not row["wijken"] and row["district"] == CITY:
        message = f"We vinden dit adres in postcode {quoted(found.postcode)}. Klopt dat, vul de postcode dan in."
        return address_problem("adres-zonder-postcode", row, message, "postcode")
    return None


def _where(code: str | None, areas: Areas) -> str:
    return f"in {quoted(_labels([code], areas))}" if code else "in geen enkele wijk van de stad"


def _labels(codes: Any, areas: Areas) -> str:
    return listing([str(areas.wijken["label"][code]) for code in codes])


_LONGEST_TEXT = 200
_NOT_A_HOUSE = re.compile("straat|gemeente|interpol", re.IGNORECASE)
"""Parts of a LocationType whose point is not that of a house: e.g. "crab_straat", "…_afgeleidVanStraat"."""


class Precision(StrEnum):
    """How precise an answer is; only HOUSE is precise enough to use."""

    HOUSE = "huisnummer"
    STREET = "straat"
    PLACE = "gemeente"
    NONE = ""


class Point(NamedTuple):
    """A place in degrees (EPSG:4326)."""

    lat: float
    lon: float


@dataclass(frozen=True)
class Location:
    """One result of the geocoder; "" = it does not say. `kind` is its LocationType."""

    municipality: str
    postcode: str
    street: str
    number: str
    kind: str
    point: Point

    @property
    def precision(self) -> Precision:
        """How precise the place is."""
        if self.number and not _NOT_A_HOUSE.search(self.kind):
            return Precision.HOUSE
        return Precision.STREET if self.street else Precision.PLACE


_TEXTS = {"municipality": "Municipality", "postcode": "Zipcode", "street": "Thoroughfarename", "number": "Housenumber",
          "kind": "LocationType"}  # fmt: skip


def read_location(answer: object) -> Location | None:
    """The first result of an answer; None when there is none.

    Raises
    ------
    ValueError
        The answer does not have the geocoder's format.
    """
    results = answer.get("LocationResult") if isinstance(answer, dict) else None
    if not isinstance(results, list):
        raise ValueError("LocationResult")  # noqa: TRY004 - a matter of format, whatever the type
    return _location_in(results[0]) if results else None


def _location_in(result: object) -> Location:
    place = result.get("Location") if isinstance(result, dict) else None
    if not isinstance(result, dict) or not isinstance(place, dict):
        raise ValueError("Location")  # noqa: TRY004 - as above
    point = Point(_degrees(place.get("Lat_WGS84"), 90), _degrees(place.get("Lon_WGS84"), 180))
    return Location(**{key: _text(result.get(name)) for key, name in _TEXTS.items()}, point=point)


def _text(value: object) -> str:
    return clean_text(str(value)[:_LONGEST_TEXT]) if isinstance(value, str | int) else ""


def _degrees(value: object, most: int) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
        raise ValueError("graden")
    return float(value)


def kept_part(answer: object) -> dict[str, Any]:
    """The part of an answer that `judge` looks at, in the same format: what a cache keeps.

    Raises
    ------
    ValueError
        The answer does not have the geocoder's format.
    """
    found = read_location(answer)
    if found is None:
        return {"LocationResult": []}
    place = {"Lat_WGS84": found.point.lat, "Lon_WGS84": found.point.lon}
    return {"LocationResult": [{name: getattr(found, key) for key, name in _TEXTS.items()} | {"Location": place}]}


def address_problem(
    code: str, row: Mapping[str, Any], message: str, key: str = "address", value: str | None = None
) -> Problem:
    """A warning about a cell of an offer, by default its address; the row stays in use."""
    text = masked_start(str(row[key]) if value is None else value, LONGEST_VALUE)
    return Problem(code, Severity.WARNING, OFFERS.name, row["row"], OFFERS.column(key).header, text, message)


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
