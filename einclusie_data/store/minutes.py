"""The notes typed during meetings, kept at once. The last one counts; what was there before stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select

from einclusie_data.contract.text import normalise
from einclusie_data.store.database import Database, stored
from einclusie_data.store.schema import MEETING_NOTES
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
