"""The page Netwerk without a browser: it says what the core says and follows the chosen network."""

from __future__ import annotations

from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings
from einclusie_data.engine.dataset import load_dataset
from einclusie_data.meeting.network import network_of, network_sentences, partner_table
from tests.meeting.test_network import EVIL, OFFERS, PARTNERS, QUESTION, scope
from tests.ui.test_pages import page
from tests.xlsx import workbook_bytes


@pytest.fixture
def dataset(tmp_path, monkeypatch):
    path = tmp_path / "werkmap.xlsx"
    path.write_bytes(workbook_bytes({"Partners": PARTNERS, "Aanbod": OFFERS[:-1]}))
    monkeypatch.setattr(settings, "WORKBOOK", path)
    return load_dataset(path, load_areas())


def opened(**query: str) -> AppTest:
    app = page("pages/netwerk.py", peildatum="2026-11-23", **query)
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(str(one.proto.body) for one in app.get("html"))


@pytest.mark.parametrize("area", ["Hele stad", "Netwerk Kiel", "Netwerk Dam", "Kiel"])
def test_the_page_says_what_the_core_says(dataset, area):
    app = opened(gebied=area)
    found = network_of(dataset, QUESTION, scope(dataset, area))
    text = unescape(html(app))
    for sentence in network_sentences(found, dataset.areas, scope(dataset, area)):
        assert sentence in text
    for cells in partner_table(found.partners, dataset.areas).to_numpy():
        assert all(str(cell) in text for cell in cells)


def test_a_name_with_code_is_a_name(dataset):
    assert "<img" not in html(opened())
    assert EVIL in unescape(html(opened()))


def test_the_role_and_the_kind_choose_and_stay_in_the_link(dataset):
    text = html(opened(rol="Trekker"))
    assert "Bib Kiel" in text
    assert "<th scope='row'>Buurtwerk Dam" not in text
    app = opened()
    app.selectbox("soort_partner").select("buurtwerk").run()
    assert "<th scope='row'>Bib Kiel" not in html(app)
    assert app.query_params["soort_partner"] == "buurtwerk"


def test_the_gaps_near_a_possible_partner_follow_the_group(dataset):
    assert "kinderen en jongeren" in html(opened())
    assert "kinderen en jongeren" not in html(opened(doelgroep="Ouderen"))
