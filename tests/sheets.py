"""Workbooks as text, written as tests want to read them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from einclusie_data.checking.workbook import check_workbook
from einclusie_data.city.areas import Areas, load_areas
from einclusie_data.contract.errors import Problem
from einclusie_data.contract.workbook import RawSheet, RawWorkbook, Workbook


@lru_cache(maxsize=1)
def city() -> Areas:
    """The real city, loaded once for all tests."""
    return load_areas()


def raw_sheet(name: str, rows: Sequence[Sequence[str]], **details: Any) -> RawSheet:
    """A sheet whose first row is Excel row 1; wholly empty rows are dropped, as the reader does."""
    width = max((len(row) for row in rows), default=0)
    kept = [(number, (*row, *[""] * (width - len(row)))) for number, row in enumerate(rows, start=1) if any(row)]
    return RawSheet(name, tuple(number for number, _ in kept), tuple(tuple(row) for _, row in kept), **details)


def sheet_of(name: str, *records: dict[str, str], **details: Any) -> RawSheet:
    """A sheet with one header per key of the records."""
    headers = list(dict.fromkeys(key for record in records for key in record))
    return raw_sheet(
        name, [headers, *([record.get(header, "") for header in headers] for record in records)], **details
    )


def offer(**cells: str) -> dict[str, str]:
    """A complete row of Aanbod; keyword `Naam_aanbod` stands for the header "Naam aanbod"."""
    return {"Naam aanbod": "Digipunt", "Organisatie": "Atlas"} | {
        key.replace("_", " "): text for key, text in cells.items()
    }


def offers_sheet(*records: dict[str, str], **details: Any) -> RawSheet:
    """The sheet Aanbod; the first record is in Excel row 2."""
    return sheet_of("Aanbod", *(records or (offer(),)), **details)


def checked(*sheets: RawSheet, areas: Areas | None = None) -> Workbook:
    """The workbook of these sheets, checked against the real city; a sheet Aanbod is added when there is none."""
    if not any(sheet.name == "Aanbod" for sheet in sheets):
        sheets = (offers_sheet(), *sheets)
    return check_workbook(RawWorkbook(tuple(sheets)), areas or city())


def checked_offer(*, areas: Areas | None = None, **cells: str) -> tuple[Any, list[Problem]]:
    """The one clean row (None when it was left out) and the problems of a workbook with one offer."""
    workbook = checked(offers_sheet(offer(**cells)), areas=areas)
    row = workbook.offers.iloc[0] if len(workbook.offers) else None
    return row, list(workbook.problems)


def codes(problems: Sequence[Problem]) -> list[str]:
    """Codes of the problems, in order."""
    return [problem.code for problem in problems]
