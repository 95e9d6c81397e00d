"""Files of every kind, made by hand: small parts of .xlsx and .ods, containers of .xls, zip archives."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

CONTENT_TYPES = "<Types/>"
WORKBOOK = '<workbook xmlns:r="x"><sheets><sheet name="Aanbod" sheetId="1" r:id="r1"/></sheets></workbook>'
RELATIONS = (
    '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/>'
    '<Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>'
)
ODS_HEAD = (
    '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:calcext="c" '
    'xmlns:draw="d"><office:automatic-styles><style:style style:name="h"><style:table-properties '
    'table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>'
)
ODS_TAIL = "</office:spreadsheet></office:body></office:document-content>"
ODS_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def zip_bytes(members: dict[str, str | bytes]) -> bytes:
    """A zip archive with these files."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def xlsx_parts(rows: str | bytes = "", *, after: str = "", **parts: str | bytes) -> bytes:
    """An .xlsx whose one sheet has these `<row>` elements; `parts` replace the others."""
    whole = rows.encode() if isinstance(rows, str) else rows
    optional = {"xl/sharedStrings.xml": parts.get("shared"), "xl/styles.xml": parts.get("styles")}
    return zip_bytes(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "xl/workbook.xml": parts.get("workbook", WORKBOOK),
            "xl/_rels/workbook.xml.rels": parts.get("relations", RELATIONS),
            "xl/worksheets/sheet1.xml": b"<worksheet><sheetData>" + whole + b"</sheetData>" + after.encode()
            + b"</worksheet>",
            **{name: content for name, content in optional.items() if content is not None},
        }
    )  # fmt: skip


def text_cell(text: str, place: str = "") -> str:
    """A cell of a worksheet with its text in it."""
    where = f' r="{place}"' if place else ""
    return f'<c{where} t="inlineStr"><is><t>{text}</t></is></c>'


def ods_bytes(tables: str, **members: str | bytes) -> bytes:
    """An .ods with these `<table:table>` elements."""
    return zip_bytes({"mimetype": ODS_MIMETYPE, "content.xml": ODS_HEAD + tables + ODS_TAIL, **members})


def ods_table(rows: str, name: str = "Aanbod", style: str = "") -> str:
    """A sheet of an .ods."""
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def ole_bytes(*streams: str) -> bytes:
    """The smallest OLE container that has streams of these names, all empty."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0) + b"\xff" * 432
    fat = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    directory = b"".join(_entry(name, 2 if place else 5) for place, name in enumerate(("Root Entry", *streams)))
    return header[:512] + fat + directory.ljust(512, b"\0")


def _entry(name: str, kind: int) -> bytes:
    encoded = name.encode("utf-16-le")
    return encoded.ljust(64, b"\0") + struct.pack("<HB", len(encoded) + 2, kind) + bytes(49) + bytes(12)


def biff_records(*records: tuple[int, bytes]) -> bytes:
    """Records of an .xls, one after the other."""
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records)
