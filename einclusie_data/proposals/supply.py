"""A workbook with proposals beside it: the same data for the same engine, without placing or reaching anew what did not
change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from einclusie_data.city.coordinates import point_to_degrees
from einclusie_data.contract.codelists import STOPPED
from einclusie_data.engine.coverage import Reach, reach_of
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.locate import Supply, locate_offers
from einclusie_data.engine.needs import Needs
from einclusie_data.geocode.offers import Geocoded
from einclusie_data.geocode.points import with_source


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
