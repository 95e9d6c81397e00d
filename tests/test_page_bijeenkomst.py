"""The page Bijeenkomst without a browser."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from einclusie_data import settings
from einclusie_data.access import start_session
from einclusie_data.dates import today
from einclusie_data.trekkers import desk
from einclusie_data.ui import account
from tests.test_pages import page
from tests.xlsx import workbook_bytes

FILE = "pages/bijeenkomst.py"


def shown(app) -> str:
    return unescape("\n".join(one.proto.body for one in app.get("html")))


def test_the_preparation_follows_network_and_group():
    app = page(FILE, gebied="Netwerk Kiel", doelgroep="Ouderen", datum="2026-12-03")
    assert not app.exception
    assert "Voor ouderen" in shown(app) or "geen mogelijk hiaat" in shown(app)
    assert "We kennen de vorige bijeenkomst niet" in shown(app)
    assert shown(app).count("er is niets om mee te vergelijken") == 3
    assert "netwerk Kiel, 3 december 2026" in app.code[0].value


def test_what_was_not_kept_is_said():
    app = page(FILE, datum="2026-12-03", vorige="2026-09-03")
    assert not app.exception
    assert "bewaren we geen werkmap" in shown(app)


@pytest.fixture
def the_desk(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "STORE", str(tmp_path / "opslag"))
    monkeypatch.setattr(settings, "TREKKERS", ("An <an@example.org>",))
    yield desk(settings.STORE)
    desk.cache_clear()


def opened(file: str = FILE, *, trekker: bool, **query: str) -> AppTest:
    app = AppTest.from_file(str(settings.PROJECT_FOLDER / "dashboard.py"), default_timeout=60)
    app.switch_page(file)
    if trekker:
        app.session_state["trekker"] = start_session("An", account.now())
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def test_a_note_of_a_trekker_is_kept_at_once_and_others_read_it(the_desk):
    kiel = {"gebied": "Netwerk Kiel", "datum": "2026-12-03"}
    app = opened(trekker=True, **kiel)
    note = "Bib zoekt vrijwilligers. Bel 0470 12 34 56. <b>Samen</b>"
    app.text_area("notitie|Kiel|2026-12-03|afspraken").set_value(note).run()
    kept = the_desk.store.notes.of_meeting("Kiel", date(2026, 12, 3))["afspraken"]
    assert (kept.text, kept.by) == (note, "An")
    text = "\n".join(one.proto.body for one in opened(trekker=False, **kiel).get("html"))
    assert "Bib zoekt vrijwilligers." in text
    assert "0470" not in text
    assert "<b>Samen" not in text
    assert "Bib zoekt" not in shown(opened(trekker=False, gebied="Netwerk Dam", datum="2026-12-03"))


def test_only_a_trekker_has_fields_for_notes(the_desk):
    app = opened(trekker=False)
    assert not [one for one in app.text_area if one.key.startswith("notitie")]
    assert any("Alleen een trekker" in one.value for one in app.caption)


def test_a_note_typed_in_the_presentation_is_one_of_todays_meeting(the_desk):
    app = opened("pages/presentatie.py", trekker=True, gebied="Netwerk Kiel")
    key = f"notitie|Kiel|{today().isoformat()}|afspraken"
    app.text_area(key).set_value("Volgende keer in de bib").run()
    assert the_desk.store.notes.of_meeting("Kiel", today())["afspraken"].text == "Volgende keer in de bib"
    page_of_today = opened(trekker=True, gebied="Netwerk Kiel", datum=today().isoformat())
    assert page_of_today.text_area(key).value == "Volgende keer in de bib"


def test_the_next_meeting_of_the_workbook_is_the_day(tmp_path, monkeypatch):
    path = tmp_path / "werkmap.xlsx"
    head = ["Datum", "Netwerk", "Gastorganisatie"]
    rows = [[f"{today().year - 1}-01-05", "Kiel", "Bib"], [f"{today().year + 1}-02-03", "Kiel", "School"]]
    path.write_bytes(
        workbook_bytes({"Aanbod": [["Naam aanbod", "Organisatie"], ["Hulp", "Bib"]], "Bijeenkomsten": [head, *rows]})
    )
    monkeypatch.setattr(settings, "WORKBOOK", path)
    app = page(FILE, gebied="Netwerk Kiel")
    assert app.query_params["datum"] == f"{today().year + 1}-02-03"
    assert app.query_params["vorige"] == f"{today().year - 1}-01-05"


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_meeting_that_is_still_to_come_can_be_put_in_a_calendar(the_desk, days):
    app = opened(trekker=False, datum=(today() + timedelta(days=days)).isoformat())
    labels = [one.proto.label for one in app.get("download_button")]
    assert ("Zet in je agenda (.ics)" in labels) == (days >= 0)
