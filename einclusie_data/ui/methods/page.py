"""The page of the methods: the list with its choices, the methods for a gap, and the downloads."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from einclusie_data.answers.method_gaps import methods_for_gap
from einclusie_data.answers.method_words import maybe_words, wish_text
from einclusie_data.answers.methods import Wish, find_methods
from einclusie_data.answers.offers import ALL_GROUPS
from einclusie_data.answers.report import about_methods
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.schema import METHODS
from einclusie_data.contract.words import count
from einclusie_data.engine.dataset import Dataset
from einclusie_data.files.write.book import sheet_xlsx_bytes
from einclusie_data.files.write.tables import XLSX_TYPE, csv_bytes, file_stem, workbook_columns
from einclusie_data.ui.frame import url_state
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.frame.url_state import Param
from einclusie_data.ui.methods.cards import show_method_cards
from einclusie_data.ui.methods.gaps import show_gap
from einclusie_data.ui.methods.panels import panel_param
from einclusie_data.ui.parts.markdown import plain

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
