"""The points on the line of time: every version is judged once per question, then only its verdicts are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st

from einclusie_data.contract.errors import DataFileError, StoreError
from einclusie_data.contract.questions import Question
from einclusie_data.publishing.history import Point, cells_of, last_of_days
from einclusie_data.publishing.history_basis import Then, question_then, then_and_now
from einclusie_data.store.bases import Basis
from einclusie_data.store.store import Version
from einclusie_data.ui.frame import data, published
from einclusie_data.ui.frame.page import View

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
        points.append(Point(NOW, on, _cells(view.version, repr(view.choice.question), on, view.choice.question)))
    unread = tuple(point.name for point in points if point.cells is None)
    return Timeline(tuple(points), shown, len(days) - len(shown), unread)


def _point(version: Version, question: Question) -> Point:
    day = version.published_here.date()
    asked = replace(question, on=day)
    try:
        cells = _cells(published.version_id(version), repr(asked), day, asked)
    except (DataFileError, StoreError):
        cells = None
    return Point(f"versie {version.number}", day, cells)


@st.cache_resource(show_spinner="Het verloop wordt berekend …", max_entries=POINTS_KEPT)
def _cells(version: str, question: str, day: date, _question: Question) -> pd.DataFrame | None:
    return cells_of(data.older_dataset(version), _question, day)


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
