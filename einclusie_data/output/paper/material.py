"""What every printed document is made from, and what is computed once for all of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from einclusie_data.answers.offer_card import shown_texts
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.questions import Question
from einclusie_data.engine.dataset import Dataset, answer_per_group
from einclusie_data.engine.gaps import Answer
from einclusie_data.output.paper.map import Shapes, shapes_of


@dataclass(frozen=True)
class Origin:
    """Where a document comes from.

    Attributes
    ----------
    made : datetime.date
        The day on which it is made.
    version : str
        Which data, for people: "Versie 4 van 3 november 2026", or a file name.
    """

    made: date
    version: str


@dataclass(frozen=True)
class Material:
    """A dataset with one question.

    Attributes
    ----------
    dataset : Dataset
    question : Question
    origin : Origin
    group : str
        The group whose verdict the maps show.
    """

    dataset: Dataset
    question: Question
    origin: Origin
    group: str = EVERYONE

    @cached_property
    def answer(self) -> Answer:
        """The gap table of all groups."""
        return answer_per_group(self.dataset, self.question)

    @cached_property
    def texts(self) -> pd.DataFrame:
        """Every public field of every offer as people read it, index as `supply.offers`."""
        return shown_texts(self.dataset.shown, self.dataset.typed, self.dataset.areas)

    @cached_property
    def shapes(self) -> Shapes:
        """Outlines of the wijken for the maps."""
        return shapes_of(self.dataset.areas)
