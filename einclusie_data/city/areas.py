"""data/ -> wijken, districts, demand points and need figures.

All geometry that leaves this module is in metres (EPSG:31370).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from einclusie_data.city import coordinates
from einclusie_data.city import tables as area_tables
from einclusie_data.city.coordinates import point_to_lambert, to_degrees, to_lambert
from einclusie_data.city.provenance import Attribution, attributions, read_provenance
from einclusie_data.contract import settings
from einclusie_data.contract.errors import ReferenceDataError

__all__ = ["Areas", "Attribution", "attribution", "load_areas", "to_degrees", "to_lambert"]

REBUILD_HINT = "Maak de bestanden opnieuw met: python -m einclusie_data referentie"


@dataclass(frozen=True, eq=False)
class Areas:
    """The city: where people live and how many of each group. Compared by identity; never changed in place.

    Attributes
    ----------
    wijken : geopandas.GeoDataFrame
        EPSG:31370; index wijkcode (sorted). label (str), district (str; "" for the river), official_name and
        statistics_name (str), inhabited (bool), area_km2 (float), ranking (wijkenranking 0-100; NaN = none published,
        or the wijk is not inhabited), centre_x and centre_y (metres), geometry (valid, without overlaps).
    demand : pandas.DataFrame
        One row per demand point: wijkcode, x, y (metres), weight (share 0-1 of the wijk's people, about 1 per wijk).
        Sorted by wijkcode, RangeIndex.
    need : pandas.DataFrame
        Index as `wijken`; "Iedereen", "Kinderen en jongeren", "Ouderen": persons, NaN = unknown.
    postcodes : mapping of str to tuple of str
        Postcode -> wijkcodes that it touches.
    need_source : str
        Source and year of `need`, e.g. "Stad in Cijfers, 2025".
    """

    wijken: gpd.GeoDataFrame
    demand: pd.DataFrame
    need: pd.DataFrame
    postcodes: Mapping[str, tuple[str, ...]]
    need_source: str

    @cached_property
    def river(self) -> shapely.Geometry:
        """The Schelde exactly as the city publishes it: a straight line that touches it is no way to walk."""
        return self.wijken.geometry[settings.RIVER_CODE]

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Smallest x, smallest y, largest x and largest y of all wijken, in metres."""
        min_x, min_y, max_x, max_y = (float(value) for value in self.wijken.total_bounds)
        return min_x, min_y, max_x, max_y

    @cached_property
    def districts(self) -> dict[str, tuple[str, ...]]:
        """District -> its wijkcodes, both sorted; the river lies in none."""
        named = self.wijken.index[self.wijken["district"] != ""]
        groups = named.groupby(self.wijken.loc[named, "district"])
        return {district: tuple(sorted(groups[district])) for district in sorted(groups)}

    @cached_property
    def demand_xy(self) -> NDArray[np.float64]:
        """Metres of every demand point, shape (demand, 2)."""
        return self.demand[["x", "y"]].to_numpy(dtype=float)

    @cached_property
    def demand_wijk(self) -> NDArray[np.intp]:
        """Position in `wijken` of every demand point, shape (demand,)."""
        return np.asarray(self.wijken.index.get_indexer(self.demand["wijkcode"]), dtype=np.intp)

    @cached_property
    def demand_weight(self) -> NDArray[np.float64]:
        """Weight of every demand point, shape (demand,)."""
        return self.demand["weight"].to_numpy(dtype=float)

    @cached_property
    def demand_tree(self) -> cKDTree:
        """The demand points, to find those near a place."""
        # made faster so; on a grid as fast to search
        return cKDTree(self.demand_xy, balanced_tree=False, compact_nodes=False)

    @cached_property
    def centres(self) -> NDArray[np.float64]:
        """Metres of the centre of every wijk, shape (wijken, 2)."""
        return self.facts[["centre_x", "centre_y"]].to_numpy(dtype=float)

    @cached_property
    def facts(self) -> pd.DataFrame:
        """`wijken` without their geometry: quicker to look things up in."""
        return pd.DataFrame(self.wijken.drop(columns="geometry"))

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.wijken.geometry.to_numpy())

    def wijken_of_points(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.intp]:
        """The wijk in which each point lies.

        Parameters
        ----------
        x, y : array_like of float
            Metres, one-dimensional, of the same length; a point that is not finite lies nowhere.

        Returns
        -------
        numpy.ndarray
            Position in `wijken` per point, -1 = in no wijk. On a border: the wijk whose code comes first.
        """
        points = shapely.points(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
        point, wijk = self._tree.query(points, predicate="intersects")
        first = np.full(len(points), len(self.wijken), dtype=np.intp)
        np.minimum.at(first, point, wijk)
        return np.where(first < len(self.wijken), first, -1)

    def wijk_at(self, lon: float, lat: float) -> str | None:
        """Wijkcode of a point in degrees (EPSG:4326); None outside every wijk."""
        x, y = coordinates.point_to_lambert(lon, lat)
        place = int(self.wijken_of_points([x], [y])[0])
        return str(self.wijken.index[place]) if place >= 0 else None

    def to_lambert(self, lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Degrees to metres; see `coordinates.to_lambert`."""
        return coordinates.to_lambert(lon, lat)

    def to_degrees(self, x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Metres to degrees; see `coordinates.to_degrees`."""
        return coordinates.to_degrees(x, y)


def load_areas(folder: Path = settings.DATA_FOLDER) -> Areas:
    """The reference files of `data/`, checked.

    Parameters
    ----------
    folder : Path
        Holds `wijken.geojson`, `vraagpunten.csv`, `wijkpunten.csv`, `inwoners_per_leeftijd.csv`, `wijkenranking.csv`,
        `postcodes.csv` and `herkomst.json`. The tables may be replaced by better ones: their content is checked, not
        their checksum.

    Raises
    ------
    ReferenceDataError
        A file is missing or damaged; the message says which one and how to mend it.
    """
    try:
        return _load_checked(Path(folder))
    except ReferenceDataError as error:
        raise ReferenceDataError(f"De referentiegegevens zijn onbruikbaar: {error}. {REBUILD_HINT}") from error


def _load_checked(folder: Path) -> Areas:
    wijken = area_tables.read_wijken(_content(folder, area_tables.WIJKEN_FILE))
    codes = list(wijken.index)
    inhabited = list(wijken.index[wijken["bewoond"].astype(bool)])
    centres = area_tables.read_centres(_content(folder, area_tables.CENTRES_FILE), codes)
    ranking = area_tables.read_ranking(_content(folder, area_tables.RANKING_FILE), codes)
    ages = area_tables.read_ages(_content(folder, area_tables.AGES_FILE), codes)
    return Areas(
        wijken=_wijken_table(wijken, ranking, centres),
        demand=area_tables.read_demand(_content(folder, area_tables.DEMAND_FILE), codes, inhabited),
        need=area_tables.need_of(ages),
        postcodes=area_tables.read_postcodes(_content(folder, area_tables.POSTCODES_FILE), codes),
        need_source=_need_source(folder),
    )


def _need_source(folder: Path) -> str:
    entry = read_provenance(folder).get(area_tables.AGES_FILE)
    if entry is None or not entry.short:
        raise ReferenceDataError(f"herkomst.json zegt niet waar {area_tables.AGES_FILE} vandaan komt")
    return entry.short


def _content(folder: Path, file: str) -> bytes:
    try:
        return (folder / file).read_bytes()
    except OSError as error:
        raise ReferenceDataError(f"{file} ontbreekt of is niet leesbaar") from error


def _wijken_table(wijken: gpd.GeoDataFrame, ranking: pd.Series[float], centres: pd.DataFrame) -> gpd.GeoDataFrame:
    """The columns of `Areas.wijken`, in metres."""
    inhabited = wijken["bewoond"].astype(bool)
    table = gpd.GeoDataFrame(
        {
            "label": wijken["label"],
            "district": wijken["district"],
            "official_name": wijken["naam_portaal"],
            "statistics_name": wijken["naam_statistiek"],
            "inhabited": inhabited,
            "area_km2": wijken["opp_km2"].astype(float),
            "ranking": ranking.where(inhabited),
            "centre_x": centres["x"],
            "centre_y": centres["y"],
        },
        geometry=wijken.geometry,
        crs=wijken.crs,
    )
    return table.to_crs(settings.CRS_METRES)


def attribution(folder: Path = settings.DATA_FOLDER) -> list[Attribution]:
    """Who must be named wherever the app shows the data, each source once.

    Raises
    ------
    ReferenceDataError
        `herkomst.json` is missing or damaged.
    """
    return attributions(read_provenance(Path(folder)).values())


def near_city(lat: float, lon: float, areas: Areas) -> bool:
    """Whether a point in degrees lies where coordinates are believed: the city's bounding box plus its margin."""
    x, y = point_to_lambert(lon, lat)
    return bool(in_city(np.array([x]), np.array([y]), areas)[0])


def in_city(x: NDArray[np.float64], y: NDArray[np.float64], areas: Areas) -> NDArray[np.bool_]:
    min_x, min_y, max_x, max_y = areas.bounds
    margin = settings.CITY_MARGIN_M
    with np.errstate(invalid="ignore"):
        in_x = (x >= min_x - margin) & (x <= max_x + margin)
        return in_x & (y >= min_y - margin) & (y <= max_y + margin)
