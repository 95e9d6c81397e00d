"""What a database says when it fails, as a Dutch sentence that says what to do."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, OperationalError, TimeoutError

from einclusie_data.contract.errors import BusyStoreError, DamagedStoreError, StoreError
from einclusie_data.store.schema import METADATA

_FULL = "Er is geen plaats meer op de schijf. Er is niets bewaard. Maak plaats en probeer opnieuw."
_BUSY = "Iemand anders is aan het opslaan. Er is niets bewaard. Probeer het over een minuut opnieuw."
_READ_ONLY = (
    "De app mag niet schrijven in de opslag. Er is niets bewaard. Vraag de beheerder om de rechten na te kijken."
)
_DAMAGED = "De opslag is beschadigd, of is geen opslag van deze app. Zet een reservekopie terug."
_FAILED = "De opslag antwoordt niet. Probeer opnieuw, maar kijk eerst of je wijziging er al bij staat."

_SQLITE_MESSAGES = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_IOERR: _FAILED,
}
_POSTGRESQL_MESSAGES = {
    "53100": _FULL,  # disk_full
    "55P03": _BUSY,  # lock_not_available
    "42501": _READ_ONLY,  # insufficient_privilege
    "25006": _READ_ONLY,  # read_only_sql_transaction
    "XX001": _DAMAGED,  # data_corrupted
    "XX002": _DAMAGED,  # index_corrupted
}
_NO_TABLE = re.compile(r"(?:no such table: |relation \")(?:\w+\.)?(\w+)")
_NO_ANSWER = ("08", "53", "57", "58")  # connection, resources, operator, system


def _message(error: DatabaseError) -> str | None:
    """The Dutch sentence for a failure of the database itself; None for a mistake of ours."""
    missing = _NO_TABLE.search(str(error.orig))
    if missing is not None and missing[1] in METADATA.tables:  # the tables were there when the store was opened
        return _DAMAGED
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return _SQLITE_MESSAGES.get(code & 0xFF)  # the low byte is the kind, the rest its details
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # no server at the other end, or no longer
        return _FAILED if isinstance(error, OperationalError) else None
    return _POSTGRESQL_MESSAGES.get(state) or (_FAILED if state.startswith(_NO_ANSWER) else None)


@contextmanager
def in_dutch() -> Iterator[None]:
    """Turn a failure of the database into a `StoreError`; any other error is a bug and passes.

    Raises
    ------
    StoreError
    """
    try:
        yield
    except TimeoutError as error:  # no connection came free
        raise BusyStoreError(_BUSY) from error
    except DatabaseError as error:
        message = _message(error)
        if message is None:
            raise
        kind = {_DAMAGED: DamagedStoreError, _BUSY: BusyStoreError}.get(message, StoreError)
        raise kind(message) from error
