"""A long text of a workbook takes its own room, and not that of every cell of an answer."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import numpy as np
import pytest

from einclusie_data.answers.quality import ages_table
from einclusie_data.answers.todo import todo_list
from einclusie_data.answers.wijk_profile import profile_of
from einclusie_data.changes.compare import changes_of
from einclusie_data.checking.workbook import check_workbook
from einclusie_data.contract import settings
from einclusie_data.contract.questions import Question
from einclusie_data.contract.workbook import RawWorkbook
from einclusie_data.engine.dataset import (
    Dataset,
    answer_per_group,
    answer_per_group_and_type,
    answer_per_value,
)
from tests.sheets import city, offer, offers_sheet, raw_sheet

QUESTION = Question(date(2026, 11, 23))
LONGEST = settings.MAX_CELL_CHARACTERS


def dataset(*, added: int, characters: int, name: str = "Digipunt", organisation: str = "Atlas") -> Dataset:
    """Some offers, and so many added groups and types of so many characters."""
    values = [f"{number} {'w' * characters}"[:characters] for number in range(added)]
    offers = [
        offer(Naam_aanbod=name, Organisatie=organisation, Wijk="Kiel", Doelgroep=values[-1] if values else "Ouderen"),
        offer(Naam_aanbod="Les", Postcode="2060", Type_aanbod=values[-1] if values else ""),
        offer(Naam_aanbod="Ergens"),
    ]
    lists = raw_sheet("Lijsten", [["Doelgroep", "Type aanbod"], *([value, value] for value in values)])
    return Dataset(check_workbook(RawWorkbook((offers_sheet(*offers), lists)), city()), city(), "werkmap.xlsx")


def peak_mb(work: Callable[[], object]) -> float:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def everything(data: Dataset) -> None:
    """What the pages ask of a workbook."""
    answer = answer_per_group(data, QUESTION)
    codes = list(data.areas.wijken.index)
    by_type = answer_per_group_and_type(data, QUESTION)
    profile_of(data, answer, by_type, "Ouderen", codes[0])
    for per in ("type", "dagdeel"):
        assert len(answer_per_value(data, QUESTION, "Ouderen", per).table)
    todo_list(data, answer, codes)
    ages_table(data, answer)
    changes_of(data, data, QUESTION)


def test_the_widest_lists_that_are_allowed_cost_little_memory():
    """100 added groups and types of 80 characters: 110 x 105 columns of answers in 67 wijken."""
    data = dataset(added=settings.MAX_ADDED_VALUES, characters=settings.MAX_VALUE_CHARACTERS)
    assert len(data.groups) == 110
    assert peak_mb(lambda: everything(data)) < 250


@pytest.mark.parametrize("where", ["name", "organisation"])
def test_one_very_long_cell_costs_a_few_times_its_length(where: str):
    short = peak_mb(lambda: everything(dataset(added=20, characters=20)))
    long = peak_mb(lambda: everything(dataset(added=20, characters=20, **{where: "w" * LONGEST})))
    assert long < short + 60 * LONGEST / 1e6


def arrays_in(value: Any, seen: set[int]) -> Iterator[np.ndarray]:
    """Every array in an answer, however deep."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, np.ndarray):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from arrays_in(getattr(value, one.name), seen)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from arrays_in(one, seen)
    elif hasattr(value, "to_dict") and hasattr(value, "columns"):
        yield from (np.asarray(value[name].array) for name in value.columns)


def test_no_array_of_an_answer_holds_texts_of_one_width():
    data = dataset(added=3, characters=20)
    answers = [
        answer_per_group(data, QUESTION), answer_per_group_and_type(data, QUESTION), data.supply, data.needs,
        answer_per_value(data, QUESTION, "Ouderen", "type"),
    ]  # fmt: skip
    seen: set[int] = set()
    arrays = [array for answer in answers for array in arrays_in(answer, seen)]
    assert len(arrays) > 20
    assert {array.dtype.kind for array in arrays if array.dtype.kind in "SU"} == set()
