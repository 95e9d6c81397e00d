"""Long work beside a page: it shows where it is, stops when someone asks, and by itself."""

from __future__ import annotations

import time
from typing import Any

import pytest

from einclusie_data.checking.workbook import check_workbook
from einclusie_data.contract import deadline, settings
from einclusie_data.publishing.draft import match_column, put_point, read_draft
from einclusie_data.publishing.knowledge import Knowledge
from einclusie_data.ui.frame import job
from einclusie_data.ui.frame.job import Job
from einclusie_data.ui.manage import upload
from tests import big_workbooks as big
from tests.sheets import city
from tests.xlsx import workbook_bytes


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A session of a visitor."""
    city()
    session: dict[str, Any] = {}
    monkeypatch.setattr(job.st, "session_state", session)
    return session


def endless(_: Job) -> None:
    for _item in deadline.watched(iter(int, 1)):
        pass


def test_stopping_ends_the_checks_of_a_workbook(state: dict[str, Any]):
    """Its header rows alone took 20 seconds of a processor, whatever anyone clicked."""
    raw = big.SHEETS["refused sheets of offers"](settings.MAX_SHEETS)
    job.start("nakijken", lambda _: check_workbook(raw, city()), lambda _: None)
    running = state["taak"]
    time.sleep(0.3)
    assert not running.over()
    job.stop()
    assert not job.running()
    before = time.process_time()
    assert running.over(30)
    assert time.process_time() - before < 2


def test_it_stops_by_itself_and_says_what_to_do(state: dict[str, Any]):
    job.start("nakijken", endless, lambda _: None, seconds=0.2)
    assert state["taak"].over(30)
    assert job.take_result() == deadline.TOO_LONG
    assert job.take_result() == ""


def test_other_work_stops_when_the_page_forgets_it(state: dict[str, Any]):
    job.start("nakijken", endless, lambda _: None)
    forgotten = state["taak"]
    job.start("opnieuw", lambda _: 1, lambda _: None)
    assert forgotten.over(30)


def test_work_that_keeps_what_it_did_stops_asking_first_and_then_altogether(state: dict[str, Any]):
    def ask_then_check(running: Job) -> None:
        while not running.cancelled():
            time.sleep(0.01)
        endless(running)

    job.start("adressen", ask_then_check, lambda _: None, keeps=True)
    asking = state["taak"]
    job.stop()
    assert job.running()
    assert not asking.over(0.3)
    job.stop()
    assert not job.running()
    assert asking.over(30)


def test_what_later_work_waits_for_stops_with_it(state: dict[str, Any]):
    job.start("nakijken", endless, lambda _: None)
    first = state["taak"]
    job.start("koppelen", lambda _: first.result(), lambda _: None, goes_on=True)
    second = state["taak"]
    job.stop()
    assert second.over(30)
    assert first.over(30)


def test_every_step_of_a_draft_has_its_seconds(state: dict[str, Any], monkeypatch: pytest.MonkeyPatch):
    """Whatever a trekker does with a workbook: read, matched, placed, refreshed, looked up."""
    monkeypatch.setattr(settings, "CHECK_SECONDS", 0.0)
    monkeypatch.setattr(upload, "_shown_now", lambda: (None, None))
    content = workbook_bytes({"Aanbod": [["Naam aanbod", "Organisatie", "Zus"], ["Les", "Atlas", "x"]]})
    draft = read_draft(content, "aanbod.xlsx", city(), Knowledge())
    steps = (
        lambda: read_draft(content, "aanbod.xlsx", city(), Knowledge()),
        lambda: match_column(draft, city(), ("offers", "zus"), "groups"),
        lambda: put_point(draft, city(), "aanbod|les", None),
    )
    for step in steps:
        upload._start("nakijken", step)
        assert state["taak"].over(60)
        assert job.take_result() == deadline.TOO_LONG
