"""What a scenario proposes, in sentences that can be read aloud.

What changes, by a scenario or when one offer stops, in sentences that can be read aloud.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from einclusie_data.changes.gaps import CLOSED, OPENED, UNCERTAIN
from einclusie_data.contract import verdicts
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.words import count, listing, number
from einclusie_data.engine.dataset import Dataset
from einclusie_data.proposals.compare import Comparison, GroupPeople
from einclusie_data.proposals.offer import (
    NO_NAME,
    OUTSIDE_CITY,
    UNKNOWN_WIJK,
    NewOffer,
    Stop,
    not_used,
    short_text,
    tidy,
)
from einclusie_data.proposals.scenario import Scenario, stop_positions

NAMED = 5
"""How many wijken a sentence names before it counts the others."""

_NAMED_MISSING = 2
"""Up to so many groups, a sentence names those that are left out instead of all the others."""

NOTHING_CHANGES = "Met dit scenario verandert er geen enkel oordeel."
NOBODY_CHANGES = "Voor niemand verandert wat er op loopafstand is."
NEVER_ADD = "Tel de groepen niet op: één mens kan bij meer groepen horen."
FILL_IN_NEED = "Vul het aantal aan in het blad Behoefte."


def lead_sentence(comparison: Comparison) -> str:
    """The answer in one sentence: gaps that go and come, and people who get or lose an offer within walking distance.

    Groups are never added up: of several groups the people of Iedereen are told, else those of the only group for which
    something changes, else nobody's.
    """
    several = len(comparison.groups) > 1
    people = [one for one in comparison.people if one.group == EVERYONE] or list(comparison.people)
    clauses = _gap_clauses(comparison, several=several)
    if len(people) == 1:
        clauses += _people_clauses(people[0], several=several)
    elif not people:
        clauses.append("verandert er voor niemand wat er op loopafstand is")
    return f"Met dit scenario {listing(clauses)}."


def _gap_clauses(comparison: Comparison, *, several: bool) -> list[str]:
    steps = [(len(comparison.closed), "verdwijnt", "verdwijnen"), (len(comparison.opened), "ontstaat", "ontstaan")]
    apart = " (elke wijk en elke doelgroep apart geteld)" if several else ""
    found = [
        f"{one if size == 1 else many} er {count(size, 'mogelijk hiaat', 'mogelijke hiaten')}{apart}"
        for size, one, many in steps
        if size
    ]
    if found or comparison.changed.empty:
        return found or ["verandert er geen enkel oordeel"]
    verb = "verandert" if len(comparison.changed) == 1 else "veranderen"
    changes = f"{verb} er {count(len(comparison.changed), 'oordeel', 'oordelen')}{apart}"
    return [changes, "verdwijnt of ontstaat er geen mogelijk hiaat"]


def _people_clauses(people: GroupPeople, *, several: bool) -> list[str]:
    who = f" ({people.group.lower()})" if several and people.group != EVERYONE else ""
    steps = [
        (people.gained, "komt er voor {} passend aanbod op loopafstand"),
        (people.lost, "is er voor {} geen passend aanbod meer op loopafstand"),
    ]
    told = [text.format(count(size, "persoon", "mensen") + who) for size, text in steps if size]
    if people.unknown:
        told.append(f"weten we niet voor hoeveel mensen{who} er iets verandert in {wijken_text(people.unknown)}")
    return told


def comparison_sentences(comparison: Comparison) -> list[str]:
    """What a scenario changes: first the counts, then who and where, then the people."""
    changed = comparison.changed
    people = people_sentences(comparison.people) or [NOBODY_CHANGES]
    if changed.empty:
        return [NOTHING_CHANGES, *people]
    return [*_count_sentences(comparison), *verdict_sentences(changed, comparison.groups), *people]


def _count_sentences(comparison: Comparison) -> list[str]:
    counts = (
        (len(comparison.closed), "Er verdwijnt", "Er verdwijnen"),
        (len(comparison.opened), "Er ontstaat", "Er ontstaan"),
    )
    found = [
        f"{one if size == 1 else many} {count(size, 'mogelijk hiaat', 'mogelijke hiaten')}."
        for size, one, many in counts
        if size
    ]
    return found or ["Er verdwijnt geen mogelijk hiaat, en er ontstaat er geen."]


def verdict_sentences(changed: pd.DataFrame, groups: Sequence[str] = ()) -> list[str]:
    """Who gets another verdict and where: groups with the same change in the same wijken share a sentence.

    Parameters
    ----------
    changed : pandas.DataFrame
        Rows with `wijk`, `doelgroep`, `van`, `naar` and `soort` (see `gap_changes`), all of them changed.
    groups : sequence of str
        All groups that were looked at: when a change is for every one of them, they need not be named.
    """
    kinds = [_template(*cells) for cells in zip(changed["van"], changed["naar"], changed["soort"], strict=True)]
    where: dict[tuple[str, str], list[str]] = {}
    for kind, group, wijk in zip(kinds, changed["doelgroep"], changed["wijk"], strict=True):
        where.setdefault((kind, group), []).append(wijk)
    whom: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for group in dict.fromkeys([*groups, *changed["doelgroep"]]):
        for kind in _TEMPLATES:
            if (kind, group) in where:
                whom.setdefault((kind, tuple(where[kind, group])), []).append(group)
    told = sorted(whom.items(), key=lambda one: _TEMPLATES.index(one[0][0]))
    return [kind.format(groups=groups_text(names, groups), where=wijken_text(wijken)) for (kind, wijken), names in told]


def groups_text(names: Sequence[str], groups: Sequence[str]) -> str:
    """Groups in a sentence.

    Examples
    --------
    >>> groups_text(["Ouderen", "Werkzoekenden"], []), groups_text(["Iedereen", "Ouderen"], ["Iedereen", "Ouderen"])
    ('ouderen en werkzoekenden', 'alle doelgroepen')
    >>> groups_text(["Ouderen", "Werkzoekenden", "Iedereen", "B"], ["Iedereen", "Ouderen", "Werkzoekenden", "A", "B"])
    'alle doelgroepen behalve a'
    """
    missing = [group.lower() for group in groups if group not in names]
    if len(names) > 1 and groups and not missing:
        return "alle doelgroepen"
    if groups and len(missing) <= _NAMED_MISSING and len(names) > len(missing) + 1:
        return f"alle doelgroepen behalve {listing(missing)}"
    return listing([name.lower() for name in names])


_TEMPLATES = (
    "Voor {groups} verdwijnt een mogelijk hiaat in {where}.",
    "Voor {groups} ontstaat een mogelijk hiaat in {where}.",
    "Voor {groups} is er dan zeker aanbod in {where}. Nu weten we dat niet.",
    "Voor {groups} is er nu misschien aanbod in {where}. Dan vinden we er geen meer.",
    "Voor {groups} weten we dan niet meer of er aanbod is in {where}.",
    "Voor {groups} verdwijnt misschien een mogelijk hiaat in {where}. We weten het niet zeker.",
    "Voor {groups} wordt het aanbod beter in {where}.",
    "Voor {groups} wordt het aanbod zwakker in {where}.",
    "Voor {groups} komt er hulp aan huis, rondreizend of online bij in {where}. Het blijft een mogelijk hiaat.",
    "Voor {groups} valt de hulp aan huis, rondreizend of online weg in {where}.",
)
"""The kinds of change, in the order in which they are told."""
(_CLOSES, _OPENS, _SURE_OFFER, _SURE_GAP, _NO_LONGER_SURE, _MAYBE_CLOSES, _BETTER, _WORSE, _MOBILE_COMES,
 _MOBILE_GOES) = _TEMPLATES  # fmt: skip


def _template(before: str, after: str, kind: str) -> str:
    if kind in (CLOSED, OPENED):
        return _CLOSES if kind == CLOSED else _OPENS
    if kind == UNCERTAIN:
        if before == verdicts.UNKNOWN:
            return _SURE_OFFER if after in verdicts.SOME_OFFER else _SURE_GAP
        return _NO_LONGER_SURE if before in verdicts.SOME_OFFER else _MAYBE_CLOSES
    better = verdicts.ORDER.index(after) < verdicts.ORDER.index(before)
    if before in verdicts.OPEN_GAP:
        return _MOBILE_COMES if better else _MOBILE_GOES
    return _BETTER if better else _WORSE


def wijken_text(wijken: Sequence[str]) -> str:
    """Names of wijken in a sentence; of many the first few.

    Examples
    --------
    >>> wijken_text(["Kiel", "Dam"]), wijken_text(list("abcdefgh"))
    ('Kiel en Dam', 'a, b, c, d, e en nog 3 wijken')
    """
    if len(wijken) <= NAMED + 1:
        return listing(wijken)
    return f"{', '.join(wijken[:NAMED])} en nog {number(len(wijken) - NAMED)} wijken"


def people_sentences(people: Sequence[GroupPeople]) -> list[str]:
    """How many people get, or lose, an offer within walking distance, per group, and where we do not know."""
    told = [f"{one.group}: {' '.join(known)}" for one in people if (known := _known(one))]
    for wijken in dict.fromkeys(one.unknown for one in people if one.unknown):
        groups = [one.group for one in people if one.unknown == wijken]
        told.append(
            f"Voor {groups_text(groups, [])} verandert wat op loopafstand is in {wijken_text(wijken)}. "
            f"We weten niet voor hoeveel mensen. {FILL_IN_NEED}"
        )
    return [*told, NEVER_ADD] if len(people) > 1 else told


def _known(one: GroupPeople) -> list[str]:
    steps = (
        (one.gained, "voor {} komt er passend aanbod op loopafstand."),
        (one.lost, "voor {} is er dan geen passend aanbod meer op loopafstand."),
    )
    told = [text.format(count(size, "persoon", "mensen")) for size, text in steps if size]
    return [*told[:1], *(text.capitalize() for text in told[1:])]


NO_SCENARIO = "Deze link is beschadigd of te oud. We kunnen het scenario niet lezen. Vraag de link opnieuw."
ASSUMPTION = "We gaan ervan uit dat nieuw aanbod meteen start en blijft duren."
UNNAMED = "Scenario zonder naam"
BEYOND_CITY = "Je klikte buiten de stad. Kies een plek in de stad."

TABLE_HEADERS = {
    "scenario": "Scenario",
    "hiaten_dicht": "Mogelijke hiaten die verdwijnen",
    "hiaten_open": "Mogelijke hiaten die ontstaan",
    "onzeker": "Waar verandert wat we weten",
    "beter": "Andere oordelen die beter worden",
    "zwakker": "Andere oordelen die zwakker worden",
    "mensen": "Mensen die aanbod op loopafstand krijgen",
    "nieuw": "Nieuw aanbod",
    "plekken": "Nieuwe plekken",
    "stopt": "Aanbod dat stopt",
}
"""Column of `scenario_compare.compare_scenarios` -> header on screen."""


def scenario_name(scenario: Scenario) -> str:
    """The name of a scenario as anyone may see it."""
    return short_text(scenario.name) or UNNAMED


def stop_sentence(stop: Stop) -> str:
    """What a stop proposes.

    Examples
    --------
    >>> stop_sentence(Stop("", "Digicafé"))
    'Stopt: Digicafé.'
    """
    return f"Stopt: {short_text(stop.name) or 'aanbod zonder naam'}."


def new_offer_sentence(dataset: Dataset, offer: NewOffer) -> str:
    """What a new offer proposes: what, who, for whom, where, when, at what price; what is not known is left out."""
    offer = tidy(offer)
    labels = dataset.areas.wijken["label"]
    whom = f"voor {listing(offer.groups).lower()}" if offer.groups else ""
    where = listing([str(labels.get(code, code)) for code in offer.wijken]) or _wijk_at(dataset, offer)
    place = offer.location or offer.address
    by = f" ({listing(offer.organisations)})" if offer.organisations else ""
    how = (
        listing(offer.types),
        offer.mode,
        listing(offer.dayparts),
        offer.frequency,
        offer.price,
        listing(offer.signup),
    )
    parts = [f"{offer.name or NO_NAME}{by}", whom, place, where, *(part.lower() for part in how)]
    return f"Nieuw: {', '.join(filter(None, [*parts, listing(offer.languages)]))}."


def _wijk_at(dataset: Dataset, offer: NewOffer) -> str:
    if offer.lat is None or offer.lon is None:
        return ""
    code = dataset.areas.wijk_at(offer.lon, offer.lat)
    return "buiten de stad" if code is None else str(dataset.areas.wijken["label"][code])


def proposal_sentences(dataset: Dataset, scenario: Scenario) -> list[str]:
    """Every proposal of a scenario in a sentence, in order."""
    return [
        stop_sentence(one) if isinstance(one, Stop) else new_offer_sentence(dataset, one) for one in scenario.proposals
    ]


def doubt_sentences(dataset: Dataset, scenario: Scenario) -> list[str]:
    """The parts of a scenario that this workbook does not know, so that they change nothing."""
    lost = [
        f"“{short_text(stop.name)}” vinden we niet, of niet zeker, in de werkmap. Dat het stopt, telt hier niet mee."
        for stop, row in zip(scenario.stops, stop_positions(dataset, scenario.stops), strict=True)
        if row is None
    ]
    return lost + [_not_used(offer, *what) for offer in scenario.new_offers for what in not_used(dataset, offer)]


def _not_used(offer: NewOffer, key: str, value: str, why: str) -> str:
    name = short_text(offer.name) or NO_NAME
    if why == OUTSIDE_CITY:
        return f"De plek van “{name}” ligt niet in of bij Antwerpen. We gebruiken ze niet. Kies een andere plek."
    what = "geen wijk" if why == UNKNOWN_WIJK else "geen waarde uit de lijst"
    return f"“{value}” is {what} ({OFFERS.column(key).header} van “{name}”). We lezen het als niet ingevuld."


def unfilled_sentences(offers: Sequence[NewOffer], unfilled: Iterable[tuple[str, ...]]) -> list[str]:
    """What to fill in to know what a new offer changes: the answer of `scenario.unfilled` in words."""
    return [
        f"Van “{short_text(offer.name) or NO_NAME}” is niet ingevuld: {listing([one.lower() for one in headers])}. "
        f"Daardoor weten we niet zeker wat het verandert. Vul het aan."
        for offer, headers in zip(offers, unfilled, strict=True)
        if headers
    ]
