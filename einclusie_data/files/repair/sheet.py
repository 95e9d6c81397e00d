"""One more column in a worksheet, in its XML: a text per row, everything else as it was.

Two looks for the column of a repair, added at the end of a workbook's styles; all other styles keep their number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries

from einclusie_data.contract import settings
from einclusie_data.files.read.kinds import damage_reported, local_name
from einclusie_data.files.repair.package import (
    Edit,
    Element,
    appended,
    cell_text,
    edited,
    element_end,
    new_parser,
    parse_tree,
    tag_end,
    with_attribute,
    with_declared,
)

_FONTS = (
    b'<font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/><family val="2"/></font>',
    b'<font><sz val="11"/><color rgb="FF1F3A4D"/><name val="Calibri"/><family val="2"/></font>',
)
_FILLS = tuple(
    b'<fill><patternFill patternType="solid"><fgColor rgb="FF%s"/><bgColor indexed="64"/></patternFill></fill>' % colour
    for colour in (b"1F3A4D", b"FFF4CE")
)
_LOOK = (
    b'<xf numFmtId="49" fontId="%d" fillId="%d" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" '
    b'applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top"/></xf>'
)


class _List:
    """A list of styles to which some are added, unless they are there."""

    def __init__(self, data: bytes, parent: Element) -> None:
        self._data, self._parent = data, parent
        self._known = [data[one.start : one.end] for one in parent.children]
        self._new: list[bytes] = []

    def place(self, style: bytes) -> int:
        """Number of a style."""
        if self._parent.prefix:
            prefix = self._parent.prefix.encode()
            style = style.replace(b"</", b"\0").replace(b"<", b"<" + prefix).replace(b"\0", b"</" + prefix)
        if style in self._known:
            return self._known.index(style)
        self._known.append(style)
        self._new.append(style)
        return len(self._known) - 1

    def edits(self) -> list[Edit]:
        """What adds the new ones."""
        if not self._new:
            return []
        edit = appended(self._data, self._parent, b"".join(self._new))
        if edit.start == self._parent.start:
            return [edit]
        end = tag_end(self._data, self._parent.start)
        tag = with_attribute(self._data[self._parent.start : end], "count", str(len(self._known)))
        return [Edit(self._parent.start, end, tag), edit]


def add_looks(data: bytes) -> tuple[bytes, tuple[str, str]]:
    """The styles part with our looks, and the numbers of the header's and of the other cells' look.

    Parameters
    ----------
    data : bytes
        The part, from `utf8`.

    Returns
    -------
    tuple of (bytes, (str, str))
        Numbers "" when the part has no lists to add to.
    """
    top = parse_tree(data)
    found = [top.child(kind) for kind in ("fonts", "fills", "cellXfs")]
    if any(one is None for one in found):
        return data, ("", "")
    fonts, fills, looks = (_List(data, one) for one in found if one is not None)
    numbers = [
        str(looks.place(_LOOK % (fonts.place(font), fills.place(fill))))
        for font, fill in zip(_FONTS, _FILLS, strict=True)
    ]
    return edited(data, [*fonts.edits(), *fills.edits(), *looks.edits()]), (numbers[0], numbers[1])


WIDTH = 90
_SPANS = re.compile(rb"""\sspans\s*=\s*("[^"]*"|'[^']*')""")
_OPEN = re.compile(rb"\s*/?>$")
_CONTENT = frozenset({"v", "f", "is"})
_BEHIND_NOTES = frozenset({"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "AlternateContent",
                           "webPublishItems", "tableParts", "extLst"})  # fmt: skip
"""Elements that stand behind `legacyDrawing`."""


@dataclass
class _Place:
    """Row and column of the cell that a parser is in, whether it says so or not."""

    row: int = 0
    column: int = 0

    def start(self, kind: str, attributes: Mapping[str, str]) -> None:
        if kind == "row":
            self.row = int(float(attributes["r"])) if "r" in attributes else self.row + 1
            self.column = 0
        elif kind == "c":
            letters = attributes.get("r", "").rstrip("0123456789")
            self.column = column_index_from_string(letters) if letters else self.column + 1


@dataclass
class Outline:
    """What a worksheet looks like around its cells.

    Attributes
    ----------
    last_column : int
        Last column (1-based) with a value, a formula or a merged cell.
    prefix : str
        Prefix of the elements, with the colon.
    tops : dict of str to (int, int)
        The elements right below the root: where the first of a kind begins and ends.
    columns : list of (int, int, dict of str to str)
        The `<col>` elements: begin, end, attributes.
    spaces : mapping of str to str
        Prefix -> namespace, as they hold right below the root.
    notes_at : int
        Where `<legacyDrawing>` belongs.
    drawing : str
        Id of the relation of `<legacyDrawing>`; "" when there is none.
    """

    last_column: int = 0
    prefix: str = ""
    tops: dict[str, tuple[int, int]] = field(default_factory=dict)
    columns: list[tuple[int, int, dict[str, str]]] = field(default_factory=list)
    spaces: Mapping[str, str] = field(default_factory=dict)
    notes_at: int = 0
    drawing: str = ""


def outline_of(data: bytes) -> Outline:
    """Read a worksheet once to know where everything stands."""
    found, place, parser, opened = Outline(), _Place(), new_parser(), list[int]()

    def start(name: str, attributes: dict[str, str]) -> None:
        kind = local_name(name)
        if not opened:
            found.prefix, found.spaces = name[: len(name) - len(kind)], with_declared({}, attributes)
        opened.append(parser.CurrentByteIndex)
        if kind in _CONTENT:
            found.last_column = max(found.last_column, place.column)
        elif kind in ("row", "c"):
            place.start(kind, attributes)
        elif kind == "col":
            found.columns.append((opened[-1], 0, attributes))
        elif kind == "mergeCell":
            last = range_boundaries(attributes.get("ref", "A1"))[2] or 0
            found.last_column = max(found.last_column, last if last <= settings.MAX_COLUMNS else 0)
        elif kind == "legacyDrawing":
            found.drawing = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        if len(opened) == 2 and kind in _BEHIND_NOTES and not found.notes_at:
            found.notes_at = opened[-1]

    def end(name: str) -> None:
        at = opened.pop()
        if local_name(name) == "col":
            found.columns[-1] = (at, element_end(data, at, parser.CurrentByteIndex)[1], found.columns[-1][2])
        if len(opened) == 1:
            found.tops.setdefault(local_name(name), (at, element_end(data, at, parser.CurrentByteIndex)[1]))
        elif not opened and not found.notes_at:
            found.notes_at = parser.CurrentByteIndex

    parser.StartElementHandler, parser.EndElementHandler = start, end
    with damage_reported():
        parser.Parse(data, True)
    return found


@dataclass(frozen=True)
class ColumnPlan:
    """The column to write.

    Attributes
    ----------
    column : int
        1-based.
    texts : dict of int to str
        Excel row -> text.
    header_row : int
        Its text is the header.
    styles : (str, str)
        `s` attribute of the header and of the other cells; "" for none.
    clear : bool
        The column is one of an earlier time: rows without a text are emptied.
    """

    column: int
    texts: Mapping[int, str]
    header_row: int
    styles: tuple[str, str] = ("", "")
    clear: bool = False

    def cell(self, row: int, prefix: str) -> bytes:
        """The cell of a row; b"" for none."""
        text = self.texts.get(row, "")[: settings.MAX_CELL_CHARACTERS]
        if not text:
            return b""
        style = self.styles[0 if row == self.header_row else 1]
        head = f'<{prefix}c r="{get_column_letter(self.column)}{row}"{f" s={chr(34)}{style}{chr(34)}" if style else ""}'
        tags = f' t="inlineStr"><{prefix}is><{prefix}t xml:space="preserve">', f"</{prefix}t></{prefix}is></{prefix}c>"
        return head.encode() + tags[0].encode() + cell_text(text) + tags[1].encode()


class _ColumnWriter:
    """Goes through a worksheet and notes the edits that make the column."""

    def __init__(self, data: bytes, plan: ColumnPlan, prefix: str) -> None:
        self._data, self._plan, self._prefix = data, plan, prefix
        self._place, self.parser = _Place(), new_parser()
        self._row_at = self._replaced_at = -1
        self._new = b""  # the cell of this row that is still to be written
        self._busy = False  # this row is one to change
        self.edits: list[Edit] = []
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local_name(name)
        if kind not in ("row", "c"):
            return
        self._place.start(kind, attributes)
        at = self.parser.CurrentByteIndex
        if kind == "row":
            self._row_at, self._new = at, self._plan.cell(self._place.row, self._prefix)
            self._busy = bool(self._new) or self._plan.clear
        elif self._busy and self._place.column == self._plan.column:
            self._replaced_at = at
        elif self._new and self._place.column > self._plan.column:
            self._add(Edit(at, at, self._new))

    def _end(self, name: str) -> None:
        kind = local_name(name)
        if kind == "c" and self._replaced_at >= 0:
            _, end = element_end(self._data, self._replaced_at, self.parser.CurrentByteIndex)
            self._add(Edit(self._replaced_at, end, self._new))
            self._replaced_at = -1
        elif kind == "row" and self._new:
            inner_end, end = element_end(self._data, self._row_at, self.parser.CurrentByteIndex)
            if inner_end == end:
                tag = _SPANS.sub(b"", self._data[self._row_at : end - 2])
                self.edits.append(Edit(self._row_at, end, tag + b">" + self._new + f"</{name}>".encode()))
            else:
                self._add(Edit(inner_end, inner_end, self._new))
            self._new = b""

    def _add(self, edit: Edit) -> None:
        """An edit in a row that is not a tag on its own; its hint about the columns in use goes."""
        end = tag_end(self._data, self._row_at)
        tag = self._data[self._row_at : end]
        if _SPANS.search(tag):
            self.edits.append(Edit(self._row_at, end, _SPANS.sub(b"", tag)))
        self.edits.append(edit)
        self._new, self._busy = b"", False


def column_edits(data: bytes, outline: Outline, plan: ColumnPlan) -> list[Edit]:
    """The edits that write a column in a worksheet, make it wide enough and let the sheet's size include it."""
    writer = _ColumnWriter(data, plan, outline.prefix)
    with damage_reported():
        writer.parser.Parse(data, True)
    return [*writer.edits, *_width_edits(data, outline, plan.column), *_size_edits(data, outline, plan)]


def _size_edits(data: bytes, outline: Outline, plan: ColumnPlan) -> list[Edit]:
    if "dimension" not in outline.tops:
        return []
    start, end = outline.tops["dimension"]
    tag = data[start:end]
    found = re.search(rb"""ref\s*=\s*["']([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?""", tag)
    if found is None:
        return []
    first, top, last, bottom = (part.decode() if part else "" for part in found.groups())
    far = max(column_index_from_string(last or first), plan.column)
    low = max(int(bottom or top), *plan.texts, 1)
    ref = f"{first}{min(int(top), plan.header_row)}:{get_column_letter(far)}{low}"
    return [Edit(start, end, with_attribute(tag, "ref", ref))]


def _width_edits(data: bytes, outline: Outline, column: int) -> list[Edit]:
    """Give the column its width, and split a range of columns in which it lies."""
    name = f"{outline.prefix}col"
    own = f'<{name} min="{column}" max="{column}" width="{WIDTH}" customWidth="1"/>'.encode()
    for start, end, attributes in outline.columns:
        first, last = int(attributes.get("min", "0")), int(attributes.get("max", "0"))
        if first > column:
            return [Edit(start, start, own)]
        if first <= column <= last:
            tag = _OPEN.sub(b"/>", data[start : tag_end(data, start)])
            parts = [with_attribute(tag, "max", str(column - 1))] if first < column else []
            parts.append(own)
            parts += [with_attribute(tag, "min", str(column + 1))] if last > column else []
            return [Edit(start, end, b"".join(parts))]
    if outline.columns:
        at = data.rindex(b"</", 0, outline.tops["cols"][1])
        return [Edit(at, at, own)]
    start, end = outline.tops.get("cols", (outline.tops["sheetData"][0],) * 2)
    return [Edit(start, end, f"<{outline.prefix}cols>".encode() + own + f"</{outline.prefix}cols>".encode())]
