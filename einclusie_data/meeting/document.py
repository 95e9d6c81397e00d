"""The preparation and the report of a meeting in Word, for the trekker to finish.

The map and the matrix of a network as pictures for Word, each with a text that says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import pandas as pd
from docx.document import Document
from markupsafe import escape

from einclusie_data.answers.matrix import Matrix, matrix_of, open_gaps_text
from einclusie_data.contract import verdicts
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.words import count, day, listing
from einclusie_data.decisions.words import NOT_FILLED
from einclusie_data.files.write.pdf import compile_pictures
from einclusie_data.files.write.printable import printable
from einclusie_data.files.write.word import (
    add_bullets,
    add_line,
    add_picture,
    add_table,
    document_bytes,
    empty_document,
)
from einclusie_data.meeting.message import Report
from einclusie_data.meeting.sections import (
    DECISION_HEADS,
    GAP_HEADS,
    GROUP_HEADS,
    PARTS,
    TODO_HEADS,
    Grid,
    Occasion,
    Preparation,
    Section,
)
from einclusie_data.output.paper.paper import DARK, SYMBOL_FONT, TEXT_FONT, WIDTH, map_svg, shapes_of, view_box

TEMPLATE = "prent.typ"
PIXELS_PER_INCH = 160
AROUND_M = 500.0
"""Metres around the wijken of the map."""
ROWS_PER_PICTURE = 30
_NAMES, _HEAD, _ROW = 132.0, 96.0, 15.5
"""Points: room for the names of wijken, for the heads, and for a row."""
_LINE, _SIZE = 8.5, 8.0
_LETTERS = 21
"""Characters of one line of a head."""
_NAMED = 8
"""Wijken that an alternative text names per verdict."""


@dataclass(frozen=True)
class Picture:
    """A drawing (SVG), what it shows, and the text for who cannot see it."""

    svg: str
    caption: str
    alternative: str

    @property
    def png(self) -> bytes:
        """The picture itself.

        Raises
        ------
        DocumentError
            It could not be made.
        """
        return compile_pictures(TEMPLATE, {}, {"prent": self.svg}, ppi=PIXELS_PER_INCH)[0]


def legend() -> str:
    """What the signs mean."""
    return " · ".join(f"{one.symbol} {one.word}" for one in verdicts.VERDICTS.values())


def map_picture(occasion: Occasion) -> Picture:
    """The verdicts of the chosen group on the map."""
    shapes, codes = shapes_of(occasion.dataset.areas), occasion.scope.codes
    table = occasion.answer.table
    mine = table[table["doelgroep"] == occasion.group]
    found = {str(code): str(verdict) for code, verdict in zip(mine["wijkcode"], mine["oordeel"], strict=True)}
    inhabited = [code for code in codes if found.get(code, verdicts.NOT_APPLICABLE) != verdicts.NOT_APPLICABLE]
    svg = map_svg(shapes, codes, found, (), view_box(shapes, inhabited or codes, AROUND_M))
    caption = f"Kaart: {occasion.group.lower()}"
    rows = mine[mine["wijkcode"].isin(codes)]
    return Picture(svg, caption, f"Kaart voor {occasion.group.lower()}. {_verdict_sentences(rows)}")


def _verdict_sentences(rows: pd.DataFrame) -> str:
    sentences = []
    for code in verdicts.ORDER[::-1]:
        names = [str(name) for name in rows.loc[rows["oordeel"] == code, "wijk"]]
        if names and code != verdicts.NOT_APPLICABLE:
            named = f": {listing(names)}" if len(names) <= _NAMED else ""
            sentences.append(f"{verdicts.VERDICTS[code].word}: {count(len(names), 'wijk', 'wijken')}{named}.")
    return " ".join(sentences)


def matrix_pictures(occasion: Occasion) -> tuple[Picture, ...]:
    """The verdicts of every wijk and group; a long list in several pictures."""
    matrix = matrix_of(occasion.rows, "doelgroep")
    wijken = [row for row in matrix.rows if "cells" in row]
    parts = [wijken[start : start + ROWS_PER_PICTURE] for start in range(0, len(wijken), ROWS_PER_PICTURE)]
    return tuple(
        Picture(_matrix_svg(matrix, part), _caption(place, len(parts)), _alternative(occasion.rows, part))
        for place, part in enumerate(parts, start=1)
    )


def _caption(place: int, parts: int) -> str:
    return "Matrix: wijk en doelgroep" + (f" (deel {place} van {parts})" if parts > 1 else "")


def _alternative(rows: pd.DataFrame, wijken: list[dict[str, Any]]) -> str:
    shown = rows[rows["wijkcode"].isin([row["code"] for row in wijken])]
    parts = [f"{group}: {open_gaps_text(part)}" for group, part in shown.groupby("doelgroep", sort=False)]
    first, last = wijken[0]["label"], wijken[-1]["label"]
    what = f"Tabel van {first} tot {last}, met per doelgroep in hoeveel wijken er een mogelijk hiaat is."
    return f"{what} {'; '.join(parts)}."


def _matrix_svg(matrix: Matrix, wijken: list[dict[str, Any]]) -> str:
    height, wide = _HEAD + _ROW * len(wijken), (WIDTH - _NAMES) / max(1, len(matrix.columns))
    heads = [_head(name, _NAMES + (place + 0.5) * wide) for place, name in enumerate(matrix.columns)]
    rows = [_row(row, _HEAD + place * _ROW, wide) for place, row in enumerate(wijken)]
    size = f'width="{WIDTH:g}" height="{height:.1f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:.1f}" {size}>'
        f'<rect {size} fill="#ffffff"/>{"".join([*heads, *rows])}</svg>'
    )


def _head(name: str, middle: float) -> str:
    """The name of a group, written upwards."""
    lines = wrap(printable(name), _LETTERS)[:3]
    first = middle + _SIZE * 0.35 - (len(lines) - 1) * _LINE / 2
    return "".join(
        f'<text transform="translate({first + place * _LINE:.1f} {_HEAD - 4:g}) rotate(-90)" font-size="{_SIZE:g}" '
        f'font-family="{TEXT_FONT}" fill="{DARK}">{escape(line)}</text>'
        for place, line in enumerate(lines)
    )


def _row(row: dict[str, Any], top: float, wide: float) -> str:
    label = printable(row["label"])
    name = (
        f'<text x="{_NAMES - 5:g}" y="{top + _ROW * 0.7:.1f}" font-size="{_SIZE + 1:g}" font-family="{TEXT_FONT}" '
        f'text-anchor="end" fill="{DARK}">{escape(label)}</text>'
    )
    cells = [_cell(cell["code"], _NAMES + place * wide, top, wide) for place, cell in enumerate(row["cells"])]
    return name + "".join(cells)


def _cell(code: str, left: float, top: float, wide: float) -> str:
    look = verdicts.VERDICTS[code]
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{_ROW:g}" fill="{look.colour}" '
        f'stroke="#ffffff" stroke-width="1"/><text x="{left + wide / 2:.1f}" y="{top + _ROW * 0.72:.1f}" '
        f'font-size="{_SIZE + 2:g}" font-family="{SYMBOL_FONT}" text-anchor="middle" fill="{look.ink}">'
        f"{look.symbol}</text>"
    )


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
