"""The page Beheer without a browser: who comes in, what an upload shows, publishing, going back."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import argon2
import pytest
from streamlit.testing.v1 import AppTest

from einclusie_data.contract import settings
from einclusie_data.contract.errors import GeocoderAnswerError, GeocoderUnavailableError, StoreError
from einclusie_data.contract.words import moment
from einclusie_data.files.read import workbook as read
from einclusie_data.geocode.ask import WebGeocoder
from einclusie_data.publishing.draft import offers_to_place
from einclusie_data.store.access import guard as access
from einclusie_data.store.access import passwords as access_passwords
from einclusie_data.store.access.desk import Desk, desk
from einclusie_data.store.access.guard import start_session
from einclusie_data.store.people import Log
from einclusie_data.ui.frame import account, job
from einclusie_data.ui.frame.job import Work
from einclusie_data.ui.manage import upload
from tests.geocoder import answer, result
from tests.ui.test_pages import page
from tests.xlsx import workbook_bytes

FILE = "pages/beheer.py"
GOOD, OTHER = "drie gewone woorden", "heel andere woorden"
HEADERS = ["Naam aanbod", "Organisatie", "Doelgroep", "Type aanbod", "Frequentie", "Adres", "Postcode", "Wijk"]
KIEL = ["Digicafé", "Atlas", "Ouderen", "Individuele begeleiding", "Wekelijks", "", "2020", "Kiel"]
DAM = ["Les", "Ligo", "Ouderen", "Groepsles of workshop", "Wekelijks", "Hoofdstraat 1", "2000", ""]


@pytest.fixture(autouse=True)
def the_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(settings, "STORE", str(tmp_path / "opslag"))
    monkeypatch.setattr(
        settings, "TREKKERS", ("An <an@example.org>", "Bo <bo@example.org>")
    )  # who may, as `opened` does
    monkeypatch.setattr(access_passwords, "_hasher", argon2.PasswordHasher(1, 8, 1))
    access_passwords._nobodys_hash.cache_clear()
    yield desk(settings.STORE)
    desk.cache_clear()


def content(*rows: list[str], headers: list[str] = HEADERS) -> bytes:
    return workbook_bytes({"Aanbod": [headers, *rows]})


def opened(name: str = "An", **query: str) -> AppTest:
    """The page with someone signed in ("" = nobody)."""
    app = AppTest.from_file(str(Path(settings.PROJECT_FOLDER) / "dashboard.py"), default_timeout=60)
    app.switch_page(FILE)
    if name:
        app.session_state["trekker"] = start_session(name, account.now())
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def uploaded(*rows: list[str], headers: list[str] = HEADERS, name: str = "An", file: str = "aanbod.xlsx") -> AppTest:
    app = opened(name)
    drop(app, content(*rows, headers=headers), file)
    return app


def drop(app: AppTest, data: bytes, file: str = "aanbod.xlsx") -> None:
    app.file_uploader[0].upload(file, data, "application/octet-stream").run()
    settle(app)


def draft(app: AppTest) -> Any:
    return app.session_state["beheer_werk"].draft


def settle(app: AppTest) -> None:
    """Until the work beside the page is done."""
    for _ in range(200):
        assert not app.exception
        if "taak" not in app.session_state:
            return
        time.sleep(0.1)
        app.run()
    raise AssertionError("the work does not end")


def press(app: AppTest, key: str) -> None:
    app.button(key=key).click().run()
    settle(app)


def shown(app: AppTest) -> str:
    parts = [one.proto.body for one in app.get("html")]
    for kind in ("text", "error", "success", "warning", "header", "caption"):
        parts += [one.value for one in app.get(kind)]
    return unescape("\n".join(parts))


def published(the_desk: Desk, *rows: list[str], by: str = "An") -> None:
    latest = the_desk.store.latest()
    the_desk.store.publish(content(*rows), "aanbod.xlsx", by, based_on=latest.number if latest else None)


# --- who comes in ----------------------------------------------------------------------------------------------------
def test_the_first_trekker_comes_in_with_the_code_from_the_terminal(the_desk: Desk, capsys: pytest.CaptureFixture[str]):
    app = opened("")
    code = next(line.strip() for line in capsys.readouterr().out.splitlines() if line.startswith("    "))
    app.text_input(key="code").set_value(code)
    app.text_input(key="code_naam").set_value("An Peeters")
    app.text_input(key="code_wachtwoord").set_value(GOOD)
    press(app, "code_knop")
    assert "Aangemeld als An Peeters." in shown(app)
    assert the_desk.book.names() == ("An Peeters",)
    assert [one.what for one in the_desk.store.log.last()] == ["aanmelden-gelukt"]


def enter(app: AppTest, name: str, password: str) -> None:
    app.text_input(key="aanmelden_naam").set_value(name)
    app.text_input(key="aanmelden_wachtwoord").set_value(password)
    press(app, "aanmelden_knop")


def test_signing_in_and_out(the_desk: Desk):
    access.add_trekker(start_session("An", account.now()), the_desk.book, "Bo", GOOD, account.now())
    app = opened("")
    enter(app, "Bo", OTHER)
    assert "klopt niet" in shown(app)
    assert not app.file_uploader
    assert app.text_input(key="aanmelden_wachtwoord").value == ""
    enter(app, "bo", GOOD)
    assert "Aangemeld als Bo." in shown(app)
    press(app, "afmelden")
    assert not app.file_uploader
    assert "trekker" not in app.session_state
    assert [(one.what, one.who) for one in the_desk.store.log.last()] == [
        ("aanmelden-gelukt", "Bo"),
        ("aanmelden-mislukt", ""),
    ]


def test_too_many_attempts_have_to_wait(the_desk: Desk):
    access.add_trekker(start_session("An", account.now()), the_desk.book, "Bo", GOOD, account.now())
    app = opened("")
    for _ in range(settings.ATTEMPTS_PER_NAME):
        enter(app, "Bo", OTHER)
    enter(app, "Bo", GOOD)
    assert "te veel mislukte pogingen" in shown(app)


def test_a_session_ends(the_desk: Desk):
    app = uploaded(KIEL)
    assert draft(app) is not None
    old = account.now() - timedelta(hours=settings.SESSION_IDLE_HOURS, minutes=1)
    app.session_state["trekker"] = start_session("An", old)
    app.run()
    assert "Meld je opnieuw aan" in shown(app)
    assert "beheer_werk" not in app.session_state
    assert not [one for one in app.button if one.key == "publiceer_knop"]


GUARDED: list[Callable[[], None]] = [
    upload.take_file,
    lambda: upload.take_version(1),
    lambda: upload.match_column(("offers", "x"), None),
    lambda: upload.put_point("x", None),
    lambda: upload.put_typed_point("x", "y"),
    upload.look_up_addresses,
    upload.publish,
    upload.cancel,
]


@pytest.mark.parametrize("session", ["nobody", "too old"])
@pytest.mark.parametrize("action", range(len(GUARDED)))
def test_no_widget_does_anything_for_someone_who_is_not_signed_in(
    the_desk: Desk, monkeypatch: pytest.MonkeyPatch, action: int, session: str
):
    """As a browser would that sends the state of widgets which were never drawn for it."""
    published(the_desk, KIEL)
    state: dict[str, Any] = {"beheer_werk": Work(draft=object()), "werkmap_0": object(), "deel": "versies"}
    if session == "too old":
        state["trekker"] = start_session("An", account.now() - timedelta(hours=settings.SESSION_HOURS, seconds=1))
    monkeypatch.setattr(account.st, "session_state", state)
    GUARDED[action]()
    assert state["beheer_meldingen"].error == "Meld je eerst aan als trekker."
    assert len(the_desk.store.versions()) == 1
    assert "taak" not in state


@pytest.mark.parametrize("part", ["werkmap", "versies", "trekkers"])
def test_a_member_sees_no_upload_no_versions_and_no_names_by_any_link(the_desk: Desk, part: str):
    access.add_trekker(start_session("An", account.now()), the_desk.book, "Bo Geheim", GOOD, account.now())
    published(the_desk, KIEL)
    app = opened("", deel=part)
    assert not app.file_uploader
    assert not app.get("download_button")
    assert "Bo Geheim" not in shown(app)
    assert {one.key for one in app.button} == {"aanmelden_knop"}


def test_no_password_and_no_code_is_logged(the_desk: Desk, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    access.add_trekker(start_session("An", account.now()), the_desk.book, "Bo", GOOD, account.now())
    app = opened("")
    enter(app, "Bo", OTHER)
    enter(app, "Bo", GOOD)
    assert OTHER not in caplog.text
    assert GOOD not in caplog.text


# --- an upload -------------------------------------------------------------------------------------------------------
def test_an_upload_shows_what_was_read_and_what_would_change_and_changes_nothing(the_desk: Desk):
    published(the_desk, KIEL)
    app = uploaded(KIEL, DAM, ["", "Atlas", *DAM[2:]])
    text = shown(app)
    assert "3 rijen gelezen, 2 gebruikt. 1 fout" in text
    assert "Wat verandert er tegenover versie 1?" in text
    assert "Aanbod: 1 toegevoegd." in text
    assert "Les" in text
    assert len(the_desk.store.versions()) == 1


def test_publishing_with_a_reason(the_desk: Desk):
    kept = content(KIEL)
    app = opened()
    drop(app, kept)
    app.text_input(key=app.session_state["beheer_werk"].note).set_value("voor december").run()
    press(app, "publiceer_knop")
    version = the_desk.store.latest()
    assert (version.number, version.published_by, version.note) == (1, "An", "voor december")
    assert the_desk.store.content(1) == kept
    assert "Versie 1 is gepubliceerd." in shown(app)
    assert app.file_uploader  # and a next one can be dropped
    assert ("gepubliceerd", "An", 1) in [(one.what, one.who, one.number) for one in the_desk.store.log.last()]


def test_everyone_sees_what_was_published(the_desk: Desk):
    press(uploaded(KIEL), "publiceer_knop")
    start = page("dashboard.py")
    assert not start.exception
    assert "versie 1, gepubliceerd door An op" in "\n".join(one.value for one in start.caption)
    assert "Startgegevens" not in "\n".join(one.proto.body for one in start.get("html"))


def test_cancelling_changes_nothing(the_desk: Desk):
    app = uploaded(KIEL)
    press(app, "annuleren")
    assert the_desk.store.versions() == ()
    assert draft(app) is None
    assert "Er is niets gepubliceerd." in shown(app)


@pytest.mark.parametrize(("data", "words"), [(b"", "leeg"), (b"%PDF-1.7 x", "pdf"), (b"PK\x03\x04 stuk", "beschadigd")])
def test_a_file_that_cannot_be_used_gives_one_sentence(data: bytes, words: str):
    app = opened()
    drop(app, data)
    (error,) = app.error
    assert words in error.value
    assert app.file_uploader


@pytest.mark.parametrize("at_once_s", [0.8, 0.0])
def test_two_trekkers_at_once(the_desk: Desk, monkeypatch: pytest.MonkeyPatch, at_once_s: float):
    monkeypatch.setattr(job, "_AT_ONCE_S", at_once_s)  # 0: as with a large workbook
    published(the_desk, KIEL)
    mine = uploaded(KIEL, DAM)
    theirs = uploaded(KIEL, ["Nog een les", *DAM[1:]], name="Bo")
    press(theirs, "publiceer_knop")
    press(mine, "publiceer_knop")
    assert [one.published_by for one in the_desk.store.versions()] == ["Bo", "An"]
    assert "Ondertussen publiceerde Bo versie 2." in shown(mine)
    assert "Wat verandert er tegenover versie 2?" in shown(mine)
    assert "Nog een les" in shown(mine)  # it would disappear
    for question in mine.checkbox:
        question.check().run()
    press(mine, "publiceer_knop")
    assert [one.published_by for one in the_desk.store.versions()] == ["An", "Bo", "An"]


def test_a_lost_column_is_asked_about_before_publishing(the_desk: Desk):
    published(the_desk, KIEL)
    app = uploaded(KIEL[:-1], headers=HEADERS[:-1])
    (question,) = app.checkbox
    assert shown(app).count("De kolom “Wijk”") == 1
    assert app.button(key="publiceer_knop").disabled
    question.check().run()
    press(app, "publiceer_knop")
    assert len(the_desk.store.versions()) == 2


def test_a_column_matched_by_hand_is_remembered_for_the_next_upload(the_desk: Desk):
    headers = [*HEADERS[:-1], "Zone"]
    app = uploaded(KIEL, headers=headers)
    app.segmented_control(key="verslag").set_value("kolommen").run()
    app.selectbox(key="koppel|offers|zone").set_value("wijken").run()
    settle(app)
    assert draft(app).workbook.offers["wijken"].tolist() != [()]
    assert not the_desk.store.columns.all()  # nothing changes before it is published
    press(app, "publiceer_knop")
    assert the_desk.store.columns.all() == {("offers", "zone"): "wijken"}
    again = uploaded(KIEL, headers=headers)
    assert draft(again).unmatched.empty


def test_a_match_can_be_undone():
    app = uploaded(KIEL, headers=[*HEADERS[:-1], "Zone"])
    app.segmented_control(key="verslag").set_value("kolommen").run()
    app.selectbox(key="koppel|offers|zone").set_value("wijken").run()
    settle(app)
    next(one for one in app.button if one.label == "Ongedaan maken").click().run()
    settle(app)
    assert draft(app).unmatched["header"].tolist() == ["Zone"]


def test_a_workbook_whose_required_columns_have_other_names():
    app = uploaded(KIEL, headers=["Zus en zo", *HEADERS[1:]])
    assert not [one for one in app.button if one.key == "publiceer_knop"]
    app.selectbox(key="koppel|offers|zusenzo").set_value("name").run()
    settle(app)
    assert "1 rij gelezen" in shown(app)


def test_the_messages_and_the_file_to_repair():
    app = uploaded(KIEL, ["Les", "Ligo", "Ouderenn", *DAM[3:]])
    app.segmented_control(key="verslag").set_value("meldingen").run()
    assert "Bedoelde je" in shown(app)
    assert "Aanbod, rij 3" in shown(app)


def test_what_was_understood():
    app = uploaded(KIEL, headers=["Naam", *HEADERS[1:]])
    app.segmented_control(key="verslag").set_value("kolommen").run()
    assert "een andere naam" in shown(app)


# --- places ----------------------------------------------------------------------------------------------------------
def typed(app: AppTest) -> Any:
    return next(one for one in app.text_input if one.key.startswith("punt_"))


def places(app: AppTest) -> AppTest:
    app.segmented_control(key="verslag").set_value("plekken").run()
    assert not app.exception
    return app


def test_a_typed_point_places_an_offer_and_can_be_taken_away(the_desk: Desk):
    app = places(uploaded(DAM))
    typed(app).set_value("51,2194; 4,4025")
    press(app, "punt_zetten")
    assert draft(app).dataset.supply.offers["point_source"].tolist() == ["met de hand"]
    assert not the_desk.store.points.all()
    press(app, "punt_weg")
    assert draft(app).dataset.supply.offers["point_source"].tolist() == [""]


def test_what_is_no_point_is_said(the_desk: Desk):
    app = places(uploaded(DAM))
    typed(app).set_value("achter de kerk")
    press(app, "punt_zetten")
    assert "geen coördinaten" in shown(app)


def test_addresses_are_only_asked_when_the_trekker_switches_it_on(the_desk: Desk, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []

    def ask(_self: object, query: str, _cancelled: object) -> object:
        asked.append(query)
        return answer(result(Thoroughfarename="Hoofdstraat", Housenumber="1"))

    monkeypatch.setattr(WebGeocoder, "ask", ask)
    app = places(uploaded(DAM))
    assert not [one for one in app.button if one.key == "adressen_opzoeken"]
    app.toggle(key="adressen_aan").set_value(True).run()
    assert asked == []
    press(app, "adressen_opzoeken")
    assert len(asked) == 1
    assert "Hoofdstraat" in asked[0]
    assert "adres is twijfelachtig" in shown(app) or "1 rij kreeg een punt" in shown(app)
    assert len(the_desk.store.geocodes.all()) == 1


# --- versions and trekkers -------------------------------------------------------------------------------------------
def test_going_back_publishes_the_old_version_anew(the_desk: Desk):
    published(the_desk, KIEL)
    published(the_desk, KIEL, DAM, by="Bo")
    app = opened(deel="versies")
    assert {"An", "Bo"} <= set(shown(app).replace("<td>", "</td>").split("</td>"))
    app.selectbox(key="versie_keuze").set_value(1).run()
    press(app, "versie_terug")
    assert "Wat verandert er tegenover versie 2?" in shown(app)
    assert "Aanbod: 1 verdwenen." in shown(app)
    for question in app.checkbox:  # the address of the other offer is gone too
        question.check().run()
    press(app, "publiceer_knop")
    latest = the_desk.store.latest()
    assert (latest.number, latest.restored_from) == (3, 1)
    assert the_desk.store.content(3) == the_desk.store.content(1)


def test_the_latest_version_can_be_worked_on(the_desk: Desk):
    published(the_desk, DAM)
    app = opened()
    press(app, "verder_met_laatste")
    assert "(versie 1)" in shown(app)


def test_any_version_can_be_downloaded(the_desk: Desk):
    published(the_desk, KIEL)
    app = opened(deel="versies")
    assert not app.get("download_button")  # its file would stand at an address that anyone may fetch
    (button,) = app.get("link_button")
    assert "versie 1" in button.proto.label
    address = button.proto.url
    assert address.startswith("trekkerbestand/")
    app.run()
    assert [one.proto.url for one in app.get("link_button")] == [address]
    press(app, "afmelden")
    assert not app.get("link_button")


def test_adding_and_shutting_out_a_trekker(the_desk: Desk):
    app = opened(deel="trekkers")
    app.text_input(key="nieuw_naam").set_value("Bo")
    app.text_input(key="nieuw_wachtwoord").set_value("kort")
    press(app, "nieuw_knop")
    assert "minstens 12 tekens" in shown(app)
    app.text_input(key="nieuw_naam").set_value("Bo")
    app.text_input(key="nieuw_wachtwoord").set_value(GOOD)
    press(app, "nieuw_knop")
    assert the_desk.book.names() == ("Bo",)
    app.selectbox(key="blokkeer_naam").set_value("Bo").run()
    press(app, "blokkeer_knop")
    assert the_desk.book.names() == ()
    assert "mag niet meer aanmelden" in shown(app)
    assert [(one.name, one.changed_by) for one in the_desk.store.trekkers.all()] == [("Bo", "An")]


def test_a_name_that_looks_like_another_is_refused(the_desk: Desk):
    access.add_trekker(start_session("An", account.now()), the_desk.book, "Cé Peeters", GOOD, account.now())
    app = opened(deel="trekkers")
    app.text_input(key="nieuw_naam").set_value("Ce-Peeters")
    app.text_input(key="nieuw_wachtwoord").set_value(OTHER)
    press(app, "nieuw_knop")
    assert "Er is al een trekker die zo heet" in shown(app)
    assert "kan zich aanmelden" not in shown(app)
    assert access_passwords.check_password(the_desk.book.get("Cé Peeters"), GOOD).right


def test_a_new_password_is_for_someone_on_the_list(the_desk: Desk):
    access.add_trekker(start_session("An", account.now()), the_desk.book, "Cé", GOOD, account.now())
    the_desk.store.trekkers.disable("Cé", "An")
    app = opened(deel="trekkers")
    press(app, "vernieuw_knop")
    assert "Kies eerst een naam." in shown(app)
    assert app.selectbox(key="vernieuw_naam").options == ["Cé (mag niet meer aanmelden)"]
    app.selectbox(key="vernieuw_naam").set_value("Cé")
    app.text_input(key="vernieuw_wachtwoord").set_value("antwerpen2026")
    press(app, "vernieuw_knop")
    assert "snel geraden" in shown(app)
    app.text_input(key="vernieuw_wachtwoord").set_value(OTHER)
    press(app, "vernieuw_knop")
    assert the_desk.book.names() == ("Cé",)
    assert "Cé kan zich aanmelden met het nieuwe wachtwoord" in shown(app)


def test_a_store_that_cannot_be_used_is_said_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "vol").write_text("geen map", "utf-8")
    monkeypatch.setattr(settings, "STORE", str(tmp_path / "vol" / "opslag"))
    app = opened("")
    assert len(app.error) == 1
    assert not page("dashboard.py").exception  # members still see the map


# --- what must never go wrong ----------------------------------------------------------------------------------------
def test_someone_who_is_shut_out_can_do_nothing_more(the_desk: Desk):
    access.add_trekker(start_session("An", account.now()), the_desk.book, "Cé", GOOD, account.now())
    app = opened("")
    enter(app, "Cé", GOOD)
    drop(app, content(KIEL))
    the_desk.store.trekkers.disable("Cé", "An")
    press(app, "publiceer_knop")
    assert the_desk.store.versions() == ()
    assert "je bent geen trekker meer" in shown(app)
    assert not app.file_uploader


def test_ones_own_new_password_ends_no_session_but_someone_elses_does(the_desk: Desk):
    access.add_trekker(start_session("An", account.now()), the_desk.book, "Cé", GOOD, account.now())
    app = opened("", deel="trekkers")
    enter(app, "Cé", GOOD)
    app.selectbox(key="vernieuw_naam").set_value("Cé")
    app.text_input(key="vernieuw_wachtwoord").set_value(OTHER)
    press(app, "vernieuw_knop")
    assert "Aangemeld als Cé." in shown(app)
    access.renew_password(start_session("An", account.now()), the_desk.book, "Cé", GOOD, account.now())
    app.run()
    assert "je wachtwoord is gewijzigd" in shown(app)


def acting(monkeypatch: pytest.MonkeyPatch, app: AppTest, **widgets: Any) -> dict[str, Any]:
    """The state in which callbacks of a visit can be called one after the other, as from a quick hand."""
    state = {"beheer_werk": app.session_state["beheer_werk"], "trekker": app.session_state["trekker"], **widgets}
    monkeypatch.setattr(account.st, "session_state", state)
    return state


def slowly(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    real = getattr(upload.drafts, name)

    def slow(*arguments: Any) -> Any:
        time.sleep(0.3)
        return real(*arguments)

    monkeypatch.setattr(upload.drafts, name, slow)


def test_two_quick_choices_both_count(monkeypatch: pytest.MonkeyPatch):
    app = uploaded(KIEL, headers=["Naam aanbod", "Organisatie", "Zus", "Zo", *HEADERS[4:]])
    slowly(monkeypatch, "match_column")
    state = acting(monkeypatch, app, een="groups", twee="types")
    upload.match_column(("offers", "zus"), "een")
    upload.match_column(("offers", "zo"), "twee")
    assert state["taak"].result()[0].matches == {("offers", "zus"): "groups", ("offers", "zo"): "types"}


def test_stopping_ends_the_process_that_reads(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(read, "_COMMAND", (sys.executable, "-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(account.st, "session_state", state := {})
    job.start("lezen", lambda _: read.read_workbook(content(KIEL), "aanbod.xlsx"), lambda _: None)
    work = state["taak"]
    time.sleep(0.5)
    job.stop()
    assert work.over(10)
    assert not job.running()


def test_nothing_is_published_while_a_change_is_being_worked_out(the_desk: Desk, monkeypatch: pytest.MonkeyPatch):
    app = uploaded(DAM)
    slowly(monkeypatch, "put_point")
    state = acting(monkeypatch, app, punt="51,2194; 4,4025")
    upload.put_typed_point(offers_to_place(draft(app).dataset)["key"].iloc[0], "punt")
    upload.publish()
    assert the_desk.store.versions() == ()
    assert state["beheer_meldingen"].error == upload.WAIT
    state["taak"].over(10)
    upload.take_result()
    upload.publish()
    assert len(the_desk.store.points.all()) == len(the_desk.store.versions()) == 1
    assert "Versie 1 is gepubliceerd." in state["beheer_meldingen"].done
    upload.publish()  # a second click
    assert len(the_desk.store.versions()) == 1


def test_what_was_learnt_meanwhile_is_shown_before_it_is_published(the_desk: Desk):
    app = uploaded(KIEL, headers=[*HEADERS[:-1], "Zone"])
    the_desk.store.columns.choose("offers", "Zone", "wijken", "Bo")
    press(app, "publiceer_knop")
    assert the_desk.store.versions() == ()
    assert "leerde een andere trekker" in shown(app)
    assert draft(app).unmatched.empty
    press(app, "publiceer_knop")
    assert len(the_desk.store.versions()) == 1


def agree(app: AppTest) -> None:
    """Say yes to every question before publishing."""
    for question in app.checkbox:
        question.check().run()


@pytest.mark.parametrize(("by", "who"), [("Bo", "Bo"), ("An", "jij zelf (in een ander venster)")])
@pytest.mark.parametrize("taught", [True, False])
def test_a_version_that_came_in_between_is_named_also_when_it_taught_something(
    the_desk: Desk, by: str, who: str, taught: bool
):
    published(the_desk, KIEL)
    app = uploaded(KIEL, headers=[*HEADERS[:-1], "Zone"])
    if taught:
        the_desk.store.columns.choose("offers", "Zone", "wijken", by)
    published(the_desk, KIEL, DAM, by=by)
    agree(app)
    press(app, "publiceer_knop")
    latest = the_desk.store.latest()
    assert latest is not None
    assert latest.number == 2
    assert f"Ondertussen publiceerde {who} versie 2. Dat was op {moment(latest.published_here)}." in shown(app)
    assert "leerde" not in shown(app)


def test_a_version_that_was_put_back_in_between_is_named(the_desk: Desk):
    published(the_desk, KIEL)
    published(the_desk, KIEL, DAM)
    app = uploaded(DAM)
    the_desk.store.restore(1, "Bo", "", based_on=2)
    agree(app)
    press(app, "publiceer_knop")
    assert "Ondertussen zette Bo versie 1 terug. Dat is versie 3, op " in shown(app)


class Broken:
    """An address service that is down, or refuses."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def ask(self, *_: object) -> object:
        raise self._error


@pytest.mark.parametrize(
    ("error", "told"),
    [(GeocoderUnavailableError("weg"), "De adressendienst antwoordt niet."),
     (GeocoderAnswerError("nee"), "antwoord was onbruikbaar")],
)  # fmt: skip
def test_an_address_service_that_does_not_work_is_no_success(
    the_desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
):
    monkeypatch.setattr(upload, "_geocoder", lambda: Broken(error))
    app = places(uploaded(DAM))
    app.toggle(key="adressen_aan").set_value(True).run()
    press(app, "adressen_opzoeken")
    assert told in "".join(one.value for one in app.error)
    assert "Geen enkele rij kreeg een punt." in "".join(one.value for one in app.error)
    assert not app.success


def test_another_lost_column_is_another_question(the_desk: Desk):
    published(the_desk, KIEL)
    app = uploaded([*KIEL[:2], *KIEL[3:-1]], headers=[*HEADERS[:2], *HEADERS[3:-1]])
    app.checkbox[0].check().run()
    assert not app.button(key="publiceer_knop").disabled
    the_desk.store.publish(content(KIEL, headers=[*HEADERS[:-1], "Kleur"]), "b.xlsx", "Bo", based_on=1)
    press(app, "publiceer_knop")
    assert app.button(key="publiceer_knop").disabled  # other columns get lost now
    assert len(the_desk.store.versions()) == 2


@pytest.mark.parametrize(("text", "words"), [("4,4025; 51,2194", "Wissel"), ("48,8566; 2,3522", "niet in of bij")])
def test_a_point_elsewhere_is_refused(text: str, words: str):
    app = places(uploaded(DAM))
    typed(app).set_value(text)
    press(app, "punt_zetten")
    assert words in shown(app)
    assert draft(app).points == {}


def test_the_chosen_offer_stays_chosen_when_it_gets_a_point():
    app = places(uploaded(DAM, ["Nog een", *DAM[1:6], "2000", ""]))
    box = next(one for one in app.selectbox if one.key.startswith("te_plaatsen"))
    box.set_value(3).run()
    typed(app).set_value("51,2194; 4,4025")
    press(app, "punt_zetten")
    assert next(one for one in app.selectbox if one.key.startswith("te_plaatsen")).value == 3


def test_a_log_that_cannot_be_written_keeps_nobody_from_working(the_desk: Desk, monkeypatch: pytest.MonkeyPatch):
    def full(*_: Any) -> None:
        raise StoreError("De schijf is vol.")

    access.add_trekker(start_session("An", account.now()), the_desk.book, "Cé", GOOD, account.now())
    monkeypatch.setattr(Log, "add", full)
    app = opened("")
    enter(app, "Cé", GOOD)
    drop(app, content(KIEL))
    press(app, "publiceer_knop")
    assert "Versie 1 is gepubliceerd." in shown(app)


def test_attempts_that_have_to_wait_do_not_fill_the_log(the_desk: Desk):
    app = opened("")
    access.add_trekker(start_session("An", account.now()), the_desk.book, "Cé", GOOD, account.now())
    app.run()
    for _ in range(settings.ATTEMPTS_PER_NAME + 3):
        enter(app, "Cé", OTHER)
    assert len(the_desk.store.log.last()) == settings.ATTEMPTS_PER_NAME
