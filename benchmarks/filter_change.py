"""How long a change of filter takes, from the click until the new map is there and the page is idle.

Our page and an empty Streamlit page with the same choice take turns in one browser, each on a server of its own, so
that both meet the same machine. The ratio of the medians should stay below 3 (`--limit`).

    python -m benchmarks.filter_change                                      # the small page with our map
    python -m benchmarks.filter_change --app dashboard.py --widget "Voor wie" --options Ouderen Werkzoekenden
"""

from __future__ import annotations

import argparse
import statistics
import sys
from itertools import cycle
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tests.browser.harness import launch_browser, running_app, wait_idle

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

VIEWPORT = {"width": 1366, "height": 768}
STATE = """
    const filter = frame => frame.contentDocument?.body?.dataset.filter;
    window.shown = () => window.mapExpected
        ? [...document.querySelectorAll('iframe')].map(filter).find(Boolean)
        : document.querySelector('[data-testid=stText]')?.textContent;
    document.addEventListener('click', () => { window.clicked = performance.now(); }, true);
"""
DONE = """
    before => new Promise(resolve => {
        const app = document.querySelector('[data-testid=stApp]');
        const look = () => window.shown() !== before && app.dataset.testScriptState === 'notRunning'
            ? resolve(performance.now() - window.clicked) : setTimeout(look, 1);
        look();
    })
"""


def main() -> int:
    """Measure, print and compare with the limit."""
    arguments = _arguments()
    with (
        running_app(arguments.app) as ours,
        running_app("tests/browser/apps/empty_app.py") as empty,
        sync_playwright() as playwright,
    ):
        browser = launch_browser(playwright)
        pages = [_opened(browser, empty, has_map=False), _opened(browser, ours + arguments.path, has_map=True)]
        choices = [cycle(("Ouderen", "Werkzoekenden")), cycle(arguments.options)]
        widgets = ["Voor wie", arguments.widget]
        rounds = [
            [_change(page, widget, next(choice)) for page, widget, choice in zip(pages, widgets, choices, strict=True)]
            for _ in range(arguments.warm_up + arguments.rounds)
        ][arguments.warm_up :]
        browser.close()
    return _report(rounds, arguments.limit)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--app", default="tests/browser/apps/map_app.py", help="script to measure")
    parser.add_argument("--path", default="/", help="path and query of the page, e.g. /Hiaten?afstand=400")
    parser.add_argument(
        "--widget", default="Voor wie", help="label of a radio, a selectbox, pills or segmented control"
    )
    parser.add_argument("--options", nargs="+", default=["Ouderen", "Werkzoekenden"], help="options to choose in turn")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--warm-up", type=int, default=4, help="changes before the measurement")
    parser.add_argument("--limit", type=float, default=3.0, help="highest accepted ratio")
    return parser.parse_args()


def _opened(browser: Browser, address: str, *, has_map: bool) -> Page:
    page = browser.new_page(viewport=VIEWPORT)
    page.add_init_script(STATE + f"window.mapExpected = {str(has_map).lower()};")
    page.goto(address)
    wait_idle(page)
    page.wait_for_function("window.shown()")
    return page


def _change(page: Page, widget: str, option: str) -> float:
    """Milliseconds from the click on `option` until the page shows the new state and its script is idle."""
    page.bring_to_front()
    before = page.evaluate("window.shown()")
    box = page.get_by_role("combobox", name=widget)
    if box.count():
        box.click()
        page.get_by_role("option", name=option, exact=True).click()
    else:
        page.get_by_label(widget).get_by_text(option, exact=True).click()
    return float(page.evaluate(DONE, before))


def _report(rounds: list[list[float]], limit: float) -> int:
    empty, ours = (statistics.median(column) for column in zip(*rounds, strict=True))
    slowest = max(row[1] for row in rounds)
    print(
        f"empty {empty:.0f} ms, ours {ours:.0f} ms (slowest {slowest:.0f} ms), ratio {ours / empty:.2f} (limit {limit})"
    )
    return int(ours / empty >= limit)


if __name__ == "__main__":
    sys.exit(main())
