"""What the search for new places counts, from which figures, and what it does not know: plain Dutch."""

from __future__ import annotations

from einclusie_data.answers.offers import matching
from einclusie_data.answers.report import placeless_sentence
from einclusie_data.contract import settings
from einclusie_data.contract.words import count, figures_words, listing, number, percentage
from einclusie_data.proposals.siting.advice import Siting
from einclusie_data.proposals.siting.candidates import Kind, placeless_partners
from einclusie_data.proposals.siting.demand import Demand, Weigh, default_weigh, known_needed, known_wijken

KIND_WORDS = {
    Kind.WIJKEN: "het midden van elke bewoonde wijk",
    Kind.PARTNERS: "de plekken van partners",
    Kind.OFFERS: "plekken met ander aanbod",
    Kind.GRID: f"punten om de {settings.SITING_GRID_M} m",
}
"""Kind of candidates -> what they are."""
COUNTS_PEOPLE = (
    f"We tellen mensen als we hun aantal kennen in minstens {percentage(settings.SITING_KNOWN_SHARE)} van de bewoonde "
    "wijken. Anders tellen we wijken: elke bewoonde wijk even zwaar."
)
"""The rule that decides what is counted."""
OTHER_WEIGHTS = "Je kunt ook alle inwoners tellen, of elke bewoonde wijk even zwaar."
"""What someone can choose when the people of a group are unknown, where there is a choice."""


def need_sentences(siting: Siting) -> list[str]:
    """What is counted, and for which wijken it is unknown."""
    demand = siting.demand
    labels = siting.dataset.areas.wijken["label"]
    usual = default_weigh(siting.dataset, demand.group, siting.codes)
    missing = [_unknown_sentence(siting)] if usual is Weigh.WIJKEN else []
    if demand.weigh is Weigh.WIJKEN:
        each = "We tellen wijken: elke bewoonde wijk telt even zwaar. Een wijk waar de helft bereikt is, telt half."
        return [*missing, each]
    what = "alle inwoners" if demand.weigh is Weigh.INHABITANTS else f"mensen van de groep {demand.group.lower()}"
    if not demand.unknown:
        return [*missing, f"We tellen {what}."]
    wijken = listing([str(labels[code]) for code in demand.unknown])
    return [
        *missing,
        f"We tellen {what}. Voor {count(len(demand.unknown), 'wijk', 'wijken')} is het aantal onbekend: {wijken}. "
        "Dat betekent niet dat er niemand woont. Die wijken tellen niet mee tot iemand het blad Behoefte aanvult.",
    ]


def _unknown_sentence(siting: Siting) -> str:
    """That too few figures are known to count people, and how many it takes."""
    known, wijken = known_wijken(siting.dataset, siting.demand.group, siting.codes)
    needed = known_needed(wijken)
    some = f": we hebben een cijfer voor {number(known)} van de {count(wijken, 'wijk', 'wijken')}" if known else ""
    return (
        f"We weten niet hoeveel mensen van de groep {siting.demand.group.lower()} in elke wijk wonen{some}. "
        f"Vul cijfers in op het blad Behoefte: vanaf {count(needed, 'wijk', 'wijken')} met een cijfer tellen we mensen."
    )


def among_words(demand: Demand) -> str:
    """For which wijken a count of people holds; "" when it holds for all of them."""
    if not demand.unknown:
        return ""
    return figures_words(demand.wijken - len(demand.unknown), demand.wijken)


def source_sentences(siting: Siting) -> list[str]:
    """What is estimated, and from what."""
    figures = f"De aantallen komen uit {listing(siting.demand.source)}. " if siting.demand.source else ""
    area = " We zoeken enkel in het gekozen gebied: plekken net erbuiten doen niet mee." if siting.codes else ""
    return [
        f"Dit is een schatting. {figures}Waar mensen in een wijk wonen, schatten we uit cijfers per statistische "
        "sector. "
        f"Loopafstand is de rechte lijn maal {number(settings.DETOUR_FACTOR, 1)}, en nooit over de Schelde.",
        f"We kozen uit {count(len(siting.candidates), 'plek', 'plekken')}: "
        f"{listing([KIND_WORDS[kind] for kind in siting.kinds])}. "
        f"Of er daar een lokaal en begeleiding zijn, weten we niet.{area}",
    ]


def unknown_sentences(siting: Siting) -> list[str]:
    """Which offers could not count, and which partners could not take part, because something is unknown."""
    supply, question, group = siting.dataset.supply, siting.question, siting.demand.group
    sure = matching(supply, question, group)
    unsure = int(matching(supply, question, group, unknown_too=True).sum() - sure.sum())
    lines = [placeless_sentence(siting.dataset.shown[sure])]
    if unsure:
        lines.append(f"Bij {number(unsure)} keer aanbod is niet alles ingevuld (zoals voor wie het is). "
                     "Dat telt niet mee als aanbod voor deze groep, tot iemand het aanvult.")  # fmt: skip
    nowhere = placeless_partners(siting.dataset) if Kind.PARTNERS in siting.kinds else 0
    if nowhere:
        lines.append(f"Van {count(nowhere, 'partner', 'partners')} kennen we de plek niet: daar konden we niet kiezen. "
                     "Vul op het blad Partners coördinaten of één wijk in.")  # fmt: skip
    return lines
