"""How every page looks: on every screen, in Dutch, for everyone."""

from __future__ import annotations

import pytest

from tests.browser.checks import answer_below_first_screen, english_on, serious_findings, wider_than_screen
from tests.browser.conftest import Opener
from tests.browser.harness import wait_idle
from tests.browser.views import BUSY, PAGES, PHONES, WINDOWS, ZOOMED, ready


@pytest.mark.parametrize("name", BUSY)
def test_nothing_is_wider_than_any_screen(open_page: Opener, name: str):
    """On a phone that is one, and in a window that gets smaller."""
    for sizes in (PHONES, WINDOWS):
        page = open_page(BUSY[name], next(iter(sizes.values())))
        ready(page, name)
        assert not answer_below_first_screen(page)
        for size, viewport in sizes.items():
            page.set_viewport_size(viewport)
            page.wait_for_timeout(400)
            assert wider_than_screen(page) == [0, 0], size
        page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_the_answer_is_on_the_first_screen_at_200_percent(open_page: Opener, name: str):
    assert not answer_below_first_screen(open_page(PAGES[name], ZOOMED))


@pytest.mark.parametrize("name", BUSY)
def test_the_answer_comes_first_and_no_english_is_left_on_screen(open_page: Opener, name: str):
    page = open_page(BUSY[name])
    ready(page, name)
    assert not answer_below_first_screen(page)
    page.locator("[data-testid=stSidebar]").get_by_text("Meer filters").click()
    wait_idle(page)
    page.wait_for_function("() => document.documentElement.lang === 'nl'")
    page.get_by_text("Ga naar de inhoud").wait_for(state="attached")
    page.wait_for_timeout(300)
    assert not english_on(page)
    assert page.get_by_role("button", name="Help for").count() == 0
    assert page.get_by_text("Ga naar de inhoud").count() == 1


@pytest.mark.parametrize("name", BUSY)
def test_axe_finds_nothing_serious(open_page: Opener, name: str):
    page = open_page(BUSY[name])
    ready(page, name)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(700)  # what is drawn anew fades in
        assert serious_findings(page) == [], scheme
