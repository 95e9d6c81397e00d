"""What is asked of the geocoder, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from einclusie_data.geocode.answer import address_query, number_in_street, street_part, street_words
from tests.factories import offer


def query(address: str, **given: Any) -> str | None:
    return address_query(offer(address=address, **({"postcode": "2060"} | given)))


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("De Coninckplein 26", "De Coninckplein 26"),
        ("  De  Coninckplein\t26 ", "De Coninckplein 26"),
        ("De Coninckplein 26, 2060 Antwerpen", "De Coninckplein 26"),
        ("De Coninckplein 26 2060 Antwerpen", "De Coninckplein 26"),
        ("De Coninckplein 26A B-2060 Antwerpen", "De Coninckplein 26A"),
        ("De Coninckplein 26\n2060 Antwerpen", "De Coninckplein 26"),
        ("Bib Permeke, De Coninckplein 26", "De Coninckplein 26"),
        ("De Coninckplein 26 (bib Permeke)", "De Coninckplein 26"),
        ("De Coninckplein, 26", "De Coninckplein 26"),
        ("De Coninckplein, 26 bus 3", "De Coninckplein 26 bus 3"),
        ("De Coninckplein 26, bus 3", "De Coninckplein 26"),
        ("De Coninckplein 26, 2e verdieping", "De Coninckplein 26"),
        ("De Coninckplein 26, Antwerpen", "De Coninckplein 26"),
        ("Noorderlaan 1234 bus 5", "Noorderlaan 1234 bus 5"),
        ("De Coninckplein", "De Coninckplein"),
    ],
)
def test_street_and_number_are_found_in_the_cell(address: str, asked: str) -> None:
    assert street_part(address) == asked
    assert query(address) == f"{asked}, 2060 Antwerpen"


@pytest.mark.parametrize(
    "address",
    ["", "?", "-", "12", "2060", "2060 Antwerpen", "Kerkstraat 1; Dorpsstraat 2", "Kerkstraat 1\nDorpsstraat 2",
     "Kerkstraat 12, bel 0470 12 34 56", "Kerkstraat 12 an@example.org", "https://example.org/kerkstraat 12",
     "Kerkstraat " + "1" * 200],
)  # fmt: skip
def test_what_is_no_single_address_is_not_asked(address: str) -> None:
    assert query(address) is None


@pytest.mark.parametrize(
    ("given", "town"),
    [
        ({"postcode": "2610", "district": "Wilrijk"}, "2610 Antwerpen"),
        ({"postcode": "", "district": "Wilrijk"}, "Antwerpen"),
        ({"postcode": "", "district": "Antwerpen"}, "Antwerpen"),
        ({"postcode": "", "wijken": ("NOO01",)}, "Antwerpen"),
    ],
)
def test_a_district_is_part_of_the_municipality_of_antwerp(given: dict[str, Any], town: str) -> None:
    assert query("Bist 1", **given) == f"Bist 1, {town}"


def test_a_street_that_may_lie_in_any_town_is_not_asked() -> None:
    assert query("Kerkstraat 12", postcode="") is None


@pytest.mark.parametrize(
    ("address", "street", "number"),
    [
        ("Kerkstraat 12", "Kerkstraat", "12"),
        ("KERKSTR. nr. 012", "Kerkstraat", "12"),
        ("Kerkstraat12", "Kerkstraat", "12"),
        ("St.-Jansplein 12-14", "Sint-Jansplein", "12"),
        ("Grote Stwg 150 bus 3", "Grote Steenweg", "150"),
        ("Turnhoutse baan 92", "Turnhoutsebaan", "92"),
        ("Huis Kerkstraat, Kerkstraat", "Kerkstraat", ""),
        ("Plein 1940 12", "Plein 1940", "12"),
        ("Kerkstraat hoek Dorpsstraat 12", "Kerkstraat", ""),
        ("Kerkstraatje 12", "Kerkstraat", None),
        ("Dorpsstraat 12", "Kerkstraat", None),
        ("", "Kerkstraat", None),
    ],
)
def test_the_number_in_a_street(address: str, street: str, number: str | None) -> None:
    assert number_in_street(address, street) == number


def test_a_street_in_full_or_short_is_the_same() -> None:
    assert street_words("Ste-Annastr.") == street_words("SINTE ANNASTRAAT")
