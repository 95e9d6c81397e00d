"""Points put by hand: under what name they are remembered, and what they win from."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from einclusie_data.geocode.answer import Point
from einclusie_data.geocode.points import place_by_hand, place_key, with_source
from tests.factories import offer, offers_table
from tests.worlds import degrees_at, small_world

AREAS = small_world()
HAND = Point(*degrees_at(200, 1200))


def key(**given: Any) -> str:
    return place_key(offer(**({"address": "Kerkstraat 12", "postcode": "2000"} | given)))


@pytest.mark.parametrize(
    "given",
    [{"address": "KERKSTR. 12"}, {"address": "Kerkstraat 12, 2000 Antwerpen"}, {"name": "Iets anders"},
     {"organisations": ("Een ander",)}, {"number": "99"}],
)  # fmt: skip
def test_one_address_is_one_place_whatever_else_changes(given: dict[str, Any]) -> None:
    assert key(**given) == key()


@pytest.mark.parametrize("given", [{"address": "Kerkstraat 14"}, {"postcode": "2660"}, {"district": "Zuiderdam"}])
def test_another_address_is_another_place(given: dict[str, Any]) -> None:
    assert key(**given) != key()


def test_without_a_house_number_every_offer_has_its_own_place() -> None:
    street = {"address": "Kerkstraat"}
    assert key(**street, name="A") != key(**street, name="B")
    assert key(**street, organisations=("A", "B")) == key(**street, organisations=("B", "A"))
    assert key(**street, location="Zaal 1") != key(**street, location="Zaal 2")


def test_the_hand_wins_from_the_workbook_and_each_point_says_where_it_comes_from() -> None:
    rows = (
        offer(address="Kerkstraat 12", postcode="2000", at=(900, 1900)),
        offer(name="Elders", at=(100, 100)),
        offer(name="Nergens"),
        offer(name="Half", lat=51.2),
    )
    before = offers_table(*rows)
    placed, problems = place_by_hand(with_source(before), {key(): HAND}, AREAS)
    assert problems == []
    assert placed["point_source"].tolist() == ["met de hand", "werkmap", "", ""]
    assert (placed["lat"][0], placed["lon"][0]) == HAND
    assert (placed["lat"][1], placed["lon"][1]) == degrees_at(100, 100)
    assert np.isnan(placed["lat"][2])
    assert before["lat"][0] == degrees_at(900, 1900)[0], "the table that was given stays as it was"


def test_a_point_far_from_the_city_is_reported_and_not_used() -> None:
    table = with_source(offers_table(offer(address="Kerkstraat 12", postcode="2000")))
    placed, problems = place_by_hand(table, {key(): Point(0.0, 0.0)}, AREAS)
    assert np.isnan(placed["lat"][0])
    assert [(problem.code, problem.row) for problem in problems] == [("punt-buiten-stad", 2)]
