"""One group in one area at a glance: key figures, the most pressing gaps, what is unknown. Data for the start page."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from einclusie_data.answers.matrix import open_gaps_text, verdict_counts
from einclusie_data.answers.report import offers_of_area, placeless_sentence
from einclusie_data.answers.todo import todo_list, todo_sentence
from einclusie_data.contract import verdicts
from einclusie_data.contract.words import UNKNOWN, count, figures_words, listing, number
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.gaps import Answer, most_pressing, unknown_need
from einclusie_data.engine.locate import Placement

TOP = 10
"""How many gaps a list names."""
TOP_TODO = 3
"""How many rows that would change most are named."""


@dataclass(frozen=True)
class Figure:
    """A key figure: its value, what it counts, and what that means."""

    value: str
    label: str
    help: str


@dataclass(frozen=True)
class GapLine:
    """One open gap in words: its verdict, the wijk, the people, the reason as a sentence."""

    verdict: str
    wijk: str
    people: str
    reason: str


@dataclass(frozen=True)
class Summary:
    """What the start page says.

    Attributes
    ----------
    rows : pandas.DataFrame
        The rows of the gap table: one per wijk of the area, one group.
    counts : dict of str to int
        Verdict -> number of wijken.
    figures : tuple of Figure
    known : tuple of GapLine
        The most pressing gaps (at most `TOP`), most pressing first.
    without_figure : tuple of GapLine
        The gaps whose people are unknown (at most `TOP`).
    unknowns : tuple of str
        Sentences: what we do not know, and why.
    todo : tuple of str
        Sentences: the rows that would change most when someone completes them (at most `TOP_TODO`).
    offers : tuple of int
        Positions of the offers that count and have to do with the area.
    """

    rows: pd.DataFrame
    counts: dict[str, int]
    figures: tuple[Figure, ...]
    known: tuple[GapLine, ...]
    without_figure: tuple[GapLine, ...]
    unknowns: tuple[str, ...]
    todo: tuple[str, ...]
    offers: tuple[int, ...]


def summary_of(dataset: Dataset, answer: Answer, group: str, codes: tuple[str, ...]) -> Summary:
    """Sum up an answer for one group in one area.

    Parameters
    ----------
    dataset : Dataset
    answer : Answer
        Per group.
    group : str
    codes : tuple of str
        Wijkcodes of the area.

    Returns
    -------
    Summary
    """
    table = answer.table
    rows = table[(table["doelgroep"] == group) & table["wijkcode"].isin(codes)]
    offers = offers_of_area(dataset, answer, codes, group)
    return Summary(
        rows=rows,
        counts=verdict_counts(rows),
        figures=_figures(rows, offers),
        known=gap_lines(most_pressing(rows)),
        without_figure=gap_lines(unknown_need(rows)),
        unknowns=(placeless_sentence(offers), *_unknown_sentences(rows)),
        todo=_todo_sentences(dataset, answer, group, codes),
        offers=tuple(int(str(place)) for place in offers.index),
    )


def _figures(rows: pd.DataFrame, offers: pd.DataFrame) -> tuple[Figure, ...]:
    inhabited = rows[rows["oordeel"] != verdicts.NOT_APPLICABLE]
    unknown = int((inhabited["oordeel"] == verdicts.UNKNOWN).sum())
    return (
        Figure(open_gaps_text(rows), "met een mogelijk hiaat", "Geen aanbod op een plek: ✕ of ◇ op de kaart."),
        Figure(
            count(unknown, "wijk", "wijken"),
            "waar we het niet weten",
            "Er is aanbod, maar er ontbreekt een gegeven dat het oordeel kan veranderen.",
        ),
        _people_figure(inhabited["buiten_bereik"]),
        _offers_figure(offers),
    )


def _people_figure(outside: pd.Series) -> Figure:
    """People out of reach; when some wijken have no figure, only of those that have one, and it says so."""
    known = outside.dropna()
    label = "mensen buiten bereik van aanbod dat we kennen"
    if known.empty:
        return Figure(UNKNOWN, label, "Er is geen cijfer per wijk voor deze groep. Vul het blad Behoefte aan.")
    if len(known) < len(outside):
        label += f", {figures_words(len(known), len(outside))}"
    help_ = (
        "Mensen van deze groep die niet op loopafstand wonen van passend aanbod dat we kennen. "
        "Ook wie in een wijk woont waar we het niet weten, telt hier mee."
    )
    return Figure(number(int(known.sum())), label, help_)


def _offers_figure(offers: pd.DataFrame) -> Figure:
    placeless = int(offers["placement"].isin([Placement.NOWHERE, Placement.UNPLACED]).sum())
    organisations = {name for cell in offers["organisations"] for name in cell}
    label = f"keer passend aanbod, van {count(len(organisations), 'organisatie', 'organisaties')}"
    if placeless:
        label += f"; {number(placeless)} zonder bekende plek"
    help_ = f"Actief aanbod voor deze groep, binnen de gekozen filters. {placeless_sentence(offers)}"
    return Figure(number(len(offers)), label, help_)


def _todo_sentences(dataset: Dataset, answer: Answer, group: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    todo = todo_list(dataset, answer, codes, group)
    return tuple(todo_sentence(row) for _, row in todo.head(TOP_TODO).iterrows())


def _people(outside: object) -> str:
    return "aantal mensen onbekend" if outside is pd.NA else f"{number(int(str(outside)))} mensen buiten bereik"


def gap_lines(gaps: pd.DataFrame, top: int = TOP) -> tuple[GapLine, ...]:
    """The first rows of `gaps.most_pressing` or `gaps.unknown_need` in words."""
    chosen = gaps.head(top)
    cells = zip(chosen["oordeel"], chosen["wijk"], chosen["buiten_bereik"], chosen["reden"], strict=True)
    return tuple(
        GapLine(verdict, wijk, _people(outside), verdicts.REASONS[reason]) for verdict, wijk, outside, reason in cells
    )


def _unknown_sentences(rows: pd.DataFrame) -> tuple[str, ...]:
    unknown = rows[rows["oordeel"] == verdicts.UNKNOWN]
    return tuple(
        f"{count(len(part), 'wijk', 'wijken')}: {verdicts.REASONS[str(reason)]} ({listing(part['wijk'].tolist())})"
        for reason, part in unknown.groupby("reden", sort=False)
    )
