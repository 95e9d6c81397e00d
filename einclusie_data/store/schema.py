"""The tables of the store, and the steps from one shape of the store to the next.

Everything is appended: who chose something else later adds a row, and the last row counts. So the tables also tell
who decided what, and when.

A new table: define it here, append a `Migration` that creates it, and leave the earlier ones as they are. A store that
is opened runs the migrations that it has not seen, all in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable
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

from einclusie_data.store.guards import guard, guard_rows


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
