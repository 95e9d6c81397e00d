"""Which offers look like what was decided: on the small world, one trait at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from einclusie_data.contract.codelists import CHILDREN, EVERYONE, OLDER
from einclusie_data.contract.privacy import MASK
from einclusie_data.decisions import done
from einclusie_data.decisions.done import NEAR_M, already_there, done_by, done_sentence, marks_to_propose
from einclusie_data.store.decision_record import State
from tests.factories import DAY, dataset, decision, offer, question
from tests.worlds import degrees_at

CLASS, HELP = "Groepsles of workshop", "Individuele begeleiding"
IN_NOO01 = (500, 1500)
LAT, LON = degrees_at(*IN_NOO01)
DECIDED = {"wijkcode": "NOO01", "group": OLDER, "what": {"types": (HELP,)}, "state": State.DECIDED}


def started(**given: Any) -> dict[str, Any]:
    """An offer that is just what `DECIDED` asks for, from 1 September."""
    return offer(**{"at": IN_NOO01, "types": (HELP,), "valid_from": "2026-09-01", **given})


def found(*rows: dict[str, Any], already: Any = None, **given: Any) -> pd.DataFrame:
    return done_by(dataset(*rows), decision(**{**DECIDED, **given}), question(), already)


def one(row: dict[str, Any], **given: Any) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Reasons and doubts of the only offer; None when it can't be the decided one."""
    table = found(row, **given)
    return (table["reasons"].iloc[0], table["doubts"].iloc[0]) if len(table) else None


def test_an_offer_that_is_just_what_was_decided():
    table = found(offer(name="ander", groups=(CHILDREN,), at=IN_NOO01), started(name="Digipunt"))
    assert table["name"].tolist() == ["Digipunt"]
    assert table.index.tolist() == [1]
    assert table["sure"].tolist() == [True]
    assert table["reasons"].iloc[0] == (done.DONE_IN_WIJK, done.DONE_GROUP, done.DONE_TYPE, done.DONE_AFTER)
    assert table["doubts"].iloc[0] == ()


def test_nothing_looks_like_it():
    assert found().empty
    assert found(started(at=(1500, 1500))).empty
    assert list(found().columns)[-3:] == ["reasons", "doubts", "sure"]


@pytest.mark.parametrize(
    "other",
    [
        {"groups": (CHILDREN,)},
        {"types": (CLASS,)},
        {"at": (1500, 1500)},  # another wijk, though within reach of the nearest inhabitants
        {"at": (1001, 1500)},
        {"at": None},
        {"valid_from": "2026-05-31"},  # there the day before
        {"status": "Gepland"},
        {"status": "Gestopt"},
        {"valid_to": "2026-11-22"},
        {"valid_from": "2026-11-24"},
        {"mode": "Online", "at": None},
        {"mode": "Aan huis", "at": None},
    ],
)
def test_an_offer_that_is_something_else_is_not_named(other: dict[str, Any]):
    assert one(started(**other)) is None


@pytest.mark.parametrize(
    ("other", "doubt"),
    [
        ({"groups": ()}, done.DOUBT_GROUP),
        ({"groups": (EVERYONE,)}, done.DOUBT_OPEN),
        ({"types": ()}, done.DOUBT_TYPE),
        ({"valid_from": None}, done.DOUBT_START),
        ({"at": None, "postcode": "2000"}, done.DOUBT_PLACE),  # 2000 is NOO01 or NOO02
        ({"at": None, "wijken": ("NOO01", "NOO02"), "mode": "Online"}, done.DOUBT_COMES),
    ],
)
def test_what_is_not_known_of_an_offer_is_said(other: dict[str, Any], doubt: str):
    table = found(started(**other))
    assert table["doubts"].tolist() == [(doubt,)]
    assert table["sure"].tolist() == [False]
    assert len(table["reasons"].iloc[0]) == 3


@pytest.mark.parametrize(
    ("given", "doubt"),
    [
        ({"group": ""}, done.DOUBT_NO_GROUP),
        ({"group": "Jonge moeders"}, done.DOUBT_GONE_GROUP),
        ({"what": {}}, done.DOUBT_NO_TYPE),
        ({"what": {"types": ("Digicafé",)}}, done.DOUBT_GONE_TYPE),
    ],
)
def test_what_the_decision_leaves_open_is_said(given: dict[str, Any], doubt: str):
    _, doubts = one(started(), **given)
    assert doubts == (doubt,)


def test_the_day_of_the_decision_itself_counts():
    assert one(started(valid_from="2026-06-01"))[1] == ()


@pytest.mark.parametrize(("start", "there"), [("2026-05-14", False), ("2026-05-15", True)])
def test_a_meeting_before_it_was_written_down_counts(start: str, there: bool):
    assert (one(started(valid_from=start), meeting=date(2026, 5, 15)) is not None) == there


def test_a_meeting_still_to_come_does_not_move_the_day():
    assert one(started(valid_from="2026-06-01"), meeting=date(2026, 12, 1))[1] == ()


def test_midnight_in_antwerp_decides_the_day():
    late = datetime(2026, 8, 31, 22, 0, tzinfo=UTC)  # 1 September in Antwerp
    assert one(started(valid_from="2026-08-31"), since=late) is None
    assert one(started(valid_from="2026-08-31"), since=late - timedelta(minutes=1)) is not None


def test_the_groups_of_the_proposal_go_before_that_of_the_gap():
    what = {"types": (HELP,), "groups": (CHILDREN,)}
    assert one(started(groups=(CHILDREN,)), what=what)[1] == ()
    assert one(started(), what=what) is None


@pytest.mark.parametrize(
    ("theirs", "doubts"),
    [((OLDER, CHILDREN), ()), ((OLDER,), (done.DOUBT_PARTLY,)), ((OLDER, EVERYONE), (done.DOUBT_OPEN,))],
)
def test_a_decision_for_two_groups(theirs: tuple[str, ...], doubts: tuple[str, ...]):
    assert one(started(groups=theirs), what={"types": (HELP,), "groups": (CHILDREN, OLDER)})[1] == doubts


def test_a_decision_for_everyone_is_done_by_an_open_offer_only():
    assert one(started(groups=(EVERYONE, OLDER)), group=EVERYONE)[1] == ()
    assert one(started(groups=(OLDER,)), group=EVERYONE) is None


@pytest.mark.parametrize(("metres", "near"), [(NEAR_M - 0.1, True), (NEAR_M, True), (NEAR_M + 0.1, False)])
def test_near_the_chosen_point_over_the_border_of_the_wijk(metres: float, near: bool):
    lat, lon = degrees_at(990, 1500)
    row = started(at=(990 + metres / 1.3, 1500))
    answer = one(row, what={"types": (HELP,), "lat": lat, "lon": lon})
    assert (answer is not None) == near
    if answer:
        assert answer[0][0] == done.DONE_NEAR


def test_over_the_schelde_is_not_near():
    lat, lon = degrees_at(1990, 900)
    given = {"wijkcode": "", "what": {"types": (HELP,), "lat": lat, "lon": lon}}
    assert one(started(at=(2210, 900)), **given) is None
    assert one(started(at=(1980, 900)), **given)[0][0] == done.DONE_IN_WIJK


def test_the_wijk_of_the_point_and_those_of_the_proposal_count_beside_that_of_the_gap():
    given = {"what": {"types": (HELP,), "wijken": ("ZUI01",), "lat": LAT, "lon": LON}}
    for at in (IN_NOO01, (500, 500)):
        assert one(started(at=at), wijkcode="", **given)[1] == ()
    assert one(started(at=(2700, 500)), wijkcode="ZUI02", **given)[1] == ()


@pytest.mark.parametrize("given", [{"wijkcode": ""}, {"wijkcode": "XYZ99"}])
def test_without_a_place_that_we_know_no_offer_is_named(given: dict[str, Any]):
    assert one(started(), **given) is None


def test_an_approximate_place_in_the_wijk():
    assert one(started(at=None, wijken=("NOO01",)))[0][0] == done.DONE_IN_WIJK


# --- help that comes to you ---------------------------------------------------------------------------------------
HOME = {"types": (HELP,), "mode": "Aan huis"}


def test_help_at_home_in_the_wijk():
    row = started(at=None, mode="Aan huis", wijken=("NOO01", "ZUI01"))
    assert one(row, what=HOME) == ((done.DONE_COMES, done.DONE_GROUP, done.DONE_TYPE, done.DONE_AFTER), ())
    assert one(row, what=HOME, wijkcode="NOO02") is None


@pytest.mark.parametrize(
    ("theirs", "doubts"), [("Online", None), ("Op locatie", None), ("", (done.DOUBT_MODE,)), ("Aan huis", ())]
)
def test_another_way_of_working_is_something_else(theirs: str, doubts: tuple[str, ...] | None):
    answer = one(started(mode=theirs), what=HOME)
    assert (answer[1] if answer else None) == doubts


def test_a_decision_for_a_fixed_place_is_not_done_by_help_online():
    row = started(at=None, mode="Online", wijken=("NOO01",))
    assert one(row, what={"types": (HELP,), "mode": "Op locatie"}) is None
    assert one(row, what={"types": (HELP,)})[1] == (done.DOUBT_COMES,)


def test_help_at_home_for_the_whole_city():
    given = {"what": HOME, "wijkcode": ""}
    assert one(started(at=None, mode="Aan huis"), **given)[0][0] == done.DONE_EVERYWHERE
    assert one(started(at=None, mode=""), **given) is None


# --- who ----------------------------------------------------------------------------------------------------------
def test_the_agreed_organisation_is_a_reason_and_another_one_a_doubt():
    what = {"types": (HELP,), "organisations": ("Atlas vzw", "Ligo")}
    assert one(started(organisations=("atlas",)), what=what)[0][-1] == done.DONE_ORGANISATION
    assert one(started(organisations=("STA-AN",)), what=what)[1] == (done.DOUBT_ORGANISATION,)


def test_sure_ones_first_then_those_with_fewest_doubts():
    rows = (
        started(name="twee", groups=(), types=()),
        started(name="een", groups=()),
        started(name="nul"),
        started(name="ook een", types=()),
    )
    assert found(*rows)["name"].tolist() == ["nul", "een", "ook een", "twee"]


# --- beside an older workbook -------------------------------------------------------------------------------------
def test_an_offer_that_was_there_before_is_not_named():
    old = offer(name="Digipunt", at=IN_NOO01, types=(HELP,))
    new = {**old, "name": "Nieuw punt", "organisations": ("Ligo",), "address": "Kerkstraat 1"}
    after = dataset(new, old)
    already = already_there(dataset(old), after, date(2026, 6, 1))
    assert already == {1}
    table = done_by(after, decision(**DECIDED), question(), already)
    assert table["name"].tolist() == ["Nieuw punt"]
    assert table["reasons"].iloc[0][-1] == done.DONE_NEW
    assert table["sure"].tolist() == [True]


def test_an_offer_that_was_planned_then_and_is_active_now_has_started():
    planned = offer(name="Digipunt", at=IN_NOO01, types=(HELP,), status="Gepland")
    after = dataset({**planned, "status": "Actief"})
    assert already_there(dataset(planned), after, date(2026, 6, 1)) == frozenset()


def test_an_offer_that_is_only_new_on_the_list_is_not_named():
    assert found(started(valid_from="2020-01-01"), already=frozenset()).empty


# --- what to ask --------------------------------------------------------------------------------------------------
def test_only_of_decisions_that_still_have_to_start():
    states = [decision(**{**DECIDED, "id": number, "state": state}) for number, state in enumerate(State, start=1)]
    elsewhere = decision(**{**DECIDED, "id": 9, "wijkcode": "ZUI01"})
    asked = marks_to_propose(dataset(started()), [*states, elsewhere], question())
    assert list(asked) == [1, 2, 3]  # idea, to discuss, decided
    assert asked[3]["name"].tolist() == ["Digihulp"]


def test_the_question_shows_no_contact_details():
    table = found(started(name="Bel 0470 12 34 56", organisations=("an@example.org",), internal_contact="An"))
    assert "internal_contact" not in table.columns
    assert table["name"].tolist() == [f"Bel {MASK}"]
    sentence = done_sentence("Bel 0470 12 34 56", ("Atlas",), 1200, sure=True)
    assert sentence == (
        f"In de werkmap staat nu “Bel {MASK}” (Atlas, rij 1.200). Dat lijkt op dit besluit. Zet je het op “gestart”?"
    )
    assert done_sentence("Punt", ("Atlas", "Ligo"), 3, sure=False) == (
        "In de werkmap staat nu “Punt” (Atlas en Ligo, rij 3). Is dat wat jullie beslisten? Kijk het even na."
    )


def test_an_offer_that_starts_today_has_started():
    assert one(started(valid_from=DAY.isoformat())) is not None
    assert one(started(valid_from=(DAY + timedelta(days=1)).isoformat())) is None
