"""Verloop in a real browser: the lines are drawn, read aloud, and hold on a phone; hostile names run nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request, expect

from einclusie_data.store.store import open_store
from tests.browser.checks import english_on, serious_findings, wider_than_screen
from tests.browser.harness import PHONE, running_app, take_screenshots, wait_idle
from tests.stores import Clock
from tests.ui.test_page_veranderingen import HEADERS, offer
from tests.xlsx import workbook_bytes

EVIL = "<img src=x onerror=window.hit=1><script>window.hit=1</script>"
LISTS = [["Doelgroep"], [EVIL]]


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Two versions, of March and of June."""
    target, clock = str(tmp_path / "opslag"), Clock()
    with open_store(target, clock=clock) as store:
        for number, rows in enumerate([[offer("Eerste")], [offer("Eerste"), offer("Tweede", "Dam")]]):
            clock.now = datetime(2026, 3 + 3 * number, 2, 10, tzinfo=UTC)
            sheets = {"Aanbod": [HEADERS, *rows], "Lijsten": LISTS,
                      "Bijeenkomsten": [["Datum", "Netwerk"], ["2026-04-14", "Dam"]]}  # fmt: skip
            store.publish(workbook_bytes(sheets), "aanbod.xlsx", "An", based_on=number or None)
    with running_app("dashboard.py", {"EINCLUSIE_OPSLAG": target}) as address:
        yield address


def test_gaps_over_time(address: str, browser: Browser, network: list[Request]):
    context = browser.new_context(locale="nl-BE")
    context.on("request", lambda request: network.append(request))
    page = context.new_page()
    page.goto(f"{address}/veranderingen?doelgroep=Ouderen&peildatum=2026-09-01")
    wait_idle(page)
    page.get_by_text("Toon het verloop over alle versies").click()
    drawing = page.get_by_role("img", name="Aantal wijken met een mogelijk hiaat per doelgroep")
    expect(drawing).to_be_visible()
    expect(drawing.get_by_text("Ouderen: ")).to_be_visible()
    assert "verloop=ja" in page.url
    page.get_by_text("Dezelfde cijfers als tabel").click()
    expect(page.get_by_role("columnheader", name="nu, 01/09/2026").first).to_be_visible()
    wait_idle(page)
    assert page.evaluate("window.hit") is None
    assert not english_on(page)
    assert serious_findings(page) == []
    take_screenshots(page, "verloop")
    page.set_viewport_size(PHONE)
    wait_idle(page)
    assert wider_than_screen(page) == [0, 0]
    assert not [
        one.url for one in network if not one.url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))
    ]
    context.close()
