"""A short message in Markdown for the online platform of a network, with links into the dashboard.

A calendar file (RFC 5545): the next meeting, and a reminder for every open decision with a date.

What a meeting decided and wrote down: the facts of its report, its message and its calendar.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from icalendar import Alarm, Calendar, Event

from einclusie_data.contract.markdown import safe_markdown
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.text import normalise, plain_text
from einclusie_data.contract.words import day, number
from einclusie_data.decisions.table import Reminder, reminders
from einclusie_data.decisions.words import agreement_sentence, field_words
from einclusie_data.meeting.meetings import meeting_on, meetings_of, network_words
from einclusie_data.meeting.sections import Grid, Occasion, decisions_grid, gap_lines, next_day
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


ICS_TYPE = "text/calendar"
PRODUCT = "-//Hiatenkaart e-inclusie Antwerpen//NL"
_AHEAD = timedelta(hours=-15)
"""An all-day event begins at midnight: this is nine o'clock on the day before."""
HOUR_UNKNOWN = "Het uur staat niet in de werkmap: vul het aan in je agenda."


def meeting_ics_bytes(occasion: Occasion, coming: date | None, stamp: datetime, link: str = "") -> bytes:
    """The calendar file after a meeting.

    Parameters
    ----------
    occasion : Occasion
        Its decisions of the area get a reminder when they have a date and still have to start.
    coming : datetime.date, optional
        The next meeting; none when it is not known.
    stamp : datetime.datetime
        When the file is made, in UTC.
    link : str, optional
        Opens the preparation of the next meeting.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if coming is not None:
        calendar.add_component(_meeting(occasion, coming, stamp, link))
    for one in reminders(occasion.here, occasion.dataset.areas):
        calendar.add_component(_reminder(one, stamp))
    return bytes(calendar.to_ical())


def has_events(occasion: Occasion, coming: date | None) -> bool:
    """Whether there is anything to put in a calendar."""
    return coming is not None or bool(reminders(occasion.here, occasion.dataset.areas))


def meeting_uid(network: str, day: date) -> str:
    """The same for the same network and day, whoever makes the file."""
    short = hashlib.sha256(normalise(network).encode()).hexdigest()[:12]
    return f"bijeenkomst-{short}-{day.isoformat()}@hiatenkaart-e-inclusie"


def _meeting(occasion: Occasion, day: date, stamp: datetime, link: str) -> Event:
    known = meeting_on(meetings_of(occasion.dataset, occasion.scope), day)
    place = ", ".join(filter(None, (known.host, known.address)))
    title = f"Bijeenkomst {network_words(occasion.scope)}"
    event = _all_day(meeting_uid(occasion.scope.name, day), day, title, stamp)
    if place:
        event.add("location", plain_text(place))
    event.add("description", "\n".join(filter(None, [plain_text(known.agenda), HOUR_UNKNOWN, link])))
    return event


def _reminder(reminder: Reminder, stamp: datetime) -> Event:
    event = _all_day(reminder.uid, reminder.day, f"Besluit: {reminder.summary}", stamp)
    event.add("description", plain_text(reminder.description))
    event.add("sequence", reminder.sequence)
    event.add("last-modified", reminder.stamp)
    return event


def _all_day(uid: str, day: date, summary: str, stamp: datetime) -> Event:
    event, alarm = Event(), Alarm()
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", " ".join(plain_text(summary).split()))
    event.add("transp", "TRANSPARENT")
    alarm.add("action", "DISPLAY")
    alarm.add("description", plain_text(summary))
    alarm.add("trigger", _AHEAD)
    event.add_component(alarm)
    return event


DECISIONS_SHOWN = 8


def link(address: str, page: str, query: Mapping[str, Sequence[str]]) -> str:
    """A link to a page of the dashboard; brackets in it cannot end it too early."""
    chosen = urlencode({key: list(values) for key, values in query.items()}, doseq=True)
    return f"{address.rstrip('/')}/{page}{f'?{chosen}' if chosen else ''}"


def message_of(occasion: Occasion, address: str, query: Mapping[str, Sequence[str]], coming: date | None = None) -> str:
    """The message after a meeting.

    Parameters
    ----------
    occasion : Occasion
    address : str
        Of the dashboard, as members open it.
    query : mapping of str to sequence of str
        The chosen filters as they stand in a link.
    coming : datetime.date, optional
        The next meeting as someone chose it; else that of the sheet Bijeenkomsten.
    """
    place, host = network_words(occasion.scope), occasion.meeting.host
    where = f", bij {safe_markdown(host)}" if host else ""
    decided, when = _decided(occasion, address, query), coming or next_day(occasion)
    return "\n".join(
        [
            f"**Bijeenkomst {safe_markdown(place)}, {day(occasion.day)}{where}**",
            "",
            *decided,
            "",
            f"{safe_markdown(' '.join(gap_lines(occasion)))} [Bekijk de kaart]({link(address, 'hiatenkaart', query)})",
            "",
            f"Volgende bijeenkomst: {day(when)}." if when else "Volgende bijeenkomst: de datum volgt nog.",
            f"[Alle besluiten]({link(address, 'besluiten', query)}) · "
            f"[Wat is er veranderd?]({link(address, 'veranderingen', query)})",
            "",
        ]
    )


def _decided(occasion: Occasion, address: str, query: Mapping[str, Sequence[str]]) -> list[str]:
    decided = decided_here(occasion)
    if not decided:
        return ["Er is nog geen besluit van deze bijeenkomst genoteerd."]
    lines = [
        f"- [{safe_markdown(field_words(one, {})['title'])}]"
        f"({link(address, 'besluiten', {**query, 'besluit': [str(one.id)]})}) "
        f"({one.state}): {safe_markdown(agreement_sentence(one))}"
        for one in decided[:DECISIONS_SHOWN]
    ]
    more = len(decided) - DECISIONS_SHOWN
    return ["Wat we afspraken:", "", *lines, *([f"- En nog {number(more)}."] if more > 0 else [])]
