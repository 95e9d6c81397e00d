"""The page Waar eerst without a browser: it says what the core says, follows the link, and long work can wait."""

from __future__ import annotations

import time
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.clock import today
from einclusie_data.contract.codelists import DEFAULT_PRESET, PRESETS
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.engine.dataset import Dataset, load_dataset
from einclusie_data.proposals.link import read_link
from einclusie_data.proposals.scenario import Scenario
from einclusie_data.proposals.siting.advice import Advice, Siting, advice, scenario_of, siting_of
from einclusie_data.proposals.siting.demand import Kind, Weigh
from einclusie_data.proposals.siting.words import (
    COUNTS_PEOPLE,
    OTHER_WEIGHTS,
    fair_sentences,
    need_sentences,
    optimum_sentences,
    reach_sentences,
)
from einclusie_data.ui.siting import page as siting_view
from einclusie_data.ui.siting.page import choose_n
from tests.ui.test_pages import page
from tests.xlsx import workbook_bytes

FILE = "pages/waar_eerst.py"
ASKED = Question(today(), filters=Filters(types=PRESETS[DEFAULT_PRESET]))


@pytest.fixture(scope="module")
def data() -> Dataset:
    return load_dataset(settings.STARTER_WORKBOOK, load_areas())


def opened(**query: str) -> AppTest:
    app = page(FILE, **query)
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    parts = [str(one.proto.body) for one in app.get("html")]
    return unescape("\n".join([*parts, *(one.value for one in (*app.text, *app.caption, *app.error))]))


def test_it_starts_with_what_five_places_would_reach(data: Dataset):
    text = shown(opened())
    found = advice(siting_of(data, ASKED, "Iedereen"), 5)
    for line in (*reach_sentences(found), *optimum_sentences(found)):
        assert line in text


def test_number_candidates_and_area_follow_the_link(data: Dataset):
    text = shown(opened(aantal="3", plekken="raster", doelgroep="Ouderen", gebied="District Deurne"))
    codes = tuple(data.areas.districts["Deurne"])
    wanted = advice(siting_of(data, ASKED, "Ouderen", kinds=(Kind.GRID,), codes=codes), 3)
    assert reach_sentences(wanted)[1] in text
    assert "plekken net erbuiten doen niet mee" in text


def test_what_is_not_allowed_in_a_link_falls_back():
    app = opened(aantal="11", plekken="<b>", tel="niets", verdeling="x")
    state = app.session_state
    assert (state["aantal"], state["plekken"], state["tel"], state["verdeling"]) == (5, ["wijken"], "gewoon", "meeste")


def test_an_unknown_need_is_said_and_something_else_can_be_counted(data: Dataset):
    app = opened(doelgroep="Werkzoekenden")
    siting = siting_of(data, ASKED, "Werkzoekenden")
    assert need_sentences(siting)[0] in shown(app)
    assert OTHER_WEIGHTS in shown(app)
    app.session_state["andere_keuzes"] = True
    app.run()
    app.selectbox(key="tel").set_value("inwoners").run()
    assert "".join(app.query_params["tel"]) == "inwoners"
    inhabitants = siting_of(data, ASKED, "Werkzoekenden", weigh=Weigh.INHABITANTS)
    assert reach_sentences(advice(inhabitants, 5))[1] in shown(app)


def test_counting_wijken_where_that_is_usual_is_no_choice_of_its_own():
    assert opened(doelgroep="Werkzoekenden", tel="wijken").session_state["tel"] == "gewoon"
    assert opened(tel="inwoners").session_state["tel"] == "gewoon"  # for everyone they are the same people


def test_the_fair_variant_says_what_it_does_and_what_it_costs(data: Dataset):
    text = shown(opened(verdeling="eerlijk", doelgroep="Ouderen"))
    siting = siting_of(data, ASKED, "Ouderen")
    fair = advice(siting, 5, fair=True)
    for line in (*reach_sentences(fair), *fair_sentences(fair, advice(siting, 5))):
        assert line in text


def test_the_last_kind_of_places_cannot_be_taken_away():
    app = opened()
    app.session_state["andere_keuzes"] = True
    app.run()
    app.button_group(key="plekken").set_value([]).run()
    assert not app.exception
    assert app.session_state["plekken"] == ["wijken"]


def test_another_number_by_list_and_by_the_curve(monkeypatch: pytest.MonkeyPatch):
    app = opened()
    app.selectbox(key="aantal").set_value(2).run()
    assert "".join(app.query_params["aantal"]) == "2"
    state: dict[str, int] = {}
    monkeypatch.setattr("streamlit.session_state", state)
    choose_n("7")
    assert state == {"aantal": 7}


def test_the_same_question_is_sought_once(monkeypatch: pytest.MonkeyPatch):
    asked: list[int] = []
    real = siting_view.siting.curve
    monkeypatch.setattr(siting_view.siting, "curve", lambda *one: asked.append(1) or real(*one))
    app = opened(afstand="400", doelgroep="Ouders en gezinnen")
    app.selectbox(key="aantal").set_value(2).run()
    app.selectbox(key="aantal").set_value(9).run()
    assert asked == [1]


def test_what_takes_long_waits_until_someone_asks_and_can_be_stopped(monkeypatch: pytest.MonkeyPatch):
    real, asked = siting_view.siting.advice, []

    def slow(siting: Siting, n: int, *, fair: bool = False, seconds: float = 1) -> Advice:
        if fair:
            asked.append(n)
            time.sleep(1.5)
        return real(siting, n, seconds=seconds)

    monkeypatch.setattr(siting_view.siting, "advice", slow)
    app = opened(
        verdeling="eerlijk", plekken="raster", gebied="Hele stad", doelgroep="Laaggeletterden en kortgeschoolden"
    )
    assert siting_view.TAKES_LONG in shown(app)
    assert not asked
    app.button(key="zoek_eerlijk").click().run()
    assert siting_view.JOB in app.session_state
    app.button(key="taak_stoppen").click().run()
    assert siting_view.JOB not in app.session_state
    app.button(key="zoek_eerlijk").click().run()
    deadline = time.monotonic() + 20
    while siting_view.JOB in app.session_state and time.monotonic() < deadline:
        time.sleep(0.2)
        app.run()
    assert siting_view.TAKES_LONG not in shown(app)
    assert asked == [5, 5]
    assert "Met 5 nieuwe plekken" in shown(app)


def test_all_groups_when_someone_asks():
    app = opened()
    assert "De beste plekken per doelgroep" not in shown(app)
    app.session_state["alle_doelgroepen"] = True
    app.run()
    assert "De beste plekken per doelgroep" in shown(app)


def test_the_places_can_be_looked_at_in_wat_als(data: Dataset, monkeypatch: pytest.MonkeyPatch):
    gone: list[tuple[str, Scenario | None]] = []
    monkeypatch.setattr(siting_view, "go_to", lambda file, *, scenario: gone.append((file, read_link(scenario))))
    wanted = scenario_of(advice(siting_of(data, ASKED, "Ouderen"), 3))
    siting_view._open_what_if(advice(siting_of(data, ASKED, "Ouderen"), 3), ())
    assert gone[0][0] == "pages/wat_als.py"
    assert gone[0][1] is not None
    assert gone[0][1].name == wanted.name
    assert [one.location for one in gone[0][1].new_offers] == [one.location for one in wanted.new_offers]


def test_one_figure_of_one_wijk_is_no_answer_for_the_city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    group = "Anderstaligen en nieuwkomers"
    lesson = ["Les", "Ligo", "Groepsles of workshop", group, "Luchtbal"]
    sheets = {
        "Aanbod": [["Naam aanbod", "Organisatie", "Type aanbod", "Doelgroep", "Wijk"], lesson],
        "Behoefte": [["Wijk", "Doelgroep", "Aantal personen"], ["Luchtbal", group, "2.600"]],
    }
    path = tmp_path / "werkmap.xlsx"
    path.write_bytes(workbook_bytes(sheets))
    monkeypatch.setattr(settings, "WORKBOOK", path)
    app = opened(doelgroep=group, tel="personen")
    app.session_state["alle_doelgroepen"] = True
    app.run()
    text = shown(app)
    assert "een cijfer voor 1 van de 59 wijken" in text
    assert "Met 5 nieuwe plekken komen er" in text
    assert "wijken van de 59,0" in text
    assert "2.600" not in text
    assert "nergens" not in text
    assert COUNTS_PEOPLE in text


def test_names_from_a_workbook_are_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    evil = "<img src=x onerror=alert(1)> ![x](http://a.b/c.png)"
    path = tmp_path / "kwaad.xlsx"
    sheets = {
        "Aanbod": [["Naam aanbod", "Organisatie"], [evil, evil]],
        "Partners": [["Organisatie", "Wijk"], [evil, "Kiel"]],
    }
    path.write_bytes(workbook_bytes(sheets))
    monkeypatch.setattr(settings, "WORKBOOK", path)
    app = opened(plekken="partners")
    assert "1 nieuwe plek" in shown(app)
    assert "<img" not in "".join(str(one.proto.body) for one in app.get("html"))
    assert not any("![" in one.value for one in (*app.markdown, *app.caption))
