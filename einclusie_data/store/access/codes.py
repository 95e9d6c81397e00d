"""The one-time code with which the first trekker comes in: shown once in the terminal, kept only as a hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from einclusie_data.contract import settings
from einclusie_data.contract.words import moment

_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Capitals and digits without 0, 1, I and O, which look alike: 32 signs, 5 bits each."""
_GROUPS, _SIGNS_PER_GROUP = 4, 4


@dataclass(frozen=True)
class StartCode:
    """What is kept of a code.

    Attributes
    ----------
    digest : str
        Hash. A code is 80 bits of pure chance, so a fast hash is as good as a slow one.
    expires : datetime
    """

    digest: str
    expires: datetime


class CodeBook(Protocol):
    """Keeps the one code that can be used."""

    def put(self, code: StartCode) -> None:
        """Keep a code; an earlier one no longer counts."""

    def take(self, digest: str) -> StartCode | None:
        """Remove and return the code with this hash, in one step, so that it is used only once; else None."""


class MemoryCodeBook:
    """A code kept for as long as the process lives."""

    def __init__(self) -> None:
        self._code: StartCode | None = None
        self._lock = threading.Lock()

    def put(self, code: StartCode) -> None:
        """Keep a code; an earlier one no longer counts."""
        with self._lock:
            self._code = code

    def take(self, digest: str) -> StartCode | None:
        """Remove and return the code with this hash; else None."""
        with self._lock:
            code = self._code
            if code is None or not hmac.compare_digest(code.digest, digest):
                return None
            self._code = None
            return code


def one_time_code() -> str:
    """A new code, in groups that can be read aloud, such as ``K7QF-93MD-XW2P-HT4R``."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_SIGNS_PER_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def new_code(codes: CodeBook, now: datetime) -> tuple[str, StartCode]:
    """Make a code and keep its hash; the code itself is only in the answer."""
    code = one_time_code()
    kept = StartCode(_digest(code), now + timedelta(hours=settings.START_CODE_HOURS))
    codes.put(kept)
    return code, kept


def take_code(codes: CodeBook, typed: str, now: datetime) -> bool:
    """Whether a typed code is right and not too old; it is used up then. Case, spaces and hyphens do not matter."""
    kept = codes.take(_digest(typed))
    return kept is not None and now < kept.expires


def start_text(code: str, kept: StartCode, url: str) -> str:
    """What the launcher prints in the terminal, as Jupyter prints its token.

    Parameters
    ----------
    code : str
    kept : StartCode
    url : str
        Address of the page where to sign in.
    """
    until = kept.expires.astimezone(ZoneInfo(settings.TIMEZONE))
    return (
        f"\nEr is nog geen trekker. Meld je aan op {url} met deze code:\n\n    {code}\n\n"
        f"De code werkt één keer, tot {moment(until)}. Geef ze aan niemand anders.\n"
    )


def _digest(typed: str) -> str:
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return hashlib.sha256(signs.encode()).hexdigest()
