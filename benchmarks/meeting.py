"""What the screens around a meeting compute: the preparation and its Word file, and twelve versions judged anew.

On workbooks of 1,000 and 20,000 random offers; that of this meeting is the one of the meeting before, edited (see
`benchmarks.changes`). Seconds, and how many times an answer of the engine on the same workbook each takes. A member
waits for the preparation once per version and choice, and for the versions once per question; both are then kept.

    python -m benchmarks.meeting
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from benchmarks.changes import bytes_of, edited, random_row
from einclusie_data.answers.scopes import CITY, scopes
from einclusie_data.city.areas import Areas, load_areas
from einclusie_data.contract.codelists import DEFAULT_PRESET, EVERYONE, PRESETS
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.engine.dataset import Dataset, answer_per_group, read_dataset
from einclusie_data.meeting.document import Colophon, preparation_docx_bytes
from einclusie_data.meeting.prepare import prepare
from einclusie_data.meeting.sections import Occasion
from einclusie_data.publishing.history import Point, cells_of, gap_lines
from einclusie_data.ui.changes.timeline import POINTS_SHOWN

DAY = date(2026, 11, 23)
QUARTER = timedelta(days=91)
QUESTION = Question(DAY, filters=Filters(types=PRESETS[DEFAULT_PRESET]))


def seconds(run: Callable[[], object]) -> float:
    """How long it takes, once."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def two_versions(size: int, areas: Areas) -> tuple[Dataset, Dataset]:
    """The workbook of the meeting before, and that of now."""
    rng, wijken = Random(size), list(areas.wijken["label"])
    rows = [random_row(rng, wijken, number) for number in range(1, size + 1)]
    later = edited(rows, rng, wijken, touched=False)
    old, new = (read_dataset(bytes_of(one), "aanbod.xlsx", areas) for one in (rows, later))
    return old, new


def measure(size: int, areas: Areas) -> None:
    """Print a line."""
    before, dataset = two_versions(size, areas)
    everywhere = scopes(dataset)
    for one in (dataset, before):
        one.reach(QUESTION.reach_m)
        _ = one.needs
    engine = min(seconds(lambda: answer_per_group(dataset, QUESTION).table) for _ in range(3))
    occasion = Occasion(
        dataset, QUESTION, EVERYONE, everywhere[CITY], DAY, (), everywhere, previous=DAY - QUARTER, before=before
    )
    prepared = prepare(occasion)  # what is loaded once, is loaded
    took = seconds(lambda: prepare(replace(occasion)))
    word = seconds(lambda: preparation_docx_bytes(occasion, prepared, {}, Colophon(dataset.name, [], "")))
    days = [DAY - QUARTER * place for place in range(POINTS_SHOWN)]
    points = []
    judged = seconds(lambda: points.extend(Point(str(day), day, cells_of(dataset, QUESTION, day)) for day in days))
    lines = seconds(lambda: gap_lines(points, dataset.groups, everywhere[CITY].codes))
    print(
        f"{size:>6} offers: engine {engine * 1000:>4.0f} ms; preparation {took:.2f} s ({took / engine:.0f} x), "
        f"Word {word:.2f} s; {POINTS_SHOWN} versions {judged:.2f} s ({judged / engine:.0f} x), "
        f"their lines {lines * 1000:.0f} ms",
        flush=True,
    )


def main() -> int:
    """Print the table."""
    argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0]).parse_args()
    areas = load_areas()
    for size in (1_000, 20_000):
        measure(size, areas)
    return 0


if __name__ == "__main__":
    sys.exit(main())
