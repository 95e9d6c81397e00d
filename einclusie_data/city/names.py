"""Names of wijken and districts as people write them -> wijkcodes (DESIGN §3).

Only ten of the 67 official names are the same in the city's own files, so a wijk is known by many names. The first
of these tables that knows the whole name decides: code, label, Stad in Cijfers name or official name with its
district; Gebied; district (all its wijken); alias; bare official name. A bare name that fits several wijken
("Centrum") is decided by the row's district, then by its postcode, and otherwise stays undecided.

The names by which the city's wijken and districts are known, written out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass

import pandas as pd

from einclusie_data.city.areas import Areas
from einclusie_data.contract.text import ClosestKeys, compact, normalise

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


_PREFIX = re.compile(r"^(?:de )?(?:wijk|buurt|stadswijk) | (?:wijk|buurt)$")
_POSTCODE = re.compile(r"\b(?:B\s*-?\s*)?\d{4}\b", re.IGNORECASE)


@dataclass(frozen=True)
class WijkMatch:
    """What a name in the column Wijk stands for.

    Attributes
    ----------
    codes : tuple of str
        Wijkcodes, sorted; () when the name was not understood or not decided, and for the whole city.
    options : tuple of str
        The wijkcodes that an undecided name fits.
    whole_city : bool
    """

    codes: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    whole_city: bool = False

    @property
    def known(self) -> bool:
        """Whether the name means something, decided or not."""
        return self.decided or bool(self.options)

    @property
    def decided(self) -> bool:
        """Whether it is clear which wijken the name stands for."""
        return bool(self.codes) or self.whole_city


class WijkNames:
    """Every name by which the wijken are known.

    Parameters
    ----------
    wijken : pandas.DataFrame
        Index wijkcode; columns `label`, `district` ("" for none), `official_name`, `statistics_name`.
    postcodes : mapping of str to tuple of str
        Postcode -> wijkcodes it touches.
    """

    def __init__(self, wijken: pd.DataFrame, postcodes: Mapping[str, tuple[str, ...]]) -> None:
        self.labels: dict[str, str] = {str(code): str(label) for code, label in wijken["label"].items()}
        self._postcodes = postcodes
        self._display: dict[str, str] = {}
        self._closest: ClosestKeys | None = None
        self._city = {compact(name) for name in WHOLE_CITY}
        self._districts = districts_of(wijken)
        self._tables: tuple[dict[str, tuple[str, ...]], ...] = (
            self._full_names(wijken),
            {},
            self._index(names_of_districts(self._districts)),
            self._index((name, (code,)) for code, names in ALIASES.items() for name in names if code in self.labels),
            self._index(self._bare_names(wijken)),
        )
        self._district_keys = district_values(self._districts)

    @classmethod
    def of(cls, areas: Areas, zones: pd.DataFrame) -> WijkNames:
        """The names of a city and of the Gebieden of a workbook (its clean table)."""
        wijken_of: dict[str, set[str]] = {}
        for name, codes in zip(zones["name"], zones["wijken"], strict=True):
            wijken_of.setdefault(name, set()).update(codes)
        names = cls(areas.wijken, areas.postcodes)
        return names.with_zones({name: tuple(sorted(codes)) for name, codes in wijken_of.items()})

    def with_zones(self, zones: Mapping[str, tuple[str, ...]]) -> WijkNames:
        """The same names and those of Gebieden.

        Parameters
        ----------
        zones : mapping of str to tuple of str
            Name of a Gebied -> its wijkcodes.
        """
        result = copy(self)
        result._display = dict(self._display)
        own, _, *others = self._tables
        result._tables = (own, result._index(zones.items()), *others)
        result._closest = None
        return result

    def is_wijk(self, text: str) -> bool:
        """Whether a text is the code, a full name or the label of one wijk, which no Gebied can take over."""
        return compact(text) in self._tables[0]

    def _index(self, names: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
        """Key -> wijkcodes; a key that is given twice stands for all of them."""
        index: dict[str, set[str]] = {}
        for name, codes in names:
            key = compact(name)
            if key:
                index.setdefault(key, set()).update(codes)
                self._display.setdefault(key, name)
        return {key: tuple(sorted(codes)) for key, codes in index.items()}

    def _full_names(self, wijken: pd.DataFrame) -> dict[str, tuple[str, ...]]:
        """Names of one wijk; a district keeps its own name ("Berendrecht-Zandvliet-Lillo" is not Lillo)."""
        districts = {compact(name) for name in self._districts}
        return {key: codes for key, codes in self._index(strong_names(wijken)).items() if key not in districts}

    def _bare_names(self, wijken: pd.DataFrame) -> list[tuple[str, tuple[str, ...]]]:
        official = [(str(name), (str(code),)) for code, name in wijken["official_name"].items()]
        shared = [(name, tuple(code for code in codes if code in self.labels)) for name, codes in SHARED_NAMES.items()]
        return official + [(name, codes) for name, codes in shared if codes]

    def _lookup(self, plain: str) -> tuple[tuple[str, ...], bool]:
        """Wijkcodes of a normalised name, and whether it is a bare name that means one of them."""
        for name in dict.fromkeys((plain, _PREFIX.sub("", plain))):
            key = name.replace(" ", "")
            for table in self._tables:
                if key in table:
                    return table[key], table is self._tables[-1]
        return (), False

    def resolve(self, text: str, district: str = "", postcode: str = "") -> WijkMatch:
        """The wijken that one name stands for.

        Parameters
        ----------
        text : str
            One name.
        district, postcode : str
            Of the row, as in the clean table; they decide a bare name that fits several wijken.

        Returns
        -------
        WijkMatch
        """
        plain = normalise(text)
        if plain.replace(" ", "") in self._city:
            return WijkMatch(whole_city=True)
        codes, one_of = self._lookup(plain)
        if not one_of or len(codes) < 2:
            return WijkMatch(codes)
        of_district = self._districts.get(district.removeprefix("district "), ())
        for fitting in (of_district, self._postcodes.get(postcode, ())):
            left = tuple(code for code in codes if code in fitting)
            if len(left) == 1:
                return WijkMatch(left)
        return WijkMatch(options=codes)

    def codes(self, text: str) -> tuple[str, ...]:
        """Wijkcodes of a name, all of them for the whole city; () when it is unknown or undecided."""
        match = self.resolve(text)
        return tuple(sorted(self.labels)) if match.whole_city else match.codes

    def known(self, text: str) -> bool:
        """Whether a text is one name of a wijk, a district, a Gebied or the whole city."""
        return self.resolve(text).known

    def district(self, text: str) -> str | None:
        """The district that a cell of `Gemeente of district` names, or None.

        "Antwerpen" is the city; "district Antwerpen" is the district of that name.
        """
        key = compact(_POSTCODE.sub(" ", text))
        return CITY if key in self._city else self._district_keys.get(key)

    @property
    def district_names(self) -> tuple[str, ...]:
        """Official names of the districts."""
        return tuple(self._districts)

    def closest(self, text: str) -> str | None:
        """The known name that a text resembles most, as it is to be written, or None."""
        if self._closest is None:
            self._closest = ClosestKeys(self._display)
        found = self._closest.of(compact(text))
        if found is None:
            return None
        codes, _ = self._lookup(found)
        return self.labels[codes[0]] if len(codes) == 1 else self._display[found]

    def closest_district(self, text: str) -> str | None:
        """The district that a text resembles most, or None."""
        names = {compact(name): name for name in self._districts}
        found = ClosestKeys(names).of(compact(text))
        return names[found] if found else None
