"""Which methods and partners fit a decision, where it is on the map: on the small world."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from einclusie_data.answers.explain import COMES, ELSEWHERE, IN_WIJK, MAYBE_HERE, WITHIN_REACH
from einclusie_data.contract.codelists import CHILDREN, EVERYONE, OLDER
from einclusie_data.contract.privacy import MASK
from einclusie_data.decisions.partners import MAYBE_SERVES, fitting_methods, fitting_partners, partner_text
from einclusie_data.decisions.place import decision_points, decisions_at, place_of_decision
from einclusie_data.engine.dataset import Dataset
from einclusie_data.store.decision_record import State
from tests.factories import dataset, decision, method, offer, partner, question
from tests.worlds import degrees_at, small_world

CLASS, HELP = "Groepsles of workshop", "Individuele begeleiding"
IN_NOO01, IN_ZUI01, IN_ZUI02 = (500, 1500), (500, 500), (2700, 500)


# --- where --------------------------------------------------------------------------------------------------------
def codes(**given: Any) -> list[str]:
    areas = small_world()
    return list(areas.wijken.index[list(place_of_decision(areas, decision(**given)).wijken)])


def what_at(x: float, y: float, **more: Any) -> dict[str, Any]:
    lat, lon = degrees_at(x, y)
    return {"lat": lat, "lon": lon, **more}


def test_the_wijken_of_a_decision():
    assert codes() == []
    assert codes(wijkcode="NOO01") == ["NOO01"]
    assert codes(wijkcode="NOO01", what={"wijken": ("ZUI01", "NOO01")}) == ["NOO01", "ZUI01"]
    assert codes(wijkcode="NOO01", what=what_at(*IN_ZUI01)) == ["NOO01", "ZUI01"]
    assert codes(wijkcode="ZUI01", what=what_at(*IN_ZUI01)) == ["ZUI01"]


def test_a_wijk_that_is_no_longer_known():
    place = place_of_decision(small_world(), decision(wijkcode="XYZ99", what={"wijken": ("NOO01", "OUD01")}))
    assert place.unknown == ("XYZ99", "OUD01")
    assert place.known
    assert not place_of_decision(small_world(), decision(wijkcode="XYZ99")).known


@pytest.mark.parametrize("at", [(2100, 1000), (-5000, 0)])
def test_a_point_in_the_river_or_outside_the_city_is_no_place(at: tuple[float, float]):
    place = place_of_decision(small_world(), decision(what=what_at(*at)))
    assert (place.spot, place.known) == (None, False)


def test_marks_on_the_map():
    made = [
        decision(id=1, what=what_at(*IN_ZUI01), wijkcode="NOO01", state=State.STARTED),
        decision(id=2, wijkcode="NOO01", title="bel 0470 12 34 56"),
        decision(id=3),
        decision(id=4, wijkcode="XYZ99"),
    ]
    marks = decision_points(small_world(), made)
    assert marks[["id", "state", "exact"]].to_numpy().tolist() == [[1, "gestart", True], [2, "idee", False]]
    assert marks["title"].tolist() == ["Digihulp", f"bel {MASK}"]
    assert marks[["lat", "lon"]].round(6).to_numpy().tolist() == [
        [round(value, 6) for value in degrees_at(*at)] for at in (IN_ZUI01, (500, 1500))
    ]
    assert decision_points(small_world(), []).empty


def test_the_decisions_at_a_place():
    made = [decision(id=1, wijkcode="ZUI01"), decision(id=2, wijkcode="NOO01", what={"wijken": ("ZUI01",)})]
    areas, marks = small_world(), decision_points(small_world(), made)
    assert decisions_at(areas, marks, *degrees_at(599, 500), 100) == (1, 2)
    assert decisions_at(areas, marks, *degrees_at(601, 500), 100) == ()
    assert decisions_at(areas, marks, *degrees_at(500, 1500), 100) == (2,)
    assert decisions_at(areas, decision_points(areas, []), *degrees_at(500, 500), 100) == ()


# --- methods ------------------------------------------------------------------------------------------------------
METHODS = (
    method(name="Kinderen", groups=(CHILDREN,), types=(HELP,)),
    method(name="Iedereen", groups=(EVERYONE,), types=(HELP,)),
    method(name="Ouderen", groups=(OLDER,), types=(HELP,), used_by=("Atlas", "Ligo")),
    method(name="Niets bekend"),
    method(name="Ouderen les", groups=(OLDER,), types=(CLASS,)),
)


def methods(*rows: dict[str, Any], **given: Any) -> pd.DataFrame:
    return fitting_methods(dataset(*rows, methods=METHODS), decision(**given), question())


def test_methods_that_fit_group_and_type_come_first():
    found = methods(group=OLDER, what={"types": (HELP,)})
    assert found["name"].tolist() == ["Ouderen", "Iedereen", "Niets bekend"]
    assert found["fits"].tolist() == [True, True, False]
    assert found["missing"].iloc[2] == ("groups", "types")


def test_of_two_groups_each_method_stands_once():
    found = methods(group="", what={"groups": (OLDER, CHILDREN), "types": (HELP,)})
    assert found["name"].tolist() == ["Ouderen", "Iedereen", "Kinderen", "Niets bekend"]


@pytest.mark.parametrize("given", [{}, {"group": "Jonge moeders", "what": {"types": ("Digicafé",)}}])
def test_a_decision_that_says_nothing_we_know_asks_nothing_of_a_method(given: dict[str, Any]):
    assert methods(**given)["name"].tolist() == [row["name"] for row in METHODS]


def test_users_of_a_method_near_the_wijk_are_named():
    rows = (
        offer(organisations=("Ligo",), at=IN_NOO01),
        offer(organisations=("Ligo",), at=(1100, 1500)),
        offer(organisations=("Atlas",), at=IN_NOO01, status="Gestopt"),
    )
    found = methods(*rows, group=OLDER, wijkcode="NOO01", what={"types": (HELP,)})
    assert found["near"].tolist() == [(f"Ligo ({IN_WIJK})",), (), ()]
    assert methods(*rows, group=OLDER, what={"types": (HELP,)})["near"].tolist() == [(), (), ()]


def test_methods_that_the_decision_names_are_marked():
    found = methods(group=OLDER, methods=("OUDEREN", "weg"), what={"types": (HELP,)})
    assert found["linked"].tolist() == [True, False, False]


def test_without_methods_there_is_nothing_to_name():
    assert fitting_methods(dataset(), decision(wijkcode="NOO01", group=OLDER), question()).empty


# --- partners -----------------------------------------------------------------------------------------------------
def partners(*rows: dict[str, Any], offers: tuple[dict[str, Any], ...] = (), **given: Any) -> pd.DataFrame:
    made: Dataset = dataset(*offers, partners=rows)
    return fitting_partners(made, decision(**{"wijkcode": "NOO01", "group": OLDER, **given}), question())


def where(found: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(found["organisation"], found["relation"], strict=True))


def test_partners_come_nearest_first_by_their_own_place():
    found = partners(
        partner(organisation="elders", at=IN_ZUI02),
        partner(organisation="misschien", postcode="2000"),
        partner(organisation="binnen bereik", at=(1100, 1500)),
        partner(organisation="hier", at=IN_NOO01),
        partner(organisation="wijk gekend", wijken=("NOO01",)),
        partner(organisation="andere wijk", wijken=("ZUI02",)),
        partner(organisation="nergens"),
    )
    assert where(found) == [
        ("hier", IN_WIJK),
        ("wijk gekend", IN_WIJK),
        ("binnen bereik", WITHIN_REACH),
        ("misschien", MAYBE_HERE),
        ("nergens", ""),
    ]
    assert found["unplaced"].tolist() == [False, False, False, False, True]
    assert found["row"].tolist() == [5, 6, 4, 3, 8]


def test_an_offer_nearby_counts_as_well_as_a_seat():
    found = partners(
        partner(organisation="Atlas", role="Lid", at=IN_ZUI02),
        partner(organisation="Ligo", role="Lid"),
        partner(organisation="STA-AN", at=IN_NOO01),
        offers=(
            offer(organisations=("Atlas", "Niet in het blad"), at=(1100, 1500)),
            offer(organisations=("LIGO vzw",), at=IN_NOO01),
            offer(organisations=("STA-AN",), mode="Online"),
            offer(organisations=("Gestopt",), at=IN_NOO01, status="Gestopt"),
        ),
    )
    assert where(found) == [
        ("Ligo", IN_WIJK),
        ("STA-AN", IN_WIJK),
        ("Atlas", WITHIN_REACH),
        ("Niet in het blad", WITHIN_REACH),
    ]
    assert found["by_offer"].tolist() == [True, False, True, True]
    assert found["row"].tolist() == [3, 4, 2, 0]
    assert not found["unplaced"].any()


def test_help_that_comes_to_the_wijk_is_near():
    assert where(partners(offers=(offer(organisations=("Atlas",), mode="Aan huis"),))) == [("Atlas", COMES)]


def test_near_the_chosen_point_counts_too():
    found = partners(
        partner(organisation="Atlas", at=(2300, 500)),
        wijkcode="",
        what=what_at(2900, 500),  # 780 m on foot
    )
    assert where(found) == [("Atlas", IN_WIJK)]
    found = partners(partner(organisation="A", at=(1000, 900)), wijkcode="", what=what_at(999, 1001))
    assert where(found) == [("A", WITHIN_REACH)]


def test_one_organisation_stands_once_with_all_its_roles():
    found = partners(
        partner(organisation="SAAMO", role="Lid", networks=("Stad",), sort="opbouwwerk"),
        partner(organisation="saamo vzw", role="Trekker", networks=("Kiel", "Stad"), wijken=("NOO01",)),
    )
    assert where(found) == [("SAAMO", IN_WIJK)]
    row = found.iloc[0]
    assert (row["roles"], row["networks"], row["sort"], row["row"]) == (
        ("Lid", "Trekker"),
        ("Stad", "Kiel"),
        "opbouwwerk",
        2,
    )


@pytest.mark.parametrize(
    ("offers", "serves"),
    [
        ((), False),
        ((offer(groups=(OLDER,), at=IN_ZUI02),), True),
        ((offer(groups=(EVERYONE,), at=IN_ZUI02),), True),
        ((offer(groups=(CHILDREN,)),), False),
        ((offer(groups=()),), None),
        ((offer(groups=()), offer(groups=(CHILDREN,))), None),
        ((offer(groups=(CHILDREN,)), offer(groups=())), None),
        ((offer(groups=()), offer(groups=(OLDER,)), offer(groups=())), True),
        ((offer(groups=(OLDER,), status="Gestopt"),), False),
    ],
)
def test_whether_a_partner_serves_the_group_already(offers: tuple[dict[str, Any], ...], serves: bool | None):
    found = partners(partner(at=IN_NOO01), offers=offers)
    assert found["organisation"].tolist() == ["Partner"]
    answer = found["serves"].iloc[0]
    assert (None if answer is pd.NA else bool(answer)) == serves


def test_whom_a_decision_without_a_group_is_for_is_unknown():
    found = partners(partner(at=IN_NOO01), offers=(offer(groups=(OLDER,)),), group="")
    assert found["serves"].tolist() == [pd.NA]


def test_in_one_place_who_serves_the_group_then_role_then_name():
    here = {"at": IN_NOO01}
    found = partners(
        partner(organisation="d", role="Mogelijke partner", **here),
        partner(organisation="c", role="Lid", **here),
        partner(organisation="b", role="Lid", **here),
        partner(organisation="e", **here),
        partner(organisation="a", role="Mogelijke partner", **here),
        partner(organisation="helpt", role="Mogelijke partner", **here),
        partner(organisation="t", role="Trekker", **here),
        offers=(offer(organisations=("helpt",)),),
    )
    assert found["organisation"].tolist() == ["helpt", "t", "b", "c", "a", "d", "e"]


def test_who_is_elsewhere_is_named_only_when_the_decision_does():
    rows = (partner(organisation="Atlas", at=IN_ZUI02), partner(organisation="Ligo", at=IN_ZUI02))
    for given in ({"partners": ("atlas vzw",)}, {"who": "ATLAS"}, {"what": {"organisations": ("Atlas",)}}):
        found = partners(*rows, **given)
        assert where(found) == [("Atlas", ELSEWHERE)]
        assert found["linked"].tolist() == [True]


@pytest.mark.parametrize("code", ["", "XYZ99"])
def test_without_a_place_nobody_is_near_or_elsewhere(code: str):
    rows = (partner(organisation="Atlas", at=IN_ZUI02), partner(organisation="Ligo"), partner(organisation="Bo"))
    found = partners(*rows, offers=(offer(organisations=("Ligo",)),), wijkcode=code)
    assert where(found) == [("Ligo", ""), ("Atlas", ""), ("Bo", "")]


def test_no_partners_at_all():
    found = partners()
    assert found.empty
    assert found["serves"].dtype == "boolean"


def test_what_is_said_of_a_partner():
    found = partners(
        partner(organisation="Atlas", role="Lid", works_on_inclusion="Ja", at=IN_ZUI02),
        partner(
            organisation="School", role="Mogelijke partner", works_on_inclusion="Nog niet", at=IN_NOO01, sort="school"
        ),
        partner(organisation="Nergens"),
        offers=(
            offer(organisations=("Atlas",), at=IN_NOO01),
            offer(organisations=("Ander",), at=(1100, 1500), groups=()),
            offer(organisations=("Misschien",), postcode="2000", groups=(CHILDREN,)),
        ),
        partners=("school",),
    )
    assert {row["organisation"]: partner_text(row) for row in found.to_dict("records")} == {
        "Atlas": "lid; heeft aanbod in de wijk; heeft al aanbod voor deze groep",
        "School": "staat bij dit besluit; mogelijke partner; school; werkt nog niet rond e-inclusie; zelf in de wijk",
        "Ander": f"staat niet in het blad Partners; heeft aanbod binnen loopafstand; {MAYBE_SERVES}",
        "Misschien": "staat niet in het blad Partners; heeft aanbod dat misschien in de wijk ligt",
        "Nergens": "rol niet ingevuld; we weten niet waar: vul Wijk in op rij 4 van het blad Partners",
    }


def test_contact_details_are_masked():
    found = partners(partner(organisation="An 0470 12 34 56", at=IN_NOO01, sort="a@b.be", networks=("a@b.be",)))
    assert found[["organisation", "sort"]].to_numpy().tolist() == [[f"An {MASK}", MASK]]
    assert found["networks"].tolist() == [(MASK,)]
