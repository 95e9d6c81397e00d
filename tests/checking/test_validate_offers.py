"""The sheet Aanbod: cells that depend on each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.sheets import checked, checked_offer, codes, offer, offers_sheet
from tests.worlds import degrees_at, small_world

WORLD = small_world()
NORTH = {"Breedtegraad": f"{degrees_at(500, 1500)[0]:.6f}", "Lengtegraad": f"{degrees_at(500, 1500)[1]:.6f}"}
"""Coordinates in the wijk Noordkant (NOO01, postcode 2000) of the small world."""


# --- Wanneer -> Dagdeel and Frequentie -------------------------------------------------------------------------------


def test_wanneer_fills_empty_cells() -> None:
    row, problems = checked_offer(Wanneer="elke vierde woensdag van de maand 14-16u")
    assert (row["dayparts"], row["frequency"]) == (("Overdag",), "Maandelijks")
    assert problems == []


def test_wanneer_never_overwrites_what_is_filled_in() -> None:
    row, _ = checked_offer(Wanneer="elke dinsdag 14-16u", Dagdeel="Avond", Frequentie="Maandelijks")
    assert (row["dayparts"], row["frequency"]) == (("Avond",), "Maandelijks")


def test_a_cell_that_is_not_understood_is_not_empty() -> None:
    row, problems = checked_offer(Wanneer="elke dinsdag 14-16u", Dagdeel="Avnd", Frequentie="wekelijk")
    assert (row["dayparts"], row["frequency"]) == ((), "")
    assert codes(problems) == ["waarde-onbekend", "waarde-onbekend"]


def test_unclear_times_stay_unknown() -> None:
    row, _ = checked_offer(Wanneer="dinsdagvoormiddag gesloten")
    assert (row["dayparts"], row["frequency"]) == ((), "")


def test_crosses_for_dagdeel_go_before_wanneer() -> None:
    row, _ = checked_offer(Wanneer="elke dinsdag 14-16u", Avond="x", Weekend="")
    assert row["dayparts"] == ("Avond",)


# --- crosses ---------------------------------------------------------------------------------------------------------


def test_crosses_add_to_the_column_itself() -> None:
    row, problems = checked_offer(Doelgroep="Werkzoekenden", Senioren="X", Kinderen="nee", Les="ja", Uitleen="0")
    assert row["groups"] == ("Ouderen", "Werkzoekenden")
    assert row["types"] == ("Groepsles of workshop",)
    assert problems == []


def test_rows_without_crosses_are_unknown() -> None:
    workbook = checked(offers_sheet(offer(Senioren="x"), offer(Naam_aanbod="b", Senioren="")))
    assert workbook.offers["groups"].tolist() == [("Ouderen",), ()]


def test_a_strange_cross_is_reported() -> None:
    workbook = checked(offers_sheet(offer(Senioren="x"), offer(Naam_aanbod="b", Senioren="soms")))
    assert [(p.code, p.row, p.column, p.value) for p in workbook.problems] == [
        ("kruisje-onbekend", 3, "Senioren", "soms")
    ]


# --- place -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "wijken", "whole_city", "given"),
    [
        ({"Wijk": "Kiel"}, ("ANT10",), False, True),
        ({"Wijk": "hele stad"}, (), True, True),
        ({"Wijk": "Kieel"}, (), False, True),
        ({"Wijk": ""}, (), False, False),
        ({}, (), False, False),
        ({"Wijk": "Noord", "Gemeente of district": "Deurne"}, ("DEU01",), False, True),
        ({"Wijk": "Centrum", "Postcode": "2610"}, ("WIL04",), False, True),
    ],
)
def test_wijken_of_a_row(cells: dict[str, str], wijken: tuple[str, ...], whole_city: bool, given: bool) -> None:
    row, _ = checked_offer(**cells)
    assert (row["wijken"], row["whole_city"], row["wijk_given"]) == (wijken, whole_city, given)


def test_coordinates_in_their_wijk_and_postcode_need_no_remark() -> None:
    row, problems = checked_offer(areas=WORLD, Wijk="Noordkant; Zuidkant", Postcode="2000", **NORTH)
    assert problems == []
    assert row["lat"] == float(NORTH["Breedtegraad"])


def test_coordinates_win_from_the_wijk_and_the_postcode() -> None:
    row, problems = checked_offer(areas=WORLD, Wijk="Zuidkant", Postcode="2660", **NORTH)
    assert codes(problems) == ["postcode-strijdig", "wijk-strijdig"] or codes(problems) == [
        "wijk-strijdig",
        "postcode-strijdig",
    ]
    assert not np.isnan(row["lat"])
    assert row["wijken"] == ("ZUI01",)
    assert all('"Noordkant"' in problem.message for problem in problems)


def test_a_point_beside_the_city_disagrees_with_every_wijk() -> None:
    lat, lon = degrees_at(-1000, 500)
    _, problems = checked_offer(areas=WORLD, Wijk="Zuidkant", Breedtegraad=f"{lat:.6f}", Lengtegraad=f"{lon:.6f}")
    assert codes(problems) == ["wijk-strijdig"]
    assert "geen enkele wijk" in problems[0].message


@pytest.mark.parametrize("wijk", ["hele stad", "Noorderdam", "onbekende wijk"])
def test_what_says_no_other_wijk_does_not_disagree(wijk: str) -> None:
    _, problems = checked_offer(areas=WORLD, Wijk=wijk, **NORTH)
    assert "wijk-strijdig" not in codes(problems)


@pytest.mark.parametrize("mode", ["Aan huis", "Online", "Hele stad"])
def test_an_office_elsewhere_is_no_contradiction_for_help_that_comes_to_you(mode: str) -> None:
    _, problems = checked_offer(areas=WORLD, Wijk="Zuidkant", Postcode="2660", Bereik=mode, **NORTH)
    assert problems == []


def test_coordinates_may_share_one_cell_and_one_column() -> None:
    row, problems = checked_offer(areas=WORLD, Breedtegraad=f"{NORTH['Breedtegraad']}, {NORTH['Lengtegraad']}")
    assert problems == []
    assert row["lon"] == float(NORTH["Lengtegraad"])


def test_remarks_about_one_coordinate_name_its_column() -> None:
    _, problems = checked_offer(areas=WORLD, Breedtegraad="", Lengtegraad="4,4")
    assert [(p.code, p.column, p.value) for p in problems] == [("coordinaat-onvolledig", "Lengtegraad", "4,4")]


# --- dates -----------------------------------------------------------------------------------------------------------


def test_van_is_the_first_day_and_tot_the_last() -> None:
    row, problems = checked_offer(Van="maart 2026", Tot="2026", Laatst_gecontroleerd="2025")
    assert codes(problems) == ["datum-onvolledig"] * 3
    assert row["valid_from"] == pd.Timestamp(2026, 3, 1)
    assert row["valid_to"] == pd.Timestamp(2026, 12, 31)
    assert row["checked"] == pd.Timestamp(2025, 1, 1)


@pytest.mark.parametrize(("last", "expected"), [("28/02/2026", ["van-na-tot"]), ("1/03/2026", []), ("", [])])
def test_van_after_tot(last: str, expected: list[str]) -> None:
    _, problems = checked_offer(Van="1/03/2026", Tot=last)
    assert codes(problems) == expected


# --- duplicates ------------------------------------------------------------------------------------------------------


def test_a_probable_duplicate_names_the_other_row_and_merges_nothing() -> None:
    workbook = checked(offers_sheet(offer(Wijk="Kiel"), offer(Wijk="Dam"), offer(Naam_aanbod="digi-punt", Wijk="kiel")))
    assert [(p.code, p.row) for p in workbook.problems] == [("mogelijk-dubbel", 4)]
    assert "rij 2" in workbook.problems[0].message
    assert len(workbook.offers) == 3


def test_rows_that_are_left_out_are_no_duplicates() -> None:
    workbook = checked(offers_sheet(offer(Organisatie=""), offer(Organisatie="")))
    assert codes(workbook.problems) == ["verplicht-leeg", "verplicht-leeg"]
