"""The presentation: one step of the meeting at a time, in large type, with the arrows of the keyboard."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from einclusie_data.engine.dataset import Dataset
from einclusie_data.meeting.presentation import (
    GAP,
    MAP,
    PARTS,
    WIJK,
    Step,
    first_of,
    moved,
    place_words,
    step_named,
    steps_of,
)
from einclusie_data.output.maps import maps
from einclusie_data.output.maps.colourings import COLOURINGS, VERDICT, legend_of
from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.ui.decisions.params import filters_and
from einclusie_data.ui.frame import data, url_state
from einclusie_data.ui.frame.account import messages_were_shown
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.frame.url_state import Param
from einclusie_data.ui.maps.layers import show_layers
from einclusie_data.ui.meeting.presentation_steps import show_step
from einclusie_data.ui.parts.component import component
from einclusie_data.ui.parts.gaps import show_looks

_STYLE = (Path(__file__).parents[1] / "assets" / "presentation.css").read_text("utf-8")
_STEP, _KEYS = "stap", "presentatie_toetsen"
MAP_HEIGHT_PX = 430
AROUND_DEGREES = 0.008
"""How much of the neighbours is shown around a wijk."""
HOW = "Pijltjes ← en → op het toetsenbord: vorige en volgende. Klik op een wijk om ze te openen."


def presentation_params(_dataset: Dataset) -> list[Param]:
    """The choice of this page, as it stands in the URL."""
    return [url_state.words(_STEP)]


@st.fragment
def show_presentation(view: View) -> None:
    """The step that is open, and the way to the others."""
    st.html(f"<style>{_STYLE}</style>")
    steps = steps_of(view.rows(view.answer()), view.choice.group)
    step = step_named(steps, st.session_state[_STEP])
    _show_bar(view, steps, step)
    left, right = st.columns([1, 1], gap="medium")
    with left:
        _show_map(view, steps, step)
    with right:
        show_step(view, step)
    url_state.put(view.params)
    messages_were_shown()


def _go(step: Step) -> None:
    st.session_state[_STEP] = step.name


def _show_bar(view: View, steps: tuple[Step, ...], step: Step) -> None:
    def pressed() -> None:
        by = st.session_state[_KEYS].get("go")
        if by in (1, -1):
            _go(moved(steps, step, by))

    with st.container(horizontal=True, vertical_alignment="center", key="stappen"):
        st.button("← Vorige", on_click=_go, args=[moved(steps, step, -1)], disabled=step == steps[0])
        st.button("Volgende →", on_click=_go, args=[moved(steps, step, 1)], disabled=step == steps[-1], type="primary")
        for kind, label in PARTS.items():
            start = first_of(steps, kind)
            if start is not None:
                st.button(label, on_click=_go, args=[start], type="secondary" if step.kind == kind else "tertiary")
        st.caption(place_words(steps, step), width="content")
        st.page_link("dashboard.py", label="Stop", query_params=filters_and(view))
    component("stappen", "steps", "<div></div>")(key=_KEYS, on_go_change=pressed, height=1)


def _show_map(view: View, steps: tuple[Step, ...], step: Step) -> None:
    wijken = {one.code: one for one in steps if one.kind == WIJK}

    def picked(code: str) -> None:
        if code in wijken:
            _go(wijken[code])

    rows = view.summary.rows
    show_looks(legend_of(rows, COLOURINGS[VERDICT]))
    show_layers(
        view,
        rows,
        view.summary.offers,
        key="kaart_presentatie",
        height=MAP_HEIGHT_PX,
        chosen=step.code if step.kind in (GAP, WIJK) else None,
        on_pick=picked,
        above=[_look(view, step.code)],
        brief=True,
    )
    if step.kind == MAP:
        st.caption(HOW)


def _look(view: View, code: str) -> Drawing:
    """The map goes to the wijk of the step, with its neighbours; else to the whole area."""
    west, south, east, north = data.focus((code,) if code else view.choice.scope.codes)
    around = AROUND_DEGREES if code else 0.0
    return maps.look_layer((west - around, south - around, east + around, north + around))
