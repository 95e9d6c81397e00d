"""A whole workbook: which sheets are read, what is kept, what is counted, and properties that hold for any file."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from einclusie_data.checking.workbook import check_workbook
from einclusie_data.contract.codelists import CODELISTS
from einclusie_data.contract.errors import DataFileError, MissingSheetError, Severity
from einclusie_data.contract.schema import OFFERS, SHEETS, Kind
from einclusie_data.contract.workbook import RawWorkbook
from tests.processor import processor_seconds
from tests.sheets import checked, city, codes, offer, offers_sheet, raw_sheet, sheet_of
from tests.worlds import small_world

WORLD = small_world()


def test_the_smallest_workbook() -> None:
    workbook = checked()
    assert (workbook.rows_read, workbook.rows_used, workbook.problems) == (1, 1, ())
    assert workbook.offers.loc[0, ["row", "name", "organisations"]].tolist() == [2, "Digipunt", ("Atlas",)]


def test_every_table_has_the_columns_and_kinds_of_the_contract() -> None:
    full = {column.header: "x" for column in OFFERS.columns}
    for workbook in (checked(), checked(offers_sheet(full))):
        for sheet in SHEETS:
            table = getattr(workbook, sheet.key)
            flags = ["wijk_given", "whole_city"] if sheet is OFFERS else []
            assert sorted(table.columns) == sorted(["row", *(column.key for column in sheet.columns), *flags])
            assert isinstance(table.index, pd.RangeIndex)
            assert table["row"].dtype == np.int64
            for column in sheet.columns:
                _check_kind(table[column.key], column.kind)
            for flag in flags:
                assert table[flag].dtype == bool


def _check_kind(series: pd.Series, kind: Kind) -> None:
    if kind in (Kind.LATITUDE, Kind.LONGITUDE, Kind.COUNT):
        assert series.dtype == np.float64
    elif kind is Kind.DATE:
        assert series.dtype == "datetime64[us]"
    elif kind in (Kind.TEXTS, Kind.CODES, Kind.ORGANISATIONS, Kind.WIJKEN):
        assert series.dtype == object
        assert all(isinstance(cell, tuple) for cell in series)
    else:
        assert series.dtype == "str"
        assert series.notna().all()


# --- sheets ----------------------------------------------------------------------------------------------------------


def test_a_sheet_of_another_name_is_aanbod_when_there_is_no_other() -> None:
    rows = [["Naam aanbod", "Organisatie", "Wijk"], ["Digipunt", "Atlas", "Kiel"]]
    workbook = check_workbook(RawWorkbook((raw_sheet("Notities", [["a"]]), raw_sheet("Blad1", rows))), city())
    assert workbook.offers["wijken"].tolist() == [("ANT10",)]
    assert [sheet.name for sheet in workbook.unknown_sheets] == ["Notities"]


def test_a_list_of_members_is_not_taken_for_aanbod() -> None:
    members = raw_sheet("Blad1", [["Naam", "Organisatie"], ["An", "Atlas"]])
    with pytest.raises(MissingSheetError):
        check_workbook(RawWorkbook((members,)), city())


@pytest.mark.parametrize("name", ["Aanbod oud", "Aanbod 2021"])
def test_a_second_stale_sheet_is_kept_and_reported(name: str) -> None:
    stale = raw_sheet(name, [["Naam aanbod", "Organisatie"], ["Oud", "Atlas"]])
    workbook = checked(stale, offers_sheet())
    assert workbook.offers["name"].tolist() == ["Digipunt"]
    assert workbook.unknown_sheets == (stale,)
    assert [(p.code, p.sheet, p.row) for p in workbook.problems] == [("blad-onbekend", name, None)]


def test_the_exact_name_goes_before_an_alias() -> None:
    alias = raw_sheet("Overzicht", [["Naam aanbod", "Organisatie"], ["Oud", "Atlas"]])
    workbook = checked(alias, offers_sheet())
    assert workbook.offers["name"].tolist() == ["Digipunt"]
    assert workbook.unknown_sheets == (alias,)


def test_the_help_sheet_is_no_finding() -> None:
    assert checked(raw_sheet("Uitleg", [["Zo werkt het"]])).problems == ()


def test_a_csv_file_is_aanbod() -> None:
    workbook = check_workbook(
        RawWorkbook((raw_sheet("", [["Naam aanbod", "Organisatie"], ["a", "b"]]),), is_csv=True), city()
    )
    assert workbook.rows_used == 1


@pytest.mark.parametrize(
    "raw",
    [
        RawWorkbook(()),
        RawWorkbook((raw_sheet("Aanbod", []),)),
        RawWorkbook((raw_sheet("Aanbod", [["iets"], ["anders"]]),)),
        RawWorkbook((raw_sheet("Aanbod", [["Naam aanbod", "Organisaatsie"], ["a", "b"]]),)),
        RawWorkbook((raw_sheet("Foto's", [["x"]]), raw_sheet("Blad2", []))),
        RawWorkbook((raw_sheet("", [["x"]]),), is_csv=True),
    ],
)
def test_without_offers_the_file_cannot_be_used(raw: RawWorkbook) -> None:
    with pytest.raises(MissingSheetError) as error:
        check_workbook(raw, city())
    assert '"Naam aanbod" en "Organisatie"' in str(error.value)
    assert "\n" not in str(error.value)


def test_the_refusal_says_what_was_found() -> None:
    with pytest.raises(MissingSheetError, match=r'Op het blad "Aanbod" .* wel gevonden: "Naam aanbod", "Wijk"'):
        check_workbook(RawWorkbook((raw_sheet("Aanbod", [["Naam aanbod", "Wijk"]]),)), city())
    with pytest.raises(MissingSheetError, match=r'gevonden: "Foto\'s"'):
        check_workbook(RawWorkbook((raw_sheet("Foto's", [["x"]]),)), city())


def test_another_sheet_without_its_headers_is_kept_and_reported() -> None:
    broken = raw_sheet("Behoefte", [["Wijk", "Doelgroep"], ["Kiel", "Ouderen"]])
    workbook = checked(broken)
    assert workbook.unknown_sheets == (broken,)
    assert codes(workbook.problems) == ["kopregel-ontbreekt"]
    assert "Aantal personen" in workbook.problems[0].message


def test_an_empty_sheet_of_the_contract_is_no_finding() -> None:
    assert checked(raw_sheet("Behoefte", []), raw_sheet("Partners", [["Organisatie"]])).problems == ()


# --- rows, columns, layout --------------------------------------------------------------------------------------------


def test_example_rows_and_empty_rows_are_not_read() -> None:
    workbook = checked(
        offers_sheet(offer(Nr="VOORBEELD"), offer(Nr="1"), {"Nr": "  "}, offer(Nr="voorbeeld "), offer(Nr="2"))
    )
    assert (workbook.rows_read, workbook.rows_used) == (2, 2)
    assert workbook.offers["row"].tolist() == [3, 6]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"Naam_aanbod": ""}, "Naam aanbod"),
        ({"Organisatie": " "}, "Organisatie"),
        ({"Organisatie": ";"}, "Organisatie"),
    ],
)
def test_a_row_without_its_required_cells_is_left_out(cells: dict[str, str], column: str) -> None:
    workbook = checked(offers_sheet(offer(), offer(**cells, Wijk="Kiel")))
    assert (workbook.rows_read, workbook.rows_used) == (2, 1)
    problem = workbook.problems[-1]
    assert (problem.code, problem.severity, problem.row, problem.column) == (
        "verplicht-leeg",
        Severity.ERROR,
        3,
        column,
    )


def test_a_repeated_header_row_is_left_out() -> None:
    workbook = checked(offers_sheet(offer(), {"Naam aanbod": "NAAM AANBOD", "Organisatie": "Organisatie"}))
    assert codes(workbook.problems) == ["kopregel-herhaald"]
    assert workbook.rows_used == 1


def test_unknown_and_double_columns_are_kept_and_reported() -> None:
    rows = [
        ["Naam aanbod", "Organisatie", "Kleur", "wijk", "Wijk"],
        ["", "b", "rood", "x", "y"],
        ["a", "b", "blauw", "Kiel", "Dam"],
    ]
    workbook = checked(raw_sheet("Aanbod", rows))
    layout = [(p.code, p.row, p.column) for p in workbook.problems if p.row is None]
    assert layout == [("kolom-onbekend", None, "Kleur"), ("kolom-dubbel", None, "Wijk")]
    extra = workbook.extra["offers"]
    assert extra.to_dict("list") == {"Kleur": ["blauw"], "Wijk": ["Dam"]}
    assert extra.index.equals(workbook.offers.index)
    assert workbook.offers["wijken"].tolist() == [("ANT10",)]
    assert workbook.reports[0].unknown_columns == ("Kleur", "Wijk")


def test_the_report_says_where_everything_was_found() -> None:
    raw = raw_sheet("aanbod", [["titel"], [], ["Naam", "Partner", "Senioren"], ["a", "b", "x"], ["", "b", ""]])
    report = check_workbook(RawWorkbook((raw,)), city()).reports[0]
    assert (report.key, report.name, report.header_row) == ("offers", "aanbod", 3)
    assert report.columns == {"name": "Naam", "organisations": "Partner", "groups": "Senioren"}
    assert (report.rows_read, report.rows_used) == (2, 1)


def test_hidden_rows_and_sheets_are_read_and_reported() -> None:
    rows = [offer(Naam_aanbod=name) for name in ("lezen", "mailen", "bellen", "typen", "zoeken")]
    workbook = checked(offers_sheet(*rows, hidden=True, hidden_rows=frozenset({1, 3, 4, 6})))
    assert workbook.rows_used == 5
    assert [(p.code, p.row) for p in workbook.problems] == [
        ("blad-verborgen", None), ("rij-verborgen", 3), ("rij-verborgen", 6),
    ]  # fmt: skip
    assert "3 tot 4" in workbook.problems[1].message


def test_formulas_without_a_result_are_reported_per_cell() -> None:
    workbook = checked(offers_sheet(offer(Wijk="", Doelgroep=""), uncached_formulas=((2, 3), (2, 4), (1, 1), (9, 1))))
    assert [(p.code, p.row, p.column, p.value) for p in workbook.problems] == [
        ("formule-zonder-waarde", 2, "Wijk", ""), ("formule-zonder-waarde", 2, "Doelgroep", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#WAARDE!", "#DEEL/0!", "#NAAM?"])
def test_excel_errors_count_as_empty(text: str) -> None:
    workbook = checked(offers_sheet(offer(Doelgroep=text, Wijk=text), offer(Organisatie=text)))
    assert codes(workbook.problems) == ["excel-fout", "excel-fout", "excel-fout", "verplicht-leeg"]
    assert workbook.offers["wijk_given"].tolist() == [False]


@pytest.mark.parametrize("header", ["Opmerking", "Locatie", "Wanneer", "Bron", "Toegankelijkheid", "Website"])
@pytest.mark.parametrize("text", ["an@example.org", "bel 0470 12 34 56", "tel. 03 123 45 67", "+32 470 12 34 56"])
def test_contact_details_in_the_wrong_column(header: str, text: str) -> None:
    workbook = checked(offers_sheet(offer(**{header: text})))
    assert [(p.code, p.column) for p in workbook.problems] == [("persoonsgegeven", header)]


@pytest.mark.parametrize("header", ["Contact", "Contactpersoon (intern)"])
def test_contact_details_in_their_own_column(header: str) -> None:
    assert checked(offers_sheet(offer(**{header: "an@example.org, 0470 12 34 56"}))).problems == ()


def test_contact_details_in_an_unknown_column_are_reported_once() -> None:
    workbook = checked(offers_sheet(offer(Wie_belt="0470 12 34 56"), offer(Naam_aanbod="b", Wie_belt="an@example.org")))
    assert sorted(codes(workbook.problems)) == ["kolom-onbekend", "persoonsgegeven"]


# --- the other sheets ---------------------------------------------------------------------------------------------


def test_methods_partners_and_meetings() -> None:
    method_cells = {"Naam": "Digi-wijs", "Voor wie": "cursisten", "Gebruikt door": "Vormingplus; Posthof"}
    partner_cells = {
        "Organisatie": "Avansa regio Antwerpen",
        "Vroegere of andere namen": "Avansa; Vormingplus",
        "Netwerk": "Stad; Kiel",
        "Rol": "lid",
        "Werkt rond e-inclusie": "nee",
        "Wijk": "Noord",
        "Postcode": "2660",
        "Breedtegraad": "51,2",
        "Lengtegraad": "4,4",
    }
    workbook = checked(
        sheet_of("Methodieken", method_cells | {"Doelgroep": "senioren"}),
        sheet_of("Partners", partner_cells),
        sheet_of("Bijeenkomsten", {"Datum": "12 maart 2026", "Netwerk": "Stad", "Afspraken": "verder doen"}),
    )
    assert workbook.problems == ()
    method, partner, meeting = workbook.methods.iloc[0], workbook.partners.iloc[0], workbook.meetings.iloc[0]
    assert (method["audience"], method["groups"]) == (("Lerenden",), ("Ouderen",))
    assert method["used_by"] == ("Avansa regio Antwerpen", "Posthof")
    assert (partner["networks"], partner["role"], partner["works_on_inclusion"]) == (
        ("Stad", "Kiel"),
        "Lid",
        "Nog niet",
    )
    assert (partner["wijken"], partner["lat"]) == (("HOB02",), 51.2)
    assert meeting["date"] == pd.Timestamp(2026, 3, 12)


@pytest.mark.parametrize("text", ["", "?", "31/02/2026"])
def test_a_meeting_without_a_readable_date_is_left_out(text: str) -> None:
    workbook = checked(sheet_of("Bijeenkomsten", {"Datum": text, "Netwerk": "Stad"}))
    assert len(workbook.meetings) == 0
    assert Severity.ERROR in {problem.severity for problem in workbook.problems}


def test_organisations_get_the_name_that_partners_gives_them() -> None:
    partners = sheet_of(
        "Partners",
        {"Organisatie": "SAAMO Antwerpen", "Vroegere of andere namen": "SAAMO; Samenlevingsopbouw"},
        {"Organisatie": "Ligo"},
    )
    workbook = checked(partners, offers_sheet(offer(Organisatie="samenlevingsopbouw, Open School; Elegast")))
    assert workbook.offers["organisations"].tolist() == [("SAAMO Antwerpen", "Ligo", "Elegast")]


# --- properties ---------------------------------------------------------------------------------------------------

CELLS = {
    "Naam aanbod": ["Digipunt", "Digicafé", "", "Les 1"],
    "Organisatie": ["Atlas", "Ligo; SAAMO", ""],
    "Doelgroep": ["Ouderen", "senioren, kinderen", "Oudern", "*", ""],
    "Wijk": ["Noordkant", "Zuiderdam", "Noordkantt", "*", "Noordkant; Zuidkant", ""],
    "Postcode": ["2000", "9999", ""],
    "Breedtegraad": ["51,2", "4.4", "x", ""],
    "Lengtegraad": ["4,4", "51.2", ""],
    "Wanneer": ["elke dinsdag 9-12u", "gesloten", ""],
    "Van": ["1/1/2026", "2027", "gisteren", ""],
    "Tot": ["31/12/2026", "2025", ""],
    "Prijs": ["€ 5", "gratis; 3 euro", ""],
}
ROWS = st.lists(
    st.fixed_dictionaries({header: st.sampled_from(words) for header, words in CELLS.items()}), min_size=1, max_size=6
)


def _grid(rows: list[dict[str, str]]) -> list[list[str]]:
    return [list(CELLS), *([row[header] for header in CELLS] for row in rows)]


@settings(max_examples=60, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows: list[dict[str, str]], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    tables = []
    for one in (rows, shuffled):
        offers = checked(raw_sheet("Aanbod", _grid(one)), areas=WORLD).offers.drop(columns="row")
        tables.append(sorted(map(repr, offers.to_dict("records"))))
    assert tables[0] == tables[1]


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_rows_are_conserved(rows: list[dict[str, str]]) -> None:
    workbook = checked(raw_sheet("Aanbod", _grid(rows)), areas=WORLD)
    left_out = {problem.row for problem in workbook.problems if problem.severity is Severity.ERROR}
    assert workbook.rows_read == workbook.rows_used + len(left_out)
    assert workbook.rows_used == len(workbook.offers)
    assert not left_out & set(workbook.offers["row"])


WORDS = st.sampled_from(
    ["", "Naam aanbod", "Organisatie", "Naam", "Wijken", "Wijk", "Doelgroep", "Aantal personen", "Datum", "Lijst",
     "Waarde", "Ouderen", "x", ".", "1.234", "-5", "*", "Zuiderdam", "a,b;c|d", "51,2", "#N/A", "12/2024", "elke dag",
     "VOORBEELD", "\x00\u200b", "an@example.org"]
) | st.text(max_size=12)  # fmt: skip
SHEET_NAMES = st.sampled_from(
    [
        "Aanbod",
        "Blad1",
        "Behoefte",
        "Gebieden",
        "Partners",
        "Methodieken",
        "Bijeenkomsten",
        "Lijsten",
        "Uitleg",
        "aanbod",
    ]
)
GRID = st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width), max_size=5))


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(SHEET_NAMES, GRID), max_size=4), st.booleans())
def test_any_grid_of_text_is_checked_or_refused(sheets: list[tuple[str, list[list[str]]]], with_offers: bool) -> None:
    raw = [raw_sheet(name, grid, merged=((1, 1, 1, 3),), uncached_formulas=((2, 1),)) for name, grid in sheets]
    if with_offers:
        raw.append(offers_sheet())
    try:
        workbook = check_workbook(RawWorkbook(tuple(raw)), WORLD)
    except DataFileError:
        assert not with_offers
        return
    for report in workbook.reports:
        errors = {p.row for p in workbook.problems if p.severity is Severity.ERROR and p.sheet == report.name}
        assert report.rows_read - report.rows_used <= len(errors)
    assert set(workbook.codelists) == set(CODELISTS)


def test_a_thousand_rows_take_no_time() -> None:
    same = {"Wijk": "Kiel", "Doelgroep": "senioren; kinderen", "Lengtegraad": "4,39"}
    rows = [
        offer(Naam_aanbod=f"Les {number}", Wanneer=f"elke dinsdag {number % 9 + 8}u", Adres=f"Straat {number}") | same
        for number in range(1000)
    ]
    rows = [row | {"Breedtegraad": f"51,19{number:03}"} for number, row in enumerate(rows)]
    sheet = offers_sheet(*rows)
    start = processor_seconds()
    assert checked(sheet).rows_used == 1000
    assert processor_seconds() - start < 2  # measured: 0.1 s; the margin is for slow machines


def test_a_row_with_an_error_is_kept_as_text():
    workbook = checked(offers_sheet(offer(), offer(Naam_aanbod="", Adres="Kerkstraat 1"), offer(Organisatie="")))
    left_out = workbook.left_out["offers"]
    assert left_out[["row", "name", "organisations", "address"]].to_numpy().tolist() == [
        [3, "", "Atlas", "Kerkstraat 1"],
        [4, "Digipunt", "", ""],
    ]
