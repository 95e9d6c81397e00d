"""How long it takes to read a workbook: 31 columns; 1,000, 20,000 and 100,000 rows.

python -m benchmarks.reading
"""

from __future__ import annotations

import argparse
import time
from io import BytesIO

from openpyxl import Workbook

from einclusie_data.contract import settings
from einclusie_data.contract.schema import OFFERS
from einclusie_data.files.read.workbook import read_workbook

ROWS = (1_000, 20_000, 100_000)


def workbook_of(rows: int) -> bytes:
    """A sheet Aanbod whose cells are all filled, half of them with texts that differ per row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(OFFERS.name)
    headers = list(OFFERS.headers.values())
    sheet.append(headers)
    for row in range(rows):
        sheet.append([f"{header} {row}" if place % 2 else header for place, header in enumerate(headers)])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def main() -> None:
    """Print one line per size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="*", default=ROWS)
    for rows in parser.parse_args().rows:
        content = workbook_of(rows)
        start = time.perf_counter()
        sheet = read_workbook(content, "meting.xlsx").sheets[0]
        seconds = time.perf_counter() - start
        assert len(sheet.rows) == rows + 1
        print(f"{rows:>8} rows x {len(OFFERS.columns)} columns, {len(content) / 1e6:5.1f} MB: {seconds:6.2f} s "
              f"(limit {settings.READ_SECONDS} s)")  # fmt: skip


if __name__ == "__main__":
    main()
