"""The offers that are listed: as readable cards by how near they are, or as a table with every public field.

Downloads of exactly what is listed. Never with distances: from those anyone could find the spot of a client.
"""

from __future__ import annotations

from itertools import compress
from typing import Any

import pandas as pd
import streamlit as st

from einclusie_data.answers.explain import COMES, ELSEWHERE, IN_WIJK, MAYBE_HERE, WITHIN_REACH
from einclusie_data.answers.nearby import ACROSS, distance_words
from einclusie_data.answers.offer_card import (
    NOT_FILLED,
    card_lines,
    checked_sentence,
    maybe_sentence,
    shown_texts,
    where_words,
)
from einclusie_data.answers.offers import ALL_GROUPS
from einclusie_data.answers.report import about_offers, left_out_columns
from einclusie_data.answers.scopes import CITY
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.words import listing as in_a_row
from einclusie_data.contract.words import number
from einclusie_data.files.write.book import offers_xlsx_bytes
from einclusie_data.files.write.tables import XLSX_TYPE, csv_bytes, file_stem, offers_geojson_bytes, workbook_columns
from einclusie_data.ui.frame import url_state
from einclusie_data.ui.frame.filters import REACHES
from einclusie_data.ui.offers.choice import LISTS_KEPT, SHOW_AS, TABLE, Listing, choose, listing_sentence
from einclusie_data.ui.parts.cards import Card, show_cards
from einclusie_data.ui.parts.markup import plain


def show_offer_downloads(listing: Listing) -> None:
    """Buttons for Excel (to be uploaded again), CSV and GeoJSON; none for an empty list."""
    if listing.offers.empty:
        return
    offers, dataset, question = listing.offers, listing.view.dataset, listing.view.choice.question

    shown = listing_sentence(listing)
    if words := str(st.session_state["zoek"] or "").strip():
        shown += f", met de woorden “{words}”"

    def xlsx() -> bytes:
        return offers_xlsx_bytes(offers, about_offers(dataset, question, len(offers), shown), dataset.typed)

    def csv() -> bytes:
        return csv_bytes(workbook_columns(offers, dataset.typed))

    def geojson() -> bytes:
        points = dataset.supply.points[~dataset.supply.points["hint"]]
        lon, lat = (degrees[points.index] for degrees in dataset.point_degrees)
        return offers_geojson_bytes(offers, points, zip(lon, lat, strict=True), dataset.typed)

    stem = file_stem("aanbod", question.on)
    with st.container(horizontal=True):
        st.download_button("Download als Excel", xlsx, f"{stem}.xlsx", XLSX_TYPE, type="primary", on_click="ignore")
        st.download_button("Download als CSV", csv, f"{stem}.csv", "text/csv", on_click="ignore")
        st.download_button(
            "Download als GeoJSON", geojson, f"{stem}.geojson", "application/geo+json", on_click="ignore"
        )
    st.caption(f"Niet in deze bestanden: {plain(in_a_row(left_out_columns(dataset)))}.")


FIRST_SHOWN = 20
"""How many cards a list shows before someone asks for all."""
HOW_TO_SPOT = (
    "In de lijst staan het midden van elke wijk, partners en gebouwen waarvan we de plek precies kennen. "
    "Dan zie je welk aanbod daar te voet dichtbij is, wat er aan huis of online komt, en wat verder weg ligt. "
    "Bij de filters kies je voor welke doelgroep, en hoe ver iemand wil lopen."
)
ALL_ABOUT = "Toon alles over dit aanbod"
LONG_AGO = ("checked", "valid_from", "valid_to")
_WIDTHS = {
    "name": 320, "organisations": 220, "types": 250, "groups": 170, "location": 170, "address": 170, "when": 220,
    "source": 260, "note": 320,
}  # fmt: skip


def show_offers(listing: Listing) -> None:
    """The list in the form that the visitor chose; the way on when it is empty."""
    if not listing.ready:
        st.text(HOW_TO_SPOT)
        return
    if listing.offers.empty:
        _show_nothing(listing)
        return
    st.segmented_control(
        "Toon als",
        list(SHOW_AS),
        key="weergave",
        format_func=SHOW_AS.__getitem__,
        required=True,
        label_visibility="collapsed",
    )
    if st.session_state["weergave"] == TABLE:
        _show_table(listing)
    else:
        _show_list(listing)


# --- cards ------------------------------------------------------------------------------------------------------------
def _headings(listing: Listing) -> dict[str, str]:
    """Relation -> heading, in the order of the list."""
    where = "de wijk" if listing.spot or len(listing.view.choice.scope.codes) == 1 else "het gebied"
    return {
        "": "Aanbod in de stad",
        IN_WIJK: f"In {where}",
        WITHIN_REACH: f"Binnen loopafstand ({number(listing.view.choice.question.reach_m)} m)",
        COMES: "Komt aan huis, rondreizend of online",
        ELSEWHERE: "Verder weg: het dichtste eerst",
        ACROSS: "Over de Schelde: dichtbij, maar niet in een rechte lijn te voet",
        MAYBE_HERE: f"Ligt misschien in {where}",
    }


def _show_list(listing: Listing) -> None:
    """Cards under a heading per relation; the first ones until someone asks for all."""
    size = len(listing.offers)
    shown = size if st.session_state["alles"] else min(FIRST_SHOWN, size)
    for place, (heading, cards) in enumerate(_sections(listing.key, shown, listing)):
        st.header(heading, anchor=False)
        show_cards(cards, key=f"aanbod_lijst_{place}", label=heading, on_pick=_open)
    if shown < size:
        st.button(f"Toon alles ({number(size)})", on_click=choose, kwargs={"alles": True})


@st.cache_resource(show_spinner=False, max_entries=LISTS_KEPT)
def _sections(key: tuple[object, ...], shown: int, _listing: Listing) -> list[tuple[str, list[Card]]]:
    """Heading and cards per relation that occurs among the first `shown` offers."""
    offers, dataset = _listing.offers, _listing.view.dataset
    sizes = offers["relation"].value_counts()
    first = offers.head(shown)
    texts = shown_texts(first, dataset.typed, dataset.areas)
    cards = [_card(_listing, row, line) for (_, row), (_, line) in zip(first.iterrows(), texts.iterrows(), strict=True)]
    return [
        (f"{heading}: {number(int(sizes[relation]))}", list(compress(cards, first["relation"] == relation)))
        for relation, heading in _headings(_listing).items()
        if (first["relation"] == relation).any()
    ]


def _open(row: str, _: str) -> None:
    choose(aanbod=int(row))


def _asked_group(listing: Listing) -> str:
    """The group that the list is for; who looks for everyone asks for no group."""
    group = listing.view.choice.group
    return ALL_GROUPS if group == EVERYONE else group


def _card(listing: Listing, row: pd.Series, texts: pd.Series) -> Card:
    question = listing.view.choice.question
    near = distance_words(row["relation"], row["distance_m"]) if listing.spot else ""
    maybe = "" if row.name in listing.sure else maybe_sentence(row, question, _asked_group(listing))
    checked = checked_sentence(row["checked"], question.on)
    where = where_words(texts, row["placement"], row["mode"], near)
    lines = (maybe, *card_lines(texts, where, checked))
    links = ((texts["website"], "Website"),)
    return Card(str(row["row"]), texts["name"], lines, None, (("alles", ALL_ABOUT),), links)


# --- table ------------------------------------------------------------------------------------------------------------
def _show_table(listing: Listing) -> None:
    """Every public field under its header; what is not filled in says so."""
    headers = OFFERS.headers
    st.dataframe(
        _table(listing),
        hide_index=True,
        height=min(560, 38 + 35 * len(listing.offers)),
        alt="Lijst van het aanbod",
        placeholder=NOT_FILLED,
        column_config={
            **{headers[key]: st.column_config.TextColumn(width=pixels) for key, pixels in _WIDTHS.items()},
            headers["website"]: st.column_config.LinkColumn(display_text="website", validate="^https?://"),
            **{headers[key]: st.column_config.DateColumn(format="DD/MM/YYYY") for key in LONG_AGO},
            "Rij": st.column_config.NumberColumn(format="%d"),
        },
    )


def _table(listing: Listing) -> pd.DataFrame:
    offers = listing.offers
    texts = shown_texts(offers, listing.view.dataset.typed, listing.view.dataset.areas)
    table = texts.where(texts != "", None)
    for key in LONG_AGO:  # dates sort as dates, unless a cell holds something else
        if not texts[key].str.contains("(", regex=False).any():
            table[key] = offers[key]
    table.insert(3, "Plek", offers["placement"])
    if listing.spot or listing.view.choice.scope.name != CITY:
        table.insert(3, "Waar", offers["relation"])
    if listing.spot:
        table.insert(4, "Loopafstand (m)", offers["distance_m"].where(offers["relation"] != ACROSS).round(-1))
    return table.assign(Rij=offers["row"]).rename(columns=OFFERS.headers)


# --- nothing ----------------------------------------------------------------------------------------------------------
def _show_nothing(listing: Listing) -> None:
    """Say so, and offer the ways on that can change it."""
    st.text(
        "Er is geen aanbod gevonden met deze keuzes. Dat wil niet zeggen dat er niets is: misschien staat het nog niet "
        "in de lijst. Zoek ruimer:"
    )
    state, choice = st.session_state, listing.view.choice
    ways: dict[str, dict[str, Any]] = {
        f"Toon wat misschien past ({number(listing.maybe)})": {"misschien": True} if listing.maybe else {},
        "Wis de zoekwoorden": {"zoek": ""} if state["zoek"] else {},
        "Zoek in de hele stad": {"gebied": CITY} if choice.scope.name != CITY else {},
        f"Loop tot {number(max(REACHES))} m": {"afstand": max(REACHES)} if state["afstand"] < max(REACHES) else {},
        "Toon elk soort aanbod": {"soort": "Alles"} if choice.question.filters.types else {},
        "Toon aanbod voor elke groep": {"doelgroep": EVERYONE} if choice.group != EVERYONE else {},
        "Toon elke manier van aanmelden": {"aanmelden": []} if state["aanmelden"] else {},
        "Toon elke taal": {"taal": []} if state["taal"] else {},
    }
    with st.container(horizontal=True):
        for label, values in ways.items():
            if values:
                st.button(label, on_click=choose, kwargs=values)
        st.button("Wis alle keuzes", on_click=url_state.wipe, args=[listing.view.params])
