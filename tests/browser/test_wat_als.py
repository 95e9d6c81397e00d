"""What if, in a real browser: click a place, propose, read the answer, take it back, share it; hostile names."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from einclusie_data.city.areas import load_areas
from einclusie_data.proposals.link import link_text
from einclusie_data.proposals.offer import NewOffer, Stop
from einclusie_data.proposals.scenario import Scenario
from einclusie_data.ui.scenario.view import NOTHING_YET
from tests.browser.actions import click_wijk
from tests.browser.checks import english_on, serious_findings, wider_than_screen
from tests.browser.conftest import Opener
from tests.browser.harness import LAPTOP, PHONE, PROJECTOR, map_frame, picture, take_screenshots, wait_idle
from tests.browser.test_hostile_text import EVIL

HELP = {"groups": ("Ouderen",), "types": ("Individuele begeleiding",), "frequency": "Wekelijks"}
FULL = Scenario(
    "Zuidrand", (NewOffer("Digicafé", lat=51.1712, lon=4.3951, **HELP), NewOffer(wijken=("BER01",), **HELP))
)


def address(scenario: Scenario, more: str = "&doelgroep=Ouderen") -> str:
    return f"/wat_als?scenario={link_text(scenario)}{more}"


def test_from_a_click_on_the_map_to_a_link_that_someone_else_opens(open_page: Opener):
    page = open_page("/wat_als?doelgroep=Ouderen")
    lead = page.locator("[data-testid=stMain] strong").first
    expect(lead).to_have_text(NOTHING_YET)
    click_wijk(page, load_areas(), "Wilrijk Centrum")
    expect(page.get_by_text("Gekozen: het punt op de kaart, wijk Wilrijk Centrum")).to_be_visible()
    page.get_by_role("textbox", name="Naam (mag leeg)").fill("Digicafé")
    page.get_by_role("button", name="Zet dit aanbod in het scenario").click()
    wait_idle(page)
    expect(lead).to_contain_text("Met dit scenario")
    expect(page.get_by_text("Nieuw: Digicafé, voor ouderen, Wilrijk Centrum")).to_be_visible()
    page.wait_for_url(re.compile("scenario="))
    answer, link = lead.inner_text(), page.url
    other = open_page(link[link.index("/wat_als") :])
    expect(other.locator("[data-testid=stMain] strong").first).to_have_text(answer)
    page.get_by_role("button", name=re.compile("^Haal weg: Nieuw: Digicafé")).click()
    wait_idle(page)
    expect(lead).to_have_text(NOTHING_YET)
    expect(page).not_to_have_url(link)
    wait_idle(page)
    page.go_back()
    wait_idle(page)
    expect(lead).to_have_text(answer)


def test_a_scenario_on_every_screen(open_page: Opener):
    for viewport in (LAPTOP, PHONE, PROJECTOR):
        page = open_page(address(FULL), viewport)
        map_frame(page)
        assert wider_than_screen(page) == [0, 0]
        assert not english_on(page)
        if viewport == LAPTOP:
            take_screenshots(page, "wat-als")
            picture(page, "wat-als")
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                page.wait_for_timeout(1000)
                assert serious_findings(page) == []
        page.context.close()


def test_names_in_a_link_are_text(open_page: Opener):
    proposals = [NewOffer(text, (text,), ("Ouderen",), lat=51.1712, lon=4.3951, location=text) for text in EVIL]
    page = open_page(address(Scenario(EVIL[0], (*proposals, Stop("A" * 12, EVIL[3])))))
    page.on("dialog", lambda dialog: dialog.dismiss())
    map_frame(page).locator("path").last.hover(force=True)
    page.wait_for_timeout(500)
    assert page.evaluate("() => window.ran") is None
    assert page.locator("[data-testid=stMain] img, [data-testid=stMain] a[href*=leak]").count() == 0
    expect(page.get_by_text("vinden we niet").first).to_be_visible()
