"""The store: every workbook that was published, what the trekkers decided about it, and what a meeting wrote down.

SQLite in a folder by default (one file, `opslag.sqlite`), or PostgreSQL by URL, with the same code.

>>> import tempfile
>>> folder = tempfile.TemporaryDirectory()
>>> with open_store(folder.name) as store:
...     first = store.publish(b"PK...", "aanbod.xlsx", by="An", based_on=None)
...     again = store.restore(first.number, by="An", note="Terug", based_on=first.number)
...     store.latest().number, store.content(2), again.restored_from
(2, b'PK...', 1)
>>> folder.cleanup()
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Self

from einclusie_data.contract import settings
from einclusie_data.store.database import Database, migrate, no_checkpoint, open_engine, utc_now
from einclusie_data.store.decisions import Decisions
from einclusie_data.store.notes import ColumnMatches, GeocodeCache, MeetingNotes, PlacedPoints
from einclusie_data.store.people import Log, Trekkers
from einclusie_data.store.scenarios import Scenarios
from einclusie_data.store.versions import Bases, Version, Versions

__all__ = ["Store", "Version", "has_store", "open_store"]


class Store(Versions):
    """All versions, and beside them what the trekkers taught and who they are. Safe to share between threads.

    Attributes
    ----------
    columns : ColumnMatches
        Headers matched by hand.
    points : PlacedPoints
        Points put by hand.
    geocodes : GeocodeCache
        Answers of the geocoder.
    trekkers : Trekkers
        Who may publish.
    log : Log
        What happened.
    decisions : Decisions
        What a network decided, or still has to decide.
    scenarios : Scenarios
        Named scenarios that a network shares.
    notes : MeetingNotes
        What was typed during meetings.
    bases : Bases
        What the figures of a version rested on when it was published.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.columns = ColumnMatches(database)
        self.points = PlacedPoints(database)
        self.geocodes = GeocodeCache(database)
        self.trekkers = Trekkers(database)
        self.log = Log(database)
        self.decisions = Decisions(database)
        self.scenarios = Scenarios(database)
        self.notes = MeetingNotes(database)
        self.bases = Bases(database)

    def close(self) -> None:
        """Let go of the database; the store can be used again and then connects anew."""
        self._database.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def has_store(target: str | Path = settings.STORE) -> bool:
    """Whether there is something to open: a database server is always there, a folder only once something is kept."""
    return "://" in str(target) or (Path(target) / settings.STORE_FILE).exists()


def open_store(
    target: str | Path = settings.STORE,
    *,
    clock: Callable[[], datetime] = utc_now,
    checkpoint: Callable[[str], None] = no_checkpoint,
) -> Store:
    """Open the store; make it when it is not there, and bring an older one up to date.

    Parameters
    ----------
    target : str or Path
        A folder (made when needed), or a URL of SQLite or PostgreSQL.
    clock : callable
        Tells the present moment, with a time zone.
    checkpoint : callable
        For tests: called with the name of each step of saving.

    Raises
    ------
    StoreError
        There is no store at that place and none can be made, it is damaged, or a newer app made it.
    """
    database = Database(open_engine(target), clock, checkpoint)
    migrate(database)
    return Store(database)
