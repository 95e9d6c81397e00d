"""A store for tests: its clock, and a way to change the database behind its back."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import text

from einclusie_data.store.database import open_engine

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def raw(target: str, *statements: str) -> None:
    """Change the database behind the store's back."""
    engine = open_engine(target)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
