"""The page Bijeenkomst without a browser."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.clock import today
from einclusie_data.contract.codelists import DEFAULT_PRESET, PRESETS
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.contract.verdicts import OPEN_GAP
from einclusie_data.engine.dataset import answer_per_group, read_dataset
from einclusie_data.store.access.desk import desk
from einclusie_data.store.access.guard import start_session
from einclusie_data.store.store import open_store
from einclusie_data.ui.frame import account
from tests.ui.test_pages import page
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


def sheet(*offers: tuple[str, str]) -> bytes:
    head = ["Naam aanbod", "Organisatie", "Doelgroep", "Type aanbod", "Frequentie", "Wijk"]
    rows = [[name, "Bib", "Ouderen", "Individuele begeleiding", "Wekelijks", wijk] for name, wijk in offers]
    return workbook_bytes({"Aanbod": [head, *rows]})


@pytest.fixture
def two_versions(the_desk):
    """Published before the meeting of 25 September 2026, and today; one offer moved, one came."""
    before = datetime(2026, 9, 20, 9, tzinfo=UTC)
    with open_store(settings.STORE, clock=lambda: before) as store:
        store.publish(sheet(("Inloop", "Kiel")), "oud.xlsx", "An", based_on=None)
    with open_store(settings.STORE) as store:
        store.publish(sheet(("Inloop", "Luchtbal"), ("Les", "Luchtbal")), "nieuw.xlsx", "An", based_on=1)


def test_what_changed_since_the_meeting_before_is_told_with_its_gaps(two_versions):
    text = shown(opened(trekker=False, datum="2026-12-12", vorige="2026-09-25", doelgroep="Ouderen"))
    old, new = (published_gaps(number) for number in (1, 2))
    assert "aanbod 1 nieuw, 1 gewijzigd en 0 gestopt of verdwenen" in text
    assert f"mogelijke hiaten {len(new - old)} ontstaan en {len(old - new)} verdwenen" in text
    assert "In Kiel ontstaat een mogelijk hiaat voor ouderen" in text
    assert "Nieuw: Les (Bib)." in text


def published_gaps(number: int) -> set[tuple[str, str]]:
    """Wijk and group of every gap of a version, as the engine finds them."""
    with open_store(settings.STORE) as store:
        content = store.content(number)
    dataset = read_dataset(content, "werkmap.xlsx", load_areas())
    table = answer_per_group(dataset, Question(on=today(), filters=Filters(types=PRESETS[DEFAULT_PRESET]))).table
    gaps = table[table["oordeel"].isin(OPEN_GAP)]
    return set(zip(gaps["wijkcode"], gaps["doelgroep"], strict=True))


def test_the_presentation_tells_what_changed_for_the_chosen_group(two_versions):
    app = opened("pages/presentatie.py", trekker=False, doelgroep="Ouderen", stap="veranderd")
    assert "In Kiel ontstaat een mogelijk hiaat voor ouderen" in shown(app)
    assert "voor werkzoekenden" not in shown(app)
    assert "geen enkel oordeel" in shown(
        opened("pages/presentatie.py", trekker=False, doelgroep="Werkzoekenden", stap="veranderd")
    )
