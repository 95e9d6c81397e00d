"""The list of offers on a page: filtered, on a map, and to download."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from einclusie_data.codelists import EVERYONE
from einclusie_data.export import csv_bytes, file_stem, offers_geojson_bytes, workbook_columns
from einclusie_data.export_xlsx import offers_xlsx_bytes
from einclusie_data.locate import Placement
from einclusie_data.offers import ALL_GROUPS, offer_list, search
from einclusie_data.report import about_offers, left_out_columns
from einclusie_data.schema import OFFERS
from einclusie_data.scopes import CITY
from einclusie_data.ui.cell import XLSX
from einclusie_data.ui.layers import show_layers
from einclusie_data.ui.markdown import plain
from einclusie_data.words import count, listing, number

if TYPE_CHECKING:
    import pandas as pd

    from einclusie_data.ui.page import View

_SHOWN = ("name", "organisations", "groups", "types", "location", "address", "postcode", "when", "price", "signup",
          "contact", "website", "checked", "source", "note", "row")  # fmt: skip
_WIDTHS = {
    "name": 320, "organisations": 220, "groups": 170, "types": 250, "location": 170, "address": 170, "postcode": 110,
    "when": 220, "price": 120, "signup": 130, "contact": 130, "source": 260, "note": 320,
}  # fmt: skip
"""Pixels per column: wide enough to say that something is not filled in."""


def choose_offers(view: View) -> pd.DataFrame:
    """The offers of the view: of the chosen area, filters and group, and with the words searched for.

    Someone who chose Iedereen gets the offers of every group.
    """
    words = st.text_input("Zoek", key="zoek", placeholder="Zoek op naam, organisatie, straat …") or ""
    group = ALL_GROUPS if view.choice.group == EVERYONE else view.choice.group
    found = search(_listed(view, group, unknown_too=False), words)
    more = len(search(_listed(view, group, unknown_too=True), words)) - len(found)
    st.markdown(
        f"**{count(len(found), 'aanbod', 'keer aanbod')}: {plain(view.sentence(group or 'alle doelgroepen'))}**"
    )
    if more:
        st.caption(
            f"Nog {count(more, 'aanbod past', 'keer aanbod past')} misschien: wat je filtert is er niet ingevuld. "
            "Kies bij Soort aanbod “Alles” en wis de andere filters om het te zien."
        )
    return found


def _listed(view: View, group: str, *, unknown_too: bool) -> pd.DataFrame:
    question, scope = view.choice.question, view.choice.scope
    wijken = None
    if scope.name != CITY:
        wijken = [int(place) for place in view.dataset.areas.wijken.index.get_indexer(list(scope.codes))]
    supply, reach = view.dataset.supply, view.dataset.reach(question.reach_m)
    return offer_list(supply, reach, question, group=group, wijken=wijken, unknown_too=unknown_too)


def _shown_table(view: View, offers: pd.DataFrame) -> pd.DataFrame:
    """The public fields under their headers; None = not filled in. A cell that was not understood says what it says."""
    texts = offers[list(_SHOWN)].map(lambda cell: ("; ".join(cell) if isinstance(cell, tuple) else cell) or None)
    for key in ("groups", "types", "price", "signup", "postcode"):
        typed = view.dataset.typed[key].reindex(offers.index) if key in view.dataset.typed else ""
        unread = texts[key].isna() & (typed != "")
        texts[key] = texts[key].mask(unread, typed + " (niet begrepen)")
    table = texts.rename(columns=OFFERS.headers | {"row": "Rij"})
    table.insert(2, "Plek", offers["placement"])
    if view.choice.scope.name != CITY:
        table.insert(2, "Waar", offers["relation"])
    return table


def show_offers(view: View, offers: pd.DataFrame) -> None:
    """The offers as a table with their public fields; what is not filled in says so."""
    if offers.empty:
        st.text("Er is geen aanbod gevonden met deze filters. Maak het gebied ruimer of wis een filter.")
        return
    headers = OFFERS.headers
    st.dataframe(
        _shown_table(view, offers),
        hide_index=True,
        height=min(420, 38 + 35 * len(offers)),
        alt="Lijst van het aanbod",
        placeholder="niet ingevuld",
        column_config={
            **{headers[key]: st.column_config.TextColumn(width=pixels) for key, pixels in _WIDTHS.items()},
            headers["website"]: st.column_config.LinkColumn(display_text="website", validate="^https?://"),
            headers["checked"]: st.column_config.DateColumn(format="DD/MM/YYYY"),
        },
    )


def show_offers_map(view: View, offers: pd.DataFrame) -> None:
    """The offers that have a place, on the wijken of the chosen group."""
    placed = offers["placement"].isin([Placement.EXACT, Placement.APPROXIMATE]).sum()
    st.caption(
        f"Op de kaart: {number(int(placed))} van {number(len(offers))}. De kleuren tonen het oordeel voor "
        f"{plain(view.choice.group.lower())}."
    )
    show_layers(view, view.summary.rows, tuple(offers.index), key="kaart_aanbod", height=480)


def show_offer_downloads(view: View, offers: pd.DataFrame) -> None:
    """Download exactly what is listed."""
    dataset, question = view.dataset, view.choice.question

    def xlsx() -> bytes:
        return offers_xlsx_bytes(offers, about_offers(dataset, question, len(offers)), dataset.typed)

    def geojson() -> bytes:
        points = dataset.supply.points[~dataset.supply.points["hint"]]
        lon, lat = dataset.areas.to_degrees(points["x"].to_numpy(), points["y"].to_numpy())
        return offers_geojson_bytes(offers, points, zip(lon, lat, strict=True), dataset.typed)

    stem = file_stem("aanbod", question.on)
    with st.container(horizontal=True):
        st.download_button("Download als Excel", xlsx, f"{stem}.xlsx", XLSX, type="primary", on_click="ignore")
        st.download_button(
            "Download als CSV",
            lambda: csv_bytes(workbook_columns(offers, dataset.typed)),
            f"{stem}.csv",
            "text/csv",
            on_click="ignore",
        )
        st.download_button(
            "Download als GeoJSON", geojson, f"{stem}.geojson", "application/geo+json", on_click="ignore"
        )
    st.caption(f"Niet in deze bestanden: {plain(listing(left_out_columns(dataset)))}.")
