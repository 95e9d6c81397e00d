"""The card of one offer: everything that anyone may know about it, made to be read, printed and passed on."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.answers.methods import web_link
from einclusie_data.answers.nearby import distance_words, place_of
from einclusie_data.answers.offer_card import (
    NOT_FILLED,
    PUBLIC,
    checked_sentence,
    inactive_sentence,
    place_words,
    reach_sentence,
    shown_texts,
    where_words,
)
from einclusie_data.engine.locate import Placement
from einclusie_data.engine.public import public_offers
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.offers.choice import Listing, choose
from einclusie_data.ui.parts.markup import join, table


def open_offer(view: View) -> int | None:
    """Position in the supply of the offer whose card is open."""
    row = st.session_state["aanbod"]
    if row is None:
        return None
    return int((view.dataset.supply.offers["row"] == row).to_numpy().argmax())


def show_offer(listing: Listing, position: int) -> None:
    """Draw the card of the offer at a position in the supply."""
    view, spot = listing.view, listing.spot
    dataset, question = view.dataset, view.choice.question
    offers = public_offers(dataset.supply.offers.iloc[[position]])
    offer, texts = offers.iloc[0], shown_texts(offers, dataset.typed, dataset.areas).iloc[0]
    near = distance_words(*place_of(dataset.supply, spot, position, question.reach_m)) if spot else ""
    st.button("← Terug naar de lijst", on_click=choose)
    inactive = inactive_sentence(offer, question.on)
    sentences = (
        Markup("<strong>{}</strong>").format(inactive) if inactive else "",
        _where(offer, texts, near),
        reach_sentence(dataset.supply, dataset.reach(question.reach_m), position),
        checked_sentence(offer["checked"], question.on),
    )
    rows = [*((column.header, _cell(texts[column.key])) for column in PUBLIC), ("Rij", str(offer["row"]))]
    st.html(
        Markup("<div class='zinnen'><h2>{}</h2>{}</div>").format(
            texts["name"], join(Markup("<p>{}</p>").format(one) for one in sentences if one)
        )
        + table("Alle gegevens over dit aanbod", ["Gegeven", "Wat er staat"], rows, name="velden")
    )


def _where(offer: pd.Series, texts: pd.Series, near: str) -> str:
    """Where it is; that a place is unknown is said in the sentence below it."""
    if offer["placement"] in (Placement.UNPLACED, Placement.NOWHERE):
        return place_words(texts, "", near)
    return where_words(texts, offer["placement"], offer["mode"], near)


def _cell(text: str) -> str:
    if not text:
        return Markup("<span class='stil'>{}</span>").format(NOT_FILLED)
    address = web_link(text)
    if address:
        return Markup("<a href='{}' target='_blank' rel='noopener noreferrer'>{}</a>").format(address, text)
    return text
