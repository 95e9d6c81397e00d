"""The random cases are varied and well formed, and the oracle keeps the contract's invariants on them."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations
from random import Random

import pandas as pd
import pytest

from einclusie_data.contract import schema, verdicts
from tests.oracle import GROUPS, Offer, gap_rows, is_active, located, passes_filters, suits_group
from tests.random_worlds import (
    DAY,
    count_outcomes,
    offers_to_table,
    random_case,
    random_offers,
    random_question,
    random_world,
    to_degrees,
    world_to_areas,
    world_to_need_table,
)

SEEDS = range(60)
SOME_SEEDS = range(0, 60, 4)


def test_every_verdict_reason_and_caveat_occurs():
    outcomes, _ = count_outcomes(SEEDS)
    seen = {column: {text.split(": ")[-1] for name, text in outcomes if name == column} for column, _ in outcomes}
    assert seen["oordeel"] == set(verdicts.ORDER)
    assert seen["reden"] == set(verdicts.REASONS)
    assert {caveat for text in seen["kanttekening"] for caveat in text.split("; ")} == set(verdicts.CAVEATS)
    for verdict in ("hiaat", "mobiel"):
        reasons = {text for name, text in outcomes if name == "reden" and text.startswith(verdict)}
        assert len(reasons) == 5, reasons
    assert ("kanttekening", "gedekt: verouderd; ligging bij benadering") in outcomes


def test_every_way_to_be_somewhere_occurs():
    kinds, waters, at_home = set(), 0, 0
    for seed in SEEDS:
        offers, world, question = random_case(seed)
        for offer in offers:
            item = located(offer, world)
            kinds.add((item.kind, offer.mode == "Rondreizend", bool(item.serves or item.hint), len(item.places) > 1))
            waters += any(place.wijk == "SCH01" for place in item.places)
        for row in gap_rows(offers, world, replace(question, groups=(GROUPS[-1],))):
            at_home += row["oordeel"] in ("gedekt", "algemeen") and row["aandeel_bereikt"] < 0.5
    assert kinds == {
        ("placed", False, False, False),
        ("placed", True, False, False),
        ("placed", True, False, True),
        ("mobile", False, True, False),
        ("mobile", False, False, False),
        ("mobile", True, True, False),
        ("mobile", True, False, False),
        ("unplaced", False, True, False),
        ("unplaced", False, False, False),
    }
    assert waters > 5
    assert at_home > 5


@pytest.mark.parametrize("seed", SOME_SEEDS)
def test_worlds_are_well_formed(seed):
    world = random_world(Random(seed))
    assert 4 <= len(world.wijken) <= 9
    assert any(wijk.inhabited for wijk in world.wijken.values())
    assert all(wijk.polygon.is_valid for wijk in world.wijken.values())
    for one, other in combinations(world.wijken.values(), 2):
        assert one.polygon.intersection(other.polygon).area == 0
    for code, wijk in world.wijken.items():
        weights = [point.weight for point in world.demand if point.wijk == code]
        assert weights or not wijk.inhabited
        assert not weights or math.fsum(weights) == pytest.approx(1, abs=1e-3)


def test_a_seed_is_a_case():
    assert repr(random_case(7)) == repr(random_case(7))
    assert repr(random_case(7)) != repr(random_case(8))


def test_coordinates_come_back_as_they_were():
    lat, lon = to_degrees(152_350, 212_150)
    place = located(Offer(lat=lat, lon=lon), random_world(Random(1))).places[0]
    assert (place.x, place.y) == pytest.approx((152_350, 212_150), abs=1e-6)


# --- in the shape of the engine --------------------------------------------------------------------------------------
def test_offers_in_the_shape_of_a_workbook():
    offers, _, _ = random_case(5)
    table = offers_to_table(offers)
    assert set(table.columns) == {column.key for column in schema.OFFERS.columns} | {"row", "wijk_given", "whole_city"}
    assert [str(table[key].dtype) for key in ("lat", "valid_to", "wijk_given")] == ["float64", "datetime64[ns]", "bool"]
    for offer, row in zip(offers, table.to_dict("records"), strict=True):
        assert (row["row"], row["groups"], row["wijken"]) == (offer.row, offer.groups, offer.wijken)
        assert (row["mode"], row["price"], row["district"]) == (offer.mode, offer.price, offer.district)
        assert pd.isna(row["lat"]) if offer.lat is None else row["lat"] == offer.lat
        assert pd.isna(row["valid_to"]) if offer.valid_to is None else row["valid_to"].date() == offer.valid_to


def test_no_offers_in_the_shape_of_a_workbook():
    full = offers_to_table([Offer()])
    empty = offers_to_table([])
    assert len(empty) == 0
    assert list(empty.dtypes) == list(full.dtypes)


def test_world_in_the_shape_of_reference_data():
    world = random_world(Random(3))
    areas = world_to_areas(world)
    assert list(areas.wijken.index) == sorted(world.wijken)
    assert areas.wijken.crs.to_epsg() == 31370
    assert areas.river.equals(world.river)
    assert areas.demand["wijkcode"].is_monotonic_increasing
    assert len(areas.demand) == len(world.demand)
    own = world_to_need_table(world)
    assert areas.need.notna().sum().sum() + len(own) == len(world.need)


# --- invariants of the contract --------------------------------------------------------------------------------------
def verdicts_of(offers, world, question):
    return {(row["wijkcode"], row["doelgroep"]): row["oordeel"] for row in gap_rows(offers, world, question)}


def is_worse(one, other):
    return verdicts.ORDER.index(one) > verdicts.ORDER.index(other)


@pytest.mark.parametrize("seed", SOME_SEEDS)
def test_row_order_is_irrelevant(seed):
    offers, world, question = random_case(seed)
    assert gap_rows(offers, world, question) == gap_rows(sorted(offers, key=lambda offer: offer.row), world, question)


@pytest.mark.parametrize("seed", SOME_SEEDS)
def test_one_offer_more_never_worsens_a_verdict_it_is_suitable_for(seed):
    offers, world, question = random_case(seed)
    rng = Random(-seed - 1)
    before = verdicts_of(offers, world, question)
    for extra in random_offers(rng, world, 6):
        added = replace(extra, row=1000, number="")
        if not (is_active(added, question.date) and passes_filters(added, question)):
            continue
        after = verdicts_of([*offers, added], world, question)
        for (code, group), verdict in after.items():
            if suits_group(added, group, question):
                assert not is_worse(verdict, before[code, group]), (code, group, added)


@pytest.mark.parametrize("seed", SOME_SEEDS)
def test_a_stopped_offer_never_improves_a_verdict(seed):
    offers, world, question = random_case(seed)
    before = verdicts_of(offers, world, question)
    for number in range(0, len(offers), 5):
        stopped = [*offers[:number], replace(offers[number], status="Gestopt"), *offers[number + 1 :]]
        after = verdicts_of(stopped, world, question)
        assert not [key for key in after if is_worse(before[key], after[key])]


@pytest.mark.parametrize("seed", SOME_SEEDS)
def test_a_larger_reach_never_lowers_a_share(seed):
    offers, world, question = random_case(seed)
    near = gap_rows(offers, world, question)
    far = gap_rows(offers, world, replace(question, reach_m=question.reach_m + 400))
    assert all(one["aandeel_bereikt"] <= other["aandeel_bereikt"] for one, other in zip(near, far, strict=True))


@pytest.mark.parametrize("seed", [3, 11])
def test_a_label_changes_no_figure(seed):
    offers, world, question = random_case(seed)
    renamed = {code: wijk._replace(label=f"Anders {code}") for code, wijk in world.wijken.items()}
    after = gap_rows(offers, replace(world, wijken=renamed), question)
    assert [{**row, "wijk": ""} for row in gap_rows(offers, world, question)] == [{**row, "wijk": ""} for row in after]


def test_questions_are_varied():
    questions = [random_question(Random(seed)) for seed in SEEDS]
    assert {question.date for question in questions} == {DAY}
    assert {question.open_counts for question in questions} == {True, False}
    assert {key for question in questions for key in question.filters} >= {"types", "dayparts", "price", "languages"}
