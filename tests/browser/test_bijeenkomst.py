"""Bijeenkomst in a real browser: a text that is changed is in the Word file, also when its field is closed again."""

from __future__ import annotations

from pathlib import Path

import docx
from playwright.sync_api import Page, expect

from tests.browser.checks import english_on
from tests.browser.harness import wait_idle

TYPED = "We beginnen met een rondleiding in de bib."


def word_text(page: Page, folder: Path) -> str:
    """The text of the preparation as someone gets it."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download de voorbereiding (Word)").click()
    path = folder / "voorbereiding.docx"
    download.value.save_as(path)
    return "\n".join(one.text for one in docx.Document(str(path)).paragraphs)


def test_what_is_typed_is_in_the_word_file_and_stays(open_page, tmp_path: Path):
    page = open_page("/bijeenkomst?datum=2026-12-03")
    expect(page.get_by_role("textbox", name="Thema")).to_have_count(0)
    page.get_by_text("Pas de tekst aan voor je downloadt").click()
    wait_idle(page)
    assert english_on(page) == []
    field = page.locator(".st-key-bijeenkomst_tekst textarea").first
    field.fill(TYPED)
    field.blur()
    wait_idle(page)
    page.get_by_text("Pas de tekst aan voor je downloadt").click()
    expect(field).to_be_hidden()
    wait_idle(page)
    text = word_text(page, tmp_path)
    assert TYPED in text
    page.get_by_text("Pas de tekst aan voor je downloadt").click()
    expect(field).to_have_value(TYPED)
    page.get_by_role("link", name="Uitleg", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Hoe werkt de hiatenkaart?")).to_be_visible()
    wait_idle(page)
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Wat bespreken we op de bijeenkomst?")).to_be_visible()
    wait_idle(page)
    assert TYPED in word_text(page, tmp_path)
    page.get_by_text("Pas de tekst aan voor je downloadt").click()
    expect(field).to_have_value(TYPED)
