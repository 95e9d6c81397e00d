"""Which workbook is shown now, and what is known of it: the last one published, else that of the app itself."""

from __future__ import annotations

import hashlib
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from einclusie_data.contract import settings
from einclusie_data.contract.errors import StoreError
from einclusie_data.contract.words import day, moment
from einclusie_data.engine.dataset import Dataset
from einclusie_data.publishing.history import version_at
from einclusie_data.store.access.desk import desk, store_if_any
from einclusie_data.store.decision_record import Decision
from einclusie_data.store.store import Version
from einclusie_data.store.versions import Basis

VERSIONS_KEPT = 100
_PUBLISHED = "versie-"


def latest() -> Version | None:
    """What is published now; None while nothing ever was.

    Raises
    ------
    StoreError
        The store does not answer.
    """
    store = store_if_any(settings.STORE)
    return None if store is None else store.latest()


_last_seen: dict[str, str] = {}
"""Store -> the version that was last seen there: what members go on seeing while the store does not answer. Not in a
cache of Streamlit: whoever empties those would take it away."""


def versions() -> tuple[Version, ...]:
    """What was published, newest first.

    Raises
    ------
    StoreError
        The store does not answer.
    """
    store = store_if_any(settings.STORE)
    return () if store is None else store.versions()


def version_shown_at(moment: datetime) -> str:
    """Identifies the workbook that was shown at a moment: published then, else the file that comes with the app.

    Raises
    ------
    StoreError
        The store does not answer.
    """
    found = version_at(versions(), moment)
    return version_id(found) if found else _file_id()


def bases() -> dict[int, Basis]:
    """What the figures of a version rested on when it was published, by number; those of long ago have none.

    Raises
    ------
    StoreError
        The store does not answer.
    """
    store = store_if_any(settings.STORE)
    return {} if store is None else store.bases.all()


def decisions() -> tuple[Decision, ...]:
    """What the networks decided, or still have to decide, as it is now.

    Raises
    ------
    StoreError
        The store does not answer.
    """
    store = store_if_any(settings.STORE)
    return () if store is None else store.decisions.all()


def version() -> str:
    """Identifies the workbook that is shown now: the last one published, else the file that comes with the app.

    Raises
    ------
    StoreError
        The store does not answer, and did not since the server started.
    """
    try:
        found = latest()
    except StoreError:
        if settings.STORE not in _last_seen:
            raise
        return _last_seen[settings.STORE]
    _last_seen[settings.STORE] = version_id(found) if found else _file_id()
    return _last_seen[settings.STORE]


def _file_id() -> str:
    state = settings.WORKBOOK.stat()
    name = hashlib.sha256(settings.WORKBOOK.name.encode()).hexdigest()[:8]  # pages hold this id, not the name
    return f"bestand-{name}-{state.st_mtime_ns}-{state.st_size}"


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
