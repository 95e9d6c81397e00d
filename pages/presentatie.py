"""Presentatie: the steps of a meeting on a big screen."""

from einclusie_data.ui.frame.page import close_page, open_page
from einclusie_data.ui.meeting.presentation import presentation_params, show_presentation

view = open_page("Presentatie", "Hiatenkaart e-inclusie Antwerpen", presentation_params)
show_presentation(view)
close_page(view)
