"""A repaired workbook is valid for every reader, whichever program wrote the workbook.

Programs declare the prefixes of their names in other places: at the root, on every element, or with a prefix for
everything. Our own reader ignores namespaces, so here strict parsers and other programs read the result.
"""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import defusedxml.ElementTree
import lxml.etree
import pytest
from openpyxl import load_workbook

from einclusie_data.contract.schema import REPAIR_COLUMN, REPAIR_SHEET
from einclusie_data.files.repair.notes import EMPTY_DRAWING, FIRST_LINE, NotesChange, change_drawing
from tests.files.test_repair import BAD, HEADERS, NAMELESS, members, messy, notes_of, repaired
from tests.raw_files import zip_bytes

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML_SPACE = "http://www.w3.org/XML/1998/namespace"
PREFIXES = {MAIN: "x", OFFICE: "r", "urn:schemas-microsoft-com:vml": "v", XML_SPACE: "xml",
            "urn:schemas-microsoft-com:office:office": "o", "urn:schemas-microsoft-com:office:excel": "xl"}  # fmt: skip


# --- how programs write -----------------------------------------------------------------------------------------------
def split(name: str) -> tuple[str, str]:
    space, _, local = name.rpartition("}")
    return space.removeprefix("{"), local


def every_element(element: ET.Element, prefixes: dict[str, str], around: str = "") -> str:
    """An element as text in which it declares itself all that it needs; a namespace without prefix is the default."""
    names = [split(element.tag), *(split(key) for key in element.attrib)]
    space, local = names[0]
    tag = f"{prefixes[space]}:{local}" if space in prefixes else local
    declared = f' xmlns="{space}"' if space not in prefixes and space != around else ""
    used = {one for one, _ in names if one in prefixes and one != XML_SPACE}
    declared += "".join(f' xmlns:{prefixes[one]}="{one}"' for one in sorted(used))
    attributes = "".join(
        f" {prefixes.setdefault(one, f'p{len(prefixes)}') + ':' if one else ''}{key}={quoted(value)}"
        for (one, key), value in zip(names[1:], element.attrib.values(), strict=True)
    )
    default = around if space in prefixes else space
    inner = escaped(element.text) + "".join(
        every_element(child, prefixes, default) + escaped(child.tail) for child in element
    )
    return f"<{tag}{attributes}{declared}>{inner}</{tag}>" if inner else f"<{tag}{attributes}{declared}/>"


def escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    return '"' + escaped(text).replace('"', "&quot;").replace("\n", "&#10;") + '"'


def rewritten(content: bytes, write: Callable[[ET.Element], str | bytes]) -> bytes:
    """A workbook whose own parts (not those of charts and tables) another program could have written so."""
    parts = members(content)
    ours = [name for name in parts if re.search(r"\.(rels|vml)$|^\[|^xl/(workbook|styles|comments|worksheets)", name)]
    return zip_bytes(parts | {name: write(defusedxml.ElementTree.fromstring(parts[name])) for name in ours})


def with_prefixes_on_every_element(content: bytes) -> bytes:
    """As openpyxl does with lxml, and more so: no element leans on another."""
    prefixes = {space: prefix for space, prefix in PREFIXES.items() if space != MAIN}
    return rewritten(content, lambda root: every_element(root, dict(prefixes)))


def as_the_dotnet_sdk(content: bytes) -> bytes:
    """`<x:sheet xmlns:r=…>`: a prefix for everything, declared where it is used."""
    return rewritten(content, lambda root: every_element(root, dict(PREFIXES)))


def with_numbered_prefixes(content: bytes) -> bytes:
    """As programs write that leave the names to Python's own library: `ns0:` for everything, at the root."""
    return rewritten(content, lambda root: ET.tostring(root, encoding="unicode"))


def as_strict(content: bytes) -> bytes:
    """The other kind of workbook that Excel saves: "Strict Open XML"."""
    return with_spaces(content, {MAIN: STRICT_MAIN, OFFICE: STRICT_OFFICE})


def as_usual(content: bytes) -> bytes:
    """As `as_strict`, the other way round: openpyxl reads no strict workbook."""
    return with_spaces(content, {STRICT_MAIN: MAIN, STRICT_OFFICE: OFFICE})


def with_spaces(content: bytes, spaces: dict[str, str]) -> bytes:
    parts = members(content)
    for name in [name for name in parts if name.endswith((".xml", ".rels")) and "chart" not in name]:
        for old, new in spaces.items():
            parts[name] = parts[name].replace(old.encode(), new.encode())
    return zip_bytes(parts)


def by_openpyxl_with_lxml(content: bytes) -> bytes:
    """Read and written again by openpyxl in a process in which it uses lxml."""
    code = "import sys, io, openpyxl; assert openpyxl.LXML; openpyxl.load_workbook(io.BytesIO(sys.stdin.buffer.read()))"
    code += ".save(sys.stdout.buffer)"
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, input=content, capture_output=True, check=True, timeout=120, env=os.environ | {"OPENPYXL_LXML": "True"}
    ).stdout


SHARED = "".join(f"<si><t>{text}</t></si>" for text in (*HEADERS, *map(str, BAD[1:]), *map(str, NAMELESS[2:])))
EXCEL_SPACES = (
    f'xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'mc:Ignorable="x14ac xr xr2 xr3" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
    'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" '
    'xmlns:xr2="http://schemas.microsoft.com/office/spreadsheetml/2015/revision2" '
    'xmlns:xr3="http://schemas.microsoft.com/office/spreadsheetml/2016/revision3"'
)
GOOGLE_SPACES = (
    f'xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:mv="urn:schemas-microsoft-com:mac:vml" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main" '
    'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
)
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def by_hand(spaces: str, row: str, sheet: str, fonts: str) -> bytes:
    """A workbook of two rows, as a program with these namespaces writes it."""

    def cells(number: int, texts: range | list[int]) -> str:
        return "".join(
            f'<c r="{letter}{number}" s="0" t="s"><v>{text}</v></c>'
            for letter, text in zip("ABCDE", texts, strict=False)
        )

    rows = "".join(
        f'<row r="{number}" {row}>{cells(number, texts)}</row>'
        for number, texts in ((1, range(5)), (2, [3, 5, 6, 7, 8]), (3, [3, 5, 9, 7, 8]))
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    kinds = {"worksheet": "worksheets/sheet1.xml", "styles": "styles.xml", "sharedStrings": "sharedStrings.xml"}
    relations = "".join(
        f'<Relationship Id="rId{place}" Type="{OFFICE}/{kind}" Target="{path}"/>'
        for place, (kind, path) in enumerate(kinds.items(), 1)
    )
    types = "".join(
        f'<Override PartName="/xl/{path}" ContentType="{SHEET_TYPE}.{kind}+xml"/>' for kind, path in kinds.items()
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="{SHEET_TYPE}.sheet.main+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        "xl/workbook.xml": f'<workbook {spaces}><sheets><sheet name="Aanbod" sheetId="7" r:id="rId1"/></sheets>'
        "</workbook>",
        "xl/worksheets/sheet1.xml": f'<worksheet {spaces} {sheet}><dimension ref="A1:E3"/><sheetData>{rows}</sheetData>'
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{SHARED}</sst>',
        "xl/styles.xml": f'<styleSheet {spaces}><fonts count="1"{fonts}><font><sz val="11"/><name val="Calibri"/>'
        '</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
        'patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/>'
        '</border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        '</cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
        "</styleSheet>",
    }
    return zip_bytes({name: head + part for name, part in parts.items()})


WRITERS: dict[str, Callable[[], bytes]] = {
    "openpyxl": messy,
    "openpyxl_lxml": lambda: by_openpyxl_with_lxml(messy()),
    "elk_element": lambda: with_prefixes_on_every_element(messy()),
    "dotnet": lambda: as_the_dotnet_sdk(messy()),
    "genummerd": lambda: with_numbered_prefixes(messy()),
    "strict": lambda: as_strict(messy()),
    "excel": lambda: by_hand(
        EXCEL_SPACES, 'spans="1:5" x14ac:dyDescent="0.25"', 'xr:uid="{00000000-0001-0000-0000-000000000000}"',
        ' x14ac:knownFonts="1"',
    ),
    "google": lambda: by_hand(GOOGLE_SPACES, 'ht="15.75" customHeight="1"', "", ""),
}  # fmt: skip


@pytest.fixture(scope="module", params=list(WRITERS))
def pair(request: pytest.FixtureRequest) -> tuple[bytes, bytes]:
    """A workbook of some program, and its repair."""
    content = WRITERS[request.param]()
    return content, repaired(content)


# --- what every reader asks -------------------------------------------------------------------------------------------
def xml_parts(content: bytes) -> dict[str, lxml.etree._Element]:
    """Every part of XML, read by a strict parser."""
    strict = lxml.etree.XMLParser(recover=False, resolve_entities=False, no_network=True)
    return {
        name: lxml.etree.fromstring(data, strict)
        for name, data in members(content).items()
        if name.endswith((".xml", ".rels", ".vml"))
    }


def test_every_part_is_read_by_strict_parsers(pair: tuple[bytes, bytes]) -> None:
    for name, root in xml_parts(pair[1]).items():
        defusedxml.ElementTree.fromstring(members(pair[1])[name])
        for element in root.iter(lxml.etree.Element):
            ignored = element.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable", "")
            assert set(ignored.split()) <= set(element.nsmap), name
            assert split(element.tag)[0] or name.endswith(".vml") or name == "customXml/item1.xml", (name, element.tag)


def test_every_relation_leads_somewhere_and_every_part_has_a_type(pair: tuple[bytes, bytes]) -> None:
    parts, names = xml_parts(pair[1]), set(members(pair[1]))
    types = parts["[Content_Types].xml"]
    defaults = {one.get("Extension", "").lower() for one in types if split(one.tag)[1] == "Default"}
    overrides = [one.get("PartName", "") for one in types if split(one.tag)[1] == "Override"]
    assert len(overrides) == len(set(overrides))
    assert {one.lstrip("/") for one in overrides} <= names
    for name, root in parts.items():
        if not name.endswith(".rels"):
            continue
        ids = [one.get("Id") for one in root]
        assert len(ids) == len(set(ids))
        folder = posixpath.dirname(posixpath.dirname(name))
        for one in root:
            target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
            assert target in names, (name, target)
            assert f"/{target}" in overrides or posixpath.splitext(target)[1][1:] in defaults, target


def test_every_id_of_a_relation_is_one(pair: tuple[bytes, bytes]) -> None:
    parts = xml_parts(pair[1])
    for name, root in parts.items():
        if not re.match(r"xl/(workbook|worksheets/[^/]*)\.xml", name):
            continue
        folder, file = posixpath.split(name)
        relations = parts.get(f"{folder}/_rels/{file}.rels")
        known = {} if relations is None else {one.get("Id"): one.get("Type") for one in relations}
        for element in root.iter(lxml.etree.Element):
            for key, value in element.attrib.items():
                space, local = split(key)
                if local == "id" and space:
                    assert space in (OFFICE, STRICT_OFFICE), (name, key)
                    assert known[value].startswith(space), (name, value)


def test_one_workbook_has_one_kind_of_namespaces(pair: tuple[bytes, bytes]) -> None:
    spaces = {
        split(root.tag)[0]
        for name, root in xml_parts(pair[1]).items()
        if re.match(r"xl/(workbook|styles|comments|worksheets/sheet)", name)
    }
    assert len(spaces) == 1


def test_openpyxl_reads_what_we_wrote(pair: tuple[bytes, bytes]) -> None:
    before, after = (load_workbook(BytesIO(as_usual(content))) for content in pair)
    assert after.sheetnames == [*before.sheetnames, REPAIR_SHEET]
    assert [cell.value for row in after["Aanbod"] for cell in row].count(REPAIR_COLUMN) == 1
    assert any(FIRST_LINE in note for note in notes_of(after["Aanbod"]).values())
    for cell, note in notes_of(before["Aanbod"]).items():
        assert notes_of(after["Aanbod"])[cell].startswith(note)


def test_a_second_repair_changes_nothing(pair: tuple[bytes, bytes]) -> None:
    assert members(repaired(pair[1])) == members(pair[1])


@pytest.mark.libreoffice
def test_libreoffice_opens_all_of_them(tmp_path: Path) -> None:
    for name, make in WRITERS.items():
        (tmp_path / f"{name}.xlsx").write_bytes(repaired(make()))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profiel').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "uit")]
    subprocess.run([*command, *map(str, sorted(tmp_path.glob("*.xlsx")))], check=True, timeout=300)
    for name in WRITERS:
        path = tmp_path / "uit" / f"{name}.xlsx"
        assert path.exists(), name
        book = load_workbook(path)
        assert book.sheetnames[-1] == REPAIR_SHEET, name
        assert any(FIRST_LINE in note for note in notes_of(book["Aanbod"]).values()), name
        again = repaired(path.read_bytes())  # and what LibreOffice wrote is repaired as well
        assert xml_parts(again), name
        assert load_workbook(BytesIO(again)).sheetnames == book.sheetnames


def test_a_prefix_that_another_box_declares_on_itself_does_not_hold_for_ours() -> None:
    own = '<v:shape xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s1030"><x:ClientData/></v:shape>'
    drawing = EMPTY_DRAWING.replace(' xmlns:x="urn:schemas-microsoft-com:office:excel"', "").replace(
        "</xml>", f"{own}</xml>"
    )
    for before in (drawing, '<xml xmlns:v="urn:schemas-microsoft-com:vml"/>', '<xml xmlns:x="urn:iets-anders"></xml>'):
        after = change_drawing(before.encode(), NotesChange(b"", added=["B2", "C3"]))
        rows = defusedxml.ElementTree.fromstring(after).findall(".//{urn:schemas-microsoft-com:office:excel}Row")
        assert [row.text for row in rows] == ["1", "2"]
