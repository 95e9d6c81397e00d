"""The drawing (VML) that holds the boxes of a sheet's notes: a new note needs one, a note that is gone has none."""

from __future__ import annotations

import re
from collections.abc import Mapping

from openpyxl.utils import coordinate_to_tuple

from einclusie_data.files.repair.notes import NotesChange
from einclusie_data.files.repair.xml_edit import utf8

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
