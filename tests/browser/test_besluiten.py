"""Besluiten in a real browser: from a gap to a decision that has started; two trekkers at once; hostile text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, Request, ViewportSize, expect

from einclusie_data.contract.clock import today
from einclusie_data.contract.settings import STARTER_WORKBOOK
from einclusie_data.store.access.desk import give_password
from einclusie_data.store.decision_record import Draft, Proposal, State
from einclusie_data.store.store import open_store
from tests.browser.actions import choose, sign_in
from tests.browser.checks import english_on, serious_findings, wider_than_screen
from tests.browser.harness import LAPTOP, PHONE, PROJECTOR, map_frame, picture, running_app, wait_idle
from tests.browser.test_hostile_text import EVIL
from tests.browser.test_presentatie import BEAMER

NAME, PASSWORD = "An Peeters", "drie gewone woorden"
HELP = "Individuele begeleiding"
DECISIONS = (
    Draft(
        title="Inloop voor ouderen op het Kiel",
        state=State.TO_DISCUSS,
        what=Proposal(types=(HELP,), groups=("Ouderen",), wijken=("ANT10",), price="Gratis"),
        who="Voorbeeld vzw",
        wijkcode="ANT10",
        group="Ouderen",
        why="De pop-up stopt in december.",
    ),
    Draft(title="Oefenkans in de bibliotheek", state=State.DECIDED, what=Proposal(lat=51.2194, lon=4.4325)),
    Draft(title="Werkgroep over wifi"),
)


class Place:
    """An app with a store of its own, in which some decisions stand and one trekker may sign in."""

    def __init__(self, address: str, target: str, browser: Browser, stack: ExitStack, network: list[Request]) -> None:
        self.address, self.target = address, target
        self._browser, self._stack, self._network = browser, stack, network

    def visitor(self, path: str = "", viewport: ViewportSize = LAPTOP) -> Page:
        phone = viewport["width"] < 600
        context = self._browser.new_context(viewport=viewport, locale="nl-BE", is_mobile=phone, has_touch=phone)
        self._stack.callback(context.close)
        context.on("request", lambda request: self._network.append(request))
        page = context.new_page()
        page.goto(f"{self.address}{path}")
        wait_idle(page)
        return page

    def trekker(self) -> Page:
        page = self.visitor("/beheer")
        sign_in(page, self.address, NAME, PASSWORD)
        return page


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    target = str(tmp_path_factory.mktemp("besluiten") / "opslag")
    give_password(target, NAME, PASSWORD)
    with open_store(target) as store:
        store.publish(STARTER_WORKBOOK.read_bytes(), "startbestand.xlsx", NAME, based_on=None)
        for draft in DECISIONS:
            store.decisions.add(draft, NAME)
    with running_app("dashboard.py", {"EINCLUSIE_OPSLAG": target}) as address:
        yield address, target


@pytest.fixture
def place(app: tuple[str, str], browser: Browser, network: list[Request]) -> Iterator[Place]:
    with ExitStack() as stack:
        yield Place(*app, browser, stack, network)
    own = (app[0], app[0].replace("http", "ws"), "data:", "blob:")
    assert not [one.url for one in network if not one.url.startswith(own)]


def go_to(page: Page, label: str) -> None:
    page.get_by_role("link", name=label, exact=True).click()
    page.wait_for_timeout(500)
    wait_idle(page)


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_timeout(400)
    wait_idle(page)


def test_from_a_gap_to_a_decision_that_has_started(place: Place):
    page = place.trekker()
    go_to(page, "Hiatenmatrix")
    choose(page, "Kies een wijk", "Linkeroever")
    choose(page, "Kies een kolom", "Ouderen")
    go_to(page, "Maak hiervan een voorstel")
    expect(page.get_by_role("heading", name="Een voorstel voor Linkeroever, ouderen")).to_be_visible()
    page.get_by_label("Wie neemt dit op?").fill("Voorbeeld vzw")
    assert not english_on(page)
    expect(page.get_by_text("jjjj", exact=True)).to_have_count(2)
    page.get_by_label("dag, Tegen wanneer?").click()
    page.keyboard.type("01032027")
    page.keyboard.press("Tab")
    for viewport in (PHONE, PROJECTOR, LAPTOP):
        page.set_viewport_size(viewport)
        page.wait_for_timeout(300)
        assert wider_than_screen(page) == [0, 0], viewport
    assert serious_findings(page) == []
    press(page, "Bewaren")
    expect(page.get_by_text("is bewaard: idee.")).to_be_visible()
    press(page, "Zet verder")
    choose(page, "Stand", "gestart")
    page.get_by_label("Waarom").fill("Het begon al in november.")
    press(page, "Bewaren")
    expect(page.get_by_text("is bewaard: gestart.")).to_be_visible()
    with open_store(place.target) as store:
        made = next(one for one in store.decisions.all() if one.title == "Aanbod voor ouderen in Linkeroever")
    assert (made.state, made.who, made.why, made.by, made.due) == (
        State.STARTED, "Voorbeeld vzw", "Het begon al in november.", NAME, date(2027, 3, 1),
    )  # fmt: skip


def test_what_was_typed_survives_that_someone_else_was_first(place: Place):
    page = place.trekker()
    go_to(page, "Besluiten")
    page.get_by_role("button", name="Bekijk: 3. Werkgroep over wifi").click()
    page.get_by_role("button", name="Wijzig", exact=True).click()
    page.get_by_label("Waarom").fill("Een heel verhaal")
    with open_store(place.target) as store:
        now = store.decisions.get(3)
        store.decisions.change(3, Draft(title="Werkgroep over wifi", who="Ligo"), "Bo", based_on=now.change)
    press(page, "Bewaren")
    expect(page.get_by_text("Ondertussen wijzigde Bo dit besluit")).to_be_visible()
    expect(page.get_by_label("Waarom")).to_have_value("Een heel verhaal")
    expect(page.get_by_label("Wie neemt dit op?")).to_have_value("Ligo")
    press(page, "Bewaren")
    with open_store(place.target) as store:
        now = store.decisions.get(3)
    assert (now.who, now.why, now.by) == ("Ligo", "Een heel verhaal", NAME)


def test_the_list_and_a_decision_on_every_screen(place: Place):
    for path in ("/besluiten", "/besluiten?besluit=1&doelgroep=Ouderen"):
        page = place.visitor(path)
        assert map_frame(page).locator(".teken-op-kaart").count() >= 1
        assert not english_on(page)
        for viewport in (PHONE, PROJECTOR, LAPTOP):
            page.set_viewport_size(viewport)
            page.wait_for_timeout(300)
            assert wider_than_screen(page) == [0, 0], viewport
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(800)
            assert serious_findings(page) == [], scheme
        page.emulate_media(color_scheme="light")
    page.get_by_role("button", name="Terug naar de lijst").click()
    wait_idle(page)
    picture(page, "besluiten")


def test_a_click_on_a_mark_opens_its_decision(place: Place):
    page = place.visitor("/besluiten?stand=beslist")
    marks = map_frame(page).locator(".teken-op-kaart")
    at = marks.filter(has_text="◆").first.bounding_box()
    assert at is not None
    page.mouse.click(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    expect(page.get_by_role("heading", name="2. Oefenkans in de bibliotheek")).to_be_visible()
    page.wait_for_url(re.compile("besluit=2"))


def test_nothing_in_a_decision_runs_or_is_fetched(place: Place, network: list[Request]):
    with open_store(place.target) as store:
        for text in EVIL:
            what = Proposal(location=text, organisations=(text,), wijken=("ANT10",))
            draft = Draft(title=text, what=what, who=text, why=text, group=text, network=text, partners=(text,))
            last = store.decisions.add(draft, text)
    page = place.trekker()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    go_to(page, "Besluiten")
    map_frame(page).locator(".teken-op-kaart").first.hover()
    page.wait_for_timeout(300)
    page.get_by_role("button", name=f"Bekijk: {last.id}.").click()
    wait_idle(page)
    page.wait_for_timeout(500)  # the map under the pointer may still be telling where that is
    press(page, "Wijzig")
    press(page, "Annuleren")
    page.get_by_text("Geschiedenis", exact=True).click()
    page.wait_for_timeout(500)
    assert page.evaluate("() => window.ran") is None
    assert page.locator("img[src*=leak], a[href^=javascript], a[href^=mailto], a[href*=leak]").count() == 0
    assert page.locator("[data-testid=stException]").count() == 0
    assert not [one.url for one in network if "leak" in one.url and not one.url.startswith(place.address)]


def test_a_decision_typed_in_the_presentation_is_there_at_once(place: Place):
    page = place.trekker()
    go_to(page, "Start")
    go_to(page, "Toon groot, voor een overleg")
    press(page, "Volgende →")
    wijk = page.locator("h2").first.inner_text()
    page.get_by_text("Leg een besluit vast").click()
    page.get_by_label("Wie neemt dit op?").fill("Voorbeeld vzw")
    page.keyboard.press("ArrowRight")  # in a field the arrows move the cursor, not the presentation
    expect(page.locator("h2").first).to_have_text(wijk)
    for viewport in (PHONE, PROJECTOR, LAPTOP, BEAMER):
        page.set_viewport_size(viewport)
        page.wait_for_timeout(300)
        assert wider_than_screen(page) == [0, 0], viewport
    assert english_on(page) == []
    picture(page, "presentatie-besluit")
    press(page, "Bewaren")
    expect(page.get_by_text("is bewaard: beslist.")).to_be_visible()
    expect(page.get_by_label("Wie neemt dit op?")).to_have_count(0)
    press(page, "Besluiten")
    expect(page.get_by_text(f"Aanbod voor iedereen in {wijk}")).to_be_visible()
    with open_store(place.target) as store:
        made = next(one for one in store.decisions.all() if one.title == f"Aanbod voor iedereen in {wijk}")
    assert (made.state, made.who, made.meeting, made.network) == (State.DECIDED, "Voorbeeld vzw", today(), "Hele stad")
