"""The presentation in a real browser: one click away, the arrows walk, a click on the map opens a wijk."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from einclusie_data.city.areas import load_areas
from tests.browser.actions import click_wijk
from tests.browser.checks import english_on, wider_than_screen
from tests.browser.harness import PHONE, map_at_rest, map_frame, picture, wait_idle

BEAMER = {"width": 1024, "height": 768}


def type_px(page: Page) -> float:
    """Size of the type of the words of a step."""
    return float(page.locator(".groot p").first.evaluate("one => parseFloat(getComputedStyle(one).fontSize)"))


def test_the_arrows_walk_and_a_click_on_the_map_opens_a_wijk(open_page):
    page = open_page("/?doelgroep=Ouderen", viewport=BEAMER)
    page.get_by_role("link", name="Toon groot, voor een overleg").click()
    page.locator(".groot").wait_for()
    wait_idle(page)
    map_frame(page)
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.locator(".st-key-menu")).to_be_hidden()
    assert type_px(page) >= 22
    assert wider_than_screen(page) == [0, 0]
    assert english_on(page) == []
    picture(page, "presentatie")
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("stap=hiaat-"))
    first = page.url
    page.keyboard.press("PageDown")
    expect(page).not_to_have_url(first)
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(first)
    page.evaluate("document.body.append(Object.assign(document.createElement('input'), {id: 'veld'}))")
    page.locator("#veld").focus()
    page.keyboard.press("ArrowRight")  # whoever types keeps the arrows
    page.wait_for_timeout(300)
    expect(page).to_have_url(first)
    near = map_at_rest(page).evaluate("map.getZoom()")
    page.get_by_role("button", name="Kaart", exact=True).click()
    expect(page).not_to_have_url(re.compile("stap=hiaat-"))
    map_frame(page).wait_for_function(f"map.getZoom() < {near}")  # back to the whole area
    click_wijk(page, load_areas(), "Kiel")
    expect(page).to_have_url(re.compile("stap=wijk-"))
    expect(page.get_by_role("heading", name="Kiel", exact=True)).to_be_visible()
    page.set_viewport_size(PHONE)
    assert wider_than_screen(page) == [0, 0]
    page.get_by_role("link", name="Stop").click()
    expect(page).to_have_url(re.compile(r"/\?doelgroep=Ouderen$"))
