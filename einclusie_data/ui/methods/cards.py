"""Methods as a list of cards."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from einclusie_data.answers.method_words import method_lines
from einclusie_data.answers.methods import web_link
from einclusie_data.contract.words import number
from einclusie_data.ui.parts.cards import Card, show_cards

GAPS = "hiaten"
CARDS_SHOWN = 50
"""How many methods a list shows; a longer one says how to find the others."""


def method_card(method: pd.Series[Any], *, with_gaps: bool = True) -> Card:
    """The card of a method (a row of `methods.public_methods`), with a button to its gaps."""
    address = web_link(method["website"])
    return Card(
        id=method["id"],
        title=method["name"],
        lines=method_lines(method),
        actions=((GAPS, "Voor welke hiaten?"),) if with_gaps else (),
        links=((address, "Website"),) if address else (),
    )


def _open_gaps(method: str, _: str) -> None:
    st.session_state["methodiek"] = method


def show_method_cards(methods: pd.DataFrame, *, key: str, label: str, with_gaps: bool = True) -> None:
    """A list of methods; nothing when there are none."""
    if methods.empty:
        return
    cards = [method_card(method, with_gaps=with_gaps) for _, method in methods.head(CARDS_SHOWN).iterrows()]
    show_cards(cards, key=key, label=label, on_pick=_open_gaps)
    if len(methods) > CARDS_SHOWN:
        more = number(len(methods) - CARDS_SHOWN)
        st.caption(
            f"En nog {more} andere. Zoek op een woord of kies een thema of een niveau om de lijst korter te maken."
        )
