"""The sheet Behoefte: people per wijk and group, each pair once."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from einclusie_data.checking.cells import Note, codes_reader, read_count, wijken_reader
from einclusie_data.checking.clean_tables import clean_table
from einclusie_data.checking.common import check_common, check_required
from einclusie_data.checking.rows import Checker, Context

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
    readings = checker.readings("group", codes_reader(context.codelists["Doelgroep"]))
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
