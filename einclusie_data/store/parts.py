"""The bytes of a version, kept in parts, so that neither database makes several copies of a large workbook."""

from __future__ import annotations

import io
from collections.abc import Callable

from sqlalchemy import Connection, insert, select

from einclusie_data.contract import settings
from einclusie_data.store.database import Database
from einclusie_data.store.schema import VERSION_PARTS


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
