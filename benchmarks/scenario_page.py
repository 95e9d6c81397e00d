"""How long a change of a scenario takes on the page Wat als, from the click until the page and its map show it.

Each click takes one proposal out of a scenario of random places, another scenario every round, so that nothing of the
answer was there before. An empty Streamlit page takes turns with it in one browser (see `filter_change`); both tabs
were clicked before, so that the browser knows their scripts. The ratio of the medians should stay below 3 (`--limit`).

    python -m benchmarks.scenario_page
"""

from __future__ import annotations

import argparse
import statistics
import sys
from random import Random

from playwright.sync_api import Page, sync_playwright

from benchmarks.filter_change import DONE, EMPTY_OPTIONS, EMPTY_WIDGET, change_ms, opened_page
from einclusie_data.contract.codelists import GROUP
from einclusie_data.proposals.link import link_text
from einclusie_data.proposals.offer import NewOffer
from einclusie_data.proposals.scenario import Scenario
from tests.browser.harness import launch_browser, running_app

LAT, LON = (51.16, 51.26), (4.36, 4.48)
"""Where most of the city lies, in degrees."""


def scenario_link(seed: int, size: int) -> str:
    """Places for help, of random groups."""
    random = Random(seed)
    kind = {"types": ("Individuele begeleiding",), "frequency": "Wekelijks"}
    places = [
        NewOffer(groups=(random.choice(GROUP.values),), lat=random.uniform(*LAT), lon=random.uniform(*LON), **kind)
        for _ in range(size)
    ]
    return link_text(Scenario("Proef", tuple(places)))


def taken_out_ms(page: Page) -> float:
    """Milliseconds from the click that takes the first proposal out until the page shows what that changes."""
    page.bring_to_front()
    before = page.evaluate("window.shown()")
    page.get_by_role("button", name="Haal weg").first.click()
    return float(page.evaluate(DONE, before))


def main() -> int:
    """Measure, print and compare with the limit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--limit", type=float, default=3.0, help="ratio that the page may not reach")
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--proposals", type=int, default=5, help="in each scenario")
    arguments = parser.parse_args()
    ours: list[float] = []
    empty: list[float] = []
    with (
        running_app("dashboard.py") as address,
        running_app("tests/browser/apps/empty_app.py") as nothing,
        sync_playwright() as playwright,
    ):
        browser = launch_browser(playwright)
        plain = opened_page(browser, nothing)
        change_ms(plain, EMPTY_WIDGET, EMPTY_OPTIONS[1])
        for number in range(arguments.rounds):
            link = scenario_link(number, arguments.proposals)
            page = opened_page(browser, f"{address}/wat_als?scenario={link}")
            taken_out_ms(page)
            for _ in range(arguments.proposals - 2):
                empty.append(change_ms(plain, EMPTY_WIDGET, EMPTY_OPTIONS[len(empty) % 2]))
                ours.append(taken_out_ms(page))
            page.close()
        browser.close()
    median, base = (statistics.median(times) for times in (ours, empty))
    verdict = "too slow" if median / base >= arguments.limit else "good"
    print(f"a change of the scenario: median {median:.0f} ms, slowest {max(ours):.0f} ms")
    print(f"empty page: median {base:.0f} ms; ratio {median / base:.2f}, limit {arguments.limit:.2f}: {verdict}")
    return int(median / base >= arguments.limit)


if __name__ == "__main__":
    sys.exit(main())
