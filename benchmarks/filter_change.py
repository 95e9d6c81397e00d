"""How long a change of filter takes on every page, from the click until the page shows it and is idle.

Each of our pages and an empty Streamlit page with the same choice take turns in one browser, each in a tab of its own,
so that both meet the same machine; a page is closed before the next one opens, as no visitor has fifteen maps open. A
page shows the change when the address has it, and its maps too if it has any. For each page the median is compared with
that of the empty page in the same turns: the ratio should stay below 3 (`--limit`).

    python -m benchmarks.filter_change
    python -m benchmarks.filter_change --pages hiatenmatrix --widget Loopafstand --options "400 m" "800 m"
"""

from __future__ import annotations

import argparse
import statistics
import sys

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from benchmarks.pages import page_paths
from tests.browser.harness import IDLE, IDLE_MS, LAPTOP, launch_browser, running_app, wait_idle

EMPTY = "empty page"
WIDGET_MS = 10_000
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
        plain = opened_page(browser, empty)
        ratios = [_compare(browser, plain, ours, path, arguments) for path in arguments.pages]
        browser.close()
    too_slow = max(ratios) >= arguments.limit
    print(f"limit {arguments.limit:.2f}: {'too slow' if too_slow else 'good'}")
    return int(too_slow)


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


def _compare(browser: Browser, plain: Page, ours: str, path: str, arguments: argparse.Namespace) -> float:
    """Print how long a page takes; how many times as long as the empty page, 0 when it does not have the widget."""
    page = opened_page(browser, f"{ours}/{path}")
    name = path or "start"
    if not _has(page, arguments.widget):
        page.close()
        print(f"{name:<16} has no such filter")
        return 0.0
    times, empty = _take_turns(page, plain, arguments)
    page.close()
    median, base = statistics.median(times), statistics.median(empty)
    print(
        f"{name:<16} median {median:>4.0f} ms, slowest {max(times):>4.0f} ms; {EMPTY} {base:>3.0f} ms, "
        f"ratio {median / base:.2f}",
        flush=True,
    )
    return median / base


def _has(page: Page, widget: str) -> bool:
    try:
        page.get_by_label(widget, exact=True).first.wait_for(timeout=WIDGET_MS)
    except PlaywrightTimeout:
        return False
    wait_idle(page)
    return True


def _take_turns(page: Page, plain: Page, arguments: argparse.Namespace) -> tuple[list[float], list[float]]:
    """Milliseconds of every change on a page, and of those on the empty page in between."""
    ours: list[float] = []
    empty: list[float] = []
    for number in range(arguments.warm_up + arguments.rounds):
        empty.append(change_ms(plain, EMPTY_WIDGET, EMPTY_OPTIONS[number % len(EMPTY_OPTIONS)]))
        ours.append(change_ms(page, arguments.widget, arguments.options[number % len(arguments.options)]))
    return ours[arguments.warm_up :], empty[arguments.warm_up :]


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


if __name__ == "__main__":
    sys.exit(main())
