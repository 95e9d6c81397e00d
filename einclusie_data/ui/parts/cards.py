"""A list of cards with buttons: one component for the whole list, in which nothing can run (DESIGN §6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from einclusie_data.answers.methods import web_link
from einclusie_data.contract.verdicts import Verdict
from einclusie_data.ui.parts.component import component


@dataclass(frozen=True)
class Card:
    """One item of a list. All text is plain: it is shown as it is.

    Attributes
    ----------
    id : str
        Identifies the card to `on_pick`.
    title : str
    lines : tuple of str
        Below the title, one line each; empty ones are left out.
    verdict : Verdict, optional
        Its symbol stands before the title.
    actions : tuple of (code, label)
        Buttons.
    links : tuple of (address, label)
        Links to other sites; what is no address on the web (see `methods.web_link`) is left out.
    chosen : bool
        Marks the card that is open now.
    """

    id: str
    title: str
    lines: tuple[str, ...] = ()
    verdict: Verdict | None = None
    actions: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    chosen: bool = False


def _data(card: Card) -> dict[str, Any]:
    look = card.verdict
    return {
        "id": card.id,
        "title": card.title,
        "lines": [line for line in card.lines if line],
        "sign": look and {"symbol": look.symbol, "colour": look.colour, "ink": look.ink, "word": look.word},
        "actions": [list(action) for action in card.actions],
        "links": [[address, label] for text, label in card.links if (address := web_link(text))],
        "chosen": card.chosen,
    }


def show_cards(cards: Sequence[Card], *, key: str, label: str, on_pick: Callable[[str, str], None]) -> None:
    """Draw the list.

    Parameters
    ----------
    cards : sequence of Card
    key : str
        Stable name in the session.
    label : str
        What the list holds, for screen readers.
    on_pick : callable
        Called with the id of the card and the code of the action at a click, before the page runs again.
    """

    def picked() -> None:
        pick = st.session_state[key].get("pick")
        if pick:
            on_pick(str(pick[0]), str(pick[1]))

    draw = component("kaartenlijst", "cards", '<ul class="kaarten"></ul>')
    draw(key=key, data={"label": label, "cards": [_data(card) for card in cards]}, on_pick_change=picked)
