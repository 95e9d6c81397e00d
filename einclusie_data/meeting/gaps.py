"""What a meeting talks about: the most pressing gaps with their proposals, open decisions, what is unknown."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from einclusie_data.answers.matrix import open_gaps_text
from einclusie_data.answers.todo import effect_sentence, fill_in_sentence, todo_by_organisation, todo_list
from einclusie_data.contract import verdicts
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.words import count, listing, number, whole
from einclusie_data.decisions.listing import groups_named, late_words, wijkcodes_of
from einclusie_data.decisions.table import labels_of
from einclusie_data.decisions.words import NOT_FILLED, field_words
from einclusie_data.engine.gaps import most_pressing, unknown_need
from einclusie_data.meeting.parts import Grid, Occasion, first_lines
from einclusie_data.store.decision_record import Decision
from einclusie_data.store.decision_steps import OPEN_STATES, State

GAPS_SHOWN = 10
TODO_SHOWN = 40
"""Rows to complete that are named; of more only the number is told."""
NO_PROPOSAL = "Nog geen voorstel"
NO_GAP = "We vonden hier geen mogelijk hiaat."
NOTHING_UNKNOWN = "Er ontbreekt geen gegeven dat een oordeel kan veranderen."
GAP_HEADS = ("Wijk", "Oordeel", "Mensen buiten bereik", "Waarom", "Voorstel of besluit")
GROUP_HEADS = ("Doelgroep", "Wijken met een mogelijk hiaat", "Eerst te bespreken")
DECISION_HEADS = ("Nr.", "Voorstel of besluit", "Stand", "Wie", "Tegen wanneer")
TODO_HEADS = ("Organisatie", "Rij", "Aanbod", "Wat aanvullen", "Wat het verandert")


def pressing(rows: pd.DataFrame) -> pd.DataFrame:
    """The gaps of one group, most pressing first; after them those of which the people are unknown."""
    parts = [part for part in (most_pressing(rows), unknown_need(rows)) if len(part)]
    return pd.concat(parts) if parts else rows.iloc[:0]


def gaps_grid(occasion: Occasion) -> Grid:
    """The most pressing gaps of the chosen group, each with what was proposed or decided for it."""
    rows = pressing(occasion.rows[occasion.rows["doelgroep"] == occasion.group]).head(GAPS_SHOWN)
    cells = [
        (
            str(row["wijk"]),
            verdict_text(row["oordeel"]),
            whole(row["buiten_bereik"]),
            verdicts.REASONS[row["reden"]],
            listing([_short(one) for one in proposals_for(occasion, row["wijkcode"])]) or NO_PROPOSAL,
        )
        for row in rows.to_dict("records")
    ]
    return Grid(f"Meest dringende mogelijke hiaten: {occasion.group.lower()}", GAP_HEADS, tuple(cells))


def verdict_text(code: str) -> str:
    """Sign and word: the sign also tells them apart in black and white."""
    return f"{verdicts.VERDICTS[code].symbol} {verdicts.VERDICTS[code].word}"


def proposals_for(occasion: Occasion, code: str) -> list[Decision]:
    """What was proposed or decided for one wijk and the chosen group, what was not retained apart."""
    areas = occasion.dataset.areas
    return [
        one
        for one in occasion.here
        if one.state != State.NOT_RETAINED and occasion.group in groups_named(one) and code in wijkcodes_of(areas, one)
    ]


def _short(decision: Decision) -> str:
    return f"{field_words(decision, {})['title']} ({decision.state})"


def groups_grid(occasion: Occasion) -> Grid:
    """Per group in how many wijken there is a gap, and where to begin. Groups overlap: they are never added up."""
    rows = []
    for group, part in occasion.rows.groupby("doelgroep", sort=False):
        worst = pressing(part)["wijk"].head(3).tolist()
        rows.append((str(group), open_gaps_text(part), listing(worst) or "–"))
    return Grid("Mogelijke hiaten per doelgroep", GROUP_HEADS, tuple(rows))


def gap_lines(occasion: Occasion) -> tuple[str, ...]:
    """How many gaps there are, for whom, and how many wijken we do not know."""
    rows = occasion.rows[occasion.rows["doelgroep"] == occasion.group]
    unknown = int((rows["oordeel"] == verdicts.UNKNOWN).sum())
    open_gaps = int(rows["oordeel"].isin(verdicts.OPEN_GAP).sum())
    first = f"Voor {occasion.group.lower()}: {open_gaps_text(rows)} met een mogelijk hiaat." if open_gaps else NO_GAP
    more = f"In {count(unknown, 'wijk', 'wijken')} weten we het niet." if unknown else ""
    return tuple(filter(None, (first, more, without_figure_words(len(unknown_need(rows)), open_gaps))))


def without_figure_words(size: int, open_gaps: int) -> str:
    """That gaps without a figure stand behind the others, which says nothing of how pressing they are; "" for none.

    Examples
    --------
    >>> without_figure_words(58, 59)
    'Van 58 van die 59 weten we niet voor hoeveel mensen: die staan achteraan, maar kunnen dringender zijn.'
    """
    if not size:
        return ""
    if size == open_gaps:
        return "We weten niet voor hoeveel mensen: de hoogste wijkenranking staat eerst."
    return (
        f"Van {number(size)} van die {number(open_gaps)} weten we niet voor hoeveel mensen: die staan achteraan, maar "
        "kunnen dringender zijn."
    )


def open_decisions(decisions: Iterable[Decision]) -> list[Decision]:
    """Those that still have to start."""
    return [one for one in decisions if one.state in OPEN_STATES]


def decisions_grid(occasion: Occasion, decisions: Iterable[Decision], caption: str) -> Grid:
    """Decisions with who and when; what is not agreed yet says so."""
    labels = labels_of(occasion.dataset.areas)
    rows = []
    for one in decisions:
        words = field_words(one, labels)
        what = ". ".join(filter(None, [words["title"], words["what"]]))
        rows.append((str(one.id), what, words["state"], words["who"] or NOT_FILLED, words["due"] or NOT_FILLED))
    return Grid(caption, DECISION_HEADS, tuple(rows))


def decision_lines(occasion: Occasion) -> tuple[str, ...]:
    """How many proposals and decisions are open, and how many dates have passed."""
    still = open_decisions(occasion.here)
    if not still:
        return ("Er staat geen open voorstel of besluit genoteerd.",)
    first = f"{count(len(still), 'voorstel of besluit staat', 'voorstellen en besluiten staan')} nog open."
    return tuple(filter(None, (first, late_words(still, occasion.day))))


def unknown_section(occasion: Occasion) -> tuple[tuple[str, ...], Grid]:
    """What is unknown and who can fill it in: a sentence per organisation, and the rows as a table."""
    group = None if occasion.group == EVERYONE else occasion.group
    todo = todo_list(occasion.dataset, occasion.answer, occasion.scope.codes, group)
    by_organisation = todo_by_organisation(todo)
    lines = [
        f"{one['organisation']}: {count(one['rows'], 'rij', 'rijen')} aan te vullen."
        for one in by_organisation.to_dict("records")
    ]
    rows = []
    for name, places in zip(by_organisation["organisation"], by_organisation["lines"], strict=True):
        for _, row in todo.iloc[list(places)].iterrows():
            rows.append(
                (name, str(row["row"]), str(row["name"]), fill_in_sentence(row["fill_in"]), effect_sentence(row))
            )
    shown = first_lines(lines, 12)
    if len(rows) > TODO_SHOWN:
        shown.append(f"De tabel toont de eerste {number(TODO_SHOWN)} rijen. De lijst “Te doen” bij Datakwaliteit "
                     "bevat ze allemaal.")  # fmt: skip
    caption = "Wat we niet weten, en wie het kan aanvullen"
    return tuple(shown) or (NOTHING_UNKNOWN,), Grid(caption, TODO_HEADS, tuple(rows[:TODO_SHOWN]))
