"""The data behind every page: loaded once per server, shared by everyone, never changed in place."""

from __future__ import annotations

import gc
import hashlib
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import streamlit as st

from einclusie_data import maps, settings
from einclusie_data.areas import load_areas
from einclusie_data.errors import StoreError
from einclusie_data.knowledge import published_dataset
from einclusie_data.pipeline import (
    Dataset,
    answer_per_group,
    answer_per_group_and_type,
    answer_per_value,
    load_dataset,
)
from einclusie_data.scopes import scopes
from einclusie_data.summary import summary_of
from einclusie_data.trekkers import desk, store_if_any
from einclusie_data.words import day, moment

if TYPE_CHECKING:
    import geopandas as gpd

    from einclusie_data.areas import Areas
    from einclusie_data.gaps import Answer
    from einclusie_data.questions import Question
    from einclusie_data.scopes import Scope
    from einclusie_data.store import Version
    from einclusie_data.summary import Summary

DATASETS_KEPT = 4
"""Workbooks kept in memory: the one that is shown, and those it is compared with."""

VERSIONS_KEPT = 100
_PUBLISHED = "versie-"

ANSWERS_KEPT = 200
"""Answers kept in memory: some 3 MB each at 1,000 offers."""


BY_TYPE_KEPT = 20
"""The same per group and type: five times as large."""

MARGIN_DEGREES = 0.008
"""Room around a chosen area on the map: some 700 m."""


@st.cache_resource(show_spinner="De kaart wordt geladen …")
def areas() -> Areas:
    """The reference data."""
    return load_areas()


@st.cache_resource(show_spinner="De gegevens worden geladen …", max_entries=DATASETS_KEPT)
def _dataset(version: str) -> Dataset:
    """The workbook of one version; afterwards everything loaded is left out of garbage collection (DESIGN §7)."""
    dataset = _read(version)
    dataset.reach(settings.REACH_M)
    _ = dataset.needs
    outlines()
    gc.unfreeze()  # what an earlier version left behind can go
    gc.collect()
    gc.freeze()
    return dataset


def _read(version: str) -> Dataset:
    found = published(version)
    if found is None:
        return load_dataset(settings.WORKBOOK, areas())
    return published_dataset(desk(settings.STORE).store, found, areas())


def latest() -> Version | None:
    """What is published now; None while nothing ever was.

    Raises
    ------
    StoreError
        The store does not answer.
    """
    store = store_if_any(settings.STORE)
    return None if store is None else store.latest()


@st.cache_resource(show_spinner=False)
def _last_seen() -> dict[str, str]:
    """Store -> the version that was last seen there: what members go on seeing while the store does not answer."""
    return {}


def versions() -> tuple[Version, ...]:
    """What was published, newest first.

    Raises
    ------
    StoreError
        The store does not answer.
    """
    store = store_if_any(settings.STORE)
    return () if store is None else store.versions()


def version() -> str:
    """Identifies the workbook that is shown now: the last one published, else the file that comes with the app.

    Raises
    ------
    StoreError
        The store does not answer, and did not since the server started.
    """
    seen = _last_seen()
    try:
        found = latest()
    except StoreError:
        if settings.STORE not in seen:
            raise
        return seen[settings.STORE]
    seen[settings.STORE] = version_id(found) if found else _file_id()
    return seen[settings.STORE]


def _file_id() -> str:
    state = settings.WORKBOOK.stat()
    return f"{settings.WORKBOOK.name}-{state.st_mtime_ns}-{state.st_size}"


def version_id(version: Version) -> str:
    """Identifies the data of a published version; also tells apart two stores that are used in turn."""
    return f"{_PUBLISHED}{version.number}-{version.sha256}-{version.published_at:%Y%m%d%H%M%S%f}"


@st.cache_resource(show_spinner=False, max_entries=VERSIONS_KEPT)
def published(version: str) -> Version | None:
    """What is known of the published version with this id; None for the file that comes with the app.

    Raises
    ------
    StoreError
        There is no such version, or the store does not answer.
    """
    if not version.startswith(_PUBLISHED):
        return None
    return desk(settings.STORE).store.version(int(version.removeprefix(_PUBLISHED).partition("-")[0]))


@st.cache_resource(show_spinner=False)
def _starter_checksum() -> str:
    return hashlib.sha256(settings.STARTER_WORKBOOK.read_bytes()).hexdigest()


def is_starter(version: str) -> bool:
    """Whether the data are the ones that come with the product, published anew or not."""
    found = published(version)
    return settings.WORKBOOK == settings.STARTER_WORKBOOK if found is None else found.sha256 == _starter_checksum()


def origin(version: str, dataset: Dataset) -> str:
    """Which data are shown: the published version, else the starter file, else the workbook and the day of its file."""
    found = published(version)
    if found is not None:
        return f"versie {found.number}, gepubliceerd door {found.published_by} op {moment(found.published_here)}"
    if is_starter(version):
        return "startbestand, feiten uit openbare bronnen"
    saved = datetime.fromtimestamp(settings.WORKBOOK.stat().st_mtime, ZoneInfo(settings.TIMEZONE))
    return f"{dataset.name}, bestand van {day(saved)}"


def dataset(version: str) -> Dataset:
    """The workbook of a version (from `version()`, asked once per run of a page), checked and placed.

    Raises
    ------
    DataFileError
        The file cannot be used.
    StoreError
        The published version is damaged, or the store does not answer.
    """
    return _dataset(version)


@st.cache_resource(show_spinner=False)
def outlines() -> gpd.GeoDataFrame:
    """Outlines of the wijken for the screen (EPSG:4326), with `wijkcode`, `label` and `centre`."""
    wijken = areas().wijken[["label", "geometry"]].rename_axis("wijkcode").reset_index()
    return maps.light_geometry(wijken)


@st.cache_resource(show_spinner=False)
def focus(codes: tuple[str, ...]) -> tuple[float, float, float, float]:
    """What a map of some wijken shows first, in degrees; of the whole city without the port, which is all but empty."""
    shapes = outlines()
    if len(codes) < len(shapes):
        west, south, east, north = shapes[shapes["wijkcode"].isin(codes)].total_bounds
        return west - MARGIN_DEGREES, south - MARGIN_DEGREES, east + MARGIN_DEGREES, north + MARGIN_DEGREES
    inhabited = areas().wijken["inhabited"].to_numpy(dtype=bool)
    return maps.focus_bounds(shapes[inhabited])


@st.cache_resource(show_spinner=False)
def centre() -> tuple[float, float, float, float]:
    """The small wijken in the middle of the city, in degrees."""
    return maps.centre_bounds(outlines()[areas().wijken["inhabited"].to_numpy(dtype=bool)])


@st.cache_resource(show_spinner=False, max_entries=ANSWERS_KEPT)
def _answer(version: str, question: str, per: str, group: str, _question: Question) -> Answer:
    data = _dataset(version)
    return answer_per_value(data, _question, group, per) if per else answer_per_group(data, _question)


def answer(version: str, question: Question, per: str = "", group: str = "") -> Answer:
    """The gap table of a question, from memory when it was asked before.

    Parameters
    ----------
    version : str
    question : Question
    per : str
        "" for wijk x doelgroep; "type" or "dagdeel" for one `group`.
    group : str
    """
    return _answer(version, repr(question), per, group, question)


@st.cache_resource(show_spinner=False, max_entries=BY_TYPE_KEPT)
def _answer_by_type(version: str, question: str, _question: Question) -> Answer:
    return answer_per_group_and_type(_dataset(version), _question)


def answer_by_type(version: str, question: Question) -> Answer:
    """The gap table per wijk, group and type, from memory when it was asked before."""
    return _answer_by_type(version, repr(question), question)


@st.cache_resource(show_spinner=False, max_entries=ANSWERS_KEPT)
def _summary(version: str, question: str, group: str, codes: tuple[str, ...], _question: Question) -> Summary:
    return summary_of(_dataset(version), _answer(version, question, "", "", _question), group, codes)


def summary(version: str, question: Question, group: str, codes: tuple[str, ...]) -> Summary:
    """One group in one area at a glance, from memory when it was asked before."""
    return _summary(version, repr(question), group, codes, question)


@st.cache_resource(show_spinner=False)
def _areas_to_choose(version: str) -> dict[str, Scope]:
    return scopes(_dataset(version))


def areas_to_choose(version: str) -> dict[str, Scope]:
    """The areas that a visitor can choose, by name."""
    return _areas_to_choose(version)
