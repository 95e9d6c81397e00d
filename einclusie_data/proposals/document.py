"""A scenario on one page of Word: to lay on the table, or to finish by hand.

The new offers of a scenario as rows of the workbook, ready to paste, and marked as proposals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from docx.document import Document

from einclusie_data.contract.codelists import PLANNED
from einclusie_data.contract.text import plain_text
from einclusie_data.contract.verdicts import VERDICTS
from einclusie_data.contract.words import count, day, number
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.public import public_offers
from einclusie_data.files.write.book import offers_xlsx_bytes
from einclusie_data.files.write.word import (
    DOCX_TYPE,
    add_bullets,
    add_line,
    add_table,
    document_bytes,
    empty_document,
)
from einclusie_data.proposals.offer import clean_offers
from einclusie_data.proposals.scenario import Scenario
from einclusie_data.proposals.words import doubt_sentences, proposal_sentences, scenario_name

SOURCE = "Hiatenkaart, pagina Wat als"
HOW_TO_PASTE = (
    "Kopieer de rijen van het blad Aanbod onder de rijen van jullie werkmap. De kolommen staan in de volgorde van het "
    "sjabloon. Op status Gepland tellen de rijen nog niet mee. Is het beslist en gestart? Zet de status dan op Actief."
)


def proposal_rows(dataset: Dataset, scenario: Scenario, on: date) -> pd.DataFrame:
    """The new offers as anyone may see them.

    Parameters
    ----------
    dataset : Dataset
        The published workbook.
    scenario : Scenario
    on : datetime.date
        The day that the remark names.

    Returns
    -------
    pandas.DataFrame
        Columns of `offers.public_offers`. An offer at a point also gets the wijk in which it lies.
    """
    # Gepland: pasted into the workbook, a proposal does not count before someone makes it Actief.
    rows = clean_offers(dataset, scenario.new_offers, status=PLANNED)
    found = pd.Series(
        [
            given or _wijk_at(dataset, lat, lon)
            for given, lat, lon in zip(rows["wijken"], rows["lat"], rows["lon"], strict=True)
        ],
        index=rows.index,
        dtype=object,
    )
    remark = f"Voorstel uit scenario “{scenario_name(scenario)}”, {day(on)}. Nog niet beslist."
    return public_offers(rows.assign(note=remark, source=SOURCE, wijken=found))


def _wijk_at(dataset: Dataset, lat: float, lon: float) -> tuple[str, ...]:
    code = None if lat != lat or lon != lon else dataset.areas.wijk_at(lon, lat)
    return () if code is None else (code,)


def proposal_rows_xlsx_bytes(dataset: Dataset, scenario: Scenario, on: date) -> bytes:
    """The new offers of a scenario as a workbook with a sheet Aanbod, and a sheet that says what they are."""
    rows = proposal_rows(dataset, scenario, on)
    told = [*proposal_sentences(dataset, scenario), *doubt_sentences(dataset, scenario)]
    about = [
        ("Wat is dit", f"Voorstellen, geen bestaand aanbod: {count(len(rows), 'rij', 'rijen')}."),
        ("Scenario", scenario_name(scenario)),
        ("Gegevens", f"{dataset.name}, bekeken op {day(on)}"),
        *(("" if place else "Voorstellen", text) for place, text in enumerate(told)),
        ("Hoe plakken", HOW_TO_PASTE),
    ]
    return offers_xlsx_bytes(rows, about)


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
