"""Two things that a visitor does shortly after each other with a real mouse, and what came of it.

Each function does them in a page that is ready, waits until nothing moves any more, and tells what was lost: "" when
nothing was.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page

from tests.browser.harness import IDLE

DELAYS_MS = (0, 50, 100, 150, 200, 300, 400, 500, 700, 1000)
GROUPS = ("Ouderen", "Werkzoekenden", "Kinderen en jongeren", "Mensen in armoede")
LINKS = ("Hiatenkaart", "Uitleg", "Netwerk", "Besluiten")
"""Pages that say for which group they are."""
STILL_MS, LOOK_MS = 400, 100
"""A page that was idle for so long, looked at so often, stays so."""
LIMIT_S = 120.0
DRAWN = (
    "() => !!document.querySelector('[data-testid=stMain] h1') && !!document.querySelector('[role=radiogroup] input')"
)
MIDDLE = """(one) => {
    one.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const box = one.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
}"""
STATE = """() => ({
    heading: document.querySelector('[data-testid=stMain] h1')?.innerText,
    open: document.querySelector('.menu [aria-current]')?.innerText,
    radio: document.querySelector('[role=radiogroup] label:has(input:checked)')?.innerText.trim(),
    sentence: document.querySelector('[data-testid=stMain] strong')?.innerText,
})"""


def settle(page: Page, still_ms: int = STILL_MS) -> None:
    """Wait until the page has done everything that was asked."""
    idle, end = 0, time.monotonic() + LIMIT_S
    while idle * LOOK_MS < still_ms:
        assert time.monotonic() < end, "the page keeps on running"
        page.wait_for_timeout(LOOK_MS)
        idle = idle + 1 if page.evaluate(f"({IDLE})() && ({DRAWN})()") else 0


def link(page: Page, label: str) -> Locator:
    """A link of the menu."""
    return page.get_by_role("navigation", name="Pagina's").get_by_role("link", name=label, exact=True)


def group(page: Page, name: str) -> Locator:
    """A choice of the panel."""
    return page.get_by_role("radiogroup", name="Doelgroep").get_by_text(name, exact=True)


def click(page: Page, spot: tuple[float, float]) -> None:
    """Press and let go of the mouse there, whatever is there by then."""
    page.mouse.click(*spot)


def spot(target: Locator) -> tuple[float, float]:
    """The middle of something, in pixels of the window."""
    x, y = target.evaluate(MIDDLE)
    return x, y


def lost(page: Page, label: str, name: str, still_ms: int = STILL_MS, patience_s: float = LIMIT_S) -> str:
    """What of a link and a group does not show: in the menu, the panel, the sentence or the address.

    A busy server may take its time: only what is not there after so many seconds is lost. What is there must stay.
    """
    end, well_for = time.monotonic() + patience_s, 0
    while well_for * LOOK_MS < still_ms:
        page.wait_for_timeout(LOOK_MS)
        missing = _missing(page, label, name)
        if time.monotonic() > end:
            return f"{missing or 'the page keeps on running'}: {page.evaluate(STATE)} {page.url}"
        well_for = well_for + 1 if not missing and page.evaluate(IDLE) else 0
    return ""


def _missing(page: Page, label: str, name: str) -> list[str]:
    seen, address = page.evaluate(STATE), urlsplit(page.url)
    found = {
        "link": seen["open"] == label,
        "path": address.path.strip("/") == ("" if label == "Start" else label.lower()),
        "radio": seen["radio"] == name,
        "sentence": name.lower() in (seen["sentence"] or ""),
        "address": parse_qs(address.query).get("doelgroep") == [name],
    }
    return [what for what, well in found.items() if not well]


def group_then_link(page: Page, delay_ms: int, number: int, patience_s: float = LIMIT_S) -> str:
    """Choose a group, and click on a link so many milliseconds later."""
    name, label = GROUPS[number % len(GROUPS)], LINKS[number % len(LINKS)]
    spots = spot(group(page, name)), spot(link(page, label))
    click(page, spots[0])
    page.wait_for_timeout(delay_ms)
    click(page, spots[1])
    return lost(page, label, name, patience_s=patience_s)


def link_then_link(page: Page, delay_ms: int, number: int, patience_s: float = LIMIT_S) -> str:
    """Click on a link, and on another one so many milliseconds later; the group was chosen before."""
    name = parse_qs(urlsplit(page.url).query)["doelgroep"][0]
    first, second = LINKS[number % len(LINKS)], LINKS[(number + 1) % len(LINKS)]
    spots = spot(link(page, first)), spot(link(page, second))
    click(page, spots[0])
    page.wait_for_timeout(delay_ms)
    click(page, spots[1])
    return lost(page, second, name, patience_s=patience_s)


KINDS: dict[str, Callable[[Page, int, int, float], str]] = {
    "keuze, dan menu": group_then_link,
    "menu, dan menu": link_then_link,
}
