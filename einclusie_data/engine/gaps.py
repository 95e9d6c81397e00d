"""Coverage x need -> verdict, reason, caveat and the gap table (DESIGN §4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from einclusie_data.contract import verdicts
from einclusie_data.contract.arrays import Array
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.questions import Case, Question
from einclusie_data.engine.conditions import Traits, traits_of
from einclusie_data.engine.coverage import Reach
from einclusie_data.engine.gap_table import COLUMNS, Grounds, gap_table, people_outside
from einclusie_data.engine.judgement import judge
from einclusie_data.engine.locate import Supply
from einclusie_data.engine.measures import Measures, measure
from einclusie_data.engine.needs import Needs

__all__ = ["COLUMNS", "Answer", "Verdicts", "answer", "most_pressing", "unknown_need", "verdicts_of"]

_CASES_AT_ONCE = 64
"""Cases that are judged together: more is hardly faster, and takes more memory."""


@dataclass(frozen=True)
class Answer:
    """The engine's answer to a question.

    Attributes
    ----------
    cases : tuple of Case
    question : Question
    traits : Traits
    measures : Measures
    verdict : numpy.ndarray of str (object), shape (wijken, cases)
        The column `oordeel` of the table.
    grounds : Grounds
        What the table is made of, once it is asked for.
    """

    cases: tuple[Case, ...]
    question: Question
    traits: Traits
    measures: Measures
    verdict: Array
    grounds: Grounds = field(repr=False)

    @cached_property
    def table(self) -> pd.DataFrame:
        """The gap table: one row per wijk and case, sorted by wijkcode and the order of the cases.

        Columns `COLUMNS`, with `type` or `dagdeel` behind `doelgroep` in a table per value. Numbers are nullable: <NA>
        = unknown.
        """
        return gap_table(self.grounds)

    @cached_property
    def outside(self) -> Array:
        """People out of reach, per wijk and case (float, NaN = unknown): the column `buiten_bereik` of the table."""
        return people_outside(self.grounds.needs, self.cases, self.measures)


@dataclass(frozen=True)
class Verdicts:
    """Only the verdicts of a question with very many cases.

    Attributes
    ----------
    cases : tuple of Case
    verdict : numpy.ndarray of str (object), shape (wijken, cases)
    """

    cases: tuple[Case, ...]
    verdict: Array


def verdicts_of(supply: Supply, reach: Reach, question: Question, cases: tuple[Case, ...]) -> Verdicts:
    """The verdict of every wijk for every case, some cases at a time: what they are made of takes far more room.

    Parameters
    ----------
    supply, reach, question, cases
        See `answer`.
    """
    traits = traits_of(supply, question.on)
    inhabited = supply.areas.facts["inhabited"].to_numpy(dtype=bool)
    blocks = [cases[start : start + _CASES_AT_ONCE] for start in range(0, len(cases), _CASES_AT_ONCE)]
    judged = [
        judge(measure(supply, reach, traits, block, open_counts=question.open_counts), block, inhabited).verdict
        for block in watched(blocks)
    ]
    return Verdicts(cases, np.concatenate(judged, axis=1))


def answer(
    supply: Supply, reach: Reach, needs: Needs, question: Question, cases: tuple[Case, ...], per: str = ""
) -> Answer:
    """Judge every wijk for every case.

    Parameters
    ----------
    supply : Supply
    reach : Reach
        Of the same supply; its `reach_m` is the question's.
    needs : Needs
    question : Question
    cases : tuple of Case
        From `questions.cases_per_group` or `cases_per_value`.
    per : str
        "" for a table per doelgroep; else "type" or "dagdeel", the name of the extra column.

    Returns
    -------
    Answer
    """
    traits = traits_of(supply, question.on)
    measures = measure(supply, reach, traits, cases, open_counts=question.open_counts)
    judged = judge(measures, cases, supply.areas.facts["inhabited"].to_numpy(dtype=bool))
    grounds = Grounds(supply, reach, needs, cases, measures, judged, per)
    return Answer(cases, question, traits, measures, judged.verdict, grounds)


def most_pressing(table: pd.DataFrame) -> pd.DataFrame:
    """The open gaps of a gap table whose people out of reach are known, most pressing first.

    Parameters
    ----------
    table : pandas.DataFrame
        A gap table, or some rows of it.

    Returns
    -------
    pandas.DataFrame
        Rows with verdict hiaat, then mobiel; most people out of reach first; ties by wijkcode. The rows whose
        `buiten_bereik` is unknown are in `unknown_need`.
    """
    gaps = table[table["oordeel"].isin(verdicts.OPEN_GAP) & table["buiten_bereik"].notna()]
    order = gaps.assign(_first=(gaps["oordeel"] != verdicts.GAP))
    return order.sort_values(
        ["_first", "buiten_bereik", "wijkcode"], ascending=[True, False, True], kind="stable"
    ).drop(columns="_first")


def unknown_need(table: pd.DataFrame) -> pd.DataFrame:
    """The open gaps whose people out of reach are unknown: hiaat first, by wijkranking descending, then wijkcode."""
    gaps = table[table["oordeel"].isin(verdicts.OPEN_GAP) & table["buiten_bereik"].isna()]
    order = gaps.assign(_first=(gaps["oordeel"] != verdicts.GAP))
    return order.sort_values(
        ["_first", "wijkranking", "wijkcode"], ascending=[True, False, True], na_position="last", kind="stable"
    ).drop(columns="_first")
