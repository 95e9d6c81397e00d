"""The parts of an Excel workbook while some are changed: the others are copied as they are."""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO

from einclusie_data.files.read.archive import Archive
from einclusie_data.files.read.xlsx import contents_of, relations_of, relations_part
from einclusie_data.files.repair.xml_edit import appended, edited, parse_tree, utf8

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
