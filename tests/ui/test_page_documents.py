"""The printed documents on the pages: which buttons there are, and that the files say what the core says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from einclusie_data.answers.scopes import CITY, Scope, scopes
from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.clock import today
from einclusie_data.engine.dataset import load_dataset
from einclusie_data.output.paper.material import Material, Origin
from einclusie_data.ui.frame import published
from einclusie_data.ui.frame.filters import Choice
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.gaps import documents
from einclusie_data.ui.gaps.documents import BOOKLET, MAKERS, OVERVIEW, SHEET, document_pdf, file_name
from tests.factories import OLDER, question
from tests.pdf import bookmarks, text_of
from tests.ui.test_pages import page

CARD, ALL, LARGE = (
    "Download de wijkfiche (PDF)", "Alle wijkfiches in één boekje (PDF)", "Overzicht aanbod in grote letters (PDF)",
)  # fmt: skip


@pytest.fixture(scope="module")
def view() -> View:
    dataset = load_dataset(settings.STARTER_WORKBOOK, load_areas())
    asked = question(types=("Digitale oefenkans", "Individuele begeleiding"))
    return View(published.version(), dataset, Choice(asked, OLDER, scopes(dataset)[CITY]), ())


def buttons(app: AppTest) -> dict[str, bool]:
    assert not app.exception
    return {one.proto.label: not one.proto.disabled for one in app.get("download_button")}


@pytest.mark.parametrize(
    ("query", "wanted", "unwanted"),
    [
        ({}, ["Download de fiche van de hele stad (PDF)", ALL], [CARD]),
        ({"wijk": "Kiel"}, [CARD, "Download de fiche van de hele stad (PDF)", ALL], []),
        ({"gebied": "Netwerk Dam"}, ["Download de fiche van netwerk Dam (PDF)"], [CARD]),
        ({"gebied": "Gebied Antwerpen-Noord"}, ["Download de fiche van gebied Antwerpen-Noord (PDF)", ALL], [CARD]),
        ({"gebied": "District Deurne"}, ["Download de fiche van district Deurne (PDF)", ALL], [CARD]),
        ({"gebied": "Kiel"}, ["Download de fiche van wijk Kiel (PDF)"], [CARD, ALL]),
        ({"gebied": "Kiel", "wijk": "Kiel"}, [CARD], ["Download de fiche van wijk Kiel (PDF)", ALL]),
    ],
)
def test_the_buttons_of_the_map_follow_the_wijk_and_the_area(
    query: dict[str, str], wanted: list[str], unwanted: list[str], monkeypatch: pytest.MonkeyPatch
):
    made: list[str] = []
    monkeypatch.setattr(documents, "MAKERS", dict.fromkeys(MAKERS, lambda *_: made.append("made") or b""))
    shown = buttons(page("pages/hiatenkaart.py", **query))
    assert all(shown[label] for label in wanted)
    assert not set(unwanted) & set(shown)
    assert made == []  # nothing is made before the click


def test_the_page_of_offers_gives_the_overview_of_an_area_but_not_of_a_spot():
    assert buttons(page("pages/aanbod.py", gebied="Netwerk Dam"))[LARGE]
    assert LARGE not in buttons(page("pages/aanbod.py", zoekin="plek", plek="51.2193,4.4051"))
    assert LARGE not in buttons(page("pages/aanbod.py", zoekin="plek"))


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("name", ["Netwerk Dam", "District Borgerhout"])
def test_a_document_says_what_the_core_says(view: View, kind: str, name: str):
    scope = scopes(view.dataset)[name]
    origin = Origin(today(), published.origin(view.version, view.dataset))
    group = view.choice.group
    wanted = MAKERS[kind](Material(view.dataset, view.choice.question, origin, group), scope)
    content = document_pdf(view, kind, scope)
    assert text_of(content) == text_of(wanted)
    assert bookmarks(content) == bookmarks(wanted)
    assert "digitale oefenkans of individuele begeleiding" in text_of(content)


def test_the_map_shows_the_chosen_group_and_other_filters_make_another_document(view: View):
    scope = scopes(view.dataset)["Kiel"]
    assert "Oordeel voor ouderen." in text_of(document_pdf(view, SHEET, scope))
    other = replace(view, choice=replace(view.choice, question=question(prices=("Gratis",)), group="Werkzoekenden"))
    text = text_of(document_pdf(other, SHEET, scope))
    assert "Oordeel voor werkzoekenden." in text
    assert "Kiel, alle doelgroepen, gratis" in text


def test_a_second_download_costs_nothing(view: View, monkeypatch: pytest.MonkeyPatch):
    made: list[Scope] = []

    def make(material: Material, scope: Scope) -> bytes:
        made.append(scope)
        return OVERVIEW.encode()

    monkeypatch.setattr(documents, "MAKERS", {OVERVIEW: make})
    documents._pdf.clear()
    scope = scopes(view.dataset)["District Berchem"]
    other_group = replace(view, choice=replace(view.choice, group="Werkzoekenden"))
    assert document_pdf(view, OVERVIEW, scope) == document_pdf(other_group, OVERVIEW, scope) == b"overzicht-aanbod"
    assert made == [scope]
    document_pdf(view, OVERVIEW, scopes(view.dataset)["Kiel"])
    assert len(made) == 2
    documents._pdf.clear()


def test_the_name_of_a_file_holds_nothing_odd(view: View):
    scope = Scope("gebied <b>../Kiel & Dam\n" + "x" * 300, ("ANT10",), "gebied")
    name = file_name(view, BOOKLET, scope)
    assert name.startswith("wijkfiches-gebied-b-kiel-en-dam-x")
    assert name.endswith("x-2026-11-23.pdf")
    assert len(name) < 100
    assert file_name(view, SHEET, scopes(view.dataset)["Kiel"]) == "wijkfiche-kiel-2026-11-23.pdf"


def test_hostile_names_of_areas_stay_text(monkeypatch: pytest.MonkeyPatch, tmp_path):
    from tests.xlsx import workbook_bytes

    evil = "![x](http://a.b/c.png) <b>&"
    path = tmp_path / "eigen.xlsx"
    path.write_bytes(workbook_bytes({"Aanbod": [["Naam aanbod", "Organisatie"], ["x", "y"]],
                                     "Gebieden": [["Naam", "Wijken"], [evil, "Kiel; Dam"]]}))  # fmt: skip
    monkeypatch.setattr(settings, "WORKBOOK", path)
    app = page("pages/hiatenkaart.py", gebied=f"Gebied {evil}")
    [label] = [one for one in buttons(app) if one.startswith("Download de fiche van gebied")]
    assert r"\!\[x\]\(" in label or r"\!\[x\]" in label
    assert "<b>" not in label.replace(r"\<b\>", "")
