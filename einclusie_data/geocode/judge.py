"""An answer of the geocoder, judged against the row that it was asked for: a point, or a problem, never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from einclusie_data.city.areas import Areas, near_city
from einclusie_data.city.name_tables import CITY
from einclusie_data.contract.errors import Problem
from einclusie_data.contract.privacy import quoted
from einclusie_data.contract.text import compact
from einclusie_data.contract.words import listing
from einclusie_data.geocode.answer import Location, Point, Precision, address_problem, read_location
from einclusie_data.geocode.query import leading_number, number_in_street, street_part, street_words

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
