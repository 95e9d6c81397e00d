"""Invariants of the contract (DESIGN §4) as properties, on random worlds."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from einclusie_data.contract.questions import Question, cases_per_group
from einclusie_data.contract.verdicts import ORDER
from einclusie_data.engine.coverage import reach_of
from einclusie_data.engine.gaps import Answer, answer
from einclusie_data.engine.locate import locate_offers
from einclusie_data.engine.needs import needs_of
from tests import oracle
from tests.engine.test_engine_oracle import engine_question
from tests.random_worlds import offers_to_table, random_case, world_to_areas, world_to_need_table

SEEDS = st.integers(0, 100_000)
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def counting(offers: list[oracle.Offer]) -> list[oracle.Offer]:
    return [offer for offer in offers if not oracle.is_example(offer)]


def solve(
    offers: pd.DataFrame, world: oracle.World, question: Question, labels: dict[str, str] | None = None
) -> Answer:
    areas = world_to_areas(world)
    if labels:
        areas = replace(areas, wijken=areas.wijken.assign(label=areas.wijken.index.map(labels)))
    supply = locate_offers(offers, areas)
    needs = needs_of(areas, world_to_need_table(world), oracle.GROUPS)
    return answer(supply, reach_of(supply, question.reach_m), needs, question, cases_per_group(question, oracle.GROUPS))


def ranks(found: Answer) -> pd.Series:
    return found.table["oordeel"].map({code: place for place, code in enumerate(ORDER)})


@SLOW
@given(SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(seed, rng):
    offers, world, asked = random_case(seed)
    table = offers_to_table(counting(offers))
    order = list(range(len(table)))
    rng.shuffle(order)
    question = engine_question(asked)
    straight, shuffled = solve(table, world, question), solve(table.iloc[order].reset_index(drop=True), world, question)
    pd.testing.assert_frame_equal(straight.table, shuffled.table)


@SLOW
@given(SEEDS)
def test_adding_a_suitable_offer_never_worsens_a_verdict(seed):
    offers, world, asked = random_case(seed)
    offers = counting(offers)
    if not offers:
        return
    question, table = engine_question(asked), offers_to_table(offers)
    active = table["status"].isin(["", "Actief"]) & table["valid_from"].isna() & table["valid_to"].isna()
    suits = table["groups"].map(bool) & active
    fewer = table[~suits | (table.index % 2 == 0)].reset_index(drop=True)
    before, after = ranks(solve(fewer, world, question)), ranks(solve(table, world, question))
    added = {group for groups in table.loc[suits, "groups"] for group in groups}
    group = solve(table, world, question).table["doelgroep"]
    if question.filters.chosen:  # an added offer with an unknown filtered cell is not suitable, but may add a doubt
        return
    everyone = "Iedereen" in added
    for name in oracle.GROUPS:
        if name in added or everyone:
            rows = group == name
            assert (after[rows] <= before[rows]).all()


@SLOW
@given(SEEDS)
def test_stopping_an_offer_never_improves_a_verdict(seed):
    offers, world, asked = random_case(seed)
    table = offers_to_table(counting(offers))
    question = engine_question(asked)
    stopped = table.assign(
        status=["Gestopt" if place % 3 == 0 else status for place, status in enumerate(table["status"])]
    )
    before, after = ranks(solve(table, world, question)), ranks(solve(stopped, world, question))
    assert (after >= before).all()


@SLOW
@given(SEEDS, st.sampled_from([1.0, 1.5, 2.0]))
def test_a_larger_reach_never_lowers_a_share(seed, factor):
    offers, world, asked = random_case(seed)
    table, question = offers_to_table(counting(offers)), engine_question(asked)
    near = solve(table, world, question)
    far = solve(table, world, replace(question, reach_m=question.reach_m * factor))
    assert (far.measures.shares >= near.measures.shares - 1e-12).all()


@SLOW
@given(SEEDS)
def test_renaming_a_wijk_changes_no_figure(seed):
    offers, world, asked = random_case(seed)
    table, question = offers_to_table(counting(offers)), engine_question(asked)
    labels = {code: f"Andere naam {number}" for number, code in enumerate(sorted(world.wijken))}
    plain, renamed = solve(table, world, question).table, solve(table, world, question, labels).table
    pd.testing.assert_frame_equal(plain.drop(columns="wijk"), renamed.drop(columns="wijk"))
    assert renamed["wijk"].str.startswith("Andere naam").all()
