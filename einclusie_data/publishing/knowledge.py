"""What the trekkers taught the app, in the shapes in which reading a workbook uses it.

A published version is its bytes and what was known at that moment: a column that is matched by hand later, or a point
that is put later, changes nothing of what was published before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from einclusie_data.city.areas import Areas
from einclusie_data.contract.workbook import Matches
from einclusie_data.engine.dataset import Dataset, PlaceStep, read_dataset
from einclusie_data.geocode.answer import Point, read_location
from einclusie_data.geocode.ask import MemoryCache
from einclusie_data.geocode.offers import geocode_offers
from einclusie_data.store.notes import IGNORED
from einclusie_data.store.store import Store, Version


@dataclass(frozen=True)
class Knowledge:
    """What was taught up to some moment.

    Attributes
    ----------
    matches : mapping
        Columns matched by hand (see `workbook.Matches`).
    points : mapping of str to Point
        Points put by hand: `geocode_points.place_key` -> degrees.
    answers : MemoryCache
        Answers of the geocoder; it is only read.
    """

    matches: Matches = field(default_factory=dict)
    points: Mapping[str, Point] = field(default_factory=dict)
    answers: MemoryCache = field(default_factory=MemoryCache)

    @property
    def place(self) -> PlaceStep:
        """The step that gives offers their points; it asks nothing of the network."""
        return partial(geocode_offers, cache=self.answers, by_hand=self.points)


def knowledge_of(store: Store, until: datetime | None = None) -> Knowledge:
    """What the store knows now, or knew at a moment (with a time zone).

    Raises
    ------
    StoreError
    """
    return Knowledge(
        {key: "" if column == IGNORED else column for key, column in store.columns.all(until).items()},
        {key: Point(point.lat, point.lon) for key, point in store.points.all(until).items()},
        MemoryCache({query: kept.answer for query, kept in store.geocodes.all(until).items()}),
    )


def published_dataset(store: Store, version: Version, areas: Areas) -> Dataset:
    """A published version, read with what was known when it was published.

    Raises
    ------
    StoreError
        The store does not answer, or the version is damaged.
    DataFileError
        The file as a whole cannot be used.
    """
    known = knowledge_of(store, version.published_at)
    content = store.content(version.number)
    return read_dataset(content, version.name, areas, known.place, matches=known.matches)


class StoredAnswers:
    """The geocoder's answers, kept in the store as they come (see `geocode_ask.Cache`)."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known = knowledge_of(store).answers

    def get(self, query: str) -> Mapping[str, Any] | None:
        """The answer to a query; None when it is not known."""
        return self._known.get(query)

    def put(self, query: str, answer: Mapping[str, Any]) -> None:
        """Remember an answer, also when the asking is broken off after it."""
        found = read_location(dict(answer))
        self._store.geocodes.keep(query, dict(answer), found.precision.value if found else "")
        self._known.put(query, answer)
