"""What a scenario changes, worked out once per workbook, question and scenario, and then kept for everyone."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from einclusie_data.changes.words import group_with_most
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.questions import Question
from einclusie_data.engine.dataset import answer_per_group
from einclusie_data.engine.gaps import Answer
from einclusie_data.proposals.compare import (
    COLUMNS,
    Comparison,
    Outcome,
    compare,
    compare_scenarios,
    of_group,
    of_wijken,
)
from einclusie_data.proposals.link import read_link
from einclusie_data.proposals.scenario import Scenario, apply, unfilled
from einclusie_data.proposals.words import (
    comparison_sentences,
    doubt_sentences,
    lead_sentence,
    proposal_sentences,
    unfilled_sentences,
)
from einclusie_data.ui.frame import data
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.parts.now_then import NO_TABLE, ChangesTable, changes_table

OUTCOMES_KEPT = 60
"""Each holds an answer of some 3 MB at 1,000 offers."""
PICTURES_KEPT = 200
NOTHING = Scenario("")
NO_CHANGES = pd.DataFrame(columns=list(COLUMNS))


@dataclass(frozen=True)
class Picture:
    """What the page shows of a scenario, for the chosen group and area.

    Attributes
    ----------
    lead : str
        The answer in one sentence; "" while nothing is proposed.
    proposals : tuple of str
        Each proposal in a sentence.
    sentences : tuple of str
        Who, where and how many.
    doubts : tuple of str
        What is not known or not used of the proposals.
    group : str
        The group of the map: the chosen one, or the one for which most changes when nothing changes for Iedereen.
    changed : pandas.DataFrame
        Rows of `Comparison.changed` in the area, of every group.
    table : ChangesTable
        Now and then, wijk x group, of the wijken where something changes.
    """

    lead: str
    proposals: tuple[str, ...]
    sentences: tuple[str, ...]
    doubts: tuple[str, ...]
    group: str
    changed: pd.DataFrame
    table: ChangesTable


@st.cache_resource(show_spinner=False, max_entries=OUTCOMES_KEPT, hash_funcs=data.BY_TEXT)
def _outcome(version: str, question: Question, text: str) -> tuple[Outcome, Answer]:
    dataset, scenario = data.dataset(version), read_link(text) or NOTHING
    proposed = apply(dataset, scenario)
    after = answer_per_group(proposed, question)
    return Outcome(scenario, proposed, compare(data.answer(version, question), after)), after


def outcome(view: View, text: str) -> tuple[Outcome, Answer]:
    """A scenario with what it changes for the chosen question, and the gap table as it would be."""
    return _outcome(view.version, view.choice.question, text)


def picture(view: View, text: str) -> Picture:
    """What there is to show of a scenario, by its text."""
    choice = view.choice
    return _picture(view.version, repr(choice.question), text, choice.group, choice.scope.name, view)


@st.cache_resource(show_spinner=False, max_entries=PICTURES_KEPT)
def _picture(version: str, question: str, text: str, group: str, area: str, _view: View) -> Picture:
    if not (read_link(text) or NOTHING).proposals:
        return Picture("", (), (), (), group, NO_CHANGES, NO_TABLE)
    found, after = outcome(_view, text)
    here = of_wijken(found.comparison, _view.choice.scope.codes)
    asked, dataset = _about(here, group), _view.dataset
    missing = unfilled_sentences(found.scenario.new_offers, unfilled(found.proposed, after))
    changed = here.changed
    silent = group == EVERYONE and not (changed["doelgroep"] == group).any()
    return Picture(
        lead=lead_sentence(asked),
        proposals=tuple(proposal_sentences(dataset, found.scenario)),
        sentences=tuple(comparison_sentences(asked)),
        doubts=(*doubt_sentences(dataset, found.scenario), *missing),
        group=group_with_most(changed, dataset.groups) if silent and len(changed) else group,
        changed=changed,
        table=changes_table(here),
    )


def _about(comparison: Comparison, group: str) -> Comparison:
    """What is told: someone who chose Iedereen hears of every group."""
    return comparison if group == EVERYONE else of_group(comparison, group)


def comparison_table(view: View, texts: tuple[str, ...]) -> pd.DataFrame:
    """Several scenarios beside each other, for the chosen group and area (see `compare_scenarios`)."""
    outcomes = [outcome(view, text)[0] for text in texts]
    here = [replace(one, comparison=of_wijken(one.comparison, view.choice.scope.codes)) for one in outcomes]
    return compare_scenarios(here, "" if view.choice.group == EVERYONE else view.choice.group)
