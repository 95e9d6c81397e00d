"""Names of files: no path, nothing unseen, no contact details, and an ending that is ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einclusie_data.contract.file_names import LONGEST, download_name, shown_name, workbook_ending
from einclusie_data.contract.privacy import MASK, has_personal
from einclusie_data.contract.text import plain_text
from einclusie_data.engine.dataset import Dataset
from einclusie_data.files.repair.workbook import _name
from tests.factories import workbook
from tests.worlds import small_world


@pytest.mark.parametrize(
    ("name", "shown", "handed_out"),
    [
        ("aanbod 2026.xlsx", "aanbod 2026.xlsx", "aanbod 2026.xlsx"),
        ("ons aanbod.ODS", "ons aanbod.ODS", "ons aanbod.ods"),
        ("x\u202eslxs.exe", "xslxs.exe", "xslxs.xlsx"),
        ("../../etc/passwd", "passwd", "passwd.xlsx"),
        ("C:\\map\\lijst.csv", "lijst.csv", "lijst.csv"),
        ("a\x00b\n\tc.xls", "ab c.xls", "ab c.xls"),
        ("\u2066.xlsx", ".xlsx", "werkmap.xlsx"),
        ('"><img>.xlsx', '"><img>.xlsx', "img.xlsx"),
        ("0470123456.xlsx", f"{MASK}.xlsx", f"{MASK}.xlsx"),
        ("jan@example.org.xlsx", f"{MASK}.xlsx", f"{MASK}.xlsx"),
    ],
)
def test_names(name: str, shown: str, handed_out: str):
    assert shown_name(name) == shown
    assert download_name(name, workbook_ending(name)) == handed_out


@given(st.text(max_size=300))
def test_any_name_is_safe(name: str):
    found = download_name(name, ".xlsx", before="versie-1-")
    assert found.startswith("versie-1-")
    assert found.endswith(".xlsx")
    assert plain_text(found) == found
    assert not set(found) & set('/\\<>:"|?*\n')
    assert len(found) < LONGEST + 40
    assert not has_personal(found)


def test_the_name_of_a_repaired_workbook():
    assert _name("lijst-nakijken.exe", converted=False) == "lijst-nakijken.xlsx"
    assert _name("macro.XLSM", converted=False) == "macro-nakijken.xlsm"
    assert _name("oud.xls", converted=True) == "oud-nakijken.xlsx"


def test_a_dataset_has_a_name_that_anyone_may_see():
    assert Dataset(workbook(), small_world(), "C:\\jan 0470 12 34 56.xlsx").name == f"jan {MASK}.xlsx"
