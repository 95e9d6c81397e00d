"""Random published workbooks with random proposals, for comparing a scenario with a workbook that really changed."""

from __future__ import annotations

from dataclasses import asdict, replace
from random import Random
from typing import Any

import pandas as pd

from einclusie_data.contract import codelists
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.engine.dataset import Dataset
from einclusie_data.proposals.offer import NewOffer, tidy
from einclusie_data.proposals.scenario import Scenario, stop_of
from tests import factories, oracle
from tests.engine.test_engine_oracle import engine_question
from tests.random_worlds import offers_to_table, random_case, world_to_areas, world_to_need_table

MODES = ("", "", "", "Op locatie", "Rondreizend", *codelists.MOBILE_MODES)


def random_dataset(seed: int) -> tuple[Dataset, Question]:
    """A workbook in a random city, and a question."""
    offers, world, asked = random_case(seed)
    table = offers_to_table([one for one in offers if not oracle.is_example(one)])
    book = replace(factories.workbook(), offers=table, need=world_to_need_table(world))
    question = engine_question(asked)  # filters hide most proposals: half of the questions have none
    return Dataset(book, world_to_areas(world), "werkmap.xlsx"), replace(
        question, filters=question.filters if seed % 2 else Filters()
    )


def _some(rng: Random, values: tuple[str, ...], blank: float = 0.2) -> tuple[str, ...]:
    chosen = rng.sample(values, rng.randint(1, min(3, len(values))))
    return () if rng.random() < blank else tuple(value for value in values if value in chosen)


def random_offer(rng: Random, dataset: Dataset, *, vague: bool = True) -> NewOffer:
    """A proposal at a point, in a wijk, mobile or nowhere; cells are blank now and then when `vague`."""
    blank = 0.2 if vague else 0.0
    demand, codes = dataset.areas.demand, list(dataset.areas.wijken.index)
    at = demand.iloc[rng.randrange(len(demand))]
    lon, lat = dataset.areas.to_degrees([at["x"] + rng.uniform(-300, 300)], [at["y"] + rng.uniform(-300, 300)])
    point = {"lat": float(lat[0]), "lon": float(lon[0])} if rng.random() < 0.6 else {}
    wijken = tuple(rng.sample(codes, rng.randint(1, 2))) if vague and rng.random() < 0.5 else (rng.choice(codes),)
    return tidy(
        NewOffer(
            name=f"Voorstel {rng.randrange(1000)}",
            organisations=("Atlas",),
            groups=_some(rng, codelists.GROUP.values, blank),
            types=_some(rng, codelists.TYPE.values, blank),
            dayparts=_some(rng, codelists.DAYPART.values, blank),
            languages=_some(rng, ("Nederlands", "Frans", "Arabisch"), blank),
            signup=_some(rng, codelists.SIGNUP.values, blank),
            mode=rng.choice(MODES),
            frequency=rng.choice(("", *codelists.FREQUENCY.values)),
            price="".join(_some(rng, codelists.PRICE.values, blank)[:1]),
            wijken=() if vague and rng.random() < 0.2 else wijken,
            **point,
        )
    )


def random_scenario(rng: Random, dataset: Dataset) -> tuple[Scenario, list[int]]:
    """New offers and stops, in a random order, and the positions of the offers that stop."""
    size = len(dataset.workbook.offers)
    ended = rng.sample(range(size), rng.randint(0, min(3, size)))
    proposals: list[Any] = [stop_of(dataset, place) for place in ended]
    proposals += [random_offer(rng, dataset) for _ in range(rng.randint(0, 4))]
    rng.shuffle(proposals)
    return Scenario("Proef", tuple(proposals)), ended


def as_row(offer: NewOffer) -> dict[str, Any]:
    """A proposal as someone would have typed it, in the shape of `factories.offer`."""
    cells = {key: value for key, value in asdict(offer).items() if value is not None}
    return factories.offer(**cells | {"wijken": tuple(sorted(offer.wijken))})


def changed_workbook(dataset: Dataset, scenario: Scenario, ended: list[int], *, drop: bool = False) -> Dataset:
    """The workbook in which someone really added the rows, and marked those that stop, or deleted them."""
    old = dataset.workbook.offers
    status = ["Gestopt" if place in ended else text for place, text in enumerate(old["status"])]
    kept = old.assign(status=status).drop(index=ended if drop else [])
    new = factories.offers_table(*map(as_row, scenario.new_offers))
    new = new.assign(
        row=range(old["row"].max() + 1 if len(old) else 2, (old["row"].max() if len(old) else 1) + len(new) + 1)
    )
    both = pd.concat([kept, new[kept.columns]], ignore_index=True) if len(new) else kept
    return Dataset(replace(dataset.workbook, offers=both.reset_index(drop=True)), dataset.areas, dataset.name)
