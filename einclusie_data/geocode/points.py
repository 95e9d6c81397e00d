"""Where the point of an offer comes from, and the points that the trekker put on the map by hand."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.city.areas import Areas, near_city
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.errors import Problem
from einclusie_data.contract.text import compact
from einclusie_data.geocode.answer import Point, address_problem, street_part, street_words


class PointSource(StrEnum):
    """Values of the column `point_source`; Dutch words for screens."""

    SHEET = "werkmap"
    ADDRESS = "adres"
    HAND = "met de hand"
    NONE = ""


_CELLS = ("row", "address", "postcode", "district", "wijken", "name", "organisations", "location")


def rows_of(offers: pd.DataFrame) -> list[dict[str, Any]]:
    """The cells of every row that matter here, as mappings from the key of the column."""
    columns = (offers[key].tolist() for key in _CELLS)
    return [dict(zip(_CELLS, cells, strict=True)) for cells in zip(*columns, strict=True)]


def place_key(row: Mapping[str, Any]) -> str:
    """Under which name a point put by hand is remembered, whatever happens to the rows around it.

    A full address is one place, for every offer there. Without a house number it is the place of this one offer: its
    name, organisations, Locatie and what there is of an address. Case, accents and punctuation do not matter.

    Examples
    --------
    >>> place_key({"address": "Bist 1", "postcode": "2610", "district": "Wilrijk"})
    'adres|bist1|2610|wilrijk'
    """
    street = street_part(str(row["address"]))
    town = [str(row["postcode"]), compact(str(row["district"]))]
    if any(letter.isdigit() for letter in street):
        return "|".join(["adres", "".join(street_words(street)), *town])
    names = [str(row["name"]), " ".join(sorted(row["organisations"])), str(row["location"]), str(row["address"])]
    return "|".join(["aanbod", *map(compact, names), *town])


def with_source(offers: pd.DataFrame) -> pd.DataFrame:
    """The offers with the column `point_source`; their own coordinates come from the workbook."""
    if "point_source" in offers.columns:
        return offers
    given = (offers["lat"].notna() & offers["lon"].notna()).to_numpy()
    sources = np.array([PointSource.NONE.value, PointSource.SHEET.value], dtype=object)
    return offers.assign(point_source=sources[given.astype(np.intp)])


def with_points(offers: pd.DataFrame, points: Mapping[int, Point], source: PointSource) -> pd.DataFrame:
    """The offers with the points (position of the row -> point) of one source filled in; index and order stay."""
    lat, lon = (offers[key].to_numpy(dtype=float, copy=True) for key in ("lat", "lon"))
    sources = offers["point_source"].to_numpy(dtype=object, copy=True)
    for place, point in points.items():
        lat[place], lon[place], sources[place] = point.lat, point.lon, source.value
    return offers.assign(lat=lat, lon=lon, point_source=sources)


def place_by_hand(
    offers: pd.DataFrame, by_hand: Mapping[str, Point], areas: Areas
) -> tuple[pd.DataFrame, list[Problem]]:
    """Put offers where the trekker put them: before coordinates of the workbook, and before a geocoded address.

    Parameters
    ----------
    offers : pandas.DataFrame
        With `point_source`.
    by_hand : mapping of str to Point
        `place_key` -> point.
    areas : Areas

    Returns
    -------
    tuple of (pandas.DataFrame, list of Problem)
        A point that does not lie in or near the city is not used, but reported.
    """
    if not by_hand:
        return offers, []
    points, problems = {}, []
    for place, row in enumerate(watched(rows_of(offers))):
        point = by_hand.get(place_key(row))
        if point is not None and near_city(point.lat, point.lon, areas):
            points[place] = point
        elif point is not None:
            message = "Het punt dat met de hand is gezet, ligt niet in of bij Antwerpen. Zet het opnieuw op de kaart."
            problems.append(address_problem("punt-buiten-stad", row, message))
    return with_points(offers, points, PointSource.HAND), problems
