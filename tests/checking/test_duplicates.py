"""Probable duplicates: same name, organisation and place, give or take a typo."""

from __future__ import annotations

from typing import Any

import pytest

from einclusie_data.checking.duplicates import find_duplicates, similar

KEYS = ("name", "organisations", "address", "location", "postcode", "wijken", "district", "mode", "lat", "lon")
UNKNOWN = float("nan")


def row(**changes: Any) -> dict[str, Any]:
    plain = {
        "name": "Digipunt Kiel", "organisations": ("Atlas",), "address": "Abdijstraat 1", "location": "De Brug",
        "postcode": "2020", "wijken": ("ANT10",), "district": "Antwerpen", "mode": "", "lat": UNKNOWN, "lon": UNKNOWN,
    }  # fmt: skip
    return plain | changes


def found(*rows: dict[str, Any]) -> dict[int, int]:
    return find_duplicates({key: [one[key] for one in rows] for key in KEYS}, list(range(len(rows))))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"name": "digipunt  KIEL"},
        {"name": "Digipunt Keil"},
        {"organisations": ("atlas vzw",)},
        {"organisations": ("Ligo", "Atlas")},
        {"address": "Abdijstrat 1"},
        {"address": ""},
        {"wijken": ()},
    ],
)
def test_rows_that_are_probably_the_same(changes: dict[str, Any]) -> None:
    assert found(row(), row(**changes)) == {1: 0}


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Digipunt Dam"},
        {"name": "Digipunt Kiel 2"},
        {"organisations": ("Ligo",)},
        {"address": "Abdijstraat 10"},
        {"address": "Sint-Bernardsesteenweg 1"},
        {"postcode": "2060"},
        {"address": "", "location": "Elders"},
    ],
)
def test_rows_that_differ(changes: dict[str, Any]) -> None:
    assert found(row(), row(**changes)) == {}


def test_coordinates_decide_where_both_have_them() -> None:
    here, near, far = {"lat": 51.2, "lon": 4.4}, {"lat": 51.2003, "lon": 4.4}, {"lat": 51.21, "lon": 4.4}
    assert found(row(**here), row(**near)) == {1: 0}
    assert found(row(**here), row(**far)) == {}


def test_without_any_place_the_area_decides() -> None:
    nowhere = {"address": "", "location": "", "postcode": "", "wijken": (), "district": ""}
    assert found(row(**nowhere), row(**nowhere)) == {1: 0}
    assert found(row(**nowhere), row(**nowhere | {"wijken": ("ANT04",)})) == {}
    assert found(row(**nowhere), row(**nowhere | {"mode": "Online"})) == {}


def test_every_later_row_names_the_first() -> None:
    assert found(*[row() for _ in range(8)]) == dict.fromkeys(range(1, 8), 0)


def test_a_weekday_is_no_typo() -> None:
    assert not similar(
        "digitale hulp op maandag in het dienstencentrum", "digitale hulp op dinsdag in het dienstencentrum"
    )
    assert similar("digitale hulp op maandag", "digitale hlup op maandag")
    assert not similar("lessenreeks deel 1", "lessenreeks deel 2")


def test_nothing_to_compare() -> None:
    assert found() == {}
    assert found(row()) == {}
