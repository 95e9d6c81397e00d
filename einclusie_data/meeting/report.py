"""What a meeting decided and wrote down: the facts of its report, its message and its calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.words import day
from einclusie_data.meeting.meetings import network_words
from einclusie_data.meeting.parts import Grid, Occasion
from einclusie_data.meeting.sections import decisions_grid, next_day
from einclusie_data.store.decision_record import OPEN_STATES, Decision

NOTHING_DECIDED = (
    "Er staat geen besluit genoteerd bij deze bijeenkomst. Noteer het op de pagina Besluiten, en kies daar de dag van "
    "deze bijeenkomst."
)
NOTE_SECTIONS: Mapping[str, str] = {
    "welkom": "Welkom aan wie nieuw is",
    "gast": "Rondleiding en uitleg",
    "nieuws": "Nieuws per organisatie",
    "thema": "Projecten en thema",
    "afspraken": "Andere afspraken",
}
"""Part of a meeting in which notes are typed -> its title; the keys of the agenda."""


@dataclass(frozen=True)
class Report:
    """What is known after a meeting; every text is plain and contact details are masked.

    Attributes
    ----------
    title : str
    host : str
        "" = not filled in.
    decided, still_open : Grid
        The decisions of this meeting, and the others that still have to start.
    nothing_decided : str
        What to say when there are none.
    agreements : tuple of str
        From the sheet Bijeenkomsten.
    notes : tuple of (str, tuple of str)
        Title of a part -> lines, of the parts in which something was typed.
    coming : datetime.date, optional
        The next meeting.
    """

    title: str
    host: str
    decided: Grid
    still_open: Grid
    agreements: tuple[str, ...]
    notes: tuple[tuple[str, tuple[str, ...]], ...]
    coming: date | None
    nothing_decided: str = NOTHING_DECIDED


def decided_here(occasion: Occasion) -> tuple[Decision, ...]:
    """The decisions of this meeting: it is named in them, or none is and they were last changed on its day."""
    return tuple(one for one in occasion.here if (one.meeting or one.changed_here.date()) == occasion.day)


def still_open(occasion: Occasion) -> tuple[Decision, ...]:
    """The other decisions of the area that still have to start."""
    mine = {one.id for one in decided_here(occasion)}
    return tuple(one for one in occasion.here if one.state in OPEN_STATES and one.id not in mine)


def report_of(occasion: Occasion, notes: Mapping[str, str], coming: date | None = None) -> Report:
    """The report of a meeting.

    Parameters
    ----------
    occasion : Occasion
    notes : mapping of str to str
        Key of `NOTE_SECTIONS` -> what was typed.
    coming : datetime.date, optional
        The next meeting as someone chose it; else that of the sheet Bijeenkomsten.
    """
    typed = ((title, _lines(notes.get(key, ""))) for key, title in NOTE_SECTIONS.items())
    return Report(
        title=f"Verslag bijeenkomst {network_words(occasion.scope)}, {day(occasion.day)}",
        host=occasion.meeting.host,
        decided=decisions_grid(occasion, decided_here(occasion), "Besluiten van deze bijeenkomst"),
        still_open=decisions_grid(occasion, still_open(occasion), "Wat nog open staat"),
        agreements=_lines(occasion.meeting.agreements),
        notes=tuple((title, lines) for title, lines in typed if lines),
        coming=coming or next_day(occasion),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(mask_personal(line.strip()) for line in text.splitlines() if line.strip())
