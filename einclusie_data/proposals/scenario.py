"""What if: proposals put beside today's offer (the page "Wat als"); what they change is in `scenario_compare`.

Which offer a scenario speaks of, whatever happens to the rows around it and in the next workbook.

A key holds no text, only fingerprints: of who it is (name and organisations), of its place, and, only among offers that
share both, of everything else that is filled in. An offer that moves is still found while it is the only one of its
name and organisations; one that was renamed is not: nothing is guessed.

A workbook with proposals beside it: the same data for the same engine, without placing or reaching anew what did not
change.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import islice, product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from einclusie_data.answers.explain import missing_cells
from einclusie_data.changes.meanings import NUMBER
from einclusie_data.city.coordinates import point_to_degrees
from einclusie_data.contract.codelists import STOPPED
from einclusie_data.contract.organisations import organisation_key
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.schema import OFFERS, Kind
from einclusie_data.contract.text import compact
from einclusie_data.contract.workbook import Workbook
from einclusie_data.engine.coverage import Reach, reach_of
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.gaps import Answer
from einclusie_data.engine.locate import Supply, locate_offers
from einclusie_data.engine.needs import Needs
from einclusie_data.geocode.offers import Geocoded
from einclusie_data.geocode.points import place_key, with_source
from einclusie_data.proposals.offer import (
    NewOffer,
    Proposal,
    Stop,
    clean_offers,
)


@dataclass(frozen=True)
class ProposedDataset(Dataset):
    """A published workbook with the proposals of a scenario: it can be asked everything that a `Dataset` can.

    The offers of `base` keep their positions; those that stop get the Status `STOPPED`. New offers stand behind them.
    `workbook` stays what the file says, without the proposals.

    Attributes
    ----------
    base : Dataset
        Never changed.
    added : Supply
        The new offers, placed.
    ended : tuple of int
        Positions of the offers that stop.
    """

    base: Dataset = field(kw_only=True)
    added: Supply = field(kw_only=True)
    ended: tuple[int, ...] = field(kw_only=True, default=())

    @property
    def proposed(self) -> range:
        """Positions of the new offers in `supply.offers`."""
        size = len(self.base.supply.offers)
        return range(size, size + len(self.added.offers))

    @cached_property
    def supply(self) -> Supply:
        """Today's located offers with the proposals."""
        now, new = self.base.supply, self.added
        points = new.points.assign(offer=new.points["offer"] + len(now.offers))
        return Supply(
            self._joined(now.offers, new.offers),
            pd.concat([now.points, points], ignore_index=True) if len(points) else now.points,
            np.concatenate([now.serves, new.serves]),
            now.areas,
        )

    @cached_property
    def placed(self) -> Geocoded:
        """See `Dataset`."""
        new = self.added.offers.drop(columns="placement")
        return self.base.placed._replace(offers=self._joined(self.base.placed.offers, new))

    @cached_property
    def point_degrees(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """See `Dataset`."""
        new = [point_to_degrees(x, y) for x, y in zip(self.added.points["x"], self.added.points["y"], strict=True)]
        lon, lat = np.array(new, dtype=float).reshape(-1, 2).T
        now = self.base.point_degrees
        return np.concatenate([now[0], lon]), np.concatenate([now[1], lat])

    def _joined(self, now: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
        return join_offers(now, new, self.ended)

    @cached_property
    def needs(self) -> Needs:
        """See `Dataset`."""
        return self.base.needs

    @cached_property
    def methods(self) -> pd.DataFrame:
        """See `Dataset`."""
        return self.base.methods

    @cached_property
    def typed(self) -> pd.DataFrame:
        """See `Dataset`; every cell of a proposal was understood."""
        return self.base.typed.reindex(range(len(self.supply.offers)), fill_value="")

    @cached_property
    def typed_methods(self) -> pd.DataFrame:
        """See `Dataset`."""
        return self.base.typed_methods

    def reach(self, reach_m: float) -> Reach:
        """See `Dataset`: only for new places it is worked out who is near."""
        if reach_m not in self._reaches:
            now = self.base.reach(reach_m)
            self._reaches[reach_m] = join_reach(now, reach_of(self.added, reach_m)) if len(self.added.points) else now
        return self._reaches[reach_m]


def join_offers(now: pd.DataFrame, new: pd.DataFrame, ended: tuple[int, ...]) -> pd.DataFrame:
    """The offers of today, of which some stopped, and new ones behind them, on one RangeIndex."""
    if ended:
        status = now["status"].to_numpy(dtype=object, copy=True)
        status[list(ended)] = STOPPED
        now = now.assign(status=pd.Series(status, index=now.index, dtype=now["status"].dtype))
    if new.empty:
        return now
    same = {str(key): new[str(key)].astype(kind) for key, kind in now.dtypes.items() if new[str(key)].dtype != kind}
    return pd.concat([now, new[now.columns].assign(**same)], ignore_index=True)


def join_new(dataset: Dataset, parts: Sequence[Supply]) -> Supply:
    """New offers that were placed one by one, as rows under each other behind those of the workbook."""
    if not parts:
        now = dataset.supply
        return Supply(now.offers.iloc[:0], now.points.iloc[:0], now.serves[:0], now.areas)
    offers = pd.concat([part.offers for part in parts], ignore_index=True)
    points = pd.concat([part.points for part in parts], ignore_index=True)
    sizes, rows = [len(part.points) for part in parts], int(offers["row"].iloc[0]) + np.arange(len(parts))
    return Supply(
        offers.assign(row=rows),
        points.assign(offer=np.repeat(np.arange(len(parts)), sizes)),
        np.concatenate([part.serves for part in parts]),
        dataset.areas,
    )


def place_new(dataset: Dataset, rows: pd.DataFrame) -> Supply:
    """Clean rows of new offers, placed as those of the workbook are: addresses that were looked up before count."""
    placed = with_source(rows) if dataset.place is None else dataset.place(rows, dataset.areas).offers
    return locate_offers(placed, dataset.areas)


def join_reach(now: Reach, new: Reach) -> Reach:
    """The reach of two sets of places together.

    Parameters
    ----------
    now, new : Reach
        Of the same areas, at the same distance.

    Returns
    -------
    Reach
        The sites of `new` stand behind those of `now`, also where they are at the same spot.
    """
    table = hstack([_pairs(now), _pairs(new)], format="csr")
    return Reach(
        site=np.concatenate([now.site, new.site + len(now.xy)]),
        xy=np.concatenate([now.xy, new.xy]),
        start=table.indptr,
        neighbour=table.indices,
        demand_wijk=now.demand_wijk,
        weight=now.weight,
        centre_distance_m=np.concatenate([now.centre_distance_m, new.centre_distance_m], axis=1),
        reach_m=now.reach_m,
    )


def _pairs(reach: Reach) -> csr_array:
    """Demand points x sites."""
    size = (len(reach.start) - 1, len(reach.xy))
    return csr_array((np.ones(len(reach.neighbour), dtype=bool), reach.neighbour, reach.start), shape=size)


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


_WHO, _PLACE, _REST = 8, 4, 4
"""Characters of the three fingerprints; 48 bits tell 1,000 offers apart with a chance of one in 500 million."""
_ALONE = "1"
"""Instead of the third one: no other offer had this name and organisation."""
KEY_LENGTHS = (_WHO + _PLACE, _WHO + _PLACE + len(_ALONE), _WHO + _PLACE + _REST)

_SPOT_DECIMALS = 3
"""Degrees to some 100 m: only for an offer without an address."""
_FORMER = 32
"""Combinations of former names that are tried for one offer."""

_PLACE_CELLS = ("address", "postcode", "district", "location", "wijken", "mode", "lat", "lon")


def offer_keys(workbook: Workbook) -> list[str]:
    """The key of every offer, in the order of `workbook.offers`; only rows that say exactly the same share one."""
    who, place = _who_of(workbook.offers), _place_of(workbook.offers)
    alone, together = Counter(who), Counter(zip(who, place, strict=True))
    return [
        one + spot + (_rest(workbook.offers, row) if together[one, spot] > 1 else _ALONE * (alone[one] == 1))
        for row, (one, spot) in enumerate(zip(who, place, strict=True))
    ]


def rows_of_key(workbook: Workbook, key: str) -> tuple[int, ...]:
    """Positions of the offer with a key from this workbook or another one.

    Returns
    -------
    tuple of int
        () when it is not there, or when it cannot be told from another one; several when these rows say exactly the
        same, so that it does not matter which of them stops.
    """
    who, place, rest = key[:_WHO], key[_WHO : _WHO + _PLACE], key[_WHO + _PLACE :]
    offers = workbook.offers
    named = [row for row, one in enumerate(_who_of(offers)) if one == who] or _formerly(workbook, who)
    here = [row for row, of_place in zip(named, _place_of(offers.iloc[named]), strict=True) if of_place == place]
    if len(rest) == _REST:
        return tuple(row for row in here if _rest(offers, row) == rest)
    if len(here) == 1:
        return (here[0],)
    return (named[0],) if rest == _ALONE and len(named) == 1 else ()


def _formerly(workbook: Workbook, who: str) -> list[int]:
    """The offers that would be meant if an organisation still had a former name of the sheet Partners."""
    partners = workbook.partners
    former = {
        organisation_key(name): others
        for name, others in zip(partners["organisation"], partners["other_names"], strict=True)
        if others
    }
    offers = _tuples(workbook.offers, ("name", "organisations"))
    return [row for row, (name, organisations) in enumerate(offers) if who in _under(name, organisations, former)]


def _under(name: str, organisations: tuple[str, ...], former: dict[str, tuple[str, ...]]) -> Iterator[str]:
    names = [(one, *former.get(organisation_key(one), ())) for one in organisations]
    for combination in islice(product(*names), 1, _FORMER):
        yield _who(name, combination)


def _who_of(offers: pd.DataFrame) -> list[str]:
    return [_who(*cells) for cells in _tuples(offers, ("name", "organisations"))]


def _place_of(offers: pd.DataFrame) -> list[str]:
    return [_place(*cells) for cells in _tuples(offers, ("name", "organisations", *_PLACE_CELLS))]


def _tuples(offers: pd.DataFrame, keys: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The cells of some columns, row by row."""
    return zip(*(offers[key].tolist() for key in keys), strict=True)


@lru_cache(maxsize=50_000)
def _who(name: str, organisations: tuple[str, ...]) -> str:
    return _fingerprint(_WHO, compact(name), *sorted(map(organisation_key, organisations)))


def _place(name: str, organisations: tuple[str, ...], *cells: Any) -> str:
    """A full address says it all; what has none is told apart by its wijken, its point and whether it comes to you."""
    row = dict(zip(_PLACE_CELLS, cells, strict=True)) | {"name": name, "organisations": organisations}
    key = place_key(row)
    if not key.startswith("aanbod|"):
        return _fingerprint(_PLACE, key)
    spot = [f"{row[axis]:.{_SPOT_DECIMALS}f}" for axis in ("lat", "lon")]
    return _fingerprint(_PLACE, compact(row["location"]), compact(row["address"]), row["postcode"], row["mode"],
                        *row["wijken"], *spot)  # fmt: skip


def _rest(offers: pd.DataFrame, row: int) -> str:
    """Fingerprint of everything that is filled in, but Nr."""
    cells = offers.iloc[row]
    return _fingerprint(_REST, *(_text(cells[one.key], one.kind) for one in OFFERS.columns if one.key != NUMBER))


def _text(cell: Any, kind: Kind) -> str:
    if isinstance(cell, tuple):
        return "|".join(map(compact, cell))
    return " ".join(cell.split()) if kind is Kind.TEXT else str(cell)


def _fingerprint(characters: int, *parts: str | Sequence[str]) -> str:
    digest = blake2b("\n".join(map(str, parts)).encode("utf-8", "replace"), digest_size=characters * 3 // 4)
    return urlsafe_b64encode(digest.digest()).decode()
