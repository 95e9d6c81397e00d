"""What anyone may see of a sheet: its rows without internal data, what was typed but not understood, and a search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.schema import METHODS, OFFERS, Kind, Sheet
from einclusie_data.contract.text import normalise
from einclusie_data.contract.workbook import Workbook

OPENLY_SHOWN = frozenset({"contact"})
"""Keys of the columns in which a phone number or e-mail address is meant for everyone (DESIGN §3)."""
_FREE_TEXT = (Kind.TEXT, Kind.ORGANISATIONS)


def public_rows(rows: pd.DataFrame, sheet: Sheet) -> pd.DataFrame:
    """The rows of a sheet as anyone may see them.

    Parameters
    ----------
    rows : pandas.DataFrame
        Clean rows of `sheet`, other columns allowed.
    sheet : Sheet

    Returns
    -------
    pandas.DataFrame
        The same rows and index without internal columns; an e-mail address or phone number outside Contact is masked.
    """
    shown = rows.drop(columns=[column.key for column in sheet.columns if column.internal], errors="ignore")
    for column in sheet.columns:
        if column.kind in _FREE_TEXT and not column.internal and column.key not in OPENLY_SHOWN:
            shown[column.key] = shown[column.key].map(_masked)
    return shown


def typed_texts(workbook: Workbook, sheet: Sheet) -> pd.DataFrame:
    """What people typed in the cells of a sheet that were not, or not wholly, understood.

    An export writes these texts back, so that nothing is lost and the file means the same when it is uploaded again.

    Returns
    -------
    pandas.DataFrame
        Keys of the columns, index of the clean rows; "" where the clean value says all. Personal details are masked.
    """
    rows: pd.DataFrame = getattr(workbook, sheet.key)
    written = workbook.written.get(sheet.key)
    result = pd.DataFrame(index=rows.index)
    if written is None:
        return result
    report = next(one for one in workbook.reports if one.key == sheet.key)
    found = {(one.column, one.row) for one in workbook.problems if one.sheet == report.name}
    for column in sheet.columns:
        if column.kind in _FREE_TEXT or column.key not in written or column.internal:
            continue
        doubtful = ~rows[column.key].map(_is_known).to_numpy(dtype=bool)
        if column.kind not in (Kind.LATITUDE, Kind.LONGITUDE):  # of a repaired pair the repaired one is written
            doubtful |= np.array([(report.columns[column.key], row) in found for row in rows["row"]], dtype=bool)
        result[column.key] = written[column.key].where(doubtful, "").map(mask_personal)
    return result


def search_rows(rows: pd.DataFrame, keys: Sequence[str], words: str) -> pd.DataFrame:
    """The rows in which every word occurs, whatever its case or accents.

    Parameters
    ----------
    rows : pandas.DataFrame
    keys : sequence of str
        Columns in which to look: str, or tuples of str.
    words : str
        Separated by spaces; none keeps everything.
    """
    wanted = normalise(words).split()
    if not wanted:
        return rows
    texts = [normalise(" ".join(map(_joined, cells))) for cells in rows[list(keys)].itertuples(index=False)]
    return rows[[all(word in text for word in wanted) for text in texts]]


def _is_known(value: object) -> bool:
    return bool(value) and value == value and value is not pd.NaT


def _masked(cell: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return mask_personal(cell) if isinstance(cell, str) else tuple(mask_personal(word) for word in cell)


def _joined(cell: str | tuple[str, ...]) -> str:
    return cell if isinstance(cell, str) else " ".join(cell)


def public_offers(offers: pd.DataFrame) -> pd.DataFrame:
    """The offers (clean or located) as anyone may see them: see `public.public_rows`."""
    return public_rows(offers, OFFERS)


def public_methods(methods: pd.DataFrame, typed: pd.DataFrame) -> pd.DataFrame:
    """The methods as anyone may see them.

    Parameters
    ----------
    methods : pandas.DataFrame
        Clean rows of Methodieken.
    typed : pandas.DataFrame
        From `public.typed_texts`, of the same rows.

    Returns
    -------
    pandas.DataFrame
        The columns of `public.public_rows`, the same index, and two more: `id` (str, the name, with its row where
        that is needed to tell two apart) and `unread` (dict: column -> what someone typed in a cell that was not, or
        not wholly, understood).
    """
    shown = public_rows(methods, METHODS)
    doubled = shown["name"].duplicated(keep=False)
    numbered = [f"{name} (rij {row})" for name, row in zip(shown["name"], shown["row"], strict=True)]
    shown["id"] = shown["name"].where(~doubled, pd.Series(numbered, index=shown.index, dtype=object))
    texts = typed.reindex(shown.index).to_dict("records")
    shown["unread"] = pd.Series([_filled(row) for row in texts], index=shown.index, dtype=object)
    return shown


def _filled(row: dict[Any, Any]) -> dict[str, str]:
    return {str(key): text for key, text in row.items() if text}
