"""What a visitor does on a page: choose, click on the map, count clicks."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from einclusie_data.city.areas import Areas
from tests.browser.harness import map_at_rest, wait_idle


def choose_group(page: Page, group: str) -> None:
    """One of the groups in the panel with filters."""
    page.get_by_role("radiogroup", name="Doelgroep").get_by_text(group, exact=True).click()
    wait_idle(page)


def choose(page: Page, label: str, option: str) -> None:
    """An option of a list."""
    box = page.get_by_role("combobox", name=label).first
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()
    wait_idle(page)


def wijk_on_map(page: Page, areas: Areas, label: str) -> tuple[float, float]:
    """Where to click for a wijk: the middle of its symbol, in pixels of the page."""
    place = int(areas.wijken["label"].tolist().index(label))
    symbol = map_at_rest(page).locator(".wijk-symbool").nth(place)
    symbol.scroll_into_view_if_needed()
    box = symbol.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def click_wijk(page: Page, areas: Areas, label: str) -> None:
    """Click on a wijk of the map."""
    page.mouse.click(*wijk_on_map(page, areas, label))
    page.wait_for_timeout(300)  # the map tells the server a moment later
    wait_idle(page)


@dataclass
class Clicks:
    """Counts the clicks of a visitor."""

    page: Page
    count: int = 0

    def on(self, target: Locator) -> None:
        target.click()
        self._settle()

    def on_wijk(self, areas: Areas, label: str) -> None:
        self.page.mouse.click(*wijk_on_map(self.page, areas, label))
        self._settle()

    def _settle(self) -> None:
        self.count += 1
        self.page.wait_for_timeout(400)
        wait_idle(self.page)


def sign_in(page: Page, address: str, name: str, password: str) -> None:
    """Sign in on the page Beheer with a name and a password."""
    page.goto(f"{address}/beheer")
    page.get_by_label("Naam", exact=True).fill(name)
    page.get_by_label("Wachtwoord", exact=True).fill(password)
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    page.get_by_text(f"Aangemeld als {name}.").wait_for()
    wait_idle(page)
