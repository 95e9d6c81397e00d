"""The best set of places: against trying every set, and instances whose optimum is proven by hand."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from einclusie_data.proposals.siting.model import best_places, possible_candidates
from einclusie_data.proposals.siting.problem import (
    Problem,
    best_candidates,
    greedy_places,
    merged_rows,
    open_problem,
    opening_order,
    smaller,
    without_idle,
)


def problem(columns: list[set[int]], weight: list[float]) -> Problem:
    """A problem given by what each candidate reaches."""
    table = np.array([[row in column for column in columns] for row in range(len(weight))], dtype=np.int32)
    return Problem(csr_array(table.reshape(len(weight), len(columns))), np.array(weight, dtype=float))


def brute_force(given: Problem, n: int) -> float:
    """The most that any set of n candidates reaches: by trying them all."""
    candidates = range(given.cover.shape[1])
    table = given.cover.toarray() > 0
    sets = combinations(candidates, min(n, len(candidates)))
    return max(float(given.weight[table[:, list(places)].any(axis=1)].sum()) for places in sets)


def projective_plane(q: int) -> Problem:
    """Points and lines over the field of q (prime) elements: q² + q + 1 of each, q + 1 points on each line."""
    vectors = [(1, y, z) for y in range(q) for z in range(q)] + [(0, 1, z) for z in range(q)] + [(0, 0, 1)]
    lines = [
        {row for row, point in enumerate(vectors) if sum(a * b for a, b in zip(line, point, strict=True)) % q == 0}
        for line in vectors
    ]
    return problem(lines, [1.0] * len(vectors))


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    rows, columns = draw(st.integers(1, 14)), draw(st.integers(1, 9))
    weight = draw(st.lists(st.sampled_from([0.25, 1.0, 1.0, 3.0, 7.1]), min_size=rows, max_size=rows))
    reach = st.sets(st.integers(0, rows - 1), max_size=6)
    return problem(draw(st.lists(reach, min_size=columns, max_size=columns)), weight)


# --- optimum ---------------------------------------------------------------------------------------------------------
@given(problems(), st.integers(1, 5))
@settings(max_examples=300, deadline=None)
def test_no_set_of_that_size_is_better(given: Problem, n: int):
    found = best_places(given, n)
    assert found.proven
    assert len(found.places) <= n
    assert given.gain(found.places) == pytest.approx(brute_force(given, n), abs=1e-9)


@given(problems(), st.integers(1, 5))
@settings(max_examples=150, deadline=None)
def test_the_optimum_is_never_below_the_rule_of_thumb(given: Problem, n: int):
    assert given.gain(best_places(given, n).places) >= given.gain(greedy_places(given, n))


@pytest.mark.parametrize("seed", range(8))
def test_larger_cities_against_every_set(seed: int):
    """Places on a map, so that neighbours overlap: 22 candidates, 300 demand points, 3 places (1,540 sets)."""
    rng = np.random.default_rng(seed)
    people, places = rng.random((300, 2)), rng.random((22, 2))
    near = np.hypot(*(people[:, None] - places[None]).transpose(2, 0, 1)) < 0.2
    given = Problem(csr_array(near.astype(np.int32)), rng.random(300) * 100)
    found = best_places(given, 3)
    assert found.proven
    assert given.gain(found.places) == pytest.approx(brute_force(given, 3), rel=1e-12)


@pytest.mark.parametrize("q", [2, 3, 5])
def test_lines_of_a_projective_plane(q: int):
    """An optimum that is proven by hand.

    Any two lines meet in one point. So each line after the first adds at most q points: n lines reach at most 1 + q n.
    The q + 1 lines through one point do reach that, for every n up to q + 1; all of them reach the whole plane.
    """
    plane = projective_plane(q)
    for n in range(1, q + 2):
        found = best_places(plane, n)
        assert found.proven
        assert plane.gain(found.places) == 1 + q * n


def test_the_rule_of_thumb_is_not_the_optimum():
    """The middle candidate reaches most, but the outer two reach everyone; the best sets do not nest."""
    trap = problem([{0, 1, 2}, {2, 3, 4, 5}, {0, 1, 2, 3}, {4, 5, 6, 7}], [1, 1, 3, 3, 1, 1, 1, 1])
    assert greedy_places(trap, 2) == (1, 0)
    assert trap.gain(greedy_places(trap, 2)) == 10
    assert best_places(trap, 1).places == (1,)
    assert best_places(trap, 2).places == (2, 3)
    assert trap.gain((2, 3)) == 12


def test_fewer_places_when_more_reach_nobody_new():
    assert best_places(problem([{0, 1}, {0}, {1}], [1, 1]), 3).places == (0,)
    assert best_places(problem([set(), set()], [1, 1]), 2).places == ()
    assert best_places(problem([], []), 2).places == ()
    assert best_places(problem([{0}], [1.0]), 0).places == ()


def test_of_candidates_that_reach_the_same_the_first_is_chosen_whatever_the_order_of_the_rows():
    given = problem([{0}, {1, 2}, {1, 2}, {2}], [5, 1, 1])
    assert best_places(given, 1).places == (0,)
    assert best_places(given, 2).places == (0, 1)
    turned = Problem(given.cover[[2, 0, 1]], given.weight[[2, 0, 1]])
    assert best_places(turned, 2).places == (0, 1)


def test_without_time_there_is_no_proof_and_still_a_good_set():
    rng = np.random.default_rng(1)
    given = Problem(csr_array((rng.random((200, 40)) < 0.2).astype(np.int32)), rng.random(200))
    found = best_places(given, 6, seconds=0.0)
    assert not found.proven
    assert given.gain(found.places) >= given.gain(greedy_places(given, 6))


def test_the_solver_prints_nothing():
    """What it prints would end up in the JSON of `advies`."""
    code = (
        "import numpy as np\nfrom scipy.sparse import csr_array\n"
        "from einclusie_data.proposals.siting.model import best_places\n"
        "from einclusie_data.proposals.siting.problem import Problem\n"
        "for seed in range(40):\n"
        "    rng = np.random.default_rng(seed)\n"
        "    cover = csr_array((rng.random((120, 30)) < 0.15).astype(np.int32))\n"
        "    best_places(Problem(cover, rng.random(120) * 1000), 1 + seed % 10)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


# --- the smaller problem ---------------------------------------------------------------------------------------------
@given(problems(), st.integers(1, 4))
@settings(max_examples=200, deadline=None)
def test_every_best_set_consists_of_the_possible_candidates(given: Problem, n: int):
    candidates = given.cover.shape[1]
    if candidates <= n:
        return
    kept = set(possible_candidates(given, n, given.gain(greedy_places(given, n))).tolist())
    most = brute_force(given, n)
    for places in combinations(range(candidates), n):
        assert given.gain(places) < most - 1e-9 or set(places) <= kept


def test_the_bound_leaves_few_candidates():
    rng = np.random.default_rng(3)
    people, places = rng.random((2000, 2)), rng.random((300, 2))
    near = np.hypot(*(people[:, None] - places[None]).transpose(2, 0, 1)) < 0.06
    given = Problem(csr_array(near.astype(np.int32)), rng.random(2000))
    assert len(possible_candidates(given, 5, given.gain(best_places(given, 5).places))) < 30


def test_candidates_that_another_one_surpasses_go():
    given = problem([{0, 1}, {0}, {0, 1}, {2}, set(), {1, 2}], [1, 1, 1])
    assert best_candidates(given.cover).tolist() == [0, 5]


def test_rows_that_the_same_candidates_reach_are_one():
    given = problem([{0, 2, 3}, {1, 3}], [1, 2, 4, 8])
    assert merged_rows(given.cover)[1].tolist() == [0, 1, 0, 2]
    assert merged_rows(given.cover, np.array([0, 0, 1, 0]))[1].tolist() == [0, 1, 2, 3]
    first = smaller(given, np.array([0]))
    assert (first.cover.toarray().tolist(), first.weight.tolist()) == ([[1]], [13.0])


def test_what_is_reached_or_out_of_reach_is_no_part_of_the_problem():
    cover = csr_array(np.array([[True], [True], [False]]))
    opened, rows = open_problem(cover, np.array([1.0, 2.0, 4.0]), np.array([False, True, True]))
    assert (opened.weight.tolist(), rows.tolist()) == ([2.0], [1])


def test_idle_places_go():
    given = problem([{0, 1}, {0}, {1, 2}], [1, 1, 1])
    assert without_idle(given, (0, 1, 2)) == (0, 2)
    assert without_idle(given, (1,)) == (1,)


# --- one after the other ---------------------------------------------------------------------------------------------
def test_order_of_opening_adds_most_first_and_adds_up():
    given = problem([{0}, {1, 2}, {2, 3}], [1, 4, 2, 3])
    assert opening_order(given, (0, 1, 2)) == ((1, 6.0), (2, 3.0), (0, 1.0))
    assert opening_order(given, (0, 1, 2), 1) == ((1, 6.0),)
    assert opening_order(given, ()) == ()


def test_a_place_that_only_reaches_people_of_unknown_number_comes_last_but_is_named():
    given = problem([{0}, {1, 2}, {3}, {3}], [0, 0, 0, 5])
    assert opening_order(given, (0, 1, 2, 3)) == ((2, 5.0), (1, 0.0), (0, 0.0))
