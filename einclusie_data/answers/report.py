"""What an exported view says about itself: the offers behind it, its filters, sources, method and limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from einclusie_data.answers.calculation import calculation_lines, limit_lines, verdict_lines
from einclusie_data.answers.matrix import BY_DISTRICT
from einclusie_data.city.areas import attribution
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.questions import Question
from einclusie_data.contract.schema import METHODS, OFFERS, Sheet
from einclusie_data.contract.words import count, day, filters_table, listing, number, view_sentence
from einclusie_data.engine.conditions import Flag
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.gap_table import touches
from einclusie_data.engine.gaps import Answer
from einclusie_data.engine.locate import Placement

Lines = list[tuple[str, str]]


def counting_offers(dataset: Dataset, answer: Answer, group: str | None = None) -> pd.DataFrame:
    """The offers that count for some case of an answer (of one group, if named), in the order of the sheet.

    Returns
    -------
    pandas.DataFrame
        Rows of `offers.public_offers`.
    """
    cases = [place for place, case in enumerate(answer.cases) if group in (None, case.group)]
    counts = answer.measures.holds(Flag.SUITABLE)[:, cases]
    return dataset.shown[np.any(counts, axis=1)]


def placeless_sentence(offers: pd.DataFrame) -> str:
    """How many of some suitable offers have no place.

    Parameters
    ----------
    offers : pandas.DataFrame
        From `counting_offers`.
    """
    if offers.empty:
        return "We vonden geen passend aanbod."
    nowhere, uncertain = (int((offers["placement"] == name).sum()) for name in (Placement.NOWHERE, Placement.UNPLACED))
    parts = []
    if nowhere:
        parts.append(f"{number(nowhere)} keer passend aanbod heeft geen bekende plek en telt nergens mee.")
    if uncertain:
        parts.append(
            f"{number(uncertain)} keer passend aanbod ligt ergens in een bekend gebied, maar we weten niet waar."
        )
    return " ".join(parts) or "Elk passend aanbod heeft een bekende plek."


def left_out_columns(dataset: Dataset, sheet: Sheet = OFFERS) -> list[str]:
    """Headers of the workbook that an export of a sheet leaves out: internal ones, and ones not understood."""
    unknown = dataset.workbook.extra.get(sheet.key)
    internal = [column.header for column in sheet.columns if column.internal]
    return internal + ([] if unknown is None else [mask_personal(str(name)) for name in unknown.columns])


def _numbered(label: str, lines: Iterable[str]) -> Lines:
    return [(label if place == 0 else "", line) for place, line in enumerate(lines)]


def _view_lines(question: Question) -> Lines:
    return [
        ("Peildatum", day(question.on)),
        ("Loopafstand", f"{number(question.reach_m)} m"),
        ("Telt aanbod voor iedereen mee", "ja" if question.open_counts else "nee"),
        *filters_table(question.filters),
    ]


def source_lines() -> Lines:
    """Where the reference data come from."""
    return _numbered("Bronnen", (" ".join(filter(None, [one.text, one.terms + ".", one.url])) for one in attribution()))


def about_gaps(dataset: Dataset, answer: Answer, title: str) -> Lines:
    """Text of the sheet that explains a gap table."""
    return [
        ("Wat is dit", "Hiatenkaart e-inclusie Antwerpen: waar en voor wie ontbreekt nog welk aanbod?"),
        ("Wat je ziet", title),
        ("Gegevens", dataset.name),
        *_view_lines(answer.question),
        ("Aanbod zonder plek", placeless_sentence(counting_offers(dataset, answer))),
        *_numbered("Hoe een oordeel ontstaat", calculation_lines()),
        *_numbered("Oordelen", (f"{symbol} {word}: {meaning}" for symbol, word, meaning in verdict_lines())),
        *_numbered("Wat de cijfers niet zeggen", limit_lines()),
        ("Lege cel", "Een lege cel betekent: niet bekend. Ze betekent nooit nul."),
        *_left_out(dataset),
        *source_lines(),
    ]


def about_offers(dataset: Dataset, question: Question, shown: int, view: str) -> Lines:
    """Text of the sheet that goes with a list of offers; `view` says in a sentence what was chosen."""
    return [
        ("Wat is dit", f"{count(shown, 'aanbod', 'keer aanbod')} uit {dataset.name}"),
        ("Wat je ziet", view),
        *_view_lines(question),
        *_left_out(dataset),
        ("Opnieuw opladen", "Je kunt dit bestand aanvullen en opnieuw opladen. Dit blad wordt dan overgeslagen."),
        *source_lines(),
    ]


def about_methods(dataset: Dataset, view: str, maybe: str, shown: int) -> Lines:
    """Text of the sheet that goes with a list of methods: what was chosen, and which others may fit."""
    return [
        ("Wat is dit", f"{count(shown, 'methodiek', 'methodieken')} uit {dataset.name}"),
        ("Wat je ziet", view),
        ("Niet in de lijst", maybe or "Geen andere methodiek past misschien."),
        *_left_out(dataset, METHODS),
        ("Opnieuw opladen", "Zet het blad Methodieken in de volledige werkmap en laad die op. Let op: rijen die hier "
         "niet gekozen zijn, staan er niet in."),
    ]  # fmt: skip


def _left_out(dataset: Dataset, sheet: Sheet = OFFERS) -> Lines:
    columns = left_out_columns(dataset, sheet)
    if not columns:
        return []
    return [("Weggelaten kolommen", listing(columns) + ". Ze staan enkel in het originele bestand.")]


def gap_report(
    dataset: Dataset,
    answer: Answer,
    table: pd.DataFrame,
    *,
    column: str,
    area: str,
    group: str,
    order: str = BY_DISTRICT,
) -> GapReport:
    """Gather what goes into the Excel file of a view.

    Parameters
    ----------
    dataset : Dataset
    answer : Answer
    table : pandas.DataFrame
        The rows of `answer.table` that are shown.
    column : str
        doelgroep, type or dagdeel: the columns of the matrix.
    area, group : str
        For the sentence: "59 wijken", "alle doelgroepen".
    order : str
        Order of the wijken in the matrix: a key of `figures.ORDERS`.

    Returns
    -------
    GapReport
    """
    title = view_sentence(answer.question, area=area, group=group)
    about = about_gaps(dataset, answer, title)
    return GapReport(table, column, order, title, offers_of_area(dataset, answer, table["wijkcode"].unique()), about)


def offers_of_area(dataset: Dataset, answer: Answer, codes: Iterable[str], group: str | None = None) -> pd.DataFrame:
    """The counting offers (see `counting_offers`) that are in, reach, serve or may lie in some wijken.

    Those of which nobody knows a place, not even a hint, stay with them: they may lie there too.
    """
    offers = counting_offers(dataset, answer, group)
    shown = dataset.areas.wijken.index.isin(list(codes))
    positions = offers.index.to_numpy()
    related = touches(dataset.supply, dataset.reach(answer.question.reach_m), positions)[:, shown].any(axis=1)
    return offers[related | (offers["placement"] == Placement.NOWHERE).to_numpy()]


@dataclass(frozen=True)
class GapReport:
    """Everything that goes into the Excel file of a view.

    Attributes
    ----------
    table : pandas.DataFrame
        The gap table, exactly as filtered on screen.
    column : str
        Column whose values are the columns of the matrix: doelgroep, type or dagdeel.
    order : str
        Order of the wijken in the matrix: a key of `figures.ORDERS`.
    title : str
        The view in one sentence.
    offers : pandas.DataFrame
        The offers that count in the view: from `offers.public_offers`.
    about : sequence of (str, str)
        Filters, dates, sources, method and limits: label ("" continues the one above) and text.
    """

    table: pd.DataFrame
    column: str
    order: str
    title: str
    offers: pd.DataFrame
    about: Sequence[tuple[str, str]]
