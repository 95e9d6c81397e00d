"""The map in a real browser: a click, the same by keyboard, other colours, and from the start page to a wijk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.clock import today
from einclusie_data.contract.codelists import DEFAULT_PRESET, PRESETS
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.engine.dataset import Dataset, answer_per_group, load_dataset
from einclusie_data.output.maps.colourings import COLOURINGS, looks_of
from tests.browser.actions import choose, click_wijk
from tests.browser.harness import PHONE, map_frame, wait_idle


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_dataset(settings.STARTER_WORKBOOK, load_areas())


def card_text(page) -> str:
    page.wait_for_timeout(300)
    return page.locator("[data-testid=stMain]").inner_text()


def test_a_click_on_the_map_and_the_list_open_the_same_card(open_page, dataset):
    clicked = open_page("/hiatenkaart?doelgroep=Ouderen")
    click_wijk(clicked, dataset.areas, "Kiel")
    expect(clicked.get_by_role("heading", name="Kiel · district Antwerpen")).to_be_visible()
    expect(clicked).to_have_url(re.compile("wijk=Kiel"))
    listed = open_page("/hiatenkaart?doelgroep=Ouderen")
    choose(listed, "Kies een wijk", "Kiel")
    expect(listed.get_by_role("heading", name="Kiel · district Antwerpen")).to_be_visible()
    assert card_text(clicked) == card_text(listed)


def test_a_wijk_can_be_chosen_with_the_keyboard_alone(open_page):
    page = open_page("/hiatenkaart")
    page.get_by_role("combobox", name="Kies een wijk").focus()
    page.keyboard.type("Linkeroever")
    page.keyboard.press("Enter")
    wait_idle(page)
    expect(page.get_by_role("heading", name="Linkeroever · district Antwerpen")).to_be_visible()


def test_the_map_keeps_its_zoom_when_another_wijk_is_clicked(open_page, dataset):
    page = open_page("/hiatenkaart")
    frame = map_frame(page)
    frame.get_by_role("button", name="Centrum").click()
    frame.wait_for_timeout(500)
    before = frame.locator(".leaflet-map-pane").evaluate("one => one.getBoundingClientRect().toJSON()")
    click_wijk(page, dataset.areas, "Historisch Centrum")
    expect(page.get_by_role("heading", name="Historisch Centrum · district Antwerpen")).to_be_visible()
    after = map_frame(page).locator(".leaflet-map-pane").evaluate("one => one.getBoundingClientRect().toJSON()")
    assert (before["width"], before["x"]) == (after["width"], after["x"])


def test_the_centre_view_makes_small_wijken_larger(open_page, dataset):
    page = open_page("/hiatenkaart")
    frame = map_frame(page)
    place = dataset.areas.wijken["label"].tolist().index("Stadspark")
    outline = frame.locator("path.leaflet-interactive").nth(place)
    before = outline.bounding_box()
    frame.get_by_role("button", name="Centrum").click()
    frame.wait_for_timeout(500)
    after = outline.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > 1.8 * before["width"]


@pytest.mark.parametrize("code", COLOURINGS)
def test_every_colouring_shows_the_engines_classes(open_page, dataset, code):
    page = open_page(f"/hiatenkaart?doelgroep=Ouderen&kleur={code}")
    frame = map_frame(page)
    asked = Question(today(), filters=Filters(types=PRESETS[DEFAULT_PRESET]))
    table = answer_per_group(dataset, asked).table
    wanted = [look.symbol for look in looks_of(table[table["doelgroep"] == "Ouderen"], COLOURINGS[code])]
    assert frame.locator(".wijk-symbool text").all_text_contents() == wanted


def test_another_colour_is_one_click_and_stays_in_the_link(open_page):
    page = open_page("/hiatenkaart")
    page.get_by_text("Wijkenranking", exact=True).first.click()
    wait_idle(page)
    expect(page).to_have_url(re.compile("kleur=ranking"))
    expect(page.get_by_text("Sociaal-economische wijkenranking")).to_be_visible()


def test_a_click_on_the_start_map_opens_the_wijk(open_page, dataset):
    page = open_page("/?doelgroep=Werkzoekenden")
    click_wijk(page, dataset.areas, "Linkeroever")
    expect(page.get_by_role("heading", name="Linkeroever · district Antwerpen")).to_be_visible()
    expect(page).to_have_url(re.compile(r"hiatenkaart\?.*doelgroep=Werkzoekenden"))


def test_the_table_holds_what_the_map_shows(open_page, dataset):
    page = open_page("/hiatenkaart")
    page.get_by_text("Alle wijken als tabel").click()
    wait_idle(page)
    expect(page.get_by_role("table", name="Alle wijken").get_by_role("rowheader")).to_have_count(59)


def test_a_tap_on_a_phone_opens_the_card(open_page, dataset):
    page = open_page("/hiatenkaart", PHONE)
    click_wijk(page, dataset.areas, "Linkeroever")
    expect(page.get_by_role("heading", name="Linkeroever · district Antwerpen")).to_be_visible()
