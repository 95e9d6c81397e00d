"""The sheet Lijsten: values that a network adds."""

from __future__ import annotations

from einclusie_data.codelists import CODELISTS
from einclusie_data.lists import read_lists
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


def test_added_values_are_understood_in_the_offers() -> None:
    workbook = checked(
        raw_sheet("Lijsten", [["Doelgroep"], ["Mantelzorgers"]]),
        offers_sheet(offer(Doelgroep="mantelzorger; Iedereen"), offer(Naam_aanbod="b", Mantelzorgers="x")),
    )
    assert workbook.offers["groups"].tolist() == [("Iedereen", "Mantelzorgers"), ("Mantelzorgers",)]
    assert workbook.codelists["Doelgroep"].values[-1] == "Mantelzorgers"
    assert workbook.problems == ()
