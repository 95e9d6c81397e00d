"""What a trekker taught the app: columns matched by hand, points put by hand, and answers of the geocoder kept.

The notes typed during meetings, kept at once. The last one counts; what was there before stays.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, insert, select

from einclusie_data.contract.text import compact, normalise
from einclusie_data.store.database import Database, stored
from einclusie_data.store.schema import COLUMN_MATCHES, GEOCODES, MEETING_NOTES, POINTS
from einclusie_data.store.signing import check_length, next_number, signed

LONGEST_NOTE = 20_000
_LAST = select(func.max(MEETING_NOTES.c.id)).group_by(MEETING_NOTES.c.key)


@dataclass(frozen=True)
class MeetingNote:
    """What was typed in one part of a meeting: by whom and when (UTC). An empty text says that it was wiped."""

    network: str
    meeting: date
    section: str
    text: str
    by: str
    at: datetime


def _note(row: Any) -> MeetingNote:
    return MeetingNote(row.network, row.meeting, row.section, row.text, row.by, row.at)


class MeetingNotes:
    """The notes typed during meetings, by network, day and part of the meeting; the last one counts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, network: str, meeting: date, section: str, text: str, by: str) -> MeetingNote:
        """Keep what was typed, at once. The same text again writes nothing.

        Raises
        ------
        DecisionError
            The text is too long, or nobody signs.
        """
        name, text = signed(by), stored(text)
        check_length("text", "De nota", text, LONGEST_NOTE)
        note = MeetingNote(stored(network), meeting, stored(section), text, name, self._database.clock())
        key = _note_key(network, meeting, section)
        with self._database.writing() as connection:
            latest = connection.execute(_notes_of(key).order_by(MEETING_NOTES.c.id.desc()).limit(1)).first()
            if (latest.text if latest else "") == text:
                return _note(latest) if latest else note
            row = {"id": next_number(connection, MEETING_NOTES.c.id), "key": key, **vars(note)}
            connection.execute(insert(MEETING_NOTES).values(row))
        return note

    def of_meeting(self, network: str, meeting: date) -> dict[str, MeetingNote]:
        """The notes of one meeting that are not empty: part -> note, in the order in which they were last changed."""
        rows = select(MEETING_NOTES).where(MEETING_NOTES.c.id.in_(_LAST), MEETING_NOTES.c.meeting == meeting)
        with self._database.reading() as connection:
            found = [_note(row) for row in connection.execute(rows.order_by(MEETING_NOTES.c.id))]
        return {note.section: note for note in found if note.text and normalise(note.network) == normalise(network)}

    def history(self, network: str, meeting: date, section: str) -> tuple[MeetingNote, ...]:
        """All that was ever typed there, oldest first."""
        query = _notes_of(_note_key(network, meeting, section)).order_by(MEETING_NOTES.c.id)
        with self._database.reading() as connection:
            return tuple(_note(row) for row in connection.execute(query))


def _note_key(network: str, meeting: date, section: str) -> str:
    return f"{normalise(network)}\n{meeting.isoformat()}\n{stored(section)}"


def _notes_of(key: str) -> Any:
    return select(MEETING_NOTES).where(MEETING_NOTES.c.key == key)


IGNORED = "negeren"
"""Column key of a header that the trekker chose to leave out."""

_FORGOTTEN = ""


def _last_rows(table: Table, until: datetime | None, *key: ColumnElement) -> Select:
    """The last row of each key, or the last one up to a moment: the one that counts."""
    last = select(func.max(table.c.id)).group_by(*key)
    if until is not None:
        last = last.where(table.c.at <= until)
    return select(table).where(table.c.id.in_(last)).order_by(table.c.id)


def _append(database: Database, connection: Connection | None, table: Table, values: dict[str, Any]) -> None:
    """Add a row: on a connection that is writing already, else on one of its own."""
    row = insert(table).values(values | {"at": database.clock()})
    if connection is not None:
        connection.execute(row)
        return
    with database.writing() as own:
        own.execute(row)


class ColumnMatches:
    """Which column of the contract a header of theirs is, as a trekker chose; the last choice counts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def choose(
        self, sheet_key: str, header: str, column_key: str, by: str, connection: Connection | None = None
    ) -> None:
        """Remember that a header is a column of the contract, or `IGNORED`.

        `connection` is one that is writing already (see `Versions.publish`).
        """
        values = {"sheet_key": sheet_key, "header": compact(header), "column_key": column_key, "by": stored(by)}
        _append(self._database, connection, COLUMN_MATCHES, values)

    def forget(self, sheet_key: str, header: str, by: str, connection: Connection | None = None) -> None:
        """Treat the header again as if nobody had chosen."""
        self.choose(sheet_key, header, _FORGOTTEN, by, connection)

    def all(self, until: datetime | None = None) -> dict[tuple[str, str], str]:
        """All choices: (key of the sheet, `text.compact` of the header) -> key of the column or `IGNORED`.

        With `until` (with a time zone): as they stood at that moment.
        """
        rows = _last_rows(COLUMN_MATCHES, until, COLUMN_MATCHES.c.sheet_key, COLUMN_MATCHES.c.header)
        with self._database.reading() as connection:
            found = connection.execute(rows).all()
        return {(row.sheet_key, row.header): row.column_key for row in found if row.column_key != _FORGOTTEN}


@dataclass(frozen=True)
class PlacedPoint:
    """A point put by hand: degrees (EPSG:4326), by whom and when (UTC)."""

    lat: float
    lon: float
    by: str
    at: datetime


class PlacedPoints:
    """Points that a trekker put on the map, by the key of an address or an offer; the last one counts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, key: str, lat: float, lon: float, by: str, connection: Connection | None = None) -> None:
        """Place a key at a point (degrees, EPSG:4326)."""
        self._put(key, lat, lon, by, connection)

    def withdraw(self, key: str, by: str, connection: Connection | None = None) -> None:
        """Take a point away again."""
        self._put(key, None, None, by, connection)

    def _put(self, key: str, lat: float | None, lon: float | None, by: str, connection: Connection | None) -> None:
        values = {"key": stored(key), "lat": lat, "lon": lon, "by": stored(by)}
        _append(self._database, connection, POINTS, values)

    def all(self, until: datetime | None = None) -> dict[str, PlacedPoint]:
        """All points that stand, or stood at a moment: key -> point."""
        with self._database.reading() as connection:
            rows = connection.execute(_last_rows(POINTS, until, POINTS.c.key)).all()
        return {row.key: PlacedPoint(row.lat, row.lon, row.by, row.at) for row in rows if row.lat is not None}


@dataclass(frozen=True)
class KeptGeocode:
    """An answer of the geocoder: as it came (JSON values), how precise it is, and when it was given (UTC)."""

    answer: Any
    precision: str
    at: datetime


class GeocodeCache:
    """Answers of the geocoder by query, so that no address is asked twice; the last one counts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, query: str, answer: Any, precision: str) -> None:
        """Keep one answer; `answer` is anything that JSON can hold."""
        values = {"query": stored(query), "answer": json.dumps(answer), "precision": stored(precision)}
        _append(self._database, None, GEOCODES, values)

    def get(self, query: str) -> KeptGeocode | None:
        """The answer to one query, or None."""
        wanted = select(GEOCODES).where(GEOCODES.c.query == stored(query)).order_by(GEOCODES.c.id.desc()).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(wanted).first()
        return KeptGeocode(json.loads(row.answer), row.precision, row.at) if row else None

    def all(self, until: datetime | None = None) -> dict[str, KeptGeocode]:
        """All answers by query, or those up to a moment: one look in the store instead of one per address."""
        with self._database.reading() as connection:
            rows = connection.execute(_last_rows(GEOCODES, until, GEOCODES.c.query)).all()
        return {row.query: KeptGeocode(json.loads(row.answer), row.precision, row.at) for row in rows}
