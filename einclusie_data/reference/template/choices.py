"""Drop-down lists and explanations that appear when someone selects a cell of the template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from einclusie_data.contract.schema import Column, Kind

FIRST_ROW, LAST_ROW = 2, 1000
"""Rows of a sheet that get drop-down lists and explanations."""
LAST_LIST_ROW = 300
"""Last row of Lijsten in which an added value appears in the drop-down lists."""
WIJK_LIST = "Wijk"
"""Header of the column in Lijsten with the names of the wijken: a help for filling in, no list of its own."""

SEVERAL = (Kind.CODES, Kind.ORGANISATIONS, Kind.TEXTS, Kind.WIJKEN)
"""Kinds of columns whose cells may hold several values."""
_SEVERAL_START = "Meer dan één"
_LONGEST_TITLE, _LONGEST_PROMPT = 32, 255
_BOUNDS = {
    Kind.POSTCODE: ("textLength", "equal", "4", None, "Een postcode heeft vier cijfers."),
    Kind.LATITUDE: ("decimal", "between", "51", "52", "In Antwerpen is dit een getal zoals 51,2194."),
    Kind.LONGITUDE: ("decimal", "between", "4", "5", "In Antwerpen is dit een getal zoals 4,4025."),
    Kind.DATE: ("date", "greaterThan", "36526", None, "Schrijf een datum als dag/maand/jaar, bijvoorbeeld 1/09/2026."),
}  # 36526 = 1 January 2000


def list_ranges(sheet: str, names: Iterable[str]) -> dict[str, str]:
    """Formula of the filled part of every list's column, so that added values are offered too.

    Parameters
    ----------
    sheet : str
        Sheet with the lists.
    names : iterable of str
        Lists in the order of their columns.

    Returns
    -------
    dict of str to str
        Name of the list -> formula.
    """
    ranges = {}
    for position, name in enumerate(names, start=1):
        letter = get_column_letter(position)
        filled = f"COUNTA({sheet}!${letter}$2:${letter}${LAST_LIST_ROW})"
        ranges[name] = f"OFFSET({sheet}!${letter}$2,0,0,{filled},1)"
    return ranges


def column_validation(column: Column, letter: str, ranges: Mapping[str, str]) -> DataValidation:
    """What a column offers, explains and warns of; nothing is ever refused.

    Parameters
    ----------
    column : Column
    letter : str
        Letter of the column in its sheet.
    ranges : mapping of str to str
        From `list_ranges`.

    Returns
    -------
    openpyxl.worksheet.datavalidation.DataValidation
    """
    choices = ranges.get(WIJK_LIST if column.kind is Kind.WIJKEN else column.codelist.name if column.codelist else "")
    validation = _choice(choices, several=column.kind in SEVERAL) if choices else _bounds(column)
    validation.promptTitle = column.header[:_LONGEST_TITLE]
    validation.prompt = explanation(column)[:_LONGEST_PROMPT]
    validation.showInputMessage = True
    validation.allow_blank = True
    validation.add(f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}")
    return validation


def explanation(column: Column) -> str:
    """What goes into a column, and how to write several values where that is possible."""
    if column.kind not in SEVERAL or ";" in column.help:
        return column.help
    return f"{column.help} {'Zet' if _SEVERAL_START in column.help else f'{_SEVERAL_START}: zet'} er ; tussen."


def _choice(formula: str, *, several: bool) -> DataValidation:
    validation = DataValidation(type="list", formula1=formula, showErrorMessage=True)
    if several:
        validation.errorStyle = "information"
        validation.errorTitle = "Meer dan één waarde?"
        validation.error = "Dat mag: typ een ; tussen de waarden uit de lijst. Klik op OK om je tekst te bewaren."
    else:
        validation.errorStyle = "warning"
        validation.errorTitle = "Niet in de lijst"
        validation.error = "Kies een waarde uit de lijst. Een andere waarde telt als niet ingevuld."
    return validation


def _bounds(column: Column) -> DataValidation:
    if column.kind not in _BOUNDS:
        return DataValidation(type=None)
    kind, operator, low, high, error = _BOUNDS[column.kind]
    return DataValidation(
        type=kind, operator=operator, formula1=low, formula2=high, errorStyle="warning", errorTitle="Klopt dit?",
        error=error, showErrorMessage=True,
    )  # fmt: skip
