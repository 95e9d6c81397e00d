"""The trekker at work in a real browser: upload, look, publish, go back; what a member cannot reach."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, Page, Request, ViewportSize, expect

from einclusie_data.publishing.history import version_label
from einclusie_data.store.access.desk import give_password
from einclusie_data.store.store import open_store
from tests import geocoder
from tests.browser.actions import choose, sign_in
from tests.browser.checks import english_on, serious_findings, wider_than_screen
from tests.browser.harness import LAPTOP, PHONE, PROJECTOR, map_frame, picture, running_app, take_screenshots, wait_idle
from tests.browser.test_hostile_text import EVIL
from tests.hostile_files import hostile_files
from tests.xlsx import workbook_bytes

NAME, PASSWORD = "An Peeters", "drie gewone woorden"
HEADERS = ["Naam aanbod", "Organisatie", "Doelgroep", "Type aanbod", "Frequentie", "Adres", "Postcode", "Wijk",
           "Contactpersoon (intern)"]  # fmt: skip
INTERNAL = "een naam die intern is"
ADDRESSES = 40
HARMFUL = {
    "met een macro",
    "versleuteld",
    "zipbom",
    "cel in de laatste hoek",
    "een miljoen opgemaakte rijen",
    "diep genest",
}


def offer(name: str, wijk: str = "Kiel", address: str = "", postcode: str = "") -> list[str]:
    kind = ["Ouderen", "Individuele begeleiding", "Wekelijks"]
    return [name, "Voorbeeld vzw", *kind, address, postcode, wijk, INTERNAL]


OLD = [offer("Digicafé"), offer("Inloop", "Dam"), offer("Les", "Luchtbal")]
NEW = [offer("Digicafé"), offer("Inloop", "Stadspark"), offer("Smartphoneles", "Linkeroever")]


def content(*rows: list[str]) -> bytes:
    return workbook_bytes({"Aanbod": [HEADERS, *rows]})


class Place:
    """An app with a store of its own, in which one version is published and one trekker may sign in."""

    def __init__(self, address: str, target: str, browser: Browser, stack: ExitStack, network: list[Request]) -> None:
        self.address, self.target = address, target
        self._browser, self._stack, self._network = browser, stack, network

    def visitor(self, viewport: ViewportSize = LAPTOP) -> Page:
        phone = viewport["width"] < 600
        context = self._browser.new_context(viewport=viewport, locale="nl-BE", is_mobile=phone, has_touch=phone)
        self._stack.callback(context.close)
        context.on("request", lambda request: self._network.append(request))
        return context.new_page()

    def trekker(self, viewport: ViewportSize = LAPTOP) -> Page:
        page = self.visitor(viewport)
        sign_in(page, self.address, NAME, PASSWORD)
        return page


@pytest.fixture(scope="module")
def service() -> Iterator[geocoder.Server]:
    with geocoder.running(geocoder.send_json(geocoder.answer())) as server:
        yield server


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, service: geocoder.Server) -> Iterator[tuple[str, str]]:
    target = str(tmp_path_factory.mktemp("beheer") / "opslag")
    give_password(target, NAME, PASSWORD)
    with open_store(target) as store:
        store.publish(content(*OLD), "oud.xlsx", NAME, "eerste versie", based_on=None)
    environment = {"EINCLUSIE_OPSLAG": target, "EINCLUSIE_GEOCODER_URL": service.url}
    with running_app("dashboard.py", environment) as address:
        yield address, target


@pytest.fixture
def place(app: tuple[str, str], browser: Browser, network: list[Request]) -> Iterator[Place]:
    with ExitStack() as stack:
        yield Place(*app, browser, stack, network)
    assert not [
        one.url for one in network if not one.url.startswith((app[0], app[0].replace("http", "ws"), "data:", "blob:"))
    ]


def drop(page: Page, data: bytes, name: str = "nieuw.xlsx") -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": data})
    page.get_by_role("heading", name="Wat verandert er").or_(page.get_by_role("alert")).first.wait_for()
    wait_idle(page)


def part(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name).locator(
        "xpath=ancestor-or-self::label | ancestor-or-self::button"
    ).first.click()
    page.wait_for_timeout(300)
    wait_idle(page)


def test_upload_look_and_publish(place: Place):
    page = place.trekker()
    drop(page, content(*NEW))
    expect(page.get_by_text("3 rijen gelezen, 3 gebruikt.")).to_be_visible()
    expect(page.get_by_text("Aanbod: 1 toegevoegd, 1 verdwenen en 1 gewijzigd.")).to_be_visible()
    expect(page.get_by_text("Mogelijke hiaten die ontstaan")).to_be_visible()
    assert map_frame(page).get_by_text("▲").count()
    picture(page, "beheer-verslag")
    member = place.visitor()
    member.goto(place.address)
    wait_idle(member)
    expect(member.get_by_text("Gegevens: versie 1, gepubliceerd door An Peeters").last).to_be_visible()
    page.get_by_label("Waarom deze versie?").fill("voor december")
    page.get_by_role("button", name="Publiceren").click()
    expect(page.get_by_text("Versie 2 is gepubliceerd.")).to_be_visible()
    member.reload()
    wait_idle(member)
    expect(member.get_by_text("Gegevens: versie 2, gepubliceerd door An Peeters").last).to_be_visible()
    with open_store(place.target) as store:
        assert (store.latest().number, store.latest().note) == (2, "voor december")


def test_what_changed_is_there_for_everyone(place: Place):
    with open_store(place.target) as store:
        latest = store.latest().number
        if latest == 1:
            store.publish(content(*NEW), "nieuw.xlsx", NAME, based_on=1)
    page = place.visitor()
    page.goto(f"{place.address}/veranderingen?van=1&naar=2&doelgroep=Ouderen")
    map_frame(page)
    wait_idle(page)
    expect(page.get_by_text("Aanbod: 1 toegevoegd, 1 verdwenen en 1 gewijzigd.")).to_be_visible()
    assert INTERNAL not in page.content()
    assert not english_on(page)
    assert serious_findings(page) == []
    take_screenshots(page, "veranderingen-met-versies")
    picture(page, "veranderingen")
    for viewport in (PHONE, PROJECTOR):
        page.set_viewport_size(viewport)
        wait_idle(page)
        assert wider_than_screen(page) == [0, 0]


def test_a_file_that_is_too_large_is_refused_in_dutch(place: Place, tmp_path: Path):
    path = tmp_path / "groot.xlsx"
    path.write_bytes(bytes(31_000_000))
    page = place.trekker()
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_text("Dit bestand is te groot")).to_be_visible()
    assert not english_on(page)


PARTS = {
    "opladen": (),
    "verslag": ("Wat er verandert",),
    "meldingen": ("Meldingen",),
    "kolommen": ("Bladen en kolommen",),
    "plekken": ("Plekken op de kaart",),
}


@pytest.mark.parametrize("name", PARTS)
def test_every_part_of_an_upload_on_every_screen(place: Place, name: str):
    page = place.trekker()
    if PARTS[name]:
        bad = [*offer("Fout"), "x"]
        drop(page, workbook_bytes({"Aanbod": [[*HEADERS, "Zone"], *[[*one, ""] for one in NEW], bad, ["", "Atlas"]]}))
        part(page, PARTS[name][0])
    else:
        page.get_by_role("button", name="Kies een bestand").wait_for()
    assert not english_on(page)
    for viewport in (PHONE, LAPTOP, PROJECTOR):
        page.set_viewport_size(viewport)
        page.wait_for_timeout(300)
        assert wider_than_screen(page) == [0, 0], viewport
    take_screenshots(page, f"beheer-{name}")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(600)
        assert serious_findings(page) == [], scheme


@pytest.mark.parametrize("name", ["Versies", "Trekkers en logboek"])
def test_versions_and_trekkers_on_every_screen(place: Place, name: str):
    page = place.trekker()
    part(page, name)
    assert not english_on(page)
    for viewport in (PHONE, LAPTOP, PROJECTOR):
        page.set_viewport_size(viewport)
        page.wait_for_timeout(300)
        assert wider_than_screen(page) == [0, 0], viewport
    take_screenshots(page, f"beheer-{name[:7].lower()}")
    assert serious_findings(page) == []
    if name == "Versies":
        page.set_viewport_size(LAPTOP)
        picture(page, "beheer-versies")


def test_any_version_is_downloaded_byte_for_byte(place: Place, network: list[Request]):
    page = place.trekker()
    part(page, "Versies")
    choose(page, "Welke versie?", option_of(place, 1))
    link = page.get_by_role("link", name="Download versie 1")
    link.focus()
    saved = downloaded(page, lambda: page.keyboard.press("Enter"))
    with open_store(place.target) as store:
        content_then = store.content(1)
    assert Path(saved.path()).read_bytes() == content_then
    assert saved.suggested_filename == "versie-1-oud.xlsx"
    public = {one.url for one in network if one.url.startswith(f"{place.address}/media/")}
    assert content_then not in [page.request.get(url).body() for url in public]
    phone = place.trekker(PHONE)
    part(phone, "Versies")
    choose(phone, "Welke versie?", option_of(place, 1))
    tapped = phone.get_by_role("link", name="Download versie 1")
    assert downloaded(phone, tapped.tap).suggested_filename == "versie-1-oud.xlsx"
    assert wider_than_screen(phone) == [0, 0]


def downloaded(page: Page, act: Callable[[], None]) -> Download:
    """What is saved by an action: the link opens a window of its own, that closes at once."""
    saved: list[Download] = []

    def keep(download: Download) -> None:
        saved.append(download)

    page.context.on("page", lambda window: window.on("download", keep))
    page.on("download", keep)
    act()
    for _ in range(100):
        if saved:
            return saved[0]
        page.wait_for_timeout(100)
    raise AssertionError("nothing was downloaded")


def version_link(page: Page, place: Place) -> str:
    part(page, "Versies")
    choose(page, "Welke versie?", option_of(place, 1))
    address = page.get_by_role("link", name="Download versie 1").get_attribute("href")
    assert address is not None
    return f"{place.address}/{address}"


def test_a_removed_trekker_whose_page_is_still_open_downloads_nothing(place: Place):
    give_password(place.target, "Jan", "heel andere woorden")
    page = place.visitor()
    sign_in(page, place.address, "Jan", "heel andere woorden")
    address = version_link(page, place)
    assert page.request.get(address).status == 200
    other = place.visitor()  # another browser, with the link that someone passed on
    other.goto(place.address)
    wait_idle(other)
    assert other.request.get(address).status == 403
    with open_store(place.target) as store:
        store.trekkers.disable("Jan", NAME)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Download versie 1").click()
    expect(opened.value.get_by_text("Dit bestand is enkel voor trekkers.")).to_be_visible()
    reply = page.request.get(address)
    assert (reply.status, INTERNAL.encode() in reply.body(), reply.body()[:2]) == (403, False, b"<!")


@pytest.mark.parametrize("leave", ["sign out", "close"])
def test_after_leaving_no_link_works(place: Place, leave: str):
    page = place.trekker()
    address = version_link(page, place)
    request = page.context.request
    reply = request.get(address)
    assert (reply.status, reply.headers["cache-control"]) == (200, "no-store")
    if leave == "sign out":
        page.get_by_role("button", name="Afmelden").click()
        page.get_by_role("heading", name="Aanmelden").wait_for()
    else:
        page.close()
        time.sleep(1)
    assert request.get(address).status == 403


def option_of(place: Place, number: int) -> str:
    with open_store(place.target) as store:
        return version_label(store.version(number))


def test_the_workbook_to_repair_is_downloaded(place: Place):
    page = place.trekker()
    drop(page, content(*NEW, ["", "Atlas"]))
    part(page, "Meldingen")
    page.get_by_text("Verbeteren in Excel").click()
    saved = downloaded(page, page.get_by_role("link", name="Download om te verbeteren").click)
    assert saved.suggested_filename == "nieuw-nakijken.xlsx"
    assert Path(saved.path()).read_bytes()[:2] == b"PK"


def test_a_click_on_the_map_places_an_offer(place: Place):
    page = place.trekker()
    drop(page, content(*NEW))
    part(page, "Plekken op de kaart")
    expect(page.get_by_text("3 keer aanbod heeft nog geen punt")).to_be_visible()
    frame = map_frame(page)
    box = frame.locator(".leaflet-container").bounding_box()
    assert box is not None
    page.locator("iframe[title^=streamlit_folium]").scroll_into_view_if_needed()
    box = frame.locator(".leaflet-container").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_text("2 keer aanbod heeft nog geen punt")).to_be_visible()
    page.get_by_role("button", name="Haal dit punt weg").click()
    expect(page.get_by_text("3 keer aanbod heeft nog geen punt")).to_be_visible()


def test_looking_up_addresses_shows_how_far_it_is_and_can_be_stopped(place: Place, service: geocoder.Server):
    page = place.trekker()
    drop(page, content(*[offer(f"Les {n}", "", f"Bist {n}", "2610") for n in range(1, ADDRESSES + 1)]))
    part(page, "Plekken op de kaart")
    before = len(service.asked)
    page.get_by_text("Adressen opzoeken bij de Vlaamse overheid").click()
    wait_idle(page)
    assert len(service.asked) == before
    page.get_by_role("button", name=f"Zoek {ADDRESSES} adressen op").click()
    expect(page.get_by_text(f"van {ADDRESSES}")).to_be_visible()
    page.get_by_role("button", name="Stoppen").click()
    expect(page.get_by_text("nog niet opgezocht")).to_be_visible(timeout=20_000)
    asked = len(service.asked) - before
    assert 0 < asked < ADDRESSES
    with open_store(place.target) as store:
        assert len(store.geocodes.all()) == asked  # what was answered is kept


def test_nothing_from_an_uploaded_workbook_runs_or_is_fetched(place: Place, network: list[Request]):
    page = place.trekker()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    headers = [*HEADERS, *EVIL[:4]]
    rows = [[text, text, text, text, "", text, "2000", "", text, *["x"] * 4] for text in EVIL]
    drop(page, workbook_bytes({"Aanbod": [headers, *rows]}), f"{EVIL[4]}.xlsx".replace("/", "-"))
    for name in ("Wat er verandert", "Meldingen", "Bladen en kolommen", "Plekken op de kaart"):
        part(page, name)
        page.wait_for_timeout(500)
        for box in page.get_by_role("combobox").all()[:3]:
            box.click()
            page.wait_for_timeout(200)
            page.keyboard.press("Escape")
        assert page.evaluate("() => window.ran") is None
        assert page.locator("img[src*=leak], a[href^=javascript], a[href^=mailto], a[href*=leak]").count() == 0
        assert page.locator("[data-testid=stException]").count() == 0
    assert not [one.url for one in network if "leak" in one.url and not one.url.startswith(place.address)]


def test_a_hostile_file_gives_a_sentence_while_others_look_on(place: Place):
    page, member = place.trekker(), place.visitor()
    # The worst of each way to hurt; `test_read_fuzz.py` reads all of them.
    for file in {one.kind: one for one in hostile_files() if one.kind in HARMFUL}.values():
        page.locator("input[type=file]").set_input_files({"name": file.name, "mimeType": "", "buffer": file.content})
        member.goto(f"{place.address}/hiatenmatrix")
        wait_idle(member)
        expect(member.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_timeout(1200)
        expect(page.get_by_role("button", name="Stoppen")).to_have_count(0, timeout=30_000)
        wait_idle(page)
        assert page.locator("[data-testid=stException]").count() == 0, file.kind
        if page.get_by_role("button", name="Annuleren").count():
            page.get_by_role("button", name="Annuleren").click()
        else:
            expect(page.get_by_role("alert").first).to_be_visible()
        page.locator("input[type=file]").wait_for(state="attached")
        wait_idle(page)


@pytest.mark.parametrize("query", ["", "?deel=versies", "?deel=trekkers", "?deel=werkmap&verslag=plekken"])
def test_a_member_cannot_reach_what_is_for_trekkers(place: Place, query: str):
    page = place.visitor()
    page.goto(f"{place.address}/beheer{query}")
    wait_idle(page)
    expect(page.get_by_role("heading", name="Aanmelden")).to_be_visible()
    assert page.locator("input[type=file]").count() == 0
    assert page.get_by_role("button", name="Download").count() == 0
    assert page.get_by_role("link", name="Download").count() == 0
    assert INTERNAL not in page.content()
    assert not english_on(page)
    assert serious_findings(page) == []


def test_a_visit_that_is_signed_out_can_leave_no_file(place: Place):
    page = place.trekker()
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if "/_stcore/upload_file/" in request.url else None)
    drop(page, content(*NEW))
    (upload,) = [one for one in sent if one.method == "PUT"]
    again = """async ([url, headers]) => {
        const form = new FormData();
        form.append('file', new Blob(['x']), 'x.xlsx');
        return (await fetch(url, { method: 'PUT', headers, body: form, credentials: 'include' })).status;
    }"""
    headers = {name: value for name, value in upload.headers.items() if name.lower().startswith("x-")}
    address = upload.url.rpartition("/")[0]
    assert page.evaluate(again, [f"{address}/een", headers]) == 204
    page.get_by_role("button", name="Afmelden").click()
    page.get_by_role("heading", name="Aanmelden").wait_for()
    assert page.evaluate(again, [f"{address}/twee", headers]) == 403


def test_the_store_is_not_served(place: Place):
    page = place.visitor()
    for path in (
        "/app/static/../werkmap/opslag.sqlite",
        "/app/static/opslag.sqlite",
        "/werkmap/opslag.sqlite",
        "/opslag.sqlite",
    ):
        reply = page.request.get(place.address + path)
        assert b"SQLite format" not in reply.body()
