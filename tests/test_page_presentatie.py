"""The presentation without a browser: every step says what the engine says."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from einclusie_data import settings
from einclusie_data.areas import load_areas
from einclusie_data.figures import open_gaps_text
from einclusie_data.gaps import most_pressing
from einclusie_data.pipeline import answer_per_group, load_dataset
from einclusie_data.verdicts import VERDICTS
from einclusie_data.words import number
from tests.factories import question
from tests.test_pages import page

FILE = "pages/presentatie.py"
DAY = "2026-11-23"


def opened(**query: str) -> AppTest:
    app = page(FILE, peildatum=DAY, soort="Alles", **query)
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    return unescape("\n".join([*(str(one.proto.body) for one in app.get("html")), *(one.value for one in app.header)]))


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
