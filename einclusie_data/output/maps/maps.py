"""Tables -> folium maps that need nothing from the internet and run nothing that comes from a spreadsheet.

A map has two parts (DESIGN §7). The base map never changes, so that the browser keeps it, zoom and all. The layers on
it are scripts, made once per choice of filters: keep them by that choice, and a rerun costs a few milliseconds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import folium
import geopandas as gpd
import pandas as pd
import shapely
from folium.utilities import JsCode

from einclusie_data.contract import settings
from einclusie_data.output.maps import leaflet
from einclusie_data.output.maps.leaflet import Drawing, html_text, shape_or_mark, shapes_file_text

ATTRIBUTION = "Wijken: Stad Antwerpen, open data"
TILES_URL = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
TILES_ATTRIBUTION = "Straten: &copy; OpenStreetMap-bijdragers"
MAP_TITLE = "Kaart van de wijken van Antwerpen"

SIMPLIFY_M = 30
"""Tolerance in metres with which borders are simplified: about one pixel on a map of the whole city."""
COORDINATE_DECIMALS = 5
"""Decimals of degrees sent to the browser: about 1 m."""
MISSING = "onbekend"
"""Shown in a tooltip for a value that we do not have."""
FAR = 3
"""Times the median distance to the middle of the city, beyond which a wijk is not in the first view."""
WHOLE_VIEW = "Hele stad"
FOCUS_VIEW = "Dichter bij"
CENTRE_VIEW = "Centrum"
NEAR = 0.75
"""Times the median distance to the middle of the city, within which a wijk is in the view of the centre."""
NAMES_SHOWN = 8
"""Names of offers in one tooltip; more are counted."""
SIGNS_SHOWN = 4
"""Signs that stand side by side at one place; the tooltip names more."""
_SIGN_PX = 24
EXACT_PLACE = "precies bekend"
APPROXIMATE_PLACE = "enkel de wijk bekend"

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_DARK = "#10161d"
_BORDER = {"color": "#ffffff", "weight": 1.5, "fillOpacity": 0.9}
_SELECTED = {"color": _DARK, "weight": 4, "fillOpacity": 0.9}
_POINTS = {
    EXACT_PLACE: {"radius": 6, "color": "#ffffff", "fillColor": _DARK},
    # a ring: the mark lies near the middle of its wijk, and the verdict's symbol must stay readable
    APPROXIMATE_PLACE: {"radius": 12, "color": _DARK, "fillColor": "#ffffff", "dashArray": "4 3", "fillOpacity": 0.15},
}
_POINTS = {place: {"weight": 2, "fill": True, "fillOpacity": 1} | style for place, style in _POINTS.items()}
_CIRCLE = {"color": _DARK, "weight": 3, "fill": False}
_SPOT = {"radius": 8, "color": _DARK, "weight": 5, "fill": True, "fillColor": "#ffffff", "fillOpacity": 1}
"""Light with a thick dark edge: neither the dark dot of an offer nor its dashed ring."""


def base_map(
    bounds: Sequence[float],
    *,
    focus: Sequence[float] | None = None,
    centre: Sequence[float] | None = None,
    tiles: bool = False,
    attribution: str = ATTRIBUTION,
) -> folium.Map:
    """The map under the layers: the same for everyone, with or without streets.

    Parameters
    ----------
    bounds : sequence of 4 float
        West, south, east and north in degrees (EPSG:4326) of all there is, as `GeoDataFrame.total_bounds` gives them.
    focus : sequence of 4 float, optional
        What the map shows first (see `focus_bounds`); buttons lead to the whole and back. Without it: the whole.
    centre : sequence of 4 float, optional
        The small wijken in the middle (see `centre_bounds`); a button leads there.
    tiles : bool
        True adds OpenStreetMap's streets, which the visitor's browser then fetches from OpenStreetMap. Only when asked.
    attribution : str
        Source of what is drawn, as plain text.
    """
    leaflet.configure_offline()
    whole, first = _corners(bounds), _corners(bounds if focus is None else focus)
    base = folium.Map(
        location=[(low + high) / 2 for low, high in zip(*first, strict=True)],
        zoom_start=11,
        tiles=None,
        zoom_control=False,
        zoom_snap=1 if tiles else 0.25,
        scroll_wheel_zoom=False,  # the wheel scrolls the page
        dragging=cast("Any", JsCode("!L.Browser.mobile")),  # one finger scrolls the page, two move the map
        keyboard=False,  # nothing on the map can be chosen with the keyboard: the widgets and the table can
    )
    if tiles:
        folium.TileLayer(TILES_URL, attr=TILES_ATTRIBUTION, max_zoom=19, control=False, opacity=0.6).add_to(base)
    views = {} if focus is None else {WHOLE_VIEW: whole, FOCUS_VIEW: None}
    if centre is not None:
        views[CENTRE_VIEW] = _corners(centre)
    leaflet.DutchControls(MAP_TITLE, html_text(attribution), first, views).add_to(base)
    return base


def focus_bounds(wijken: gpd.GeoDataFrame) -> tuple[float, float, float, float]:
    """Where most of the city lies: the box of the wijken without those that lie far from the others.

    Parameters
    ----------
    wijken : GeoDataFrame
        From `light_geometry`, best the inhabited ones only: the port would make the rest too small to read.

    Returns
    -------
    tuple of 4 float
        West, south, east and north in degrees of the wijken whose centre is at most `FAR` times as far from the middle
        as half of them are.
    """
    return _box_around(wijken, FAR)


def centre_bounds(wijken: gpd.GeoDataFrame) -> tuple[float, float, float, float]:
    """The box of the wijken whose centre is at most `NEAR` times as far from the middle as half of them are."""
    return _box_around(wijken, NEAR)


def _box_around(wijken: gpd.GeoDataFrame, times: float) -> tuple[float, float, float, float]:
    centres = gpd.GeoSeries(wijken["centre"], crs=settings.CRS_DEGREES).to_crs(settings.CRS_METRES)
    middle = shapely.Point(centres.x.median(), centres.y.median())
    distance_m = centres.distance(middle)
    west, south, east, north = wijken[distance_m <= times * distance_m.median()].total_bounds
    return float(west), float(south), float(east), float(north)


def light_geometry(wijken: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Outlines for the screen: fewer points, the borders that wijken share still shared. Do it once, it takes time.

    Parameters
    ----------
    wijken : GeoDataFrame
        One row per wijk, any CRS.

    Returns
    -------
    GeoDataFrame
        The same rows and columns in EPSG:4326, valid polygons, coordinates with `COORDINATE_DECIMALS` decimals, and a
        column `centre`: the point furthest from every border, where a symbol fits best. Both also as a layer wants
        them, `shape_json` (the name of the shape when the browser has it, see `map_shapes`, else GeoJSON) and
        `centre_json` (GeoJSON): a layer is drawn for every question, its shapes stay the same.
    """
    metres = shapely.make_valid(wijken.geometry.to_crs(settings.CRS_METRES).to_numpy())
    simple = shapely.coverage_simplify(metres, SIMPLIFY_M)
    middle = shapely.get_point(shapely.maximum_inscribed_circle(simple), 0)
    light = wijken.to_crs(settings.CRS_DEGREES).set_geometry(_degrees(simple, wijken))
    centre = _degrees(middle, wijken)
    shapes = pd.Series(map(shape_or_mark, _codes(wijken), _json(light.geometry)), index=wijken.index, dtype=object)
    return light.assign(centre=centre, shape_json=shapes, centre_json=_json(centre))


def browser_shapes(wijken: gpd.GeoDataFrame) -> str:
    """The script with the outlines that the browser keeps, of wijken from `light_geometry`."""
    return shapes_file_text(wijken["wijkcode"], _json(wijken.geometry))


def verdict_layer(
    wijken: pd.DataFrame, tooltip: Mapping[str, str], *, filter_id: str, selected: str | None = None
) -> Drawing:
    """The wijken coloured by verdict, each with a symbol in its middle.

    Parameters
    ----------
    wijken : DataFrame
        Columns `wijkcode` (unique), `shape_json` and `centre_json` (from `light_geometry`), `colour` and `ink`
        (``#rrggbb``), `symbol` (a character), and those that `tooltip` names.
    tooltip : mapping
        Column -> Dutch heading, in the order to show. Values are shown as text, missing ones as `MISSING`.
    filter_id : str
        Which choice of filters this is; readable in the map's frame as ``document.body.dataset.filter``.
    selected : str or None
        Code of the wijk that gets a thick outline.

    Raises
    ------
    ValueError
        When a colour is not of the form ``#rrggbb``.
    """
    _check_colours([*wijken["colour"], *wijken["ink"]])
    ordered = wijken if selected is None else _with_last(wijken, selected)
    texts = _texts(ordered, ["wijkcode", *tooltip])
    codes = [text["wijkcode"] for text in texts]
    borders = [_SELECTED if code == selected else _BORDER for code in ordered["wijkcode"]]
    styles = {
        code: {**border, "fillColor": fill}
        for code, border, fill in zip(codes, borders, ordered["colour"], strict=True)
    }
    shapes = folium.GeoJson(
        _collection(codes, ordered["shape_json"], texts),
        style_function=lambda feature: styles[feature["id"]],
        highlight_function=lambda _: {"weight": 4, "color": _DARK},
        tooltip=_tooltip(tooltip),
    )
    return Drawing(leaflet.drawing_script([shapes, *_symbols(codes, ordered)], filter_id))


def _with_last(wijken: pd.DataFrame, code: str) -> pd.DataFrame:
    """One wijk behind the others, so that it is drawn on top of them."""
    return wijken.sort_values("wijkcode", key=lambda codes: codes == code, kind="stable")


def _texts(table: pd.DataFrame, columns: Iterable[str]) -> list[dict[str, str]]:
    """The rows of a table as texts for a tooltip."""
    texts = {column: [html_text(cell, MISSING) for cell in table[column]] for column in columns}
    return [dict(zip(texts, row, strict=True)) for row in zip(*texts.values(), strict=True)]


def selection_layer(wijken: pd.DataFrame, code: str) -> Drawing:
    """A thick outline around one wijk, as a layer of its own: choosing another one leaves the rest of the map as it is.

    Parameters
    ----------
    wijken : DataFrame
        `wijkcode` and `shape_json` (from `light_geometry`).
    code : str
    """
    shape = wijken.loc[wijken["wijkcode"] == code]
    outline = folium.GeoJson(
        _collection(["keuze"], shape["shape_json"], [{}]),
        style_function=lambda _: {"color": _DARK, "weight": 5, "fill": False, "interactive": False},
    )
    return Drawing(leaflet.drawing_script([outline]))


def offers_layer(offers: pd.DataFrame) -> Drawing:
    """The places with an offer: a filled dot where the place is exact, a dashed ring where only the wijk is known.

    Parameters
    ----------
    offers : DataFrame
        One row per point of an offer: `name`, `lon`, `lat` (degrees, EPSG:4326) and `exact` (bool). Offers at one point
        share a mark. Rows without coordinates are not drawn.
    """
    names: dict[tuple[float, float, bool], list[str]] = {}
    lon, lat = (offers[side].to_numpy(dtype=float).round(COORDINATE_DECIMALS).tolist() for side in ("lon", "lat"))
    for name, *place in zip(offers["name"], lon, lat, offers["exact"], strict=True):
        names.setdefault(tuple(place), []).append(name)
    marks = sorted((place, names) for place, names in names.items() if not any(map(math.isnan, place)))
    rows = [
        {"aanbod": _names(names), "plek": EXACT_PLACE if exact else APPROXIMATE_PLACE} for (*_, exact), names in marks
    ]
    layer = folium.GeoJson(
        _collection(
            (f"plek{number}" for number in range(len(marks))),
            (_point(lon, lat) for (lon, lat, _), _ in marks),
            rows,
        ),
        marker=folium.CircleMarker(),
        style_function=lambda feature: _POINTS[feature["properties"]["plek"]],
        tooltip=_tooltip({"aanbod": "Aanbod", "plek": "Plek"}),
    )
    return Drawing(leaflet.drawing_script([layer] if rows else []))


def signs_layer(signs: pd.DataFrame, tooltip: Mapping[str, str], *, filter_id: str = "") -> Drawing:
    """Coloured signs with a symbol, such as decisions; those at one place stand side by side.

    Parameters
    ----------
    signs : DataFrame
        `lon` and `lat` (degrees, EPSG:4326), `colour` and `ink` (``#rrggbb``), `symbol` (a character), and the columns
        that `tooltip` names.
    tooltip : mapping
        Column -> Dutch heading.
    filter_id : str
        As for `verdict_layer`.
    """
    _check_colours([*signs["colour"], *signs["ink"]])
    placed = signs.round({"lon": COORDINATE_DECIMALS, "lat": COORDINATE_DECIMALS})
    groups = [group for _, group in placed.groupby(["lon", "lat"], sort=False)]
    icons = {f"teken{number}": _sign_icon(group) for number, group in enumerate(groups)}
    layer = folium.GeoJson(
        _collection(
            icons,
            (_point(group["lon"].iloc[0], group["lat"].iloc[0]) for group in groups),
            [{key: _names(group[key].tolist()) for key in tooltip} for group in groups],
        ),
        marker=folium.Marker(  # a click on a sign is one on the map too
            icon=folium.DivIcon(class_name="teken-op-kaart"), keyboard=False, bubbling_mouse_events=True
        ),
        style_function=lambda feature: icons[feature["id"]],
        tooltip=_tooltip(tooltip),
    )
    return Drawing(leaflet.drawing_script([layer] if groups else [], filter_id))


def _sign_icon(signs: pd.DataFrame) -> dict[str, Any]:
    """One mark for the signs at one place: the options of its icon."""
    boxes = [
        f'<rect x="{_SIGN_PX * place + 1}" y="1" width="{_SIGN_PX - 2}" height="{_SIGN_PX - 2}" rx="4" '
        f'fill="{colour}" stroke="{_DARK}" stroke-width="1.5"/>'
        f'<text x="{_SIGN_PX * (place + 0.5)}" y="{_SIGN_PX / 2}" text-anchor="middle" dominant-baseline="central" '
        f'font-size="14" fill="{ink}">{html_text(symbol)}</text>'
        for place, (colour, ink, symbol) in enumerate(zip(signs["colour"], signs["ink"], signs["symbol"], strict=True))
        if place < SIGNS_SHOWN
    ]
    width = _SIGN_PX * len(boxes)
    svg = f'<svg width="{width}" height="{_SIGN_PX}" aria-hidden="true">{"".join(boxes)}</svg>'
    return {"html": svg, "iconSize": [width, _SIGN_PX], "iconAnchor": [width / 2, _SIGN_PX / 2]}


def spot_layer(lat: float, lon: float, reach_m: float) -> Drawing:
    """A chosen spot, and how far someone gets on foot from there: a circle, the Schelde and the streets left aside.

    Parameters
    ----------
    lat, lon : float
        Degrees (EPSG:4326).
    reach_m : float
        Walking metres: the circle is `settings.DETOUR_FACTOR` times smaller.
    """
    place = [_point(lon, lat)]
    circle = folium.GeoJson(
        _collection(["bereik"], place, [{}]),
        marker=folium.Circle(radius=reach_m / settings.DETOUR_FACTOR),
        style_function=lambda _: _CIRCLE | {"radius": reach_m / settings.DETOUR_FACTOR},
    )
    mark = folium.GeoJson(
        _collection(["gekozen"], place, [{}]), marker=folium.CircleMarker(), style_function=lambda _: _SPOT
    )
    return Drawing(leaflet.drawing_script([circle, mark]))


def numbers_layer(places: pd.DataFrame) -> Drawing:
    """Proposed places, each with its number.

    Parameters
    ----------
    places : DataFrame
        One row per place: `number` (int), `name` and `more` (text for the tooltip), `lon`, `lat` (degrees, EPSG:4326).
    """
    rows = places[["name", "more"]].rename(columns={"name": "plek", "more": "erbij"}).map(html_text).to_dict("records")
    codes = [f"nummer{int(one)}" for one in places["number"]]
    svg = (
        '<svg width="30" height="30" aria-hidden="true"><circle cx="15" cy="15" r="12.5" fill="#ffffff" '
        f'stroke="{_DARK}" stroke-width="4"/><text x="15" y="15" fill="{_DARK}">{{}}</text></svg>'
    )
    icons = {code: svg.format(int(one)) for code, one in zip(codes, places["number"], strict=True)}
    icon = folium.DivIcon(icon_size=(30, 30), icon_anchor=(15, 15), class_name="wijk-symbool plek-nummer")
    layer = folium.GeoJson(
        _collection(codes, map(_point, places["lon"], places["lat"]), rows),
        marker=folium.Marker(icon=icon, keyboard=False, z_index_offset=1000),
        style_function=lambda feature: {"html": icons[feature["id"]]},
        tooltip=_tooltip({"plek": "Plek", "erbij": "Erbij"}),
    )
    return Drawing(leaflet.drawing_script([layer] if rows else []))


def look_layer(bounds: Sequence[float]) -> Drawing:
    """Nothing to see, but the map moves there: to follow a choice without making the map anew.

    Parameters
    ----------
    bounds : sequence of 4 float
        West, south, east and north in degrees.
    """
    return Drawing(leaflet.look_script(_corners(bounds)))


def _corners(bounds: Sequence[float]) -> list[list[float]]:
    west, south, east, north = (float(side) for side in bounds)
    return [[south, west], [north, east]]


def _symbols(codes: Sequence[str], wijken: pd.DataFrame) -> list[folium.GeoJson]:
    """The symbols as one layer; none when no wijk has one."""
    svg = '<svg width="24" height="24" aria-hidden="true"><text x="12" y="12" fill="{}">{}</text></svg>'
    columns = zip(codes, wijken["ink"], wijken["symbol"], wijken["centre_json"], strict=True)
    shown = [(code, svg.format(ink, html_text(symbol)), centre) for code, ink, symbol, centre in columns if symbol]
    icons = {code: drawn for code, drawn, _ in shown}
    icon = folium.DivIcon(icon_size=(24, 24), icon_anchor=(12, 12), class_name="wijk-symbool")
    layer = folium.GeoJson(
        _collection(icons, (centre for *_, centre in shown), [{} for _ in shown]),
        marker=folium.Marker(icon=icon, interactive=False, keyboard=False),
        style_function=lambda feature: {"html": icons[feature["id"]]},
    )
    return [layer] if shown else []


def _tooltip(headings: Mapping[str, str]) -> folium.GeoJsonTooltip:
    aliases = [html_text(heading) for heading in headings.values()]
    return folium.GeoJsonTooltip(list(headings), aliases, class_name="kaart-tooltip", sticky=True, opacity=1)


def _names(names: Sequence[str]) -> str:
    more = [f"en nog {len(names) - NAMES_SHOWN}"] if len(names) > NAMES_SHOWN else []
    return "<br>".join([html_text(name) for name in names[:NAMES_SHOWN]] + more)


def _codes(wijken: gpd.GeoDataFrame) -> list[str]:
    return [str(code) for code in (wijken["wijkcode"] if "wijkcode" in wijken.columns else wijken.index)]


def _json(shapes: gpd.GeoSeries) -> pd.Series:
    return pd.Series([shapely.geometry.mapping(shape) for shape in shapes], index=shapes.index, dtype=object)


def _point(lon: float, lat: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": (lon, lat)}


def _collection(
    codes: Iterable[str], shapes: Iterable[dict[str, Any] | str], rows: list[dict[Any, Any]]
) -> dict[str, Any]:
    features = [
        {"type": "Feature", "id": code, "properties": row, "geometry": shape}
        for code, shape, row in zip(codes, shapes, rows, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def _degrees(shapes: Any, rows: gpd.GeoDataFrame) -> gpd.GeoSeries:
    series = gpd.GeoSeries(shapes, index=rows.index, crs=settings.CRS_METRES)
    return series.to_crs(settings.CRS_DEGREES).set_precision(10.0**-COORDINATE_DECIMALS)


def _check_colours(colours: Iterable[str]) -> None:
    wrong = [colour for colour in dict.fromkeys(colours) if not _COLOUR.fullmatch(str(colour))]
    if wrong:
        raise ValueError(f"not a colour like #1a2b3c: {wrong}")
