"""The page Besluiten without a browser: what everyone sees, what a trekker can do, what nobody loses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from einclusie_data.answers.scopes import scopes
from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.errors import StoreError
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.decisions.partners import fitting_partners
from einclusie_data.decisions.place import decision_points
from einclusie_data.decisions.table import (
    MAYBE_THERE,
    NOTHING_YET,
    chosen_decisions,
    counts_sentence,
    gaps_words,
    in_order,
)
from einclusie_data.engine.dataset import answer_per_group, load_dataset
from einclusie_data.proposals.link import link_text
from einclusie_data.proposals.offer import NewOffer, Stop
from einclusie_data.proposals.scenario import KEY_LENGTHS, Scenario
from einclusie_data.store.access.desk import Desk, desk
from einclusie_data.store.access.guard import start_session
from einclusie_data.store.decision_record import Draft, Proposal, State
from einclusie_data.store.decisions import Decisions
from einclusie_data.ui.decisions import card, listing
from einclusie_data.ui.decisions import choices as decision_data
from einclusie_data.ui.decisions import form as decision_form
from einclusie_data.ui.frame import account
from einclusie_data.ui.frame import published as shown_now
from tests.ui.test_pages import page
from tests.xlsx import workbook_bytes

FILE = "pages/besluiten.py"
DAY = date(2026, 11, 23)
AREAS = load_areas()
CODES = {str(label): str(code) for code, label in AREAS.wijken["label"].items()}
HELP = "Individuele begeleiding"
HEADERS = ["Naam aanbod", "Organisatie", "Doelgroep", "Type aanbod", "Frequentie", "Wijk", "Start"]
OTHER = ["Inloop", "Ligo", "Ouderen", HELP, "Wekelijks", "Dam", ""]
ANSWER = ["Digicafé Kiel", "Atlas", "Ouderen", HELP, "Wekelijks", "Kiel", ""]
WANTED = Draft(
    title="Hulp op het Kiel",
    state=State.DECIDED,
    what=Proposal(types=(HELP,), groups=("Ouderen",), wijken=(CODES["Kiel"],)),
    who="Atlas",
    due=date(2026, 11, 1),
    wijkcode=CODES["Kiel"],
    group="Ouderen",
)
OPEN_ENDED = Draft(title="Werkgroep wifi")
FOR_JOB_SEEKERS = Draft(
    title="Les op de Dam", state=State.TO_DISCUSS, wijkcode=CODES["Dam"], group="Werkzoekenden", why="Samen met VDAB"
)


@pytest.fixture(autouse=True)
def the_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(settings, "STORE", str(tmp_path / "opslag"))
    monkeypatch.setattr(settings, "TREKKERS", ("An <an@example.org>", "Bo <bo@example.org>"))  # as in `opened`
    yield desk(settings.STORE)
    desk.cache_clear()


@pytest.fixture
def three(the_desk: Desk) -> Decisions:
    for draft in (WANTED, OPEN_ENDED, FOR_JOB_SEEKERS):
        the_desk.store.decisions.add(draft, "Bo")
    return the_desk.store.decisions


def opened(name: str = "", **query: str) -> AppTest:
    """The page, with someone signed in or not."""
    app = AppTest.from_file(str(Path(settings.PROJECT_FOLDER) / "dashboard.py"), default_timeout=60)
    app.switch_page(FILE)
    if name:
        app.session_state["trekker"] = start_session(name, account.now())
    for key, value in {"peildatum": DAY.isoformat(), **query}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, key: str) -> None:
    app.button(key=key).click().run()
    assert not app.exception


def shown(app: AppTest) -> str:
    parts = [one.proto.body for one in app.get("html")]
    for kind in ("text", "error", "success", "warning", "header", "subheader", "caption"):
        parts += [one.value for one in app.get(kind)]
    return unescape("\n".join(parts)).replace("\\", "").replace("\u200b", "")


def cards(app: AppTest) -> list[str]:
    """The titles in the list of cards."""
    return [card["title"] for one in app.get("bidi_component") for card in _data(one).get("cards", [])]


def _data(component: Element) -> dict[str, list[dict[str, str]]]:
    return json.loads(component.proto.json) if component.proto.json else {}


def field(name: str) -> str:
    return f"besluit_veld_{name}"


# --- what everyone sees ----------------------------------------------------------------------------------------------
def test_before_anything_is_noted_it_says_so():
    app = opened()
    assert NOTHING_YET in shown(app)
    assert not [one for one in app.button if one.label.startswith("Nieuw")]


def test_the_answer_and_the_list_are_those_of_the_core(three: Decisions):
    dataset = load_dataset(settings.STARTER_WORKBOOK, AREAS)
    question = Question(
        DAY, filters=Filters(("Individuele begeleiding", "Groepsles of workshop", "Digitale oefenkans"))
    )
    app = opened(doelgroep="Ouderen", gebied="Kiel")
    areas = scopes(dataset)
    wanted = in_order(chosen_decisions(three.all(), AREAS, areas["Kiel"], areas, "Ouderen"))
    assert [one.title for one in wanted] == ["Hulp op het Kiel", "Werkgroep wifi"]
    text = shown(app)
    assert counts_sentence(wanted) in text
    assert "1 beslist" in text
    assert "Bij 1 is de afgesproken datum voorbij." in text
    assert "1 zegt niet waar en 1 zegt niet voor wie" in text
    assert cards(app) == ["1. Hulp op het Kiel", "2. Werkgroep wifi"]
    table = answer_per_group(dataset, question).table
    kiel = table[table["wijkcode"].isin(areas["Kiel"].codes)]
    assert gaps_words(kiel, wanted, AREAS, "Ouderen") in text


def test_everything_stands_in_the_order_of_the_meeting(three: Decisions):
    app = opened()
    assert cards(app) == ["3. Les op de Dam", "1. Hulp op het Kiel", "2. Werkgroep wifi"]
    assert "zegt niet waar" not in shown(app)


def test_the_state_can_be_chosen_by_link(three: Decisions):
    app = opened(stand="beslist")
    assert cards(app) == ["1. Hulp op het Kiel"]
    assert "Op de kaart: 1 van 1." in shown(app)
    assert "Op de kaart: 2 van 3." in shown(opened())
    assert "In deze stand is er niets" in shown(opened(stand="gestart"))
    assert len(cards(opened(stand="<b>onzin</b>"))) == 3


def test_one_decision_opens_by_link_with_its_gap_and_what_is_late(three: Decisions):
    app = opened(besluit="1")
    text = shown(app)
    assert "1. Hulp op het Kiel" in text
    assert "Atlas neemt dit op, tegen 1 november 2026." in text
    assert "De datum is voorbij (1 november 2026)." in text
    assert "Het hiaat nu: Kiel, ouderen" in text
    links = {one.proto.label: parse_qs(one.proto.query_string) for one in app.get("page_link")}
    assert links["Alles over deze wijk"]["wijk"] == ["Kiel"]
    assert links["Alles over deze wijk"]["doelgroep"] == ["Ouderen"]
    assert links["Bekijk dit vakje in de hiatenmatrix"]["kolom"] == ["Ouderen"]
    assert "".join(app.query_params["besluit"]) == "1"


def test_the_partners_that_fit_are_those_of_the_core(three: Decisions):
    partners = fitting_partners(load_dataset(settings.STARTER_WORKBOOK, AREAS), WANTED, Question(DAY))
    text = shown(opened(besluit="1"))
    assert f"Wie al meewerkt, of aanbod heeft: {len(partners)}" in text
    for name in partners["organisation"].head(8):
        assert name in text


def test_the_methods_and_the_history_open_by_link(three: Decisions):
    now = three.get(1)
    three.change(1, replace(now.draft, state=State.STARTED), "An", based_on=1)
    text = shown(opened(besluit="1", toon="verloop"))
    assert "Bo schreef dit op als “beslist”." in text
    assert "An zette dit van “beslist” op “gestart”." in text
    assert cards(opened(besluit="1", toon="methodieken"))


def test_what_is_not_known_any_more_is_said(the_desk: Desk):
    the_desk.store.decisions.add(Draft(title="Oud", wijkcode="XYZ99", group="Iets van vroeger"), "An")
    text = shown(opened(besluit="1"))
    assert "De wijk XYZ99 kennen we niet (meer)." in text
    assert "“Iets van vroeger” staat niet (meer) in de lijst Doelgroep." in text
    assert "zegt niet waar: het staat niet op de kaart" in text


@pytest.mark.parametrize("number", ["99", "0", "-1", "x", "²", "9" * 30])
def test_a_decision_that_does_not_exist_gives_the_list(three: Decisions, number: str):
    app = opened(besluit=number)
    assert len(cards(app)) == 3
    assert ("Besluit 99 bestaat niet." in shown(app)) == (number == "99")


def test_a_store_that_does_not_answer_is_said(three: Decisions, monkeypatch: pytest.MonkeyPatch):
    def down(_self: Decisions) -> None:
        raise StoreError("De opslag antwoordt niet.")

    monkeypatch.setattr(Decisions, "all", down)
    assert [one.value for one in opened().error] == ["De opslag antwoordt niet."]
    assert not page("pages/hiatenkaart.py", wijk="Kiel").exception


def test_the_list_can_be_downloaded(three: Decisions):
    assert [one.proto.label for one in opened().get("download_button")] == ["Download als Excel"]
    assert not opened(stand="gestart").get("download_button")


def test_a_click_on_the_map_opens_the_mark_or_chooses_the_wijk(three: Decisions, monkeypatch: pytest.MonkeyPatch):
    state: dict[str, object] = {}
    for module in (listing, decision_data):
        monkeypatch.setattr(module.st, "session_state", state)
    points = decision_points(AREAS, three.all())
    kiel = points[points["id"] == 1].iloc[0]
    listing._click(AREAS, points, kiel["lat"], kiel["lon"])
    assert state["besluit"] == 1
    both = points.assign(lat=kiel["lat"], lon=kiel["lon"])
    listing._click(AREAS, both, kiel["lat"], kiel["lon"])
    assert (state["besluit"], state["gebied"]) == (None, "Kiel")


# --- links to it -----------------------------------------------------------------------------------------------------
def test_a_gap_and_a_wijk_lead_here(three: Decisions):
    app = page("pages/hiatenmatrix.py", wijk="Kiel", kolom="Ouderen", gebied="District Antwerpen")
    link = next(one.proto for one in app.get("page_link") if one.proto.label == "Maak hiervan een voorstel")
    assert parse_qs(link.query_string) == {"wijk": ["Kiel"], "doelgroep": ["Ouderen"], "gebied": ["District Antwerpen"]}
    app = page("pages/hiatenkaart.py", wijk="Kiel", doelgroep="Werkzoekenden")
    link = next(one.proto for one in app.get("page_link") if one.proto.label.startswith("Open voorstellen"))
    assert link.label == "Open voorstellen en besluiten voor deze wijk: 1"
    assert parse_qs(link.query_string) == {"gebied": ["Kiel"]}
    three.change(1, replace(WANTED, state=State.STARTED), "An", based_on=1)
    app = page("pages/hiatenkaart.py", wijk="Kiel")
    assert not [one for one in app.get("page_link") if one.proto.label.startswith("Open voorstellen")]


def test_a_member_who_comes_from_a_gap_sees_who_could_help_and_what_is_there(three: Decisions):
    app = opened(wijk="Kiel", doelgroep="Ouderen")
    text = shown(app)
    assert "Een voorstel voor Kiel, ouderen" in text
    assert "een trekker" in text
    assert cards(app) == ["1. Hulp op het Kiel"]
    assert not app.text_input
    link = next(one.proto for one in app.get("page_link") if one.proto.label == "Aanmelden als trekker")
    assert parse_qs(link.query_string)["wijk"] == ["Kiel"]


# --- what a trekker does ---------------------------------------------------------------------------------------------
def test_a_decision_from_scratch(the_desk: Desk):
    app = opened("An")
    next(one for one in app.button if one.label == "Nieuw voorstel of besluit").click().run()
    app.text_input(key=field("title")).set_value("Digicafé")
    app.text_area(key=field("why")).set_value("Er is niets")
    app.date_input(key=field("due")).set_value(date(2027, 1, 15))
    app.multiselect(key=field("wat_types")).set_value([HELP])
    app.text_input(key=field("wat_point")).set_value("51,2194; 4,4025")
    press(app, "besluit_bewaren")
    (made,) = the_desk.store.decisions.all()
    assert made.draft == Draft(
        title="Digicafé",
        why="Er is niets",
        due=date(2027, 1, 15),
        what=Proposal(types=(HELP,), lat=51.2194, lon=4.4025),
    )
    assert made.by == "An"
    assert "Besluit 1 is bewaard: idee." in shown(app)
    assert "".join(app.query_params["besluit"]) == "1"
    assert "doe" not in app.query_params


def test_a_decision_from_a_gap(the_desk: Desk):
    app = opened("An", wijk="Kiel", doelgroep="Ouderen")
    assert app.text_input(key=field("title")).value == "Aanbod voor ouderen in Kiel"
    app.selectbox(key=field("state")).set_value(State.TO_DISCUSS)
    press(app, "besluit_bewaren")
    (made,) = the_desk.store.decisions.all()
    assert (made.wijkcode, made.group, made.state) == (CODES["Kiel"], "Ouderen", State.TO_DISCUSS)
    assert made.what == Proposal(groups=("Ouderen",), wijken=(CODES["Kiel"],))
    assert "wijk" not in app.query_params


def test_what_cannot_be_kept_is_said_at_the_field_and_nothing_is_lost(the_desk: Desk):
    app = opened("An", doe="nieuw")
    app.text_area(key=field("why")).set_value("Al het denkwerk")
    app.text_input(key=field("wat_point")).set_value("achter de kerk")
    press(app, "besluit_bewaren")
    assert "Dit zijn geen coördinaten." in shown(app)
    app.text_input(key=field("wat_point")).set_value("")
    press(app, "besluit_bewaren")
    assert "Geef het besluit een titel." in shown(app)
    assert app.text_area(key=field("why")).value == "Al het denkwerk"
    assert the_desk.store.decisions.all() == ()
    app.text_input(key=field("title")).set_value("Nu wel")
    press(app, "besluit_bewaren")
    assert the_desk.store.decisions.get(1).why == "Al het denkwerk"
    assert "Dit kan zo niet bewaard worden" not in shown(app)


def test_a_next_step_with_who_when_and_why(three: Decisions):
    app = opened("An", besluit="3")
    press(app, "besluit_verder")
    assert list(app.selectbox(key=field("state")).options) == [
        "te bespreken", "idee", "beslist", "gestart", "niet weerhouden",
    ]  # fmt: skip
    app.selectbox(key=field("state")).set_value(State.DECIDED)
    app.text_input(key=field("who")).set_value("VDAB")
    app.date_input(key=field("due")).set_value(date(2027, 3, 1))
    press(app, "besluit_bewaren")
    now = three.get(3)
    assert now.draft == replace(FOR_JOB_SEEKERS, state=State.DECIDED, who="VDAB", due=date(2027, 3, 1))
    assert (now.by, now.change) == ("An", 2)


def test_everything_can_be_edited_and_what_is_left_alone_stays(three: Decisions):
    app = opened("An", besluit="1", doe="wijzig")
    app.text_input(key=field("title")).set_value("Digihulp op het Kiel")
    app.multiselect(key=field("wat_dayparts")).set_value(["Avond"])
    press(app, "besluit_bewaren")
    assert three.get(1).draft == replace(
        WANTED, title="Digihulp op het Kiel", what=replace(WANTED.what, dayparts=("Avond",))
    )


def test_a_point_that_is_left_alone_keeps_all_its_decimals(the_desk: Desk):
    exact = Proposal(lat=51.219412345, lon=4.402498765)
    the_desk.store.decisions.add(Draft(title="a", what=exact), "An")
    app = opened("An", besluit="1", doe="wijzig")
    app.text_input(key=field("title")).set_value("b")
    press(app, "besluit_bewaren")
    assert the_desk.store.decisions.get(1).what == exact


def test_cancelling_changes_nothing_and_forgets_what_was_typed(three: Decisions):
    app = opened("An", besluit="1", doe="wijzig")
    app.text_input(key=field("title")).set_value("Iets anders")
    press(app, "besluit_annuleren")
    assert three.get(1).change == 1
    press(app, "besluit_wijzig")
    assert app.text_input(key=field("title")).value == "Hulp op het Kiel"


def test_who_comes_second_sees_the_newer_state_and_loses_nothing(three: Decisions):
    app = opened("An", besluit="1", doe="wijzig")
    app.text_input(key=field("who")).set_value("Ligo")
    app.text_area(key=field("why")).set_value("Een lang verhaal")
    three.change(1, replace(WANTED, state=State.STARTED, who="SAAMO", network="Hele stad"), "Bo", based_on=1)
    press(app, "besluit_bewaren")
    text = shown(app)
    assert "Ondertussen wijzigde Bo dit besluit" in text
    assert "Stand staat nu op “gestart”. Dat namen we over." in text
    assert "Wie staat nu op “SAAMO”. Jij vulde “Ligo” in: dat blijft staan in het formulier." in text
    assert app.text_area(key=field("why")).value == "Een lang verhaal"
    assert app.text_input(key=field("who")).value == "Ligo"
    assert three.get(1).change == 2
    press(app, "besluit_bewaren")
    assert three.get(1).draft == replace(
        WANTED, state=State.STARTED, who="Ligo", network="Hele stad", why="Een lang verhaal"
    )


def test_a_step_that_the_newer_state_does_not_allow_is_said_at_the_field(three: Decisions):
    app = opened("An", besluit="1", doe="verder")
    app.selectbox(key=field("state")).set_value(State.STARTED)
    three.change(1, replace(WANTED, state=State.NOT_RETAINED), "Bo", based_on=1)
    press(app, "besluit_bewaren")
    press(app, "besluit_bewaren")
    assert "Van “niet weerhouden” kan je niet naar “gestart”. Kies uit: idee, te bespreken." in shown(app)
    app.selectbox(key=field("state")).set_value(State.TO_DISCUSS)
    press(app, "besluit_bewaren")
    assert three.get(1).state == State.TO_DISCUSS


GUARDED: list[Callable[[], None]] = [
    decision_form.save,
    lambda: card.mark_started(1, 1, 2, "x"),
    lambda: card.note_drafts([Draft(title="x")]),
]


@pytest.mark.parametrize("session", ["nobody", "too old"])
@pytest.mark.parametrize("action", range(len(GUARDED)))
def test_no_widget_does_anything_for_someone_who_is_not_signed_in(
    three: Decisions, monkeypatch: pytest.MonkeyPatch, action: int, session: str
):
    state: dict[str, object] = {"besluit_formulier": decision_form.new_form("leeg", Draft(title="x"))}
    if session == "too old":
        state["trekker"] = start_session("An", account.now() - timedelta(hours=settings.SESSION_HOURS, seconds=1))
    monkeypatch.setattr(account.st, "session_state", state)
    GUARDED[action]()
    assert state["beheer_meldingen"].error == "Meld je eerst aan als trekker."
    assert [one.change for one in three.all()] == [1, 1, 1]


@pytest.mark.parametrize(
    "query", [{"doe": "nieuw"}, {"besluit": "1", "doe": "wijzig"}, {"besluit": "1", "doe": "verder"}]
)
def test_a_member_gets_no_form_by_any_link(three: Decisions, query: dict[str, str]):
    app = opened(**query)
    assert not app.text_area
    assert not [one for one in app.button if one.key == "besluit_bewaren"]


# --- a scenario ------------------------------------------------------------------------------------------------------
SCENARIO = Scenario(
    "Plan B",
    (
        NewOffer(name="Inloop", types=(HELP,), groups=("Ouderen",), wijken=(CODES["Kiel"],)),
        Stop("a" * min(KEY_LENGTHS), "Pop-up"),
        NewOffer(name="Les", types=("Groepsles of workshop",), wijken=(CODES["Dam"],)),
    ),
)


def test_every_new_offer_of_a_scenario_becomes_an_idea_once(the_desk: Desk):
    link = link_text(SCENARIO)
    app = opened("An", scenario=link)
    assert "Uit het scenario “Plan B”" in shown(app)
    assert "wordt geen besluit" in shown(app)
    assert cards(app) == ["Inloop", "Les"]
    press(app, "besluit_alles")
    assert "2 ideeën genoteerd." in shown(app)
    made = the_desk.store.decisions.all()
    assert [(one.title, one.state, one.wijkcode) for one in made] == [
        ("Inloop", State.IDEA, CODES["Kiel"]),
        ("Les", State.IDEA, CODES["Dam"]),
    ]
    again = opened("An", scenario=link)
    assert not [one for one in again.button if one.key == "besluit_alles"]
    assert "".join(app.query_params["scenario"]) == link  # the proposals stay in sight


def test_a_member_sees_a_scenario_and_notes_nothing(the_desk: Desk):
    app = opened(scenario=link_text(SCENARIO))
    assert cards(app) == ["Inloop", "Les"]
    assert "besluit_alles" not in {one.key for one in app.button}


@pytest.mark.parametrize("text", ["1onzin", "<script>", "1" * 5000])
def test_a_link_without_a_scenario_is_said(text: str):
    assert "Deze link bevat geen scenario" in shown(opened("An", scenario=text))


# --- what a new workbook already holds -------------------------------------------------------------------------------
def published(the_desk: Desk, *rows: list[str]) -> None:
    latest = the_desk.store.latest()
    content = workbook_bytes({"Aanbod": [HEADERS, *rows]})
    the_desk.store.publish(content, "aanbod.xlsx", "Bo", based_on=latest.number if latest else None)


def test_a_new_workbook_that_holds_the_offer_is_proposed_and_marked_with_a_confirmation(the_desk: Desk):
    published(the_desk, OTHER)
    the_desk.store.decisions.add(WANTED, "Bo")
    assert "lijkt het aanbod al in de werkmap" not in shown(opened())
    published(the_desk, OTHER, ANSWER)
    assert "Van 1 lijkt het aanbod al in de werkmap te staan: kijk dat na." in shown(opened())
    member = opened(besluit="1")
    assert "In de werkmap staat nu “Digicafé Kiel” (Atlas, rij 3)." in shown(member)
    assert not [one for one in member.button if one.key == "besluit_al_3"]
    app = opened("An", besluit="1")
    press(app, "besluit_al_3")
    assert the_desk.store.decisions.get(1).state == State.DECIDED
    press(app, "besluit_zeker_nee")
    press(app, "besluit_al_3")
    press(app, "besluit_zeker_ja")
    now = the_desk.store.decisions.get(1)
    assert (now.state, now.by) == (State.STARTED, "An")
    assert now.why == "Gestart: “Digicafé Kiel” staat in de werkmap (rij 3)."
    assert "Besluit 1 staat nu op “gestart”." in shown(app)
    assert "Staat dit al in de werkmap?" not in shown(app)


def test_what_was_there_when_it_was_decided_is_not_proposed(the_desk: Desk):
    published(the_desk, OTHER, ANSWER)
    the_desk.store.decisions.add(WANTED, "Bo")
    published(the_desk, OTHER, ANSWER, ["Nog iets", "Ligo", "Werkzoekenden", HELP, "Wekelijks", "Kiel", ""])
    assert MAYBE_THERE not in shown(opened())
    assert "Staat dit al in de werkmap?" not in shown(opened(besluit="1"))


def test_marking_what_someone_else_just_changed_is_refused(the_desk: Desk):
    published(the_desk, OTHER)
    the_desk.store.decisions.add(WANTED, "Bo")
    published(the_desk, OTHER, ANSWER)
    app = opened("An", besluit="1")
    press(app, "besluit_al_3")
    the_desk.store.decisions.change(1, replace(WANTED, who="SAAMO"), "Bo", based_on=1)
    press(app, "besluit_zeker_ja")
    assert "Ondertussen wijzigde Bo dit besluit" in shown(app)
    assert the_desk.store.decisions.get(1).state == State.DECIDED


# --- hostile text, and once ------------------------------------------------------------------------------------------
def test_hostile_text_is_text(the_desk: Desk):
    evil = "![x](http://a.b/c.png) <img src=x onerror=y> :red[z] bel 0470 12 34 56"
    draft = Draft(title=evil, who=evil, why=evil, network=evil, group=evil, methods=(evil,), partners=(evil,))
    the_desk.store.decisions.add(replace(draft, what=Proposal(location=evil, organisations=(evil,))), evil)
    for query in ({}, {"besluit": "1"}, {"besluit": "1", "toon": "verloop"}):
        app = opened(**query)
        html = "\n".join(one.proto.body for one in app.get("html"))
        assert "<img" not in html
        assert "0470" not in html
        markdown = "\n".join(one.value for one in (*app.markdown, *app.header, *app.caption, *app.subheader))
        assert "![x](" not in markdown
        assert ":red[" not in markdown
    app = opened("An", besluit="1", doe="wijzig")
    assert app.text_input(key=field("title")).value == evil


def test_what_fits_is_computed_once_per_version_decision_and_question(
    three: Decisions, monkeypatch: pytest.MonkeyPatch
):
    counted: list[str] = []
    real = decision_data.fitting_partners

    def counting(*given: object) -> object:
        counted.append("partners")
        return real(*given)

    monkeypatch.setattr(decision_data, "fitting_partners", counting)
    three.change(1, replace(WANTED, title="Nog nooit gezien"), "An", based_on=1)
    app = opened(besluit="1")
    app.run()
    opened(besluit="1", prijs="Gratis")  # a filter that says nothing about it
    assert counted == ["partners"]
    assert shown_now.decisions()[0].title == "Nog nooit gezien"
