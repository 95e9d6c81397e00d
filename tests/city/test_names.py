"""Names of wijken and districts as people write them."""

from __future__ import annotations

import pandas as pd
import pytest

from einclusie_data.city.names import ALIASES, SHARED_NAMES, WijkNames
from tests.sheets import city

ZONES = {"Antwerpen-Noord": ("ANT01", "ANT04", "ANT20"), "Borgerhout": ("BOR02",), "Kiel": ("ANT14",)}


@pytest.fixture(scope="module")
def names() -> WijkNames:
    return WijkNames(city().wijken, city().postcodes)


@pytest.mark.parametrize("column", ["label", "statistics_name"])
def test_every_label_and_statistics_name_is_one_wijk(names: WijkNames, column: str) -> None:
    for code, name in city().wijken[column].items():
        for spelling in (name, name.upper(), name.replace("-", " "), name.replace(" ", "")):
            assert names.resolve(spelling).codes == (code,)


def test_every_code_is_known_in_any_case(names: WijkNames) -> None:
    for code in city().wijken.index:
        assert names.resolve(code.lower()).codes == names.resolve(f"{code[:3]}-{code[3:]}").codes == (code,)


def test_every_official_name_is_known_with_its_district_in_either_order(names: WijkNames) -> None:
    for code, row in city().wijken[city().wijken["district"] != ""].iterrows():
        official, district = row["official_name"], row["district"]
        for spelling in (f"{district} {official}", f"{official} ({district})", f"{district} - {official}"):
            assert names.resolve(spelling).codes == (code,), spelling


def test_every_bare_official_name_is_decided_by_its_district(names: WijkNames) -> None:
    for code, row in city().wijken[city().wijken["district"] != ""].iterrows():
        district = row["district"] if row["district"] != "Antwerpen" else "district Antwerpen"
        assert names.resolve(row["official_name"], district).codes == (code,)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Deurne Noord", ("DEU01",)),
        ("'t Zuid", ("ANT24",)),
        ("Het Zuid", ("ANT24",)),
        ("Zuid", ("ANT24",)),
        ("Nieuw Zuid", ("ANT15",)),
        ("Kuininge & Bremweide", ("DEU02",)),
        ("Kruininge en Bremweide", ("DEU02",)),
        ("Kruininge", ("DEU02",)),
        ("Kuininge", ("DEU02",)),
        ("Theaterbuurt en Meir", ("ANT22",)),
        ("Meir", ("ANT22",)),
        ("Rozemaai", ("EKE05",)),
        ("Elsdonk", ("WIL02",)),
        ("Dorp-Gallifort (Deurne)", ("DEU03",)),
        ("wijk Kiel", ("ANT10",)),
        ("ANT10 - Kiel", ("ANT10",)),
        ("Haven Antwerpen", ("ANT08",)),
        ("Polder (Zandvliet)", ("BEZ03",)),
        ("Lillo", ("BEZ02",)),
        ("Borgerhout", ("BOR01", "BOR02", "BOR03")),
        ("Borsbeek", ("BOR04", "BOR05", "BOR06")),
        ("district Borsbeek", ("BOR04", "BOR05", "BOR06")),
        ("Zandvliet", ("BEZ01", "BEZ02", "BEZ03")),
        ("Berendrecht / Zandvliet", ("BEZ01", "BEZ02", "BEZ03")),
    ],
)
def test_names_in_use(names: WijkNames, text: str, codes: tuple[str, ...]) -> None:
    assert names.resolve(text).codes == codes


def test_antwerpen_in_wijk_is_the_district(names: WijkNames) -> None:
    district = tuple(sorted(city().districts["Antwerpen"]))
    assert len(district) == 24
    assert names.resolve("Antwerpen").codes == names.resolve("district Antwerpen").codes == district


@pytest.mark.parametrize("text", ["*", "Hele stad", "stadsbreed", "alle wijken", "heel Antwerpen", "Stad Antwerpen"])
def test_the_whole_city(names: WijkNames, text: str) -> None:
    match = names.resolve(text)
    assert match.whole_city
    assert match.codes == ()
    assert len(names.codes(text)) == 67


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("Centrum", ("EKE02", "HOB01", "WIL04")),
        ("Noord", ("DEU01", "HOB02")),
        ("Oost", ("BOR05", "DEU04")),
        ("West", ("BOR06", "HOB03")),
        ("Zuidoost", ("DEU06", "HOB04")),
        ("Haven", ("ANT08", "BEZ01")),
        ("Intra muros", ("BOR02", "BOR03")),
    ],
)
def test_a_bare_name_that_fits_several_is_not_decided(names: WijkNames, text: str, options: tuple[str, ...]) -> None:
    match = names.resolve(text)
    assert (match.codes, match.options) == ((), options)
    assert names.codes(text) == ()
    assert match.known
    assert not match.decided


@pytest.mark.parametrize(
    ("text", "district", "postcode", "codes"),
    [
        ("Centrum", "Ekeren", "", ("EKE02",)),
        ("Centrum", "", "2610", ("WIL04",)),
        ("Centrum", "Ekeren", "2610", ("EKE02",)),  # the district goes first
        ("Centrum", "Merksem", "2660", ("HOB01",)),  # there is none in Merksem
        ("Centrum", "Antwerpen", "2660", ("HOB01",)),  # the bare name is the city
        ("Centrum", "Antwerpen", "", ()),
        ("Haven", "Antwerpen", "", ("ANT08",)),
        ("Haven", "district Antwerpen", "", ("ANT08",)),
        ("Haven", "Antwerpen", "2030", ("ANT08",)),
        ("Centrum", "Merksem", "2170", ()),
        ("Kiel", "Deurne", "2100", ("ANT10",)),  # a full name needs no help
    ],
)
def test_district_then_postcode_decide(
    names: WijkNames, text: str, district: str, postcode: str, codes: tuple[str, ...]
) -> None:
    assert names.resolve(text, district, postcode).codes == codes


@pytest.mark.parametrize("text", ["Kieel", "Antwerpen-Noord", "2060", "Mortsel", "", "Dorp", "Kiel; Dam"])
def test_what_is_no_name_of_a_wijk(names: WijkNames, text: str) -> None:
    assert not names.known(text)


def test_a_gebied_goes_before_a_district_but_not_before_a_wijk(names: WijkNames) -> None:
    with_zones = names.with_zones(ZONES)
    assert with_zones.resolve("antwerpen noord").codes == ZONES["Antwerpen-Noord"]
    assert with_zones.resolve("Borgerhout").codes == ("BOR02",)
    assert with_zones.resolve("Kiel").codes == ("ANT10",)
    assert not names.known("Antwerpen-Noord")


def test_names_of_a_workbook_join_rows_with_the_same_gebied() -> None:
    zones = pd.DataFrame({"name": ["Ring", "Ring"], "wijken": [("ANT10",), ("ANT04", "ANT10")]})
    assert WijkNames.of(city(), zones).codes("ring") == ("ANT04", "ANT10")


def test_suggestions_are_labels(names: WijkNames) -> None:
    assert names.closest("Kieel") == "Kiel"
    assert names.closest("Deurne Nord") == "Deurne-Noord"
    assert names.closest("Borgerhoud") == "Borgerhout"
    assert names.closest("qqqq") is None
    assert names.closest_district("Duerne") == "Deurne"


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("Deurne", "Deurne"),
        ("2100 Deurne", "Deurne"),
        ("Antwerpen (Deurne)", "Deurne"),
        ("district Deurne", "Deurne"),
        ("Antwerpen", "Antwerpen"),
        ("B-2018 ANTWERPEN", "Antwerpen"),
        ("stad Antwerpen", "Antwerpen"),
        ("Antwerpen (alle districten)", "Antwerpen"),
        ("*", "Antwerpen"),
        ("district Antwerpen", "district Antwerpen"),
        ("Antwerpen (district)", "district Antwerpen"),
        ("Zandvliet", "Berendrecht-Zandvliet-Lillo"),
        ("Mortsel", None),
        ("Kiel", None),
        ("", None),
    ],
)
def test_districts(names: WijkNames, text: str, district: str | None) -> None:
    assert names.district(text) == district


def test_aliases_are_of_wijken_that_exist_and_shadow_no_other_name(names: WijkNames) -> None:
    for code, aliases in ALIASES.items():
        for alias in aliases:
            assert names.resolve(alias).codes == (code,), alias
    for name, codes in SHARED_NAMES.items():
        assert names.resolve(name).options == codes


def test_a_hostile_name_takes_no_time(names: WijkNames) -> None:
    assert not names.known("wijk " * 6_000)
    assert names.closest("wijk " * 6_000) is None


@pytest.mark.parametrize(
    "text", ["Berendrecht-Zandvliet-Lillo", "berendrecht zandvliet lillo", "Berendrecht/Zandvliet/Lillo"]
)
def test_a_district_keeps_its_own_name(text):
    names = WijkNames(city().wijken, city().postcodes)
    assert names.resolve(text).codes == ("BEZ01", "BEZ02", "BEZ03")


def test_the_city_s_district_decides_a_name_that_fits_it():
    names = WijkNames(city().wijken, city().postcodes)
    assert names.resolve("Haven", district="Antwerpen").codes == ("ANT08",)
