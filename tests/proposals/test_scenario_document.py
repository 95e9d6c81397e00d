"""A scenario on one page of Word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pandas as pd

from einclusie_data.proposals.document import LINES_SHOWN, NOTHING, ROWS_SHOWN, ScenarioPage, scenario_docx_bytes

CHANGED = pd.DataFrame(
    [("Kiel", "Ouderen", "hiaat", "gedekt"), ("Dam", "Iedereen", "onbekend", "beperkt")],
    columns=["wijk", "doelgroep", "van", "naar"],
)
PAGE = ScenarioPage(
    name="Inloop op het Kiel",
    lead="Er verdwijnt 1 mogelijk hiaat.",
    view="59 wijken, ouderen, hulp en leren, 800 m te voet, op 25 november 2026",
    proposals=["Nieuw: inloop in Kiel"],
    sentences=["Voor ouderen verdwijnt een mogelijk hiaat in Kiel."],
    doubts=["We weten niet hoe vaak het is."],
    changed=CHANGED,
    origin="versie 2, gepubliceerd door An",
    sources=["Wijken: Stad Antwerpen."],
    link="http://127.0.0.1:8501/wat_als?scenario=x",
    on=date(2026, 11, 25),
)


def opened(page: ScenarioPage) -> docx.document.Document:
    return docx.Document(BytesIO(scenario_docx_bytes(page)))


def text_of(document: docx.document.Document) -> str:
    return "\n".join(one.text for one in document.paragraphs)


def test_everything_is_on_it_under_real_headings():
    document = opened(PAGE)
    text = text_of(document)
    for part in (PAGE.lead, PAGE.view, *PAGE.proposals, *PAGE.sentences, *PAGE.doubts, PAGE.link, PAGE.origin):
        assert part in text
    assert "25 november 2026. Wijken: Stad Antwerpen." in text
    headings = [(one.style.name, one.text) for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert headings[0] == ("Heading 1", "Inloop op het Kiel")
    assert {name for name, _ in headings[1:]} == {"Heading 2"}


def test_verdicts_now_and_then_have_sign_and_word():
    (table,) = opened(PAGE).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Wijk", "Doelgroep", "Nu", "Straks"],
        ["Kiel", "Ouderen", "✕ Mogelijk hiaat", "✓ Gedekt"],
        ["Dam", "Iedereen", "? Onbekend", "◔ Beperkt"],
    ]
    assert "tblHeader" in table.rows[0]._tr.xml


def test_what_does_not_fit_on_a_page_is_counted():
    many = pd.concat([CHANGED] * 20, ignore_index=True)
    document = opened(replace(PAGE, changed=many, proposals=[f"Nieuw: {n}" for n in range(20)]))
    assert len(document.tables[0].rows) == ROWS_SHOWN + 1
    assert f"En nog {40 - ROWS_SHOWN} oordelen." in text_of(document)
    assert f"En nog {20 - LINES_SHOWN}." in text_of(document)


def test_nothing_that_changes_is_said():
    document = opened(replace(PAGE, changed=CHANGED.iloc[:0]))
    assert not document.tables
    assert NOTHING in text_of(document)


def test_it_is_dutch_a4_and_nobodys():
    document = opened(PAGE)
    assert round(document.sections[0].page_width.mm) == 210
    assert document.core_properties.language == "nl-BE"
    assert document.core_properties.author == ""
    assert 'w:val="nl-BE"' in document.styles["Normal"].element.xml


def test_text_that_a_document_cannot_hold_is_left_out():
    page = replace(PAGE, name="Kiel\x07\x00 <w:p>", changed=CHANGED.assign(wijk="a\x0bb"))
    assert "Kiel <w:p>" in text_of(opened(page))
