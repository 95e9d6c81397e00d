"""What every printed document is made from, computed once for all of its pages, and what it says about itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from einclusie_data.answers.calculation import calculation_lines, limit_lines, misuse_lines, verdict_lines
from einclusie_data.answers.offer_card import shown_texts
from einclusie_data.answers.report import source_lines
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.questions import Question
from einclusie_data.contract.words import day, view_sentence
from einclusie_data.engine.dataset import Dataset, answer_per_group
from einclusie_data.engine.gaps import Answer
from einclusie_data.output.paper.paper import Shapes, shapes_of

PRODUCT = "Hiatenkaart e-inclusie Antwerpen"
QUESTION = "Waar en voor wie ontbreekt nog welke digitale hulp?"


@dataclass(frozen=True)
class About:
    """What the last page of a document says, and the foot of every page.

    Attributes
    ----------
    product, question : str
    view : str
        What was chosen, in a sentence.
    origin : str
        Which data, and when the document was made.
    verdicts : tuple of tuple of str
        Symbol, word and meaning of every verdict.
    calculation, limits, misuse, sources : tuple of str
        Sentences.
    """

    product: str
    question: str
    view: str
    origin: str
    verdicts: tuple[tuple[str, str, str], ...]
    calculation: tuple[str, ...]
    limits: tuple[str, ...]
    misuse: tuple[str, ...]
    sources: tuple[str, ...]


def about_of(material: Material, area: str) -> About:
    """The texts of a document about an area."""
    return About(
        product=PRODUCT,
        question=QUESTION,
        view=view_sentence(material.question, area=area, group="alle doelgroepen"),
        origin=f"Gegevens: {mask_personal(material.origin.version)}. Gemaakt op {day(material.origin.made)}.",
        verdicts=tuple(verdict_lines()),
        calculation=tuple(calculation_lines()),
        limits=tuple(limit_lines()),
        misuse=tuple(misuse_lines()),
        sources=tuple(text for _, text in source_lines()),
    )


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
