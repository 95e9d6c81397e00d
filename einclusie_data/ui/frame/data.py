"""The data behind every page: loaded once per server, shared by everyone, never changed in place."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import geopandas as gpd
import pandas as pd
import streamlit as st

from einclusie_data.answers.scopes import Scope, scopes
from einclusie_data.answers.summary import Summary, summary_of
from einclusie_data.city.areas import Areas, load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.questions import Question
from einclusie_data.engine.dataset import (
    Dataset,
    answer_per_group,
    answer_per_group_and_type,
    answer_per_value,
    load_dataset,
)
from einclusie_data.engine.gaps import Answer, Verdicts
from einclusie_data.output.maps import maps
from einclusie_data.publishing.knowledge import published_dataset
from einclusie_data.store.access.desk import desk
from einclusie_data.ui.frame import published

DATASETS_KEPT = 4
"""Workbooks kept in memory: the one that is shown, and those it is compared with."""

ANSWERS_KEPT = 200
"""Answers kept in memory: some 3 MB each at 1,000 offers."""


BY_TYPE_KEPT = 20
"""The same per group and type: five times as large."""

SCOPES_KEPT = 200
"""Views of an area kept in memory."""

BY_TEXT: dict[str | type[Any], Callable[[Any], Any]] = {Question: repr, tuple: repr}
"""How Streamlit tells the arguments of what it keeps apart: a question by its text, and a tuple as a whole, which is
far faster than 59 codes one by one."""

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
    found = published.published(version)
    if found is None:
        return load_dataset(settings.WORKBOOK, areas())
    return published_dataset(desk(settings.STORE).store, found, areas())


@st.cache_resource(show_spinner="De gegevens worden geladen …", max_entries=DATASETS_KEPT)
def _older(version: str) -> Dataset:
    return _read(version)


def older_dataset(version: str) -> Dataset:
    """The workbook of a version to compare with; kept apart, so that looking back never costs the one that is shown.

    Raises
    ------
    DataFileError, StoreError
        As `dataset`.
    """
    return _dataset(version) if version == published.version() else _older(version)


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
def shapes() -> pd.DataFrame:
    """What a layer of a map needs of the wijken: `wijkcode`, `label`, `shape_json` and `centre_json`."""
    return pd.DataFrame(outlines()[["wijkcode", "label", "shape_json", "centre_json"]])


@st.cache_resource(show_spinner=False)
def bounds() -> tuple[float, float, float, float]:
    """West, south, east and north of the city in degrees."""
    west, south, east, north = outlines().total_bounds
    return float(west), float(south), float(east), float(north)


def write_shapes() -> None:
    """Write the outlines to the file that the browser gets (`make data`)."""
    settings.SHAPES_FILE.write_text(maps.browser_shapes(outlines()), "utf-8")


@lru_cache(maxsize=SCOPES_KEPT)
def focus(codes: tuple[str, ...]) -> tuple[float, float, float, float]:
    """What a map of some wijken shows first, in degrees; of the whole city without the port, which is all but empty."""
    wijken = outlines()
    if len(codes) < len(wijken):
        west, south, east, north = wijken[wijken["wijkcode"].isin(codes)].total_bounds
        return west - MARGIN_DEGREES, south - MARGIN_DEGREES, east + MARGIN_DEGREES, north + MARGIN_DEGREES
    inhabited = areas().wijken["inhabited"].to_numpy(dtype=bool)
    return maps.focus_bounds(wijken[inhabited])


@st.cache_resource(show_spinner=False)
def centre() -> tuple[float, float, float, float]:
    """The small wijken in the middle of the city, in degrees."""
    return maps.centre_bounds(outlines()[areas().wijken["inhabited"].to_numpy(dtype=bool)])


@st.cache_resource(show_spinner=False, max_entries=ANSWERS_KEPT, hash_funcs=BY_TEXT)
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
    dataset = _dataset(version)
    return answer_per_value(dataset, question, group, per) if per else answer_per_group(dataset, question)


@st.cache_resource(show_spinner=False, max_entries=BY_TYPE_KEPT, hash_funcs=BY_TEXT)
def answer_by_type(version: str, question: Question) -> Verdicts:
    """The verdicts per wijk, group and type, from memory when it was asked before."""
    return answer_per_group_and_type(_dataset(version), question)


@st.cache_resource(show_spinner=False, max_entries=ANSWERS_KEPT, hash_funcs=BY_TEXT)
def summary(version: str, question: Question, group: str, codes: tuple[str, ...]) -> Summary:
    """One group in one area at a glance, from memory when it was asked before."""
    return summary_of(_dataset(version), answer(version, question), group, codes)


@st.cache_resource(show_spinner=False, max_entries=DATASETS_KEPT)
def areas_to_choose(version: str) -> dict[str, Scope]:
    """The areas that a visitor can choose, by name."""
    return scopes(_dataset(version))
