"""The official layer of the wijken: fetched or read from a file, then checked against `wijk_namen.csv`.

Wijken are joined on the official code. The names in the layer only prove that the codes still mean the same wijken:
BOR04 and BOR05 were once swapped by the city.
"""

from __future__ import annotations

import http.client
import io
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    UnknownHandler,
)

import geopandas as gpd
import pandas as pd
import shapely

from einclusie_data.city.tables import polygon_of, properties_of, read_collection, read_table, refuse
from einclusie_data.contract import settings
from einclusie_data.contract.errors import ReferenceDataError
from einclusie_data.contract.text import normalise

LAYER_QUERY = "/query?where=1%3D1&outFields=*&outSR=4326&f=geojson"
"""Asks an ArcGIS REST layer for all its features as GeoJSON in degrees."""
CODE_KEYS = ("code", "wijkcode", "wijk_code", "codewijk")
NAME_KEYS = ("naam", "wijknaam", "wijk_naam", "naamwijk", "name", "wijk")
DISTRICT_KEYS = ("district", "districtnaam", "district_naam", "naamdistrict", "districtsnaam")
TYPOS = {"kuininge": "kruininge"}
"""Words that the city's layer misspells -> how they are compared."""
DEGREE_BOUNDS = (3.5, 50.8, 5.0, 51.8)
"""West, south, east and north in degrees: anything else is no layer of Antwerp in EPSG:4326."""
NAME_COLUMNS = ("code", "naam_portaal", "district", "naam_statistiek", "label", "inwoners_minstens_500", "opp_km2")

_ARCGIS_LAYER = re.compile(r"^(?P<layer>.*/(?:Map|Feature)Server/\d+)(?:/query)?/*$", re.IGNORECASE)


def read_names(data: bytes) -> pd.DataFrame:
    """`wijk_namen.csv`: index wijkcode (sorted); the other columns as text."""
    names = read_table(data, "wijk_namen.csv", NAME_COLUMNS)
    doubled = names["code"].duplicated() | names["naam_statistiek"].duplicated()
    refuse("wijk_namen.csv", [f"{code} of zijn naam staat er twee keer in" for code in names["code"][doubled]])
    return names.rename(columns={"code": "wijkcode"}).set_index("wijkcode").sort_index()


def shown_source(source: str) -> str:
    """A source as it may be shown and stored: no user, password or query of a URL, no folders of a file.

    Examples
    --------
    >>> shown_source("https://user:pw@geodata.example/MapServer/97?token=1")
    'https://geodata.example/MapServer/97'
    >>> shown_source("/home/els/wijken.geojson")
    'wijken.geojson'
    """
    if not is_url(source):
        return Path(source).name
    parts = urlsplit(source)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def is_url(source: str) -> bool:
    """Whether a source is an address rather than a file."""
    return "://" in source


def query_url(url: str) -> str:
    """The address to ask: a whole ArcGIS layer gets its query, everything else stays as it is.

    Examples
    --------
    >>> query_url("https://geodata.example/MapServer/97")
    'https://geodata.example/MapServer/97/query?where=1%3D1&outFields=*&outSR=4326&f=geojson'
    >>> query_url("https://geodata.example/wijken.geojson")
    'https://geodata.example/wijken.geojson'
    """
    parts = urlsplit(url)
    layer = _ARCGIS_LAYER.match(parts.path)
    asks_already = parts.path.rstrip("/").lower().endswith("/query") and parts.query
    if layer is None or asks_already:
        return url
    return f"{parts.scheme}://{parts.netloc}{layer['layer']}{LAYER_QUERY}"


def read_layer(
    source: str | Path,
    *,
    seconds: float = settings.LAYER_SECONDS,
    max_bytes: int = settings.LAYER_MAX_BYTES,
) -> bytes:
    """The bytes of a layer.

    Parameters
    ----------
    source : str or Path
        An ArcGIS REST layer (``…/MapServer/97``), the address of a GeoJSON file, or a file.
    seconds : float
        Time in which the whole answer must be in.
    max_bytes : int
        Largest answer that is accepted.

    Raises
    ------
    ReferenceDataError
        No answer, an error, cut off, too slow or too large; one Dutch sentence.
    """
    text = str(source)
    try:
        content = _fetch(text, seconds, max_bytes) if is_url(text) else _read_file(Path(text), max_bytes)
    except ReferenceDataError as error:
        raise ReferenceDataError(f"{_safely_shown(text)} is niet bruikbaar: {error}") from error
    return content


def _safely_shown(source: str) -> str:
    try:
        return shown_source(source)
    except ValueError:
        return "het adres"


def _read_file(path: Path, max_bytes: int) -> bytes:
    try:
        if path.stat().st_size > max_bytes:
            raise _too_large(max_bytes)
        return path.read_bytes()
    except OSError as error:
        raise ReferenceDataError("het bestand bestaat niet of is niet leesbaar") from error


def _too_large(max_bytes: int) -> ReferenceDataError:
    return ReferenceDataError(f"het is groter dan {max_bytes / 1e6:.0f} MB")


def _web() -> OpenerDirector:
    """Opens http and https addresses, also behind a redirect, and nothing else (no files)."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler,
        HTTPHandler,
        HTTPSHandler,
        HTTPRedirectHandler,
        HTTPDefaultErrorHandler,
        HTTPErrorProcessor,
        UnknownHandler,
    ):
        opener.add_handler(handler())
    return opener


def _fetch(url: str, seconds: float, max_bytes: int) -> bytes:
    if not url.lower().startswith(("http://", "https://")):
        raise ReferenceDataError("alleen een adres met http:// of https:// kan")
    deadline = time.monotonic() + seconds
    try:
        with _web().open(query_url(url), timeout=seconds) as answer:
            return _read_answer(answer, deadline, max_bytes)
    except HTTPError as error:
        raise ReferenceDataError(f"de server antwoordt met fout {error.code}") from error
    except TimeoutError as error:
        raise ReferenceDataError(f"er kwam geen volledig antwoord binnen {seconds:.0f} seconden") from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        if isinstance(getattr(error, "reason", None), TimeoutError):
            raise ReferenceDataError(f"er kwam geen antwoord binnen {seconds:.0f} seconden") from error
        raise ReferenceDataError("de server is niet bereikbaar of brak het antwoord af") from error


def _read_answer(answer: http.client.HTTPResponse, deadline: float, max_bytes: int) -> bytes:
    """The whole body, in pieces so that a slow drip or an endless stream is noticed."""
    body = io.BytesIO()
    while piece := answer.read1(1 << 16):
        body.write(piece)
        if body.tell() > max_bytes:
            raise _too_large(max_bytes)
        if time.monotonic() > deadline:
            raise TimeoutError
    if answer.length:
        raise ReferenceDataError("het antwoord is afgebroken voor het einde")
    return body.getvalue()


def parse_layer(data: bytes) -> gpd.GeoDataFrame:
    """The features of a layer, one row per feature.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326, RangeIndex; code, name, district (str, "" = empty or no such property), geometry (None = unusable).

    Raises
    ------
    ReferenceDataError
        No complete FeatureCollection, or no property holds the codes or the names.
    """
    collection = read_collection(data)
    if collection.get("exceededTransferLimit") or properties_of(collection).get("exceededTransferLimit"):
        raise ReferenceDataError("de kaartdienst geeft niet alle wijken in één antwoord")
    features = collection["features"]
    rows = [_lowered(properties_of(feature)) for feature in features]
    table = {
        "code": [code.upper() for code in _column(rows, CODE_KEYS)],
        "name": _column(rows, NAME_KEYS),
        "district": _column(rows, DISTRICT_KEYS),
    }
    missing = [word for word, key in (("code", "code"), ("naam", "name")) if not any(table[key])]
    if missing:
        raise ReferenceDataError(f"geen enkel kenmerk van de laag is de {' of de '.join(missing)} van de wijk")
    shapes = [polygon_of(feature) for feature in features]
    return gpd.GeoDataFrame(table, geometry=shapes, crs=settings.CRS_DEGREES)


def _lowered(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Properties by lower-case name; a service may put the table's name in front: `GIS.wijken.code`."""
    return {str(key).lower().rpartition(".")[2]: value for key, value in properties.items()}


def _column(rows: list[dict[str, Any]], keys: tuple[str, ...]) -> list[str]:
    """Values as text of the first property that any feature has filled in; "" where it is empty."""
    key = next((key for key in keys if any(row.get(key) for row in rows)), "")
    return [str(row.get(key) or "").strip() for row in rows]


def check_layer(layer: gpd.GeoDataFrame, names: pd.DataFrame) -> list[str]:
    """All that speaks against a layer: number, codes, names, districts, polygons.

    Parameters
    ----------
    layer : geopandas.GeoDataFrame
        As `parse_layer` gives it.
    names : pandas.DataFrame
        As `read_names` gives it.

    Returns
    -------
    list of str
        Dutch findings; empty when the layer can be used.
    """
    findings = []
    if abs(len(layer) - settings.LAYER_WIJKEN) > settings.LAYER_WIJKEN_MARGIN:
        findings.append(f"de laag heeft {len(layer)} veelhoeken, verwacht zijn er {settings.LAYER_WIJKEN}")
    known = layer[layer["code"].isin(names.index)]
    return findings + _code_findings(layer, names) + _name_findings(known, names) + _shape_findings(layer)


def _code_findings(layer: gpd.GeoDataFrame, names: pd.DataFrame) -> list[str]:
    missing, extra = names.index.difference(layer["code"]), sorted(set(layer["code"]) - set(names.index))
    findings = [f"deze wijken ontbreken: {', '.join(missing)}"] if len(missing) else []
    return findings + ([f"deze codes kennen we niet: {', '.join(code or '(leeg)' for code in extra)}"] if extra else [])


def _comparable(name: str) -> str:
    return " ".join(TYPOS.get(word, word) for word in normalise(name).split())


def _name_findings(known: gpd.GeoDataFrame, names: pd.DataFrame) -> list[str]:
    findings = []
    for code, name, district in zip(known["code"], known["name"], known["district"], strict=True):
        expected = names.loc[code]
        accepted = {_comparable(expected[column]) for column in ("naam_portaal", "naam_statistiek", "label")}
        if _comparable(name) not in accepted:
            findings.append(f"{code} heet in de laag „{name}”, verwacht is „{expected['naam_portaal']}”")
        if district and expected["district"] and _comparable(district) != _comparable(expected["district"]):
            findings.append(f"{code} ligt in de laag in „{district}”, verwacht is „{expected['district']}”")
    return findings


def _shape_findings(layer: gpd.GeoDataFrame) -> list[str]:
    broken = layer["code"][layer.geometry.isna()]
    findings = [f"deze wijken hebben geen bruikbare veelhoek: {', '.join(broken)}"] if len(broken) else []
    west, south, east, north = DEGREE_BOUNDS
    outside = not shapely.box(west, south, east, north).covers(shapely.box(*layer.total_bounds))
    return findings + (["de coördinaten zijn geen graden (EPSG:4326) in Antwerpen"] if outside else [])


def wijken_of_layer(layer: gpd.GeoDataFrame) -> gpd.GeoSeries:
    """One polygon per wijkcode (sorted): a wijk that came in parts is put together, the others are not touched."""
    parts = layer.groupby("code", sort=True)["geometry"]
    shapes = {code: group.iloc[0] if len(group) == 1 else shapely.union_all(group.to_numpy()) for code, group in parts}
    return gpd.GeoSeries(shapes, crs=layer.crs).rename_axis("wijkcode")
