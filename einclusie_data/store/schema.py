"""The tables of the store, and the steps from one shape of the store to the next.

Everything is appended: who chose something else later adds a row, and the last row counts. So the tables also tell
who decided what, and when.

A new table: define it here, append a `Migration` that creates it, and leave the earlier ones as they are. A store that
is opened runs the migrations that it has not seen, all in one transaction.

Guards in the database itself: what was published or written down is never changed or deleted, whoever asks.

They are triggers. The tables of a version hold its number in a column `number`, and the version itself is inserted
last: from then on it is closed (`guard`). Tables of changes take new rows for ever, and keep every row as it is
(`guard_rows`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Moment(TypeDecorator[datetime]):
    """A moment with its time zone, kept in UTC; SQLite knows no time zones, so there it is left out and put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Python to database; a moment without a time zone is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Database to Python."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


METADATA = MetaData()

SCHEMA_VERSION = Table(
    "schema_version",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
)

VERSIONS = Table(
    "versions",
    METADATA,
    Column("number", Integer, CheckConstraint("number >= 1"), primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("published_by", Text, nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("note", Text, nullable=False),
    Column("restored_from", Integer, ForeignKey("versions.number")),
    Column("based_on", Integer, ForeignKey("versions.number")),
)

# The parts go in before their version, and a guard refuses parts of a version that is there: once published, a version
# is closed. That is why the foreign key is only checked at the end of a transaction.
VERSION_PARTS = Table(
    "version_parts",
    METADATA,
    Column("number", Integer, ForeignKey("versions.number", deferrable=True, initially="DEFERRED"), primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
)

# column_key is the key of one of the contract's columns, IGNORED, or "" when the choice was withdrawn.
COLUMN_MATCHES = Table(
    "column_matches",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("sheet_key", Text, nullable=False),
    Column("header", Text, nullable=False),
    Column("column_key", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("column_matches_key", "sheet_key", "header"),
)

# A point without coordinates is one that was withdrawn.
POINTS = Table(
    "points",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, index=True),
    Column("lat", Float),
    Column("lon", Float),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

GEOCODES = Table(
    "geocodes",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("query", Text, nullable=False, index=True),
    Column("answer", Text, nullable=False),
    Column("precision", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

# One row per thing that happened to a trekker's account: the last row is how it stands.
TREKKERS = Table(
    "trekkers",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("disabled", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

LOG = Table(
    "log",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("what", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("number", Integer),
    Column("at", Moment, nullable=False),
    Index("log_what_at", "what", "at"),
)

# One row per change of a decision: all that was known of it then. `change` counts 1, 2, 3 … within a decision, so two
# people cannot both write the next one. `what`, `methods` and `partners` are JSON.
DECISIONS = Table(
    "decisions",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("decision", Integer, nullable=False),
    Column("change", Integer, CheckConstraint("change >= 1"), nullable=False),
    Column("title", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("due", Date),
    Column("why", Text, nullable=False),
    Column("wijkcode", Text, nullable=False),
    Column("doelgroep", Text, nullable=False),
    Column("methods", Text, nullable=False),
    Column("partners", Text, nullable=False),
    Column("network", Text, nullable=False),
    Column("meeting", Date),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("decision", "change"),
)

# A scenario with an empty text is one that was withdrawn.
SCENARIOS = Table(
    "scenarios",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False),
    Column("change", Integer, CheckConstraint("change >= 1"), nullable=False),
    Column("network", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("key", "change"),
)

MEETING_NOTES = Table(
    "meeting_notes",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, index=True),
    Column("network", Text, nullable=False),
    Column("meeting", Date, nullable=False),
    Column("section", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

# What the figures of a version rested on when it was published, and those figures (JSON); versions from before this
# table have none.
VERSION_BASES = Table(
    "version_bases",
    METADATA,
    Column("number", Integer, CheckConstraint("number >= 1"), primary_key=True, autoincrement=False),
    Column("method", Integer, nullable=False),
    Column("reference", Text, nullable=False),
    Column("figures", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

_FIRST_TABLES = [VERSIONS, VERSION_PARTS, COLUMN_MATCHES, POINTS, GEOCODES, TREKKERS, LOG]


def _first(connection: Connection) -> None:
    METADATA.create_all(connection, tables=_FIRST_TABLES, checkfirst=False)
    guard(connection, (VERSIONS.name, VERSION_PARTS.name))


_MEETING_TABLES = [DECISIONS, SCENARIOS, MEETING_NOTES]


def _meetings(connection: Connection) -> None:
    METADATA.create_all(connection, tables=_MEETING_TABLES, checkfirst=False)
    guard_rows(
        connection,
        {
            DECISIONS.name: (("id",), ("decision", "change")),
            SCENARIOS.name: (("id",), ("key", "change")),
            MEETING_NOTES.name: (("id",),),
        },
    )


def _bases(connection: Connection) -> None:
    METADATA.create_all(connection, tables=[VERSION_BASES], checkfirst=False)
    guard_rows(connection, {VERSION_BASES.name: (("number",),)})


@dataclass(frozen=True)
class Migration:
    """One step from a shape of the store to the next; it runs inside the transaction that records it."""

    version: int
    run: Callable[[Connection], None]


MIGRATIONS: tuple[Migration, ...] = (Migration(1, _first), Migration(2, _meetings), Migration(3, _bases))
"""All steps, oldest first. Never change one that was released."""

_REFUSAL = "published versions are never changed or deleted"
_THERE = "EXISTS (SELECT 1 FROM versions WHERE number = NEW.number)"
_RAISE = f"RAISE EXCEPTION '{_REFUSAL}';"
_ROW_REFUSAL = "what was written down is never changed or deleted"


def _sqlite_guards(table: str) -> list[str]:
    """Triggers for SQLite. The one on INSERT also stops REPLACE, which would otherwise delete without a trigger."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_closed BEFORE INSERT ON {table} WHEN {_THERE} {refuse}",
    ]


_POSTGRESQL_FUNCTIONS = [
    f"CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_RAISE} END $$",
    "CREATE FUNCTION refuse_addition() RETURNS trigger LANGUAGE plpgsql AS $$ "
    f"BEGIN IF {_THERE} THEN {_RAISE} END IF; RETURN NEW; END $$",
]


def _postgresql_guards(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        f"CREATE TRIGGER {table}_closed BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_addition()",
    ]


def guard(connection: Connection, tables: Iterable[str]) -> None:
    """Make the guards of the tables (names of ours, never from outside)."""
    sqlite = connection.dialect.name == "sqlite"
    statements = [] if sqlite else list(_POSTGRESQL_FUNCTIONS)
    for table in tables:
        statements += _sqlite_guards(table) if sqlite else _postgresql_guards(table)
    for statement in statements:
        connection.exec_driver_sql(statement)


def _sqlite_row_guards(table: str, unique: Iterable[Iterable[str]]) -> list[str]:
    """Triggers for SQLite. The one on INSERT stops REPLACE, which would otherwise delete without a trigger."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_ROW_REFUSAL}'); END"
    same = [" AND ".join(f"{name} = NEW.{name}" for name in names) for names in unique]
    there = "EXISTS (SELECT 1 FROM _table_ WHERE _same_)"
    there = there.replace("_table_", table).replace("_same_", " OR ".join(f"({one})" for one in same))
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} {refuse}",
    ]


_POSTGRESQL_ROW_FUNCTION = (
    "CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$ "
    f"BEGIN RAISE EXCEPTION '{_ROW_REFUSAL}'; END $$"
)


def _postgresql_row_guards(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()",
    ]


def guard_rows(connection: Connection, tables: Mapping[str, Iterable[Iterable[str]]]) -> None:
    """Make the guards of tables of changes: each row stays as it is.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    tables : mapping of str to iterable
        Name of the table (ours, never from outside) -> the sets of columns that no two of its rows share.
    """
    sqlite = connection.dialect.name == "sqlite"
    statements = [] if sqlite else [_POSTGRESQL_ROW_FUNCTION]
    for table, unique in tables.items():
        statements += _sqlite_row_guards(table, unique) if sqlite else _postgresql_row_guards(table)
    for statement in statements:
        connection.exec_driver_sql(statement)
