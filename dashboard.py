"""What `streamlit run` gets: the page Start, and what the server serves.

A visit runs this file as a page. The server imports it, and then the app stands behind its guards (`ui/front.py`),
however it was started: `make run`, `streamlit run dashboard.py` or an ASGI server.
"""

from streamlit.starlette import App

from einclusie_data.ui.fence import internals
from einclusie_data.ui.frame import front

if internals.is_visit():
    # Here and not above: what a page draws with can only make itself known to Streamlit while a visit runs.
    from einclusie_data.ui.gaps.start import show_start

    show_start()
else:
    app = App(__file__, **front.parts())
    front.must_hold(app)
