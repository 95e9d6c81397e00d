"""The empty workbook that people fill in."""

from __future__ import annotations

import re
import subprocess
import zipfile
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation

from einclusie_data.checking.lists import read_lists
from einclusie_data.checking.workbook import check_workbook
from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.codelists import CODELISTS
from einclusie_data.contract.schema import HELP_SHEET, LISTS_SHEET, OFFERS, SHEETS, Column, Kind, Sheet
from einclusie_data.files.read.worker import read_content
from einclusie_data.reference.template import template_bytes

COLUMNS = [
    pytest.param(sheet, column, id=f"{sheet.name}-{column.header}") for sheet in SHEETS for column in sheet.columns
]
SEVERAL = (Kind.CODES, Kind.WIJKEN)


@lru_cache(maxsize=1)
def content() -> bytes:
    return template_bytes(tuple(load_areas().wijken["label"]))


@lru_cache(maxsize=1)
def book() -> Workbook:
    return load_workbook(BytesIO(content()))


def validation_of(workbook: Workbook, sheet: Sheet, column: Column) -> DataValidation:
    tab = workbook[sheet.name]
    place = f"{tab.cell(2, sheet.columns.index(column) + 1).coordinate}"
    (found,) = [one for one in tab.data_validations.dataValidation if place in one.sqref]
    return found


def choices(workbook: Workbook, formula: str) -> list[str]:
    """The values that a drop-down list offers."""
    match = re.fullmatch(r"OFFSET\(Lijsten!\$([A-Z]+)\$2,0,0,COUNTA\(Lijsten!\$\1\$2:\$\1\$300\),1\)", formula)
    assert match is not None, formula
    return [cell.value for cell in workbook[LISTS_SHEET][match[1]][1:] if cell.value]


def test_the_file_in_data_is_what_the_code_builds() -> None:
    assert settings.TEMPLATE_WORKBOOK.read_bytes() == content(), (
        "run: python -m einclusie_data sjabloon -o data/sjabloon.xlsx --overschrijf"
    )


def test_building_twice_gives_the_same_bytes() -> None:
    assert template_bytes(["a"]) == template_bytes(["a"])
    assert template_bytes(["a"]) != template_bytes(["b"])


def test_sheets_in_order_with_exact_headers() -> None:
    assert book().sheetnames == [HELP_SHEET, *(sheet.name for sheet in SHEETS), LISTS_SHEET]
    for sheet in SHEETS:
        assert [cell.value for cell in book()[sheet.name][1]] == [column.header for column in sheet.columns]


def test_it_reads_without_a_single_remark_and_without_rows() -> None:
    checked = check_workbook(read_content(content()), load_areas())
    assert checked.problems == ()
    assert checked.rows_read == checked.rows_used == 0
    assert checked.codelists == dict(CODELISTS)
    assert {report.key for report in checked.reports} == {sheet.key for sheet in SHEETS}


def test_the_example_is_clearly_one() -> None:
    header, example = ([cell.value for cell in row] for row in book()[OFFERS.name].iter_rows(max_row=2))
    row = dict(zip(header, example, strict=True))
    assert row["Nr"] == "VOORBEELD"
    for name in ("Naam aanbod", "Organisatie", "Contact", "Opmerking"):
        assert row[name].startswith("Voorbeeld: ")
    assert row["Contactpersoon (intern)"] is None
    assert book()[OFFERS.name].max_row == 2


def test_the_example_would_be_a_row_without_remarks() -> None:
    workbook = load_workbook(BytesIO(content()))
    workbook[OFFERS.name]["A2"] = "1"
    buffer = BytesIO()
    workbook.save(buffer)
    checked = check_workbook(read_content(buffer.getvalue()), load_areas())
    assert [problem.message for problem in checked.problems] == []
    assert checked.rows_used == 1


@pytest.mark.parametrize(("sheet", "column"), COLUMNS)
def test_every_column_explains_itself(sheet: Sheet, column: Column) -> None:
    validation = validation_of(book(), sheet, column)
    assert validation.prompt.startswith(column.help)
    assert len(validation.prompt) <= 255
    assert len(validation.promptTitle) <= 32
    assert validation.showInputMessage
    assert validation.allow_blank
    assert column.required == validation.prompt.startswith("Verplicht")


@pytest.mark.parametrize(("sheet", "column"), COLUMNS)
def test_drop_down_lists(sheet: Sheet, column: Column) -> None:
    validation = validation_of(book(), sheet, column)
    if column.kind is Kind.WIJKEN:
        expected = list(load_areas().wijken["label"])
    elif column.codelist is not None:
        expected = list(column.codelist.values)
    else:
        assert validation.type != "list"
        return
    assert validation.type == "list"
    assert choices(book(), validation.formula1) == expected
    assert validation.errorStyle == ("information" if column.kind in SEVERAL else "warning")
    assert not validation.showDropDown  # in this format True hides the arrow
    if column.kind in SEVERAL:
        assert ";" in validation.prompt
        assert ";" in validation.error


def test_the_lists_add_nothing_and_a_new_value_is_added() -> None:
    raw = next(sheet for sheet in read_content(content()).sheets if sheet.name == LISTS_SHEET)
    codelists, findings = read_lists(raw)
    assert codelists == dict(CODELISTS)
    assert findings is not None
    assert raw.rows[0] == (*CODELISTS, "Wijk")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_looks(sheet: Sheet) -> None:
    tab = book()[sheet.name]
    assert tab.freeze_panes == ("C2" if sheet is OFFERS else "B2")
    assert tab.print_title_rows == "$1:$1"
    assert tab.page_setup.orientation == "landscape"
    assert tab.sheet_properties.pageSetUpPr.fitToPage
    fills = {column.required: tab.cell(1, place).fill.fgColor.rgb for place, column in enumerate(sheet.columns, 1)}
    assert fills.get(True) != fills.get(False)
    for place, column in enumerate(sheet.columns, start=1):
        dimension = tab.column_dimensions[tab.cell(1, place).column_letter]
        assert dimension.width >= 10
        if column.kind is Kind.DATE:
            assert dimension.number_format == "dd/mm/yyyy"
        if column.kind is Kind.POSTCODE or column.key == "number":
            assert dimension.number_format == "@"


def test_the_explanation_names_every_column() -> None:
    rows = [[cell.value for cell in row] for row in book()[HELP_SHEET].iter_rows(max_col=3)]
    for sheet in SHEETS:
        for column in sheet.columns:
            assert [sheet.name, column.header, "verplicht" if column.required else None] in rows


def test_no_moment_of_building_in_the_file() -> None:
    with zipfile.ZipFile(BytesIO(content())) as archive:
        assert {member.date_time for member in archive.infolist()} == {(2026, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2026-01-01T00:00:00Z") == 2


# --- through LibreOffice ---------------------------------------------------------------------------------------------

MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub SaveAgain(source, target)
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "Calc MS Excel 2007 XML"
  book = StarDesktop.loadComponentFromURL(ConvertToUrl(source), "_blank", 0, Array())
  book.storeToURL(ConvertToUrl(target), filter())
  book.close(True)
End Sub
</script:module>
"""


@pytest.fixture(scope="module")
def saved_by_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template, opened and saved again by LibreOffice.

    With a macro, because ``--convert-to`` opens no window and then forgets frozen panes, of any file.
    """
    folder = tmp_path_factory.mktemp("libreoffice")
    source, target = folder / "sjabloon.xlsx", folder / "opnieuw.xlsx"
    source.write_bytes(content())
    command = ["soffice", f"-env:UserInstallation={(folder / 'profiel').as_uri()}", "--headless", "--norestore"]
    subprocess.run([*command, "--terminate_after_init"], check=True, timeout=120)
    (folder / "profiel/user/basic/Standard/Module1.xba").write_text(MACRO, encoding="utf-8")
    subprocess.run([*command, f"macro:///Standard.Module1.SaveAgain({source},{target})"], check=True, timeout=120)
    return target


@pytest.mark.libreoffice
def test_libreoffice_keeps_the_cells(saved_by_libreoffice: Path) -> None:
    saved, built = read_content(saved_by_libreoffice.read_bytes()), read_content(content())
    assert [(sheet.name, sheet.numbers, sheet.rows, sheet.hidden) for sheet in saved.sheets] == [
        (sheet.name, sheet.numbers, sheet.rows, sheet.hidden) for sheet in built.sheets
    ]


@pytest.mark.libreoffice
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_libreoffice_keeps_choices_explanations_and_panes(saved_by_libreoffice: Path, sheet: Sheet) -> None:
    saved = load_workbook(saved_by_libreoffice)
    assert saved[sheet.name].freeze_panes == book()[sheet.name].freeze_panes
    for column in sheet.columns:
        there, built = validation_of(saved, sheet, column), validation_of(book(), sheet, column)
        assert (there.type, there.prompt, there.promptTitle) == (built.type, built.prompt, built.promptTitle)
        assert str(there.sqref) == str(built.sqref)
        if built.type == "list":
            assert choices(saved, there.formula1) == choices(book(), built.formula1)
            assert there.errorStyle == built.errorStyle
