"""Decisions as screens and exports use them: in order, as a table, with their dates, beside the workbook of now.

A decision outlives every workbook. What it refers to (a wijk, a group, a method, a partner) may be gone: it then stays
as it was written, and `doubts` says so.

Which decisions a screen lists, in the chosen area and for the chosen group, and the sentences above that list.

A new decision from what someone looks at: a gap of the map, or the proposals of a scenario.

The decisions as an Excel workbook, to print or to take along to a meeting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment

from einclusie_data.answers.scopes import CITY, Scope, scopes
from einclusie_data.city.areas import Areas
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.organisations import OrganisationNames
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.schema import METHODS, OFFERS, PARTNERS
from einclusie_data.contract.text import normalise
from einclusie_data.contract.verdicts import OPEN_GAP, Verdict
from einclusie_data.contract.words import count, listing, number
from einclusie_data.decisions.place import place_of_decision
from einclusie_data.decisions.words import (
    FIELDS,
    STATES,
    Labels,
    agreement_sentence,
    field_words,
    gap_words,
    late_sentence,
)
from einclusie_data.engine.dataset import Dataset
from einclusie_data.files.write.book import ABOUT_SHEET, add_about, add_table, save_book
from einclusie_data.proposals.offer import NewOffer
from einclusie_data.proposals.scenario import Scenario
from einclusie_data.store.decision_record import (
    FIRST_STATES,
    OPEN_STATES,
    STEPS,
    Decision,
    Draft,
    Proposal,
    State,
    draft_problems,
    tidy,
)

DECISIONS_SHEET = "Besluiten"
_WIDTHS = {"Nr": 6, "Titel": 34, "Wat": 46, "Waarom": 40, "Methodieken": 30, "Partners": 30, "Wijk": 20, "Wie": 22,
           "Doelgroep": 22, "Netwerk": 20}  # fmt: skip


def about_decisions(shown: int, view: str, origin: str) -> list[tuple[str, str]]:
    """Text of the sheet that explains the list: how many, what was chosen, beside which data, what the states mean."""
    return [
        ("Wat is dit", f"{count(shown, 'voorstel of besluit', 'voorstellen en besluiten')} van de netwerken."),
        ("Wat je ziet", view),
        ("Gegevens", origin),
        *((f"{look.symbol} {state}", look.sentence) for state, look in STATES.items()),
        ("Lege cel", "Een lege cel betekent: niet ingevuld."),
        ("Niet in dit bestand", "Persoonlijke contactgegevens, en de geschiedenis. Die staat op de pagina Besluiten."),
    ]


def decisions_xlsx_bytes(decisions: Sequence[Decision], areas: Areas, about: Sequence[tuple[str, str]]) -> bytes:
    """The decisions in the given order as an Excel workbook; what Excel would run is made harmless.

    Parameters
    ----------
    decisions : sequence of Decision
    areas : Areas
    about : sequence of (str, str)
        From `about_decisions`.
    """
    table = decisions_table(decisions, areas)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = DECISIONS_SHEET
    add_table(sheet, table, [_WIDTHS.get(str(name), 15) for name in table.columns])
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    add_about(book.create_sheet(ABOUT_SHEET), about)
    return save_book(book)


NO_NAME = "Nieuw aanbod"


def draft_of_gap(areas: Areas, code: str, group: str) -> Draft:
    """An idea for one cell of the gap table.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> import pandas as pd
    >>> areas = SimpleNamespace(wijken=pd.DataFrame({"label": ["Kiel"]}, index=["KIE01"]))
    >>> draft_of_gap(areas, "KIE01", "Ouderen").title
    'Aanbod voor ouderen in Kiel'
    """
    label = str(areas.wijken["label"][code])
    what = Proposal(groups=(group,), wijken=(code,))
    return Draft(title=f"Aanbod voor {group.lower()} in {label}", what=what, wijkcode=code, group=group)


def draft_at_meeting(areas: Areas, code: str, group: str, network: str, day: date) -> Draft:
    """What a meeting of today decides about one gap, or, without a wijk, about something else."""
    draft = draft_of_gap(areas, code, group) if code else Draft(title="")
    return replace(draft, state=State.DECIDED, network=network, meeting=day)


def draft_of_offer(areas: Areas, offer: NewOffer, scenario: str) -> Draft:
    """An idea that holds the new offer of a scenario; `scenario` is its name.

    What a decision has no field for (the language) is told in its reason.
    """
    shared = {one.name for one in fields(Proposal)}
    cells = {one.name: getattr(offer, one.name) for one in fields(offer) if one.name in shared}
    cells["address"] = ", ".join(filter(None, (offer.address, offer.postcode)))
    code = _wijkcode(areas, offer)
    reasons = [
        f"Uit het scenario “{scenario}”." if scenario else "",
        f"Talen: {listing(offer.languages)}." if offer.languages else "",
    ]
    return tidy(
        Draft(
            title=offer.name or _title(areas, offer, code),
            what=Proposal(**cells),
            why=" ".join(filter(None, reasons)),
            wijkcode=code,
            group=offer.groups[0] if len(offer.groups) == 1 else "",
        )
    )


def _wijkcode(areas: Areas, offer: NewOffer) -> str:
    """The one wijk that a new offer is in, by its point or its cell; "" when that is none, or several."""
    if offer.lat is not None and offer.lon is not None:
        return areas.wijk_at(offer.lon, offer.lat) or ""
    return offer.wijken[0] if len(offer.wijken) == 1 else ""


def _title(areas: Areas, offer: NewOffer, code: str) -> str:
    kind = offer.types[0] if offer.types else NO_NAME
    where = str(areas.wijken["label"].get(code, "")) or offer.location
    return f"{kind} in {where}" if where else kind


def drafts_of_scenario(areas: Areas, scenario: Scenario) -> list[Draft]:
    """An idea per new offer of a scenario, in its order; offers that stop become no decision."""
    return [draft_of_offer(areas, one, scenario.name) for one in scenario.new_offers]


def noted_already(decisions: Iterable[Decision], draft: Draft) -> Decision | None:
    """The decision that already holds this proposal under this title, whatever was agreed about it since."""
    return next((one for one in decisions if one.title == draft.title and one.what == draft.what), None)


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
