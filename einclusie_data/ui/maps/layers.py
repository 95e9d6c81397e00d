"""The layers of the maps on the pages: wijken by verdict, offers as marks.

The wijken in the colours of what happens to them: one layer for every map of that kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from einclusie_data.contract import verdicts
from einclusie_data.contract.verdicts import Verdict
from einclusie_data.contract.words import percentage, whole
from einclusie_data.engine.dataset import Dataset
from einclusie_data.output.maps import maps
from einclusie_data.output.maps.colourings import COLOURINGS, VERDICT, Colouring, looks_of
from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.ui.frame import data
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.parts.map import HEIGHT_PX, show_map

_PALE, _PALE_INK, _NOT_CHOSEN = "#fbfbf9", "#8a8a86", "niet gekozen"
_NOTHING = "–"


def looks_layer(
    wijken: pd.DataFrame, looks: Mapping[str, Verdict], tooltip: Mapping[str, str], filter_id: str
) -> Drawing:
    """Draw one kind per wijk; wijken outside the area are pale.

    Parameters
    ----------
    wijken : pandas.DataFrame
        Columns `wijkcode`, `soort` (a key of `looks`), and those that `tooltip` names besides `label` and `word`
        (text; "" = nothing to say, which is not the same as unknown).
    looks : mapping of str to Verdict
    tooltip : mapping
        See `maps.verdict_layer`.
    filter_id : str
        See `maps.verdict_layer`.
    """
    shapes = data.shapes()
    codes = wijken["wijkcode"]
    kinds = {code: looks.get(kind) for code, kind in zip(codes, wijken["soort"], strict=True)}
    shown = [kinds.get(code) for code in shapes["wijkcode"]]
    texts = {key: dict(zip(codes, wijken[key], strict=True)) for key in tooltip if key in wijken.columns}
    more = {key: [text.get(code) or _NOTHING for code in shapes["wijkcode"]] for key, text in texts.items()}
    table = shapes.assign(
        colour=[look.colour if look else _PALE for look in shown],
        ink=[look.ink if look else _PALE_INK for look in shown],
        symbol=[look.symbol if look else "" for look in shown],
        word=[look.word if look else _NOT_CHOSEN for look in shown],
        **more,
    )
    return maps.verdict_layer(table, tooltip, filter_id=filter_id)


LAYERS_KEPT = 100
"""Drawn layers kept in memory: some 0.2 MB each."""

STREETS = "straten"
STREETS_HELP = (
    "Je browser haalt dan kaartbeelden op bij OpenStreetMap, en die ziet dat je kijkt. "
    "Zonder deze keuze verlaat geen enkel verzoek deze app."
)

TOOLTIP = {
    "label": "Wijk",
    "word": "Oordeel",
    "reason": "Waarom",
    "reached": "Bewoners op loopafstand",
    "people": "Mensen buiten bereik",
    "ranking": "Wijkenranking",
}
"""Column of the layer -> heading in the tooltip."""
BRIEF = {key: TOOLTIP[key] for key in ("label", "word")}
"""The same for a small map, or one on which people click."""
_OUTSIDE = {
    "colour": "#fbfbf9",
    "ink": "#8a8a86",
    "symbol": "",
    "word": "niet gekozen",
    "reason": "–",
    "reached": "–",
    "people": "–",
    "ranking": "–",
}


def look_table(rows: pd.DataFrame, colouring: Colouring) -> pd.DataFrame:
    """The wijken as the map layer wants them: those of `rows` coloured, the others pale.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of a gap table, one per wijk.
    colouring : Colouring
    """
    looks = looks_of(rows, colouring)
    columns = {
        "colour": [look.colour for look in looks],
        "ink": [look.ink for look in looks],
        "symbol": [look.symbol for look in looks],
        "word": [verdicts.VERDICTS[code].word for code in rows["oordeel"]],
        "reason": [verdicts.REASONS.get(reason, "–") for reason in rows["reden"]],
        "reached": [percentage(share) for share in rows["aandeel_bereikt"]],
        "people": [whole(value) for value in rows["buiten_bereik"]],
        "ranking": [whole(value) for value in rows["wijkranking"]],
    }
    shapes = data.shapes()
    place = {code: line for line, code in enumerate(rows["wijkcode"])}
    lines = [place.get(code) for code in shapes["wijkcode"]]
    return shapes.assign(
        **{name: [_OUTSIDE[name] if line is None else texts[line] for line in lines] for name, texts in columns.items()}
    )


def wijken_layer(rows: pd.DataFrame, filter_id: str, colouring: Colouring, *, brief: bool = False) -> Drawing:
    """The wijken in their colours; a brief tooltip says no more than the name and the verdict."""
    return maps.verdict_layer(look_table(rows, colouring), BRIEF if brief else TOOLTIP, filter_id=filter_id)


def marks_layer(dataset: Dataset, positions: list[int]) -> Drawing:
    """The places of some offers (positions in the supply), exact and approximate ones told apart."""
    points = dataset.supply.points
    chosen = (points["offer"].isin(positions) & ~points["hint"]).to_numpy()
    points, (lon, lat) = points[chosen], dataset.point_degrees
    names = dataset.shown["name"].to_numpy()[points["offer"]]
    marks = {"name": names, "lon": lon[chosen], "lat": lat[chosen], "exact": points["exact"].to_numpy()}
    return maps.offers_layer(pd.DataFrame(marks))


def show_layers(
    view: View,
    rows: pd.DataFrame,
    positions: tuple[int, ...],
    *,
    key: str,
    height: int = HEIGHT_PX,
    colouring: str = VERDICT,
    chosen: str | None = None,
    on_pick: Callable[[str], None] | None = None,
    on_click: Callable[[float, float], None] | None = None,
    above: Sequence[Drawing] = (),
    focus: Sequence[float] | None = None,
    brief: bool = False,
    wijken: Drawing | None = None,
) -> None:
    """A map of the wijken with some offers on it; its layers are made once per choice, then kept.

    Parameters
    ----------
    view : View
    rows : pandas.DataFrame
        Rows of a gap table, one per wijk.
    positions : tuple of int
        Offers to mark (positions in the supply).
    key : str
        Stable name of the map in the session.
    height : int
        Pixels.
    colouring : str
        Code of a `Colouring`.
    chosen : str, optional
        Code of the wijk with the thick outline.
    on_pick : callable, optional
        Called with the wijkcode at a click, before the page runs again.
    on_click : callable, optional
        Called in the same way with the latitude and longitude, instead of `on_pick`.
    above : sequence of Drawing
        More layers, on top.
    focus : sequence of 4 float, optional
        What the map shows first, in degrees; the chosen area unless given.
    brief : bool
        Tooltips say no more than the name of the wijk and its verdict.
    wijken : Drawing, optional
        The layer of the wijken, when it is not `rows` by a colouring.
    """
    layers = [
        wijken or _kept_wijken(view.version, filter_id(view), colouring, brief, rows),
        *([] if chosen is None else [_kept_selection(chosen)]),
        _kept_marks(view.version, ",".join(map(str, positions)), positions, view.dataset),
        *above,
    ]

    def clicked(lat: float, lon: float) -> None:
        code = view.dataset.areas.wijk_at(lon, lat)
        if on_pick is not None and code is not None:
            on_pick(code)

    show_map(
        layers,
        key=key,
        bounds=data.bounds(),
        focus=data.focus(view.choice.scope.codes) if focus is None else focus,
        centre=data.centre(),
        height=height,
        tiles=st.session_state.get(STREETS, False),
        on_click=on_click or (None if on_pick is None else clicked),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("● Stip: bekende plek. ◌ Ring met streepjes: we kennen enkel de wijk.", width="stretch")
        st.toggle("Toon straten", key=STREETS, help=STREETS_HELP, persist_state="session")


@st.cache_resource(show_spinner=False, max_entries=LAYERS_KEPT)
def _kept_wijken(version: str, filter_id: str, colouring: str, brief: bool, _rows: pd.DataFrame) -> Drawing:
    return wijken_layer(_rows, f"{filter_id}|{colouring}", COLOURINGS[colouring], brief=brief)


@st.cache_resource(show_spinner=False, max_entries=LAYERS_KEPT)
def _kept_selection(code: str) -> Drawing:
    return maps.selection_layer(data.shapes(), code)


@st.cache_resource(show_spinner=False, max_entries=LAYERS_KEPT)
def _kept_marks(version: str, which: str, _positions: tuple[int, ...], _dataset: Dataset) -> Drawing:
    return marks_layer(_dataset, list(_positions))


def filter_id(view: View) -> str:
    """Which choice of filters a map shows, as a short text."""
    return f"{view.choice.group}|{view.choice.scope.name}|{view.choice.question!r}"
