"""Two looks for the column of a repair, added at the end of a workbook's styles; all other styles keep their number."""

from __future__ import annotations

from einclusie_data.files.repair.xml_edit import Edit, Element, appended, edited, parse_tree, tag_end, with_attribute

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
