"""The pictures of README and the manual are made here and in test_four_questions.py, so that they stay true.

`make pictures` renews docs/img; without it the same pictures go to build/screenshots.
"""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import Opener
from tests.browser.harness import PROJECT_FOLDER, map_frame, picture, wait_idle

DOCS = PROJECT_FOLDER / "docs"
PAGES = {
    "start": "/?doelgroep=Ouderen",
    "hiatenmatrix": "/hiatenmatrix?wijk=Kiel&kolom=Ouderen",
    "aanbod": "/aanbod?zoekin=plek&plek=51.2196,4.4203&doelgroep=Ouderen&soort=Alles",
}
"""Name of a picture -> the view that it shows."""


@pytest.mark.parametrize("name", PAGES)
def test_a_picture_of_a_page(open_page: Opener, name: str):
    page = open_page(PAGES[name])
    if name != "hiatenmatrix":
        map_frame(page)
    wait_idle(page)
    assert page.locator("[data-testid=stMain] strong").first.is_visible()
    picture(page, name)


def test_every_picture_of_the_documents_is_there_and_made_by_a_test():
    tests = "".join(path.read_text("utf-8") for path in (PROJECT_FOLDER / "tests" / "browser").glob("test_*.py"))
    made = set(PAGES) | set(re.findall(r'picture\(page, "([\w-]+)"\)', tests))
    manual = set(re.findall(r"\(img/([\w-]+)\.png\)", (DOCS / "handleiding.md").read_text("utf-8")))
    readme = set(re.findall(r"\(docs/img/([\w-]+)\.png\)", (PROJECT_FOLDER / "README.md").read_text("utf-8")))
    there = {path.stem for path in (DOCS / "img").glob("*.png")}
    assert manual | readme <= made
    assert manual | readme == there
