"""The decisions as an Excel workbook: every cell as in the table, nothing that Excel would run."""

from __future__ import annotations

import io
from datetime import date, datetime

from openpyxl import load_workbook

from einclusie_data.decisions.table import about_decisions, decisions_table, decisions_xlsx_bytes
from einclusie_data.store.decision_record import State
from tests.factories import decision
from tests.worlds import small_world

AREAS = small_world()


def test_the_workbook_holds_the_table_in_the_given_order():
    made = [decision(id=2, state=State.DECIDED, due=date(2026, 12, 1), wijkcode="NOO01"), decision(id=1, title="Eerst")]
    book = load_workbook(io.BytesIO(decisions_xlsx_bytes(made, AREAS, about_decisions(2, "alles", "versie 3"))))
    assert book.sheetnames == ["Besluiten", "Over dit bestand"]
    head, *rows = book["Besluiten"].iter_rows(values_only=True)
    table = decisions_table(made, AREAS)
    assert list(head) == list(table.columns)
    cells = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["Nr"] for row in cells] == [2, 1]
    assert cells[0]["Tegen wanneer"] == datetime(2026, 12, 1)  # noqa: DTZ001 - Excel knows no time zones
    assert cells[0]["Wijk"] == "Noordkant"
    assert cells[1]["Tegen wanneer"] is None
    assert cells[1]["Wie"] is None
    about = dict(book["Over dit bestand"].iter_rows(values_only=True))
    assert about["Wat is dit"] == "2 voorstellen en besluiten van de netwerken."
    assert about["Gegevens"] == "versie 3"
    assert "◆ beslist" in about


def test_a_formula_is_text_and_contact_details_are_masked():
    evil = '=HYPERLINK("http://x","klik")'
    made = decision(title=evil, who="+1", why="@x bel 0470 12 34 56", network="-2")
    book = load_workbook(io.BytesIO(decisions_xlsx_bytes([made], AREAS, about_decisions(1, evil, evil))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert not [cell.value for cell in cells if "0470" in str(cell.value)]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
