"""The accounts in the store, and the code in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from einclusie_data.access import set_password, sign_in, sign_in_with_code, start_session
from einclusie_data.errors import AccessError
from einclusie_data.trekkers import LOG_WORDS, Desk, StoredTrekkers, desk, store_if_any

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
GOOD, OTHER = "drie gewone woorden", "heel andere woorden"
URL = "http://127.0.0.1:8501/beheer"


@pytest.fixture
def the_desk(tmp_path: Path) -> Iterator[Desk]:
    yield desk(str(tmp_path / "opslag"))
    desk.cache_clear()


def code_in(text: str) -> str:
    return next(line.strip() for line in text.splitlines() if line.startswith("    "))


def enter(the_desk: Desk, name: str, password: str) -> str:
    return sign_in(the_desk.book, the_desk.attempts, name, password, NOW).name


def test_nobody_makes_a_store_by_looking(tmp_path: Path):
    target = str(tmp_path / "opslag")
    assert store_if_any(target) is None
    assert not (tmp_path / "opslag").exists()
    desk(target)
    assert store_if_any(target) is desk(target).store


def test_the_code_is_announced_once_and_again_when_it_is_too_old(the_desk: Desk):
    first = the_desk.announcement(NOW, URL)
    assert URL in first
    assert "24 november 2026 om 15.05 uur" in first  # the clock of Antwerp
    assert the_desk.announcement(NOW, URL) == ""
    second = the_desk.announcement(NOW + timedelta(hours=25), URL)
    assert code_in(second) != code_in(first)


def test_the_first_trekker_comes_in_with_the_code_and_the_second_is_added(the_desk: Desk):
    code = code_in(the_desk.announcement(NOW, URL))
    session = sign_in_with_code(
        the_desk.book, the_desk.attempts, the_desk.codes, code, "An  Peeters", GOOD, NOW
    )  # fmt: skip
    assert session.name == "An Peeters"
    assert the_desk.announcement(NOW + timedelta(days=2), URL) == ""
    set_password(session, the_desk.book, "Bo", OTHER, NOW)
    assert enter(the_desk, "an peeters", GOOD) == "An Peeters"
    assert enter(the_desk, "Bo", OTHER) == "Bo"
    assert [(one.name, one.changed_by) for one in the_desk.store.trekkers.all()] == [
        ("An Peeters", "eenmalige code"),
        ("Bo", "An Peeters"),
    ]


def test_whoever_is_shut_out_comes_back_with_a_new_password(the_desk: Desk):
    session = start_session("An", NOW)
    set_password(session, the_desk.book, "Bo", GOOD, NOW)
    the_desk.store.trekkers.disable("Bo", "An")
    with pytest.raises(AccessError):
        enter(the_desk, "Bo", GOOD)
    assert the_desk.book.names() == ()
    set_password(session, the_desk.book, "BO", OTHER, NOW)
    assert enter(the_desk, "bo", OTHER) == "Bo"


def test_a_name_with_other_accents_does_not_come_in(the_desk: Desk):
    the_desk.book.put("Àn", "hash", "test")
    assert the_desk.book.get("An") is None
    assert the_desk.book.get("ÀN") == "hash"


def test_a_name_that_differs_in_accents_only_is_the_same_account(the_desk: Desk):
    the_desk.book.put("Àn", "eerste", "test")
    the_desk.book.put("An", "tweede", "test")
    assert the_desk.book.names() == ("Àn",)
    assert StoredTrekkers(the_desk.store).get("Àn") == "tweede"


def test_every_code_of_the_log_has_words():
    pages = Path(__file__).parent.parent / "einclusie_data"
    written = {
        line.partition('log.add("')[2].partition('"')[0]
        for file in [*pages.glob("*.py"), *(pages / "ui").glob("*.py")]
        for line in file.read_text("utf-8").splitlines()
        if 'log.add("' in line
    }
    assert written
    assert written <= set(LOG_WORDS)
