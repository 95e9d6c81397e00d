"""The printed documents on screen: the fiche of a wijk or an area, the booklet, the offers in large print.

Nothing is made before someone clicks; a document that was made once is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from einclusie_data.answers.scopes import CITY, Scope, wijk_scope
from einclusie_data.contract.clock import today
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.questions import Question
from einclusie_data.contract.text import normalise
from einclusie_data.contract.words import count
from einclusie_data.files.write.pdf import PDF_TYPE
from einclusie_data.files.write.tables import file_stem
from einclusie_data.output.paper.material import Material, Origin
from einclusie_data.output.paper.sheet import booklet_pdf, overview_pdf, sheet_pdf
from einclusie_data.ui.frame import data, published
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.offers.choice import is_near_spot
from einclusie_data.ui.parts.markup import plain

SHEET, BOOKLET, OVERVIEW = "wijkfiche", "wijkfiches", "overzicht-aanbod"
MAKERS: dict[str, Callable[[Material, Scope], bytes]] = {
    SHEET: sheet_pdf,
    BOOKLET: booklet_pdf,
    OVERVIEW: overview_pdf,
}
"""Kind of document, as its file is called -> what makes it."""
DOCUMENTS_KEPT = 60
"""Documents kept in memory: some 0.1 MB each; the booklet of the whole city 3 MB."""
NAME_CHARACTERS = 60
"""Longest name of an area in the name of a file."""


@st.cache_resource(show_spinner=False, max_entries=DOCUMENTS_KEPT, hash_funcs=data.BY_TEXT)
def _pdf(kind: str, version: str, question: Question, group: str, scope: Scope, made: date) -> bytes:
    dataset = data.dataset(version)
    origin = Origin(made, published.origin(version, dataset))
    return MAKERS[kind](Material(dataset, question, origin, group), scope)


def document_pdf(view: View, kind: str, scope: Scope) -> bytes:
    """A document about an area under the chosen filters, from memory when it was made before today.

    Parameters
    ----------
    view : View
    kind : str
        A key of `MAKERS`.
    scope : Scope

    Raises
    ------
    DocumentError
        The document could not be made.
    """
    group = EVERYONE if kind == OVERVIEW else view.choice.group  # the overview is for every group: it has no map
    return _pdf(kind, view.version, view.choice.question, group, scope, today())


def file_name(view: View, kind: str, scope: Scope) -> str:
    """Name of a document's file: what it is, about where, on which day."""
    words = normalise(scope.name)[:NAME_CHARACTERS].split()
    return f"{file_stem('-'.join([kind, *words]), view.choice.question.on)}.pdf"


def show_sheet_download(view: View, code: str) -> None:
    """The button for the fiche of one wijk."""
    _button("Download de wijkfiche (PDF)", view, SHEET, wijk_scope(view.dataset.areas, code))


def show_area_downloads(view: View, wijk: str | None) -> None:
    """The buttons for the chosen area: its fiche, and every wijk of it in one booklet.

    Parameters
    ----------
    view : View
    wijk : str or None
        The wijk whose card is open: its fiche is on the card already.
    """
    scope = view.choice.scope
    size = int(view.dataset.areas.wijken.loc[list(scope.codes), "inhabited"].sum())
    if scope.codes == (wijk,):
        return
    booklet = f" Het boekje bevat {count(size, 'wijk', 'wijken')} en een inhoudsopgave." if size > 1 else ""
    with st.container(key="afdrukken"):
        st.subheader("Om af te drukken", anchor=False)
        st.caption(f"De fiches volgen je filters.{booklet}")
        with st.container(horizontal=True):
            _button(f"Download de fiche van {plain(_in_a_phrase(scope))} (PDF)", view, SHEET, scope)
            if size > 1:
                _button("Alle wijkfiches in één boekje (PDF)", view, BOOKLET, scope)


def show_overview_download(view: View) -> None:
    """The button for the offers of the chosen area in large print, for who refers clients; none around a spot."""
    if is_near_spot():
        return
    _button("Overzicht aanbod in grote letters (PDF)", view, OVERVIEW, view.choice.scope)
    area = plain(_in_a_phrase(view.choice.scope))
    st.caption(
        f"Om af te drukken of te mailen: het aanbod in {area}, voor alle doelgroepen. "
        "Vooraan staat welk aanbod er is per doelgroep. De andere filters tellen mee, je zoekwoorden niet."
    )


def _in_a_phrase(scope: Scope) -> str:
    """The area inside a sentence."""
    if scope.name == CITY:
        return "de hele stad"
    return scope.text.rpartition(" (")[0] or scope.text


def _button(label: str, view: View, kind: str, scope: Scope) -> None:
    make = partial(document_pdf, view, kind, scope)
    st.download_button(label, make, file_name(view, kind, scope), PDF_TYPE, on_click="ignore")
