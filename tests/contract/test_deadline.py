"""Work on a workbook stops when someone asks, and by itself."""

from __future__ import annotations

import threading
import time
from datetime import date

import pytest

from einclusie_data.changes.compare import changes_of
from einclusie_data.checking.header_matches import unmatched_headers
from einclusie_data.checking.workbook import check_workbook
from einclusie_data.contract import deadline
from einclusie_data.contract.errors import DataFileError, OversizedFileError, StoppedError
from einclusie_data.contract.questions import Question
from einclusie_data.engine.dataset import Dataset
from tests import big_workbooks as big
from tests.sheets import city


def test_without_a_limit_work_goes_on():
    deadline.check()
    assert list(deadline.watched([1, 2])) == [1, 2]


def test_someone_stops_it():
    stop = threading.Event()
    with deadline.within(60, stop.is_set):
        deadline.check()
        items = deadline.watched([1, 2])
        assert next(items) == 1
        stop.set()
        with pytest.raises(StoppedError):
            next(items)
        with pytest.raises(StoppedError):
            deadline.check()
    deadline.check()


def test_it_stops_by_itself_after_so_much_work_not_after_so_much_waiting():
    with deadline.within(0.05, lambda: False):
        time.sleep(0.1)
        deadline.check()
        with pytest.raises(OversizedFileError, match="duurde te lang"):
            for _ in deadline.watched(iter(int, 1)):
                pass
    deadline.check()


def test_a_limit_is_of_one_thread():
    seen: list[int] = []
    with deadline.within(60, lambda: True):
        other = threading.Thread(target=lambda: seen.extend(deadline.watched([1])))
        other.start()
        other.join()
    assert seen == [1]


def checks_of(work) -> int:
    """How often some work asks whether it may go on."""
    asked = 0

    def stopped() -> bool:
        nonlocal asked
        asked += 1
        return False

    with deadline.within(600, stopped):
        try:
            work()
        except DataFileError:
            assert asked
    return asked


SIZE = 300


@pytest.mark.parametrize("kind", [*big.ROWS, *big.VALUES])
def test_every_row_and_value_that_is_checked_asks(kind: str):
    raw = (big.ROWS | big.VALUES)[kind](SIZE)
    at_least = 5 if kind in big.FEW_TEXTS else SIZE // 2
    assert checks_of(lambda: check_workbook(raw, city())) >= at_least


@pytest.mark.parametrize("kind", big.SHEETS)
def test_every_row_that_may_hold_headers_asks(kind: str):
    raw = big.SHEETS[kind](4)
    search = unmatched_headers if kind.startswith("refused") else lambda raw: check_workbook(raw, city())
    assert checks_of(lambda: search(raw)) >= 2 * 30


def test_every_row_that_is_compared_asks():
    old, new = (
        Dataset(check_workbook(make(SIZE), city()), city(), "werkmap.xlsx")
        for make in (big.like_offers, big.numbered_offers)
    )
    assert checks_of(lambda: changes_of(old, new, Question(date(2026, 11, 23)))) >= 3 * SIZE


@pytest.mark.parametrize("kind", ["wrong_offers", "used_areas", "long_names"])
def test_stopping_at_any_moment_stops_everything(kind: str):
    """Wherever it is, the next question ends it: no part catches the answer and goes on."""
    raw = big.ROWS[kind](40)
    total = checks_of(lambda: check_workbook(raw, city()))
    for moment in range(0, total, max(total // 25, 1)):
        left = moment

        def stopped() -> bool:
            nonlocal left
            left -= 1
            return left < 0

        with deadline.within(60, stopped), pytest.raises(StoppedError):
            check_workbook(raw, city())
        assert left == -1
