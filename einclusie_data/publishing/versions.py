"""Published versions in words: for lists, choices, and the page that tells what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from einclusie_data.contract.file_names import shown_name
from einclusie_data.contract.words import listing, moment, number
from einclusie_data.store.versions import Version


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
            shown_name(one.name),
            f"{number(max(1, round(one.size_bytes / 1000)))} kB",
            one.sha256[:16],
        )
        for one in versions
    ]


def _reason(version: Version) -> str:
    again = f"versie {version.restored_from} opnieuw" if version.restored_from is not None else ""
    return ". ".join(filter(None, [version.note, again])) or "–"


def meanwhile_sentence(latest: Version | None, based_on: int | None, learnt: Sequence[str], name: str) -> str:
    """Why a draft was not published: what happened since its report was made, by whom and when.

    Parameters
    ----------
    latest : Version or None
        What is published now.
    based_on : int or None
        Number of the version that the report compares with; None when there was none.
    learnt : sequence of str
        What the app learnt since then (`draft.learnt_since`).
    name : str
        Who publishes: it may be their own other window that was first.
    """
    if latest is None and based_on is not None:
        happened = "De opslag is ondertussen leeg."
    elif latest is not None and latest.number != based_on:
        happened = _published_sentence(latest, name)
    else:
        happened = (
            "Ondertussen leerde een andere trekker, of jij in een ander venster, de app iets bij: "
            f"{listing(learnt) or 'een kolom, een punt of een adres'}."
        )
    against = f" tegenover versie {latest.number}" if latest is not None else ""
    return (
        f"{happened} Jouw werkmap is niet gepubliceerd, en er ging niets verloren. "
        f"Hieronder staat het verslag opnieuw{against}."
    )


def _published_sentence(latest: Version, name: str) -> str:
    own = latest.published_by == name
    who = "jij zelf (in een ander venster)" if own else latest.published_by
    when = moment(latest.published_here)
    if latest.restored_from is not None:
        return f"Ondertussen zette {who} versie {latest.restored_from} terug. Dat is versie {latest.number}, op {when}."
    return f"Ondertussen publiceerde {who} versie {latest.number}. Dat was op {when}."


def version_before(versions: Sequence[Version], day: date) -> Version | None:
    """What was published at the end of a day (`versions` newest first); None when there was nothing yet."""
    return next((one for one in versions if one.published_here.date() <= day), None)


def version_at(versions: Sequence[Version], moment: datetime) -> Version | None:
    """What was published at a moment (`versions` newest first); None when there was nothing yet."""
    return next((one for one in versions if one.published_at <= moment), None)
