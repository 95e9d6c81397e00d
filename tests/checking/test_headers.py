"""Finding sheets, header rows and columns."""

from __future__ import annotations

import pytest

from einclusie_data.checking.headers import HEADER_ROWS, HeaderRow, Mark, find_header, sheet_key
from einclusie_data.checking.tables import column_letters, is_mark, read_table
from einclusie_data.contract.codelists import CODELISTS, GROUP
from einclusie_data.contract.schema import MEETINGS, NEED, OFFERS, PARTNERS, SHEETS, ZONES
from tests.sheets import raw_sheet

REQUIRED = ["Naam aanbod", "Organisatie"]


def header_of(*rows: list[str], **details: object) -> HeaderRow:
    header = find_header(raw_sheet("Aanbod", rows, **details), OFFERS, CODELISTS)
    assert header is not None
    return header


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Aanbod", "offers"), ("AANBOD ", "offers"), ("e-inclusie aanbod", "offers"), ("Aanbod oud", None),
        ("Aanbod 2021", None), ("Methodiek", "methods"), ("partners", "partners"), ("Behoeften", "need"), ("", None),
    ],
)  # fmt: skip
def test_sheets_are_known_by_name_or_alias_only(name: str, key: str | None) -> None:
    assert sheet_key(name, SHEETS) == key


def test_every_header_and_alias_names_its_own_column() -> None:
    for sheet in SHEETS:
        required = [column.header for column in sheet.columns if column.required]
        for column in sheet.columns:
            for name in (column.header, column.header.upper(), *column.aliases):
                headers = [header for header in required if header != column.header] + [name]
                header = find_header(raw_sheet("x", [headers]), sheet, CODELISTS)
                assert header is not None, (sheet.name, name)
                assert header.columns[column.key] == len(headers) - 1, (sheet.name, name)


@pytest.mark.parametrize(
    "name",
    [
        "naam-aanbod",
        "NAAM AANBOD*",
        "Naam  aanbod:",
        "Naam aanbod (verplicht)",
        "Naam aanbod\nhoe het heet",
        "Naam áánbod",
    ],
)
def test_headers_are_compared_tolerantly(name: str) -> None:
    assert header_of([name, "Organisatie"]).columns["name"] == 0


def test_a_typo_in_a_header_is_not_matched() -> None:
    header = header_of([*REQUIRED, "Doelgreop"])
    assert "groups" not in header.columns


@pytest.mark.parametrize("above", [0, 1, 5, HEADER_ROWS - 1])
def test_the_header_row_may_stand_lower(above: int) -> None:
    rows = [["titel"]] * above + [[*REQUIRED, "Wijk"], ["Digipunt", "Atlas", "Kiel"]]
    assert header_of(*rows).position == above


def test_beyond_the_first_rows_there_is_no_header() -> None:
    rows = [["titel"]] * HEADER_ROWS + [REQUIRED]
    assert find_header(raw_sheet("Aanbod", rows), OFFERS, CODELISTS) is None


def test_required_headers_must_be_there() -> None:
    assert find_header(raw_sheet("Aanbod", [["Naam aanbod", "Doelgroep", "Wijk"]]), OFFERS, CODELISTS) is None


def test_of_two_candidates_the_row_with_most_headers_wins() -> None:
    rows = [["Wat", "Wie"], [*REQUIRED, "Doelgroep", "Wijk"], ["Digipunt", "Atlas", "", ""]]
    assert header_of(*rows).position == 1


def test_an_exact_header_goes_before_an_alias_and_the_first_double_wins() -> None:
    header = header_of(["Naam", "Naam aanbod", "Organisatie", "Wijk", "wijk"])
    assert header.columns == {"name": 1, "organisations": 2, "wijken": 3}
    assert header.doubles == {0: "name", 4: "wijken"}


def test_a_private_header_never_becomes_public() -> None:
    header = header_of([*REQUIRED, "Contact (intern)", "E-mail (privé)"])
    assert header.columns["internal_contact"] == 2
    assert "contact" not in header.columns


# --- crosses ---------------------------------------------------------------------------------------------------------

MARKS = (Mark(2, "groups", "Ouderen"), Mark(3, "groups", "Werkzoekenden"), Mark(4, "types", "Groepsles of workshop"))


def test_columns_of_crosses_are_known_by_their_value() -> None:
    assert header_of([*REQUIRED, "Senioren", "Werkzoekenden", "Lessen"]).marks == MARKS


@pytest.mark.parametrize("sign", [":", " -", " /", " –", ">"])
def test_columns_of_crosses_may_name_their_list_first(sign: str) -> None:
    header = header_of([*REQUIRED, f"Doelgroep{sign} senioren", f"Doelgroep{sign} Werkzoekenden", f"Type{sign} lessen"])
    assert header.marks == MARKS


def test_merged_headers_over_crosses() -> None:
    header = header_of(
        [*REQUIRED, "Doelgroep", "", "Type aanbod", "Wijk"],
        ["", "", "Senioren", "Werkzoekenden", "Lessen", ""],
        ["Digipunt", "Atlas", "x", "", "x", "Kiel"],
        merged=((1, 3, 1, 4), (1, 1, 2, 1)),
    )
    assert (header.position, header.marks) == (1, MARKS)
    assert header.columns == {"name": 0, "organisations": 1, "wijken": 5}


def test_a_group_above_its_columns_without_merged_cells() -> None:
    header = header_of(
        ["", "", "Doelgroep", "", "Waar", ""],
        [*REQUIRED, "Senioren", "Werkzoekenden", "Adres", "Wijk"],
    )
    assert header.position == 1
    assert header.marks == MARKS[:2]
    assert (header.columns["address"], header.columns["wijken"]) == (4, 5)


def test_the_group_above_decides_what_an_ambiguous_word_means() -> None:
    header = header_of([*REQUIRED, "Type aanbod", ""], ["", "", "Toegang", "Uitleen"])
    assert [mark.key for mark in header.marks] == ["types", "types"]
    assert "signup" not in header.columns


def test_a_first_data_row_is_no_second_header_row() -> None:
    header = header_of([*REQUIRED, "Doelgroep", ""], ["Digipunt", "Atlas", "Ouderen", "Ouderen"])
    assert header.position == 0
    assert header.marks == ()


def test_a_title_above_the_headers_changes_nothing() -> None:
    header = header_of(["Aanbod", "", ""], [*REQUIRED, "Doelgroep"], merged=((1, 1, 1, 3),))
    assert header == HeaderRow(1, (*REQUIRED, "Doelgroep"), {"name": 0, "organisations": 1, "groups": 2})


def test_only_offers_have_crosses() -> None:
    header = find_header(raw_sheet("x", [["Organisatie", "Senioren"]]), PARTNERS, CODELISTS)
    assert header is not None
    assert header.marks == ()


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("x", True), ("X", True), ("✓", True), ("1", True), ("Ja", True), ("WAAR", True), ("ouderen", True),
     ("", False), ("nee", False), ("0", False), ("-", False), ("ONWAAR", False), ("soms", None), ("2", None)],
)  # fmt: skip
def test_crosses(cell: str, answer: bool | None) -> None:
    assert is_mark(cell, MARKS[0], GROUP) is answer


# --- tables ----------------------------------------------------------------------------------------------------------


def test_a_table_has_its_rows_columns_and_the_rest() -> None:
    raw = raw_sheet(
        "Aanbod",
        [
            ["Overzicht"],
            ["Nr", *REQUIRED, "Senioren", "Iets", "", "Wijk", "wijk"],
            ["VOORBEELD", "Les", "Atlas"],
            ["1", " Digipunt\x07 ", "Atlas", "x", "a", "los", "Kiel", "Dam"],
            [" ", "", "\u200b"],
            ["voorbeeld", "Les", "Atlas"],
            ["2", "Digicafé", "Ligo", "", "", "", "", ""],
        ],
    )
    table = read_table(raw, OFFERS, header_of(*[list(row) for row in raw.rows]), CODELISTS)
    assert table.numbers == (4, 7)
    assert table.cells["name"] == ("Digipunt", "Digicafé")
    assert table.headers["wijken"] == "Wijk"
    assert table.marks[0].cells == ("x", "")
    assert table.extra == {"Iets": ("a", ""), "Kolom F": ("los", ""), "wijk": ("Dam", "")}
    assert table.doubled == {"wijk"}


def test_a_column_of_text_under_a_value_is_no_column_of_crosses() -> None:
    raw = raw_sheet("Aanbod", [[*REQUIRED, "Internet"], ["a", "b", "wifi in de zaal"], ["c", "d", "traag"]])
    table = read_table(raw, OFFERS, header_of(*[list(row) for row in raw.rows]), CODELISTS)
    assert table.marks == ()
    assert list(table.extra) == ["Internet"]


def test_unknown_headers_that_are_the_same_stay_apart() -> None:
    raw = raw_sheet("Aanbod", [[*REQUIRED, "Iets", "Iets", "Iets (2)"], ["a", "b", "1", "2", "3"]])
    table = read_table(raw, OFFERS, header_of(*[list(row) for row in raw.rows]), CODELISTS)
    assert [texts[0] for texts in table.extra.values()] == ["1", "2", "3"]
    assert len(table.extra) == 3


@pytest.mark.parametrize(
    ("sheet", "headers"),
    [(NEED, ["Wijk", "Groep", "Aantal"]), (ZONES, ["Gebied", "Wijkcodes"]), (MEETINGS, ["Datum"])],
)
def test_headers_of_the_other_sheets(sheet: object, headers: list[str]) -> None:
    assert find_header(raw_sheet("x", [headers]), sheet, CODELISTS) is not None  # type: ignore[arg-type]


def test_column_letters_are_those_of_excel() -> None:
    assert [column_letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
