"""The offers behind a cell: as the slow reading says, and for all offers at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from cProfile import Profile
from random import Random
from typing import Any

import pandas as pd
import pytest

from einclusie_data.answers import explain
from einclusie_data.contract.questions import cases_per_group, cases_per_value
from einclusie_data.engine.coverage import Reach, reach_of
from einclusie_data.engine.dataset import answer_per_group
from einclusie_data.engine.gaps import Answer, answer
from einclusie_data.engine.locate import Supply, locate_offers
from einclusie_data.engine.needs import needs_of
from tests import oracle
from tests.cell_oracle import RELATIONS, rows_of_cell
from tests.engine.test_engine_oracle import VALUES, engine_question, plain
from tests.factories import DAY, GROUPS, OLDER, ask, dataset, located, offer, question
from tests.random_worlds import offers_to_table, random_case, world_to_areas, world_to_need_table

SEEDS = range(2, 150, 10)
CELLS_PER_TABLE = 8
CENTRE = (500, 1500)
HELP = "Individuele begeleiding"
LATER, EARLIER = pd.Timestamp(DAY) + pd.Timedelta(days=5), pd.Timestamp(DAY) - pd.Timedelta(days=5)


def told(supply: Supply, reach: Reach, found: Answer, wijk: int, case: int) -> list[dict[str, Any]]:
    table = explain.offers_of_cell(supply, reach, found, wijk, case)
    return [{name: plain(value) for name, value in row.items()} for row in table.to_dict("records")]


def expected(supply: Supply, reach: Reach, found: Answer, wijk: int, case: int) -> list[dict[str, Any]]:
    rows = rows_of_cell(supply, reach, found.question, wijk, found.cases[case])
    return [{name: plain(value) for name, value in row.items()} for row in rows]


def named(offers: pd.DataFrame) -> pd.DataFrame:
    """Some names with contact details, and organisations that some offers share."""
    rows = offers["row"]
    names = [f"Bel An 0470 12 34 {row % 90 + 10}" if row % 5 == 0 else f"Les {row % 7}" for row in rows]
    organisations = [("Bib", f"Buurt {row % 3}")[: row % 3] for row in rows]
    return offers.assign(
        name=pd.Series(names, index=offers.index, dtype="str"),
        organisations=pd.Series(organisations, index=offers.index, dtype=object),
    )


def random_answers(seed: int) -> tuple[Supply, Reach, list[Answer]]:
    """A random world, asked per group and per type."""
    offers, world, asked = random_case(seed)
    counting = [one for one in offers if not oracle.is_example(one)]
    areas, question_ = world_to_areas(world), engine_question(asked)
    supply = locate_offers(named(offers_to_table(counting)), areas)
    reach, needs = reach_of(supply, question_.reach_m), needs_of(areas, world_to_need_table(world), oracle.GROUPS)
    group = oracle.GROUPS[seed % len(oracle.GROUPS)]
    per_group = answer(supply, reach, needs, question_, cases_per_group(question_, oracle.GROUPS))
    cases = cases_per_value(question_, group, "type", VALUES["type"])
    return supply, reach, [per_group, answer(supply, reach, needs, question_, cases, "type")]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_cell_of_a_random_world_equals_the_slow_reading(seed: int):
    supply, reach, answers = random_answers(seed)
    rng = Random(seed)
    for found in answers:
        for _ in range(CELLS_PER_TABLE):
            cell = rng.randrange(len(supply.areas.wijken)), rng.randrange(len(found.cases))
            assert told(supply, reach, found, *cell) == expected(supply, reach, found, *cell), (seed, cell)


def test_the_random_worlds_hold_everything_that_can_be_told():
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        supply, reach, answers = random_answers(seed)
        for wijk in range(len(supply.areas.wijken)):
            for row in rows_of_cell(supply, reach, answers[0].question, wijk, answers[0].cases[wijk]):
                seen.update([row["relation"], f"counts {row['counts']}", row["meant_for"], f"exact {row['exact']}"])
                texts = [row["remarks"], row["obstacles"], row["fill_in"]]
                seen.update(part.split(":")[0].split(",")[0] for text in texts for part in text.split("; "))
    for text in (*RELATIONS, "counts True", "counts False", "deze groep", "iedereen", "exact True", "tijdelijk",
                 "maandelijks", "rondreizend", "gegevens ouder dan twee jaar", "plek bij benadering", "gestopt",
                 "doelgroep niet ingevuld", "is voor", "is voor iedereen", "type aanbod niet ingevuld", "type aanbod",
                 "plek niet zeker", "Doelgroep", "Type aanbod", "Adres of Wijk"):  # fmt: skip
        assert seen[text], text
    assert any(text.startswith("start pas op") for text in seen)
    assert any(text.startswith("liep tot") for text in seen)


@pytest.mark.parametrize("asked", [{}, {"open_counts": False}, {"types": (HELP,), "prices": ("Gratis",)}])
def test_every_cell_of_the_small_world_equals_the_slow_reading(asked: dict[str, Any]):
    rows = (
        offer(at=CENTRE, name="An 0470 12 34 56", types=(HELP,), price="Gratis"),
        offer(at=CENTRE, groups=(), status="Gepland", valid_from=LATER),
        offer(at=(1100, 1500), groups=("Iedereen",), valid_from=LATER, types=(HELP, "Cursus")),
        offer(at=(1100, 1500), groups=("Werkzoekenden", OLDER), valid_to=EARLIER, price="Betalend"),
        offer(mode="Online", organisations=("Bib", "Atlas"), valid_to=LATER),
        offer(mode="Rondreizend", wijken=("NOO01",), frequency="Maandelijks", checked=pd.Timestamp("2020-01-01")),
        offer(postcode="2000", types=(HELP,)),
        offer(wijken=("ZUI01",), groups=("Werkzoekenden",)),
        offer(),
        *(offer(at=(2700, 300 + 100 * number), types=(HELP,), price="Gratis") for number in range(5)),
    )
    question_, supply = question(**asked), located(*rows)
    reach, found = reach_of(supply, question_.reach_m), ask(*rows, asked=question_)
    for wijk in range(len(supply.areas.wijken)):
        for case in range(len(found.cases)):
            assert told(supply, reach, found, wijk, case) == expected(supply, reach, found, wijk, case), (wijk, case)


# --- how much work it is ---------------------------------------------------------------------------------------------
OVER_ALL_OFFERS = ("for_group", "passes", "specific", "missing_cells", "relations", "_distances")
"""Functions of `explain` whose work grows with the number of all offers."""


def work_of(offers: int, monkeypatch: pytest.MonkeyPatch) -> tuple[Counter[str], int, int]:
    """Calls over all offers, calls of any function, and lines, for a cell around which so many alike offers lie."""
    few = (offer(at=(2700, 500)), offer(at=CENTRE, status="Gestopt"), offer(at=CENTRE, groups=()))
    alike = [offer(at=CENTRE, valid_to=LATER, price="Betalend", types=("Cursus",))] * offers
    data, asked = dataset(*few, *alike), question(types=(HELP,), prices=("Gratis",))
    found, reach, calls = answer_per_group(data, asked), data.reach(asked.reach_m), Counter[str]()

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:
            calls[name] += 1
            return function(*given, **more)

        return call

    profile, case = Profile(), GROUPS.index(OLDER)
    with monkeypatch.context() as patched:
        for name in OVER_ALL_OFFERS:
            patched.setattr(explain, name, counted(name, getattr(explain, name)))
        table = profile.runcall(explain.offers_of_cell, data.supply, reach, found, 1, case)
    return calls, sum(entry.callcount for entry in profile.getstats()), len(table)


def test_more_offers_around_a_wijk_are_no_more_calls(monkeypatch: pytest.MonkeyPatch):
    work_of(3, monkeypatch)  # what is made once
    (few, few_calls, few_lines), (many, many_calls, many_lines) = (work_of(size, monkeypatch) for size in (30, 600))
    assert (few_lines, many_lines) == (32, 602)
    assert few == many == Counter(OVER_ALL_OFFERS) + Counter({"passes": 1})  # once for each of the two filters
    assert many_calls < 1.2 * few_calls
