"""Coordinates in every form seen in real sheets."""

from __future__ import annotations

import numpy as np
import pytest

from einclusie_data.checking.places import number_in, numbers_in, read_coordinates
from einclusie_data.contract import settings
from tests.worlds import degrees_at, small_world

AREAS = small_world()
LAT, LON = (round(value, 6) for value in degrees_at(500, 1500))
X, Y = (float(value[0]) for value in AREAS.to_lambert([LON], [LAT]))


def read(lat: str, lon: str) -> tuple[float, float, str | None]:
    found = read_coordinates([lat], [lon], AREAS)
    note = found.notes[0]
    return float(found.lat[0]), float(found.lon[0]), note.note.code if note else None


def comma(value: float) -> str:
    return str(value).replace(".", ",")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("51.2194", 51.2194), ("51,2194", 51.2194), ("-4", -4.0), ("152261", 152261.0), ("152.261", 152261.0),
        ("152 261", 152261.0), ("152.261,25", 152261.25), ("152 261.25", 152261.25), ("51.219", 51.219),
        ("", None), ("Kiel", None), ("1e5", None), ("51..2", None),
    ],
)  # fmt: skip
def test_one_number(text: str, value: float | None) -> None:
    assert number_in(text) == value


@pytest.mark.parametrize(
    "text",
    ["51.2194, 4.4025", "51,2194, 4,4025", "51,2194,4,4025", "51.2194,4.4025", "51,2194 4,4025", "(51.2194; 4.4025)",
     "51,2194 / 4,4025", "51.2194° N, 4.4025° E", "lat: 51.2194 lon: 4.4025"],
)  # fmt: skip
def test_two_numbers_in_one_cell(text: str) -> None:
    assert numbers_in(text) == (51.2194, 4.4025)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(str(LAT), str(LON)), (comma(LAT), comma(LON)), (f"{LAT}, {LON}", ""), ("", f"{comma(LAT)}; {comma(LON)}"),
     (f"{LAT}, {LON}", f"{LAT}, {LON}"), (f"{LAT} N", f"{LON}°")],
)  # fmt: skip
def test_degrees_need_no_remark(lat: str, lon: str) -> None:
    assert read(lat, lon) == (LAT, LON, None)


def test_swapped_degrees_are_turned_around_with_a_warning() -> None:
    assert read(str(LON), str(LAT)) == (LAT, LON, "coordinaten-omgewisseld")


@pytest.mark.parametrize("swapped", [False, True])
def test_lambert_metres_are_converted_with_a_warning(swapped: bool) -> None:
    cells = (f"{X:.2f}", f"{Y:.2f}") if swapped else (f"{Y:.2f}", f"{X:.2f}")
    lat, lon, code = read(*cells)
    assert code == "coordinaten-lambert"
    assert (lat, lon) == (pytest.approx(LAT, abs=1e-6), pytest.approx(LON, abs=1e-6))


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        (str(LAT), "", "coordinaat-onvolledig"),
        ("", str(LON), "coordinaat-onvolledig"),
        ("Kiel", str(LON), "coordinaat-onleesbaar"),
        (str(LAT), "?", "coordinaat-onleesbaar"),
        ("0", "0", "coordinaten-buiten-stad"),
        ("50.85", "4.35", "coordinaten-buiten-stad"),
        ("512194", "44025", "coordinaten-buiten-stad"),
        ("91", "4.4", "coordinaten-buiten-stad"),
    ],
)
def test_what_cannot_be_believed_counts_as_not_given(lat: str, lon: str, code: str) -> None:
    found_lat, found_lon, found_code = read(lat, lon)
    assert np.isnan(found_lat)
    assert np.isnan(found_lon)
    assert found_code == code


def test_nothing_given_is_nothing_wrong() -> None:
    lat, lon, code = read("", "")
    assert np.isnan(lat)
    assert np.isnan(lon)
    assert code is None


@pytest.mark.parametrize("beyond_m", [-1.0, 1.0])
def test_the_margin_around_the_city(beyond_m: float) -> None:
    min_x, min_y, max_x, max_y = AREAS.bounds
    reach = settings.CITY_MARGIN_M + beyond_m
    middle = ((min_x + max_x) / 2, (min_y + max_y) / 2)
    for x, y in (
        (min_x - reach, middle[1]),
        (max_x + reach, middle[1]),
        (middle[0], min_y - reach),
        (middle[0], max_y + reach),
    ):
        lon, lat = AREAS.to_degrees([x], [y])
        outside = read(f"{lat[0]:.10f}", f"{lon[0]:.10f}")[2] == "coordinaten-buiten-stad"
        assert outside == (beyond_m > 0)


def test_each_row_gets_its_own_answer() -> None:
    found = read_coordinates([str(LAT), "", str(LAT)], [str(LON), "", str(LON)], AREAS)
    assert found.lat.tolist()[0] == found.lat.tolist()[2] == LAT
    assert np.isnan(found.lat[1])
    assert found.x[0] == pytest.approx(X)
