"""How often something is lost of two clicks shortly after each other, in a real browser; quiet, or beside a meeting.

python -m benchmarks.quick_clicks --tries 12
python -m benchmarks.quick_clicks --tries 12 --people 30
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tests.browser.harness import LAPTOP, launch_browser, running_app
from tests.browser.quick_clicks import DELAYS_MS, KINDS, LIMIT_S, settle


def main() -> int:
    """Count, print a table, and say by the exit code whether anything was lost."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tries", type=int, default=3)
    parser.add_argument("--people", type=int, default=0, help="visitors who use the app meanwhile")
    parser.add_argument("--patience", type=float, default=LIMIT_S, help="seconds after which a click is lost")
    parser.add_argument("--kinds", nargs="+", default=list(KINDS), choices=list(KINDS))
    arguments = parser.parse_args()
    total = 0
    with running_app("dashboard.py") as address, _meeting(address, arguments.people), sync_playwright() as playwright:
        browser = launch_browser(playwright)
        print(f"{'verloren':<18}", *(f"{delay:>5}" for delay in DELAYS_MS), " ms", flush=True)
        for kind in arguments.kinds:
            counts = [_count(browser, address, kind, delay, arguments) for delay in DELAYS_MS]
            print(f"{kind:<18}", *(f"{count:>5}" for count in counts), f" van {arguments.tries}", flush=True)
            total += sum(counts)
        browser.close()
    return int(total > 0)


def _count(browser: Browser, address: str, kind: str, delay: int, arguments: argparse.Namespace) -> int:
    context = browser.new_context(viewport=LAPTOP, locale="nl-BE")
    page = context.new_page()
    page.goto(f"{address}/uitleg?doelgroep=Ouderen", timeout=LIMIT_S * 1000)
    settle(page)
    losses = [KINDS[kind](page, delay, number, arguments.patience) for number in range(1, arguments.tries + 1)]
    context.close()
    for loss in filter(None, losses):
        print(f"  {kind}, {delay} ms: {loss}", file=sys.stderr, flush=True)
    return sum(map(bool, losses))


@contextmanager
def _meeting(address: str, people: int) -> Iterator[None]:
    """So many visitors in a process of their own, until the end."""
    if not people:
        yield
        return
    command = [sys.executable, "-m", "benchmarks.thirty_people", "--people", str(people), "--seconds", "3600"]
    with subprocess.Popen([*command, "--address", address], stdout=subprocess.DEVNULL) as meeting:
        try:
            yield
            if meeting.poll() is not None:
                raise SystemExit("de bezoekers waren weg voor het einde: niet gemeten")
        finally:
            meeting.terminate()


if __name__ == "__main__":
    sys.exit(main())
