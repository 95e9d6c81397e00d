"""Verloop, at the end of the page Veranderingen: gaps over all published versions, with the meetings marked.

The points on the line of time: every version is judged once per question, then only its verdicts are kept.

The tables of Verloop: the numbers of the drawing, a strip per wijk, and what was shown when a version was new.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st
from markupsafe import Markup

from einclusie_data.contract import settings, verdicts
from einclusie_data.contract.errors import DataFileError, StoreError
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.questions import Question
from einclusie_data.contract.words import UNKNOWN, count, day, listing, number
from einclusie_data.publishing.history import (
    Point,
    Then,
    cells_of,
    first_and_last,
    gap_lines,
    has_changed,
    last_of_days,
    lines_svg,
    meetings_between,
    question_then,
    reference_mark,
    strips,
    then_and_now,
)
from einclusie_data.store.store import Version
from einclusie_data.store.versions import Basis
from einclusie_data.ui.frame import data, published
from einclusie_data.ui.frame.page import View
from einclusie_data.ui.parts.gaps import show_legend
from einclusie_data.ui.parts.markup import plain, show_drawing, sign, table

SAME, OTHER = "zelfde als nu", "anders dan nu"
NOT_KEPT = "onbekend: toen nog niet bewaard"


def point_head(point: Point) -> str:
    """A point as the head of a column."""
    return f"{point.name}, {point.day:%d/%m/%Y}"


def numbers_table(lines: pd.DataFrame, points: Sequence[Point]) -> Markup:
    """The numbers of the drawing (from `history.gap_lines`): a row per group, a column per point."""
    rows = [
        (group, *(_number(size, unknown) for size, unknown in zip(rows["hiaten"], rows["onbekend"], strict=True)))
        for group, rows in lines.groupby("doelgroep", sort=False)
    ]
    caption = "Aantal wijken met een mogelijk hiaat, en aantal wijken waar het oordeel onbekend is, per doelgroep"
    return table(
        caption, ("Doelgroep", *map(point_head, points)), [tuple(map(str, row)) for row in rows], name="verloop"
    )


def _number(size: int, unknown: int) -> str:
    return UNKNOWN if pd.isna(size) else f"{number(size)} ({number(unknown)} onbekend)"


def strip_table(
    points: Sequence[Point],
    group: str,
    codes: Sequence[str],
    labels: pd.Series[str],
    meetings: Sequence[tuple[date, str]],
) -> Markup:
    """A strip of verdicts per wijk, those that changed first; meetings are columns between the points."""
    found = strips(points, group, codes)
    changed = has_changed(found)
    order = sorted(found.index, key=lambda code: (not changed[code], labels[code]))
    columns = _columns(points, sorted({on for on, _ in meetings}))
    rows = [
        (labels[code], *("" if place is None else _cell(found.loc[code, place]) for _, place in columns))
        for code in order
    ]
    caption = f"Oordeel per wijk in de tijd, {group.lower()}"
    return table(caption, ("Wijk", *(head for head, _ in columns)), rows, name="smal lang wijken")


def _columns(points: Sequence[Point], meetings: Sequence[date]) -> list[tuple[str, int | None]]:
    """Heads in order of time; place of the point, or None for a meeting. On one day the meeting comes first."""
    heads = [(point.day, 1, point_head(point), place) for place, point in enumerate(points)]
    marks = [(on, 0, f"bijeenkomst {on:%d/%m/%Y}", None) for on in meetings]
    both = sorted([*heads, *marks], key=lambda one: (one[0], one[1], -1 if one[3] is None else one[3]))
    return [(head, place) for _, _, head, place in both]


def _cell(code: str) -> Markup:
    if not code:
        return Markup("<span title='{0}'>·<span class='verborgen'>{0}</span></span>").format(UNKNOWN)
    verdict = verdicts.VERDICTS[code]
    return Markup("<span title='{}'>{}<span class='verborgen'>{}</span></span>").format(
        verdict.word, sign(verdict), verdict.word
    )


def basis_table(versions: Sequence[Version], bases: Mapping[int, Basis], group: str) -> Markup:
    """Per version, the newest first: method and reference data of then, and the gaps as they were shown and are now."""
    heads = ("Versie", "Regels", "Referentiegegevens", "Hiaten toen getoond", "Dezelfde werkmap, nu berekend",
             "Verschil door regels of referentiegegevens")  # fmt: skip
    rows = [_basis_row(version, bases.get(version.number), group) for version in reversed(versions)]
    return table(f"Wat toen getoond werd, {group.lower()}", heads, rows, name="verloop")


def _basis_row(version: Version, basis: Basis | None, group: str) -> tuple[str, ...]:
    name = f"versie {version.number}, {day(version.published_here)}"
    if basis is None:
        return name, NOT_KEPT, NOT_KEPT, NOT_KEPT, UNKNOWN, UNKNOWN
    method = SAME if basis.method == settings.METHOD else OTHER
    reference = SAME if basis.reference == reference_mark() else OTHER
    return name, method, reference, *_figures(then(version, basis, group))


def _figures(found: Then | None) -> tuple[str, str, str]:
    if found is None:
        return UNKNOWN, UNKNOWN, UNKNOWN
    sign_of = "+" if found.by_method > 0 else ""
    return number(found.shown), number(found.now), f"{sign_of}{number(found.by_method)}" if found.by_method else "geen"


POINTS_SHOWN = 12
"""Days with a version that are drawn: three years of four meetings. Each has to be read once."""
POINTS_KEPT = 600
"""Answers kept in memory: some 0.1 MB each."""
NOW = "nu"


@dataclass(frozen=True)
class Timeline:
    """What the page draws.

    Attributes
    ----------
    points : tuple of Point
        Oldest first; the last may be what is shown now, on the chosen day.
    versions : tuple of Version
        Those of the points, without that last one.
    left_out : int
        How many older days with a version are not drawn.
    unread : tuple of str
        Versions that could not be judged, by name.
    """

    points: tuple[Point, ...]
    versions: tuple[Version, ...]
    left_out: int
    unread: tuple[str, ...]


def timeline(view: View, versions: Sequence[Version]) -> Timeline:
    """Every day with a version, judged on that day with the chosen filters, and what is shown now."""
    days = last_of_days(versions)
    shown = days[-POINTS_SHOWN:]
    points = [_point(version, view.choice.question) for version in shown]
    on = view.choice.question.on
    if on > shown[-1].published_here.date():
        points.append(Point(NOW, on, _cells(view.version, view.choice.question, on)))
    unread = tuple(point.name for point in points if point.cells is None)
    return Timeline(tuple(points), shown, len(days) - len(shown), unread)


def _point(version: Version, question: Question) -> Point:
    day = version.published_here.date()
    asked = replace(question, on=day)
    try:
        cells = _cells(published.version_id(version), asked, day)
    except (DataFileError, StoreError):
        cells = None
    return Point(f"versie {version.number}", day, cells)


@st.cache_resource(show_spinner="Het verloop wordt berekend …", max_entries=POINTS_KEPT, hash_funcs=data.BY_TEXT)
def _cells(version: str, question: Question, day: date) -> pd.DataFrame | None:
    return cells_of(data.older_dataset(version), question, day)


def then(version: Version, basis: Basis | None, group: str) -> Then | None:
    """The gaps of a group as they were shown when a version was published, and the same as we judge now.

    None when that was not kept, or when the version cannot be read.
    """
    if basis is None:
        return None
    try:
        return _then(published.version_id(version), repr(question_then(basis)), basis).get(group)
    except (DataFileError, StoreError):
        return None


@st.cache_resource(show_spinner="Het verloop wordt berekend …", max_entries=POINTS_KEPT)
def _then(version: str, question: str, _basis: Basis) -> dict[str, Then]:
    return then_and_now(_basis, data.older_dataset(version))


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
