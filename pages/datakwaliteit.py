"""Datakwaliteit: where we do not know, who can fill it in, and what else is wrong, old or missing in the data."""

from einclusie_data.ui.frame.page import close_page, open_page
from einclusie_data.ui.quality.page import quality_params, show_answer, show_download, show_section, show_who

view = open_page("Datakwaliteit", "Waar weten we het niet, en wie kan het invullen?", quality_params)
show_answer(view)
show_download(view)
show_who(view)
show_section(view)
close_page(view)
