"""One cell of the matrix: choose it by click or by list, and see why it is so."""

from __future__ import annotations

from collections.abc import Container

import pandas as pd
import streamlit as st

from einclusie_data.answers.explain import offers_of_cell
from einclusie_data.answers.matrix import BY_DISTRICT, ORDERS, Matrix
from einclusie_data.answers.report import gap_report
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.gaps import Answer
from einclusie_data.files.write.tables import XLSX_TYPE, csv_bytes, file_stem
from einclusie_data.output.gap_xlsx import gap_xlsx_bytes
from einclusie_data.ui.frame import url_state
from einclusie_data.ui.frame.filters import OWN_CHOICE, filter_params
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.frame.url_state import Param
from einclusie_data.ui.parts.gaps import show_offers_of_cell, show_verdict
from einclusie_data.ui.parts.markup import plain

PER_LABELS = {"doelgroep": "Doelgroepen", "type": "Types aanbod", "dagdeel": "Dagdelen"}
"""Value of `--per` -> label of the choice."""


def cell_params(dataset: Dataset) -> list[Param]:
    """The choices of the page of the matrix, as they stand in the URL."""
    wijken = dataset.areas.wijken
    columns = (*dataset.groups, *dataset.values("types"), *dataset.values("dayparts"))
    return [
        url_state.one_of("per", PER_LABELS, "doelgroep"),
        url_state.one_of("volgorde", ORDERS, BY_DISTRICT),
        url_state.one_of("wijk", wijken.loc[wijken["inhabited"], "label"], None),
        url_state.one_of("kolom", columns, None),
    ]


def choose_layout() -> tuple[str, str]:
    """What the columns are, and the order of the wijken."""
    with st.container(horizontal=True):
        per = st.segmented_control(
            "Kolommen", list(PER_LABELS), format_func=lambda one: PER_LABELS[one], key="per", required=True
        )
        order = st.segmented_control(
            "Volgorde", list(ORDERS), format_func=lambda one: ORDERS[one], key="volgorde", required=True
        )
    return per or "doelgroep", order or BY_DISTRICT


def choose_cell(matrix: Matrix) -> tuple[str, int] | None:
    """Two lists that choose a cell: for the keyboard, the phone and the link; the matrix sets the same ones.

    Returns
    -------
    (wijkcode, column position), or None when nothing is chosen yet
    """
    codes = codes_by_label(matrix)
    _forget_unless_in("wijk", codes)
    _forget_unless_in("kolom", matrix.columns)
    left, right = st.columns(2)
    with left:
        label = st.selectbox("Kies een wijk", list(codes), format_func=plain, key="wijk", placeholder="Kies een wijk")
    with right:
        column = st.selectbox(
            "Kies een kolom", list(matrix.columns), format_func=plain, key="kolom", placeholder="Kies een kolom"
        )
    return (codes[label], matrix.columns.index(column)) if label and column else None


def _forget_unless_in(key: str, options: Container[str]) -> None:
    """A choice that the matrix no longer shows is no choice."""
    if st.session_state[key] not in options:
        st.session_state[key] = None


def codes_by_label(matrix: Matrix) -> dict[str, str]:
    """Label of every wijk in the matrix -> its code."""
    return {row["label"]: row["code"] for row in matrix.rows if "code" in row}


def pick(matrix: Matrix, code: str, column: int) -> None:
    """Put a clicked cell in the two lists."""
    st.session_state["wijk"] = next(label for label, one in codes_by_label(matrix).items() if one == code)
    st.session_state["kolom"] = matrix.columns[column]


def show_cell(view: View, answer: Answer, per: str, chosen: tuple[str, int] | None) -> None:
    """Why a cell has its verdict: the sentence, the offers that count, those that nearly do, what to fill in."""
    if chosen is None:
        st.text("Klik op een vakje, of kies een wijk en een kolom. Dan zie je hier waarom.")
        return
    code, case = chosen
    rows = answer.table[answer.table["wijkcode"] == code]
    row = rows.iloc[case]
    st.header(f"{plain(row['wijk'])}: {plain(row[per])}", anchor=False)
    show_verdict(row)
    reach = view.dataset.reach(view.choice.question.reach_m)
    wijk = int(view.dataset.areas.wijken.index.get_loc(code))
    query = {
        **url_state.chosen(filter_params(view.version, view.dataset)),
        **_only(per, row),
        "wijk": [str(row["wijk"])],
        "doelgroep": [row["doelgroep"]],
    }
    with st.container(horizontal=True):
        st.page_link("pages/methodieken.py", label="Methodieken die passen", query_params=query)
        st.page_link("pages/hiatenkaart.py", label="Alles over deze wijk", query_params=query)
        st.page_link("pages/besluiten.py", label="Maak hiervan een voorstel", query_params=query)
    # Not kept: it takes some hundredths of a second, and at 20,000 offers each of the 670 cells would fill megabytes.
    show_offers_of_cell(offers_of_cell(view.dataset.supply, reach, answer, wijk, case))


def _only(per: str, row: pd.Series) -> dict[str, list[str]]:
    """The filter that makes another page ask what this column asks."""
    if per == "type":
        return {"soort": [OWN_CHOICE], "type": [str(row[per])]}
    return {} if per == "doelgroep" else {per: [str(row[per])]}


def show_gap_downloads(view: View, answer: Answer, rows: pd.DataFrame, *, per: str, group: str, order: str) -> None:
    """Download exactly what the matrix shows. The files are made outside the page: they can't ask the session."""

    def xlsx() -> bytes:
        return gap_xlsx_bytes(
            gap_report(
                view.dataset,
                answer,
                rows,
                column=per,
                area=view.choice.scope.text,
                group=group,
                order=order,
            )
        )

    stem = file_stem("hiaten", view.choice.question.on)
    with st.container(horizontal=True):
        st.download_button("Download als Excel", xlsx, f"{stem}.xlsx", XLSX_TYPE, type="primary", on_click="ignore")
        st.download_button("Download als CSV", lambda: csv_bytes(rows), f"{stem}.csv", "text/csv", on_click="ignore")
