"""A workbook to repair: what is added, what stays as it was, and what it means when it is uploaded again."""

from __future__ import annotations

import posixpath
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from einclusie_data.checking.workbook import check_workbook
from einclusie_data.contract import settings
from einclusie_data.contract.errors import OversizedFileError, UnreadableFileError
from einclusie_data.contract.schema import REPAIR_COLUMN, REPAIR_SHEET, SHEETS
from einclusie_data.contract.workbook import Workbook as Checked
from einclusie_data.files.read.workbook import read_workbook
from einclusie_data.files.read.worker import read_content
from einclusie_data.files.repair import workbook as repair
from einclusie_data.files.repair.notes import FIRST_LINE
from einclusie_data.files.repair.workbook import (
    CONVERTED,
    NOTE_LINES,
    RepairPlan,
    plan_of,
    repair_workbook,
    repaired_bytes,
)
from einclusie_data.files.repair.worker import repair_content
from einclusie_data.files.repair.xlsx import NOTHING_LEFT
from tests.processor import processor_seconds
from tests.raw_files import ods_bytes, ods_table, text_cell, xlsx_parts
from tests.sheets import city
from tests.xlsx import workbook_bytes

DATA = Path(__file__).parents[1] / "data"
HEADERS = ["Nr", "Naam aanbod", "Organisatie", "Doelgroep", "Wijk"]
GOOD = [1, "Digipunt", "Atlas", "Ouderen", "Kiel"]
BAD = [2, "Digicafé", "Ligo", "Marsmannetjes", "Kiel"]
NAMELESS = [3, "", "Ligo", "Ouderen", "Kiel"]


def check(content: bytes) -> Checked:
    return check_workbook(read_content(content), city())


def repaired(content: bytes) -> bytes:
    """The repaired workbook; made in this process, because starting another one takes longer than the work."""
    return repair_content(content, plan_of(check(content)))[1]


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def column_of(sheet: Worksheet, row: int = 1) -> dict[int, str]:
    """The texts below our header (in `row`), by row."""
    (place,) = [cell.column for cell in sheet[row] if cell.value == REPAIR_COLUMN]
    return {
        cell.row: cell.value for (cell,) in sheet.iter_rows(min_row=row + 1, min_col=place, max_col=place) if cell.value
    }


def notes_of(sheet: Worksheet) -> dict[str, str]:
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


def findings(workbook: Checked) -> list[Any]:
    return list(workbook.problems)


def assert_same_meaning(before: Checked, after: Checked) -> None:
    """The same clean tables, texts and problems."""
    for sheet in SHEETS:
        pd.testing.assert_frame_equal(getattr(before, sheet.key), getattr(after, sheet.key))
    for key, table in before.extra.items():
        pd.testing.assert_frame_equal(table, after.extra[key])
    assert findings(after) == findings(before)
    assert [(one.rows_read, one.rows_used, one.unknown_columns) for one in after.reports] == [
        (one.rows_read, one.rows_used, one.unknown_columns) for one in before.reports
    ]


# --- what is written -------------------------------------------------------------------------------------------------


def test_a_note_on_every_faulty_cell_and_what_to_do_per_row() -> None:
    content = workbook_bytes({"Aanbod": [HEADERS, GOOD, BAD, NAMELESS]})
    problems = {problem.row: problem for problem in check(content).problems}
    sheet = opened(repaired(content))["Aanbod"]
    assert notes_of(sheet) == {
        "D3": f"{FIRST_LINE}\n• Kijk na: {problems[3].message}",
        "B4": f"{FIRST_LINE}\n• Fout: {problems[4].message}",
    }
    assert column_of(sheet) == {
        3: f"Kijk na in Doelgroep: {problems[3].message}",
        4: f"Fout in Naam aanbod: {problems[4].message}",
    }
    assert sheet["F1"].value == REPAIR_COLUMN
    assert sheet["F1"].font.b
    assert sheet["F1"].fill.fgColor.rgb != sheet["F3"].fill.fgColor.rgb != sheet["E3"].fill.fgColor.rgb
    assert sheet.column_dimensions["F"].width > 60
    assert sheet.dimensions == "A1:F4"


def test_several_findings_in_one_row_and_in_one_cell() -> None:
    row = [1, "", "Ligo", "Marsmannetjes; Venusvrouwen", "Nergenshuizen"]
    sheet = opened(repaired(workbook_bytes({"Aanbod": [HEADERS, row]})))["Aanbod"]
    assert re.findall(r"(?:^| )(\d)\. ", column_of(sheet)[2]) == ["1", "2", "3", "4"]
    assert notes_of(sheet)["D2"].count("• Kijk na:") == 2
    many = "; ".join(f"Groep{chr(65 + n)}" for n in range(NOTE_LINES + 3))
    note = notes_of(opened(repaired(workbook_bytes({"Aanbod": [HEADERS, [1, "a", "b", many, ""]]})))["Aanbod"])["D2"]
    assert note.endswith(f"• Nog 3 andere: zie de kolom {REPAIR_COLUMN}.")


def test_a_finding_about_a_column_is_a_note_on_its_header() -> None:
    sheet = opened(repaired(workbook_bytes({"Aanbod": [["titel"], [*HEADERS, "Kleur"], [*GOOD, "rood"]]})))["Aanbod"]
    assert list(notes_of(sheet)) == ["F2"]
    assert "Kleur" in notes_of(sheet)["F2"]


LISTS = [["Doelgroep", "Onzin"], ["x", "y"]]


def test_everything_is_listed_also_what_has_no_cell() -> None:
    content = workbook_bytes(
        {"Aanbod": [HEADERS, BAD], "Vrij": [["iets"]], "Lijsten": [["Doelgroep", "Onzin"], ["x", "y"]]}
    )
    listed = opened(repaired(content))[REPAIR_SHEET]
    rows = [[cell or "" for cell in row] for row in listed.iter_rows(min_row=2, values_only=True)]
    assert [(row[0], row[1], row[2]) for row in rows] == [
        ("Aanbod", "2", "Doelgroep"), ("Vrij", "", ""), ("Lijsten", "2", "Onzin"),
    ]  # fmt: skip
    assert [cell.value for cell in listed[1]] == ["Blad", "Rij", "Kolom", "Wat te doen"]


def test_a_workbook_without_findings_stays_the_same() -> None:
    content = workbook_bytes({"Aanbod": [HEADERS, GOOD]})
    assert members(repaired(content)) == members(content)


def test_two_sheets_and_a_column_that_each_has_its_own_place() -> None:
    content = workbook_bytes(
        {"Aanbod": [HEADERS, BAD], "Partners": [["Organisatie", "Rol"], ["Atlas", "Baas"], ["Ligo", "Lid"]]}
    )
    book = opened(repaired(content))
    assert list(column_of(book["Aanbod"])) == [2]
    assert list(column_of(book["Partners"])) == [2]
    assert book["Partners"]["C1"].value == REPAIR_COLUMN
    assert list(notes_of(book["Partners"])) == ["B2"]


# --- uploaded again --------------------------------------------------------------------------------------------------


def test_uploaded_again_it_means_the_same() -> None:
    content = workbook_bytes({"Aanbod": [[*HEADERS, "Kleur"], [*GOOD, "rood"], BAD, NAMELESS], "Vrij": [["x"]]})
    before, after = check(content), check(repaired(content))
    assert before.problems
    assert_same_meaning(before, after)
    assert [sheet.name for sheet in after.unknown_sheets] == ["Vrij"]


def test_a_second_repair_changes_nothing() -> None:
    once = repaired(workbook_bytes({"Aanbod": [HEADERS, GOOD, BAD, NAMELESS]}))
    assert members(repaired(once)) == members(once)


def test_after_repairing_the_cells_the_findings_are_gone() -> None:
    book = opened(repaired(workbook_bytes({"Aanbod": [HEADERS, GOOD, BAD, NAMELESS]})))
    book["Aanbod"]["D3"], book["Aanbod"]["B4"] = "Ouderen", "Les"
    content = saved(book)
    assert check(content).problems == ()
    last = opened(repaired(content))
    assert column_of(last["Aanbod"]) == {}
    assert last["Aanbod"]["F1"].font.b
    assert notes_of(last["Aanbod"]) == {}
    assert last[REPAIR_SHEET]["D2"].value == NOTHING_LEFT
    assert check(repaired(content)).problems == ()


def test_of_two_findings_the_one_that_is_left_is_renewed() -> None:
    book = opened(repaired(workbook_bytes({"Aanbod": [HEADERS, BAD, [*NAMELESS[:3], "Venusvrouwen", "Kiel"]]})))
    book["Aanbod"]["D2"], book["Aanbod"]["D3"] = "Ouderen", "Plutomannen"
    last = opened(repaired(saved(book)))["Aanbod"]
    assert set(notes_of(last)) == {"D3", "B3"}
    assert "Plutomannen" in notes_of(last)["D3"]
    assert "Venusvrouwen" not in notes_of(last)["D3"]
    assert "Plutomannen" in column_of(last)[3]
    assert [cell.value for cell in last[1]].count(REPAIR_COLUMN) == 1


def test_our_column_follows_when_someone_puts_a_column_before_it_and_keeps_no_row_alive() -> None:
    book = opened(repaired(workbook_bytes({"Aanbod": [HEADERS, GOOD, BAD]})))
    sheet = book["Aanbod"]
    sheet.insert_cols(6)
    sheet["F1"], sheet["F2"] = "Opmerking", "nieuw"
    for cell in sheet[3][:6]:
        cell.value = None  # the row is emptied; our text is still there
    content = saved(book)
    assert check(content).problems == ()
    assert check(content).rows_read == 1
    last = opened(repaired(content))["Aanbod"]
    assert last["G1"].value == REPAIR_COLUMN
    assert last["F2"].value == "nieuw"
    assert column_of(last) == {}


def test_a_column_of_the_same_meaning_that_is_not_ours_stays() -> None:
    content = workbook_bytes({"Aanbod": [[*HEADERS, "Wat te doen"], [*BAD, "bellen"]]})
    sheet = opened(repaired(content))["Aanbod"]
    assert (sheet["F1"].value, sheet["F2"].value, sheet["G1"].value) == ("Wat te doen", "bellen", REPAIR_COLUMN)


# --- what stays as it was --------------------------------------------------------------------------------------------


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


def with_members(content: bytes, **more: bytes) -> bytes:
    buffer = BytesIO(content)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in more.items():
            archive.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


def decorate(book: Workbook) -> None:
    """What people put in their own workbook."""
    sheet = book["Aanbod"]
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("F2:G2")
    sheet["B4"].font, sheet["B4"].fill = Font(bold=True, color="FFAA0000"), PatternFill("solid", fgColor="FFDDEEFF")
    sheet["H4"].number_format = "dd/mm/yyyy"
    sheet["H6"] = '=IF(1=1,"","x")'
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["B"].width = 44
    sheet.column_dimensions.group("H", "XFD", hidden=False)
    sheet.column_dimensions["H"].width = 12
    choice = DataValidation("list", formula1='"Ouderen,Iedereen"')
    choice.add("D4:D99")
    sheet.add_data_validation(choice)
    sheet.conditional_formatting.add("A4:A99", CellIsRule("greaterThan", ["5"], font=Font(color="FFFF0000")))
    sheet["B4"].comment = Comment("Vraag dit na bij An < & co", "Bea")
    sheet["E5"].comment = Comment("Van ons: klopt dit?", "Bea")
    sheet.freeze_panes = "C4"
    sheet.auto_filter.ref = "A3:H7"
    sheet.protection.sheet = True
    numbers = book["Cijfers"]
    numbers["C1"] = "=SUM(A1:A3)"
    chart = BarChart()
    chart.add_data(Reference(numbers, min_col=1, min_row=1, max_row=3))
    numbers.add_chart(chart, "E2")
    numbers["A2"].comment = Comment("blijft", "Bea")
    partners = book["Partners"]
    partners.add_table(Table(displayName="Leden", ref="A1:B3"))


MESSY = {
    "Aanbod": [
        ["Ons aanbod, wie weet wat"],
        ["", "", "", "", "", "Doelgroep", "", ""],
        ["Nr", "Naam aanbod", "Organisatie", "Prijs", "Wijk", "Senioren", "Jongeren", "Laatst gecontroleerd"],
        [1, "Digipunt", "Atlas", "Gratis", "Kiel", "x", "", date(2026, 3, 1)],
        [2, "Digicafé & zo", "Ligo", "drie appels", "Nergenshuizen", "soms", "", "ooit"],
        [3, "Les", "Ligo", "Gratis", "Dam", "", "x", ""],
        ["", "Zonder partner", "", "", "", "", "", ""],
    ],
    "Partners": [["Organisatie", "Rol"], ["Atlas", "Baas"], ["Ligo", "Lid"]],
    "Cijfers": [[1], [2], [3]],
    "Uitleg": [["lees mij"]],
}


@lru_cache(maxsize=1)
def messy() -> bytes:
    content = workbook_bytes(MESSY, decorate)
    return with_members(content, xl__vbaProject_bin=b"\xd0\xcf macro", customXml__item1_xml=b"<eigen/>")


CHANGED = {
    "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
    "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/_rels/sheet2.xml.rels",
    "xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml",
}  # fmt: skip
"""Parts that a repair of the messy workbook has to change."""


def test_every_part_that_need_not_change_is_the_same_byte_for_byte() -> None:
    before, after = members(messy()), members(repaired(messy()))
    assert {name for name in before if after[name] != before[name]} <= CHANGED
    assert len(before.keys() - CHANGED) > 10
    assert after.keys() - before.keys() == {
        "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/worksheets/sheet5.xml",
    }  # fmt: skip


def test_the_sheet_itself_only_gets_more() -> None:
    before, after = (members(one)["xl/worksheets/sheet1.xml"] for one in (messy(), repaired(messy())))
    for word in (b"conditionalFormatting", b"dataValidations", b"mergeCells", b"sheetProtection", b"autoFilter"):
        (part,) = re.findall(rb"<%s.*?(?:/>|</%s>)" % (word, word), before, re.DOTALL)
        assert part in after
    without = re.sub(rb'<c r="I\d+"[^>]*>.*?</c>', b"", after)
    rows = [re.search(rb"<sheetData>.*</sheetData>", one, re.DOTALL)[0] for one in (before, without)]  # type: ignore[index]
    assert re.sub(rb' spans="[^"]*"', b"", rows[0]) == rows[1]


def looks(cell: Any) -> tuple[Any, ...]:
    return cell.font, cell.fill, cell.alignment, cell.border


def test_formats_formulas_and_the_rest_as_openpyxl_sees_them() -> None:
    before, after = opened(messy()), opened(repaired(messy()))
    assert after.sheetnames == [*before.sheetnames, REPAIR_SHEET]
    for sheet in before:
        other = after[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                twin = other[cell.coordinate]
                assert (twin.value, twin.number_format) == (cell.value, cell.number_format)
                assert [repr(one) for one in looks(twin)] == [repr(one) for one in looks(cell)]
        assert other.merged_cells.ranges == sheet.merged_cells.ranges
        assert other.freeze_panes == sheet.freeze_panes
        assert other.auto_filter.ref == sheet.auto_filter.ref
        assert {row: one.hidden for row, one in other.row_dimensions.items()} == {
            row: one.hidden for row, one in sheet.row_dimensions.items()
        }
    widths = after["Aanbod"].column_dimensions
    assert (widths["B"].width, widths["H"].width, widths["I"].width, widths["J"].width) == (44, 12, 90, 12)
    assert after["Partners"].tables["Leden"].ref == "A1:B3"
    assert len(after["Cijfers"]._charts) == 1


def test_a_messy_workbook_means_the_same_when_it_is_uploaded_again() -> None:
    before, after = check(messy()), check(repaired(messy()))
    assert {problem.code for problem in before.problems} >= {"verplicht-leeg", "kruisje-onbekend", "rij-verborgen"}
    assert_same_meaning(before, after)
    assert_same_meaning(before, check(repaired(repaired(messy()))))


def test_notes_of_others_stay_with_ours_below_them() -> None:
    notes = notes_of(opened(repaired(messy()))["Aanbod"])
    assert notes["B4"] == "Vraag dit na bij An < & co"
    assert notes["E5"].startswith(f"Van ons: klopt dit?\n\n{FIRST_LINE}\n• Kijk na: ")
    assert notes["D5"].startswith(FIRST_LINE)
    again = notes_of(opened(repaired(repaired(messy())))["Aanbod"])
    assert again == notes
    book = opened(repaired(messy()))
    book["Aanbod"]["E5"], book["Aanbod"]["D5"] = "Kiel", "Gratis"
    last = notes_of(opened(repaired(saved(book)))["Aanbod"])
    assert last["E5"] == "Van ons: klopt dit?"
    assert "D5" not in last


RICH = (
    '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>Bea</author>'
    "<author>tc={1-2}</author></authors><commentList>"
    '<comment ref="D2" authorId="0"><text><r><rPr><b/></rPr><t>Bea:</t></r><r><t xml:space="preserve">\n'
    "bel_x000D_ even</t></r></text></comment>"
    '<comment ref="B3" authorId="1"><text><t>[Threaded comment]</t></text></comment></commentList></comments>'
)


def test_formats_in_notes_of_others_stay_and_conversations_are_left_alone() -> None:
    content = workbook_bytes(
        {"Aanbod": [HEADERS, BAD, NAMELESS]},
        lambda book: setattr(book["Aanbod"]["D2"], "comment", Comment("x", "Bea")),
    )
    parts = members(content) | {"xl/comments/comment1.xml": RICH.encode()}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    first = members(repaired(buffer.getvalue()))["xl/comments/comment1.xml"].decode()
    assert '<r><rPr><b/></rPr><t xml:space="preserve">Bea:</t></r>' in first
    assert "bel_x000D_ even</t></r><r>" in first
    assert '<comment ref="B3" authorId="1"><text><t>[Threaded comment]</t></text></comment>' in first
    assert "<author>tc={1-2}</author></authors>" in first


def test_every_note_has_one_box_in_the_drawing() -> None:
    book = opened(repaired(messy()))
    book["Aanbod"]["D5"] = "Gratis"
    for content in (repaired(messy()), repaired(repaired(messy())), repaired(saved(book))):
        notes = notes_of(opened(content)["Aanbod"])
        boxes = re.findall(rb"Row>(\d+)</\w+:Row>\s*<\w+:Column>(\d+)<", drawing_of(content))
        cells = [f"{chr(65 + int(column))}{int(row) + 1}" for row, column in boxes]
        assert sorted(cells) == sorted(notes)
        ids = re.findall(rb'<\w+:shape [^>]*?\bid="([^"]+)"', drawing_of(content))
        assert len(set(ids)) == len(cells)


def drawing_of(content: bytes) -> bytes:
    relations = members(content)["xl/worksheets/_rels/sheet1.xml.rels"].decode()
    (target,) = re.findall(r'Target="/?([^"]*\.vml)"', relations)
    return members(content)[posixpath.normpath(posixpath.join("xl/worksheets" if target[0] == "." else "", target))]


# --- shapes of files -------------------------------------------------------------------------------------------------

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def by_hand(rows: str, **more: str) -> bytes:
    return repaired(xlsx_parts(rows, **more))


def header_and_bad(row: str = "") -> str:
    """A header row and a faulty row whose cells do not say where they stand."""
    first = "".join(text_cell(header) for header in HEADERS)
    second = "".join(text_cell(str(text)) for text in BAD)
    return f"<row>{first}</row><row{row}>{second}</row>"


@pytest.mark.parametrize("after", ["", '<pageMargins left="1"/>', "<tableParts/><extLst/>", "<!-- x --><drawing/>"])
def test_a_bare_workbook(after: str) -> None:
    content = by_hand(header_and_bad(), after=after)
    assert read_content(content).sheets[0].rows[0] == (*HEADERS, REPAIR_COLUMN)
    sheet = members(content)["xl/worksheets/sheet1.xml"].decode()
    assert after in sheet or after.startswith("<tableParts")
    assert sheet.index("<legacyDrawing") < (sheet.index("<tableParts") if "tableParts" in after else len(sheet))
    assert sheet.index("<cols>") < sheet.index("<sheetData>")


def test_spans_of_changed_rows_go() -> None:
    sheet = members(by_hand(header_and_bad(' spans="1:5" ht="20"')))["xl/worksheets/sheet1.xml"]
    assert b'<row ht="20">' in sheet


def test_prefixes_and_utf_16() -> None:
    inner = header_and_bad()
    prefixed = re.sub(r"<(/?)(\w)", r"<\1m:\2", f"<worksheet><sheetData>{inner}</sheetData></worksheet>")
    prefixed = prefixed.replace("<m:worksheet>", '<m:worksheet xmlns:m="urn:x">')
    for data in (prefixed.encode(), ('<?xml version="1.0" encoding="UTF-16"?>' + prefixed).encode("utf-16")):
        parts = members(xlsx_parts()) | {"xl/worksheets/sheet1.xml": data}
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        again = repaired(buffer.getvalue())
        assert read_content(again).sheets[0].rows[0][-1] == REPAIR_COLUMN
        assert b"<m:legacyDrawing" in members(again)["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize(
    ("cols", "wanted"),
    [
        ('<cols><col min="1" max="3" width="9"/></cols>', [(1, 3), (6, 6)]),
        ('<cols><col min="1" max="16384" width="9"/></cols>', [(1, 5), (6, 6), (7, 16384)]),
        ('<cols><col min="1" max="6" width="9"></col></cols>', [(1, 5), (6, 6)]),
        ('<cols><col min="6" max="6" width="9" hidden="1"/></cols>', [(6, 6)]),
        ('<cols><col min="8" max="9" width="9"/></cols>', [(6, 6), (8, 9)]),
        ("<cols/>", [(6, 6)]),
    ],
)
def test_widths_of_other_columns_stay(cols: str, wanted: list[tuple[int, int]]) -> None:
    parts = members(xlsx_parts(header_and_bad()))
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"<sheetData>", cols.encode() + b"<sheetData>")
    content = with_replaced(parts, "xl/worksheets/sheet1.xml", sheet)
    after = members(repaired(content))["xl/worksheets/sheet1.xml"]
    found = re.findall(rb'<col min="(\d+)" max="(\d+)" width="(\d+)"', after)
    assert [(int(low), int(high)) for low, high, _ in found] == wanted
    assert [int(width) for low, _, width in found if low == b"6"] == [90]
    assert b"hidden" not in after


def with_replaced(parts: dict[str, bytes], name: str, data: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for one, content in {**parts, name: data}.items():
            archive.writestr(one, content)
    return buffer.getvalue()


def test_empty_cells_with_a_format_where_our_column_comes_are_replaced_and_others_stay() -> None:
    cells = "".join(
        f'<c r="{letter}2" t="inlineStr"><is><t>{text}</t></is></c>' for letter, text in zip("ABCDE", BAD, strict=True)
    )
    rows = header_and_bad().split("</row>")[0] + f'</row><row r="2">{cells}<c r="F2" s="0"/><c r="H2" s="0"></c></row>'
    sheet = members(by_hand(rows))["xl/worksheets/sheet1.xml"].decode()
    assert sheet.count('r="F2"') == 1
    assert sheet.index('r="F2"') < sheet.index('<c r="H2" s="0"></c>')


def test_a_formula_to_the_right_of_the_table_is_never_overwritten() -> None:
    rows = header_and_bad().replace("</row>", '<c r="H2"><f>A1</f></c></row>').replace('<c r="H2"><f>', "<c><f>", 1)
    content = by_hand(rows)
    sheet = members(content)["xl/worksheets/sheet1.xml"].decode()
    assert sheet.count("<f>A1</f>") == 2
    assert 'r="I2"' in sheet


def test_a_table_that_is_too_wide_for_the_column() -> None:
    wide = [f"Vrij {n}" for n in range(settings.MAX_COLUMNS - len(HEADERS))]
    content = workbook_bytes({"Aanbod": [[*HEADERS, *wide], [*BAD, *wide]]})
    found = repair_workbook(content, "breed.xlsx", check(content))
    assert len(found.notes) == 1
    assert "Aanbod is geen plaats" in found.notes[0]
    sheet = opened(found.content)["Aanbod"]
    assert sheet.max_column == settings.MAX_COLUMNS
    assert "D2" in notes_of(sheet)
    assert_same_meaning(check(content), check(found.content))


# --- text is data ----------------------------------------------------------------------------------------------------

HOSTILE = ['=cmd|"/c calc"!A1', "</t></is></c><script>", "a\x07b", "_x0041_", "${x}", "+32470", "&amp;", "\u202eom"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_texts(text: str) -> None:
    row = [text_cell(one) for one in ("1", "a", "b", f"<![CDATA[{text.replace(chr(7), '')}]]>")]
    rows = "<row>" + "".join(text_cell(one) for one in HEADERS[:4]) + f"</row><row>{''.join(row)}</row>"
    content = by_hand(rows)
    shown = read_content(content).sheets
    after = check(content)
    assert_same_meaning(check(xlsx_parts(rows)), after)
    assert next(problem.code for problem in after.problems) == "waarde-onbekend"
    assert after.problems[0].message in shown[0].rows[1][-1]
    assert shown[1].rows[1][-1].startswith("Kijk na: ")
    assert b"<f>" not in members(content)["xl/worksheets/sheet1.xml"]


def test_a_hostile_header() -> None:
    content = workbook_bytes({"Aanbod": [[*HEADERS, "=1+1</t>"], [*GOOD, "x"]]}, text_cells)
    book = opened(repaired(content))
    assert list(notes_of(book["Aanbod"])) == ["F1"]
    assert book[REPAIR_SHEET]["C2"].value == "=1+1</t>"
    assert book[REPAIR_SHEET]["C2"].data_type != "f"


def text_cells(book: Workbook) -> None:
    book["Aanbod"]["F1"].data_type = "s"


def test_sheets_that_are_listed_in_an_odd_place() -> None:
    listed = '<workbook xmlns:r="x"><sheets/><views><sheet name="Aanbod" sheetId="1" r:id="r1"/></views></workbook>'
    with pytest.raises(UnreadableFileError, match="beschadigd"):
        repaired(xlsx_parts(header_and_bad(), workbook=listed))


def test_entities_in_a_part_that_reading_does_not_open() -> None:
    content = workbook_bytes({"Aanbod": [HEADERS, BAD]}, lambda book: decorate_note(book["Aanbod"]))
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]><comments/>'
    content = with_replaced(members(content), "xl/comments/comment1.xml", bomb)
    with pytest.raises(UnreadableFileError, match="XML-entiteiten"):
        repair_workbook(content, "x.xlsx", check(content))


def decorate_note(sheet: Worksheet) -> None:
    sheet["D2"].comment = Comment("x", "Bea")


# --- other kinds of files --------------------------------------------------------------------------------------------


def test_a_csv_becomes_a_workbook_and_says_so() -> None:
    content = b"Nr;Naam aanbod;Organisatie;Doelgroep\n007;'=1+1;Atlas;Marsmannetjes\n2;Les;Ligo;Ouderen\n"
    before = check(content)
    found = repair_workbook(content, "ons aanbod.csv", before)
    assert (found.name, found.notes) == ("ons aanbod-nakijken.xlsx", (CONVERTED,))
    after = check(found.content)
    pd.testing.assert_frame_equal(before.offers, after.offers)
    assert findings(after) == [replace(problem, sheet="Aanbod") for problem in before.problems]
    sheet = opened(found.content)["Aanbod"]
    assert [cell.value for cell in sheet[2]][:3] == ["007", "=1+1", "Atlas"]
    assert sheet["B2"].data_type != "f"
    assert list(notes_of(sheet)) == ["D2"]
    assert list(column_of(sheet)) == [2]


@pytest.mark.parametrize("name", ["klein.ods", "klein.xls"])
def test_other_workbooks_become_an_xlsx_with_all_sheets(name: str) -> None:
    raw = read_workbook((DATA / name).read_bytes(), name)
    plan = RepairPlan([], [("Aanbod", "1", "", "Kijk na: iets")])
    said, after = repair_content((DATA / name).read_bytes(), plan)
    *sheets, ours = read_content(after).sheets
    assert said["converted"]
    assert [(one.name, one.numbers, one.hidden, one.hidden_rows, one.merged) for one in sheets] == [
        (one.name, one.numbers, one.hidden, one.hidden_rows, one.merged) for one in raw.sheets
    ]
    assert [one.rows for one in sheets] == [one.rows for one in raw.sheets]
    assert (ours.name, ours.rows[1][0]) == (REPAIR_SHEET, "Aanbod")


def test_names_that_excel_does_not_allow() -> None:
    row = "<table:table-row>" + "".join(
        f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in HEADERS
    )
    bad = "<table:table-row>" + "".join(f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in BAD)
    tables = ods_table(f"{row}</table:table-row>{bad}</table:table-row>") + ods_table(
        row + "</table:table-row>", "a/b" * 20
    )
    content = ods_bytes(tables)
    found = repair_content(content, plan_of(check(content)))[1]
    names = opened(found).sheetnames
    assert names[0] == "Aanbod"
    assert names[2] == REPAIR_SHEET
    assert len(names[1]) <= 31
    assert "/" not in names[1]


# --- limits ----------------------------------------------------------------------------------------------------------


def thousand_rows() -> bytes:
    rows = [[n, f"Les {n}", "Atlas", "Marsmannetjes" if n % 5 == 0 else "Ouderen", "Kiel"] for n in range(1000)]
    return workbook_bytes({"Aanbod": [HEADERS, *rows]})


def test_a_thousand_rows_with_two_hundred_problems_in_time() -> None:
    content = thousand_rows()
    workbook = check(content)
    assert len(workbook.problems) == 200
    start = processor_seconds()
    found = repair_workbook(content, "groot.xlsm", workbook)
    assert processor_seconds() - start < 2
    assert found.name == "groot-nakijken.xlsm"
    sheet = opened(found.content)["Aanbod"]
    assert len(notes_of(sheet)) == len(column_of(sheet)) == 200
    assert b'data="1"' in drawing_of(found.content)
    assert repaired_bytes(content, "groot.xlsx", workbook) == found.content


def test_more_boxes_than_fit_in_one_block_of_numbers() -> None:
    rows = [[n, f"Les {n}", "Atlas", "Marsmannetjes", "Kiel"] for n in range(1100)]
    drawing = drawing_of(repaired(workbook_bytes({"Aanbod": [HEADERS, *rows]})))
    assert b'data="1,2"' in drawing
    assert b'id="_x0000_s2124"' in drawing


@pytest.mark.parametrize("code", ["pass", "print('{}')", "import os; os.abort()", "print('[1]'); print('PK')"])
def test_a_process_that_gives_no_workbook(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    content = workbook_bytes({"Aanbod": [HEADERS, BAD]})
    monkeypatch.setattr(repair, "_COMMAND", (repair._COMMAND[0], "-c", code))
    with pytest.raises((UnreadableFileError, OversizedFileError)):
        repair_workbook(content, "x.xlsx", check(content))


# --- through LibreOffice ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def through_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The messy workbook and its repair, each opened and saved again by LibreOffice."""
    folder = tmp_path_factory.mktemp("libreoffice")
    (folder / "voor.xlsx").write_bytes(messy())
    (folder / "na.xlsx").write_bytes(repaired(messy()))
    command = ["soffice", f"-env:UserInstallation={(folder / 'profiel').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "uit")]
    subprocess.run([*command, *(str(folder / name) for name in ("voor.xlsx", "na.xlsx"))], check=True, timeout=180)
    return {name: (folder / "uit" / f"{name}.xlsx").read_bytes() for name in ("voor", "na")}


@pytest.mark.libreoffice
def test_libreoffice_reads_the_same_cells_and_our_notes(through_libreoffice: dict[str, bytes]) -> None:
    before, after = (check(through_libreoffice[name]) for name in ("voor", "na"))
    for sheet in SHEETS:
        pd.testing.assert_frame_equal(getattr(before, sheet.key), getattr(after, sheet.key))
    sheet = opened(through_libreoffice["na"])["Aanbod"]
    assert notes_of(sheet) == notes_of(opened(repaired(messy()))["Aanbod"])
    assert column_of(sheet, 3) == column_of(opened(repaired(messy()))["Aanbod"], 3)
    assert opened(through_libreoffice["na"])["Cijfers"]["C1"].value == "=SUM(A1:A3)"
    assert sheet["B4"].font.b
    assert sheet["H4"].number_format == opened(through_libreoffice["voor"])["Aanbod"]["H4"].number_format


@pytest.mark.libreoffice
def test_what_libreoffice_saved_is_renewed_as_well(through_libreoffice: dict[str, bytes]) -> None:
    again = repaired(through_libreoffice["na"])
    sheet = opened(again)["Aanbod"]
    assert [cell.value for cell in sheet[3]].count(REPAIR_COLUMN) == 1
    assert all(note.count(FIRST_LINE) <= 1 for note in notes_of(sheet).values())
    assert len(re.findall(rb"<x:Row>\d", drawing_of(again))) == len(notes_of(sheet))
