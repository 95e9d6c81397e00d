"""The gap engine on the hand-drawn world of `worlds`: every threshold just below, at and above.

In a wijk of 1 km² there are 16 demand points of 1/16, at 125, 375, 625 and 875 m along each side.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest

from einclusie_data.contract import codelists
from einclusie_data.engine.gaps import COLUMNS, most_pressing, unknown_need
from tests.factories import DAY, OLDER, ask, cell, need_table, offer, question
from tests.worlds import small_world

HELP = "Individuele begeleiding"
CENTRE = (500, 1500)  # of NOO01: 8 points lie within 400 m, 4 of them at 177 m, 8 at 395 m, 4 corners at 530 m


def days(number: int) -> pd.Timestamp:
    return pd.Timestamp(DAY) + timedelta(days=number)


# --- shape ------------------------------------------------------------------------------------------------------------
def test_one_row_per_wijk_and_group_in_order_of_code_and_codelist():
    table = ask(offer(at=CENTRE)).table
    assert tuple(table.columns) == COLUMNS
    assert len(table) == 6 * 10
    assert table["wijkcode"].is_monotonic_increasing
    assert tuple(table["doelgroep"][:10]) == codelists.GROUP.values


def test_no_offers_at_all():
    found = ask()
    assert set(found.table["oordeel"]) == {"hiaat", "nvt"}
    assert set(found.table.loc[found.table["oordeel"] == "hiaat", "reden"]) == {"geen aanbod"}
    assert found.table["afstand_m"].isna().all()


# --- share and reach --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("reach_m", "share"),
    [(229.8, 0.0), (229.9, 0.25), (513.8, 0.25), (513.9, 0.75), (689.4, 0.75), (689.5, 1.0)],
)
def test_share_counts_the_points_within_reach(reach_m: float, share: float):
    # 1.3 x 176.78 m = 229.81, 1.3 x 395.28 m = 513.87, 1.3 x 530.33 m = 689.43
    row = cell(ask(offer(at=CENTRE), asked=question(reach_m=reach_m)), "NOO01")
    assert row["aandeel_bereikt"] == share


@pytest.mark.parametrize(("reach_m", "reached"), [(649.999, 0), (650, 1), (650.001, 1)])
def test_a_distance_equal_to_the_reach_is_within_it(reach_m: float, reached: int):
    # one demand point of weight 1, exactly 300 and 400 m away: 500 m straight, 650 m on foot
    areas = small_world()
    centre = areas.wijken.loc["NOO01"]
    one = pd.DataFrame(
        {"wijkcode": ["NOO01"], "x": [centre["centre_x"] - 300], "y": [centre["centre_y"] - 400], "weight": [1.0]}
    )
    found = ask(offer(wijken=("NOO01",)), areas=replace(areas, demand=one), asked=question(reach_m=reach_m))
    assert cell(found, "NOO01")["aandeel_bereikt"] == reached


def weights(*shares: float) -> pd.DataFrame:
    """Demand of NOO01: the first point at the centre, the others 3 km off."""
    centre = small_world().wijken.loc["NOO01"]
    x = [centre["centre_x"], *[centre["centre_x"] - 3000] * (len(shares) - 1)]
    return pd.DataFrame({"wijkcode": "NOO01", "x": x, "y": centre["centre_y"], "weight": shares})


@pytest.mark.parametrize(("share", "verdict"), [(0.49999999, "beperkt"), (0.5, "gedekt"), (0.50000001, "gedekt")])
def test_half_of_the_people_is_covered(share: float, verdict: str):
    areas = replace(small_world(), demand=weights(share, 1 - share))
    assert cell(ask(offer(wijken=("NOO01",)), areas=areas), "NOO01")["oordeel"] == verdict


@pytest.mark.parametrize(("share", "verdict"), [(0.09999999, "hiaat"), (0.1, "beperkt"), (0.10000001, "beperkt")])
def test_a_tenth_of_the_people_is_limited(share: float, verdict: str):
    # the offer lies in NOO02, 300 m from the first point of NOO01
    areas = replace(small_world(), demand=weights(share, 1 - share).assign(x=lambda table: table["x"] + 400))
    row = cell(ask(offer(at=(1100, 1500)), areas=areas), "NOO01")
    assert row["oordeel"] == verdict
    assert row["reden"] == ("te ver" if verdict == "hiaat" else "enkel deel van de wijk")


def test_shares_do_not_depend_on_rounding_of_sums():
    ten = replace(small_world(), demand=weights(*[0.1] * 10).assign(x=lambda table: table["x"].iloc[0]))
    assert cell(ask(offer(wijken=("NOO01",)), areas=ten), "NOO01")["aandeel_bereikt"] == 1.0


# --- the river --------------------------------------------------------------------------------------------------------
def test_the_river_cannot_be_crossed():
    found = ask(offer(at=(2250, 500)), asked=question(reach_m=1600))
    assert cell(found, "ZUI02")["aandeel_bereikt"] > 0
    assert cell(found, "NOO02")["aandeel_bereikt"] == 0
    assert cell(found, "NOO02")["afstand_m"] == 1630  # 1.3 x hypot(750, 1000) = 1625, barrier ignored


def test_an_offer_in_the_river_reaches_both_sides():
    found = ask(offer(at=(2100, 500)), asked=question(reach_m=800))
    assert cell(found, "ZUI02")["aandeel_bereikt"] > 0
    assert cell(found, "HAV01")["aandeel_bereikt"] > 0


def test_an_offer_on_the_bank_cannot_cross():
    found = ask(offer(at=(2200.5, 500)), asked=question(reach_m=1600))
    assert cell(found, "HAV01")["aandeel_bereikt"] == 0


# --- time -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("offset", "active"), [(-1, True), (0, True), (1, False)])
def test_an_offer_starts_on_its_first_day(offset: int, active: bool):
    row = cell(ask(offer(at=CENTRE, valid_from=days(offset))), "NOO01")
    assert (row["oordeel"], row["reden"]) == (("gedekt", "") if active else ("hiaat", "gestopt of gepland"))


@pytest.mark.parametrize(("offset", "verdict"), [(-1, "hiaat"), (0, "beperkt"), (90, "beperkt"), (91, "gedekt")])
def test_an_offer_lasts_when_it_ends_more_than_90_days_later(offset: int, verdict: str):
    row = cell(ask(offer(at=CENTRE, valid_to=days(offset))), "NOO01")
    assert row["oordeel"] == verdict
    assert row["reden"] == {"hiaat": "gestopt of gepland", "beperkt": "tijdelijk of zelden", "gedekt": ""}[verdict]


@pytest.mark.parametrize(("age", "caveat"), [(729, ""), (730, ""), (731, "verouderd")])
def test_an_offer_is_stale_after_730_days(age: int, caveat: str):
    assert cell(ask(offer(at=CENTRE, checked=days(-age))), "NOO01")["kanttekening"] == caveat


@pytest.mark.parametrize(
    ("frequency", "verdict"),
    [("", "gedekt"), ("Dagelijks", "gedekt"), ("Wekelijks", "gedekt"), ("Tweewekelijks", "gedekt"),
     ("Maandelijks", "beperkt"), ("Eenmalig of op aanvraag", "beperkt")],
)  # fmt: skip
def test_regular_is_every_two_weeks_at_least(frequency: str, verdict: str):
    assert cell(ask(offer(at=CENTRE, frequency=frequency)), "NOO01")["oordeel"] == verdict


@pytest.mark.parametrize("status", ["Gepland", "Tijdelijk gesloten", "Gestopt"])
def test_an_offer_that_is_not_active_does_not_count(status: str):
    assert cell(ask(offer(at=CENTRE, status=status)), "NOO01")["reden"] == "gestopt of gepland"


# --- for whom ---------------------------------------------------------------------------------------------------------
def test_specific_open_and_unknown():
    specific = ask(offer(at=CENTRE))
    assert cell(specific, "NOO01")["oordeel"] == "gedekt"
    assert cell(specific, "NOO01", "Iedereen")[["oordeel", "reden"]].tolist() == ["hiaat", "andere doelgroep"]
    everyone = ask(offer(at=CENTRE, groups=("Iedereen",)))
    assert cell(everyone, "NOO01")["oordeel"] == "algemeen"
    assert cell(everyone, "NOO01", "Iedereen")["oordeel"] == "gedekt"
    unknown = ask(offer(at=CENTRE, groups=()))
    assert cell(unknown, "NOO01")[["oordeel", "reden", "rijen_aan_te_vullen"]].tolist() == [
        "onbekend",
        "doelgroep niet ingevuld",
        "2",
    ]
    assert cell(unknown, "NOO01", "Iedereen")["oordeel"] == "onbekend"


def test_open_offers_can_be_left_out_except_for_everyone():
    found = ask(offer(at=CENTRE, groups=("Iedereen",)), asked=question(open_counts=False))
    assert cell(found, "NOO01")[["oordeel", "reden", "aantal_iedereen"]].tolist() == ["hiaat", "andere doelgroep", 0]
    assert cell(found, "NOO01", "Iedereen")["oordeel"] == "gedekt"


def test_counts_tell_specific_open_and_mobile_apart():
    found = ask(
        offer(at=CENTRE),
        offer(at=CENTRE, groups=("Iedereen", OLDER)),
        offer(at=CENTRE, groups=("Iedereen",)),
        offer(mode="Online", groups=("Iedereen",), at=CENTRE),
        offer(wijken=("NOO01", "NOO02")),
    )
    counts = ["aantal_specifiek", "aantal_iedereen", "aantal_mobiel"]
    assert cell(found, "NOO01")[counts].tolist() == [2, 1, 1]
    assert cell(found, "NOO01", "Iedereen")[counts].tolist() == [0, 2, 1]
    assert cell(found, "ZUI02")[counts].tolist() == [0, 0, 1]


# --- filters ----------------------------------------------------------------------------------------------------------
def test_a_filter_passes_when_one_value_is_chosen_and_unknown_does_not_pass():
    asked = question(types=(HELP,))
    assert cell(ask(offer(at=CENTRE, types=(HELP, "Digitale oefenkans")), asked=asked), "NOO01")["oordeel"] == "gedekt"
    unknown = cell(ask(offer(at=CENTRE), asked=asked), "NOO01")
    assert unknown[["oordeel", "reden", "rijen_aan_te_vullen"]].tolist() == ["onbekend", "filter niet ingevuld", "2"]
    other = cell(ask(offer(at=CENTRE, types=("Digitale oefenkans",)), asked=asked), "NOO01")
    assert other[["oordeel", "reden"]].tolist() == ["hiaat", "buiten de gekozen filters"]


def test_several_unknowns_together():
    row = cell(ask(offer(at=CENTRE, groups=()), asked=question(types=(HELP,))), "NOO01")
    assert row[["oordeel", "reden", "rijen_aan_te_vullen"]].tolist() == ["onbekend", "meerdere", "2"]


# --- places -----------------------------------------------------------------------------------------------------------
def test_one_wijk_is_an_approximate_place():
    row = cell(ask(offer(wijken=("NOO01",))), "NOO01")
    assert row[["oordeel", "kanttekening", "afstand_m"]].tolist() == ["gedekt", "ligging bij benadering", 0]


def test_several_wijken_leave_the_place_unknown():
    found = ask(offer(wijken=("NOO01", "NOO02")))
    assert cell(found, "NOO01")[["oordeel", "reden"]].tolist() == ["onbekend", "ligging onbekend"]
    assert cell(found, "ZUI02")["oordeel"] == "hiaat"


@pytest.mark.parametrize(
    ("given", "unknown"),
    [
        ({"postcode": "2000"}, {"NOO01", "NOO02"}),
        ({"district": "Zuiderdam"}, {"ZUI01", "ZUI02"}),
        ({"postcode": "2000", "district": "Zuiderdam"}, {"NOO01", "NOO02"}),
        ({"district": "Antwerpen"}, set()),
        ({}, set()),
    ],
)
def test_the_hint_area_of_an_unplaced_offer(given: dict[str, str], unknown: set[str]):
    table = ask(offer(**given), asked=question(reach_m=1)).table
    assert set(table.loc[(table["oordeel"] == "onbekend") & (table["doelgroep"] == OLDER), "wijkcode"]) == unknown


def test_a_roaming_offer_with_several_wijken_is_in_each_of_them_but_not_regular():
    found = ask(offer(mode="Rondreizend", wijken=("NOO01", "NOO02")))
    assert cell(found, "NOO01")[["oordeel", "reden"]].tolist() == ["beperkt", "tijdelijk of zelden"]
    assert cell(found, "NOO02")["oordeel"] == "beperkt"


@pytest.mark.parametrize(
    ("given", "served"),
    [
        ({"mode": "Online"}, 6),
        ({"mode": "Online", "postcode": "2000"}, 6),
        ({"mode": "Online", "wijken": ("NOO01",)}, 1),
        ({"mode": "Online", "wijk_given": True}, 0),
        ({"mode": "Rondreizend"}, 6),
        ({"mode": "Rondreizend", "postcode": "2000"}, 2),
        ({"mode": "Rondreizend", "district": "Zuiderdam"}, 3),
        ({"mode": "Rondreizend", "district": "Antwerpen"}, 6),
        ({"mode": "Rondreizend", "wijk_given": True, "whole_city": True, "postcode": "2000"}, 6),
        ({"mode": "Hele stad", "at": CENTRE}, 6),
    ],
)
def test_the_wijken_that_a_mobile_offer_serves(given: dict[str, object], served: int):
    table = ask(offer(**given)).table
    assert table.loc[table["doelgroep"] == OLDER, "aantal_mobiel"].sum() == served


def test_mobile_stands_apart_below_unknown():
    assert cell(ask(offer(mode="Online")), "NOO01")["oordeel"] == "mobiel"
    both = ask(offer(mode="Online"), offer(at=CENTRE, groups=()))
    assert cell(both, "NOO01")["oordeel"] == "onbekend"


def test_home_is_the_place_for_less_mobile_people_only():
    less = codelists.LESS_MOBILE
    found = ask(offer(mode="Aan huis", groups=(less, OLDER), frequency="Eenmalig of op aanvraag"))
    assert cell(found, "NOO01", less)["oordeel"] == "gedekt"
    assert cell(found, "NOO01")["oordeel"] == "mobiel"
    everyone = ask(offer(mode="Aan huis", groups=("Iedereen",)))
    assert cell(everyone, "NOO01", less)["oordeel"] == "algemeen"
    ending = ask(offer(mode="Aan huis", groups=(less,), valid_to=days(90)))
    assert cell(ending, "NOO01", less)["oordeel"] == "mobiel"


def test_uncertain_mobile_help_is_a_caveat_of_a_gap():
    row = cell(ask(offer(mode="Online", groups=())), "NOO01")
    assert row[["oordeel", "kanttekening", "rijen_aan_te_vullen"]].tolist() == ["hiaat", "mobiel aanbod onzeker", "2"]


# --- people -----------------------------------------------------------------------------------------------------------
def test_people_out_of_reach():
    row = cell(ask(offer(at=CENTRE), asked=question(reach_m=400)), "NOO01")
    assert row[["personen", "buiten_bereik", "bron_personen"]].tolist() == [300, 225, "Stad in Cijfers, 2025"]


def test_people_are_rounded_half_up_from_the_unrounded_share():
    found = ask(offer(at=CENTRE), asked=question(reach_m=400), need=need_table(("NOO01", OLDER, 6)))
    assert cell(found, "NOO01")["buiten_bereik"] == 5  # 6 x 0.75 = 4.5
    assert cell(found, "NOO01")["bron_personen"] == "Behoefte (werkmap)"


def test_unknown_people_stay_unknown():
    row = cell(ask(offer(at=CENTRE)), "ZUI01")
    assert row[["personen", "buiten_bereik"]].isna().all()
    assert row["bron_personen"] == ""
    werk = cell(ask(offer(at=CENTRE)), "NOO01", "Werkzoekenden")
    assert pd.isna(werk["personen"])


def test_ranking_is_empty_where_nobody_lives_and_figures_are_filled_in():
    row = cell(ask(offer(at=CENTRE)), "HAV01")
    assert row["oordeel"] == "nvt"
    assert pd.isna(row["wijkranking"])
    assert row["afstand_m"] == 1840  # 1.3 x hypot(1000, 1000) = 1838.5


# --- most pressing ----------------------------------------------------------------------------------------------------
def test_most_pressing_first_and_unknown_need_apart():
    found = ask(offer(at=CENTRE, groups=("Werkzoekenden",)))
    rows = found.table[found.table["doelgroep"] == OLDER]
    assert most_pressing(rows)["wijkcode"].tolist() == ["NOO02", "NOO01", "ZUI02"]  # 400, 300 and 60 people
    assert unknown_need(rows)["wijkcode"].tolist() == ["ZUI01"]
    everyone = found.table[found.table["doelgroep"] == "Ouders en gezinnen"]
    assert unknown_need(everyone)["wijkcode"].tolist() == [
        "NOO01",
        "NOO02",
        "ZUI01",
        "ZUI02",
    ]  # ranking 50, 10, 0, none


def test_a_gap_comes_before_mobile_help():
    found = ask(offer(mode="Online", wijken=("NOO02",)))
    rows = found.table[found.table["doelgroep"] == OLDER]
    assert most_pressing(rows)["wijkcode"].tolist() == ["NOO01", "ZUI02", "NOO02"]
