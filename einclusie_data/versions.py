"""Published versions in words: for lists, choices, and the page that tells what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from einclusie_data.words import moment, number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from einclusie_data.store_versions import Version


def version_label(version: Version) -> str:
    """One version, to choose it by."""
    return f"versie {version.number}: {version.published_here:%d/%m/%Y %H.%M} uur, {version.published_by}"


def version_rows(versions: Sequence[Version]) -> list[tuple[str, ...]]:
    """One row of text per version: number, when, by whom, why, file, size and checksum."""
    return [
        (
            str(one.number),
            moment(one.published_here),
            one.published_by,
            _reason(one),
            one.name,
            f"{number(max(1, round(one.size_bytes / 1000)))} kB",
            one.sha256[:16],
        )
        for one in versions
    ]


def _reason(version: Version) -> str:
    again = f"versie {version.restored_from} opnieuw" if version.restored_from is not None else ""
    return ". ".join(filter(None, [version.note, again])) or "–"


def version_before(versions: Sequence[Version], day: date) -> Version | None:
    """What was published at the end of a day (`versions` newest first); None when there was nothing yet."""
    return next((one for one in versions if one.published_here.date() <= day), None)


def version_at(versions: Sequence[Version], moment: datetime) -> Version | None:
    """What was published at a moment (`versions` newest first); None when there was nothing yet."""
    return next((one for one in versions if one.published_at <= moment), None)
