"""The only room that knows Streamlit; `frame` has what every page does first, `parts` what pages share.

A page calls one function: `ui.<room>.page`.

Its rooms are its face.
"""
