"""A scenario on one page of Word: to lay on the table, or to finish by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from docx.document import Document

from einclusie_data.contract.characters import plain_text
from einclusie_data.contract.verdicts import VERDICTS
from einclusie_data.contract.words import day, number
from einclusie_data.files.write.word import (
    DOCX_TYPE,
    add_bullets,
    add_line,
    add_table,
    document_bytes,
    empty_document,
)

__all__ = ["DOCX_TYPE", "ScenarioPage", "scenario_docx_bytes"]

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
    document = empty_document(page.name)
    document.add_heading(plain_text(page.name), level=1)
    add_line(document, page.lead, bold=True)
    add_line(document, page.view)
    _list(document, "Wat wordt voorgesteld", page.proposals)
    _list(document, "Wat verandert er", page.sentences)
    _table(document, page.changed)
    _list(document, "Wat we niet weten", page.doubts)
    add_line(document, f"Open dit scenario: {page.link}", small=True)
    add_line(document, f"Gegevens: {page.origin}, op {day(page.on)}. {' '.join(page.sources)}", small=True)
    return document_bytes(document)


def _list(document: Document, title: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    document.add_heading(title, level=2)
    more = len(lines) - LINES_SHOWN
    add_bullets(document, [*lines[:LINES_SHOWN], *([f"En nog {number(more)}."] if more > 0 else [])])


def _table(document: Document, changed: pd.DataFrame) -> None:
    if changed.empty:
        add_line(document, NOTHING)
        return
    rows = changed.head(ROWS_SHOWN).to_dict("records")
    texts = [(str(row["wijk"]), str(row["doelgroep"]), _verdict(row["van"]), _verdict(row["naar"])) for row in rows]
    add_table(document, HEADS, texts)
    if len(changed) > ROWS_SHOWN:
        add_line(
            document, f"En nog {number(len(changed) - ROWS_SHOWN)} oordelen. Open het scenario om ze alle te zien."
        )


def _verdict(code: str) -> str:
    """Sign and word: the sign also tells them apart in black and white."""
    found = VERDICTS[code]
    return f"{found.symbol} {found.word}"
