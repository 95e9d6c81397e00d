"""The states of a decision, and which step from one state to another a meeting may take.

::

    idee ──────> te bespreken ──────> beslist ──────> gestart
      │  <──────      │      <────────   │   <───────    │
      │               │      <───────────┼───────────────┤  (it stopped, or it goes otherwise: talk about it again)
      └───────────────┴──────> niet weerhouden <─────────┘ (not from gestart: what has started is first talked about)

A step may be skipped forwards: a meeting can decide at once on an idea, and a partner can start without waiting for a
meeting. What was not retained can come back as an idea or on the agenda, but is not decided or started from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """How far a decision is; the values are the words that are kept and shown."""

    IDEA = "idee"
    TO_DISCUSS = "te bespreken"
    DECIDED = "beslist"
    STARTED = "gestart"
    NOT_RETAINED = "niet weerhouden"


STEPS: Mapping[State, tuple[State, ...]] = MappingProxyType(
    {
        State.IDEA: (State.TO_DISCUSS, State.DECIDED, State.STARTED, State.NOT_RETAINED),
        State.TO_DISCUSS: (State.IDEA, State.DECIDED, State.STARTED, State.NOT_RETAINED),
        State.DECIDED: (State.TO_DISCUSS, State.STARTED, State.NOT_RETAINED),
        State.STARTED: (State.TO_DISCUSS, State.DECIDED),
        State.NOT_RETAINED: (State.IDEA, State.TO_DISCUSS),
    }
)
"""State -> the states that may come next. Staying in a state (something else changes) is always allowed."""

FIRST_STATES: tuple[State, ...] = (State.IDEA, State.TO_DISCUSS, State.DECIDED)
"""States in which a decision may be written down for the first time."""

OPEN_STATES: frozenset[State] = frozenset({State.IDEA, State.TO_DISCUSS, State.DECIDED})
"""States in which something still has to happen."""


def step_problem(before: State | None, after: State) -> str:
    """Why a step is not allowed, with the steps that are; "" when it is. `before` None = a new decision.

    Examples
    --------
    >>> step_problem(State.NOT_RETAINED, State.STARTED)
    'Van “niet weerhouden” kan je niet naar “gestart”. Kies uit: idee, te bespreken.'
    >>> step_problem(None, State.IDEA)
    ''
    """
    allowed = FIRST_STATES if before is None else (before, *STEPS[before])
    if after in allowed:
        return ""
    if before is None:
        return f"Een nieuw besluit kan niet meteen “{after}” zijn. Kies uit: {', '.join(allowed)}."
    return f"Van “{before}” kan je niet naar “{after}”. Kies uit: {', '.join(STEPS[before])}."
