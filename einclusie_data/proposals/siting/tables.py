"""Where first as rows of tables: the places, people reached against the number of places, all groups in turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from einclusie_data.contract.words import UNKNOWN, count, listing, number, percentage
from einclusie_data.proposals.siting.advice import Advice
from einclusie_data.proposals.siting.basis import among_words
from einclusie_data.proposals.siting.words import amount, place_text

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
