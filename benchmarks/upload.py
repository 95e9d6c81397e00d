"""Seconds from dropping a file on the page Beheer until its report is there, in a real browser.

The file is a newer version of what is published: renumbered, sorted otherwise and edited (as in `benchmarks.changes`).

    python -m benchmarks.upload [--rows 1000 20000]
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.changes import bytes_of, edited, random_row
from einclusie_data.city.areas import load_areas
from einclusie_data.store.access.desk import give_password
from einclusie_data.store.store import open_store
from tests.browser.actions import sign_in
from tests.browser.harness import LAPTOP, launch_browser, running_app, wait_idle

ROUNDS = 3
NAME, PASSWORD = "An", "drie gewone woorden"


def seconds_until_report(page: Page, path: Path) -> float:
    """Drop a file and wait for what it would change; the draft is left again."""
    begin = time.perf_counter()
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("heading", name="Wat verandert er").wait_for(timeout=120_000)
    seconds = time.perf_counter() - begin
    wait_idle(page)
    page.get_by_role("button", name="Annuleren").click()
    page.get_by_role("heading", name="Laad een werkmap op").wait_for()
    return seconds


def measure(rows: int, folder: Path) -> list[float]:
    """Publish one version of a sheet and upload the next one, a few times."""
    rng = random.Random(1)
    wijken = load_areas().wijken["label"].tolist()
    old = [random_row(rng, wijken, number) for number in range(1, rows + 1)]
    path = folder / "nieuw.xlsx"
    path.write_bytes(bytes_of(edited(old, rng, wijken, touched=False)))
    target = str(folder / f"opslag-{rows}")
    give_password(target, NAME, PASSWORD)
    with open_store(target) as store:
        store.publish(bytes_of(old), "oud.xlsx", NAME, based_on=None)
    with running_app("dashboard.py", {"EINCLUSIE_OPSLAG": target}) as address, sync_playwright() as playwright:
        browser = launch_browser(playwright)
        page = browser.new_page(viewport=LAPTOP)
        page.goto(address)  # loads what is published, as the first visitor does
        wait_idle(page, 120_000)
        sign_in(page, address, NAME, PASSWORD)
        seconds = [seconds_until_report(page, path) for _ in range(ROUNDS)]
        browser.close()
    return seconds


def main() -> None:
    """Print the seconds per number of rows."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000, 20_000])
    with tempfile.TemporaryDirectory() as folder:
        for rows in parser.parse_args().rows:
            found = measure(rows, Path(folder))
            print(f"{rows:>7} rows: {', '.join(f'{one:.2f}' for one in found)} s from dropping to report")


if __name__ == "__main__":
    main()
