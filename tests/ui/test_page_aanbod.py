"""The page Aanbod without a browser: where to look, what fits, one offer, the ways on; all from the link."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from einclusie_data.answers.explain import IN_WIJK, MAYBE_HERE, WITHIN_REACH
from einclusie_data.answers.nearby import offers_near, walk_words
from einclusie_data.answers.offer_card import NOT_FILLED
from einclusie_data.answers.offers import offer_list
from einclusie_data.answers.spots import spot_at, spot_places
from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.questions import Question
from einclusie_data.engine.dataset import Dataset, load_dataset
from einclusie_data.ui.parts.cards import _data
from tests.ui.test_pages import page as open_any
from tests.ui.test_pages import sentence
from tests.xlsx import workbook_bytes

SPOT = "51.2193,4.4051"
EVIL = "<img src=x onerror=alert(1)> ![x](http://a.b/c.png) ${x}"


def page(**query: str) -> AppTest:
    app = open_any("pages/aanbod.py", **query)
    assert not app.exception
    return app


def headings(app: AppTest) -> list[str]:
    return [one.value for one in app.header]


def texts(app: AppTest) -> str:
    return "\n".join(one.value for one in (*app.text, *app.markdown, *app.caption))


def html(app: AppTest) -> str:
    return "\n".join(one.proto.body for one in app.get("html"))


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_dataset(settings.STARTER_WORKBOOK, load_areas())


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """The cards that the page draws; AppTest knows nothing of components."""
    found: list[dict] = []

    def collect(cards, *, key, label, on_pick):
        found.extend({**_data(card), "list": label} for card in cards)

    monkeypatch.setattr("einclusie_data.ui.offers.listing.show_cards", collect)
    return found


@pytest.fixture
def own_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def write(*rows: list[str], headers: list[str]) -> None:
        path = tmp_path / "eigen.xlsx"
        path.write_bytes(workbook_bytes({"Aanbod": [headers, *rows]}))
        monkeypatch.setattr(settings, "WORKBOOK", path)

    return write


# --- an area ----------------------------------------------------------------------------------------------------------
def test_a_wijk_tells_apart_what_is_in_it_near_it_and_what_comes_to_it(dataset: Dataset, shown):
    app = page(soort="Alles", gebied="Kiel")
    place = int(dataset.areas.wijken.index.get_loc("ANT10"))
    question = Question(app.session_state["peildatum"])
    wanted = offer_list(dataset.supply, dataset.reach(settings.REACH_M), question, wijken=[place])
    sizes = wanted["relation"].value_counts()
    assert headings(app) == [
        f"In de wijk: {sizes[IN_WIJK]}",
        f"Binnen loopafstand (800 m): {sizes[WITHIN_REACH]}",
        f"Komt aan huis, rondreizend of online: {sizes['aan huis, rondreizend of online']}",
        f"Ligt misschien in de wijk: {sizes[MAYBE_HERE]}",
    ]
    assert [card["id"] for card in shown] == [str(row) for row in wanted["row"]]


def test_sign_up_and_languages_are_on_the_page_and_not_in_the_panel():
    app = page(aanmelden="Vrije inloop")
    assert app.button_group(key="aanmelden").value == ["Vrije inloop"]
    assert "vrije inloop" in sentence(app)
    app.button_group(key="aanmelden").set_value([]).run()
    assert "vrije inloop" not in sentence(app)
    assert [one.label for one in app.multiselect] == ["Talen"]
    assert [one.label for one in app.sidebar.selectbox] == ["Gebied", "Soort aanbod"]


def test_what_perhaps_fits_is_counted_and_can_be_shown(shown):
    query = {"doelgroep": "Ouderen", "aanmelden": "Vrije inloop", "gebied": "Linkeroever"}
    app = page(**query)
    sure = [card["id"] for card in shown]
    shown.clear()
    assert app.toggle(key="misschien").label == "Toon ook wat misschien past (5)"
    app.toggle(key="misschien").set_value(True).run()
    added = [card for card in shown if card["id"] not in sure]
    assert len(added) == 5
    assert all(card["lines"][0].startswith("Past misschien. Niet bekend: ") for card in added)


def test_a_long_list_starts_with_the_first_twenty(shown):
    app = page(soort="Alles")
    assert len(shown) == 20
    shown.clear()
    more = next(one for one in app.button if one.label.startswith("Toon alles ("))
    more.click().run()
    assert more.label == f"Toon alles ({len(shown)})"
    assert app.query_params["alles"] == "ja"


def test_nothing_found_says_so_and_leads_on():
    app = page(doelgroep="Ouderen", gebied="Linkeroever", zoek="xyzzy")
    assert "Er is geen aanbod gevonden" in texts(app)
    assert sentence(app).startswith("**Geen aanbod gevonden: wijk Linkeroever")
    ways = {one.label: one for one in app.button}
    assert {"Zoek in de hele stad", "Toon elk soort aanbod", "Toon aanbod voor elke groep"} <= set(ways)
    assert "Toon elke taal" not in ways
    ways["Wis de zoekwoorden"].click().run()
    assert "geen aanbod" not in sentence(app).lower()


# --- a spot -----------------------------------------------------------------------------------------------------------
def test_around_a_spot_the_nearest_comes_first(dataset: Dataset, shown):
    app = page(zoekin="plek", plek=SPOT, soort="Alles")
    spot = spot_at(dataset.areas, 51.2193, 4.4051)
    wanted = offers_near(dataset.supply, Question(app.session_state["peildatum"]), spot)
    assert [card["id"] for card in shown] == [str(row) for row in wanted["row"]]
    first = next(card for card in shown if card["list"].startswith("Binnen loopafstand"))
    assert walk_words(wanted["distance_m"].iloc[0]) in first["lines"][1].lower()
    assert "rond de gekozen plek (wijk Historisch Centrum)" in sentence(app)
    assert "Gebied" not in [one.label for one in app.sidebar.selectbox]
    assert "deel geen adres" in texts(app)


def test_a_spot_can_be_chosen_by_name(dataset: Dataset):
    app = page(zoekin="plek")
    assert "Waar is je cliënt?" in sentence(app)
    app.selectbox(key="plek_naam").set_value("Midden van Kiel").run()
    assert app.query_params["plek"] == spot_places(dataset.supply, dataset.workbook.partners)["Midden van Kiel"]
    assert "(wijk Kiel)" in sentence(app)
    assert page(zoekin="plek", plek=app.query_params["plek"]).selectbox(key="plek_naam").value == "Midden van Kiel"


@pytest.mark.parametrize(
    ("plek", "words"),
    [
        ("51.2193,4.3900", "in de Schelde"),
        ("50.8500,4.3500", "buiten de stad"),
        ("<b>hier</b>", "Waar is je cliënt?"),
        ("999,999", "Waar is je cliënt?"),
    ],
)
def test_a_spot_without_an_answer_says_why(plek: str, words: str):
    app = page(zoekin="plek", plek=plek)
    assert words in sentence(app)
    assert headings(app) == []


# --- one offer --------------------------------------------------------------------------------------------------------
def test_a_link_opens_the_card_of_one_offer(own_workbook):
    headers = [
        "Naam aanbod",
        "Organisatie",
        "Wijk",
        "Type aanbod",
        "Laatst gecontroleerd",
        "Website",
        "Contactpersoon (intern)",
    ]
    own_workbook(
        ["Digicafé", "SAAMO", "Kiel", "praatje", "1/02/2020", "https://example.org/a?b=1&c=2", "An Geheim"],
        headers=headers,
    )
    app = page(aanbod="2")
    card = html(app)
    assert "<h2>Digicafé</h2>" in card
    assert "praatje (niet begrepen)" in card
    assert f"<th scope='row'>Adres</th><td><span class='stil'>{NOT_FILLED}</span></td>" in card
    assert "meer dan twee jaar geleden" in card
    assert "Binnen 800 m te voet van bewoners van" in card
    assert "href='https://example.org/a?b=1&amp;c=2'" in card
    assert "Geheim" not in card
    next(one for one in app.button if "Terug" in one.label).click().run()
    assert "<h2>Digicafé</h2>" not in html(app)


def test_the_card_of_an_offer_that_stopped_says_so_first(own_workbook):
    headers = ["Naam aanbod", "Organisatie", "Wijk", "Status", "Website"]
    own_workbook(["A", "B", "Kiel", "Gestopt", "HTTPS://a.be"], ["C", "D", "Kiel", "", "www.d.be"], headers=headers)
    stopped, active = html(page(aanbod="2")), html(page(aanbod="3"))
    assert "<h2>A</h2><p><strong>Let op: dit aanbod telt niet mee op " in stopped
    assert "Reden: gestopt." in stopped
    assert "Let op" not in active
    assert "href='HTTPS://a.be'" in stopped
    assert "<td>www.d.be</td>" in active
    assert "<p></p>" not in stopped + active


def test_a_website_is_a_link_or_a_line(own_workbook, shown):
    headers = ["Naam aanbod", "Organisatie", "Website"]
    own_workbook(["A", "B", "HTTPS://a.be"], ["C", "D", "www.d.be"], headers=headers)
    page(soort="Alles")
    linked, unlinked = shown
    assert linked["links"] == [["HTTPS://a.be", "Website"]]
    assert unlinked["links"] == []
    assert "Website: www.d.be" in unlinked["lines"]


def test_the_group_is_unknown_only_for_who_asks_for_one(own_workbook, shown):
    headers = ["Naam aanbod", "Organisatie", "Type aanbod"]
    own_workbook(["A", "B", "Digitale oefenkans"], headers=headers)
    for query, unknown in (({}, "Aanmelden"), ({"doelgroep": "Ouderen"}, "Doelgroep en Aanmelden")):
        shown.clear()
        page(aanmelden="Vrije inloop", misschien="ja", **query)
        assert [card["lines"][0] for card in shown] == [f"Past misschien. Niet bekend: {unknown}."]


def test_an_offer_that_does_not_exist_is_not_opened():
    assert not any("Terug" in one.label for one in page(aanbod="99999").button)


def test_text_from_a_workbook_stays_text(own_workbook, shown):
    headers = ["Naam aanbod", "Organisatie", "Wijk", "Wanneer", "Website", "Opmerking"]
    own_workbook([EVIL, EVIL, "Kiel", EVIL, "javascript:alert(1)", EVIL], headers=headers)
    app = page(aanbod="2")
    assert "<img" not in html(app)
    assert "&lt;img src=x" in html(app)
    assert "href='javascript" not in html(app)
    assert headings(app) == []  # Markdown would make a link of the address in its name
    page(soort="Alles")
    assert shown[0]["title"] == EVIL
    assert shown[0]["links"] == []


# --- the table --------------------------------------------------------------------------------------------------------
def test_the_table_has_every_public_field():
    table = page(soort="Alles", gebied="Kiel", weergave="tabel").dataframe[0].value
    assert {
        "Nr",
        "Naam aanbod",
        "Waar",
        "Plek",
        "Dagdeel",
        "Talen",
        "Toegankelijkheid",
        "Thema",
        "Niveau",
        "Rij",
    } <= set(table)
    assert "Contactpersoon (intern)" not in table
    near = page(zoekin="plek", plek=SPOT, soort="Alles", weergave="tabel").dataframe[0].value
    within = near[near["Waar"] == WITHIN_REACH]["Loopafstand (m)"]
    assert within.is_monotonic_increasing
    assert within.max() <= 800
