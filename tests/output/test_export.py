"""The files that people take away: equal to the engine cell by cell, and harmless."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pandas as pd
from openpyxl import load_workbook

from einclusie_data.answers.matrix import ORDERS, matrix_of
from einclusie_data.answers.offers import offer_list, search
from einclusie_data.answers.report import about_offers, gap_report, left_out_columns
from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.verdicts import VERDICTS
from einclusie_data.engine.dataset import answer_per_group, answer_per_value
from einclusie_data.engine.gaps import COLUMNS
from einclusie_data.engine.public import public_offers
from einclusie_data.files.write.book import ABOUT_SHEET, OFFERS_SHEET, offers_xlsx_bytes
from einclusie_data.files.write.tables import csv_bytes, gap_json_bytes, offers_geojson_bytes, workbook_columns
from einclusie_data.output.gap_xlsx import MATRIX_SHEET, TABLE_SHEET, gap_xlsx_bytes
from tests.factories import OLDER, dataset, offer, question

EVIL = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx")
ROWS = (
    offer(at=(500, 1500), name="Digihulp", internal_contact="An, an@example.org"),
    offer(wijken=("NOO02",), groups=("Iedereen",), name="=HYPERLINK(1)", note="mail an@example.org of 0470 12 34 56"),
    offer(mode="Online", groups=(), name="Online hulp", contact="info@example.org"),
    offer(name="Ergens", postcode="2000", checked=pd.Timestamp("2024-02-03")),
)


def as_cells(value: Any) -> Any:
    return None if value is pd.NA or value == "" or value != value else value


def report(per: str = "doelgroep") -> Any:
    data = dataset(*ROWS)
    found = answer_per_group(data, question()) if per == "doelgroep" else answer_per_value(data, question(), OLDER, per)
    return gap_report(data, found, found.table, column=per, area="5 wijken", group="alle doelgroepen")


def test_the_gap_table_in_excel_equals_the_engine_cell_by_cell():
    made = report()
    sheet = load_workbook(io.BytesIO(gap_xlsx_bytes(made)))[TABLE_SHEET]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == COLUMNS
    assert len(rows) == 1 + len(made.table)
    for found, (_, wanted) in zip(rows[1:], made.table.iterrows(), strict=True):
        assert list(found) == [as_cells(value) for value in wanted]
    assert sheet.auto_filter.ref == f"A1:Q{len(rows)}"
    assert sheet.freeze_panes == "A2"


def test_the_matrix_in_excel_has_the_order_and_the_totals_of_the_screen():
    data = dataset(*ROWS)
    found = answer_per_group(data, question())
    for order in ORDERS:
        made = gap_report(data, found, found.table, column="doelgroep", area="x", group="y", order=order)
        sheet = load_workbook(io.BytesIO(gap_xlsx_bytes(made)))[MATRIX_SHEET]
        wanted = matrix_of(found.table, "doelgroep", order).rows
        names = [sheet.cell(line, 1).value for line in range(5, 5 + len(wanted))]
        assert names == [row.get("district") or row["label"] for row in wanted]
        assert [sheet.cell(5, place).value for place in range(2, 12)] == wanted[0]["totals"]


def test_only_the_offers_that_have_to_do_with_the_shown_wijken_go_along():
    rows = (*ROWS, offer(at=(2700, 500), name="Overkant"), offer(name="Nergens"))
    data = dataset(*rows)
    found = answer_per_group(data, question())

    def names(code: str) -> list[str]:
        table = found.table[found.table["wijkcode"] == code]
        return gap_report(data, found, table, column="doelgroep", area="x", group="y").offers["name"].tolist()

    assert names("NOO01") == ["Digihulp", "Ergens", "Nergens"]
    assert names("ZUI02") == ["Overkant", "Nergens"]


def test_the_matrix_has_colour_symbol_and_word_per_inhabited_wijk():
    for per in ("doelgroep", "type"):
        made = report(per)
        sheet = load_workbook(io.BytesIO(gap_xlsx_bytes(made)))[MATRIX_SHEET]
        columns = [cell.value for cell in sheet[4]][1:]
        inhabited = made.table[made.table["oordeel"] != "nvt"]
        assert columns == list(dict.fromkeys(inhabited[per]))
        lines = {row[0].value: row for row in sheet.iter_rows(min_row=5)}
        for _, wanted in inhabited.iterrows():
            cell = lines[wanted["wijk"]][columns.index(wanted[per]) + 1]
            verdict = VERDICTS[wanted["oordeel"]]
            assert cell.value == f"{verdict.symbol} {verdict.code}"
            assert cell.fill.fgColor.rgb[-6:].lower() == verdict.colour[1:]
        assert "Havenkant" not in lines
        assert sheet.page_setup.orientation == ("landscape" if per == "doelgroep" else "portrait")
        assert sheet.print_title_rows == "$4:$4"


def test_the_other_sheets_hold_the_offers_used_and_what_it_means():
    book = load_workbook(io.BytesIO(gap_xlsx_bytes(report())))
    assert book.sheetnames == [TABLE_SHEET, MATRIX_SHEET, OFFERS_SHEET, ABOUT_SHEET]
    assert book.active.title == MATRIX_SHEET
    names = [row[1] for row in book[OFFERS_SHEET].iter_rows(min_row=2, values_only=True)]
    assert names == ["Digihulp", "=HYPERLINK(1)", "Ergens"]
    text = "\n".join(str(cell) for row in book[ABOUT_SHEET].iter_rows(values_only=True) for cell in row if cell)
    for wanted in (
        "23 november 2026",
        "800 m",
        "5 wijken",
        "Schelde",
        "Ring",
        "Contactpersoon (intern)",
        "Statbel",
        "1 keer passend",
    ):
        assert wanted in text


def test_a_report_can_open_at_the_table():
    assert load_workbook(io.BytesIO(gap_xlsx_bytes(report(), open_at=TABLE_SHEET))).active.title == TABLE_SHEET


def test_csv_opens_right_in_belgian_excel():
    made = report()
    raw = csv_bytes(made.table)
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert tuple(rows[0]) == COLUMNS
    for found, (_, wanted) in zip(rows, made.table.iterrows(), strict=True):
        assert found["aandeel_bereikt"] == f"{wanted['aandeel_bereikt']:.4f}".replace(".", ",")
        assert found["personen"] == ("" if wanted["personen"] is pd.NA else str(wanted["personen"]))
        assert found["oordeel"] == wanted["oordeel"]


def test_json_has_null_for_unknown():
    made = report()
    rows = json.loads(gap_json_bytes(made.table))
    assert len(rows) == len(made.table)
    assert [row["personen"] for row in rows] == [None if value is pd.NA else value for value in made.table["personen"]]
    assert {row["reden"] for row in rows} == set(made.table["reden"])


def test_no_cell_of_an_export_is_a_formula():
    data = dataset(*(offer(name=text, note=text, at=(500, 1500)) for text in EVIL))
    listed = offer_list(data.supply, data.reach(800), question())
    book = load_workbook(
        io.BytesIO(offers_xlsx_bytes(listed, about_offers(data, question(), len(listed), "4 wijken, ouderen")))
    )
    cells = [cell for row in book[OFFERS_SHEET].iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert sum(cell.value in ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)") for cell in cells) == 8
    text = csv_bytes(workbook_columns(listed)).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text), delimiter=";"):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_internal_and_personal_details_leave_nothing():
    data = dataset(*ROWS)
    listed = offer_list(data.supply, data.reach(800), question())
    points = data.supply.points[~data.supply.points["hint"]]
    lon, lat = data.areas.to_degrees(points["x"].to_numpy(), points["y"].to_numpy())
    made = [
        csv_bytes(workbook_columns(listed)),
        offers_geojson_bytes(listed, points, zip(lon, lat, strict=True)),
        "".join(
            str(cell)
            for row in load_workbook(io.BytesIO(offers_xlsx_bytes(listed, [])))[OFFERS_SHEET].values
            for cell in row
        ).encode(),
        gap_json_bytes(report().table),
    ]
    for content in made:
        assert b"an@example.org" not in content
        assert b"0470" not in content
        assert b"Contactpersoon" not in content
    assert b"info@example.org" in made[0]  # Contact is meant to be public
    assert "Contactpersoon (intern)" in left_out_columns(data)


def test_geojson_keeps_offers_without_a_place():
    data = dataset(*ROWS)
    listed = offer_list(data.supply, data.reach(800), question())
    points = data.supply.points[~data.supply.points["hint"]]
    lon, lat = data.areas.to_degrees(points["x"].to_numpy(), points["y"].to_numpy())
    found = json.loads(offers_geojson_bytes(listed, points, zip(lon, lat, strict=True)))["features"]
    shapes = {one["properties"]["Naam aanbod"]: one["geometry"] for one in found}
    assert shapes["Digihulp"]["type"] == "Point"
    assert shapes["Digihulp"]["coordinates"] == [round(ROWS[0]["lon"], 6), round(ROWS[0]["lat"], 6)]
    assert shapes["Ergens"] is None
    assert found[3]["properties"]["Laatst gecontroleerd"] == "2024-02-03"


def test_a_list_of_offers_can_be_uploaded_again():
    listed = public_offers(dataset(*ROWS).supply.offers)
    headers = list(workbook_columns(listed).columns)
    assert headers == [column.header for column in OFFERS.columns if not column.internal]


def test_search_ignores_case_and_accents():
    listed = public_offers(
        dataset(offer(name="Café Digitaal", address="Kerkstraat 1"), offer(name="Les")).supply.offers
    )
    assert search(listed, "cafe kerk")["name"].tolist() == ["Café Digitaal"]
    assert len(search(listed, " ")) == 2
