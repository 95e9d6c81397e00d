"""The oracle itself, on a hand-drawn world whose numbers can be checked by head.

In metres from ORIGIN (EPSG:31370); every wijk has ten demand points, 100 m apart, on the line y = 500 (Z01: y = 1500):

    y 2000 +---------+
           | Z01 (*) |                              (*) not inhabited
    y 1000 +---------+---------+-----+---------+
           |   A01   |   A02   | SCH |   B01   |    A01 and A02: district Antwerpen; B01 and Z01: Borgerhout
    y    0 +---------+---------+-----+---------+
           0       1000      2000  2200      3200

A centre is 50, 150, 250, 350 and 450 m from the demand points of its wijk on either side.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pyproj import Transformer
from shapely.geometry import box

from tests.oracle import (
    COLUMNS,
    GROUPS,
    DemandPoint,
    Offer,
    Question,
    Wijk,
    World,
    gap_rows,
    gap_rows_per,
    half_up,
    located,
)

DAY = date(2026, 3, 1)
ORIGIN = (150_000, 210_000)
CORNERS = {"A01": (0, 0), "A02": (1000, 0), "B01": (2200, 0), "Z01": (0, 1000)}
DISTRICTS = {"A01": "Antwerpen", "A02": "Antwerpen", "B01": "Borgerhout", "Z01": "Borgerhout"}
TO_DEGREES = Transformer.from_crs(31370, 4326, always_xy=True)
TEN = (0.1,) * 10


def square(x, y, width=1000, height=1000):
    left, bottom = ORIGIN[0] + x, ORIGIN[1] + y
    return box(left, bottom, left + width, bottom + height)


def make_world(weights=TEN, need=None, a01_inhabited=True):
    """The drawing above; `weights` are those of A01's demand points, from west to east."""
    wijken, demand = {}, []
    for code, (x, y) in CORNERS.items():
        inhabited = a01_inhabited if code == "A01" else code != "Z01"
        centre = (ORIGIN[0] + x + 500, ORIGIN[1] + y + 500)
        wijken[code] = Wijk(f"Wijk {code}", DISTRICTS[code], square(x, y), inhabited, 40.0, centre)
        for number, weight in enumerate(weights if code == "A01" else TEN):
            demand.append(DemandPoint(code, ORIGIN[0] + x + 50 + 100 * number, centre[1], weight))
    river = square(2000, 0, 200, 1000)
    wijken["SCH01"] = Wijk("Schelde", "", river, False, None, (ORIGIN[0] + 2100, ORIGIN[1] + 500))
    return World(wijken, demand, {"2000": ("A01", "A02"), "2140": ("B01",)}, need or {}, river)


def at(x, y):
    """Coordinates of a point of the drawing, as keyword arguments."""
    lon, lat = TO_DEGREES.transform(ORIGIN[0] + x, ORIGIN[1] + y)
    return {"lat": lat, "lon": lon}


def offer(**cells):
    """A regular offer for Ouderen in the middle of A01, unless told otherwise."""
    defaults = {"row": 2, "groups": ("Ouderen",), **at(500, 500)}
    return Offer(**{**defaults, **cells})


def elsewhere(**cells):
    """The same without coordinates."""
    return offer(**{"lat": None, "lon": None, **cells})


def in_wijk(*codes, **cells):
    return elsewhere(wijken=codes, wijk_given=True, **cells)


def ask(offers, wijk="A01", group="Ouderen", world=None, **question):
    """The row of one wijk and group."""
    rows = gap_rows(offers, world or make_world(), Question(**{"date": DAY, "groups": (group,), **question}))
    return next(row for row in rows if row["wijkcode"] == wijk)


def verdict(*args, **kwargs):
    row = ask(*args, **kwargs)
    return row["oordeel"], row["reden"], row["kanttekening"]


def days(number):
    return DAY + timedelta(days=number)


COVERED = ("gedekt", "", "")
PART = ("beperkt", "enkel deel van de wijk", "")
RARE = ("beperkt", "tijdelijk of zelden", "")
NONE_AT_ALL = ("hiaat", "geen aanbod", "")
STOPPED = ("hiaat", "gestopt of gepland", "")


# --- the table -------------------------------------------------------------------------------------------------------
def test_one_row_per_wijk_and_group_in_order():
    rows = gap_rows([offer()], make_world(), Question(DAY))
    assert [tuple(row) for row in rows] == [COLUMNS] * 50
    assert [row["wijkcode"] for row in rows[::10]] == ["A01", "A02", "B01", "SCH01", "Z01"]
    assert tuple(row["doelgroep"] for row in rows[:10]) == GROUPS


def test_a_whole_row():
    # 800 m walking is 615 m in a straight line: all ten points. The centre is 500 m west of the point: 650 m walking.
    world = make_world(need={("A01", "Ouderen"): (1234, "Stad in Cijfers 2025")})
    assert ask([offer(**at(500, 500)), offer(row=3, groups=("Iedereen",), **at(0.5, 500))], world=world) == {
        "wijkcode": "A01", "wijk": "Wijk A01", "district": "Antwerpen", "doelgroep": "Ouderen",
        "oordeel": "gedekt", "reden": "", "kanttekening": "",
        "aantal_specifiek": 1, "aantal_iedereen": 1, "aantal_mobiel": 0, "aandeel_bereikt": 1.0, "afstand_m": 0,
        "personen": 1234, "buiten_bereik": 0, "bron_personen": "Stad in Cijfers 2025", "wijkranking": 40.0,
        "rijen_aan_te_vullen": "",
    }  # fmt: skip


def test_no_offers():
    row = ask([])
    assert (row["oordeel"], row["reden"], row["afstand_m"], row["aandeel_bereikt"]) == ("hiaat", "geen aanbod", None, 0)


def test_per_type_has_a_row_per_value_and_keeps_the_other_filters():
    offers = [offer(types=("Groepsles of workshop",), price="Gratis"), offer(row=3, types=("Digitale oefenkans",))]
    values = ("Digitale oefenkans", "Groepsles of workshop")
    question = Question(DAY, filters={"price": ("Gratis",), "types": ("Uitleen of aankoop van toestel",)})
    rows = gap_rows_per(offers, make_world(), question, "Ouderen", "type", values)
    assert tuple(rows[0]) == (*COLUMNS[:4], "type", *COLUMNS[4:])
    assert [(row["wijkcode"], row["type"], row["oordeel"]) for row in rows[:2]] == [
        ("A01", "Digitale oefenkans", "onbekend"),  # its price is not filled in
        ("A01", "Groepsles of workshop", "gedekt"),
    ]
    assert len(rows) == 10


def test_per_dagdeel_filters_dayparts():
    rows = gap_rows_per([offer(dayparts=("Avond",))], make_world(), Question(DAY), "Ouderen", "dagdeel", ("Avond",))
    assert (rows[0]["dagdeel"], rows[0]["oordeel"]) == ("Avond", "gedekt")


# --- verdicts --------------------------------------------------------------------------------------------------------
def test_not_inhabited_has_no_verdict_but_figures():
    row = ask([offer()], world=make_world(need={("A01", "Ouderen"): (7, "bron")}, a01_inhabited=False))
    assert (row["oordeel"], row["reden"], row["kanttekening"]) == ("nvt", "", "")
    assert (row["aantal_specifiek"], row["aandeel_bereikt"], row["personen"], row["buiten_bereik"]) == (1, 1.0, 7, 0)
    assert row["wijkranking"] is None


def test_covered_general_and_limited():
    assert verdict([offer()]) == COVERED
    assert verdict([offer(groups=("Iedereen",))]) == ("algemeen", "", "")
    assert verdict([offer(frequency="Maandelijks")]) == RARE


def test_general_counts_specific_and_open_together():
    # Reach 130 m walking is 100 m straight: 2 of 10 points each; three places together have 6.
    west, middle = offer(**at(100, 500)), offer(**at(300, 500))
    east = offer(groups=("Iedereen",), **at(500, 500))
    assert verdict([west, middle, east], reach_m=130) == ("algemeen", "", "")
    assert ask([west, middle, east], reach_m=130)["aandeel_bereikt"] == 0.6
    assert verdict([west, middle], reach_m=130) == PART


def test_everyone_is_covered_by_open_offers_only():
    assert verdict([offer(groups=("Iedereen",))], group="Iedereen") == COVERED
    assert verdict([offer()], group="Iedereen") == ("hiaat", "andere doelgroep", "")
    assert verdict([offer(groups=("Iedereen", "Ouderen"))]) == COVERED


def test_open_offers_can_be_left_out_except_for_everyone():
    open_offer = offer(groups=("Iedereen",))
    assert verdict([open_offer], open_counts=False) == ("hiaat", "andere doelgroep", "")
    assert verdict([open_offer], group="Iedereen", open_counts=False) == COVERED
    assert verdict([offer(groups=("Iedereen", "Ouderen"))], open_counts=False) == COVERED


def test_present_is_enough_to_be_limited():
    # In a corner of the wijk, more than 100 m from every demand point.
    assert verdict([offer(**at(10, 10))], reach_m=130) == PART
    assert ask([offer(**at(10, 10))], reach_m=130)["aandeel_bereikt"] == 0


@pytest.mark.parametrize(
    ("weight", "expected"),
    [(0.2499, PART), (0.25, COVERED), (0.2501, COVERED)],
)
def test_half_of_the_demand(weight, expected):
    # Reach 65 m walking is 50 m straight: the middle two points of A01, of weights 0.25 and `weight`.
    world = make_world(weights=(0.5 - weight, 0, 0, 0, 0.25, weight, 0, 0, 0, 0.25))
    assert verdict([in_wijk("A01")], world=world, reach_m=65) == (
        *expected[:2],
        "ligging bij benadering",
    )


def test_half_despite_rounding_noise():
    # The middle two points weigh 1/6 + 1/3, less a noise of 1e-13.
    world = make_world(weights=(0.5, 0, 0, 0, 1 / 6 - 1e-13, 1 / 3, 0, 0, 0, 0))
    assert verdict([offer(**at(500, 500))], world=world, reach_m=65.01) == COVERED


@pytest.mark.parametrize(("weight", "expected"), [(0.0999, NONE_AT_ALL[0]), (0.1, "beperkt"), (0.1001, "beperkt")])
def test_a_tenth_of_the_demand(weight, expected):
    # The offer lies in A02, 50 m over the border: 100 m from A01's easternmost point, 200 m from the next.
    world = make_world(weights=(1 - weight, 0, 0, 0, 0, 0, 0, 0, 0, weight))
    row = ask([offer(**at(1050, 500))], world=world, reach_m=131)
    assert (row["oordeel"], row["reden"]) == (expected, "enkel deel van de wijk" if expected == "beperkt" else "te ver")


@pytest.mark.parametrize(("reach_m", "reached"), [(324.99, 0.4), (325, 0.6), (325.01, 0.6)])
def test_reach_is_walking_distance_and_includes_the_limit(reach_m, reached):
    # From the centre, 250 m straight = 325 m walking to the third point on either side.
    assert ask([in_wijk("A01")], reach_m=reach_m)["aandeel_bereikt"] == reached


# --- active, lasting, regular, stale ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"status": "Actief"}, COVERED),
        ({"status": "Gepland"}, STOPPED),
        ({"status": "Tijdelijk gesloten"}, STOPPED),
        ({"status": "Gestopt"}, STOPPED),
        ({"valid_from": days(-1)}, COVERED),
        ({"valid_from": days(0)}, COVERED),
        ({"valid_from": days(1)}, STOPPED),
        ({"valid_to": days(-1)}, STOPPED),
        ({"valid_to": days(0)}, RARE),
        ({"valid_to": days(89)}, RARE),
        ({"valid_to": days(90)}, RARE),
        ({"valid_to": days(91)}, COVERED),
        ({"frequency": "Dagelijks"}, COVERED),
        ({"frequency": "Wekelijks"}, COVERED),
        ({"frequency": "Tweewekelijks"}, COVERED),
        ({"frequency": "Maandelijks"}, RARE),
        ({"frequency": "Eenmalig of op aanvraag"}, RARE),
        ({"mode": "Op locatie"}, COVERED),
        ({"mode": "Rondreizend"}, RARE),
        ({"checked": days(-730)}, COVERED),
        ({"checked": days(-731)}, ("gedekt", "", "verouderd")),
        ({"checked": days(5)}, COVERED),
    ],
)
def test_dates_status_and_frequency(cells, expected):
    assert verdict([offer(**cells)]) == expected


@pytest.mark.parametrize("number", ["VOORBEELD", "voorbeeld", "Voorbeeld "])
def test_an_example_never_counts(number):
    example = offer(number=number, status="Gestopt")
    assert verdict([example, replace(example, status="", row=3)], filters={"types": ("Groepsles",)}) == NONE_AT_ALL


# --- placed, mobile, unplaced ----------------------------------------------------------------------------------------
WORLD = make_world()


def kind_and_area(row):
    item = located(row, WORLD)
    return item.kind, sorted(item.serves) or sorted(item.hint) or [place.wijk for place in item.places]


EVERYWHERE = ["A01", "A02", "B01", "SCH01", "Z01"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (offer(), ("placed", ["A01"])),
        (offer(wijken=("B01",), wijk_given=True), ("placed", ["A01"])),  # the coordinates win
        (offer(**at(-2000, 500)), ("placed", [None])),
        (in_wijk("B01"), ("placed", ["B01"])),
        (in_wijk("A02", "B01"), ("unplaced", ["A02", "B01"])),
        (in_wijk("A02", "B01", postcode="2140"), ("unplaced", ["A02", "B01"])),
        (elsewhere(), ("unplaced", [])),
        (elsewhere(postcode="2140", district="Antwerpen"), ("unplaced", ["B01"])),
        (elsewhere(postcode="9000", district="Borgerhout"), ("unplaced", ["B01", "Z01"])),
        (elsewhere(district="Antwerpen"), ("unplaced", [])),
        (elsewhere(district="district Antwerpen"), ("unplaced", ["A01", "A02"])),
        (elsewhere(wijk_given=True, district="Borgerhout"), ("unplaced", ["B01", "Z01"])),  # Wijk not understood
        (elsewhere(wijk_given=True, whole_city=True), ("unplaced", [])),
        (elsewhere(mode="Online"), ("mobile", EVERYWHERE)),
        (elsewhere(mode="Online", postcode="2140", district="Borgerhout"), ("mobile", EVERYWHERE)),
        (offer(mode="Aan huis"), ("mobile", EVERYWHERE)),
        (offer(mode="Hele stad", wijken=("A01",), wijk_given=True), ("mobile", ["A01"])),
        (elsewhere(mode="Hele stad", wijk_given=True), ("mobile", [])),
        (elsewhere(mode="Aan huis", wijk_given=True, whole_city=True), ("mobile", EVERYWHERE)),
        (offer(mode="Rondreizend"), ("placed", ["A01"])),
        (in_wijk("A02", mode="Rondreizend"), ("placed", ["A02"])),
        (in_wijk("A02", "B01", mode="Rondreizend"), ("placed", ["A02", "B01"])),
        (elsewhere(mode="Rondreizend"), ("mobile", EVERYWHERE)),
        (elsewhere(mode="Rondreizend", wijk_given=True, whole_city=True), ("mobile", EVERYWHERE)),
        (elsewhere(mode="Rondreizend", wijk_given=True, postcode="2140"), ("mobile", [])),
        (elsewhere(mode="Rondreizend", postcode="2000", district="Borgerhout"), ("mobile", ["A01", "A02"])),
        (elsewhere(mode="Rondreizend", postcode="9000", district="Borgerhout"), ("mobile", ["B01", "Z01"])),
        (elsewhere(mode="Rondreizend", district="Antwerpen"), ("mobile", EVERYWHERE)),
        (elsewhere(mode="Rondreizend", district="district Antwerpen"), ("mobile", ["A01", "A02"])),
    ],
)
def test_where_an_offer_is(row, expected):
    assert kind_and_area(row) == expected


def test_travelling_through_several_wijken_is_limited_in_each():
    travelling = in_wijk("A01", "B01", mode="Rondreizend")
    found = ("beperkt", "tijdelijk of zelden", "ligging bij benadering")
    assert [verdict([travelling], wijk) for wijk in ("A01", "B01")] == [found, found]
    # A01's centre reaches 615 m: not A02's nearest point at 550 m only, which is 1 of 10: beperkt, a part of it.
    assert verdict([travelling], "A02") == ("beperkt", "enkel deel van de wijk", "ligging bij benadering")


def test_unplaced_without_a_hint_counts_nowhere():
    assert verdict([elsewhere()]) == NONE_AT_ALL
    assert ask([elsewhere()])["rijen_aan_te_vullen"] == ""


# --- the Schelde -----------------------------------------------------------------------------------------------------
def test_the_river_cannot_be_crossed():
    # From x = 1900 B01's first points are 350 and 450 m away, over the river; A02's lie on the same bank.
    row = offer(**at(1900, 500))
    assert ask([row], "A02")["aandeel_bereikt"] == 0.7  # from 1350 (550 m) to 1950 (50 m), not 1250 (650 m)
    assert ask([row], "B01")["aandeel_bereikt"] == 0
    assert verdict([row], "B01") == ("hiaat", "te ver", "")
    assert ask([row], "B01")["afstand_m"] == 1040  # (2700 − 1900) × 1.3, the river ignored


def test_an_offer_in_the_river_reaches_both_banks():
    row = offer(**at(2100, 500))
    # 615 m straight: A02's points from 1550 to 1950 (5), B01's from 2250 to 2650 (5).
    assert ask([row], "A02")["aandeel_bereikt"] == 0.5
    assert ask([row], "B01")["aandeel_bereikt"] == 0.5
    assert verdict([row], "A02") == COVERED
    assert ask([row], "SCH01")["aantal_specifiek"] == 1


# --- at home ---------------------------------------------------------------------------------------------------------
LESS_MOBILE = "Minder mobiele mensen"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, COVERED),
        ({"groups": ("Iedereen",)}, ("algemeen", "", "")),
        ({"valid_to": days(91)}, COVERED),
        ({"valid_to": days(90)}, ("mobiel", "geen aanbod", "")),
        ({"mode": "Online"}, ("mobiel", "geen aanbod", "")),
        ({"frequency": "Maandelijks"}, COVERED),  # lasting is enough at home
        ({"wijken": ("A01",), "wijk_given": True}, COVERED),
        ({"wijken": ("B01",), "wijk_given": True}, NONE_AT_ALL),
        ({"checked": days(-731)}, ("gedekt", "", "verouderd")),
        ({"groups": ("Ouderen",)}, ("hiaat", "andere doelgroep", "")),
        ({"status": "Gestopt"}, STOPPED),
        ({"status": "Gestopt", "valid_to": days(-1)}, NONE_AT_ALL),  # active again, it would still not be lasting
        ({"groups": ()}, ("onbekend", "doelgroep niet ingevuld", "")),
    ],
)
def test_help_at_home_for_less_mobile_people(cells, expected):
    row = elsewhere(**{"mode": "Aan huis", "groups": (LESS_MOBILE,), **cells})
    assert verdict([row], group=LESS_MOBILE) == expected


def test_help_at_home_for_others_is_mobile():
    assert verdict([elsewhere(mode="Aan huis")]) == ("mobiel", "geen aanbod", "")
    assert ask([elsewhere(mode="Aan huis")])["aantal_mobiel"] == 1


def test_an_open_gap_at_home_counts_with_a_place_elsewhere():
    # A suitable place exists (in B01), home help is temporary: mobiel, too far.
    rows = [elsewhere(mode="Aan huis", groups=(LESS_MOBILE,), valid_to=days(3)), in_wijk("B01", groups=(LESS_MOBILE,))]
    assert verdict(rows, group=LESS_MOBILE) == ("mobiel", "te ver", "")


# --- unknown ---------------------------------------------------------------------------------------------------------
FILTER = {"types": ("Groepsles of workshop",)}


def test_unknown_group():
    row = ask(
        [offer(row=12, groups=()), offer(row=5, groups=(), frequency="Maandelijks"), offer(row=3, status="Gestopt")]
    )
    assert (row["oordeel"], row["reden"], row["rijen_aan_te_vullen"]) == (
        "onbekend",
        "doelgroep niet ingevuld",
        "5, 12",
    )
    assert (row["aantal_specifiek"], row["aandeel_bereikt"], row["afstand_m"]) == (0, 0, None)


def test_unknown_group_holds_for_everyone_and_without_open_offers():
    expected = ("onbekend", "doelgroep niet ingevuld", "")
    assert verdict([offer(groups=())], group="Iedereen") == expected
    assert verdict([offer(groups=())], open_counts=False) == expected


def test_unknown_group_waives_nothing_else():
    assert verdict([offer(groups=(), status="Gestopt")]) == NONE_AT_ALL
    assert verdict([offer(groups=(), types=("Digitale oefenkans",))], filters=FILTER) == NONE_AT_ALL


def test_unknown_place():
    row = in_wijk("A01", "B01", row=7)
    assert [verdict([row], wijk)[:2] for wijk in ("A01", "B01")] == [("onbekend", "ligging onbekend")] * 2
    # A02's nearest demand point is 550 m from A01's centre: 1 of 10.
    assert ask([row], "A02")["oordeel"] == "onbekend"
    assert ask([row], "A02", reach_m=700)["oordeel"] == "hiaat"
    assert ask([row], "A02")["rijen_aan_te_vullen"] == "7"


def test_unknown_place_by_postcode_and_district():
    assert verdict([elsewhere(postcode="2140")], "B01") == ("onbekend", "ligging onbekend", "")
    assert verdict([elsewhere(postcode="2140")], "A01") == NONE_AT_ALL
    assert verdict([elsewhere(district="Borgerhout")], "B01") == ("onbekend", "ligging onbekend", "")


def test_unknown_filter():
    assert verdict([offer()], filters=FILTER) == ("onbekend", "filter niet ingevuld", "")
    assert ask([offer(row=9)], filters=FILTER)["rijen_aan_te_vullen"] == "9"
    assert verdict([offer(price="Gratis")], filters={**FILTER, "price": ("Gratis",)})[1] == "filter niet ingevuld"
    assert verdict([offer(price="Betalend")], filters={**FILTER, "price": ("Gratis",)}) == (
        "hiaat", "buiten de gekozen filters", "",
    )  # fmt: skip


@pytest.mark.parametrize("key", ["types", "dayparts", "languages", "signup"])
def test_one_chosen_value_is_enough(key):
    assert verdict([offer(**{key: ("een", "twee")})], filters={key: ("twee", "drie")}) == COVERED
    assert verdict([offer(**{key: ("een",)})], filters={key: ("twee",)}) == ("hiaat", "buiten de gekozen filters", "")
    assert verdict([offer(**{key: ("een",)})], filters={key: ()}) == COVERED


def test_unknowns_in_order_and_together():
    group, place, filter_ = offer(row=30, groups=()), in_wijk("A01", "A02", row=10), offer(row=20)
    group, place = (replace(row, types=FILTER["types"]) for row in (group, place))
    assert ask([filter_, place, group], filters=FILTER)["reden"] == "doelgroep niet ingevuld"
    assert ask([filter_, place], filters=FILTER)["reden"] == "ligging onbekend"
    assert ask([filter_], filters=FILTER)["reden"] == "filter niet ingevuld"
    several = ask([replace(place, groups=())], filters=FILTER)
    assert (several["oordeel"], several["reden"], several["rijen_aan_te_vullen"]) == ("onbekend", "meerdere", "10")


def test_all_three_unknowns_can_be_needed_together():
    assert verdict([in_wijk("A01", "A02", groups=())], filters=FILTER) == ("onbekend", "meerdere", "")


def test_an_offer_in_a_corner_that_reaches_nobody_is_to_be_completed_too():
    # More than 100 m from every demand point: it is present, and reaches none of them.
    assert ask([offer(row=8, groups=(), **at(10, 10))], reach_m=130)["rijen_aan_te_vullen"] == "8"


def test_rows_of_several_are_those_of_all_assumptions():
    # Row 4: only the group and the place together matter. Row 3: its group alone, but it is online: it serves A01.
    rows = [in_wijk("A01", "A02", row=4, groups=()), elsewhere(row=3, groups=(), mode="Online"), in_wijk("B01", row=5)]
    found = ask(rows, reach_m=400)
    assert (found["reden"], found["rijen_aan_te_vullen"]) == ("meerdere", "3, 4")


def test_rows_to_complete_leave_out_what_is_elsewhere_or_counted_already():
    # Row 3 is in B01. Row 4 serves A01, and counts already (mobile): only row 5 is missing something.
    rows = [offer(row=3, groups=(), **at(2700, 500)), elsewhere(row=4, mode="Online"), offer(row=5, groups=())]
    assert ask(rows)["rijen_aan_te_vullen"] == "5"


def test_nothing_is_unknown_where_there_is_some_offer():
    row = ask([offer(frequency="Maandelijks"), offer(row=3, groups=())])
    assert (row["oordeel"], row["reden"], row["rijen_aan_te_vullen"]) == ("beperkt", "tijdelijk of zelden", "")


def test_unknown_is_above_mobile():
    assert verdict([elsewhere(mode="Online"), offer(row=3, groups=())])[0] == "onbekend"


# --- mobile and gap: reasons -----------------------------------------------------------------------------------------
def test_reasons_of_a_gap_in_order():
    filtered = offer(types=("Digitale oefenkans",))
    stopped = offer(types=FILTER["types"], status="Gestopt")
    others = offer(types=FILTER["types"], groups=("Werkzoekenden",))
    far = offer(types=FILTER["types"], **at(2700, 500))
    rows = [far, others, stopped, filtered]
    expected = ["te ver", "andere doelgroep", "gestopt of gepland", "buiten de gekozen filters"]
    for count, reason in enumerate(expected, start=1):
        assert verdict(rows[:count], filters=FILTER) == ("hiaat", reason, "")
    online = elsewhere(types=FILTER["types"], mode="Online")
    for count, reason in enumerate(["geen aanbod", *expected]):
        assert verdict([online, *rows[:count]], filters=FILTER) == ("mobiel", reason, "")


def test_each_reason_keeps_the_other_conditions():
    # Stopped and of another type, or stopped and for others: no single change is enough.
    assert verdict([offer(types=("Digitale oefenkans",), status="Gestopt")], filters=FILTER) == NONE_AT_ALL
    assert verdict([offer(types=FILTER["types"], status="Gestopt", groups=("Werkzoekenden",))], filters=FILTER) == (
        NONE_AT_ALL
    )


def test_too_far_needs_a_place_anywhere():
    assert verdict([offer(**at(-3000, 500))]) == ("hiaat", "te ver", "")
    assert verdict([elsewhere()]) == NONE_AT_ALL


# --- caveats ---------------------------------------------------------------------------------------------------------
OLD = {"checked": days(-731)}
STALE = "verouderd"
APPROXIMATE = "ligging bij benadering"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([offer(**OLD), offer(row=3)], COVERED),
        ([offer(**OLD), offer(row=3, groups=("Iedereen",))], ("gedekt", "", STALE)),
        ([offer(groups=("Iedereen",), **OLD), offer(row=3, frequency="Maandelijks")], ("algemeen", "", STALE)),
        ([offer(frequency="Maandelijks", **OLD)], (*RARE[:2], STALE)),
        ([in_wijk("A01")], ("gedekt", "", APPROXIMATE)),
        ([in_wijk("A01"), offer(row=3)], COVERED),
        ([in_wijk("A01", **OLD)], ("gedekt", "", f"{STALE}; {APPROXIMATE}")),
        ([in_wijk("A01"), offer(row=3, **OLD)], COVERED),  # each alone is carried by the other
        ([in_wijk("A02", "B01", mode="Rondreizend"), offer(row=3)], COVERED),
    ],
)
def test_caveats_of_some_offer(rows, expected):
    assert verdict(rows) == expected


def test_no_caveat_when_only_the_reason_changes():
    # Without the stale one it is still beperkt, for another reason.
    rows = [offer(frequency="Maandelijks", **OLD), offer(row=3, **at(10, 10))]
    assert verdict(rows, reach_m=650) == RARE


@pytest.mark.parametrize(
    ("cells", "filters", "rows"),
    [
        ({"groups": ()}, {}, "2"),
        ({}, FILTER, "2"),
        ({"groups": ()}, FILTER, "2"),  # only under (a) and (c) together
        ({"groups": (), "wijken": ("A01", "B01"), "wijk_given": True}, {}, "2"),
    ],
)
def test_mobile_offer_is_uncertain(cells, filters, rows):
    row = ask([elsewhere(**{"mode": "Online", **cells})], filters=filters)
    assert (row["oordeel"], row["kanttekening"], row["rijen_aan_te_vullen"]) == ("hiaat", "mobiel aanbod onzeker", rows)


def test_mobile_offer_elsewhere_is_no_caveat():
    row = ask([elsewhere(mode="Online", groups=(), wijken=("B01",), wijk_given=True)])
    assert (row["oordeel"], row["kanttekening"], row["rijen_aan_te_vullen"]) == ("hiaat", "", "")


def test_uncertain_rows_leave_out_what_has_nothing_to_do_with_the_wijk():
    # Row 3 lies far away, row 4 nowhere.
    rows = [
        elsewhere(row=9, mode="Online", groups=()),
        offer(row=3, groups=(), **at(-3000, 0)),
        elsewhere(row=4, groups=()),
    ]
    assert ask(rows)["rijen_aan_te_vullen"] == "9"


def test_uncertain_rows_name_a_place_that_reaches_too_few_people():
    # Row 3 lies in A02 and reaches one demand point of A01, of weight 0.05: less than a tenth.
    world = make_world((0.95, 0, 0, 0, 0, 0, 0, 0, 0, 0.05))
    rows = [offer(row=3, groups=(), **at(1050, 500)), elsewhere(row=9, mode="Online", groups=())]
    row = ask(rows, world=world, reach_m=131)
    assert (row["oordeel"], row["kanttekening"], row["rijen_aan_te_vullen"]) == (
        "hiaat",
        "mobiel aanbod onzeker",
        "3, 9",
    )


# --- figures ---------------------------------------------------------------------------------------------------------
def test_counts():
    rows = [
        offer(row=2),
        offer(row=3, groups=("Ouderen", "Iedereen")),
        offer(row=4, groups=("Iedereen",)),
        elsewhere(row=5, mode="Online"),
        in_wijk("A01", row=6, mode="Hele stad", groups=("Iedereen",)),
        in_wijk("A01", "A02", row=7),  # unplaced: counts nowhere
        in_wijk("A01", "A02", row=8, mode="Rondreizend"),
    ]
    keys = ("aantal_specifiek", "aantal_iedereen", "aantal_mobiel")
    assert [ask(rows)[key] for key in keys] == [3, 1, 2]
    assert [ask(rows, group="Iedereen")[key] for key in keys] == [0, 2, 1]
    assert [ask(rows, open_counts=False)[key] for key in keys] == [3, 0, 1]
    assert [ask(rows, "A02")[key] for key in keys] == [1, 0, 1]


@pytest.mark.parametrize(("x", "expected"), [(549.99, 60), (550.01, 70), (503, 0), (504, 10)])
def test_distance_is_rounded_to_ten_metres(x, expected):
    # 49.99 m × 1.3 = 64.987 → 60; 50.01 × 1.3 = 65.013 → 70; 3 × 1.3 = 3.9 → 0; 4 × 1.3 = 5.2 → 10.
    assert ask([offer(**at(x, 500))])["afstand_m"] == expected


def test_distance_is_rounded_half_up_and_to_the_nearest_place():
    world = make_world()
    moved = world.wijken["A02"]._replace(centre=(ORIGIN[0] + 550, ORIGIN[1] + 500))
    world = replace(world, wijken={**world.wijken, "A02": moved})
    # Exactly 50 m × 1.3 = 65 m; the one in B01 is farther away.
    assert ask([in_wijk("A02"), in_wijk("B01", row=3)], world=world)["afstand_m"] == 70


@pytest.mark.parametrize(
    ("persons", "reached", "outside"),
    [(5, 0.9, 1), (15, 0.9, 2), (4, 0.9, 0), (0, 0.9, 0), (100, 0.9, 10), (25, 0.9, 3)],
)
def test_people_out_of_reach_are_rounded_half_up(persons, reached, outside):
    # 5 × 0.1 = 0.5 → 1; 15 × 0.1 = 1.5 → 2; 0.4 → 0; 25 × 0.1 = 2.5 → 3.
    # From x = 350, 1.3 × 550.5 m reaches 50 … 850 (9 points) and not 950.
    world = make_world(need={("A01", "Ouderen"): (persons, "bron")})
    row = ask([offer(**at(350, 500))], world=world, reach_m=1.3 * 550.5)
    assert (row["aandeel_bereikt"], row["buiten_bereik"], row["personen"]) == (reached, outside, persons)


def test_unrounded_share_decides_the_people_out_of_reach():
    # 1 − 0.33334 of 150,000 people: 99,999; from the rounded share it would be 100,005.
    world = make_world((0.66666, 0, 0, 0, 0.33334, 0, 0, 0, 0, 0), {("A01", "Ouderen"): (150_000, "bron")})
    row = ask([offer(**at(500, 500))], world=world, reach_m=65.1)
    assert (row["aandeel_bereikt"], row["buiten_bereik"]) == (0.3333, 99_999)


@pytest.mark.parametrize(("weight", "expected"), [(0.12344, 0.1234), (0.12345, 0.1235), (0.12355, 0.1236)])
def test_share_has_four_decimals_half_up(weight, expected):
    world = make_world((1 - weight, 0, 0, 0, weight, 0, 0, 0, 0, 0))
    assert ask([in_wijk("A01")], world=world, reach_m=65)["aandeel_bereikt"] == expected


def test_unknown_need_is_empty():
    for need in ({}, {("A01", "Ouderen"): (None, "Stad in Cijfers 2025")}):
        row = ask([offer()], world=make_world(need=need))
        assert (row["personen"], row["buiten_bereik"], row["bron_personen"]) == (None, None, "")


@pytest.mark.parametrize(
    ("value", "step", "expected"),
    [(64.9, "10", 60), (65, "10", 70), (75, "10", 80), (0.4999, "1", 0), (0.5, "1", 1), (2.5, "1", 3), (3.5, "1", 4)],
)
def test_half_up(value, step, expected):
    assert half_up(value, step) == expected
    assert half_up(value - 1e-11, step) == expected  # less than the noise that is rounded away


def test_order_of_rows_is_irrelevant():
    rows = [
        offer(row=2),
        in_wijk("A02", "B01", row=3),
        elsewhere(row=4, mode="Online", groups=()),
        offer(row=5, groups=()),
    ]
    question = Question(DAY, filters={"types": ()})
    assert gap_rows(rows, make_world(), question) == gap_rows(rows[::-1], make_world(), question)
