"""Clean tables: the columns and kinds that `workbook.Workbook` promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.checking.rows import Checker
from einclusie_data.checking.tables import RawTable
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.schema import REPAIR_COLUMN, Column, Kind, Sheet
from einclusie_data.contract.text import compact, normalise
from einclusie_data.contract.workbook import How, SheetReport, UnderstoodColumn

_TUPLES = (Kind.TEXTS, Kind.CODES, Kind.ORGANISATIONS, Kind.WIJKEN)
_NUMBERS = (Kind.LATITUDE, Kind.LONGITUDE, Kind.COUNT)


def _array(column: Column, values: Sequence[Any]) -> Any:
    if column.kind in _TUPLES:
        tuples = np.empty(len(values), dtype=object)
        tuples[:] = values
        return tuples
    if column.kind is Kind.DATE:
        return np.array(values, dtype="datetime64[us]")
    if column.kind in _NUMBERS:
        return np.array(values, dtype=float)
    return pd.array(values, dtype="str")


def clean_table(
    sheet: Sheet, numbers: Sequence[int], values: Mapping[str, Sequence[Any]], keep: Sequence[bool] | None = None
) -> pd.DataFrame:
    """The clean table of a sheet.

    Parameters
    ----------
    sheet : Sheet
    numbers : sequence of int
        Excel row per data row.
    values : mapping of str to sequence
        Per column one value per data row; keys that the sheet does not have are flags (bool).
    keep : sequence of bool, optional
        Rows to keep; all when not given.
    """
    kept = [place for place, wanted in enumerate(keep or [True] * len(numbers)) if wanted]
    columns: dict[str, Any] = {"row": np.array([numbers[place] for place in kept], dtype=np.int64)}
    for column in watched(sheet.columns):
        columns[column.key] = _array(column, [values[column.key][place] for place in kept])
    for key in values.keys() - columns.keys():
        columns[key] = np.array([values[key][place] for place in kept], dtype=bool)
    return pd.DataFrame(columns)


def empty_table(sheet: Sheet, flags: Sequence[str] = ()) -> pd.DataFrame:
    """The clean table of a sheet that the file does not have."""
    return clean_table(sheet, [], {**{column.key: [] for column in sheet.columns}, **{flag: [] for flag in flags}})


def report_of(checker: Checker) -> SheetReport:
    """What was understood of a sheet, once it is checked."""
    table = checker.table
    columns = dict(table.headers)
    for mark in table.marks:
        columns.setdefault(mark.mark.key, mark.header)
    return SheetReport(
        key=checker.sheet.key,
        name=table.raw.name,
        header_row=table.raw.numbers[table.header.position],
        columns=columns,
        unknown_columns=tuple(table.extra),
        rows_read=len(checker.numbers),
        rows_used=len(checker.numbers) - len(checker.findings.left_out),
        understood=_understood(table),
        unmatched=MappingProxyType(_unmatched(table)),
        places=MappingProxyType(table.places | table.positions | _own(table)),
    )


def _own(table: RawTable) -> dict[str, int]:
    """The column of an earlier repair, under its name in `schema`."""
    names = [compact(name) for name in table.header.names]
    own = compact(REPAIR_COLUMN)
    return {REPAIR_COLUMN: names.index(own)} if own in names else {}


def _understood(table: RawTable) -> tuple[UnderstoodColumn, ...]:
    header = table.header
    found = [(place, key, header.how[key]) for key, place in header.columns.items()]
    found += [(column.mark.place, column.mark.key, How.CROSSES) for column in table.marks]
    return tuple(UnderstoodColumn(header.names[place], key, how) for place, key, how in sorted(found))


def _unmatched(table: RawTable) -> dict[str, str]:
    """Name -> header of the columns that can still be matched by hand; equal headers are matched together."""
    header = table.header
    found: dict[str, tuple[str, str]] = {}
    for name, place in table.places.items():
        if header.names[place] and place not in header.ignored:
            found.setdefault(normalise(header.names[place]), (name, header.names[place]))
    return dict(found.values())
