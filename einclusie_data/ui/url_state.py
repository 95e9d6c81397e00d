"""Choices in the URL: a copied link restores them on a cold start, back and forward walk through them.

Streamlit's own ``bind="query-params"`` forgets, at the first switch of page, what came in with a link: it drops the
parameters of the other page's widgets. Here a page reads its parameters before it draws its widgets, and writes them
when it is done; the session remembers only which query it wrote last, to see that someone else (a link, the back
button) changed it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

NOTHING: Mapping[str, list[str]] = MappingProxyType({})
_WRITTEN, _BEFORE = "adres_zoals_geschreven", "adres_daarvoor"
_PAGE = "pagina"


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


def take(params: Sequence[Param], page: str) -> None:
    """Give every choice its value before its widget is drawn.

    From the URL when that changed or another page opened, else from the session: there a value that is no longer
    allowed, because the workbook is another one now, falls back to its default.

    A choice that was made before the browser heard of the last URL comes with the one before: it is no step back.
    """
    query = _query()
    changed = st.session_state.get(_WRITTEN) != (page, query)
    if changed and st.session_state.get(_BEFORE) == (page, query) and _chosen_since(params, page):
        changed = False
    st.session_state[_PAGE] = page
    for param in params:
        texts = query.get(param.key, []) if changed else _texts(param)
        found = param.read(texts) if texts else None
        st.session_state[param.key] = param.default if found is None else found


def _chosen_since(params: Sequence[Param], page: str) -> bool:
    """Whether something of this page was chosen since the URL was written; the back button chooses nothing."""
    written_page, written = st.session_state[_WRITTEN]
    own = {param.key for param in params}
    return bool(written_page == page and chosen(params) != {key: one for key, one in written.items() if key in own})


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
    query: Mapping[str, list[str]] = {key: texts for key, texts in {**chosen(params), **kept}.items() if texts}
    if query != _query():
        st.query_params.from_dict(query)
    now = (st.session_state[_PAGE], query)
    if st.session_state.get(_WRITTEN) != now:
        st.session_state[_BEFORE] = st.session_state.get(_WRITTEN)
    st.session_state[_WRITTEN] = now


def wipe(params: Iterable[Param]) -> None:
    """Put choices back to their defaults (in a callback: before the page runs again)."""
    for param in params:
        st.session_state[param.key] = param.default
