"""Who may publish, and what happened: the trekkers and the log.

Passwords never come here: only their hashes. The log holds codes, names and numbers, never a value from a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from einclusie_data.contract.errors import StoreError
from einclusie_data.contract.text import normalise
from einclusie_data.store.database import Database, stored
from einclusie_data.store.schema import LOG, TREKKERS

_CODE = re.compile(r"[a-z][a-z0-9-]{0,59}")

LONGEST_NAME = 60
"""Characters of the name of a trekker."""


def tidy_name(name: str) -> str:
    """A name with single spaces, and nothing that a database cannot keep."""
    return " ".join(stored(name).split())


def name_key(name: str) -> str:
    """Who a name stands for: case, accents, spaces and punctuation do not matter. The one notion of "the same name".

    Examples
    --------
    >>> name_key("  Àn-PEETERS "), name_key("An Peeters")
    ('an peeters', 'an peeters')
    """
    return normalise(tidy_name(name)[: LONGEST_NAME + 1])


@dataclass(frozen=True)
class Trekker:
    """Someone who may publish.

    Attributes
    ----------
    name : str
        As shown beside what they published. No two trekkers have the same name (see `name_key`).
    password_hash : str
        Argon2; "" when this trekker has no password (yet).
    disabled : bool
        May no longer sign in.
    changed_by, changed_at : str, datetime
        Who last changed this account, and when (UTC).
    """

    name: str
    password_hash: str
    disabled: bool
    changed_by: str
    changed_at: datetime


def _read(connection: Connection) -> dict[str, Trekker]:
    """How every account stands: its last row."""
    last = select(func.max(TREKKERS.c.id)).group_by(TREKKERS.c.key)
    rows = connection.execute(select(TREKKERS).where(TREKKERS.c.id.in_(last)))
    found = {row.key: Trekker(row.name, row.password_hash, bool(row.disabled), row.by, row.at) for row in rows}
    return dict(sorted(found.items()))


class Trekkers:
    """The accounts of the trekkers. Each change is a new row, so that it stays known who gave whom access."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[Trekker, ...]:
        """All accounts by name, disabled ones included."""
        with self._database.reading() as connection:
            return tuple(_read(connection).values())

    def get(self, name: str) -> Trekker | None:
        """The account of a name, disabled or not; None when there is none."""
        with self._database.reading() as connection:
            return _read(connection).get(name_key(name))

    def add(self, name: str, password_hash: str, by: str) -> None:
        """Make an account; one that is there is never changed by it.

        Raises
        ------
        StoreError
            The name is empty or taken (by a disabled account too).
        """
        key = name_key(name)
        if not key:
            raise StoreError("Vul een naam in.")
        with self._database.writing() as connection:
            same = _read(connection).get(key)
            if same is not None:
                raise StoreError(
                    f"Er is al een trekker die zo heet: {same.name}. Er is niets gewijzigd. "
                    f"Kies een naam die duidelijk anders is, of geef {same.name} een nieuw wachtwoord."
                )
            self._append(connection, stored(name), password_hash, disabled=False, by=by)

    def set_password(self, name: str, password_hash: str, by: str) -> None:
        """Give an account another password; StoreError when there is no such account."""
        self._change(name, by, lambda trekker: (password_hash, trekker.disabled))

    def disable(self, name: str, by: str) -> None:
        """Keep someone from signing in; StoreError when there is no such account."""
        self._change(name, by, lambda trekker: (trekker.password_hash, True))

    def enable(self, name: str, by: str) -> None:
        """Let someone sign in again; StoreError when there is no such account."""
        self._change(name, by, lambda trekker: (trekker.password_hash, False))

    def _change(self, name: str, by: str, change: Callable[[Trekker], tuple[str, bool]]) -> None:
        with self._database.writing() as connection:
            trekker = _read(connection).get(name_key(name))
            if trekker is None:
                raise StoreError("Er is geen trekker met die naam.")
            password_hash, disabled = change(trekker)
            self._append(connection, trekker.name, password_hash, disabled=disabled, by=by)

    def _append(self, connection: Connection, name: str, password_hash: str, *, disabled: bool, by: str) -> None:
        values = {"key": name_key(name), "name": name, "password_hash": password_hash, "disabled": int(disabled)}
        connection.execute(insert(TREKKERS).values(values | {"by": stored(by), "at": self._database.clock()}))


@dataclass(frozen=True)
class LogEntry:
    """Something that happened: what (a code), who, a number that belongs to it (a version, a count), when (UTC)."""

    what: str
    who: str
    number: int | None
    at: datetime


class Log:
    """What happened, in codes; also how often something was tried."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, what: str, who: str, number: int | None = None) -> None:
        """Note that something happened.

        Parameters
        ----------
        what : str
            A code such as ``aanmelden-mislukt``: small letters, digits and hyphens. Anything else is a ValueError,
            so that no value from a row or a form ends up here.
        who : str
            Name of a trekker, or a code. Not what somebody typed as a name: that may be a password.
        number : int, optional
        """
        if not _CODE.fullmatch(what):
            raise ValueError("a log entry needs a code")
        with self._database.writing() as connection:
            connection.execute(insert(LOG).values(what=what, who=stored(who), number=number, at=self._database.clock()))

    def count(self, what: str, since: datetime, who: str | None = None) -> int:
        """How often something happened from a moment on, to one person or to all."""
        wanted = select(func.count()).select_from(LOG).where(LOG.c.what == what, LOG.c.at >= since)
        if who is not None:
            wanted = wanted.where(LOG.c.who == stored(who))
        with self._database.reading() as connection:
            return connection.scalar(wanted) or 0

    def last(self, limit: int = 100) -> tuple[LogEntry, ...]:
        """The last entries, newest first."""
        wanted = select(LOG.c.what, LOG.c.who, LOG.c.number, LOG.c.at).order_by(LOG.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            return tuple(LogEntry(*row) for row in connection.execute(wanted))
