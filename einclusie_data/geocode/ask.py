"""Collecting the geocoder's answers: each address once, remembered, and stopped in time.

Asking the geocoder over the network: politely, with a limit to everything, and only when someone switched it on.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any, Protocol

import requests
import tenacity
from urllib3.exceptions import HTTPError

from einclusie_data.contract import settings
from einclusie_data.contract.errors import GeocoderAnswerError, GeocoderUnavailableError
from einclusie_data.geocode.answer import kept_part

_BUSY = frozenset({408, 425, 429, *range(500, 600)})
"""HTTP states of a service that may answer when it is asked again."""
_CHUNK_BYTES = 16_384

_AWAY = "De adressendienst antwoordt niet."
_UNUSABLE = "De adressendienst gaf een onbruikbaar antwoord."


class Geocoder(Protocol):
    """Something that knows addresses."""

    def ask(self, query: str, cancelled: Callable[[], bool]) -> object:
        """The answer to one address, as parsed JSON (see `geocode_answer`).

        Raises
        ------
        GeocoderUnavailableError
            No answer after all tries; asking other addresses now makes no sense.
        GeocoderAnswerError
            An answer that is none.
        """


class RateLimit:
    """At most so many requests a second, over all threads.

    Parameters
    ----------
    per_second : float
    clock, sleep : callable
        Seconds that only go up, and waiting; replaced in tests.
    """

    def __init__(
        self,
        per_second: float = settings.GEOCODER_PER_SECOND,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._between_s = 1 / per_second
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._free_at = float("-inf")

    def wait(self) -> None:
        """Wait until the next request may leave."""
        with self._lock:
            now = self._clock()
            leave_at = max(now, self._free_at)
            self._free_at = leave_at + self._between_s
        if leave_at > now:
            self._sleep(leave_at - now)


class WebGeocoder:
    """The Flemish government's geocoder, or a server that answers in its format. Share one in a process.

    Parameters
    ----------
    url : str
        Up to the ``?``.
    limit : RateLimit, optional
    seconds : float
        Longest silence of the server.
    answer_seconds : float
        Longest time for one whole answer.
    sleep : callable
        Waiting before a next try; replaced in tests.
    """

    def __init__(
        self,
        url: str = settings.GEOCODER_URL,
        limit: RateLimit | None = None,
        seconds: float = settings.GEOCODER_SECONDS,
        answer_seconds: float = settings.GEOCODER_ANSWER_SECONDS,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._url, self._seconds, self._answer_seconds, self._sleep = url, seconds, answer_seconds, sleep
        self._limit = limit or RateLimit()
        self._session = _Session()
        self._session.headers.update(
            {"User-Agent": settings.GEOCODER_USER_AGENT, "Accept": "application/json", "Accept-Encoding": "identity"}
        )
        # At its lowest level urllib3 logs the whole address; our logs hold counts and codes only.
        logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)

    def ask(self, query: str, cancelled: Callable[[], bool] = lambda: False) -> object:
        """See `Geocoder.ask`; gives up early when `cancelled` says so."""
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(_worth_another_try),
            stop=lambda state: state.attempt_number >= settings.GEOCODER_ATTEMPTS or cancelled(),
            wait=_wait_s,
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(self._ask_once, query)

    def _ask_once(self, query: str) -> object:
        self._limit.wait()
        deadline = time.monotonic() + self._answer_seconds
        try:
            response = self._session.get(
                self._url, params={"q": query, "c": "1"}, timeout=self._seconds, stream=True, allow_redirects=False
            )
            with response:
                _check_state(response)
                return _parsed(_content(response, deadline))
        except (requests.RequestException, HTTPError) as error:
            raise GeocoderUnavailableError(_AWAY) from error


class _Session(requests.Session):
    """Never follows a server to another place, nor reads what it says there."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nowhere."""


def _worth_another_try(error: BaseException) -> bool:
    return isinstance(error, GeocoderUnavailableError) and error.wait_s <= settings.GEOCODER_LONGEST_WAIT_S


_backoff = tenacity.wait_exponential_jitter(settings.GEOCODER_FIRST_WAIT_S, settings.GEOCODER_LONGEST_WAIT_S)


def _wait_s(state: tenacity.RetryCallState) -> float:
    """Seconds before the next try: what the service asks for, at least ever longer waits with some chance in them."""
    error = state.outcome.exception() if state.outcome else None
    asked_s = error.wait_s if isinstance(error, GeocoderUnavailableError) else 0.0
    return max(_backoff(state), asked_s)


def _check_state(response: requests.Response) -> None:
    if response.status_code in _BUSY:
        raise GeocoderUnavailableError(_AWAY, _retry_after_s(response.headers.get("Retry-After", "")))
    if response.status_code != requests.codes.ok:
        raise GeocoderAnswerError(_UNUSABLE)


def _retry_after_s(text: str) -> float:
    """Seconds in a header Retry-After (a number or a moment); 0 when it says nothing."""
    if text.strip().isdecimal():
        return float(text[:12])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _content(response: requests.Response, deadline: float) -> bytes:
    content = b""
    while chunk := response.raw.read1(_CHUNK_BYTES):
        content += chunk
        if len(content) > settings.GEOCODER_MAX_BYTES:
            raise GeocoderAnswerError(_UNUSABLE)
        if time.monotonic() > deadline:
            raise GeocoderUnavailableError(_AWAY)
    return content


def _parsed(content: bytes) -> object:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise GeocoderAnswerError(_UNUSABLE) from error


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
