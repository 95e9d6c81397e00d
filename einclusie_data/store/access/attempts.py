"""Attempts to sign in are limited: per place, and per name from one place, over the last minutes."""

from __future__ import annotations

import hashlib
import ipaddress
import logging
import math
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Protocol

from einclusie_data.contract import settings
from einclusie_data.contract.errors import TooManyAttemptsError
from einclusie_data.contract.words import count

_log = logging.getLogger("einclusie")

_WINDOW = timedelta(minutes=settings.ATTEMPTS_MINUTES)
_CROWD = "Er proberen te veel mensen zich tegelijk aan te melden. Probeer het over een minuut opnieuw."


class AttemptLog(Protocol):
    """Keeps attempts: hashes of where from and of a name (never the name: some type a password there), and when."""

    def add(self, key: str, when: datetime) -> None:
        """Write down an attempt."""

    def since(self, moment: datetime) -> Sequence[tuple[str, datetime]]:
        """Attempts after a moment, oldest first."""

    def forget(self, key: str) -> None:
        """Drop the attempts with this key: it succeeded."""

    def take_back(self, key: str, when: datetime) -> None:
        """Drop one attempt: it was not looked at."""


class MemoryAttemptLog:
    """Attempts kept for as long as the process lives."""

    def __init__(self) -> None:
        self._attempts: list[tuple[str, datetime]] = []

    def add(self, key: str, when: datetime) -> None:
        """Write down an attempt."""
        self._attempts.append((key, when))

    def since(self, moment: datetime) -> Sequence[tuple[str, datetime]]:
        """Attempts after a moment, oldest first; older ones are dropped."""
        self._attempts = [attempt for attempt in self._attempts if attempt[1] > moment]
        return tuple(self._attempts)

    def forget(self, key: str) -> None:
        """Drop the attempts with this key."""
        self._attempts = [attempt for attempt in self._attempts if attempt[0] != key]

    def take_back(self, key: str, when: datetime) -> None:
        """Drop one attempt."""
        if (key, when) in self._attempts:
            self._attempts.remove((key, when))


class Attempts:
    """Lets no more than so many failed attempts of one place through, and never holds them against another place.

    An attempt counts from its start, so that many at the same moment cannot slip through; only success undoes it.
    What is refused does not count, so that a wait always ends. Guessing from very many places is slowed down: one
    password is looked at at a time, and after `ATTEMPTS_BEFORE_SLOW` failures each takes `ATTEMPT_SLOW_SECONDS` more.
    Whoever came in from the same place before has a turn of their own, and notices nothing of it. Share one in a
    process.

    Parameters
    ----------
    log : AttemptLog
    sleep : callable
        Waits so many seconds.
    """

    def __init__(self, log: AttemptLog, sleep: Callable[[float], None] = time.sleep) -> None:
        self._log, self._sleep = log, sleep
        self._lock = threading.Lock()
        self._turn, self._turn_of_known = threading.Lock(), threading.Lock()
        self._known: set[str] = set()

    @contextmanager
    def attempt(self, name: str, now: datetime, client: str = "") -> Iterator[None]:
        """An attempt for a name, from somewhere: inside it the password is looked at.

        Raises
        ------
        TooManyAttemptsError
            Too many failed there, and the sentence says how many minutes to wait; or too many people try at once.
        """
        key = _key(name, client)
        self._begin(key, _hash(place_of(client)), now)
        known = key in self._known
        turn = self._turn_of_known if known else self._turn
        if not turn.acquire(timeout=settings.ATTEMPT_QUEUE_SECONDS):
            with self._lock:
                self._log.take_back(key, now)
            _log.warning("aanmelden: geweigerd, te veel tegelijk")
            raise TooManyAttemptsError(_CROWD)
        try:
            if not known and self._is_flood(now):
                self._sleep(settings.ATTEMPT_SLOW_SECONDS)
            yield
        finally:
            turn.release()

    def _begin(self, key: str, where: str, now: datetime) -> None:
        with self._lock:
            recent = self._log.since(now - _WINDOW)
            wait = max(
                _wait([when for other, when in recent if other == key], settings.ATTEMPTS_PER_NAME, now),
                _wait([when for other, when in recent if other.startswith(where)], settings.ATTEMPTS_PER_CLIENT, now),
            )
            if wait > timedelta():
                _log.warning("aanmelden: geweigerd, %d pogingen in %d minuten", len(recent), settings.ATTEMPTS_MINUTES)
                raise TooManyAttemptsError(_wait_sentence(wait))
            self._log.add(key, now)

    def _is_flood(self, now: datetime) -> bool:
        with self._lock:
            return len(self._log.since(now - _WINDOW)) > settings.ATTEMPTS_BEFORE_SLOW

    def succeeded(self, name: str, client: str = "") -> None:
        """The attempt was right: the failed ones for this name from there no longer count."""
        key = _key(name, client)
        with self._lock:
            self._log.forget(key)
            self._known.add(key)


def place_of(client: str) -> str:
    """Where someone comes from, as attempts are counted: an IPv4 address, or the 64 bits that one IPv6 subscriber has.

    Examples
    --------
    >>> place_of("2001:db8:1:2:aaaa::1") == place_of("2001:db8:1:2::ffff"), place_of("::ffff:192.0.2.7")
    (True, '192.0.2.7')
    """
    try:
        address = ipaddress.ip_address(client.partition("%")[0])
    except ValueError:
        return client
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))


def _key(name: str, client: str) -> str:
    return f"{_hash(place_of(client))}{_hash(name)}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _wait(moments: Sequence[datetime], limit: int, now: datetime) -> timedelta:
    """How long until fewer than `limit` of the moments lie within the window."""
    return timedelta() if len(moments) < limit else moments[-limit] + _WINDOW - now


def _wait_sentence(wait: timedelta) -> str:
    minutes = math.ceil(wait / timedelta(minutes=1))
    return f"Er waren te veel mislukte pogingen. Probeer het opnieuw over {count(minutes, 'minuut', 'minuten')}."
