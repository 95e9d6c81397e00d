"""The work that a workbook gives grows with its size, not with the square of it: counted, without a clock."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from cProfile import Profile
from datetime import date
from functools import partial
from typing import Any

import pytest

from einclusie_data.changes import matching
from einclusie_data.changes.compare import changes_of
from einclusie_data.checking import duplicates
from einclusie_data.checking.header_matches import unmatched_columns, unmatched_headers
from einclusie_data.checking.workbook import check_workbook
from einclusie_data.contract import settings, text
from einclusie_data.contract.errors import MissingSheetError
from einclusie_data.contract.questions import Question
from einclusie_data.contract.workbook import RawWorkbook
from einclusie_data.engine.dataset import Dataset
from einclusie_data.files.repair.workbook import plan_of
from tests import big_workbooks as big
from tests.sheets import city, offer, offers_sheet

MOST = 5
"""Four times the size may give this many times the work."""
DAY = date(2026, 11, 23)


class Count:
    """Counts calls of functions, those of the library in C too, and the texts that it compares within one call."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls = 0
        for module in (text, duplicates, matching):
            monkeypatch.setattr(module, "process", self)

    def extractOne(self, word: str, choices: Any, **more: Any) -> Any:  # noqa: N802 - rapidfuzz' name
        self.calls += len(choices)
        return _PROCESS.extractOne(word, choices, **more)

    def cpdist(self, first: Any, second: Any, **more: Any) -> Any:
        self.calls += len(first)
        return _PROCESS.cpdist(first, second, **more)

    def of(self, work: Callable[[], object]) -> int:
        self.calls = 0
        profile = Profile()
        profile.runcall(work)
        return self.calls + sum(entry.callcount for entry in profile.getstats())


_PROCESS = text.process


def everything(raw: RawWorkbook) -> None:
    """What happens to an uploaded workbook: checked, compared with itself, and what a page of the report asks."""
    try:
        dataset = Dataset(check_workbook(raw, city()), city(), "werkmap.xlsx")
    except MissingSheetError:
        unmatched_headers(raw)
        return
    changes_of(dataset, dataset, Question(DAY))
    unmatched_columns(dataset.workbook)
    plan_of(dataset.workbook)


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Count:
    everything(big.plain_offers(3))  # what is made once
    return Count(monkeypatch)


@pytest.mark.parametrize("kind", [*big.ROWS, *big.VALUES])
def test_four_times_the_rows_or_values_is_no_more_than_five_times_the_work(kind: str, count: Count):
    small, large = (count.of(partial(everything, (big.ROWS | big.VALUES)[kind](size))) for size in (1_000, 4_000))
    assert large <= MOST * small


@pytest.mark.parametrize("kind", big.COLUMNS)
def test_so_it_is_for_columns(kind: str, count: Count):
    most = settings.MAX_COLUMNS
    small, large = (count.of(partial(everything, big.COLUMNS[kind](size))) for size in (most // 4, most))
    assert large <= MOST * small


@pytest.mark.parametrize("kind", big.SHEETS)
def test_so_it_is_for_sheets(kind: str, count: Count):
    sizes = (settings.MAX_SHEETS // 30, 4 * settings.MAX_SHEETS // 30)
    small, large = (count.of(partial(everything, big.SHEETS[kind](size))) for size in sizes)
    assert large <= MOST * small


def test_looking_for_headers_asks_a_few_calls_per_cell(count: Count):
    """A refused file: its header row is sought in every sheet twice, for the message and to match by hand."""
    sheets = 3
    cells = sheets * 30 * settings.MAX_COLUMNS
    raw = big.SHEETS["refused sheets of offers"](sheets)
    assert count.of(lambda: everything(raw)) < 250 * cells


def test_a_misspelt_area_is_compared_with_a_few_of_very_many(count: Count):
    raw = big.used_areas(4_000)
    assert count.of(lambda: check_workbook(raw, city())) < 4_000 * 1_500


def test_a_change_of_everything_is_matched_without_trying_all_pairs(count: Count):
    def work(size: int) -> Callable[[], object]:
        old, new = (
            Dataset(check_workbook(make(size), city()), city(), "werkmap.xlsx")
            for make in (big.like_offers, big.numbered_offers)
        )
        return lambda: changes_of(old, new, Question(DAY))

    small, large = (count.of(work(size)) for size in (1_000, 4_000))
    assert large <= MOST * small


@pytest.mark.parametrize("stuff", big.STUFF)
def test_a_long_text_does_not_take_the_square_of_its_length(stuff: str):
    """In C a regular expression makes no calls: here a clock, of the processor, with much room: the square is 16."""

    def seconds(characters: int) -> float:
        long = (big.STUFF[stuff] * characters)[:characters]
        raw = big.RawWorkbook((offers_sheet({**offer(), **dict.fromkeys(big.TEXT_HEADERS, long)}),))
        begin = time.process_time()
        everything(raw)
        return time.process_time() - begin

    small, large = (min(seconds(size) for _ in range(2)) for size in (4_000, 16_000))
    assert large <= 9 * small + 0.5


def test_of_very_many_keys_the_closest_is_found_from_either_end():
    words = text.ClosestKeys(f"gebied{number:05}{'abc'[number % 3]}" for number in range(20_000))
    assert words.of("gebeid00777a") == "gebied00777a"
    assert words.of("gebied00777") in {"gebied00777a"}
    assert words.of("xgebied12345a") == "gebied12345a"
    assert words.of("iets anders") is None


def test_the_kinds_of_workbooks_do_what_they_say():
    """They would show nothing if their sheets were not understood."""
    for name, make in big.ROWS.items():
        workbook = check_workbook(make(8), city())
        known = [report.name for report in workbook.reports]
        assert known, name
        assert not re.search("Kopregel", " ".join(problem.message for problem in workbook.problems)), name
    assert matching.FEW < 4_000
