"""The table of verdicts now and then, against the comparison it is made of."""

from __future__ import annotations

from random import Random

from einclusie_data.engine.dataset import answer_per_group
from einclusie_data.proposals.compare import compare
from einclusie_data.proposals.scenario import apply
from einclusie_data.ui.parts.now_then import WIJKEN_SHOWN, changes_table
from tests.factories import dataset, offer
from tests.proposals.test_scenario_compare import compared
from tests.random_scenarios import random_dataset, random_scenario


def test_a_row_per_wijk_where_something_changes_and_every_verdict_in_its_column():
    filled = 0
    for seed in range(12):
        published, asked = random_dataset(seed)
        proposed = apply(published, random_scenario(Random(seed), published)[0])
        found = compare(*(answer_per_group(one, asked) for one in (published, proposed)))
        table = changes_table(found)
        cells = found.cells
        touched = set(found.changed["wijk"])
        assert len(table.rows) == min(len(touched), WIJKEN_SHOWN)
        assert table.more == len(touched) - len(table.rows)
        sizes = [sum(now != then for now, then in verdicts) for _, verdicts in table.rows]
        assert sizes == sorted(sizes, reverse=True)
        assert 0 not in sizes
        for wijk, verdicts in table.rows:
            for group, (now, then) in zip(table.groups, verdicts, strict=True):
                row = cells[(cells["wijk"] == wijk) & (cells["doelgroep"] == group)].iloc[0]
                assert (row["van"], row["naar"]) == (now, then)
                filled += 1
    assert filled > 40


def test_no_row_while_nothing_changes():
    assert changes_table(compared(dataset(offer()))).rows == ()
