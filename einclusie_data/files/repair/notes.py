"""Notes on cells (Excel's comments): ours are renewed, those of others stay, with ours below."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from einclusie_data.files.repair.xml_edit import (
    Edit,
    Element,
    appended,
    as_typed,
    cell_text,
    edited,
    opening,
    parse_tree,
    utf8,
)

AUTHOR = "Hiatenkaart"
FIRST_LINE = "Hiatenkaart, na te kijken:"
BULLET = "• "
"""Our part of a note: the first line, and the lines below it that start with a bullet."""

_OURS = re.compile(rf"(?:^|\n+){re.escape(FIRST_LINE)}[^\S\n]*(?:\n{BULLET}[^\n]*)*")
_THREADED = "tc="
"""Start of the author of a note that only stands in for a conversation, which is kept elsewhere."""


def empty_comments(space: str) -> bytes:
    """A comments part without notes, in the namespace of its workbook."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<comments xmlns="{space}"><authors/><commentList/></comments>'.encode()


@dataclass
class NotesChange:
    """A comments part with our notes, and what its drawing must follow.

    Attributes
    ----------
    data : bytes
    added, removed : list of str
        Cells that have a note now, and that have none any more.
    grown : dict of str to int
        Cells whose note became longer -> by how many lines.
    """

    data: bytes
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    grown: dict[str, int] = field(default_factory=dict)


def _pieces(text: Element) -> list[tuple[str, Element]]:
    """The texts of a note with the elements that hold them: one plain text, or runs with a format each."""
    plain = [(one.text, one) for one in text.children if one.kind == "t"]
    return plain or [
        ("".join(part.text for part in run.children if part.kind == "t"), run)
        for run in text.children
        if run.kind == "r"
    ]


def _kept_runs(data: bytes, text: Element, cut: tuple[int, int]) -> bytes:
    """The runs of a note without the characters of our part."""
    runs, at = [], 0
    for words, run in _pieces(text):
        kept = words[: max(cut[0] - at, 0)] + words[max(cut[1] - at, 0) :]
        at += len(words)
        if kept:
            runs.append(_kept_run(data, run, as_typed(kept)) if run.kind == "r" else _run(as_typed(kept), text.prefix))
    return b"".join(runs)


def _kept_run(data: bytes, run: Element, words: bytes) -> bytes:
    """A run with its own tag and format, which may need what that tag declares."""
    look = run.child("rPr")
    opened = opening(data, run) + (data[look.start : look.end] if look else b"")
    return opened + _text(words, run.prefix) + f"</{run.name}>".encode()


def _run(words: bytes, prefix: str) -> bytes:
    return f"<{prefix}r>".encode() + _text(words, prefix) + f"</{prefix}r>".encode()


def _text(words: bytes, prefix: str) -> bytes:
    return f'<{prefix}t xml:space="preserve">'.encode() + words + f"</{prefix}t>".encode()


def _our_part(lines: Sequence[str]) -> bytes:
    return b"\n".join(cell_text(line) for line in (FIRST_LINE, *(BULLET + " ".join(line.split()) for line in lines)))


def change_notes(data: bytes, notes: Mapping[str, Sequence[str]]) -> NotesChange:
    """Renew our notes in a comments part.

    Parameters
    ----------
    data : bytes
        The part; `empty_comments` when the sheet has none.
    notes : mapping of str to sequence of str
        Cell ("B7") -> lines.

    Returns
    -------
    NotesChange
        Notes of others keep their text, format and author; a conversation is left as it is.
    """
    data = utf8(data)
    top = parse_tree(data)
    found = top.child("commentList")
    authors = top.child("authors")
    result, edits, left = NotesChange(data), [], dict(notes)
    if found is None or authors is None:
        return result
    names = [author.text for author in authors.children]
    for one in found.children:
        cell = one.attributes.get("ref", "").replace("$", "")
        lines, text = left.pop(cell, ()), one.child("text")
        if text is not None and not _is_conversation(one, names):
            edits += _renewed(data, one, text, (cell, lines), result)
    new = b"".join(_comment(cell, lines, top.prefix, len(names)) for cell, lines in left.items())
    if new:
        result.added = list(left)
        edits.append(appended(data, found, new))
        edits.append(appended(data, authors, f"<{top.prefix}author>{AUTHOR}</{top.prefix}author>".encode()))
    result.data = edited(data, edits)
    return result


def _is_conversation(comment: Element, authors: Sequence[str]) -> bool:
    place = comment.attributes.get("authorId", "")
    return place.isdigit() and int(place) < len(authors) and authors[int(place)].startswith(_THREADED)


def _comment(cell: str, lines: Sequence[str], prefix: str, author: int) -> bytes:
    opened = f'<{prefix}comment ref="{cell}" authorId="{author}" shapeId="0"><{prefix}text>'.encode()
    return opened + _run(_our_part(lines), prefix) + f"</{prefix}text></{prefix}comment>".encode()


def _renewed(
    data: bytes, one: Element, text: Element, wanted: tuple[str, Sequence[str]], result: NotesChange
) -> list[Edit]:
    """The edits of one note that is there already."""
    cell, lines = wanted
    words = "".join(piece for piece, _ in _pieces(text))
    ours = _OURS.search(words)
    if ours is None and not lines:
        return []
    cut = ours.span() if ours else (len(words), len(words))
    theirs = words[: cut[0]] + words[cut[1] :]
    if not lines and not theirs.strip():
        result.removed.append(cell)
        return [Edit(one.start, one.end, b"")]
    if theirs.strip() and ours is None:
        result.grown[cell] = 2 * len(lines) + 2
    kept = _kept_runs(data, text, cut) if theirs.strip() else b""
    added = _run((b"\n\n" if kept else b"") + _our_part(lines), text.prefix) if lines else b""
    return [Edit(text.start, text.end, opening(data, text) + kept + added + f"</{text.name}>".encode())]
