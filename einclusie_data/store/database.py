"""The database under the store: found, opened, read and written the same way for SQLite and PostgreSQL.

SQLite keeps everything in one file. Its rollback journal (not a write-ahead log) leaves no second file behind between
two saves, so that a copy of that one file is a whole backup; it is told to wait for the disk after every step.

What a database says when it fails, as a Dutch sentence that says what to do.
"""

from __future__ import annotations

import math
import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, func, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError, TimeoutError
from sqlalchemy.pool import NullPool

from einclusie_data.contract import settings
from einclusie_data.contract.errors import BusyStoreError, DamagedStoreError, StoreError
from einclusie_data.contract.text import clean_text
from einclusie_data.store.schema import METADATA, MIGRATIONS, SCHEMA_VERSION

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


_LOCK_KEY = 0x65696E63  # any fixed number: whoever saves holds it
_NO_WAIT_S = 0.05

_UNKNOWN_KIND = (
    "De opslag is een map, of een adres dat begint met postgresql:// of sqlite://. Kijk EINCLUSIE_OPSLAG na."
)
_NO_FOLDER = "De map van de opslag kan niet gemaakt of gebruikt worden. Kijk de rechten na, of kies een andere map."
_GONE = "De opslag is weg: haar bestand of map is verwijderd of verplaatst. Zet het terug, of een reservekopie."
_EMPTY = "De opslag is beschadigd: haar bestand is leeg. Zet een reservekopie terug."
_READING_BUSY = "De opslag is even bezet, bijvoorbeeld door een reservekopie. Probeer het over een minuut opnieuw."
_NEWER = "De opslag is gemaakt met een nieuwere versie van deze app. Werk de app bij."


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def no_checkpoint(_step: str) -> None:
    """What happens at a named step of saving: nothing. Tests pass a function that stops the process there."""


def stored(text: str) -> str:
    r"""A text as both databases accept it: without control characters and without halves of a character.

    Examples
    --------
    >>> stored(" notitie\x00 \ud800")
    'notitie ?'
    """
    return clean_text(text).encode("utf-8", "replace").decode("utf-8")


def _begin_reading(dialect: str, wait_s: float) -> tuple[str, ...]:
    """What begins a transaction that only reads, and waits no longer than this for someone who keeps all to himself."""
    if dialect == "sqlite":
        return (f"PRAGMA busy_timeout = {wait_s * 1000:.0f}", "BEGIN")
    return ("SET TRANSACTION READ ONLY", f"SET LOCAL lock_timeout = '{wait_s * 1000:.0f}ms'")


def _begin_writing(dialect: str) -> tuple[str, ...]:
    """What begins a transaction that writes: nobody else writes from then on."""
    if dialect == "sqlite":
        wait = f"PRAGMA busy_timeout = {settings.STORE_WAIT_SECONDS * 1000}"
        return (wait, "PRAGMA journal_mode = DELETE", "PRAGMA synchronous = EXTRA", "BEGIN IMMEDIATE")
    return (f"SELECT pg_advisory_xact_lock({_LOCK_KEY})",)


class _Patience:
    """How long whoever looks waits: not again and again, while the store is kept by another."""

    def __init__(self) -> None:
        self._lost_at = -math.inf

    def seconds(self) -> float:
        """How long to wait now."""
        lately = time.monotonic() - self._lost_at < settings.STORE_BUSY_SECONDS
        return _NO_WAIT_S if lately else settings.STORE_READ_SECONDS

    def lose(self) -> None:
        """The wait was in vain."""
        self._lost_at = time.monotonic()


@dataclass(frozen=True)
class Database:
    """One open database; safe to share between threads.

    Attributes
    ----------
    engine : sqlalchemy.Engine
    clock : callable
        Tells the present moment, with a time zone.
    checkpoint : callable
        Called with the name of each step of saving.
    """

    engine: Engine
    clock: Callable[[], datetime] = utc_now
    checkpoint: Callable[[str], None] = no_checkpoint
    _patience: _Patience = field(default_factory=_Patience, repr=False, compare=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads.

        Raises
        ------
        StoreError
            The database does not answer, is gone or is damaged; BusyStoreError when another keeps it for itself.
        """
        try:
            with in_dutch(), self.engine.begin() as connection:
                for statement in _begin_reading(connection.dialect.name, self._patience.seconds()):
                    connection.exec_driver_sql(statement)
                yield connection
        except BusyStoreError as error:
            self._patience.lose()
            raise BusyStoreError(_READING_BUSY) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: one at a time, over all processes, and wholly or not at all.

        Raises
        ------
        StoreError
            Nothing was saved, unless the connection broke at the very end.
        """
        self.checkpoint("before begin")
        with in_dutch(), self.engine.begin() as connection:
            for statement in _begin_writing(connection.dialect.name):
                connection.exec_driver_sql(statement)
            self.checkpoint("after begin")
            yield connection
            self.checkpoint("before commit")
        self.checkpoint("after commit")


def _prepare_sqlite(engine: Engine) -> None:
    """Settings of every connection; transactions are begun by `Database` alone."""

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for setting in ("foreign_keys = ON", "trusted_schema = OFF"):
            connection.execute(f"PRAGMA {setting}").close()


def _file_url(folder: Path) -> URL:
    """The SQLite file in a folder, which is made when it is not there; a file that is there is only looked at."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return URL.create("sqlite", database=str((folder / settings.STORE_FILE).resolve()))
    except OSError as error:
        raise StoreError(_NO_FOLDER) from error


def _make_file(file: Path) -> None:
    """Make the file of a store that is not there yet, for this user alone: it will hold internal contacts.

    It gets its name only once it has its first page, so that an empty file is always one that lost what it held.
    """
    if file.exists():
        return
    new = file.with_name(f"{file.name}.{secrets.token_hex(8)}.nieuw")
    try:
        new.touch(mode=0o600)
        with closing(sqlite3.connect(new)) as connection:
            connection.execute("PRAGMA user_version = 1")
        _give_name(new, file)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(_NO_FOLDER) from error
    finally:
        new.unlink(missing_ok=True)


def _give_name(new: Path, file: Path) -> None:
    """Give a new file its name, unless another process was first: what is there is never replaced."""
    try:
        file.hardlink_to(new)
    except FileExistsError:
        return
    except OSError:  # a disk that knows no links
        with suppress(FileExistsError), file.open("xb") as made:
            file.chmod(0o600)
            made.write(new.read_bytes())


def _connect(file: Path) -> sqlite3.Connection:
    """A connection to a store that is there. SQLite itself would make an empty one where there is none."""
    try:
        size = file.stat().st_size
    except OSError as error:
        raise StoreError(_GONE) from error
    if size == 0:
        raise DamagedStoreError(_EMPTY)
    return sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True)


def _url(target: str | Path) -> URL:
    """Where the database is; StoreError for a kind that we do not use."""
    if "://" not in str(target):
        return _file_url(Path(target))
    try:
        url = make_url(str(target))
    except ArgumentError as error:
        raise StoreError(_UNKNOWN_KIND) from error
    kind = url.get_backend_name()
    if kind in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    if kind == "sqlite" and url.database not in {None, "", ":memory:"}:
        return url.set(drivername="sqlite")
    raise StoreError(_UNKNOWN_KIND)


def open_engine(target: str | Path) -> Engine:
    """A way to connect to the database in a folder, or at a URL.

    Raises
    ------
    StoreError
        The folder cannot be used, or the URL is of another kind of database.
    """
    url = _url(target)
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "").resolve()
        _make_file(file)
        # A new connection each time: a backup that is put back is then seen at once.
        engine = create_engine("sqlite://", poolclass=NullPool, creator=partial(_connect, file))
        _prepare_sqlite(engine)
        return engine
    options = f"{url.query.get('options', '')} -c lock_timeout={settings.STORE_WAIT_SECONDS}s".strip()
    arguments = {"connect_timeout": settings.STORE_CONNECT_SECONDS, "options": options}
    return create_engine(url, pool_pre_ping=True, connect_args=arguments)


def _schema_version(connection: Connection) -> int:
    if not inspect(connection).has_table(SCHEMA_VERSION.name):
        return 0
    return connection.scalar(select(func.max(SCHEMA_VERSION.c.version))) or 0


def migrate(database: Database) -> None:
    """Bring the tables to the present shape; a store that has it already is only read.

    Raises
    ------
    StoreError
        The store was made by a newer version of the app, or cannot be read or written.
    """
    newest = MIGRATIONS[-1].version
    with database.reading() as connection:
        found = _schema_version(connection)
    if found > newest:
        raise StoreError(_NEWER)
    if found == newest:
        return
    with database.writing() as connection:
        SCHEMA_VERSION.create(connection, checkfirst=True)
        found = _schema_version(connection)  # again: another process may have been first
        for migration in MIGRATIONS:
            if migration.version > found:
                migration.run(connection)
                connection.execute(SCHEMA_VERSION.insert().values(version=migration.version, at=database.clock()))
