"""The decisions as a list of cards, those the meeting has to talk about first, and as an Excel file.

The decisions on the map: a mark with the symbol and the colour of its state.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import pandas as pd
import streamlit as st

from einclusie_data.city.areas import Areas
from einclusie_data.contract.words import number
from einclusie_data.decisions.place import decision_points, decisions_at
from einclusie_data.decisions.table import STATE_LOOKS, about_decisions, card_lines, decisions_xlsx_bytes, labels_of
from einclusie_data.decisions.words import field_words
from einclusie_data.files.write.tables import XLSX_TYPE, file_stem
from einclusie_data.output.maps import maps
from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.store.decision_record import Decision, State
from einclusie_data.ui.decisions import choices
from einclusie_data.ui.decisions.choices import decisions_key, open_decision
from einclusie_data.ui.frame import data, published
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.maps.layers import STREETS, STREETS_HELP, filter_id
from einclusie_data.ui.parts.cards import Card, show_cards
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


CARDS_SHOWN = 50
_OPEN = "open"


def show_list(view: View, decisions: Sequence[Decision], marks: Collection[int]) -> None:
    """The list, with a choice of states, and its download.

    Parameters
    ----------
    view : View
    decisions : sequence of Decision
        Those of the chosen area and group, in order.
    marks : collection of int
        Ids of the decisions that the workbook may already contain.
    """
    if not decisions:
        return
    _choose_states()
    shown = of_chosen_states(decisions)
    if not shown:
        st.text("In deze stand is er niets. Kies een andere stand.")
        return
    cards = [decision_card(view, one, maybe_there=one.id in marks) for one in shown[:CARDS_SHOWN]]
    show_cards(
        cards,
        key="besluiten_lijst",
        label="Voorstellen en besluiten, wat eerst te bespreken is bovenaan",
        on_pick=lambda card, _: open_decision(int(card)),
    )
    if len(shown) > CARDS_SHOWN:
        st.caption(f"En nog {number(len(shown) - CARDS_SHOWN)}. Kies een gebied, een doelgroep of een stand.")
    _show_download(view, shown)


def _choose_states() -> None:
    st.pills(
        "Stand",
        list(State),
        format_func=lambda state: f"{STATE_LOOKS[state].symbol} {state}",
        selection_mode="multi",
        key=choices.STATE,
        label_visibility="collapsed",
    )


def of_chosen_states(decisions: Sequence[Decision]) -> list[Decision]:
    """Those in the states that the visitor chose; all of them while nothing is chosen."""
    states = st.session_state[choices.STATE]
    return [one for one in decisions if not states or one.state in states]


def decision_card(view: View, decision: Decision, *, maybe_there: bool) -> Card:
    """One decision in the list."""
    labels = labels_of(view.dataset.areas)
    return Card(
        id=str(decision.id),
        title=f"{decision.id}. {field_words(decision, labels)['title']}",
        lines=card_lines(decision, labels, view.choice.question.on, maybe_there=maybe_there),
        verdict=STATE_LOOKS[decision.state],
        actions=((_OPEN, "Bekijk"),),
    )


def _show_download(view: View, decisions: Sequence[Decision]) -> None:
    """The file is made outside the page: it can't ask the session."""
    chosen, areas = view.sentence(view.choice.group), view.dataset.areas
    origin = published.origin(view.version, view.dataset)

    def xlsx() -> bytes:
        return decisions_xlsx_bytes(decisions, areas, about_decisions(len(decisions), chosen, origin))

    stem = file_stem("besluiten", view.choice.question.on)
    st.download_button("Download als Excel", xlsx, f"{stem}.xlsx", XLSX_TYPE, on_click="ignore")
