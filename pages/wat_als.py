"""Wat als: proposals beside today's offer, and what they would change."""

from einclusie_data.ui.frame.page import close_page, open_page
from einclusie_data.ui.scenario.page import show_scenarios
from einclusie_data.ui.scenario.state import scenario_params

view = open_page("Wat als", "Wat als er aanbod bij komt, of stopt?", scenario_params)
show_scenarios(view)
close_page(view)
