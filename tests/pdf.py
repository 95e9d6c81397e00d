"""What a PDF says, for tests."""

from __future__ import annotations

import io
import re
from dataclasses import asdict
from typing import Any

from pypdf import PdfReader

from einclusie_data.files.write.pdf import compile_pdf
from einclusie_data.output.paper.material import About


def printed(*texts: str) -> bytes:
    """A document that says these texts and little more."""
    about = About("Hiatenkaart", "Waar en voor wie?", "59 wijken", "Gegevens: proef.", (), (), texts, (), ())
    data = {"name": "Proef", "districts": [], "about": asdict(about), "made": [2026, 11, 23]}
    return compile_pdf("boekje.typ", data)


def reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """The text of all pages, every white space one space."""
    pages = " ".join(page.extract_text() for page in reader(content).pages)
    return re.sub(r"\s+", " ", pages.replace("\u200b", ""))


def bookmarks(content: bytes) -> list[tuple[int, str]]:
    """Depth and title of every bookmark, in order."""
    found: list[tuple[int, str]] = []

    def walk(items: list[Any], depth: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, depth + 1)
            else:
                found.append((depth, item.title))

    walk(reader(content).outline, 0)
    return found


def links(content: bytes) -> set[str]:
    """The web addresses that can be clicked."""
    notes = [note.get_object() for page in reader(content).pages for note in page.get("/Annots", [])]
    return {note["/A"]["/URI"] for note in notes if "/A" in note and "/URI" in note["/A"]}


def alternatives(content: bytes) -> list[str]:
    """The texts that stand for pictures."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if not isinstance(node, dict):
            return
        if "/Alt" in node:
            found.append(str(node["/Alt"]))
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            if not isinstance(kid, int):
                walk(kid)

    walk(reader(content).trailer["/Root"]["/StructTreeRoot"])
    return found
