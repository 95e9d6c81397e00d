"""The only place that leans on the insides of Streamlit and streamlit-folium; looked at before the app is served.

Face: `internals` (with `check`), `reruns`, `folium_map`.
"""
