"""The page about the data: where we do not know and who can fill it in, then what is wrong, empty, old or missing.

The parts of the page about the data as HTML: who can fill in what, and a table per kind of finding.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.answers.quality import (
    BANDS,
    COUNTED_SHEETS,
    NEVER,
    RECENT,
    age_effect,
    ages_table,
    completeness,
    figure_effect,
    figure_sentence,
    missing_figures,
    problem_places,
    problems_per_column,
    problems_table,
    stale_verdicts,
)
from einclusie_data.answers.todo import (
    effect_sentence,
    fill_in_sentence,
    mobile_sentence,
    todo_by_organisation,
    todo_list,
    unknown_wijken,
    where_sentence,
    who_sentence,
)
from einclusie_data.contract import settings
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.errors import Severity
from einclusie_data.contract.questions import Question
from einclusie_data.contract.schema import NEED
from einclusie_data.contract.words import count, day, listing, number, percentage, period_words
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.locate import Placement
from einclusie_data.files.write.tables import XLSX_TYPE, file_stem
from einclusie_data.output.todo_xlsx import todo_xlsx_bytes
from einclusie_data.ui.frame import data, url_state
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.frame.url_state import Param
from einclusie_data.ui.parts.markup import EMPTY, join, plain, table

OPEN_AT_FIRST = 3
"""Organisations whose rows are open when the page opens."""
SHOWN_AT_FIRST = 8
"""Organisations that are listed before "toon alles"."""
ROWS_AT_FIRST = 5
"""Rows of an organisation that are shown before "toon ook"."""
ROWS_SHOWN = 100
"""Rows of a table on screen; all of them are in the Excel file."""
WIJKEN_NAMED = 8


def _wijken_text(wijken: Sequence[str]) -> str:
    more = len(wijken) - WIJKEN_NAMED
    names = [*wijken[:WIJKEN_NAMED], *([f"nog {number(more)}"] if more > 0 else [])]
    return f"Wijken: {listing(names)}." if wijken else ""


def _todo_item(row: pd.Series) -> Markup:
    return Markup("<li><b>Rij {}: {}</b><br>{} {}<br><span class='stil'>{}</span></li>").format(
        row["row"], row["name"], fill_in_sentence(row["fill_in"]), effect_sentence(row), _wijken_text(row["wijken"])
    )


def _organisation(one: pd.Series, todo: pd.DataFrame, *, opened: bool) -> Markup:
    items = [_todo_item(todo.iloc[line]) for line in one["lines"][:ROWS_SHOWN]]
    what = (
        f"kan het oordeel in {count(one['wijken'], 'wijk', 'wijken')} veranderen"
        if one["wijken"]
        else "telt nu nergens mee"
    )
    return Markup(
        "<details class='wie'{}><summary><b>{}</b> · {} · {}</summary><ul class='aanbod'>{}</ul>{}{}</details>"
    ).format(
        Markup(" open") if opened else EMPTY,
        one["organisation"],
        f"{count(one['rows'], 'rij', 'rijen')} aan te vullen",
        what,
        join(items[:ROWS_AT_FIRST]),
        _folded(items[ROWS_AT_FIRST:]),
        more_line(len(one["lines"])),
    )


def _folded(items: Sequence[Markup]) -> Markup:
    """Rows that are there for whoever asks for them."""
    if not items:
        return EMPTY
    title = f"Toon nog {count(len(items), 'rij', 'rijen')}"
    return Markup("<details class='uitleg'><summary>{}</summary><ul class='aanbod'>{}</ul></details>").format(
        title, join(items)
    )


def more_line(rows: int) -> Markup:
    """That not all rows are on screen, and where the others are."""
    if rows <= ROWS_SHOWN:
        return EMPTY
    return Markup("<p class='stil'>En nog {}. Ze staan allemaal in de takenlijst (Excel).</p>").format(
        number(rows - ROWS_SHOWN)
    )


def who_list(todo: pd.DataFrame, organisations: pd.DataFrame) -> Markup:
    """Who can fill in what: an organisation with its rows each, those that change most first."""
    parts = [
        _organisation(one, todo, opened=place < OPEN_AT_FIRST)
        for place, (_, one) in enumerate(organisations.iterrows())
    ]
    rest = parts[SHOWN_AT_FIRST:]
    more = (
        Markup("<details class='uitleg'><summary>Toon alles: nog {}</summary>{}</details>").format(
            count(len(rest), "organisatie", "organisaties"), join(rest)
        )
        if rest
        else EMPTY
    )
    return join([*parts[:SHOWN_AT_FIRST], more])


def bar(share: float) -> Markup:
    """A bar beside the number that says the same."""
    return Markup("<span class='balk' aria-hidden='true'><span style='width:{}%'></span></span>").format(
        round(100 * share)
    )


def _row_text(row: int | None) -> str:
    return "hele blad" if pd.isna(row) else f"rij {row}"


def problems_html(problems: pd.DataFrame) -> Markup:
    """Problems by row and column."""
    rows = [
        (
            f"{one['sheet']}, {_row_text(one['row'])}",
            one["column"] or "–",
            one["severity"],
            one["value"],
            one["message"],
            one["effect"],
        )
        for one in problems.head(ROWS_SHOWN).to_dict("records")
    ]
    heads = ("Waar", "Kolom", "Ernst", "Wat er staat", "Wat er is, en wat je kunt doen", "Wat het verandert")
    return table("Meldingen per rij en kolom", heads, rows, name="breed") + more_line(len(problems))


def columns_html(counts: pd.DataFrame) -> Markup:
    """How many problems each column has."""
    rows = [
        (f"{one['sheet']}: {one['column'] or 'geen kolom'}", number(one["errors"]), number(one["warnings"]))
        for one in counts.to_dict("records")
    ]
    return table("Meldingen per kolom", ("Kolom", "Fouten", "Waarschuwingen"), rows, name="smal")


def completeness_html(columns: pd.DataFrame, sheet: str) -> Markup:
    """How completely each column is filled in, and what an empty cell does."""
    rows = []
    for one in columns.to_dict("records"):
        total = one["filled"] + one["not_understood"] + one["empty"]
        share = one["filled"] / total if total else 0.0
        filled = Markup("<span class='getal'>{}{} van {} ({})</span>").format(
            bar(share), number(one["filled"]), number(total), percentage(share)
        )
        rows.append((one["header"], filled, number(one["not_understood"]), number(one["empty"]), one["effect"]))
    heads = ("Kolom", "Ingevuld", "Niet begrepen", "Leeg", "Wat een lege cel doet")
    return table(f"Volledigheid per kolom van {sheet}", heads, rows, name="breed")


def placeless_html(todo: pd.DataFrame) -> Markup:
    """Offers of which we do not know where they are."""
    rows = [
        (
            f"Rij {one['row']}: {one['name']}",
            listing(one["organisations"]),
            one["placement"],
            fill_in_sentence(one["fill_in"]),
            Markup("{}<br><span class='stil'>{}</span>").format(effect_sentence(one), _wijken_text(one["wijken"])),
        )
        for _, one in todo.head(ROWS_SHOWN).iterrows()
    ]
    heads = ("Aanbod", "Organisatie", "Wat we weten", "Wat je kunt doen", "Wat het verandert")
    return table("Aanbod zonder plek", heads, rows, name="breed") + more_line(len(todo))


def bands_html(ages: pd.DataFrame) -> Markup:
    """How many offers were last checked when."""
    counts = ages["band"].value_counts()
    rows = [
        (
            band,
            Markup("<span class='getal'>{}{} van {}</span>").format(
                bar(counts.get(band, 0) / len(ages)), number(int(counts.get(band, 0))), number(len(ages))
            ),
            age_effect(band),
        )
        for band in BANDS
    ]
    return table(
        "Laatst gecontroleerd", ("Laatst gecontroleerd", "Aanbod", "Wat nakijken verandert"), rows, name="breed"
    )


def _freshness(one: pd.Series) -> Markup:
    if one["band"] == NEVER:
        return Markup("onbekend")
    return Markup("<span class='getal'>{}nog {}</span>").format(bar(one["freshness"]), percentage(one["freshness"]))


def ages_html(ages: pd.DataFrame) -> Markup:
    """The offers with when they were last checked, fading from today to two years ago."""
    rows = [
        (
            f"Rij {one['row']}: {one['name']}",
            listing(one["organisations"]),
            NEVER if one["band"] == NEVER else f"{day(one['checked'])}: {one['band']}",
            _freshness(one),
        )
        for _, one in ages.head(ROWS_SHOWN).iterrows()
    ]
    heads = ("Aanbod", "Organisatie", "Laatst gecontroleerd", "Hoe vers")
    return table("Aanbod om na te kijken", heads, rows, name="breed") + more_line(len(ages))


def figures_html(missing: pd.DataFrame) -> Markup:
    """Groups of which we do not know how many people live where."""
    rows = [(one["group"], figure_sentence(one), figure_effect(one)) for _, one in missing.iterrows()]
    return table("Cijfers die ontbreken", ("Doelgroep", "Wat ontbreekt", "Wat het verandert"), rows, name="breed")


KEPT = 200
"""To-do lists kept in memory."""


class Todo(NamedTuple):
    """The rows to complete, how many organisations can do so, and the list of who can do what."""

    rows: pd.DataFrame
    organisations: int
    who: Markup


@st.cache_resource(show_spinner=False, max_entries=KEPT, hash_funcs=data.BY_TEXT)
def _todo(version: str, question: Question, codes: tuple[str, ...], group: str | None) -> Todo:
    todo = todo_list(data.dataset(version), data.answer(version, question), codes, group)
    organisations = todo_by_organisation(todo)
    return Todo(todo, len(organisations), who_list(todo, organisations))


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _problems(version: str) -> pd.DataFrame:
    dataset = data.dataset(version)
    return problems_table(dataset.workbook, dataset.placed.problems)


def _group(view: View) -> str | None:
    """The chosen group; None = all groups, for someone who chose Iedereen."""
    return None if view.choice.group == EVERYONE else view.choice.group


def _todo_of(view: View) -> Todo:
    choice = view.choice
    return _todo(view.version, choice.question, choice.scope.codes, _group(view))


def _rows(view: View) -> pd.DataFrame:
    rows, group = view.rows(view.answer()), _group(view)
    return rows if group is None else rows[rows["doelgroep"] == group]


def quality_params(dataset: Dataset) -> list[Param]:
    """The choices of this page, as they stand in the URL."""
    sheets, columns = problem_places(dataset.workbook)
    return [
        url_state.one_of("deel", SECTIONS, next(iter(SECTIONS))),
        url_state.one_of("blad", [sheet.name for sheet in COUNTED_SHEETS], COUNTED_SHEETS[0].name),
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
    st.html(columns_html(problems_per_column(problems)) + Markup("<br>") + problems_html(problems))


def _show_completeness(view: View) -> None:
    names = [sheet.name for sheet in COUNTED_SHEETS]
    name = str(st.segmented_control("Blad", names, key="blad", required=True))
    sheet = COUNTED_SHEETS[names.index(name)]
    columns = completeness(view.dataset.workbook, sheet)
    if not len(getattr(view.dataset.workbook, sheet.key)):
        st.text(f"Op het blad {name} staat nog geen enkele rij.")
        return
    st.text("Wat meetelt voor een oordeel, staat eerst. Leeg betekent: we weten het niet. Het betekent nooit nul.")
    st.html(completeness_html(columns, name))


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
        placeless_html,
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
    limit = period_words(settings.STALE_DAYS)
    st.text(
        f"{count(stale, 'oordeel steunt', 'oordelen steunen')} op gegevens die niemand de laatste {limit} nakeek. "
        f"Een rij is vers op de dag dat iemand ze nakijkt. Na {limit} is ze verouderd."
    )
    st.html(bands_html(ages))
    old = ages[~ages["band"].isin([RECENT])]
    if old.empty:
        st.text("Al het aanbod is het laatste jaar nagekeken. Dank je wel!")
        return
    never = int((old["band"] == NEVER).sum())
    title = f"Toon {count(len(old), 'rij', 'rijen')} om na te kijken, waarvan {number(never)} zonder datum"
    st.html(Markup("<details class='uitleg' open><summary>{}</summary>{}</details>").format(title, ages_html(old)))


def _show_figures(view: View) -> None:
    _show_rows(
        missing_figures(_rows(view)),
        figures_html,
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
