"""What about a decision cannot be kept, in Dutch, per field of the form."""

from __future__ import annotations

import math
from collections.abc import Iterator

from einclusie_data.store.decision_record import Draft, Proposal
from einclusie_data.store.decision_steps import step_problem

LONGEST_TITLE = 200
LONGEST_TEXT = 5_000
MOST_VALUES = 100
"""Values of one field that holds several."""

_LABELS = {
    "title": "De titel", "who": "Wie", "why": "Waarom", "wijkcode": "De wijk", "group": "De doelgroep",
    "methods": "De methodieken", "partners": "De partners", "network": "Het netwerk", "what": "Het voorstel",
}  # fmt: skip


def draft_problems(draft: Draft, before: Draft | None = None) -> dict[str, str]:
    """Why a decision cannot be kept like this.

    Parameters
    ----------
    draft : Draft
        Tidy (see `tidy`).
    before : Draft, optional
        The decision as it is now; None for a new one.

    Returns
    -------
    dict of str to str
        Field of `Draft` -> Dutch sentence; empty when it can be kept. Only a title is needed: what is not known yet
        is left open.
    """
    found = dict(_too_long(draft))
    if not draft.title:
        found["title"] = "Geef het besluit een titel."
    if problem := step_problem(before.state if before else None, draft.state):
        found["state"] = problem
    if problem := _point_problem(draft.what):
        found["what"] = problem
    return found


def _too_long(draft: Draft) -> Iterator[tuple[str, str]]:
    for key, label in _LABELS.items():
        cell = getattr(draft, key)
        cells = cell.filled.values() if isinstance(cell, Proposal) else (cell,)
        limit = LONGEST_TITLE if key == "title" else LONGEST_TEXT
        if any(isinstance(one, tuple) and len(one) > MOST_VALUES for one in cells):
            yield key, f"{label}: kies er hoogstens {MOST_VALUES}."
        elif any(len(text) > limit for one in cells for text in (one if isinstance(one, tuple) else (str(one),))):
            yield key, f"{label}: schrijf hoogstens {limit} tekens."


def _point_problem(what: Proposal) -> str:
    if what.lat is None and what.lon is None:
        return ""
    if what.lat is None or what.lon is None:
        return "Een punt op de kaart heeft een breedtegraad én een lengtegraad. Vul beide in, of geen van beide."
    if math.isfinite(what.lat) and math.isfinite(what.lon) and abs(what.lat) <= 90 and abs(what.lon) <= 180:
        return ""
    return "Het punt op de kaart ligt nergens op aarde. Kies het opnieuw."
