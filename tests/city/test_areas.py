"""The reference data as the product reads it: 67 wijken, who lives where, and refusals of damaged files."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from einclusie_data.city.areas import Areas, attribution, load_areas, to_degrees, to_lambert
from einclusie_data.city.tables import AGE_COLUMNS, known_numbers, need_of, read_ages, read_wijken
from einclusie_data.contract import settings
from einclusie_data.contract.errors import ReferenceDataError
from tests.worlds import ORIGIN, at, degrees_at, small_world

DATA = settings.PROJECT_FOLDER / "data"
RAW = DATA / "bronnen"


@pytest.fixture(scope="module")
def city() -> Areas:
    return load_areas(DATA)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of data/ without the raw sources, to be damaged."""
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy, ignore=shutil.ignore_patterns("bronnen", "*.xlsx"))
    return copy


def raw_rows(file: str, separator: str = ",") -> list[dict[str, str]]:
    with (RAW / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=separator))


# --- the wijken ------------------------------------------------------------------------------------------------------
def test_city_has_the_official_wijken(city: Areas) -> None:
    names = {row["code"]: row for row in raw_rows("wijk_namen.csv")}
    assert list(city.wijken.index) == sorted(names)
    assert len(city.wijken) == 67
    assert city.wijken.crs.to_epsg() == 31370
    for code, wijk in city.wijken.iterrows():
        expected = names[code]
        assert wijk["label"] == expected["label"]
        assert wijk["official_name"] == expected["naam_portaal"]
        assert wijk["statistics_name"] == expected["naam_statistiek"]
        assert wijk["district"] == expected["district"]
        assert wijk["inhabited"] == (expected["inwoners_minstens_500"] == "ja")
        assert wijk["area_km2"] == pytest.approx(float(expected["opp_km2"]), rel=0.005)


def test_59_wijken_are_inhabited_and_the_river_is_not(city: Areas) -> None:
    assert city.wijken["inhabited"].dtype == bool
    assert city.wijken["inhabited"].sum() == 59
    assert not city.wijken.loc[settings.RIVER_CODE, "inhabited"]


def test_polygons_are_valid_and_do_not_overlap(city: Areas) -> None:
    shapes = city.wijken.geometry.to_numpy()
    assert shapely.is_valid(shapes).all()
    shared = shapely.area(shapely.intersection(shapes, shapes[:, None]))
    np.fill_diagonal(shared, 0)
    assert shared.sum() / 2 < 0.001
    assert city.wijken.area.sum() / 1e6 == pytest.approx(208, abs=5)


def test_polygons_are_valid_in_degrees_too() -> None:
    assert read_wijken((DATA / "wijken.geojson").read_bytes()).geometry.is_valid.all()


def test_borsbeek_and_borgerhout_share_a_prefix_but_no_district(city: Areas) -> None:
    assert city.districts["Borgerhout"] == ("BOR01", "BOR02", "BOR03")
    assert city.districts["Borsbeek"] == ("BOR04", "BOR05", "BOR06")


def test_districts_hold_every_wijk_but_the_river_once(city: Areas) -> None:
    listed = [code for codes in city.districts.values() for code in codes]
    assert sorted([*listed, settings.RIVER_CODE]) == list(city.wijken.index)
    assert len(city.districts) == 10


def test_ranking_is_unknown_where_nobody_lives_or_none_is_published(city: Areas) -> None:
    ranking = city.wijken["ranking"]
    assert ranking["ANT20"] == 73
    assert ranking["ANT02"] == 0
    assert ranking[~city.wijken["inhabited"]].isna().all()
    unknown = ranking[city.wijken["inhabited"]].isna()
    assert list(unknown.index[unknown]) == ["BOR04", "BOR05", "BOR06"]


# --- who lives where -------------------------------------------------------------------------------------------------
def test_need_of_kiel_is_the_sum_of_its_published_bands(city: Areas) -> None:
    assert city.need.loc["ANT10", "Ouderen"] == 1652 + 948 + 538 + 146
    assert city.need.loc["ANT10", "Kinderen en jongeren"] == 3122 + 3552
    assert city.need.loc["ANT10", "Iedereen"] == 20447


def test_every_need_figure_follows_from_the_raw_table(city: Areas) -> None:
    code_of = {row["naam_statistiek"]: row["code"] for row in raw_rows("wijk_namen.csv")}
    for row in raw_rows("leeftijd_per_wijk_2025.csv", ";"):
        name, *cells = row.values()
        for group, part in (("Iedereen", cells), ("Kinderen en jongeren", cells[:2]), ("Ouderen", cells[6:])):
            figure = city.need.loc[code_of[name], group]
            if all(cell.isdigit() for cell in part):
                assert figure == sum(map(int, part)), (name, group)
            else:
                assert np.isnan(figure), (name, group)


def test_a_suppressed_cell_is_unknown_and_makes_its_sums_unknown(city: Areas) -> None:
    airport = city.need.loc["DEU07"]
    assert airport["Kinderen en jongeren"] == 26
    assert np.isnan(airport["Ouderen"])
    assert np.isnan(airport["Iedereen"])
    assert city.need.loc["BEZ01"].isna().all()


def test_published_cells_add_up_to_the_city() -> None:
    codes = [row["code"] for row in raw_rows("wijk_namen.csv")]
    ages = read_ages((DATA / "inwoners_per_leeftijd.csv").read_bytes(), codes)
    assert ages.sum().sum() == 564_804
    assert list(ages.columns) == list(AGE_COLUMNS)
    assert np.isnan(ages.loc["ANT08", "leeftijd_80_89"])


def test_inhabited_means_at_least_500_inhabitants(city: Areas) -> None:
    total = city.need["Iedereen"]
    assert (total[city.wijken["inhabited"]] >= settings.INHABITED_FROM).all()
    assert not (total[~city.wijken["inhabited"]] >= settings.INHABITED_FROM).any()


@given(st.lists(st.sampled_from(["0", "7", "12", ".", ""]), min_size=10, max_size=10))
def test_a_sum_is_known_exactly_when_all_its_parts_are(cells: list[str]) -> None:
    ages = pd.DataFrame([known_numbers(pd.Series(cells, index=AGE_COLUMNS), "test")])
    need = need_of(ages).iloc[0]
    assert np.isnan(need["Ouderen"]) == any(cell in {".", ""} for cell in cells[6:])
    assert np.isnan(need["Iedereen"]) == any(cell in {".", ""} for cell in cells)


def test_need_names_its_source(city: Areas) -> None:
    assert city.need_source == "Stad in Cijfers, 2025"
    assert list(city.need.index) == list(city.wijken.index)


def test_demand_points_are_those_of_the_raw_file(city: Areas) -> None:
    raw = [
        (row["wijkcode"], float(row["x"]), float(row["y"]), float(row["gewicht"]))
        for row in raw_rows("vraagpunten.csv")
    ]
    assert list(city.demand.itertuples(index=False, name=None)) == sorted(raw, key=lambda row: row[0])
    assert list(city.demand.columns) == ["wijkcode", "x", "y", "weight"]
    assert city.demand.groupby("wijkcode")["weight"].sum().to_numpy() == pytest.approx(np.ones(67), abs=1e-5)


def test_demand_points_and_centres_lie_in_their_wijk(city: Areas) -> None:
    """Two of 20,817 points lie in an overlap of two published wijken and can be in one of them only."""
    found = city.wijken.index.to_numpy()[city.wijken_of_points(city.demand["x"], city.demand["y"])]
    elsewhere = city.demand[found != city.demand["wijkcode"].to_numpy()]
    assert sorted(elsewhere["wijkcode"]) == ["ANT05", "EKE02"]
    centres = city.wijken_of_points(city.wijken["centre_x"], city.wijken["centre_y"])
    assert centres.tolist() == list(range(67))


def test_postcodes_are_those_of_the_raw_file(city: Areas) -> None:
    assert city.postcodes["2050"] == ("ANT11",)
    assert {code: list(wijken) for code, wijken in city.postcodes.items()} == {
        row["postcode"]: row["wijkcodes"].split(";") for row in raw_rows("postcodes.csv")
    }


# --- points and coordinates ------------------------------------------------------------------------------------------
def test_points_find_their_wijk() -> None:
    world = small_world()
    x, y = np.transpose([at(500, 1500), at(1500, 500), at(2100, 100), at(2500, 1500), (np.nan, ORIGIN[1])])
    codes = [world.wijken.index[position] if position >= 0 else "" for position in world.wijken_of_points(x, y)]
    assert codes == ["NOO01", "HAV01", "SCH01", "", ""]


def test_a_point_on_a_border_lies_in_the_wijk_whose_code_comes_first() -> None:
    world = small_world()
    x, y = np.transpose([at(1000, 1000), at(500, 1000), at(2000, 1500), at(3200, 0)])
    assert world.wijken.index[world.wijken_of_points(x, y)].tolist() == ["HAV01", "NOO01", "NOO02", "ZUI02"]


def test_no_points_find_no_wijk() -> None:
    assert small_world().wijken_of_points([], []).tolist() == []


def test_bounds_and_river_of_the_small_world() -> None:
    world = small_world()
    assert world.bounds == (*at(0, 0), *at(3200, 2000))
    assert world.river.area == 200 * 2000
    assert world.districts == {"Noorderdam": ("NOO01", "NOO02"), "Zuiderdam": ("HAV01", "ZUI01", "ZUI02")}


@pytest.mark.parametrize(("step_m", "points"), [(250, 16), (100, 100)])
def test_weights_of_the_small_world_add_up_to_one(step_m: float, points: int) -> None:
    demand = small_world(step_m).demand
    assert (demand["wijkcode"] == "NOO01").sum() == points
    assert demand.groupby("wijkcode")["weight"].sum().to_numpy() == pytest.approx(np.ones(6))
    assert demand["wijkcode"].is_monotonic_increasing


@given(st.floats(139_000, 160_000), st.floats(203_000, 230_000))
def test_metres_to_degrees_and_back_is_exact(x: float, y: float) -> None:
    back_x, back_y = to_lambert(*to_degrees(x, y))
    assert float(back_x) == pytest.approx(x, abs=1e-6)
    assert float(back_y) == pytest.approx(y, abs=1e-6)


def test_a_known_place_is_where_it_should_be(city: Areas) -> None:
    """The Letterenhuis of the city's own list of public wifi stands in the historical centre."""
    x, y = city.to_lambert([4.404705], [51.222885])
    assert city.wijken.index[city.wijken_of_points(x, y)].tolist() == ["ANT09"]


def test_degrees_of_the_small_world_lie_in_belgium() -> None:
    lat, lon = degrees_at(0, 0)
    assert 51 < lat < 51.5
    assert 4 < lon < 5


# --- attribution and refusals ----------------------------------------------------------------------------------------
def test_every_publisher_that_asks_for_it_is_named_once() -> None:
    texts = [source.text for source in attribution(DATA)]
    assert len(texts) == len(set(texts))
    for name in ("Stad Antwerpen", "Stad in Cijfers", "© Statbel", "CC BY 4.0", "2026-10-05"):
        assert any(name in text for text in texts), name


@pytest.mark.parametrize(
    "file",
    [
        "wijken.geojson",
        "vraagpunten.csv",
        "wijkpunten.csv",
        "inwoners_per_leeftijd.csv",
        "wijkenranking.csv",
        "postcodes.csv",
        "herkomst.json",
    ],
)
@pytest.mark.parametrize("damage", ["missing", "empty", "binary"])
def test_a_missing_or_damaged_file_is_named(folder: Path, file: str, damage: str) -> None:
    if damage == "missing":
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(b"" if damage == "empty" else b"\x89PNG\r\n\x1a\n\x00\xff")
    with pytest.raises(ReferenceDataError, match=file) as caught:
        load_areas(folder)
    assert "python -m einclusie_data referentie" in str(caught.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("vraagpunten.csv", "ANT01,153150,213150,0.0046854", "ANT01,153150,213150,0.5", "de gewichten van ANT01"),
        ("vraagpunten.csv", "ANT01,153150,213150,0.0046854", "ANT01,ergens,213150,0.0046854", "'ergens' is geen getal"),
        ("vraagpunten.csv", "ANT01,153150,213150,0.0046854", "XYZ01,153150,213150,0.0046854", "XYZ01 bestaat niet"),
        ("vraagpunten.csv", "gewicht", "weging", "kolom gewicht ontbreekt"),
        ("wijkpunten.csv", "ANT02,151950,210350\n", "", "ANT02 ontbreekt"),
        ("wijkpunten.csv", "ANT02,151950,210350", "ANT01,151950,210350", "ANT01 staat er meer dan één keer in"),
        ("inwoners_per_leeftijd.csv", "ANT02,1048", "ANT02,veel", "'veel' is geen aantal"),
        ("wijkenranking.csv", "ANT01,37", "ANT01,370", "niet tussen 0 en 100"),
        ("postcodes.csv", "2050,", "50,", "'50' is geen postcode"),
        ("postcodes.csv", "ANT11", "ANT17", "ANT17 bestaat niet"),
        ("wijken.geojson", '"SCH01"', '"SCH02"', "SCH01"),
        ("wijken.geojson", '"bewoond"', '"inwoners"', "kenmerk bewoond ontbreekt"),
        ("wijken.geojson", '"type": "Polygon"', '"type": "Point"', "onbruikbaar"),
    ],
)
def test_wrong_content_is_refused_with_its_reason(folder: Path, file: str, old: str, new: str, reason: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=reason):
        load_areas(folder)


def test_better_demand_points_can_replace_the_given_ones(folder: Path) -> None:
    wijken = load_areas(folder).wijken
    lines = [f"{code},{row['centre_x']},{row['centre_y']},1" for code, row in wijken[::-1].iterrows()]
    (folder / "vraagpunten.csv").write_text("\n".join(["wijkcode,x,y,gewicht", *lines]), encoding="utf-8")
    demand = load_areas(folder).demand
    assert demand["wijkcode"].tolist() == list(wijken.index)
    assert (demand["weight"] == 1).all()


def test_the_wijk_at_a_point_in_degrees():
    from tests.worlds import degrees_at, small_world

    areas = small_world()
    lat, lon = degrees_at(500, 1500)
    assert areas.wijk_at(lon, lat) == "NOO01"
    lat, lon = degrees_at(500, 5000)
    assert areas.wijk_at(lon, lat) is None
