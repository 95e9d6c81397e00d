"""Two people change one decision at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from einclusie_data.decisions.history import merged, newer_lines
from einclusie_data.store.decision_record import Draft, Proposal, State

BEFORE = Draft(title="Digicafé", who="Atlas", what=Proposal(types=("Digitale oefenkans",), price="Gratis"))
MINE = replace(BEFORE, who="Ligo", what=replace(BEFORE.what, price="Betalend"))
NEWER = replace(
    BEFORE, who="SAAMO", state=State.DECIDED, due=date(2026, 12, 1), what=replace(BEFORE.what, frequency="Wekelijks")
)


def test_what_i_touched_is_mine_and_the_rest_is_newer():
    found = merged(BEFORE, MINE, NEWER)
    assert found == replace(
        NEWER, who="Ligo", what=Proposal(types=("Digitale oefenkans",), price="Betalend", frequency="Wekelijks")
    )


def test_nothing_touched_is_the_newer_one_and_nothing_newer_is_mine():
    assert merged(BEFORE, BEFORE, NEWER) == NEWER
    assert merged(BEFORE, MINE, BEFORE) == MINE


def test_a_field_that_was_emptied_stays_empty():
    assert merged(BEFORE, replace(BEFORE, who=""), NEWER).who == ""


def test_every_difference_is_said_once():
    assert newer_lines(BEFORE, MINE, NEWER, {}) == [
        "Stand staat nu op “beslist”. Dat namen we over.",
        "Wat staat nu op “Digitale oefenkans, wekelijks, gratis”. Jij vulde “Digitale oefenkans, betalend” in: dat "
        "blijft staan in het formulier.",
        "Wie staat nu op “SAAMO”. Jij vulde “Ligo” in: dat blijft staan in het formulier.",
        "Tegen wanneer staat nu op “1 december 2026”. Dat namen we over.",
    ]
    assert newer_lines(BEFORE, NEWER, NEWER, {}) == []
    assert newer_lines(BEFORE, BEFORE, replace(BEFORE, who=""), {}) == [
        "Wie staat nu op “niet ingevuld”. Dat namen we over."
    ]
