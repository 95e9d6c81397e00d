"""Which decisions a screen lists, in the chosen area and for the chosen group, and the sentences above that list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import pandas as pd

from einclusie_data.answers.scopes import CITY, Scope
from einclusie_data.city.areas import Areas
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.text import normalise
from einclusie_data.contract.verdicts import OPEN_GAP, Verdict
from einclusie_data.contract.words import listing, number
from einclusie_data.decisions.place import place_of_decision
from einclusie_data.decisions.words import STATES, Labels, agreement_sentence, field_words, gap_words, late_sentence
from einclusie_data.store.decision_record import Decision, Draft
from einclusie_data.store.decision_steps import OPEN_STATES, State

NOTHING_YET = "Er staat nog geen enkel voorstel of besluit genoteerd."
MAYBE_THERE = "Dit aanbod lijkt al in de werkmap te staan. Kijk het na."
NONE_HERE = "Voor deze keuze staat er nog geen voorstel of besluit genoteerd."

_COUNTED: Mapping[State, tuple[str, str]] = {
    State.IDEA: ("idee", "ideeën"),
    State.TO_DISCUSS: ("te bespreken", "te bespreken"),
    State.DECIDED: ("beslist", "beslist"),
    State.STARTED: ("gestart", "gestart"),
    State.NOT_RETAINED: ("niet weerhouden", "niet weerhouden"),
}

STATE_LOOKS: Mapping[str, Verdict] = {
    state: Verdict(state, state, look.symbol, look.colour, look.ink, look.sentence) for state, look in STATES.items()
}
"""State -> how it looks in a legend, on a card and on a map."""


def groups_named(draft: Draft) -> tuple[str, ...]:
    """The groups that a decision names: those of the proposed offer, and that of the gap."""
    return tuple(dict.fromkeys(filter(None, (*draft.what.groups, draft.group))))


def wijkcodes_of(areas: Areas, draft: Draft) -> tuple[str, ...]:
    """The wijken that a decision is about; only those known now."""
    return tuple(str(areas.wijken.index[one]) for one in place_of_decision(areas, draft).wijken)


def in_scope(draft: Draft, areas: Areas, scope: Scope, scopes: Mapping[str, Scope]) -> bool:
    """Whether a decision is about an area, or may be.

    A decision that does not say where goes by its network: it stays out only when that network lies elsewhere.
    """
    if scope.name == CITY or (draft.network and normalise(draft.network) == normalise(scope.name)):
        return True
    codes = wijkcodes_of(areas, draft)
    if not codes:
        by_name = {normalise(name): one for name, one in scopes.items()}
        network = by_name.get(normalise(draft.network))
        return network is None or bool(set(network.codes) & set(scope.codes))
    return bool(set(codes) & set(scope.codes))


def for_group_or_unknown(draft: Draft, group: str) -> bool:
    """Whether a decision is for a group, for everyone, or does not say for whom; "Iedereen" asks for all of them."""
    named = groups_named(draft)
    return group == EVERYONE or not named or group in named or EVERYONE in named


def chosen_decisions(
    decisions: Iterable[Decision], areas: Areas, scope: Scope, scopes: Mapping[str, Scope], group: str
) -> list[Decision]:
    """The decisions of the chosen area and group, those that do not say where or for whom among them."""
    return [one for one in decisions if for_group_or_unknown(one, group) and in_scope(one, areas, scope, scopes)]


# --- sentences ----------------------------------------------------------------------------------------------------
def counts_sentence(decisions: Sequence[Decision]) -> str:
    """How many decisions there are per state."""
    found = Counter(one.state for one in decisions)
    parts = [f"{number(found[state])} {words[found[state] != 1]}" for state, words in _COUNTED.items() if found[state]]
    return f"{listing(parts)}." if parts else NONE_HERE


def late_words(decisions: Iterable[Decision], on: date) -> str:
    """How many have a date that has passed while they did not start."""
    late = sum(bool(late_sentence(one, on)) for one in decisions)
    return f"Bij {number(late)} is de afgesproken datum voorbij." if late else ""


def marks_words(decisions: Iterable[Decision], marks: Collection[int]) -> str:
    """How many may be in the workbook already."""
    found = sum(one.id in marks for one in decisions)
    if not found:
        return ""
    return f"Van {number(found)} lijkt het aanbod al in de werkmap te staan: kijk dat na."


def open_ends_words(decisions: Sequence[Decision], areas: Areas) -> str:
    """How many do not say where, or for whom: they are listed for every area or group."""
    placeless = sum(not wijkcodes_of(areas, one) for one in decisions)
    groupless = sum(not groups_named(one) for one in decisions)
    parts = [
        f"{number(size)} {'zegt' if size == 1 else 'zeggen'} niet {what}"
        for size, what in ((placeless, "waar"), (groupless, "voor wie"))
        if size
    ]
    return f"{listing(parts)}: die staan er altijd bij." if parts else ""


def gaps_words(rows: pd.DataFrame, decisions: Iterable[Decision], areas: Areas, group: str) -> str:
    """How many of the possible gaps of a group have a proposal or a decision.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of a gap table, of the chosen area.
    decisions : iterable of Decision
        Those that were not retained do not count.
    areas : Areas
    group : str
    """
    mine = rows[rows["doelgroep"] == group]
    gaps = set(mine.loc[mine["oordeel"].isin(OPEN_GAP), "wijkcode"])
    if not gaps:
        return ""
    kept = [one for one in decisions if one.state != State.NOT_RETAINED and group in groups_named(one)]
    served = gaps & {code for one in kept for code in wijkcodes_of(areas, one)}
    for_whom = f"met een mogelijk hiaat voor {group.lower()}"
    if len(gaps) == 1:
        return f"Voor de ene wijk {for_whom} is er {'een' if served else 'nog geen'} voorstel of besluit."
    has = "hebben er" if len(served) > 1 else "heeft er"
    some = number(len(served)) if served else "nog geen"
    return f"Van de {number(len(gaps))} wijken {for_whom} {has} {some} een voorstel of besluit."


def answer_sentences(
    decisions: Sequence[Decision], marks: Collection[int], on: date, areas: Areas, *, everything: bool
) -> list[str]:
    """What the meeting has to know about the listed decisions, in a few sentences.

    Parameters
    ----------
    decisions : sequence of Decision
    marks : collection of int
        Ids of the decisions that the workbook may already contain.
    on : datetime.date
    areas : Areas
    everything : bool
        The whole city and all groups: nothing is left out, so what is not filled in need not be explained.
    """
    more = "" if everything else open_ends_words(decisions, areas)
    return [*filter(None, (counts_sentence(decisions), late_words(decisions, on), marks_words(decisions, marks), more))]


# --- cards --------------------------------------------------------------------------------------------------------
def card_lines(decision: Decision, labels: Labels, on: date, *, maybe_there: bool) -> tuple[str, ...]:
    """What the card of a decision says below its title; "" for a line that has nothing to say.

    Parameters
    ----------
    decision : Decision
    labels : mapping
        See `decisions.labels_of`.
    on : datetime.date
    maybe_there : bool
        The workbook may already contain what was decided.
    """
    words = field_words(decision, labels)
    agreed = decision.state in OPEN_STATES or decision.who or decision.due
    return (
        words["what"],
        f"Voor het hiaat: {gap_words(decision, labels)}." if decision.wijkcode or decision.group else "",
        words["why"] if decision.state == State.NOT_RETAINED else agreement_sentence(decision) if agreed else "",
        late_sentence(decision, on),
        MAYBE_THERE if maybe_there else "",
    )
