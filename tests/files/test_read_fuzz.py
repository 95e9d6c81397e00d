"""Hundreds of broken and hostile files, and real workbooks changed at random: a clean answer or a sentence, in time."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from einclusie_data.checking.workbook import check_workbook
from einclusie_data.contract import settings
from einclusie_data.contract.errors import DataFileError
from einclusie_data.files.read.workbook import TOO_BUSY, TOO_SLOW, read_workbook
from einclusie_data.files.read.worker import read_content
from einclusie_data.files.repair.workbook import RepairPlan, plan_of
from einclusie_data.files.repair.worker import repair_content
from tests.hostile_files import XML_CHANGES, HostileFile, changed_bytes, changed_xml, hostile_files, real_workbooks
from tests.sheets import city

AT_LEAST = 200
SECONDS = 10
NEVER_READ = {"zipbom", "versleuteld", "cel in de laatste hoek", "zip in een zip", "buiten de map", "geen werkmap"}
ALWAYS_READ = {"met een macro"}
"""Kinds of files of which the outcome is sure; a macro itself is never opened."""


def answer(file: HostileFile) -> tuple[str, str, float]:
    """Kind of file, what became of it, and in how many seconds; anything but a DataFileError is raised."""
    start = time.monotonic()
    try:
        workbook = check_workbook(read_workbook(file.content, file.name), city())
    except DataFileError as error:
        sentence = str(error)
        assert sentence not in (TOO_SLOW, TOO_BUSY), (file.kind, file.name)
        assert sentence.endswith("."), (file.kind, file.name, sentence)
        assert "\n" not in sentence
        return file.kind, "geweigerd", time.monotonic() - start
    assert workbook.rows_used <= workbook.rows_read
    return file.kind, "gelezen", time.monotonic() - start


def test_more_than_two_hundred_broken_and_hostile_files(capsys: pytest.CaptureFixture[str]) -> None:
    files = hostile_files()
    city()
    with ThreadPoolExecutor(settings.READ_AT_ONCE) as pool:
        answers = list(pool.map(answer, files))
    late = [place for place, (*_, seconds) in enumerate(answers) if seconds >= SECONDS]
    for place in late:  # on a busy machine: a file that is really slow is slow on its own too
        answers[place] = answer(files[place])
    counts = Counter((kind, outcome) for kind, outcome, _ in answers)
    slowest = max(seconds for *_, seconds in answers)
    with capsys.disabled():
        lines = [f"  {kind:<30} {outcome:<10} {count:>4}" for (kind, outcome), count in sorted(counts.items())]
        sys.stdout.write("\n".join(["", f"{len(files)} files, slowest {slowest:.1f} s", *lines, ""]))
    assert len(files) >= AT_LEAST
    assert slowest < SECONDS
    assert all(counts[kind, "gelezen"] == 0 for kind in NEVER_READ)
    assert all(counts[kind, "geweigerd"] == 0 for kind in ALWAYS_READ)
    assert {kind for kind, _ in counts} >= NEVER_READ | ALWAYS_READ


# --- changed at random -----------------------------------------------------------------------------------------------

SEEDS = st.integers(0, 2**32)
ZIPPED = ("gouden.xlsx", "macro.xlsm", "klein.ods")


@lru_cache(maxsize=1)
def samples() -> dict[str, bytes]:
    return real_workbooks()


def read_check_and_repair(content: bytes) -> None:
    """Whatever the bytes are: a DataFileError, or a checked workbook that can be repaired and read again."""
    try:
        workbook = check_workbook(read_content(content), city())
        _, repaired = repair_content(content, plan_of(workbook))
    except DataFileError:
        return
    again = check_workbook(read_content(repaired), city())
    assert len(again.offers) == len(workbook.offers)


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.sampled_from(ZIPPED), st.sampled_from(sorted(XML_CHANGES)), SEEDS)
def test_real_workbooks_with_changed_xml(name: str, kind: str, seed: int) -> None:
    read_check_and_repair(changed_xml(samples()[name], kind, random.Random(seed)))


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.sampled_from((*ZIPPED, "aanbod.csv")), SEEDS)
def test_real_workbooks_with_changed_bytes(name: str, seed: int) -> None:
    read_check_and_repair(changed_bytes(samples()[name], random.Random(seed)))


@hypothesis_settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(XML_CHANGES)), SEEDS)
def test_a_repair_of_a_file_that_changed_since_it_was_checked(kind: str, seed: int) -> None:
    content = changed_xml(samples()["macro.xlsm"], kind, random.Random(seed))
    with suppress(DataFileError):
        said, repaired = repair_content(content, macro_plan())
        assert said["converted"] is False
        assert repaired.startswith(b"PK")


@lru_cache(maxsize=1)
def macro_plan() -> RepairPlan:
    return plan_of(check_workbook(read_content(samples()["macro.xlsm"]), city()))
