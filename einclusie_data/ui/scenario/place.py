"""Where a new offer comes: a point on the map, a wijk, or a partner's place."""

from __future__ import annotations

from typing import Any

import streamlit as st

from einclusie_data.answers.spots import read_spot, spot_text
from einclusie_data.proposals.choices import place_choices
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.parts.markdown import plain

NEW, STOP = "nieuw", "stopt"
KIND, PLACE, SPOT = "voorstel", "nieuw_waar", "nieuw_punt"
"""In the session: what is being proposed (`NEW`, `STOP` or None), the place by its name, the point on the map."""


def pick_on_map(lat: float, lon: float) -> None:
    """A click on the map (in a callback): there comes the new offer."""
    st.session_state[SPOT] = spot_text(lat, lon)
    st.session_state[PLACE] = None
    st.session_state[KIND] = NEW


def chosen_spot() -> tuple[float, float] | None:
    """The point on the map that is chosen for a new offer: latitude and longitude."""
    return read_spot(st.session_state.get(SPOT) or "") if st.session_state.get(KIND) == NEW else None


def chosen_wijk(view: View) -> str | None:
    """The wijk that is chosen for a new offer by its name."""
    fields = _places(view.version, view).get(st.session_state.get(PLACE) or "", {})
    wijken = fields.get("wijken", ())
    return str(wijken[0]) if wijken and fields.get("lat") is None and st.session_state.get(KIND) == NEW else None


@st.cache_resource(show_spinner=False, max_entries=4)
def _places(version: str, _view: View) -> dict[str, dict[str, Any]]:
    return place_choices(_view.dataset)


def show_place(view: View) -> None:
    """A list of places, and what was clicked on the map."""
    spot = chosen_spot()
    places = _places(view.version, view)
    if st.session_state.get(PLACE) not in places:
        st.session_state[PLACE] = None
    st.selectbox(
        "Waar? Klik op de kaart, of kies een wijk of een partner",
        list(places),
        key=PLACE,
        placeholder="Kies een wijk of een partner" if spot is None else "Het punt op de kaart",
        on_change=_forget_spot,
        persist_state="page",
    )
    if spot is not None:
        code = view.dataset.areas.wijk_at(spot[1], spot[0])
        wijk = "" if code is None else f", wijk {view.dataset.areas.wijken.loc[code, 'label']}"
        st.caption(plain(f"Gekozen: het punt op de kaart{wijk}. De cirkel is de loopafstand."))


def _forget_spot() -> None:
    st.session_state[SPOT] = ""


def chosen_place(view: View) -> dict[str, Any] | None:
    """The fields of a `NewOffer` that say where it is; None while nothing is chosen."""
    spot = chosen_spot()
    if spot is not None:
        return {"lat": spot[0], "lon": spot[1]}
    return _places(view.version, view).get(st.session_state.get(PLACE) or "")
