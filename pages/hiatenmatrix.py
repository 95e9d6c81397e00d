"""Hiatenmatrix: wijk x doelgroep, type or dagdeel; choose a cell and see why."""

import streamlit as st

from einclusie_data.figures import matrix_of
from einclusie_data.ui.cell import PER_LABELS, cell_params, choose_cell, pick, show_cell, show_gap_downloads
from einclusie_data.ui.matrix_view import show_matrix
from einclusie_data.ui.page import close_page, open_page
from einclusie_data.ui.parts import show_legend

view = open_page("Hiatenmatrix", "Welke groep mist wat, en in welke wijk?", cell_params)
per = st.segmented_control(
    "Kolommen",
    list(PER_LABELS),
    format_func=PER_LABELS.get,
    key="per",
    required=True,
)
answer = view.answer("" if per == "doelgroep" else per)
rows = view.rows(answer)
group = "alle doelgroepen" if per == "doelgroep" else view.choice.group
st.markdown(f"**{view.sentence(group)}**")
show_legend()
matrix = matrix_of(rows, per)
left, right = st.columns([5, 3], gap="medium")
with right:
    chosen = choose_cell(matrix)
    show_cell(view, answer, per, chosen)
with left:
    show_matrix(
        matrix,
        key="matrix",
        caption=view.sentence(group),
        chosen=chosen,
        on_pick=lambda code, column: pick(matrix, code, column),
    )
    show_gap_downloads(view, answer, rows, per, group)
close_page(view)
