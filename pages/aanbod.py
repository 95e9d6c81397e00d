"""Aanbod: who offers what, in an area or close to a spot; as a list and on a map, and one offer in full."""

import streamlit as st

from einclusie_data.ui.frame.page import close_page, open_page
from einclusie_data.ui.gaps.documents import show_overview_download
from einclusie_data.ui.offers.card import open_offer, show_offer
from einclusie_data.ui.offers.choice import choose_offers, drawn_here, offers_params, show_offers_map
from einclusie_data.ui.offers.listing import show_offer_downloads, show_offers

view = open_page("Aanbod", "Welk aanbod is er, en waar?", offers_params, drawn_here)
opened = open_offer(view)
listing = choose_offers(view, closed=opened is not None)
left, right = st.columns([3, 2], gap="medium")
with left:
    if opened is not None:
        show_offer(listing, opened)
    else:
        show_offers(listing)
        show_offer_downloads(listing)
        show_overview_download(view)
with right:
    show_offers_map(listing, opened)
close_page(view)
