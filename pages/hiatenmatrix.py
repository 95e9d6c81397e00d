"""Hiatenmatrix: wijk x doelgroep, type or dagdeel; choose a cell and see why."""

import streamlit as st

from einclusie_data.answers.matrix import matrix_of
from einclusie_data.ui.frame.page import close_page, open_page
from einclusie_data.ui.gaps.cell import cell_params, choose_cell, choose_layout, pick, show_cell, show_gap_downloads
from einclusie_data.ui.parts.gaps import show_legend, show_meanings
from einclusie_data.ui.parts.matrix import show_matrix

view = open_page("Hiatenmatrix", "Welke groep mist wat, en in welke wijk?", cell_params)
per, order = choose_layout()
answer = view.answer("" if per == "doelgroep" else per)
rows = view.rows(answer)
group = "alle doelgroepen" if per == "doelgroep" else view.choice.group
st.markdown(f"**{view.sentence(group)}**")
show_legend()
matrix = matrix_of(rows, per, order)
left, right = st.columns([7, 4], gap="medium")
with right:
    chosen = choose_cell(matrix)
    show_cell(view, answer, per, chosen)
with left:
    show_matrix(
        matrix,
        key="matrix",
        caption=view.sentence(group),
        order=order,
        chosen=chosen,
        on_pick=lambda code, column: pick(matrix, code, column),
    )
    show_gap_downloads(view, answer, rows, per=per, group=group, order=order)
    show_meanings()
close_page(view)
