"""Attempts to sign in are limited: per name and in all, over the last minutes."""

from __future__ import annotations

import hashlib
import logging
import math
import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from einclusie_data import settings
from einclusie_data.errors import TooManyAttemptsError
from einclusie_data.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

_log = logging.getLogger("einclusie")

_WINDOW = timedelta(minutes=settings.ATTEMPTS_MINUTES)


class AttemptLog(Protocol):
    """Keeps attempts: hashes of where from and of a name (never the name: some type a password there), and when."""

    def add(self, key: str, when: datetime) -> None:
        """Write down an attempt."""

    def since(self, moment: datetime) -> Sequence[tuple[str, datetime]]:
        """Attempts after a moment, oldest first."""

    def forget(self, key: str) -> None:
        """Drop the attempts with this key: it succeeded."""


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


class Attempts:
    """Lets no more than so many failed attempts through. Share one in a process.

    An attempt counts from its start, so that many at the same moment cannot slip through; only success undoes it.
    What is refused does not count, so that a wait always ends.

    Parameters
    ----------
    log : AttemptLog
    """

    def __init__(self, log: AttemptLog) -> None:
        self._log = log
        self._lock = threading.Lock()

    def begin(self, name: str, now: datetime, client: str = "") -> None:
        """Start an attempt for a name, from somewhere: nobody can make someone elsewhere wait.

        Raises
        ------
        TooManyAttemptsError
            Too many failed; the sentence says how many minutes to wait.
        """
        where, key = _hash(client), _key(name, client)
        with self._lock:
            recent = self._log.since(now - _WINDOW)
            waits = (
                _wait([when for other, when in recent if other == key], settings.ATTEMPTS_PER_NAME, now),
                _wait([when for other, when in recent if other.startswith(where)], settings.ATTEMPTS_PER_CLIENT, now),
                _wait([when for _, when in recent], settings.ATTEMPTS_IN_ALL, now),
            )
            if max(waits) > timedelta():
                _log.warning("aanmelden: geweigerd, %d pogingen in %d minuten", len(recent), settings.ATTEMPTS_MINUTES)
                raise TooManyAttemptsError(_wait_sentence(max(waits)))
            self._log.add(key, now)

    def succeeded(self, name: str, client: str = "") -> None:
        """The attempt was right: the failed ones for this name from there no longer count."""
        with self._lock:
            self._log.forget(_key(name, client))


def _key(name: str, client: str) -> str:
    return f"{_hash(client)}{_hash(name)}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _wait(moments: Sequence[datetime], limit: int, now: datetime) -> timedelta:
    """How long until fewer than `limit` of the moments lie within the window."""
    return timedelta() if len(moments) < limit else moments[-limit] + _WINDOW - now


def _wait_sentence(wait: timedelta) -> str:
    minutes = math.ceil(wait / timedelta(minutes=1))
    return f"Er waren te veel mislukte pogingen. Probeer het opnieuw over {count(minutes, 'minuut', 'minuten')}."
