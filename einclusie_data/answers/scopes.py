"""The areas that someone can look at: the city, a practice area, a district, a wijk."""

from __future__ import annotations

from dataclasses import dataclass

from einclusie_data.city.areas import Areas
from einclusie_data.city.names import WijkNames
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.schema import CITY_NETWORK
from einclusie_data.contract.text import normalise
from einclusie_data.contract.words import count
from einclusie_data.engine.dataset import Dataset

CITY = "Hele stad"
NETWORK = "Netwerk "
"""What stands before the name of a network in the name of its scope."""


@dataclass(frozen=True)
class Scope:
    """A set of wijken with a name.

    Attributes
    ----------
    name : str
        As chosen on screen.
    codes : tuple of str
        Wijkcodes, sorted.
    text : str
        How the sentence that says what is shown names it.
    """

    name: str
    codes: tuple[str, ...]
    text: str


def _of(name: str, codes: tuple[str, ...], areas: Areas) -> Scope:
    inhabited = int(areas.wijken.loc[list(codes), "inhabited"].sum())
    return Scope(name, tuple(sorted(codes)), f"{name} ({count(inhabited, 'wijk', 'wijken')})")


def network_name(scope: Scope) -> str:
    """The name of the network whose area this is, as the workbook writes it; "" for any other area.

    Examples
    --------
    >>> [network_name(Scope(name, (), "")) for name in ("netwerk Kiel", "Hele stad", "district Deurne")]
    ['Kiel', 'Stad', '']
    """
    if scope.name == CITY:
        return CITY_NETWORK
    return scope.name[len(NETWORK) :] if scope.name.lower().startswith(NETWORK.lower()) else ""


def _networks(dataset: Dataset) -> list[str]:
    """Names of the wijk networks that the workbook speaks of, in alphabetical order."""
    workbook = dataset.workbook
    named = {name for cell in workbook.partners["networks"] for name in cell} | set(workbook.meetings["network"])
    return sorted(name for name in map(mask_personal, named) if name and normalise(name) != normalise(CITY_NETWORK))


def _network_codes(dataset: Dataset, name: str) -> tuple[str, ...]:
    """Wijken of a network: the Gebied, or else the wijk, of the same name; none when nothing is called so."""
    zones = dataset.workbook.zones
    for zone, wijken in zip(zones["name"], zones["wijken"], strict=True):
        if normalise(zone) == normalise(name):
            return tuple(wijken)
    return WijkNames.of(dataset.areas, zones).codes(name)


def scopes(dataset: Dataset) -> dict[str, Scope]:
    """Every area by its name: the city, the networks, the Gebieden, the districts, the inhabited wijken.

    A network whose name is no Gebied and no wijk has no wijken: it can't be chosen.
    """
    areas = dataset.areas
    inhabited = areas.wijken[areas.wijken["inhabited"]]
    city = Scope(CITY, tuple(areas.wijken.index), count(len(inhabited), "wijk", "wijken"))
    found = {CITY: city}
    for network in _networks(dataset):
        codes = _network_codes(dataset, network)
        if codes:
            found[f"{NETWORK}{network}"] = _of(f"netwerk {network}", codes, areas)
    for _, zone in dataset.workbook.zones.iterrows():
        name = mask_personal(str(zone["name"]))
        found[f"Gebied {name}"] = _of(f"gebied {name}", zone["wijken"], areas)
    for district, codes in areas.districts.items():
        if district:
            found[f"District {district}"] = _of(f"district {district}", tuple(codes), areas)
    for code, label in inhabited["label"].sort_values().items():
        found[label] = wijk_scope(areas, str(code))
    return found


def wijk_scope(areas: Areas, code: str) -> Scope:
    """The area of one wijk."""
    label = str(areas.wijken["label"].loc[code])
    return Scope(label, (code,), f"wijk {label}")


def area_scope(areas: Areas, name: str, codes: tuple[str, ...]) -> Scope:
    """The area of one or several wijken, called `name` when there are several."""
    return wijk_scope(areas, codes[0]) if len(codes) == 1 else _of(name, codes, areas)
