"""Who counts when new places are sought, and who is within reach of a place today (DESIGN §4 and §5, `advies`).

Where a new offer could come: the places that a set is chosen from.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.answers.spots import middle_name, place_name
from einclusie_data.city.areas import Areas
from einclusie_data.contract import settings
from einclusie_data.contract.arrays import Array
from einclusie_data.contract.codelists import EVERYONE, ROAMING
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.questions import Question, cases_per_group
from einclusie_data.contract.words import listing
from einclusie_data.engine.conditions import Flag, flag_bits, holds, traits_of
from einclusie_data.engine.coverage import or_by_group, reached_bits
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.measures import point_bits


class Kind(StrEnum):
    """Kinds of candidates; the values are those of the command line."""

    WIJKEN = "wijken"
    """The middle of every inhabited wijk."""
    PARTNERS = "partners"
    """The places of the sheet Partners: a point, or the middle of the one wijk that is named."""
    OFFERS = "aanbod"
    """Places with an active offer, but none that is suitable and regular for the group; nothing that travels around."""
    GRID = "raster"
    """Points `settings.SITING_GRID_M` metres apart, in the inhabited wijken."""


@dataclass(frozen=True)
class Candidates:
    """Places, each coordinate once, in the order of wijkcode, x and y: the order of the rows of a sheet is no matter.

    Attributes
    ----------
    table : pandas.DataFrame
        RangeIndex; `x`, `y` (EPSG:31370, metres), `lat`, `lon` (degrees), `wijkcode`, `wijk` (label), `name` (Dutch,
        for anyone to see; of several at one place all of them; "" for a point of the grid), `exact` (bool; False = only
        the wijk is known, so the place is its middle). Only places in one of the city's wijken.
    """

    table: pd.DataFrame

    @property
    def xy(self) -> Array:
        """Metres: shape (candidates, 2)."""
        return self.table[["x", "y"]].to_numpy(dtype=float)

    def __len__(self) -> int:
        """How many places there are."""
        return len(self.table)


def candidates_of(
    dataset: Dataset,
    question: Question,
    group: str,
    kinds: tuple[Kind, ...] = (Kind.WIJKEN,),
    codes: tuple[str, ...] = (),
) -> Candidates:
    """The candidates of one or more kinds.

    Parameters
    ----------
    dataset : Dataset
    question : Question
    group : str
    kinds : tuple of Kind
    codes : tuple of str
        Wijkcodes of the area in which the places must lie. () = the whole city.

    Returns
    -------
    Candidates
        Possibly none.
    """
    areas = dataset.areas
    sources = {
        Kind.WIJKEN: lambda: _middles(areas),
        Kind.PARTNERS: lambda: _partners(dataset),
        Kind.OFFERS: lambda: _offers(dataset, question, group),
        Kind.GRID: lambda: _grid(areas),
    }
    rows = pd.concat([sources[kind]() for kind in Kind if kind in kinds], ignore_index=True)
    places = _distinct(rows, areas)
    return Candidates(places[places["wijkcode"].isin(codes)].reset_index(drop=True) if codes else places)


def _rows(x: Array, y: Array, name: Any, exact: Any) -> pd.DataFrame:
    columns = {"x": np.asarray(x, dtype=float), "y": np.asarray(y, dtype=float), "name": name, "exact": exact}
    return pd.DataFrame(columns).astype({"name": object, "exact": bool})


def _distinct(rows: pd.DataFrame, areas: Areas) -> pd.DataFrame:
    """One row per place (to the millimetre) in the city, with the columns of `Candidates.table`."""
    wijk = areas.wijken_of_points(rows["x"].to_numpy(), rows["y"].to_numpy())
    placed = rows.assign(place=wijk, _x=rows["x"].round(3), _y=rows["y"].round(3))[wijk >= 0]
    ordered = placed.sort_values(["place", "_x", "_y", "name", "x", "y"], kind="stable")
    groups = ordered.groupby(["place", "_x", "_y"], as_index=False)
    merged = groups.agg({"x": "first", "y": "first", "name": _names, "exact": "any"}).drop(columns=["_x", "_y"])
    lon, lat = areas.to_degrees(merged["x"].to_numpy(dtype=float), merged["y"].to_numpy(dtype=float))
    place = merged["place"].to_numpy(dtype=int)
    return merged.drop(columns="place").assign(
        lat=lat, lon=lon, wijkcode=areas.wijken.index.to_numpy()[place], wijk=areas.wijken["label"].to_numpy()[place]
    )


def _names(names: pd.Series[str]) -> str:
    return listing(list(dict.fromkeys(name for name in names if name)))


def _middles(areas: Areas) -> pd.DataFrame:
    wijken = areas.wijken[areas.wijken["inhabited"]]
    names = [middle_name(label) for label in wijken["label"]]
    return _rows(wijken["centre_x"].to_numpy(), wijken["centre_y"].to_numpy(), names, exact=True)


def _partners_placed(partners: pd.DataFrame) -> tuple[Array, Array]:
    """Which partners have a point, and which others name exactly one wijk."""
    point = (partners["lat"].notna() & partners["lon"].notna()).to_numpy(dtype=bool)
    return point, partners["wijken"].map(len).eq(1).to_numpy(dtype=bool) & ~point


def placeless_partners(dataset: Dataset) -> int:
    """How many partners can be no candidate, because nobody filled in where they are."""
    point, single = _partners_placed(dataset.workbook.partners)
    return int((~point & ~single).sum())


def _partners(dataset: Dataset) -> pd.DataFrame:
    areas, partners = dataset.areas, dataset.workbook.partners
    point, single = _partners_placed(partners)
    names = partners["organisation"].map(mask_personal).to_numpy(dtype=object)
    x, y = areas.to_lambert(partners.loc[point, "lon"].to_numpy(float), partners.loc[point, "lat"].to_numpy(float))
    middles = areas.wijken.loc[[cell[0] for cell in partners.loc[single, "wijken"]], ["centre_x", "centre_y"]]
    at_middle = _rows(middles["centre_x"].to_numpy(), middles["centre_y"].to_numpy(), names[single], exact=False)
    return pd.concat([_rows(x, y, names[point], exact=True), at_middle])


def _offers(dataset: Dataset, question: Question, group: str) -> pd.DataFrame:
    supply, reach = dataset.supply, dataset.reach(question.reach_m)
    standing = traits_of(supply, question.on).active & (supply.offers["mode"] != ROAMING).to_numpy()
    served = regular_sites(dataset, question, group)
    points = supply.points[
        ~supply.points["hint"].to_numpy(dtype=bool) & standing[supply.points["offer"].to_numpy()] & ~served[reach.site]
    ]
    shown = dataset.shown.iloc[points["offer"].to_numpy()]
    names = [place_name(*cells) for cells in shown[["location", "address", "name"]].itertuples(index=False)]
    return _rows(points["x"].to_numpy(), points["y"].to_numpy(), names, points["exact"].to_numpy())


def _grid(areas: Areas) -> pd.DataFrame:
    step = settings.SITING_GRID_M
    min_x, min_y, max_x, max_y = areas.wijken[areas.wijken["inhabited"]].total_bounds
    across, up = (
        (np.arange(low // step, high // step + 1) + 0.5) * step for low, high in ((min_x, max_x), (min_y, max_y))
    )
    x, y = (axis.ravel() for axis in np.meshgrid(across, up))
    wijk = areas.wijken_of_points(x, y)
    inside = (wijk >= 0) & areas.wijken["inhabited"].to_numpy(dtype=bool)[wijk]
    return _rows(x[inside], y[inside], "", exact=True)


class Weigh(StrEnum):
    """What is counted."""

    PERSONS = "personen"
    """People of the group."""
    INHABITANTS = "inwoners"
    """All inhabitants: when the people of a group are unknown."""
    WIJKEN = "wijken"
    """Inhabited wijken, each as much as another: the share of each that is reached."""


@dataclass(frozen=True)
class Demand:
    """The demand points for one group, weighed.

    Attributes
    ----------
    group : str
    weigh : Weigh
    weight : numpy.ndarray of float, shape (demand,)
        People at each demand point, or (`Weigh.WIJKEN`) its share of a wijk. 0 where the figure of the wijk is unknown:
        such a wijk does not count, and is in `unknown`.
    reached : numpy.ndarray of bool, shape (demand,)
        Within reach of a suitable, regular, placed offer today. That offer stays where it is.
    unknown : tuple of str
        Codes of the inhabited wijken whose figure is unknown: nothing is certain about the area as a whole.
    wijken : int
        How many inhabited wijken the area has.
    source : tuple of str
        Where the figures come from; () for wijken.
    """

    group: str
    weigh: Weigh
    weight: Array
    reached: Array
    unknown: tuple[str, ...]
    wijken: int
    source: tuple[str, ...]

    @property
    def total(self) -> float:
        """Everyone who counts."""
        return float(self.weight.sum())

    @property
    def before(self) -> float:
        """Who of them is reached today."""
        return float(self.weight[self.reached].sum())


def default_weigh(dataset: Dataset, group: str, codes: tuple[str, ...] = ()) -> Weigh:
    """What is counted unless someone chooses: people when their number is known nearly everywhere, else wijken."""
    return Weigh.PERSONS if known_nearly_everywhere(dataset, group, codes) else Weigh.WIJKEN


def known_wijken(dataset: Dataset, group: str, codes: tuple[str, ...] = ()) -> tuple[int, int]:
    """For how many inhabited wijken of an area the people of a group are known, and how many wijken it has."""
    counted = dataset.areas.wijken["inhabited"].to_numpy(dtype=bool) & inside(dataset, codes)
    return int(dataset.needs.persons.loc[counted, group].notna().sum()), int(counted.sum())


def known_nearly_everywhere(dataset: Dataset, group: str, codes: tuple[str, ...] = ()) -> bool:
    """Whether people can be counted: a best place among the few wijken with a figure is no answer for the others."""
    known, wijken = known_wijken(dataset, group, codes)
    return known >= known_needed(wijken)


def known_needed(wijken: int) -> int:
    """For how many of so many wijken a figure has to be known before people are counted.

    Examples
    --------
    >>> known_needed(59), known_needed(3), known_needed(1), known_needed(0)
    (57, 3, 1, 1)
    """
    return max(1, math.ceil(round(settings.SITING_KNOWN_SHARE * wijken, 6)))


def inside(dataset: Dataset, codes: tuple[str, ...]) -> Array:
    """Which wijken lie in an area (bool, shape (wijken,)); all of them when no code is given."""
    wijken = dataset.areas.wijken.index
    return np.asarray(wijken.isin(codes)) if codes else np.ones(len(wijken), dtype=bool)


def regular_sites(dataset: Dataset, question: Question, group: str) -> Array:
    """Which sites of `Dataset.reach` have a suitable, regular, placed offer for a group today: bool."""
    supply, reach = dataset.supply, dataset.reach(question.reach_m)
    traits, cases = traits_of(supply, question.on), cases_per_group(question, (group,))
    bits = flag_bits(traits, cases, open_counts=question.open_counts)
    at_sites = or_by_group(point_bits(supply, bits), reach.site, len(reach.xy))
    return holds(at_sites[:, 0], Flag.REGULAR)


def reached_today(dataset: Dataset, question: Question, group: str) -> Array:
    """Which demand points are within reach of one of the `regular_sites`: bool, shape (demand,)."""
    sites = regular_sites(dataset, question, group).astype(np.uint8)
    return np.asarray(reached_bits(dataset.reach(question.reach_m), sites[:, None])[:, 0] > 0)


def demand_of(
    dataset: Dataset, question: Question, group: str, weigh: Weigh | None = None, codes: tuple[str, ...] = ()
) -> Demand:
    """Weigh the demand points for a group.

    A wijk's people are spread over its demand points by their weights, as everywhere (DESIGN §4). People who are known
    to live in a wijk that is not bewoond count; such a wijk itself is none of those counted by `Weigh.WIJKEN`.

    Parameters
    ----------
    dataset : Dataset
    question : Question
    group : str
    weigh : Weigh, optional
        `default_weigh` unless given.
    codes : tuple of str
        Wijkcodes of an area: only who lives there counts. () = the whole city.
    """
    weigh, ours = weigh or default_weigh(dataset, group, codes), inside(dataset, codes)
    reach, inhabited = dataset.reach(question.reach_m), dataset.areas.wijken["inhabited"].to_numpy(dtype=bool)
    figures, source = _figures(dataset, group, weigh, ours)
    unknown = dataset.areas.wijken.index[inhabited & np.isnan(figures)]
    return Demand(
        group=group,
        weigh=weigh,
        weight=np.nan_to_num(figures)[reach.demand_wijk] * reach.weight,
        reached=reached_today(dataset, question, group),
        unknown=tuple(map(str, unknown)),
        wijken=int((inhabited & ours).sum()),
        source=source,
    )


def _figures(dataset: Dataset, group: str, weigh: Weigh, ours: Array) -> tuple[Array, tuple[str, ...]]:
    """What each wijk counts for (NaN = unknown, 0 = not one of ours), and where that comes from."""
    if weigh is Weigh.WIJKEN:
        return np.where(ours, dataset.areas.wijken["inhabited"].to_numpy(dtype=float), 0.0), ()
    column = group if weigh is Weigh.PERSONS else EVERYONE
    sources = {one for one in dataset.needs.source.loc[ours, column] if one}
    return np.where(ours, dataset.needs.persons[column].to_numpy(dtype=float), 0.0), tuple(sorted(sources))
