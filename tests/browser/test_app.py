"""Start, matrix and offers in a real browser, on the starter workbook; what they show is compared with the engine."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from einclusie_data.answers.summary import Summary, summary_of
from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.clock import today
from einclusie_data.contract.codelists import DEFAULT_PRESET, GROUP, PRESETS
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.contract.verdicts import VERDICTS
from einclusie_data.engine.dataset import Dataset, answer_per_group, load_dataset
from tests.browser.actions import choose, choose_group
from tests.browser.harness import LAPTOP, PHONE, map_frame, running_app, wait_idle


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_dataset(settings.STARTER_WORKBOOK, load_areas())


def asked(**filters: tuple[str, ...]) -> Question:
    chosen = {"types": PRESETS[DEFAULT_PRESET]} | filters
    return Question(today(), filters=Filters(**chosen))


def summary(dataset: Dataset, group: str) -> Summary:
    codes = tuple(dataset.areas.wijken.index)
    return summary_of(dataset, answer_per_group(dataset, asked()), group, codes)


# --- start ------------------------------------------------------------------------------------------------------------
def test_the_answer_is_the_first_thing_to_see(open_page, dataset):
    page = open_page("/")
    frame = map_frame(page)
    wanted = summary(dataset, "Iedereen")
    assert frame.locator("path[fill-opacity='0.9']").count() == len(dataset.areas.wijken)
    shown = frame.locator(".wijk-symbool text").all_text_contents()
    for code, size in wanted.counts.items():
        assert shown.count(VERDICTS[code].symbol) == size
    items = page.locator(".kaarten .titel").all_text_contents()
    assert [item.split(" · ")[0] for item in items] == [line.wijk for line in (*wanted.known, *wanted.without_figure)]
    for figure in wanted.figures:
        expect(page.locator("dl.cijfers")).to_contain_text(figure.value)
    map_box = page.locator("iframe[title^=streamlit_folium]").bounding_box()
    assert map_box is not None
    assert map_box["y"] < LAPTOP["height"] / 2  # the map starts in the upper half of a laptop's screen


def test_another_group_changes_map_list_and_link(open_page, dataset):
    page = open_page("/")
    choose_group(page, "Ouderen")
    expect(page.get_by_text(re.compile("59 wijken, ouderen, hulp en leren, 800 m te voet"))).to_be_visible()
    frame = map_frame(page)
    frame.wait_for_selector("body[data-filter^='Ouderen']")
    shown = frame.locator(".wijk-symbool text").all_text_contents()
    for code, size in summary(dataset, "Ouderen").counts.items():
        assert shown.count(VERDICTS[code].symbol) == size
    expect(page).to_have_url(re.compile("doelgroep=Ouderen"))


# --- links, pages, reset ----------------------------------------------------------------------------------------------
def test_a_cell_can_be_reached_by_link_on_a_cold_server(browser):
    with running_app("dashboard.py") as address:
        context = browser.new_context(viewport=LAPTOP, locale="nl-BE")
        page = context.new_page()
        page.goto(
            f"{address}/hiatenmatrix?doelgroep=Ouderen&gebied=District+Deurne&afstand=400&wijk=Deurne-Noord&kolom=Ouderen"
        )
        wait_idle(page)
        expect(
            page.locator("strong", has_text="district Deurne (6 wijken), alle doelgroepen, hulp en leren, 400 m")
        ).to_be_visible()
        expect(page.get_by_role("heading", name="Deurne-Noord: Ouderen")).to_be_visible()
        expect(page.get_by_role("rowheader", name="Deurne-Noord")).to_have_count(1)
        assert page.get_by_role("rowheader", name="Kiel").count() == 0
        context.close()


def test_filters_survive_a_switch_of_page_and_can_be_wiped(open_page):
    page = open_page("/?doelgroep=Werkzoekenden&soort=Alles&afstand=1600")
    page.get_by_role("link", name="Hiatenmatrix").click()
    expect(page.get_by_role("heading", name="Welke groep mist wat, en in welke wijk?")).to_be_visible()
    wait_idle(page)
    expect(page.locator("strong", has_text="alle doelgroepen, 1.600 m te voet")).to_be_visible()
    expect(page).to_have_url(re.compile("doelgroep=Werkzoekenden"))
    page.get_by_role("link", name="Start").click()
    expect(page.get_by_text(re.compile("werkzoekenden, 1.600 m te voet"))).to_be_visible()
    wait_idle(page)
    page.get_by_role("button", name="Filters wissen").click()
    expect(page.get_by_text(re.compile("59 wijken, iedereen, hulp en leren, 800 m te voet"))).to_be_visible()
    wait_idle(page)
    expect(page).not_to_have_url(re.compile("doelgroep"))


def test_a_link_of_the_menu_works_with_the_keyboard_and_in_a_tab_of_its_own(open_page):
    page = open_page("/?doelgroep=Ouderen")
    link = page.get_by_role("navigation", name="Pagina's").get_by_role("link", name="Aanbod", exact=True)
    with page.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    expect(opened.value.get_by_role("heading", level=1, name="Welk aanbod is er, en waar?")).to_be_visible()
    assert opened.value.url.endswith("/aanbod?doelgroep=Ouderen")
    opened.value.close()
    expect(page.get_by_role("heading", level=1, name="Waar en voor wie")).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Welk aanbod is er, en waar?")).to_be_visible()
    wait_idle(page)
    assert page.url.endswith("/aanbod?doelgroep=Ouderen")
    expect(page.locator("[aria-current=page]")).to_have_text("Aanbod")
    page.go_back()  # one step, to where the visitor was
    expect(page.get_by_role("heading", level=1, name="Waar en voor wie")).to_be_visible()
    wait_idle(page)
    assert page.url.endswith("/?doelgroep=Ouderen")


@pytest.mark.parametrize("path", ["/beheer", "/wat_als", "/"])
def test_on_a_phone_the_menu_shows_which_page_is_open(open_page, path: str):
    page = open_page(path, viewport=PHONE)
    menu = page.get_by_role("navigation", name="Pagina's").bounding_box()
    link = page.locator("[aria-current=page]")
    page.wait_for_timeout(300)
    box = link.bounding_box()
    assert menu is not None
    assert box is not None
    assert menu["x"] <= box["x"]
    assert box["x"] + box["width"] <= menu["x"] + menu["width"] + 1


# --- matrix -----------------------------------------------------------------------------------------------------------
def cell(page: Page, wijk: str, column: str):
    return page.get_by_role("button", name=re.compile(rf"^{re.escape(wijk)}, {re.escape(column)}: "))


def test_the_matrix_shows_every_verdict_of_the_engine(open_page, dataset):
    page = open_page("/hiatenmatrix")
    table = answer_per_group(dataset, asked()).table
    inhabited = table[table["oordeel"] != "nvt"]
    expect(page.locator(".matrix tbody button")).to_have_count(len(inhabited))
    labels = page.locator(".matrix tbody button").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    found = {
        label.split(":")[0] if "Mogelijk hiaat: enkel" not in label else label.split(": ")[0]: label for label in labels
    }
    for _, row in inhabited.iterrows():
        label = found[f"{row['wijk']}, {row['doelgroep']}"]
        assert VERDICTS[row["oordeel"]].word in label
        assert row["reden"] in label


def test_a_cell_tells_why(open_page, dataset):
    page = open_page("/hiatenmatrix")
    table = answer_per_group(dataset, asked()).table
    row = table[(table["wijk"] == "Linkeroever") & (table["doelgroep"] == "Ouderen")].iloc[0]
    cell(page, "Linkeroever", "Ouderen").click()
    wait_idle(page)
    expect(page.get_by_role("heading", name="Linkeroever: Ouderen")).to_be_visible()
    expect(page.locator("p", has_text=VERDICTS[row["oordeel"]].sentence)).to_be_visible()
    expect(cell(page, "Linkeroever", "Ouderen")).to_have_attribute("aria-current", "true")
    if row["rijen_aan_te_vullen"]:
        expect(page.get_by_text(f"rij: {row['rijen_aan_te_vullen']}")).to_be_visible()
    expect(page).to_have_url(re.compile("wijk=Linkeroever"))
    expect(page).to_have_url(re.compile("kolom=Ouderen"))


def test_the_matrix_can_be_walked_with_the_arrow_keys(open_page):
    page = open_page("/hiatenmatrix")
    first = page.locator(".matrix tbody button").first
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    wait_idle(page)
    chosen = page.locator(".matrix button[aria-current]")
    expect(chosen).to_have_attribute("aria-label", re.compile("^Brederode, Kinderen en jongeren: "))


@pytest.mark.parametrize("group", ["Ouderen", "Iedereen"])
def test_the_excel_download_equals_the_engine_cell_by_cell(open_page, dataset, group, tmp_path):
    page = open_page(
        f"/hiatenmatrix?doelgroep={group}&gebied=District+Merksem&per=type"
        if group == "Ouderen"
        else "/hiatenmatrix?volgorde=nood"
    )
    with page.expect_download() as download:
        page.get_by_role("button", name="Download als Excel").click()
    path = tmp_path / "hiaten.xlsx"
    download.value.save_as(path)
    assert download.value.suggested_filename == f"hiaten-{today():%Y-%m-%d}.xlsx"
    book = load_workbook(io.BytesIO(path.read_bytes()))
    rows = list(book["Hiatentabel"].iter_rows(values_only=True))
    if group == "Ouderen":
        from einclusie_data.engine.dataset import answer_per_value

        table = answer_per_value(dataset, asked(), group, "type").table
        table = table[table["district"] == "Merksem"]
    else:
        table = answer_per_group(dataset, asked()).table
    assert rows[0] == tuple(table.columns)
    wanted = [[None if str(value) in ("", "<NA>") else value for value in row] for row in table.itertuples(index=False)]
    assert [list(row) for row in rows[1:]] == wanted
    on_screen = page.locator(".matrix tbody th").all_inner_texts()
    assert [book["Matrix"].cell(line, 1).value for line in range(5, 5 + len(on_screen))] == on_screen


# --- offers -----------------------------------------------------------------------------------------------------------
def test_the_offers_can_be_filtered_by_wijk_and_searched(open_page, dataset):
    from einclusie_data.answers.offers import offer_list, search

    page = open_page("/aanbod")
    choose(page, "Gebied", "Kiel")
    place = int(dataset.areas.wijken.index.get_loc("ANT10"))
    wanted = offer_list(dataset.supply, dataset.reach(800), asked(), wijken=[place])
    expect(page.get_by_text(re.compile(rf"^{len(wanted)} (keer )?aanbod: wijk Kiel"))).to_be_visible()
    page.get_by_role("textbox", name="Zoek").fill("digiburger")
    page.keyboard.press("Enter")
    wait_idle(page)
    expect(
        page.get_by_text(re.compile(rf"^{len(search(wanted, 'digiburger'))} (keer )?aanbod: wijk Kiel"))
    ).to_be_visible()
    expect(page).to_have_url(re.compile("zoek=digiburger"))


def test_the_offer_downloads(open_page, dataset, tmp_path):
    from einclusie_data.engine.dataset import read_dataset

    page = open_page("/aanbod?soort=Alles")
    for name, suffix in (("Excel", "xlsx"), ("CSV", "csv"), ("GeoJSON", "geojson")):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Download als {name}", exact=True).click()
        download.value.save_as(tmp_path / f"aanbod.{suffix}")
    again = read_dataset((tmp_path / "aanbod.xlsx").read_bytes(), "aanbod.xlsx", dataset.areas)
    active = dataset.workbook.offers[dataset.workbook.offers["name"].isin(again.workbook.offers["name"])]
    assert sorted(again.workbook.offers["name"]) == sorted(active["name"])
    assert not [problem for problem in again.workbook.problems if problem.severity == "fout"]


def test_every_group_of_the_contract_can_be_chosen(open_page):
    page = open_page("/")
    choices = page.get_by_role("radiogroup", name="Doelgroep").get_by_role("radio")
    expect(choices).to_have_count(len(GROUP.values))
    for group in GROUP.values:
        expect(page.get_by_role("radiogroup", name="Doelgroep").get_by_text(group, exact=True)).to_be_visible()


def test_streets_are_asked_for_only_when_someone_turns_them_on(browser, app_url):
    asked_for: list[str] = []
    context = browser.new_context(viewport=LAPTOP, locale="nl-BE")
    context.route(
        re.compile("tile.openstreetmap.org"), lambda route: (asked_for.append(route.request.url), route.abort())
    )
    page = context.new_page()
    page.goto(app_url)
    wait_idle(page)
    map_frame(page)
    assert asked_for == []
    page.get_by_text("Toon straten").click()
    wait_idle(page)
    page.wait_for_timeout(1500)
    frame = map_frame(page)
    assert asked_for
    expect(frame.locator(".leaflet-control-attribution")).to_contain_text("OpenStreetMap")
    context.close()
