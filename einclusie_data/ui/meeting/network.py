"""The page Netwerk: who takes part in the chosen network, who could, and where nobody is active."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.answers.scopes import CITY, network_name
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.words import UNKNOWN, listing, number
from einclusie_data.engine.dataset import Dataset
from einclusie_data.files.write.tables import XLSX_TYPE, file_stem
from einclusie_data.meeting.network import (
    FILL_IN,
    LOOKS,
    Network,
    near_gaps,
    network_looks,
    network_of,
    network_sentences,
    network_xlsx_bytes,
    partner_table,
)
from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.ui.frame import data, published, url_state
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.frame.url_state import Param
from einclusie_data.ui.maps.layers import looks_layer
from einclusie_data.ui.parts.gaps import show_looks
from einclusie_data.ui.parts.map import show_map
from einclusie_data.ui.parts.markup import join, table

ROLE_KEY, SORT_KEY = "rol", "soort_partner"
SHOWN = 60
KEPT = 60
HOW_TO_CHOOSE = "Kies een netwerk bij “Gebied” in de filters. De keuze blijft op elke pagina, en in de link."
NEAR = "In de wijk, of op loopafstand van het midden van de wijk."


def network_params(dataset: Dataset) -> list[Param]:
    """The choices of this page, as they stand in the URL."""
    partners = dataset.workbook.partners
    return [
        url_state.one_of(ROLE_KEY, sorted({*partners["role"]} - {""}), None),
        url_state.one_of(SORT_KEY, sorted({*map(mask_personal, partners["sort"])} - {""}), None),
    ]


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _network(version: str, question: str, scope: str, _view: View) -> Network:
    return network_of(_view.dataset, _view.choice.question, _view.choice.scope)


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _near(
    version: str, question: str, scope: str, group: str, _network: Network, _view: View
) -> list[tuple[str, str, tuple[str, ...]]]:
    rows = _view.rows(_view.answer())
    rows = rows if group == EVERYONE else rows[rows["doelgroep"] == group]
    return near_gaps(_view.dataset, _network, rows, _view.choice.question.reach_m)


def show_network(view: View) -> None:
    """The answer, the map, the partners, and who could take part."""
    key = (view.version, repr(view.choice.question), view.choice.scope.name)
    network = _network(*key, view)
    areas = view.dataset.areas
    first, *rest = network_sentences(network, areas, view.choice.scope)
    st.html(Markup("<p class='antwoord'><b>{}</b> {}</p>").format(first, join(rest, " ")))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _show_map(view, network)
    with right:
        _show_possible(network, _near(*key, view.choice.group, network, view))
    _show_partners(view, network)
    _show_download(view, network)


def _show_map(view: View, network: Network) -> None:
    scope = view.choice.scope
    if scope.name == CITY:
        st.caption(HOW_TO_CHOOSE)
    elif not network_name(scope):
        st.caption(f"Je ziet een gebied, geen netwerk. {HOW_TO_CHOOSE}")
    looks = network_looks(network, view.dataset.areas, scope)
    sizes = looks["soort"].value_counts()
    show_looks([(look, int(sizes[code])) for code, look in LOOKS.items() if code in sizes])
    show_map(
        [_layer(view.version, repr(view.choice.question), scope.name, view.choice.group, looks)],
        key="kaart_netwerk",
        bounds=data.bounds(),
        focus=data.focus(scope.codes),
        centre=data.centre(),
        height=430,
    )
    empty = [str(view.dataset.areas.wijken.loc[code, "label"]) for code in network.empty]
    if empty:
        st.html(
            Markup("<details class='uitleg'><summary>Deze wijken bij naam</summary><p>{}.</p></details>").format(
                listing(sorted(empty))
            )
        )


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _layer(version: str, question: str, scope: str, group: str, _looks: pd.DataFrame) -> Drawing:
    return looks_layer(_looks, LOOKS, {"label": "Wijk", "word": "Netwerk"}, f"{group}|{scope}|{question}")


def _show_partners(view: View, network: Network) -> None:
    st.header(f"Partners: {number(len(network.partners))}", anchor=False)
    partners = network.partners
    with st.container(horizontal=True):
        role = _choose("Rol", ROLE_KEY, {one for cell in partners["roles"] for one in cell})
        sort = _choose("Soort", SORT_KEY, set(partners["sort"]) - {""})
    if role:
        partners = partners[partners["roles"].map(lambda cell: role in cell).astype(bool)]
    if sort:
        partners = partners[partners["sort"] == sort]
    if partners.empty:
        st.text("Niemand in de werkmap.")
        return
    shown = partner_table(partners.head(SHOWN), view.dataset.areas)
    st.html(table("Partners", list(shown.columns), _cells(shown), name="breed lang heel"))
    if len(partners) > SHOWN:
        st.caption(f"En nog {number(len(partners) - SHOWN)}. Ze staan in het Excel-bestand.")


def _choose(label: str, key: str, options: set[str]) -> str | None:
    found = sorted(options)
    if st.session_state[key] not in found:
        st.session_state[key] = None
    chosen: str | None = st.selectbox(label, found, key=key, placeholder="Alle", index=None, width=260)
    return chosen


def _cells(shown: pd.DataFrame) -> list[Sequence[str]]:
    return [[number(cell) if isinstance(cell, int) else str(cell) for cell in row] for row in shown.to_numpy()]


def _show_possible(network: Network, near: list[tuple[str, str, tuple[str, ...]]]) -> None:
    st.header(f"Mogelijke partners: {number(len(network.possible))}", anchor=False)
    if network.possible.empty:
        st.text("De werkmap noemt hier nog geen mogelijke partner: een school, een dienstencentrum, een huisvester …")
        return
    wijken: dict[str, list[str]] = {}
    for name, wijk, groups in near:
        wijken.setdefault(name, []).append(f"{wijk} ({listing([one.lower() for one in groups])})")
    items = [
        Markup("<li><b>{}</b> · {}<br>Mogelijke hiaten dichtbij: {}</li>").format(
            row["organisation"], row["sort"] or f"soort {UNKNOWN}", _near_words(row, wijken)
        )
        for row in network.possible.head(SHOWN).to_dict("records")
    ]
    st.html(Markup("<ul class='aanbod'>{}</ul>").format(join(items)))
    st.caption(NEAR)


def _near_words(row: dict[Hashable, Any], wijken: dict[str, list[str]]) -> str:
    if not row["wijken"]:
        return f"onbekend, want we kennen de plek niet. {FILL_IN}"
    return listing(wijken.get(str(row["organisation"]), [])) or "geen"


def _show_download(view: View, network: Network) -> None:
    areas, origin = view.dataset.areas, published.origin(view.version, view.dataset)
    about = [("Wat je ziet", view.sentence(view.choice.group)), ("Gegevens", origin), ("Onbekend", FILL_IN)]

    def xlsx() -> bytes:
        tables = {"Partners": network.partners, "Mogelijke partners": network.possible}
        return network_xlsx_bytes({name: partner_table(one, areas) for name, one in tables.items()}, about)

    stem = file_stem("netwerk", view.choice.question.on)
    st.download_button("Download als Excel", xlsx, f"{stem}.xlsx", XLSX_TYPE, on_click="ignore")
