"""Proposals beside today's offer: the same answers as of a workbook that really changed, by the same engine."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from einclusie_data.answers.explain import PLACE_HEADERS
from einclusie_data.contract import codelists, verdicts
from einclusie_data.contract.codelists import STOPPED
from einclusie_data.engine.dataset import Dataset, answer_per_group, answer_per_value
from einclusie_data.geocode.ask import Counts
from einclusie_data.geocode.offers import Geocoded
from einclusie_data.geocode.points import with_source
from einclusie_data.proposals.offer import NewOffer, Stop
from einclusie_data.proposals.scenario import Scenario, apply, stop_of, stop_positions, unfilled
from tests.factories import OLDER, cell, dataset, offer, offers_table, question, workbook
from tests.random_scenarios import as_row, changed_workbook, random_dataset, random_offer, random_scenario
from tests.worlds import degrees_at

SEEDS = st.integers(0, 100_000)
SLOW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
RANK = {code: place for place, code in enumerate(verdicts.ORDER)}


def at(x: float, y: float) -> dict[str, float]:
    return dict(zip(("lat", "lon"), degrees_at(x, y), strict=True))


def verdict_of(data: Dataset, wijk: str, **asked) -> str:
    return str(cell(answer_per_group(data, question(**asked)), wijk)["oordeel"])


# --- checked by head -------------------------------------------------------------------------------------------------
def test_a_new_offer_closes_a_gap_and_the_published_data_stay():
    published = dataset(offer(at=(2700, 500)))
    before = published.workbook.offers.copy()
    proposed = apply(published, Scenario("Noord", (NewOffer("Inloop", ("Atlas",), (OLDER,), **at(500, 1500)),)))
    assert verdict_of(published, "NOO01") == verdicts.GAP
    assert verdict_of(proposed, "NOO01") == verdicts.COVERED
    assert list(proposed.proposed) == [1]
    assert proposed.supply.offers["name"].tolist() == ["Digihulp", "Inloop"]
    pd.testing.assert_frame_equal(published.workbook.offers, before)
    assert len(published.supply.offers) == 1
    assert verdict_of(published, "NOO01") == verdicts.GAP


def test_a_stop_opens_a_gap_and_says_that_the_offer_ended():
    published = dataset(offer(at=(500, 1500)), offer(name="Ander", at=(2700, 500)))
    proposed = apply(published, Scenario("Weg", (stop_of(published, 0),)))
    row = cell(answer_per_group(proposed, question()), "NOO01")
    assert (row["oordeel"], row["reden"]) == (verdicts.GAP, verdicts.NOT_ACTIVE)
    assert proposed.ended == (0,)
    assert proposed.supply.offers["status"].tolist() == [STOPPED, ""]
    assert published.supply.offers["status"].tolist() == ["", ""]


def test_only_new_places_are_worked_out():
    published = dataset(offer(at=(500, 1500)))
    stopped = apply(published, Scenario("Weg", (stop_of(published, 0),)))
    assert stopped.reach(800) is published.reach(800)
    online = apply(published, Scenario("Online", (NewOffer(groups=(OLDER,), mode="Online"),)))
    assert online.reach(800) is published.reach(800)
    assert verdict_of(online, "ZUI01") == verdicts.MOBILE


def test_an_address_that_was_looked_up_before_gives_a_proposal_its_point():
    def place(offers, areas):
        lat, lon = degrees_at(500, 1500)
        known = offers["address"] == "Bist 1"
        placed = with_source(offers).assign(lat=offers["lat"].mask(known, lat), lon=offers["lon"].mask(known, lon))
        return Geocoded(placed, (), Counts())

    published = Dataset(workbook(offer(at=(2700, 500))), dataset().areas, "x", place)
    proposed = apply(published, Scenario("Adres", (NewOffer(groups=(OLDER,), address="Bist 1"),)))
    assert verdict_of(proposed, "NOO01") == verdicts.COVERED
    assert proposed.placed.offers["lat"].notna().all()


def test_a_scenario_without_proposals_changes_nothing():
    published = dataset(offer(at=(500, 1500)))
    same = apply(published, Scenario("Niets"))
    pd.testing.assert_frame_equal(
        answer_per_group(same, question()).table, answer_per_group(published, question()).table
    )


def test_an_empty_workbook_can_get_a_proposal():
    proposed = apply(dataset(), Scenario("Eerste", (NewOffer(groups=(OLDER,), **at(500, 1500)),)))
    assert verdict_of(proposed, "NOO01") == verdicts.COVERED
    assert proposed.supply.offers["row"].tolist() == [2]


def test_a_stop_of_an_offer_that_is_gone_changes_nothing():
    published, other = dataset(offer(at=(500, 1500))), dataset(offer(name="Iets anders", at=(500, 500)))
    stop = stop_of(other, 0)
    assert stop_positions(published, [stop, Stop("onzin")]) == (None, None)
    assert apply(published, Scenario("Weg", (stop,))).ended == ()


def test_of_two_rows_that_say_the_same_each_can_stop_once():
    published = dataset(offer(at=(500, 1500)), offer(at=(500, 1500)))
    one, two = stop_of(published, 0), stop_of(published, 1)
    assert one == two
    assert apply(published, Scenario("Eén", (one,))).ended == (0,)
    assert apply(published, Scenario("Twee", (one, two, one))).ended == (0, 1)


def test_the_name_of_a_stop_holds_no_phone_number():
    assert stop_of(dataset(offer(name="Bel 0470 12 34 56")), 0).name == "Bel [contactgegeven verborgen]"


def test_what_a_proposal_leaves_open_is_named():
    asked = question(types=("Digitale oefenkans",))
    offers = (NewOffer(), NewOffer(groups=(OLDER,), types=("Digitale oefenkans",), **at(500, 1500)))
    proposed = apply(dataset(), Scenario("Open", offers))
    found = unfilled(proposed, answer_per_group(proposed, asked))
    assert found == (("Doelgroep", "Type aanbod", PLACE_HEADERS), ())


def test_everything_else_of_a_data_set_works_for_a_scenario():
    published = dataset(offer(at=(500, 1500), name="Bel 0470 12 34 56"))
    proposed = apply(published, Scenario("X", (NewOffer("Mail an@example.org", groups=(OLDER,), **at(500, 500)),)))
    assert proposed.shown["name"].tolist() == ["Bel [contactgegeven verborgen]", "Mail [contactgegeven verborgen]"]
    assert len(proposed.point_degrees[0]) == 2
    assert proposed.needs is published.needs
    assert proposed.methods is published.methods
    assert proposed.typed.index.tolist() == [0, 1]
    assert proposed.typed_methods is published.typed_methods
    table = answer_per_value(proposed, question(), OLDER, "type").table
    assert len(table) == 6 * len(codelists.TYPE.values)


# --- against a workbook that really changed --------------------------------------------------------------------------
@SLOW
@given(SEEDS)
def test_a_scenario_answers_as_a_workbook_with_these_rows(seed):
    published, asked = random_dataset(seed)
    scenario, ended = random_scenario(Random(seed), published)
    ours = answer_per_group(apply(published, scenario), asked).table
    theirs = answer_per_group(changed_workbook(published, scenario, ended), asked).table
    pd.testing.assert_frame_equal(ours, theirs)


@SLOW
@given(SEEDS)
def test_a_stop_is_as_good_as_a_row_that_is_not_there(seed):
    """But for the reason of a gap, which says that there was an offer."""
    published, asked = random_dataset(seed)
    scenario, ended = random_scenario(Random(seed), published)
    ours = answer_per_group(apply(published, scenario), asked).table
    theirs = answer_per_group(changed_workbook(published, scenario, ended, drop=True), asked).table
    pd.testing.assert_frame_equal(ours.drop(columns="reden"), theirs.drop(columns="reden"))
    open_gap = ours["oordeel"].isin(verdicts.OPEN_GAP)
    assert (ours["reden"] == theirs["reden"])[~open_gap].all()


@SLOW
@given(SEEDS)
def test_a_new_offer_never_opens_a_gap_and_never_worsens_a_verdict(seed):
    """Whatever it leaves open: what is not known can only turn a gap into onbekend."""
    published, asked = random_dataset(seed)
    rng = Random(seed)
    proposed = apply(published, Scenario("Erbij", tuple(random_offer(rng, published) for _ in range(3))))
    before, after = (answer_per_group(one, asked).table["oordeel"].map(RANK) for one in (published, proposed))
    assert (after <= before).all()


@SLOW
@given(SEEDS)
def test_a_stop_never_closes_a_gap(seed):
    published, asked = random_dataset(seed)
    size = len(published.workbook.offers)
    stops = tuple(stop_of(published, place) for place in range(0, size, 3))
    before, after = (
        answer_per_group(one, asked).table["oordeel"].map(RANK)
        for one in (published, apply(published, Scenario("", stops)))
    )
    assert (after >= before).all()


@SLOW
@given(SEEDS)
def test_an_offer_that_stops_and_comes_back_changes_nothing(seed):
    base, asked = random_dataset(seed)
    rng = Random(seed)
    offers = [random_offer(rng, base) for _ in range(4)]
    rows = offers_table(*(as_row(one) | {"number": str(place)} for place, one in enumerate(offers)))
    published = Dataset(replace(base.workbook, offers=rows), base.areas, base.name)
    proposals = tuple(step for place in (0, 2) for step in (stop_of(published, place), offers[place]))
    before = answer_per_group(published, asked)
    after = answer_per_group(apply(published, Scenario("Heen en terug", proposals)), asked)
    columns = [name for name in before.table.columns if name != "rijen_aan_te_vullen"]  # it is on another row now
    pd.testing.assert_frame_equal(before.table[columns], after.table[columns])
    assert np.allclose(before.measures.shares, after.measures.shares)


@pytest.mark.parametrize("reach_m", [400, 800, 1600])
def test_every_distance_has_its_own_reach(reach_m):
    published, _ = random_dataset(7)
    scenario, ended = random_scenario(Random(3), published)
    asked = question(reach_m=reach_m)
    ours = answer_per_group(apply(published, scenario), asked).table
    pd.testing.assert_frame_equal(ours, answer_per_group(changed_workbook(published, scenario, ended), asked).table)


def test_an_offer_that_was_placed_before_is_the_same_in_any_other_scenario():
    """New offers are kept placed: another order, other company and another number of rows change nothing about them."""
    for seed in range(12):
        rng = Random(seed)
        published, asked = random_dataset(seed)
        offers = [random_offer(rng, published) for _ in range(5)]
        for _ in range(4):
            chosen = tuple(rng.sample(offers, rng.randint(1, 5)))
            kept = apply(published, Scenario("", chosen))
            anew = apply(random_dataset(seed)[0], Scenario("", chosen))
            pd.testing.assert_frame_equal(kept.supply.offers, anew.supply.offers)
            pd.testing.assert_frame_equal(kept.supply.points, anew.supply.points)
            answers = (answer_per_group(one, asked).table for one in (kept, anew))
            pd.testing.assert_frame_equal(*answers)
        assert set(published.placed_apart) <= set(offers)


def test_no_more_new_offers_are_kept_than_fit(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("einclusie_data.proposals.scenario.NEW_KEPT", 3)
    published = dataset(offer())
    for number in range(9):
        apply(published, Scenario("", (NewOffer(f"Aanbod {number}"), NewOffer("Vast"))))
    assert len(published.placed_apart) == 3
