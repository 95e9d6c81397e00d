"""The menu: a link to every page, with the choices in it."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from einclusie_data.ui.frame import data, published
from einclusie_data.ui.frame.filters import FILTER_KEYS as KEYS
from einclusie_data.ui.frame.filters import filter_params
from einclusie_data.ui.frame.menu import Asked, page_address, query_to_follow, read_asked
from einclusie_data.ui.frame.page import MENU
from tests.ui.test_pages import page


def menu_of(app: AppTest) -> dict:
    found = [json.loads(one.proto.json) for one in app.get("bidi_component") if one.proto.json]
    return next(one for one in found if "links" in one and "current" in one)


@pytest.mark.parametrize("file", ["dashboard.py", "pages/wat_als.py", "pages/beheer.py"])
def test_a_page_links_to_every_page_and_says_which_one_is_open(file: str):
    menu = menu_of(page(file))
    assert [link[:2] for link in menu["links"]] == [[file, label] for file, label in MENU.items()]
    assert menu["current"] == MENU[file]


def test_the_choices_go_along_in_every_link():
    for _, _, address in menu_of(page("pages/hiatenmatrix.py", doelgroep="Ouderen", afstand="400"))["links"]:
        assert parse_qs(address.partition("?")[2]) == {"doelgroep": ["Ouderen"], "afstand": ["400"]}


@pytest.mark.parametrize(("text", "metres"), [("1.600", ["1600"]), ("1600", ["1600"]), ("1.6", None), ("1e3", None)])
def test_a_distance_in_an_address_is_read_as_the_screens_write_it(text: str, metres: list[str] | None):
    for _, _, address in menu_of(page("pages/hiatenmatrix.py", afstand=text))["links"]:
        assert parse_qs(address.partition("?")[2]).get("afstand") == metres


def test_text_in_an_address_stays_text():
    assert page_address("pages/aanbod.py", {"zoek": ["a&b=c d"]}) == "aanbod?zoek=a%26b%3Dc+d"


@pytest.mark.parametrize("said", [None, "x", 3, [], {}, {"n": 1, "drawn": 1}, {"n": "1"}, {"n": "1", "drawn": "1"}])
def test_anything_else_than_a_click_is_no_click(said: object):
    assert read_asked(said) is None


def test_a_link_of_the_menu_takes_the_filters_along_as_they_are_now():
    assert query_to_follow(Asked("1", 1), {"doelgroep": ["Ouderen"]}, KEYS) == {"doelgroep": ["Ouderen"]}


def test_a_link_of_a_page_keeps_what_is_its_own():
    said = {"n": "1", "drawn": 4, "query": "?gebied=Kiel&wijk=Kiel&afstand=400", "known": ["?afstand=400", ""]}
    link = read_asked(said)
    assert link is not None
    now = {"doelgroep": ["Ouderen"], "gebied": ["Dam"], "afstand": ["1600"]}
    assert query_to_follow(link, now, KEYS) == {
        "gebied": ["Kiel"], "wijk": ["Kiel"], "doelgroep": ["Ouderen"], "afstand": ["1600"]
    }  # fmt: skip


def test_the_filters_of_the_panel_are_all_known():
    version = published.version()
    assert tuple(param.key for param in filter_params(version, data.dataset(version))) == KEYS
