"""Collecting the geocoder's answers: each address once, remembered, and stopped in time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from einclusie_data.contract import settings
from einclusie_data.contract.errors import GeocoderAnswerError, GeocoderUnavailableError
from einclusie_data.geocode.answer import kept_part
from einclusie_data.geocode.client import Geocoder


class Cache(Protocol):
    """Remembers answers: by query, the part that `kept_part` leaves. "Nothing found" is remembered too.

    An implementation may forget; what it forgot is asked again.
    """

    def get(self, query: str) -> Mapping[str, Any] | None:
        """The answer to a query; None when it is not known."""

    def put(self, query: str, answer: Mapping[str, Any]) -> None:
        """Remember an answer."""


class MemoryCache(dict[str, "Mapping[str, Any]"]):
    """Answers kept for as long as the process lives."""

    def put(self, query: str, answer: Mapping[str, Any]) -> None:
        """Remember an answer."""
        self[query] = answer


class Stop(StrEnum):
    """Why not everything was asked."""

    NONE = ""
    CANCELLED = "geannuleerd"
    UNREACHABLE = "onbereikbaar"
    """It does not answer, or is too busy."""
    REFUSED = "geweigerd"
    """It answers, time after time, with something that is no answer."""


@dataclass(frozen=True)
class Counts:
    """What became of the offers with an address and without a point: rows = placed + doubtful + open.

    Attributes
    ----------
    rows : int
    placed : int
        Rows that got a point.
    doubtful : int
        Rows that got a problem instead. Of which:
    not_found, incomplete, unreadable : int
        The service does not know the address; it is too incomplete to be asked; the answer was no answer. The others
        were found at a place that contradicts the row.
    open : int
        Rows of which nobody asked the address: they stay as they were.
    queries, remembered, asked : int
        Different addresses; of which answered by the cache, and by the service.
    stopped : Stop
    """

    rows: int = 0
    placed: int = 0
    doubtful: int = 0
    not_found: int = 0
    incomplete: int = 0
    unreadable: int = 0
    open: int = 0
    queries: int = 0
    remembered: int = 0
    asked: int = 0
    stopped: Stop = Stop.NONE


def silent(done: int, total: int) -> None:
    """Progress that nobody looks at."""


def never() -> bool:
    """Nobody cancels."""
    return False


Found = dict[str, "Mapping[str, Any] | None"]
"""Query -> answer; None = an unusable one. A query that nobody asked is not in it."""


class Answers:
    """Collects answers, each query once, until someone cancels or the service is out."""

    def __init__(
        self,
        cache: Cache,
        client: Geocoder | None,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self._cache, self._client, self._progress, self._cancelled = cache, client, progress, cancelled
        self.found: Found = {}
        self.stopped = Stop.NONE
        self.counts = Counts()
        self._unusable = 0

    def of(self, queries: Iterable[str]) -> Answers:
        """Look up, and ask what is not remembered."""
        unique = list(dict.fromkeys(queries))
        remembered = {query: answer for query in unique if (answer := self._cache.get(query)) is not None}
        self.found |= remembered
        if self._client is not None:
            self._ask_all([query for query in unique if query not in remembered], self._client)
        asked = len(self.found) - len(remembered)
        self.counts = Counts(queries=len(unique), remembered=len(remembered), asked=asked, stopped=self.stopped)
        return self

    def _ask_all(self, queries: list[str], client: Geocoder) -> None:
        for done, query in enumerate(queries):
            self._progress(done, len(queries))
            self.stopped = Stop.CANCELLED if self._cancelled() else self._ask(query, client)
            if self.stopped:
                return
        self._progress(len(queries), len(queries))

    def _ask(self, query: str, client: Geocoder) -> Stop:
        try:
            answer = kept_part(client.ask(query, self._cancelled))
        except GeocoderUnavailableError:
            return Stop.CANCELLED if self._cancelled() else Stop.UNREACHABLE
        except (GeocoderAnswerError, ValueError):
            self.found[query] = None
            self._unusable += 1
            return Stop.REFUSED if self._unusable >= settings.GEOCODER_BAD_ANSWERS else Stop.NONE
        self._unusable = 0
        self._cache.put(query, answer)
        self.found[query] = answer
        return Stop.NONE
