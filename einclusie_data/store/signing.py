"""What every row that someone writes down needs: a name, a number, and a moment that people can read."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Column, Connection, func, select

from einclusie_data.contract import settings
from einclusie_data.contract.errors import DecisionError
from einclusie_data.store.database import stored


def signed(by: str) -> str:
    """The name of who signs.

    Raises
    ------
    DecisionError
        There is none: nothing is written down without a name.
    """
    name = stored(by)
    if not name:
        raise DecisionError({"by": "Zeg wie je bent. Wat je noteert, krijgt je naam."})
    return name


def moment_words(moment: datetime) -> str:
    """A moment on the clock of Antwerp.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> moment_words(datetime(2026, 6, 1, 12, 5, tzinfo=UTC))
    '1/06/2026 om 14.05 uur'
    """
    here = moment.astimezone(ZoneInfo(settings.TIMEZONE))
    return f"{here.day}/{here:%m/%Y} om {here:%H.%M} uur"


def next_number(connection: Connection, column: Column[Any]) -> int:
    """One more than the largest number of a column. Only while writing: then nobody else writes."""
    return (connection.scalar(select(func.max(column))) or 0) + 1


def check_length(field: str, label: str, text: str, limit: int) -> None:
    """DecisionError when a text is too long to keep."""
    if len(text) > limit:
        raise DecisionError({field: f"{label}: schrijf hoogstens {limit} tekens."})
