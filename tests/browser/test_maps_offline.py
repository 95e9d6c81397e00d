"""Our map in a real browser: it draws without the internet, keeps its place, tells what was clicked, runs nothing."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect

from tests.browser.apps import world
from tests.browser.harness import LAPTOP, PHONE, PROJECTOR, map_frame, take_screenshots, wait_idle

APP = "tests/browser/apps/map_app.py"
WIJKEN = 67
RULES_FOR_WHOLE_PAGES = {"landmark-one-main", "page-has-heading-one"}
STATE = "[window.sameMap, map.getZoom(), document.querySelector('.wijk-symbool').innerHTML]"


def point_at(page: Page, frame: Frame, wijk: int) -> None:
    """Move the mouse to the symbol of a wijk; symbols let the mouse through to the wijk."""
    wait_idle(page)
    symbol = frame.locator(".wijk-symbool").nth(wijk)
    box = symbol.bounding_box()
    page.wait_for_timeout(300)
    while box != symbol.bounding_box():  # the page is still settling
        box = symbol.bounding_box()
        page.wait_for_timeout(300)
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def drawn_wijken(frame: Frame) -> int:
    """Wijken have an opacity of their own: the marks of offers are opaque."""
    return frame.locator("path[fill-opacity='0.9']").count()


@pytest.mark.parametrize("viewport", [LAPTOP, PROJECTOR, PHONE], ids=["laptop", "projector", "phone"])
def test_all_wijken_and_their_symbols_are_drawn(open_page, network, viewport):
    frame = map_frame(open_page(viewport=viewport, app=APP))
    assert drawn_wijken(frame) == WIJKEN
    assert frame.locator(".wijk-symbool text").count() == WIJKEN
    assert frame.locator("path[fill-opacity='1']").count() > 10
    assert any(request.url.endswith("/app/static/leaflet/leaflet.js") for request in network)


def test_another_choice_redraws_the_layers_and_keeps_the_map(open_page):
    page = open_page(app=APP)
    frame = map_frame(page)
    assert frame.evaluate("document.body.dataset.filter") == "Iedereen None"
    zoom = frame.evaluate("map.getZoom()")
    frame.get_by_role("button", name="Inzoomen").click()
    frame.wait_for_function("zoom => map.getZoom() === zoom + 1", arg=zoom)
    frame.evaluate("window.sameMap = 'yes'")
    before = frame.evaluate(STATE)
    page.get_by_text("Ouderen", exact=True).click()
    frame.wait_for_selector("body[data-filter='Ouderen None']")
    after = frame.evaluate(STATE)
    assert after[:2] == before[:2]
    assert after[2] != before[2]
    assert drawn_wijken(frame) == WIJKEN


def test_a_click_tells_the_wijk(open_page):
    page = open_page(app=APP)
    frame = map_frame(page)
    point_at(page, frame, 8)
    page.mouse.down()
    page.mouse.up()
    expect(page.get_by_text("gemeld: W08")).to_be_visible()
    frame.wait_for_selector("body[data-filter='Iedereen W08']")
    assert frame.locator("path[stroke-width='4'][stroke='#10161d']").count() == 1


def test_names_are_text_and_nothing_in_them_runs(open_page):
    page = open_page("/?vijandig", app=APP)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    frame = map_frame(page)
    frame.get_by_role("button", name="Hele stad").click()
    shown = []
    for wijk in range(len(world.HOSTILE)):
        point_at(page, frame, wijk)
        shown.append(" ".join(frame.locator(".kaart-tooltip").inner_text().split()))
    page.mouse.down()
    page.mouse.up()
    expect(page.get_by_text("gemeld: W11")).to_be_visible()
    wait_idle(page)
    for name, text in zip(world.HOSTILE, shown, strict=True):
        assert " ".join(name.split()) in text
    assert frame.evaluate("document.body.dataset.filter") == world.HOSTILE[1]
    assert (page.evaluate("window.hit"), frame.evaluate("window.hit"), dialogs) == (None, None, [])
    assert drawn_wijken(frame) == WIJKEN


def test_the_buttons_lead_to_the_whole_city_and_back(open_page):
    frame = map_frame(open_page(app=APP))
    near = frame.evaluate("map.getZoom()")
    frame.get_by_role("button", name="Hele stad").click()
    frame.wait_for_function("zoom => map.getZoom() < zoom", arg=near)
    frame.get_by_role("button", name="Dichter bij").click()
    frame.wait_for_function("zoom => map.getZoom() === zoom", arg=near)


def test_the_map_speaks_dutch_and_passes_axe(open_page):
    frame = map_frame(open_page(app=APP))
    assert frame.evaluate("document.documentElement.lang") == "nl"
    assert frame.get_by_role("region", name="Kaart van de wijken van Antwerpen").count() == 1
    violations = Axe().run(frame).response["violations"]
    assert {violation["id"] for violation in violations} <= RULES_FOR_WHOLE_PAGES


def test_screenshots_show_the_map(open_page):
    page = open_page(app=APP)
    map_frame(page)
    assert all(path.stat().st_size > 20_000 for path in take_screenshots(page, "map_app"))
