"""Tables -> data for the matrix on screen: no Streamlit, no computation of the gap engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from einclusie_data import verdicts
from einclusie_data.words import count

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Matrix:
    """A heat map as plain data.

    Attributes
    ----------
    columns : tuple of str
    rows : list of dict
        District rows (`district`, `totals`: one text per column) and wijk rows (`code`, `label`, `cells`: verdict code
        and note per column), in the order in which they are shown.
    """

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]


def matrix_of(table: pd.DataFrame, column: str) -> Matrix:
    """Lay a gap table out as a matrix, grouped by district; wijken that are not bewoond are left out.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of a gap table.
    column : str
        Column whose values become the columns: doelgroep, type or dagdeel.

    Returns
    -------
    Matrix
    """
    shown = table[table["oordeel"] != verdicts.NOT_APPLICABLE]
    columns = tuple(dict.fromkeys(shown[column]))
    rows: list[dict[str, Any]] = []
    for district, part in shown.groupby("district", sort=False):
        rows.append({"district": str(district), "totals": _totals(part, column, columns)})
        for code, cells in part.groupby("wijkcode", sort=False):
            by_column = cells.set_index(column)
            pairs = zip(by_column["oordeel"].reindex(columns), by_column["reden"].reindex(columns), strict=True)
            rows.append(
                {
                    "code": str(code),
                    "label": cells["wijk"].iloc[0],
                    "cells": [{"code": verdict, "note": reason} for verdict, reason in pairs],
                }
            )
    return Matrix(columns, rows)


def _totals(part: pd.DataFrame, column: str, columns: tuple[str, ...]) -> list[str]:
    """How many wijken of a district have an open gap, of how many, per column: "3/22"."""
    is_open = part["oordeel"].isin(verdicts.OPEN_GAP)
    wijken = part["wijkcode"].nunique()
    return [f"{int(is_open[part[column] == name].sum())}/{wijken}" for name in columns]


def verdict_counts(table: pd.DataFrame) -> dict[str, int]:
    """How many wijken have each verdict, in the order of the legend, `nvt` apart.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of a gap table for one group.
    """
    counts = table["oordeel"].value_counts()
    return {code: int(counts.get(code, 0)) for code in verdicts.VERDICTS if code != verdicts.NOT_APPLICABLE}


def open_gaps_text(table: pd.DataFrame) -> str:
    """How many wijken have a mogelijk hiaat, of how many: "12 van 59 wijken"."""
    inhabited = table[table["oordeel"] != verdicts.NOT_APPLICABLE]
    is_open = int(inhabited["oordeel"].isin(verdicts.OPEN_GAP).sum())
    return f"{is_open} van {count(len(inhabited), 'wijk', 'wijken')}"
