"""What happened to a decision, change by change, in Dutch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.words import day
from einclusie_data.decisions.words import FIELDS, NOT_FILLED, Labels, field_words
from einclusie_data.store.decision_record import Decision


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
