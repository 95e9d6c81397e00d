"""The raw public sources behind the starter workbook: their rows, and the dates that they give."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TypeVar

from einclusie_data.city.provenance import by_id, read_sources
from einclusie_data.contract.errors import ReferenceDataError

Key = TypeVar("Key")
Value = TypeVar("Value")
Row = dict[str, str | float | date]
"""A row of the starter workbook: key of the contract's column -> value; what is not there is an empty cell."""

OFFERS_ID, WIFI_ID, METHODS_ID, POSTCODES_ID = "aanbod", "wifi", "methodieken", "postcodes"
"""Ids in `bronnen/bronnen.json`."""

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)")


def read_source(folder: Path, source_id: str) -> list[dict[str, str]]:
    """The rows of a raw CSV source, header -> text, as published.

    Parameters
    ----------
    folder : Path
        The data folder.
    source_id : str

    Raises
    ------
    ReferenceDataError
        The source is not described, or its file is missing.
    """
    path = by_id(read_sources(folder), source_id).path
    try:
        text = (folder / path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ReferenceDataError(f"{path} ontbreekt of is niet leesbaar") from error
    return list(csv.DictReader(StringIO(text)))


def source_date(text: str) -> date | None:
    """The date that a source has; None when even its year is unknown.

    Only a year or a month known: its first day, so that the row counts as old rather than as fresh.

    Examples
    --------
    >>> source_date("2021-02"), source_date("2024 (een jaar na pop-ups)"), source_date("onbekend jaar (10-23 juni)")
    (datetime.date(2021, 2, 1), datetime.date(2024, 1, 1), None)
    """
    found = _DATE.match(text)
    return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)) if found else None


def mapped(table: Mapping[Key, Value], text: Key, column: str) -> Value:
    """What the table says about a text of a source.

    Raises
    ------
    ReferenceDataError
        The source says something that nobody has judged yet.
    """
    if text not in table:
        raise ReferenceDataError(f"In de kolom {column} staat een nieuwe waarde: {text!r}. Vul de regels aan.")
    return table[text]


def degrees(text: str) -> float | None:
    """A coordinate as published; None when there is none."""
    return float(text) if text else None


def filled(row: Mapping[str, str | float | date | None]) -> Row:
    """The row without its empty cells."""
    return {key: value for key, value in row.items() if value is not None and value != ""}


def joined(values: tuple[str, ...]) -> str:
    """Several values in one cell."""
    return "; ".join(values)
