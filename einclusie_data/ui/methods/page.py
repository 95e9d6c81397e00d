"""The page of the methods: the list with its choices, the methods for a gap, and the downloads.

All methods together: how many there are per group and theme, and who in the network uses which.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.answers.method_gaps import GroupGaps, MethodGaps, gaps_for_method, methods_for_gap
from einclusie_data.answers.methods import (
    Wish,
    coverage_table,
    coverage_words,
    find_methods,
    maybe_words,
    method_lines,
    themes_without,
    users_of,
    web_link,
    wish_text,
)
from einclusie_data.answers.offers import ALL_GROUPS
from einclusie_data.answers.report import about_methods
from einclusie_data.answers.summary import GapLine
from einclusie_data.contract import verdicts
from einclusie_data.contract.codelists import EVERYONE, THEME
from einclusie_data.contract.schema import METHODS
from einclusie_data.contract.words import count, listing, number, view_sentence
from einclusie_data.engine.dataset import Dataset
from einclusie_data.files.write.book import sheet_xlsx_bytes
from einclusie_data.files.write.tables import XLSX_TYPE, csv_bytes, file_stem, workbook_columns
from einclusie_data.ui.frame import url_state
from einclusie_data.ui.frame.navigate import go_to
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.frame.url_state import Param
from einclusie_data.ui.parts.cards import Card, show_cards
from einclusie_data.ui.parts.gaps import show_verdict
from einclusie_data.ui.parts.markup import plain, table

COVERAGE_HELP = (
    "Eigen: de methodiek noemt deze groep. Een methodiek over meer thema's telt in elke kolom mee. “Geen bekend” "
    "betekent niet dat er geen is: bij veel methodieken is de doelgroep of het thema onbekend."
)


LIST, COVERAGE, USERS = "lijst", "aantallen", "gebruik"
_VIEWS = {
    LIST: "Lijst",
    COVERAGE: "Aantal per doelgroep en thema",
    USERS: "Wie gebruikt wat?",
}


def panel_param() -> Param:
    """Which view of the methods is open, as it stands in the URL."""
    return url_state.one_of("toon", _VIEWS, LIST)


def choose_panel() -> str:
    """Draw the choice between the list and the panels; who came from a gap gets the list."""
    if st.session_state["wijk"]:
        return LIST
    picked = st.segmented_control("Toon", list(_VIEWS), format_func=_VIEWS.__getitem__, key="toon", required=True)
    return picked or LIST


def show_panel(view: View, methods: pd.DataFrame, panel: str) -> None:
    """One panel about all methods, whatever the filters."""
    st.markdown(f"**Alle methodieken in de werkmap: {number(len(methods))}, zonder filters**")
    if panel == COVERAGE:
        st.html(_coverage(view.version, view, methods))
        st.text(COVERAGE_HELP)
        st.text(_missing_themes(view, methods))
    else:
        if methods["used_by"].map(bool).any():
            st.html(_users(methods))
        st.text(_unknown_users(methods))


@st.cache_resource(show_spinner=False, max_entries=10)
def _coverage(version: str, _view: View, _methods: pd.DataFrame) -> Markup:
    heads, rows = coverage_words(_counts(version, _view, _methods))
    return table("Aantal methodieken per doelgroep en thema", heads, rows)


@st.cache_resource(show_spinner=False, max_entries=10)
def _counts(version: str, _view: View, _methods: pd.DataFrame) -> pd.DataFrame:
    return coverage_table(_methods, _view.dataset.groups, _view.dataset.workbook.codelists[THEME.name].values)


def _missing_themes(view: View, methods: pd.DataFrame) -> str:
    themes = listing([theme.lower() for theme in themes_without(_counts(view.version, view, methods))])
    unknown = int((~methods["themes"].map(bool)).sum())
    parts = [f"Over deze thema's kennen we nog geen methodiek: {themes}."] if themes else []
    if unknown:
        parts.append(f"Bij {number(unknown)} van de {number(len(methods))} methodieken is het thema onbekend.")
    return " ".join(parts)


def _users(methods: pd.DataFrame) -> Markup:
    rows = [(name, "; ".join(used)) for name, used in users_of(methods).items()]
    return table("Organisaties en de methodieken die ze gebruiken", ["Organisatie", "Gebruikt"], rows)


def _unknown_users(methods: pd.DataFrame) -> str:
    unknown = int((~methods["used_by"].map(bool)).sum())
    if not unknown:
        return ""
    return (
        f"Bij {count(unknown, 'methodiek', 'methodieken')} is niet ingevuld wie ze gebruikt. "
        "Gebruik je er een? Laat het weten aan de trekker."
    )


GAPS = "hiaten"
CARDS_SHOWN = 50
"""How many methods a list shows; a longer one says how to find the others."""


def method_card(method: pd.Series[Any], *, with_gaps: bool = True) -> Card:
    """The card of a method (a row of `methods.public_methods`), with a button to its gaps."""
    address = web_link(method["website"])
    return Card(
        id=method["id"],
        title=method["name"],
        lines=method_lines(method),
        actions=((GAPS, "Voor welke hiaten?"),) if with_gaps else (),
        links=((address, "Website"),) if address else (),
    )


def _open_gaps(method: str, _: str) -> None:
    st.session_state["methodiek"] = method


def show_method_cards(methods: pd.DataFrame, *, key: str, label: str, with_gaps: bool = True) -> None:
    """A list of methods; nothing when there are none."""
    if methods.empty:
        return
    cards = [method_card(method, with_gaps=with_gaps) for _, method in methods.head(CARDS_SHOWN).iterrows()]
    show_cards(cards, key=key, label=label, on_pick=_open_gaps)
    if len(methods) > CARDS_SHOWN:
        more = number(len(methods) - CARDS_SHOWN)
        st.caption(
            f"En nog {more} andere. Zoek op een woord of kies een thema of een niveau om de lijst korter te maken."
        )


KEPT = 100
"""Lists of methods kept in memory."""

OWN = {"thema": "Thema", "niveau": "Niveau", "voorwie": "Voor wie"}
"""Key of a choice of this page -> the closed list that it chooses from."""
WIPED = ("zoek", *OWN)

ONLY_FOR_GAPS = {
    "gebied": "Gebied",
    "afstand": "Loopafstand",
    "dagdeel": "Dagdeel",
    "prijs": "Prijs",
    "aanmelden": "Aanmelden",
    "iedereen": "Aanbod voor iedereen telt mee",
    "peildatum": "Peildatum",
}
"""Shared filters that say nothing about a method, by key."""


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _found(version: str, wish: str, question: str, code: str | None, _view: View, _wish: Wish) -> pd.DataFrame:
    methods = _view.dataset.methods
    if code is None:
        return find_methods(methods, _wish)
    return methods_for_gap(_view.dataset, _view.answer(), code, methods, _wish)


def method_params(dataset: Dataset) -> list[Param]:
    """The choices of this page, as they stand in the URL."""
    wijken = dataset.areas.wijken
    return [
        url_state.words("zoek"),
        *(url_state.one_of(key, dataset.workbook.codelists[name].values, None) for key, name in OWN.items()),
        url_state.one_of("wijk", wijken.loc[wijken["inhabited"], "label"], None),
        panel_param(),
        url_state.one_of("methodiek", dataset.methods["id"], None),
    ]


def has_methods(view: View) -> bool:
    """Whether there is anything to show; else say what is missing and what to do."""
    if len(view.dataset.workbook.methods):
        return True
    there = any(report.key == METHODS.key for report in view.dataset.workbook.reports)
    st.text(f"Het blad {METHODS.name} is nog leeg." if there else f"In deze werkmap staat geen blad {METHODS.name}.")
    st.text("De trekker kan de methodieken van het netwerk in de werkmap zetten: één rij per methodiek, met een naam.")
    return False


def _draw_own(view: View) -> None:
    """The widgets of the choices of this page."""
    search, *rest = st.columns([2, 1, 1, 1])
    search.text_input("Zoek", key="zoek", placeholder="Zoek op naam, uitgever, onderwerp …")
    for place, (key, name) in zip(rest, OWN.items(), strict=True):
        values = view.dataset.workbook.codelists[name].values
        place.selectbox(name, values, key=key, format_func=plain, placeholder="Alles")


def _show_own(view: View) -> None:
    """The choices of this page; for who comes from a gap they are one step away, so that the methods come first."""
    if st.session_state["wijk"] is None:
        _draw_own(view)
        return
    more = st.expander("Zoek verder in de methodieken", key="eigen_keuzes", on_change="rerun")
    if more.open:
        with more:
            _draw_own(view)


def _wish(view: View) -> Wish:
    """What the shared choices and those of this page ask."""
    state, filters, group = st.session_state, view.choice.question.filters, view.choice.group
    picked = {key: (state[key],) if state[key] else () for key in OWN}
    return Wish(
        group=ALL_GROUPS if group == EVERYONE and state["wijk"] is None else group,
        types=filters.types,
        themes=picked["thema"],
        levels=picked["niveau"],
        languages=filters.languages,
        audiences=picked["voorwie"],
        words=state["zoek"] or "",
    )


def show_methods(view: View) -> None:
    """The methods that fit the choices, those that perhaps do, and above them the gap that they are for."""
    code = show_gap(view)
    _show_own(view)
    wish = _wish(view)
    found = _found(view.version, repr(wish), repr(view.choice.question), code, view, wish)
    fitting, maybe = found[found["fits"]], found[~found["fits"]]
    st.markdown(f"**{count(len(fitting), 'methodiek', 'methodieken')}: {plain(wish_text(wish))}**")
    _show_only_for_gaps(view)
    if fitting.empty:
        _show_nothing(bool(len(maybe)))
    show_method_cards(fitting, key="methodieken", label="Methodieken die passen")
    _show_maybe(found, maybe)
    show_method_downloads(view, fitting, found, wish)


def _show_only_for_gaps(view: View) -> None:
    """Which shared filters are in use that say nothing about methods."""
    used = url_state.chosen(view.params)
    names = [name for key, name in ONLY_FOR_GAPS.items() if key in used]
    if names:
        st.caption(f"Deze filters tellen enkel mee voor de hiaten, niet voor de methodieken: {', '.join(names)}.")


def _wipe_own() -> None:
    for key in WIPED:
        st.session_state[key] = "" if key == "zoek" else None


def _show_nothing(some_may_fit: bool) -> None:
    text = "We vonden geen methodiek waarvan we zeker weten dat ze past."
    more = "Hieronder staan methodieken die misschien passen." if some_may_fit else ""
    st.text(f"{text} {more}\nKies een andere doelgroep of soort aanbod, of wis wat je hierboven koos.")
    if any(st.session_state[key] for key in WIPED):
        st.button("Wis zoekwoord, thema, niveau en voor wie", on_click=_wipe_own)


def _show_maybe(found: pd.DataFrame, maybe: pd.DataFrame) -> None:
    """The methods of which a cell that was asked for is unknown: apart, never left out in silence."""
    if maybe.empty:
        return
    title, cells = maybe_words(found)
    opened = len(maybe) == len(found)
    more = st.expander(title, key=f"misschien_{opened}", expanded=opened, on_change="rerun")
    if more.open:
        with more:
            st.caption(cells)
            show_method_cards(maybe, key="misschien_lijst", label="Methodieken die misschien passen")


def show_method_downloads(view: View, fitting: pd.DataFrame, found: pd.DataFrame, wish: Wish) -> None:
    """Download exactly the methods that fit."""
    dataset, question = view.dataset, view.choice.question

    def xlsx() -> bytes:
        about = about_methods(dataset, wish_text(wish), ". ".join(filter(None, maybe_words(found))), len(fitting))
        return sheet_xlsx_bytes(METHODS, fitting, about, dataset.typed_methods)

    def csv() -> bytes:
        return csv_bytes(workbook_columns(fitting, dataset.typed_methods, METHODS))

    stem = file_stem("methodieken", question.on)
    with st.container(horizontal=True):
        st.download_button("Download als Excel", xlsx, f"{stem}.xlsx", XLSX_TYPE, type="primary", on_click="ignore")
        st.download_button("Download als CSV", csv, f"{stem}.csv", "text/csv", on_click="ignore")


MATRIX = "pages/hiatenmatrix.py"
WHY = "waarom"
ALL_KINDS = "Alles"
"""Preset of Soort aanbod that is no filter."""


def _leave_gap() -> None:
    st.session_state["wijk"] = None


def show_gap(view: View) -> str | None:
    """The cell of the gap table that methods are sought for: what it is and why.

    Returns
    -------
    str or None
        Code of its wijk; None when nobody came from a cell.
    """
    label = st.session_state["wijk"]
    if label is None:
        return None
    group, table = view.choice.group, view.answer().table
    row = table[(table["wijk"] == label) & (table["doelgroep"] == group)].iloc[0]
    st.header(_gap_title(row), anchor=False)
    show_verdict(row)
    st.caption(plain(view_sentence(view.choice.question, area=label, group=group)))
    with st.container(horizontal=True):
        st.button("Toon alle methodieken", on_click=_leave_gap)
        st.button("Bekijk dit vakje in de hiatenmatrix", on_click=go_to, args=[MATRIX], kwargs=_cell(label, group))
    if group == EVERYONE:
        st.text("Je zoekt voor iedereen. Kies een doelgroep om ook methodieken voor één groep te zien.")
    return str(row["wijkcode"])


def _cell(wijk: str, group: str) -> dict[str, str]:
    """A cell of the matrix, as its page has it in the URL."""
    return {"wijk": wijk, "kolom": group}


def _gap_title(row: pd.Series) -> str:
    """The heading: the gap, or what the cell is when it is no gap."""
    cell = plain(f"{row['wijk']}, {row['doelgroep'].lower()}")
    if row["oordeel"] in verdicts.OPEN_GAP:
        return f"Voor het mogelijk hiaat: {cell}"
    if row["oordeel"] == verdicts.UNKNOWN:
        return f"{cell}: we weten niet of hier iets ontbreekt"
    return f"{cell}: hier zien we nu geen hiaat"


def _leave_method() -> None:
    st.session_state["methodiek"] = None


def _all_kinds() -> None:
    st.session_state["soort"] = ALL_KINDS


def show_gaps_of_method(view: View, methods: pd.DataFrame) -> None:
    """The chosen method, and the gaps that it could serve in the chosen area."""
    chosen = methods[methods["id"] == st.session_state["methodiek"]]
    method = chosen.iloc[0]
    st.button("Terug naar de lijst", on_click=_leave_method)
    st.header("Voor welke hiaten past deze methodiek?", anchor=False)
    show_method_cards(chosen, key="gekozen_methodiek", label="De gekozen methodiek", with_gaps=False)
    types = view.choice.question.filters.types
    groups = sorted(view.dataset.groups, key=lambda group: group != view.choice.group)  # the chosen group first
    found = gaps_for_method(view.rows(view.answer()), method, types, groups)
    st.markdown(f"**{plain(view.sentence(_groups_text(found)))}**")
    st.text(found.sentence)
    if not found.groups and types and method["groups"]:
        st.button("Kijk naar alle soorten aanbod", on_click=_all_kinds)
    _show_gap_cards(found)


def _groups_text(found: MethodGaps) -> str:
    return found.groups[0].group if len(found.groups) == 1 else "per doelgroep"


def _show_gap_cards(found: MethodGaps) -> None:
    lines = [(one.group, line) for one in found.groups for line in (*one.known, *one.without_figure)]
    if not lines:
        return
    cells = {f"{line.wijk}|{group}": _cell(line.wijk, group) for group, line in lines}
    show_cards(
        [_gap_card(group, line) for group, line in lines],
        key="hiaten_van_methodiek",
        label="Mogelijke hiaten, per doelgroep, dringendste eerst",
        on_pick=lambda card, _: go_to(MATRIX, **cells[card]),
    )
    _show_more(found.groups)


def _gap_card(group: str, line: GapLine) -> Card:
    verdict = verdicts.VERDICTS[line.verdict]
    return Card(
        id=f"{line.wijk}|{group}",
        title=f"{line.wijk}, {group.lower()} · {line.people}",
        lines=(f"{verdict.word}. {line.reason}",),
        verdict=verdict,
        actions=((WHY, "Bekijk in de hiatenmatrix"),),
    )


def _show_more(groups: tuple[GroupGaps, ...]) -> None:
    """How many gaps are not named."""
    rest = [f"{number(one.more)} voor {one.group.lower()}" for one in groups if one.more]
    if rest:
        st.caption(f"Er zijn nog meer mogelijke hiaten: {plain(listing(rest))}. Je ziet ze op de pagina Hiatenmatrix.")
