"""Tables -> data for the matrix on screen: no Streamlit, no computation of the gap engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from einclusie_data.contract import verdicts
from einclusie_data.contract.words import UNKNOWN, count, whole


@dataclass(frozen=True)
class Matrix:
    """A heat map as plain data.

    Attributes
    ----------
    columns : tuple of str
    rows : list of dict
        District rows (`district`, `totals`: one text per column) and wijk rows (`code`, `label`, `cells`: verdict code
        and note per column, `gaps`: number of open gaps, `ranking`: text), in the order in which they are shown.
    """

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]


ALL_WIJKEN = "Alle wijken"
BY_DISTRICT, BY_GAPS, BY_NEED = "district", "hiaten", "nood"
ORDERS = {BY_DISTRICT: "Per district", BY_GAPS: "Meeste hiaten eerst", BY_NEED: "Hoogste wijkenranking eerst"}
"""Order of the wijken in a matrix -> its label."""


def matrix_of(table: pd.DataFrame, column: str, order: str = BY_DISTRICT) -> Matrix:
    """Lay a gap table out as a matrix; wijken that are not bewoond are left out.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of a gap table.
    column : str
        Column whose values become the columns: doelgroep, type or dagdeel.
    order : str
        By district with the totals of each, or one list: most open gaps first, or highest wijkenranking first (unknown
        last). People of several groups are never added up, so need is what the city's own ranking says.

    Returns
    -------
    Matrix
    """
    shown = table[table["oordeel"] != verdicts.NOT_APPLICABLE]
    columns = tuple(dict.fromkeys(shown[column]))
    districts = _wijken_by_district(shown)
    every = [wijk for wijken in districts.values() for wijk in wijken]
    rows: list[dict[str, Any]] = [{"district": ALL_WIJKEN, "totals": _totals(every)}] if len(districts) > 1 else []
    if order == BY_DISTRICT:
        for district, wijken in districts.items():
            rows += [{"district": district, "totals": _totals(wijken)}, *wijken]
    else:
        rows += sorted(every, key=_SORT_KEYS[order])
    return Matrix(columns, rows)


def _wijken_by_district(shown: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """The rows of the wijken, in one pass over the table: its rows are in the order of the columns."""
    districts: dict[str, dict[str, dict[str, Any]]] = {}
    keys = ("district", "wijkcode", "wijk", "wijkranking", "oordeel", "reden")
    for district, code, label, ranking, verdict, reason in zip(*(shown[key].tolist() for key in keys), strict=True):
        empty = {"code": code, "label": label, "gaps": 0, "ranking": whole(ranking), "cells": []}
        wijk = districts.setdefault(district, {}).setdefault(code, empty)
        wijk["gaps"] += verdict in verdicts.OPEN_GAP
        wijk["cells"].append({"code": verdict, "note": reason})
    return {district: list(wijken.values()) for district, wijken in districts.items()}


def _most_gaps(row: dict[str, Any]) -> tuple[int, str]:
    return -row["gaps"], row["label"]


def _highest_ranking(row: dict[str, Any]) -> tuple[bool, int, str]:
    known = row["ranking"] != UNKNOWN
    return not known, -int(row["ranking"]) if known else 0, row["label"]


_SORT_KEYS: dict[str, Callable[[dict[str, Any]], Any]] = {BY_GAPS: _most_gaps, BY_NEED: _highest_ranking}


def _totals(wijken: list[dict[str, Any]]) -> list[str]:
    """How many of some wijken have an open gap, of how many, per column: "3/22"."""
    by_column = zip(*(wijk["cells"] for wijk in wijken), strict=True)
    return [f"{sum(cell['code'] in verdicts.OPEN_GAP for cell in cells)}/{len(wijken)}" for cells in by_column]


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
