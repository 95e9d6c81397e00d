"""The names by which the city's wijken and districts are known, written out (see `names`)."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from einclusie_data.contract.text import compact

CITY = "Antwerpen"
"""In `Gemeente of district` the bare name is the city; in `Wijk` it is the district."""
CITY_DISTRICT = f"district {CITY}"

WHOLE_CITY = (
    "*", "hele stad", "de hele stad", "heel de stad", "gehele stad", "volledige stad", "stadsbreed", "stad",
    "stad Antwerpen", "heel Antwerpen", "Antwerpen stad", "Antwerpen stadsbreed", "Antwerpen hele stad", "alle wijken",
    "alle", "alle districten", "Antwerpen alle wijken", "Antwerpen alle districten", "elke wijk", "elk district",
)  # fmt: skip
"""Ways to say the whole city."""

ALIASES: Mapping[str, tuple[str, ...]] = {
    "ANT01": ("Amandus", "Sint-Amandus", "St-Amandus", "Atheneum"),
    "ANT03": ("Centraal Station Antwerpen", "Station Antwerpen-Centraal"),
    "ANT04": ("Den Dam", "De Dam", "Damwijk"),
    "ANT05": ("Het Eilandje", "'t Eilandje"),
    "ANT09": ("Historisch stadscentrum",),
    "ANT10": ("Het Kiel", "'t Kiel"),
    "ANT18": ("St-Andries", "Sint-Andrieskwartier"),
    "ANT22": ("Theaterbuurt", "Meir"),
    "ANT24": ("Het Zuid", "'t Zuid"),
    "BEZ01": ("Haven Berendrecht-Zandvliet-Lillo", "Haven Bezali"),
    "DEU02": ("Kruininge", "Kuininge", "Bremweide", "Kuininge-Bremweide"),
    "DEU03": ("Gallifort", "Deurne-Dorp", "Dorp Deurne"),
    "EKE05": ("Schoonbroek", "Rozemaai", "Ekeren-Rozemaai"),
    "EKE06": ("Muisbroek", "Bospolder"),
    "WIL02": ("Oosterveld", "Elsdonk"),
}
"""Wijkcode -> other names in use, among them the parts of double names."""

SHARED_NAMES: Mapping[str, tuple[str, ...]] = {
    "Nieuw-Kwartier": ("BER02", "BER03"),
    "Berchem Nieuw-Kwartier": ("BER02", "BER03"),
    "Intra muros": ("BOR02", "BOR03"),
    "Borgerhout Intra muros": ("BOR02", "BOR03"),
}
"""Names, apart from the bare official ones, that fit several wijken: never decided without more information."""


def districts_of(wijken: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """District -> its wijkcodes, without the wijken that lie in none."""
    districts: dict[str, list[str]] = {}
    for code, name in wijken["district"].items():
        if isinstance(name, str) and name:
            districts.setdefault(name, []).append(str(code))
    return {name: tuple(codes) for name, codes in districts.items()}


def _double_forms(name: str, official: str) -> set[str]:
    """A double name also with "en" between its parts."""
    if "&" not in official:
        return {name}
    joined = re.sub(r"\s*[&-]\s*(?=[^&-]*$)", " & ", name)
    return {name, joined, joined.replace(" & ", " ")}


def strong_names(wijken: pd.DataFrame) -> list[tuple[str, tuple[str, ...]]]:
    """Code, label, statistics name, and every name with its district before or after it."""
    result: list[tuple[str, tuple[str, ...]]] = []
    columns = zip(wijken.index, wijken["label"], wijken["statistics_name"], wijken["official_name"],
                  wijken["district"], strict=True)  # fmt: skip
    labels = set(wijken["label"])
    for code, label, statistics, official, district in columns:
        own = sorted(_double_forms(label, official) | _double_forms(statistics, official))
        parts = [district, *_parts(district)] if isinstance(district, str) and district else []
        parts = [part for part in parts if part not in labels]  # "Polder / Lillo" is two wijken
        paired = [*own, *sorted(_double_forms(official, official))]
        names = [label, code, *own, f"{code} {label}", f"{label} {code}"]
        names += [f"{name} ({part})" for name in paired for part in parts]
        names += [f"{part} {name}" for name in paired for part in parts]
        result += [(name, (str(code),)) for name in names]
    return result


def _parts(district: str) -> list[str]:
    """Names of the parts of a district with a double name ("Berendrecht-Zandvliet-Lillo")."""
    parts = district.split("-")
    return [*parts, "-".join(parts[:2]), "Bezali"] if len(parts) > 2 else []


def names_of_districts(districts: Mapping[str, tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
    """Names of districts as they are written in the column Wijk."""
    return [
        (name, codes)
        for district, codes in districts.items()
        for part in (district, *_parts(district))
        for name in (part, f"district {part}", f"{part} (district)", f"heel {part}", f"volledig {part}")
    ]


def district_values(districts: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Key -> value of the clean column `district`."""
    keys = {compact(CITY): CITY}
    for district in districts:
        explicit = CITY_DISTRICT if district == CITY else district
        for part in (district, *_parts(district)):
            for name in (f"district {part}", f"{part} district"):
                keys[compact(name)] = explicit
            for name in (part, f"{CITY} {part}", f"{part} {CITY}"):
                keys.setdefault(compact(name), district)
    return keys
