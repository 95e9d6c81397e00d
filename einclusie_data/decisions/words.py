"""Decisions in plain Dutch: states, what is decided for whom and where, and what is not agreed yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.words import day, listing, number
from einclusie_data.store.decision_record import OPEN_STATES, Draft, Proposal, State

Labels = Mapping[str, str]
"""Wijkcode -> name of the wijk, of the workbook that is shown now."""

NOT_FILLED = "niet ingevuld"
GONE_WIJK = "deze wijk kennen we niet meer"
NO_PLACE = "Dit besluit zegt niet waar. Kies een wijk of een punt op de kaart, dan zoeken we wie er in de buurt is."

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "title": "Titel",
        "state": "Stand",
        "what": "Wat",
        "who": "Wie",
        "due": "Tegen wanneer",
        "why": "Waarom",
        "wijkcode": "Wijk",
        "group": "Doelgroep",
        "methods": "Methodieken",
        "partners": "Partners",
        "network": "Netwerk",
        "meeting": "Bijeenkomst",
    }
)
"""Field of a decision -> how it is called on a screen and in an export."""


@dataclass(frozen=True)
class StateLook:
    """How a state looks and reads: symbol beside colour, and one sentence that says what it means."""

    symbol: str
    colour: str
    ink: str
    sentence: str


STATES: Mapping[State, StateLook] = MappingProxyType(
    {
        State.IDEA: StateLook("○", "#e4e7ec", "#1f2430", "Iemand stelde dit voor. Er is nog niet over gepraat."),
        State.TO_DISCUSS: StateLook("◍", "#f7e08c", "#2b2400", "Dit komt op de volgende bijeenkomst."),
        State.DECIDED: StateLook("◆", "#1f5f99", "#ffffff", "Het netwerk besliste dit. Het moet nog beginnen."),
        State.STARTED: StateLook("✓", "#1f6b45", "#ffffff", "Dit is begonnen."),
        State.NOT_RETAINED: StateLook(
            "–", "#6b6f76", "#ffffff", "Het netwerk koos hier niet voor. Het blijft bewaard."
        ),
    }
)


def wijk_words(code: str, labels: Labels) -> str:
    """The name of a wijk; of one that the reference data no longer knows, its code.

    Examples
    --------
    >>> wijk_words("KIE01", {"KIE01": "Kiel"}), wijk_words("XYZ09", {})
    ('Kiel', 'XYZ09 (deze wijk kennen we niet meer)')
    """
    return labels.get(code, f"{mask_personal(code)} ({GONE_WIJK})" if code else "")


def _for_whom(groups: Sequence[str]) -> str:
    return f"voor {listing([group.lower() for group in groups])}" if groups else ""


def what_sentence(what: Proposal, labels: Labels) -> str:
    """The proposed offer in one phrase; "" when nothing of it is filled in.

    Examples
    --------
    >>> from einclusie_data.store.decision_record import Proposal
    >>> what_sentence(Proposal(types=("Digitale oefenkans",), groups=("Ouderen",), wijken=("KIE01",), price="Gratis"),
    ...               {"KIE01": "Kiel"})
    'Digitale oefenkans, voor ouderen, in Kiel, gratis'
    """
    wijken = [wijk_words(code, labels) for code in what.wijken]
    point = "op een punt op de kaart" if what.lat is not None and not (what.location or what.address) else ""
    parts = [
        listing([kind.lower() for kind in what.types]),
        _for_whom(what.groups),
        f"in {listing(wijken)}" if wijken else "",
        what.location,
        what.address,
        point,
        f"door {listing(what.organisations)}" if what.organisations else "",
        *(cell.lower() for cell in (what.mode, listing(what.dayparts), what.frequency, what.price)),
        listing([way.lower() for way in what.signup], "of"),
    ]
    text = ", ".join(filter(None, parts))
    return mask_personal(text[:1].upper() + text[1:])


def what_lines(what: Proposal, labels: Labels) -> list[tuple[str, str]]:
    """The filled-in fields of the proposed offer under the headers of the workbook."""
    lines = []
    for key, cell in what.filled.items():
        if key == "wijken":
            text = listing([wijk_words(code, labels) for code in cell])
        elif isinstance(cell, float):
            text = number(cell, 4)
        else:
            text = listing(cell) if isinstance(cell, tuple) else str(cell)
        lines.append((OFFERS.column(key).header, mask_personal(text)))
    return lines


def field_words(draft: Draft, labels: Labels) -> dict[str, str]:
    """Every field of a decision (see `FIELDS`) as anyone may read it; "" = not filled in."""
    texts = {
        "title": draft.title,
        "state": str(draft.state),
        "what": what_sentence(draft.what, labels),
        "who": draft.who,
        "due": day(draft.due) if draft.due else "",
        "why": draft.why,
        "wijkcode": wijk_words(draft.wijkcode, labels),
        "group": draft.group,
        "methods": "; ".join(draft.methods),
        "partners": "; ".join(draft.partners),
        "network": draft.network,
        "meeting": day(draft.meeting) if draft.meeting else "",
    }
    return {key: mask_personal(text) for key, text in texts.items()}


def gap_words(draft: Draft, labels: Labels) -> str:
    """The gap that a decision is for.

    Examples
    --------
    >>> from einclusie_data.store.decision_record import Draft
    >>> gap_words(Draft(title="a", wijkcode="KIE01", group="Ouderen"), {"KIE01": "Kiel"})
    'Kiel, ouderen'
    >>> gap_words(Draft(title="a"), {})
    'niet ingevuld'
    """
    parts = [wijk_words(draft.wijkcode, labels), mask_personal(draft.group.lower())]
    return ", ".join(filter(None, parts)) or NOT_FILLED


def agreement_sentence(draft: Draft) -> str:
    """Who does it and by when, or what of that is not agreed yet.

    Examples
    --------
    >>> from datetime import date
    >>> from einclusie_data.store.decision_record import Draft
    >>> agreement_sentence(Draft(title="a", who="Atlas", due=date(2026, 12, 1)))
    'Atlas neemt dit op, tegen 1 december 2026.'
    >>> agreement_sentence(Draft(title="a"))
    'Nog af te spreken: wie dit opneemt en tegen wanneer.'
    """
    if draft.who and draft.due:
        return f"{mask_personal(draft.who)} neemt dit op, tegen {day(draft.due)}."
    if draft.who:
        return f"{mask_personal(draft.who)} neemt dit op. Nog af te spreken: tegen wanneer."
    if draft.due:
        return f"Tegen {day(draft.due)}. Nog af te spreken: wie dit opneemt."
    return "Nog af te spreken: wie dit opneemt en tegen wanneer."


def late_sentence(draft: Draft, on: date) -> str:
    """That the date of a decision has passed while it has not started; "" otherwise. Nobody is blamed."""
    if draft.state not in OPEN_STATES or draft.due is None or draft.due >= on:
        return ""
    return f"De datum is voorbij ({day(draft.due)}). Is het begonnen, of spreken jullie een nieuwe datum af?"
