"""What time it is in the city."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from einclusie_data.contract import settings


def today() -> date:
    """The day it is in Antwerp, wherever the server stands."""
    return datetime.now(ZoneInfo(settings.TIMEZONE)).date()
