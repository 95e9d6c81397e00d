"""Columns that the published workbook had filled in and a new one lost: asked about before publishing (DESIGN §3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from einclusie_data.contract.schema import SHEETS, Sheet
from einclusie_data.contract.text import compact
from einclusie_data.contract.workbook import Workbook

COLUMNS = ("sheet", "column", "cells", "internal", "emptied", "public")
"""Columns of `lost_columns`."""


def lost_columns(old: Workbook, new: Workbook) -> pd.DataFrame:
    """What a newer workbook no longer has.

    Parameters
    ----------
    old, new : Workbook

    Returns
    -------
    pandas.DataFrame
        One row per lost column, in the order of the sheets: `sheet` (name in the older file), `column` (header there;
        "" = a whole sheet), `cells` (how many cells held something), `internal` (bool: for the
        trekker alone), `emptied` (bool: the column is still there, but nothing is left in it), `public` (bool: a column
        or sheet of the contract that anyone may see).
    """
    lost = [one for sheet in SHEETS for one in _of_sheet(old, new, sheet)]
    return pd.DataFrame([*lost, *_unknown_sheets(old, new)], columns=list(COLUMNS))


def _of_sheet(old: Workbook, new: Workbook, sheet: Sheet) -> list[tuple[Any, ...]]:
    """The lost columns of a sheet; one line for all of them when the sheet itself is gone."""
    lost = [*_of_contract(old, new, sheet), *_unknown(old, new, sheet)]
    if len(lost) > 1 and not _columns_of(new, sheet)[1]:
        return [(lost[0][0], "", sum(cells for _, _, cells, *_ in lost), False, False, True)]
    return lost


def _columns_of(workbook: Workbook, sheet: Sheet) -> tuple[str, dict[str, str]]:
    """Name of the sheet in the file, and key -> header of its columns; ("", {}) without that sheet."""
    return next(((one.name, dict(one.columns)) for one in workbook.reports if one.key == sheet.key), ("", {}))


def _filled(workbook: Workbook, sheet: Sheet, key: str) -> int:
    """How many cells of a column hold something: typed, or given as crosses."""
    written = workbook.written.get(sheet.key)
    if written is not None and key in written:
        return int((written[key] != "").sum())
    cells = getattr(workbook, sheet.key)[key]
    return sum(1 for cell in cells if not (pd.isna(cell) if not isinstance(cell, tuple) else False) and cell)


def _of_contract(old: Workbook, new: Workbook, sheet: Sheet) -> Iterator[tuple[Any, ...]]:
    (name, before), (_, after) = _columns_of(old, sheet), _columns_of(new, sheet)
    for column in sheet.columns:
        cells = _filled(old, sheet, column.key) if column.key in before else 0
        emptied = column.key in after
        if cells and not (emptied and _filled(new, sheet, column.key)):
            yield name, before[column.key], cells, column.internal, emptied, not column.internal


def _unknown(old: Workbook, new: Workbook, sheet: Sheet) -> Iterator[tuple[Any, ...]]:
    before, after = old.extra.get(sheet.key), new.extra.get(sheet.key)
    left = {compact(str(header)): _not_empty(cells) for header, cells in ({} if after is None else after).items()}
    for header, cells in ({} if before is None else before).items():
        key, count = compact(str(header)), _not_empty(cells)
        if count and not left.get(key):
            yield _columns_of(old, sheet)[0], str(header), count, False, key in left, False


def _not_empty(cells: pd.Series) -> int:
    return int((cells != "").sum())


def _unknown_sheets(old: Workbook, new: Workbook) -> Iterator[tuple[Any, ...]]:
    there = {compact(sheet.name) for sheet in new.unknown_sheets}
    for sheet in old.unknown_sheets:
        cells = sum(1 for row in sheet.rows for cell in row if cell)
        if cells and compact(sheet.name) not in there:
            yield sheet.name, "", cells, False, False, False
