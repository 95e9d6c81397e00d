"""Which decisions are listed for an area and a group, and the sentences above the list."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from einclusie_data.answers.scopes import CITY, Scope
from einclusie_data.contract.codelists import CHILDREN, EVERYONE, OLDER
from einclusie_data.decisions.table import (
    MAYBE_THERE,
    NONE_HERE,
    STATE_LOOKS,
    answer_sentences,
    card_lines,
    chosen_decisions,
    counts_sentence,
    for_group_or_unknown,
    gaps_words,
    in_scope,
    late_words,
    open_ends_words,
)
from einclusie_data.decisions.words import STATES
from einclusie_data.store.decision_record import State
from tests.factories import decision
from tests.worlds import degrees_at, small_world

AREAS = small_world()
NORTH, SOUTH = "NOO01", "ZUI01"
SCOPES = {
    CITY: Scope(CITY, tuple(AREAS.wijken.index), "alles"),
    "Netwerk Noord": Scope("Netwerk Noord", (NORTH,), "netwerk Noord"),
    "Netwerk Zuid": Scope("Netwerk Zuid", (SOUTH,), "netwerk Zuid"),
}
LABELS = {"NOO01": "Noordkant"}
DAY = date(2026, 11, 23)


def here(scope: str, **given: object) -> bool:
    return in_scope(decision(**given), AREAS, SCOPES[scope], SCOPES)


# --- which ones ---------------------------------------------------------------------------------------------------
def test_a_decision_is_in_the_area_of_its_wijken_and_its_point():
    assert here("Netwerk Noord", wijkcode=NORTH)
    assert not here("Netwerk Zuid", wijkcode=NORTH)
    assert here("Netwerk Zuid", wijkcode=NORTH, what={"wijken": (SOUTH,)})
    lat, lon = degrees_at(500, 500)
    assert here("Netwerk Zuid", what={"lat": lat, "lon": lon})
    assert not here("Netwerk Noord", what={"lat": lat, "lon": lon})


def test_everything_is_in_the_city():
    assert here(CITY)
    assert here(CITY, wijkcode="XYZ99")


def test_without_a_place_the_network_tells_and_else_it_may_be_anywhere():
    assert here("Netwerk Noord")
    assert here("Netwerk Noord", network="netwerk  NOORD")
    assert not here("Netwerk Zuid", network="Netwerk Noord")
    assert here("Netwerk Zuid", network="Een netwerk van vroeger")
    assert here("Netwerk Zuid", network=CITY)
    assert here("Netwerk Noord", wijkcode="XYZ99")  # no longer known


def test_a_network_also_keeps_what_it_decided_about_elsewhere():
    assert here("Netwerk Noord", network="Netwerk Noord", wijkcode=SOUTH)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({}, True),
        ({"group": OLDER}, True),
        ({"what": {"groups": (CHILDREN, OLDER)}}, True),
        ({"group": EVERYONE}, True),
        ({"group": CHILDREN}, False),
        ({"group": CHILDREN, "what": {"groups": (CHILDREN,)}}, False),
    ],
)
def test_decisions_of_a_group(given: dict[str, object], *, shown: bool):
    assert for_group_or_unknown(decision(**given), OLDER) == shown
    assert for_group_or_unknown(decision(**given), EVERYONE)


def test_the_chosen_ones_keep_their_order():
    made = [
        decision(id=1, wijkcode=NORTH, group=OLDER),
        decision(id=2, wijkcode=SOUTH, group=OLDER),
        decision(id=3, wijkcode=NORTH, group=CHILDREN),
        decision(id=4),
    ]
    found = chosen_decisions(made, AREAS, SCOPES["Netwerk Noord"], SCOPES, OLDER)
    assert [one.id for one in found] == [1, 4]


# --- sentences ----------------------------------------------------------------------------------------------------
def test_how_many_of_each_state():
    made = [decision(state=state) for state in (State.IDEA, State.STARTED, State.IDEA, State.DECIDED)]
    assert counts_sentence(made) == "2 ideeën, 1 beslist en 1 gestart."
    assert counts_sentence(made[:1]) == "1 idee."
    assert counts_sentence([]) == NONE_HERE


def test_the_sentences_say_what_is_late_and_what_may_be_there():
    made = [
        decision(id=1, state=State.DECIDED, due=date(2026, 11, 22), wijkcode=NORTH, group=OLDER),
        decision(id=2, state=State.DECIDED, due=DAY, wijkcode=NORTH),
        decision(id=3, state=State.STARTED, due=date(2026, 1, 1)),
    ]
    assert late_words(made, DAY) == "Bij 1 is de afgesproken datum voorbij."
    assert open_ends_words(made, AREAS) == "1 zegt niet waar en 2 zeggen niet voor wie: die staan er altijd bij."
    assert answer_sentences(made, {2, 99}, DAY, AREAS, everything=True) == [
        "2 beslist en 1 gestart.",
        "Bij 1 is de afgesproken datum voorbij.",
        "Van 1 lijkt het aanbod al in de werkmap te staan: kijk dat na.",
    ]
    assert answer_sentences(made[:1], set(), date(2026, 1, 1), AREAS, everything=False) == ["1 beslist."]


def gaps(**verdicts: str) -> pd.DataFrame:
    rows = [{"wijkcode": code, "doelgroep": OLDER, "oordeel": verdict} for code, verdict in verdicts.items()]
    return pd.DataFrame([*rows, {"wijkcode": NORTH, "doelgroep": CHILDREN, "oordeel": "hiaat"}])


def test_how_many_gaps_have_a_proposal():
    both, one = gaps(NOO01="hiaat", ZUI01="mobiel"), gaps(NOO01="gedekt", ZUI01="hiaat")
    north = decision(id=1, wijkcode=NORTH, group=OLDER)
    others = [
        decision(id=2, wijkcode=SOUTH, group=CHILDREN),
        decision(id=3, wijkcode=SOUTH, group=OLDER, state=State.NOT_RETAINED),
        decision(id=4, group=OLDER),
    ]
    start = "Van de 2 wijken met een mogelijk hiaat voor ouderen"
    assert gaps_words(both, others, AREAS, OLDER) == f"{start} heeft er nog geen een voorstel of besluit."
    assert gaps_words(both, [north, north, *others], AREAS, OLDER) == f"{start} heeft er 1 een voorstel of besluit."
    south = decision(id=5, what={"wijken": (SOUTH,), "groups": (OLDER,)})
    assert gaps_words(both, [north, south], AREAS, OLDER) == f"{start} hebben er 2 een voorstel of besluit."
    start = "Voor de ene wijk met een mogelijk hiaat voor ouderen is er"
    assert gaps_words(one, [north], AREAS, OLDER) == f"{start} nog geen voorstel of besluit."
    assert gaps_words(one, [south], AREAS, OLDER) == f"{start} een voorstel of besluit."
    assert gaps_words(gaps(NOO01="gedekt"), [north], AREAS, OLDER) == ""


# --- cards and looks ----------------------------------------------------------------------------------------------
def test_every_state_has_a_look_with_its_word():
    assert {state: (one.word, one.symbol) for state, one in STATE_LOOKS.items()} == {
        state: (state, STATES[state].symbol) for state in State
    }


def test_a_card_says_what_for_which_gap_who_and_what_is_late():
    made = decision(
        state=State.DECIDED, what={"types": ("Digitale oefenkans",)}, wijkcode=NORTH, group=OLDER, due=date(2026, 11, 1)
    )
    assert card_lines(made, LABELS, DAY, maybe_there=True) == (
        "Digitale oefenkans",
        "Voor het hiaat: Noordkant, ouderen.",
        "Tegen 1 november 2026. Nog af te spreken: wie dit opneemt.",
        "De datum is voorbij (1 november 2026). Is het begonnen, of spreken jullie een nieuwe datum af?",
        MAYBE_THERE,
    )


def test_what_is_over_is_not_asked_to_be_agreed():
    assert card_lines(decision(state=State.NOT_RETAINED, why="Te duur"), LABELS, DAY, maybe_there=False) == (
        "", "", "Te duur", "", "",
    )  # fmt: skip
    assert card_lines(decision(state=State.STARTED), LABELS, DAY, maybe_there=False) == ("",) * 5
    assert (
        "Atlas neemt dit op"
        in card_lines(decision(state=State.STARTED, who="Atlas"), LABELS, DAY, maybe_there=False)[2]
    )
