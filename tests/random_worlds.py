"""Random worlds, offers and questions for comparing the engine with the oracle, and their shape for the engine.

Everything comes from a `random.Random`, so a seed is a case. Each list of offers has a temperament (how often cells are
blank, how many are mobile, where they flock): evenly mixed offers would give every wijk the same verdict. Dates lie
around `DAY`, often just before, at or after a threshold.

``python -m tests.random_worlds`` prints how often every verdict, reason and caveat occurs.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from random import Random

import geopandas as gpd
import pandas as pd
from pyproj import Transformer
from shapely.geometry import Point, Polygon

from einclusie_data.city.areas import Areas
from einclusie_data.contract import codelists as lists
from tests.oracle import GROUPS, DemandPoint, Offer, Question, Wijk, World, gap_rows

DAY = date(2026, 3, 1)
ORIGIN = (148_000, 208_000)
RIVER = "SCH01"
NEED_SOURCE = "Stad in Cijfers, 2025"
BUILT_IN = ("Iedereen", "Kinderen en jongeren", "Ouderen")
DISTRICTS = {"Antwerpen": "ANT", "Borgerhout": "BOR", "Deurne": "DEU"}
LAYOUTS = ((1, 1, 2), (2, 1, 1), (1, 2, 2), (1, 1, 3), (2, 1, 2), (2, 2, 2), (4, 4, 1))
"""Columns left of the river, columns right of it, rows: 3 to 8 wijken and the river."""


# --- worlds ----------------------------------------------------------------------------------------------------------
def random_world(rng: Random) -> World:
    """3 to 8 wijken on two banks of a river, which is a wijk too; at least one of them is inhabited."""
    left, right, rows = rng.choice(LAYOUTS)
    side = rng.choice((700, 1000, 1400))
    shapes, river = _shapes(rng, left, right, rows, side)
    codes = _codes(rng, len(shapes))
    uninhabited = rng.sample(range(len(shapes)), rng.choice((0, 1, 1, 2)))
    wijken, demand = {}, []
    for number, (code, shape) in enumerate(zip(codes, shapes, strict=True)):
        inhabited = number not in uninhabited
        points = _demand(rng, code, shape, rng.choice((100, 125, 200, 250)))
        ranking = float(rng.randrange(101)) if inhabited and rng.random() < 0.9 else None
        wijken[code] = Wijk(f"Wijk {number + 1}", _district(code), shape, inhabited, ranking, _centre(points))
        if inhabited or rng.random() < 0.7:
            demand.extend(points)
    points = _demand(rng, RIVER, river, 100)
    centre = _centre(points) if points else river.representative_point().coords[0]
    wijken[RIVER] = Wijk("Schelde", "", river, False, None, centre)
    demand.extend(points)
    return World(wijken, demand, _postcodes(rng, codes), _need(rng, wijken), river)


def _shapes(rng: Random, left: int, right: int, rows: int, side: int) -> tuple[list[Polygon], Polygon]:
    """Squares or crooked quadrangles that share their corners, and the strip of water between the banks."""
    crooked = rng.choice((0.0, 0.0, 0.12, 0.22))
    width = rng.choice((120, 250, 400))

    def corner(x: float, y: float) -> tuple[float, float]:
        return (round(x + rng.uniform(-crooked, crooked) * side), round(y + rng.uniform(-crooked, crooked) * side))

    def bank(start: float, columns: int) -> list[list[tuple[float, float]]]:
        return [
            [corner(start + column * side, ORIGIN[1] + row * side) for column in range(columns + 1)]
            for row in range(rows + 1)
        ]

    def quadrangles(corners: list[list[tuple[float, float]]], columns: int) -> list[Polygon]:
        return [
            Polygon([corners[y][x], corners[y][x + 1], corners[y + 1][x + 1], corners[y + 1][x]])
            for y in range(rows)
            for x in range(columns)
        ]

    west = bank(ORIGIN[0], left)
    # The east bank follows the west bank, so that the river has the same width everywhere and the wijken do not meet.
    east = bank(ORIGIN[0] + left * side + width, right)
    for west_row, east_row in zip(west, east, strict=True):
        east_row[0] = (west_row[-1][0] + width, west_row[-1][1])
    water = Polygon([row[-1] for row in west] + [row[0] for row in reversed(east)])
    return quadrangles(west, left) + quadrangles(east, right), water


def _codes(rng: Random, count: int) -> list[str]:
    prefixes = rng.choices(list(DISTRICTS.values()), k=count)
    return [f"{prefix}{number:02}" for number, prefix in enumerate(prefixes, start=1)]


def _district(code: str) -> str:
    return next(name for name, prefix in DISTRICTS.items() if code.startswith(prefix))


def _demand(rng: Random, code: str, shape: Polygon, spacing: int) -> list[DemandPoint]:
    """Centres of the cells of a grid that lie in the wijk; the weights add up to about 1."""
    min_x, min_y, max_x, max_y = shape.bounds
    cells = [
        (x + spacing / 2, y + spacing / 2)
        for x in range(int(min_x // spacing) * spacing, int(max_x) + spacing, spacing)
        for y in range(int(min_y // spacing) * spacing, int(max_y) + spacing, spacing)
        if shape.contains(Point(x + spacing / 2, y + spacing / 2))
    ]
    uniform = rng.random() < 0.4
    weights = [1.0 if uniform else rng.choice((0.2, 1, 1, 3)) * rng.random() for _ in cells]
    total = math.fsum(weights)
    decimals = rng.choice((6, 17))
    return [
        DemandPoint(code, x, y, round(weight / total, decimals)) for (x, y), weight in zip(cells, weights, strict=True)
    ]


def _centre(points: Sequence[DemandPoint]) -> tuple[float, float]:
    """The demand point nearest to the weighted mean."""
    x = math.fsum(point.x * point.weight for point in points)
    y = math.fsum(point.y * point.weight for point in points)
    nearest = min(points, key=lambda point: (math.hypot(point.x - x, point.y - y), point.x, point.y))
    return nearest.x, nearest.y


def _postcodes(rng: Random, codes: Sequence[str]) -> dict[str, tuple[str, ...]]:
    return {
        postcode: tuple(sorted(rng.sample(codes, rng.randint(1, min(3, len(codes))))))
        for postcode in ("2000", "2018", "2140")
    }


def _need(rng: Random, wijken: Iterable[str]) -> dict[tuple[str, str], tuple[int | None, str]]:
    """Built-in figures, some of them suppressed, and now and then an own figure of the network."""
    need: dict[tuple[str, str], tuple[int | None, str]] = {}
    for wijk in wijken:
        for group in GROUPS:
            if group in BUILT_IN and rng.random() < 0.85:
                need[wijk, group] = (rng.randrange(20_000), NEED_SOURCE)
            if rng.random() < 0.15:
                need[wijk, group] = (rng.choice((0, 1, 15, rng.randrange(3_000))), "Telling van de partners")
    return need


# --- questions -------------------------------------------------------------------------------------------------------
FILTERS = {
    "types": lists.TYPE.values,
    "dayparts": lists.DAYPART.values,
    "price": lists.PRICE.values,
    "languages": ("Nederlands", "Frans", "Arabisch"),
    "signup": lists.SIGNUP.values,
}


def random_question(rng: Random) -> Question:
    """A question of which the reach is often an exact multiple of the grid, and with no to two filters."""
    keys = rng.sample(list(FILTERS), rng.choice((0, 0, 1, 1, 2)))
    filters = {key: tuple(rng.sample(FILTERS[key], rng.randint(1, len(FILTERS[key]) - 1))) for key in keys}
    reach_m = rng.choice((400, 800, 800, 1600, 130.0, 325.0, 650.0))
    return Question(DAY, reach_m, rng.random() < 0.8, filters)


# --- offers ----------------------------------------------------------------------------------------------------------
class Temperament:
    """How the offers of one list are filled in; shares between 0 and 1."""

    def __init__(self, rng: Random) -> None:
        self.unknown_group = rng.choice((0, 0, 0.1, 0.6))
        self.open = rng.choice((0.05, 0.3, 0.9))
        self.blank_cells = rng.choice((0, 0, 0.1, 0.6))
        self.mobile = rng.choice((0, 0.1, 0.4, 0.9))
        self.coordinates = rng.choice((0.1, 0.5, 0.9, 0.95))
        self.stopped = rng.choice((0, 0.2, 0.7))
        self.rare = rng.choice((0, 0.1, 0.6))
        self.stale = rng.choice((0, 0.2, 0.7))
        self.together = rng.choice((0, 0.2))
        self.far = rng.choice((0, 0.1, 0.7))
        self.focus = rng.choice((None, None, rng.random()))
        self.vague = rng.choice((0.1, 0.3, 0.9))


def random_offers(rng: Random, world: World, n: int) -> list[Offer]:
    """`n` offers of one temperament; Excel rows 2, 3, … in a random order."""
    mood = Temperament(rng)
    offers: list[Offer] = []
    for row in rng.sample(range(2, n + 2), n):
        cells = {**_content(rng, mood), **_when(rng, mood), **_place(rng, mood, world, offers)}
        number = rng.choice(("VOORBEELD", "voorbeeld")) if rng.random() < 0.03 else str(row)
        offers.append(Offer(row=row, number=number, **cells))
    return offers


def _content(rng: Random, mood: Temperament) -> dict[str, object]:
    def some(values: Sequence[str], most: int = 2) -> tuple[str, ...]:
        chosen = rng.sample(values, rng.randint(1, most))
        return () if rng.random() < mood.blank_cells else tuple(value for value in values if value in chosen)

    return {
        "groups": _groups(rng, mood),
        "types": some(FILTERS["types"]),
        "dayparts": some(FILTERS["dayparts"]),
        "price": "".join(some(FILTERS["price"], 1)),
        "signup": some(FILTERS["signup"]),
        "languages": some(FILTERS["languages"]),
    }


def _groups(rng: Random, mood: Temperament) -> tuple[str, ...]:
    if rng.random() < mood.unknown_group:
        return ()
    chosen = rng.sample(GROUPS[1:], rng.randint(1, 4))
    if rng.random() < mood.open:
        chosen = [GROUPS[0], *chosen[: rng.choice((0, 0, 1))]]
    return tuple(group for group in GROUPS if group in chosen)


def _when(rng: Random, mood: Temperament) -> dict[str, object]:
    def day(*offsets: int) -> date:
        return DAY + timedelta(days=rng.choice(offsets))

    stopped = rng.random() < mood.stopped
    status = rng.choice(("Gepland", "Tijdelijk gesloten", "Gestopt", "", "Actief")) if stopped else ""
    rare = ("Maandelijks", "Eenmalig of op aanvraag")
    often = ("", "Dagelijks", "Wekelijks", "Tweewekelijks")
    return {
        "status": status or rng.choice(("", "Actief")),
        "valid_from": day(1, 30, 0) if stopped and rng.random() < 0.4 else rng.choice((None, day(-400, -1, 0))),
        "valid_to": day(-200, -1, 0) if stopped and rng.random() < 0.4 else rng.choice((None, _end(rng, mood))),
        "checked": day(-731, -2000) if rng.random() < mood.stale else rng.choice((None, day(-730, -100, 0, 3))),
        "frequency": rng.choice(rare if rng.random() < mood.rare else often),
    }


def _end(rng: Random, mood: Temperament) -> date:
    offsets = (0, 30, 90) if rng.random() < mood.rare else (91, 400)
    return DAY + timedelta(days=rng.choice(offsets))


def _place(rng: Random, mood: Temperament, world: World, earlier: Sequence[Offer]) -> dict[str, object]:
    if rng.random() < mood.mobile:
        mode = rng.choice(("Aan huis", "Aan huis", "Online", "Hele stad", "Rondreizend"))
    else:
        mode = rng.choice(("", "Op locatie", "Op locatie", "Rondreizend" if rng.random() < mood.rare else ""))
    lat, lon = _coordinates(rng, mood, world, earlier) if rng.random() < mood.coordinates else (None, None)
    return {
        "mode": mode,
        "lat": lat,
        "lon": lon,
        **_wijk_cell(rng, mood, world),
        "postcode": rng.choice(("", "", "9000", *world.postcodes)),
        "district": rng.choice(("", "", "Antwerpen", *_district_names(world))),
    }


def _district_names(world: World) -> list[str]:
    """As the clean table writes them."""
    names = sorted({wijk.district for wijk in world.wijken.values()} - {""})
    return ["district Antwerpen" if name == "Antwerpen" else name for name in names]


def _wijk_cell(rng: Random, mood: Temperament, world: World) -> dict[str, object]:
    """The cell Wijk: one, several, a district, the whole city, not understood, or blank."""
    clear = ("one", "one", "several")
    vague = ("several", "district", "city", "not understood", "blank", "blank")
    how = rng.choice(vague if rng.random() < mood.vague else clear)
    codes = sorted(world.wijken)
    district = rng.choice([wijk.district for wijk in world.wijken.values() if wijk.district])
    wijken = {
        "one": lambda: [rng.choice(codes)],
        "several": lambda: rng.sample(codes, rng.randint(2, 3)),
        "district": lambda: [code for code in codes if world.wijken[code].district == district],
    }.get(how, list)()
    return {
        "wijken": tuple(sorted(wijken)),
        "wijk_given": bool(wijken) or how in ("city", "not understood"),
        "whole_city": how == "city",
    }


def _coordinates(rng: Random, mood: Temperament, world: World, earlier: Sequence[Offer]) -> tuple[float, float]:
    """Degrees (latitude, longitude) of a cell of the grid, a loose point, the river, or somewhere out of town."""
    used = [(offer.lat, offer.lon) for offer in earlier if offer.lat is not None]
    if used and rng.random() < mood.together:
        return rng.choice(used)
    min_x, min_y, max_x, max_y = _bounds(world)
    # With a focus all offers flock in one part of the city.
    if mood.focus is not None:
        min_x += mood.focus * (max_x - min_x) * 0.8
        max_x = min_x + (max_x - min_x) * 0.2
    kind = "out of town" if rng.random() < mood.far else rng.choice(("cell", "loose", "loose", "river"))
    if kind == "out of town":
        return to_degrees(max_x + rng.uniform(200, 4500), min_y - rng.uniform(100, 4500))
    if kind == "river" and world.river is not None:
        point = world.river.representative_point()
        return to_degrees(point.x + rng.uniform(-30, 30), point.y)
    if kind == "cell":
        near = [point for point in world.demand if min_x <= point.x <= max_x] or world.demand
        cell = rng.choice(near)
        return to_degrees(cell.x, cell.y)
    return to_degrees(rng.uniform(min_x, max_x), rng.uniform(min_y, max_y))


def _bounds(world: World) -> tuple[float, float, float, float]:
    bounds = [wijk.polygon.bounds for wijk in world.wijken.values()]
    lows, highs = [bound[:2] for bound in bounds], [bound[2:] for bound in bounds]
    return (min(x for x, _ in lows), min(y for _, y in lows), max(x for x, _ in highs), max(y for _, y in highs))


@lru_cache(maxsize=2)
def _transformer(source: int, target: int) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude that come back as (x, y); PROJ's inverse alone is 0.2 mm off."""
    lon, lat = _transformer(31370, 4326).transform(x, y)
    back_x, back_y = _transformer(4326, 31370).transform(lon, lat)
    lon, lat = _transformer(31370, 4326).transform(2 * x - back_x, 2 * y - back_y)
    return lat, lon


# --- in the shape of the engine --------------------------------------------------------------------------------------
def world_to_areas(world: World) -> Areas:
    """The world as reference data; the own figures of `World.need` are in `world_to_need_table`."""
    from einclusie_data.city.areas import Areas

    codes = sorted(world.wijken)
    wijken = [world.wijken[code] for code in codes]
    table = gpd.GeoDataFrame(
        {
            "label": [wijk.label for wijk in wijken],
            "district": [wijk.district for wijk in wijken],
            "official_name": [wijk.label for wijk in wijken],
            "statistics_name": [wijk.label for wijk in wijken],
            "inhabited": [wijk.inhabited for wijk in wijken],
            "area_km2": [wijk.polygon.area / 1e6 for wijk in wijken],
            "ranking": [math.nan if wijk.ranking is None else wijk.ranking for wijk in wijken],
            "centre_x": [float(wijk.centre[0]) for wijk in wijken],
            "centre_y": [float(wijk.centre[1]) for wijk in wijken],
        },
        geometry=[wijk.polygon for wijk in wijken],
        index=pd.Index(codes, name="wijkcode"),
        crs="EPSG:31370",
    )
    demand = pd.DataFrame(sorted(world.demand), columns=["wijkcode", "x", "y", "weight"])
    need = pd.DataFrame(
        {group: [_built_in(world, code, group) for code in codes] for group in BUILT_IN}, index=table.index, dtype=float
    )
    return Areas(wijken=table, demand=demand, need=need, postcodes=dict(world.postcodes), need_source=NEED_SOURCE)


def _built_in(world: World, code: str, group: str) -> float:
    persons, source = world.need.get((code, group), (None, ""))
    return math.nan if persons is None or source != NEED_SOURCE else persons


def world_to_need_table(world: World) -> pd.DataFrame:
    """The figures of `World.need` that are not built in, in the shape of `Workbook.need`."""
    own = [(wijk, group, *cell) for (wijk, group), cell in sorted(world.need.items()) if cell[1] != NEED_SOURCE]
    return pd.DataFrame(
        {
            "wijken": [(wijk,) for wijk, _, _, _ in own],
            "group": [(group,) for _, group, _, _ in own],
            "persons": pd.Series([persons for _, _, persons, _ in own], dtype=float),
            "year": ["" for _ in own],
            "source": [source for _, _, _, source in own],
            "row": range(2, len(own) + 2),
        }
    )


def offers_to_table(offers: Sequence[Offer]) -> pd.DataFrame:
    """The offers in the shape of `Workbook.offers`."""
    from einclusie_data.contract.schema import OFFERS, Kind

    table = pd.DataFrame({"row": pd.Series([offer.row for offer in offers], dtype=int)})
    for column in OFFERS.columns:
        known = column.key in Offer.__dataclass_fields__
        values = [getattr(offer, column.key) if known else None for offer in offers]
        if column.kind in (Kind.LATITUDE, Kind.LONGITUDE):
            table[column.key] = pd.Series(values, dtype=float)
        elif column.kind is Kind.DATE:
            table[column.key] = pd.Series(pd.to_datetime(values), dtype="datetime64[ns]")
        elif column.kind in (Kind.CODES, Kind.WIJKEN, Kind.TEXTS, Kind.ORGANISATIONS):
            table[column.key] = pd.Series([value or () for value in values], dtype=object)
        else:
            table[column.key] = pd.Series([value or "" for value in values], dtype="str")
    table["name"] = pd.Series([f"Aanbod {offer.row}" for offer in offers], dtype="str")
    table["organisations"] = pd.Series([("Partner",)] * len(offers), dtype=object)
    for flag in ("wijk_given", "whole_city"):
        table[flag] = pd.Series([getattr(offer, flag) for offer in offers], dtype=bool)
    return table


# --- how much of the contract the cases touch ------------------------------------------------------------------------
def random_case(seed: int) -> tuple[list[Offer], World, Question]:
    """Offers (none to 60), world and question of a seed."""
    rng = Random(seed)
    world = random_world(rng)
    return random_offers(rng, world, rng.choice((0, 2, 6, 12, 20, 40, 60))), world, random_question(rng)


def count_outcomes(seeds: Iterable[int]) -> tuple[Counter, Counter]:
    """How many rows, and how many seeds, have each (column, value) of verdict, verdict + reason, and caveat."""
    in_rows: Counter = Counter()
    in_seeds: Counter = Counter()
    for seed in seeds:
        rows = Counter(outcome for row in gap_rows(*random_case(seed)) for outcome in _outcomes(row))
        in_rows += rows
        in_seeds += Counter(rows.keys())
    return in_rows, in_seeds


def _outcomes(row: dict[str, object]) -> list[tuple[str, str]]:
    reason = (f"{row['oordeel']}: {row['reden']}",) if row["reden"] else ()
    caveat = (f"{row['oordeel']}: {row['kanttekening']}",) if row["kanttekening"] else ()
    return [
        ("oordeel", row["oordeel"]),
        *(("reden", text) for text in reason),
        *(("kanttekening", text) for text in caveat),
    ]


if __name__ == "__main__":
    rows_with, seeds_with = count_outcomes(range(60))
    for outcome in sorted(rows_with):
        sys.stdout.write(f"{outcome[0]:14} {outcome[1]:45} {rows_with[outcome]:6} rows {seeds_with[outcome]:3} seeds\n")
