"""The filter panel that every page shares; each choice is kept in the URL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from einclusie_data.answers.scopes import CITY, Scope
from einclusie_data.contract import codelists, settings
from einclusie_data.contract.clock import today
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.contract.text import whole_number
from einclusie_data.contract.words import listing, norms, number
from einclusie_data.engine.dataset import Dataset
from einclusie_data.ui.frame import data, url_state
from einclusie_data.ui.frame.url_state import Param
from einclusie_data.ui.parts.markup import plain

OWN_CHOICE = "Eigen keuze"
KINDS = (*codelists.PRESETS, OWN_CHOICE)
REACHES = tuple(settings.REACH_NORMS_M.values())


@dataclass(frozen=True)
class Choice:
    """What a visitor chose.

    Attributes
    ----------
    question : Question
    group : str
        A value of Doelgroep.
    scope : Scope
        The chosen area.
    """

    question: Question
    group: str
    scope: Scope


def _metres(value: int) -> str:
    return f"{number(value)} m"


FILTER_KEYS = (
    "doelgroep", "gebied", "soort", "type", "afstand", "dagdeel", "prijs", "aanmelden", "taal", "iedereen", "peildatum",
)  # fmt: skip
"""The keys of `filter_params`."""


def _reach_in(texts: Sequence[str]) -> int | None:
    """A distance that the panel offers, also as the screens write it (1.600)."""
    value = whole_number(texts[-1])
    return value if value in REACHES else None


def filter_params(version: str, dataset: Dataset) -> list[Param]:
    """The choices of the panel, as they stand in the URL."""
    return [
        url_state.one_of("doelgroep", dataset.groups, codelists.EVERYONE),
        url_state.one_of("gebied", data.areas_to_choose(version), CITY),
        url_state.one_of("soort", KINDS, codelists.DEFAULT_PRESET),
        url_state.some_of("type", dataset.values("types")),
        Param("afstand", settings.REACH_M, _reach_in, lambda value: [] if value is None else [str(value)]),
        url_state.some_of("dagdeel", dataset.values("dayparts")),
        url_state.some_of("prijs", dataset.values("prices")),
        url_state.some_of("aanmelden", dataset.values("signups")),
        url_state.some_of("taal", dataset.values("languages")),
        url_state.yes_or_no("iedereen", default=True),
        url_state.day("peildatum", today()),
    ]


def _several(label: str, key: str, options: Sequence[str]) -> tuple[str, ...]:
    return tuple(st.multiselect(label, options, key=key, placeholder="Alles", format_func=plain, select_all=False))


def _one(label: str, key: str, options: Sequence[str], help_: str | None = None) -> str:
    return str(st.selectbox(label, options, key=key, format_func=plain, help=help_, placeholder="Kies"))


def _types(dataset: Dataset) -> tuple[str, ...]:
    """The types of the chosen preset, or those chosen one by one."""
    help_ = "Hulp en leren: begeleiding, lessen en oefenkansen. Gratis wifi is geen hulp en telt daar niet mee."
    preset = _one("Soort aanbod", "soort", KINDS, help_)
    if preset == OWN_CHOICE:
        return _several("Type aanbod", "type", dataset.values("types"))
    return codelists.PRESETS[preset]


def _reach() -> int:
    help_ = f"De stad rekent {listing(norms())}."
    reach_m = st.segmented_control(
        "Loopafstand", REACHES, key="afstand", format_func=_metres, help=help_, required=True
    )
    return reach_m or settings.REACH_M


MORE = ("dagdeel", "prijs", "aanmelden", "taal", "iedereen", "peildatum")
"""Filters that few people change; their widgets are drawn only when asked for, which keeps a page light."""


_MORE_LISTS = {
    "dagdeel": ("Dagdeel", "dayparts"),
    "prijs": ("Prijs", "prices"),
    "aanmelden": ("Aanmelden", "signups"),
    "taal": ("Talen", "languages"),
}
"""Key of a filter -> its label, and its field of `Filters`."""


def _draw_more(dataset: Dataset, keys: Sequence[str]) -> None:
    for key, (label, field) in _MORE_LISTS.items():
        if key in keys:
            _several(label, key, dataset.values(field))
    st.toggle("Aanbod voor iedereen telt mee", key="iedereen")
    st.date_input("Peildatum", key="peildatum", format="DD/MM/YYYY")


def _more(dataset: Dataset, params: Sequence[Param], elsewhere: Collection[str]) -> tuple[Filters, bool, date]:
    """The filters that few people change: from the session, where their widgets and the link put them."""
    keys = [key for key in MORE if key not in elsewhere]
    used = len(url_state.chosen(param for param in params if param.key in keys))
    more = st.expander(f"Meer filters ({used})" if used else "Meer filters", key="meer_filters", on_change="rerun")
    if more.open:
        with more:
            _draw_more(dataset, keys)
    state = st.session_state
    filters = Filters(
        dayparts=tuple(state["dagdeel"]),
        prices=tuple(state["prijs"]),
        signups=tuple(state["aanmelden"]),
        languages=tuple(state["taal"]),
    )
    return filters, bool(state["iedereen"]), state["peildatum"] or today()


def show_filters(version: str, dataset: Dataset, params: Sequence[Param], elsewhere: Collection[str] = ()) -> Choice:
    """Draw the panel and tell what is chosen.

    Parameters
    ----------
    version : str
    dataset : Dataset
    params : sequence of Param
        Those of `filter_params`.
    elsewhere : collection of str
        Keys of `MORE`, or "gebied", whose widgets the page draws itself, or that mean nothing there.
    """
    group = str(st.radio("Doelgroep", dataset.groups, key="doelgroep", format_func=plain))
    areas = data.areas_to_choose(version)
    scope = areas[st.session_state["gebied"] if "gebied" in elsewhere else _one("Gebied", "gebied", list(areas))]
    types = _types(dataset)
    reach_m = _reach()
    filters, open_counts, day = _more(dataset, params, elsewhere)
    question = Question(
        on=day,
        reach_m=reach_m,
        open_counts=open_counts,
        filters=Filters(types, filters.dayparts, filters.prices, filters.languages, filters.signups),
    )
    st.button("Filters wissen", on_click=url_state.wipe, args=[params], width="stretch", type="tertiary")
    return Choice(question, group, scope)
