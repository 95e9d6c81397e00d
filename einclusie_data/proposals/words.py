"""What a scenario proposes, in sentences that can be read aloud; what it changes is in `scenario_change_words`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.words import listing
from einclusie_data.engine.dataset import Dataset
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
