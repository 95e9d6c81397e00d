"""What happened to a decision, change by change, in Dutch.

Two people change one decision at once: what each of them filled in is kept, and said where it differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.words import day
from einclusie_data.decisions.words import FIELDS, NOT_FILLED, Labels, field_words
from einclusie_data.store.decision_record import Decision, Draft, Proposal


def merged(before: Draft, mine: Draft, newer: Draft) -> Draft:
    """My changes put on top of what someone else made of a decision since I looked.

    Parameters
    ----------
    before : Draft
        What I started from.
    mine : Draft
        What I filled in.
    newer : Draft
        What the store holds now.

    Returns
    -------
    Draft
        What I did not touch is as it is now; what I did, as I filled it in.
    """
    cells = {one.name: _newest(before, mine, newer, one.name) for one in fields(Draft) if one.name != "what"}
    what = {one.name: _newest(before.what, mine.what, newer.what, one.name) for one in fields(Proposal)}
    return replace(mine, **cells, what=replace(mine.what, **what))


def _newest(before: Any, mine: Any, newer: Any, name: str) -> Any:
    touched = getattr(mine, name) != getattr(before, name)
    return getattr(mine if touched else newer, name)


def newer_lines(before: Draft, mine: Draft, newer: Draft, labels: Labels) -> list[str]:
    """What someone else changed since I looked, a line per field, with what I typed where we both changed it.

    Examples
    --------
    >>> old = Draft(title="a")
    >>> newer_lines(old, Draft(title="b"), Draft(title="c"), {})
    ['Titel staat nu op “c”. Jij vulde “b” in: dat blijft staan in het formulier.']
    >>> newer_lines(old, old, Draft(title="a", who="Atlas"), {})
    ['Wie staat nu op “Atlas”. Dat namen we over.']
    """
    old, own, now = (field_words(one, labels) for one in (before, mine, newer))
    lines = []
    for key, header in FIELDS.items():
        if now[key] == old[key] or now[key] == own[key]:
            continue
        text = f"{header} staat nu op “{now[key] or NOT_FILLED}”."
        own_text = f"Jij vulde “{own[key] or NOT_FILLED}” in: dat blijft staan in het formulier."
        lines.append(f"{text} {'Dat namen we over.' if own[key] == old[key] else own_text}")
    return lines


def moment_sentence(moment: datetime) -> str:
    """A moment on the clock of Antwerp (see `Decision.changed_here`).

    Examples
    --------
    >>> from datetime import datetime
    >>> moment_sentence(datetime(2026, 11, 3, 9, 5))
    '3 november 2026 om 9.05 uur'
    """
    return f"{day(moment)} om {moment.hour}.{moment:%M} uur"


def history_lines(history: Sequence[Decision], labels: Labels) -> list[str]:
    """What happened to one decision, a line per change, oldest first.

    Parameters
    ----------
    history : sequence of Decision
        All changes of one decision (`store.decisions.history(id)`).
    labels : mapping
    """
    if not history:
        return []
    first = history[0]
    lines = [f"{_signature(first)} schreef dit op als “{first.state}”."]
    lines += [f"{_signature(after)} {_changed(before, after, labels)}." for before, after in pairwise(history)]
    return lines


def _signature(decision: Decision) -> str:
    return f"{moment_sentence(decision.changed_here)}: {mask_personal(decision.by)}"


def _changed(before: Decision, after: Decision, labels: Labels) -> str:
    parts = [f"zette dit van “{before.state}” op “{after.state}”"] if before.state != after.state else []
    old, new = field_words(before, labels), field_words(after, labels)
    cells = [
        f"{FIELDS[key]}: {old[key] or NOT_FILLED} → {new[key] or NOT_FILLED}"
        for key in FIELDS
        if key != "state" and old[key] != new[key]
    ]
    parts += [f"wijzigde {'; '.join(cells)}"] if cells else []
    return "; ".join(parts) or "wijzigde een detail"
