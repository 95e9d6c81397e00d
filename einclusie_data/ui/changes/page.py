"""The page Veranderingen: what changed since a day, or between any two published versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from einclusie_data.changes.compare import Changes, changes_of, public_changes
from einclusie_data.contract.clock import today
from einclusie_data.contract.errors import DataFileError, StoreError
from einclusie_data.contract.questions import Question
from einclusie_data.engine.dataset import Dataset
from einclusie_data.publishing.history import version_before, version_label
from einclusie_data.store.store import Version
from einclusie_data.ui.changes.view import show_change_lists, show_change_map, show_change_sentences
from einclusie_data.ui.frame import data, published, url_state
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.frame.url_state import Param
from einclusie_data.ui.parts.markup import plain

COMPARISONS_KEPT = 50
NOTHING_YET = (
    "Er is nog geen werkmap gepubliceerd. Zodra een trekker een tweede versie publiceert, staat hier wat er veranderde."
)
ONE_VERSION = "Er is nog maar één versie gepubliceerd. Na de volgende staat hier wat er veranderde."


def history_params(_dataset: Dataset) -> list[Param]:
    """The choices of this page, as they stand in the URL."""
    versions = published.versions()
    numbers = [one.number for one in versions]
    return [
        url_state.day("sinds", _default_day(versions), _first_day(versions), today()),
        url_state.one_of("van", numbers, None),
        url_state.one_of("naar", numbers, numbers[0] if numbers else None),
        url_state.yes_or_no("verloop", default=False),
    ]


def _default_day(versions: Sequence[Version]) -> date:
    """The day before the last publication: what it changed is what people want to see first."""
    last = versions[0].published_here.date() - timedelta(days=1) if versions else today()
    return min(max(last, _first_day(versions)), today())  # one may be published by a clock that is ahead


def _first_day(versions: Sequence[Version]) -> date:
    return min(versions[-1].published_here.date(), today()) if versions else today()


def show_history(view: View) -> None:
    """Choose two versions, and see what changed between them."""
    try:
        versions = published.versions()
    except StoreError as error:
        st.error(plain(error))
        return
    if len(versions) < 2:
        st.text(ONE_VERSION if versions else NOTHING_YET)
        return
    old, new = _choose(versions)
    if old.number == new.number:
        st.text("Daartussen is er niets gepubliceerd. Kies een vroegere dag, of twee verschillende versies.")
        return
    st.caption(plain(f"Van {version_label(old)}. Naar {version_label(new)}."))
    try:
        changes = _changes(published.version_id(old), published.version_id(new), view.choice.question)
    except (DataFileError, StoreError) as error:
        st.error(plain(error))
        return
    _show(view, _here(view, changes))


def last_changes(view: View) -> Changes | str:
    """What the last publication changed in the chosen area; a sentence while there is nothing to compare.

    Raises
    ------
    DataFileError, StoreError
        A version cannot be read.
    """
    versions = published.versions()
    if len(versions) < 2:
        return ONE_VERSION if versions else NOTHING_YET
    new, old = versions[0], version_before(versions, _default_day(versions)) or versions[1]
    return _here(view, _changes(published.version_id(old), published.version_id(new), view.choice.question))


def _choose(versions: tuple[Version, ...]) -> tuple[Version, Version]:
    """The older and the newer version: by day, or each by name."""
    by_number = {one.number: one for one in versions}
    left, middle, right = st.columns(3)
    with left:
        st.date_input(
            "Sinds (einde van de dag)",
            key="sinds",
            format="DD/MM/YYYY",
            min_value=_first_day(versions),
            max_value=today(),
        )
    with middle:
        st.selectbox(
            "Of kies zelf de vroegere versie",
            [None, *by_number],
            key="van",
            placeholder="volgens de datum",
            format_func=lambda number: version_label(by_number[number]) if number else "volgens de datum",
        )
    with right:
        st.selectbox(
            "Vergelijk met",
            list(by_number),
            key="naar",
            placeholder="Kies",
            format_func=lambda number: version_label(by_number[number]),
        )
    new = by_number[st.session_state["naar"]]
    return by_number.get(st.session_state["van"]) or _then(versions, new), new


def _then(versions: tuple[Version, ...], new: Version) -> Version:
    """What was published at the chosen day; while nobody chose one, the version before the newer one."""
    then = version_before(versions, st.session_state["sinds"]) or versions[-1]
    untouched = st.session_state["sinds"] == _default_day(versions)
    if then.number == new.number and untouched and new.number > 1:
        return next(one for one in versions if one.number == new.number - 1)
    return then


@st.cache_resource(show_spinner="De versies worden vergeleken …", max_entries=COMPARISONS_KEPT, hash_funcs=data.BY_TEXT)
def _changes(old: str, new: str, question: Question) -> Changes:
    return changes_of(data.older_dataset(old), data.older_dataset(new), question)


def _codes(view: View) -> list[str]:
    inhabited = view.dataset.areas.wijken["inhabited"]
    return [code for code in view.choice.scope.codes if inhabited[code]]


def _here(view: View, changes: Changes) -> Changes:
    """What everyone may see of the changes, in the chosen area."""
    changes = public_changes(changes)
    here = changes.gaps["wijkcode"].isin(_codes(view))
    return replace(changes, gaps=changes.gaps[here].reset_index(drop=True))


def _show(view: View, changes: Changes) -> None:
    show_change_sentences(changes)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show_change_map(changes, view.choice.group, key="kaart_veranderingen", codes=_codes(view))
    with right:
        show_change_lists(changes)
