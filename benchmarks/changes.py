"""Seconds from an uploaded workbook to what it changes: read, check, compare; 1,000 and 20,000 rows.

The newer version is renumbered, sorted otherwise and edited: of every hundred rows one is new, one is gone, and five
have another cell. With `--touched` every row has another date in Laatst gecontroleerd, so that no row is the same.

    python -m benchmarks.changes [--rows 1000 20000] [--touched]
"""

from __future__ import annotations

import argparse
import random
import time
from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import Any

from openpyxl import Workbook

from einclusie_data.changes.compare import changes_of
from einclusie_data.checking.workbook import check_workbook
from einclusie_data.city.areas import Areas, load_areas
from einclusie_data.contract import codelists
from einclusie_data.contract.questions import Question
from einclusie_data.contract.schema import OFFERS
from einclusie_data.engine.dataset import Dataset
from einclusie_data.files.read.workbook import read_workbook

ROWS = (1_000, 20_000)
Row = dict[str, Any]
WORDS = ("Digipunt", "Computerles", "Digicafé", "Smartphone", "Oefenkans", "Internet", "Hulp", "Atelier", "Inloop")


def random_row(rng: random.Random, wijken: list[str], number: int) -> Row:
    """One offer, in as many columns as a real one."""
    street = rng.choice(("Abdijstraat", "Lange Beeldekensstraat", "Turnhoutsebaan", "Bredabaan", "Kerkstraat"))
    return {
        "number": number,
        "name": f"{rng.choice(WORDS)} {rng.choice(WORDS).lower()} {rng.choice(wijken)}",
        "organisations": f"Organisatie {rng.randrange(60)}",
        "types": "; ".join(rng.sample(codelists.TYPE.values, 2)),
        "groups": "; ".join(rng.sample(codelists.GROUP.values, 2)),
        "address": f"{street} {rng.randrange(1, 400)}",
        "wijken": rng.choice(wijken),
        "when": f"{rng.choice(('maandag', 'dinsdag', 'woensdag', 'donderdag'))} {rng.randrange(8, 18)} uur",
        "price": rng.choice(codelists.PRICE.values),
        "signup": rng.choice(codelists.SIGNUP.values),
        "valid_to": date(2027, rng.randrange(1, 13), rng.randrange(1, 28)),
        "checked": date(2026, rng.randrange(1, 10), rng.randrange(1, 28)),
        "website": f"https://www.example.org/{rng.randrange(2_000)}",
        "note": f"{rng.choice(WORDS)} {rng.randrange(9_999)}",
    }


def edited(rows: list[Row], rng: random.Random, wijken: list[str], *, touched: bool) -> list[Row]:
    """The next version of a sheet."""
    result: list[Row] = []
    for row in rows:
        draw = rng.random()
        if draw < 0.01:
            result.append(random_row(rng, wijken, 0))
        elif draw < 0.06:
            result.append(row | {rng.choice(("groups", "when", "note", "address")): rng.choice(codelists.GROUP.values)})
        else:
            result.append(row)
    rng.shuffle(result)
    checked = {"checked": date(2026, 11, 1)} if touched else {}
    return [row | {"number": number} | checked for number, row in enumerate(result, start=1)]


def bytes_of(rows: list[Row]) -> bytes:
    """A workbook with these offers."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(OFFERS.name)
    sheet.append([OFFERS.column(key).header for key in rows[0]])
    for row in rows:
        sheet.append(list(row.values()))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def measure(size: int, areas: Areas, *, touched: bool) -> str:
    """One line: seconds of each step."""
    rng, wijken = random.Random(size), list(areas.wijken["label"])
    rows = [random_row(rng, wijken, number) for number in range(1, size + 1)]
    old = Dataset(check_workbook(read_workbook(bytes_of(rows), "oud.xlsx"), areas), areas, "oud.xlsx")
    content = bytes_of(edited(rows, rng, wijken, touched=touched))
    moments = [time.perf_counter()]
    raw = read_workbook(content, "nieuw.xlsx")
    moments.append(time.perf_counter())
    new = Dataset(check_workbook(raw, areas), areas, "nieuw.xlsx")
    moments.append(time.perf_counter())
    found = changes_of(old, new, Question(date(2026, 11, 23)))
    moments.append(time.perf_counter())
    read_s, check_s, compare_s = (later - earlier for earlier, later in pairwise(moments))
    offers = found.offers
    return (
        f"{size:>7} rows: read {read_s:.2f} s, check {check_s:.2f} s, compare {compare_s:.2f} s, "
        f"together {moments[-1] - moments[0]:.2f} s; {len(offers.added)} added, {len(offers.removed)} removed, "
        f"{offers.changed_rows} changed"
    )


def main() -> None:
    """Print one line per size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="*", default=ROWS)
    parser.add_argument("--touched", action="store_true")
    options = parser.parse_args()
    areas = load_areas()
    for size in options.rows:
        print(measure(size, areas, touched=options.touched), flush=True)


if __name__ == "__main__":
    main()
