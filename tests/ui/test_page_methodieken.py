"""The page of the methods without a browser: it follows the link, and says what the engine says."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from einclusie_data.answers.methods import Wish, find_methods, maybe_words
from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.codelists import PRESETS
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.contract.verdicts import OPEN_GAP, VERDICTS
from einclusie_data.engine.dataset import Dataset, answer_per_group, load_dataset
from einclusie_data.engine.gaps import most_pressing, unknown_need
from einclusie_data.engine.public import public_methods
from einclusie_data.ui.methods import page as methods_page
from einclusie_data.ui.parts.cards import Card
from tests.xlsx import workbook_bytes

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 23)
HELP = PRESETS["Hulp en leren"]
OFFER = [["Naam aanbod", "Organisatie"], ["Digihulp", "Atlas"]]
EVIL = "![x](http://a.b/c.png) <img src=x onerror=alert(1)> ${1} [l](javascript:alert(1))"


def page(**query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.switch_page("pages/methodieken.py")
    for key, value in {"peildatum": DAY.isoformat(), **query}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def lists(app: AppTest) -> dict[str, list[dict[str, Any]]]:
    """What each list of cards holds, by its label."""
    found = [json.loads(one.proto.json) for one in app.get("bidi_component") if one.proto.json]
    return {one["label"]: one["cards"] for one in found if "cards" in one}


def names(app: AppTest, label: str = "Methodieken die passen") -> list[str]:
    return [card["title"] for card in lists(app).get(label, [])]


def sentence(app: AppTest) -> str:
    return next(one.value for one in app.markdown if one.value.startswith("**"))


def headers(app: AppTest) -> list[str]:
    return [one.value for one in app.header]


def texts(app: AppTest) -> str:
    return "\n".join(one.value for one in (*app.text, *app.caption))


def panel(app: AppTest) -> str:
    return next((one.proto.body for one in app.get("html") if "<table>" in one.proto.body), "")


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_dataset(settings.STARTER_WORKBOOK, load_areas())


def found(dataset: Dataset, **wish: Any) -> Any:
    methods = public_methods(dataset.workbook.methods, dataset.typed_methods)
    return find_methods(methods, Wish(**{"types": HELP, **wish}))


@pytest.mark.parametrize(
    ("query", "wish", "words"),
    [
        ({}, {}, "alle doelgroepen, hulp en leren"),
        ({"doelgroep": "Mensen in armoede"}, {"group": "Mensen in armoede"}, "mensen in armoede"),
        ({"soort": "Alles"}, {"types": ()}, "alle doelgroepen"),
        ({"soort": "Eigen keuze", "type": "Digitale oefenkans"}, {"types": ("Digitale oefenkans",)}, "oefenkans"),
        ({"taal": "Frans", "soort": "Alles"}, {"types": (), "languages": ("Frans",)}, "frans"),
        ({"thema": "Gezondheid"}, {"themes": ("Gezondheid",)}, "over gezondheid"),
        ({"niveau": "Basis"}, {"levels": ("Basis",)}, "niveau basis"),
        ({"voorwie": "Begeleiders"}, {"audiences": ("Begeleiders",)}, "gemaakt voor begeleiders"),
        ({"zoek": "digipunt"}, {"words": "digipunt"}, "met “digipunt”"),
    ],
)
def test_every_choice_follows_the_link(dataset: Dataset, query: dict[str, str], wish: dict[str, Any], words: str):
    app = page(**query)
    wanted = found(dataset, **wish)
    assert names(app) == wanted.loc[wanted["fits"], "name"].tolist() != []
    assert words in sentence(app)
    assert sentence(app).startswith(f"**{wanted['fits'].sum()} methodiek")


@pytest.mark.parametrize("key", ["doelgroep", "thema", "niveau", "voorwie", "wijk", "methodiek", "toon"])
def test_a_value_that_does_not_exist_is_ignored(key: str):
    app = page(**{key: "<b>onzin</b>"})
    assert sentence(app) == sentence(page())
    assert headers(app) == []


def test_the_methods_that_may_fit_are_counted_and_shown_apart(dataset: Dataset):
    app = page(doelgroep="Ouderen", thema="Gezondheid")
    wanted = found(dataset, group="Ouderen", themes=("Gezondheid",))
    title, cells = maybe_words(wanted)
    assert title in [one.label for one in app.expander]
    assert names(app) == []
    assert "We vonden geen methodiek waarvan we zeker weten dat ze past." in texts(app)
    assert cells in texts(app)  # nothing certain: the list of the others is open
    assert names(app, "Methodieken die misschien passen") == wanted["name"].tolist()


def test_nothing_found_has_its_own_sentence_and_a_way_on():
    app = page(zoek="xyzzy", niveau="Basis")
    assert names(app) == []
    assert "Kies een andere doelgroep of soort aanbod" in texts(app)
    next(one for one in app.button if one.label.startswith("Wis zoekwoord")).click().run()
    assert sentence(app) == sentence(page())
    assert "zoek" not in app.query_params


def test_a_filter_that_says_nothing_about_methods_is_named():
    assert "niet voor de methodieken: Gebied, Dagdeel, Peildatum." in texts(page(gebied="Kiel", dagdeel="Avond"))
    assert "Dagdeel" not in texts(page())


@pytest.mark.parametrize("wijk", ["Brederode", "Kiel", "Harmonie", "Linkeroever"])
def test_a_gap_from_the_link_comes_first_with_its_verdict(dataset: Dataset, wijk: str):
    app = page(wijk=wijk, doelgroep="Ouderen")
    table = answer_per_group(dataset, Question(DAY, filters=Filters(types=HELP))).table
    row = table[(table["wijk"] == wijk) & (table["doelgroep"] == "Ouderen")].iloc[0]
    (title,) = headers(app)
    assert title.startswith("Voor het mogelijk hiaat: ") == (row["oordeel"] in OPEN_GAP)
    assert f"{wijk}, ouderen" in title
    assert any(VERDICTS[row["oordeel"]].sentence in one.proto.body for one in app.get("html"))
    wanted = found(dataset, group="Ouderen")
    assert names(app) == wanted.loc[wanted["fits"], "name"].tolist()
    assert "voor iedereen; past bij" in lists(app)["Methodieken die passen"][0]["lines"][1]


def test_the_verdicts_of_that_test_differ(dataset: Dataset):
    table = answer_per_group(dataset, Question(DAY, filters=Filters(types=HELP))).table
    ours = table[(table["doelgroep"] == "Ouderen") & table["wijk"].isin(["Brederode", "Kiel", "Harmonie"])]
    assert ours["oordeel"].nunique() > 1


def test_a_gap_for_everyone_asks_for_methods_for_everyone(dataset: Dataset):
    app = page(wijk="Brederode")
    wanted = found(dataset, group="Iedereen")
    assert names(app) == wanted.loc[wanted["fits"], "name"].tolist()
    assert "Kies een doelgroep om ook methodieken voor één groep te zien." in texts(app)


def test_the_gap_can_be_left():
    app = page(wijk="Brederode", doelgroep="Ouderen")
    next(one for one in app.button if one.label == "Toon alle methodieken").click().run()
    assert headers(app) == []
    assert "wijk" not in app.query_params
    assert app.query_params["doelgroep"] == "Ouderen"


def test_the_gap_leads_to_its_cell_of_the_matrix():
    app = page(wijk="Brederode", doelgroep="Ouderen")
    next(one for one in app.button if "hiatenmatrix" in one.label).click().run()
    assert not app.exception
    assert "Brederode: Ouderen" in headers(app)


def test_the_gaps_of_a_method_are_the_engines(dataset: Dataset):
    app = page(methodiek="Capital Digital", gebied="District Antwerpen")
    answer = answer_per_group(dataset, Question(DAY, filters=Filters(types=HELP)))
    codes = dataset.areas.districts["Antwerpen"]
    rows = answer.table[
        (answer.table["doelgroep"] == "Kinderen en jongeren") & answer.table["wijkcode"].isin(list(codes))
    ]
    wanted = [*most_pressing(rows)["wijk"], *unknown_need(rows)["wijk"]][:10]
    shown = lists(app)["Mogelijke hiaten, per doelgroep, dringendste eerst"]
    assert [card["title"].split(", kinderen")[0] for card in shown] == wanted != []
    assert "kinderen en jongeren" in sentence(app)
    assert names(app, "De gekozen methodiek") == ["Capital Digital"]


def test_a_method_for_everyone_shows_the_chosen_group_first():
    app = page(methodiek="Digitale wandeling", doelgroep="Ouderen")
    shown = [card["title"] for card in lists(app)["Mogelijke hiaten, per doelgroep, dringendste eerst"]]
    assert all(", ouderen" in title for title in shown[:3])
    assert ", iedereen" in shown[3]
    assert "Tel de mensen van verschillende groepen dus niet op." in texts(app)


def test_a_method_of_another_kind_offers_a_way_on():
    app = page(methodiek="DigiSchakels", soort="Toegang en toestel")
    assert "Je kijkt nu naar hiaten in ander aanbod." in texts(app)
    next(one for one in app.button if one.label == "Kijk naar alle soorten aanbod").click().run()
    assert app.query_params["soort"] == "Alles"
    assert "hiaten in ander aanbod" not in texts(app)


def test_a_method_can_be_left_for_the_list_as_it_was():
    app = page(methodiek="Digidak", niveau="Basis")
    next(one for one in app.button if one.label == "Terug naar de lijst").click().run()
    assert "niveau basis" in sentence(app)
    assert "methodiek" not in app.query_params


def test_a_gap_of_a_method_leads_to_its_cell(monkeypatch: pytest.MonkeyPatch):
    def as_buttons(cards: Sequence[Card], *, key: str, label: str, on_pick: Callable[[str, str], None]) -> None:
        for card in cards:
            st.button(
                card.title,
                key=f"{key}{card.id}",
                on_click=on_pick,
                args=[card.id, *(name for name, _ in card.actions[:1])],
            )

    monkeypatch.setattr(methods_page, "show_cards", as_buttons)
    app = page(methodiek="Capital Digital")
    gap = next(one for one in app.button if ", kinderen en jongeren" in one.label)
    gap.click().run()
    assert not app.exception
    assert f"{gap.label.split(', kinderen')[0]}: Kinderen en jongeren" in headers(app)


def test_the_numbers_per_group_and_theme_keep_the_unknown_apart(dataset: Dataset):
    shown = panel(page(toon="aantallen"))
    for head in ("Contentcreatie", "Thema onbekend", "Doelgroep onbekend"):
        assert head in shown
    assert "Bankieren" not in shown
    app = page(toon="aantallen")
    assert "Over deze thema's kennen we nog geen methodiek" in texts(app)
    assert "bankieren" in texts(app)
    unknown = int((~dataset.workbook.methods["themes"].map(bool)).sum())
    assert f"Bij {unknown} van de {len(dataset.workbook.methods)} methodieken is het thema onbekend." in texts(app)


def test_who_uses_what_and_how_many_are_unknown():
    app = page(toon="gebruik")
    assert "Digilabo" in panel(app)
    assert "Bij 34 methodieken is niet ingevuld wie ze gebruikt." in texts(app)


@pytest.fixture
def own_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def use(**sheets: Any) -> None:
        path = tmp_path / "eigen.xlsx"
        path.write_bytes(workbook_bytes({"Aanbod": OFFER, **sheets}))
        monkeypatch.setattr(settings, "WORKBOOK", path)

    return use


def test_a_workbook_without_the_sheet_says_so(own_workbook: Callable[..., None]):
    own_workbook()
    app = page()
    assert "In deze werkmap staat geen blad Methodieken." in texts(app)
    assert not app.get("download_button")


def test_an_empty_sheet_says_so(own_workbook: Callable[..., None]):
    own_workbook(Methodieken=[["Naam", "Doelgroep"]])
    assert "Het blad Methodieken is nog leeg." in texts(page())


def test_hostile_text_stays_text(own_workbook: Callable[..., None]):
    own_workbook(
        Methodieken=[
            ["Naam", "Uitgever", "Doelgroep", "Thema", "Website", "Gebruikt door", "Opmerking"],
            [EVIL, EVIL, "Ouderen; <b>x</b>", "Werk", "javascript:alert(1)", EVIL, "bel 0470 12 34 56"],
        ],
        Lijsten=[["Doelgroep", "Thema"], [EVIL, EVIL]],
    )
    app = page(soort="Alles", zoek=EVIL)
    (card,) = lists(app)["Methodieken die passen"]
    assert card["title"] == EVIL  # as data; the list sets it as text
    assert card["links"] == []
    assert "Website: javascript:alert(1)" in card["lines"]
    assert not any("0470" in line for line in card["lines"])
    assert "\\!\\[x\\](http\\:" in sentence(app)
    for query in ({"toon": "aantallen"}, {"toon": "gebruik"}, {"methodiek": EVIL}, {"doelgroep": EVIL, "thema": EVIL}):
        shown = page(soort="Alles", **query)
        assert "<img src=x" not in "".join(one.proto.body for one in shown.get("html"))
        assert not any("![x](" in one.value for one in (*shown.markdown, *shown.caption, *shown.header))


def test_two_methods_of_one_name_are_told_apart(own_workbook: Callable[..., None]):
    rows = [["Spel", "", "Atlas"], ["Spel", "Ouderen", "SAAMO"]]
    own_workbook(Methodieken=[["Naam", "Doelgroep", "Gebruikt door"], *rows])
    app = page(methodiek="Spel (rij 3)")
    assert "SAAMO" in " ".join(lists(app)["De gekozen methodiek"][0]["lines"])
    assert "Vul de doelgroep aan" in texts(page(methodiek="Spel (rij 2)"))


def test_a_long_list_says_how_many_more(own_workbook: Callable[..., None]):
    own_workbook(Methodieken=[["Naam"], *([f"Methode {place}"] for place in range(52))])
    app = page(soort="Alles")
    assert len(names(app)) == 50
    assert sentence(app).startswith("**52 methodieken")
    assert "En nog 2 andere." in texts(app)
