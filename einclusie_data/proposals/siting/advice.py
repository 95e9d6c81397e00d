"""Where first: the places where new offers would reach most people who are not reached yet (DESIGN §5, `advies`).

Today's offers stay where they are: what they reach is no part of the problem. A `Siting` is the question for one group;
`advice` answers it for one number of places, `curve` for 0 to 10 of them.

Places of an advice as proposals: what the page Wat als puts beside today's offer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from einclusie_data.contract import settings
from einclusie_data.contract.arrays import Array
from einclusie_data.contract.questions import Question
from einclusie_data.contract.words import count
from einclusie_data.engine.coverage import pairs_in_reach, share_by_wijk
from einclusie_data.engine.dataset import Dataset
from einclusie_data.proposals.offer import NewOffer
from einclusie_data.proposals.scenario import Scenario
from einclusie_data.proposals.siting.demand import Candidates, Demand, Kind, Weigh, candidates_of, demand_of, inside
from einclusie_data.proposals.siting.fair import WorstOff, fair_places, worst_off
from einclusie_data.proposals.siting.model import best_places
from einclusie_data.proposals.siting.problem import Choice, Problem, greedy_places, open_problem, opening_order


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


@dataclass(frozen=True)
class Place:
    """One proposed place.

    Attributes
    ----------
    candidate : int
        Row of `Candidates.table`.
    name, wijkcode, wijk : str
    lat, lon : float
        Degrees.
    exact : bool
    added : float
        Weight that it adds to today's offers and the places before it.
    """

    candidate: int
    name: str
    wijkcode: str
    wijk: str
    lat: float
    lon: float
    exact: bool
    added: float


@dataclass(frozen=True)
class Advice:
    """A set of new places for one group.

    Attributes
    ----------
    siting : Siting
    n : int
        How many were asked for; fewer are named when more would reach nobody new.
    fair : bool
        The wijken that are worst off came first (see `siting_fair`).
    places : tuple of Place
        In a sensible order of opening: each time the one of this set that adds most.
    proven : bool
        The set is a best one for this n: no other one of that size from these candidates reaches more (when `fair`:
        does better for the wijken that come first, or as well for each of them and reaches more).
    greedy_after : float
        What the rule of thumb (n times the place that adds most) reaches, today's offers included.
    first : tuple of str
        Codes of the wijken that came first; () unless `fair`.
    """

    siting: Siting
    n: int
    fair: bool
    places: tuple[Place, ...]
    proven: bool
    greedy_after: float
    first: tuple[str, ...] = ()

    @property
    def before(self) -> float:
        """Weight reached today."""
        return self.siting.demand.before

    @property
    def after(self) -> float:
        """Weight reached with the new places too."""
        return self.before + sum(place.added for place in self.places)

    @cached_property
    def shares(self) -> Array:
        """Share (0-1) of every wijk that is reached with the new places: shape (wijken,)."""
        return self.siting.shares([place.candidate for place in self.places])


@dataclass(frozen=True)
class Siting:
    """Where first, for one group: who counts, who is reached today, and what each candidate would reach.

    Attributes
    ----------
    dataset : Dataset
    question : Question
    demand : Demand
    candidates : Candidates
    kinds : tuple of Kind
    cover : scipy.sparse.csr_array of bool, shape (demand, candidates)
    codes : tuple of str
        Wijkcodes of the area in which people count and places lie; () = the whole city.
    """

    dataset: Dataset
    question: Question
    demand: Demand
    candidates: Candidates
    kinds: tuple[Kind, ...]
    cover: csr_array
    codes: tuple[str, ...] = ()

    @cached_property
    def problem(self) -> Problem:
        """Most people: the demand points that count and are not reached."""
        return open_problem(self.cover, self.demand.weight, ~self.demand.reached & (self.demand.weight > 0))[0]

    @cached_property
    def fair_problem(self) -> tuple[Problem, Array]:
        """Every demand point that is not reached, where the number of people is unknown too; and which they are."""
        reach = self.dataset.reach(self.question.reach_m)
        counts = inside(self.dataset, self.codes)[reach.demand_wijk] & (reach.weight > 0)
        return open_problem(self.cover, self.demand.weight, ~self.demand.reached & counts)

    def shares(self, places: Sequence[int] = ()) -> Array:
        """Share (0-1) of every wijk that is reached today, or with some of the candidates too: shape (wijken,)."""
        reached = self.demand.reached | (self.cover[:, list(places)].sum(axis=1) > 0)
        reach = self.dataset.reach(self.question.reach_m)
        return np.asarray(share_by_wijk(reach, reached[:, None], len(self.dataset.areas.wijken))[:, 0])

    def worst_off(self, n: int) -> WorstOff:
        """The wijken that come first in the fair variant."""
        reach, rows = self.dataset.reach(self.question.reach_m), self.fair_problem[1]
        return worst_off(self.dataset.areas, self.shares(), reach.demand_wijk[rows], reach.weight[rows], n)


def siting_of(
    dataset: Dataset,
    question: Question,
    group: str,
    *,
    kinds: tuple[Kind, ...] = (Kind.WIJKEN,),
    weigh: Weigh | None = None,
    codes: tuple[str, ...] = (),
) -> Siting:
    """Prepare the question for one group.

    Parameters
    ----------
    dataset : Dataset
    question : Question
        Its filters and reach decide what counts as reached today; a new place is reached over the same distance.
    group : str
    kinds : tuple of Kind
        Candidates of these kinds together.
    weigh : Weigh, optional
        `siting_demand.default_weigh` unless given.
    codes : tuple of str
        Wijkcodes of an area: only who lives there counts, and only places in it are candidates. () = the whole city.
    """
    candidates = candidates_of(dataset, question, group, kinds, codes)
    cover = pairs_in_reach(dataset.areas, candidates.xy, question.reach_m)
    return Siting(dataset, question, demand_of(dataset, question, group, weigh, codes), candidates, kinds, cover, codes)


def advice(siting: Siting, n: int, *, fair: bool = False, seconds: float = settings.SITING_SECONDS) -> Advice:
    """The best set of n new places.

    Parameters
    ----------
    siting : Siting
    n : int
    fair : bool
        Raise the wijken that are worst off first, instead of reaching most.
    seconds : float
        Limit for the solver; `Advice.proven` says whether it was enough.
    """
    greedy = siting.problem.gain(greedy_places(siting.problem, n))
    first = siting.worst_off(n) if fair else None
    if first is not None and first.wijken:
        problem, choice = siting.fair_problem[0], fair_places(siting.fair_problem[0], first, n, seconds)
    else:
        problem, choice = siting.problem, best_places(siting.problem, n, seconds)
    return Advice(
        siting=siting,
        n=n,
        fair=fair,
        places=_places(siting, problem, choice),
        proven=choice.proven,
        greedy_after=siting.demand.before + greedy,
        first=tuple(siting.dataset.areas.wijken.index[list(first.wijken)]) if first else (),
    )


def curve(
    siting: Siting,
    most: int = settings.SITING_MOST,
    *,
    fair: bool = False,
    seconds: float = settings.SITING_SECONDS,
) -> tuple[Advice, ...]:
    """The best set for 0, 1, … `most` places, each found anew: a best set of 3 need not hold that of 2."""
    return tuple(advice(siting, n, fair=fair, seconds=seconds) for n in range(most + 1))


def advice_per_group(
    dataset: Dataset,
    question: Question,
    n: int,
    *,
    kinds: tuple[Kind, ...] = (Kind.WIJKEN,),
    fair: bool = False,
    codes: tuple[str, ...] = (),
) -> tuple[Advice, ...]:
    """All groups in turn, in the order of the codelist. Groups overlap: never add them up."""
    sitings = [siting_of(dataset, question, group, kinds=kinds, codes=codes) for group in dataset.groups]
    return tuple(advice(siting, n, fair=fair) for siting in sitings)


def _places(siting: Siting, problem: Problem, choice: Choice) -> tuple[Place, ...]:
    rows = siting.candidates.table
    order = opening_order(problem, choice.places)
    columns = ["name", "wijkcode", "wijk", "lat", "lon", "exact"]
    cells = rows.loc[[place for place, _ in order], columns].to_dict("records")
    return tuple(
        Place(candidate=place, added=added, **{str(key): value for key, value in row.items()})
        for (place, added), row in zip(order, cells, strict=True)
    )
