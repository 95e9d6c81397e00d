"""The agenda of a meeting in the usual order of the network, prefilled from the data.

What a meeting talks about: the most pressing gaps with their proposals, open decisions, what is unknown.

What changed since the meeting before: offers, methods and gaps, in lines; and per organisation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.answers.matrix import open_gaps_text
from einclusie_data.answers.scopes import Scope
from einclusie_data.answers.todo import effect_sentence, fill_in_sentence, todo_by_organisation, todo_list
from einclusie_data.changes.compare import Changes, changes_of, public_changes
from einclusie_data.changes.gaps import gap_changes
from einclusie_data.changes.words import cell_text, gap_sentences, one_line
from einclusie_data.contract import verdicts
from einclusie_data.contract.codelists import EVERYONE, STOPPED
from einclusie_data.contract.organisations import OrganisationNames, organisation_key
from einclusie_data.contract.questions import Question
from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.text import normalise
from einclusie_data.contract.words import count, day, listing, number, whole
from einclusie_data.decisions.table import chosen_decisions, groups_named, in_order, labels_of, late_words, wijkcodes_of
from einclusie_data.decisions.words import NOT_FILLED, agreement_sentence, field_words
from einclusie_data.engine.conditions import ACTIVE_STATUSES
from einclusie_data.engine.dataset import Dataset, answer_per_group
from einclusie_data.engine.gap_table import touches
from einclusie_data.engine.gaps import Answer, most_pressing, unknown_need
from einclusie_data.engine.locate import Placement
from einclusie_data.meeting.meetings import (
    Meeting,
    first_from,
    meeting_on,
    meetings_of,
    members,
    new_members,
    partner_names,
)
from einclusie_data.store.decision_record import OPEN_STATES, Decision, State

ADDED, CHANGED, ENDED = "Nieuw", "Gewijzigd", "Gestopt of verdwenen"
_STATUS = OFFERS.column("status").header
_STOPPED = STOPPED
_LONGEST_CELL = 120


@dataclass(frozen=True)
class News:
    """One thing that happened to an offer: what, whose, and the line that tells it."""

    kind: str
    organisations: tuple[str, ...]
    name: str
    text: str

    @property
    def line(self) -> str:
        """The whole line."""
        whose = f" ({listing(self.organisations)})" if self.organisations else ""
        return f"{self.kind}: {self.name}{whose}.{f' {self.text}' if self.text else ''}"


def offer_news(occasion: Occasion) -> tuple[News, ...]:
    """What happened to the offers that are, reach, serve or may lie in the area: new, then changed, then ended."""
    if occasion.changes is None or occasion.before is None or occasion.previous is None:
        return ()
    rows, codes, reach_m = occasion.changes.offers, occasion.scope.codes, occasion.question.reach_m
    here, then = (_rows_in(one, codes, reach_m) for one in (occasion.dataset, occasion.before))
    added = [_named(ADDED, row, row["note"]) for row in rows.added.to_dict("records") if row["row"] in here]
    removed = [
        _named(ENDED, row, row["note"] or "Staat niet meer in de werkmap.")
        for row in rows.removed.to_dict("records")
        if row["row"] in then
    ]
    return (
        *added,
        *_changed(occasion, rows.changed, here),
        *_ended_by_date(occasion, occasion.previous, here),
        *removed,
    )


def _rows_in(dataset: Dataset, codes: tuple[str, ...], reach_m: float) -> set[int]:
    """Excel rows of the offers that have to do with some wijken; those that may lie anywhere too."""
    positions = np.arange(len(dataset.shown))
    inside = dataset.areas.wijken.index.isin(codes)
    related = touches(dataset.supply, dataset.reach(reach_m), positions)[:, inside].any(axis=1)
    nowhere = (dataset.shown["placement"] == Placement.NOWHERE).to_numpy()
    return set(dataset.shown.loc[related | nowhere, "row"].tolist())


def _named(kind: str, row: dict[Any, Any], text: str = "") -> News:
    return News(kind, tuple(map(one_line, row["organisations"])), one_line(row["name"]), text)


def _changed(occasion: Occasion, changed: pd.DataFrame, here: set[int]) -> list[News]:
    shown = {row["row"]: row for row in occasion.dataset.shown.to_dict("records")}
    found = []
    for row_number, cells in changed[changed["row"].isin(here)].groupby("row", sort=True):
        row = shown[row_number]
        stopped = (cells["column"] == _STATUS).any() and row["status"] == _STOPPED
        text = "; ".join(
            f"{one_line(cell['column'])}: {_short_cell(cell_text(cell))}" for cell in cells.to_dict("records")
        )
        found.append(_named(ENDED if stopped else CHANGED, row, f"{text}."))
    return found


def _short_cell(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL].rstrip()} …"


def _ended_by_date(occasion: Occasion, previous: date, here: set[int]) -> list[News]:
    """The offers whose last day fell between the two meetings, though their row stayed as it was."""
    offers, since, on = occasion.dataset.shown, pd.Timestamp(previous), pd.Timestamp(occasion.question.on)
    over = (offers["valid_to"] >= since) & (offers["valid_to"] < on) & offers["row"].isin(here)
    over &= offers["status"] != _STOPPED
    return [_named(ENDED, row, f"Liep tot {day(row['valid_to'])}.") for row in offers[over].to_dict("records")]


def method_news(occasion: Occasion) -> tuple[News, ...]:
    """The methods that are new. A method has no place: they are new for every network."""
    if occasion.changes is None:
        return ()
    return tuple(
        News(ADDED, tuple(dict.fromkeys(filter(None, (one_line(row["publisher"]), *row["used_by"])))),
             one_line(row["name"]), "")
        for row in occasion.changes.methods.added.to_dict("records")
    )  # fmt: skip


def gap_news(occasion: Occasion) -> tuple[list[str], list[str], list[str]]:
    """Sentences: the gaps that opened, those that closed, and where only our knowledge changed."""
    if occasion.changes is None:
        return [], [], []
    return (
        gap_sentences(occasion.changes.opened),
        gap_sentences(occasion.changes.closed),
        gap_sentences(occasion.changes.uncertain),
    )


def news_by_organisation(occasion: Occasion) -> dict[str, list[str]]:
    """Organisation -> what happened to its offers and methods, by name. News of several stands under each."""
    found: dict[str, list[str]] = {}
    for what, news in (("aanbod", offer_news(occasion)), ("methodiek", method_news(occasion))):
        for one in news:
            for name in one.organisations:
                found.setdefault(name, []).append(f"{what} “{one.name}”: {one.kind.lower()}")
    return {name: found[name] for name in sorted(found, key=normalise)}


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


NOBODY_NEW = "Er is geen nieuwe partner sinds de vorige bijeenkomst."
NEW_UNKNOWN = "We weten niet wie nieuw is: er is geen vorige bijeenkomst om mee te vergelijken."
HOST_UNKNOWN = (
    "Wie ontvangt de groep? De gastorganisatie staat niet op het blad Bijeenkomsten. Vul ze daar aan, of typ ze hier."
)
ASK_AROUND = "Vraag rond: wie heeft nieuws dat nog niet in de werkmap staat?"
THEME = "Welk thema, of welke vraag van een partner, bespreken we?"
LINES_SHOWN = 25


def new_lines(occasion: Occasion) -> tuple[str, ...]:
    """Who is new in the network."""
    if occasion.before is None:
        return (NEW_UNKNOWN,)
    names = new_members(occasion.before, occasion.dataset, occasion.scope)
    return tuple(names) or (NOBODY_NEW,)


def agenda(occasion: Occasion) -> tuple[Section, ...]:
    """The five points of the agenda."""
    points = (
        ("welkom", "Welkom aan wie nieuw is", new_lines(occasion)),
        ("gast", "Rondleiding en uitleg door wie ontvangt", host_lines(occasion)),
        ("nieuws", "Nieuws per organisatie", _news_lines(occasion)),
        ("thema", "Projecten, en een thema of een vraag van een partner", _theme_lines(occasion)),
        ("afspraken", "Afspraken", agreement_lines(occasion)),
    )
    return tuple(Section(key, AGENDA, f"{place}. {title}", tuple(lines))
                 for place, (key, title, lines) in enumerate(points, start=1))  # fmt: skip


def host_lines(occasion: Occasion) -> tuple[str, ...]:
    """Who receives the group, where, and what that organisation offers and uses."""
    host, address = occasion.meeting.host, occasion.meeting.address
    if not host:
        return (HOST_UNKNOWN,)
    offers, methods = host_offers(occasion, host), host_methods(occasion, host)
    lines = [f"We zijn te gast bij {host}{f', {address}' if address else ''}."]
    lines += first_lines([f"Aanbod: {name}" for name in offers["name"]], LINES_SHOWN)
    lines += first_lines([f"Methodiek: {name}" for name in methods["name"]], LINES_SHOWN)
    if offers.empty:
        lines.append(f"In de werkmap staat geen actief aanbod van {host}. Klopt dat?")
    if methods.empty:
        lines.append(f"In de werkmap staat geen methodiek van {host}. Klopt dat?")
    return tuple(lines)


def host_offers(occasion: Occasion, host: str) -> pd.DataFrame:
    """The offers of an organisation that do not say that they stopped, are planned or are closed."""
    shown, key, names = occasion.dataset.shown, *_host(occasion, host)
    own = [any(organisation_key(names.current(one)) == key for one in cell) for cell in shown["organisations"]]
    mine = shown[np.array(own, dtype=bool)]
    return mine[mine["status"].isin(ACTIVE_STATUSES)]


def host_methods(occasion: Occasion, host: str) -> pd.DataFrame:
    """The methods that an organisation made or uses."""
    methods, key, names = occasion.dataset.methods, *_host(occasion, host)
    cells = zip(methods["publisher"], methods["used_by"], strict=True)
    own = [any(organisation_key(names.current(one)) == key for one in (made, *used) if one) for made, used in cells]
    return methods[np.array(own, dtype=bool)]


def _host(occasion: Occasion, host: str) -> tuple[str, OrganisationNames]:
    names = partner_names(occasion.dataset)
    return organisation_key(names.current(host)), names


def _news_lines(occasion: Occasion) -> list[str]:
    news = news_by_organisation(occasion)
    lines = first_lines([f"{name}: {'; '.join(texts)}." for name, texts in news.items()], LINES_SHOWN)
    known = {organisation_key(name) for name in news}
    quiet = [name for key, name in members(occasion.dataset, occasion.scope).items() if key not in known]
    if quiet and occasion.before is not None:
        lines.append(f"Geen verandering in de werkmap: {listing(first_quiet(quiet))}.")
    return [*lines, ASK_AROUND]


def first_quiet(names: list[str]) -> list[str]:
    """Names to read in one line."""
    return names if len(names) <= LINES_SHOWN else [*names[:LINES_SHOWN], f"nog {len(names) - LINES_SHOWN} andere"]


def _theme_lines(occasion: Occasion) -> list[str]:
    planned = [line.strip() for line in occasion.meeting.agenda.splitlines() if line.strip()]
    return planned or [THEME]


def agreement_lines(occasion: Occasion) -> tuple[str, ...]:
    """What is still open, who takes it on and when; and the next meeting."""
    lines = [agreement_line(one) for one in open_decisions(occasion.here)]
    coming = next_day(occasion)
    when = f"Volgende bijeenkomst: {day(coming)}." if coming else "Volgende bijeenkomst: nog af te spreken."
    return (*first_lines(lines, LINES_SHOWN), when)


def agreement_line(decision: Decision) -> str:
    """A decision with who and when in one line."""
    return f"{field_words(decision, {})['title']} ({decision.state}). {agreement_sentence(decision)}"


def next_day(occasion: Occasion) -> date | None:
    """The first meeting after this one, when the sheet Bijeenkomsten names it."""
    later = [one for one in meetings_of(occasion.dataset, occasion.scope) if one.day > occasion.day]
    return first_from(later, occasion.day)


NEW, MISSING, AGENDA = "Wat is er veranderd?", "Wat ontbreekt er?", "Agenda"
PARTS = (NEW, MISSING, AGENDA)
"""Parts of a preparation, in order."""


@dataclass(frozen=True)
class Grid:
    """A table of texts: what it shows, its heads, its rows."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A piece of a preparation: lines that someone may change before they are downloaded, and tables that stay.

    Attributes
    ----------
    key : str
        Stable name.
    part : str
        One of `PARTS`.
    title : str
    lines : tuple of str
    tables : tuple of Grid
    """

    key: str
    part: str
    title: str
    lines: tuple[str, ...]
    tables: tuple[Grid, ...] = ()


@dataclass(frozen=True)
class Preparation:
    """A meeting prepared: who meets and when, the answer in a few sentences, and the sections by part."""

    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Occasion:
    """What a meeting is prepared from.

    Attributes
    ----------
    dataset : Dataset
        The workbook of now.
    question : Question
    group : str
        The chosen group; Iedereen tells of every group.
    scope : Scope
        Of the network.
    day : datetime.date
        Of the meeting.
    decisions : tuple of Decision
        All of them.
    scopes : mapping of str to Scope
        Every area by name (see `scopes.scopes`).
    previous : datetime.date, optional
        The meeting before, when it is known.
    before : Dataset, optional
        The workbook as it was then; None when there is none.
    """

    dataset: Dataset
    question: Question
    group: str
    scope: Scope
    day: date
    decisions: tuple[Decision, ...]
    scopes: Mapping[str, Scope]
    previous: date | None = None
    before: Dataset | None = None

    @cached_property
    def meeting(self) -> Meeting:
        """What the sheet Bijeenkomsten says of it."""
        return meeting_on(meetings_of(self.dataset, self.scope), self.day)

    @cached_property
    def answer(self) -> Answer:
        """The gap table of all groups."""
        return answer_per_group(self.dataset, self.question)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Its rows in the area."""
        return self.answer.table[self.answer.table["wijkcode"].isin(self.scope.codes)]

    @cached_property
    def changes(self) -> Changes | None:
        """What anyone may see of what changed since the meeting before; gaps only of the area and the group.

        Each workbook is judged on its own day: an offer that ended in between may open a gap too.
        """
        if self.before is None or self.previous is None:
            return None
        found = public_changes(changes_of(self.before, self.dataset, self.question))
        then = replace(self.question, on=self.previous)
        gaps = gap_changes(self.before, self.dataset, self.question, then)
        inside = gaps["wijkcode"].isin(self.scope.codes)
        asked = inside if self.group == EVERYONE else inside & (gaps["doelgroep"] == self.group)
        return replace(found, gaps=gaps[asked].reset_index(drop=True))

    @cached_property
    def here(self) -> tuple[Decision, ...]:
        """The decisions of the area and the group, what has to be talked about first."""
        found = chosen_decisions(self.decisions, self.dataset.areas, self.scope, self.scopes, self.group)
        return tuple(in_order(found))


def first_lines(lines: Sequence[str], most: int) -> list[str]:
    """The first lines, and how many more there are.

    Examples
    --------
    >>> first_lines(["a", "b", "c"], 2)
    ['a', 'b', 'En nog 1.']
    """
    more = len(lines) - most
    return [*lines[:most], *([f"En nog {number(more)}."] if more > 0 else [])]
