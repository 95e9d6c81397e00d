"""Seconds of "waar eerst": the best 5 new places among the candidates of every kind, in the real wijken.

A question is timed whole: who counts, who is reached today, what each candidate would reach, and the proven optimum.
300 random offers, 60 partners. The last lines: a curve of 0 to 10 places, and the fair variant. Fails when 5 places, of
any kind or of all kinds together, take a second or are not proven.

    python -m benchmarks.siting [REACH_M ...]
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

from benchmarks.engine import random_offers
from einclusie_data.city.areas import Areas, load_areas
from einclusie_data.contract import codelists, settings
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.contract.schema import PARTNERS
from einclusie_data.engine.dataset import Dataset, load_dataset
from einclusie_data.proposals.siting.advice import advice, curve, siting_of
from einclusie_data.proposals.siting.demand import Kind

ROUNDS = 5
N = 5
LIMIT_S = 1.0
GROUP = codelists.OLDER


def random_dataset(areas: Areas, offers: int = 300, partners: int = 60) -> Dataset:
    """The starter workbook with other offers and partners, where people live."""
    book = load_dataset(settings.STARTER_WORKBOOK, areas).workbook
    placed = random_offers(partners, areas, seed=1)
    rows = pd.DataFrame({column.key: "" for column in PARTNERS.columns}, index=range(partners)).assign(
        organisation=[f"Partner {number}" for number in range(partners)],
        lat=placed["lat"],
        lon=placed["lon"],
        wijken=placed["wijken"],
        row=np.arange(2, partners + 2),
    )
    return Dataset(replace(book, offers=random_offers(offers, areas), partners=rows), areas, "werkmap.xlsx")


def median_seconds(run: Callable[[], object]) -> float:
    """Median of some rounds, after one that does not count."""
    run()
    taken = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def measure(dataset: Dataset, question: Question, kinds: tuple[Kind, ...]) -> tuple[str, bool]:
    """One line, and whether it is fast enough and proven."""
    siting = siting_of(dataset, question, GROUP, kinds=kinds)
    found = advice(siting, N)
    seconds = median_seconds(lambda: advice(siting_of(dataset, question, GROUP, kinds=kinds), N))
    name = kinds[0].value if len(kinds) == 1 else "alle soorten"
    line = (
        f"{question.reach_m:>5g} m, {name:>12}: {len(siting.candidates):>4} candidates, N = {N} in {seconds:.3f} s, "
        f"proven {found.proven}, {found.before:,.0f} -> {found.after:,.0f} (rule of thumb {found.greedy_after:,.0f})"
    )
    return line, found.proven and seconds < LIMIT_S


def curves(dataset: Dataset, question: Question, kinds: tuple[Kind, ...]) -> str:
    """Seconds of a curve and of the fair variant, once."""
    siting = siting_of(dataset, question, GROUP, kinds=kinds)
    moments = [time.perf_counter()]
    steps = curve(siting)
    moments.append(time.perf_counter())
    fair = advice(siting, N, fair=True)
    moments.append(time.perf_counter())
    name = kinds[0].value if len(kinds) == 1 else "alle soorten"
    return (
        f"{question.reach_m:>5g} m, {name:>12}: N = 0 to 10 in {moments[1] - moments[0]:.2f} s, all proven "
        f"{all(step.proven for step in steps)}; fair, N = {N}: {moments[2] - moments[1]:.2f} s, proven {fair.proven}"
    )


def main() -> None:
    """Print a line per reach and kind; exit code 1 when one is too slow."""
    areas = load_areas()
    dataset = random_dataset(areas)
    fine = True
    for reach in map(float, sys.argv[1:] or ("800",)):
        filters = Filters(types=codelists.PRESETS[codelists.DEFAULT_PRESET])
        question = Question(date(2026, 11, 23), reach, open_counts=False, filters=filters)
        for kinds in (*((kind,) for kind in Kind), tuple(Kind)):
            line, ok = measure(dataset, question, kinds)
            print(line if ok else f"{line}  TOO SLOW", flush=True)
            fine &= ok
        for kinds in ((Kind.WIJKEN,), (Kind.OFFERS,), tuple(Kind)):
            print(curves(dataset, question, kinds), flush=True)
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
