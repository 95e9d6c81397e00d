"""The official layer -> the table of `wijken.geojson`: valid polygons without overlaps, held against what we know.

In: the bytes of the layer and `wijk_namen.csv`. Out: the cleaned wijken in degrees, or all that speaks against them.
The layer is generalised polygon by polygon, so neighbours overlap or leave slivers of up to 5.6 m wide between them,
and one polygon crosses itself. The polygons stay as close to the published ones as that allows; the river stays
exactly as published: it is the barrier of the gap engine.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from einclusie_data.city.coordinates import to_degrees
from einclusie_data.city.tables import refuse
from einclusie_data.contract import settings
from einclusie_data.contract.errors import ReferenceDataError
from einclusie_data.reference.layer import check_layer, parse_layer, wijken_of_layer

BORDER_M = 0.01
"""Metres within which two borders count as the same line."""
NOISE_M2 = 0.01
"""Square metres below which a gap is nothing but floating-point rounding."""


@dataclass(frozen=True)
class Summary:
    """What was made, and what cleaning did to the polygons.

    Attributes
    ----------
    wijken, inhabited : int
        Number of wijken, and of those with at least 500 inhabitants.
    area_km2 : float
        Of all wijken together.
    largest_change_m2 : float
        Largest change of a wijk's area by cleaning, in the wijk `largest_change_code`.
    published_overlap_m2, overlap_m2 : float
        Overlap before and after cleaning, summed over pairs.
    closed_slivers : int
        Enclosed gaps between the published polygons that are gone.
    """

    wijken: int
    inhabited: int
    area_km2: float
    largest_change_m2: float
    largest_change_code: str
    published_overlap_m2: float
    overlap_m2: float
    closed_slivers: int


def published_wijken(layer_bytes: bytes, names: pd.DataFrame, source: str) -> gpd.GeoSeries:
    """The polygons of a layer whose number, codes, names and districts are right.

    Parameters
    ----------
    layer_bytes : bytes
        GeoJSON in degrees.
    names : pandas.DataFrame
        As `layer.read_names` gives it.
    source : str
        Name of the layer for messages.

    Returns
    -------
    geopandas.GeoSeries
        EPSG:4326, index wijkcode (sorted), as published (one of them may be invalid).

    Raises
    ------
    ReferenceDataError
        All findings about the layer.
    """
    try:
        layer = parse_layer(layer_bytes)
    except ReferenceDataError as error:
        raise ReferenceDataError(f"{source}: {error}") from error
    refuse(source, check_layer(layer, names))
    return wijken_of_layer(layer)


def make_wijken(published: gpd.GeoSeries, names: pd.DataFrame, centres: pd.DataFrame, source: str) -> gpd.GeoDataFrame:
    """The cleaned wijken with their properties.

    Parameters
    ----------
    published : geopandas.GeoSeries
        As `published_wijken` gives it.
    names : pandas.DataFrame
    centres : pandas.DataFrame
        Index wijkcode; x, y in metres: each must lie in its wijk.
    source : str
        Name of the layer for messages.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326; the columns of `area_tables.WIJK_PROPERTIES`, sorted by wijkcode, and geometry.

    Raises
    ------
    ReferenceDataError
        Areas or places differ too much from what we know.
    """
    raw = valid_polygons(published.to_crs(settings.CRS_METRES))
    refuse(source, _area_findings(raw.area / 1e6, names))
    degrees = in_degrees(clean_wijken(raw), published)
    clean = degrees.to_crs(settings.CRS_METRES)
    refuse(source, _cleaning_findings(raw, clean) + _place_findings(clean, centres))
    table = {
        "wijkcode": list(names.index),
        "label": names["label"].to_list(),
        "naam_portaal": names["naam_portaal"].to_list(),
        "naam_statistiek": names["naam_statistiek"].to_list(),
        "district": names["district"].to_list(),
        "bewoond": (names["inwoners_minstens_500"] == "ja").to_list(),
        "opp_km2": (clean.area / 1e6).round(3).to_list(),
    }
    return gpd.GeoDataFrame(table, geometry=degrees.to_list(), crs=settings.CRS_DEGREES)


def _area_findings(area_km2: pd.Series[float], names: pd.DataFrame) -> list[str]:
    expected, total = names["opp_km2"].astype(float), float(area_km2.sum())
    findings = []
    if abs(total - settings.LAYER_AREA_KM2) > settings.LAYER_AREA_MARGIN_KM2:
        findings.append(
            f"de wijken zijn samen {total:.1f} km², verwacht is "
            f"{settings.LAYER_AREA_KM2:.0f} ± {settings.LAYER_AREA_MARGIN_KM2:.0f} km²"
        )
    off = (area_km2 - expected).abs() > settings.WIJK_AREA_MARGIN * expected
    if off.any():
        listed = ", ".join(f"{code} {area_km2[code]:.2f} (was {expected[code]:.2f})" for code in off.index[off])
        findings.append(f"de oppervlakte in km² van deze wijken wijkt te veel af: {listed}")
    return findings


def _cleaning_findings(raw: gpd.GeoSeries, clean: gpd.GeoSeries) -> list[str]:
    changed = (clean.area - raw.area).abs() > settings.CLEANING_AREA_MARGIN * raw.area
    findings = [f"opkuisen verandert de oppervlakte van {code} te veel" for code in raw.index[changed]]
    return findings + [f"de veelhoek van {code} is niet te herstellen" for code in clean.index[~clean.is_valid]]


def _place_findings(clean: gpd.GeoSeries, centres: pd.DataFrame) -> list[str]:
    points = shapely.points(centres["x"].to_numpy(), centres["y"].to_numpy())
    inside = shapely.intersects(clean.loc[centres.index].to_numpy(), points)
    return [f"het midden van {code} ligt niet in de veelhoek van {code}" for code in centres.index[~inside]]


def summarise(published: gpd.GeoSeries, wijken: gpd.GeoDataFrame) -> Summary:
    """Measure what cleaning did.

    Parameters
    ----------
    published : geopandas.GeoSeries
        As `published_wijken` gives it.
    wijken : geopandas.GeoDataFrame
        As `area_tables.read_wijken` gives it: index wijkcode.
    """
    raw = valid_polygons(published.to_crs(settings.CRS_METRES))
    clean = wijken.geometry.to_crs(settings.CRS_METRES)
    change = (clean.area - raw.area).abs()
    return Summary(
        wijken=len(wijken),
        inhabited=int(wijken["bewoond"].sum()),
        area_km2=float(clean.area.sum() / 1e6),
        largest_change_m2=float(change.max()),
        largest_change_code=str(change.idxmax()),
        published_overlap_m2=overlap_m2(raw.to_numpy()),
        overlap_m2=overlap_m2(clean.to_numpy()),
        closed_slivers=len(slivers(raw.to_numpy())) - len(slivers(clean.to_numpy())),
    )


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
