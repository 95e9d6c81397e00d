"""A made-up city for the browser tests: as many wijken and border points as the real one, verdicts per group."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

GROUPS = ["Iedereen", "Ouderen", "Werkzoekenden", "Anderstaligen en nieuwkomers", "Mensen in armoede"]
LOOKS = pd.DataFrame(
    [
        ("Gedekt", "●", "#1f5f99", "#ffffff"),
        ("Algemeen aanbod", "◐", "#8fc1e3", "#10202e"),
        ("Beperkt", "◔", "#f7e08c", "#2b2400"),
        ("Onbekend", "?", "#d0d3d8", "#1f2430"),
        ("Mogelijk hiaat: enkel mobiel", "◇", "#f2a65a", "#2e1600"),
        ("Mogelijk hiaat", "✕", "#a3262a", "#ffffff"),
        ("Niet van toepassing", "–", "#f1f1ee", "#4a4a46"),
    ],
    columns=["oordeel", "symbol", "colour", "ink"],
)
HOSTILE = (
    "<img src=x onerror='window.top.hit=1;window.hit=1'>",
    "${window.top.hit=2}",
    "`+(window.top.hit=3)+`",
    "</script><script>window.top.hit=4</script>",
    "{{'window.top.hit=5'}}",
    '"});window.top.hit=6;({"',
    "'-(window.top.hit=7)-'",
    "\\u0022;window.top.hit=8//",
    "<a href='javascript:window.top.hit=9'>klik</a>",
    "<svg onload=window.top.hit=10>",
    "<link rel=stylesheet href=http://example.org/hit.css><img src=http://example.org/hit.png>",
    "regel 1\nregel 2\u2028regel 3",
)
"""Names that a spreadsheet may hold; each would leave a trace if anything in it ran or loaded."""


def city_wijken(count: int = 67, corners: int = 45) -> gpd.GeoDataFrame:
    """Voronoi cells around random points near Antwerp, with `corners` points on each border, in EPSG:4326."""
    rng = np.random.default_rng(1)
    frame = shapely.box(4.22, 51.15, 4.50, 51.37)
    points = shapely.MultiPoint(rng.uniform((4.22, 51.15), (4.50, 51.37), size=(count, 2)))
    cells = shapely.intersection(shapely.get_parts(shapely.voronoi_polygons(points, extend_to=frame)), frame)
    detailed = [shapely.transform(shapely.segmentize(cell, cell.length / corners), _winding) for cell in cells]
    codes = [f"W{number:02d}" for number in range(count)]
    table = {"wijkcode": codes, "wijk": [f"Wijk {code}" for code in codes]}
    return gpd.GeoDataFrame(table, geometry=detailed, crs="EPSG:4326")


def _winding(degrees: np.ndarray) -> np.ndarray:
    """Borders that wind like real ones, the same on both sides."""
    return degrees + 0.001 * np.sin(degrees[:, ::-1] * 1_500)


def with_verdicts(wijken: gpd.GeoDataFrame, group: str) -> gpd.GeoDataFrame:
    """The wijken with a verdict, its look and a number of people, different for every group."""
    rng = np.random.default_rng(GROUPS.index(group))
    looks = LOOKS.iloc[rng.integers(0, len(LOOKS), len(wijken))].set_axis(wijken.index)
    people = pd.Series(rng.integers(100, 9_000, len(wijken)), index=wijken.index)
    return wijken.join(looks).assign(personen=people.astype("Int64").mask(people % 7 == 0))


def city_offers(group: str, count: int = 60) -> pd.DataFrame:
    """Offers at random points, a third of them approximate, some at the same place."""
    rng = np.random.default_rng(GROUPS.index(group) + 100)
    table = pd.DataFrame(rng.uniform((4.24, 51.17), (4.48, 51.35), size=(count, 2)), columns=["lon", "lat"])
    table.loc[: count // 6, ["lon", "lat"]] = table.loc[0, ["lon", "lat"]].to_numpy()
    return table.assign(name=[f"Digipunt {number}" for number in range(count)], exact=rng.random(count) > 1 / 3)
