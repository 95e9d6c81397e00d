"""The map of the page Wat als: what changes, or the verdicts now or then, and where the proposals are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from einclusie_data import maps
from einclusie_data.change_looks import change_legend, wijk_changes
from einclusie_data.colourings import COLOURINGS, VERDICT, legend_of
from einclusie_data.privacy import mask_personal
from einclusie_data.scenario_words import BEYOND_CITY
from einclusie_data.ui.changes_view import change_layer
from einclusie_data.ui.layers import show_layers, wijken_layer
from einclusie_data.ui.markdown import plain
from einclusie_data.ui.notice import leave_notice
from einclusie_data.ui.parts import show_looks
from einclusie_data.ui.scenario_data import outcome
from einclusie_data.ui.scenario_place import chosen_spot, chosen_wijk, pick_on_map
from einclusie_data.ui.scenario_state import CHANGE, MAPS, NOW

if TYPE_CHECKING:
    from einclusie_data.colourings import Look
    from einclusie_data.leaflet import Drawing
    from einclusie_data.pipeline import Dataset
    from einclusie_data.scenario_supply import ProposedDataset
    from einclusie_data.ui.page import View
    from einclusie_data.ui.scenario_data import Picture

HEIGHT_PX = 470
HOW_TO_CLICK = "Klik op de kaart om daar nieuw aanbod te zetten. Cirkel: loopafstand rond nieuw aanbod."
LAYERS_KEPT = 100


def show_scenario_map(view: View, text: str, seen: Picture) -> None:
    """Draw the map; a click is the place of a new offer."""
    which = _choose_map(seen)
    with st.container(key="scenario_kaart", gap="small"):
        st.caption(plain(f"{_about(view.choice.group, seen.group)} {HOW_TO_CLICK}"))
        question, codes = view.choice.question, view.choice.scope.codes
        about = text if which != NOW else ""
        layer, legend = _wijken(
            view.version, repr(question), about, view.choice.group, seen.group, codes, which, view, seen
        )
        show_looks(legend)
        show_layers(
            view,
            view.summary.rows,
            view.summary.offers,
            key="kaart_scenario",
            height=HEIGHT_PX,
            wijken=layer,
            chosen=chosen_wijk(view),
            above=[*_proposed(view.version, repr(question), text, view), *_spot(question.reach_m)],
            on_click=lambda lat, lon: _clicked(view.dataset, lat, lon),
        )


def _about(chosen: str, group: str) -> str:
    """For whom the map is, and why it is another group than the chosen one."""
    if chosen == group:
        return f"Kaart voor {group.lower()}."
    return f"Kaart voor {group.lower()}: daar verandert het meest. In de kolom Iedereen verandert geen enkel oordeel."


def _choose_map(seen: Picture) -> str:
    """What the map shows; while nothing is proposed, the verdicts of now."""
    if not seen.lead:
        return NOW
    labels = MAPS.__getitem__
    chosen = st.segmented_control(
        "Kaart", list(MAPS), key="kaart", format_func=labels, required=True, label_visibility="collapsed"
    )
    return chosen or CHANGE


def _rows(view: View, text: str, group: str, which: str) -> pd.DataFrame:
    """The gap table of now or then, of one group in the chosen area."""
    answer = view.answer() if which == NOW else outcome(view, text)[1]
    rows = view.rows(answer)
    return rows[rows["doelgroep"] == group]


def _changes(view: View, seen: Picture) -> pd.DataFrame:
    inhabited = view.dataset.areas.wijken["inhabited"]
    return wijk_changes(seen.changed, seen.group, [code for code in view.choice.scope.codes if inhabited[code]])


@st.cache_resource(show_spinner=False, max_entries=LAYERS_KEPT)
def _wijken(
    version: str,
    question: str,
    text: str,
    chosen: str,
    group: str,
    codes: tuple[str, ...],
    which: str,
    _view: View,
    _seen: Picture,
) -> tuple[Drawing, list[tuple[Look, int]]]:
    """The wijken in their colours for one group, and what these mean."""
    name = "|".join([chosen, group, _view.choice.scope.name, which, question, text])
    if which == CHANGE:
        changes = _changes(_view, _seen)
        return change_layer(changes, name), [*change_legend(changes)]
    rows = _rows(_view, text, group, which)
    return wijken_layer(rows, name, COLOURINGS[VERDICT], brief=True), legend_of(rows, COLOURINGS[VERDICT])


@st.cache_resource(show_spinner=False, max_entries=LAYERS_KEPT)
def _proposed(version: str, question: str, text: str, _view: View) -> list[Drawing]:
    """The places of the offers that come, each with its circle of reach, and of those that stop; with their names."""
    if not text:
        return []
    marks = _marks(outcome(_view, text)[0].proposed)
    circles = marks[marks["new"] & marks["exact"]].drop_duplicates(["lat", "lon"])
    reach_m = _view.choice.question.reach_m
    spots = [_spot_layer(lat, lon, reach_m) for lat, lon in zip(circles["lat"], circles["lon"], strict=True)]
    return [*spots, maps.offers_layer(marks)]


def _marks(proposed: ProposedDataset) -> pd.DataFrame:
    offers, points = proposed.supply.offers, proposed.supply.points
    told = dict.fromkeys(proposed.ended, "Stopt") | dict.fromkeys(proposed.proposed, "Nieuw")
    told = {place: f"{what}: {mask_personal(offers['name'].iloc[place])}" for place, what in told.items()}
    found = points[points["offer"].isin(list(told)) & ~points["hint"]]
    lon, lat = proposed.areas.to_degrees(found["x"].to_numpy(), found["y"].to_numpy())
    marks = {"name": found["offer"].map(told), "new": found["offer"].isin(proposed.proposed), "exact": found["exact"]}
    return pd.DataFrame(marks).assign(lon=lon, lat=lat)


def _spot(reach_m: float) -> list[Drawing]:
    spot = chosen_spot()
    return [] if spot is None else [_spot_layer(*spot, reach_m)]


@st.cache_resource(show_spinner=False, max_entries=LAYERS_KEPT)
def _spot_layer(lat: float, lon: float, reach_m: float) -> Drawing:
    return maps.spot_layer(lat, lon, reach_m)


def _clicked(dataset: Dataset, lat: float, lon: float) -> None:
    if dataset.areas.wijk_at(lon, lat) is None:
        leave_notice(BEYOND_CITY)
    else:
        pick_on_map(lat, lon)
