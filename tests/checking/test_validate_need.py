"""The sheet Behoefte: one wijk, one group, one number."""

from __future__ import annotations

import math

import pytest

from einclusie_data.contract.errors import Severity
from einclusie_data.contract.workbook import Workbook
from tests.sheets import checked, codes, sheet_of


def need(*rows: tuple[str, ...]) -> Workbook:
    headers = ("Wijk", "Doelgroep", "Aantal personen", "Jaar")
    return checked(sheet_of("Behoefte", *(dict(zip(headers, (*row, ""), strict=False)) for row in rows)))


def figures(workbook: Workbook) -> list[tuple[str, str, float]]:
    table = workbook.need
    return [
        (wijken[0], group[0], persons)
        for wijken, group, persons in zip(table["wijken"], table["group"], table["persons"], strict=True)
    ]


def test_figures_are_read() -> None:
    workbook = need(("Kiel", "senioren", "1.234", "2025"), ("DEU01", "*", "0", ""))
    assert figures(workbook) == [("ANT10", "Ouderen", 1234.0), ("DEU01", "Iedereen", 0.0)]
    assert workbook.problems == ()


def test_a_point_is_unknown_but_the_row_is_used() -> None:
    workbook = need(("Kiel", "Ouderen", ".", ""))
    assert math.isnan(figures(workbook)[0][2])
    assert (workbook.problems, len(workbook.need)) == ((), 1)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (("Deurne", "Ouderen", "5"), "behoefte-wijk", "Wijk"),
        (("Kiel; Dam", "Ouderen", "5"), "behoefte-wijk", "Wijk"),
        (("Kieel", "Ouderen", "5"), "behoefte-wijk", "Wijk"),
        (("Kiel; Kieel", "Ouderen", "5"), "behoefte-wijk", "Wijk"),
        (("Centrum", "Ouderen", "5"), "behoefte-wijk", "Wijk"),
        (("*", "Ouderen", "5"), "behoefte-wijk", "Wijk"),
        (("", "Ouderen", "5"), "verplicht-leeg", "Wijk"),
        (("Kiel", "Oudern", "5"), "behoefte-doelgroep", "Doelgroep"),
        (("Kiel", "Ouderen; Kinderen", "5"), "behoefte-doelgroep", "Doelgroep"),
        (("Kiel", "", "5"), "verplicht-leeg", "Doelgroep"),
        (("Kiel", "Ouderen", ""), "verplicht-leeg", "Aantal personen"),
        (("Kiel", "Ouderen", "-5"), "aantal-ongeldig", "Aantal personen"),
        (("Kiel", "Ouderen", "1,5"), "aantal-ongeldig", "Aantal personen"),
        (("Kiel", "Ouderen", "veel"), "aantal-ongeldig", "Aantal personen"),
    ],
)
def test_rows_that_cannot_be_used(row: tuple[str, ...], code: str, column: str) -> None:
    workbook = need(row, ("Dam", "Ouderen", "7"))
    assert figures(workbook) == [("ANT04", "Ouderen", 7.0)]
    assert [(p.code, p.severity, p.row, p.column) for p in workbook.problems] == [(code, Severity.ERROR, 2, column)]
    assert workbook.reports[-1].rows_used == 1


@pytest.mark.parametrize(
    ("years", "kept"),
    [
        (("2025", "2024"), 10.0),
        (("2024", "2025"), 20.0),
        (("2024", "2024"), 20.0),
        (("", "2024"), 20.0),
        (("2024", ""), 10.0),
        (("", ""), 20.0),
    ],
)
def test_of_two_figures_the_latest_year_counts_and_else_the_later_row(years: tuple[str, str], kept: float) -> None:
    workbook = need(("Kiel", "Ouderen", "10", years[0]), ("ANT10", "senioren", "20", years[1]))
    assert figures(workbook) == [("ANT10", "Ouderen", kept)]
    assert codes(workbook.problems) == ["behoefte-dubbel"]
    assert workbook.problems[0].row == (3 if kept == 10.0 else 2)
    assert workbook.rows_read == workbook.rows_used  # the other row was understood, and compared


def test_a_gebied_of_one_wijk_may_stand_for_it() -> None:
    zones = sheet_of("Gebieden", {"Naam": "Ons gebied", "Wijken": "Kiel"})
    figures_sheet = sheet_of("Behoefte", {"Wijk": "ons gebied", "Doelgroep": "Ouderen", "Aantal personen": "3"})
    assert figures(checked(zones, figures_sheet)) == [("ANT10", "Ouderen", 3.0)]
