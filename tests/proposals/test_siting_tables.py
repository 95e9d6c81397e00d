"""Where first as rows of tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from einclusie_data.proposals.siting.advice import advice, advice_per_group, curve, siting_of
from einclusie_data.proposals.siting.demand import Kind
from einclusie_data.proposals.siting.words import (
    GROUP_HEADS,
    CurveStep,
    added_text,
    curve_steps,
    fair_step,
    group_rows,
    place_rows,
)
from tests.factories import OLDER, counted, dataset, need_table, offer, question
from tests.proposals.test_siting import partner, with_partners

ASKED = question()


def test_the_curve_stops_where_another_place_helps_no_more():
    steps = curve_steps(curve(siting_of(counted(offer(at=(1500, 1500))), ASKED, OLDER), 5))
    assert steps == [
        CurveStep(0, pytest.approx(400 / 760), 0, "400 mensen (53 %)"),
        CurveStep(1, pytest.approx(400 / 760), pytest.approx(300 / 760), "700 mensen (92 %)"),
        CurveStep(2, pytest.approx(400 / 760), pytest.approx(360 / 760), "760 mensen (100 %)"),
    ]


def test_the_longest_bar_is_the_most_that_was_found():
    steps = curve_steps(curve(siting_of(counted(), ASKED, OLDER), 1))
    assert [(one.today, one.added) for one in steps] == [(0, 0), (0, 1)]


def test_there_is_no_curve_when_there_is_nobody_to_count():
    nobody = dataset(need=need_table(*((code, OLDER, 0) for code in ("NOO01", "NOO02", "ZUI01", "ZUI02"))))
    assert curve_steps(curve(siting_of(nobody, ASKED, OLDER), 2)) == []


def test_the_fair_variant_stands_on_the_same_scale():
    siting = siting_of(counted(), ASKED, OLDER)
    found = fair_step(curve(siting, 2), advice(siting, 1, fair=True))
    assert found == CurveStep(1, 0, pytest.approx(300 / 700), "300 mensen (39 %)")


def test_places_in_the_order_of_opening():
    data = with_partners(partner("Huis", at=(1500, 1500)), partner("Elders", wijken=("NOO01",)))
    found = advice(siting_of(data, ASKED, OLDER, kinds=(Kind.PARTNERS,)), 2)
    assert place_rows(found) == [
        ("1", "Huis in Noordkaai", "Noordkaai", "400 mensen"),
        ("2", "Elders in Noordkant (we kennen enkel de wijk)", "Noordkant", "300 mensen"),
    ]


def test_all_groups_each_in_a_row_with_what_is_counted():
    rows = group_rows(advice_per_group(counted(offer(at=(1500, 1500))), ASKED, 1))
    assert all(len(row) == len(GROUP_HEADS) for row in rows)
    by_group = {row[0]: row[1:] for row in rows}
    assert by_group[OLDER] == ("760 mensen", "400 mensen (53 %)", "300 mensen (1 × nieuw)", "Noordkant", "ja, bewezen")
    assert by_group["Werkzoekenden"][:2] == ("4,0 wijken", "0,0 wijken (0 %)")


def test_a_set_without_proof_is_not_called_the_best():
    found = replace(advice(siting_of(counted(), ASKED, OLDER), 1), proven=False)
    assert group_rows([found])[0][-1].startswith("niet zeker")


def test_all_places_together():
    assert added_text(advice(siting_of(counted(offer(at=(1500, 1500))), ASKED, OLDER), 2)) == "360 mensen"
