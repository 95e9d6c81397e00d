"""Whatever is clicked is done: a choice that a link of the menu overtakes, and two links shortly after each other.

Delays are tried with a real mouse; EINCLUSIE_POGINGEN says how often each (1 by default). The tests with a late server
do not depend on a clock: the browser hears everything later than any of the clicks.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import Opener
from tests.browser.harness import IDLE_MS, LAPTOP, PHONE, wait_idle
from tests.browser.quick_clicks import DELAYS_MS, KINDS, LIMIT_S, click, group, link, lost, settle, spot

TRIES = int(os.environ.get("EINCLUSIE_POGINGEN", "1"))
LATE_MS, STILL_MS = 700, 3000
LATE_SERVER = """
    const Socket = window.WebSocket;
    window.WebSocket = class extends Socket {
        // Each message comes so many milliseconds late, so many after the one before, and never before it.
        later(listener) {
            const waiting = [];
            return (event) => {
                const now = performance.now();
                this.next = Math.max(now + (window.late || 0), (this.next || 0) + (window.apart || 0));
                waiting.push(event);
                setTimeout(() => listener.call(this, waiting.shift()), this.next - now);
            };
        }
        set onmessage(listener) { super.onmessage = listener && this.later(listener); }
        addEventListener(type, listener, ...more) {
            super.addEventListener(type, type === "message" ? this.later(listener) : listener, ...more);
        }
    };
"""


@pytest.fixture
def late_page(browser: Browser, app_url: str) -> Iterator[Page]:
    """Start, ready; from here on the browser hears the server late."""
    context = browser.new_context(viewport=LAPTOP, locale="nl-BE")
    page = context.new_page()
    page.add_init_script(LATE_SERVER)
    page.goto(f"{app_url}/")
    settle(page)
    page.evaluate(f"() => {{ window.late = {LATE_MS}; }}")
    yield page
    context.close()


def steps(page: Page) -> int:
    """Steps in the history of the browser."""
    return int(page.evaluate("() => history.length"))


def sees(page: Page, heading: str) -> None:
    """A heading comes into sight."""
    expect(page.get_by_role("heading", name=heading)).to_be_visible(timeout=IDLE_MS)


@contextmanager
def thirty_people(address: str) -> Iterator[None]:
    """A meeting that uses the app meanwhile."""
    command = [sys.executable, "-m", "benchmarks.thirty_people", "--seconds", "600", "--address", address]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as meeting:
        try:
            yield
        finally:
            meeting.terminate()


# --- with a real mouse, at every delay --------------------------------------------------------------------------------
@pytest.mark.parametrize("delay", DELAYS_MS)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_of_two_clicks(open_page: Opener, kind: str, delay: int):
    page = open_page("/uitleg?doelgroep=Ouderen")
    settle(page)
    assert [loss for number in range(1, TRIES + 1) if (loss := KINDS[kind](page, delay, number, LIMIT_S))] == []


def test_nothing_is_lost_beside_thirty_people(open_page: Opener, app_url: str):
    page = open_page("/uitleg?doelgroep=Ouderen")
    settle(page)
    with thirty_people(app_url):
        page.wait_for_timeout(10_000)  # they come in one by one
        losses = [
            KINDS[kind](page, delay, number, LIMIT_S)
            for kind in KINDS
            for number, delay in enumerate(DELAYS_MS * TRIES, start=1)
        ]
    assert [loss for loss in losses if loss] == []


# --- with a late server: whatever the clock says ----------------------------------------------------------------------
def test_a_late_server_loses_no_choice(late_page: Page):
    page = late_page
    spots = spot(group(page, "Ouderen")), spot(link(page, "Hiatenkaart"))
    for one in spots:
        click(page, one)
    assert lost(page, "Hiatenkaart", "Ouderen", STILL_MS) == ""
    page.go_back()
    assert lost(page, "Start", "Ouderen", STILL_MS) == ""


def test_a_late_server_follows_the_last_link_in_one_step(late_page: Page):
    page, before = late_page, steps(late_page)
    spots = [spot(link(page, label)) for label in ("Hiatenkaart", "Netwerk", "Uitleg")]
    for one in spots:
        click(page, one)
    settle(page, STILL_MS)
    sees(page, "Hoe werkt de hiatenkaart?")
    assert page.url.endswith("/uitleg")
    assert steps(page) == before + 1
    page.go_back()
    sees(page, "Waar en voor wie")


@pytest.mark.parametrize("moment_ms", [300, 600, 900, 1200, 1500, 1800, 2100, 2400])
def test_a_link_is_taken_at_every_moment_of_a_switch(late_page: Page, moment_ms: int):
    """Before the answer, while the page is left, and while the next one is drawn, which takes seconds here."""
    page = late_page
    page.evaluate("() => { window.late = 0; window.apart = 150; }")
    spots = [spot(link(page, label)) for label in ("Hiatenkaart", "Netwerk")]
    click(page, spots[0])
    page.wait_for_timeout(moment_ms)
    click(page, spots[1])
    page.evaluate("() => { window.apart = 0; }")
    settle(page, STILL_MS)
    sees(page, "Wie zit in het netwerk")
    assert page.url.endswith("/netwerk")
    expect(page.locator(".menu [aria-current]")).to_have_text("Netwerk")


def test_two_choices_and_a_link(late_page: Page):
    page = late_page
    click(page, spot(group(page, "Werkzoekenden")))
    click(page, spot(page.get_by_role("radiogroup", name="Loopafstand").get_by_text("400 m", exact=True)))
    click(page, spot(group(page, "Ouderen")))
    click(page, spot(link(page, "Besluiten")))
    assert lost(page, "Besluiten", "Ouderen", STILL_MS) == ""
    assert "afstand=400" in page.url


def test_a_run_that_was_under_way_does_not_put_a_choice_back(late_page: Page):
    """The page is being drawn for something else when a choice is made; it does not know of the choice yet."""
    page = late_page
    spots = spot(group(page, "Ouderen")), spot(link(page, "Besluiten"))
    click(page, spot(page.get_by_text("Meer filters")))
    page.wait_for_timeout(LATE_MS // 2)  # the server has answered by now, and the browser has not heard it
    page.evaluate("() => { window.late = 3000; }")
    click(page, spots[0])
    page.wait_for_timeout(LATE_MS * 2)  # now the browser has heard the first answer, and not the second one
    click(page, spots[1])
    assert lost(page, "Besluiten", "Ouderen", STILL_MS) == ""


def test_filters_that_are_wiped_stay_wiped(late_page: Page):
    page = late_page
    click(page, spot(group(page, "Ouderen")))
    click(page, spot(page.get_by_role("button", name="Filters wissen")))
    click(page, spot(link(page, "Hiatenkaart")))
    settle(page, STILL_MS)
    expect(page.locator("[data-testid=stMain] strong").first).to_contain_text("iedereen")
    assert page.url.endswith("/hiatenkaart")


def test_a_link_of_the_page_itself_takes_the_choice_along(late_page: Page):
    page = late_page
    own = page.get_by_role("link", name="Toon groot, voor een overleg")
    place = spot(own)
    click(page, spot(group(page, "Ouderen")))
    click(page, place)
    expect(page).to_have_url(re.compile("/presentatie.*doelgroep=Ouderen"), timeout=IDLE_MS)


def test_a_link_of_a_page_to_the_first_page_goes_there(open_page: Opener):
    page = open_page("/presentatie?doelgroep=Ouderen")
    click(page, spot(page.get_by_role("link", name="Stop")))
    expect(page).to_have_url(re.compile(r"/\?doelgroep=Ouderen$"), timeout=IDLE_MS)
    sees(page, "Waar en voor wie")


def test_a_cell_stays_open_when_a_filter_is_chosen_right_after_it(late_page: Page, app_url: str):
    page = late_page
    page.goto(f"{app_url}/hiatenmatrix")
    settle(page)
    page.evaluate(f"() => {{ window.late = {LATE_MS}; }}")
    spots = spot(page.locator(".matrix tbody button").first), spot(group(page, "Ouderen"))
    for one in spots:
        click(page, one)
    settle(page, STILL_MS)
    sees(page, "Amandus-Atheneum: Iedereen")
    assert "doelgroep=Ouderen" in page.url
    assert "wijk=Amandus-Atheneum" in page.url


# --- choices of a page itself -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("viewport", [LAPTOP, PHONE], ids=["laptop", "telefoon"])
def test_what_is_typed_is_there_when_one_comes_back(open_page: Opener, viewport: ViewportSize):
    page = open_page("/aanbod?doelgroep=Ouderen", viewport=viewport)
    page.get_by_role("textbox", name="Zoek").fill("digiburger")
    link(page, "Uitleg").click()  # leaving the field is what commits it
    sees(page, "Hoe werkt de hiatenkaart?")
    settle(page) if viewport == LAPTOP else wait_idle(page)
    assert page.url.endswith("/uitleg?doelgroep=Ouderen")
    page.go_back()
    expect(page.get_by_role("textbox", name="Zoek")).to_have_value("digiburger", timeout=IDLE_MS)


def test_a_cell_that_was_opened_is_open_when_one_comes_back(open_page: Opener):
    page = open_page("/hiatenmatrix")
    spots = spot(page.locator(".matrix tbody button").first), spot(link(page, "Uitleg"))
    for one in spots:
        click(page, one)
    sees(page, "Hoe werkt de hiatenkaart?")
    settle(page)
    page.go_back()
    sees(page, "Amandus-Atheneum: Iedereen")


def test_on_a_phone_the_whole_of_a_link_can_be_touched(open_page: Opener):
    page = open_page("/aanbod", viewport=PHONE)
    box = link(page, "Aanbod").bounding_box()
    assert box is not None
    heights = [box["y"] + share * box["height"] for share in (0.1, 0.5, 0.9)]
    touched = "([x, y]) => document.elementFromPoint(x, y).innerText"
    assert [page.evaluate(touched, [box["x"] + box["width"] / 2, y]) for y in heights] == ["Aanbod"] * 3


# --- back, forward, keyboard ------------------------------------------------------------------------------------------
def test_back_and_forward_still_walk_through_the_choices(open_page: Opener):
    page = open_page("/")
    before = steps(page)
    for name in ("Ouderen", "Werkzoekenden"):
        click(page, spot(group(page, name)))
        assert lost(page, "Start", name) == ""
    click(page, spot(link(page, "Uitleg")))
    assert lost(page, "Uitleg", "Werkzoekenden") == ""
    assert steps(page) == before + 3
    for label, name in (("Start", "Werkzoekenden"), ("Start", "Ouderen")):
        page.go_back()
        assert lost(page, label, name) == ""
    page.go_forward()
    assert lost(page, "Start", "Werkzoekenden") == ""
    assert steps(page) == before + 3


def test_a_choice_and_then_back_is_back(open_page: Opener):
    page = open_page("/?doelgroep=Werkzoekenden")
    click(page, spot(link(page, "Uitleg")))
    assert lost(page, "Uitleg", "Werkzoekenden") == ""
    click(page, spot(group(page, "Ouderen")))
    page.go_back()
    assert lost(page, "Start", "Werkzoekenden") == "" or lost(page, "Uitleg", "Werkzoekenden") == ""


def test_two_links_with_the_keyboard(open_page: Opener):
    page = open_page("/?doelgroep=Ouderen")
    link(page, "Hiatenkaart").focus()
    page.keyboard.press("Enter")
    link(page, "Netwerk").focus()
    page.keyboard.press("Enter")
    assert lost(page, "Netwerk", "Ouderen") == ""
    expect(link(page, "Netwerk")).to_be_focused()
