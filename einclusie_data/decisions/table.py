"""Decisions as screens and exports use them: in order, as a table, with their dates, beside the workbook of now.

A decision outlives every workbook. What it refers to (a wijk, a group, a method, a partner) may be gone: it then stays
as it was written, and `doubts` says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from einclusie_data.answers.scopes import scopes
from einclusie_data.city.areas import Areas
from einclusie_data.contract.organisations import OrganisationNames
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.schema import METHODS, OFFERS, PARTNERS
from einclusie_data.contract.text import normalise
from einclusie_data.decisions.words import FIELDS, agreement_sentence, field_words
from einclusie_data.engine.dataset import Dataset
from einclusie_data.store.decision_checks import draft_problems
from einclusie_data.store.decision_record import Decision, Draft, Proposal
from einclusie_data.store.decision_steps import FIRST_STATES, OPEN_STATES, STEPS, State

__all__ = [
    "FIRST_STATES",
    "OPEN_STATES",
    "STEPS",
    "Decision",
    "Draft",
    "Proposal",
    "Reminder",
    "State",
    "decisions_table",
    "doubts",
    "draft_problems",
    "in_order",
    "of_network",
    "reminders",
]

ORDER = (State.TO_DISCUSS, State.DECIDED, State.IDEA, State.STARTED, State.NOT_RETAINED)
"""States in the order of a list: what a meeting has to talk about first."""

_CODED = ("types", "groups", "mode", "dayparts", "frequency", "price", "signup")
"""Fields of a proposal whose values are in a closed list."""


def labels_of(areas: Areas) -> dict[str, str]:
    """Wijkcode -> name, as `decision_words` asks for it."""
    return {str(code): str(label) for code, label in areas.wijken["label"].items()}


def in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """What has to be talked about first, within a state the nearest date first, without a date last."""
    return sorted(decisions, key=lambda one: (ORDER.index(one.state), one.due is None, one.due or 0, one.id))


def of_network(decisions: Iterable[Decision], network: str) -> list[Decision]:
    """The decisions of one network."""
    return [one for one in decisions if normalise(one.network) == normalise(network)]


def decisions_table(decisions: Iterable[Decision], areas: Areas) -> pd.DataFrame:
    """The decisions as people see and export them, in the given order.

    Returns
    -------
    pandas.DataFrame
        Column `Nr` (int), those of `decision_words.FIELDS` (text; "Tegen wanneer" and "Bijeenkomst" are dates),
        "Genoteerd door" (text: who signed the last change) and "Gewijzigd op" (a date on the calendar of Antwerp).
        Unknown is "" or NaT. E-mail addresses and phone numbers are masked.
    """
    given, labels = list(decisions), labels_of(areas)
    words = [field_words(one, labels) for one in given]
    table = pd.DataFrame({header: [row[key] for row in words] for key, header in FIELDS.items()}, dtype=object)
    table.insert(0, "Nr", pd.Series([one.id for one in given], dtype=int))
    table[FIELDS["due"]] = _dates([one.due for one in given])
    table[FIELDS["meeting"]] = _dates([one.meeting for one in given])
    table["Genoteerd door"] = pd.Series([mask_personal(one.by) for one in given], dtype=object)
    table["Gewijzigd op"] = _dates([one.changed_here.date() for one in given])
    return table


def _dates(days: list[date | None]) -> pd.Series[Any]:
    return pd.to_datetime(pd.Series(days, dtype=object)).astype("datetime64[ns]")


@dataclass(frozen=True)
class Reminder:
    """A date of a decision, as a calendar (RFC 5545) needs it; the texts are plain, still to be escaped.

    Attributes
    ----------
    uid : str
        The same for every change of a decision, so that a calendar replaces the entry.
    sequence : int
        Goes up with every change.
    stamp : datetime.datetime
        When it was last changed, in UTC.
    day : datetime.date
    summary, description : str
        E-mail addresses and phone numbers are masked.
    """

    uid: str
    sequence: int
    stamp: datetime
    day: date
    summary: str
    description: str


def reminders(decisions: Iterable[Decision], areas: Areas) -> tuple[Reminder, ...]:
    """The dates of the decisions that still have to start, soonest first."""
    labels = labels_of(areas)
    found = [_reminder(one, one.due, labels) for one in decisions if one.state in OPEN_STATES and one.due]
    return tuple(sorted(found, key=lambda one: (one.day, one.uid)))


def _reminder(decision: Decision, day: date, labels: dict[str, str]) -> Reminder:
    words = field_words(decision, labels)
    lines = [agreement_sentence(decision), words["what"], words["why"]]
    return Reminder(
        uid=f"besluit-{decision.id}@hiatenkaart-e-inclusie",
        sequence=decision.change - 1,
        stamp=decision.at,
        day=day,
        summary=words["title"],
        description="\n".join(filter(None, lines)),
    )


# --- beside the workbook of now -----------------------------------------------------------------------------------
def doubts(dataset: Dataset, draft: Draft) -> tuple[str, ...]:
    """What a decision refers to that the workbook or the reference data of now do not know, one Dutch sentence each.

    The decision stays as it is; whoever edits it can choose something that is known.
    """
    return (*_unknown_wijken(dataset, draft), *_unknown_values(dataset, draft), *_unknown_names(dataset, draft))


def _unknown_wijken(dataset: Dataset, draft: Draft) -> Iterator[str]:
    known = labels_of(dataset.areas)
    for code in dict.fromkeys(filter(None, (draft.wijkcode, *draft.what.wijken))):
        if code not in known:
            yield f"De wijk {mask_personal(code)} kennen we niet (meer). Kies een andere, of laat het besluit zo staan."


def _unknown_values(dataset: Dataset, draft: Draft) -> Iterator[str]:
    asked = {key: getattr(draft.what, key) for key in _CODED}
    cells = {key: cell if isinstance(cell, tuple) else (cell,) for key, cell in asked.items()}
    cells["groups"] = (draft.group, *cells["groups"])
    for key, values in cells.items():
        codelist = OFFERS.column(key).codelist
        known = dataset.workbook.codelists[codelist.name].values if codelist else ()
        for value in dict.fromkeys(values):
            if value and value not in known:
                yield f"“{mask_personal(value)}” staat niet (meer) in de lijst {OFFERS.column(key).header}."


def _unknown_names(dataset: Dataset, draft: Draft) -> Iterator[str]:
    if draft.network and normalise(draft.network) not in map(normalise, scopes(dataset)):
        yield f"Het netwerk “{mask_personal(draft.network)}” kennen we niet (meer)."
    methods = {normalise(name) for name in dataset.workbook.methods["name"]}
    for name in draft.methods:
        if normalise(name) not in methods:
            yield f"De methodiek “{mask_personal(name)}” staat niet (meer) in het blad {METHODS.name}."
    sheet = dataset.workbook.partners
    partners = OrganisationNames(zip(sheet["organisation"], sheet["other_names"], strict=True))
    for name in dict.fromkeys((*draft.partners, *draft.what.organisations)):
        if not partners.is_partner(name):
            yield f"“{mask_personal(name)}” staat niet (meer) in het blad {PARTNERS.name}."
