"""A new Excel workbook with the texts of sheets, for files that are no .xlsx and cannot be repaired in place."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO

from openpyxl.utils import get_column_letter

from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.workbook import RawSheet, RawWorkbook
from einclusie_data.files.repair.package import CONTENT_TYPES, TYPES, as_typed, cell_text

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_WIDTH = 18
_STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)  # fmt: skip


def sheet_names(raw: RawWorkbook) -> list[str]:
    """A name that Excel allows for every sheet, none of them twice."""
    names: list[str] = []
    for sheet in raw.sheets:
        base = _NOT_IN_A_NAME.sub(" ", sheet.name or OFFERS.name).strip("' ")[:_LONGEST_NAME] or "Blad"
        name, number = base, 2
        while name.casefold() in {one.casefold() for one in names}:
            name, number = f"{base[: _LONGEST_NAME - 5]} ({number})", number + 1
        names.append(name)
    return names


def row_xml(number: int, texts: Sequence[str], style: str, *, hidden: bool = False) -> bytes:
    """A row of texts; "" is no cell."""
    cells = (
        f'<c r="{get_column_letter(place)}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'.encode()
        + cell_text(text)
        + b"</t></is></c>"
        for place, text in enumerate(texts, start=1)
        if text
    )
    hide = ' hidden="1"' if hidden else ""
    return f'<row r="{number}"{hide}>'.encode() + b"".join(cells) + b"</row>"


def _sheet_xml(sheet: RawSheet) -> bytes:
    rows = b"".join(
        row_xml(number, row, "1", hidden=number in sheet.hidden_rows)
        for number, row in zip(sheet.numbers, sheet.rows, strict=True)
    )
    merged = "".join(
        f'<mergeCell ref="{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"/>'
        for top, left, bottom, right in sheet.merged
    )
    behind = f'<mergeCells count="{len(sheet.merged)}">{merged}</mergeCells>' if merged else ""
    width = max((len(row) for row in sheet.rows), default=1)
    cols = f'<cols><col min="1" max="{width}" width="{_WIDTH}" customWidth="1"/></cols>'
    head = f'{XML}<worksheet xmlns="{MAIN}">{cols}<sheetData>'
    return head.encode() + rows + b"</sheetData>" + behind.encode() + b"</worksheet>"


def book_bytes(raw: RawWorkbook) -> bytes:
    """A workbook whose cells are the texts of these sheets, all in the format "text".

    Parameters
    ----------
    raw : RawWorkbook
        Rows keep their number, hidden rows and sheets stay hidden, merged cells stay merged.

    Returns
    -------
    bytes
    """
    names = sheet_names(raw)
    paths = [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(names) + 1)]
    all_hidden = all(sheet.hidden for sheet in raw.sheets)
    sheets = b"".join(
        b'<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>'
        % (as_typed(name), number, b' state="hidden"' if sheet.hidden and not all_hidden else b"", number)
        for number, (name, sheet) in enumerate(zip(names, raw.sheets, strict=True), start=1)
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="/{path}"/>'
        for number, path in enumerate(paths, start=1)
    )
    relations += f'<Relationship Id="rId{len(paths) + 1}" Type="{_OFFICE}/styles" Target="/xl/styles.xml"/>'
    book = f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><sheets>'.encode() + sheets + b"</sheets></workbook>"
    main = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="/xl/workbook.xml"/>'
    return _zipped(
        {
            CONTENT_TYPES: _content_types(paths),
            "_rels/.rels": _relations(main),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": _relations(relations),
            "xl/styles.xml": _STYLES.encode(),
            **{path: _sheet_xml(sheet) for path, sheet in zip(paths, raw.sheets, strict=True)},
        }
    )


def _relations(lines: str) -> bytes:
    return f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'.encode()


def _content_types(paths: Sequence[str]) -> bytes:
    kinds = {"xl/workbook.xml": _BOOK_TYPE, "xl/styles.xml": _STYLES_TYPE, **dict.fromkeys(paths, TYPES["worksheet"])}
    lines = "".join(f'<Override PartName="/{path}" ContentType="{kind}"/>' for path, kind in kinds.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{XML}<Types xmlns="{_PACKAGE}/content-types">{defaults}{lines}</Types>'.encode()


def _zipped(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
