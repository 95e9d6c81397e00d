"""The choices of the page Aanbod itself, as they stand in the URL."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from einclusie_data.answers.spots import read_spot, spot_text
from einclusie_data.city.areas import Areas
from einclusie_data.engine.dataset import Dataset
from einclusie_data.ui.frame import url_state
from einclusie_data.ui.frame.notice import leave_notice
from einclusie_data.ui.frame.url_state import Param

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
        _spot("plek"),
        url_state.one_of("weergave", SHOW_AS, LIST),
        url_state.yes_or_no("misschien", default=False),
        url_state.yes_or_no("alles", default=False),
        url_state.one_of("aanbod", dataset.supply.offers["row"].tolist(), None),
    ]


def _spot(key: str) -> Param:
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
