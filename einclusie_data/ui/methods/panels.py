"""All methods together: how many there are per group and theme, and who in the network uses which."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.answers.method_tables import coverage_table, users_of
from einclusie_data.answers.method_words import coverage_words, themes_without
from einclusie_data.contract.words import count, listing, number
from einclusie_data.ui.frame import url_state
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.frame.url_state import Param
from einclusie_data.ui.parts.markup import table

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
    return coverage_table(_methods, _view.dataset.groups, _view.dataset.workbook.codelists["Thema"].values)


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
