"""The preparation and the report of a meeting in Word, for the trekker to finish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from docx.document import Document

from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.words import day
from einclusie_data.decisions.words import NOT_FILLED
from einclusie_data.files.write.word import (
    add_bullets,
    add_line,
    add_picture,
    add_table,
    document_bytes,
    empty_document,
)
from einclusie_data.meeting.parts import PARTS, Grid, Occasion, Preparation, Section
from einclusie_data.meeting.pictures import legend, map_picture, matrix_pictures
from einclusie_data.meeting.report import Report
from einclusie_data.meeting.sections import DECISION_HEADS, GAP_HEADS, GROUP_HEADS, TODO_HEADS

WIDTHS_MM: Mapping[tuple[str, ...], tuple[float, ...]] = {
    GAP_HEADS: (26, 30, 22, 52, 40),
    GROUP_HEADS: (50, 40, 80),
    DECISION_HEADS: (10, 82, 24, 29, 25),
    TODO_HEADS: (32, 10, 40, 40, 48),
}
"""Heads of a table -> widths of its columns."""
TO_FILL_IN = "(vul aan)"


@dataclass(frozen=True)
class Colophon:
    """Below a document: which data, whose figures, and the link to the view."""

    origin: str
    sources: Sequence[str]
    link: str


def preparation_docx_bytes(
    occasion: Occasion, preparation: Preparation, texts: Mapping[str, str], colophon: Colophon
) -> bytes:
    """The preparation as Word.

    Parameters
    ----------
    occasion : Occasion
        For the map and the matrix.
    preparation : Preparation
    texts : mapping of str to str
        Key of a section -> its lines as someone changed them, one per line of text; the others stay as prepared.
    colophon : Colophon

    Raises
    ------
    DocumentError
        The pictures could not be made.
    """
    document = empty_document(preparation.title)
    document.add_heading(preparation.title, level=0)
    for sentence in preparation.lead:
        add_line(document, sentence, bold=True)
    for part in PARTS:
        document.add_heading(part, level=1)
        for section in preparation.sections:
            if section.part == part:
                _add_section(document, section, texts.get(section.key))
    _add_pictures(document, occasion)
    _add_colophon(document, colophon)
    return document_bytes(document)


def _add_section(document: Document, section: Section, text: str | None) -> None:
    document.add_heading(section.title, level=2)
    add_bullets(document, section.lines if text is None else lines_of(text))
    for grid in section.tables:
        _add_grid(document, grid)


def lines_of(text: str) -> list[str]:
    r"""The lines of a text that say something; contact details are masked.

    Examples
    --------
    >>> lines_of("een\n\n twee ")
    ['een', 'twee']
    """
    return [mask_personal(line.strip()) for line in text.splitlines() if line.strip()]


def _add_grid(document: Document, grid: Grid) -> None:
    add_line(document, grid.caption, bold=True)
    add_table(document, grid.heads, grid.rows, WIDTHS_MM.get(grid.heads, ()))
    add_line(document, "")


def _add_pictures(document: Document, occasion: Occasion) -> None:
    document.add_heading("Kaart en matrix", level=1)
    add_line(document, f"{occasion.scope.text}, op {day(occasion.question.on)}. {legend()}", small=True)
    for picture in (map_picture(occasion), *matrix_pictures(occasion)):
        document.add_heading(picture.caption, level=2)
        add_picture(document, picture.png, picture.alternative)


def _add_colophon(document: Document, colophon: Colophon) -> None:
    add_line(document, f"Open dit in de Hiatenkaart: {colophon.link}", small=True)
    add_line(document, f"Gegevens: {colophon.origin}. {' '.join(colophon.sources)}", small=True)


def report_docx_bytes(report: Report, colophon: Colophon) -> bytes:
    """The report of a meeting as Word: who was there (to fill in), decisions, notes, what is open, what is next."""
    document = empty_document(report.title)
    document.add_heading(report.title, level=0)
    add_bullets(document, [f"Bij: {report.host or TO_FILL_IN}", f"Aanwezig: {TO_FILL_IN}"])
    document.add_heading("Wat we afspraken", level=1)
    _add_decisions(document, report.decided, report.nothing_decided)
    add_bullets(document, report.agreements)
    for title, lines in report.notes:
        document.add_heading(title, level=1)
        add_bullets(document, lines)
    document.add_heading("Wat nog open staat", level=1)
    _add_decisions(document, report.still_open, "Er staat niets anders open.")
    document.add_heading("Volgende bijeenkomst", level=1)
    add_line(document, day(report.coming) if report.coming else f"Datum: {TO_FILL_IN}")
    _add_colophon(document, colophon)
    return document_bytes(document)


def _add_decisions(document: Document, grid: Grid, nothing: str) -> None:
    if not grid.rows:
        add_line(document, nothing)
        return
    add_table(document, grid.heads, grid.rows, WIDTHS_MM[grid.heads])
    if any(NOT_FILLED in row for row in grid.rows):
        add_line(document, f"“{NOT_FILLED}” betekent: spreek nog af wie het doet, of tegen wanneer.", small=True)
