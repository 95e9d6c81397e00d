"""What a printed document says about itself: the view, the date, the origin, how verdicts are made, limits, sources."""

from __future__ import annotations

from dataclasses import dataclass

from einclusie_data.answers.calculation import calculation_lines, limit_lines, misuse_lines, verdict_lines
from einclusie_data.answers.report import source_lines
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.words import day, view_sentence
from einclusie_data.output.paper.material import Material

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
