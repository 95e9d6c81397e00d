"""Notes on cells (Excel's comments): ours are renewed, those of others stay, with ours below.

The drawing (VML) that holds the boxes of a sheet's notes: a new note needs one, a note that is gone has none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.utils import coordinate_to_tuple

from einclusie_data.files.repair.package import (
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

EMPTY_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    "</o:shapelayout></xml>"
)
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_ROOT = re.compile(rb"""<([A-Za-z_][\w:.-]*)(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_SHAPE = re.compile(rb"<(\w+):shape\s(?:(?!<\1:shape\s).)*?</\1:shape>\s*", re.DOTALL)
_BLOCKS = re.compile(rb'(:idmap\s[^>]*\bdata=")([\d,]+)"')
_SHAPE_ID = re.compile(rb"_x0000_s(\d{1,9})")
_SHAPE_CELL = re.compile(rb"<\w+:(Row|Column)>\s*(\d{1,7})\s*</")
_ANCHOR = re.compile(rb"(<\w+:Anchor>[^<]*,)\s*(\d{1,7})(\s*,\s*\d+\s*</)")


def change_drawing(data: bytes, change: NotesChange) -> bytes:
    """The drawing (VML) with the boxes of notes that are new, without those of notes that are gone."""
    gone = {coordinate_to_tuple(cell) for cell in change.removed}
    grown = {coordinate_to_tuple(cell): lines for cell, lines in change.grown.items()}
    data = utf8(data)
    if gone or grown:
        data = _SHAPE.sub(lambda match: _changed_shape(match[0], gone, grown), data)
    if not change.added:
        return data
    highest = max([1024, *(int(number) for number in _SHAPE_ID.findall(data))])
    root = _ROOT.search(data)
    declared = root[0] if root else b""  # what another box declares on itself does not hold for ours
    missing = "".join(
        f' xmlns:{short}="{space}"'
        for short, space in _SPACES.items()
        if not re.search(rb"""xmlns:%s\s*=\s*["']%s["']""" % (short.encode(), re.escape(space.encode())), declared)
    )
    shapes = [_shape(cell, highest + place, missing) for place, cell in enumerate(change.added, start=1)]
    if b'id="_x0000_t202"' not in data:
        shapes.insert(0, _SHAPE_TYPE.replace("<v:shapetype", "<v:shapetype" + missing, 1))
    data = _with_blocks(data, range(highest + 1, highest + len(change.added) + 1))
    if root and root[0].endswith(b"/>"):
        closing = b"</" + root[1] + b">"
        return data[: root.end() - 2] + b">" + "".join(shapes).encode() + closing + data[root.end() :]
    at = data.rfind(b"</")
    return data[:at] + "".join(shapes).encode() + data[at:]


def _with_blocks(data: bytes, numbers: range) -> bytes:
    """The drawing in which the blocks of 1,024 numbers that its new boxes use are claimed."""
    used = {b"%d" % (number // 1024) for number in numbers}
    return _BLOCKS.sub(lambda match: match[1] + b",".join(sorted({*match[2].split(b","), *used})) + b'"', data, count=1)


def _changed_shape(shape: bytes, gone: set[tuple[int, int]], grown: Mapping[tuple[int, int], int]) -> bytes:
    where = {kind: int(number) + 1 for kind, number in _SHAPE_CELL.findall(shape)}
    cell = (where.get(b"Row", 0), where.get(b"Column", 0))
    if cell in gone:
        return b""
    more = grown.get(cell, 0)
    return _ANCHOR.sub(lambda match: match[1] + b" %d" % (int(match[2]) + more) + match[3], shape) if more else shape


def _shape(cell: str, number: int, missing: str) -> str:
    """The hidden box of a note, beside its cell."""
    row, column = coordinate_to_tuple(cell)
    top = max(row - 2, 0)
    return (
        f'<v:shape{missing} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
        f'margin-top:2pt;width:260pt;height:96pt;z-index:{number - 1024};visibility:hidden" fillcolor="#ffffe1" '
        'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto;mso-fit-shape-to-text:t">'
        '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
        f"<x:SizeWithCells/><x:Anchor>{column}, 15, {top}, 10, {column + 4}, 15, {top + 7}, 4</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData>"
        "</v:shape>"
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
