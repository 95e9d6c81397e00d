"""Word documents as this product makes them: A4, in Dutch, tables with a heading row, described pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from einclusie_data.contract.text import plain_text

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TABLE_STYLE = "Light Grid Accent 1"
WIDTH_MM, HIGHEST_MM = 170, 225
"""Room for a picture."""


def empty_document(title: str) -> Document:
    """An A4 page in Dutch, with little room at its edges, made by nobody."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(15)
    normal = document.styles["Normal"]
    normal.font.size, normal.paragraph_format.space_after = Pt(9.5), Pt(2)
    language = normal.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): "nl-BE"})
    normal.element.get_or_add_rPr().append(language)
    document.core_properties.title = plain_text(title)
    document.core_properties.language = "nl-BE"
    document.core_properties.author = ""
    return document


def add_line(document: Document, text: str, *, bold: bool = False, small: bool = False) -> None:
    """A paragraph; a bold one stays on the page of what it names."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = bold
    run = paragraph.add_run(plain_text(text))
    run.bold = bold
    if small:
        run.font.size = Pt(8)


def add_bullets(document: Document, lines: Iterable[str]) -> None:
    """A list."""
    for line in lines:
        document.add_paragraph(plain_text(line), style="List Bullet")


def add_table(
    document: Document, heads: Sequence[str], rows: Iterable[Sequence[str]], widths_mm: Sequence[float] = ()
) -> None:
    """A table whose heading row comes back on every page; no row is cut in two."""
    table = document.add_table(rows=1, cols=len(heads), style=TABLE_STYLE)
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = not widths_mm
    _fill(table.rows[0].cells, heads)
    _mark(table.rows[0], "w:tblHeader")
    for row in rows:
        added = table.add_row()
        _fill(added.cells, [plain_text(text) for text in row])
        _mark(added, "w:cantSplit")
    for column, width in zip(table.columns, widths_mm, strict=False):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _fill(cells: Sequence[object], texts: Sequence[str]) -> None:
    for cell, text in zip(cells, texts, strict=True):
        cell.text = text  # type: ignore[attr-defined]


def _mark(row: object, tag: str) -> None:
    properties = row._tr.get_or_add_trPr()  # type: ignore[attr-defined]
    properties.append(properties.makeelement(qn(tag), {}))


def add_picture(document: Document, png: bytes, alternative: str) -> None:
    """A picture as wide as the text, or as high as a page; with a text for who cannot see it."""
    shape = document.add_picture(BytesIO(png), width=Mm(WIDTH_MM))
    if shape.height > Mm(HIGHEST_MM):
        shape.width, shape.height = round(shape.width * Mm(HIGHEST_MM) / shape.height), Mm(HIGHEST_MM)
    shape._inline.docPr.set("descr", plain_text(alternative))


def document_bytes(document: Document) -> bytes:
    """The document as a file."""
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
