"""How completely each column of the workbook is filled in, and what an empty cell does."""

from __future__ import annotations

import numpy as np
import pandas as pd

from einclusie_data.contract.arrays import Array
from einclusie_data.contract.schema import METHODS, OFFERS, PARTNERS, Column, Kind, Sheet
from einclusie_data.contract.verdicts import APPROXIMATE
from einclusie_data.contract.workbook import Workbook

SHEETS: tuple[Sheet, ...] = (OFFERS, METHODS, PARTNERS)
"""The sheets whose columns are counted."""

_FILTERED = "valt weg zodra iemand hierop filtert. Een wijk kan dan onbekend worden."

DECISIVE: dict[str, str] = {
    "groups": "We weten niet voor wie het is. Een wijk kan daardoor onbekend worden.",
    "types": f"Het aanbod {_FILTERED} De startkeuze filtert op type.",
    "wijken": "Zonder wijk of punt weten we niet waar het is. Dan telt het nergens mee, of wordt een wijk onbekend.",
    "lat": f"We gebruiken het midden van de wijk. Het oordeel krijgt dan soms “{APPROXIMATE}”.",
    "lon": f"We gebruiken het midden van de wijk. Het oordeel krijgt dan soms “{APPROXIMATE}”.",
    "address": "Niemand kan opzoeken waar het precies is.",
    "postcode": "Is ook de wijk leeg, dan weten we zelfs niet in welk deel van de stad het is.",
    "district": "Is ook de wijk leeg, dan weten we zelfs niet in welk deel van de stad het is.",
    "mode": "We rekenen het als aanbod op één plek. Hulp aan huis of online missen we dan.",
    "frequency": "We rekenen het als geregeld. Komt het zelden, dan is het oordeel te gunstig.",
    "status": "Leeg mag: we rekenen het als actief. Is het gestopt, dan is het oordeel te gunstig.",
    "valid_from": "Leeg mag: we rekenen dat het al loopt.",
    "valid_to": "Leeg mag: we rekenen dat het blijft lopen.",
    "checked": "We weten niet hoe recent de gegevens zijn, en waarschuwen dus niet als ze oud zijn.",
    "dayparts": f"Het aanbod {_FILTERED}",
    "price": f"Het aanbod {_FILTERED}",
    "signup": f"Het aanbod {_FILTERED}",
    "languages": f"Het aanbod {_FILTERED}",
}
"""Columns of Aanbod that matter for a verdict, most important first -> what an empty cell does to it."""

_FOUND_BY = "Wie hierop zoekt, vindt deze methodiek niet."
_OTHERS = {
    METHODS.key: dict.fromkeys(("audience", "groups", "types", "themes", "level", "languages"), _FOUND_BY)
    | {"used_by": "Niemand weet bij wie men raad kan vragen."},
    PARTNERS.key: {
        "other_names": "Staat een oude naam in het blad Aanbod, dan herkennen we die niet altijd.",
        "networks": "We weten niet bij welk netwerk de partner hoort.",
        "role": "We weten niet wie trekker, lid of mogelijke partner is.",
    },
}
_NO_EFFECT = "Geen oordeel hangt hiervan af."
_REQUIRED = "Verplicht: zonder telt de rij niet mee."

COLUMNS = ("key", "header", "matters", "filled", "not_understood", "empty", "effect")


def effect_of(sheet: Sheet, key: str) -> str:
    """What an empty cell does, in a sentence."""
    effects = DECISIVE if sheet is OFFERS else _OTHERS.get(sheet.key, {})
    if sheet.column(key).required:
        return _REQUIRED
    return effects.get(key, _NO_EFFECT)


def filled_cells(table: pd.DataFrame, column: Column) -> Array:
    """Which cells say something that we understood."""
    cells = table[column.key]
    if column.kind in (Kind.DATE, Kind.LATITUDE, Kind.LONGITUDE, Kind.COUNT):
        return cells.notna().to_numpy(dtype=bool)
    filled = cells.map(bool).to_numpy(dtype=bool)
    return filled | table["whole_city"].to_numpy(dtype=bool) if _may_be_whole_city(table, column) else filled


def _may_be_whole_city(table: pd.DataFrame, column: Column) -> bool:
    return column.kind is Kind.WIJKEN and "whole_city" in table


def _written(workbook: Workbook, sheet: Sheet, key: str, size: int) -> Array:
    """Which cells hold some text, understood or not."""
    written = workbook.written.get(sheet.key)
    if written is None or key not in written:
        return np.zeros(size, dtype=bool)
    return (written[key] != "").to_numpy(dtype=bool)


def completeness(workbook: Workbook, sheet: Sheet) -> pd.DataFrame:
    """How many cells of each column are filled in.

    Parameters
    ----------
    workbook : Workbook
    sheet : Sheet
        One of `SHEETS`.

    Returns
    -------
    pandas.DataFrame
        One row per column that anyone may see, those that matter for a verdict first. Columns: `key`, `header`,
        `matters` (bool: a verdict depends on it), `filled`, `not_understood` (there is a text, but we could not read
        it), `empty` (these three add up to the rows of the sheet), `effect` (what an empty cell does).
    """
    table: pd.DataFrame = getattr(workbook, sheet.key)
    rows = []
    for column in sheet.columns:
        if column.internal:
            continue
        filled = filled_cells(table, column)
        unread = _written(workbook, sheet, column.key, len(table)) & ~filled
        counts = (int(filled.sum()), int(unread.sum()), int((~filled & ~unread).sum()))
        matters = sheet is OFFERS and column.key in DECISIVE
        rows.append((column.key, column.header, matters, *counts, effect_of(sheet, column.key)))
    found = pd.DataFrame(rows, columns=list(COLUMNS))
    first = {key: place for place, key in enumerate(DECISIVE)} if sheet is OFFERS else {}
    order = found["key"].map(lambda key: first.get(key, len(first)))
    return found.iloc[np.argsort(order.to_numpy(), kind="stable")].reset_index(drop=True)
