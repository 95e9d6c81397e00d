"""The database under the store: found, opened, read and written the same way for SQLite and PostgreSQL.

SQLite keeps everything in one file. Its rollback journal (not a write-ahead log) leaves no second file behind between
two saves, so that a copy of that one file is a whole backup; it is told to wait for the disk after every step.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, create_engine, event, func, inspect, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from einclusie_data import settings
from einclusie_data.errors import StoreError
from einclusie_data.store_messages import in_dutch
from einclusie_data.store_schema import MIGRATIONS, SCHEMA_VERSION
from einclusie_data.text import clean_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

_LOCK_KEY = 0x65696E63  # any fixed number: whoever saves holds it
_BEGIN_READING = {"sqlite": "BEGIN", "postgresql": "SET TRANSACTION READ ONLY"}
_BEGIN_WRITING = {"sqlite": "BEGIN IMMEDIATE", "postgresql": f"SELECT pg_advisory_xact_lock({_LOCK_KEY})"}

_UNKNOWN_KIND = (
    "De opslag is een map, of een adres dat begint met postgresql:// of sqlite://. Kijk EINCLUSIE_OPSLAG na."
)
_NO_FOLDER = "De map van de opslag kan niet gemaakt of gebruikt worden. Kijk de rechten na, of kies een andere map."
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

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads.

        Raises
        ------
        StoreError
            The database does not answer or is damaged.
        """
        with in_dutch(), self.engine.begin() as connection:
            connection.exec_driver_sql(_BEGIN_READING[connection.dialect.name])
            yield connection

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
            connection.exec_driver_sql(_BEGIN_WRITING[connection.dialect.name])
            self.checkpoint("after begin")
            yield connection
            self.checkpoint("before commit")
        self.checkpoint("after commit")


def _prepare_sqlite(engine: Engine) -> None:
    """Settings of every connection; transactions are begun by `Database` alone."""

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for setting in ("foreign_keys = ON", "journal_mode = DELETE", "synchronous = EXTRA", "trusted_schema = OFF"):
            connection.execute(f"PRAGMA {setting}").close()


def _file_url(folder: Path) -> URL:
    """The SQLite file in a folder; both are made for this user alone, because they hold internal contacts."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = (folder / settings.STORE_FILE).resolve()
        file.touch(mode=0o600)
    except OSError as error:
        raise StoreError(_NO_FOLDER) from error
    return URL.create("sqlite", database=str(file))


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
        # A new connection each time: a backup that is put back is then seen at once.
        engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": settings.STORE_WAIT_SECONDS})
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
