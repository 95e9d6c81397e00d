"""What must hold of any view: nothing wider than the screen, no English, nothing that shuts people out."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

ENGLISH = re.compile(
    r"\b(the|and|select|choose|options?|clear|search|download as|loading|running|required|no results|press|enter|date|"
    r"today|deploy|unknown|error|reset|browse|upload|drag|per file|fullscreen|none|true|false|nan|null|value|index|"
    r"show|hide)\b",
    re.IGNORECASE,
)
RULES_FOR_STREAMLIT = {"region", "landmark-unique", "heading-order"}
"""Findings about the frame that Streamlit itself draws around every page."""


SETTLE_MS, LOOKS = 200, 15
"""A page that was made smaller is looked at again, so often, until it fits: its parts make room one after the other."""


def wider_than_screen(page: Page) -> list[int]:
    """Pixels that the page, and its main part, are wider than what shows of them, once it has settled."""
    for _ in range(LOOKS):
        wide: list[int] = page.evaluate(
            """() => {
                const main = document.querySelector('[data-testid=stMain]');
                const page = document.documentElement;
                return [page.scrollWidth - page.clientWidth, main.scrollWidth - main.clientWidth];
            }"""
        )
        if not any(wide):
            break
        page.wait_for_timeout(SETTLE_MS)
    return wide


def answer_below_first_screen(page: Page) -> bool:
    """Whether one must scroll to the first answer, which is bold, once the page has settled."""
    size = page.viewport_size
    assert size is not None
    for _ in range(LOOKS):
        box = page.locator("[data-testid=stMain] strong").first.bounding_box()
        if box is not None and box["y"] < size["height"]:
            return False
        page.wait_for_timeout(SETTLE_MS)
    return True


def english_on(page: Page) -> list[str]:
    """English words that can be seen, or that a pointer brings up."""
    text = page.evaluate("() => document.querySelector('[data-testid=stApp]').innerText")
    labels = page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMain] [title]:not(iframe), [placeholder]')]
            .map(one => `${one.title || ''} ${one.placeholder || ''}`).join(' ')"""
    )
    own_name = "Close the Gap"  # an organisation
    return ENGLISH.findall(text.replace(own_name, "")) + ENGLISH.findall(labels.replace(own_name, ""))


def serious_findings(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds serious or worse, with where."""
    found = Axe().run(page).response["violations"]
    return [
        (one["id"], [node["html"][:120] for node in one["nodes"]])
        for one in found
        if one["impact"] in ("serious", "critical") and one["id"] not in RULES_FOR_STREAMLIT
    ]
