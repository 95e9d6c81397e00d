"""Published wijken -> valid polygons without overlaps, as close to the published ones as that allows.

The layer is generalised polygon by polygon, so neighbours overlap or leave slivers of up to 5.6 m wide between them,
and one polygon crosses itself. The river stays exactly as published: it is the barrier of the gap engine.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from einclusie_data.city.coordinates import to_degrees
from einclusie_data.contract import settings

BORDER_M = 0.01
"""Metres within which two borders count as the same line."""
NOISE_M2 = 0.01
"""Square metres below which a gap is nothing but floating-point rounding."""


def valid_polygons(published: gpd.GeoSeries) -> gpd.GeoSeries:
    """The polygons with the invalid ones repaired; a valid polygon is not touched.

    A line that crosses itself keeps every part that it encloses (``structure``): for DEU06 that is 2,169,903 m², as
    published, and a splinter of 0.2 m².
    """
    broken = ~published.is_valid
    repaired = published.copy()
    repaired[broken] = published[broken].make_valid(method="structure")
    return repaired


def clean_wijken(published: gpd.GeoSeries) -> gpd.GeoSeries:
    """Valid wijken that neither overlap nor leave slivers.

    Parameters
    ----------
    published : geopandas.GeoSeries
        EPSG:31370, index wijkcode (unique, with the river).

    Returns
    -------
    geopandas.GeoSeries
        The same index and CRS. The river is the published polygon. A gap wider than `settings.GAP_WIDTH_M` stays a
        gap, a part of `settings.SPLINTER_M2` or more stays a part.

    Notes
    -----
    Overlaps between land wijken go to the one with the longest shared border (GEOS coverage cleaning), overlaps with
    the river to the river; slivers, also those along the river, to the land wijk with the longest shared border.
    """
    valid = valid_polygons(published)
    river = valid[settings.RIVER_CODE]
    land = valid.drop(settings.RIVER_CODE)
    dry = shapely.difference(land.to_numpy(), river)
    matched = shapely.coverage_clean(dry, gap_width=settings.GAP_WIDTH_M)
    filled = _close_gaps(np.array([_without_splinters(shape) for shape in matched], dtype=object), river)
    cleaned = gpd.GeoSeries(shapely.difference(filled, river), index=land.index, crs=published.crs)
    return pd.concat([cleaned, valid[[settings.RIVER_CODE]]]).loc[published.index]


def _without_splinters(shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shape)
    kept = parts[shapely.area(parts) >= settings.SPLINTER_M2]
    return kept[0] if len(kept) == 1 else shapely.multipolygons(kept)


def _close_gaps(land: NDArray[np.object_], river: shapely.Geometry) -> NDArray[np.object_]:
    """Land wijken with every sliver between them and the river added to the one it borders most."""
    filled = land.copy()
    near = shapely.buffer(land, BORDER_M)
    for gap in slivers(np.append(land, river)):
        neighbour = int(np.argmax(shapely.length(shapely.intersection(near, gap.exterior))))
        filled[neighbour] = shapely.union(filled[neighbour], gap)
    return filled


def slivers(polygons: NDArray[np.object_]) -> list[shapely.Polygon]:
    """Enclosed gaps between polygons that are narrower than `settings.GAP_WIDTH_M` (largest circle that fits)."""
    covered = shapely.get_parts(shapely.union_all(polygons))
    holes = [shapely.polygons(ring) for part in covered for ring in part.interiors]
    return [
        hole
        for hole in holes
        if hole.area >= NOISE_M2 and 2 * shapely.maximum_inscribed_circle(hole).length <= settings.GAP_WIDTH_M
    ]


def overlap_m2(polygons: NDArray[np.object_]) -> float:
    """Square metres that more than one polygon covers, summed over the pairs."""
    first, second = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    pairs = first < second
    shared = shapely.intersection(polygons[first[pairs]], polygons[second[pairs]])
    return float(shapely.area(shared).sum())


def in_degrees(cleaned: gpd.GeoSeries, published_degrees: gpd.GeoSeries) -> gpd.GeoSeries:
    """Cleaned wijken in EPSG:4326, snapped to `settings.DEGREE_DECIMALS`; the river as published.

    Parameters
    ----------
    cleaned : geopandas.GeoSeries
        EPSG:31370, as `clean_wijken` gives it.
    published_degrees : geopandas.GeoSeries
        EPSG:4326, the published polygons; only the river's is used.
    """
    grid = 10.0**-settings.DEGREE_DECIMALS
    snapped = shapely.set_precision(shapely.transform(cleaned.to_numpy(), _degree_pairs), grid)
    degrees = gpd.GeoSeries(snapped, index=cleaned.index, crs=settings.CRS_DEGREES)
    degrees[settings.RIVER_CODE] = published_degrees[settings.RIVER_CODE]
    return degrees


def _degree_pairs(metres: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(to_degrees(metres[:, 0], metres[:, 1]))
