"""Two people change one decision at once: what each of them filled in is kept, and said where it differs."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from einclusie_data.decisions.words import FIELDS, NOT_FILLED, Labels, field_words
from einclusie_data.store.decision_record import Draft, Proposal


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
