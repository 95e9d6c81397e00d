"""An answer is judged against the row: a point for the house that was asked, else a problem and no point."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einclusie_data.contract import settings
from einclusie_data.contract.errors import Severity
from einclusie_data.geocode.answer import GeocodeResult, Precision, judge, kept_part
from tests.factories import offer
from tests.geocoder import INSIDE_NOO01, answer, result
from tests.worlds import degrees_at, small_world

AREAS = small_world()


def judged(*results: dict[str, Any], **row: Any) -> GeocodeResult:
    asked = offer(**({"address": "Kerkstraat 12", "postcode": "2000"} | row)) | {"row": 7}
    return judge(answer(*results), asked, AREAS)


def code(found: GeocodeResult) -> str:
    return found.problem.code if found.problem else ""


def test_the_house_that_was_asked_is_accepted() -> None:
    found = judged(result())
    assert found == GeocodeResult(degrees_at(*INSIDE_NOO01), Precision.HOUSE, None)


@pytest.mark.parametrize(
    ("given_", "precision", "wanted"),
    [
        ({"Municipality": "Mortsel"}, "huisnummer", "adres-andere-gemeente"),
        ({"Municipality": None}, "huisnummer", "adres-andere-gemeente"),
        ({"Zipcode": "2660"}, "huisnummer", "adres-andere-postcode"),
        ({"Zipcode": None}, "huisnummer", "adres-andere-postcode"),
        ({"Housenumber": None}, "straat", "adres-enkel-straat"),
        ({"LocationType": "crab_straat"}, "straat", "adres-enkel-straat"),
        ({"LocationType": "crab_huisnummer_afgeleidVanStraat"}, "straat", "adres-enkel-straat"),
        ({"LocationType": "crab_huisnummer_geinterpoleerdObvWegverbinding"}, "straat", "adres-enkel-straat"),
        ({"Thoroughfarename": None, "Housenumber": None}, "gemeente", "adres-enkel-gemeente"),
        ({"Thoroughfarename": None}, "huisnummer", "adres-andere-straat"),
        ({"Thoroughfarename": "Dorpsstraat"}, "huisnummer", "adres-andere-straat"),
        ({"Housenumber": "21"}, "huisnummer", "adres-ander-huisnummer"),
        ({"Housenumber": "121"}, "huisnummer", "adres-ander-huisnummer"),
    ],
)
def test_a_doubtful_answer_is_a_problem_and_no_point(given_: dict[str, Any], precision: str, wanted: str) -> None:
    found = judged(result(**given_))
    assert (found.point, found.precision.value, code(found)) == (None, precision, wanted)
    assert found.problem is not None
    assert (found.problem.severity, found.problem.row, found.problem.sheet) == (Severity.WARNING, 7, "Aanbod")
    assert found.problem.message.endswith("Verbeter het adres, of zet het punt met de hand op de kaart.")


@pytest.mark.parametrize("number", ["12A", "12-14", "012", 12])
def test_a_letter_or_a_box_is_the_same_house(number: object) -> None:
    assert judged(result(Housenumber=number)).point is not None


@pytest.mark.parametrize("beyond_m", [-1.0, 1.0])
def test_the_city_and_its_margin(beyond_m: float) -> None:
    found = judged(result(at=(-settings.CITY_MARGIN_M - beyond_m, 500)))
    assert (code(found) == "adres-buiten-stad") == (beyond_m > 0)
    assert (found.point is None) == (beyond_m > 0)


def test_nothing_found_is_a_problem_that_says_what_to_do() -> None:
    found = judged()
    assert (found.point, found.precision, code(found)) == (None, Precision.NONE, "adres-niet-gevonden")


def _with(place: object) -> dict[str, Any]:
    return answer(result() | {"Location": place})


@pytest.mark.parametrize(
    "malformed",
    [None, [], "tekst", 3, {}, {"LocationResult": None}, {"LocationResult": {}}, {"LocationResult": [1]},
     _with(None), _with({}), _with({"Lat_WGS84": "51.2", "Lon_WGS84": "4.4"}),
     _with({"Lat_WGS84": True, "Lon_WGS84": 4.4}), _with({"Lat_WGS84": float("nan"), "Lon_WGS84": 4.4}),
     _with({"Lat_WGS84": 10**400, "Lon_WGS84": 4.4}), _with({"Lat_WGS84": 51.2, "Lon_WGS84": 180.1})],
)  # fmt: skip
def test_what_is_no_answer_is_a_problem(malformed: object) -> None:
    found = judge(malformed, offer(address="Kerkstraat 12", postcode="2000"), AREAS)
    assert (found.point, code(found)) == (None, "adres-antwoord-onleesbaar")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*result(), "x"]), inner, max_size=4),
    max_leaves=15,
)


@given(_JSON, st.sampled_from(["Location", "LocationResult", "Housenumber", "Zipcode", "Municipality"]))
def test_no_json_whatever_breaks_it_or_gives_a_point_without_agreement(junk: object, place: str) -> None:
    damaged = {"LocationResult": junk} if place == "LocationResult" else answer(result() | {place: junk})
    found = judge(damaged, offer(address="Kerkstraat 12", postcode="2000"), AREAS)
    assert (found.point is None) == (found.problem is not None and not found.problem.code.endswith("strijdig"))


def test_a_stated_wijk_that_disagrees_is_reported_and_the_address_counts() -> None:
    found = judged(result(), wijken=("ZUI01",))
    assert (found.point, code(found)) == (degrees_at(*INSIDE_NOO01), "adres-wijk-strijdig")
    assert found.problem is not None
    assert 'ligt in "Noordkant", niet in "Zuidkant"' in found.problem.message
    assert (found.problem.column, found.problem.value) == ("Wijk", "Zuidkant")
    assert code(judged(result(), wijken=("NOO01", "ZUI01"))) == ""


def test_a_postcode_whose_wijken_lie_elsewhere_is_reported_and_the_address_counts() -> None:
    found = judged(result(at=(500, 500)))
    assert (found.point, code(found)) == (degrees_at(500, 500), "adres-postcode-strijdig")
    assert found.problem is not None
    assert "in geen enkele wijk" not in found.problem.message
    outside = judged(result(at=(-100, 500)))
    assert outside.problem is not None
    assert "in geen enkele wijk van de stad" in outside.problem.message


def test_without_a_postcode_the_district_decides() -> None:
    assert code(judged(result(), postcode="", district="Noorderdam")) == ""
    other = judged(result(), postcode="", district="Zuiderdam")
    assert (other.point, code(other)) == (None, "adres-ander-district")


def test_without_postcode_wijk_or_district_the_found_postcode_is_asked_about() -> None:
    found = judged(result(), postcode="", district="Antwerpen")
    assert (found.point, code(found)) == (degrees_at(*INSIDE_NOO01), "adres-zonder-postcode")
    assert code(judged(result(), postcode="", district="Antwerpen", wijken=("NOO01",))) == ""


def test_text_of_the_service_is_shown_as_data() -> None:
    hostile = "an@example.org\x00\n**[x](http://x)**" + "y" * 500
    found = judged(result(Thoroughfarename=hostile))
    assert found.problem is not None
    assert "an@example.org" not in found.problem.message
    assert "\n" not in found.problem.message
    assert len(found.problem.message) < 300


@pytest.mark.parametrize("results", [(), (result(),), (result(Zipcode=None, Extra="x" * 10_000), result())])
def test_the_kept_part_is_judged_as_the_whole(results: tuple[dict[str, Any], ...]) -> None:
    asked = offer(address="Kerkstraat 12", postcode="2000")
    kept = json.loads(json.dumps(kept_part(answer(*results))))
    assert judge(kept, asked, AREAS) == judge(answer(*results), asked, AREAS)
    assert len(json.dumps(kept)) < 1_000
