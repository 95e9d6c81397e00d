"""The accounts in the store, and the code in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from einclusie_data.contract.errors import AccessError, StoreError
from einclusie_data.store.access.desk import LOG_WORDS, Desk, desk, give_password, store_if_any
from einclusie_data.store.access.guard import add_trekker, renew_password, sign_in, sign_in_with_code, start_session
from einclusie_data.store.store import open_store

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
    add_trekker(session, the_desk.book, "Bo", OTHER, NOW)
    assert enter(the_desk, "an peeters", GOOD) == "An Peeters"
    assert enter(the_desk, "Bo", OTHER) == "Bo"
    assert [(one.name, one.changed_by) for one in the_desk.store.trekkers.all()] == [
        ("An Peeters", "eenmalige code"),
        ("Bo", "An Peeters"),
    ]


def test_whoever_is_shut_out_comes_back_with_a_new_password(the_desk: Desk):
    session = start_session("An", NOW)
    add_trekker(session, the_desk.book, "Bo", GOOD, NOW)
    the_desk.store.trekkers.disable("Bo", "An")
    with pytest.raises(AccessError):
        enter(the_desk, "Bo", GOOD)
    assert the_desk.book.names() == ()
    renew_password(session, the_desk.book, "BO", OTHER, NOW)
    assert enter(the_desk, "bo", OTHER) == "Bo"


LOOK_ALIKES = ("Àn-Peeters", "AN PEETERS", "An.Peeters", " án   peeters ")


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_adding_a_name_that_looks_like_another_takes_nothing_over(the_desk: Desk, name: str):
    session = start_session("Bo", NOW)
    add_trekker(session, the_desk.book, "An Peeters", GOOD, NOW)
    with pytest.raises(StoreError, match=r"Er is al een trekker die zo heet: An Peeters\. Er is niets gewijzigd\."):
        add_trekker(session, the_desk.book, name, OTHER, NOW)
    assert the_desk.book.names() == ("An Peeters",)
    assert enter(the_desk, "An Peeters", GOOD) == "An Peeters"
    with pytest.raises(AccessError):
        enter(the_desk, name, OTHER)


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_signing_in_and_the_store_have_one_notion_of_the_same_name(the_desk: Desk, name: str):
    add_trekker(start_session("Bo", NOW), the_desk.book, "An Peeters", GOOD, NOW)
    assert the_desk.book.known_as(name) == "An Peeters"
    assert enter(the_desk, name, GOOD) == "An Peeters"


def test_someone_who_was_shut_out_is_not_taken_over_by_adding(the_desk: Desk):
    session = start_session("An", NOW)
    add_trekker(session, the_desk.book, "Bo", GOOD, NOW)
    the_desk.store.trekkers.disable("Bo", "An")
    with pytest.raises(StoreError, match="Er is al een trekker die zo heet"):
        add_trekker(session, the_desk.book, "bo", OTHER, NOW)
    assert the_desk.book.names() == ()


def test_renewing_a_password_makes_no_new_trekker(the_desk: Desk):
    session = start_session("An", NOW)
    add_trekker(session, the_desk.book, "Bea Tweede", GOOD, NOW)
    with pytest.raises(StoreError, match="geen trekker met die naam"):
        renew_password(session, the_desk.book, "Bea Tweedee", OTHER, NOW)
    assert the_desk.book.names() == ("Bea Tweede",)


def test_the_command_says_whether_someone_is_new(tmp_path: Path):
    target = str(tmp_path / "opslag")
    assert "An Peeters is een nieuwe trekker" in give_password(target, "An Peeters", GOOD)
    assert "An Peeters heeft een nieuw wachtwoord" in give_password(target, "an peeters", OTHER)
    assert "Andere trekkers: An Peeters." in give_password(target, "An Petersen", GOOD)
    with pytest.raises(AccessError, match="Typ de naam zoals ze bewaard is: An Peeters"):
        give_password(target, "Àn-Peeters", GOOD)
    with open_store(target) as store:
        assert [one.name for one in store.trekkers.all()] == ["An Peeters", "An Petersen"]


def test_every_code_of_the_log_has_words():
    pages = Path(__file__).parents[2] / "einclusie_data"
    written = {
        line.partition('log.add("')[2].partition('"')[0]
        for file in pages.rglob("*.py")
        for line in file.read_text("utf-8").splitlines()
        if 'log.add("' in line
    }
    assert written
    assert written <= set(LOG_WORDS)
