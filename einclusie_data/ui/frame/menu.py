"""The menu: links to the pages, in one component, which the browser draws far sooner than an element per link.

A link that is clicked first asks which query goes along (`assets/menu.js`): the server has by then read everything that
was chosen on the page, also what was chosen the moment before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import streamlit as st

from einclusie_data.ui.fence import reruns
from einclusie_data.ui.frame import url_state
from einclusie_data.ui.parts.component import component

KEY = "menu_van_de_paginas"
LABEL = "Pagina's"
FOLLOWED_WITHIN_S = 3.0
"""How long a page that was left waits for the browser to say so, before it is drawn all the same."""
_WAITED, _DONE = "menu_gewacht", "menu_gevolgd"


@dataclass(frozen=True)
class Asked:
    """A link that was clicked.

    Attributes
    ----------
    n : str
        By which the browser knows the click.
    drawn : int
        The run of the page that the browser had drawn by then.
    query : dict
        What the link has of its own; None for one of the menu, which has nothing but the filters.
    known : tuple of dict
        What the browser knew of the filters at that moment: as they stood in the address, and in the menu.
    """

    n: str
    drawn: int
    query: Mapping[str, Sequence[str]] | None = None
    known: tuple[Mapping[str, Sequence[str]], ...] = ()


def page_address(file: str, query: Mapping[str, Sequence[str]]) -> str:
    """The address of a page, seen from another one.

    Examples
    --------
    >>> page_address("pages/hiatenkaart.py", {"doelgroep": ["Ouderen"]}), page_address("dashboard.py", {})
    ('hiatenkaart?doelgroep=Ouderen', './')
    """
    path = "./" if file == "dashboard.py" else Path(file).stem
    return f"{path}?{urlencode(query, doseq=True)}" if query else path


def read_asked(said: Any) -> Asked | None:
    """A click as the browser tells it; None for anything else, as a browser can send what it likes."""
    match said:
        case {"n": str(n), "drawn": int(drawn), "query": str(query), "known": [str(address), str(links)]}:
            return Asked(n, drawn, _read(query), (_read(address), _read(links)))
        case {"n": str(n), "drawn": int(drawn)}:
            return Asked(n, drawn)
    return None


def _read(query: str) -> dict[str, list[str]]:
    return parse_qs(query.removeprefix("?"), keep_blank_values=True)


def clicked() -> Asked | None:
    """The link that was clicked last in this visit, unless the browser went there, or elsewhere, already."""
    state = st.session_state.get(KEY)
    link = None if state is None else read_asked(state.get("asked"))
    if link is not None and reruns.by_history():
        st.session_state[_DONE] = link.n
    return None if link is None or st.session_state.get(_DONE) == link.n else link


def query_to_follow(
    link: Asked, filters: Mapping[str, Sequence[str]], keys: Sequence[str]
) -> Mapping[str, Sequence[str]]:
    """What goes along with a link.

    Parameters
    ----------
    link : Asked
    filters : mapping of str to sequence of str
        The chosen filters that are not at their default, as they stand in an address.
    keys : sequence of str
        All filters.

    Returns
    -------
    mapping of str to sequence of str
        The filters as they are chosen now, except where the link has one of its own.

    Examples
    --------
    >>> link = Asked("1", 1, {"gebied": ["Kiel"], "wijk": ["Kiel"]}, ({}, {}))
    >>> query_to_follow(link, {"doelgroep": ["Ouderen"]}, ["doelgroep", "gebied"])
    {'gebied': ['Kiel'], 'wijk': ['Kiel'], 'doelgroep': ['Ouderen']}
    """
    if link.query is None:
        return filters
    carried = [key for key in keys if any(link.query.get(key) == known.get(key) for known in link.known)]
    own = {key: texts for key, texts in link.query.items() if key not in carried}
    return own | {key: texts for key, texts in filters.items() if key in carried}


def show_menu(
    pages: Mapping[str, str],
    current: str,
    query: Mapping[str, Sequence[str]],
    following: tuple[Asked, Mapping[str, Sequence[str]]] | None = None,
) -> None:
    """Draw the menu.

    Parameters
    ----------
    pages : mapping of str to str
        File -> label, in order.
    current : str
        Label of the page that is open.
    query : mapping of str to sequence of str
        Choices that go along.
    following : tuple of Asked and mapping, optional
        The link that was clicked, and the query that goes along with it. A page that is left is not drawn any further.
    """
    links = [[file, label, page_address(file, query)] for file, label in pages.items()]
    data: dict[str, Any] = {"links": links, "current": current, "drawn": url_state.run_number()}
    if following is not None:
        link, its_query = following
        data["answer"] = {"n": link.n, "query": urlencode(its_query, doseq=True)}
    draw = component("menu", "menu", f'<nav class="menu" aria-label="{LABEL}"></nav>', apart=False)
    draw(key=KEY, data=data, on_asked_change=_noted)
    if following is not None and st.session_state.get(_WAITED) != following[0].n:
        st.session_state[_WAITED] = following[0].n
        reruns.wait_for_next(FOLLOWED_WITHIN_S)


def _noted() -> None:
    """Nothing: the page reads what was asked when it is ready for it."""
