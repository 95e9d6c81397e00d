"""What a meeting is prepared from, and the shape of a preparation: sections with lines and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd

from einclusie_data.answers.scopes import Scope
from einclusie_data.changes.compare import Changes, changes_of, public_changes
from einclusie_data.changes.gaps import gap_changes
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.questions import Question
from einclusie_data.contract.words import number
from einclusie_data.decisions.table import chosen_decisions, in_order
from einclusie_data.engine.dataset import Dataset, answer_per_group
from einclusie_data.engine.gaps import Answer
from einclusie_data.meeting.meetings import Meeting, meeting_on, meetings_of
from einclusie_data.store.decision_record import Decision

NEW, MISSING, AGENDA = "Wat is er veranderd?", "Wat ontbreekt er?", "Agenda"
PARTS = (NEW, MISSING, AGENDA)
"""Parts of a preparation, in order."""


@dataclass(frozen=True)
class Grid:
    """A table of texts: what it shows, its heads, its rows."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A piece of a preparation: lines that someone may change before they are downloaded, and tables that stay.

    Attributes
    ----------
    key : str
        Stable name.
    part : str
        One of `PARTS`.
    title : str
    lines : tuple of str
    tables : tuple of Grid
    """

    key: str
    part: str
    title: str
    lines: tuple[str, ...]
    tables: tuple[Grid, ...] = ()


@dataclass(frozen=True)
class Preparation:
    """A meeting prepared: who meets and when, the answer in a few sentences, and the sections by part."""

    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Occasion:
    """What a meeting is prepared from.

    Attributes
    ----------
    dataset : Dataset
        The workbook of now.
    question : Question
    group : str
        The chosen group; Iedereen tells of every group.
    scope : Scope
        Of the network.
    day : datetime.date
        Of the meeting.
    decisions : tuple of Decision
        All of them.
    scopes : mapping of str to Scope
        Every area by name (see `scopes.scopes`).
    previous : datetime.date, optional
        The meeting before, when it is known.
    before : Dataset, optional
        The workbook as it was then; None when there is none.
    """

    dataset: Dataset
    question: Question
    group: str
    scope: Scope
    day: date
    decisions: tuple[Decision, ...]
    scopes: Mapping[str, Scope]
    previous: date | None = None
    before: Dataset | None = None

    @cached_property
    def meeting(self) -> Meeting:
        """What the sheet Bijeenkomsten says of it."""
        return meeting_on(meetings_of(self.dataset, self.scope), self.day)

    @cached_property
    def answer(self) -> Answer:
        """The gap table of all groups."""
        return answer_per_group(self.dataset, self.question)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Its rows in the area."""
        return self.answer.table[self.answer.table["wijkcode"].isin(self.scope.codes)]

    @cached_property
    def changes(self) -> Changes | None:
        """What anyone may see of what changed since the meeting before; gaps only of the area and the group.

        Each workbook is judged on its own day: an offer that ended in between may open a gap too.
        """
        if self.before is None or self.previous is None:
            return None
        found = public_changes(changes_of(self.before, self.dataset, self.question))
        then = replace(self.question, on=self.previous)
        gaps = gap_changes(self.before, self.dataset, self.question, then)
        inside = gaps["wijkcode"].isin(self.scope.codes)
        asked = inside if self.group == EVERYONE else inside & (gaps["doelgroep"] == self.group)
        return replace(found, gaps=gaps[asked].reset_index(drop=True))

    @cached_property
    def here(self) -> tuple[Decision, ...]:
        """The decisions of the area and the group, what has to be talked about first."""
        found = chosen_decisions(self.decisions, self.dataset.areas, self.scope, self.scopes, self.group)
        return tuple(in_order(found))


def first_lines(lines: Sequence[str], most: int) -> list[str]:
    """The first lines, and how many more there are.

    Examples
    --------
    >>> first_lines(["a", "b", "c"], 2)
    ['a', 'b', 'En nog 1.']
    """
    more = len(lines) - most
    return [*lines[:most], *([f"En nog {number(more)}."] if more > 0 else [])]
