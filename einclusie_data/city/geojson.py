"""GeoJSON bytes <-> polygons in degrees with their properties."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from einclusie_data.contract import settings
from einclusie_data.contract.errors import ReferenceDataError

MAX_SERVICE_TEXT = 200
"""Characters of a service's own error text that a message repeats."""


def read_collection(data: bytes) -> dict[str, Any]:
    """The top of a GeoJSON document.

    Returns
    -------
    dict
        A FeatureCollection whose `features` is a list of objects.

    Raises
    ------
    ReferenceDataError
        The bytes are no JSON, an error report of a map service, or another kind of JSON. One Dutch clause.

    Examples
    --------
    >>> read_collection(b'{"error": {"code": 400, "message": "Invalid URL"}}')
    Traceback (most recent call last):
    einclusie_data.contract.errors.ReferenceDataError: de kaartdienst meldt een fout (400): Invalid URL
    """
    document = _parsed(data)
    if not isinstance(document, dict):
        raise ReferenceDataError("het is geen GeoJSON: geen FeatureCollection")
    if "error" in document:
        raise ReferenceDataError(_service_error(document["error"]))
    features = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise ReferenceDataError("het is geen GeoJSON: geen FeatureCollection")
    if not all(isinstance(feature, dict) for feature in features):
        raise ReferenceDataError("het is geen geldige GeoJSON: een van de features is geen object")
    return document


def _parsed(data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReferenceDataError("het is geen GeoJSON: de tekst is geen UTF-8") from error
    if text.lstrip().startswith("<"):
        raise ReferenceDataError("het is een webpagina (HTML of XML) en geen GeoJSON")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReferenceDataError("het is geen volledige of geldige JSON; misschien is het afgebroken") from error


def _service_error(error: object) -> str:
    report = error if isinstance(error, Mapping) else {"message": error}
    words = "".join(character if character.isprintable() else " " for character in str(report.get("message", "")))
    code = f" ({report['code']})" if isinstance(report.get("code"), int) else ""
    return f"de kaartdienst meldt een fout{code}: {words.strip()[:MAX_SERVICE_TEXT] or 'zonder uitleg'}"


def polygon_of(feature: Mapping[str, Any]) -> shapely.Geometry | None:
    """The polygon of a feature in degrees, without heights; None when it has none that can be read."""
    geometry = shapely.from_geojson(json.dumps(feature.get("geometry")), on_invalid="ignore")
    if geometry is None or geometry.is_empty or geometry.geom_type not in {"Polygon", "MultiPolygon"}:
        return None
    return shapely.force_2d(geometry)


def properties_of(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    """The properties of a feature; empty when it has none."""
    properties = feature.get("properties")
    return properties if isinstance(properties, Mapping) else {}


def features_bytes(table: gpd.GeoDataFrame) -> bytes:
    """A GeoJSON document with one feature per line, the same bytes for the same table.

    Parameters
    ----------
    table : geopandas.GeoDataFrame
        EPSG:4326; every column beside the geometry becomes a property (text, bool or float).

    Returns
    -------
    bytes
        UTF-8, degrees with at most `settings.DEGREE_DECIMALS` decimals.
    """
    rows = table.drop(columns="geometry").to_dict("records")
    lines = [_feature_line(row, geometry) for row, geometry in zip(rows, table.geometry, strict=True)]
    return ('{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n").encode()


def _feature_line(properties: Mapping[str, Any], geometry: shapely.Geometry) -> str:
    shape = shapely.geometry.mapping(geometry)
    feature = {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": shape["type"], "coordinates": _rounded(shape["coordinates"])},
    }
    return json.dumps(feature, ensure_ascii=False)


def _rounded(coordinates: Sequence[Any] | float) -> list[Any] | float:
    if isinstance(coordinates, (int, float, np.floating)):
        return round(float(coordinates), settings.DEGREE_DECIMALS)
    return [_rounded(part) for part in coordinates]
