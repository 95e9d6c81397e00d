"""The sheet Aanbod: its cells, what they say together, and what contradicts itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.checking.duplicates import find_duplicates
from einclusie_data.checking.places import BOTH, LATITUDE_ONLY, Coordinates, read_coordinates
from einclusie_data.checking.rows import (
    Checker,
    Context,
    add_marks,
    check_common,
    check_required,
    clean_table,
    read_columns,
    read_wijken,
)
from einclusie_data.checking.values.when import read_when
from einclusie_data.contract.codelists import MOBILE_MODES
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.privacy import quoted

OFFER_FLAGS = ("wijk_given", "whole_city")
"""Columns of the clean offers that the sheet does not have."""

CONTRADICTIONS = frozenset({"wijk-strijdig", "postcode-strijdig", "van-na-tot"})
"""Codes of problems with a cell that we understood, but that does not go with another cell."""

_COORDINATES_WIN = "We volgen de coördinaten. Kijk na wat klopt."


def check_offers(checker: Checker, context: Context) -> pd.DataFrame:
    """Check the sheet Aanbod.

    Parameters
    ----------
    checker : Checker
        Collects what is wrong.
    context : Context

    Returns
    -------
    pandas.DataFrame
        Clean offers (see `Workbook`); rows with an error are left out.
    """
    values = read_columns(checker, context)
    blank_dayparts = [
        not text and not marked for text, marked in zip(checker.column("dayparts"), _marked(checker), strict=True)
    ]
    add_marks(checker, context, values)
    fill_from_when(checker, values, blank_dayparts)
    _add_wijken(checker, context, values)
    place = add_coordinates(checker, context, values)
    _check_place(checker, context, values, place)
    _check_period(checker, values)
    check_required(checker, values)
    check_common(checker)
    left_out = checker.findings.left_out
    keep = [number not in left_out for number in checker.numbers]
    _check_duplicates(checker, values, keep)
    return clean_table(checker.sheet, checker.numbers, values, keep)


def _marked(checker: Checker) -> list[bool]:
    """Rows in which a column of crosses for Dagdeel is filled in."""
    marked = [False] * len(checker.numbers)
    for column in checker.table.marks:
        if column.mark.key == "dayparts":
            marked = [before or bool(cell) for before, cell in zip(marked, column.cells, strict=True)]
    return marked


def fill_from_when(checker: Checker, values: dict[str, list[Any]], blank_dayparts: list[bool]) -> None:
    """Read Wanneer into Dagdeel and Frequentie where those cells are blank."""
    readings = {text: read_when(text) for text in watched(set(values["when"]))}
    for place, (text, frequency) in enumerate(zip(values["when"], checker.column("frequency"), strict=True)):
        if blank_dayparts[place]:
            values["dayparts"][place] = readings[text].dayparts
        if not frequency:
            values["frequency"][place] = readings[text].frequency


def _add_wijken(checker: Checker, context: Context, values: dict[str, list[Any]]) -> None:
    wijken = read_wijken(checker, context, values)
    values["wijken"] = [cell.codes for cell in wijken]
    values["whole_city"] = [cell.whole_city for cell in wijken]
    values["wijk_given"] = [bool(text) for text in checker.column("wijken")]


def add_coordinates(checker: Checker, context: Context, values: dict[str, list[Any]]) -> Coordinates:
    """Read the coordinates of every row and report what is wrong with them."""
    place = read_coordinates(checker.column("lat"), checker.column("lon"), context.areas)
    values["lat"], values["lon"] = place.lat.tolist(), place.lon.tolist()
    for row, found in enumerate(place.notes):
        if found is not None:
            key = "lat" if found.where in (BOTH, LATITUDE_ONLY) else "lon"
            checker.report(key if key in checker.texts else "lon", row, [found.note])
    return place


def _check_place(checker: Checker, context: Context, values: dict[str, list[Any]], place: Coordinates) -> None:
    """Report a stated wijk or postcode in which the coordinates do not lie; the coordinates win."""
    rows = [row for row in np.flatnonzero(~np.isnan(place.lat)).tolist() if values["mode"][row] not in MOBILE_MODES]
    codes = list(context.areas.wijken.index)
    for row, position in zip(rows, context.areas.wijken_of_points(place.x[rows], place.y[rows]), strict=True):
        code = codes[position] if position >= 0 else ""
        where = f"in {quoted(context.names.labels[code])}" if code else "in geen enkele wijk van de stad"
        stated, postcode = values["wijken"][row], values["postcode"][row]
        if stated and code not in stated:
            text = checker.column("wijken")[row]
            message = f"De coördinaten liggen {where}, niet in {quoted(text)}. {_COORDINATES_WIN}"
            checker.warn("wijk-strijdig", row, "wijken", text, message)
        if postcode and code not in context.areas.postcodes[postcode]:
            text = checker.column("postcode")[row]
            message = f"De coördinaten liggen {where}, niet in postcode {postcode}. {_COORDINATES_WIN}"
            checker.warn("postcode-strijdig", row, "postcode", text, message)


def _check_period(checker: Checker, values: dict[str, list[Any]]) -> None:
    first, last = (np.array(values[key], dtype="datetime64[us]") for key in ("valid_from", "valid_to"))
    for row in np.flatnonzero(first > last).tolist():
        message = "Van ligt na Tot, dus dit aanbod is nooit actief. Kijk beide datums na."
        checker.warn("van-na-tot", row, "valid_to", checker.column("valid_to")[row], message)


def _check_duplicates(checker: Checker, values: dict[str, list[Any]], keep: list[bool]) -> None:
    rows = [row for row, kept in enumerate(keep) if kept]
    for row, earlier in find_duplicates(values, rows).items():
        message = (
            f"Deze rij lijkt sterk op rij {checker.numbers[earlier]}: zelfde naam, organisatie en plek. "
            f"Kijk na of het twee keer hetzelfde is. We voegen niets samen."
        )
        checker.warn("mogelijk-dubbel", row, "name", values["name"][row], message)
