"""The vectorised engine against the loop-only oracle, cell by cell, on random worlds."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from einclusie_data.contract import codelists
from einclusie_data.contract.questions import PER_FIELDS, Case, Filters, Question, cases_per_group, cases_per_value
from einclusie_data.engine.coverage import reach_of
from einclusie_data.engine.gaps import COLUMNS, Answer, answer
from einclusie_data.engine.locate import locate_offers
from einclusie_data.engine.needs import needs_of
from tests import oracle
from tests.random_worlds import offers_to_table, random_case, world_to_areas, world_to_need_table

WORLDS = 150
VALUES = {"type": codelists.TYPE.values, "dagdeel": codelists.DAYPART.values}


def engine_question(asked: oracle.Question) -> Question:
    filters = Filters(
        types=asked.filters.get("types", ()),
        dayparts=asked.filters.get("dayparts", ()),
        prices=asked.filters.get("price", ()),
        languages=asked.filters.get("languages", ()),
        signups=asked.filters.get("signup", ()),
    )
    return Question(asked.date, asked.reach_m, asked.open_counts, filters)


def engine_answer(
    offers: list[oracle.Offer], world: oracle.World, question: Question, cases: tuple[Case, ...], per: str = ""
) -> Answer:
    areas = world_to_areas(world)
    counting = [offer for offer in offers if not oracle.is_example(offer)]  # the checks leave example rows out
    supply = locate_offers(offers_to_table(counting), areas)
    needs = needs_of(areas, world_to_need_table(world), oracle.GROUPS)
    return answer(supply, reach_of(supply, question.reach_m), needs, question, cases, per)


def plain(value: Any) -> Any:
    if value is None or value is pd.NA or value != value:
        return None
    return value.item() if hasattr(value, "item") else value


def differences(table: pd.DataFrame, expected: list[dict[str, Any]], columns: tuple[str, ...]) -> list[str]:
    assert len(table) == len(expected)
    found = []
    for ours, theirs in zip(table.to_dict("records"), expected, strict=True):
        for column in columns:
            mine, wanted = plain(ours[column]), theirs[column]
            if mine != wanted and not (isinstance(wanted, float) and mine == pytest.approx(wanted, abs=1e-9)):
                found.append(f"{ours['wijkcode']} {ours['doelgroep']} {column}: {mine!r}, oracle {wanted!r}")
    return found


@pytest.mark.parametrize("seed", range(WORLDS))
def test_every_cell_equals_the_oracle(seed: int):
    offers, world, asked = random_case(seed)
    question = engine_question(asked)
    ours = engine_answer(offers, world, question, cases_per_group(question, oracle.GROUPS)).table
    assert tuple(ours.columns) == COLUMNS
    assert not differences(ours, oracle.gap_rows(offers, world, asked), COLUMNS)


@pytest.mark.parametrize("per", sorted(PER_FIELDS))
@pytest.mark.parametrize("seed", range(0, WORLDS, 10))
def test_every_cell_per_value_equals_the_oracle(seed: int, per: str):
    offers, world, asked = random_case(seed)
    question, group = engine_question(asked), oracle.GROUPS[seed // 10 % len(oracle.GROUPS)]
    ours = engine_answer(offers, world, question, cases_per_value(question, group, per, VALUES[per]), per).table
    expected = oracle.gap_rows_per(offers, world, asked, group, per, VALUES[per])
    columns = (*COLUMNS[:4], per, *COLUMNS[4:])
    assert tuple(ours.columns) == columns
    assert not differences(ours, expected, columns)
