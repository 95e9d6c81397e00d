"""Columns that the trekker matches by hand."""

from __future__ import annotations

import pytest

from einclusie_data.checking.header_matches import (
    column_choices,
    match_of,
    understood_columns,
    unmatched_columns,
    unmatched_headers,
)
from einclusie_data.checking.workbook import check_workbook
from einclusie_data.contract.errors import MissingSheetError
from einclusie_data.contract.privacy import MASK
from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.workbook import How, RawWorkbook
from einclusie_data.engine.dataset import read_dataset
from tests.sheets import city, codes, raw_sheet
from tests.worlds import small_world
from tests.xlsx import workbook_bytes

REQUIRED = ["Naam aanbod", "Organisatie"]


def checked(*sheets, **matches):
    """The workbook of these sheets; keyword ``wie="groups"`` matches the column "wie" of Aanbod by hand."""
    by_hand = {match_of("offers", header.replace("_", " ")): key for header, key in matches.items()}
    return check_workbook(RawWorkbook(sheets), city(), by_hand)


def aanbod(headers, *rows, **details):
    return raw_sheet("Aanbod", [[*REQUIRED, *headers], *(["Digipunt", "Atlas", *row] for row in rows)], **details)


def test_a_column_matched_by_hand_is_read_and_no_longer_reported():
    sheet = aanbod(["Wie komt er?"], ["senioren"])
    before, after = checked(sheet), checked(sheet, wie_komt_er="groups")
    assert codes(before.problems) == ["kolom-onbekend"]
    assert before.offers["groups"].tolist() == [()]
    assert after.problems == ()
    assert after.offers["groups"].tolist() == [("Ouderen",)]
    assert after.reports[0].columns["groups"] == "Wie komt er?"
    assert unmatched_columns(after).empty


def test_a_match_holds_whatever_the_case_accents_and_place_of_the_header():
    sheet = aanbod(["Iets", "WIE komt ér ?"], ["", "senioren"])
    assert checked(sheet, wie_komt_er="groups").offers["groups"].tolist() == [("Ouderen",)]


def test_an_ignored_column_is_kept_without_a_warning():
    after = checked(aanbod(["Kleur"], ["rood"]), kleur="")
    assert after.problems == ()
    assert after.extra["offers"]["Kleur"].tolist() == ["rood"]
    assert unmatched_columns(after).empty


def test_a_match_goes_before_an_alias():
    sheet = aanbod(["Buurt", "Zone"], ["Kiel", "Dam"])
    after = checked(sheet, zone="wijken")
    assert after.written["offers"]["wijken"].tolist() == ["Dam"]
    assert codes(after.problems) == ["kolom-dubbel"]
    assert '"Zone"' in after.problems[0].message
    assert checked(sheet, zone="wijken", buurt="").problems == ()
    other = checked(sheet, buurt="note", zone="")
    assert (other.offers["note"].tolist(), other.offers["wijken"].tolist()) == (["Kiel"], [()])


def test_a_match_never_overrides_a_column_with_its_own_name():
    after = checked(aanbod(["Wijk", "Zone"], ["Kiel", "Dam"]), zone="wijken")
    assert after.written["offers"]["wijken"].tolist() == ["Kiel"]
    assert codes(after.problems) == ["koppeling-geweigerd"]
    assert after.problems[0].column == "Zone"
    assert 'We lezen "Wijk"' in after.problems[0].message
    assert after.extra["offers"]["Zone"].tolist() == ["Dam"]
    assert checked(aanbod(["Wijk"], ["Kiel"]), wijk="note").offers["note"].tolist() == [""]


def test_of_two_columns_matched_with_the_same_the_first_is_read():
    after = checked(aanbod(["Zone", "Plek"], ["Kiel", "Dam"]), zone="wijken", plek="wijken")
    assert after.written["offers"]["wijken"].tolist() == ["Kiel"]
    assert [(problem.code, problem.column) for problem in after.problems] == [("koppeling-geweigerd", "Plek")]


def test_a_column_that_calls_itself_internal_never_becomes_public():
    sheet = aanbod(["Bellen met (intern)"], ["An"])
    after = checked(sheet, bellen_met_intern="contact")
    assert after.offers["contact"].tolist() == [""]
    assert codes(after.problems) == ["koppeling-geweigerd"]
    assert checked(sheet, bellen_met_intern="internal_contact").offers["internal_contact"].tolist() == ["An"]


def test_a_column_that_looks_like_crosses_can_be_matched_or_ignored():
    sheet = aanbod(["Senioren"], ["x"])
    assert checked(sheet).offers["groups"].tolist() == [("Ouderen",)]
    assert checked(sheet, senioren="").offers["groups"].tolist() == [()]
    assert checked(sheet, senioren="note").offers["note"].tolist() == ["x"]


def test_a_match_for_another_sheet_or_an_unknown_column_means_nothing():
    sheet = aanbod(["Zone"], ["Kiel"])
    assert codes(checked(sheet, zone="bestaat_niet").problems) == ["kolom-onbekend"]
    other = check_workbook(RawWorkbook((sheet,)), city(), {match_of("partners", "Zone"): "wijken"})
    assert codes(other.problems) == ["kolom-onbekend"]


def test_a_required_column_can_be_matched():
    sheet = raw_sheet("Aanbod", [["Titel", "", ""], ["Wat doen we", "Partner", "Wijk"], ["Digipunt", "Atlas", "Kiel"]])
    after = checked(sheet, wat_doen_we="name", partner="organisations")
    assert after.offers["name"].tolist() == ["Digipunt"]
    assert after.reports[0].header_row == 2


def test_matches_that_hide_the_header_row_are_left_out_and_reported():
    sheet = raw_sheet("Aanbod", [["Naam", "Organisatie"], ["Digipunt", "Atlas"]])
    after = checked(sheet, naam="note")
    assert after.offers["name"].tolist() == ["Digipunt"]
    assert codes(after.problems) == ["koppeling-past-niet"]
    assert after.problems[0].sheet == "Aanbod"


def test_columns_to_match_with_examples_and_a_guess():
    sheet = aanbod(
        ["Doelgroepp", "Vrij", "Bellen (intern)", "", "Vrij"],
        ["senioren", "an@example.org", "An", "los", "a"],
        ["senioren", "b" * 90, "Bo", "", ""],
    )
    partners = raw_sheet("Partners", [["Organisatie", "Rolen"], ["Atlas", "Lid"]])
    table = unmatched_columns(checked(sheet, partners)).set_index("header")
    assert list(table.index) == ["Doelgroepp", "Vrij", "Bellen (intern)", "Rolen"]
    assert table.loc["Doelgroepp", ["key", "guess"]].tolist() == ["offers", "groups"]
    assert table.loc["Doelgroepp", "examples"] == ("senioren",)
    assert table.loc["Vrij", "examples"][0] == MASK
    assert table.loc["Vrij", "examples"][1].endswith("b…")
    assert table.loc["Vrij", "guess"] is None
    assert table.loc["Bellen (intern)", "examples"] == ()
    assert table.loc["Rolen", ["sheet", "key", "guess"]].tolist() == ["Partners", "partners", "role"]
    matches = {table.loc["Doelgroepp", "match"]: table.loc["Doelgroepp", "guess"]}
    assert check_workbook(RawWorkbook((sheet,)), city(), matches).offers["groups"].tolist()[0] == ("Ouderen",)


def test_a_column_that_is_there_already_is_no_guess():
    table = unmatched_columns(checked(aanbod(["Wijk", "Wijkk"], ["Kiel", "Dam"])))
    assert table[["header", "guess"]].values.tolist() == [["Wijkk", None]]


def test_columns_to_match_when_even_the_required_ones_are_not_there():
    rows = [
        ["Ons aanbod 2026", "", "", ""],
        ["Naam aanbodd", "Club", "Wijk", "Kleur"],
        ["Digipunt", "Atlas", "Kiel", "rood"],
    ]
    raw = RawWorkbook((raw_sheet("Aanbod", rows), raw_sheet("Kladblok", [["Wijk", "Adres", "Prijs"]])))
    with pytest.raises(MissingSheetError):
        check_workbook(raw, city())
    table = unmatched_headers(raw)
    assert table["header"].tolist() == ["Naam aanbodd", "Club", "Kleur"]
    assert table["guess"].tolist() == ["name", None, None]
    assert table["examples"].tolist() == [("Digipunt",), ("Atlas",), ("rood",)]
    matches = dict(zip(table["match"], ["name", "organisations", ""], strict=True))
    assert check_workbook(raw, city(), matches).offers["name"].tolist() == ["Digipunt"]
    assert unmatched_headers(RawWorkbook((raw_sheet("Blad1", [["a", "b"]]),))).empty


def test_what_was_understood_and_how():
    sheet = aanbod(
        ["Buurt", "Zone", "Senioren", "Jongeren", "Kleur"], ["Kiel", "x", "x", "", "rood"], ["", "", "", "", ""]
    )
    table = understood_columns(checked(sheet, zone="note"))
    assert table[["header", "column", "how"]].values.tolist() == [
        ["Naam aanbod", "name", How.NAME],
        ["Organisatie", "organisations", How.NAME],
        ["Buurt", "wijken", How.ALIAS],
        ["Zone", "note", How.HAND],
        ["Senioren", "groups", How.CROSSES],
        ["Jongeren", "groups", How.CROSSES],
    ]
    assert table["label"].tolist()[2:5] == ["Wijk", "Opmerking", "Doelgroep"]
    assert set(table["rows_read"]) == {2}
    assert set(table["sheet"]) == {"Aanbod"}


def test_a_column_under_merged_headers_is_matched_by_its_lower_name():
    sheet = raw_sheet(
        "Aanbod",
        [
            [*REQUIRED, "Doelgroep", "", "Plek", ""],
            ["", "", "Senioren", "Vrij", "Zone", "Straat"],
            ["a", "b", "x", "vrij", "Kiel", "c"],
        ],
        merged=((1, 3, 1, 4), (1, 5, 1, 6)),
    )
    after = checked(sheet, zone="wijken", vrij="note")
    assert after.reports[0].header_row == 2
    assert after.offers[["note", "groups"]].values.tolist() == [["vrij", ("Ouderen",)]]
    assert after.written["offers"]["wijken"].tolist() == ["Kiel"]


def test_the_pipeline_takes_matches():
    content = workbook_bytes({"Aanbod": [[*REQUIRED, "Zone"], ["Digipunt", "Atlas", "NOO01"]]})
    data = read_dataset(content, "werkmap.xlsx", small_world(), matches={match_of("offers", "Zone"): "wijken"})
    assert data.workbook.offers["wijken"].tolist() == [("NOO01",)]


def test_choices_are_the_columns_of_the_contract():
    assert column_choices("offers") == OFFERS.headers
