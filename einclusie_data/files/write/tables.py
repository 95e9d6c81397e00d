"""Tables -> files that people open elsewhere: csv, json and geojson bytes (xlsx: `export_xlsx`)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pandas as pd

from einclusie_data.contract.schema import OFFERS, Sheet
from einclusie_data.files.write.cells import safe_text

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""What a browser is told that an Excel workbook is."""
SEPARATOR = "; "
_FIXED_DECIMALS = {"aandeel_bereikt": 4}


def _csv_cell(value: Any, decimals: int | None = None) -> str:
    """One cell of a Belgian CSV: decimal comma, unknown is empty, text that Excel would run is made harmless."""
    if isinstance(value, tuple):
        return safe_text(SEPARATOR.join(value))
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        text = repr(value) if decimals is None else f"{value:.{decimals}f}"
        return text.removesuffix(".0").replace(".", ",")
    return safe_text(value) if isinstance(value, str) else str(value)


def csv_bytes(table: pd.DataFrame) -> bytes:
    """A table as CSV that opens right in Belgian Excel: UTF-8 with BOM, semicolons, decimal comma.

    Parameters
    ----------
    table : pandas.DataFrame
        Its column names become the headers; the index is left out.

    Returns
    -------
    bytes
    """
    text = pd.DataFrame(
        {name: [_csv_cell(value, _FIXED_DECIMALS.get(str(name))) for value in table[name]] for name in table.columns}
    )
    return text.to_csv(sep=";", index=False, lineterminator="\r\n").encode("utf-8-sig")


def _json_value(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    return value.item() if hasattr(value, "item") else value


def gap_json_bytes(table: pd.DataFrame) -> bytes:
    """A gap table as a JSON list of rows; unknown is null."""
    rows = [{str(name): _json_value(value) for name, value in row.items()} for row in table.to_dict("records")]
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def workbook_columns(rows: pd.DataFrame, typed: pd.DataFrame | None = None, sheet: Sheet = OFFERS) -> pd.DataFrame:
    """Public rows of a sheet under the headers of the workbook, so that the file can be uploaded again.

    Parameters
    ----------
    rows : pandas.DataFrame
        From `public.public_rows`: without internal columns.
    typed : pandas.DataFrame, optional
        From `public.typed_texts`: what was not understood, to be written as it was.
    sheet : Sheet

    Returns
    -------
    pandas.DataFrame
        Columns in the order of the contract; cells as people type them: several values joined by "; ".
    """
    kept = [column for column in sheet.columns if column.key in rows.columns]
    return pd.DataFrame({column.header: _cells(rows, column.key, typed) for column in kept})


def _cells(rows: pd.DataFrame, key: str, typed: pd.DataFrame | None) -> list[Any]:
    values = [_typed(value) for value in rows[key]]
    if typed is None or key not in typed:
        return values
    return [text or value for text, value in zip(typed.loc[rows.index, key], values, strict=True)]


def _typed(value: Any) -> Any:
    return SEPARATOR.join(value) if isinstance(value, tuple) else value


def offers_geojson_bytes(
    offers: pd.DataFrame,
    points: pd.DataFrame,
    lonlat: Iterable[tuple[float, float]],
    typed: pd.DataFrame | None = None,
) -> bytes:
    """Offers as GeoJSON (EPSG:4326), one feature per offer.

    Parameters
    ----------
    offers : pandas.DataFrame
        From `offers.public_offers`, indexed by position in the supply, with `placement`.
    points : pandas.DataFrame
        `Supply.points`, without hints.
    lonlat : iterable of (lon, lat)
        The same points in degrees.
    typed : pandas.DataFrame, optional
        As for `workbook_columns`.

    Returns
    -------
    bytes
        An offer without a place has a null geometry: it is listed, never dropped.
    """
    places: dict[int, list[tuple[float, float]]] = {}
    for offer, (lon, lat) in zip(points["offer"], lonlat, strict=True):
        places.setdefault(int(offer), []).append((round(lon, 6), round(lat, 6)))
    properties = workbook_columns(offers, typed).assign(Plaatsing=list(offers["placement"]))
    features = [
        {"type": "Feature", "geometry": _geometry(places.get(int(str(index)), [])), "properties": cells}
        for index, cells in zip(offers.index, _property_rows(properties), strict=True)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def _property_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows for GeoJSON: unknown is null, dates are ISO."""
    return [
        {
            str(name): f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else _json_value(value) or None
            for name, value in row.items()
        }
        for row in table.to_dict("records")
    ]


def _geometry(places: list[tuple[float, float]]) -> dict[str, Any] | None:
    if not places:
        return None
    if len(places) == 1:
        return {"type": "Point", "coordinates": places[0]}
    return {"type": "MultiPoint", "coordinates": places}


def file_stem(kind: str, day: Any) -> str:
    """Name of a download without its extension, e.g. ``hiaten-2026-11-23``."""
    return f"{kind}-{day:%Y-%m-%d}"
