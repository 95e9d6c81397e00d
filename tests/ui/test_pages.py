"""Every page without a browser: it runs, shows the engine's answer, and follows the link."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from einclusie_data.answers.summary import summary_of
from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.engine.dataset import Dataset, answer_per_group, load_dataset
from einclusie_data.ui.fence import reruns
from einclusie_data.ui.frame import page as page_menu
from einclusie_data.ui.quality.page import SECTIONS
from tests.xlsx import workbook_bytes

ROOT = Path(__file__).resolve().parents[2]
PAGES = list(page_menu.PAGES)
FILTERS = {
    "doelgroep": ("Werkzoekenden", "werkzoekenden"),
    "gebied": ("District Deurne", "district Deurne (6 wijken)"),
    "soort": ("Toegang en toestel", "toegang en toestel"),
    "afstand": ("1600", "1.600 m te voet"),
    "dagdeel": ("Avond", "avond"),
    "prijs": ("Gratis", "gratis"),
    "aanmelden": ("Op afspraak", "op afspraak"),
    "taal": ("Frans", "frans"),
    "iedereen": ("nee", "zonder aanbod voor iedereen"),
    "peildatum": ("2027-01-02", "op 2 januari 2027"),
}
NOT_SHOWN = {
    "pages/hiatenmatrix.py": {"doelgroep"},  # its columns are all groups
    "pages/methodieken.py": {"gebied", "afstand", "dagdeel", "prijs", "aanmelden", "iedereen", "peildatum"},
}
"""Page -> filters that say nothing about what it shows: a method has no place, price or day."""


def page(file: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    if file != "dashboard.py":
        app.switch_page(file)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def sentence(app: AppTest) -> str:
    return next(one.value for one in app.markdown if one.value.startswith("**"))


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_dataset(settings.STARTER_WORKBOOK, load_areas())


@pytest.mark.parametrize("file", PAGES)
def test_the_page_runs(file: str):
    app = page(file)
    assert not app.exception
    assert "hulp en leren" in sentence(app)


@pytest.mark.parametrize("file", PAGES)
@pytest.mark.parametrize("key", FILTERS)
def test_every_filter_follows_the_link(file: str, key: str):
    value, words = FILTERS[key]
    app = page(file, **{key: value})
    assert not app.exception
    if key in NOT_SHOWN.get(file, ()):
        assert "".join(app.query_params[key]) == value  # the filter goes along to the next page
    else:
        assert words in sentence(app)


@pytest.mark.parametrize("file", PAGES)
def test_values_that_do_not_exist_are_ignored(file: str):
    app = page(file, **dict.fromkeys(FILTERS, "<b>onzin</b>"))
    assert not app.exception
    assert sentence(app) == sentence(page(file))


def test_own_choice_of_types():
    app = page("dashboard.py", soort="Eigen keuze", type="Digitale oefenkans")
    assert "iedereen, digitale oefenkans, 800 m" in sentence(app)


def test_the_start_page_says_what_is_unknown(dataset: Dataset):
    day = date(2026, 11, 23)
    app = page("dashboard.py", doelgroep="Ouderen", soort="Alles", peildatum=day.isoformat())
    question = Question(day, filters=Filters())
    codes = tuple(dataset.areas.wijken.index)
    wanted = summary_of(dataset, answer_per_group(dataset, question), "Ouderen", codes)
    texts = "\n".join(one.value for one in app.text)
    for sentence_ in wanted.unknowns:
        assert sentence_ in texts


def test_a_choice_changes_the_answer_and_can_be_wiped():
    app = page("dashboard.py")
    app.radio(key="doelgroep").set_value("Mensen in armoede").run()
    assert "mensen in armoede" in sentence(app)
    app.button[0].click().run()
    assert "59 wijken, iedereen, hulp en leren" in sentence(app)


def test_a_cell_of_the_matrix_can_be_chosen_by_list():
    app = page("pages/hiatenmatrix.py", wijk="Kiel", kolom="Ouderen")
    assert "Kiel: Ouderen" in [one.value for one in app.header]
    app.selectbox(key="kolom").set_value("Werkzoekenden").run()
    assert "Kiel: Werkzoekenden" in [one.value for one in app.header]


@pytest.mark.parametrize(("per", "column"), [("type", "Individuele begeleiding"), ("dagdeel", "Avond")])
def test_the_matrix_per_type_and_per_dagdeel(per: str, column: str):
    app = page("pages/hiatenmatrix.py", per=per, wijk="Kiel", kolom=column, doelgroep="Ouderen")
    assert not app.exception
    assert f"Kiel: {column}" in [one.value for one in app.header]
    assert "ouderen" in sentence(app)


def test_a_cell_outside_the_area_is_not_chosen():
    app = page("pages/hiatenmatrix.py", wijk="Kiel", kolom="Ouderen", gebied="District Deurne")
    assert not [one.value for one in app.header]
    assert any("Klik op een vakje" in one.value for one in app.text)


def test_offers_can_be_searched():
    app = page("pages/aanbod.py", soort="Alles", zoek="permeke", weergave="tabel")
    assert "aanbod: 59 wijken" in sentence(app)
    assert all("permeke" in " ".join(map(str, row)).lower() for row in app.dataframe[0].value.to_numpy())
    nothing = page("pages/aanbod.py", zoek="xyzzy")
    assert any("geen aanbod gevonden" in one.value for one in nothing.text)


@pytest.mark.parametrize("file", PAGES)
def test_an_unusable_workbook_says_why_and_stops(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "kapot.xlsx"
    path.write_bytes(b"PK\x03\x04 geen werkmap")
    monkeypatch.setattr(settings, "WORKBOOK", path)
    app = page(file)
    assert not app.exception
    assert len(app.error) == 1
    assert app.error[0].value.endswith(".")


def test_another_workbook_has_no_starter_banner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "eigen.xlsx"
    path.write_bytes(workbook_bytes({"Aanbod": [["Naam aanbod", "Organisatie"], ["![x](http://a.b/c.png)", "SAAMO"]]}))
    monkeypatch.setattr(settings, "WORKBOOK", path)
    app = page("dashboard.py")
    assert not app.exception
    assert not any("startgegevens" in str(one.value) for one in app.caption)
    assert any("eigen.xlsx" in one.value for one in app.caption)


def test_a_cell_that_was_not_understood_is_not_called_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "eigen.xlsx"
    rows = [
        ["Naam aanbod", "Organisatie", "Type aanbod", "Doelgroep"],
        ["A", "SAAMO", "inloop", "Ouderen"],
        ["B", "SAAMO"],
    ]
    path.write_bytes(workbook_bytes({"Aanbod": rows}))
    monkeypatch.setattr(settings, "WORKBOOK", path)
    shown = page("pages/aanbod.py", soort="Alles", weergave="tabel").dataframe[0].value
    assert shown["Type aanbod"].fillna("").tolist() == ["inloop (niet begrepen)", ""]
    assert shown["Doelgroep"].fillna("").tolist() == ["Ouderen", ""]


# --- choices of a page, the workbook that changes, privacy -----------------------------------------------------------
def switched(app: AppTest, file: str, **query: str) -> AppTest:
    """Another page, as a link of the menu opens it: with the query of that link only."""
    app.switch_page(file)
    for key in list(app.query_params):
        del app.query_params[key]
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def test_a_choice_of_one_page_does_not_come_back_after_another():
    app = page("pages/hiatenkaart.py", wijk="Kiel", doelgroep="Ouderen")
    app = switched(app, "pages/uitleg.py", doelgroep="Ouderen")
    app = switched(app, "pages/hiatenkaart.py", doelgroep="Ouderen")
    assert app.selectbox(key="wijk").value is None
    assert app.radio(key="doelgroep").value == "Ouderen"


def test_choices_that_a_new_workbook_does_not_have_fall_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    offers = [["Naam aanbod", "Organisatie", "Wijk"], *[[f"Aanbod {number}", "SAAMO", "Kiel"] for number in range(5)]]
    first, second = tmp_path / "een.xlsx", tmp_path / "twee.xlsx"
    first.write_bytes(workbook_bytes({"Aanbod": offers, "Gebieden": [["Naam", "Wijken"], ["Zuidrand", "Kiel"]]}))
    second.write_bytes(workbook_bytes({"Aanbod": offers[:3]}))
    monkeypatch.setattr(settings, "WORKBOOK", first)
    app = page("pages/aanbod.py", gebied="Gebied Zuidrand", aanbod="6", soort="Alles")
    assert "Aanbod 4" in "".join(str(one.proto.body) for one in app.get("html"))
    monkeypatch.setattr(settings, "WORKBOOK", second)
    app.run()
    assert not app.exception
    assert app.session_state["gebied"] == "Hele stad"
    assert app.session_state["aanbod"] is None


def test_a_spot_does_not_stay_in_the_link():
    app = page("pages/aanbod.py", zoekin="plek", plek="51.2196,4.4203")
    assert any("deel geen adres van een cliënt" in one.value for one in app.caption)
    app.segmented_control(key="zoekin").set_value("gebied").run()
    assert "plek" not in app.query_params
    app = page("pages/aanbod.py", zoekin="plek", plek="51.2196,4.4203", aanbod="2")
    assert any("deel geen adres van een cliënt" in one.value for one in app.caption)


@pytest.mark.parametrize(
    ("per", "column", "wanted"),
    [
        ("doelgroep", "Ouderen", {}),
        ("type", "Digitale oefenkans", {"soort": "Eigen keuze", "type": "Digitale oefenkans"}),
        ("dagdeel", "Avond", {"dagdeel": "Avond"}),
    ],
)
def test_the_links_of_a_cell_ask_what_the_cell_asks(per: str, column: str, wanted: dict[str, str]):
    app = page("pages/hiatenmatrix.py", per=per, wijk="Kiel", kolom=column, doelgroep="Ouderen")
    links = [one.proto for one in app.get("page_link") if one.proto.label == "Alles over deze wijk"]
    query = dict(parse_qsl(links[0].query_string))
    assert query == {"wijk": "Kiel", "doelgroep": "Ouderen", **wanted}


def test_a_wijk_outside_the_area_says_why_it_is_not_shown():
    app = page("pages/hiatenkaart.py", wijk="Kiel", gebied="District Deurne")
    assert any("Kiel ligt niet in het gekozen gebied" in one.value for one in app.caption)


def test_the_starter_banner_is_there_only_for_the_starter_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def banners(app: AppTest) -> int:
        return sum("class='banner'" in str(one.proto.body) for one in app.get("html"))

    assert banners(page("dashboard.py")) == 1
    path = tmp_path / "eigen.xlsx"
    path.write_bytes(workbook_bytes({"Aanbod": [["Naam aanbod", "Organisatie"], ["A", "SAAMO"]]}))
    monkeypatch.setattr(settings, "WORKBOOK", path)
    assert banners(page("dashboard.py")) == 0


def test_contact_details_outside_contact_are_on_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    phone, mail = "0470 12 34 56", "jan.p@example.org"
    headers = [
        "Naam aanbod",
        "Organisatie",
        "Type aanbod",
        "Doelgroep",
        "Wijk",
        "Bron",
        "Website",
        "Opmerking",
        "Contact",
    ]
    row = [
        f"Les {phone}",
        f"SAAMO {mail}",
        "Groepsles",
        "Ouderen",
        "Kiel",
        f"bel Jan {phone}",
        mail,
        phone,
        "03 123 45 67",
    ]
    book = {
        "Aanbod": [[*headers, f"Tel {phone}"], [*row, "x"]],
        "Methodieken": [["Naam", "Website", "Opmerking"], [f"Spel {phone}", mail, phone]],
        "Partners": [["Organisatie", "Netwerk"], ["SAAMO", f"Jan {phone}"]],
        "Gebieden": [["Naam", "Wijken"], [f"Jan {phone}", "Kiel"]],
    }
    path = tmp_path / "eigen.xlsx"
    path.write_bytes(workbook_bytes(book))
    monkeypatch.setattr(settings, "WORKBOOK", path)
    views = [
        ("dashboard.py", {}),
        ("pages/hiatenkaart.py", {"wijk": "Kiel"}),
        ("pages/hiatenmatrix.py", {"wijk": "Kiel", "kolom": "Ouderen"}),
        ("pages/aanbod.py", {"weergave": "tabel"}),
        ("pages/aanbod.py", {"aanbod": "2"}),
        ("pages/methodieken.py", {"soort": "Alles"}),
        *(("pages/datakwaliteit.py", {"deel": part}) for part in SECTIONS),
    ]
    for file, query in views:
        app = page(file, **query)
        assert not app.exception
        shown = " ".join([repr(app), *(str(one.value.to_dict()) for one in app.dataframe)])
        shown += " ".join(str(one.proto) for one in app.main)
        assert phone not in shown, file
        assert mail not in shown, file


def test_a_choice_made_before_the_browser_knew_the_last_url_keeps_the_one_before():
    app = page("dashboard.py")
    app.radio(key="doelgroep").set_value("Ouderen").run()
    del app.query_params["doelgroep"]  # what the browser still has
    app.selectbox(key="gebied").set_value("Kiel").run()
    assert (app.radio(key="doelgroep").value, app.selectbox(key="gebied").value) == ("Ouderen", "Kiel")
    assert app.query_params["doelgroep"] == "Ouderen"
    assert app.query_params["gebied"] == "Kiel"


def test_a_run_of_its_own_with_an_earlier_url_takes_nothing_back():
    app = page("dashboard.py")
    app.radio(key="doelgroep").set_value("Ouderen").run()
    app.selectbox(key="gebied").set_value("Kiel").run()
    for key in ("doelgroep", "gebied"):
        del app.query_params[
            key
        ]  # what the browser had three choices ago: a map that is drawn asks for a run by itself
    app.run()
    assert (app.radio(key="doelgroep").value, app.selectbox(key="gebied").value) == ("Ouderen", "Kiel")


def test_the_back_button_still_takes_a_choice_back(monkeypatch: pytest.MonkeyPatch):
    app = page("dashboard.py")
    app.radio(key="doelgroep").set_value("Ouderen").run()
    del app.query_params["doelgroep"]
    monkeypatch.setattr(reruns, "by_history", lambda: True)
    app.run()
    assert app.radio(key="doelgroep").value == "Iedereen"
