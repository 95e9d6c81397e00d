"""Which offers the page Aanbod shows: its own filters, and the list that follows from them.

The choices of the page Aanbod itself, as they stand in the URL.

The map of the page Aanbod: the offers that are listed, and a click that chooses a wijk or a spot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd
import streamlit as st

from einclusie_data.answers.nearby import offers_near
from einclusie_data.answers.offers import ALL_GROUPS, offer_list, search
from einclusie_data.answers.scopes import CITY
from einclusie_data.answers.spots import Spot, read_spot, spot_at, spot_places, spot_problem, spot_text
from einclusie_data.city.areas import Areas
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.words import count, number, view_sentence
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.public import public_offers
from einclusie_data.output.maps import maps
from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.ui.frame import data, url_state
from einclusie_data.ui.frame.page import View, leave_notice, show_notice
from einclusie_data.ui.frame.url_state import Param
from einclusie_data.ui.maps.layers import show_layers
from einclusie_data.ui.parts.markup import plain

HEIGHT_PX = 460
MARGIN_M = 300
"""Metres around the circle of reach, or around an offer, that the map shows too."""


def show_offers_map(listing: Listing, opened: int | None) -> None:
    """Draw the map.

    Parameters
    ----------
    listing : Listing
    opened : int or None
        Position in the supply of the offer whose card is open: only that one is drawn.
    """
    view, spot = listing.view, listing.spot
    shown = listing.positions if opened is None else (opened,)
    dataset, reach_m = view.dataset, view.choice.question.reach_m
    above: list[Drawing] = [] if spot is None else [_spot_layer(spot.lat, spot.lon, reach_m)]
    show_layers(
        view,
        view.summary.rows,
        shown,
        key="kaart_aanbod",
        height=HEIGHT_PX,
        above=[*above, _look_layer(view.version, opened, spot, view.choice.scope.codes, reach_m, view)],
        focus=data.focus(tuple(dataset.areas.wijken.index)),
        brief=True,
        on_click=lambda lat, lon: choose_on_map(dataset.areas, lat, lon),
    )
    st.caption(_legend(_placed(view.version, shown, view), len(shown), spot))


@st.cache_resource(show_spinner=False, max_entries=100)
def _spot_layer(lat: float, lon: float, reach_m: float) -> Drawing:
    return maps.spot_layer(lat, lon, reach_m)


@st.cache_resource(show_spinner=False, max_entries=100)
def _placed(version: str, shown: tuple[int, ...], _view: View) -> int:
    """How many of some offers are on the map."""
    points = _view.dataset.supply.points
    return int(points.loc[points["offer"].isin(shown) & ~points["hint"], "offer"].nunique())


def _legend(placed: int, shown: int, spot: Spot | None) -> str:
    parts = [f"Op de kaart: {number(placed)} van {number(shown)}."]
    if spot is not None:
        parts.append(
            "Witte stip met donkere rand: de gekozen plek. Cirkel: loopafstand, als er geen water tussen ligt."
        )
    elif not is_near_spot():
        parts.append("Klik op een wijk om ze als gebied te kiezen.")
    return " ".join(parts)


@st.cache_resource(show_spinner=False, max_entries=100)
def _look_layer(
    version: str, opened: int | None, spot: Spot | None, codes: tuple[str, ...], reach_m: float, _view: View
) -> Drawing:
    """What the map moves to: the open offer, else around the spot, else the area."""
    points = _view.dataset.supply.points
    places = points[(points["offer"] == opened) & ~points["hint"]]
    if len(places):
        return maps.look_layer(_around(_view, places["x"].tolist(), places["y"].tolist(), reach_m))
    return maps.look_layer(data.focus(codes) if spot is None else _around(_view, [spot.x], [spot.y], reach_m))


def _around(view: View, x: Sequence[float], y: Sequence[float], reach_m: float) -> Sequence[float]:
    room = reach_m + MARGIN_M
    lon, lat = view.dataset.areas.to_degrees([min(x) - room, max(x) + room], [min(y) - room, max(y) + room])
    return [round(float(side), maps.COORDINATE_DECIMALS) for side in (lon[0], lat[0], lon[1], lat[1])]


IN_AREA, NEAR_SPOT = "gebied", "plek"
SEARCH_IN = {IN_AREA: "Gebied", NEAR_SPOT: "Dicht bij een plek"}
"""Value of `zoekin` -> label."""
LIST, TABLE = "lijst", "tabel"
SHOW_AS = {LIST: "Lijst", TABLE: "Tabel"}
"""Value of `weergave` -> label."""


def offers_params(dataset: Dataset) -> list[Param]:
    """The choices of the page: where to look, for which words, how to show it, and which offer is open."""
    return [
        url_state.words("zoek"),
        url_state.one_of("zoekin", SEARCH_IN, IN_AREA),
        _spot_param("plek"),
        url_state.one_of("weergave", SHOW_AS, LIST),
        url_state.yes_or_no("misschien", default=False),
        url_state.yes_or_no("alles", default=False),
        url_state.one_of("aanbod", dataset.supply.offers["row"].tolist(), None),
    ]


def _spot_param(key: str) -> Param:
    """A spot; "" when none is chosen."""

    def read(words: Sequence[str]) -> str | None:
        found = read_spot(words[-1])
        return None if found is None else spot_text(*found)

    return Param(key, "", read, lambda value: [value] if value else [])


def is_near_spot() -> bool:
    """The visitor looks around a spot, not in an area."""
    return bool(st.session_state["zoekin"] == NEAR_SPOT)


def drawn_here() -> tuple[str, ...]:
    """Filters whose widgets are on the page, not in the panel; around a spot the area means nothing."""
    return ("aanmelden", "taal", "gebied") if is_near_spot() else ("aanmelden", "taal")


def choose(**values: object) -> None:
    """Set choices (in a callback) and go back to the list."""
    for key, value in ({"aanbod": None} | values).items():
        st.session_state[key] = value


def choose_on_map(areas: Areas, lat: float, lon: float) -> None:
    """A click on the map (in a callback): the spot, or the wijk as area."""
    if is_near_spot():
        choose(plek=spot_text(lat, lon))
        return
    code = areas.wijk_at(lon, lat)
    if code is not None and areas.wijken.loc[code, "inhabited"]:
        choose(gebied=areas.wijken.loc[code, "label"])
    else:
        where = "buiten de stad" if code is None else "in een wijk waar bijna niemand woont"
        leave_notice(f"Je klikte {where}. Die kun je niet kiezen als gebied.")


LISTS_KEPT = 100
WORDS_HINT = "Zoek op naam, organisatie, straat …"
MAYBE_HELP = "Van dit aanbod weten we niet of het past: wat je filtert is er niet ingevuld."
ASK_SPOT = "Waar is je cliënt? Klik op de kaart, of kies een plek uit de lijst."
SPOT_WARNING = "De plek staat in de link. Kies een punt in de buurt van je cliënt, en deel geen adres van een cliënt."


@dataclass(frozen=True)
class Listing:
    """What is listed; made once per choice, then kept.

    Attributes
    ----------
    view : View
        As this page looks at it: around a spot the area is the whole city.
    key : tuple
        Identifies the list: what follows from it can be kept by it.
    offers : pandas.DataFrame
        From `offer_list` or `offers_near`.
    sure : frozenset of int
        Positions of those of which every cell that the view asks for is known.
    maybe : int
        How many more there are, or would be, of which such a cell is unknown.
    spot : Spot or None
        The chosen spot; None when looking in an area, or when none that can be used is chosen.
    """

    view: View
    key: tuple[object, ...]
    offers: pd.DataFrame
    sure: frozenset[int]
    maybe: int
    spot: Spot | None

    @property
    def ready(self) -> bool:
        """There is something to list: an area, or a spot that can be used."""
        return self.spot is not None or not is_near_spot()

    @cached_property
    def positions(self) -> tuple[int, ...]:
        """Positions of the listed offers in the supply."""
        return tuple(self.offers.index.tolist())


def _group(view: View) -> str:
    """The group that the list is for. Someone who chose Iedereen gets the offers of every group."""
    return ALL_GROUPS if view.choice.group == EVERYONE else view.choice.group


def choose_offers(view: View, *, closed: bool) -> Listing:
    """Draw the page's own filters, say in a sentence what is listed, and list it.

    All in one container: when elements above the map come and go, the browser would make the map anew.

    Parameters
    ----------
    view : View
    closed : bool
        True while the card of an offer is open: filters and sentence make room for it.
    """
    spot = _spot(view)
    if not is_near_spot():
        st.session_state["plek"] = ""  # nobody's spot stays behind in the link
    else:
        view = replace(view, choice=replace(view.choice, scope=data.areas_to_choose(view.version)[CITY]))
    with st.container(gap="small"):
        if not closed:
            _show_choices(view)
        if is_near_spot():
            st.caption(SPOT_WARNING)
        show_notice()
        if is_near_spot() and (spot is None or not spot.usable):
            if not closed:
                st.markdown(f"**{spot_problem(spot) if spot else ASK_SPOT}**")
            nothing = public_offers(view.dataset.supply.offers.iloc[:0])
            return Listing(view, ("nothing",), nothing, frozenset(), 0, None)
        listing = _list(view, spot)
        if not closed:
            _show_sentence(listing)
    return listing


def _spot(view: View) -> Spot | None:
    """The chosen spot, usable or not; None while none is chosen, and when looking in an area."""
    return _spot_of(view.version, st.session_state["plek"], view) if is_near_spot() else None


@st.cache_resource(show_spinner=False, max_entries=LISTS_KEPT)
def _spot_of(version: str, text: str, _view: View) -> Spot | None:
    """Kept because the first conversion of coordinates in a run takes some 30 ms."""
    found = read_spot(text)
    return None if found is None else spot_at(_view.dataset.areas, *found)


def _show_choices(view: View) -> None:
    """Where to look, how to sign up, words, languages, and the spot."""
    with st.container(key="aanbod_keuze", gap="small"):
        with st.container(horizontal=True, gap="medium"):
            labels = SEARCH_IN.__getitem__
            st.segmented_control("Zoek in", list(SEARCH_IN), key="zoekin", format_func=labels, required=True)
            _show_signups(view)
        cells = st.columns([4, 3, 4] if is_near_spot() else [4, 3], gap="small")
        with cells[0]:
            st.text_input("Zoek", key="zoek", placeholder=WORDS_HINT, label_visibility="collapsed")
        with cells[1]:
            _show_languages(view)
        if is_near_spot():
            with cells[2]:
                _show_spots(view)


def _show_signups(view: View) -> None:
    options = view.dataset.values("signups")
    st.pills("Aanmelden", options, key="aanmelden", selection_mode="multi", format_func=plain)


def _show_languages(view: View) -> None:
    st.multiselect(
        "Talen",
        view.dataset.values("languages"),
        key="taal",
        placeholder="Alle talen",
        format_func=plain,
        select_all=False,
        label_visibility="collapsed",
    )


@st.cache_resource(show_spinner=False, max_entries=4)
def _places(version: str, _view: View) -> dict[str, str]:
    return spot_places(_view.dataset.supply, _view.dataset.workbook.partners)


def _show_spots(view: View) -> None:
    """The spot by name, for who cannot or will not click on the map."""
    places = _places(view.version, view)
    chosen = st.session_state["plek"]
    st.session_state["plek_naam"] = next((name for name, spot in places.items() if spot == chosen), None)
    st.selectbox(
        "Kies een plek",
        list(places),
        key="plek_naam",
        format_func=plain,
        placeholder="Een plek op de kaart" if chosen else "Kies een plek, of klik op de kaart",
        on_change=lambda: choose(plek=places.get(st.session_state["plek_naam"], "")),
        label_visibility="collapsed",
    )


def _list(view: View, spot: Spot | None) -> Listing:
    state, choice = st.session_state, view.choice
    key = (view.version, repr(choice.question), choice.scope.name, _group(view))
    return _kept_listing(key, state["zoek"] or "", bool(state["misschien"]), spot, view)


@st.cache_resource(show_spinner=False, max_entries=LISTS_KEPT)
def _kept_listing(key: tuple[str, ...], words: str, maybe_too: bool, spot: Spot | None, _view: View) -> Listing:
    sure, all_ = (_listed(_view, spot, words, unknown_too=unknown_too) for unknown_too in (False, True))
    maybe = int((~all_.index.isin(sure.index)).sum())
    shown, known = (all_ if maybe_too else sure), frozenset(sure.index.tolist())
    return Listing(_view, (*key, words, maybe_too, spot), shown, known, maybe, spot)


def listing_sentence(listing: Listing) -> str:
    """What is listed, in a sentence; of a spot it names the wijk only."""
    view = listing.view
    place = f"rond de gekozen plek (wijk {_wijk(listing)})" if listing.spot else view.choice.scope.text
    return view_sentence(view.choice.question, area=place, group=_group(view) or "alle doelgroepen")


def _show_sentence(listing: Listing) -> None:
    """What is listed, and what more there may be."""
    size, sentence = len(listing.offers), listing_sentence(listing)
    found = count(size, "aanbod", "keer aanbod") if size else "Geen aanbod gevonden"
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{found}: {plain(sentence)}**")
        if listing.maybe:
            st.toggle(f"Toon ook wat misschien past ({number(listing.maybe)})", key="misschien", help=MAYBE_HELP)


def _wijk(listing: Listing) -> str:
    wijken = listing.view.dataset.areas.wijken["label"]
    return str(wijken.iloc[listing.spot.wijk]) if listing.spot else ""


def _listed(view: View, spot: Spot | None, words: str, *, unknown_too: bool) -> pd.DataFrame:
    dataset, asked, scope, group = view.dataset, view.choice.question, view.choice.scope, _group(view)
    if spot is not None:
        return offers_near(dataset.supply, asked, spot, group=group, unknown_too=unknown_too, words=words)
    wijken = None
    if scope.name != CITY:
        wijken = [int(place) for place in dataset.areas.wijken.index.get_indexer(list(scope.codes))]
    reach = dataset.reach(asked.reach_m)
    return search(offer_list(dataset.supply, reach, asked, group=group, wijken=wijken, unknown_too=unknown_too), words)
