"""The only place that leans on the insides of Streamlit and streamlit-folium; looked at before the app is served.

Face: `folium_map`, `internals` (with `check`), `reruns`.
"""
