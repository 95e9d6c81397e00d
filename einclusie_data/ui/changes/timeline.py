"""Verloop, at the end of the page Veranderingen: gaps over all published versions, with the meetings marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from einclusie_data.contract.errors import StoreError
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.words import count, day, listing
from einclusie_data.publishing.history import first_and_last, gap_lines, meetings_between
from einclusie_data.publishing.history_lines import lines_svg
from einclusie_data.ui.changes.timeline_data import Timeline, timeline
from einclusie_data.ui.changes.timeline_html import basis_table, numbers_table, strip_table
from einclusie_data.ui.frame import published
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.parts.drawing import show_drawing
from einclusie_data.ui.parts.gaps import show_legend
from einclusie_data.ui.parts.markdown import plain

TOO_FEW = "Zodra een trekker een tweede versie publiceert, zie je hier hoe de hiaten veranderen in de tijd."
ONE_DAY = "Alle versies zijn van dezelfde dag. Na een volgende publicatie zie je hier het verloop."
HOW = (
    "We berekenen elke versie opnieuw, met de regels en de referentiegegevens van nu, op de dag dat ze gepubliceerd "
    "is. Een verschil is dus een echte verandering: in het aanbod, of in wat we ervan weten. Daalt een lijn, kijk dan "
    "ook of er meer onbekend is. Van elke dag telt de laatste versie."
)
THEN = (
    "Wat toen op het scherm stond, kan anders zijn. Regels of referentiegegevens kunnen sindsdien veranderd zijn. "
    "Hier staat dat apart, voor de hele stad, hulp en leren, en de gekozen doelgroep."
)


def show_timeline(view: View) -> None:
    """Gaps over time, drawn when someone asks for it."""
    try:
        versions = published.versions()
    except StoreError:
        return  # the page says so already
    st.header("Verloop", anchor=False)
    if len(versions) < 2:
        st.text(TOO_FEW)
        return
    if not st.toggle("Toon het verloop over alle versies", key="verloop"):
        return
    found = timeline(view, versions)
    if len(found.points) < 2:
        st.text(ONE_DAY)
        return
    st.caption(HOW)
    _show_left_out(found)
    meetings = meetings_between(view.dataset.workbook.meetings, found.points[0].day, found.points[-1].day)
    _show_lines(view, found, meetings)
    _show_strips(view, found, meetings)
    _show_then(view, found)


def _show_left_out(found: Timeline) -> None:
    if found.left_out:
        older = count(found.left_out, "vroegere dag", "vroegere dagen")
        st.caption(f"Je ziet de laatste {len(found.versions)} dagen met een nieuwe versie; {older} zie je niet.")
    if found.unread:
        st.caption(
            f"Onbekend voor {listing(found.unread)}: die werkmap is niet leesbaar, of kent een gekozen filter niet."
        )


def _inhabited(view: View) -> list[str]:
    wijken = view.dataset.areas.wijken.loc[list(view.choice.scope.codes)]
    return [str(code) for code in wijken.index[wijken["inhabited"]]]


def _show_lines(view: View, found: Timeline, meetings: Sequence[tuple[date, str]]) -> None:
    """The drawing, the meetings in it by name, and the same numbers as a table."""
    lines = gap_lines(found.points, view.dataset.groups, _inhabited(view))
    st.html(Markup("<p class='antwoord'>{}</p>").format(first_and_last(lines, view.choice.group)))
    names = [point.name for point in found.points]
    words = f"Aantal wijken met een mogelijk hiaat per doelgroep, van {names[0]} tot {names[-1]}. Zie de tabel eronder."
    days = sorted({one for one, _ in meetings})
    svg = lines_svg(lines, names, view.choice.group, days, words)
    show_drawing(svg, key="verloop_tekening", label="Verloop per doelgroep")
    st.caption(_meeting_words(meetings))
    more = st.expander("Dezelfde cijfers als tabel", key="verloop_tabel", on_change="rerun")
    if more.open:
        more.html(numbers_table(lines, found.points))


def _meeting_words(meetings: Sequence[tuple[date, str]]) -> str:
    if not meetings:
        return "In het blad Bijeenkomsten staat geen bijeenkomst in deze periode."
    names = [f"{day(on)} ({plain(mask_personal(network))})" if network else day(on) for on, network in meetings]
    return f"▼ Bijeenkomsten: {listing(names)}."


def _show_strips(view: View, found: Timeline, meetings: Sequence[tuple[date, str]]) -> None:
    group = view.choice.group
    st.subheader(f"Per wijk: {plain(group.lower())}", anchor=False)
    empty = " Een lege kolom is een bijeenkomst." if meetings else ""
    st.caption(f"Bovenaan staan de wijken waar iets veranderde.{empty}")
    show_legend()
    labels = view.dataset.areas.wijken["label"]
    st.html(strip_table(found.points, group, _inhabited(view), labels, meetings))


def _show_then(view: View, found: Timeline) -> None:
    try:
        bases = published.bases()
    except StoreError:
        return
    st.subheader("Wat toonden we toen?", anchor=False)
    st.caption(THEN)
    st.html(basis_table(found.versions, bases, view.choice.group))
