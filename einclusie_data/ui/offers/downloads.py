"""Downloads of exactly what is listed. Never with distances: from those anyone could find the spot of a client."""

from __future__ import annotations

import streamlit as st

from einclusie_data.answers.report import about_offers, left_out_columns
from einclusie_data.contract.words import listing as in_a_row
from einclusie_data.files.write.book import offers_xlsx_bytes
from einclusie_data.files.write.tables import XLSX_TYPE, csv_bytes, file_stem, offers_geojson_bytes, workbook_columns
from einclusie_data.ui.offers.choice import Listing, listing_sentence
from einclusie_data.ui.parts.markdown import plain


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
