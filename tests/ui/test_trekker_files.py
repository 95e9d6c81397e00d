"""Files for trekkers only, as they are fetched: by whom, when, and what the answer says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import argon2
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

from einclusie_data.contract import settings
from einclusie_data.contract.errors import DataFileError, StoreError
from einclusie_data.store.access import passwords as access_passwords
from einclusie_data.store.access.desk import Desk, desk
from einclusie_data.store.access.guard import Session, add_trekker, renew_password, sign_in, start_session
from einclusie_data.ui.frame import trekker_files
from einclusie_data.ui.frame.trekker_files import Ticket, issue, routes

GOOD, OTHER = "drie gewone woorden", "heel andere woorden"
CONTENT = b"PK\x03\x04 met interne contacten"
REFUSED = "Dit bestand is enkel voor trekkers."


@pytest.fixture(autouse=True)
def the_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(settings, "STORE", str(tmp_path / "opslag"))
    monkeypatch.setattr(access_passwords, "_hasher", argon2.PasswordHasher(1, 8, 1))
    access_passwords._nobodys_hash.cache_clear()
    monkeypatch.setattr(trekker_files, "_tickets", {})
    yield desk(settings.STORE)
    desk.cache_clear()


@pytest.fixture(autouse=True)
def open_visits(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The pages that are open."""
    visits = {"het bezoek van Jan"}
    monkeypatch.setattr(trekker_files.internals, "is_open", visits.__contains__)
    return visits


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=routes()))


def signed_in(the_desk: Desk, when: datetime | None = None) -> Session:
    if the_desk.book.known_as("Jan") is None:
        add_trekker(start_session("An", datetime.now(UTC)), the_desk.book, "Jan", GOOD, datetime.now(UTC))
    return sign_in(the_desk.book, the_desk.attempts, "Jan", GOOD, when or datetime.now(UTC))


def link(session: Session, make=lambda: CONTENT, name: str = "versie-1-aanbod.xlsx", browser: str = "") -> str:
    return f"/{trekker_files.PATH}/{issue(Ticket(session, 'het bezoek van Jan', browser, name, make))}"


def refused(client: TestClient, address: str) -> None:
    reply = client.get(address)
    assert reply.status_code == 403
    assert REFUSED in reply.text
    assert CONTENT not in reply.content
    assert reply.headers["content-type"].startswith("text/html")
    assert reply.headers["cache-control"] == "no-store"


def test_a_trekker_gets_the_file_and_nobody_on_the_way_may_keep_it(the_desk: Desk, client: TestClient):
    reply = client.get(link(signed_in(the_desk)))
    assert (reply.status_code, reply.content) == (200, CONTENT)
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["content-disposition"].startswith('attachment; filename="versie-1-aanbod.xlsx"')


def test_a_removed_trekker_with_the_page_still_open_gets_nothing(the_desk: Desk, client: TestClient):
    address = link(signed_in(the_desk))
    assert client.get(address).status_code == 200
    the_desk.store.trekkers.disable("Jan", "An")
    refused(client, address)


def test_after_signing_out_in_any_window_the_link_is_dead(the_desk: Desk, client: TestClient):
    session = signed_in(the_desk)
    address = link(session)
    the_desk.sessions.end(session)
    refused(client, address)


@pytest.mark.parametrize(
    ("hours", "status"),
    [(settings.SESSION_IDLE_HOURS - 0.01, 200), (settings.SESSION_IDLE_HOURS + 0.01, 403)],
)
def test_after_two_hours_without_use_the_link_is_dead(the_desk: Desk, client: TestClient, hours: float, status: int):
    session = signed_in(the_desk, datetime.now(UTC) - timedelta(hours=hours))
    assert client.get(link(session)).status_code == status


def test_another_password_ends_the_link_but_not_ones_own(the_desk: Desk, client: TestClient):
    session = signed_in(the_desk)
    address = link(session)
    own = renew_password(session, the_desk.book, "Jan", OTHER, datetime.now(UTC))
    the_desk.sessions.keep(own, datetime.now(UTC))
    assert client.get(address).status_code == 200
    renew_password(start_session("An", datetime.now(UTC)), the_desk.book, "Jan", GOOD, datetime.now(UTC))
    refused(client, address)


def test_with_the_page_closed_the_link_is_dead_and_forgotten(the_desk: Desk, client: TestClient, open_visits: set[str]):
    address = link(signed_in(the_desk))
    open_visits.clear()
    refused(client, address)
    open_visits.add("nog een bezoek")
    issue(Ticket(signed_in(the_desk), "nog een bezoek", "", "x", lambda: b""))
    assert len(trekker_files._tickets) == 1


def test_a_link_that_is_passed_on_does_nothing_in_another_browser(the_desk: Desk, client: TestClient):
    own, other = generate_xsrf_token_string(), generate_xsrf_token_string()
    address = link(signed_in(the_desk), browser=own)
    refused(client, address)
    client.cookies.set(XSRF_COOKIE_NAME, other)
    refused(client, address)
    client.cookies.set(XSRF_COOKIE_NAME, own)
    assert client.get(address).content == CONTENT


@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "..%2F", "é"])
def test_a_guess_is_refused(client: TestClient, token: str):
    reply = client.get(f"/{trekker_files.PATH}/{token}")
    assert reply.status_code in (403, 404)


def test_a_button_that_is_drawn_again_keeps_its_link_and_two_buttons_never_share_one(the_desk: Desk):
    ticket = Ticket(signed_in(the_desk), "het bezoek van Jan", "", "x", lambda: b"1")
    token = issue(ticket)
    assert issue(ticket, token) == token
    assert issue(ticket) != token
    assert len(token) >= 43


def test_tickets_do_not_pile_up(the_desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(trekker_files, "MOST_TICKETS", 5)
    session = signed_in(the_desk)
    tokens = [issue(Ticket(session, "het bezoek van Jan", "", "x", lambda: b"")) for _ in range(20)]
    assert list(trekker_files._tickets) == tokens[-5:]


@pytest.mark.parametrize(
    ("error", "status"), [(StoreError("De opslag antwoordt niet."), 503), (DataFileError("Weggelegd."), 404)]
)
def test_what_goes_wrong_is_one_dutch_sentence(the_desk: Desk, client: TestClient, error: Exception, status: int):
    def make() -> bytes:
        raise error

    reply = client.get(link(signed_in(the_desk), make))
    assert (reply.status_code, str(error) in reply.text) == (status, True)


def test_a_store_that_does_not_answer_gives_nothing_away(
    the_desk: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch
):
    address = link(signed_in(the_desk))

    def silent(_name: str) -> str:
        raise StoreError("De opslag antwoordt niet.")

    monkeypatch.setattr(the_desk.book, "get", silent)
    reply = client.get(address)
    assert (reply.status_code, CONTENT in reply.content) == (503, False)


@pytest.mark.parametrize(
    ("name", "content", "plain", "whole"),
    [
        ("oud.xlsx", b"PK", 'filename="oud.xlsx"', "oud.xlsx"),
        ("x\u202eslxs.exe", b"PK", 'filename="xslxs.xlsx"', "xslxs.xlsx"),
        ("café\r\nSet-Cookie: a.xlsx", b"PK", 'filename="caf_ Set-Cookie a.xlsx"', "caf%C3%A9%20Set-Cookie%20a.xlsx"),
        ('a"b\\c/d;e%.ods', b"PK", 'filename="d;e_.ods"', "d%3Be%25.ods"),
        ("geen ending", b"\xd0\xcf\x11\xe0", 'filename="geen ending.xls"', "geen%20ending.xls"),
        ("lang" * 100 + ".csv", b"a", f'filename="{"lang" * 30}.csv"', "lang" * 30 + ".csv"),
        ("", b"a,b", 'filename="werkmap.csv"', "werkmap.csv"),
    ],
)
def test_the_name_of_a_saved_file_is_safe(
    the_desk: Desk, client: TestClient, name: str, content: bytes, plain: str, whole: str
):
    header = client.get(link(signed_in(the_desk), lambda: content, name)).headers["content-disposition"]
    assert header == f"attachment; {plain}; filename*=UTF-8''{whole}"


def test_an_app_under_another_path_serves_them_there(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(trekker_files.internals, "base_path", lambda: "/kaart")
    assert [route.path for route in routes()] == ["/kaart/trekkerbestand/{token}"]


PUBLIC = {
    "decisions/listing.py",
    "gaps/cell.py",
    "gaps/documents.py",
    "manage/page.py",
    "meeting/network.py",
    "meeting/page.py",
    "methods/page.py",
    "offers/listing.py",
    "quality/page.py",
    "scenario/saved.py",
}
"""Modules that offer files which anyone may have; in `manage/page` that is the empty template."""


def test_streamlits_own_downloads_are_for_public_files_only():
    ui = settings.PROJECT_FOLDER / "einclusie_data" / "ui"
    assert {
        file.relative_to(ui).as_posix() for file in ui.rglob("*.py") if "st.download_button(" in file.read_text("utf-8")
    } == PUBLIC
