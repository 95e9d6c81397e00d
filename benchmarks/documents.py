"""Seconds of the printed documents on the starter workbook: one wijkfiche, the booklet of all wijken, the overview.

Fails when one wijkfiche takes 2 s or more, everything but reading the workbook included, or when the booklet misses a
wijk. Each inhabited wijk is also made on its own.

    python -m benchmarks.documents
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from datetime import date

from pypdf import PdfReader

from einclusie_data.answers.scopes import CITY, scopes, wijk_scope
from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.codelists import DEFAULT_PRESET, PRESETS
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.engine.dataset import load_dataset
from einclusie_data.output.paper.material import Material, Origin
from einclusie_data.output.paper.paper import shapes_of
from einclusie_data.output.paper.sheet import booklet_pdf, overview_pdf, sheet_pdf

MOST_S = 2.0
DAY = date(2026, 11, 23)


def timed(make: Callable[[], bytes]) -> tuple[float, bytes]:
    """Seconds that it takes, and the document."""
    start = time.perf_counter()
    content = make()
    return time.perf_counter() - start, content


def pages(content: bytes) -> int:
    """How many pages a document has."""
    return len(PdfReader(io.BytesIO(content)).pages)


def main() -> int:
    """Print a line per document."""
    dataset = load_dataset(settings.STARTER_WORKBOOK, load_areas())
    question = Question(DAY, filters=Filters(types=PRESETS[DEFAULT_PRESET]))

    def material() -> Material:
        return Material(dataset, question, Origin(DAY, dataset.name))

    wijken = dataset.areas.wijken
    codes = list(wijken.index[wijken["inhabited"]])
    shapes_of.cache_clear()
    first, content = timed(lambda: sheet_pdf(material(), wijk_scope(dataset.areas, codes[0])))
    print(f"first wijkfiche, nothing computed before: {first:.2f} s, {pages(content)} pages")
    kept = material()
    each = [timed(lambda code=code: sheet_pdf(kept, wijk_scope(dataset.areas, code)))[0] for code in codes]  # type: ignore[misc]
    print(f"{len(each)} wijkfiches one by one: {sum(each):.2f} s, slowest {max(each):.2f} s")
    city = scopes(dataset)[CITY]
    took, content = timed(lambda: booklet_pdf(material(), city))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages[:5])
    missed = [label for label in wijken.loc[codes, "label"] if label not in text]
    print(f"booklet of {len(codes)} wijken: {took:.2f} s, {pages(content)} pages, {len(content) / 1e6:.1f} MB")
    took, content = timed(lambda: overview_pdf(material(), city))
    print(f"overview of the city: {took:.2f} s, {pages(content)} pages")
    return int(max(first, *each) >= MOST_S or bool(missed))


if __name__ == "__main__":
    sys.exit(main())
