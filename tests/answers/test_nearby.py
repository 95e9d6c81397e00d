"""What is near a spot: on the small world with its river, with distances that can be checked by head."""

from __future__ import annotations

import math

import pytest

from einclusie_data.answers import nearby
from einclusie_data.answers.explain import COMES, ELSEWHERE, MAYBE_HERE, WITHIN_REACH
from einclusie_data.answers.nearby import ACROSS
from einclusie_data.answers.spots import Spot, read_spot, spot_at, spot_places, spot_problem, spot_text
from einclusie_data.contract import settings
from tests.factories import OLDER, located, offer, question, workbook
from tests.worlds import at, degrees_at, small_world

HERE = (1500, 1500)
"""In NOO02; the river starts 500 m east of it."""


def spot(x: float = HERE[0], y: float = HERE[1]) -> Spot:
    lat, lon = degrees_at(x, y)
    return spot_at(small_world(), lat, lon)


def around(*rows, at_: tuple[float, float] = HERE, asked=None, **given) -> list[tuple[str, str, float]]:
    supply = located(*rows)
    found = nearby.offers_near(supply, asked or question(), spot(*at_), **given)
    cells = zip(found["name"], found["relation"], found["distance_m"], strict=True)
    return [(name, relation, round(distance, 1)) for name, relation, distance in cells]


def test_offers_come_nearest_first_with_their_walking_distance():
    assert around(
        offer(name="ver", at=(500, 500)),
        offer(name="dichtbij", at=(1500, 1400)),
        offer(name="hier", at=HERE),
        offer(name="buur", at=(1200, 1500)),
    ) == [
        ("hier", WITHIN_REACH, 0.0),
        ("dichtbij", WITHIN_REACH, 130.0),
        ("buur", WITHIN_REACH, 390.0),
        ("ver", ELSEWHERE, round(1000 * math.sqrt(2) * 1.3, 1)),
    ]


@pytest.mark.parametrize(("metres", "relation"), [(799.9, WITHIN_REACH), (800, WITHIN_REACH), (800.1, ELSEWHERE)])
def test_exactly_at_the_reach_is_within_it(metres: float, relation: str):
    row = offer(at=(HERE[0] - metres / settings.DETOUR_FACTOR, HERE[1]))
    assert [found[1] for found in around(row)] == [relation]


def test_over_the_water_is_no_way_to_walk():
    across = offer(name="overkant", at=(2300, 900))
    assert around(across, at_=(1900, 900)) == [("overkant", ACROSS, 520.0)]
    assert around(across, at_=(1900, 900), asked=question(reach_m=400)) == []  # not near even without the river
    assert around(across, at_=(2500, 900)) == [("overkant", WITHIN_REACH, 260.0)]


def test_an_offer_in_the_river_can_be_reached():
    assert around(offer(name="boot", at=(2100, 900)), at_=(1900, 900)) == [("boot", WITHIN_REACH, 260.0)]
    assert around(offer(name="boot", at=(2100, 900)), at_=(2500, 900)) == [("boot", WITHIN_REACH, 520.0)]


def test_of_several_places_the_nearest_that_can_be_walked_to_counts():
    roaming = offer(name="bus", mode="Rondreizend", wijken=("ZUI02", "NOO01"))
    assert around(roaming, at_=(1950, 500)) == [("bus", ELSEWHERE, round(math.hypot(1450, 1000) * 1.3, 1))]


def test_mobile_and_unplaced_offers_have_no_distance():
    rows = [
        offer(name="aan huis hier", mode="Aan huis", wijken=("NOO02",)),
        offer(name="aan huis elders", mode="Aan huis", wijken=("ZUI01",)),
        offer(name="ergens in 2000", postcode="2000"),
        offer(name="ergens in 2660", postcode="2660"),
        offer(name="nergens"),
    ]
    found = around(*rows)
    assert [(name, relation) for name, relation, _ in found] == [
        ("aan huis hier", COMES),
        ("ergens in 2000", MAYBE_HERE),
    ]
    assert all(math.isnan(distance) for *_, distance in found)


def test_only_the_nearest_beyond_reach_are_named():
    rows = [offer(name=f"{metres}", at=(HERE[0] - metres, HERE[1])) for metres in (1400, 1300, 1200, 1100, 1000, 900)]
    names = [name for name, *_ in around(*rows)]
    assert names == ["900", "1000", "1100", "1200", "1300"]
    assert [name for name, *_ in around(*rows, words="1400")] == ["1400"]  # searched before the nearest are chosen


def test_group_filters_and_what_is_unknown():
    rows = [
        offer(name="inloop", at=HERE, signup=("Vrije inloop",)),
        offer(name="afspraak", at=HERE, signup=("Op afspraak",)),
        offer(name="onbekend", at=HERE),
        offer(name="jeugd", at=HERE, signup=("Vrije inloop",), groups=("Kinderen en jongeren",)),
        offer(name="gestopt", at=HERE, signup=("Vrije inloop",), status="Gestopt"),
    ]
    asked = question(signups=("Vrije inloop",))
    assert [name for name, *_ in around(*rows, asked=asked, group=OLDER)] == ["inloop"]
    assert [name for name, *_ in around(*rows, asked=asked, group=OLDER, unknown_too=True)] == ["inloop", "onbekend"]
    assert [name for name, *_ in around(*rows, asked=asked)] == ["inloop", "jeugd"]


def test_without_offers_there_is_nothing_and_nothing_internal_is_shown():
    assert around() == []
    supply = located(offer(at=HERE, internal_contact="An", note="bel 0470 12 34 56"))
    found = nearby.offers_near(supply, question(), spot())
    assert "internal_contact" not in found
    assert "0470" not in found["note"].iloc[0]


@pytest.mark.parametrize(
    ("x", "y", "problem"), [(2100, 1500, "in de Schelde"), (-500, 500, "buiten de stad"), (500, 500, "")]
)
def test_a_spot_where_nobody_lives_says_so(x: float, y: float, problem: str):
    chosen = spot(x, y)
    assert problem in spot_problem(chosen)
    assert chosen.usable == (not problem)


def test_a_spot_knows_its_place_and_wijk():
    chosen = spot(500, 1500)
    assert (chosen.x, chosen.y) == pytest.approx(at(500, 1500), abs=1e-3)
    assert small_world().wijken.index[chosen.wijk] == "NOO01"


@pytest.mark.parametrize(
    "text", ["", "51.2", "51.2,4.4,1", "nan,nan", "inf,4", "91.0,4.0", "51.0,181.0", "1e2,4", "51,2;4,4"]
)
def test_a_text_that_is_no_spot_is_ignored(text: str):
    assert read_spot(text) is None


def test_a_spot_survives_the_link():
    assert read_spot(spot_text(51.21934, 4.38506)) == (51.2193, 4.3851)
    assert read_spot(" 51.2193, 4.3851 ") == (51.2193, 4.3851)


def test_places_to_choose_by_name():
    lat, lon = degrees_at(300, 300)
    book = workbook()
    partners = book.partners.reindex(range(2)).assign(
        organisation=["Buurthuis 0470 12 34 56", "Zonder plek"], lat=[lat, float("nan")], lon=[lon, float("nan")]
    )
    supply = located(
        offer(at=(100, 100), location="Bib", address="Kerkstraat 1"),
        offer(at=(200, 100), location="Bib", address="Kerkstraat 1"),
        offer(wijken=("NOO01",), location="Bij benadering"),
        offer(at=(600, 100), name="Digipunt"),
    )
    places = spot_places(supply, partners)
    assert list(places) == [
        "Midden van Noordkaai", "Midden van Noordkant", "Midden van Overzijde", "Midden van Zuidkant",
        "Bib, Kerkstraat 1", "Buurthuis [contactgegeven verborgen]", "Digipunt",
    ]  # fmt: skip
    assert places["Midden van Noordkant"] == spot_text(*degrees_at(500, 1500))
    assert places["Bib, Kerkstraat 1"] == spot_text(*degrees_at(100, 100))


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (0, "minder dan 50 m, 1 minuut te voet"),
        (24.9, "minder dan 50 m, 1 minuut te voet"),
        (25, "ongeveer 50 m, 1 minuut te voet"),
        (800, "ongeveer 800 m, 10 minuten te voet"),
        (974.9, "ongeveer 950 m, 12 minuten te voet"),
        (975, "ongeveer 1,0 km, 12 minuten te voet"),
        (2400, "ongeveer 2,4 km, 30 minuten te voet"),
    ],
)
def test_distances_in_words(metres: float, words: str):
    assert nearby.walk_words(metres) == words
