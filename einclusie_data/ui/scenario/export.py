"""Downloads of the page Wat als: rows for the workbook, and one page of Word."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

import streamlit as st

from einclusie_data.city.areas import attribution
from einclusie_data.files.write.tables import XLSX_TYPE, file_stem
from einclusie_data.proposals.document import DOCX_TYPE, ScenarioPage, scenario_docx_bytes
from einclusie_data.proposals.rows import HOW_TO_PASTE, proposal_rows_xlsx_bytes
from einclusie_data.proposals.scenario import Scenario
from einclusie_data.proposals.words import scenario_name
from einclusie_data.ui.frame import published, url_state
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.scenario.data import Picture

SHARE = "De link in de adresbalk bevat dit scenario. Kopieer de link om het te delen."


def show_export(view: View, scenario: Scenario, seen: Picture) -> None:
    """The scenario on one page, the new offers as rows of the workbook, and how to share."""
    if not scenario.proposals:
        return
    on = view.choice.question.on
    stem = file_stem("scenario", on)
    with st.container(horizontal=True):
        page = partial(_word, view, scenario, seen, _link(view))
        st.download_button("Download als één pagina (Word)", page, f"{stem}.docx", DOCX_TYPE, on_click="ignore")
        if scenario.new_offers:
            rows = partial(proposal_rows_xlsx_bytes, view.dataset, scenario, on)
            st.download_button("Download als rijen voor de werkmap", rows, f"{stem}.xlsx", XLSX_TYPE, on_click="ignore")
    st.caption(f"{SHARE} {HOW_TO_PASTE}" if scenario.new_offers else SHARE)


def _word(view: View, scenario: Scenario, seen: Picture, link: str) -> bytes:
    """Made when someone asks for it."""
    page = ScenarioPage(
        name=scenario_name(scenario),
        lead=seen.lead,
        view=view.sentence(view.choice.group),
        proposals=seen.proposals,
        sentences=seen.sentences,
        doubts=seen.doubts,
        changed=seen.changed,
        origin=published.origin(view.version, view.dataset),
        sources=[one.text for one in attribution()],
        link=link,
        on=view.choice.question.on,
    )
    return scenario_docx_bytes(page)


def _link(view: View) -> str:
    """The address of this view, as the page writes it when it is drawn to its end."""
    address = st.context.url
    query = urlencode(url_state.chosen(view.params), doseq=True)
    return f"{address if isinstance(address, str) else ''}?{query}"
