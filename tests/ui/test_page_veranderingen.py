"""The page Veranderingen without a browser: what changed since a day, between two versions, for everyone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from einclusie_data.contract import settings
from einclusie_data.contract.errors import StoreError
from einclusie_data.publishing.history import version_at, version_before, version_label, version_rows
from einclusie_data.store.access.desk import desk
from einclusie_data.store.store import Store, open_store
from einclusie_data.store.versions import Versions
from einclusie_data.ui.frame import published
from einclusie_data.ui.frame.page import MENU
from tests.ui.test_pages import page
from tests.xlsx import workbook_bytes

FILE = "pages/veranderingen.py"
HEADERS = ["Naam aanbod", "Organisatie", "Doelgroep", "Type aanbod", "Frequentie", "Status", "Wijk",
           "Contactpersoon (intern)"]  # fmt: skip


def offer(name: str, wijk: str = "Kiel", inside: str = "") -> list[str]:
    return [name, "Atlas", "Ouderen", "Individuele begeleiding", "Wekelijks", "Loopt", wijk, inside]


class Days:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Three versions: in March, in June and in September."""
    target, clock = str(tmp_path / "opslag"), Days()
    with open_store(target, clock=clock) as store:
        for number, (month, rows) in enumerate(
            [
                (3, [offer("Eerste", inside="geheim een")]),
                (6, [offer("Eerste", inside="geheim twee"), offer("Tweede", "Dam")]),
                (9, [offer("Tweede", "Dam")]),
            ]
        ):
            clock.now = datetime(2026, month, 2, 10, 0, tzinfo=UTC)
            content = workbook_bytes({"Aanbod": [HEADERS, *rows]})
            store.publish(content, "aanbod.xlsx", f"Trekker {number}", based_on=number or None)
        monkeypatch.setattr(settings, "STORE", target)
        yield store
    desk.cache_clear()


def opened(**query: str) -> AppTest:
    app = page(FILE, peildatum="2026-11-23", **query)
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    parts = [one.proto.body for one in app.get("html")]
    return unescape("\n".join([*parts, *(one.value for one in (*app.text, *app.caption, *app.error))]))


def test_before_anything_is_published_it_says_so():
    assert "nog geen werkmap gepubliceerd" in shown(page(FILE))


def test_it_starts_with_the_last_publication(store: Store):
    text = shown(opened())
    assert "versie 2" in text
    assert "Aanbod: 1 verdwenen." in text
    assert "Eerste" in text


@pytest.mark.parametrize(
    ("day", "number", "words"),
    [
        ("2026-03-02", 1, "1 toegevoegd en 1 verdwenen"),
        ("2026-06-01", 1, "1 toegevoegd en 1 verdwenen"),
        ("2026-06-02", 2, "Aanbod: 1 verdwenen."),
        ("2026-03-01", 1, "1 toegevoegd en 1 verdwenen"),  # before the first version: compared with that one
    ],
)
def test_since_a_day(store: Store, day: str, number: int, words: str):
    text = shown(opened(sinds=day))
    assert f"Van versie {number}" in text.replace("\\", "")
    assert words in text


def test_any_two_versions(store: Store):
    text = shown(opened(van="1", naar="2"))
    assert "Aanbod: 1 toegevoegd" in text
    assert "gepubliceerd" in text
    assert "niets gepubliceerd" in shown(opened(van="2", naar="2"))
    assert "niets gepubliceerd" in shown(opened(sinds="2026-09-02"))


def test_nobody_sees_what_is_internal(store: Store):
    text = shown(opened(van="1", naar="2"))
    assert "geheim" not in text
    assert "Contactpersoon" not in text
    assert "gewijzigd" not in text  # nothing else of that row changed


def test_gaps_follow_the_area_and_the_map_the_group(store: Store):
    everywhere, kiel = shown(opened(van="1", naar="3")), shown(opened(van="1", naar="3", gebied="District Deurne"))
    assert "In Kiel" in everywhere
    assert "In Kiel" not in kiel


def test_versions_of_the_same_day_are_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = str(tmp_path / "een-dag")
    monkeypatch.setattr(settings, "STORE", target)
    with open_store(target) as store:
        for number, rows in enumerate([[offer("Eerste")], [offer("Eerste"), offer("Tweede", "Dam")]]):
            store.publish(workbook_bytes({"Aanbod": [HEADERS, *rows]}), "a.xlsx", "An", based_on=number or None)
    assert "Aanbod: 1 toegevoegd." in shown(page(FILE))
    desk.cache_clear()


def test_an_unknown_version_in_a_link_is_left_out(store: Store):
    assert "Van versie 2" in shown(opened(van="99", naar="x")).replace("\\", "")


def test_a_damaged_version_is_said_in_one_sentence(store: Store, monkeypatch: pytest.MonkeyPatch):
    good = Versions.content

    def content(self: Versions, number: int) -> bytes:
        if number == 1:
            raise StoreError("Versie 1 is beschadigd.")
        return good(self, number)

    monkeypatch.setattr(Versions, "content", content)
    assert "Versie 1 is beschadigd." in shown(opened(van="1", naar="3"))


def test_members_go_on_seeing_the_map_while_the_store_does_not_answer(store: Store, monkeypatch: pytest.MonkeyPatch):
    assert published.version().startswith("versie-3-")

    def down(_self: Versions) -> None:
        raise StoreError("De opslag antwoordt niet.")

    monkeypatch.setattr(Versions, "latest", down)
    assert published.version().startswith("versie-3-")
    assert not page("dashboard.py").exception


def test_without_a_version_ever_seen_a_store_that_does_not_answer_is_said(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    def down(_self: Versions) -> None:
        raise StoreError("De opslag antwoordt niet.")

    monkeypatch.setattr(Versions, "latest", down)
    app = page("dashboard.py")
    assert not app.exception
    assert [one.value for one in app.error] == ["De opslag antwoordt niet."]


def test_the_starter_file_published_anew_still_carries_its_banner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = str(tmp_path / "ander")
    monkeypatch.setattr(settings, "STORE", target)
    with open_store(target) as store:
        store.publish(settings.STARTER_WORKBOOK.read_bytes(), "startbestand.xlsx", "An", based_on=None)
        assert published.is_starter(published.version())
        store.publish(workbook_bytes({"Aanbod": [HEADERS, offer("x")]}), "eigen.xlsx", "An", based_on=1)
        assert not published.is_starter(published.version())
    desk.cache_clear()


def test_versions_in_words(store: Store):
    newest, *_, first = store.versions()
    assert version_label(first) == "versie 1: 02/03/2026 11.00 uur, Trekker 0"
    assert version_rows([newest])[0][:4] == ("3", "2 september 2026 om 12.00 uur", "Trekker 2", "–")
    assert version_before(store.versions(), date(2026, 6, 2)).number == 2
    assert version_before(store.versions(), date(2026, 3, 1)) is None
    assert version_at(store.versions(), datetime(2026, 6, 2, 10, tzinfo=UTC)).number == 2
    assert version_at(store.versions(), datetime(2026, 6, 2, 9, 59, tzinfo=UTC)).number == 1
    assert version_at(store.versions(), datetime(2026, 3, 2, 9, tzinfo=UTC)) is None
    again = store.restore(1, "An", "terug naar maart", based_on=3)
    assert version_rows([again])[0][3] == "terug naar maart. versie 1 opnieuw"


def test_a_store_that_stops_answering_is_said_on_this_page_too(store: Store, monkeypatch: pytest.MonkeyPatch):
    published.version()

    def down(_self: Versions) -> None:
        raise StoreError("De opslag antwoordt niet.")

    monkeypatch.setattr(Versions, "latest", down)
    monkeypatch.setattr(Versions, "versions", down)
    app = page(FILE)
    assert not app.exception
    assert [one.value for one in app.error] == ["De opslag antwoordt niet."]


# --- a bad day of the store ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("ahead", [1, 400])
@pytest.mark.parametrize("query", [{}, {"verloop": "ja"}, {"van": "1", "naar": "2"}, {"sinds": "2099-01-01"}])
def test_a_version_published_with_the_clock_ahead_breaks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ahead: int, query: dict[str, str]
):
    target, clock = str(tmp_path / "vooruit"), Days()
    with open_store(target, clock=clock) as store:
        for number in range(2):
            clock.now = datetime.now(UTC) + timedelta(days=ahead * number)
            content = workbook_bytes({"Aanbod": [HEADERS, offer(f"Les {number}")]})
            store.publish(content, "aanbod.xlsx", "An", based_on=number or None)
    monkeypatch.setattr(settings, "STORE", target)
    app = page(FILE, **query)
    assert not app.exception
    assert "Van versie 1" in shown(app).replace("\\", "")
    desk.cache_clear()


def test_a_store_whose_versions_all_come_from_a_clock_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target, clock = str(tmp_path / "vooruit"), Days()
    with open_store(target, clock=clock) as store:
        for number in range(2):
            clock.now = datetime.now(UTC) + timedelta(days=30 + number)
            content = workbook_bytes({"Aanbod": [HEADERS, offer(f"Les {number}")]})
            store.publish(content, "aanbod.xlsx", "An", based_on=number or None)
    monkeypatch.setattr(settings, "STORE", target)
    for file in (FILE, "pages/bijeenkomst.py", "dashboard.py"):
        assert not page(file).exception, file
    desk.cache_clear()


@pytest.mark.parametrize("lost", ["deleted", "emptied", "locked"])
@pytest.mark.parametrize("file", [*MENU, "pages/presentatie.py"])
def test_every_page_goes_on_when_the_store_is_lost(
    store: Store, monkeypatch: pytest.MonkeyPatch, file: str, lost: str, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(settings, "STORE_READ_SECONDS", 0.05)
    seen = page("dashboard.py")
    assert "versie 3" in shown(seen)
    place = Path(settings.STORE) / settings.STORE_FILE
    with closing(sqlite3.connect(place, isolation_level=None)) as backup:
        if lost == "locked":
            backup.execute("BEGIN EXCLUSIVE")
        elif lost == "deleted":
            place.unlink()
        else:
            place.write_bytes(b"")
        caplog.clear()
        app = page(file, verloop="ja") if file == FILE else page(file)
    assert not app.exception
    assert "startbestand" not in shown(app)  # what was published is still known
    assert not [one for one in caplog.records if one.exc_info]
