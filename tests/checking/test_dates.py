"""Dates as people write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einclusie_data.checking.values.dates import EXCEL_EPOCH, DateReading, Edge, read_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        ("2026-03-01 14:00", date(2026, 3, 1)),
        ("2026-03-01T14:00:00Z", date(2026, 3, 1)),
        ("2026/3/1", date(2026, 3, 1)),
        ("1/9/2026", date(2026, 9, 1)),
        ("01-09-2026", date(2026, 9, 1)),
        ("1.9.26", date(2026, 9, 1)),
        ("1/9/2026 10:30", date(2026, 9, 1)),
        ("2/3/1998", date(1998, 3, 2)),
        ("2/3/98", date(1998, 3, 2)),
        ("12 maart 2024", date(2024, 3, 12)),
        ("12 Maart '24", date(2024, 3, 12)),
        ("12-mrt-2024", date(2024, 3, 12)),
        ("woensdag 5 feb. 2025", date(2025, 2, 5)),
        ("Woensdag, 5 februari 2025", date(2025, 2, 5)),
        ("wo 5 feb 2025", date(2025, 2, 5)),
        ("1ste augustus 2025", date(2025, 8, 1)),
        ("vanaf 1/9/2025", date(2025, 9, 1)),
        ("t.e.m. 30/6/2026", date(2026, 6, 30)),
        ("45000", date(2023, 3, 15)),
        ("45000.75", date(2023, 3, 15)),
        ("20250205", date(2025, 2, 5)),
        ("29/02/2024", date(2024, 2, 29)),
    ],
)
def test_whole_dates(text: str, day: date) -> None:
    assert read_date(text) == DateReading(day)
    assert read_date(text, Edge.LAST) == DateReading(day)


@pytest.mark.parametrize(
    ("text", "first", "last", "period"),
    [
        ("maart 2024", date(2024, 3, 1), date(2024, 3, 31), "maand"),
        ("feb. 2024", date(2024, 2, 1), date(2024, 2, 29), "maand"),
        ("02/2023", date(2023, 2, 1), date(2023, 2, 28), "maand"),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31), "maand"),
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "jaar"),
    ],
)
def test_a_month_or_a_year_alone_is_its_first_or_last_day(text: str, first: date, last: date, period: str) -> None:
    assert read_date(text, Edge.FIRST) == DateReading(first, period)
    assert read_date(text, Edge.LAST) == DateReading(last, period)


@pytest.mark.parametrize(
    "text",
    ["31/02/2025", "29/02/2023", "2/25/2025", "0/1/2025", "1/0/2025", "13/2025", "2025-13-01", "5 feb", "maart",
     "heden", "?", "voorjaar 2024", "1/9/2025 - 30/6/2026", "99999", "12345", "1/1/1823", "12 foo 2024", "x" * 500],
)  # fmt: skip
def test_what_is_no_date_stays_unknown(text: str) -> None:
    assert read_date(text).day is None


@given(
    st.dates(date(1960, 1, 1), date(2099, 12, 31)), st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"])
)
def test_every_day_comes_back_day_before_month(day: date, form: str) -> None:
    assert read_date(day.strftime(form)).day == day


@given(st.integers(20_000, 73_050))
def test_excel_serial_numbers(serial: int) -> None:
    assert read_date(str(serial)).day == EXCEL_EPOCH + timedelta(days=serial)


@given(st.text(max_size=40))
def test_any_text_gives_an_answer(text: str) -> None:
    assert read_date(text).period in ("", "maand", "jaar")
