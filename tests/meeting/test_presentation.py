"""The steps of a presentation, from the gap table of the starter workbook and of small ones."""

from __future__ import annotations

import pandas as pd
import pytest

from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings, verdicts
from einclusie_data.engine.dataset import answer_per_group, load_dataset
from einclusie_data.meeting.presentation import (
    CHANGED,
    DECISIONS,
    GAP,
    GAPS_SHOWN,
    MAP,
    WIJK,
    Step,
    first_of,
    moved,
    step_named,
    steps_of,
)
from tests.factories import question


def table(*rows: tuple) -> pd.DataFrame:
    columns = ["wijkcode", "wijk", "doelgroep", "oordeel", "buiten_bereik", "wijkranking"]
    return pd.DataFrame(rows, columns=columns).astype({"buiten_bereik": "Int64", "wijkranking": "Int64"})


SMALL = table(
    ("A", "Zuid", "Ouderen", verdicts.GAP, 20, 1),
    ("A", "Zuid", "Jongeren", verdicts.COVERED, 0, 1),
    ("B", "Dam", "Ouderen", verdicts.GAP, 90, 2),
    ("B", "Dam", "Jongeren", verdicts.GAP, 5, 2),
    ("C", "Kiel", "Ouderen", verdicts.UNKNOWN, 300, 3),
    ("C", "Kiel", "Jongeren", verdicts.COVERED, 0, 3),
    ("D", "Haven", "Ouderen", verdicts.NOT_APPLICABLE, None, None),
    ("D", "Haven", "Jongeren", verdicts.NOT_APPLICABLE, None, None),
    ("E", "Berg", "Ouderen", verdicts.GAP, None, 4),
    ("E", "Berg", "Jongeren", verdicts.COVERED, 0, 4),
)


def test_the_map_then_the_gaps_then_every_inhabited_wijk_then_what_changed_and_the_decisions():
    steps = steps_of(SMALL, "Ouderen")
    assert [one.name for one in steps] == [
        "kaart", "hiaat-B", "hiaat-A", "hiaat-E", "wijk-B", "wijk-E", "wijk-A", "wijk-C", "veranderd", "besluiten",
    ]  # fmt: skip


def test_no_gap_gives_no_step_for_gaps():
    steps = steps_of(SMALL[SMALL["wijkcode"] == "C"], "Ouderen")
    assert [one.kind for one in steps] == [MAP, WIJK, CHANGED, DECISIONS]
    assert first_of(steps, GAP) is None


def test_at_most_ten_gaps_are_shown_and_every_inhabited_wijk_once():
    dataset = load_dataset(settings.STARTER_WORKBOOK, load_areas())
    answer = answer_per_group(dataset, question())
    steps = steps_of(answer.table, "Ouderen")
    ours = answer.table[(answer.table["doelgroep"] == "Ouderen") & answer.table["oordeel"].isin(verdicts.OPEN_GAP)]
    assert sum(one.kind == GAP for one in steps) == min(GAPS_SHOWN, len(ours))
    wijken = dataset.areas.wijken
    assert sorted(one.code for one in steps if one.kind == WIJK) == sorted(wijken.index[wijken["inhabited"]])


@pytest.mark.parametrize(("by", "to"), [(1, "hiaat-B"), (-1, "kaart"), (99, "besluiten")])
def test_the_arrows_stop_at_the_ends(by, to):
    steps = steps_of(SMALL, "Ouderen")
    assert moved(steps, steps[0], by).name == to


def test_a_link_to_a_step_that_is_gone_opens_the_first():
    steps = steps_of(SMALL, "Ouderen")
    assert step_named(steps, "hiaat-A") == Step(GAP, "A")
    assert step_named(steps, "hiaat-C") == step_named(steps, "<b>") == Step(MAP)
