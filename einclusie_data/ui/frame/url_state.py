"""Choices in the URL: a copied link restores them on a cold start, back and forward walk through them.

Streamlit's own ``bind="query-params"`` forgets, at the first switch of page, what came in with a link: it drops the
parameters of the other page's widgets. Here a page reads its parameters before it draws its widgets, and writes them
when it is done; the session remembers which queries a page had, to see that someone else (a link, the back button)
changed it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

import streamlit as st

from einclusie_data.ui.fence import reruns

NOTHING: Mapping[str, list[str]] = MappingProxyType({})
_PAGE, _SEEN, _TAKEN, _RUN = "pagina", "adressen_van_deze_pagina", "laatste_keuzes", "keer"
_LONGEST = 50
"""Addresses of a page that are remembered: more than there ever are before the browser hears of the first."""


@dataclass(frozen=True)
class Param:
    """One choice: its name in the URL and in the session, its default, and how it is read and written as text.

    `read` gives None for a text that is not allowed.
    """

    key: str
    default: Any
    read: Callable[[Sequence[str]], Any]
    write: Callable[[Any], Sequence[str]]


def one_of(key: str, options: Iterable[Any], default: Any, text: Callable[[Any], str] = str) -> Param:
    """A choice of one option; `text` is how it stands in the URL."""
    by_text = {text(option): option for option in options}
    return Param(
        key, default, lambda words: by_text.get(words[-1]), lambda value: [] if value is None else [text(value)]
    )


def some_of(key: str, options: Sequence[str]) -> Param:
    """A choice of any number of options."""
    return Param(key, [], lambda words: [word for word in words if word in options], list)


def yes_or_no(key: str, *, default: bool) -> Param:
    """A choice of yes or no."""
    words = {"ja": True, "nee": False}
    return Param(key, default, lambda found: words.get(found[-1]), lambda value: ["ja" if value else "nee"])


def day(key: str, default: date, earliest: date = date.min, latest: date = date.max) -> Param:
    """A date, as YYYY-MM-DD; one before the earliest or after the latest becomes that one."""

    def read(words: Sequence[str]) -> date | None:
        try:
            return min(max(date.fromisoformat(words[-1]), earliest), latest)
        except ValueError:
            return None

    return Param(key, default, read, lambda value: [] if value is None else [value.isoformat()])


def words(key: str) -> Param:
    """A free text."""
    return Param(key, "", lambda found: found[-1][:200], lambda value: [value] if value else [])


def _query() -> dict[str, list[str]]:
    return {key: st.query_params.get_all(key) for key in st.query_params}


def take(params: Sequence[Param], page: str, drawn: int | None = None) -> None:
    """Give every choice its value before its widget is drawn.

    From the URL when another page opened or the browser went to another URL, else from the session: there a value that
    is no longer allowed, because the workbook is another one now, falls back to its default.

    What is chosen before the browser has heard of the last URL comes with an earlier one of this page: no step back. It
    does not undo what the page chose meanwhile either, such as a cell that was clicked or filters that were wiped.

    Parameters
    ----------
    params : sequence of Param
    page : str
    drawn : int, optional
        The run (see `run_number`) that the browser had drawn by then, if it said so.
    """
    query, seen = _query(), _seen(page)
    changed = reruns.by_history() or query not in seen
    late = not changed and (query != seen[-1] if drawn is None else drawn < run_number())
    taken: dict[str, list[str]] = st.session_state.get(_TAKEN, {}) if late else {}
    if changed:
        _remember(page, query)
    for param in params:
        texts = query.get(param.key, []) if changed else _texts(param)
        if param.key in taken and reruns.brings_nothing(param.key):
            texts = taken[param.key]
        found = param.read(texts) if texts else None
        reruns.give(param.key, param.default if found is None else found)
    st.session_state[_RUN] = run_number() + 1
    st.session_state[_TAKEN] = {param.key: list(_texts(param)) for param in params}
    reruns.choices_are_read()


def run_number() -> int:
    """How many runs took choices in this visit."""
    return int(st.session_state.get(_RUN, 0))


def _seen(page: str) -> list[dict[str, list[str]]]:
    """The URLs that this page had since it opened."""
    return st.session_state.get(_SEEN, []) if st.session_state.get(_PAGE) == page else []


def _remember(page: str, query: dict[str, list[str]]) -> None:
    seen = [one for one in _seen(page) if one != query]
    st.session_state[_PAGE], st.session_state[_SEEN] = page, [*seen, query][-_LONGEST:]


def _texts(param: Param) -> Sequence[str]:
    """A choice of the session as it would stand in the URL."""
    return param.write(st.session_state.get(param.key, param.default))


def chosen(params: Iterable[Param]) -> dict[str, list[str]]:
    """The choices that are not at their default, as they stand in the URL."""
    values = {param.key: (param, st.session_state.get(param.key, param.default)) for param in params}
    return {key: list(param.write(value)) for key, (param, value) in values.items() if value != param.default}


def others(params: Iterable[Param]) -> dict[str, list[str]]:
    """What the URL holds besides these choices: those of other pages."""
    own = {param.key for param in params}
    return {key: texts for key, texts in _query().items() if key not in own}


def put(params: Iterable[Param], kept: Mapping[str, list[str]] = NOTHING) -> None:
    """Write the choices of this page into the URL, and after them what is kept of other pages."""
    query = {key: texts for key, texts in {**chosen(params), **kept}.items() if texts}
    if query != _query():
        st.query_params.from_dict(query)
    _remember(st.session_state[_PAGE], query)


def wipe(params: Iterable[Param]) -> None:
    """Put choices back to their defaults (in a callback: before the page runs again)."""
    for param in params:
        st.session_state[param.key] = param.default
