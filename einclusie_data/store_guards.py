"""Guards in the database itself: what was published is never changed, deleted or added to, whoever asks.

They are triggers. The tables that they guard hold the number of a version in a column `number`, and the version itself
is inserted last: from then on it is closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

_REFUSAL = "published versions are never changed or deleted"
_THERE = "EXISTS (SELECT 1 FROM versions WHERE number = NEW.number)"
_RAISE = f"RAISE EXCEPTION '{_REFUSAL}';"


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
