"""The sheet Lijsten: values that a network adds."""

from __future__ import annotations

from einclusie_data.checking.lists import read_lists
from einclusie_data.contract import settings
from einclusie_data.contract.codelists import CODELISTS
from einclusie_data.contract.errors import Severity
from tests.sheets import checked, codes, offer, offers_sheet, raw_sheet


def added(*rows: list[str]) -> dict[str, tuple[str, ...]]:
    lists, _ = read_lists(raw_sheet("Lijsten", rows))
    return {
        name: codelist.values[len(CODELISTS[name].values) :]
        for name, codelist in lists.items()
        if codelist != CODELISTS[name]
    }


def test_one_column_per_list() -> None:
    rows = [["DOELGROEP", "talen", "Wijk"], ["Mantelzorgers", "Fins", "Kiel"], ["Studenten", "", "Dam"]]
    assert added(*rows) == {"Doelgroep": ("Mantelzorgers", "Studenten"), "Talen": ("Fins",)}


def test_two_columns_list_and_value() -> None:
    assert added(["Lijst", "Waarde"], ["Thema", "Tuinieren"], ["thema", "Koken"]) == {"Thema": ("Tuinieren", "Koken")}


def test_the_headers_may_stand_lower() -> None:
    assert added(["Keuzelijsten van het netwerk"], ["Doelgroep"], ["Mantelzorgers"]) == {
        "Doelgroep": ("Mantelzorgers",)
    }


def test_known_values_and_synonyms_add_nothing() -> None:
    assert added(["Doelgroep"], ["Ouderen"], ["SENIOREN"], ["ouderen"]) == {}
    assert added(["Doelgroep"], ["Mantelzorgers"], ["mantelzorgers"], ["Mantelzorger"]) == {
        "Doelgroep": ("Mantelzorgers",)
    }


def test_without_the_sheet_the_lists_are_those_of_the_contract() -> None:
    assert read_lists(None) == (dict(CODELISTS), None)


def test_unknown_and_closed_lists_are_reported() -> None:
    workbook = checked(
        raw_sheet("Lijsten", [["Doelgroep", "Kleur", "Rol"], ["Mantelzorgers", "rood", "Baas"], ["", "", "Lid"]])
    )
    assert [(p.code, p.column, p.value) for p in workbook.problems] == [
        ("lijst-onbekend", "Kleur", "Kleur"),
        ("lijst-vast", "Rol", "Baas"),
    ]


def test_a_sheet_without_a_list_is_reported() -> None:
    assert codes(checked(raw_sheet("Lijsten", [["iets"], ["anders"]])).problems) == ["lijst-onbekend"]


def test_at_most_so_many_values_of_so_many_characters_and_what_is_over_is_said() -> None:
    most, longest = settings.MAX_ADDED_VALUES, settings.MAX_VALUE_CHARACTERS
    values = ["w" * (longest + 1), "w" * longest, *(f"Groep {number}" for number in range(1, most + 2))]
    workbook = checked(raw_sheet("Lijsten", [["Doelgroep", "Talen"], *([value, "Fins"] for value in values)]))
    groups = workbook.codelists["Doelgroep"].values[len(CODELISTS["Doelgroep"].values) :]
    assert groups == ("w" * longest, *(f"Groep {number}" for number in range(1, most)))
    assert "Fins" in workbook.codelists["Talen"].values
    assert [(p.code, p.severity, p.sheet, p.row, p.column, p.value) for p in workbook.problems] == [
        ("lijst-waarde-lang", Severity.WARNING, "Lijsten", 2, "Doelgroep", "w" * (longest + 1)),
        ("lijst-vol", Severity.WARNING, "Lijsten", most + 3, "Doelgroep", f"Groep {most}"),
        ("lijst-vol", Severity.WARNING, "Lijsten", most + 4, "Doelgroep", f"Groep {most + 1}"),
    ]
    assert "81 tekens" in workbook.problems[0].message
    assert "hoogstens 100 waarden" in workbook.problems[1].message


def test_values_that_differ_in_case_or_accents_are_one_and_never_too_many() -> None:
    same = [["Mantelzorgers"], ["MANTELZORGERS"], ["mántelzorgers"], ["mantel-zorgers"], ["mantelzorger"]] * 40
    workbook = checked(raw_sheet("Lijsten", [["Doelgroep"], *same]))
    assert workbook.codelists["Doelgroep"].values[-2:] == (CODELISTS["Doelgroep"].values[-1], "Mantelzorgers")
    assert workbook.problems == ()


def test_added_values_are_understood_in_the_offers() -> None:
    workbook = checked(
        raw_sheet("Lijsten", [["Doelgroep"], ["Mantelzorgers"]]),
        offers_sheet(offer(Doelgroep="mantelzorger; Iedereen"), offer(Naam_aanbod="b", Mantelzorgers="x")),
    )
    assert workbook.offers["groups"].tolist() == [("Iedereen", "Mantelzorgers"), ("Mantelzorgers",)]
    assert workbook.codelists["Doelgroep"].values[-1] == "Mantelzorgers"
    assert workbook.problems == ()
