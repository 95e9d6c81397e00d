"""The page about the data without a browser: the answer is the engine's, every section draws, nothing hostile runs."""

from __future__ import annotations

from datetime import date
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from einclusie_data.answers.scopes import scopes
from einclusie_data.answers.todo import (
    effect_sentence,
    fill_in_sentence,
    todo_by_organisation,
    todo_list,
    where_sentence,
    who_sentence,
)
from einclusie_data.city.areas import load_areas
from einclusie_data.contract import codelists, settings
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.engine.dataset import Dataset, answer_per_group, load_dataset
from einclusie_data.ui.quality.page import SECTIONS
from tests.ui.test_pages import page
from tests.xlsx import workbook_bytes

DAY = date(2026, 11, 23)
FILE = "pages/datakwaliteit.py"
HEADERS = ["Naam aanbod", "Organisatie", "Type aanbod", "Doelgroep", "Wijk", "Laatst gecontroleerd"]
HELP = "Individuele begeleiding"


def opened(**query: str) -> AppTest:
    app = page(FILE, peildatum=DAY.isoformat(), **query)
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(one.proto.body for one in app.get("html"))


def texts(app: AppTest) -> str:
    return "\n".join(one.value for one in app.text)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_dataset(settings.STARTER_WORKBOOK, load_areas())


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def use(*rows: list[object]) -> None:
        path = tmp_path / "eigen.xlsx"
        path.write_bytes(workbook_bytes({"Aanbod": [HEADERS, *rows]}))
        monkeypatch.setattr(settings, "WORKBOOK", path)

    return use


@pytest.mark.parametrize(
    ("group", "area"), [("Iedereen", "Hele stad"), ("Ouderen", "Hele stad"), ("Werkzoekenden", "District Deurne")]
)
def test_the_answer_is_the_engines(dataset: Dataset, group: str, area: str):
    types = codelists.PRESETS[codelists.DEFAULT_PRESET]
    answer = answer_per_group(dataset, Question(DAY, filters=Filters(types=types)))
    one = None if group == codelists.EVERYONE else group
    codes = scopes(dataset)[area].codes
    rows = answer.table[answer.table["wijkcode"].isin(codes)]
    rows = rows if one is None else rows[rows["doelgroep"] == one]
    todo = todo_list(dataset, answer, codes, one)
    shown = unescape(html(opened(doelgroep=group, gebied=area)))
    assert where_sentence(rows, one) in shown
    assert who_sentence(len(todo), len(todo_by_organisation(todo))) in shown
    assert len(todo)
    for _, row in todo.iterrows():
        assert f"Rij {row['row']}: {row['name']}" in shown
        assert f"{fill_in_sentence(row['fill_in'])} {effect_sentence(row)}" in shown


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("meldingen", "De coördinaten liggen in"),
        ("volledigheid", "66 van 72 (92 %)"),
        ("plek", "Vul het adres of de wijk aan."),
        ("nakijken", "langer dan 2 jaar geleden"),
        ("cijfers", "We hebben voor geen van de 59 wijken een cijfer."),
    ],
)
def test_every_section(part: str, words: str):
    assert words in unescape(html(opened(deel=part)))


def test_the_sections_tested_are_all():
    assert list(SECTIONS) == ["meldingen", "volledigheid", "plek", "nakijken", "cijfers"]


def test_completeness_of_another_sheet():
    assert "13 van 37" in html(opened(deel="volledigheid", blad="Methodieken"))


def test_problems_by_sheet_severity_and_column(own):
    own(["A", "Ligo", "onzin", "Marsmannetjes", "Kiel"], ["", "Ligo", HELP, "Ouderen", "Kiel"])
    everything = texts(opened())
    assert "3 meldingen." in everything
    assert "telt de rij mee" not in everything  # not every warning keeps its row: each says what it changes
    assert "1 melding." in texts(opened(melding_kolom="Doelgroep"))
    assert "1 melding." in texts(opened(melding_ernst="fout"))
    assert "0 meldingen" in texts(opened(melding_ernst="fout", melding_kolom="Doelgroep"))


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("meldingen", "We vonden geen fouten in het bestand."),
        ("plek", "Elk aanbod dat bij deze filters past, heeft een bekende plek."),
        ("nakijken", "Al het aanbod is het laatste jaar nagekeken."),
        ("cijfers", "Voor elke wijk van deze keuze weten we hoeveel mensen er wonen."),
    ],
)
def test_a_clean_workbook_says_so_in_every_section(own, part: str, sentence: str):
    own(["A", "Ligo", HELP, "Ouderen", "Kiel", DAY])
    app = opened(deel=part, doelgroep="Ouderen")
    assert sentence in texts(app)
    assert "Geen enkel oordeel is onbekend voor ouderen." in html(app)


def test_a_workbook_without_rows_says_so(own):
    own()
    assert "nog geen enkele rij" in texts(opened(deel="volledigheid"))
    assert "geen actief aanbod" in texts(opened(deel="nakijken"))


@pytest.mark.parametrize("part", SECTIONS)
def test_hostile_and_private_text_is_only_text(own, part: str):
    bad = "<img src=x onerror=alert(1)> ${1} ![x](http://a.b/c.png) 0470 12 34 56"
    own([bad, bad, HELP, "", "", date(2020, 1, 1)], [f"{bad} 2", "an@example.org", bad, bad, bad])
    app = opened(deel=part)
    everything = html(app) + texts(app) + "".join(one.value for one in app.markdown)
    assert "<img" not in everything
    assert "&lt;img" in everything
    assert "0470" not in everything
    assert "an@example.org" not in everything
    assert not [one.value for one in app.markdown if "![" in one.value]


def test_a_problem_of_a_whole_column_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "eigen.xlsx"
    path.write_bytes(workbook_bytes({"Aanbod": [[*HEADERS, "Vreemd"], ["A", "Ligo", HELP, "Ouderen", "Kiel", DAY, 1]]}))
    monkeypatch.setattr(settings, "WORKBOOK", path)
    assert "Aanbod, hele blad" in html(opened())


def test_a_long_list_is_folded(own):
    own(*[[f"A{place}", "Ligo", HELP, "", "Kiel", DAY] for place in range(8)])
    assert "Toon nog 3 rijen" in html(opened())


def test_the_choices_of_the_page_follow_the_link_and_survive_nonsense():
    app = opened(deel="<b>onzin</b>", melding_blad="x", melding_kolom="[y](z)", blad="?")
    assert "1 melding." in texts(app)
    assert app.get("download_button")
