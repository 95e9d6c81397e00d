"""What hangs on one offer: checked by head, and against really taking each offer away."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from einclusie_data.changes.gaps import OPENED, SHIFTED, UNCERTAIN
from einclusie_data.contract import verdicts
from einclusie_data.contract.questions import Question
from einclusie_data.engine.dataset import Dataset, answer_per_group
from einclusie_data.proposals.compare import SAME, GroupPeople, compare
from einclusie_data.proposals.fragile.offers import (
    EFFECT_COLUMNS,
    KINDS,
    OFFER_COLUMNS,
    Fragility,
    Role,
    fragile_offers,
)
from einclusie_data.proposals.fragile.words import (
    ALONE,
    HEADERS,
    KINDLY,
    NOTHING,
    ROLE_SENTENCES,
    end_sentence,
    offer_sentences,
    summary_sentences,
)
from einclusie_data.proposals.scenario import Scenario
from tests.factories import DAY, OLDER, dataset, offer, question
from tests.random_scenarios import changed_workbook, random_dataset

LESS_MOBILE = "Minder mobiele mensen"


def fragile(published: Dataset, *, codes=(), groups=(), days=90, **asked) -> Fragility:
    return fragile_offers(published, answer_per_group(published, question(**asked), groups), codes, days)


def roles(found: Fragility) -> dict[int, str]:
    return dict(zip(found.offers["offer"], found.offers["role"], strict=True))


def effects(found: Fragility, place: int, group: str = OLDER) -> dict[str, tuple]:
    table = found.effects_of(place)
    table = table[table["doelgroep"] == group]
    people = [None if pd.isna(one) else int(one) for one in table["mensen"]]
    return dict(
        zip(table["wijkcode"], zip(table["van"], table["naar"], table["soort"], people, strict=True), strict=True)
    )


# --- checked by head -------------------------------------------------------------------------------------------------
def test_the_only_offer_of_a_wijk_opens_a_gap():
    found = fragile(dataset(offer(at=(500, 1500)), offer(name="Ver", at=(2700, 500))))
    assert tuple(found.effects.columns) == EFFECT_COLUMNS
    assert tuple(found.offers.columns) == OFFER_COLUMNS
    assert effects(found, 0) == {"NOO01": (verdicts.COVERED, verdicts.GAP, OPENED, -300)}
    assert roles(found) == {0: Role.ONLY, 1: Role.ONLY}
    assert found.offers.set_index("offer").loc[0, [*KINDS, "wijken"]].tolist() == [1, 0, 0, 0, 1]
    assert found.people_of(0) == (GroupPeople(OLDER, 0, 300, ()),)


def test_two_at_one_place_take_each_others_place():
    found = fragile(dataset(offer(at=(500, 1500)), offer(name="Ook", at=(500, 1500))))
    assert found.effects.empty
    assert roles(found) == {0: Role.OVERLAPS, 1: Role.OVERLAPS}


def test_a_neighbour_may_keep_the_verdict_while_people_lose_their_offer():
    """The second covers three of the four columns of NOO01: the verdict stays, a quarter of 300 people lose it."""
    found = fragile(dataset(offer(at=(500, 1500)), offer(name="Naast", at=(700, 1500))))
    assert effects(found, 0)["NOO01"] == (verdicts.COVERED, verdicts.COVERED, SAME, -38)
    assert roles(found)[0] == Role.PART
    assert found.offers.set_index("offer").loc[0, [*KINDS, "wijken"]].tolist() == [0] * 5


def test_an_open_offer_holds_up_part_of_the_verdict():
    found = fragile(dataset(offer(at=(500, 1500)), offer(name="Open", at=(500, 1500), groups=("Iedereen",))))
    assert effects(found, 0) == {"NOO01": (verdicts.COVERED, verdicts.GENERAL, SHIFTED, 0)}
    assert set(effects(found, 1, "Werkzoekenden")["NOO01"][:2]) == {verdicts.GENERAL, verdicts.GAP}


def test_what_may_be_there_and_what_we_would_no_longer_know():
    vague = offer(name="Voor wie?", at=(500, 1500), groups=())
    found = fragile(dataset(offer(at=(500, 1500)), vague))
    assert effects(found, 0)["NOO01"][:3] == (verdicts.COVERED, verdicts.UNKNOWN, UNCERTAIN)
    assert effects(found, 1, "Werkzoekenden")["NOO01"][:3] == (verdicts.UNKNOWN, verdicts.GAP, UNCERTAIN)
    by_offer = found.offers.set_index("offer")
    assert by_offer.loc[0, list(KINDS)].tolist() == [0, 1, 0, 0]
    assert by_offer.loc[1, list(KINDS)].tolist() == [0, 0, 9, 0]


def test_the_only_one_who_comes_to_you():
    found = fragile(dataset(offer(mode="Aan huis", wijken=("NOO01",), groups=(LESS_MOBILE,)), offer(mode="Online")))
    assert effects(found, 0, LESS_MOBILE) == {"NOO01": (verdicts.COVERED, verdicts.GAP, OPENED, 0)}
    assert effects(found, 1)["ZUI01"] == (verdicts.MOBILE, verdicts.GAP, SHIFTED, 0)


def test_an_offer_of_unknown_place_an_offer_far_from_people_and_one_that_does_not_count():
    found = fragile(
        dataset(offer(), offer(name="Leeg", at=(3150, 1950)), offer(name="Oud", at=(500, 500), status="Gestopt"))
    )
    assert roles(found) == {0: Role.PLACELESS, 1: Role.NOBODY}
    assert found.effects.empty


def test_people_of_whom_nobody_knows_the_number_are_unknown():
    found = fragile(dataset(offer(at=(500, 500))))
    assert effects(found, 0)["ZUI01"][3] is None
    assert found.people_of(0)[0].unknown == ("Zuidkant",)


def test_an_area_has_its_own_offers_and_effects():
    published = dataset(offer(at=(500, 1500)), offer(name="Ver", at=(2700, 500)))
    found = fragile(published, codes=("ZUI02", "ZUI01"))
    assert roles(found) == {1: Role.ONLY}
    assert set(found.effects["wijkcode"]) == {"ZUI02"}


def test_one_group_only():
    found = fragile(dataset(offer(at=(500, 1500), groups=("Iedereen",))), groups=(OLDER,))
    assert set(found.effects["doelgroep"]) == {OLDER}
    assert found.groups == (OLDER,)
    assert found.offers["opens"].tolist() == [1]


@pytest.mark.parametrize(("left", "soon"), [(0, True), (30, True), (31, False), (None, False)])
def test_what_ends_soon(left, soon):
    last = None if left is None else pd.Timestamp(DAY + timedelta(days=left))
    row = fragile(dataset(offer(at=(500, 1500), valid_to=last or pd.NaT)), days=30).offers.iloc[0]
    assert bool(row["ends_soon"]) is soon
    assert pd.isna(row["days_left"]) if left is None else row["days_left"] == left


def test_what_ends_soon_stands_first_then_what_opens_most():
    ending = pd.Timestamp(DAY + timedelta(days=20))
    found = fragile(
        dataset(
            offer(name="Niets", at=(500, 500)),
            offer(name="Twee", at=(500, 500)),
            offer(name="Eén groep", at=(500, 1500)),
            offer(name="Twee groepen", at=(2700, 500), groups=(OLDER, "Werkzoekenden")),
            offer(name="Bijna", at=(500, 500), valid_to=ending),
        )
    )
    assert found.offers["name"].tolist() == ["Bijna", "Twee groepen", "Eén groep", "Niets", "Twee"]


def test_no_offers_at_all():
    found = fragile(dataset())
    assert found.offers.empty
    assert found.effects.empty
    assert summary_sentences(found) == [NOTHING]


def test_names_are_shown_without_contact_details():
    found = fragile(dataset(offer(name="Bel 0470 12 34 56", organisations=("an@example.org",), at=(500, 1500))))
    assert found.offers["name"].tolist() == ["Bel [contactgegeven verborgen]"]
    assert found.offers["organisations"].tolist() == [("[contactgegeven verborgen]",)]


# --- against really taking each offer away ---------------------------------------------------------------------------
def slow_effects(published: Dataset, asked: Question) -> pd.DataFrame:
    """One run of the engine per offer."""
    before, parts = answer_per_group(published, asked), []
    for place in range(len(published.workbook.offers)):
        without = changed_workbook(published, Scenario(""), [place], drop=True)
        cells = compare(before, answer_per_group(without, asked)).cells
        changed = cells[(cells["soort"] != SAME) | cells["mensen"].isna() | (cells["mensen"] != 0).fillna(value=False)]
        parts.append(changed.assign(offer=place))
    return pd.concat(parts)[list(EFFECT_COLUMNS)]


def sorted_rows(table: pd.DataFrame) -> list[tuple]:
    texts = table.astype({"mensen": object}).where(table.notna(), "onbekend")
    return sorted(map(tuple, texts.itertuples(index=False)), key=str)


def compare_ways(seed: int) -> int:
    published, asked = random_dataset(seed)
    if published.workbook.offers.empty:
        return 0
    quick = fragile_offers(published, answer_per_group(published, asked)).effects
    told = quick[(quick["soort"] != SAME) | quick["mensen"].isna() | (quick["mensen"] != 0).fillna(value=False)]
    assert sorted_rows(told) == sorted_rows(slow_effects(published, asked))
    return len(told)


def test_counting_gives_the_same_as_a_run_of_the_engine_per_offer():
    assert sum(compare_ways(seed) for seed in range(14)) > 250


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(100, 100_000))
def test_counting_gives_the_same_in_any_city(seed):
    compare_ways(seed)


def test_an_offer_that_overlaps_changes_nothing_when_it_is_taken_away():
    checked = 0
    for seed in range(0, 20, 2):
        published, asked = random_dataset(seed)
        before = answer_per_group(published, asked)
        found = fragile_offers(published, before).offers
        quiet = found.loc[found["role"].isin([Role.OVERLAPS, Role.NOBODY]), "offer"].tolist()
        for place in Random(seed).sample(quiet, min(3, len(quiet))):
            after = answer_per_group(changed_workbook(published, Scenario(""), [place], drop=True), asked)
            assert compare(before, after).changed.empty
            checked += 1
    assert checked > 5


# --- in words --------------------------------------------------------------------------------------------------------
def test_what_hangs_on_an_offer_in_words():
    found = fragile(
        dataset(offer(at=(500, 1500)), offer(name="Ver", at=(2700, 500)), offer(name="Ook", at=(2700, 500)))
    )
    assert offer_sentences(found, 0) == [
        "Voor ouderen ontstaat een mogelijk hiaat in Noordkant.",
        "Ouderen: voor 300 mensen is er dan geen passend aanbod meer op loopafstand.",
    ]
    assert offer_sentences(found, 1) == [ROLE_SENTENCES[Role.OVERLAPS]]
    assert summary_sentences(found) == [
        "Van 3 keer aanbod is er 1 waar een oordeel aan vasthangt. Bij 1 daarvan ontstaat een mogelijk hiaat als het "
        "stopt.",
        "2 keer vangt ander aanbod het op.",
        "Er is geen aanbod waarvan we weten dat het binnenkort stopt.",
    ]


def test_what_we_do_not_know_and_what_ends_in_words():
    ending = pd.Timestamp(DAY + timedelta(days=8))
    found = fragile(dataset(offer(), offer(at=(500, 1500), valid_to=ending)))
    assert summary_sentences(found)[1:] == [
        "Van 1 weten we de plek niet, dus ook niet wat eraan vasthangt.",
        "1 aanbod stopt binnenkort. Aan 1 daarvan hangt een oordeel vast.",
    ]
    by_offer = found.offers.set_index("offer")
    assert end_sentence(by_offer.loc[1]) == "Stopt binnenkort: op 1 december 2026, over 8 dagen."
    assert end_sentence(by_offer.loc[0]) == ""
    later = by_offer.loc[1].copy()
    later["ends_soon"] = False
    assert end_sentence(later) == "Loopt tot 1 december 2026."
    later["ends_soon"], later["days_left"] = True, 0.0
    assert end_sentence(later).endswith("vandaag.")


def test_every_role_and_column_has_its_words():
    assert set(ROLE_SENTENCES) == set(Role)
    assert set(HEADERS) <= set(OFFER_COLUMNS)
    assert set(KINDS) <= set(HEADERS)
    assert "apart" in ALONE
    assert "kwaliteit" in KINDLY
