"""Where a new offer could come: the places that a set is chosen from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.answers.spots import middle_name, place_name
from einclusie_data.city.areas import Areas
from einclusie_data.contract import settings
from einclusie_data.contract.arrays import Array
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.questions import Question
from einclusie_data.contract.words import listing
from einclusie_data.engine.conditions import traits_of
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.locate import ROAMING
from einclusie_data.proposals.siting.demand import regular_sites


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
