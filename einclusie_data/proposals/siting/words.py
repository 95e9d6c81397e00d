"""Where first in plain Dutch, and in the shape of the `advies` JSON (DESIGN §5). Plain text: a page escapes it."""

from __future__ import annotations

from typing import Any

from einclusie_data.answers.scopes import CITY
from einclusie_data.changes.words import one_line
from einclusie_data.contract import settings
from einclusie_data.contract.words import count, listing, number, percentage, view_sentence
from einclusie_data.proposals.siting.advice import Advice, Place
from einclusie_data.proposals.siting.basis import among_words, need_sentences, source_sentences, unknown_sentences
from einclusie_data.proposals.siting.candidates import Kind
from einclusie_data.proposals.siting.demand import Weigh

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
