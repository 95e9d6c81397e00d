"""A meeting: thirty people use the app at once, five seconds between the clicks of each; how long the server takes.

Every visitor opens a page by a link of their own, then changes a filter, a choice of the page itself, or the page.
They speak Streamlit's protocol without a browser (`benchmarks.visitor`), so that two cores suffice for all of them. A
click takes from sending it until the message that the script has finished. It failed when the script did not finish,
when the page shows an error, or when neither the address nor the page changed. First views are reported apart.

    python -m benchmarks.thirty_people
    python -m benchmarks.thirty_people --people 1 --seconds 60 --think 0.5 --pages hiatenmatrix
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.pages import page_paths
from benchmarks.process import cpu_s, memory_mb
from benchmarks.visitor import Run, Visitor
from einclusie_data.contract import codelists
from tests.browser.harness import running_server

MEDIAN_LIMIT_MS = 100
P95_LIMIT_MS = 400
FILTERS = {"doelgroep": 9, "gebied": 4, "afstand": 2, "soort": 2}
"""Key of a filter -> how often it is changed."""
OWN_CHOICE = 3
"""How often a choice of the page itself is changed, if there is one."""
OTHER_PAGE = 4
"""How often someone goes to another page."""
ELSEWHERE = "page"
ARRIVE_S = 10
"""Seconds in which everyone comes in."""


@dataclass
class Meeting:
    """What was measured: the first view of everyone, and the clicks, by kind and by page."""

    first: list[Run] = field(default_factory=list)
    clicks: dict[tuple[str, str], list[Run]] = field(default_factory=lambda: defaultdict(list))
    memory_mb: list[float] = field(default_factory=list)


def main() -> int:
    """Hold the meeting, print what it took and compare with the limits."""
    arguments = _arguments()
    if arguments.address:
        asyncio.run(_hold(arguments.address, os.getpid(), arguments))
        return 0
    with running_server("dashboard.py") as (address, server):
        begin, used_here, used_there = time.perf_counter(), cpu_s(os.getpid()), cpu_s(server)
        meeting = asyncio.run(_hold(address, server, arguments))
        wall = time.perf_counter() - begin
        shares = [(cpu_s(server) - used_there) / wall, (cpu_s(os.getpid()) - used_here) / wall]
    return _report(meeting, shares, wall)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=90.0, help="how long they click")
    parser.add_argument("--think", type=float, default=5.0, help="seconds between two clicks of one person")
    parser.add_argument("--pages", nargs="+", default=page_paths(), choices=page_paths(), help='"" is the start page')
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--address", help="of a server that runs already; then nothing is measured")
    return parser.parse_args()


async def _hold(address: str, server: int, arguments: argparse.Namespace) -> Meeting:
    meeting = Meeting(memory_mb=[memory_mb(server)])
    end = time.perf_counter() + ARRIVE_S + arguments.seconds
    async with asyncio.TaskGroup() as group:
        group.create_task(_watch_memory(meeting, server, end))
        for number in range(arguments.people):
            chance = random.Random(arguments.seed * 1000 + number)
            group.create_task(_take_part(address, meeting, chance, arguments, end))
    meeting.memory_mb.append(memory_mb(server))
    return meeting


async def _watch_memory(meeting: Meeting, server: int, end: float) -> None:
    """Note the server's memory nine times on the way."""
    pause = (end - time.perf_counter()) / 10
    for _ in range(9):
        await asyncio.sleep(pause)
        meeting.memory_mb.append(memory_mb(server))


async def _take_part(
    address: str, meeting: Meeting, chance: random.Random, arguments: argparse.Namespace, end: float
) -> None:
    """One person: come in, then click until the end."""
    await asyncio.sleep(chance.uniform(0, ARRIVE_S))
    visitor = await Visitor.arrive(address)
    link = urlencode({"doelgroep": chance.choice(codelists.GROUP.values)})
    meeting.first.append(await visitor.open(chance.choice(arguments.pages), link))
    while time.perf_counter() < end:
        await asyncio.sleep(arguments.think * chance.uniform(0.5, 1.5))
        await _click(visitor, meeting, chance, arguments.pages)
    await visitor.leave()


async def _click(visitor: Visitor, meeting: Meeting, chance: random.Random, pages: Sequence[str]) -> None:
    """Do one thing that a visitor of this page can do."""
    page, query, drawn = visitor.path, visitor.query, visitor.drawn
    key = _what_to_change(visitor, chance, more_pages=len(pages) > 1)
    if key == ELSEWHERE:
        run = await visitor.go(chance.choice([path for path in pages if path != page]))
    else:
        options = [option for option in visitor.widgets[key].options if option != visitor.chosen(key)]
        run = await visitor.choose(key, chance.choice(options))
    if (visitor.path, visitor.query, visitor.drawn) == (page, query, drawn):
        run.errors.append(f"nothing changed on page {page!r} at a change of {key}")
    meeting.clicks[visitor.path, key].append(run)


def _what_to_change(visitor: Visitor, chance: random.Random, *, more_pages: bool) -> str:
    """The key of a choice on the page, or ELSEWHERE."""
    usable = [key for key, widget in visitor.widgets.items() if len(widget.options) > 1]
    own = [key for key in usable if key not in FILTERS]
    weights: dict[str, float] = {key: weight for key, weight in FILTERS.items() if key in usable}
    weights |= {key: OWN_CHOICE / len(own) for key in own}
    weights |= {ELSEWHERE: OTHER_PAGE} if more_pages else {}
    return chance.choices(list(weights), list(weights.values()))[0]


def _report(meeting: Meeting, shares: Sequence[float], wall: float) -> int:
    clicks = list(meeting.clicks.values())
    everything = [run for runs in clicks for run in runs]
    print(f"{'milliseconds':<28} clicks  median     p95     max  kB each  failed")
    print(_line("first view", meeting.first))
    for part, name in ((0, "page"), (1, "change of")):
        for value in sorted({key[part] for key in meeting.clicks}):
            runs = [run for key, found in meeting.clicks.items() if key[part] == value for run in found]
            print(_line(f"{name} {value or 'start'}", runs))
    print(_line("all clicks", everything))
    print("memory of the server, MB:", ", ".join(f"{memory:.0f}" for memory in meeting.memory_mb))
    each = shares[0] * wall / (len(everything) + len(meeting.first)) * 1000
    print(f"processor: server {shares[0]:.0%} of one core ({each:.0f} ms per view), these visitors {shares[1]:.0%}")
    for error in sorted({error for run in meeting.first + everything for error in run.errors})[:10]:
        print("failed:", error)
    median, p95 = percentile_ms(everything, 0.5), percentile_ms(everything, 0.95)
    print(f"median {median:.0f} ms (limit {MEDIAN_LIMIT_MS}), p95 {p95:.0f} ms (limit {P95_LIMIT_MS})")
    failed = any(run.errors for run in meeting.first + everything)
    return int(failed or median >= MEDIAN_LIMIT_MS or p95 >= P95_LIMIT_MS)


def percentile_ms(runs: Sequence[Run], share: float) -> float:
    """The time within which this share of the runs was done (nearest rank)."""
    ms = sorted(run.seconds * 1000 for run in runs)
    return ms[max(0, math.ceil(share * len(ms)) - 1)]


def _line(name: str, runs: Sequence[Run]) -> str:
    times = " ".join(f"{percentile_ms(runs, share):>7.0f}" for share in (0.5, 0.95, 1))
    size = statistics.mean(run.size for run in runs) / 1000
    failed = sum(bool(run.errors) for run in runs)
    return f"{name:<28} {len(runs):>6} {times} {size:>8.0f} {failed:>7}"


if __name__ == "__main__":
    sys.exit(main())
