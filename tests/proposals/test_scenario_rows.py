"""The new offers of a scenario as rows of the workbook: they paste, mean the same, and count only once decided."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from einclusie_data.contract.codelists import PLANNED
from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.settings import STARTER_WORKBOOK, TEMPLATE_WORKBOOK
from einclusie_data.engine.dataset import answer_per_group, read_dataset
from einclusie_data.proposals.document import HOW_TO_PASTE, SOURCE, proposal_rows, proposal_rows_xlsx_bytes
from einclusie_data.proposals.offer import NewOffer, Stop
from einclusie_data.proposals.scenario import Scenario, apply
from tests.factories import DAY, OLDER, dataset, offer, question
from tests.proposals.test_scenario import at
from tests.sheets import city

KIEL = NewOffer("Inloop", ("SAAMO",), (OLDER, "Mensen in armoede"), ("Individuele begeleiding",), ("Overdag",),
                ("Nederlands", "Arabisch"), ("Vrije inloop",), frequency="Wekelijks", price="Gratis", lat=51.19123,
                lon=4.39512, location="Buurthuis")  # fmt: skip
DAM = NewOffer(
    "Les", groups=("Iedereen",), types=("Groepsles of workshop",), wijken=("ANT22",), address="Dam 1", postcode="2060"
)
ONLINE = NewOffer("Chat", groups=("Iedereen",), mode="Online")
SCENARIO = Scenario("Kiel eerst", (KIEL, DAM, ONLINE))


def sheets_of(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def headers_of(sheet) -> list[str]:
    return [cell.value for cell in sheet[1]]


def pasted(published: bytes, exported: bytes, status: str) -> bytes:
    """What someone makes who copies the rows below those of their own sheet."""
    book, rows = sheets_of(published), sheets_of(exported)[OFFERS.name]
    sheet = book[OFFERS.name]
    last = max(cell.row for cell in sheet["B"] if cell.value)
    for line, row in enumerate(rows.iter_rows(min_row=2), start=last + 1):
        for cell in row:
            sheet.cell(line, cell.column, cell.value)
        sheet.cell(line, headers_of(rows).index("Status") + 1, status)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def starter() -> bytes:
    return STARTER_WORKBOOK.read_bytes()


def test_pasted_rows_give_the_same_answers_as_the_scenario(starter):
    published = read_dataset(starter, "start.xlsx", city())
    exported = proposal_rows_xlsx_bytes(published, SCENARIO, DAY)
    after = read_dataset(pasted(starter, exported, "Actief"), "nieuw.xlsx", city())
    proposed = apply(published, SCENARIO)
    assert len(after.supply.offers) == len(published.supply.offers) + 3 == len(proposed.supply.offers)
    for asked in (question(), question(types=("Individuele begeleiding",), signups=("Vrije inloop",))):
        ours, theirs = (answer_per_group(one, asked).table for one in (proposed, after))
        pd.testing.assert_frame_equal(ours, theirs)
        assert not ours.equals(answer_per_group(published, asked).table)


def test_pasted_rows_do_not_count_before_someone_says_so(starter):
    published = read_dataset(starter, "start.xlsx", city())
    exported = proposal_rows_xlsx_bytes(published, SCENARIO, DAY)
    after = read_dataset(pasted(starter, exported, PLANNED), "nieuw.xlsx", city())
    ours, theirs = (answer_per_group(one, question()).table["oordeel"] for one in (published, after))
    pd.testing.assert_series_equal(ours, theirs)


def test_the_rows_have_the_columns_of_the_template_in_its_order():
    exported = headers_of(sheets_of(proposal_rows_xlsx_bytes(dataset(), SCENARIO, DAY))[OFFERS.name])
    template = headers_of(sheets_of(TEMPLATE_WORKBOOK.read_bytes())[OFFERS.name])
    assert template[: len(exported)] == exported
    assert template[len(exported) :] == [column.header for column in OFFERS.columns if column.internal]


def test_every_row_says_that_it_is_a_proposal():
    rows = proposal_rows(
        dataset(offer()), Scenario("Noord", (NewOffer("Inloop", groups=(OLDER,), **at(500, 1500)),)), DAY
    )
    assert rows["status"].tolist() == [PLANNED]
    assert rows["source"].tolist() == [SOURCE]
    assert rows["note"].tolist() == ["Voorstel uit scenario “Noord”, 23 november 2026. Nog niet beslist."]
    assert rows["wijken"].tolist() == [("NOO01",)]  # where the point lies, for who reads the sheet
    assert rows["number"].tolist() == [""]


def test_the_second_sheet_tells_what_it_is():
    scenario = Scenario("Noord", (NewOffer("Inloop", groups=(OLDER,), wijken=("NOO01",)), Stop("A" * 12, "Digicafé")))
    book = sheets_of(proposal_rows_xlsx_bytes(dataset(), scenario, DAY))
    text = "\n".join(str(cell.value) for row in book.worksheets[1] for cell in row if cell.value)
    assert "Voorstellen, geen bestaand aanbod: 1 rij." in text
    assert "Nieuw: Inloop, voor ouderen, Noordkant." in text
    assert "Stopt: Digicafé." in text
    assert "“Digicafé” vinden we niet" in text
    assert HOW_TO_PASTE in text


def test_nothing_in_the_file_runs_and_no_contact_details_are_in_it():
    evil = NewOffer(
        '=HYPERLINK("http://kwaad.example")',
        ("+32 470 12 34 56", "@SUM(A1)"),
        location="-1+1|cmd",
        address="an@example.org",
    )
    book = sheets_of(proposal_rows_xlsx_bytes(dataset(), Scenario("=1+1", (evil,)), DAY))
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in cells)
    text = " ".join(str(cell.value) for cell in cells)
    assert "0470" not in text.replace(" ", "")
    assert "470 12" not in text
    assert "an@example.org" not in text
    assert '=HYPERLINK("http://kwaad.example")' in text  # shown as text


def test_a_scenario_without_new_offers_is_an_empty_sheet():
    book = sheets_of(proposal_rows_xlsx_bytes(dataset(), Scenario("Niets"), DAY))
    assert book[OFFERS.name].max_row == 1
