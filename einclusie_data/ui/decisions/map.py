"""The decisions on the map: a mark with the symbol and the colour of its state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from einclusie_data.city.areas import Areas
from einclusie_data.contract.words import number
from einclusie_data.decisions.listing import STATE_LOOKS
from einclusie_data.decisions.place import decision_points, decisions_at
from einclusie_data.output.maps import maps
from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.store.decision_record import Decision
from einclusie_data.store.decision_steps import State
from einclusie_data.ui.decisions.data import decisions_key
from einclusie_data.ui.decisions.params import open_decision
from einclusie_data.ui.frame import data
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.maps.layers import STREETS, STREETS_HELP, filter_id
from einclusie_data.ui.parts.gaps import show_looks
from einclusie_data.ui.parts.map import show_map

HEIGHT_PX = 460
CLOSE_M = 450
"""A click this close to a mark is on it: a finger on a map of the whole city is not more precise."""
_TOOLTIP = {"text": "Besluit", "place": "Plek"}
EXACT, WIJK_ONLY = "precies bekend", "midden van de wijk"


def show_decision_map(view: View, decisions: Sequence[Decision], opened: Decision | None) -> None:
    """The marks, their legend, and a click that opens a decision or chooses a wijk."""
    areas = view.dataset.areas
    points = _points(decisions_key(decisions), tuple(decisions), areas)
    found = Counter(one.state for one in decisions)
    show_looks([(STATE_LOOKS[state], found[state]) for state in State if found[state]], "Legende: aantal")
    codes = view.choice.scope.codes
    show_map(
        [_wijken(codes), _marks(decisions_key(decisions), filter_id(view), points)],
        key="kaart_besluiten",
        bounds=data.bounds(),
        focus=data.focus(tuple(areas.wijken.index)),
        centre=data.centre(),
        height=HEIGHT_PX,
        tiles=st.session_state.get(STREETS, False),
        on_click=lambda lat, lon: _click(areas, points, lat, lon),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_explanation(decisions, points, opened), width="stretch")
        st.toggle("Toon straten", key=STREETS, help=STREETS_HELP, persist_state="session")


@st.cache_resource(show_spinner=False, max_entries=100)
def _points(key: str, _decisions: tuple[Decision, ...], _areas: Areas) -> pd.DataFrame:
    points = decision_points(_areas, _decisions)
    looks = [STATE_LOOKS[state] for state in points["state"]]
    return points.assign(
        colour=[look.colour for look in looks],
        ink=[look.ink for look in looks],
        symbol=[look.symbol for look in looks],
        text=[f"{one['id']}. {one['title']} ({one['state']})" for one in points.to_dict("records")],
        place=points["exact"].map({True: EXACT, False: WIJK_ONLY}),
    )


@st.cache_resource(show_spinner=False, max_entries=100)
def _marks(key: str, filter_id: str, _points: pd.DataFrame) -> Drawing:
    return maps.signs_layer(_points, _TOOLTIP, filter_id=filter_id)


@st.cache_resource(show_spinner=False, max_entries=100)
def _wijken(codes: tuple[str, ...]) -> Drawing:
    """The wijken without a verdict; those outside the area are pale."""
    shapes = data.shapes()
    inside = shapes["wijkcode"].isin(codes)
    table = shapes.assign(colour=inside.map({True: "#bcc9d4", False: "#fbfbf9"}), ink="#3d4a57", symbol="")
    return maps.verdict_layer(table, {"label": "Wijk"}, filter_id="")


def _click(areas: Areas, points: pd.DataFrame, lat: float, lon: float) -> None:
    """Open the decision whose mark was clicked; where several stand, or none, choose the wijk."""
    near = decisions_at(areas, points, lat, lon, CLOSE_M)
    if len(near) == 1:
        open_decision(near[0])
        return
    code = areas.wijk_at(lon, lat)
    if code is not None and areas.wijken["inhabited"][code]:
        open_decision()
        st.session_state["gebied"] = str(areas.wijken["label"][code])


def _explanation(decisions: Sequence[Decision], points: pd.DataFrame, opened: Decision | None) -> str:
    placed = points["id"].nunique()
    if opened is not None:
        return "" if placed else "Dit besluit zegt niet waar: het staat niet op de kaart."
    text = f"Op de kaart: {number(placed)} van {number(len(decisions))}."
    return f"{text} Klik op een teken om het te openen, of op een wijk om ze te kiezen."
