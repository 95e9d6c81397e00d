"""The to-do list as an Excel workbook: what to complete, correct and check again, whose it is, and what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment

from einclusie_data.answers.quality import (
    NEVER,
    OLD,
    RECHECK,
    age_effect,
    ages_table,
    figure_effect,
    figure_sentence,
    missing_figures,
    problems_table,
)
from einclusie_data.answers.todo import effect_sentence, fill_in_sentence, todo_list
from einclusie_data.contract import settings
from einclusie_data.contract.schema import NEED, OFFERS
from einclusie_data.contract.words import listing, period_words, view_sentence
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.gaps import Answer
from einclusie_data.files.write.book import ABOUT_SHEET, add_about, add_table, save_book
from einclusie_data.files.write.cells import SEPARATOR

TODO_SHEET = "Te doen"
COLUMNS = ("Soort", "Organisatie", "Blad", "Rij", "Naam", "Kolom", "Wat ontbreekt of fout is", "Wat je kunt doen",
           "Wat het verandert", "Klaar?")  # fmt: skip
COMPLETE, CORRECT, CHECK, FIGURE = "Aanvullen", "Verbeteren", "Nakijken", "Cijfer zoeken"
_WIDTHS = (14, 28, 13, 7, 32, 20, 46, 40, 46, 9)


def _complete_rows(dataset: Dataset, answer: Answer, codes: Sequence[str], group: str | None) -> list[tuple[Any, ...]]:
    return [
        (
            COMPLETE,
            row["organisations"],
            OFFERS.name,
            row["row"],
            row["name"],
            row["fill_in"],
            f"Niet ingevuld of niet begrepen: {listing([header.lower() for header in row['fill_in']])}.",
            fill_in_sentence(row["fill_in"]),
            effect_sentence(row),
        )
        for _, row in todo_list(dataset, answer, codes, group).iterrows()
    ]


def _correct_rows(dataset: Dataset) -> list[tuple[Any, ...]]:
    """The problems of the whole workbook; those of Aanbod with the name of the offer."""
    offers = {report.name for report in dataset.workbook.reports if report.key == OFFERS.key}
    public = dataset.shown
    known = dict(zip(public["row"], zip(public["organisations"], public["name"], strict=True), strict=True))
    rows = []
    for one in problems_table(dataset.workbook).to_dict("records"):
        row = None if pd.isna(one["row"]) else int(one["row"])
        organisations, name = known.get(row, ("", "")) if one["sheet"] in offers else ("", "")
        do = "Verbeter de cel in het bestand." if one["column"] and row else "Kijk het na in het bestand."
        rows.append((CORRECT, organisations, one["sheet"], row, name, one["column"], one["message"], do, one["effect"]))
    return rows


def _check_rows(dataset: Dataset, answer: Answer) -> list[tuple[Any, ...]]:
    """The active offers that nobody checked for two years, or of which we do not know when."""
    ages = ages_table(dataset, answer)
    header = OFFERS.column("checked").header
    return [
        (
            CHECK,
            row["organisations"],
            OFFERS.name,
            row["row"],
            row["name"],
            header,
            f"{header}: {row['band']}" + ("." if row["band"] == NEVER else f" ({row['checked']:%d/%m/%Y})."),
            RECHECK,
            age_effect(row["band"]),
        )
        for _, row in ages[ages["band"].isin((OLD, NEVER))].iterrows()
    ]


def _figure_rows(answer: Answer, codes: Sequence[str], group: str | None) -> list[tuple[Any, ...]]:
    table = answer.table[answer.table["wijkcode"].isin(codes)]
    rows = table if group is None else table[table["doelgroep"] == group]
    do = f"Vul per wijk het aantal personen in op het blad {NEED.name}."
    return [
        (
            FIGURE,
            "",
            NEED.name,
            None,
            row["group"],
            NEED.column("persons").header,
            figure_sentence(row),
            do,
            figure_effect(row),
        )
        for _, row in missing_figures(rows).iterrows()
    ]


def todo_table(dataset: Dataset, answer: Answer, codes: Sequence[str], group: str | None = None) -> pd.DataFrame:
    """Everything that someone can do to make the picture more complete.

    Parameters
    ----------
    dataset : Dataset
    answer : Answer
        Per group, of that dataset.
    codes : sequence of str
        Wijkcodes of the area. Problems and rows to check again are of the whole workbook.
    group : str, optional
        All groups when not given.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS`: what changes most verdicts first. Nothing internal, and personal details masked.
    """
    rows = [
        *_complete_rows(dataset, answer, codes, group),
        *_correct_rows(dataset),
        *_check_rows(dataset, answer),
        *_figure_rows(answer, codes, group),
    ]
    return pd.DataFrame([(*map(_text, row), "") for row in rows], columns=list(COLUMNS))


def _text(cell: Any) -> Any:
    return SEPARATOR.join(cell) if isinstance(cell, tuple) else cell


def _about(dataset: Dataset, answer: Answer, area: str, group: str | None) -> list[tuple[str, str]]:
    view = view_sentence(answer.question, area=area, group=group or "alle doelgroepen")
    return [
        ("Wat is dit", "Een takenlijst: wat er in de werkmap ontbreekt, fout of oud is, en wie het kan aanvullen."),
        ("Wat je ziet", view),
        ("Gegevens", dataset.name),
        ("Hoe je het gebruikt", "Filter op Organisatie om jouw rijen te zien. Vul aan in de werkmap zelf, niet hier."),
        (COMPLETE, "Gegevens die een oordeel kunnen veranderen. Wat het meest verandert, staat eerst."),
        (CORRECT, "Cellen en rijen die we niet of maar half begrepen."),
        (
            CHECK,
            f"Aanbod dat niemand de laatste {period_words(settings.STALE_DAYS)} nakeek, of waarbij geen datum staat.",
        ),
        (FIGURE, "Doelgroepen waarvan we niet weten hoeveel mensen er wonen. Onbekend is nooit nul."),
        ("Klaar?", "Deze kolom is van jou: zet er een kruisje als het gebeurd is."),
        ("Meerdere organisaties", "Een aanbod van meer dan één organisatie staat één keer, met al hun namen."),
        ("Niet in dit bestand", "Interne contactpersonen en persoonlijke contactgegevens."),
    ]


def todo_xlsx_bytes(
    dataset: Dataset, answer: Answer, codes: Sequence[str], *, area: str, group: str | None = None
) -> bytes:
    """The to-do list of a view as an Excel workbook with a filter per column, ready to print.

    Parameters
    ----------
    dataset, answer, codes, group
        As for `todo_table`.
    area : str
        For the sentence that says what is shown: "59 wijken".

    Returns
    -------
    bytes
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = TODO_SHEET
    add_table(sheet, todo_table(dataset, answer, codes, group), _WIDTHS)
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    add_about(book.create_sheet(ABOUT_SHEET), _about(dataset, answer, area, group))
    return save_book(book)
