"""The fair variant: against trying every set, and on the small world."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.sparse import csr_array

from einclusie_data.contract import settings
from einclusie_data.proposals.siting.fair import WorstOff, fair_places, order_of_need, worst_off
from einclusie_data.proposals.siting.problem import Choice, Problem, greedy_places
from tests.worlds import small_world

HALF = settings.COVERED_SHARE


def random_case(seed: int) -> tuple[Problem, WorstOff, int]:
    """Eight candidates and three wijken of ten points, of which two or three come first."""
    rng = np.random.default_rng(seed)
    wijk = np.repeat([0, 1, 2], 10)
    share = rng.random(30)
    share /= np.bincount(wijk, share)[wijk] * 1.2
    first = int(rng.integers(2, 4))
    given = Problem(csr_array((rng.random((30, 8)) < 0.2).astype(np.int32)), rng.integers(0, 9, 30).astype(float))
    before = rng.random(first) * 0.15
    return (
        given,
        WorstOff(tuple(range(first)), before, np.where(wijk < first, wijk, -1), share),
        int(rng.integers(1, 4)),
    )


def shares_of(given: Problem, first: WorstOff, places: tuple[int, ...]) -> np.ndarray:
    """Share of every wijk that comes first, as far as it is an aim."""
    ours = given.covered(places) & (first.row_wijk >= 0)
    gained = np.bincount(first.row_wijk[ours], first.row_share[ours], minlength=len(first.wijken))
    return np.minimum(first.before + gained, HALF)


@pytest.mark.parametrize("seed", range(25))
def test_no_set_is_fairer_and_of_those_as_fair_none_reaches_more(seed: int):
    given, first, n = random_case(seed)
    found = fair_places(given, first, n)
    sets = [places for size in range(n + 1) for places in combinations(range(8), size)]
    mine = shares_of(given, first, found.places)
    fairest = max(sorted(shares_of(given, first, places).round(4).tolist()) for places in sets)
    assert found.proven
    assert sorted(mine.tolist()) == pytest.approx(fairest, abs=2e-4)
    as_fair = [places for places in sets if np.all(shares_of(given, first, places) >= mine - 1e-9)]
    assert given.gain(found.places) == max(map(given.gain, as_fair))


def test_when_the_time_runs_out_nothing_is_called_proven_and_the_rule_of_thumb_is_left():
    rng = np.random.default_rng(1)
    given = Problem(csr_array((rng.random((200, 40)) < 0.1).astype(np.int32)), rng.random(200))
    first = WorstOff((0, 1), np.zeros(2), np.arange(200) % 2, np.full(200, 0.01))
    expected = Choice(tuple(sorted(greedy_places(given, 4))), proven=False)
    assert fair_places(given, first, 4, seconds=-1.0) == expected


# --- which wijken come first -----------------------------------------------------------------------------------------
CODES = ("HAV01", "NOO01", "NOO02", "SCH01", "ZUI01", "ZUI02")
"""Wijkenranking: NOO01 50, NOO02 10, ZUI01 0, ZUI02 none; HAV01 and SCH01 are not inhabited."""


def order(**before: float) -> list[str]:
    shares = np.array([before.get(code, 0.0) for code in CODES])
    return [CODES[place] for place in order_of_need(small_world(), shares)]


def test_highest_wijkenranking_first_and_without_one_last():
    assert order() == ["NOO01", "NOO02", "ZUI01", "ZUI02"]


def test_from_half_on_a_wijk_is_not_worst_off():
    assert order(NOO01=0.5, NOO02=0.4999) == ["NOO02", "ZUI01", "ZUI02"]
    assert order(NOO01=0.5 - 1e-13) == ["NOO02", "ZUI01", "ZUI02"]


def test_a_wijk_that_no_candidate_can_help_holds_up_no_other():
    wijk, share = np.array([2, 4, 1]), np.array([0.5, 0.5, 0.0])
    first = worst_off(small_world(), np.zeros(6), wijk, share, 1)
    assert (first.wijken, first.row_wijk.tolist()) == ((2,), [0, -1, -1])
    assert worst_off(small_world(), np.zeros(6), wijk, share, 5).wijken == (2, 4)
