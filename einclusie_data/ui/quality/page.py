"""The page about the data: where we do not know and who can fill it in, then what is wrong, empty, old or missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.answers.completeness import SHEETS, completeness
from einclusie_data.answers.quality import (
    NEVER,
    RECENT,
    ages_table,
    missing_figures,
    problem_places,
    problems_per_column,
    problems_table,
    stale_verdicts,
)
from einclusie_data.answers.todo import todo_by_organisation, todo_list
from einclusie_data.answers.unknowns import mobile_sentence, unknown_wijken, where_sentence, who_sentence
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.errors import Severity
from einclusie_data.contract.questions import Question
from einclusie_data.contract.schema import NEED
from einclusie_data.contract.words import count, listing, number
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.locate import Placement
from einclusie_data.files.write.tables import XLSX_TYPE, file_stem
from einclusie_data.output.todo_xlsx import todo_xlsx_bytes
from einclusie_data.ui.frame import data, url_state
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.frame.url_state import Param
from einclusie_data.ui.parts.markdown import plain
from einclusie_data.ui.parts.markup import EMPTY
from einclusie_data.ui.quality import sections as quality_sections

KEPT = 200
"""To-do lists kept in memory."""


class Todo(NamedTuple):
    """The rows to complete, how many organisations can do so, and the list of who can do what."""

    rows: pd.DataFrame
    organisations: int
    who: Markup


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _todo(version: str, question: str, codes: tuple[str, ...], group: str | None, _question: Question) -> Todo:
    todo = todo_list(data.dataset(version), data.answer(version, _question), codes, group)
    organisations = todo_by_organisation(todo)
    return Todo(todo, len(organisations), quality_sections.who_list(todo, organisations))


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _problems(version: str) -> pd.DataFrame:
    dataset = data.dataset(version)
    return problems_table(dataset.workbook, dataset.placed.problems)


def _group(view: View) -> str | None:
    """The chosen group; None = all groups, for someone who chose Iedereen."""
    return None if view.choice.group == EVERYONE else view.choice.group


def _todo_of(view: View) -> Todo:
    choice = view.choice
    return _todo(view.version, repr(choice.question), choice.scope.codes, _group(view), choice.question)


def _rows(view: View) -> pd.DataFrame:
    rows, group = view.rows(view.answer()), _group(view)
    return rows if group is None else rows[rows["doelgroep"] == group]


def quality_params(dataset: Dataset) -> list[Param]:
    """The choices of this page, as they stand in the URL."""
    sheets, columns = problem_places(dataset.workbook)
    return [
        url_state.one_of("deel", SECTIONS, next(iter(SECTIONS))),
        url_state.one_of("blad", [sheet.name for sheet in SHEETS], SHEETS[0].name),
        url_state.one_of("melding_blad", sheets, None),
        url_state.one_of("melding_ernst", [one.value for one in Severity], None),
        url_state.one_of("melding_kolom", columns, None),
    ]


def show_answer(view: View) -> None:
    """Where we do not know, and how many rows and organisations would settle it."""
    todo = _todo_of(view)
    rows, group = _rows(view), _group(view)
    st.markdown(f"**{plain(view.sentence(group or 'alle doelgroepen'))}**")
    wijken = unknown_wijken(rows)
    names = (
        Markup("<details class='uitleg'><summary>Welke wijken?</summary><p>{}.</p></details>").format(listing(wijken))
        if wijken
        else EMPTY
    )
    st.html(
        Markup("<p class='antwoord'><b>{}</b> {} {}</p>{}").format(
            where_sentence(rows, group), mobile_sentence(rows), who_sentence(len(todo.rows), todo.organisations), names
        )
    )


def show_who(view: View) -> None:
    """Who can fill in what, and what that would change."""
    todo = _todo_of(view)
    if len(todo.rows):
        st.header("Wie kan het invullen?", anchor=False)
        st.html(todo.who)


def show_download(view: View) -> None:
    """Everything on this page as a to-do list."""
    choice = view.choice

    def xlsx() -> bytes:
        return todo_xlsx_bytes(
            view.dataset, view.answer(), choice.scope.codes, area=choice.scope.text, group=_group(view)
        )

    stem = file_stem("takenlijst", choice.question.on)
    st.download_button(
        "Download als takenlijst (Excel)", xlsx, f"{stem}.xlsx", XLSX_TYPE, type="primary", on_click="ignore"
    )


def show_section(view: View) -> None:
    """One of the sections, by choice."""
    st.header("Wat is er met de gegevens?", anchor=False)
    chosen = st.segmented_control(
        "Deel", list(SECTIONS), format_func=lambda key: SECTIONS[key][0], key="deel", required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    SECTIONS[str(chosen)][1](view)


def _choice(label: str, key: str, options: list[str]) -> str | None:
    return st.selectbox(label, options, key=key, format_func=plain, placeholder="Alles")


def _show_problems(view: View) -> None:
    problems = _problems(view.version)
    if problems.empty:
        st.text("We vonden geen fouten in het bestand. Elke rij is gelezen en begrepen.")
        return
    left, middle, right = st.columns(3)
    with left:
        sheet = _choice("Blad", "melding_blad", list(dict.fromkeys(problems["sheet"])))
    with middle:
        severity = _choice("Ernst", "melding_ernst", [one.value for one in Severity])
    with right:
        column = _choice("Kolom", "melding_kolom", list(dict.fromkeys(filter(None, problems["column"]))))
    for name, value in (("sheet", sheet), ("severity", severity), ("column", column)):
        problems = problems if value is None else problems[problems[name] == value]
    st.text(
        f"{count(len(problems), 'melding', 'meldingen')}. Bij een fout telt de rij niet mee. "
        "Bij een waarschuwing staat erbij wat ze verandert."
    )
    if problems.empty:
        return
    st.html(
        quality_sections.columns_html(problems_per_column(problems))
        + Markup("<br>")
        + quality_sections.problems_html(problems)
    )


def _show_completeness(view: View) -> None:
    names = [sheet.name for sheet in SHEETS]
    name = str(st.segmented_control("Blad", names, key="blad", required=True))
    sheet = SHEETS[names.index(name)]
    columns = completeness(view.dataset.workbook, sheet)
    if not len(getattr(view.dataset.workbook, sheet.key)):
        st.text(f"Op het blad {name} staat nog geen enkele rij.")
        return
    st.text("Wat meetelt voor een oordeel, staat eerst. Leeg betekent: we weten het niet. Het betekent nooit nul.")
    st.html(quality_sections.completeness_html(columns, name))


def _show_rows(rows: pd.DataFrame, html: Callable[[pd.DataFrame], Markup], sentence: str, *, otherwise: str) -> None:
    """Rows below a sentence about them; another sentence when there are none."""
    if rows.empty:
        st.text(otherwise)
        return
    st.text(sentence)
    st.html(html(rows))


def _show_placeless(view: View) -> None:
    todo = _todo_of(view).rows
    placeless = todo[todo["placement"].isin([Placement.NOWHERE, Placement.UNPLACED])]
    _show_rows(
        placeless,
        quality_sections.placeless_html,
        f"Van {count(len(placeless), 'aanbod', 'keer aanbod')} dat bij deze filters kan passen, weten we niet waar het "
        "is. Met een adres of een wijk erbij kan het meetellen.",
        otherwise="Elk aanbod dat bij deze filters past, heeft een bekende plek.",
    )


def _show_ages(view: View) -> None:
    ages = ages_table(view.dataset, view.answer())
    if ages.empty:
        st.text("Er is geen actief aanbod op deze dag.")
        return
    stale = stale_verdicts(_rows(view))
    st.text(
        f"{count(stale, 'oordeel steunt', 'oordelen steunen')} op gegevens die niemand de laatste twee jaar nakeek. "
        "Een rij is vers op de dag dat iemand ze nakijkt. Na twee jaar is ze verouderd."
    )
    st.html(quality_sections.bands_html(ages))
    old = ages[~ages["band"].isin([RECENT])]
    if old.empty:
        st.text("Al het aanbod is het laatste jaar nagekeken. Dank je wel!")
        return
    never = int((old["band"] == NEVER).sum())
    title = f"Toon {count(len(old), 'rij', 'rijen')} om na te kijken, waarvan {number(never)} zonder datum"
    st.html(
        Markup("<details class='uitleg' open><summary>{}</summary>{}</details>").format(
            title, quality_sections.ages_html(old)
        )
    )


def _show_figures(view: View) -> None:
    _show_rows(
        missing_figures(_rows(view)),
        quality_sections.figures_html,
        f"Zonder cijfer kunnen we niet zeggen hoeveel mensen buiten bereik wonen. Vul ze in op het blad {NEED.name}. "
        "Doelgroepen overlappen: tel ze nooit op.",
        otherwise="Voor elke wijk van deze keuze weten we hoeveel mensen er wonen.",
    )


SECTIONS = {
    "meldingen": ("Meldingen", _show_problems),
    "volledigheid": ("Volledigheid per veld", _show_completeness),
    "plek": ("Zonder plek", _show_placeless),
    "nakijken": ("Niet recent nagekeken", _show_ages),
    "cijfers": ("Cijfers die ontbreken", _show_figures),
}
"""Word in the URL -> label and what draws it."""
