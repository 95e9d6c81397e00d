"""The page Beheer for those who sign in through a provider, without a browser: not for ever, and back in one click.

What goes over the network is in `browser/test_sign_in_provider.py`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from einclusie_data.contract import settings
from einclusie_data.store.access.desk import Desk, desk
from einclusie_data.ui.frame import account
from tests.ui.test_page_beheer import FILE, press, shown

AN = {"is_logged_in": True, "email": "an@example.org", "email_verified": True}
BUTTON = "aanmelden_aanbieder"
TOO_OLD = "Je aanmelding is te oud. Meld je opnieuw aan."


@pytest.fixture(autouse=True)
def the_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(settings, "STORE", str(tmp_path / "opslag"))
    monkeypatch.setattr(settings, "TREKKERS", ("An Peeters <an@example.org>",))
    made = desk(settings.STORE)
    made.book.add("Bo", "geen hash", "test")  # so that nobody is asked for the one-time code
    yield made
    desk.cache_clear()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where people were sent: to the provider to sign in or out."""
    found: list[str] = []
    monkeypatch.setattr(st, "login", lambda: found.append("login"))
    monkeypatch.setattr(st, "logout", lambda: found.append("logout"))
    return found


def visit(*, hours_ago: float = 0.0, file: str = FILE, **claims: Any) -> AppTest:
    """A new visit of someone whom the provider knows."""
    app = AppTest.from_file(str(Path(settings.PROJECT_FOLDER) / "dashboard.py"), default_timeout=60)
    if file != "dashboard.py":
        app.switch_page(file)
    app.secrets["auth"] = {"client_id": "x"}
    app.user = AN | {"iat": int(time.time() - hours_ago * 3600)} | claims
    app.run()
    assert not app.exception
    return app


def later(monkeypatch: pytest.MonkeyPatch, hours: float) -> None:
    """The clock of the app, this much ahead."""
    there = account.now
    monkeypatch.setattr(account, "now", lambda: there() + timedelta(hours=hours))


def log(the_desk: Desk) -> list[tuple[str, str]]:
    return [(one.what, one.who) for one in the_desk.store.log.last()]


def test_who_is_on_the_list_comes_in_and_it_is_written_down(the_desk: Desk):
    app = visit()
    assert "Aangemeld als An Peeters." in shown(app)
    app.run()
    assert app.file_uploader
    assert log(the_desk) == [("aanmelden-gelukt", "An Peeters")]


@pytest.mark.parametrize("claims", [{"email": "jan@example.org"}, {"email_verified": False}])
def test_who_is_refused_reads_why_once_and_can_try_again(the_desk: Desk, claims: dict[str, Any], sent: list[str]):
    app = visit(**claims)
    (error,) = app.error
    assert error.value.startswith("Dit adres staat niet op de lijst van trekkers")
    assert not app.file_uploader
    app.run()
    assert not app.error
    assert log(the_desk) == [("aanmelden-mislukt", "")]
    app.button(key=BUTTON).click().run()
    assert sent == ["login"]


def test_an_old_sign_in_is_said_once_and_done_again_by_one_click(the_desk: Desk, sent: list[str]):
    app = visit(hours_ago=settings.SESSION_HOURS + 0.1)
    assert [one.value for one in app.error] == [TOO_OLD]
    assert not app.file_uploader
    app.run()
    assert not app.error
    assert log(the_desk) == []  # nobody tried anything
    app.button(key=BUTTON).click().run()
    assert sent == ["login"]
    assert "Aangemeld als An Peeters." in shown(visit())


def test_after_hours_without_use_one_click_is_enough_and_needed(monkeypatch: pytest.MonkeyPatch, sent: list[str]):
    started = int(time.time())
    app = visit(iat=started)
    later(monkeypatch, settings.SESSION_IDLE_HOURS + 0.1)
    app.run()
    (error,) = app.error
    assert error.value.startswith("Je bent afgemeld.")
    app.run()
    assert not app.error
    assert not app.file_uploader  # what the provider said before does not count again
    again = visit(iat=started)  # nor for who opens the page again
    assert [one.value for one in again.error] == [TOO_OLD]
    again.button(key=BUTTON).click().run()
    assert sent == ["login"]
    assert visit(hours_ago=-settings.SESSION_IDLE_HOURS - 0.1).file_uploader


def test_opening_the_page_again_does_not_make_the_session_longer(monkeypatch: pytest.MonkeyPatch):
    started = int(time.time())
    visit(iat=started)
    for hours in range(1, int(settings.SESSION_HOURS)):
        later(monkeypatch, 1)
        assert visit(iat=started).file_uploader, hours
    later(monkeypatch, 1)
    assert [one.value for one in visit(iat=started).error] == [TOO_OLD]


def test_signing_out_ends_both_sessions_in_every_window(the_desk: Desk, sent: list[str]):
    started = int(time.time())
    app, other = visit(iat=started), visit(iat=started)
    press(app, "afmelden")
    assert sent == ["logout"]
    assert not app.file_uploader
    other.run()
    assert not other.file_uploader
    assert "Je bent afgemeld." in shown(other)
    assert not visit(iat=started).file_uploader


def test_streamlit_brings_people_to_start_and_who_just_signed_in_goes_on_to_beheer():
    assert "Aangemeld als An Peeters." in shown(visit(file="dashboard.py"))


@pytest.mark.parametrize("visitor", [{"hours_ago": 0.1}, {"is_logged_in": False}, {"iat": None}])
def test_anyone_else_stays_on_start(visitor: dict[str, Any]):
    app = visit(file="dashboard.py", **visitor)
    assert [one.value for one in app.title] == ["Waar en voor wie ontbreekt nog welk aanbod?"]


def test_without_a_list_there_is_no_sign_in_through_a_provider(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "TREKKERS", ())
    app = visit()
    assert not app.file_uploader
    assert not [one for one in app.button if one.key == BUTTON]
