"""What if: proposals put beside today's offer (the page "Wat als"); what they change is in `scenario_compare`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from einclusie_data.answers.explain import missing_cells
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.gaps import Answer
from einclusie_data.engine.locate import Supply
from einclusie_data.proposals.keys import offer_keys, rows_of_key
from einclusie_data.proposals.offer import NewOffer, Proposal, Stop, clean_offers
from einclusie_data.proposals.supply import ProposedDataset, join_new, place_new

MAX_PROPOSALS = 20
"""Proposals in one scenario."""
NEW_KEPT = 500
"""New offers that are kept placed, per workbook: some 20 kB each."""


@dataclass(frozen=True)
class Scenario:
    """Proposals under one name, to be looked at together."""

    name: str
    proposals: tuple[Proposal, ...] = ()

    @property
    def new_offers(self) -> tuple[NewOffer, ...]:
        """The offers that come, in order."""
        return tuple(one for one in self.proposals if isinstance(one, NewOffer))

    @property
    def stops(self) -> tuple[Stop, ...]:
        """The offers that end, in order."""
        return tuple(one for one in self.proposals if isinstance(one, Stop))


def stop_of(dataset: Dataset, position: int) -> Stop:
    """The proposal that an offer (its position in `supply.offers`) stops."""
    name = mask_personal(str(dataset.workbook.offers["name"].iloc[position]))
    return Stop(offer_keys(dataset.workbook)[position], name)


def stop_positions(dataset: Dataset, stops: Iterable[Stop]) -> tuple[int | None, ...]:
    """Which offer each stop ends: its position; None when it is not, or not surely, in this workbook."""
    taken: dict[int, None] = {}
    result: list[int | None] = []
    for stop in stops:
        free = [row for row in rows_of_key(dataset.workbook, stop.key) if row not in taken]
        result.append(free[0] if free else None)
        taken |= dict.fromkeys(free[:1])
    return tuple(result)


def apply(dataset: Dataset, scenario: Scenario) -> ProposedDataset:
    """The workbook as it would be with the proposals of a scenario.

    The one engine (`pipeline.answer_per_group` and the others) answers for it as for any workbook. A new offer is as
    good as a row that someone adds; an offer that stops gets the Status Gestopt.

    Parameters
    ----------
    dataset : Dataset
        As published; it is not changed.
    scenario : Scenario
        Offers to stop that are not in this workbook are left alone (see `stop_positions`).

    Returns
    -------
    ProposedDataset
    """
    ended = tuple(row for row in stop_positions(dataset, scenario.stops) if row is not None)
    new = scenario.new_offers
    return ProposedDataset(
        workbook=dataset.workbook,
        areas=dataset.areas,
        name=dataset.name,
        place=dataset.place,
        base=dataset,
        added=_placed(dataset, new),
        ended=ended,
    )


def _placed(dataset: Dataset, new: tuple[NewOffer, ...]) -> Supply:
    """The new offers, each placed once per workbook: a scenario changes by one proposal at a time."""
    kept = dataset.placed_apart
    parts = [kept.get(offer) or place_new(dataset, clean_offers(dataset, (offer,))) for offer in new]
    kept.update(zip(new, parts, strict=True))
    for offer in list(kept)[:-NEW_KEPT]:
        kept.pop(offer, None)
    return join_new(dataset, parts)


def unfilled(proposed: ProposedDataset, answer: Answer) -> tuple[tuple[str, ...], ...]:
    """What each new offer leaves open, so that we cannot know whether it counts for the question that was answered.

    Returns
    -------
    tuple of tuple of str
        Per new offer the headers to fill in (see `explain.missing_cells`); () when nothing is missing.
    """
    missing = missing_cells(proposed.supply, answer.traits, answer.question.filters.chosen)
    return tuple(
        tuple(header for header, lacking in missing.items() if lacking[position]) for position in proposed.proposed
    )
