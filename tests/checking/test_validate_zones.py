"""The sheet Gebieden: areas made of wijken, districts and other areas."""

from __future__ import annotations

from itertools import permutations

import pytest

from einclusie_data.contract.errors import Severity
from einclusie_data.contract.workbook import Workbook
from tests.sheets import checked, city, codes, offer, offers_sheet, sheet_of


def zones(*rows: tuple[str, str], offers: tuple[str, ...] = ()) -> Workbook:
    sheet = sheet_of("Gebieden", *({"Naam": name, "Wijken": cell} for name, cell in rows))
    return checked(sheet, offers_sheet(*(offer(Naam_aanbod=f"aanbod {wijk}", Wijk=wijk) for wijk in offers or ("",))))


def wijken(workbook: Workbook) -> dict[str, tuple[str, ...]]:
    return dict(zip(workbook.zones["name"], workbook.zones["wijken"], strict=True))


def test_an_area_may_be_used_where_a_wijk_is_asked() -> None:
    workbook = zones(("Antwerpen-Noord", "Dam, Stuivenberg; Amandus & Atheneum"), offers=("antwerpen noord; Kiel",))
    assert workbook.offers["wijken"].tolist() == [("ANT01", "ANT04", "ANT10", "ANT20")]
    assert workbook.problems == ()


def test_an_area_may_name_districts_and_other_areas_in_any_order() -> None:
    rows = [("Groot", "Midden; Berchem"), ("Midden", "Klein; Dam"), ("Klein", "Kiel")]
    expected = {
        "Klein": ("ANT10",),
        "Midden": ("ANT04", "ANT10"),
        "Groot": ("ANT04", "ANT10", "BER01", "BER02", "BER03", "BER04"),
    }
    for order in permutations(rows):
        assert wijken(zones(*order)) == expected


def test_an_area_may_take_the_name_of_a_district() -> None:
    workbook = zones(
        ("Borgerhout", "Borgerhout Intra Muros Noord"), ("Ruim", "Borgerhout; Kiel"), offers=("Borgerhout",)
    )
    assert wijken(workbook) == {"Borgerhout": ("BOR02",), "Ruim": ("ANT10", "BOR02")}
    assert workbook.offers["wijken"].tolist() == [("BOR02",)]


def test_inside_its_own_row_the_name_is_that_of_the_district() -> None:
    assert wijken(zones(("Borgerhout", "Borgerhout; Kiel")))["Borgerhout"] == ("ANT10", "BOR01", "BOR02", "BOR03")


def test_the_whole_city() -> None:
    assert wijken(zones(("Alles", "*")))["Alles"] == tuple(city().wijken.index)


def test_areas_that_only_name_each_other_are_nothing() -> None:
    workbook = zones(("A-zijde", "B-zijde"), ("B-zijde", "A-zijde"))
    assert len(workbook.zones) == 0
    assert codes([p for p in workbook.problems if p.severity is Severity.ERROR]) == ["verplicht-leeg", "verplicht-leeg"]


def test_an_unknown_wijk_is_reported_and_the_others_count() -> None:
    workbook = zones(("Ring", "Kiel; Kieel; Centrum"))
    assert wijken(workbook) == {"Ring": ("ANT10",)}
    assert codes(workbook.problems) == ["wijk-onbekend", "wijk-onduidelijk"]


@pytest.mark.parametrize(("name", "cell"), [("", "Kiel"), ("Ring", ""), ("Ring", "Nergens")])
def test_an_area_without_a_name_or_wijken_is_left_out(name: str, cell: str) -> None:
    workbook = zones((name, cell), ("Goed", "Kiel"))
    assert wijken(workbook) == {"Goed": ("ANT10",)}
    assert (workbook.rows_read, workbook.rows_used) == (3, 2)


def test_an_area_given_twice_has_the_wijken_of_both() -> None:
    workbook = zones(("Ring", "Kiel"), ("RING", "Dam"), offers=("ring",))
    assert workbook.offers["wijken"].tolist() == [("ANT04", "ANT10")]
    assert codes(workbook.problems) == ["gebied-dubbel"]


def test_the_name_of_a_wijk_stays_that_wijk() -> None:
    workbook = zones(("Kiel", "Dam"), offers=("Kiel",))
    assert workbook.offers["wijken"].tolist() == [("ANT10",)]
    assert codes(workbook.problems) == ["gebied-is-wijk"]
    assert zones(("Kiel", "ANT10")).problems == ()
