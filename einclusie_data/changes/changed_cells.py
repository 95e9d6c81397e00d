"""What changed in the rows that two versions of a sheet share, cell by cell, as people typed it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from einclusie_data.changes.meanings import NUMBER, Meanings
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.schema import OFFERS, Column, Kind, Sheet
from einclusie_data.contract.text import compact
from einclusie_data.contract.workbook import Workbook
from einclusie_data.engine.public import OPENLY_SHOWN

COLUMNS = ("row", "row_before", "name", "column", "before", "after", "secret")
"""Columns of `cell_changes`."""

SEPARATOR = "; "
_FILLED_FROM_WHEN = ("dayparts", "frequency")
"""Columns of Aanbod whose blank cells are read from Wanneer: there a blank cell has a value that nobody typed."""


def cell_changes(
    old: Workbook, new: Workbook, sheet: Sheet, pairs: Sequence[tuple[int, int]], meanings: Meanings
) -> pd.DataFrame:
    """The cells that say something else than before.

    Parameters
    ----------
    old, new : Workbook
    sheet : Sheet
    pairs : sequence of (int, int)
        Positions of the same row in either version.
    meanings : Meanings
        Of this sheet.

    Returns
    -------
    pandas.DataFrame
        One row per cell, in the order of the newer sheet and of its columns: `row` and `row_before` (Excel rows),
        `name` (the newer one), `column` (the contract's header, or that of a column that is not in the contract),
        `before` and `after` (as typed, dates as 2026-09-01, personal details masked), `secret` (an internal column, or
        one that we don't know: the texts are then left out, "").
    """
    here, there = [one for one, _ in pairs], [other for _, other in pairs]
    found: list[tuple[Any, ...]] = []
    for place, column in enumerate(watched(sheet.columns)):
        differs = meanings.old[here, place] != meanings.new[there, place]
        if column.key == NUMBER or not differs.any() or (column.internal and not _both_have(old, new, sheet, column)):
            continue
        before, after = _texts(old, sheet, column), _texts(new, sheet, column)
        found += [
            (at, place, column.header, *_shown(before[one], after[other], column), column.internal)
            for at, (one, other) in enumerate(watched(pairs))
            if differs[at] and before[one] != after[other]
        ]
    found += _unknown_columns(old, new, sheet, pairs)
    return _as_table(old, new, sheet, pairs, sorted(found, key=lambda cell: cell[:2]))


def _as_table(
    old: Workbook, new: Workbook, sheet: Sheet, pairs: Sequence[tuple[int, int]], found: Sequence[tuple[Any, ...]]
) -> pd.DataFrame:
    before, after = getattr(old, sheet.key), getattr(new, sheet.key)
    rows, rows_before = after["row"].tolist(), before["row"].tolist()
    names = after[next(column.key for column in sheet.columns if column.required)].tolist()
    shown = {name: mask_personal(name) for name in {names[pairs[at][1]] for at, *_ in found}}
    cells = [
        (rows[pairs[at][1]], rows_before[pairs[at][0]], shown[names[pairs[at][1]]], *rest) for at, _, *rest in found
    ]
    return pd.DataFrame(cells, columns=list(COLUMNS))


def _columns_of(workbook: Workbook, sheet: Sheet) -> frozenset[str] | None:
    """Keys of the columns that the file has; None when that is not known."""
    return next((frozenset(report.columns) for report in workbook.reports if report.key == sheet.key), None)


def _both_have(old: Workbook, new: Workbook, sheet: Sheet, column: Column) -> bool:
    """A column that one version does not have is asked about as a whole (`lost_columns`)."""
    return all(
        columns is None or column.key in columns for columns in (_columns_of(old, sheet), _columns_of(new, sheet))
    )


def _texts(workbook: Workbook, sheet: Sheet, column: Column) -> list[str]:
    """The cells of a column as people typed them; of columns of crosses, the values that the crosses stand for."""
    values = getattr(workbook, sheet.key)[column.key].tolist()
    columns = _columns_of(workbook, sheet)
    if columns is not None and column.key not in columns:
        return [""] * len(values)
    written = workbook.written.get(sheet.key)
    typed = written[column.key].tolist() if written is not None and column.key in written else None
    if column.kind is Kind.DATE:
        return [_day(value) or text for value, text in zip(values, typed or [""] * len(values), strict=True)]
    if typed is None:
        return [_joined(value) for value in values]
    if sheet is OFFERS and column.key in _FILLED_FROM_WHEN:
        return typed
    return [text or _joined(value) for value, text in zip(values, typed, strict=True)]


def _day(value: pd.Timestamp) -> str:
    return "" if pd.isna(value) else f"{value:%Y-%m-%d}"


def _joined(value: Any) -> str:
    if isinstance(value, tuple):
        return SEPARATOR.join(value)
    if isinstance(value, float):
        return "" if pd.isna(value) else repr(value)
    return str(value)


def _shown(before: str, after: str, column: Column) -> tuple[str, str]:
    """The texts as anyone may see them."""
    if column.internal:
        return "", ""
    return (before, after) if column.key in OPENLY_SHOWN else (mask_personal(before), mask_personal(after))


def _unknown_columns(
    old: Workbook, new: Workbook, sheet: Sheet, pairs: Sequence[tuple[int, int]]
) -> list[tuple[Any, ...]]:
    """Changed cells of the columns that are not in the contract and that both versions have."""
    before, after = (
        {compact(str(header)): (header, cells.tolist()) for header, cells in book.extra[sheet.key].items()}
        if sheet.key in book.extra
        else {}
        for book in (old, new)
    )
    return [
        (at, len(sheet.columns), str(header), "", "", True)
        for key, (header, texts) in watched(after.items())
        if key in before
        for at, (one, other) in enumerate(pairs)
        if before[key][1][one].split() != texts[other].split()
    ]
