"""Places of an advice as proposals: what the page Wat als puts beside today's offer."""

from __future__ import annotations

from collections.abc import Sequence

from einclusie_data.contract.words import count
from einclusie_data.proposals.offer import NewOffer
from einclusie_data.proposals.scenario import Scenario
from einclusie_data.proposals.siting.advice import Advice


def new_offer(advice: Advice, rank: int) -> NewOffer:
    """The place with this rank (from 1) as a new offer that counts for the group and passes the chosen filters.

    What was not asked (how often, by whom) stays open: empty is not known.
    """
    place, chosen = advice.places[rank - 1], advice.siting.question.filters
    return NewOffer(
        name=f"Nieuwe plek {rank}",
        groups=(advice.siting.demand.group,),
        types=chosen.types,
        dayparts=chosen.dayparts,
        languages=chosen.languages,
        signup=chosen.signups,
        price=next(iter(chosen.prices), ""),
        location=place.name,
        lat=place.lat if place.exact else None,  # of a place that is only known by its wijk, that wijk
        lon=place.lon if place.exact else None,
        wijken=() if place.exact else (place.wijkcode,),
    )


def scenario_of(advice: Advice, ranks: Sequence[int] = ()) -> Scenario:
    """Some places of an advice (their ranks; all of them unless given) as a scenario."""
    ranks = ranks or range(1, len(advice.places) + 1)
    name = f"{count(len(ranks), 'nieuwe plek', 'nieuwe plekken')} voor {advice.siting.demand.group.lower()}"
    return Scenario(name, tuple(new_offer(advice, rank) for rank in ranks))
