"""Where first on the small world (numbers by head), and against plain loops on random worlds."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest

from einclusie_data.contract import codelists
from einclusie_data.contract.privacy import MASK
from einclusie_data.contract.schema import PARTNERS
from einclusie_data.engine.dataset import Dataset
from einclusie_data.proposals.siting.advice import Advice, advice, advice_per_group, curve, siting_of
from einclusie_data.proposals.siting.demand import (
    Kind,
    Weigh,
    candidates_of,
    default_weigh,
    demand_of,
    placeless_partners,
)
from tests import oracle
from tests.engine.test_engine_oracle import engine_question
from tests.factories import OLDER, counted, dataset, located, need_table, offer, question, workbook
from tests.random_worlds import offers_to_table, random_case, world_to_areas, world_to_need_table
from tests.worlds import degrees_at, small_world

JOBSEEKERS = "Werkzoekenden"
ASKED = question()
REGULAR = {"frequency": "Wekelijks"}


def partner(organisation: str, at: tuple[float, float] | None = None, wijken: tuple[str, ...] = ()) -> dict[str, Any]:
    lat, lon = degrees_at(*at) if at else (math.nan, math.nan)
    return {"organisation": organisation, "lat": lat, "lon": lon, "wijken": wijken}


def with_partners(*partners: dict[str, Any], offers: tuple[dict[str, Any], ...] = ()) -> Dataset:
    rows = [{column.key: "" for column in PARTNERS.columns} | one for one in partners]
    book = replace(counted(*offers).workbook, partners=pd.DataFrame(rows).assign(row=range(2, 2 + len(rows))))
    return Dataset(book, small_world(), "werkmap.xlsx")


def names(data: Dataset, kind: Kind, group: str = OLDER) -> list[str]:
    return candidates_of(data, ASKED, group, (kind,)).table["name"].tolist()


def codes(found: Advice) -> list[str]:
    return [place.wijkcode for place in found.places]


# --- who counts ------------------------------------------------------------------------------------------------------
def test_people_of_a_wijk_are_spread_over_its_demand_points():
    demand = demand_of(counted(), ASKED, OLDER)
    by_wijk = pd.Series(demand.weight).groupby(small_world().demand["wijkcode"]).sum()
    assert by_wijk.to_dict() == {"HAV01": 0, "NOO01": 300, "NOO02": 400, "SCH01": 0, "ZUI01": 0, "ZUI02": 60}
    assert (demand.total, demand.before, demand.weigh) == (760, 0, Weigh.PERSONS)
    assert demand.source == ("Behoefte (werkmap)", "Stad in Cijfers, 2025")


def test_an_unknown_figure_is_not_zero_but_named():
    assert demand_of(dataset(), ASKED, OLDER, Weigh.PERSONS).unknown == ("ZUI01",)
    known = dataset(need=need_table(("ZUI01", OLDER, 0)))
    assert demand_of(known, ASKED, OLDER).unknown == ()


def test_a_group_without_figures_is_weighed_by_wijken_unless_someone_chooses_inhabitants():
    data = dataset()
    assert default_weigh(data, JOBSEEKERS) is Weigh.WIJKEN
    by_wijk = demand_of(data, ASKED, JOBSEEKERS)
    assert (by_wijk.weigh, by_wijk.total, by_wijk.unknown, by_wijk.source) == (Weigh.WIJKEN, 4, (), ())
    inhabitants = demand_of(data, ASKED, JOBSEEKERS, Weigh.INHABITANTS)
    assert (inhabitants.total, inhabitants.unknown) == (3800, ("ZUI02",))


def test_a_figure_for_a_wijk_that_is_not_inhabited_is_no_reason_to_count_people():
    data = dataset(need=need_table(("HAV01", JOBSEEKERS, 20)))
    assert default_weigh(data, JOBSEEKERS) is Weigh.WIJKEN
    assert demand_of(data, ASKED, JOBSEEKERS, Weigh.PERSONS).total == 20


@pytest.mark.parametrize(
    ("given", "before"),
    [
        ({}, 400),
        ({"frequency": "Maandelijks"}, 0),
        ({"status": "Gestopt"}, 0),
        ({"valid_to": pd.Timestamp("2026-12-24")}, 0),
        ({"mode": "Online"}, 0),
        ({"groups": (JOBSEEKERS,)}, 0),
        ({"groups": ()}, 0),
        ({"groups": ("Iedereen",)}, 400),
        ({"at": None, "wijken": ("NOO02",)}, 400),
        ({"at": None, "wijken": ("NOO02", "NOO01")}, 0),
    ],
)
def test_only_suitable_regular_placed_offers_reach_someone(given: dict[str, Any], before: float):
    row = offer(**({"at": (1500, 1500)} | given))
    assert demand_of(counted(row), ASKED, OLDER).before == before


# --- candidates ------------------------------------------------------------------------------------------------------
def test_middles_of_inhabited_wijken():
    found = candidates_of(counted(), ASKED, OLDER).table
    assert found["wijkcode"].tolist() == ["NOO01", "NOO02", "ZUI01", "ZUI02"]
    assert found["name"].tolist()[0] == "Midden van Noordkant"
    assert found[["lat", "lon"]].to_numpy()[3] == pytest.approx(degrees_at(2700, 500), abs=1e-9)


def test_partners_with_a_point_or_one_wijk_and_no_phone_numbers():
    data = with_partners(
        partner("Bib 0470 12 34 56", at=(300, 300)),
        partner("Huis", wijken=("NOO01",)),
        partner("School", wijken=("NOO01", "NOO02")),
        partner("Online"),
    )
    found = candidates_of(data, ASKED, OLDER, (Kind.PARTNERS,)).table
    assert found["name"].tolist() == ["Huis", f"Bib {MASK}"]
    assert found["exact"].tolist() == [False, True]
    assert placeless_partners(data) == 2


def test_partners_at_one_address_are_one_candidate_and_outside_the_city_there_is_none():
    data = with_partners(
        partner("Zaal", at=(300, 300)), partner("Atelier", at=(300, 300)), partner("Gent", at=(-3000, 0))
    )
    assert names(data, Kind.PARTNERS) == ["Atelier en Zaal"]


def test_existing_places_that_do_not_serve_the_group():
    offers = (
        offer(at=(100, 100), location="Al daar"),
        offer(at=(300, 100), location="Zelden", frequency="Maandelijks"),
        offer(at=(500, 100), location="Anderen", groups=(JOBSEEKERS,)),
        offer(at=(700, 100), location="Weg", groups=(JOBSEEKERS,), status="Gestopt"),
        offer(at=(900, 100), location="Bus", groups=(JOBSEEKERS,), mode="Rondreizend"),
        offer(wijken=("NOO01", "NOO02"), location="Misschien", groups=(JOBSEEKERS,)),
        offer(at=(100, 100), location="Ook daar", groups=(JOBSEEKERS,)),
    )
    assert names(counted(*offers), Kind.OFFERS) == ["Zelden", "Anderen"]
    assert names(counted(*offers), Kind.OFFERS, JOBSEEKERS) == ["Zelden"]


def test_a_grid_over_the_inhabited_wijken():
    found = candidates_of(counted(), ASKED, OLDER, (Kind.GRID,)).table
    assert set(found["wijkcode"]) == {"NOO01", "NOO02", "ZUI01", "ZUI02"}
    assert ((found["x"] % 400 == 200) & (found["y"] % 400 == 200)).all()
    assert len(found) == len(found.drop_duplicates(["x", "y"])) >= 4 * 4


def test_several_kinds_together_and_none_at_all():
    data = with_partners(partner("Midden", at=(500, 1500)), partner("Elders", at=(1900, 500)))
    both = candidates_of(data, ASKED, OLDER, (Kind.PARTNERS, Kind.WIJKEN)).table
    assert both["name"].tolist() == ["Elders", "Midden en Midden van Noordkant", "Midden van Noordkaai",
                                     "Midden van Zuidkant", "Midden van Overzijde"]  # fmt: skip
    empty = advice(siting_of(counted(), ASKED, OLDER, kinds=(Kind.PARTNERS,)), 3)
    assert (empty.places, empty.proven, empty.before, empty.after) == ((), True, 0, 0)


# --- where first -----------------------------------------------------------------------------------------------------
def test_most_people_first_and_never_where_the_number_is_unknown():
    siting = siting_of(counted(), ASKED, OLDER)
    assert [(codes(found), found.after) for found in curve(siting, 4)] == [
        ([], 0),
        (["NOO02"], 400),
        (["NOO02", "NOO01"], 700),
        (["NOO02", "NOO01", "ZUI02"], 760),
        (["NOO02", "NOO01", "ZUI02"], 760),
    ]


def test_what_is_reached_today_is_locked_in():
    siting = siting_of(counted(offer(at=(1500, 1500))), ASKED, OLDER)
    found = advice(siting, 1)
    assert (codes(found), found.before, found.after) == (["NOO01"], 400, 700)
    assert siting.candidates.table["wijkcode"].tolist()[found.places[0].candidate] == "NOO01"


def test_nobody_walks_over_the_river():
    """A partner 100 m from the water: 460 m from people on the other side, who can't come."""
    data = with_partners(partner("Kaai", at=(1900, 800)))
    found = advice(siting_of(data, ASKED, OLDER, kinds=(Kind.PARTNERS,)), 1)
    assert found.places[0].added == pytest.approx(400 * 3 / 16)  # the points of NOO02 nearest to it
    assert found.shares[list(small_world().wijken.index).index("ZUI02")] == 0


def test_wijken_weigh_the_same():
    found = advice(siting_of(counted(), ASKED, JOBSEEKERS), 2)
    assert (found.before, found.after, len(found.places)) == (0, 2, 2)


def test_the_place_is_where_the_json_says():
    place = advice(siting_of(counted(), ASKED, OLDER), 1).places[0]
    assert (place.lat, place.lon) == pytest.approx(degrees_at(1500, 1500), abs=1e-9)
    assert (place.name, place.wijk, place.exact, place.added) == ("Midden van Noordkaai", "Noordkaai", True, 400)


def test_all_groups_in_turn():
    found = advice_per_group(counted(), ASKED, 1)
    assert [one.siting.demand.group for one in found] == list(codelists.GROUP.values)
    assert [one.after for one in found[:3]] == [2000, 500, 1]


def test_the_fair_variant_serves_the_highest_wijkenranking_first():
    siting = siting_of(counted(), ASKED, OLDER)
    found = advice(siting, 1, fair=True)
    assert (codes(found), found.first, found.after, found.proven) == (["NOO01"], ("NOO01",), 300, True)
    assert found.greedy_after == 400
    three = advice(siting, 3, fair=True)
    assert set(codes(three)) == {
        "NOO01",
        "NOO02",
        "ZUI01",
    }  # ZUI01: how many people is unknown, that they live there not
    assert three.places[-1].added == 0


def test_where_every_wijk_is_covered_the_fair_variant_counts_people():
    offers = [offer(at=at) for at in ((500, 1500), (1500, 1500), (500, 500))]
    found = advice(siting_of(counted(*offers, offer(at=(2700, 500))), ASKED, OLDER), 2, fair=True)
    assert (found.first, found.places, found.before) == ((), (), 760)


# --- against plain loops, on random worlds ---------------------------------------------------------------------------
def loop_advice(
    offers: list[oracle.Offer], world: oracle.World, asked: oracle.Question, group: str, n: int
) -> tuple[str, float, float]:
    """What is counted, reached today, and with the best n middles of inhabited wijken: by trying every set."""
    walk = oracle.Walk(world, asked.reach_m)
    placed = [oracle.located(one, world) for one in offers]
    counting = [
        one
        for one in oracle.suitable(placed, group, world, asked, oracle.Waived())
        if oracle.is_regular(one.offer, asked.date)
    ]
    figures = {code: world.need.get((code, group), (None, ""))[0] for code in world.wijken}
    known = [figures[code] is not None for code, wijk in world.wijken.items() if wijk.inhabited]
    persons = any(known) and 100 * sum(known) >= 95 * len(known)
    each = {code: (figures[code] or 0) if persons else int(wijk.inhabited) for code, wijk in world.wijken.items()}

    def reached(places: list[oracle.Place]) -> set[tuple[str, int]]:
        return {(code, number) for code in world.wijken for place in places for number in walk.reached(place, code)}

    def weight(points: set[tuple[str, int]]) -> float:
        return math.fsum(each[code] * walk.demand[code][number].weight for code, number in points)

    today = reached([place for one in counting for place in one.places])
    middles = [reached(list(oracle.centres(world, [code]))) for code, wijk in world.wijken.items() if wijk.inhabited]
    sets = combinations(middles, min(n, len(middles)))
    best = max(weight(today.union(*chosen)) for chosen in sets)
    return "personen" if persons else "wijken", weight(today), best


@pytest.mark.parametrize("seed", range(30))
def test_advice_on_random_worlds(seed: int):
    offers, world, asked = random_case(seed)
    offers = [one for one in offers if not oracle.is_example(one)]
    book = replace(workbook(), offers=offers_to_table(offers), need=world_to_need_table(world))
    data = Dataset(book, world_to_areas(world), "werkmap.xlsx")
    for group in (OLDER, "Iedereen", JOBSEEKERS):
        siting = siting_of(data, engine_question(asked), group)
        for n in (1, 2, 3):
            found = advice(siting, n)
            counted, before, after = loop_advice(offers, world, asked, group, n)
            assert (found.proven, siting.demand.weigh.value) == (True, counted)
            assert (found.before, found.after) == (pytest.approx(before, abs=1e-6), pytest.approx(after, abs=1e-6))


# --- properties ------------------------------------------------------------------------------------------------------
def opened(data: Dataset, found: Advice) -> Dataset:
    """The same workbook with the proposed places as weekly offers of the group."""
    group = found.siting.demand.group
    rows = located(*[offer(lat=place.lat, lon=place.lon, groups=(group,), **REGULAR) for place in found.places])
    columns = data.workbook.offers.columns
    table = pd.concat([data.workbook.offers, rows.offers[columns]], ignore_index=True)
    return Dataset(replace(data.workbook, offers=table), data.areas, data.name)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("fair", [False, True])
def test_opening_the_places_reaches_what_was_promised_and_lowers_nothing(seed: int, fair: bool):
    offers, world, asked = random_case(seed)
    book = replace(workbook(), offers=offers_to_table(offers), need=world_to_need_table(world))
    data = Dataset(book, world_to_areas(world), "werkmap.xlsx")
    plain = replace(engine_question(asked), filters=ASKED.filters)
    for kinds in ((Kind.WIJKEN,), (Kind.OFFERS, Kind.GRID)):
        siting = siting_of(data, plain, OLDER, kinds=kinds)
        found = advice(siting, 2, fair=fair)
        again = siting_of(opened(data, found), plain, OLDER)
        assert again.demand.before == pytest.approx(found.after, abs=1e-6)
        assert again.shares() == pytest.approx(found.shares, abs=1e-9)
        assert np.all(found.shares >= siting.shares() - 1e-12)
        assert np.all(again.demand.reached >= siting.demand.reached)


@pytest.mark.parametrize("kinds", [(kind,) for kind in Kind] + [tuple(Kind)])
def test_more_places_never_reach_fewer_and_the_rule_of_thumb_never_more(kinds: tuple[Kind, ...]):
    offers, world, asked = random_case(4)
    book = replace(workbook(), offers=offers_to_table(offers), need=world_to_need_table(world))
    data = Dataset(book, world_to_areas(world), "werkmap.xlsx")
    steps = curve(siting_of(data, engine_question(asked), OLDER, kinds=kinds), 6)
    after = [found.after for found in steps]
    assert after == sorted(after)
    assert all(found.after >= found.greedy_after - 1e-9 for found in steps)
    assert all(len(found.places) <= found.n for found in steps)
    assert len({found.before for found in steps}) == 1


def shuffled(data: Dataset) -> Dataset:
    offers = data.workbook.offers.iloc[::-1].reset_index(drop=True)
    partners = data.workbook.partners.iloc[::-1].reset_index(drop=True)
    return Dataset(replace(data.workbook, offers=offers, partners=partners), data.areas, data.name)


@pytest.mark.parametrize("answer", [advice, lambda siting, n: advice(siting, n, fair=True)])
def test_the_order_of_the_rows_is_no_matter(answer: Callable[[Any, int], Advice]):
    offers = tuple(offer(at=(100 + 170 * k, 1200 + 90 * k), groups=(JOBSEEKERS,), location=f"L{k}") for k in range(8))
    data = with_partners(*(partner(f"P{k}", at=(130 * k, 400 + 30 * k)) for k in range(7)), offers=offers)
    kinds = (Kind.PARTNERS, Kind.OFFERS)
    one, other = (answer(siting_of(each, ASKED, OLDER, kinds=kinds), 3) for each in (data, shuffled(data)))
    assert one.places == other.places


# --- in an area ------------------------------------------------------------------------------------------------------
NORTH = ("NOO01", "SCH01")


def test_in_an_area_only_its_people_count_and_only_its_places_take_part():
    siting = siting_of(counted(offer(at=(1500, 1500))), ASKED, OLDER, kinds=(Kind.WIJKEN, Kind.GRID), codes=NORTH)
    assert (siting.demand.total, siting.demand.before, siting.demand.unknown) == (300, 0, ())
    assert set(siting.candidates.table["wijkcode"]) == {"NOO01"}
    assert [found.after for found in curve(siting, 2)] == [0, 300, 300]


def test_in_an_area_the_fair_variant_looks_at_its_wijken_only():
    siting = siting_of(counted(), ASKED, OLDER, kinds=(Kind.WIJKEN, Kind.GRID), codes=("NOO02", "ZUI02"))
    assert set(advice(siting, 3, fair=True).first) == {"NOO02", "ZUI02"}


def test_in_an_area_without_figures_wijken_are_counted():
    assert default_weigh(dataset(), OLDER, ("ZUI01",)) is Weigh.WIJKEN
    found = advice(siting_of(dataset(), ASKED, OLDER, codes=("ZUI01", "HAV01")), 1)
    assert (found.siting.demand.weigh, found.siting.demand.total, found.after) == (Weigh.WIJKEN, 1, 1)
    inhabitants = demand_of(dataset(), ASKED, JOBSEEKERS, Weigh.INHABITANTS, ("ZUI01", "ZUI02"))
    assert (inhabitants.total, inhabitants.unknown, inhabitants.source) == (800, ("ZUI02",), ("Stad in Cijfers, 2025",))


def test_all_groups_in_turn_in_an_area():
    assert [one.after for one in advice_per_group(counted(), ASKED, 1, codes=NORTH)[:3]] == [1000, 200, 1]
