"""What every page does first: look, language, data, menu, filters, and where the data come from.

What a click has to say, once: left behind in a callback, shown when the page runs again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st
from markupsafe import Markup
from streamlit.components.v2.types import ComponentRenderer
from streamlit.delta_generator import DeltaGenerator

from einclusie_data.answers.summary import Summary
from einclusie_data.city.areas import attribution
from einclusie_data.contract.errors import DataFileError, StoreError
from einclusie_data.contract.words import view_sentence
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.gaps import Answer
from einclusie_data.ui.fence import reruns
from einclusie_data.ui.frame import data, front, published, url_state
from einclusie_data.ui.frame.filters import FILTER_KEYS, Choice, filter_params, show_filters
from einclusie_data.ui.frame.menu import Asked, clicked, query_to_follow, show_menu
from einclusie_data.ui.frame.navigate import leave_when_asked
from einclusie_data.ui.frame.url_state import Param
from einclusie_data.ui.parts.markup import plain

_NOTICE = "melding"


def leave_notice(text: str) -> None:
    """Have the page say something at its next run (in a callback)."""
    st.session_state[_NOTICE] = text


def show_notice() -> None:
    """Say what was left behind; nothing when there is nothing to say."""
    text = st.session_state.pop(_NOTICE, "")
    if text:
        st.caption(plain(text))


APP_NAME = "Hiatenkaart e-inclusie Antwerpen"
PAGES = {
    "dashboard.py": "Start",
    "pages/hiatenkaart.py": "Hiatenkaart",
    "pages/hiatenmatrix.py": "Hiatenmatrix",
    "pages/aanbod.py": "Aanbod",
    "pages/methodieken.py": "Methodieken",
    "pages/datakwaliteit.py": "Datakwaliteit",
    "pages/veranderingen.py": "Veranderingen",
    "pages/wat_als.py": "Wat als",
    "pages/waar_eerst.py": "Waar eerst",
    "pages/kwetsbaar.py": "Kwetsbaar",
    "pages/besluiten.py": "Besluiten",
    "pages/netwerk.py": "Netwerk",
    "pages/bijeenkomst.py": "Bijeenkomst",
    "pages/uitleg.py": "Uitleg",
}
"""The pages that follow the filters: file -> label."""
MENU = {**PAGES, "pages/beheer.py": "Beheer"}
"""All pages, in the order of the menu."""

STARTER_BANNER = (
    "Startgegevens uit openbare bronnen (2013–2025): onvolledig en niet nagekeken door de partners. "
    "Ze tonen hoe de kaart werkt, niet hoe het nu is."
)

_ASSETS = Path(__file__).parents[1] / "assets"
_STYLE = (_ASSETS / "page.css").read_text("utf-8")


@dataclass(frozen=True)
class View:
    """What a page shows: the data, of one version for the whole run of the page, and the visitor's choice."""

    version: str
    dataset: Dataset
    choice: Choice
    params: tuple[Param, ...]

    def answer(self, per: str = "") -> Answer:
        """The gap table of the chosen question."""
        return data.answer(self.version, self.choice.question, per, self.choice.group if per else "")

    def rows(self, answer: Answer) -> pd.DataFrame:
        """The rows of an answer that lie in the chosen area."""
        return answer.table[answer.table["wijkcode"].isin(self.choice.scope.codes)]

    @property
    def summary(self) -> Summary:
        """The chosen group in the chosen area at a glance."""
        return data.summary(self.version, self.choice.question, self.choice.group, self.choice.scope.codes)

    def sentence(self, group: str) -> str:
        """The view in one sentence."""
        return view_sentence(self.choice.question, area=self.choice.scope.text, group=group)


@st.cache_resource(show_spinner=False)
def _language() -> ComponentRenderer:
    return st.components.v2.component("taal", js=(_ASSETS / "language.js").read_text("utf-8"))


def _tell_language() -> None:
    """Tell the browser, and so the screen reader, that the page is in Dutch; Streamlit's own words become Dutch too.

    It stands last in its column: an element that is still being made takes room, and what is below it would move.
    """
    _language()(key="taal_van_de_pagina", height=1)


def _show_origin(version: str, dataset: Dataset) -> None:
    """Which data the page shows, and whose figures are under it."""
    st.divider()
    st.caption(
        f"Gegevens: {plain(published.origin(version, dataset))}. " + " ".join(plain(one.text) for one in attribution())
    )


def _frame(title: str, heading: str) -> DeltaGenerator:
    """The look and the heading of a page; the place of the menu is left open."""
    st.set_page_config(page_title=f"{title} · {APP_NAME}", page_icon="🧭", layout="wide")
    if not front.is_in_place():
        st.error(front.NOT_GUARDED)
        st.stop()
    reruns.guard()
    with reruns.of_every_page():
        st.html(f"<style>{_STYLE}</style>")
        menu = st.container(key="menu")
    st.title(heading, anchor=False)
    return menu


def _draw_menu(menu: DeltaGenerator, title: str, query: Mapping[str, list[str]], link: Asked | None = None) -> None:
    """Draw the menu; a link that was clicked is told which query goes along."""
    following = None if link is None else (link, query_to_follow(link, query, FILTER_KEYS))
    with reruns.of_every_page(), menu:
        show_menu(MENU, title, query, following)


def open_plain_page(title: str, heading: str, params: Sequence[Param] = ()) -> None:
    """Start a page without filters, which also works when there are no data to show.

    Parameters
    ----------
    title : str
        For the browser's tab.
    heading : str
    params : sequence of Param
        The choices of this page that are kept in the URL. The chosen filters wait in the links of the menu.
    """
    menu = _frame(title, heading)
    link = clicked()
    url_state.take(params, title, None if link is None else link.drawn)
    others = url_state.others(params)
    leave_when_asked(others)
    close_plain_page(params)  # the browser hears of the URL before anything else: see url_state.take
    _draw_menu(menu, title, others, link)
    _tell_language()


def close_plain_page(params: Sequence[Param]) -> None:
    """End a page without filters: the URL that brings someone back here, filters of other pages included."""
    url_state.put(params, url_state.others(params))


def open_page(
    title: str,
    heading: str,
    own: Callable[[Dataset], list[Param]] = lambda _: [],
    elsewhere: Callable[[], Collection[str]] = tuple,
) -> View:
    """Start a page: everything above its own content.

    Parameters
    ----------
    title : str
        For the browser's tab.
    heading : str
        The question that the page answers.
    own : callable
        Gives the choices of this page itself that are kept in the URL.
    elsewhere : callable
        Gives the keys of the filters that the panel leaves to the page (see `show_filters`), once the URL is read.

    Returns
    -------
    View
        When the workbook cannot be used, the page says why and stops instead.
    """
    menu = _frame(title, heading)
    try:
        version = published.version()
        dataset = data.dataset(version)
        filters = filter_params(version, dataset)
        params = (*filters, *own(dataset))
    except (DataFileError, StoreError) as error:
        _draw_menu(menu, title, {})
        st.error(plain(error))
        _tell_language()
        st.stop()
    link = clicked()
    url_state.take(params, title, None if link is None else link.drawn)
    chosen = url_state.chosen(filters)
    leave_when_asked(chosen)
    url_state.put(params)  # the browser hears of the URL before anything else: see url_state.take
    _draw_menu(menu, title, chosen, link)
    with st.sidebar:
        st.html(
            Markup("<p class='app-naam'>{}</p><p class='herkomst'>Gegevens: {}</p>").format(
                APP_NAME, published.origin(version, dataset)
            )
        )
        choice = show_filters(version, dataset, filters, elsewhere())
        _tell_language()
    if published.is_starter(version):
        st.html(f"<p class='banner' role='note'>{STARTER_BANNER}</p>")
    return View(version, dataset, choice, params)


def close_page(view: View) -> None:
    """End a page: where its data come from, and the URL that brings someone back here."""
    _show_origin(view.version, view.dataset)
    url_state.put(view.params)
