"""The files of `data/` as checked tables: what `load_areas` reads and what `referentie` holds its result against.

Every function takes the bytes of one file and either gives a clean table or raises one `ReferenceDataError` that
lists all that is wrong with that file.

GeoJSON bytes <-> polygons in degrees with their properties.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from einclusie_data.contract import settings
from einclusie_data.contract.codelists import CHILDREN, EVERYONE, OLDER
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


WIJKEN_FILE = "wijken.geojson"
AGES_FILE = "inwoners_per_leeftijd.csv"
RANKING_FILE = "wijkenranking.csv"
POSTCODES_FILE = "postcodes.csv"
DEMAND_FILE = "vraagpunten.csv"
CENTRES_FILE = "wijkpunten.csv"

WIJK_PROPERTIES = ("wijkcode", "label", "naam_portaal", "naam_statistiek", "district", "bewoond", "opp_km2")
AGE_COLUMNS = (*(f"leeftijd_{start}_{start + 9}" for start in range(0, 90, 10)), "leeftijd_90_plus")
"""Inhabitants per ten-year age band, youngest first."""
NEED_BANDS = {EVERYONE: AGE_COLUMNS, CHILDREN: AGE_COLUMNS[:2], OLDER: AGE_COLUMNS[6:]}
"""Target group -> age bands that it is the sum of: all, 0-19 years, 60 years and older (DESIGN §4)."""
UNKNOWN_CELLS = frozenset({".", ""})
"""What Stad in Cijfers writes for a suppressed small number and for no data: both unknown, never 0."""


def age_words(group: str) -> str:
    """The ages that a target group of `NEED_BANDS` stands for.

    Examples
    --------
    >>> age_words("Kinderen en jongeren"), age_words("Ouderen"), age_words("Iedereen")
    ('0 tot 19 jaar', '60 jaar en ouder', '0 jaar en ouder')
    """
    bands = NEED_BANDS[group]
    ages = re.findall(r"\d+", "".join(bands))
    return f"{ages[0]} jaar en ouder" if bands[-1] == AGE_COLUMNS[-1] else f"{ages[0]} tot {ages[-1]} jaar"


def refuse(file: str, findings: Iterable[str]) -> None:
    """Raise one error that lists the findings about a file, if there are any.

    Examples
    --------
    >>> refuse("postcodes.csv", ["20 is geen postcode", "wijk XYZ01 bestaat niet"])
    Traceback (most recent call last):
    einclusie_data.contract.errors.ReferenceDataError: postcodes.csv: 20 is geen postcode; wijk XYZ01 bestaat niet
    """
    listed = "; ".join(findings)
    if listed:
        raise ReferenceDataError(f"{file}: {listed}")


def read_table(data: bytes, file: str, columns: Sequence[str], separator: str = ",") -> pd.DataFrame:
    """A CSV file as text, with the columns asked for in that order (others are dropped).

    Raises
    ------
    ReferenceDataError
        The bytes are no such table, or a column is missing.
    """
    try:
        table = pd.read_csv(io.BytesIO(data), sep=separator, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except ValueError as error:
        raise ReferenceDataError(f"{file}: is geen leesbare tabel") from error
    refuse(file, [f"kolom {column} ontbreekt" for column in columns if column not in table.columns])
    return table[list(columns)]


def unknown_codes(used: Iterable[str], codes: Iterable[str]) -> list[str]:
    """Findings about wijkcodes that do not exist."""
    return [f"wijk {code or '(leeg)'} bestaat niet" for code in sorted(set(used) - set(codes))]


def missing_codes(used: Iterable[str], codes: Iterable[str]) -> list[str]:
    """Findings about wijkcodes that should be there and are not."""
    return [f"wijk {code} ontbreekt" for code in sorted(set(codes) - set(used))]


def _numbers(table: pd.DataFrame, columns: Sequence[str]) -> tuple[pd.DataFrame, list[str]]:
    """Columns as float, and findings about cells that are no finite number."""
    numbers = table[list(columns)].apply(pd.to_numeric, errors="coerce").astype(float)
    bad = ~np.isfinite(numbers)
    findings = [
        f"rij {row + 2}: {column} {table[column].iloc[row]!r} is geen getal"
        for column in columns
        for row in np.flatnonzero(bad[column])[:3]
    ]
    return numbers, findings


def read_demand(data: bytes, codes: Sequence[str], inhabited: Sequence[str]) -> pd.DataFrame:
    """Demand points, `vraagpunten.csv`.

    Parameters
    ----------
    data : bytes
    codes : sequence of str
        All wijkcodes.
    inhabited : sequence of str
        The wijkcodes that must have points.

    Returns
    -------
    pandas.DataFrame
        wijkcode, x, y (metres, EPSG:31370), weight (share 0-1; about 1 per wijk, as given); sorted by wijkcode and
        within a wijk in the order of the file; RangeIndex.
    """
    table = read_table(data, DEMAND_FILE, ["wijkcode", "x", "y", "gewicht"])
    numbers, findings = _numbers(table, ["x", "y", "gewicht"])
    findings += unknown_codes(table["wijkcode"], codes) + missing_codes(table["wijkcode"], inhabited)
    refuse(DEMAND_FILE, findings)
    demand = numbers.rename(columns={"gewicht": "weight"})
    demand.insert(0, "wijkcode", table["wijkcode"])
    total = demand.groupby("wijkcode")["weight"].sum()
    off = total[(total - 1).abs() > settings.WEIGHT_MARGIN]
    findings = [f"de gewichten van {code} zijn samen {value:.4f} en niet 1" for code, value in off.items()]
    findings += ["een gewicht is negatief"] if (demand["weight"] < 0).any() else []
    refuse(DEMAND_FILE, findings)
    return demand.sort_values("wijkcode", kind="stable", ignore_index=True)


def read_centres(data: bytes, codes: Sequence[str]) -> pd.DataFrame:
    """Wijk centres, `wijkpunten.csv`: index wijkcode in the order of `codes`, columns x and y (metres, EPSG:31370)."""
    table = read_table(data, CENTRES_FILE, ["wijkcode", "x", "y"])
    numbers, findings = _numbers(table, ["x", "y"])
    findings += unknown_codes(table["wijkcode"], codes) + missing_codes(table["wijkcode"], codes)
    refuse(CENTRES_FILE, findings + _repeated(table["wijkcode"]))
    return numbers.set_index(pd.Index(table["wijkcode"], name="wijkcode")).loc[list(codes)]


def _repeated(codes: pd.Series[str]) -> list[str]:
    return [f"wijk {code} staat er meer dan één keer in" for code in sorted(set(codes[codes.duplicated()]))]


def read_postcodes(data: bytes, codes: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Postcode -> wijkcodes that it touches, `postcodes.csv`."""
    table = read_table(data, POSTCODES_FILE, ["postcode", "wijkcodes"])
    listed = table["wijkcodes"].str.split(";").map(tuple)
    areas = dict(zip(table["postcode"], listed, strict=True))
    findings = [f"{postcode!r} is geen postcode" for postcode in areas if not re.fullmatch(r"[1-9]\d{3}", postcode)]
    refuse(POSTCODES_FILE, findings + unknown_codes((code for wijken in areas.values() for code in wijken), codes))
    return areas


def read_ages(data: bytes, codes: Sequence[str]) -> pd.DataFrame:
    """Inhabitants per age band, `inwoners_per_leeftijd.csv`.

    Returns
    -------
    pandas.DataFrame
        Index wijkcode in the order of `codes`, columns `AGE_COLUMNS`; persons, float; NaN = suppressed or no data.
    """
    return _coded_numbers(data, AGES_FILE, AGE_COLUMNS, codes)


def read_ranking(data: bytes, codes: Sequence[str]) -> pd.Series[float]:
    """Wijkenranking 2025, `wijkenranking.csv`: index wijkcode; 0-100, NaN = none published."""
    ranking = _coded_numbers(data, RANKING_FILE, ["wijkenranking"], codes)["wijkenranking"]
    refuse(RANKING_FILE, ["een score ligt niet tussen 0 en 100"] if (ranking > 100).any() else [])
    return ranking


def _coded_numbers(data: bytes, file: str, columns: Sequence[str], codes: Sequence[str]) -> pd.DataFrame:
    """A table of whole numbers or unknown cells, one row per wijk."""
    table = read_table(data, file, ["wijkcode", *columns])
    findings = unknown_codes(table["wijkcode"], codes) + missing_codes(table["wijkcode"], codes)
    refuse(file, findings + _repeated(table["wijkcode"]))
    cells = table.set_index("wijkcode").loc[list(codes)]
    return cells.apply(lambda column: known_numbers(column, file))


def known_numbers(cells: pd.Series[str], file: str) -> pd.Series[float]:
    """Whole numbers as float, NaN where Stad in Cijfers says that it does not know or does not tell.

    Examples
    --------
    >>> known_numbers(pd.Series(["12", ".", ""]), "leeftijd.csv").tolist()
    [12.0, nan, nan]
    """
    unknown = cells.isin(UNKNOWN_CELLS)
    bad = cells[~unknown & ~cells.str.fullmatch(r"\d+")]
    refuse(file, [f"{cells.name} van {wijk}: {value!r} is geen aantal" for wijk, value in bad.items()])
    return cells.mask(unknown).astype(float)


def need_of(ages: pd.DataFrame) -> pd.DataFrame:
    """Persons per target group; a sum with an unknown part is unknown.

    Parameters
    ----------
    ages : pandas.DataFrame
        As `read_ages` gives it.

    Returns
    -------
    pandas.DataFrame
        Index of `ages`, columns "Iedereen", "Kinderen en jongeren" and "Ouderen"; NaN = unknown.
    """
    return pd.DataFrame({group: ages[list(bands)].sum(axis=1, skipna=False) for group, bands in NEED_BANDS.items()})


def read_wijken(data: bytes) -> gpd.GeoDataFrame:
    """The cleaned wijken, `wijken.geojson`.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4326; index wijkcode (sorted); columns `WIJK_PROPERTIES` without wijkcode, and geometry (valid).
    """
    try:
        features = read_collection(data)["features"]
    except ReferenceDataError as error:
        raise ReferenceDataError(f"{WIJKEN_FILE}: {error}") from error
    rows = [properties_of(feature) for feature in features]
    refuse(WIJKEN_FILE, _missing_properties(rows))
    table = gpd.GeoDataFrame(
        [{name: row[name] for name in WIJK_PROPERTIES} for row in rows],
        columns=list(WIJK_PROPERTIES),
        geometry=[polygon_of(feature) for feature in features],
        crs=settings.CRS_DEGREES,
    )
    refuse(WIJKEN_FILE, _wijk_findings(table))
    return table.set_index("wijkcode").sort_index()


def _missing_properties(rows: Sequence[Mapping[str, object]]) -> list[str]:
    return [f"kenmerk {name} ontbreekt" for name in WIJK_PROPERTIES if any(name not in row for row in rows)]


def _wijk_findings(table: gpd.GeoDataFrame) -> list[str]:
    codes = table["wijkcode"]
    broken = codes[(table.geometry.isna() | ~table.geometry.is_valid).to_numpy()]
    findings = [f"de veelhoek van {code} is onbruikbaar" for code in broken]
    findings += [] if settings.RIVER_CODE in set(codes) else [f"wijk {settings.RIVER_CODE} (Schelde) ontbreekt"]
    return findings + _repeated(codes)
