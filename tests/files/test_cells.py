"""Writing cells that are safe to open."""

from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from einclusie_data.files.read.worker import read_content
from einclusie_data.files.write.cells import safe_text, write_date, write_text, write_value

moment = dt.datetime.fromisoformat
DANGEROUS = ["=1+1", "+32 3 000 00 00", "-5", "@SUM(A1)", "\t=1+1", "\r=1+1", " =1+1", "\x00=1+1", '=HYPERLINK("x")']


def saved(value: Any, write: Any = write_value) -> tuple[Any, str]:
    """The cell after a round trip through a file, and the XML of its sheet."""
    book = Workbook()
    write(book.active["A1"], value)
    buffer = BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    return load_workbook(buffer).active["A1"], xml


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_could_be_a_formula_stays_text(text: str) -> None:
    cell, xml = saved(text, write_text)
    assert "<f>" not in xml
    assert cell.data_type == "s"
    assert cell.value == text.strip().lstrip("\x00")
    assert cell.quotePrefix


def test_ordinary_text_has_no_mark() -> None:
    cell, _ = saved("Digipunt", write_text)
    assert (cell.value, cell.quotePrefix) == ("Digipunt", False)


def test_control_characters_and_length() -> None:
    assert saved("a\x07b\r\nc")[0].value == "ab\nc"
    assert len(saved("x" * 40_000)[0].value) == 32_767


def test_error_words_and_numbers_in_text_stay_text() -> None:
    for text in ("#N/A", "007", "TRUE", "2026-03-01"):
        cell, _ = saved(text)
        assert (cell.data_type, cell.value) == ("s", text)


def test_style_of_the_cell_is_kept() -> None:
    book = Workbook()
    cell = book.active["A1"]
    cell.font = Font(bold=True)
    write_text(cell, "=1")
    assert cell.font.bold


def test_dates_are_belgian_dates() -> None:
    cell, _ = saved(dt.date(2026, 3, 1), write_date)
    assert (cell.value, cell.number_format) == (moment("2026-03-01"), "dd/mm/yyyy")
    cell, _ = saved(pd.Timestamp("2026-03-01 14:05"))
    assert (cell.value, cell.number_format) == (moment("2026-03-01T14:05"), "dd/mm/yyyy hh:mm")


def test_moments_with_a_time_zone_are_written_as_they_read() -> None:
    cell, _ = saved(pd.Timestamp("2026-03-01 14:05", tz="Europe/Brussels"))
    assert cell.value == moment("2026-03-01T14:05")


@pytest.mark.parametrize("value", [None, "", float("nan"), np.nan, pd.NA, pd.NaT, float("inf"), "\x07", ()])
def test_nothing_is_an_empty_cell(value: Any) -> None:
    assert saved(value)[0].value is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [(3, 3), (0.25, 0.25), (np.int64(3), 3), (np.float64(0.5), 0.5), (True, True), (np.bool_(False), False)],
)
def test_numbers_stay_numbers(value: Any, expected: Any) -> None:
    assert saved(value)[0].value == expected


def test_several_values_in_a_cell() -> None:
    assert saved(("Ouderen", "Iedereen"))[0].value == "Ouderen; Iedereen"
    assert saved(("=1", "b"))[0].data_type == "s"


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_in_a_csv_cannot_start_a_formula(text: str) -> None:
    assert safe_text(text).startswith("'")


def test_our_reader_takes_the_apostrophe_away_again() -> None:
    content = f"Naam;Tel\n{safe_text('=1+1')};{safe_text('+32 3')}\n's avonds;x".encode()
    assert read_content(content).sheets[0].rows[1:] == (("=1+1", "+32 3"), ("'s avonds", "x"))


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(), max_size=20))
def test_any_text_can_be_written_and_is_no_formula(text: str) -> None:
    cell, xml = saved(text)
    assert "<f>" not in xml
    assert cell.data_type in ("s", "n")
