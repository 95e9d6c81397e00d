"""The page Wat als without a browser: proposals, what they change as the core says it, links, saving, hostile text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.clock import today
from einclusie_data.contract.codelists import DEFAULT_PRESET, PRESETS
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.engine.dataset import Dataset, answer_per_group, load_dataset
from einclusie_data.proposals.compare import compare, of_group
from einclusie_data.proposals.link import link_text, read_link
from einclusie_data.proposals.offer import NewOffer, Stop
from einclusie_data.proposals.scenario import Scenario, apply, stop_of
from einclusie_data.proposals.words import NO_SCENARIO, comparison_sentences, lead_sentence
from einclusie_data.store.access.desk import desk
from einclusie_data.store.access.guard import start_session
from einclusie_data.store.store import open_store
from einclusie_data.ui.fence import reruns
from einclusie_data.ui.frame import account
from einclusie_data.ui.scenario.saved import NOTHING_SAVED
from einclusie_data.ui.scenario.state import MOST, scenario_query
from einclusie_data.ui.scenario.view import NOTHING_YET
from tests.browser.test_hostile_text import EVIL
from tests.ui.test_pages import page, switched
from tests.xlsx import workbook_bytes

FILE = "pages/wat_als.py"
OLDER = "Ouderen"
HELP = NewOffer("Inloop", groups=(OLDER,), types=("Individuele begeleiding",), lat=51.1712, lon=4.3951)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_dataset(settings.STARTER_WORKBOOK, load_areas())


@pytest.fixture(autouse=True)
def store_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(settings, "STORE", str(tmp_path / "opslag"))
    monkeypatch.setattr(settings, "TREKKERS", ("An <an@example.org>",))  # who signs in below
    yield settings.STORE
    desk.cache_clear()


def opened(*proposals: NewOffer | Stop, name: str = "Proef", **query: str) -> AppTest:
    if proposals:
        query["scenario"] = link_text(Scenario(name, proposals))
    app = page(FILE, **query)
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    parts = [one.proto.body for one in app.get("html") if not one.proto.body.startswith("<style")]
    return unescape(
        "\n".join([*parts, *(one.value for one in (*app.text, *app.caption, *app.error, *app.success))])
    ).replace("\\", "")


def lead(app: AppTest) -> str:
    return next(unescape(one.proto.body) for one in app.get("html") if "<strong>" in one.proto.body)


def table_rows(app: AppTest) -> list[list]:
    """The rows of the table of verdicts now and then."""
    found = [json.loads(one.proto.json) for one in app.get("bidi_component") if one.proto.json]
    return next(one["rows"] for one in found if "rows" in one and "looks" in one)


def now_open(app: AppTest) -> Scenario:
    found = read_link("".join(app.query_params["scenario"]))
    assert found is not None
    return found


def press(app: AppTest, label: str) -> None:
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception


# --- what it says ----------------------------------------------------------------------------------------------------
def test_it_starts_with_nothing_proposed():
    app = opened()
    assert NOTHING_YET in lead(app)
    assert "scenario" not in app.query_params
    assert not (Path(settings.STORE) / settings.STORE_FILE).exists()  # who only looks makes no store


def test_it_says_what_the_core_says(dataset: Dataset):
    question = Question(today(), filters=Filters(types=PRESETS[DEFAULT_PRESET]))
    stop = stop_of(dataset, 5)
    proposed = apply(dataset, Scenario("Proef", (HELP, stop)))
    found = compare(answer_per_group(dataset, question), answer_per_group(proposed, question))
    everyone, older = opened(HELP, stop), opened(HELP, stop, doelgroep=OLDER)
    assert lead_sentence(found) in lead(everyone)
    assert lead_sentence(of_group(found, OLDER)) in lead(older)
    for sentence in comparison_sentences(of_group(found, OLDER)):
        assert sentence in shown(older)
    assert {wijk for wijk, _ in table_rows(everyone)} == set(found.changed["wijk"])


def test_an_area_narrows_the_answer(dataset: Dataset):
    assert "geen enkel oordeel" not in lead(opened(HELP, doelgroep=OLDER))
    assert "geen enkel oordeel" in lead(opened(HELP, doelgroep=OLDER, gebied="District Deurne"))


def test_the_map_can_show_now_and_then():
    for which, words in (("verandering", "Er verandert niets"), ("nu", "Gedekt"), ("straks", "Gedekt")):
        app = opened(HELP, doelgroep=OLDER, kaart=which)
        assert words in shown(app)


def test_for_iedereen_the_map_shows_the_group_for_which_most_changes():
    assert "Kaart voor ouderen: daar verandert het meest" in shown(opened(HELP))


def test_what_is_not_filled_in_is_said():
    assert "is niet ingevuld: type aanbod" in shown(opened(replace(HELP, types=())))


# --- making proposals ------------------------------------------------------------------------------------------------
def test_a_new_offer_by_wijk():
    app = opened(doelgroep=OLDER, dagdeel="Avond")
    app.selectbox(key="nieuw_waar").set_value("Wijk Kiel").run()
    app.text_input(key="nieuw_name").set_value("Digicafé")
    app.selectbox(key="nieuw_frequency").set_value("Wekelijks")
    press(app, "Zet dit aanbod in het scenario")
    (offer,) = now_open(app).proposals
    assert isinstance(offer, NewOffer)
    assert (offer.name, offer.groups, offer.dayparts, offer.frequency) == (
        "Digicafé",
        (OLDER,),
        ("Avond",),
        "Wekelijks",
    )
    assert offer.types == (PRESETS[DEFAULT_PRESET][0],)  # it starts from the filters, so that it counts
    assert len(offer.wijken) == 1
    assert now_open(app).name == "Scenario 1"


def test_without_a_place_nothing_is_added():
    app = opened()
    press(app, "Zet dit aanbod in het scenario")
    assert "Kies eerst een plek" in shown(app)
    assert "scenario" not in app.query_params


def test_a_chosen_point_on_the_map_is_the_place():
    app = AppTest.from_file(str(settings.PROJECT_FOLDER / "dashboard.py"), default_timeout=60)
    app.switch_page(FILE)
    app.session_state["voorstel"], app.session_state["nieuw_punt"] = "nieuw", "51.1920,4.3850"
    app.run()
    assert "het punt op de kaart" in shown(app)
    press(app, "Zet dit aanbod in het scenario")
    (offer,) = now_open(app).proposals
    assert (offer.lat, offer.lon, offer.wijken) == (51.192, 4.385, ())


def test_an_offer_stops():
    app = opened()
    app.segmented_control(key="voorstel").set_value("stopt").run()
    box = app.selectbox(key="stop_keuze")
    box.set_value(5).run()
    press(app, "Laat dit stoppen")
    (stop,) = now_open(app).proposals
    assert isinstance(stop, Stop)
    app.segmented_control(key="voorstel").set_value("stopt").run()
    assert len(app.selectbox(key="stop_keuze").options) == len(box.options) - 1


# --- links and several scenarios -------------------------------------------------------------------------------------
def test_a_link_restores_the_scenario(dataset: Dataset):
    scenario = Scenario("Van Waar eerst", (HELP, stop_of(dataset, 3)))
    app = page(FILE, scenario="".join(scenario_query(scenario)["scenario"]))
    assert now_open(app) == scenario
    assert app.text_input(key="scenario_naam").value == "Van Waar eerst"


@pytest.mark.parametrize("text", ["onzin", "1eNqL", "<script>alert(1)</script>", "1" + "A" * 5_000])
def test_a_damaged_link_is_said_and_left_out(text: str):
    app = page(FILE, scenario=text)
    assert not app.exception
    assert NO_SCENARIO in [one.value for one in app.error]
    assert NOTHING_YET in lead(app)
    assert "scenario" not in app.query_params


def test_the_work_is_still_there_after_another_page():
    app = opened(HELP)
    before = now_open(app)
    app = switched(app, "pages/uitleg.py")
    app = switched(app, FILE)
    assert now_open(app) == before


def test_several_scenarios_are_kept_and_compared(dataset: Dataset):
    app = opened(HELP, name="Zuid", doelgroep=OLDER)
    press(app, "Maak een kopie")
    assert now_open(app) == Scenario("Zuid (2)", (HELP,))
    app.text_input(key="scenario_naam").set_value("Zuid anders").run()
    assert now_open(app).name == "Zuid anders"
    assert "Vergelijk 2 scenario's" in [one.label for one in app.expander]
    app.session_state["scenario_tabel"] = True
    app.run()
    assert "Zuid anders" in shown(app)
    assert "Mogelijke hiaten die verdwijnen" in shown(app)
    other = next(one for one in app.selectbox(key="scenario_keuze").options if one == "Zuid")
    app.selectbox(key="scenario_keuze").select(other).run()
    assert now_open(app).name == "Zuid"
    press(app, "Sluit dit scenario")
    assert now_open(app).name == "Zuid anders"


def test_an_empty_scenario_beside_the_others_and_not_too_many():
    app = opened(HELP)
    for _ in range(MOST + 1):
        press(app, "Nieuw scenario")
    assert f"hoogstens {MOST}" in shown(app)
    assert NOTHING_YET in lead(app)
    assert len(app.selectbox(key="scenario_keuze").options) == MOST


def test_the_back_button_brings_back_the_same_scenario(monkeypatch: pytest.MonkeyPatch):
    app = opened(HELP, name="Eerst")
    first = "".join(app.query_params["scenario"])
    app.text_input(key="scenario_naam").set_value("Later").run()
    app.query_params["scenario"] = first
    monkeypatch.setattr(reruns, "by_history", lambda: True)
    app.run()
    assert now_open(app).name == "Eerst"
    assert not [one for one in app.selectbox if one.key == "scenario_keuze"]  # still one scenario


# --- saving ----------------------------------------------------------------------------------------------------------
def as_trekker(*proposals: NewOffer | Stop, name: str = "Proef") -> AppTest:
    app = AppTest.from_file(str(settings.PROJECT_FOLDER / "dashboard.py"), default_timeout=60)
    app.switch_page(FILE)
    app.session_state["trekker"] = start_session("An", account.now())
    app.session_state["scenario_archief"] = True
    app.query_params["scenario"] = link_text(Scenario(name, proposals))
    app.run()
    assert not app.exception
    return app


def test_a_trekker_saves_and_everyone_may_open(store_place: str):
    app = as_trekker(HELP)
    app.button(key="scenario_bewaren").click().run()
    assert "is bewaard" in shown(app)
    with open_store(store_place) as store:
        (saved,) = store.scenarios.all("")
        assert (saved.name, saved.by, read_link(saved.text)) == ("Proef", "An", Scenario("Proef", (HELP,)))
    app.text_input(key="scenario_naam").set_value("proef").run()
    app.button(key="scenario_bewaren").click().run()  # the same scenario, saved by me: it may be saved again
    member = opened(HELP)
    member.session_state["scenario_archief"] = True
    member.run()
    assert not [one for one in member.button if one.key == "scenario_bewaren"]


def test_what_another_trekker_saved_is_not_overwritten(store_place: str):
    with open_store(store_place) as store:
        store.scenarios.save("Proef", link_text(Scenario("Proef", (HELP,))), "Bo", based_on=None)
        app = as_trekker(replace(HELP, name="Anders"))
        app.button(key="scenario_bewaren").click().run()
        assert "bewaard door Bo" in shown(app)
        (saved,) = store.scenarios.all("")
        assert saved.by == "Bo"


def test_who_is_signed_out_meanwhile_saves_nothing(store_place: str):
    app = as_trekker(HELP)
    del app.session_state["trekker"]
    app.button(key="scenario_bewaren").click().run()
    assert not app.exception
    with open_store(store_place) as store:
        assert store.scenarios.all() == ()


def test_a_saved_scenario_is_opened_and_taken_away(store_place: str):
    """What the buttons of its card do: the card itself is a component, which only a browser draws."""

    def script() -> None:
        import streamlit as st

        from einclusie_data.contract import settings
        from einclusie_data.store.access.desk import desk
        from einclusie_data.ui.frame import account
        from einclusie_data.ui.scenario import saved as scenario_saved
        from einclusie_data.ui.scenario import state as scenario_state

        st.session_state.setdefault("scenario", "")
        (saved,) = desk(settings.STORE).store.scenarios.all("")
        scenario_saved._open(saved)
        scenario_saved._open(saved)  # once is enough
        st.text(f"{scenario_state.open_scenario().name} {len(scenario_state.scenarios())}")
        account.for_trekkers(scenario_saved._withdraw)(saved)

    with open_store(store_place) as store:
        store.scenarios.save("Proef", link_text(Scenario("Proef", (HELP,))), "Bo", based_on=None)
        app = AppTest.from_function(script, default_timeout=60).run()
        assert not app.exception
        assert app.text[0].value == "Proef 1"
        assert len(store.scenarios.all("")) == 1  # a member takes nothing away
        app.session_state["trekker"] = start_session("An", account.now())
        app.run()
        assert store.scenarios.all("") == ()


def test_before_anything_was_saved_it_says_so(store_place: str):
    app = opened()
    app.session_state["scenario_archief"] = True
    app.run()
    assert NOTHING_SAVED in shown(app)


# --- text of others --------------------------------------------------------------------------------------------------
def test_hostile_text_is_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    rows = [["Naam aanbod", "Organisatie", "Doelgroep", "Type aanbod", "Wijk"]]
    rows += [[text, text, OLDER, "Individuele begeleiding", "Kiel"] for text in EVIL]
    path = tmp_path / "kwaad.xlsx"
    path.write_bytes(workbook_bytes({"Aanbod": rows, "Partners": [["Organisatie", "Wijk"], [EVIL[0], "Kiel"]]}))
    monkeypatch.setattr(settings, "WORKBOOK", path)
    data = load_dataset(path, load_areas())
    for text in EVIL:
        bad = NewOffer(text, (text,), (OLDER,), ("Individuele begeleiding",), location=text, wijken=(text,), price=text)
        app = opened(bad, stop_of(data, 0), name=text, doelgroep=OLDER)
        html = "".join(one.proto.body for one in app.get("html") if not one.proto.body.startswith("<style"))
        assert "<img" not in html
        assert "<script" not in html
        assert not any("![x](" in one.value or "](javascript" in one.value for one in (*app.markdown, *app.caption))


def test_contact_details_in_a_link_are_not_shown():
    app = opened(replace(HELP, name="bel 0470 12 34 56"), name="mail an@example.org")
    everything = shown(app) + app.text_input(key="scenario_naam").value + str(app.main)
    assert "0470" not in everything
    assert "an@example.org" not in everything


def test_a_store_that_does_not_answer_is_said(store_place: str):
    app = as_trekker(HELP)
    Path(store_place, settings.STORE_FILE).write_bytes(b"geen databank" * 200)
    desk.cache_clear()
    app.run()
    assert not app.exception
    assert len(app.error) == 1
