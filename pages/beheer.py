"""Beheer: the trekker uploads a workbook, sees what it would change, publishes it, or goes back."""

from einclusie_data.ui.frame.account import messages_were_shown
from einclusie_data.ui.frame.page import close_plain_page, open_plain_page
from einclusie_data.ui.frame.sign_in import show_account
from einclusie_data.ui.manage.page import PARAMS, show_part
from einclusie_data.ui.manage.upload import take_result

open_plain_page("Beheer", "Werkmap opladen, nakijken en publiceren", PARAMS)
take_result()
session = show_account()
if session is not None:
    show_part(session)
close_plain_page(PARAMS)
messages_were_shown()
