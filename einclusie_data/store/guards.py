"""Guards in the database itself: what was published or written down is never changed or deleted, whoever asks.

They are triggers. The tables of a version hold its number in a column `number`, and the version itself is inserted
last: from then on it is closed (`guard`). Tables of changes take new rows for ever, and keep every row as it is
(`guard_rows`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

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
