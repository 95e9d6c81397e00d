"""What hangs on one offer, in sentences."""

from __future__ import annotations

from typing import Any

import pandas as pd

from einclusie_data.contract.words import count, day, number
from einclusie_data.proposals.change_words import people_sentences, verdict_sentences
from einclusie_data.proposals.compare import SAME
from einclusie_data.proposals.fragile.offers import KINDS, Fragility, Role

NOTHING = "We vonden geen passend aanbod."
ALONE = (
    "We kijken naar elk aanbod apart, alsof enkel dat stopt. Vangen twee plekken elkaar op, en stoppen ze allebei? Dan "
    "kan er toch een hiaat ontstaan. Kijk dat na op de pagina Wat als."
)
KINDLY = "Dat een aanbod hier staat, zegt niets over de kwaliteit ervan. Het zegt enkel wat er nog is als het stopt."

ROLE_SENTENCES = {
    Role.ONLY: "Als dit stopt, verandert er een oordeel.",
    Role.PART: "Als dit stopt, blijven de oordelen. Sommige mensen hebben dan wel niets meer op loopafstand.",
    Role.OVERLAPS: "Als enkel dit stopt, verandert er geen oordeel. Ander aanbod vangt het op.",
    Role.NOBODY: "Binnen loopafstand van dit aanbod wonen geen mensen. Als het stopt, verandert er geen oordeel.",
    Role.PLACELESS: "We weten niet waar dit is, en dus ook niet wat er verandert als het stopt. "
    "Vul het adres of de wijk aan.",
}
"""Role -> one sentence for the reader."""

HEADERS = {
    "name": "Aanbod",
    "organisations": "Organisatie",
    "role": "Wat hangt eraan vast",
    "ends": "Loopt tot",
    "opens": "Hiaten die zouden ontstaan",
    "doubt": "Waar we het dan niet meer weten",
    "gone": "Waar er dan zeker niets meer is",
    "other": "Andere oordelen die zwakker worden",
    "wijken": "In hoeveel wijken",
}
"""Column of `Fragility.offers` -> header on screen."""


def summary_sentences(fragility: Fragility) -> list[str]:
    """How many offers hold up a verdict, how many overlap, and which end soon: what a page starts with."""
    offers = fragility.offers
    if offers.empty:
        return [NOTHING]
    sizes = {role: int((offers["role"] == role.value).sum()) for role in Role}
    opening = int((offers["opens"] > 0).sum())
    gaps = number(opening) if opening else "geen enkel"
    told = [
        f"Van {count(len(offers), 'aanbod', 'keer aanbod')} {_is(sizes[Role.ONLY])} er {number(sizes[Role.ONLY])} "
        f"waar een oordeel aan vasthangt. Bij {gaps} daarvan ontstaat een mogelijk hiaat als het stopt.",
    ]
    if sizes[Role.OVERLAPS]:
        told.append(f"{number(sizes[Role.OVERLAPS])} keer vangt ander aanbod het op.")
    if sizes[Role.PLACELESS]:
        told.append(f"Van {number(sizes[Role.PLACELESS])} weten we de plek niet, dus ook niet wat eraan vasthangt.")
    return [*told, _soon_sentence(offers)]


def _is(size: int) -> str:
    return "is" if size == 1 else "zijn"


def _soon_sentence(offers: pd.DataFrame) -> str:
    soon = offers[offers["ends_soon"]]
    if soon.empty:
        return "Er is geen aanbod waarvan we weten dat het binnenkort stopt."
    decides = int((soon["role"] == Role.ONLY.value).sum())
    return (
        f"{count(len(soon), 'aanbod stopt', 'keer aanbod stopt')} binnenkort. "
        f"Aan {number(decides)} daarvan hangt een oordeel vast."
    )


def end_sentence(offer: pd.Series[Any]) -> str:
    """When an offer (a row of `Fragility.offers`) ends; "" when no last day is filled in.

    Examples
    --------
    >>> end_sentence(pd.Series({"ends": pd.Timestamp(2026, 12, 1), "days_left": 8.0, "ends_soon": True}))
    'Stopt binnenkort: op 1 december 2026, over 8 dagen.'
    """
    if pd.isna(offer["ends"]):
        return ""
    until = day(offer["ends"])
    if not offer["ends_soon"]:
        return f"Loopt tot {until}."
    left = int(offer["days_left"])
    when = f"over {count(left, 'dag', 'dagen')}" if left else "vandaag"
    return f"Stopt binnenkort: op {until}, {when}."


def count_sentence(offer: pd.Series[Any]) -> str:
    """How much hangs on an offer (a row of `Fragility.offers`), each wijk and group apart; "" when no verdict does.

    Examples
    --------
    >>> count_sentence(pd.Series({"opens": 3, "doubt": 0, "gone": 1, "other": 0}))
    'Hiaten die zouden ontstaan: 3. Waar er dan zeker niets meer is: 1.'
    """
    return " ".join(f"{HEADERS[kind]}: {number(offer[kind])}." for kind in KINDS if offer[kind])


def offer_sentences(fragility: Fragility, offer: int) -> list[str]:
    """What changes if one offer (its position in the supply) stops: who, where, and how many people."""
    effects = fragility.effects_of(offer)
    changed = effects[effects["soort"] != SAME]
    told = [*verdict_sentences(changed, fragility.groups), *people_sentences(fragility.people_of(offer))]
    role = fragility.offers.loc[fragility.offers["offer"] == offer, "role"].iloc[0]
    return told or [ROLE_SENTENCES[Role(role)]]
