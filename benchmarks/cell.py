"""Milliseconds of one cell of the gap table (why its verdict is so), beside those of the whole table in the same run.

On the starter workbook, its offers multiplied to 1,000 and 20,000 on consecutive rows: each copy has a name of its own
and lies up to 100 m from its example, so that no text and no place comes cheaply because it was there before. Per
verdict the cells with most, with fewest and with a middling number of offers around them; fails when one of them takes
100 ms or more.

    python -m benchmarks.cell [SIZE ...]
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from einclusie_data.answers.explain import offers_of_cell
from einclusie_data.city.areas import Areas, load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.codelists import DEFAULT_PRESET, PRESETS
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.contract.verdicts import ORDER
from einclusie_data.engine.coverage import sites_reaching
from einclusie_data.engine.dataset import Dataset, answer_per_group, load_dataset

ROUNDS = 5
LIMIT_MS = 100
MOVED_DEGREES = 0.001
QUESTION = Question(date(2026, 11, 23), filters=Filters(types=PRESETS[DEFAULT_PRESET]))


def multiplied(starter: Dataset, size: int) -> Dataset:
    """The starter workbook with its offers over and over."""
    rng, offers = np.random.default_rng(0), starter.workbook.offers
    example = np.arange(size) % len(offers)
    copies = offers.take(example).reset_index(drop=True)
    copies = copies.assign(
        row=np.arange(2, size + 2),
        name=[f"{name} {number}" for number, name in enumerate(copies["name"])],
        lat=copies["lat"] + rng.uniform(-MOVED_DEGREES, MOVED_DEGREES, size),
        lon=copies["lon"] + rng.uniform(-MOVED_DEGREES, MOVED_DEGREES, size),
    )
    return Dataset(replace(starter.workbook, offers=copies, left_out={}), starter.areas, "veelvoud.xlsx")


def median_ms(run: Callable[[], object]) -> float:
    """Median of some rounds, after one that does not count."""
    run()
    taken = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken) * 1000


def around(dataset: Dataset) -> pd.Series[int]:
    """How many offers are in reach of each wijk, or serve it: where a cell has much to tell."""
    supply, reach = dataset.supply, dataset.reach(QUESTION.reach_m)
    near = sites_reaching(reach, len(supply.areas.wijken))[reach.site].sum(axis=0)
    return pd.Series(near + supply.serves.sum(axis=0), index=supply.areas.wijken.index)


def measure(dataset: Dataset) -> float:
    """Print a line for the table and one per verdict; the milliseconds of the slowest cell."""
    supply, reach = dataset.supply, dataset.reach(QUESTION.reach_m)
    answer = answer_per_group(dataset, QUESTION)
    table_ms = median_ms(lambda: answer_per_group(dataset, QUESTION).table)
    print(f"{len(supply.offers):>6} offers: whole table of {len(answer.table)} cells {table_ms:.0f} ms", flush=True)
    many, slowest = around(dataset).to_numpy(), 0.0
    for verdict in ORDER:
        wijk, case = np.nonzero(answer.verdict == verdict)
        if len(wijk) == 0:
            continue
        order = np.argsort(many[wijk], kind="stable")
        cells = [(int(wijk[at]), int(case[at])) for at in order[[0, len(order) // 2, -1]]]
        sizes = [len(offers_of_cell(supply, reach, answer, *cell)) for cell in cells]
        taken = [median_ms(lambda cell=cell: offers_of_cell(supply, reach, answer, *cell)) for cell in cells]
        told = ", ".join(f"{ms:.1f} ms ({size} offers)" for ms, size in zip(taken, sizes, strict=True))
        print(f"       {verdict:12} {len(wijk):>4} cells: {told}", flush=True)
        slowest = max(slowest, *taken)
    return slowest


def main() -> int:
    """Measure the sizes on the command line."""
    areas: Areas = load_areas()
    starter = load_dataset(settings.STARTER_WORKBOOK, areas)
    sizes = map(int, sys.argv[1:] or ("1000", "20000"))
    slowest = max(measure(multiplied(starter, size)) for size in sizes)
    if slowest >= LIMIT_MS:
        print(f"a cell takes {slowest:.0f} ms: {LIMIT_MS} or more", file=sys.stderr)
    return int(slowest >= LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
