"""The map of the page Wat als: what changes, or the verdicts now or then, and where the proposals are."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import streamlit as st

from einclusie_data.changes.words import change_legend, wijk_changes
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.engine.dataset import Dataset
from einclusie_data.output.maps import maps
from einclusie_data.output.maps.colourings import COLOURINGS, VERDICT, Look, legend_of
from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.proposals.scenario import ProposedDataset
from einclusie_data.proposals.words import BEYOND_CITY
from einclusie_data.ui.changes.view import change_layer
from einclusie_data.ui.frame.page import View, leave_notice
from einclusie_data.ui.maps.layers import show_layers, wijken_layer
from einclusie_data.ui.parts.gaps import show_looks
from einclusie_data.ui.parts.markup import plain
from einclusie_data.ui.scenario.add import chosen_spot, chosen_wijk, pick_on_map
from einclusie_data.ui.scenario.data import Picture, outcome
from einclusie_data.ui.scenario.state import CHANGE, MAPS, NOW

HEIGHT_PX = 470
HOW_TO_CLICK = "Klik op de kaart om daar nieuw aanbod te zetten. Cirkel: loopafstand rond nieuw aanbod."
LAYERS_KEPT = 100


class Drawn(NamedTuple):
    """What is drawn of a scenario: the wijken, what their colours mean, and the places of the proposals."""

    wijken: Drawing
    legend: list[tuple[Look, int]]
    places: list[Drawing]


def drawn(view: View, text: str, seen: Picture) -> Drawn:
    """Make the layers of the map that is chosen, or get them."""
    which = _chosen_map(seen)
    question = view.choice.question
    about = text if which != NOW else ""
    wijken, legend = _wijken(
        view.version, repr(question), about, view.choice.group, seen.group, view.choice.scope.name, which, view, seen
    )
    return Drawn(wijken, legend, _proposed(view.version, repr(question), text, view))


def show_scenario_map(view: View, seen: Picture, layers: Drawn) -> None:
    """Show the map; a click is the place of a new offer."""
    _choose_map(seen)
    with st.container(key="scenario_kaart", gap="small"):
        st.caption(plain(f"{_about(view.choice.group, seen.group)} {HOW_TO_CLICK}"))
        show_looks(layers.legend)
        summary = view.summary
        show_layers(
            view,
            summary.rows,
            summary.offers,
            key="kaart_scenario",
            height=HEIGHT_PX,
            wijken=layers.wijken,
            chosen=chosen_wijk(view),
            above=[*layers.places, *_spot(view.choice.question.reach_m)],
            on_click=lambda lat, lon: _clicked(view.dataset, lat, lon),
        )


def _about(chosen: str, group: str) -> str:
    """For whom the map is, and why it is another group than the chosen one."""
    if chosen == group:
        return f"Kaart voor {group.lower()}."
    return f"Kaart voor {group.lower()}: daar verandert het meest. In de kolom Iedereen verandert geen enkel oordeel."


def _chosen_map(seen: Picture) -> str:
    """What the map shows; while nothing is proposed, the verdicts of now."""
    return (st.session_state.get("kaart") or CHANGE) if seen.lead else NOW


def _choose_map(seen: Picture) -> None:
    if seen.lead:
        labels = MAPS.__getitem__
        st.segmented_control(
            "Kaart", list(MAPS), key="kaart", format_func=labels, required=True, label_visibility="collapsed"
        )


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
    area: str,
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
    offer = points["offer"].to_numpy()
    found = np.isin(offer, list(told)) & ~points["hint"].to_numpy()
    lon, lat = proposed.point_degrees
    marks = {
        "name": [told[place] for place in offer[found]],
        "new": np.isin(offer[found], proposed.proposed),
        "exact": points["exact"].to_numpy()[found],
        "lon": lon[found],
        "lat": lat[found],
    }
    return pd.DataFrame(marks)


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
