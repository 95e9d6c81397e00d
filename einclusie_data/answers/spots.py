"""A spot on the map that someone chose: in a link, by a click, or by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from einclusie_data.city.areas import Areas
from einclusie_data.contract import settings
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.engine.locate import Placement, Supply
from einclusie_data.engine.public import public_offers

DECIMALS = 4
"""Decimals of the degrees of a spot in a link: some 10 m."""

_SPOT = re.compile(r"\s*(-?\d{1,3}(?:\.\d{1,12})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,12})?)\s*", re.ASCII)


@dataclass(frozen=True)
class Spot:
    """A spot.

    Attributes
    ----------
    lat, lon : float
        Degrees (EPSG:4326).
    x, y : float
        The same in metres (EPSG:31370).
    wijk : int
        Position in `areas.wijken`; -1 = outside the city.
    in_river : bool
        It lies in the Schelde: nothing can be reached on foot.
    """

    lat: float
    lon: float
    x: float
    y: float
    wijk: int
    in_river: bool

    @property
    def usable(self) -> bool:
        """It lies in the city, on land."""
        return self.wijk >= 0 and not self.in_river


def spot_text(lat: float, lon: float) -> str:
    """A spot as it stands in a link.

    Examples
    --------
    >>> spot_text(51.21931, 4.385)
    '51.2193,4.3850'
    """
    return f"{lat:.{DECIMALS}f},{lon:.{DECIMALS}f}"


def read_spot(text: str) -> tuple[float, float] | None:
    """Latitude and longitude of a spot in a link; None when the text is none.

    Examples
    --------
    >>> read_spot("51.2193,4.3851"), read_spot("91.0,4.0"), read_spot("hier")
    ((51.2193, 4.3851), None, None)
    """
    found = _SPOT.fullmatch(text)
    if found is None:
        return None
    lat, lon = float(found[1]), float(found[2])
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def spot_at(areas: Areas, lat: float, lon: float) -> Spot:
    """The spot at a latitude and longitude, and the wijk that it lies in."""
    x, y = areas.to_lambert([lon], [lat])
    wijk = int(areas.wijken_of_points(x, y)[0])
    in_river = wijk >= 0 and areas.wijken.index[wijk] == settings.RIVER_CODE
    return Spot(lat, lon, float(x[0]), float(y[0]), wijk, bool(in_river))


def spot_problem(spot: Spot) -> str:
    """Why nothing can be looked up around a spot, and the way on; "" when it can."""
    if spot.in_river:
        return "Deze plek ligt in de Schelde. Kies een plek op het land."
    if spot.wijk < 0:
        return "Deze plek ligt buiten de stad Antwerpen. We kennen enkel het aanbod in de stad. Kies een andere plek."
    return ""


def spot_places(supply: Supply, partners: pd.DataFrame) -> dict[str, str]:
    """Spots that can be chosen by name, for who cannot use the map.

    Parameters
    ----------
    supply : Supply
    partners : pandas.DataFrame
        The clean sheet Partners.

    Returns
    -------
    dict of str to str
        Name -> spot as in a link: the middle of every inhabited wijk, then the partners and the places of offers with
        exact coordinates, each by name. Of places with one name the first counts.
    """
    wijken = supply.areas.wijken[supply.areas.wijken["inhabited"]].sort_values("label")
    lon, lat = supply.areas.to_degrees(wijken["centre_x"].to_numpy(), wijken["centre_y"].to_numpy())
    middles = {middle_name(label): spot_text(*at) for label, *at in zip(wijken["label"], lat, lon, strict=True)}
    offers = public_offers(supply.offers[supply.offers["placement"] == Placement.EXACT])
    names = (place_name(*cells) for cells in offers[["location", "address", "name"]].itertuples(index=False))
    known = partners[partners["lat"].notna() & partners["lon"].notna()]
    partner_names = map(mask_personal, known["organisation"])
    places = [*_spots(partner_names, known), *_spots(names, offers)]
    return middles | {name: spot for name, spot in sorted(dict(reversed(places)).items()) if name not in middles}


def middle_name(label: str) -> str:
    """How the middle of a wijk is called."""
    return f"Midden van {label}"


def place_name(location: str, address: str, name: str) -> str:
    """How the place of an offer is called: its location and address, else the offer's name."""
    return ", ".join(filter(None, [location, address])) or name


def _spots(names: Iterable[str], rows: pd.DataFrame) -> Iterator[tuple[str, str]]:
    for name, lat, lon in zip(names, rows["lat"], rows["lon"], strict=True):
        yield name, spot_text(lat, lon)
