"""Seconds of the gap engine: the full table of 670 rows on 1,000 and on 100,000 offers in the real wijken.

Engine time is what a new question costs: who is within reach of which place, and the verdicts. The first is computed
once per workbook and distance, so that a change of filter costs the second only. Offers are random, half of them vague.

    python -m benchmarks.engine [SIZE ...]
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.city.areas import Areas, load_areas
from einclusie_data.contract import codelists, schema
from einclusie_data.contract.questions import Filters, Question, cases_per_group
from einclusie_data.engine.coverage import reach_of
from einclusie_data.engine.gaps import answer
from einclusie_data.engine.locate import locate_offers
from einclusie_data.engine.needs import needs_of

ROUNDS = 7
GROUPS = codelists.GROUP.values


def random_offers(size: int, areas: Areas, seed: int = 0) -> pd.DataFrame:
    """Offers spread over where people live; a third without coordinates, and blanks in every column."""
    rng = np.random.default_rng(seed)
    inhabited = areas.demand[areas.demand["wijkcode"].isin(areas.wijken.index[areas.wijken["inhabited"]])]
    near = inhabited.sample(size, replace=True, random_state=seed)
    lon, lat = areas.to_degrees(
        near["x"].to_numpy() + rng.uniform(-50, 50, size), near["y"].to_numpy() + rng.uniform(-50, 50, size)
    )
    placed = rng.random(size) < 0.67
    wijken = _some(rng, list(areas.wijken.index), size, blank=0.5)
    table = pd.DataFrame({column.key: "" for column in schema.OFFERS.columns}, index=range(size))
    ends = pd.to_datetime(pd.Series(np.where(rng.random(size) < 0.3, "2026-12-20", None)))
    return table.assign(
        row=np.arange(2, size + 2),
        organisations=[("Partner",)] * size,
        groups=_some(rng, GROUPS, size),
        types=_some(rng, codelists.TYPE.values, size),
        dayparts=_some(rng, codelists.DAYPART.values, size),
        languages=_some(rng, codelists.LANGUAGE.values, size),
        signup=_some(rng, codelists.SIGNUP.values, size),
        price=_one(rng, codelists.PRICE.values, size),
        mode=_one(rng, codelists.MODE.values, size, blank=0.7),
        frequency=_one(rng, codelists.FREQUENCY.values, size),
        status=_one(rng, codelists.STATUS.values, size, blank=0.7),
        wijken=wijken,
        wijk_given=[bool(cell) for cell in wijken],
        whole_city=False,
        lat=np.where(placed, lat, np.nan),
        lon=np.where(placed, lon, np.nan),
        valid_from=pd.Series(pd.NaT, index=range(size), dtype="datetime64[ns]"),
        valid_to=ends,
        checked=pd.to_datetime(pd.Series(np.where(rng.random(size) < 0.5, "2023-12-20", "2026-01-01"))),
    )


def _some(rng: np.random.Generator, values: Any, size: int, blank: float = 0.3) -> list[tuple[str, ...]]:
    pick = rng.choice(np.array(values, dtype=object), (size, 2))
    return [() if rng.random() < blank else tuple(sorted(set(pair))) for pair in pick]


def _one(rng: np.random.Generator, values: Any, size: int, blank: float = 0.4) -> list[str]:
    return ["" if rng.random() < blank else word for word in rng.choice(np.array(values, dtype=object), size)]


def _median_seconds(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    run()
    taken = []
    for _ in range(rounds):
        begin = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def measure(size: int, areas: Areas) -> str:
    """One line: seconds of locating, of finding who is in reach, and of the table; memory of the process so far."""
    offers = random_offers(size, areas)
    supply = locate_offers(offers, areas)
    reach = reach_of(supply, 800)
    needs = needs_of(areas, pd.DataFrame(columns=["persons"]), GROUPS)
    question = Question(date(2026, 11, 23), filters=Filters(types=codelists.PRESETS[codelists.DEFAULT_PRESET]))
    cases = cases_per_group(question, GROUPS)
    locate_s = _median_seconds(lambda: locate_offers(offers, areas))
    reach_s = _median_seconds(lambda: reach_of(supply, 800))
    table_s = _median_seconds(lambda: answer(supply, reach, needs, question, cases))
    rows = len(answer(supply, reach, needs, question, cases).table)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"{size:>7} offers, {len(reach.neighbour):>9} pairs: place {locate_s:.3f} s, in reach {reach_s:.3f} s, "
        f"table of {rows} rows {table_s:.3f} s, reach + table {reach_s + table_s:.3f} s, peak {memory} MB"
    )


def main() -> None:
    """Measure the sizes on the command line."""
    areas = load_areas()
    for size in map(int, sys.argv[1:] or ("1000", "100000")):
        print(measure(size, areas), flush=True)


if __name__ == "__main__":
    main()
