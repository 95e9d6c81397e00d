"""The sheet Behoefte: people per wijk and group, each pair once.

The sheet Gebieden: practice areas that are no official wijk.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from einclusie_data.checking.cells import Note, codes_reader, read_count, wijk_note, wijken_reader
from einclusie_data.checking.rows import Checker, Context, check_common, check_required, clean_table
from einclusie_data.city.names import WijkNames
from einclusie_data.contract.codelists import GROUP
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.privacy import quoted
from einclusie_data.contract.text import compact, split_values


class Zones:
    """The Gebieden of a workbook.

    A Gebied may name wijken, districts and other Gebieden, whatever the order of the rows. One that is given in
    several rows has the wijken of all of them. Inside its own row its name means what it means without it: a Gebied
    "Borgerhout" may consist of the district of that name.

    Parameters
    ----------
    rows : sequence of (str, str)
        Texts of Naam and Wijken.
    names : WijkNames
        Without Gebieden.
    """

    def __init__(self, rows: Sequence[tuple[str, str]], names: WijkNames) -> None:
        self._names = names
        self._cells: dict[str, list[str]] = {}
        self._display: dict[str, str] = {}
        for name, cell in rows:
            if compact(name):
                self._cells.setdefault(compact(name), []).append(cell)
                self._display.setdefault(compact(name), name)
        self._settled: dict[str, tuple[str, ...]] = {}
        self._settle()

    def _parts(self, cell: str) -> list[str]:
        return split_values(cell, lambda word: compact(word) in self._cells or self._names.known(word))

    def _refers(self, part: str, own: str) -> bool:
        """Whether a part of the Gebied `own` (a key) names another Gebied."""
        key = compact(part)
        return key != own and key in self._cells and not self._names.is_wijk(part)

    def _settle(self) -> None:
        """Work out the wijken of every Gebied, those it is made of first."""
        needs = {
            key: {compact(part) for cell in cells for part in self._parts(cell) if self._refers(part, key)}
            for key, cells in self._cells.items()
        }
        used_by: dict[str, list[str]] = {}
        for key, wanted in needs.items():
            for other in wanted:
                used_by.setdefault(other, []).append(key)
        missing = {key: len(wanted) for key, wanted in needs.items()}
        ready = [key for key, count in missing.items() if not count]
        for key in ready:  # it grows while we walk over it
            self._settled[key] = self._wijken_of(key)
            for other in used_by.get(key, ()):
                missing[other] -= 1
                if not missing[other]:
                    ready.append(other)
        circle = {key: self._wijken_of(key) for key in needs if key not in self._settled}
        self._settled |= circle

    def _wijken_of(self, key: str) -> tuple[str, ...]:
        """The wijken of a Gebied (a key), with those of the Gebieden that are settled."""
        codes = {code for cell in watched(self._cells[key]) for code in self.read(self._display[key], cell)[0]}
        return tuple(sorted(codes))

    def read(self, name: str, cell: str) -> tuple[tuple[str, ...], list[Note]]:
        """Wijkcodes of one row, sorted, and a note for every part that is not understood."""
        codes: set[str] = set()
        notes = []
        for part in self._parts(cell):
            if self._refers(part, compact(name)):
                codes.update(self._settled.get(compact(part), ()))
                continue
            match = self._names.resolve(part)
            codes.update(self._names.labels if match.whole_city else match.codes)
            if not match.decided:
                notes.append(wijk_note(part, match.options, self._names))
        return tuple(sorted(codes)), notes

    @property
    def wijken(self) -> dict[str, tuple[str, ...]]:
        """Name of a Gebied -> its wijkcodes, without those that have none."""
        return {self._display[key]: codes for key, codes in self._settled.items() if codes}


def check_zones(checker: Checker, names: WijkNames) -> tuple[pd.DataFrame, WijkNames]:
    """Check the sheet Gebieden.

    Parameters
    ----------
    checker : Checker
    names : WijkNames
        Without Gebieden.

    Returns
    -------
    tuple of (pandas.DataFrame, WijkNames)
        The clean rows, and the names with those of the Gebieden.
    """
    values: dict[str, list[Any]] = {"name": checker.column("name"), "wijken": []}
    rows = list(zip(values["name"], checker.column("wijken"), strict=True))
    zones = Zones(rows, names)
    for place, (name, cell) in enumerate(rows):
        codes, notes = zones.read(name, cell)
        values["wijken"].append(codes)
        checker.report("wijken", place, notes)
    _check_names(checker, values, names)
    check_required(checker, values)
    check_common(checker)
    keep = [number not in checker.findings.left_out for number in checker.numbers]
    return clean_table(checker.sheet, checker.numbers, values, keep), names.with_zones(zones.wijken)


def _check_names(checker: Checker, values: dict[str, list[Any]], names: WijkNames) -> None:
    """Report a Gebied that is given twice, or that has the name of a wijk."""
    seen: dict[str, int] = {}
    for place, name in enumerate(values["name"]):
        key = compact(name)
        if key and key in seen:
            message = (
                f"Het gebied {quoted(name)} staat ook in rij {checker.numbers[seen[key]]}. We nemen de wijken samen."
            )
            checker.warn("gebied-dubbel", place, "name", name, message)
        seen.setdefault(key, place)
        if names.is_wijk(name) and names.resolve(name).codes != values["wijken"][place]:
            message = (
                f"{quoted(name)} is ook een wijk. In de kolom Wijk betekent die naam de wijk. Kies een andere naam."
            )
            checker.warn("gebied-is-wijk", place, "name", name, message)


_YEAR = re.compile(r"(?:19|20|21)\d\d")
_NO_YEAR = -1


def check_need(checker: Checker, context: Context) -> pd.DataFrame:
    """Check the sheet Behoefte.

    Parameters
    ----------
    checker : Checker
    context : Context

    Returns
    -------
    pandas.DataFrame
        One row per wijk and group. Of several rows for one pair only the one of the latest year is there, else the
        last one; the others count as used, since they were understood and compared.
    """
    values: dict[str, list[Any]] = {key: checker.column(key) for key in ("year", "source")}
    _read_wijken(checker, context, values)
    _read_groups(checker, context, values)
    _read_persons(checker, values)
    check_required(checker, {key: checker.column(key) for key in ("wijken", "group", "persons")})
    check_common(checker)
    kept = [number not in checker.findings.left_out for number in checker.numbers]
    return clean_table(checker.sheet, checker.numbers, values, _latest(checker, values, kept))


def _reject(checker: Checker, code: str, place: int, key: str, notes: tuple[Note, ...], otherwise: str) -> None:
    message = notes[0].message if notes else otherwise
    checker.reject(code, place, key, checker.column(key)[place], f"{message} De rij telt niet mee.")


def _read_wijken(checker: Checker, context: Context, values: dict[str, list[Any]]) -> None:
    read = wijken_reader(context.names)
    readings = checker.readings("wijken", lambda text: read((text, "", "")))
    values["wijken"] = [reading.value.codes for reading in readings]
    for place, reading in enumerate(readings):
        if checker.column("wijken")[place] and (len(reading.value.codes) != 1 or reading.notes):
            _reject(checker, "behoefte-wijk", place, "wijken", reading.notes, "Hier hoort precies één wijk.")


def _read_groups(checker: Checker, context: Context, values: dict[str, list[Any]]) -> None:
    readings = checker.readings("group", codes_reader(context.codelists[GROUP.name]))
    values["group"] = [reading.value for reading in readings]
    for place, reading in enumerate(readings):
        if checker.column("group")[place] and (len(reading.value) != 1 or reading.notes):
            _reject(checker, "behoefte-doelgroep", place, "group", reading.notes, "Hier hoort precies één doelgroep.")


def _read_persons(checker: Checker, values: dict[str, list[Any]]) -> None:
    readings = checker.readings("persons", read_count)
    values["persons"] = [reading.value for reading in readings]
    for place, reading in enumerate(readings):
        if checker.column("persons")[place] and reading.notes:
            _reject(checker, reading.notes[0].code, place, "persons", reading.notes, "")


def _year(text: str) -> int:
    years = _YEAR.findall(text)
    return max(int(year) for year in years) if years else _NO_YEAR


def _latest(checker: Checker, values: dict[str, list[Any]], kept: list[bool]) -> list[bool]:
    """Which of the rows that are kept is the one that counts for its wijk and group."""
    winner: dict[tuple[str, str], int] = {}
    candidates = [place for place, keep in enumerate(kept) if keep]
    pairs = {place: (values["wijken"][place][0], values["group"][place][0]) for place in candidates}
    for place in sorted(candidates, key=lambda place: (_year(values["year"][place]), checker.numbers[place])):
        winner[pairs[place]] = place
    for place in candidates:
        best = winner[pairs[place]]
        if best != place:
            message = (
                f"Voor deze wijk en doelgroep staat er ook een cijfer in rij {checker.numbers[best]}. We rekenen met "
                f"dat cijfer, omdat het recenter is of later in de lijst staat. Verwijder er één."
            )
            checker.warn("behoefte-dubbel", place, "persons", checker.column("persons")[place], message)
    return [keep and winner[pairs[place]] == place for place, keep in enumerate(kept)]
