"""What a scenario changes: counts, people and sentences, checked by head."""

from __future__ import annotations

from random import Random

import pandas as pd
import pytest

from einclusie_data.changes.gaps import CLOSED, OPENED, SHIFTED, UNCERTAIN, gap_changes
from einclusie_data.contract import verdicts
from einclusie_data.engine.dataset import answer_per_group
from einclusie_data.proposals.compare import (
    SAME,
    SCENARIO_COLUMNS,
    Comparison,
    GroupPeople,
    Outcome,
    compare,
    compare_scenarios,
    of_group,
    of_wijken,
)
from einclusie_data.proposals.offer import NewOffer
from einclusie_data.proposals.scenario import Scenario, apply, stop_of
from einclusie_data.proposals.words import (
    NEVER_ADD,
    NOBODY_CHANGES,
    NOTHING_CHANGES,
    TABLE_HEADERS,
    comparison_sentences,
    groups_text,
    lead_sentence,
    people_sentences,
    verdict_sentences,
    wijken_text,
)
from tests.factories import OLDER, dataset, need_table, offer, question
from tests.proposals.test_scenario import at
from tests.random_scenarios import random_dataset, random_scenario

JOB = "Werkzoekenden"


def compared(published, *proposals, **asked) -> Comparison:
    proposed = apply(published, Scenario("Proef", proposals))
    before, after = (answer_per_group(one, question(**asked)) for one in (published, proposed))
    return compare(before, after)


def cells_of(comparison: Comparison, group: str = OLDER) -> dict[str, tuple]:
    cells = comparison.changed
    ours = cells[cells["doelgroep"] == group]
    people = [None if pd.isna(one) else int(one) for one in ours["mensen"]]
    return dict(zip(ours["wijkcode"], zip(ours["van"], ours["naar"], ours["soort"], people, strict=True), strict=True))


# --- what changes ----------------------------------------------------------------------------------------------------
def test_a_gap_that_closes_and_the_people_within_reach():
    """615 m around the middle of NOO01 hold all of its 16 demand points: 300 older people."""
    found = compared(dataset(), NewOffer(groups=(OLDER,), **at(500, 1500)))
    assert cells_of(found)["NOO01"] == (verdicts.GAP, verdicts.COVERED, CLOSED, 300)
    assert found.closed["wijkcode"].tolist() == ["NOO01"]
    assert found.people == (GroupPeople(OLDER, 300, 0, ()),)


def test_people_are_those_of_the_gap_table():
    new = NewOffer(groups=(OLDER,), **at(900, 1100))  # near the corner of four wijken
    found = compared(dataset(), new)
    before = answer_per_group(dataset(), question()).table
    after = answer_per_group(apply(dataset(), Scenario("", (new,))), question()).table
    ours = (before["doelgroep"] == OLDER) & (before["oordeel"] != "nvt") & before["personen"].notna()
    gained = (before["buiten_bereik"] - after["buiten_bereik"])[ours].sum()
    assert found.people == (GroupPeople(OLDER, int(gained), 0, ("Zuidkant",)),)
    assert gained > 300 / 4


def test_people_who_lose_an_offer_count_apart_from_those_who_get_one():
    published = dataset(offer(at=(500, 1500)))
    found = compared(published, stop_of(published, 0), NewOffer(groups=(OLDER,), **at(2700, 500)))
    assert cells_of(found)["NOO01"] == (verdicts.COVERED, verdicts.GAP, OPENED, -300)
    assert cells_of(found)["ZUI02"] == (verdicts.GAP, verdicts.COVERED, CLOSED, 60)
    assert found.people == (GroupPeople(OLDER, 60, 300, ()),)


def test_where_nobody_knows_how_many_people_live_that_is_said_and_not_zero():
    found = compared(dataset(), NewOffer(groups=(OLDER,), **at(500, 500)))
    assert cells_of(found)["ZUI01"][3] is None
    assert "Zuidkant" in found.people[0].unknown
    known = compared(dataset(need=need_table(("ZUI01", OLDER, 70.0))), NewOffer(groups=(OLDER,), **at(500, 500)))
    assert cells_of(known)["ZUI01"][3] == 70
    assert known.people[0].unknown == ()


def test_where_the_reach_stays_the_same_nobody_is_gained_also_when_their_number_is_unknown():
    found = compared(dataset(offer(at=(500, 1500))), NewOffer(groups=(JOB,), mode="Online"))
    assert (found.cells["mensen"] == 0).all()
    assert found.people == ()
    assert cells_of(found, JOB)["ZUI01"] == (verdicts.GAP, verdicts.MOBILE, SHIFTED, 0)


def test_a_proposal_that_does_not_say_for_whom_leaves_us_unsure():
    found = compared(dataset(), NewOffer(**at(500, 1500)))
    assert set(found.changed["soort"]) == {UNCERTAIN}
    assert len(found.uncertain) == len(found.changed) > 0
    assert found.closed.empty


def test_other_verdicts_get_better_or_worse():
    published = dataset(offer(at=(500, 1500), groups=("Iedereen",)), offer(at=(2700, 500)), offer(mode="Online"))
    found = compared(published, NewOffer(groups=(OLDER,), **at(500, 1500)), stop_of(published, 2))
    assert set(found.better["naar"]) == {verdicts.COVERED}
    assert found.worse["van"].unique().tolist() == [verdicts.MOBILE]
    assert (found.cells["soort"] == SAME).any()


def test_wijken_where_nearly_nobody_lives_do_not_count():
    found = compared(dataset(), NewOffer(groups=(OLDER,), **at(1500, 500)))
    row = found.cells[(found.cells["wijkcode"] == "HAV01") & (found.cells["doelgroep"] == OLDER)].iloc[0]
    assert (row["van"], row["soort"], row["mensen"]) == (verdicts.NOT_APPLICABLE, SAME, 0)


@pytest.mark.parametrize("seed", [5, *range(0, 24, 2)])
def test_the_verdicts_that_change_are_those_of_two_versions_of_a_workbook(seed):
    published, asked = random_dataset(seed)
    scenario, _ = random_scenario(Random(seed), published)
    proposed = apply(published, scenario)
    found = compare(answer_per_group(published, asked), answer_per_group(proposed, asked))
    known = gap_changes(published, proposed, asked)
    pd.testing.assert_frame_equal(found.changed.drop(columns="mensen"), known, check_dtype=False)
    parts = (found.closed, found.opened, found.uncertain, found.better, found.worse)
    assert sum(map(len, parts)) == len(found.changed)


# --- several scenarios -----------------------------------------------------------------------------------------------
def outcome(published, name: str, *proposals) -> Outcome:
    proposed = apply(published, Scenario(name, proposals))
    before, after = (answer_per_group(one, question()) for one in (published, proposed))
    return Outcome(Scenario(name, proposals), proposed, compare(before, after))


def test_scenarios_stand_beside_each_other():
    published = dataset(offer(at=(2700, 500)))
    north = NewOffer(groups=(OLDER,), **at(500, 1500))
    table = compare_scenarios(
        [
            outcome(published, "Noord", north, NewOffer(groups=(JOB,), **at(500, 1500))),
            outcome(published, "Online", NewOffer(groups=(OLDER,), mode="Online"), stop_of(published, 0)),
            outcome(published, "Niets"),
        ]
    )
    assert tuple(table.columns) == SCENARIO_COLUMNS == tuple(TABLE_HEADERS)
    counts = table.set_index("scenario").drop(columns="mensen").T.to_dict("list")
    # closed, opened, uncertain, better, worse, new offers, places, stops
    assert counts["Noord"] == [2, 0, 0, 0, 0, 2, 1, 0]
    assert counts["Online"] == [0, 1, 0, 3, 0, 1, 0, 1]
    assert counts["Niets"] == [0] * 8
    assert [one.group for one in table["mensen"][0]] == [OLDER, JOB]
    assert table["mensen"][2] == ()


def test_scenarios_for_one_group():
    both = outcome(dataset(), "Noord", *(NewOffer(groups=(one,), **at(500, 1500)) for one in (OLDER, JOB)))
    table = compare_scenarios([both], OLDER)
    assert table["hiaten_dicht"].tolist() == [1]
    assert [one.group for one in table["mensen"][0]] == [OLDER]
    assert set(of_group(both.comparison, JOB).cells["doelgroep"]) == {JOB}


# --- in words --------------------------------------------------------------------------------------------------------
def test_sentences_that_can_be_read_aloud():
    published = dataset(offer(at=(2700, 500)))
    found = compared(published, NewOffer(groups=(OLDER, JOB), **at(500, 1500)), stop_of(published, 0))
    assert comparison_sentences(found) == [
        "Er verdwijnen 2 mogelijke hiaten.",
        "Er ontstaat 1 mogelijk hiaat.",
        "Voor ouderen en werkzoekenden verdwijnt een mogelijk hiaat in Noordkant.",
        "Voor ouderen ontstaat een mogelijk hiaat in Overzijde.",
        "Ouderen: voor 300 mensen komt er passend aanbod op loopafstand. Voor 60 mensen is er dan geen passend aanbod "
        "meer op loopafstand.",
        "Voor werkzoekenden verandert wat op loopafstand is in Noordkant. We weten niet voor hoeveel mensen. Vul het "
        "aantal aan in het blad Behoefte.",
        NEVER_ADD,
    ]


def test_nothing_changes_in_words():
    assert comparison_sentences(compared(dataset(offer(at=(500, 1500))))) == [NOTHING_CHANGES, NOBODY_CHANGES]


def test_every_kind_of_change_has_its_sentence():
    steps = [
        ("hiaat", "gedekt", CLOSED), ("gedekt", "mobiel", OPENED), ("onbekend", "beperkt", UNCERTAIN),
        ("onbekend", "hiaat", UNCERTAIN), ("algemeen", "onbekend", UNCERTAIN), ("mobiel", "onbekend", UNCERTAIN),
        ("beperkt", "gedekt", SHIFTED), ("gedekt", "algemeen", SHIFTED), ("hiaat", "mobiel", SHIFTED),
        ("mobiel", "hiaat", SHIFTED),
    ]  # fmt: skip
    table = pd.DataFrame(steps, columns=["van", "naar", "soort"]).assign(wijk="Kiel", doelgroep=OLDER)
    told = verdict_sentences(table)
    assert len(set(told)) == len(steps)
    assert told[2] == "Voor ouderen is er dan zeker aanbod in Kiel. Nu weten we dat niet."
    assert told[3] == "Voor ouderen is er nu misschien aanbod in Kiel. Dan vinden we er geen meer."
    assert told[-1] == "Voor ouderen valt de hulp aan huis, rondreizend of online weg in Kiel."


def test_groups_with_the_same_change_share_a_sentence_and_all_groups_need_no_names():
    table = pd.DataFrame(
        {"wijk": ["Kiel"] * 2, "doelgroep": [OLDER, JOB], "van": "hiaat", "naar": "gedekt", "soort": CLOSED}
    )
    assert verdict_sentences(table) == ["Voor ouderen en werkzoekenden verdwijnt een mogelijk hiaat in Kiel."]
    assert verdict_sentences(table, (OLDER, JOB)) == ["Voor alle doelgroepen verdwijnt een mogelijk hiaat in Kiel."]
    assert verdict_sentences(table[:1], (OLDER,)) == ["Voor ouderen verdwijnt een mogelijk hiaat in Kiel."]


def test_many_wijken_are_counted():
    assert wijken_text(list("abcdef")) == "a, b, c, d, e en f"
    assert wijken_text(list("abcdefg")) == "a, b, c, d, e en nog 2 wijken"


def test_people_in_words():
    assert people_sentences([]) == []
    assert people_sentences([GroupPeople(OLDER, 1, 0, ())]) == [
        "Ouderen: voor 1 persoon komt er passend aanbod op loopafstand."
    ]
    assert people_sentences([GroupPeople(OLDER, 0, 1200, ())]) == [
        "Ouderen: voor 1.200 mensen is er dan geen passend aanbod meer op loopafstand."
    ]


# --- the answer in one sentence --------------------------------------------------------------------------------------
def test_the_answer_of_one_group():
    found = of_group(compared(dataset(), NewOffer(groups=(OLDER,), **at(500, 1500))), OLDER)
    assert lead_sentence(found) == (
        "Met dit scenario verdwijnt er 1 mogelijk hiaat en komt er voor 300 mensen passend aanbod op loopafstand."
    )
    stopped = dataset(offer(at=(500, 1500)))
    assert lead_sentence(of_group(compared(stopped, stop_of(stopped, 0)), OLDER)) == (
        "Met dit scenario ontstaat er 1 mogelijk hiaat en "
        "is er voor 300 mensen geen passend aanbod meer op loopafstand."
    )


def test_the_answer_of_all_groups_does_not_add_people_up():
    found = compared(dataset(), NewOffer(groups=(OLDER, JOB), **at(500, 1500)))
    assert len(found.people) == 2
    assert lead_sentence(found) == (
        "Met dit scenario verdwijnen er 2 mogelijke hiaten (elke wijk en elke doelgroep apart geteld)."
    )
    only = compared(dataset(), NewOffer(groups=(OLDER,), **at(500, 1500)))
    assert "komt er voor 300 mensen (ouderen) passend aanbod op loopafstand" in lead_sentence(only)


def test_the_answer_when_people_are_unknown_or_nothing_changes():
    found = of_group(compared(dataset(), NewOffer(groups=(JOB,), **at(500, 1500))), JOB)
    assert lead_sentence(found).endswith("weten we niet voor hoeveel mensen er iets verandert in Noordkant.")
    assert lead_sentence(of_group(found, OLDER)) == (
        "Met dit scenario verandert er geen enkel oordeel en verandert er voor niemand wat er op loopafstand is."
    )


def test_a_verdict_that_shifts_is_told_without_a_gap():
    published = dataset(offer(at=(500, 1500), groups=("Iedereen",)))
    found = of_group(compared(published, NewOffer(groups=(OLDER,), **at(500, 1500))), OLDER)
    assert lead_sentence(found).startswith(
        "Met dit scenario verandert er 1 oordeel, verdwijnt of ontstaat er geen mogelijk hiaat"
    )


def test_a_part_of_the_wijken():
    found = compared(dataset(), NewOffer(groups=(OLDER,), **at(500, 1500)))
    assert len(of_wijken(found, ["NOO01"]).closed) == 1
    assert of_wijken(found, ["NOO01"]).people == of_group(found, OLDER).people
    elsewhere = of_wijken(found, [code for code in found.cells["wijkcode"].unique() if code != "NOO01"])
    assert elsewhere.closed.empty
    assert elsewhere.people == ()


def test_all_groups_but_one():
    assert groups_text(["A", "B", "C"], ["A", "B", "C", "D"]) == "alle doelgroepen behalve d"
    assert groups_text(["A", "B"], ["A", "B", "C"]) == "a en b"
