"""Aanbod in a real browser: a click on the map and its keyboard alternative, one offer by link, what is downloaded."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from einclusie_data.answers.nearby import offers_near
from einclusie_data.answers.spots import read_spot, spot_at, spot_places
from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.clock import today
from einclusie_data.contract.questions import Question
from einclusie_data.engine.dataset import Dataset, load_dataset, read_dataset
from einclusie_data.ui.offers.listing import FIRST_SHOWN
from tests.browser.actions import choose, choose_group
from tests.browser.harness import LAPTOP, PHONE, map_at_rest, map_frame, take_screenshots, wait_idle

SPOT = "51.2193,4.4051"
REPORT_MS = 700
"""The map tells of a click after a quarter of a second of quiet."""


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_dataset(settings.STARTER_WORKBOOK, load_areas())


def around(dataset: Dataset, spot: str, question: Question):
    found = read_spot(spot)
    assert found is not None
    return offers_near(dataset.supply, question, spot_at(dataset.areas, *found))


def click_map(page: Page, lat: float, lon: float) -> None:
    frame = map_at_rest(page)
    x, y = frame.evaluate(
        f"(() => {{ const at = map.latLngToContainerPoint([{lat}, {lon}]); return [at.x, at.y]; }})()"
    )
    page.locator("iframe[title^=streamlit_folium]").click(position={"x": x, "y": y})
    page.wait_for_timeout(REPORT_MS)
    wait_idle(page)


def click_wijk(page: Page, dataset: Dataset, label: str, east_m: float = 0) -> None:
    wijken = dataset.areas.wijken
    row = wijken[wijken["label"] == label].iloc[0]
    lon, lat = dataset.areas.to_degrees([row["centre_x"] + east_m], [row["centre_y"]])
    click_map(page, float(lat[0]), float(lon[0]))


def expect_titles(page: Page, wanted: list[str]) -> None:
    """The cards, in this order; each list under its heading is drawn on its own."""
    expect(page.locator(".kaarten .titel")).to_have_text(wanted)


def test_a_click_on_a_wijk_and_the_list_of_areas_take_turns_and_keep_the_map(open_page, dataset):
    page = open_page("/aanbod?soort=Alles")
    frame = map_frame(page)
    frame.evaluate("window.sameMap = 'yes'")
    click_wijk(page, dataset, "Linkeroever")
    expect(page).to_have_url(re.compile("gebied=Linkeroever"))
    choose(page, "Gebied", "Hele stad")
    expect(page).not_to_have_url(re.compile("gebied="))
    choose_group(page, "Ouderen")
    expect(page).not_to_have_url(re.compile("gebied="))  # the old click does not come back
    click_wijk(page, dataset, "Linkeroever", east_m=200)
    expect(page).to_have_url(re.compile("gebied=Linkeroever"))
    assert frame.evaluate("window.sameMap") == "yes"


def test_a_wijk_where_nobody_lives_says_that_it_cannot_be_chosen(open_page, dataset):
    page = open_page("/aanbod")
    wijken = dataset.areas.wijken
    empty = wijken.loc[settings.RIVER_CODE]
    lon, lat = dataset.areas.to_degrees([empty["centre_x"]], [empty["centre_y"]])
    frame = map_frame(page)
    frame.get_by_role("button", name="Hele stad").click()
    click_map(page, float(lat[0]), float(lon[0]))
    expect(page.get_by_text("Die kun je niet kiezen als gebied")).to_be_visible()
    expect(page).not_to_have_url(re.compile("gebied="))


def test_a_spot_by_click_by_name_and_by_link_gives_the_same_list(open_page, dataset):
    place = spot_places(dataset.supply, dataset.workbook.partners)["Midden van Kiel"]
    page = open_page("/aanbod?soort=Alles")
    page.get_by_text("Dicht bij een plek").click()
    wait_idle(page)
    choose(page, "Kies een plek", "Midden van Kiel")
    wanted = list(around(dataset, place, Question(today()))["name"])
    expect_titles(page, wanted)
    expect(page).to_have_url(re.compile("plek=" + place.replace(",", "%2C")))
    frame = map_frame(page)
    assert frame.locator("path[stroke-width='5']").count() == 1  # the spot
    lat, lon = read_spot(place) or (0, 0)
    click_map(page, lat + 0.003, lon)
    expect(page).not_to_have_url(re.compile(place.replace(",", "%2C")))
    expect(page.get_by_role("combobox", name="Kies een plek")).not_to_have_value("Midden van Kiel")
    click_map(page, lat, lon)
    expect(page.get_by_text(re.compile(r"\(wijk Kiel\)"))).to_be_visible()
    expect_titles(page, wanted)
    expect_titles(open_page(f"/aanbod?soort=Alles&zoekin=plek&plek={place}"), wanted)


def test_a_tap_on_a_phone_chooses_a_spot(open_page):
    page = open_page("/aanbod?zoekin=plek&soort=Alles", PHONE)
    expect(page.get_by_text("Waar is je cliënt?")).to_be_visible()
    map_frame(page)
    page.locator("iframe[title^=streamlit_folium]").tap(position={"x": 180, "y": 230})
    expect(page).to_have_url(re.compile(r"plek=51\.\d{4}%2C4\.\d{4}(&|$)"))
    expect(page.locator(".kaarten .titel").first).to_be_visible()


def test_a_link_opens_one_offer_and_the_way_back_leads_to_the_list(open_page, dataset):
    row = int(dataset.supply.offers["row"].iloc[3])
    page = open_page(f"/aanbod?soort=Alles&aanbod={row}")
    name = dataset.supply.offers["name"].iloc[3]
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.get_by_role("rowheader", name="Laatst gecontroleerd")).to_be_visible()
    page.get_by_role("button", name="Terug naar de lijst").click()
    wait_idle(page)
    expect(page).not_to_have_url(re.compile("aanbod="))
    page.get_by_role("button", name=re.compile("^Toon alles over dit aanbod: ")).first.click()
    wait_idle(page)
    expect(page).to_have_url(re.compile("aanbod="))
    page.go_back()
    expect(page.locator(".kaarten .titel")).to_have_count(FIRST_SHOWN)


def test_the_downloads_around_a_spot_hold_the_list_and_no_distance(open_page, dataset, tmp_path: Path):
    page = open_page(f"/aanbod?soort=Alles&zoekin=plek&plek={SPOT}")
    wanted = list(around(dataset, SPOT, Question(today()))["name"])
    saved = {}
    for name, suffix in (("Excel", "xlsx"), ("CSV", "csv"), ("GeoJSON", "geojson")):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Download als {name}", exact=True).click()
        path = tmp_path / f"aanbod.{suffix}"
        download.value.save_as(path)
        saved[suffix] = path.read_bytes()
    for kind in ("xlsx", "csv"):
        again = read_dataset(saved[kind], f"aanbod.{kind}", dataset.areas).workbook
        assert list(again.offers["name"]) == wanted
        assert not [one for one in again.problems if one.severity == "fout"]
        assert next(one for one in again.reports if one.key == "offers").unknown_columns == ()
    lines = list(csv.reader(io.StringIO(saved["csv"].decode("utf-8-sig")), delimiter=";"))
    assert not any("afstand" in header.lower() for header in lines[0])
    features = json.loads(saved["geojson"])["features"]
    assert [one["properties"]["Naam aanbod"] for one in features] == wanted
    assert not any("afstand" in key.lower() for key in features[0]["properties"])


@pytest.mark.parametrize("path", [f"zoekin=plek&plek={SPOT}", "soort=Alles&aanbod=3", "zoek=xyzzy&gebied=Kiel"])
@pytest.mark.parametrize("viewport", [{"width": 320, "height": 700}, PHONE, LAPTOP], ids=["320", "phone", "laptop"])
def test_nothing_is_wider_than_the_screen(open_page, path: str, viewport):
    page = open_page(f"/aanbod?{path}", viewport)
    page.wait_for_timeout(500)
    inner = page.evaluate(
        "(() => { const one = document.querySelector('.stMain'); return one.scrollWidth - one.clientWidth })()"
    )
    assert inner == 0


def test_screenshots_show_a_spot(open_page):
    page = open_page(f"/aanbod?soort=Alles&zoekin=plek&plek={SPOT}")
    map_frame(page)
    assert all(path.exists() for path in take_screenshots(page, "aanbod-plek"))
