"""Coordinates as people write them -> degrees that can be believed (DESIGN §4, "placed").

Recognised: a decimal comma, both numbers in one cell, latitude and longitude swapped, and Lambert 72 in metres. What
lies outside the city's bounding box plus a margin counts as not given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from einclusie_data.checking.cells import Note
from einclusie_data.city.areas import Areas, in_city
from einclusie_data.contract.privacy import quoted

_LONGEST = 80
_DECORATION = re.compile(
    r"\b(?:lat(?:itude)?|lon(?:g(?:itude)?)?|lng|breedtegraad|lengtegraad|[xyneo])\b\s*[:=]?|[°()\[\]]"
    r"|(?<=[\d.°])\s*[neo]\b",
    re.IGNORECASE,
)
_ONE_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"-?\d{1,3}(?:(?:\.\d{3})+(?:,\d+)?|(?:[ ’'\xa0\u202f]\d{3})+(?:[.,]\d+)?)")
_METRES_WITH_POINT = re.compile(r"\d{3}\.\d{3}")
_SEPARATORS = (r"\s*[;|/\n]\s*", r"\s*,\s+|\s+,\s*", r"\s+", r",(?=-?\d+\.)")

BOTH, LATITUDE_ONLY, LONGITUDE_ONLY = "both", "latitude", "longitude"


@dataclass(frozen=True)
class PlaceNote:
    """A note about coordinates, and the cell that it is about: ``"both"``, ``"latitude"`` or ``"longitude"``."""

    where: str
    note: Note


@dataclass(frozen=True)
class Coordinates:
    """What the coordinate cells of a table say.

    Attributes
    ----------
    lat, lon : numpy.ndarray
        Degrees (EPSG:4326) per row; NaN = not given or not believed.
    x, y : numpy.ndarray
        The same in metres (EPSG:31370).
    notes : tuple of (PlaceNote or None)
        Per row.
    """

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    notes: tuple[PlaceNote | None, ...]


def number_in(text: str) -> float | None:
    """A number in Belgian or English notation; None when the text is no number.

    Three digits, a point and three digits are metres with a thousands separator: no degree in Belgium looks so.

    Examples
    --------
    >>> number_in("51,2194"), number_in("152.261,5"), number_in("152.261"), number_in("Kiel")
    (51.2194, 152261.5, 152261.0, None)
    """
    text = text.strip()
    if _METRES_WITH_POINT.fullmatch(text) or (_THOUSANDS.fullmatch(text) and not _ONE_NUMBER.fullmatch(text)):
        whole, _, decimals = text.partition(",") if "," in text else _split_decimal_point(text)
        return float(re.sub(r"[^\d-]", "", whole) + (f".{decimals}" if decimals else ""))
    return float(text.replace(",", ".")) if _ONE_NUMBER.fullmatch(text) else None


def _split_decimal_point(text: str) -> tuple[str, str, str]:
    """Only a space as thousands separator leaves a point for the decimals."""
    return text.partition(".") if re.search(r"[ ’'\xa0\u202f]", text) else (text, "", "")


def numbers_in(text: str) -> tuple[float, ...]:
    """The one or two numbers in a cell; () when it holds anything else.

    Examples
    --------
    >>> numbers_in("51,2194; 4,4025"), numbers_in("51.2194, 4.4025"), numbers_in("N 51,2194°")
    ((51.2194, 4.4025), (51.2194, 4.4025), (51.2194,))
    """
    if len(text) > _LONGEST:
        return ()
    if _ONE_NUMBER.fullmatch(text) and not _METRES_WITH_POINT.fullmatch(text):
        return (float(text.replace(",", ".")),)
    plain = _DECORATION.sub(" ", text).strip()
    single = number_in(plain)
    if single is not None:
        return (single,)
    pair = re.fullmatch(r"(-?\d+,\d+)\s*,\s*(-?\d+,\d+)", plain)
    splits = [list(pair.groups())] if pair else [re.split(separator, plain) for separator in _SEPARATORS]
    for parts in splits:
        numbers = [number_in(part) for part in parts]
        if len(parts) == 2 and numbers[0] is not None and numbers[1] is not None:
            return numbers[0], numbers[1]
    return ()


def _unreadable(where: str, text: str) -> PlaceNote:
    message = (
        f"{quoted(text)} kunnen we niet lezen als coördinaat. Schrijf een getal, bijvoorbeeld 51,2194 (breedtegraad) "
        f"en 4,4025 (lengtegraad), of laat beide cellen leeg."
    )
    return PlaceNote(where, Note("coordinaat-onleesbaar", text, message))


def _incomplete(where: str, text: str) -> PlaceNote:
    missing = "lengtegraad" if where == LATITUDE_ONLY else "breedtegraad"
    message = f"De {missing} ontbreekt, dus we gebruiken dit getal niet. Vul beide coördinaten in, of geen van beide."
    return PlaceNote(where, Note("coordinaat-onvolledig", text, message))


_Pair = tuple[float, float]
_NOTHING: _Pair = (float("nan"), float("nan"))


def _pair_in(lat_text: str, lon_text: str) -> tuple[_Pair, PlaceNote | None]:
    """The two numbers of a row, in the order latitude, longitude as the sheet has them."""
    if not lat_text and not lon_text:
        return _NOTHING, None
    first, second = numbers_in(lat_text), numbers_in(lon_text)
    if len(first) == 2 and (not lon_text or second == first or second == first[1:]):
        return (first[0], first[1]), None
    if len(second) == 2 and (not lat_text or first == second[:1]):
        return (second[0], second[1]), None
    for where, text, numbers in ((LATITUDE_ONLY, lat_text, first), (LONGITUDE_ONLY, lon_text, second)):
        if text and len(numbers) != 1:
            return _NOTHING, _unreadable(where, text)
    if not lat_text or not lon_text:
        return _NOTHING, _incomplete(LATITUDE_ONLY if lat_text else LONGITUDE_ONLY, lat_text or lon_text)
    return (first[0], second[0]), None


_SWAPPED = "Breedtegraad en lengtegraad stonden omgewisseld. We draaiden ze om: {}. Zet ze juist in het bestand."
_METRES = "Deze getallen zijn meters (Lambert 72). We rekenden ze om naar graden: {}. Zet de graden in het bestand."
_OUTSIDE = "Dit punt ligt niet in of bij Antwerpen, dus we gebruiken het niet. Kijk de coördinaten na, of laat ze leeg."


def _metres_of_degrees(
    lat: NDArray[np.float64], lon: NDArray[np.float64], areas: Areas
) -> tuple[NDArray[np.float64], ...]:
    """Lambert coordinates; NaN for what cannot be degrees."""
    possible = (np.abs(lat) <= 90) & (np.abs(lon) <= 180)
    x, y = areas.to_lambert(np.where(possible, lon, np.nan), np.where(possible, lat, np.nan))
    return np.where(possible, x, np.nan), np.where(possible, y, np.nan)


def read_coordinates(lat_texts: Sequence[str], lon_texts: Sequence[str], areas: Areas) -> Coordinates:
    """Coordinates of every row.

    Parameters
    ----------
    lat_texts, lon_texts : sequence of str
        Cells of Breedtegraad and Lengtegraad.
    areas : Areas

    Returns
    -------
    Coordinates
    """
    cells = list(zip(lat_texts, lon_texts, strict=True))
    unique = list(dict.fromkeys(cells))
    table = _read_unique(unique, areas)
    place = {cell: position for position, cell in enumerate(unique)}
    rows = np.array([place[cell] for cell in cells], dtype=np.intp)
    notes = tuple(table.notes[row] for row in rows)
    return Coordinates(table.lat[rows], table.lon[rows], table.x[rows], table.y[rows], notes)


def _read_unique(cells: list[tuple[str, str]], areas: Areas) -> Coordinates:
    pairs = [_pair_in(*cell) for cell in cells]
    first = np.array([pair[0] for pair, _ in pairs], dtype=float)
    second = np.array([pair[1] for pair, _ in pairs], dtype=float)
    as_given = _metres_of_degrees(first, second, areas)
    swapped = _metres_of_degrees(second, first, areas)
    ways = (as_given, swapped, (second, first), (first, second))
    fits = [in_city(x, y, areas) for x, y in ways]
    choices = [fit & ~np.any(fits[:number], axis=0) if number else fit for number, fit in enumerate(fits)]
    x = np.select(choices, [way[0] for way in ways], np.nan)
    y = np.select(choices, [way[1] for way in ways], np.nan)
    metres = choices[2] | choices[3]
    metre_lon, metre_lat = (np.full(len(x), np.nan) for _ in range(2))
    metre_lon[metres], metre_lat[metres] = areas.to_degrees(x[metres], y[metres])
    lat = np.select([choices[0], choices[1], metres], [first, second, metre_lat], np.nan)
    lon = np.select([choices[0], choices[1], metres], [second, first, metre_lon], np.nan)
    given = ~np.isnan(first)
    notes = [
        note or (_way_note(cells[row], lat[row], lon[row], swapped=choices[1][row], metres=metres[row])
                 if given[row] and not choices[0][row] else None)
        for row, (_, note) in enumerate(pairs)
    ]  # fmt: skip
    return Coordinates(lat, lon, x, y, tuple(notes))


def _way_note(cell: tuple[str, str], lat: float, lon: float, *, swapped: bool, metres: bool) -> PlaceNote:
    """How numbers were read that are not degrees in their own cells."""
    shown = "; ".join(text for text in cell if text)
    degrees = f"{lat:.5f} en {lon:.5f}".replace(".", ",")
    if swapped:
        return PlaceNote(BOTH, Note("coordinaten-omgewisseld", shown, _SWAPPED.format(degrees)))
    if metres:
        return PlaceNote(BOTH, Note("coordinaten-lambert", shown, _METRES.format(degrees)))
    return PlaceNote(BOTH, Note("coordinaten-buiten-stad", shown, _OUTSIDE))
