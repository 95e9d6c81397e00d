"""The card of a wijk says what the engine says."""

from __future__ import annotations

from dataclasses import replace

from einclusie_data.answers import wijk_profile as profile
from einclusie_data.answers.wijk_profile import Profile
from einclusie_data.contract import verdicts
from einclusie_data.contract.codelists import EVERYONE, TYPE
from einclusie_data.contract.questions import Filters
from einclusie_data.engine.dataset import answer_per_group, answer_per_group_and_type
from tests.factories import GROUPS, OLDER, dataset, offer, question

HELP, LESSON = "Individuele begeleiding", "Groepsles of workshop"


def card(*rows, wijk="NOO01", group=OLDER, **asked) -> Profile:
    data, question_ = dataset(*rows), question(**asked)
    found = answer_per_group(data, question_)
    return profile.profile_of(data, found, answer_per_group_and_type(data, question_), group, wijk)


def test_the_facts_of_a_wijk():
    shown = card(offer(name="hier", at=(500, 1500)))
    assert (shown.label, shown.district) == ("Noordkant", "Noorderdam")
    assert shown.facts[:2] == (("1.000", "inwoners"), ("50 op 100", "wijkenranking (hoger: meer uitdagingen)"))
    assert shown.facts[2] == ("0 m", "tot het dichtstbijzijnde passend aanbod: hier")


def test_what_is_unknown_is_called_so():
    shown = card(offer(at=(500, 1500)), wijk="ZUI02")
    assert [value for value, _ in shown.facts] == ["onbekend", "onbekend", "3.140 m"]
    assert card(wijk="ZUI02").facts[2] == ("niet gevonden", "passend aanbod met een bekende plek")


def test_an_approximate_place_is_no_distance():
    shown = card(offer(name="ergens", wijken=("NOO01",)))
    assert shown.facts[2] == ("in de wijk", "dichtstbijzijnde passend aanbod: ergens (adres niet bekend)")


def test_the_matrix_is_the_answer_to_each_type_alone():
    rows = [offer(at=(500, 1500), types=(HELP,)), offer(at=(500, 1500), types=(LESSON,), groups=(EVERYONE,))]
    data, asked = dataset(*rows), question()
    shown = card(*rows)
    assert list(shown.matrix.index) == list(GROUPS)
    assert list(shown.matrix.columns) == list(TYPE.values)
    for type_ in TYPE.values:
        alone = answer_per_group(data, replace(asked, filters=Filters(types=(type_,)))).table
        wanted = alone[alone["wijkcode"] == "NOO01"]["oordeel"].tolist()
        assert shown.matrix[type_].tolist() == wanted
    assert shown.matrix.loc[OLDER, [HELP, LESSON]].tolist() == [verdicts.COVERED, verdicts.GENERAL]


def test_groups_with_the_same_verdict_and_reason_stand_together():
    shown = card(offer(at=(500, 1500)))
    assert profile.verdict_groups(shown.groups) == [
        (verdicts.GAP, verdicts.OTHER_GROUP, tuple(group for group in GROUPS if group != OLDER)),
        (verdicts.COVERED, "", (OLDER,)),
    ]


def test_the_rows_to_complete_with_their_groups():
    shown = card(offer(at=(500, 1500), groups=()))
    assert profile.rows_to_complete(shown) == [("2", "; ".join(GROUPS))]
    assert profile.rows_to_complete(card(offer(at=(500, 1500)))) == []
