"""How long a change of filter takes on every page, from the click until the page shows it and is idle.

Our pages and an empty Streamlit page with the same choice take turns in one browser, each in a tab of its own, so that
all meet the same machine. A page shows the change when the address has it, and its maps too if it has any. For each
page the median is compared with that of the empty page: the ratio should stay below 3 (`--limit`).

    python -m benchmarks.filter_change
    python -m benchmarks.filter_change --pages hiatenmatrix --widget Loopafstand --options "400 m" "800 m"
"""

from __future__ import annotations

import argparse
import statistics
import sys
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from benchmarks.pages import page_paths
from tests.browser.harness import IDLE, IDLE_MS, LAPTOP, launch_browser, running_app, wait_idle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser, Page

EMPTY = "empty page"
EMPTY_WIDGET = "Voor wie"
EMPTY_OPTIONS = ("Ouderen", "Werkzoekenden")
STATE = """
    const mapFilter = frame => frame.contentDocument?.body?.dataset.filter;
    window.shown = () => [
        location.search || document.querySelector('[data-testid=stText]')?.textContent,
        ...[...document.querySelectorAll('iframe')].map(mapFilter).filter(Boolean),
    ];
    document.addEventListener('click', () => { window.clicked = performance.now(); }, true);
"""
DONE = f"""
    before => new Promise((resolve, reject) => {{
        const idle = {IDLE.strip()};
        const changed = () => {{
            const now = window.shown();
            return now.length >= before.length && now.every((text, place) => text !== before[place]);
        }};
        const look = () => {{
            const taken = performance.now() - window.clicked;
            if (changed() && idle()) resolve(taken);
            else if (taken > {IDLE_MS}) reject(`not settled: ${{window.shown()}}`);
            else setTimeout(look, 1);
        }};
        look();
    }})
"""


def main() -> int:
    """Measure, print and compare with the limit."""
    arguments = _arguments()
    with (
        running_app("dashboard.py") as ours,
        running_app("tests/browser/apps/empty_app.py") as empty,
        sync_playwright() as playwright,
    ):
        browser = launch_browser(playwright)
        tabs = {EMPTY: opened_page(browser, empty)}
        tabs |= {path or "start": opened_page(browser, f"{ours}/{path}") for path in arguments.pages}
        taken = _take_turns(tabs, arguments)
        browser.close()
    return _report(taken, arguments.limit)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", nargs="+", default=page_paths(), choices=page_paths(), help='"" is the start page')
    parser.add_argument(
        "--widget", default="Doelgroep", help="label of a radio, a selectbox, pills or segmented control"
    )
    parser.add_argument("--options", nargs="+", default=EMPTY_OPTIONS, help="options to choose in turn")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--warm-up", type=int, default=4, help="changes before the measurement")
    parser.add_argument("--limit", type=float, default=3.0, help="ratio that no page may reach")
    return parser.parse_args()


def opened_page(browser: Browser, address: str) -> Page:
    """A page in a tab of its own, drawn and idle."""
    page = browser.new_page(viewport=LAPTOP)
    page.add_init_script(STATE)
    page.goto(address)
    page.locator("[data-testid=stMain]").locator("h1, [data-testid=stText]").first.wait_for()
    wait_idle(page)
    for number in range(page.locator("iframe[title^=streamlit_folium]").count()):
        page.frame_locator("iframe[title^=streamlit_folium]").nth(number).locator("body[data-filter]").wait_for()
    return page


def _take_turns(tabs: dict[str, Page], arguments: argparse.Namespace) -> dict[str, list[float]]:
    """Milliseconds of every change on every page; pages without the widget are left out."""
    widgets = {name: EMPTY_WIDGET if name == EMPTY else arguments.widget for name in tabs}
    shown = {name: page for name, page in tabs.items() if page.get_by_label(widgets[name], exact=True).count()}
    taken: dict[str, list[float]] = {name: [] for name in tabs}
    for number in range(arguments.warm_up + arguments.rounds):
        for name, page in shown.items():
            options = EMPTY_OPTIONS if name == EMPTY else arguments.options
            milliseconds = change_ms(page, widgets[name], options[number % len(options)])
            taken[name] += [milliseconds] if number >= arguments.warm_up else []
    return taken


def change_ms(page: Page, widget: str, option: str) -> float:
    """Milliseconds from the click on `option` until the page shows the new state and its script is idle."""
    page.bring_to_front()
    before = page.evaluate("window.shown()")
    box = page.get_by_role("combobox", name=widget)
    if box.count():
        box.click()
        page.get_by_role("option", name=option, exact=True).click()
    else:
        page.get_by_label(widget, exact=True).get_by_text(option, exact=True).click()
    return float(page.evaluate(DONE, before))


def _report(taken: dict[str, Sequence[float]], limit: float) -> int:
    empty = statistics.median(taken[EMPTY])
    too_slow = False
    for name, times in taken.items():
        if not times:
            print(f"{name:<16} has no such filter")
            continue
        ratio = statistics.median(times) / empty
        too_slow |= ratio >= limit
        print(
            f"{name:<16} median {statistics.median(times):>4.0f} ms, slowest {max(times):>4.0f} ms, ratio {ratio:.2f}"
        )
    print(f"limit {limit:.2f}: {'too slow' if too_slow else 'good'}")
    return int(too_slow)


if __name__ == "__main__":
    sys.exit(main())
