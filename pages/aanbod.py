"""Aanbod: who offers what, where; as a list and on a map."""

from einclusie_data.ui import url_state
from einclusie_data.ui.offers_view import choose_offers, show_offer_downloads, show_offers, show_offers_map
from einclusie_data.ui.page import close_page, open_page

view = open_page("Aanbod", "Welk aanbod is er, en waar?", lambda _: [url_state.words("zoek")])
offers = choose_offers(view)
show_offers(view, offers)
show_offers_map(view, offers)
show_offer_downloads(view, offers)
close_page(view)
