"""What the geocoder answers: its JSON read with care, and the part of it that is kept.

The service is the Flemish government's, https://geo.api.vlaanderen.be/geolocation/v4/Location: ``{"LocationResult":
[{"Municipality", "Zipcode", "Thoroughfarename", "Housenumber", "LocationType", "Location": {"Lat_WGS84", "Lon_WGS84",
…}, …}]}``, an empty list when nothing fits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from einclusie_data.contract.errors import Problem, Severity
from einclusie_data.contract.privacy import LONGEST_VALUE, masked_start
from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.text import clean_text

_LONGEST_TEXT = 200
_NOT_A_HOUSE = re.compile("straat|gemeente|interpol", re.IGNORECASE)
"""Parts of a LocationType whose point is not that of a house: e.g. "crab_straat", "…_afgeleidVanStraat"."""


class Precision(StrEnum):
    """How precise an answer is; only HOUSE is precise enough to use."""

    HOUSE = "huisnummer"
    STREET = "straat"
    PLACE = "gemeente"
    NONE = ""


class Point(NamedTuple):
    """A place in degrees (EPSG:4326)."""

    lat: float
    lon: float


@dataclass(frozen=True)
class Location:
    """One result of the geocoder; "" = it does not say. `kind` is its LocationType."""

    municipality: str
    postcode: str
    street: str
    number: str
    kind: str
    point: Point

    @property
    def precision(self) -> Precision:
        """How precise the place is."""
        if self.number and not _NOT_A_HOUSE.search(self.kind):
            return Precision.HOUSE
        return Precision.STREET if self.street else Precision.PLACE


_TEXTS = {"municipality": "Municipality", "postcode": "Zipcode", "street": "Thoroughfarename", "number": "Housenumber",
          "kind": "LocationType"}  # fmt: skip


def read_location(answer: object) -> Location | None:
    """The first result of an answer; None when there is none.

    Raises
    ------
    ValueError
        The answer does not have the geocoder's format.
    """
    results = answer.get("LocationResult") if isinstance(answer, dict) else None
    if not isinstance(results, list):
        raise ValueError("LocationResult")  # noqa: TRY004 - a matter of format, whatever the type
    return _location_in(results[0]) if results else None


def _location_in(result: object) -> Location:
    place = result.get("Location") if isinstance(result, dict) else None
    if not isinstance(result, dict) or not isinstance(place, dict):
        raise ValueError("Location")  # noqa: TRY004 - as above
    point = Point(_degrees(place.get("Lat_WGS84"), 90), _degrees(place.get("Lon_WGS84"), 180))
    return Location(**{key: _text(result.get(name)) for key, name in _TEXTS.items()}, point=point)


def _text(value: object) -> str:
    return clean_text(str(value)[:_LONGEST_TEXT]) if isinstance(value, str | int) else ""


def _degrees(value: object, most: int) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
        raise ValueError("graden")
    return float(value)


def kept_part(answer: object) -> dict[str, Any]:
    """The part of an answer that `judge` looks at, in the same format: what a cache keeps.

    Raises
    ------
    ValueError
        The answer does not have the geocoder's format.
    """
    found = read_location(answer)
    if found is None:
        return {"LocationResult": []}
    place = {"Lat_WGS84": found.point.lat, "Lon_WGS84": found.point.lon}
    return {"LocationResult": [{name: getattr(found, key) for key, name in _TEXTS.items()} | {"Location": place}]}


def address_problem(
    code: str, row: Mapping[str, Any], message: str, key: str = "address", value: str | None = None
) -> Problem:
    """A warning about a cell of an offer, by default its address; the row stays in use."""
    text = masked_start(str(row[key]) if value is None else value, LONGEST_VALUE)
    return Problem(code, Severity.WARNING, OFFERS.name, row["row"], OFFERS.column(key).header, text, message)
