"""Located offers x areas -> who is within walking distance of what (DESIGN §4, "Walking distance" and "Reach").

The heavy part, which pairs of a place and a demand point are within reach, depends only on the places and on R. It is
computed once (`reach_of`) and then answers any number of questions: every offer carries a mask, one bit per question,
and a demand point's answer is the bitwise OR of the masks of the places within its reach.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from einclusie_data.city.areas import Areas
from einclusie_data.contract import settings
from einclusie_data.contract.arrays import Array
from einclusie_data.engine.locate import Supply

_CHUNK_PAIRS = 2_000_000
"""Pairs that are combined at a time: bounds the memory of one step to some 50 MB."""


@dataclass(frozen=True)
class Reach:
    """Which demand points are within walking distance of which sites.

    Attributes
    ----------
    site : numpy.ndarray of int, shape (points,)
        Site (distinct coordinate) of every row of `Supply.points`.
    xy : numpy.ndarray of float, shape (sites, 2)
        Coordinates of the sites (EPSG:31370, metres).
    start : numpy.ndarray of int, shape (demand + 1,)
        The pairs of demand point `d` are ``neighbour[start[d]:start[d + 1]]``.
    neighbour : numpy.ndarray of int
        Sites, grouped by demand point.
    demand_wijk : numpy.ndarray of int, shape (demand,)
        Position of each demand point's wijk.
    weight : numpy.ndarray of float, shape (demand,)
        Weights; those of a wijk add up to 1.
    centre_distance_m : numpy.ndarray of float, shape (wijken, sites)
        Walking distance from each wijk's centre to each site, barrier ignored.
    reach_m : float
    """

    site: Array
    xy: Array
    start: Array
    neighbour: Array
    demand_wijk: Array
    weight: Array
    centre_distance_m: Array
    reach_m: float


def _sites(supply: Supply) -> tuple[Array, Array]:
    """Distinct coordinates of the points: coordinates (sites, 2), and the site of every point."""
    xy = supply.points[["x", "y"]].to_numpy(dtype=float)
    if len(xy) == 0:
        return np.empty((0, 2)), np.empty(0, dtype=np.intp)
    unique, site = np.unique(xy, axis=0, return_inverse=True)
    return unique, site.reshape(-1)


def _pairs_within(areas: Areas, sites_xy: Array, distance_m: float) -> tuple[Array, Array, Array]:
    """Demand points, sites and straight distances (metres) of all pairs at most `distance_m` apart."""
    if len(sites_xy) == 0 or len(areas.demand) == 0:
        return np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0)
    found = areas.demand_tree.sparse_distance_matrix(cKDTree(sites_xy), distance_m, output_type="ndarray")
    return found["i"], found["j"], found["v"]


def crosses_river(areas: Areas, demand_xy: Array, sites_xy: Array, pairs: tuple[Array, Array, Array]) -> Array:
    """Which pairs have a straight line that touches the river, unless the site itself lies in it.

    A line of length d can only touch the river when the distances of both ends to it add up to at most d: that leaves
    few lines to draw.

    Parameters
    ----------
    areas : Areas
    demand_xy, sites_xy : numpy.ndarray of float, shape (demand, 2) and (sites, 2)
        Where people are, and where offers are (EPSG:31370, metres).
    pairs : tuple of numpy.ndarray
        Demand point, site and straight distance (metres) of every pair.

    Returns
    -------
    numpy.ndarray of bool, shape (pairs,)
    """
    demand, site, length = pairs
    blocked = np.zeros(len(demand), dtype=bool)
    river = areas.river
    if river is None or len(demand) == 0:
        return blocked
    shapely.prepare(river)
    used = np.unique(demand)  # few sites have few demand points near them
    far_demand = np.full(len(demand_xy), np.inf)
    far_demand[used] = _distance_to(river, demand_xy[used], length.max())
    far_site = _distance_to(river, sites_xy, length.max())
    candidate = np.flatnonzero((far_demand[demand] + far_site[site] <= length + 1e-3) & (far_site[site] > 0))
    ends = np.stack([demand_xy[demand[candidate]], sites_xy[site[candidate]]], axis=1)
    blocked[candidate] = shapely.intersects(river, shapely.linestrings(ends))
    return blocked


def _distance_to(shape: shapely.Geometry, xy: Array, limit_m: float) -> Array:
    """Distance of points to a shape in metres; infinite where it is certainly more than `limit_m`."""
    minx, miny, maxx, maxy = shape.bounds
    x, y = xy[:, 0], xy[:, 1]
    near = (x >= minx - limit_m) & (x <= maxx + limit_m) & (y >= miny - limit_m) & (y <= maxy + limit_m)
    points = shapely.points(xy[near])
    distance = np.full(len(xy), np.inf)
    within = shapely.dwithin(shape, points, limit_m)
    distance[np.flatnonzero(near)[within]] = shapely.distance(shape, points[within])
    return distance


def pairs_in_reach(areas: Areas, sites_xy: Array, reach_m: float) -> csr_array:
    """Which demand points are within `reach_m` walking metres of which sites, barrier respected.

    Parameters
    ----------
    areas : Areas
    sites_xy : numpy.ndarray of float, shape (sites, 2)
        EPSG:31370, metres.
    reach_m : float
        R, in walking metres: straight line x `settings.DETOUR_FACTOR`.

    Returns
    -------
    scipy.sparse.csr_array of bool, shape (demand, sites)
    """
    straight_m = (reach_m + settings.DISTANCE_TOLERANCE_M) / settings.DETOUR_FACTOR
    pairs = _pairs_within(areas, sites_xy, straight_m)
    free = ~crosses_river(areas, areas.demand_xy, sites_xy, pairs)
    shape = (len(areas.demand), len(sites_xy))
    return csr_array((np.ones(int(free.sum()), dtype=bool), (pairs[0][free], pairs[1][free])), shape=shape)


def reach_of(supply: Supply, reach_m: float) -> Reach:
    """Find every demand point within `reach_m` walking metres of a place, barrier respected.

    Parameters
    ----------
    supply : Supply
    reach_m : float
        R, in walking metres: straight line x `settings.DETOUR_FACTOR`.

    Returns
    -------
    Reach
    """
    areas = supply.areas
    sites_xy, site_of_point = _sites(supply)
    table = pairs_in_reach(areas, sites_xy, reach_m)
    distance = np.hypot(*(areas.centres[:, None, :] - sites_xy[None, :, :]).transpose(2, 0, 1))
    return Reach(
        site=site_of_point,
        xy=sites_xy,
        start=table.indptr,
        neighbour=table.indices,
        demand_wijk=areas.demand_wijk,
        weight=areas.demand_weight,
        centre_distance_m=distance * settings.DETOUR_FACTOR,
        reach_m=reach_m,
    )


def or_by_group(bits: Array, group: Array, groups: int) -> Array:
    """Bitwise OR of the rows of `bits` per group.

    Parameters
    ----------
    bits : numpy.ndarray of unsigned int, shape (rows, columns)
    group : numpy.ndarray of int, shape (rows,)
        Group of each row; negative = in no group.
    groups : int

    Returns
    -------
    numpy.ndarray, shape (groups, columns)
        Zero where a group has no rows.

    Examples
    --------
    >>> or_by_group(np.array([[1], [2], [4]], dtype=np.uint16), np.array([0, 0, -1]), 2).tolist()
    [[3], [0]]
    """
    result = np.zeros((groups, bits.shape[1]), dtype=bits.dtype)
    kept = np.flatnonzero(group >= 0)
    if len(kept):
        order = kept[np.argsort(group[kept], kind="stable")]
        sorted_group = group[order]
        first = np.flatnonzero(np.r_[True, sorted_group[1:] != sorted_group[:-1]])
        result[sorted_group[first]] = np.bitwise_or.reduceat(bits[order], first, axis=0)
    return result


def reached_bits(reach: Reach, site_bits: Array) -> Array:
    """Bitwise OR, per demand point, of the masks of the sites within its reach.

    Parameters
    ----------
    reach : Reach
    site_bits : numpy.ndarray of unsigned int, shape (sites, columns)

    Returns
    -------
    numpy.ndarray, shape (demand, columns)
    """
    size = len(reach.start) - 1
    result = np.zeros((size, site_bits.shape[1]), dtype=site_bits.dtype)
    filled = np.flatnonzero(np.diff(reach.start))
    if len(filled) == 0:
        return result
    begin = reach.start[filled]
    chunk_of = (begin - begin[0]) // _CHUNK_PAIRS
    for chunk in np.split(np.arange(len(filled)), np.flatnonzero(np.diff(chunk_of)) + 1):
        low, high = reach.start[filled[chunk[0]]], reach.start[filled[chunk[-1]] + 1]
        bits = site_bits[reach.neighbour[low:high]]
        result[filled[chunk]] = np.bitwise_or.reduceat(bits, begin[chunk] - low, axis=0)
    return result


def sites_reaching(reach: Reach, wijken: int) -> Array:
    """Which sites are within reach of at least one demand point of each wijk: bool, shape (sites, wijken)."""
    table = np.zeros((len(reach.xy), wijken), dtype=bool)
    demand = np.repeat(np.arange(len(reach.start) - 1), np.diff(reach.start))
    table[reach.neighbour, reach.demand_wijk[demand]] = True
    return table


def share_by_wijk(reach: Reach, reached: Array, wijken: int) -> Array:
    """Weighted share (0-1) of each wijk's demand for which `reached` is True.

    Parameters
    ----------
    reached : numpy.ndarray of bool, shape (demand, columns)

    Returns
    -------
    numpy.ndarray of float, shape (wijken, columns)
        Sums of weights: compare them through `at_least`.
    """
    size = len(reach.weight)
    weights = csr_array((reach.weight, (reach.demand_wijk, np.arange(size))), shape=(wijken, size))
    return np.asarray(weights @ reached.astype(float))


def at_least(shares: Array, threshold: float) -> Array:
    """Whether shares are at or above a threshold; noise of summing below `settings.SHARE_DECIMALS` does not decide.

    Examples
    --------
    >>> at_least(np.array([0.1 + 0.2 + 0.2 - 1e-14, 0.4999]), 0.5).tolist()
    [True, False]
    """
    return np.round(shares, settings.SHARE_DECIMALS) >= threshold
