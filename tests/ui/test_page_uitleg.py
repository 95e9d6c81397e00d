"""The page that explains reads its texts and numbers from the same place as the engine."""

from __future__ import annotations

import re
from html import unescape

import pytest

from einclusie_data.answers import calculation
from einclusie_data.city.provenance import SOURCES_FOLDER, read_provenance
from einclusie_data.contract import settings, verdicts
from einclusie_data.contract.words import number
from einclusie_data.ui.gaps.explanation import SECTIONS
from tests.ui.test_pages import page


@pytest.fixture(scope="module")
def shown() -> str:
    app = page("pages/uitleg.py")
    assert not app.exception
    return "\n".join(str(one.proto.body) for one in app.get("html"))


def text(markup: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", markup))


def test_every_section_is_there_and_can_be_reached(shown: str):
    for anchor, title in SECTIONS:
        assert f"href='#{anchor}'" in shown
        assert f"<section id='{anchor}'><h2>{title}</h2>" in shown


def test_every_verdict_reason_and_caveat_is_explained(shown: str):
    words = text(shown)
    for verdict in verdicts.VERDICTS.values():
        assert verdict.word in words
        assert verdict.sentence in words
    for sentence in (*verdicts.REASONS.values(), *verdicts.CAVEATS.values()):
        assert sentence in words


def test_method_limits_misuse_and_glossary(shown: str):
    words = text(shown)
    lines = (
        *calculation.calculation_lines(),
        *calculation.limit_lines(),
        *calculation.misuse_lines(),
        *calculation.group_lines(),
    )
    for line in lines:
        assert line in words
    glossary = calculation.glossary(67, 59)
    assert [word for word, _ in glossary] == sorted(word for word, _ in glossary)
    for word, meaning in glossary:
        assert word in words
        assert meaning in words


def test_every_source_has_its_date(shown: str):
    sources = next(part for part in shown.split("<div class='tabel ") if "<caption>Bronnen</caption>" in part)
    rows = [[text(cell).strip() for cell in re.split(r"</t[hd]>", row)[:-1]] for row in sources.split("<tr>")[2:]]
    said = {row[0]: row[1:] for row in rows}
    made = [
        one
        for one in read_provenance(settings.DATA_FOLDER).values()
        if one.made_from and not one.file.startswith(SOURCES_FOLDER)
    ]
    assert len(made) > 5
    assert said == {
        one.file: [one.what, one.publisher, one.date or "zonder datum", one.retrieved or "–", one.terms] for one in made
    }


def test_the_numbers_are_the_engines(monkeypatch: pytest.MonkeyPatch):
    assert any(number(settings.DETOUR_FACTOR, 1) in line for line in calculation.calculation_lines())
    monkeypatch.setattr(settings, "LASTING_DAYS", 77)
    assert any("77 dagen" in line for line in calculation.calculation_lines())
    monkeypatch.setattr(settings, "COVERED_SHARE", 0.6)
    assert any("60 %" in line for line in calculation.calculation_lines())
