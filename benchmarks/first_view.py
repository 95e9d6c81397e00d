"""Seconds from opening the start page until its map is drawn and the page is idle, on a warm server.

python -m benchmarks.first_view
"""

from __future__ import annotations

import statistics
import time

from playwright.sync_api import sync_playwright

from tests.browser.harness import LAPTOP, launch_browser, map_frame, running_app, wait_idle

ROUNDS = 10


def main() -> None:
    """Open the page in a fresh browser context, again and again."""
    with running_app("dashboard.py") as address, sync_playwright() as playwright:
        browser = launch_browser(playwright)
        seconds = []
        for _ in range(ROUNDS + 1):
            context = browser.new_context(viewport=LAPTOP)
            page = context.new_page()
            begin = time.perf_counter()
            page.goto(address)
            map_frame(page)
            wait_idle(page)
            seconds.append(time.perf_counter() - begin)
            context.close()
        browser.close()
    cold, warm = seconds[0], seconds[1:]
    print(f"first view: cold {cold:.2f} s; warm median {statistics.median(warm):.2f} s, slowest {max(warm):.2f} s")


if __name__ == "__main__":
    main()
