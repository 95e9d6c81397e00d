"""Spreadsheets as text: every kind of file, every kind of cell."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from einclusie_data.contract.errors import UnreadableFileError
from einclusie_data.contract.workbook import RawSheet
from einclusie_data.files.read.workbook import read_workbook
from einclusie_data.files.read.worker import read_content
from tests.raw_files import ods_bytes, ods_table, text_cell, xlsx_parts
from tests.xlsx import workbook_bytes

moment = dt.datetime.fromisoformat
DATA = Path(__file__).parents[1] / "data"
HEADER = ["Nr", "Naam aanbod", "Organisatie"]


def only_sheet(content: bytes) -> RawSheet:
    (sheet,) = read_content(content).sheets
    return sheet


def cell_of(value: Any, number_format: str = "General") -> str:
    """The text of a cell that holds a value in a format."""

    def change(book: Workbook) -> None:
        book["Aanbod"]["A1"].number_format = number_format

    rows = only_sheet(workbook_bytes({"Aanbod": [[value, "x"]]}, change)).rows
    return rows[0][0]


# --- cells of an Excel workbook --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        ("007", "General", "007"),
        (7, "General", "7"),
        (7.0, "General", "7"),
        (7, "0000", "0007"),
        (12345, "0000", "12345"),
        (7.5, "0000", "7.5"),
        (-7, "0000", "-7"),
        (0, "0000", "0000"),
        (7, '[$-813]0000;"x"', "0007"),
        (51.219400000000003, "General", "51.2194"),
        (0.1 + 0.2, "General", "0.3"),
        (0.25, "0%", "0.25"),
        (12.5, '"€" #,##0.00', "12.5"),
        (12.5, "[$€-813] #,##0.00", "12.5"),
        (32471234567, "General", "32471234567"),
        (1e20, "General", "100000000000000000000"),
        (1e-7, "General", "0.0000001"),
        (True, "General", "WAAR"),
        (False, "General", "ONWAAR"),
        ("  a\xa0b\x07 ", "General", "a b"),
        ("a\r\nb", "General", "a\nb"),
    ],
)
def test_a_cell_reads_as_people_see_it(value: Any, number_format: str, expected: str) -> None:
    if isinstance(value, str):  # openpyxl refuses to write these itself
        value = value.replace("\x07", "_x0007_").replace("\r", "_x000D_")
    assert cell_of(value, number_format) == expected


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (moment("2026-03-01"), "dd/mm/yyyy", "2026-03-01"),
        (moment("2026-03-01T14:00"), "dd/mm/yyyy hh:mm", "2026-03-01 14:00"),
        (moment("2026-03-01T14:00"), "dd/mm/yyyy", "2026-03-01"),
        (46082, "d mmmm yyyy", "2026-03-01"),
        (46082, "[$-813]dddd d mmmm yyyy;@", "2026-03-01"),
        (dt.time(9, 30), "h:mm", "09:30"),
        (dt.timedelta(hours=36, minutes=30), "[h]:mm", "36:30"),
        (0, "dd/mm/yyyy", "0"),
        (-5, "dd/mm/yyyy", "-5"),
        (99_999_999, "dd/mm/yyyy", "99999999"),
    ],
)
def test_dates_and_times(value: Any, number_format: str, expected: str) -> None:
    assert cell_of(value, number_format) == expected


def test_dates_that_count_from_1904() -> None:
    def change(book: Workbook) -> None:
        book.epoch = moment("1904-01-01")
        book["Aanbod"]["A1"] = moment("2026-03-01")

    assert only_sheet(workbook_bytes({"Aanbod": [["x"]]}, change)).rows == (("2026-03-01",),)


def test_built_in_date_format_and_iso_dates() -> None:
    rows = '<row><c s="1"><v>46082</v></c><c t="d"><v>2026-03-01T14:05:00</v></c></row>'
    styles = '<styleSheet><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>'
    assert only_sheet(xlsx_parts(rows, styles=styles)).rows == (("2026-03-01", "2026-03-01 14:05"),)


def test_errors_stay_visible() -> None:
    rows = '<row><c t="e"><v>#N/A</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    assert only_sheet(xlsx_parts(rows)).rows == (("#N/A", "#DIV/0!"),)


def test_shared_texts_without_phonetic_notes() -> None:
    shared = "<sst><si><r><t>Digi</t></r><r><t>punt</t></r><rPh><t>x</t></rPh></si><si><t>b_x000D_\nc</t></si></sst>"
    rows = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
    assert only_sheet(xlsx_parts(rows, shared=shared)).rows == (("Digipunt", "b\nc"),)


def test_elements_with_a_prefix() -> None:
    workbook = '<x:workbook xmlns:x="m" xmlns:r="x"><x:sheets><x:sheet name="A" r:id="r1"/></x:sheets></x:workbook>'
    rows = "<x:row xmlns:x='m'><x:c><x:v>7</x:v></x:c></x:row>"
    assert only_sheet(xlsx_parts(rows, workbook=workbook)).rows == (("7",),)


def test_cells_and_rows_without_a_place() -> None:
    rows = f'<row>{text_cell("a")}{text_cell("b")}</row><row r="4">{text_cell("c", "C4")}{text_cell("d")}</row>'
    sheet = only_sheet(xlsx_parts(f"{rows}<row>{text_cell('e')}</row>"))
    assert sheet.numbers == (1, 4, 5)
    assert sheet.rows == (("a", "b", "", ""), ("", "", "c", "d"), ("e", "", "", ""))


# --- rows and sheets -------------------------------------------------------------------------------------------------


def test_row_numbers_are_those_of_excel_and_empty_rows_are_not_kept() -> None:
    sheet = only_sheet(workbook_bytes({"Aanbod": [HEADER, [], ["1", "a", "b"], ["", " ", None], ["2", "c"]]}))
    assert sheet.numbers == (1, 3, 5)
    assert sheet.rows[-1] == ("2", "c", "")


def test_wrong_dimensions_do_not_matter() -> None:
    rows = f'<row r="1">{text_cell("a", "A1")}</row><row r="9">{text_cell("b", "C9")}</row>'
    wrong = xlsx_parts(f'</sheetData><dimension ref="A1:A1"/><sheetData>{rows}')
    assert only_sheet(wrong).rows[-1] == ("", "", "b")


def test_hidden_rows_and_sheets_are_read_and_reported() -> None:
    def change(book: Workbook) -> None:
        book["Aanbod"].row_dimensions[2].hidden = True
        book["Aanbod"].row_dimensions[9].hidden = True
        book["Oud"].sheet_state = "hidden"
        book["Weg"].sheet_state = "veryHidden"

    book = read_content(workbook_bytes({"Aanbod": [HEADER, ["1"], ["2"]], "Oud": [["x"]], "Weg": [["y"]]}, change))
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("Aanbod", False), ("Oud", True), ("Weg", True)]
    assert book.sheets[0].hidden_rows == {2}
    assert book.sheets[2].rows == (("y",),)


def test_merged_cells() -> None:
    def change(book: Workbook) -> None:
        book["Aanbod"].merge_cells("A1:C1")

    sheet = only_sheet(workbook_bytes({"Aanbod": [["Voor wie", None, None], HEADER]}, change))
    assert sheet.merged == ((1, 1, 1, 3),)
    assert sheet.rows[0] == ("Voor wie", "", "")


def test_formulas_with_and_without_a_result() -> None:
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c><c r="C1"><f>1+1</f><v></v></c>'
        '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="str"><f>"a"</f><v>a</v></c></row>'
        '<row r="3"><c r="B3"><f>A1</f></c></row>'
    )
    sheet = only_sheet(xlsx_parts(rows))
    assert sheet.rows == (("2", "", "", "", "a"),)
    assert sheet.uncached_formulas == ((1, 2), (1, 3), (3, 2))


def test_charts_are_no_sheets_and_macros_are_ignored() -> None:
    workbook = (
        '<workbook xmlns:r="x"><sheets><sheet name="Grafiek" r:id="r9"/><sheet name="Aanbod" r:id="r1"/></sheets>'
        "</workbook>"
    )
    relations = (
        '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
        '<Relationship Id="r9" Type="x/chartsheet" Target="chartsheets/sheet1.xml"/>'
        '<Relationship Id="r8" Type="x/vbaProject" Target="vbaProject.bin"/></Relationships>'
    )
    content = xlsx_parts(f"<row>{text_cell('a')}</row>", workbook=workbook, relations=relations)
    assert read_workbook(content, "macro.xlsm").sheets == (RawSheet("Aanbod", (1,), (("a",),)),)


def test_an_empty_sheet_is_a_sheet() -> None:
    assert read_content(workbook_bytes({"Aanbod": [], "Partners": []})).sheets[1] == RawSheet("Partners", (), ())


# --- other formats ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["klein.xls", "klein.ods"])
def test_files_that_libreoffice_wrote(name: str) -> None:
    book = read_workbook((DATA / name).read_bytes(), name)
    sheet, hidden = book.sheets
    assert sheet.numbers == (1, 2, 3, 4, 6)
    assert sheet.rows[1] == (
        "007", "Voorbeeld: hulp\nmet internet", "Café Één", "2026-03-01", "09:30", "WAAR", "#N/A", "#DIV/0!", "0060",
    )  # fmt: skip
    assert sheet.rows[2] == ("008", "x", "y", "2026-03-01 14:05", "", "ONWAAR", "", "2", "51.2194")
    assert sheet.hidden_rows == {4}
    assert sheet.merged == ((6, 1, 6, 3),)
    assert hidden == RawSheet("Verborgen", (3,), (("", "", "hier"),), hidden=True)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('office:value-type="string"><text:p>a</text:p><text:p>b<text:line-break/>c</text:p>', "a\nb\nc"),
        ('office:value-type="string"><text:p>a<text:s text:c="3"/>b<text:tab/>c</text:p>', "a   b c"),
        ('office:value-type="float" office:value="7"><text:p>0007</text:p>', "0007"),
        ('office:value-type="float" office:value="7"><text:p>7,00</text:p>', "7"),
        ('office:value-type="percentage" office:value="0.5"><text:p>50%</text:p>', "0.5"),
        ('office:value-type="currency" office:value="12.5"><text:p>€ 12,50</text:p>', "12.5"),
        ('office:value-type="boolean" office:boolean-value="true"><text:p>WAAR</text:p>', "WAAR"),
        ('office:value-type="float" office:value="0"><text:p>ONWAAR</text:p>', "ONWAAR"),
        ('office:value-type="date" office:date-value="2026-03-01"><text:p>1 maart</text:p>', "2026-03-01"),
        ('office:value-type="date" office:date-value="2026-03-01T14:05:00"><text:p>x</text:p>', "2026-03-01 14:05"),
        ('office:value-type="time" office:time-value="PT09H30M00S"><text:p>9:30</text:p>', "09:30"),
        ('calcext:value-type="error" office:value-type="string"><text:p>#N/A</text:p>', "#N/A"),
        ('office:value-type="string"><office:annotation><text:p>n</text:p></office:annotation><text:p>a</text:p>', "a"),
        ('office:value-type="string"><text:p>a</text:p><draw:frame><text:p>kader</text:p></draw:frame>', "a"),
    ],
)  # fmt: skip
def test_cells_of_an_ods(cell: str, expected: str) -> None:
    rows = f"<table:table-row><table:table-cell {cell}</table:table-cell></table:table-row>"
    assert only_sheet(ods_bytes(ods_table(rows))).rows == ((expected,),)


def test_repeated_cells_and_rows_of_an_ods() -> None:
    rows = (
        '<table:table-row><table:table-cell/><table:table-cell table:number-columns-repeated="2"><text:p>a</text:p>'
        '</table:table-cell><table:table-cell table:number-columns-repeated="16381"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2" table:visibility="filter"><table:table-cell>'
        "<text:p>b</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    )
    sheet = only_sheet(ods_bytes(ods_table(rows, style="h")))
    assert sheet.numbers == (1, 5, 6)
    assert sheet.rows == (("", "a", "a"), ("b", "", ""), ("b", "", ""))
    assert sheet.hidden_rows == {5, 6}
    assert sheet.hidden


def test_merged_cells_and_formulas_of_an_ods() -> None:
    rows = (
        '<table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2"><text:p>a'
        '</text:p></table:table-cell><table:covered-table-cell/><table:table-cell table:formula="of:=1+1"/>'
        '<table:table-cell table:formula="of:=&quot;&quot;"><text:p/></table:table-cell></table:table-row>'
    )
    sheet = only_sheet(ods_bytes(ods_table(rows)))
    assert sheet.merged == ((1, 1, 2, 2),)
    assert sheet.uncached_formulas == ((1, 3),)


# --- CSV -------------------------------------------------------------------------------------------------------------

TABLE = "Naam aanbod;Organisatie\r\nCafé “Één”;Ligo\r\n"
ROWS = (("Naam aanbod", "Organisatie"), ("Café “Één”", "Ligo"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_encodings_and_separators(encoding: str, separator: str) -> None:
    book = read_content(TABLE.replace(";", separator).encode(encoding))
    assert book.is_csv
    assert book.sheets == (RawSheet("", (1, 2), ROWS),)


def test_utf_16_of_big_endian_machines() -> None:
    assert read_content(b"\xfe\xff" + TABLE.encode("utf-16-be")).sheets[0].rows == ROWS


def test_quotes_line_breaks_and_row_numbers() -> None:
    text = 'Naam;Wanneer\r\n\r\n"a ""b""; c";"ma\nwo"\r\n;\r\nd;e\r\n'
    sheet = only_sheet(text.encode())
    assert sheet.numbers == (1, 3, 5)
    assert sheet.rows[1] == ('a "b"; c', "ma\nwo")


def test_the_line_that_names_the_separator_does_not_count() -> None:
    sheet = only_sheet(b"sep=,\r\nNaam,Groep\r\na,Ouderen;Jongeren;Iedereen\r\n")
    assert sheet == RawSheet("", (1, 2), (("Naam", "Groep"), ("a", "Ouderen;Jongeren;Iedereen")))


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("Naam;Organisatie\nDigi, hulp, en nog, veel, meer;Ligo\nA, b;C", ";"),
        ("Naam,Groep\na,Ouderen;Jongeren\nb,Ouderen;Jongeren;Iedereen", ","),
        ("Naam\tUren\na; b\t9,30", "\t"),
        ("Overzicht, versie van maart, 2026\nNaam;Groep;Uren\na;b;c\nd;e;f", ";"),
        ("Naam|Groep;x\na|b;y", ";"),
    ],
)
def test_the_separator_that_makes_a_table(text: str, separator: str) -> None:
    assert only_sheet(text.encode()).rows[-1] == tuple(text.splitlines()[-1].split(separator))


def test_one_column() -> None:
    assert only_sheet(b"Naam\na\nb").rows == (("Naam",), ("a",), ("b",))


def test_apostrophes_before_formulas_are_taken_away() -> None:
    assert only_sheet(b"Naam;x\n'=1+1;'s avonds").rows[1] == ("=1+1", "'s avonds")


# --- the guarded process ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["aanbod.xlsx", "aanbod.csv", "zonder naam", "map/../x.xls"])
def test_the_content_decides_not_the_name(name: str) -> None:
    content = workbook_bytes({"Aanbod": [HEADER, ["007", "a", "b"]], "Leeg": []})
    assert read_workbook(content, name) == read_content(content)


def test_a_csv_through_the_process() -> None:
    assert read_workbook(TABLE.encode("cp1252"), "aanbod.csv").sheets[0].rows == ROWS


def test_text_with_the_name_of_a_workbook() -> None:
    with pytest.raises(UnreadableFileError, match=r"“lijst\.xlsx” heeft de naam van een werkmap.*\.csv"):
        read_workbook(TABLE.encode(), "C:/mijn documenten/lijst.xlsx")


def test_invisible_and_strange_characters_come_through() -> None:
    rows = [["Naam", "😀", "خدمت\u200cها"], ["a\nb", "\u00e9", "é"]]
    sheet = read_workbook(workbook_bytes({"Aanbod": rows}), "x.xlsx").sheets[0]
    assert sheet.rows == tuple(map(tuple, rows))
