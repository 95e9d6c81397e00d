"""A messy workbook gives the gap tables that were looked at and kept, byte for byte."""

from __future__ import annotations

import pytest

from einclusie_data.command.main import main
from tests.golden import FOLDER, QUESTIONS, WORKBOOK


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_gap_table_is_the_golden_one(name, tmp_path):
    out = tmp_path / name
    assert main(["hiaten", str(WORKBOOK), "-o", str(out), *QUESTIONS[name]]) == 0
    assert out.read_bytes() == (FOLDER / name).read_bytes()
