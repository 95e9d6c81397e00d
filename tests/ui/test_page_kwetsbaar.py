"""The page Kwetsbaar without a browser: it says what the core says, follows the filters, and leads to Wat als."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.engine.dataset import Dataset, answer_per_group, load_dataset
from einclusie_data.proposals.fragile.offers import Role, fragile_offers
from einclusie_data.proposals.fragile.words import ROLE_SENTENCES, offer_sentences, summary_sentences
from einclusie_data.proposals.link import read_link
from einclusie_data.proposals.scenario import Scenario, stop_positions
from einclusie_data.ui.fragile import page as fragile_view
from tests.ui.test_pages import page, sentence
from tests.xlsx import workbook_bytes

FILE = "pages/kwetsbaar.py"
DAY = date(2026, 11, 23)
HEADERS = ["Naam aanbod", "Organisatie", "Doelgroep", "Type aanbod", "Frequentie", "Wijk", "Tot"]
EVIL = "<img src=x onerror=alert(1)> ![x](http://a.b/c.png)"


def offer(name: str, wijk: str, until: date | None = None) -> list[str]:
    return [name, "Atlas", "Ouderen", "Individuele begeleiding", "Wekelijks", wijk, until.isoformat() if until else ""]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dataset:
    path = tmp_path / "werkmap.xlsx"
    rows = [
        offer("Blijft", "Linkeroever"),
        offer("Stopt gauw", "Kiel", DAY + timedelta(days=8)),
        offer("Een", "Dam"),
        offer("Twee", "Dam"),
        offer(EVIL, "Luchtbal"),
        offer("Waar?", ""),
    ]
    path.write_bytes(workbook_bytes({"Aanbod": [HEADERS, *rows]}))
    monkeypatch.setattr(settings, "WORKBOOK", path)
    return load_dataset(path, load_areas())


def opened(**query: str) -> AppTest:
    app = page(FILE, **{"peildatum": DAY.isoformat(), "soort": "Alles", "doelgroep": "Ouderen", **query})
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    parts = [str(one.proto.body) for one in app.get("html")]
    return unescape("\n".join([*parts, *(one.value for one in (*app.text, *app.caption, *app.header))]))


def fragility(data: Dataset, groups: tuple[str, ...] = ("Ouderen",), codes: tuple[str, ...] = ()):
    return fragile_offers(data, answer_per_group(data, Question(DAY, filters=Filters()), groups), codes)


def test_it_starts_with_how_much_hangs_on_one_offer(data: Dataset):
    text = shown(opened())
    for line in summary_sentences(fragility(data)):
        assert line in text
    assert ROLE_SENTENCES[Role.OVERLAPS] in text
    assert ROLE_SENTENCES[Role.PLACELESS] in text


def test_what_ends_soon_comes_first(data: Dataset):
    headings = [one.value for one in opened().header]
    assert headings == ["Stopt binnenkort: 1", "Hier hangt een oordeel aan vast: 2"]


def test_a_card_says_what_the_core_says(data: Dataset):
    found = fragility(data)
    row = found.offers[found.offers["name"] == "Stopt gauw"].iloc[0]
    card = fragile_view._card(found, row, None)
    assert list(card.lines[-len(offer_sentences(found, 1)) :]) == offer_sentences(found, 1)
    assert "Atlas" in card.lines
    assert any("over 8 dagen" in line for line in card.lines)
    assert any(line.startswith("Hiaten die zouden ontstaan: ") for line in card.lines)


def test_the_area_and_the_groups_follow(data: Dataset):
    codes = tuple(data.areas.districts["Deurne"])
    assert summary_sentences(fragility(data, codes=codes))[0] in shown(opened(gebied="District Deurne"))
    app = opened(groepen="alle")
    assert "alle doelgroepen" in sentence(app)
    assert summary_sentences(fragility(data, ()))[0] in shown(app)


def test_one_offer_on_the_map_and_back(data: Dataset):
    app = opened(aanbod="2")
    assert "De kaart toont enkel wat er verandert als dit stopt: Blijft." in shown(app)
    app.button(key="alles_op_kaart").click().run()
    assert "De kaart toont enkel" not in shown(app)
    assert "aanbod" not in app.query_params


def test_an_offer_that_is_not_listed_is_not_on_the_map(data: Dataset):
    assert "De kaart toont enkel" not in shown(opened(aanbod="2", gebied="District Deurne"))


def test_what_if_it_stops_leads_to_that_offer(data: Dataset, monkeypatch: pytest.MonkeyPatch):
    gone: list[tuple[str, Scenario | None]] = []
    monkeypatch.setattr(fragile_view, "go_to", lambda file, *, scenario: gone.append((file, read_link(scenario))))
    fragile_view._open_what_if(data, 1)
    file, scenario = gone[0]
    assert file == "pages/wat_als.py"
    assert scenario is not None
    assert scenario.name == "Stopt gauw stopt"
    assert stop_positions(data, scenario.stops) == (1,)


def test_names_from_a_workbook_are_text(data: Dataset):
    app = opened(groepen="alle", aanbod="6")
    assert EVIL in shown(app)
    assert "<img" not in "".join(str(one.proto.body) for one in app.get("html"))
    assert not any("![" in one.value for one in (*app.markdown, *app.caption))


def test_without_any_offer_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "leeg.xlsx"
    path.write_bytes(workbook_bytes({"Aanbod": [HEADERS]}))
    monkeypatch.setattr(settings, "WORKBOOK", path)
    assert "We vonden geen passend aanbod." in shown(opened())
