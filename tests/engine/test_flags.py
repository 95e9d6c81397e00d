"""The masks of the sets of offers follow from `Flag`: a seventeenth set is two lines, and is counted right."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from einclusie_data import engine
from einclusie_data.contract.questions import cases_per_group
from einclusie_data.engine.conditions import MASK, MASKS_PER_64_BITS, Flag, holds, traits_of
from einclusie_data.engine.coverage import reach_of
from einclusie_data.engine.gaps import answer
from einclusie_data.engine.locate import locate_offers
from einclusie_data.engine.measures import measure
from einclusie_data.engine.needs import needs_of
from tests import oracle
from tests.engine.test_engine_oracle import engine_question
from tests.random_worlds import offers_to_table, random_case, world_to_areas, world_to_need_table

COPY = "copied_engine"
ADDED = {
    "    ANY_GROUP = 1 << 15\n": "    LASTING = 1 << 16\n    ANY_GROUP = 1 << 15\n",
    "        Flag.ANY_GROUP: active & passed,\n": (
        "        Flag.ANY_GROUP: active & passed,\n        Flag.LASTING: suitable & traits.lasting,\n"
    ),
}
"""The two lines of a seventeenth set: what lasts among what is suitable. It stands before its turn, on purpose."""


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], ModuleType]]:
    """The engine with a seventeenth set, beside the real one: its modules by name."""
    folder = tmp_path / COPY
    shutil.copytree(Path(engine.__file__).parent, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for path in folder.glob("*.py"):
        text = path.read_text("utf-8").replace("einclusie_data.engine", COPY)
        for line, lines in ADDED.items() if path.name == "conditions.py" else ():
            assert text.count(line) == 1
            text = text.replace(line, lines)
        path.write_text(text, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield lambda name: importlib.import_module(f"{COPY}.{name}")
    for name in [name for name in sys.modules if name.partition(".")[0] == COPY]:
        del sys.modules[name]


def test_the_flags_are_consecutive_bits_of_a_mask():
    assert sorted(flag.position for flag in Flag) == list(range(len(Flag)))
    assert np.iinfo(MASK).max >= sum(Flag)
    assert MASKS_PER_64_BITS * MASK.itemsize == 8


def test_a_flag_that_no_mask_has_room_for_is_refused():
    with pytest.raises(OverflowError):
        holds(np.zeros(3, dtype=np.uint8), Flag.ANY_GROUP)


@pytest.mark.parametrize("seed", [8, 18, 21, 37, 47])
def test_a_seventeenth_set_is_counted_right(seed: int, copied: Callable[[str], ModuleType]):
    offers, world, asked = random_case(seed)
    table = offers_to_table([one for one in offers if not oracle.is_example(one)])
    areas, question = world_to_areas(world), engine_question(asked)
    cases, needs = cases_per_group(question, oracle.GROUPS), needs_of(areas, world_to_need_table(world), oracle.GROUPS)
    supply = locate_offers(table, areas)
    lasting = traits_of(supply, question.on).lasting
    assert lasting.any()
    assert not lasting.all()

    grown_flag = copied("conditions").Flag.LASTING
    grown = copied("gaps").answer(supply, reach_of(supply, question.reach_m), needs, question, cases)
    assert grown.measures.bits.dtype.itemsize == 4
    assert grown.measures.shares.shape[2] == 17

    # Nothing else changes ...
    ours = answer(supply, reach_of(supply, question.reach_m), needs, question, cases)
    pd.testing.assert_frame_equal(grown.table, ours.table, check_exact=True)
    for flag in Flag:
        assert np.allclose(grown.measures.shares[:, :, flag.position], ours.measures.share(flag), rtol=0, atol=1e-12)

    # ... and the set itself is what is suitable where only the lasting offers are left.
    left = locate_offers(table[lasting].reset_index(drop=True), areas)
    alone = measure(
        left, reach_of(left, question.reach_m), traits_of(left, question.on), cases, open_counts=question.open_counts
    )
    found = grown.measures
    assert np.array_equal(found.holds(grown_flag)[lasting], alone.holds(Flag.SUITABLE))
    assert not found.holds(grown_flag)[~lasting].any()
    assert np.allclose(found.share(grown_flag), alone.share(Flag.SUITABLE), rtol=0, atol=1e-12)
    for what in ("present", "served", "home"):
        assert np.array_equal(
            found.has(getattr(found, what), grown_flag), alone.has(getattr(alone, what), Flag.SUITABLE)
        )
