"""Where first in plain Dutch, and in the shape of the `advies` JSON (DESIGN §5). Plain text: a page escapes it.

Where first as rows of tables: the places, people reached against the number of places, all groups in turn.

What the search for new places counts, from which figures, and what it does not know: plain Dutch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from einclusie_data.answers.offers import matching
from einclusie_data.answers.report import placeless_sentence
from einclusie_data.answers.scopes import CITY
from einclusie_data.changes.words import one_line
from einclusie_data.contract import settings
from einclusie_data.contract.words import UNKNOWN, count, figures_words, listing, number, percentage, view_sentence
from einclusie_data.proposals.siting.advice import Advice, Place, Siting
from einclusie_data.proposals.siting.demand import (
    Demand,
    Kind,
    Weigh,
    default_weigh,
    known_needed,
    known_wijken,
    placeless_partners,
)

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


GROUP_HEADS = ("Doelgroep", "We tellen", "Nu bereikt", "Komt erbij", "Eerst hier", "Is dit de beste keuze?")


@dataclass(frozen=True)
class CurveStep:
    """What a number of places reaches.

    Attributes
    ----------
    n : int
    today, added : float
        Length of the bar (0-1) for what today's offers reach, and for what the places add; the longest bar is 1.
    text : str
        What is reached in all, with its share.
    """

    n: int
    today: float
    added: float
    text: str


def curve_steps(curve: Sequence[Advice]) -> list[CurveStep]:
    """People reached against the number of places, up to where another place helps no more.

    Parameters
    ----------
    curve : sequence of Advice
        For 0, 1, 2, … places.

    Returns
    -------
    list of CurveStep
        Empty when there is nobody to count.
    """
    demand = curve[0].siting.demand
    if demand.total <= 0:
        return []
    longest = max(one.after for one in curve) or 1.0
    return [
        CurveStep(one.n, one.before / longest, (one.after - one.before) / longest, _reached(one))
        for one in curve
        if len(one.places) == one.n
    ]


def fair_step(curve: Sequence[Advice], fair: Advice) -> CurveStep:
    """What the fair variant reaches, on the same scale."""
    longest = max(one.after for one in curve) or 1.0
    return CurveStep(fair.n, fair.before / longest, (fair.after - fair.before) / longest, _reached(fair))


def _reached(advice: Advice) -> str:
    demand = advice.siting.demand
    return f"{amount(demand.weigh, advice.after)} ({percentage(min(1.0, advice.after / demand.total))})"


def place_rows(advice: Advice) -> list[tuple[str, str, str, str]]:
    """Number, place, wijk, and what it adds, in the order of opening."""
    weigh = advice.siting.demand.weigh
    return [
        (str(rank), place_text(place), place.wijk, amount(weigh, place.added))
        for rank, place in enumerate(advice.places, start=1)
    ]


def added_text(advice: Advice) -> str:
    """What all places add together."""
    return amount(advice.siting.demand.weigh, advice.after - advice.before)


def group_rows(advices: Sequence[Advice]) -> list[tuple[str, ...]]:
    """One row per group under `GROUP_HEADS`. Groups overlap: there is no total."""
    return [_group_row(one) for one in advices]


def _group_row(advice: Advice) -> tuple[str, ...]:
    demand = advice.siting.demand
    among = among_words(demand)
    wijken = list(dict.fromkeys(place.wijk for place in advice.places))
    return (
        demand.group,
        f"{amount(demand.weigh, demand.total)}, {among}" if among else amount(demand.weigh, demand.total),
        f"{amount(demand.weigh, demand.before)} ({percentage(demand.before / demand.total)})"
        if demand.total > 0
        else UNKNOWN,
        f"{added_text(advice)} ({number(len(advice.places))} × nieuw)",
        listing(wijken) or (UNKNOWN if among else "nergens"),
        _is_best(advice),
    )


def _is_best(advice: Advice) -> str:
    if advice.siting.demand.unknown:
        return f"niet zeker: {count(len(advice.siting.demand.unknown), 'wijk', 'wijken')} zonder cijfer"
    return "ja, bewezen" if advice.proven else "niet zeker: de rekentijd was op"


NO_CANDIDATES = {
    Kind.WIJKEN: "Er is geen bewoonde wijk.",
    Kind.PARTNERS: "We kennen van geen enkele partner de plek. Vul op het blad Partners coördinaten of één wijk in.",
    Kind.OFFERS: "We kennen geen plek met ander aanbod. Vul op het blad Aanbod coördinaten of één wijk in.",
    Kind.GRID: "Er is geen bewoonde wijk.",
}
"""Kind of candidates -> why there are none, and the way on."""
NONE_IN_AREA = "In het gekozen gebied kennen we geen enkele van die plekken. Kies een ruimer gebied of andere plekken."
WEIGH_WORDS = {Weigh.PERSONS: "mensen", Weigh.INHABITANTS: "inwoners", Weigh.WIJKEN: "wijken"}


def advice_shape(advice: Advice) -> dict[str, Any]:
    """The `advies` JSON. All inhabitants are persons too; places in a sensible order of opening.

    Where the people of some wijk are unknown, no set is proven: that wijk may change what is best.
    """
    by_wijk = advice.siting.demand.weigh is Weigh.WIJKEN
    return {
        "doelgroep": advice.siting.demand.group,
        "n": advice.n,
        "gewicht": (Weigh.WIJKEN if by_wijk else Weigh.PERSONS).value,
        "bewezen_optimum": advice.proven and not advice.siting.demand.unknown,
        "bereikt_voor": round(advice.before, 6),
        "bereikt_na": round(advice.after, 6),
        "plaatsen": [
            {
                "wijkcode": place.wijkcode,
                "lat": round(place.lat, settings.DEGREE_DECIMALS),
                "lon": round(place.lon, settings.DEGREE_DECIMALS),
            }
            for place in advice.places
        ],
    }


def amount(weigh: Weigh, value: float) -> str:
    """A weight in words.

    Examples
    --------
    >>> amount(Weigh.PERSONS, 1234.4), amount(Weigh.INHABITANTS, 1), amount(Weigh.WIJKEN, 4.27)
    ('1.234 mensen', '1 inwoner', '4,3 wijken')
    """
    if weigh is Weigh.WIJKEN:
        return f"{number(value, 1)} {'wijk' if number(value, 1) == '1,0' else 'wijken'}"
    one = "mens" if weigh is Weigh.PERSONS else "inwoner"
    return count(int(value + 0.5), one, WEIGH_WORDS[weigh])


# --- what is reached, and how sure that is ---------------------------------------------------------------------------
def reach_sentences(advice: Advice) -> list[str]:
    """What today's offers reach, and what the new places add."""
    demand = advice.siting.demand
    among = among_words(demand)
    if demand.total <= 0 and not among:
        return ["Er is niemand om te tellen: alle cijfers die we kennen, zijn nul."]
    if demand.total <= 0:
        return [f"Alle cijfers die we kennen, zijn nul: {among}. Over de andere wijken weten we niets."]
    today = (
        f"Nu bereikt het geregelde aanbod dat we kennen {amount(demand.weigh, demand.before)} van de "
        f"{_bare(demand.weigh, demand.total)} ({percentage(demand.before / demand.total)})"
        f"{f', {among}' if among else ''}."
    )
    if not advice.places:
        return [today, *_nothing_sentences(advice)]
    places = count(len(advice.places), "nieuwe plek", "nieuwe plekken")
    return [
        today,
        f"Met {places} {_come(advice)} er {amount(demand.weigh, advice.after - advice.before)} bij: samen "
        f"{_bare(demand.weigh, advice.after)} ({percentage(min(1.0, advice.after / demand.total))})"
        f"{', in die wijken' if among else ''}.",
    ]


def _bare(weigh: Weigh, value: float) -> str:
    """A weight without its noun."""
    return amount(weigh, value).split(" ")[0]


def _come(advice: Advice) -> str:
    added = _bare(advice.siting.demand.weigh, advice.after - advice.before)
    return "komt" if added in ("1", "1,0") else "komen"


def _nothing_sentences(advice: Advice) -> list[str]:
    if advice.n == 0:
        return []
    if len(advice.siting.candidates) == 0 and advice.siting.codes:
        return [NONE_IN_AREA]
    if len(advice.siting.candidates) == 0:
        return [NO_CANDIDATES[kind] for kind in advice.siting.kinds]
    demand = advice.siting.demand
    if demand.unknown:
        return [
            f"Met deze plekken komt er niemand bij {among_words(demand)}. Voor "
            f"{count(len(demand.unknown), 'wijk', 'wijken')} weten we niet hoeveel mensen er wonen: "
            "daar kan een nieuwe plek wel helpen."
        ]
    return ["Geen van de mogelijke plekken bereikt iemand die nu nog niet bereikt is."]


def optimum_sentences(advice: Advice) -> list[str]:
    """Whether the set is the best one of its size, and what the rule of thumb gives; nothing without places."""
    if not advice.places:
        return []
    if advice.fair:
        return [_proof(advice)]
    return [*_enough(advice), _proof(advice), _rule_of_thumb(advice)]


def _enough(advice: Advice) -> list[str]:
    """Why there are fewer places than someone asked for."""
    if len(advice.places) == advice.n or not advice.proven:
        return []
    found = count(len(advice.places), "plek", "plekken")
    if advice.siting.demand.unknown:
        return [f"Met meer dan {found} komt er niemand bij {among_words(advice.siting.demand)}."]
    return [f"Meer dan {found} helpt niet: wie dan nog niet bereikt is, woont te ver van elke mogelijke plek."]


def _proof(advice: Advice) -> str:
    size = count(len(advice.places), "plek", "plekken")
    if not advice.proven:
        return (
            f"De rekentijd was op. Misschien bestaat er een betere keuze van {count(advice.n, 'plek', 'plekken')}. "
            "Noem dit dus niet de beste."
        )
    if advice.siting.demand.unknown:
        return (
            f"We vergeleken de keuzes van {size} {among_words(advice.siting.demand)}. Kennen we het aantal mensen in "
            "de andere wijken, dan kan een andere keuze beter zijn. Noem dit dus niet de beste."
        )
    if advice.fair:
        return f"Dit is de eerlijkste keuze van {size}, zoals we dat hier uitleggen. Dat is bewezen."
    return f"Dit is de beste keuze van {size}: geen andere keuze uit dezelfde plekken bereikt er meer. Dat is bewezen."


def _rule_of_thumb(advice: Advice) -> str:
    demand = advice.siting.demand
    less = amount(demand.weigh, max(0.0, advice.after - advice.greedy_after))
    if _bare(demand.weigh, max(0.0, advice.after - advice.greedy_after)) in ("0", "0,0"):
        return "Telkens de beste volgende plek kiezen geeft hier evenveel."
    return f"Telkens de beste volgende plek kiezen geeft {less} minder."


def fair_sentences(advice: Advice, most: Advice) -> list[str]:
    """What the fair variant does, which wijken came first, and what it costs.

    Parameters
    ----------
    advice : Advice
        The fair one.
    most : Advice
        The one that reaches most, of the same siting and n.
    """
    half = percentage(settings.COVERED_SHARE)
    if not advice.first:
        return [f"In elke wijk die een van deze plekken kan helpen, is al minstens {half} bereikt. "
                "Daarom kiezen we hier gewoon waar de meeste mensen bij komen."]  # fmt: skip
    labels = advice.siting.dataset.areas.wijken["label"]
    shares = advice.shares[labels.index.get_indexer(list(advice.first))]
    rise = [f"{labels[code]} {percentage(min(1.0, share))}" for code, share in zip(advice.first, shares, strict=True)]
    lost = amount(advice.siting.demand.weigh, max(0.0, most.after - advice.after))
    return [
        f"Eerst de wijken die het slechtst af zijn: minder dan {half} is er nu bereikt. "
        "De hoogste wijkenranking gaat voor.",
        "Van die wijken maken we het laagste deel zo hoog mogelijk, daarna het tweede laagste, en zo verder. "
        f"Meer dan {half} hoeft niet. Pas daarna tellen we mensen.",
        f"Zo veel is er dan bereikt: {listing(rise)}.",
        f"Deze keuze bereikt {lost} minder dan de keuze voor de meeste mensen.",
    ]


# --- the places ------------------------------------------------------------------------------------------------------
ORDER_SENTENCE = (
    "De volgorde is een verstandige volgorde om te openen: telkens de plek van deze keuze die het meest toevoegt. "
    "Wil je er minder openen, kies dan dat aantal: de beste keuze kan dan uit andere plekken bestaan."
)
CURVE_SENTENCE = (
    "Elk aantal is apart uitgerekend. De beste keuze van 3 plekken bevat niet altijd de beste keuze van 2 plekken."
)


def place_text(place: Place) -> str:
    """How a place is called: its name and its wijk, and whether it is only known by its wijk."""
    name = one_line(place.name) or "Een punt"
    where = "" if place.wijk in name else f" in {place.wijk}"
    return f"{name}{where}{'' if place.exact else ' (we kennen enkel de wijk)'}"


def place_sentences(advice: Advice) -> list[str]:
    """One line per place, in the order of opening."""
    weigh = advice.siting.demand.weigh
    return [
        f"{rank}. {place_text(place)}: {amount(weigh, place.added)} erbij"
        for rank, place in enumerate(advice.places, start=1)
    ]


def advice_lines(advice: Advice) -> list[str]:
    """Everything line by line: the text of `advies`."""
    siting = advice.siting
    group = siting.demand.group
    places = place_sentences(advice)
    return [
        f"Waar eerst? {view_sentence(siting.question, area=CITY, group=group)}",
        "",
        *reach_sentences(advice),
        *optimum_sentences(advice),
        *(["", *places, "", ORDER_SENTENCE] if places else []),
        "",
        *need_sentences(siting),
        *source_sentences(siting),
        *unknown_sentences(siting),
    ]
