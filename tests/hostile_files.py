"""Files that are broken or mean harm, made of real ones: always the same ones, each of a named kind."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from openpyxl import load_workbook
from openpyxl.comments import Comment

from einclusie_data.contract import settings
from tests.raw_files import ods_bytes, ods_table, ole_bytes, text_cell, xlsx_parts, zip_bytes

DATA = Path(__file__).parent / "data"
HEADERS = ("Nr", "Naam aanbod", "Organisatie", "Doelgroep", "Wijk")


class HostileFile(NamedTuple):
    """A file, the name under which it is supplied, and what is wrong with it."""

    kind: str
    name: str
    content: bytes


def real_workbooks() -> dict[str, bytes]:
    """Real workbooks by name: small enough to read hundreds of times."""
    return {
        "gouden.xlsx": (DATA / "gouden_werkmap.xlsx").read_bytes(),
        "klein.ods": (DATA / "klein.ods").read_bytes(),
        "klein.xls": (DATA / "klein.xls").read_bytes(),
        "macro.xlsm": with_macro(with_notes((DATA / "gouden_werkmap.xlsx").read_bytes())),
        "aanbod.csv": "\r\n".join(
            [";".join(HEADERS), *(f"{n};Les {n};Atlas;Ouderen;Kiel" for n in range(30))]
        ).encode(),
    }


def with_notes(content: bytes) -> bytes:
    """A workbook with a note and a formula."""
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    sheet["B2"].comment = Comment("van ons", "Bea")
    sheet.cell(2, sheet.max_column + 1).value = "=1+1"
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_macro(content: bytes) -> bytes:
    """A workbook that carries a macro."""
    return changed_parts(
        content,
        {
            "[Content_Types].xml": lambda data: data.replace(
                b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
            ).replace(
                b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
            ),
            "xl/_rels/workbook.xml.rels": lambda data: data.replace(
                b"</Relationships>",
                b'<Relationship Id="rIdM" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
                b'Target="vbaProject.bin"/></Relationships>',
            ),
        },
        **{"xl/vbaProject.bin": ole_bytes("VBA", "PROJECT") + b'Sub Auto_Open() Shell "calc" End Sub'},
    )


def changed_parts(content: bytes, changes: dict[str, Callable[[bytes], bytes]], **more: bytes) -> bytes:
    """A zip archive with some parts changed and some added."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zip_bytes({name: changes.get(name, bytes)(data) for name, data in parts.items()} | more)


TAG = re.compile(rb"<[^<>]*>")
NUMBER = re.compile(rb"\d+")
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


def _drop_tag(data: bytes, chance: random.Random) -> bytes:
    tag = chance.choice(list(TAG.finditer(data)))
    return data[: tag.start()] + data[tag.end() :]


def _double_tag(data: bytes, chance: random.Random) -> bytes:
    tag = chance.choice(list(TAG.finditer(data)))
    return data[: tag.end()] + tag[0] * chance.choice((1, 50)) + data[tag.end() :]


def _wild_number(data: bytes, chance: random.Random) -> bytes:
    number = chance.choice(list(NUMBER.finditer(data)))
    wild = chance.choice((b"-1", b"0", b"4294967296", b"99999999999999999999999", b"1e999", b"", b"NaN", b"16385"))
    return data[: number.start()] + wild + data[number.end() :]


def _swap_tags(data: bytes, chance: random.Random) -> bytes:
    first, second = sorted(chance.sample(list(TAG.finditer(data)), 2), key=lambda tag: tag.start())
    between = data[first.end() : second.start()]
    return data[: first.start()] + second[0] + between + first[0] + data[second.end() :]


def _cut_xml(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _odd_bytes(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.choice((b"\x00", b"\xff\xfe", b"&#0;", b"&nietbekend;", b"]]>", b"\xc3")) + data[at:]


def _entities(data: bytes, _: random.Random) -> bytes:
    at = data.index(b"?>") + 2 if data.startswith(b"<?xml") else 0
    return data[:at] + DOCTYPE + data[at:]


XML_CHANGES: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "een tag weg": _drop_tag,
    "een tag te veel": _double_tag,
    "een wild getal": _wild_number,
    "tags verwisseld": _swap_tags,
    "XML afgeknipt": _cut_xml,
    "vreemde bytes in XML": _odd_bytes,
    "XML-entiteiten": _entities,
}


def changed_xml(content: bytes, kind: str, chance: random.Random) -> bytes:
    """A zip archive of which the XML of one part is changed in this way."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if len(TAG.findall(archive.read(name))) > 2]
        names = [name for name in names if NUMBER.search(archive.read(name)) and "theme" not in name]
    name = chance.choice(names)
    return changed_parts(content, {name: lambda data: XML_CHANGES[kind](data, chance)})


def changed_bytes(content: bytes, chance: random.Random) -> bytes:
    """A file in which some bytes are others."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 3, 20))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def _mutations(chance: random.Random) -> Iterator[HostileFile]:
    """Real workbooks, each damaged in many ways."""
    for name, content in real_workbooks().items():
        for _ in range(9):
            yield HostileFile("bytes veranderd", name, changed_bytes(content, chance))
        for _ in range(6):
            yield HostileFile("afgeknipt", name, content[: chance.randrange(1, len(content))])
        for other in (".xls", ".csv", ".ods", ".pdf", ""):
            yield HostileFile("hernoemd", name.rpartition(".")[0] + other, content)
        if content.startswith(b"PK"):
            for kind in XML_CHANGES:
                for _ in range(4):
                    yield HostileFile(kind, name, changed_xml(content, kind, chance))


def _harmful() -> Iterator[HostileFile]:
    """Files that are made to hurt, one by one."""
    macro, gold = (real_workbooks()[name] for name in ("macro.xlsm", "gouden.xlsx"))
    yield HostileFile("met een macro", "macro.xlsm", macro)
    yield HostileFile("met een macro", "macro.xlsx", macro)
    yield HostileFile("versleuteld", "geheim.xlsx", ole_bytes("EncryptedPackage", "EncryptionInfo"))
    yield HostileFile(
        "versleuteld", "geheim.ods", ods_bytes("", **{"META-INF/manifest.xml": "<manifest:encryption-data/>"})
    )
    yield HostileFile("zipbom", "bom.xlsx", xlsx_parts(b" " * (settings.MAX_UNPACKED_BYTES + 1)))
    yield HostileFile("zipbom", "bom.ods", ods_bytes(" " * 299_000_000))
    yield HostileFile("zip in een zip", "zip.xlsx", zip_bytes({"xl/workbook.xml": gold, "a.zip": gold}))
    corner = f'<row r="1">{text_cell("a", "A1")}</row><row r="1048576">{text_cell("b", "XFD1048576")}</row>'
    yield HostileFile("cel in de laatste hoek", "hoek.xlsx", xlsx_parts(corner))
    many = b"".join(b'<row r="%d" s="3" customFormat="1"><c s="3"/></row>' % n for n in range(1, 1_000_001))
    yield HostileFile("een miljoen opgemaakte rijen", "opmaak.xlsx", xlsx_parts(many))
    repeated = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>'
    yield HostileFile("een miljoen opgemaakte rijen", "opmaak.ods", ods_bytes(ods_table(repeated)))
    yield HostileFile("diep genest", "diep.xlsx", xlsx_parts(after="<a>" * 300_000))
    yield HostileFile(
        "buiten de map", "pad.xlsx", zip_bytes({"../../xl/workbook.xml": "<workbook/>", "/etc/passwd": "x"})
    )
    no_workbooks = {
        "leeg.xlsx": b"",
        "leegzip.xlsx": b"PK\x05\x06" + bytes(18),
        "nul.csv": bytes(5000),
        "aanhaling.csv": b'"' * 100_000,
        "punt.csv": b";" * 100_000,
        "half.csv": b"\xff\xfe" + b"\xd8\x00" * 500,
        "groot.xlsx": bytes(settings.MAX_FILE_BYTES + 1),
    }
    for name, content in no_workbooks.items():
        yield HostileFile("geen werkmap", name, content)


def hostile_files() -> list[HostileFile]:
    """More than 200 files: the same ones every time."""
    return [*_harmful(), *_mutations(random.Random(20_260_323))]
