"""The parts of an Excel workbook while some are changed: the others are copied as they are.

Small changes to XML that leave every other byte as it was.

A part is read once to know where its elements begin and end; what is added or replaced is cut into its bytes. So
what we do not know (extensions, comments, the order of attributes) stays as it is.
"""

from __future__ import annotations

import codecs
import posixpath
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import NamedTuple
from xml.parsers import expat

from einclusie_data.contract.errors import UnreadableFileError
from einclusie_data.contract.text import plain_text
from einclusie_data.files.read.kinds import DAMAGED, Archive, damage_reported, local_name, refuse_doctype
from einclusie_data.files.read.xlsx import contents_of, relations_of, relations_part

_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_DECLARATION = re.compile(r"^\s*<\?xml.*?\?>", re.DOTALL)
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class Edit(NamedTuple):
    """Bytes from `start` to `end` that are replaced; nothing is taken away when they are equal."""

    start: int
    end: int
    new: bytes


@dataclass
class Element:
    """An element of a part and where it stands.

    Attributes
    ----------
    name : str
        With its prefix.
    attributes : dict of str to str
    start, inner, inner_end, end : int
        Bytes: its opening tag begins, its content begins, its content ends, it ends.
    text : str
        The text directly in it.
    children : list of Element
    spaces : mapping of str to str
        Prefix -> namespace as they hold inside it, whoever declared them; "" is the namespace of names without prefix.
    """

    name: str
    attributes: dict[str, str]
    start: int
    inner: int
    inner_end: int = 0
    end: int = 0
    text: str = ""
    children: list[Element] = field(default_factory=list)
    spaces: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Name without prefix."""
        return local_name(self.name)

    @property
    def prefix(self) -> str:
        """The prefix of its name, with the colon; "" when it has none."""
        return self.name[: len(self.name) - len(self.kind)]

    @property
    def space(self) -> str:
        """Its namespace; "" when it has none."""
        return self.spaces.get(self.prefix.rstrip(":"), "")

    def child(self, kind: str) -> Element | None:
        """The first child of a kind."""
        return next((one for one in self.children if one.kind == kind), None)


def with_declared(spaces: Mapping[str, str], attributes: Mapping[str, str]) -> Mapping[str, str]:
    """The namespaces around an element and those that it declares itself."""
    own = {key.partition(":")[2]: space for key, space in attributes.items() if key.partition(":")[0] == "xmlns"}
    return {**spaces, **own} if own else spaces


def attribute_prefix(spaces: Mapping[str, str], space: str, wish: str, taken: str = "") -> tuple[str, str]:
    """How an attribute of a namespace is spelled in a new tag.

    A sibling's spelling is no guide: it may declare the prefix on itself.

    Parameters
    ----------
    spaces : mapping of str to str
        What holds where the tag will stand (`Element.spaces` of its parent).
    space : str
    wish : str
        The prefix that is declared when there is none for the namespace.
    taken : str
        The prefix of the new tag itself, which keeps its meaning.

    Returns
    -------
    tuple of (str, str)
        The prefix with its colon, and what declares it in the tag: "" when it holds there already.

    Examples
    --------
    >>> attribute_prefix({"": "main", "r": "office"}, "office", "r")
    ('r:', '')
    >>> attribute_prefix({"": "main"}, "office", "r")
    ('r:', ' xmlns:r="office"')
    """
    known = next((prefix for prefix, one in spaces.items() if prefix and one == space), "")
    if known:
        return f"{known}:", ""
    new = f"{wish}_" if taken.rstrip(":") == wish else wish
    return f"{new}:", f' xmlns:{new}="{as_typed(space).decode()}"'


def opening(data: bytes, element: Element) -> bytes:
    """The opening tag of an element with all that it declares, also when it is a tag on its own."""
    if element.inner_end == element.end:
        return data[element.start : element.end - 2].rstrip() + b">"
    return data[element.start : element.inner]


def utf8(data: bytes) -> bytes:
    """A part in an encoding in which every tag is ASCII: UTF-16 becomes UTF-8."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    with damage_reported():
        return _DECLARATION.sub("", data.decode("utf-16"), count=1).encode()


def new_parser() -> expat.XMLParserType:
    """A parser that stops at a doctype."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.EntityDeclHandler = refuse_doctype
    parser.buffer_text = True
    return parser


def tag_end(data: bytes, start: int) -> int:
    """Where the tag that begins at `start` ends."""
    match = _TAG.match(data, start)
    if match is None:
        raise UnreadableFileError(DAMAGED)
    return match.end()


def element_end(data: bytes, start: int, at: int) -> tuple[int, int]:
    """Where the content of an element ends and where it ends itself.

    Parameters
    ----------
    data : bytes
    start : int
        Where it begins.
    at : int
        Where the parser says that it closes: at its closing tag, or behind it when it is a tag on its own.
    """
    opened = tag_end(data, start)
    return (at, tag_end(data, at)) if data[opened - 2 : opened] != b"/>" else (opened, opened)


def parse_tree(data: bytes) -> Element:
    """The elements of a small part.

    Parameters
    ----------
    data : bytes
        From `utf8`.

    Raises
    ------
    UnreadableFileError
        Damaged, or with a doctype.
    """
    parser, top = new_parser(), Element("", {}, 0, 0)
    path = [top]

    def start(name: str, attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        spaces = with_declared(path[-1].spaces, attributes)
        path.append(Element(name, attributes, at, tag_end(data, at), spaces=spaces))
        path[-2].children.append(path[-1])

    def end(_: str) -> None:
        one = path.pop()
        one.inner_end, one.end = element_end(data, one.start, parser.CurrentByteIndex)

    def text(piece: str) -> None:
        path[-1].text += piece

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    with damage_reported():
        parser.Parse(data, True)
    return top.children[0]


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The part with its edits, which do not overlap."""
    pieces, done = [], 0
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        pieces += [data[done : edit.start], edit.new]
        done = edit.end
    return b"".join([*pieces, data[done:]])


def appended(data: bytes, parent: Element, child: bytes) -> Edit:
    """The edit that puts a child at the end of an element, also when that is a tag on its own."""
    if parent.inner_end == parent.end:
        return Edit(parent.start, parent.end, opening(data, parent) + child + f"</{parent.name}>".encode())
    return Edit(parent.inner_end, parent.inner_end, child)


def with_attribute(tag: bytes, name: str, value: str) -> bytes:
    """An opening tag in which an attribute that it has gets another value."""
    return re.sub(rb"(\s" + name.encode() + rb"""\s*=\s*)("[^"]*"|'[^']*')""", rb'\1"' + value.encode() + b'"', tag)


def as_typed(text: str) -> bytes:
    """A text between tags of any encoding; only markup is escaped.

    Examples
    --------
    >>> as_typed("a < b & één")
    b'a &lt; b &amp; &#233;&#233;n'
    """
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text.replace("\r", "&#13;").encode("ascii", "xmlcharrefreplace")


def cell_text(text: str) -> bytes:
    """A text of ours as it stands in a workbook: no control characters, and no `_x0041_` that reads as a letter.

    Examples
    --------
    >>> cell_text("_x0041_ & Co")
    b'_x005F_x0041_ &amp; Co'
    """
    return as_typed(_ESCAPE_LIKE.sub("_x005F_", plain_text(text)))


CONTENT_TYPES = "[Content_Types].xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = {_OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
           _MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main"}  # fmt: skip
"""Namespaces -> what they are in a workbook of the kind "Strict"."""
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_RELATIONS = f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"/>'.encode()
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = {
    "comments": f"{_SPREADSHEET}.comments+xml",
    "worksheet": f"{_SPREADSHEET}.worksheet+xml",
    "vmlDrawing": "application/vnd.openxmlformats-officedocument.vmlDrawing",
}
"""Type of a relation -> content type of the part that it leads to."""


class Package:
    """A workbook's archive, and what is different in it.

    Attributes
    ----------
    archive : Archive
    contents : Contents
    office, main : str
        Namespace of relations and of workbooks: those of a workbook of the kind "Strict" are others.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.contents = contents_of(archive)
        strict = _STRICT[_MAIN].encode() in self.archive.read(self.contents.part)
        self.office, self.main = (_STRICT[space] if strict else space for space in (_OFFICE, _MAIN))
        self._changed: dict[str, bytes] = {}
        self._added: dict[str, str] = {}
        self._names = {one.filename.replace("\\", "/").lstrip("/").casefold() for one in archive.members}

    def read(self, part: str) -> bytes:
        """A part as it is now, in an encoding whose tags are ASCII."""
        changed = self._changed.get(part.casefold())
        return utf8(self.archive.read(part)) if changed is None else changed

    def write(self, part: str, data: bytes) -> None:
        """Change a part, or add one."""
        self._changed[part.casefold()] = data
        if part.casefold() not in self._names:
            self._names.add(part.casefold())
            self._added[part.casefold()] = part

    def free_name(self, pattern: str) -> str:
        """A name that no part has yet, such as ``xl/comments3.xml``."""
        number = 1
        while pattern.format(number).casefold() in self._names:
            number += 1
        return pattern.format(number)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relations of a part as it was in the file."""
        return relations_of(self.archive, part)

    def add_part(self, source: str, pattern: str, kind: str, data: bytes) -> str:
        """Add a part to which `source` has a relation of this kind; returns the id of the relation."""
        part = self.free_name(pattern)
        self.write(part, data)
        self._declare(part, kind)
        return self._relate(source, part, kind)

    def _declare(self, part: str, kind: str) -> None:
        """Say in the list of content types what a new part is."""
        data = self.read(CONTENT_TYPES)
        top = parse_tree(data)
        extension = posixpath.splitext(part)[1][1:]
        known = {one.attributes.get("Extension", "").casefold() for one in top.children if one.kind == "Default"}
        if extension == "vml":
            line = "" if "vml" in known else f'Default Extension="vml" ContentType="{TYPES[kind]}"'
        else:
            line = f'Override PartName="/{part}" ContentType="{TYPES[kind]}"'
        if line:
            self.write(CONTENT_TYPES, edited(data, [appended(data, top, f"<{top.prefix}{line}/>".encode())]))

    def _relate(self, source: str, part: str, kind: str) -> str:
        name = relations_part(source)
        data = self.read(name) if name.casefold() in self._names else _NO_RELATIONS
        top = parse_tree(data)
        used = {one.attributes.get("Id", "") for one in top.children}
        number = 1
        while f"rId{number}" in used:
            number += 1
        line = f'<{top.prefix}Relationship Id="rId{number}" Type="{self.office}/{kind}" Target="/{part}"/>'
        self.write(name, edited(data, [appended(data, top, line.encode())]))
        return f"rId{number}"

    def content(self) -> bytes:
        """The archive with its changes."""
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
            for one in self.archive.members:
                changed = self._changed.get(one.filename.replace("\\", "/").lstrip("/").casefold())
                target.writestr(_copied(one), self.archive.read_member(one) if changed is None else changed)
            for name, part in self._added.items():
                target.writestr(zipfile.ZipInfo(part), self._changed[name], zipfile.ZIP_DEFLATED)
        return buffer.getvalue()


def _copied(one: zipfile.ZipInfo) -> zipfile.ZipInfo:
    copy = zipfile.ZipInfo(one.filename, one.date_time)
    copy.compress_type = zipfile.ZIP_STORED if one.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    copy.external_attr = one.external_attr
    copy.create_system = one.create_system
    return copy
