"""Waar eerst and Kwetsbaar in a real browser: the curve is clicked, the places and a stop lead to Wat als."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.actions import choose
from tests.browser.checks import english_on, wider_than_screen
from tests.browser.harness import LAPTOP, PHONE, PROJECTOR, map_frame, picture, wait_idle


def numbers(page: Page) -> list[str]:
    """The numbers on the map."""
    return map_frame(page).locator(".plek-nummer text").all_text_contents()


def test_the_curve_and_the_list_choose_how_many_and_the_link_keeps_it(open_page):
    page = open_page("/waar_eerst?doelgroep=Ouderen")
    assert numbers(page) == ["1", "2", "3", "4", "5"]
    picture(page, "waar-eerst")
    three = page.get_by_role("button", name="Kies 3 plekken", exact=True)
    three.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("aantal=3"))
    expect(three).to_have_attribute("aria-pressed", "true")
    expect(three).to_be_focused()
    expect(page.get_by_text("Met 3 nieuwe plekken")).to_be_visible()
    expect(map_frame(page).locator(".plek-nummer")).to_have_count(3)
    choose(page, "Nieuwe plekken", "2")
    expect(page).to_have_url(re.compile("aantal=2"))
    expect(map_frame(page).locator(".plek-nummer")).to_have_count(2)
    page.get_by_text("Andere keuzes. Nu: midden van wijken").click()
    page.get_by_role("button", name="Partners", exact=True).click()
    expect(page).to_have_url(re.compile("plekken=partners"))
    expect(page.get_by_text("Andere keuzes. Nu: midden van wijken en partners")).to_be_visible()
    page.get_by_text("Alle doelgroepen naast elkaar").click()
    expect(page.get_by_role("columnheader", name="Is dit de beste keuze?")).to_be_visible()
    assert not english_on(page)


def test_a_long_search_shows_that_it_runs_and_can_be_stopped(open_page):
    page = open_page("/waar_eerst?verdeling=eerlijk&plekken=raster&aantal=6&doelgroep=Ouderen")
    page.get_by_role("button", name="Zoek de eerlijkste keuze").click()
    stop = page.get_by_role("button", name="Stoppen")
    expect(stop).to_be_visible()
    assert not english_on(page)
    stop.click()
    expect(page.get_by_role("button", name="Zoek de eerlijkste keuze")).to_be_visible()


def test_the_places_lead_to_wat_als(open_page):
    page = open_page("/waar_eerst?aantal=2")
    page.get_by_role("button", name="Bekijk in Wat als: alle 2 samen").click()
    expect(page).to_have_url(re.compile("/wat_als"))


def test_an_offer_alone_on_the_map_and_what_if_it_stops(open_page):
    page = open_page("/kwetsbaar?doelgroep=Ouderen")
    map_frame(page)
    picture(page, "kwetsbaar")
    page.get_by_role("button", name=re.compile("^Toon op de kaart: ")).first.click()
    expect(page.get_by_text("De kaart toont enkel wat er verandert als dit stopt")).to_be_visible()
    expect(page).to_have_url(re.compile("aanbod="))
    assert not english_on(page)
    page.get_by_role("button", name="Toon alle aanbod op de kaart").click()
    expect(page).not_to_have_url(re.compile("aanbod="))
    wait_idle(page)
    page.get_by_role("button", name=re.compile("^Wat als dit stopt?")).first.click()
    expect(page).to_have_url(re.compile("/wat_als"))


def test_a_full_page_fits_every_screen(open_page):
    for viewport in (PHONE, LAPTOP, PROJECTOR):
        page = open_page("/waar_eerst?plekken=aanbod&plekken=partners&aantal=10&verdeling=eerlijk", viewport)
        map_frame(page)
        assert wider_than_screen(page) == [0, 0]
        page.context.close()
