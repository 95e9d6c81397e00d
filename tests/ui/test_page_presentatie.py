"""The presentation without a browser: every step says what the engine says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from einclusie_data.answers.matrix import open_gaps_text
from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.clock import today
from einclusie_data.contract.verdicts import VERDICTS
from einclusie_data.contract.words import number
from einclusie_data.engine.dataset import answer_per_group, load_dataset
from einclusie_data.engine.gaps import most_pressing
from einclusie_data.meeting.message import report_of
from einclusie_data.store.access.desk import desk
from einclusie_data.store.access.guard import start_session
from einclusie_data.store.decision_record import Draft, Proposal, State
from einclusie_data.store.store import Store
from einclusie_data.ui.frame import account
from einclusie_data.ui.meeting.page import NOT_KEPT
from einclusie_data.ui.meeting.presentation import OPEN, READ_ONLY
from tests.factories import question
from tests.meeting.test_meeting import occasion
from tests.ui.test_pages import page

FILE = "pages/presentatie.py"
DAY = "2026-11-23"


def opened(**query: str) -> AppTest:
    app = page(FILE, peildatum=DAY, soort="Alles", **query)
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    return unescape("\n".join([*(str(one.proto.body) for one in app.get("html")), *(one.value for one in app.header)]))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(settings, "STORE", str(tmp_path / "opslag"))
    monkeypatch.setattr(settings, "TREKKERS", ("An <an@example.org>",))
    yield desk(settings.STORE).store
    desk.cache_clear()


def signed_in(**query: str) -> AppTest:
    app = AppTest.from_file(str(settings.PROJECT_FOLDER / "dashboard.py"), default_timeout=60)
    app.switch_page(FILE)
    app.session_state["trekker"] = start_session("An", account.now())
    app.session_state[OPEN] = True
    for key, value in {"peildatum": DAY, "soort": "Alles", **query}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def messages(app: AppTest) -> str:
    return "\n".join(one.value for kind in (app.success, app.error, app.caption) for one in kind).replace("\\", "")


@pytest.fixture(scope="module")
def table():
    dataset = load_dataset(settings.STARTER_WORKBOOK, load_areas())
    return answer_per_group(dataset, question(on=date.fromisoformat(DAY))).table


def test_the_first_step_is_the_answer(table):
    rows = table[table["doelgroep"] == "Ouderen"]
    assert open_gaps_text(rows) in shown(opened(doelgroep="Ouderen"))


def test_the_next_steps_are_the_gaps_most_pressing_first(table):
    rows = most_pressing(table[table["doelgroep"] == "Ouderen"])
    app = opened(doelgroep="Ouderen")
    for row in rows.head(3).itertuples():
        next(one for one in app.button if one.label.startswith("Volgende")).click().run()
        text = shown(app)
        assert str(row.wijk) in text
        assert number(int(row.buiten_bereik)) in text
        assert VERDICTS[str(row.oordeel)].word in text
    assert app.query_params["stap"] == f"hiaat-{rows['wijkcode'].iloc[2]}"


def test_a_wijk_shows_every_verdict_of_the_engine(table):
    code = str(table["wijkcode"].iloc[0])
    text = shown(opened(stap=f"wijk-{code}"))
    for row in table[table["wijkcode"] == code].itertuples():
        assert VERDICTS[str(row.oordeel)].word in text
    assert str(table["wijk"].iloc[0]) in text


def test_without_versions_and_decisions_it_says_what_will_bring_them():
    assert "Er is nog geen werkmap gepubliceerd" in shown(opened(stap="veranderd"))
    assert "Er staat nog geen enkel voorstel" in shown(opened(stap="besluiten"))


def test_a_step_that_does_not_exist_is_the_first_one():
    assert "Waar en voor wie" in shown(opened(stap="<img src=x>"))


# --- decisions during the meeting -------------------------------------------------------------------------------------
def test_a_decision_about_the_gap_on_the_screen_is_kept_at_once(store: Store, table):
    code = str(most_pressing(table[table["doelgroep"] == "Ouderen"])["wijkcode"].iloc[0])
    wijk = str(table.loc[table["wijkcode"] == code, "wijk"].iloc[0])
    app = signed_in(doelgroep="Ouderen", stap=f"hiaat-{code}")
    assert app.text_input(key="besluit_veld_title").value == f"Aanbod voor ouderen in {wijk}"
    app.text_input(key="besluit_veld_who").set_value("Atlas")
    app.date_input(key="besluit_veld_due").set_value(date(2027, 2, 1))
    app.text_area(key="besluit_veld_why").set_value("Niemand bereikt hen daar.")
    app.button(key="besluit_bewaren").click().run()
    assert not app.exception
    (kept,) = store.decisions.all()
    assert kept.draft == Draft(
        title=f"Aanbod voor ouderen in {wijk}", state=State.DECIDED, who="Atlas", due=date(2027, 2, 1),
        why="Niemand bereikt hen daar.", wijkcode=code, group="Ouderen", meeting=today(), network="Hele stad",
        what=Proposal(groups=("Ouderen",), wijken=(code,)),
    )  # fmt: skip
    assert "Besluit 1 is bewaard: beslist." in messages(app)
    assert not [one for one in app.text_input if one.key == "besluit_veld_title"]  # the form is closed
    assert f"Aanbod voor ouderen in {wijk}" in shown(signed_in(doelgroep="Ouderen", stap="besluiten"))
    report = report_of(replace(occasion(), day=today(), decisions=store.decisions.all()), {})
    assert any(f"Aanbod voor ouderen in {wijk}" in " ".join(row) for row in report.decided.rows)


def test_a_decision_without_a_title_is_not_kept_and_what_was_typed_stays(store: Store):
    app = signed_in(stap="besluiten")
    app.text_input(key="besluit_veld_who").set_value("Atlas")
    app.button(key="besluit_bewaren").click().run()
    assert not app.exception
    assert store.decisions.all() == ()
    assert "Dit kan zo niet bewaard worden" in messages(app)
    assert app.text_input(key="besluit_veld_who").value == "Atlas"
    app.button(key="besluit_annuleren").click().run()
    assert not [one for one in app.text_input if one.key == "besluit_veld_who"]


def test_someone_who_is_no_trekker_reads_who_may(store: Store):
    app = page(FILE, stap="besluiten")
    app.session_state[OPEN] = True
    app.run()
    assert READ_ONLY in messages(app)
    assert not app.text_input


def test_what_goes_wrong_is_said_of_what_was_tried(store: Store, monkeypatch: pytest.MonkeyPatch):
    app = signed_in(stap="besluiten")
    note = next(one.key for one in app.text_area if one.key.startswith("notitie|"))
    monkeypatch.setattr(settings, "TREKKERS", ("Bo <bo@example.org>",))  # An is no trekker any more
    app.text_input(key="besluit_veld_title").set_value("Aanbod")
    app.button(key="besluit_bewaren").click().run()
    assert "geen trekker meer" in messages(app)
    assert NOT_KEPT not in messages(app)
    monkeypatch.setattr(settings, "TREKKERS", ("An <an@example.org>",))
    app = signed_in(stap="besluiten")
    monkeypatch.setattr(settings, "TREKKERS", ("Bo <bo@example.org>",))
    app.text_area(key=note).set_value("Genoteerd.").run()
    assert messages(app).count(NOT_KEPT) == 1
    assert messages(app).count("geen trekker meer") == 1
