"""A scenario on one page of Word: to lay on the table, or to finish by hand."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from einclusie_data.characters import plain_text
from einclusie_data.verdicts import VERDICTS
from einclusie_data.words import day, number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pandas as pd
    from docx.document import Document

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ROWS_SHOWN = 10
"""Changed verdicts on the page; the others are counted, so that it stays one page."""
LINES_SHOWN = 4
"""Proposals, sentences or doubts on the page."""
HEADS = ("Wijk", "Doelgroep", "Nu", "Straks")
NOTHING = "Met dit scenario verandert er geen enkel oordeel."


@dataclass(frozen=True)
class ScenarioPage:
    """What the page says; every text is plain.

    Attributes
    ----------
    name : str
        Of the scenario.
    lead : str
        The answer in one sentence.
    view : str
        For whom, where and how far, in one sentence.
    proposals, sentences, doubts : sequence of str
        What is proposed, what it changes, and what we do not know.
    changed : pandas.DataFrame
        Changed verdicts: columns `wijk`, `doelgroep`, `van` and `naar` (see `scenario_compare.Comparison`).
    origin : str
        Which data.
    sources : sequence of str
        Whose figures are under it.
    link : str
        Address that opens the scenario.
    on : datetime.date
        The day that it is about.
    """

    name: str
    lead: str
    view: str
    proposals: Sequence[str]
    sentences: Sequence[str]
    doubts: Sequence[str]
    changed: pd.DataFrame
    origin: str
    sources: Sequence[str]
    link: str
    on: date


def scenario_docx_bytes(page: ScenarioPage) -> bytes:
    """The page as a Word document: real headings, a table with a heading row, in Dutch."""
    document = _empty(page)
    document.add_heading(plain_text(page.name), level=1)
    _line(document, page.lead, bold=True)
    _line(document, page.view)
    _list(document, "Wat wordt voorgesteld", page.proposals)
    _list(document, "Wat verandert er", page.sentences)
    _table(document, page.changed)
    _list(document, "Wat we niet weten", page.doubts)
    _line(document, f"Open dit scenario: {page.link}", small=True)
    _line(document, f"Gegevens: {page.origin}, op {day(page.on)}. {' '.join(page.sources)}", small=True)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _empty(page: ScenarioPage) -> Document:
    """An A4 page in Dutch, with little room at its edges."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(15)
    normal = document.styles["Normal"]
    normal.font.size, normal.paragraph_format.space_after = Pt(9.5), Pt(2)
    language = normal.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): "nl-BE"})
    normal.element.get_or_add_rPr().append(language)
    document.core_properties.title = plain_text(page.name)
    document.core_properties.language = "nl-BE"
    document.core_properties.author = ""
    return document


def _line(document: Document, text: str, *, bold: bool = False, small: bool = False) -> None:
    run = document.add_paragraph().add_run(plain_text(text))
    run.bold = bold
    if small:
        run.font.size = Pt(8)


def _list(document: Document, title: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    document.add_heading(title, level=2)
    more = len(lines) - LINES_SHOWN
    for line in [*lines[:LINES_SHOWN], *([f"En nog {number(more)}."] if more > 0 else [])]:
        document.add_paragraph(plain_text(line), style="List Bullet")


def _table(document: Document, changed: pd.DataFrame) -> None:
    if changed.empty:
        _line(document, NOTHING)
        return
    table = document.add_table(rows=1, cols=len(HEADS), style="Light Grid Accent 1")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
        cell.text = head
    header = table.rows[0]._tr.get_or_add_trPr()
    header.append(header.makeelement(qn("w:tblHeader"), {}))
    for row in changed.head(ROWS_SHOWN).to_dict("records"):
        texts = (row["wijk"], row["doelgroep"], _verdict(row["van"]), _verdict(row["naar"]))
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = plain_text(str(text))
    if len(changed) > ROWS_SHOWN:
        _line(document, f"En nog {number(len(changed) - ROWS_SHOWN)} oordelen. Open het scenario om ze alle te zien.")


def _verdict(code: str) -> str:
    """Sign and word: the sign also tells them apart in black and white."""
    found = VERDICTS[code]
    return f"{found.symbol} {found.word}"
