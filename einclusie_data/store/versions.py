"""The published versions of the workbook: each kept whole, with who, when, why and a checksum; never changed.

The bytes of a version, kept in parts, so that neither database makes several copies of a large workbook.

What the figures of a published version rested on, and those figures: kept with the version, never changed.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, insert, select

from einclusie_data.contract import settings
from einclusie_data.contract.errors import DamagedStoreError, OutdatedComparisonError, StoreError
from einclusie_data.store.database import Database, stored
from einclusie_data.store.schema import VERSION_BASES, VERSION_PARTS, VERSIONS


@dataclass(frozen=True)
class Basis:
    """How a version was judged when it was published.

    Attributes
    ----------
    method : int
        `settings.METHOD` at that moment.
    reference : str
        Identifies the reference data (see `history_basis.reference_mark`).
    figures : mapping of str to Any
        What was shown then, as JSON can hold it (see `history_basis.figures_of`).
    """

    method: int
    reference: str
    figures: dict[str, Any]


class Bases:
    """The bases of all versions; those from before the app kept them have none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, number: int, basis: Basis, connection: Connection) -> None:
        """Write the basis of a version, on the connection that publishes it (see `Versions.publish`)."""
        values = {
            "number": number,
            "method": basis.method,
            "reference": basis.reference,
            "figures": json.dumps(basis.figures),
            "at": self._database.clock(),
        }
        connection.execute(insert(VERSION_BASES).values(values))

    def all(self) -> dict[int, Basis]:
        """Number of a version -> its basis, for the versions that have one.

        Raises
        ------
        StoreError
            The store does not answer.
        """
        with self._database.reading() as connection:
            rows = connection.execute(select(VERSION_BASES).order_by(VERSION_BASES.c.number)).all()
        return {row.number: Basis(row.method, row.reference, json.loads(row.figures)) for row in rows}


def write_parts(connection: Connection, number: int, content: bytes, checkpoint: Callable[[str], None]) -> None:
    """Insert the parts of a version that is not there yet; views on `content`, not copies."""
    size = settings.STORE_PART_BYTES
    view = memoryview(content)
    for part, start in enumerate(range(0, len(content), size)):
        values = {"number": number, "part": part, "content": view[start : start + size]}
        connection.execute(insert(VERSION_PARTS), values)
        checkpoint("after a part")


def read_parts(database: Database, number: int) -> bytes:
    """The parts of a version joined; the buffer hands its bytes over without a second copy."""
    buffer = io.BytesIO()
    parts = select(VERSION_PARTS.c.content).where(VERSION_PARTS.c.number == number).order_by(VERSION_PARTS.c.part)
    with database.reading() as connection:
        for part in connection.execution_options(yield_per=1).scalars(parts):
            buffer.write(part)
    return buffer.getvalue()


Teach = Callable[[Connection], None]


@dataclass(frozen=True)
class Version:
    """What is known of a published workbook, without its bytes.

    Attributes
    ----------
    number : int
        1, 2, 3 …
    name : str
        File name as uploaded.
    size_bytes : int
    sha256 : str
        Checksum of the bytes, hexadecimal.
    published_by : str
        Name of the trekker.
    published_at : datetime
        In UTC.
    note : str
        What the trekker wrote; "" when nothing.
    restored_from : int or None
        The version that this one brings back.
    based_on : int or None
        The version that it was compared with before it was published; None for the first.
    """

    number: int
    name: str
    size_bytes: int
    sha256: str
    published_by: str
    published_at: datetime
    note: str
    restored_from: int | None
    based_on: int | None

    @property
    def published_here(self) -> datetime:
        """The moment of publishing on the clock of Antwerp."""
        return self.published_at.astimezone(ZoneInfo(settings.TIMEZONE))


_METADATA = select(*(VERSIONS.c[field.name] for field in fields(Version)))
_LATEST_FIRST = VERSIONS.c.number.desc()


def _nothing(_connection: Connection) -> None:
    """Nothing that belongs to a version."""


def _one(connection: Connection, query: Select) -> Version | None:
    row = connection.execute(query).first()
    return Version(**row._mapping) if row else None


def _latest(connection: Connection) -> Version | None:
    return _one(connection, _METADATA.order_by(_LATEST_FIRST).limit(1))


def _check_based_on(latest: Version | None, based_on: int | None) -> None:
    number = latest.number if latest else None
    if number == based_on:
        return
    if latest is None:
        raise OutdatedComparisonError(f"Er is nog geen versie {based_on}. Vergelijk opnieuw.", None)
    raise OutdatedComparisonError(
        f"Ondertussen publiceerde {latest.published_by} versie {number}. Jouw werkmap is niet gepubliceerd, en er ging "
        f"niets verloren. Vergelijk ze met versie {number}, en publiceer dan.",
        number,
    )


class Versions:
    """All versions in one database. The last one published is what everyone sees."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def latest(self) -> Version | None:
        """What is published now; None when nothing ever was."""
        with self._database.reading() as connection:
            return _latest(connection)

    def versions(self) -> tuple[Version, ...]:
        """All versions, newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(_METADATA.order_by(_LATEST_FIRST))
            return tuple(Version(**row._mapping) for row in rows)

    def version(self, number: int) -> Version:
        """One version.

        Raises
        ------
        StoreError
            There is no such version.
        """
        with self._database.reading() as connection:
            version = _one(connection, _METADATA.where(VERSIONS.c.number == number))
        if version is None:
            raise StoreError(f"Versie {number} bestaat niet.")
        return version

    def version_on(self, day: date) -> Version | None:
        """What was published at the end of a day, on the clock of Antwerp; None when there was nothing yet."""
        midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(settings.TIMEZONE))
        before = _METADATA.where(VERSIONS.c.published_at < midnight)
        with self._database.reading() as connection:
            return _one(connection, before.order_by(_LATEST_FIRST).limit(1))

    def content(self, number: int) -> bytes:
        """The workbook of a version, byte for byte as it was uploaded.

        Raises
        ------
        DamagedStoreError
            The bytes are no longer those that were published.
        StoreError
            There is no such version, or the store does not answer.
        """
        version = self.version(number)
        damaged = (
            f"Versie {number} is beschadigd: de bewaarde werkmap is niet meer die van toen. Gebruik een andere versie."
        )
        try:
            content = read_parts(self._database, number)
        except DamagedStoreError as error:
            raise DamagedStoreError(damaged) from error
        if len(content) != version.size_bytes or hashlib.sha256(content).hexdigest() != version.sha256:
            raise DamagedStoreError(damaged)
        return content

    def publish(
        self, content: bytes, name: str, by: str, note: str = "", *, based_on: int | None, teach: Teach = _nothing
    ) -> Version:
        """Publish a workbook: from now on it is the latest version.

        Parameters
        ----------
        content : bytes
        name : str
            File name.
        by : str
            Name of the trekker.
        note : str
            Why, in the trekker's words.
        based_on : int or None
            Number of the version that was the latest when the trekker compared; None when there was none.
        teach : callable
            Writes what belongs to this version on the connection that it gets: kept with the version, or not at all.

        Raises
        ------
        OutdatedComparisonError
            Someone else published since; nothing was changed.
        StoreError
            Nothing was published, unless the message says otherwise.
        """
        return self._append(content, name, by, note, based_on, teach, restored_from=None)

    def restore(
        self, number: int, by: str, note: str = "", *, based_on: int | None, teach: Teach = _nothing
    ) -> Version:
        """Go back: publish an old version anew. The versions in between stay.

        Raises
        ------
        DamagedStoreError
            The old version is damaged.
        OutdatedComparisonError, StoreError
            As `publish`.
        """
        name = self.version(number).name
        return self._append(self.content(number), name, by, note, based_on, teach, restored_from=number)

    def _append(
        self,
        content: bytes,
        name: str,
        by: str,
        note: str,
        based_on: int | None,
        teach: Teach,
        *,
        restored_from: int | None,
    ) -> Version:
        checksum = hashlib.sha256(content).hexdigest()
        checkpoint = self._database.checkpoint
        with self._database.writing() as connection:
            latest = _latest(connection)
            _check_based_on(latest, based_on)
            teach(connection)
            version = Version(
                number=latest.number + 1 if latest else 1,
                name=stored(name),
                size_bytes=len(content),
                sha256=checksum,
                published_by=stored(by),
                published_at=self._database.clock(),
                note=stored(note),
                restored_from=restored_from,
                based_on=based_on,
            )
            checkpoint("before parts")
            write_parts(connection, version.number, content, checkpoint)
            checkpoint("after parts")
            connection.execute(insert(VERSIONS).values(asdict(version)))
            checkpoint("after version")
        return version
