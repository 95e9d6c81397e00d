"""The page Kwetsbaar: which offers are the only ones, and what changes when one stops.

What hangs on each offer, worked out once per version, question, group and area; and the choices of that page.

The map of the page Kwetsbaar: the wijken where something changes when one single offer stops.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.answers.scopes import CITY
from einclusie_data.changes.words import one_line
from einclusie_data.contract.errors import ScenarioError
from einclusie_data.contract.questions import Question
from einclusie_data.contract.words import listing, number
from einclusie_data.engine.dataset import Dataset, answer_per_group
from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.proposals.fragile.offers import Fragility, Role, fragile_offers
from einclusie_data.proposals.fragile.words import (
    ALONE,
    FRAGILE_LOOKS,
    KINDLY,
    ROLE_SENTENCES,
    count_sentence,
    end_sentence,
    fragile_legend,
    fragile_wijken,
    offer_sentences,
    summary_sentences,
    worst_look,
)
from einclusie_data.proposals.link import link_text
from einclusie_data.proposals.scenario import Scenario, stop_of
from einclusie_data.ui.frame import data, url_state
from einclusie_data.ui.frame.navigate import go_to
from einclusie_data.ui.frame.page import View, leave_notice, show_notice
from einclusie_data.ui.frame.url_state import Param
from einclusie_data.ui.maps.layers import filter_id, looks_layer, marks_layer
from einclusie_data.ui.parts.cards import Card, show_cards
from einclusie_data.ui.parts.gaps import show_looks
from einclusie_data.ui.parts.map import show_map
from einclusie_data.ui.parts.markup import join

HEIGHT_PX = 480
_TOOLTIP = {"label": "Wijk", "word": "Wat er gebeurt", "aanbod": "Door dit aanbod"}


def show_fragile_map(view: View, found: Fragility, offer: int | None) -> None:
    """Draw the map.

    Parameters
    ----------
    view : View
    found : Fragility
    offer : int, optional
        Position in the supply: only what hangs on this one. Any single offer unless given.
    """
    code = f"{filter_id(view)}|{every_group()}|{offer}"
    wijken, layers = _drawn(view.version, code, view, found, offer)
    show_looks(fragile_legend(wijken))
    show_map(
        layers,
        key="kaart_kwetsbaar",
        bounds=data.bounds(),
        focus=data.focus(view.choice.scope.codes),
        centre=data.centre(),
        height=HEIGHT_PX,
    )
    st.caption("● Stip: bekende plek. ◌ Ring met streepjes: we kennen enkel de wijk.")


KEPT = 60


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _drawn(
    version: str, code: str, _view: View, _found: Fragility, _offer: int | None
) -> tuple[pd.DataFrame, list[Drawing]]:
    wijken = fragile_wijken(_found, gap_rows(_view), _offer)
    shown = _found.offers["offer"].tolist() if _offer is None else [_offer]
    return wijken, [looks_layer(wijken, FRAGILE_LOOKS, _TOOLTIP, code), marks_layer(_view.dataset, shown)]


GROUPS, OFFER, ALL = "groepen", "aanbod", "alles"
ONE_GROUP, EVERY_GROUP = "een", "alle"


def fragile_params(dataset: Dataset) -> list[Param]:
    """The choices of this page, as they stand in the URL."""
    return [
        url_state.one_of(GROUPS, (ONE_GROUP, EVERY_GROUP), ONE_GROUP),
        url_state.one_of(OFFER, dataset.supply.offers["row"].tolist(), None),
        url_state.yes_or_no(ALL, default=False),
    ]


def every_group() -> bool:
    """Whether someone looks at all groups at once."""
    return bool(st.session_state[GROUPS] == EVERY_GROUP)


@st.cache_resource(show_spinner=False, max_entries=KEPT, hash_funcs=data.BY_TEXT)
def _fragility(
    version: str, question: Question, groups: tuple[str, ...], codes: tuple[str, ...], _dataset: Dataset
) -> Fragility:
    return fragile_offers(_dataset, answer_per_group(_dataset, question, groups), codes)


def fragility(view: View) -> Fragility:
    """What hangs on each offer, for the chosen group (or all of them) in the chosen area."""
    question, scope = view.choice.question, view.choice.scope
    groups = () if every_group() else (view.choice.group,)
    codes = () if scope.name == CITY else scope.codes
    return _fragility(view.version, question, groups, codes, view.dataset)


def gap_rows(view: View) -> pd.DataFrame:
    """The rows of the gap table that belong to it."""
    rows = view.rows(view.answer())
    return rows if every_group() else rows[rows["doelgroep"] == view.choice.group]


def chosen_offer(view: View, found: Fragility) -> int | None:
    """Position in the supply of the offer that the map shows alone; None when none is chosen, or it is not listed."""
    rows = found.offers.loc[found.offers["row"] == st.session_state[OFFER], "offer"]
    if rows.empty:
        st.session_state[OFFER] = None
        return None
    return int(rows.iloc[0])


WHAT_IF = "pages/wat_als.py"
STOP, ON_MAP = "stopt", "kaart"
FIRST_SHOWN = 20
_ACTIONS = ((STOP, "Wat als dit stopt?"), (ON_MAP, "Toon op de kaart"))
_LABELS = {ONE_GROUP: "Deze doelgroep", EVERY_GROUP: "Alle doelgroepen"}
_SOON = "Stopt binnenkort"
_HEADINGS = {
    Role.ONLY: "Hier hangt een oordeel aan vast",
    Role.PART: "Sommige mensen hebben enkel dit",
    Role.OVERLAPS: "Ander aanbod vangt dit op",
    Role.NOBODY: "Geen bewoners op loopafstand",
    Role.PLACELESS: "Plek onbekend",
}
"""Role -> heading; the first two as cards, the others as lists to be opened."""
_AS_CARDS = (Role.ONLY, Role.PART)


def groups_text(view: View) -> str:
    """The groups that the page looks at, for the sentence on top."""
    return "alle doelgroepen" if every_group() else view.choice.group


def show_fragile(view: View) -> None:
    """The answer, the offers, and the map."""
    found = fragility(view)
    opened = chosen_offer(view, found)
    parts = _parts(view.version, _code(view), found)
    st.html(parts.summary)
    st.segmented_control(
        "Voor wie", list(_LABELS), key=GROUPS, format_func=_LABELS.__getitem__, required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    show_notice()
    left, right = st.columns([1, 1], gap="medium")
    with right:
        for heading, offers in parts.sections:
            _show_section(view, found, offers, heading, opened)
        if parts.folded:
            st.html(parts.folded)
    with left, st.container(key="vast"):
        if opened is not None:
            _show_opened(found, opened)
        show_fragile_map(view, found, opened)
        st.caption(f"{ALONE} {KINDLY}")


def _show_opened(found: Fragility, opened: int) -> None:
    name = found.offers.loc[found.offers["offer"] == opened, "name"].iloc[0]
    st.text(f"De kaart toont enkel wat er verandert als dit stopt: {one_line(name)}.")
    st.button("Toon alle aanbod op de kaart", on_click=_show_on_map, args=[None], key="alles_op_kaart")


# --- the list --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Parts:
    """The page but for what someone opened: the summary, the offers under their headings, and those that overlap."""

    summary: Markup
    sections: tuple[tuple[str, pd.DataFrame], ...]
    folded: Markup


def _code(view: View) -> str:
    return f"{filter_id(view)}|{every_group()}"


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _parts(version: str, code: str, _found: Fragility) -> _Parts:
    """Those that end soon first, then by what hangs on them."""
    soon, others = (_found.offers[_found.offers["ends_soon"].astype(bool) == ends] for ends in (True, False))
    by_role = {role: others[others["role"] == role.value] for role in _HEADINGS}
    sections = [(_SOON, soon), *((_HEADINGS[role], by_role[role]) for role in _AS_CARDS)]
    return _Parts(
        join(Markup("<p class='antwoord'>{}</p>").format(line) for line in summary_sentences(_found)),
        tuple((heading, rows) for heading, rows in sections if len(rows)),
        join(_folded(role, rows) for role, rows in by_role.items() if role not in _AS_CARDS and len(rows)),
    )


def _show_section(view: View, found: Fragility, offers: pd.DataFrame, heading: str, opened: int | None) -> None:
    st.header(f"{heading}: {number(len(offers))}", anchor=False)
    size = len(offers) if st.session_state[ALL] else FIRST_SHOWN
    show_cards(
        _cards(view.version, f"{_code(view)}|{heading}", size, opened, found, offers.head(size)),
        key=f"kwetsbaar_{heading}",
        label=heading,
        on_pick=_picked(view.dataset),
    )
    if size < len(offers):
        st.button(f"Toon alles ({number(len(offers))})", on_click=_show_all, key=f"alles_{heading}")


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _cards(
    version: str, code: str, size: int, opened: int | None, _found: Fragility, _offers: pd.DataFrame
) -> list[Card]:
    return [_card(_found, row, opened) for _, row in _offers.iterrows()]


def _card(found: Fragility, row: pd.Series, opened: int | None) -> Card:
    offer = int(row["offer"])
    lines = (listing(row["organisations"]), end_sentence(row), count_sentence(row), *offer_sentences(found, offer))
    return Card(f"{offer}|{row['row']}", row["name"], lines, worst_look(found, offer), _ACTIONS, (), offer == opened)


def _folded(role: Role, offers: pd.DataFrame) -> Markup:
    """Offers that hold up nothing alone, to be opened."""
    items = join(
        Markup("<li><b>{}</b> · {} <span class='stil'>(rij {})</span></li>").format(
            one_line(row["name"]), listing(row["organisations"]), row["row"]
        )
        for row in offers.to_dict("records")
    )
    return Markup(
        "<details class='wie'><summary><b>{}</b>: {}</summary><p>{}</p><ul class='aanbod'>{}</ul></details>"
    ).format(_HEADINGS[role], number(len(offers)), ROLE_SENTENCES[role], items)


# --- what someone does -----------------------------------------------------------------------------------------------
def _picked(dataset: Dataset) -> Callable[[str, str], None]:
    def pick(card: str, action: str) -> None:
        offer, row = (int(part) for part in card.split("|"))
        if action == STOP:
            _open_what_if(dataset, offer)
        else:
            _show_on_map(row)

    return pick


def _open_what_if(dataset: Dataset, offer: int) -> None:
    stop = stop_of(dataset, offer)
    try:
        go_to(WHAT_IF, scenario=link_text(Scenario(f"{stop.name} stopt", (stop,))))
    except ScenarioError as error:
        leave_notice(str(error))


def _show_on_map(row: int | None) -> None:
    st.session_state[OFFER] = row


def _show_all() -> None:
    st.session_state[ALL] = True
