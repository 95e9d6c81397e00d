"""Degrees (spreadsheets, maps) <-> metres (distances, areas), with pyproj's default transformation.

PROJ prepares a transformation anew, some 30 ms, in every thread, and the app runs each click in a thread of its own.
So one thread, which stays, converts for all.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import numpy as np
import pyproj
from numpy.typing import ArrayLike, NDArray

from einclusie_data.contract import settings

Floats = NDArray[np.float64]


@lru_cache(maxsize=1)
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="coordinates")


@lru_cache(maxsize=2)
def _transformer(source: str, target: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(source, target, always_xy=True)


def _transform(source: str, target: str, first: ArrayLike, second: ArrayLike) -> tuple[Floats, Floats]:
    done = _thread().submit(_transform_here, source, target, _floats(first), _floats(second)).result()
    return _floats(done[0]), _floats(done[1])


def _transform_here(source: str, target: str, first: Floats, second: Floats) -> tuple[Floats, Floats]:
    one, other = _transformer(source, target).transform(first, second)
    return one, other


def to_lambert(lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Degrees (EPSG:4326) to metres (EPSG:31370).

    Parameters
    ----------
    lon, lat : array_like of float
        Degrees, of the same shape; NaN gives an answer that is not finite.

    Returns
    -------
    tuple of numpy.ndarray
        x and y in metres.

    Examples
    --------
    >>> x, y = to_lambert([4.4025], [51.2194])
    >>> [round(float(value)) for value in (x[0], y[0])]
    [152357, 212162]
    """
    return _transform(settings.CRS_DEGREES, settings.CRS_METRES, lon, lat)


@lru_cache(maxsize=4096)
def point_to_lambert(lon: float, lat: float) -> tuple[float, float]:
    """One point, degrees to metres; asked again, it is still known: another thread takes its time to answer.

    Examples
    --------
    >>> [round(side) for side in point_to_lambert(4.4025, 51.2194)]
    [152357, 212162]
    """
    x, y = to_lambert([lon], [lat])
    return float(x[0]), float(y[0])


def to_degrees(x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Metres (EPSG:31370) to degrees (EPSG:4326), the exact inverse of `to_lambert`.

    PROJ's own inverse of the datum shift is 0.2 mm off; one correction step makes a published point come back as it
    was published.

    Parameters
    ----------
    x, y : array_like of float
        Metres, of the same shape.

    Returns
    -------
    tuple of numpy.ndarray
        Longitude and latitude in degrees.

    Examples
    --------
    >>> lon, lat = to_degrees(*to_lambert([4.4025], [51.2194]))
    >>> [round(float(value), 11) for value in (lon[0], lat[0])]
    [4.4025, 51.2194]
    """
    wanted_x, wanted_y = _floats(x), _floats(y)
    near_x, near_y = to_lambert(*_transform(settings.CRS_METRES, settings.CRS_DEGREES, wanted_x, wanted_y))
    return _transform(settings.CRS_METRES, settings.CRS_DEGREES, 2 * wanted_x - near_x, 2 * wanted_y - near_y)


@lru_cache(maxsize=4096)
def point_to_degrees(x: float, y: float) -> tuple[float, float]:
    """One point, metres to degrees; see `point_to_lambert`.

    Examples
    --------
    >>> [round(side, 4) for side in point_to_degrees(152357, 212162)]
    [4.4025, 51.2194]
    """
    lon, lat = to_degrees([x], [y])
    return float(lon[0]), float(lat[0])


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=float)
