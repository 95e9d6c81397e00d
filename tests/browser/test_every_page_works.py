"""What holds for every page: its data, links, back and forward, connection, calm, print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import Opener
from tests.browser.harness import LAPTOP, free_port, running_app, wait_idle
from tests.browser.views import BUSY, PAGES, ready


@pytest.fixture(scope="module")
def just_started() -> Iterator[str]:
    """A server on which nobody has been yet."""
    with running_app("dashboard.py") as address:
        yield address


@pytest.mark.parametrize("name", PAGES)
def test_a_link_brings_back_the_view_on_a_server_that_just_started(browser, just_started: str, name: str):
    query = (
        "doelgroep=Ouderen&gebied=District+Deurne&soort=Eigen+keuze&type=Digitale+oefenkans&afstand=400&dagdeel=Avond"
        "&prijs=Gratis&aanmelden=Op+afspraak&taal=Frans&iedereen=nee&peildatum=2027-01-02"
    )
    context = browser.new_context(viewport=LAPTOP, locale="nl-BE")
    page = context.new_page()
    page.goto(f"{just_started}{PAGES[name]}?{query}")
    wait_idle(page)
    expect(page.get_by_role("radio", name="Ouderen", exact=True)).to_be_checked()
    expect(page.get_by_role("radio", name="400 m")).to_be_checked()
    more = 4 if name == "Aanbod" else 6  # that page draws two of them itself
    expect(page.get_by_text(f"Meer filters ({more})")).to_be_visible()
    expect(page.get_by_role("combobox", name="Gebied")).to_have_value("District Deurne")
    expect(page.get_by_role("combobox", name="Soort aanbod")).to_have_value("Eigen keuze")
    expect(page.locator("[data-testid=stSidebar]").get_by_text("Digitale oefenkans").first).to_be_visible()
    for part in query.split("&"):
        assert part in page.url
    context.close()


def test_back_and_forward_walk_through_the_pages_with_their_filters(open_page: Opener):
    page = open_page("/?doelgroep=Ouderen")
    for label in ("Hiatenkaart", "Datakwaliteit"):
        page.get_by_role("link", name=label, exact=True).click()
        expect(page.locator("[aria-current=page]")).to_have_text(label)  # the address changes sooner than the page
        wait_idle(page)
    page.go_back()
    page.wait_for_url(re.compile("/hiatenkaart"))
    wait_idle(page)
    expect(page.get_by_role("heading", name="Wat is er in mijn wijk, en wat ontbreekt er?")).to_be_visible()
    expect(page.get_by_role("radio", name="Ouderen", exact=True)).to_be_checked()
    page.go_forward()
    page.wait_for_url(re.compile("/datakwaliteit"))
    wait_idle(page)
    expect(page.get_by_role("heading", name="Waar weten we het niet, en wie kan het invullen?")).to_be_visible()


def test_filters_go_along_to_every_page(open_page: Opener):
    page = open_page("/?doelgroep=Werkzoekenden&afstand=1600")
    for label, path in PAGES.items():
        page.get_by_role("link", name=label, exact=True).click()
        expect(page.locator("[aria-current=page]")).to_have_text(label)
        assert path in page.url
        wait_idle(page)
        expect(page.get_by_role("radio", name="Werkzoekenden")).to_be_checked()
        expect(page.get_by_role("radio", name="1.600 m")).to_be_checked()
        assert "doelgroep=Werkzoekenden" in page.url


@pytest.mark.parametrize("name", PAGES)
def test_warm_pages_open_without_a_spinner_and_nothing_moves_afterwards(open_page: Opener, name: str):
    page = open_page(PAGES[name])  # someone was here before: what is kept for everyone is there
    ready(page, name)
    page.add_init_script(
        """
        window.spinners = 0; window.moved = 0; window.movedLast = performance.now();
        new MutationObserver(() => {
            if (document.querySelector('[data-testid=stSpinner]')) window.spinners += 1;
        }).observe(document, {childList: true, subtree: true});
        new PerformanceObserver(list => list.getEntries().forEach(one => {
            window.movedLast = performance.now();
            if (window.settled) window.moved += one.value;
        })).observe({type: 'layout-shift', buffered: true});
        """
    )
    page.goto(page.url)
    ready(page, name)
    page.wait_for_function(
        "() => performance.now() - window.movedLast > 2500"
    )  # the first drawing is over, on a busy machine too
    page.evaluate("() => { window.settled = true; }")
    page.wait_for_timeout(800)
    assert page.evaluate("() => [window.spinners, window.moved]") == [0, 0]


def test_the_view_survives_a_lost_connection(browser):
    port = free_port()
    with running_app("dashboard.py", port=port) as address:
        context = browser.new_context(viewport=LAPTOP, locale="nl-BE")
        page = context.new_page()
        page.goto(f"{address}/hiatenmatrix")
        wait_idle(page)
        page.get_by_role("radiogroup", name="Doelgroep").get_by_text("Ouderen", exact=True).click()
        page.get_by_text("Types aanbod", exact=True).click()
        page.wait_for_url(re.compile("per=type"))
        answer = page.locator("[data-testid=stMain] strong").first
        expect(answer).to_contain_text("ouderen")
        wait_idle(page)
        sentence = answer.inner_text()
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]').dataset.testConnectionState !== 'CONNECTED'"
    )
    with running_app("dashboard.py", port=port):
        wait_idle(page, 60_000)
        expect(page.get_by_role("radio", name="Ouderen", exact=True)).to_be_checked()
        expect(page.get_by_role("radio", name="Types aanbod")).to_be_checked()
        expect(page.locator("[data-testid=stMain] strong").first).to_have_text(sentence)
        context.close()


@pytest.mark.parametrize("name", BUSY)
def test_the_page_says_which_data_it_shows_and_prints_without_its_controls(
    open_page: Opener, name: str, tmp_path: Path
):
    page = open_page(BUSY[name])
    ready(page, name)
    expect(page.get_by_text("Gegevens: startbestand, feiten uit openbare bronnen").last).to_be_visible()
    expect(page.get_by_text("niet nagekeken door de partners").first).to_be_visible()
    expect(page.get_by_text("© Statbel").last).to_be_visible()
    heading = page.get_by_role("heading", level=1).inner_text()
    page.emulate_media(media="print")
    expect(page.locator("[data-testid=stSidebar]")).to_be_hidden()
    expect(page.locator(".st-key-menu")).to_be_hidden()
    path = tmp_path / "pagina.pdf"
    page.pdf(path=path, format="A4", print_background=False)
    text = " ".join(" ".join(part.extract_text() for part in PdfReader(path).pages).split())
    assert heading in text
    assert "Filters wissen" not in text
