"""Processor seconds that a workbook takes to be checked and compared, at one size and at four times that size.

Per kind of workbook of `tests.big_workbooks`: the same kinds whose calls `tests/test_growth.py` counts. Fails when four
times the size takes more than five times as long (and more than a quarter of a second longer: less is noise).

    python -m benchmarks.growth [--kinds plain_offers list_values]
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date

from einclusie_data.changes.compare import changes_of
from einclusie_data.checking.workbook import check_workbook
from einclusie_data.city.areas import Areas, load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.errors import MissingSheetError
from einclusie_data.contract.questions import Question
from einclusie_data.contract.workbook import RawWorkbook
from einclusie_data.engine.dataset import Dataset
from tests import big_workbooks as big

ROUNDS, MOST, NOISE_S = 2, 5, 0.25
ALL = (
    {name: (make, 1_000) for name, make in (big.ROWS | big.VALUES).items()}
    | {name: (make, settings.MAX_COLUMNS // 4) for name, make in big.COLUMNS.items()}
    | {name: (make, settings.MAX_SHEETS // 4) for name, make in big.SHEETS.items()}
)


def seconds(raw: RawWorkbook, areas: Areas) -> float:
    """The best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        begin = time.process_time()
        try:
            dataset = Dataset(check_workbook(raw, areas), areas, "werkmap.xlsx")
            changes_of(dataset, dataset, Question(date(2026, 11, 23)))
        except MissingSheetError:  # a file that is refused took its time as well
            pass
        best = min(best, time.process_time() - begin)
    return best


def main() -> None:
    """Print one line per kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kinds", nargs="*", default=list(ALL))
    areas, slow = load_areas(), []
    seconds(big.plain_offers(3), areas)
    for name in parser.parse_args().kinds:
        make, size = ALL[name]
        small, large = (seconds(make(times * size), areas) for times in (1, 4))
        print(
            f"{name:32} {size:>5}: {small:6.2f} s   {4 * size:>5}: {large:6.2f} s   x {large / small:.1f}", flush=True
        )
        if large > MOST * small and large - small > NOISE_S:
            slow.append(name)
    if slow:
        sys.exit(f"grows faster than its size: {', '.join(slow)}")


if __name__ == "__main__":
    main()
