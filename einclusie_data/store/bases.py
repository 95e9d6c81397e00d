"""What the figures of a published version rested on, and those figures: kept with the version, never changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from einclusie_data.store.database import Database
from einclusie_data.store.schema import VERSION_BASES


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
