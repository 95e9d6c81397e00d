"""What a change of a scenario costs beside an empty Streamlit app: put the proposals there, answer, compare, say it.

The table of all groups is asked of the starter workbook and of 1,000 random offers, with two new places and two offers
that stop. Between the measurements a visitor changes the choice in an empty app, in a real browser, so that both meet
the same machine. A page on top of this must settle within three times that; what is measured here is before it draws
anything, and should leave it half of that (`--limit`). The second line of each size says what the same would cost if
the changed workbook were placed and reached anew. The third: what hangs on each offer, by counting and by a run of the
engine per offer (of a few, times their number).

    python -m benchmarks.scenario
"""

from __future__ import annotations

import argparse
import gc
import itertools
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from playwright.sync_api import sync_playwright

from benchmarks.engine import random_offers
from benchmarks.filter_change import EMPTY_OPTIONS, EMPTY_WIDGET, change_ms, opened_page
from einclusie_data.city.areas import Areas, load_areas
from einclusie_data.contract import codelists, settings
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.engine.dataset import Dataset, answer_per_group, load_dataset
from einclusie_data.proposals.compare import compare
from einclusie_data.proposals.fragile.offers import fragile_offers
from einclusie_data.proposals.offer import NewOffer
from einclusie_data.proposals.scenario import Scenario, apply, stop_of
from einclusie_data.proposals.words import comparison_sentences
from tests.browser.harness import launch_browser, running_app

ROUNDS = 15
SLOW_OFFERS = 8
QUESTION = Question(date(2026, 11, 23), filters=Filters(types=codelists.PRESETS[codelists.DEFAULT_PRESET]))


def in_turn(runs: Sequence[Callable[[], object]], empty: Callable[[], float]) -> list[float]:
    """Median milliseconds of the empty app and of each run, taken in turn."""
    taken: list[list[float]] = [[] for _ in range(len(runs) + 1)]
    for _ in range(ROUNDS + 1):
        taken[0].append(empty())
        for run, times in zip(runs, taken[1:], strict=True):
            begin = time.perf_counter()
            run()
            times.append((time.perf_counter() - begin) * 1000)
    return [statistics.median(times[1:]) for times in taken]


def scenario_of(dataset: Dataset) -> Scenario:
    """Two new places and two offers that stop."""
    help_ = {"types": ("Individuele begeleiding",), "frequency": "Wekelijks"}
    return Scenario(
        "Proef",
        (
            NewOffer("Inloop", groups=("Ouderen",), lat=51.1912, lon=4.3951, **help_),
            NewOffer("Les", groups=("Mensen in armoede",), lat=51.2381, lon=4.4242, **help_),
            stop_of(dataset, 5),
            stop_of(dataset, 9),
        ),
    )


def measure(dataset: Dataset, empty_app: Callable[[], float]) -> tuple[str, float]:
    """Three lines of text, and how many times an empty app a change of a scenario takes."""
    scenario, before = scenario_of(dataset), answer_per_group(dataset, QUESTION)
    proposed = apply(dataset, scenario)
    after = answer_per_group(proposed, QUESTION)
    found = compare(before, after)

    def anew() -> None:
        book = replace(dataset.workbook, offers=proposed.supply.offers.drop(columns=["placement", "point_source"]))
        answer_per_group(Dataset(book, dataset.areas, dataset.name), QUESTION)

    def whole() -> None:
        changed = answer_per_group(apply(dataset, scenario), QUESTION)
        comparison_sentences(compare(before, changed))

    def stop_one(place: int) -> None:
        stopped = apply(dataset, Scenario("", (stop_of(dataset, place),)))
        compare(before, answer_per_group(stopped, QUESTION))

    empty, all_, put, reached, answered, compared, said, rebuilt, counted, some = in_turn(
        [
            whole,
            lambda: apply(dataset, scenario),
            lambda: apply(dataset, scenario).reach(QUESTION.reach_m),
            lambda: answer_per_group(proposed, QUESTION),
            lambda: compare(before, after),
            lambda: comparison_sentences(found),
            anew,
            lambda: fragile_offers(dataset, before),
            lambda: [stop_one(place) for place in range(SLOW_OFFERS)],
        ],
        empty_app,
    )
    size, ratio = len(dataset.supply.offers), all_ / empty
    slow_s = some / SLOW_OFFERS * size / 1000
    return (
        f"{size:>5} offers: proposals {put:.1f} ms, who is near {reached - put:.1f}, answer {answered:.1f}, compare "
        f"{compared:.1f}, sentences {said:.1f}; together {all_:.1f} ms = {ratio:.2f} x an empty app ({empty:.0f} ms)\n"
        f"       placed and reached anew, and answered: {rebuilt:.1f} ms\n"
        f"       what hangs on each offer: {counted:.1f} ms by counting, {slow_s:.1f} s by a run of the engine each"
    ), ratio


def random_dataset(areas: Areas, like: Dataset, size: int) -> Dataset:
    """Random offers in the real city, each with a name of its own."""
    offers = random_offers(size, areas).assign(name=[f"Aanbod {place}" for place in range(size)])
    return Dataset(replace(like.workbook, offers=offers, left_out={}), areas, "willekeurig.xlsx")


def main() -> int:
    """Print both sizes; fail when a change takes too long beside an empty app."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--limit", type=float, default=1.5, help="times an empty app that no change may reach")
    limit = parser.parse_args().limit
    areas = load_areas()
    starter = load_dataset(settings.STARTER_WORKBOOK, areas)
    gc.collect()
    gc.freeze()  # as the app does
    ratios = []
    with running_app("tests/browser/apps/empty_app.py") as empty, sync_playwright() as playwright:
        browser = launch_browser(playwright)
        page, option = opened_page(browser, empty), itertools.cycle(EMPTY_OPTIONS[::-1])
        for dataset in (starter, random_dataset(areas, starter, 1_000)):
            text, ratio = measure(dataset, lambda: change_ms(page, EMPTY_WIDGET, next(option)))
            print(text, flush=True)
            ratios.append(ratio)
        browser.close()
    print(f"limit {limit:.2f}: {'too slow' if max(ratios) >= limit else 'good'}")
    return int(max(ratios) >= limit)


if __name__ == "__main__":
    sys.exit(main())
