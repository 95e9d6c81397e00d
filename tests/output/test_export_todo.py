"""The to-do list in Excel: every row once, safe to open, with a filter, ready to print, nothing private."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pandas as pd

from einclusie_data.engine.dataset import answer_per_group, read_dataset
from einclusie_data.files.write.book import ABOUT_SHEET
from einclusie_data.output.todo_xlsx import (
    CHECK,
    COLUMNS,
    COMPLETE,
    CORRECT,
    FIGURE,
    TODO_SHEET,
    todo_table,
    todo_xlsx_bytes,
)
from tests.factories import DAY, OLDER, dataset, offer, question
from tests.worlds import small_world
from tests.xlsx import workbook_bytes

CENTRE = (500, 1500)
ALL = ("HAV01", "NOO01", "NOO02", "SCH01", "ZUI01", "ZUI02")
FRESH = pd.Timestamp(DAY)


def listed(data, group: str | None = OLDER) -> pd.DataFrame:
    return todo_table(data, answer_per_group(data, question()), ALL, group)


def test_every_kind_in_order_with_what_it_changes():
    data = dataset(
        offer(at=CENTRE, groups=(), name="Digipunt", organisations=("Ligo", "SAAMO"), checked=FRESH),
        offer(at=CENTRE, name="Oud", checked=pd.Timestamp("2020-05-01")),
        offer(at=CENTRE, name="Nooit"),
    )
    table = listed(data)
    assert tuple(table.columns) == COLUMNS
    assert table["Soort"].tolist() == [CHECK, CHECK, FIGURE]  # Noordkant is covered: nothing hangs on Digipunt
    assert table["Rij"].tolist()[:2] == [3, 4]
    assert table.loc[0, "Wat ontbreekt of fout is"] == "Laatst gecontroleerd: langer dan 2 jaar geleden (01/05/2020)."
    assert table.loc[1, "Wat ontbreekt of fout is"] == "Laatst gecontroleerd: niet ingevuld."
    assert table.loc[2, ["Blad", "Naam"]].tolist() == ["Behoefte", OLDER]
    assert (table["Klaar?"] == "").all()


def test_what_to_complete_stands_first():
    data = dataset(offer(at=CENTRE, groups=(), name="Digipunt", organisations=("Ligo", "SAAMO"), checked=FRESH))
    first = listed(data).iloc[0]
    assert first.tolist() == [
        COMPLETE, "Ligo; SAAMO", "Aanbod", 2, "Digipunt", "Doelgroep", "Niet ingevuld of niet begrepen: doelgroep.",
        "Vul de doelgroep aan.",
        "Dat kan het oordeel veranderen in 1 wijk. Bij 1 oordeel ontbreekt enkel deze rij.", "",
    ]  # fmt: skip


def from_file(*rows: list[object]):
    headers = ["Naam aanbod", "Organisatie", "Doelgroep", "Wijk", "Contactpersoon (intern)"]
    return read_dataset(workbook_bytes({"Aanbod": [headers, *rows]}), "werkmap.xlsx", small_world())


def test_a_problem_goes_to_the_organisation_of_its_row():
    table = listed(from_file(["A", "Ligo", "Marsmannetjes", "NOO01"], ["", "SAAMO", "Ouderen", "NOO01"]))
    problems = table[table["Soort"] == CORRECT]
    found = problems[["Organisatie", "Rij", "Naam", "Kolom"]].values.tolist()
    assert ["Ligo", 2, "A", "Doelgroep"] in found
    assert ["", 3, "", "Naam aanbod"] in found


def test_a_problem_of_a_whole_column_has_no_row():
    content = workbook_bytes({"Aanbod": [["Naam aanbod", "Organisatie", "Vreemd"], ["A", "Ligo", "x"]]})
    table = listed(read_dataset(content, "werkmap.xlsx", small_world()))
    found = table[table["Soort"] == CORRECT].iloc[0]
    assert pd.isna(found["Rij"])
    assert found[["Kolom", "Wat je kunt doen"]].tolist() == ["Vreemd", "Kijk het na in het bestand."]


def book_of(data) -> openpyxl.Workbook:
    content = todo_xlsx_bytes(data, answer_per_group(data, question()), ALL, area="4 wijken", group=OLDER)
    return openpyxl.load_workbook(BytesIO(content))


def test_the_workbook_has_a_filter_and_an_explanation_and_prints():
    data = dataset(offer(at=CENTRE, groups=(), name="Digipunt"))
    book = book_of(data)
    sheet = book[TODO_SHEET]
    assert tuple(cell.value for cell in sheet[1]) == COLUMNS
    assert sheet.auto_filter.ref == f"A1:J{len(listed(data)) + 1}"
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$1", "landscape")
    assert sheet["G2"].alignment.wrap_text
    assert "4 wijken, ouderen, 800 m te voet, op 23 november 2026" in [cell.value for cell in book[ABOUT_SHEET]["B"]]


def test_hostile_and_private_text_stays_harmless():
    hostile = {"name": "=HYPERLINK(1)", "organisations": ("@SUM(A1)", "Bel 0471 12 34 56")}
    data = dataset(offer(at=CENTRE, groups=(), internal_contact="An Geheim 0470 12 34 56", **hostile))
    book = book_of(data)
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert "=HYPERLINK(1)" in [cell.value for cell in cells]
    assert all(cell.data_type != "f" for cell in cells)
    text = "\n".join(str(cell.value) for cell in cells)
    for private in ("Geheim", "0470", "0471"):
        assert private not in text


def test_nothing_to_do_is_an_empty_list():
    rows = [offer(at=at, checked=FRESH) for at in (CENTRE, (1500, 1500), (500, 500), (2700, 500))]
    data = dataset(*rows)
    covered = listed(data)
    assert covered["Soort"].tolist() == [FIGURE]
    assert book_of(data)[TODO_SHEET].max_row == 2
