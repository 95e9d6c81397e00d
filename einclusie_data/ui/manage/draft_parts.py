"""The parts of the report on an uploaded workbook: what changes, what is wrong, what was understood, what to place.

Offers of an uploaded workbook that have no point yet: look up their addresses, or put them on the map by hand.
"""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.answers.quality import problems_per_column, problems_table
from einclusie_data.changes.words import group_with_most
from einclusie_data.checking.header_matches import (
    IGNORE,
    choices_left,
    hand_matches,
    understood_columns,
    understood_sheets,
)
from einclusie_data.contract import settings
from einclusie_data.contract.errors import DataFileError
from einclusie_data.contract.words import count, listing, number
from einclusie_data.contract.workbook import How
from einclusie_data.engine.dataset import Dataset
from einclusie_data.files.repair.workbook import how_to_use, repair_workbook
from einclusie_data.geocode.answer import Point
from einclusie_data.geocode.points import PointSource
from einclusie_data.output.maps import maps
from einclusie_data.output.maps.leaflet import Drawing
from einclusie_data.publishing.draft import Comparison, Draft, offers_to_place, still_without, where_words
from einclusie_data.ui.changes.view import show_change_lists, show_change_map
from einclusie_data.ui.frame import data
from einclusie_data.ui.frame.job import Work, work
from einclusie_data.ui.frame.trekker_files import show_file
from einclusie_data.ui.manage import upload
from einclusie_data.ui.maps.layers import STREETS, STREETS_HELP
from einclusie_data.ui.parts.map import show_map
from einclusie_data.ui.parts.markup import join, plain, table
from einclusie_data.ui.quality import page


def show_places(dataset: Dataset) -> None:
    """How many offers have no point, and both ways to give them one."""
    table = offers_to_place(dataset)
    without = still_without(table)
    st.text(
        f"{count(len(without), 'aanbod heeft', 'keer aanbod heeft')} nog geen punt op de kaart. Met een punt weten we "
        "juist wie er te voet geraakt."
        if len(without)
        else "Elk aanbod met een vaste plek heeft een punt op de kaart."
    )
    _show_addresses(without)
    if len(table):
        _show_by_hand(table, work().serial)


def _show_addresses(without: pd.DataFrame) -> None:
    """The geocoder: off until the trekker switches it on."""
    can_ask = int(without["can_ask"].sum())
    if not can_ask:
        return
    host = settings.GEOCODER_URL.partition("://")[2].partition("/")[0]
    on = st.toggle(
        f"Adressen opzoeken bij de Vlaamse overheid ({plain(host)})",
        key="adressen_aan",
        persist_state="page",
        help="Dan gaan de straat, het nummer en de postcode van het aanbod naar die dienst. Verder niets.",
    )
    if on:
        st.button(
            f"Zoek {count(can_ask, 'adres', 'adressen')} op", on_click=upload.look_up_addresses, key="adressen_opzoeken"
        )


def _label(one: pd.Series) -> str:
    """Says nothing that changes with the point: the list would lose its choice."""
    return f"rij {one['row']}: {one['name']} ({one['organisations'] or 'organisatie niet ingevuld'})"


def _show_by_hand(table: pd.DataFrame, serial: int) -> None:
    st.header("Zet een punt met de hand", anchor=False)
    labels = {int(one["row"]): _label(one) for _, one in table.iterrows()}
    row = st.selectbox(
        "Welk aanbod?",
        list(labels),
        format_func=labels.__getitem__,
        key=f"te_plaatsen_{serial}",
        placeholder="Kies",
        persist_state="page",
    )
    chosen = table[table["row"] == row].iloc[0]
    address = chosen["address"] or "adres niet ingevuld"
    st.text(f"{address}: {where_words(chosen)}")
    st.toggle("Toon straten", key=STREETS, help=STREETS_HELP, persist_state="session")
    _show_map(chosen)
    _show_typing(chosen, serial)


def _show_map(chosen: pd.Series) -> None:
    key = chosen["key"]
    show_map(
        [_wijken(), *_points(chosen)],
        key="kaart_plaatsen",
        bounds=data.bounds(),
        focus=data.focus(chosen["codes"] or _all_codes()),
        centre=data.centre(),
        height=480,
        tiles=st.session_state.get(STREETS, False),
        on_click=lambda lat, lon: upload.put_point(key, Point(lat, lon)),
    )


def _show_typing(chosen: pd.Series, serial: int) -> None:
    """Without a mouse: coordinates; and the way back."""
    key, field = chosen["key"], f"punt_{serial}_{chosen['row']}"
    with st.form("punt", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Of typ de coördinaten", key=field, placeholder="51,2194; 4,4025", width=220)
        st.form_submit_button("Zet dit punt", on_click=upload.put_typed_point, args=[key, field], key="punt_zetten")
    if chosen["source"] == PointSource.HAND:
        st.button("Haal dit punt weg", on_click=upload.put_point, args=[key, None], key="punt_weg")


def _all_codes() -> tuple[str, ...]:
    return tuple(data.areas().wijken.index)


@st.cache_resource(show_spinner=False)
def _wijken() -> Drawing:
    shapes = data.shapes().assign(colour="#bcc9d4", ink="#3d4a57", symbol="")
    return maps.verdict_layer(shapes, {"label": "Wijk"}, filter_id="plaatsen")


def _points(chosen: pd.Series) -> list[Drawing]:
    if pd.isna(chosen["lat"]):
        return []
    marks = {"name": [chosen["name"]], "lon": [chosen["lon"]], "lat": [chosen["lat"]], "exact": [True]}
    return [maps.offers_layer(pd.DataFrame(marks))]


CHANGES, PROBLEMS, COLUMNS, PLACES = "wijzigingen", "meldingen", "kolommen", "plekken"
MATCHES_SHOWN = 25
"""Columns to match by hand on screen."""


def show_parts(draft: Draft, now: Work) -> None:
    """One part of the report, by choice."""
    if draft.dataset is None:
        return
    problems = len(draft.dataset.workbook.problems) + len(draft.dataset.placed.problems)
    labels = {
        CHANGES: "Wat er verandert",
        PROBLEMS: f"Meldingen ({number(problems)})",
        COLUMNS: f"Bladen en kolommen ({number(len(draft.unmatched))} niet herkend)",
        PLACES: "Plekken op de kaart",
    }
    chosen = st.segmented_control(
        "Deel van het verslag", list(labels), format_func=labels.__getitem__, key="verslag", default=CHANGES,
        required=True, label_visibility="collapsed", persist_state="page",
    )  # fmt: skip
    if chosen == CHANGES:
        _show_changes(draft.dataset, now.comparison)
    elif chosen == PROBLEMS:
        _show_problems(draft, draft.dataset, now)
    elif chosen == COLUMNS:
        show_columns(draft)
    else:
        show_places(draft.dataset)


def _show_changes(dataset: Dataset, comparison: Comparison | None) -> None:
    if comparison is None or comparison.changes is None:
        st.text("Er is niets om mee te vergelijken.")
        return
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.session_state.setdefault("verslag_groep", group_with_most(comparison.changes.gaps, dataset.groups))
        group = st.selectbox("Voor wie?", dataset.groups, key="verslag_groep", placeholder="Kies", persist_state="page")
        show_change_map(comparison.changes, str(group), key="kaart_verslag")
    with right:
        show_change_lists(comparison.changes)


def _show_problems(draft: Draft, dataset: Dataset, now: Work) -> None:
    problems = problems_table(dataset.workbook, dataset.placed.problems)
    if problems.empty:
        st.text("We vonden geen fouten in het bestand. Elke rij is gelezen en begrepen.")
        return
    _show_repair(draft, dataset, now)
    st.html(page.columns_html(problems_per_column(problems)) + Markup("<br>") + page.problems_html(problems))


def _show_repair(draft: Draft, dataset: Dataset, now: Work) -> None:
    """The same workbook to repair in Excel; made when someone asks."""
    with st.expander("Verbeteren in Excel", on_change="rerun", key="verbeteren") as panel:
        if not panel.open:
            return
        try:
            repair = now.repair = now.repair or repair_workbook(draft.content, draft.name, dataset.workbook)
        except DataFileError as error:
            st.error(plain(error))
            return
        st.html(Markup("<ol>{}</ol>").format(join(Markup("<li>{}</li>").format(step) for step in how_to_use())))
        for note in repair.notes:
            st.text(note)
        show_file(
            "Download om te verbeteren",
            repair.name,
            partial(_repaired, now),
            key=f"repair {now.serial}",
            kind="primary",
        )


def _repaired(now: Work) -> bytes:
    if now.repair is None:
        raise DataFileError("Deze werkmap is ondertussen weggelegd of veranderd. Kijk in Beheer welke er openstaat.")
    return now.repair.content


def show_columns(draft: Draft) -> None:
    """Which sheets and columns were understood, and a choice for those that were not."""
    _show_unmatched(draft)
    for match, header, label in hand_matches(draft.workbook, draft.matches):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"“{header}” is met de hand gekoppeld: {label}.", width="content")
            st.button("Ongedaan maken", on_click=upload.match_column, args=[match, None], key=f"ongedaan|{match}")
    if draft.dataset is None:
        return
    st.header("Wat we begrijpen", anchor=False)
    workbook = draft.dataset.workbook
    sheets = [
        (name or "(geen naam)", what, number(read), number(used))
        for name, what, read, used in understood_sheets(workbook)
    ]
    st.html(table("Bladen", ("Blad in jouw bestand", "Dit is", "Rijen gelezen", "Rijen gebruikt"), sheets))
    _show_understood(understood_columns(workbook))


def _show_understood(columns: pd.DataFrame) -> None:
    """The columns that go by another name in a table; those that carry the contract's name in a line per sheet."""
    heads = ("Kolom in jouw bestand", "Wij lezen", "Herkend door", "Blad")
    named = columns["how"] == How.NAME
    others = [(one["header"], one["label"], one["how"], one["sheet"]) for one in columns[~named].to_dict("records")]
    if others:
        st.html(table("Kolommen met een andere naam", heads, others))
    lines = [
        Markup("<li><b>{}</b>: {}</li>").format(sheet, listing(list(headers)))
        for sheet, headers in columns[named].groupby("sheet", sort=False)["header"]
    ]
    st.html(
        Markup(
            "<details class='uitleg'><summary>Kolommen met de juiste naam: {}</summary><ul>{}</ul></details>"
        ).format(number(int(named.sum())), join(lines))
    )


def _option(options: dict[str, str], column: str) -> str:
    return options.get(column, "Niets: laat deze kolom weg")


def _show_unmatched(draft: Draft) -> None:
    unmatched = draft.unmatched
    if unmatched.empty:
        return
    st.header("Kolommen die we niet herkennen", anchor=False)
    st.text(
        f"{count(len(unmatched), 'kolom telt', 'kolommen tellen')} niet mee. Weet je wat er in staat? Kies het hier. "
        "We onthouden je keuze voor de volgende keer, als je publiceert."
    )
    for one in unmatched.head(MATCHES_SHOWN).to_dict("records"):
        options = choices_left(one["key"], draft.workbook)
        key = f"koppel|{one['match'][0]}|{one['match'][1]}"
        examples = f"Bijvoorbeeld: {', '.join(one['examples'])}. " if one["examples"] else ""
        guess = f"Misschien is dit {options[one['guess']]}." if one["guess"] in options else ""
        if examples or guess:
            st.caption(plain(f"{one['header']}. {examples}{guess}"))
        st.selectbox(
            plain(f"De kolom “{one['header']}” op het blad {one['sheet']} is …"),
            [*options, IGNORE],
            index=None,
            format_func=partial(_option, options),
            placeholder="Kies een kolom",
            key=key,
            on_change=upload.match_column,
            args=[one["match"], key],
        )
