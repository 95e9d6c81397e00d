"""The page of the map: how to colour the wijken, which one is chosen, and the same as a table."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.contract import verdicts
from einclusie_data.contract.words import metres, percentage, whole
from einclusie_data.engine.dataset import Dataset
from einclusie_data.output.maps.colourings import COLOURINGS, VERDICT, legend_of
from einclusie_data.ui.frame import url_state
from einclusie_data.ui.frame.notice import leave_notice, show_notice
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.frame.url_state import Param
from einclusie_data.ui.maps.layers import show_layers
from einclusie_data.ui.parts.gaps import show_looks
from einclusie_data.ui.parts.markdown import plain
from einclusie_data.ui.parts.markup import table, verdict_words

HEIGHT_PX = 540


def map_params(dataset: Dataset) -> list[Param]:
    """The choices of the page of the map, as they stand in the URL."""
    wijken = dataset.areas.wijken
    return [
        url_state.one_of("kleur", COLOURINGS, VERDICT),
        url_state.one_of("wijk", wijken.loc[wijken["inhabited"], "label"], None),
    ]


def choose_colouring() -> str:
    """How to colour the wijken; code of a `Colouring`."""
    code = st.segmented_control(
        "Kleur de wijken volgens",
        list(COLOURINGS),
        format_func=lambda one: COLOURINGS[one].label,
        key="kleur",
        required=True,
        label_visibility="collapsed",
    )
    return code or VERDICT


def show_colour_legend(rows: pd.DataFrame, code: str) -> None:
    """The classes with their symbols and numbers of wijken."""
    show_looks(legend_of(rows, COLOURINGS[code]))


def choose_wijk(view: View) -> str | None:
    """A list to choose a wijk from, beside the click on the map; wijkcode or None."""
    wijken = view.dataset.areas.wijken.loc[list(view.choice.scope.codes)]
    labels = wijken.loc[wijken["inhabited"], "label"].sort_values()
    wished = st.session_state["wijk"]
    if wished is not None and wished not in set(labels):
        leave_notice(f"{wished} ligt niet in het gekozen gebied: {view.choice.scope.name}. Kies een ruimer gebied.")
        st.session_state["wijk"] = None
    label = st.selectbox(
        "Kies een wijk", labels.tolist(), format_func=plain, key="wijk", placeholder="Klik op de kaart of kies hier"
    )
    show_notice()
    return None if label is None else str(labels.index[labels == label][0])


def show_wijken_map(view: View, colouring: str, chosen: str | None) -> None:
    """The map; a click chooses a wijk."""
    labels, inhabited = view.dataset.areas.wijken["label"], view.dataset.areas.wijken["inhabited"]

    def pick(code: str) -> None:
        if inhabited[code]:
            st.session_state["wijk"] = labels[code]
        else:
            leave_notice(f"{labels[code]}: {verdicts.VERDICTS[verdicts.NOT_APPLICABLE].sentence}")

    summary = view.summary
    show_layers(
        view,
        summary.rows,
        summary.offers,
        key="kaart_wijken",
        height=HEIGHT_PX,
        colouring=colouring,
        chosen=chosen,
        on_pick=pick,
    )
    if colouring != VERDICT:
        st.caption(COLOURINGS[colouring].help)


def show_wijken_table(rows: pd.DataFrame) -> None:
    """What the map shows, as a table; drawn when it is opened."""
    more = st.expander("Alle wijken als tabel", key="tabel_wijken", on_change="rerun")
    if more.open:
        more.html(wijken_table(rows))


def wijken_table(rows: pd.DataFrame) -> Markup:
    """One row per wijk, with everything that the map can show."""
    heads = ("Wijk", "District", "Oordeel", "Waarom", "Bewoners op loopafstand", "Mensen buiten bereik",
             "Dichtstbijzijnd passend aanbod", "Wijkenranking")  # fmt: skip
    shown = rows[rows["oordeel"] != verdicts.NOT_APPLICABLE].sort_values("wijk")
    lines = [
        (
            row["wijk"],
            row["district"],
            verdict_words(verdicts.VERDICTS[row["oordeel"]]),
            verdicts.REASONS.get(row["reden"], ""),
            percentage(row["aandeel_bereikt"]),
            whole(row["buiten_bereik"]),
            metres(row["afstand_m"]),
            whole(row["wijkranking"]),
        )
        for row in shown.to_dict("records")
    ]
    return table("Alle wijken", heads, lines, name="lang")
