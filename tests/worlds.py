"""A small hand-drawn city whose numbers can be checked by head.

::

    y (m)
    2000 +---------+---------+---+
         |  NOO01  |  NOO02  | S |
    1000 +---------+---------+ C +---------+
         |  ZUI01  |  HAV01  | H |  ZUI02  |
       0 +---------+---------+---+---------+
         0       1000      2000 2200     3200   x (m)

NOO and ZUI are inhabited; HAV01 is not; SCH01 is the river, 200 m wide. Metres count from `ORIGIN`.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from einclusie_data.city.areas import Areas, to_degrees
from einclusie_data.contract import settings

ORIGIN = (150_000.0, 210_000.0)
"""Lambert 72 coordinates of the lower left corner, metres."""

UNKNOWN = float("nan")

# wijkcode: corners (min x, min y, max x, max y), label, district, inhabited, ranking, persons per group
WIJKEN = {
    "HAV01": ((1000, 0, 2000, 1000), "Havenkant", "Zuiderdam", False, UNKNOWN, (UNKNOWN, UNKNOWN, UNKNOWN)),
    "NOO01": ((0, 1000, 1000, 2000), "Noordkant", "Noorderdam", True, 50.0, (1000.0, 200.0, 300.0)),
    "NOO02": ((1000, 1000, 2000, 2000), "Noordkaai", "Noorderdam", True, 10.0, (2000.0, 500.0, 400.0)),
    "SCH01": ((2000, 0, 2200, 2000), "Schelde", "", False, UNKNOWN, (UNKNOWN, UNKNOWN, UNKNOWN)),
    "ZUI01": ((0, 0, 1000, 1000), "Zuidkant", "Zuiderdam", True, 0.0, (800.0, 100.0, UNKNOWN)),
    "ZUI02": ((2200, 0, 3200, 1000), "Overzijde", "Zuiderdam", True, UNKNOWN, (UNKNOWN, UNKNOWN, 60.0)),
}
POSTCODES = {"2000": ("NOO01", "NOO02"), "2030": ("HAV01", "NOO02"), "2660": ("HAV01", "ZUI01", "ZUI02")}
GROUPS = ["Iedereen", "Kinderen en jongeren", "Ouderen"]
NEED_SOURCE = "Stad in Cijfers, 2025"


def at(x: float, y: float) -> tuple[float, float]:
    """Lambert coordinates of a place given in metres from the corner of the world."""
    return ORIGIN[0] + x, ORIGIN[1] + y


def degrees_at(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude (the order of the workbook) of a place given in metres from the corner of the world."""
    lon, lat = to_degrees(*at(x, y))
    return float(lat), float(lon)


def small_world(step_m: float = 250.0) -> Areas:
    """The world above; `dataclasses.replace` makes a variant.

    Parameters
    ----------
    step_m : float
        Side of the cells whose centres are the demand points, all of the same weight within a wijk: 250 gives 16
        points of 1/16 in a wijk of 1 km², 100 gives 100 points of 1/100.
    """
    boxes = {code: shapely.box(*at(*row[0][:2]), *at(*row[0][2:])) for code, row in WIJKEN.items()}
    demand = pd.concat([_cell_centres(code, shape, step_m) for code, shape in boxes.items()], ignore_index=True)
    index = pd.Index(list(WIJKEN), name="wijkcode")
    return Areas(
        wijken=_wijken(boxes, index),
        demand=demand,
        need=pd.DataFrame([row[5] for row in WIJKEN.values()], index=index, columns=GROUPS),
        postcodes=POSTCODES,
        need_source=NEED_SOURCE,
    )


def _wijken(boxes: dict[str, shapely.Polygon], index: pd.Index) -> gpd.GeoDataFrame:
    shapes = gpd.GeoSeries(list(boxes.values()), index=index, crs=settings.CRS_METRES)
    _, labels, districts, inhabited, ranking, _ = zip(*WIJKEN.values(), strict=True)
    return gpd.GeoDataFrame(
        {
            "label": labels,
            "district": districts,
            "official_name": labels,
            "statistics_name": labels,
            "inhabited": inhabited,
            "area_km2": shapes.area / 1e6,
            "ranking": ranking,
            "centre_x": shapes.centroid.x,
            "centre_y": shapes.centroid.y,
        },
        geometry=shapes,
    )


def _cell_centres(code: str, box: shapely.Polygon, step_m: float) -> pd.DataFrame:
    min_x, min_y, max_x, max_y = box.bounds
    x, y = np.meshgrid(np.arange(min_x + step_m / 2, max_x, step_m), np.arange(min_y + step_m / 2, max_y, step_m))
    return pd.DataFrame({"wijkcode": code, "x": x.ravel(), "y": y.ravel(), "weight": 1 / x.size})
