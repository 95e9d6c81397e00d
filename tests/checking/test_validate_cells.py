"""One cell at a time: values, and the sentences about what is wrong."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from einclusie_data.checking import cells
from einclusie_data.checking.values.dates import Edge
from einclusie_data.city.names import WijkNames
from einclusie_data.contract.codelists import CODELISTS, GROUP, LANGUAGE, MODE, PRICE
from tests.sheets import city

NAMES = WijkNames(city().wijken, city().postcodes)


def codes_of(reading: cells.Reading) -> list[str]:
    return [note.code for note in reading.notes]


def test_several_values_come_in_the_order_of_the_list_without_doubles() -> None:
    reading = cells.codes_reader(GROUP)("werkzoekenden; senioren, ouderen")
    assert reading == cells.Reading(("Ouderen", "Werkzoekenden"))


def test_what_is_not_understood_is_reported_and_the_rest_counts() -> None:
    reading = cells.codes_reader(GROUP)("Ouderen; Oudern; fietsers")
    assert reading.value == ("Ouderen",)
    assert [note.value for note in reading.notes] == ["Oudern", "fietsers"]
    assert reading.notes[0].message == (
        '"Oudern" kennen we niet als doelgroep. Bedoelde je "Ouderen"? Kies een waarde uit de lijst.'
    )
    assert reading.notes[1].message.startswith('"fietsers" kennen we niet als doelgroep. Kies uit: Iedereen, ')


def test_a_segment_with_a_comma_is_all_or_nothing_but_the_message_points_at_the_unknown_part() -> None:
    reading = cells.codes_reader(GROUP)("Ouderen, Werkzoekendn")
    assert reading.value == ()
    assert reading.notes[0].value == "Ouderen, Werkzoekendn"
    assert 'Bedoelde je "Werkzoekenden"?' in reading.notes[0].message


def test_a_long_list_is_not_written_out() -> None:
    message = cells.codes_reader(LANGUAGE)("Klingon")[1][0].message
    assert "bijvoorbeeld: Nederlands, Frans, Engels" in message


def test_of_several_values_in_a_single_column_the_first_counts() -> None:
    read = cells.code_reader(MODE)
    assert read("Online; aan huis").value == "Online"
    assert codes_of(read("Online; aan huis")) == ["meer-waarden"]
    assert read("Onlin; aan huis").value == "Aan huis"
    assert codes_of(read("Onlin; aan huis")) == ["waarde-onbekend"]
    assert read("online / ONLINE") == cells.Reading("Online")
    assert read("").value == ""


@pytest.mark.parametrize("name", list(CODELISTS))
def test_empty_cells_mean_nothing_and_need_no_remark(name: str) -> None:
    assert cells.codes_reader(CODELISTS[name])("") == cells.Reading(())
    assert cells.code_reader(CODELISTS[name])("") == cells.Reading("")


def test_prices_with_a_comma_stay_whole() -> None:
    assert cells.code_reader(PRICE)("€ 2,50") == cells.Reading("Betalend")
    assert cells.code_reader(PRICE)("nee, kost niets") == cells.Reading("Gratis")


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("2060", "2060", []),
        ("B-2060", "2060", []),
        ("2060 Antwerpen", "2060", []),
        ("", "", []),
        ("1000", "", ["postcode-onbekend"]),
        ("20600", "", ["postcode-onbekend"]),
        ("Kiel", "", ["postcode-onbekend"]),
        ("2060/2018", "2060", ["meer-waarden"]),
        ("2060 of 2060", "2060", []),
        ("1000; 2018", "2018", ["meer-waarden"]),
    ],
)
def test_postcodes(text: str, value: str, codes: list[str]) -> None:
    reading = cells.postcode_reader(city().postcodes)(text)
    assert (reading.value, codes_of(reading)) == (value, codes)


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        ("Deurne", "Deurne", []),
        ("Antwerpen", "Antwerpen", []),
        ("district Antwerpen", "district Antwerpen", []),
        ("Mortsel", "", ["district-onbekend"]),
        ("Kiel", "", ["district-onbekend"]),
        ("Berchem; Deurne", "Berchem", ["meer-waarden"]),
        ("Antwerpen/Borgerhout/Deurne", "Antwerpen", ["meer-waarden"]),
        ("Berendrecht/Zandvliet", "Berendrecht-Zandvliet-Lillo", []),
        ("", "", []),
    ],
)
def test_districts(text: str, value: str, codes: list[str]) -> None:
    reading = cells.district_reader(NAMES)(text)
    assert (reading.value, codes_of(reading)) == (value, codes)


def test_a_wijk_in_the_column_of_districts_is_recognised_in_the_message() -> None:
    assert 'in de kolom "Wijk"' in cells.district_reader(NAMES)("Kiel").notes[0].message


@pytest.mark.parametrize(
    ("text", "codes", "whole_city", "notes"),
    [
        ("Kiel; Dam", ("ANT04", "ANT10"), False, []),
        ("Dam, Kiel/Luchtbal", ("ANT04", "ANT10", "ANT12"), False, []),
        ("Kiel, Centrum", ("ANT10",), False, ["wijk-onduidelijk"]),
        ("Kiel; Nergens", ("ANT10",), False, ["wijk-onbekend"]),
        ("Kiel, Nergens", (), False, ["wijk-onbekend"]),
        ("hele stad", (), True, []),
        ("Kiel; *", (), True, []),
        ("Polder / Lillo", ("BEZ02", "BEZ03"), False, []),
        ("", (), False, []),
    ],
)
def test_wijken(text: str, codes: tuple[str, ...], whole_city: bool, notes: list[str]) -> None:
    reading = cells.wijken_reader(NAMES)((text, "", ""))
    assert reading.value == cells.WijkenValue(codes, whole_city)
    assert codes_of(reading) == notes


def test_an_undecided_wijk_names_its_options() -> None:
    message = cells.wijken_reader(NAMES)(("Noord", "", "")).notes[0].message
    assert '"Deurne-Noord" of "Hoboken-Noord"' in message


@pytest.mark.parametrize(
    ("text", "edge", "value", "codes"),
    [
        ("1/9/2026", Edge.FIRST, "2026-09-01", []),
        ("2026", Edge.FIRST, "2026-01-01", ["datum-onvolledig"]),
        ("2026", Edge.LAST, "2026-12-31", ["datum-onvolledig"]),
        ("31/02/2026", Edge.FIRST, "NaT", ["datum-onleesbaar"]),
        ("", Edge.FIRST, "NaT", []),
    ],
)
def test_dates(text: str, edge: Edge, value: str, codes: list[str]) -> None:
    reading = cells.date_reader(edge)(text)
    assert str(np.datetime64(reading.value, "D")) == value
    assert codes_of(reading) == codes


def test_an_incomplete_date_says_how_it_was_read() -> None:
    assert "laatste dag: 31/12/2026" in cells.date_reader(Edge.LAST)("2026").notes[0].message


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("12", 12), ("1234", 1234), ("1.234", 1234), ("1 234", 1234), ("1.234.567", 1_234_567), ("100,0", 100),
     ("1.234,00", 1234), ("100.0", 100), ("007", 7)],
)  # fmt: skip
def test_counts(text: str, value: int) -> None:
    assert cells.read_count(text) == cells.Reading(float(value))


@pytest.mark.parametrize(
    "text", ["-1", "1,5", "1.5", "12.34", "1.23", "0.800", "veel", "ca. 100", "1e3", "1,234", "", "-1.234", "9" * 40]
)
def test_what_is_no_count(text: str) -> None:
    reading = cells.read_count(text)
    assert math.isnan(reading.value)
    assert codes_of(reading) == ["aantal-ongeldig"]


def test_a_point_is_a_count_that_is_not_known() -> None:
    reading = cells.read_count(".")
    assert math.isnan(reading.value)
    assert reading.notes == ()


@given(st.integers(0, 10**9))
def test_counts_in_belgian_notation(number: int) -> None:
    assert cells.read_count(f"{number:,}".replace(",", ".")).value == number
    assert cells.read_count(str(number)).value == number
