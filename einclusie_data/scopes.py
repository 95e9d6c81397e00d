"""The areas that someone can look at: the city, a practice area, a district, a wijk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from einclusie_data.words import count

if TYPE_CHECKING:
    from einclusie_data.areas import Areas
    from einclusie_data.pipeline import Dataset

CITY = "Hele stad"


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


def scopes(dataset: Dataset) -> dict[str, Scope]:
    """Every area by its name: the city, the Gebieden of the workbook, the districts, the inhabited wijken."""
    areas = dataset.areas
    inhabited = areas.wijken[areas.wijken["inhabited"]]
    city = Scope(CITY, tuple(areas.wijken.index), count(len(inhabited), "wijk", "wijken"))
    found = {CITY: city}
    for _, zone in dataset.workbook.zones.iterrows():
        name = f"Gebied {zone['name']}"
        found[name] = _of(name, zone["wijken"], areas)
    for district, codes in areas.districts.items():
        if district:
            found[f"District {district}"] = _of(f"district {district}", tuple(codes), areas)
    for code, label in inhabited["label"].sort_values().items():
        found[label] = Scope(label, (str(code),), f"wijk {label}")
    return found
