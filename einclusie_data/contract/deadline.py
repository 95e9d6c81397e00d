"""Work that somebody else's file makes long: it can be stopped, and it stops by itself.

Reading happens in a process of its own, which can be killed. What follows (checks, comparison, answers) happens beside
the people who look at a page, and a thread cannot be killed: so the long loops ask, at every turn, whether they may go
on. Outside `within` they always may.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from einclusie_data.contract.errors import OversizedFileError, StoppedError

TOO_LONG = (
    "Het nakijken van de werkmap duurde te lang, en is gestopt. Er is niets gewijzigd. Hou enkel de bladen, kolommen "
    "en rijen over die nodig zijn, en probeer opnieuw."
)
STOPPED = "Het nakijken is gestopt. Er is niets gewijzigd."

_T = TypeVar("_T")


class _Limit:
    """Until when the work of a thread may go on."""

    def __init__(self, seconds: float, stopped: Callable[[], bool]) -> None:
        self._end = time.thread_time() + seconds
        self._stopped = stopped

    def check(self) -> None:
        if self._stopped():
            raise StoppedError(STOPPED)
        if time.thread_time() > self._end:
            raise OversizedFileError(TOO_LONG)


_limit: ContextVar[_Limit | None] = ContextVar("limit", default=None)


@contextmanager
def within(seconds: float, stopped: Callable[[], bool]) -> Iterator[None]:
    """Within it (and this thread) `check` and `watched` may raise.

    Parameters
    ----------
    seconds : float
        Processor seconds of this thread: a busy server takes nothing away from anyone.
    stopped : callable
        Whether someone stopped the work; asked very often.
    """
    token = _limit.set(_Limit(seconds, stopped))
    try:
        yield
    finally:
        _limit.reset(token)


def check() -> None:
    """Go on, unless someone stopped this work or it takes too long.

    Raises
    ------
    StoppedError
        Someone stopped it.
    OversizedFileError
        The seconds of `within` are used up.
    """
    limit = _limit.get()
    if limit is not None:
        limit.check()


def watched(items: Iterable[_T]) -> Iterator[_T]:
    """The items one by one, with a `check` before each.

    Examples
    --------
    >>> list(watched("ab"))
    ['a', 'b']
    """
    limit = _limit.get()
    if limit is None:
        yield from items
        return
    for item in items:
        limit.check()
        yield item
