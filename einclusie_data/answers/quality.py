"""What is wrong or old in the workbook, and which figures are missing: each with what it changes.

How completely each column of the workbook is filled in, and what an empty cell does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.contract import settings, verdicts
from einclusie_data.contract.arrays import Array
from einclusie_data.contract.errors import Problem, Severity
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.schema import METHODS, OFFERS, PARTNERS, Column, Kind, Sheet, sheet_of
from einclusie_data.contract.verdicts import APPROXIMATE
from einclusie_data.contract.words import count, number, period, period_words
from einclusie_data.contract.workbook import Workbook
from einclusie_data.engine.conditions import days_after
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.gaps import Answer, unknown_need
from einclusie_data.engine.judgement import select_words
from einclusie_data.engine.public import public_offers

COUNTED_SHEETS: tuple[Sheet, ...] = (OFFERS, METHODS, PARTNERS)
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
        One of `COUNTED_SHEETS`.

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


PROBLEM_COLUMNS = ("sheet", "row", "column", "severity", "value", "message", "effect")
LEFT_OUT = "Deze rij telt nu niet mee."
LEFT_OUT_TOO = "Deze rij telt nu niet mee. Dat komt door een andere melding over deze rij."
STAYS = "De rij telt mee."
WHOLE = "Alle rijen tellen mee."
_NEVER_COUNTS = {
    "van-na-tot": "Deze rij telt nu niet mee: het aanbod is nooit actief.",
    "behoefte-dubbel": "Dit cijfer telt nu niet mee. We rekenen met dat van de andere rij.",
}
_NOT_READ = "Wat op dit blad staat, telt niet mee."
_NOT_LISTED = "Dit voegt niets toe aan een lijst."
EFFECTS = _NEVER_COUNTS | {
    "blad-onbekend": _NOT_READ,
    "kopregel-ontbreekt": _NOT_READ,
    "lijst-onbekend": _NOT_LISTED,
    "lijst-vast": _NOT_LISTED,
}
"""Code of a warning -> what it changes, where the row, sheet or value counts less than a warning promises."""
INTERNAL_MESSAGE = "Er is iets met deze interne cel. Kijk ze na in het bestand zelf."


def _headers(workbook: Workbook) -> dict[tuple[str, str], str]:
    """Sheet and header, as in the file and as in the contract -> key of the column."""
    found = {}
    for report in workbook.reports:
        for key, header in sheet_of(report.key).headers.items():
            found[report.name, header] = key
        for key, header in report.columns.items():
            found[report.name, header] = key
    return found


def _unknown_cells(workbook: Workbook) -> dict[str, set[int]]:
    """Columns of Aanbod that matter for a verdict -> Excel rows in which we know nothing of them."""
    offers = workbook.offers
    return {key: set(offers["row"][~filled_cells(offers, OFFERS.column(key))]) for key in DECISIVE}


def _drops_its_row(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR or problem.code in _NEVER_COUNTS


def _effect(problem: Problem, key: str, unknown: set[int], left_out: set[tuple[str, int | None]]) -> str:
    """What a problem changes: a row, or what an empty cell does where nothing was understood."""
    if problem.severity is Severity.ERROR:
        return LEFT_OUT
    if problem.code in EFFECTS:
        return EFFECTS[problem.code]
    if problem.row is None:
        return WHOLE
    if (problem.sheet, problem.row) in left_out:
        return LEFT_OUT_TOO
    return f"{STAYS} {DECISIVE[key]}" if problem.row in unknown else STAYS


def problems_table(workbook: Workbook, more: Sequence[Problem] = ()) -> pd.DataFrame:
    """Everything that was found in the file, as anyone may see it.

    Parameters
    ----------
    workbook : Workbook
    more : sequence of Problem
        Found afterwards in the same rows, such as an address that is doubtful.

    Returns
    -------
    pandas.DataFrame
        In order of sheet, row and column. Columns: `sheet`, `row` (nullable; <NA> = the whole sheet or column),
        `column` ("" = the whole row), `severity` (value of `Severity`), `value` (masked; empty for an internal
        column), `message`, `effect` (what it changes).
    """
    keys = _headers(workbook)
    internal = {column.key for column in OFFERS.columns if column.internal}
    offers = {report.name for report in workbook.reports if report.key == OFFERS.key}
    unknown = _unknown_cells(workbook)
    left_out = {(one.sheet, one.row) for one in workbook.problems if _drops_its_row(one)}
    rows = []
    for one in (*workbook.problems, *more):
        key = keys.get((one.sheet, one.column or ""), "")
        hidden = one.sheet in offers and key in internal
        message = INTERNAL_MESSAGE if hidden and one.value else mask_personal(one.message)
        value = "" if hidden else mask_personal(one.value)
        effect = _effect(one, key, unknown.get(key, set()) if one.sheet in offers else set(), left_out)
        column = mask_personal(one.column or "")
        rows.append((mask_personal(one.sheet), one.row, column, one.severity.value, value, message, effect))
    return pd.DataFrame(rows, columns=list(PROBLEM_COLUMNS)).astype({"row": "Int64"})


def problem_places(workbook: Workbook) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sheets and the columns in which something was found, as `problems_table` writes them, each once."""
    sheets = dict.fromkeys(one.sheet for one in workbook.problems)
    columns = dict.fromkeys(one.column for one in workbook.problems if one.column)
    return tuple(dict.fromkeys(map(mask_personal, sheets))), tuple(dict.fromkeys(map(mask_personal, columns)))


def problems_per_column(problems: pd.DataFrame) -> pd.DataFrame:
    """How many errors and warnings each column has: `sheet`, `column`, `errors`, `warnings`; most first."""
    each = problems.assign(
        errors=problems["severity"] == Severity.ERROR.value, warnings=problems["severity"] == Severity.WARNING.value
    )
    counts = each.groupby(["sheet", "column"], sort=False)[["errors", "warnings"]].sum().astype(int).reset_index()
    total = counts["errors"] + counts["warnings"]
    return counts.iloc[np.argsort(-total.to_numpy(), kind="stable")].reset_index(drop=True)


_AGEING_DAYS = settings.STALE_DAYS // 2
_FROM, _UNIT = period(_AGEING_DAYS).split(" ")
_UNTIL = period(settings.STALE_DAYS)
RECENT = f"minder dan {period_words(_AGEING_DAYS)} geleden"
AGEING = f"{_FROM if _UNTIL.endswith(_UNIT) else f'{_FROM} {_UNIT}'} tot {_UNTIL} geleden"
OLD = f"langer dan {_UNTIL} geleden"
NEVER = "niet ingevuld"
BANDS = (RECENT, AGEING, OLD, NEVER)
"""When a row was last checked, in words; the last one is unknown, not old."""


def freshness(checked: pd.Series[Any], on: date) -> pd.Series[Any]:
    """How fresh a row still is: 1 when it was checked today, fading evenly to 0 after `settings.STALE_DAYS`.

    Parameters
    ----------
    checked : pandas.Series of datetime64
        Laatst gecontroleerd.
    on : datetime.date
        Reference date; a later check counts as fresh.

    Returns
    -------
    pandas.Series of float
        0-1 on the same index; NaN = not filled in: unknown, not old.
    """
    return pd.Series(1 + days_after(checked, on) / settings.STALE_DAYS, index=checked.index).clip(0, 1)


def age_bands(checked: pd.Series[Any], on: date) -> pd.Series[Any]:
    """The band (one of `BANDS`) in which each row falls; the border of `OLD` is that of the caveat."""
    age_days = -days_after(checked, on)
    names = select_words(
        [np.isnan(age_days), age_days > settings.STALE_DAYS, age_days >= _AGEING_DAYS],
        [NEVER, OLD, AGEING],
        RECENT,
    )
    return pd.Series(names, index=checked.index, dtype=object)


def ages_table(dataset: Dataset, answer: Answer) -> pd.DataFrame:
    """The active offers with how fresh they still are, the oldest first, then those never checked.

    Returns
    -------
    pandas.DataFrame
        Columns `row`, `name`, `organisations`, `checked`, `freshness`, `band`; index = position in the supply.
    """
    offers = dataset.supply.offers[answer.traits.active]
    found = public_offers(offers)[["row", "name", "organisations", "checked"]]
    on = answer.question.on
    found = found.assign(freshness=freshness(offers["checked"], on), band=age_bands(offers["checked"], on))
    return found.sort_values(["checked", "row"], na_position="last", kind="stable")


RECHECK = f"Kijk na of alles nog klopt. Zet daarna de datum bij {OFFERS.column('checked').header}."


def age_effect(band: str) -> str:
    """What checking a row of this band again would change."""
    if band == NEVER:
        return "We weten dan hoe recent de gegevens zijn."
    if band == OLD:
        return f"Het oordeel krijgt dan geen kanttekening “{verdicts.STALE}” meer door deze rij."
    return "Het aanbod blijft zo lang mogelijk recent."


def stale_verdicts(rows: pd.DataFrame) -> int:
    """How many verdicts of a gap table rest on rows that were not checked for over two years."""
    return int(rows["kanttekening"].str.split("; ").map(lambda caveats: verdicts.STALE in caveats).sum())


def missing_figures(rows: pd.DataFrame) -> pd.DataFrame:
    """For which groups we do not know how many people there are.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of a gap table.

    Returns
    -------
    pandas.DataFrame
        One row per group with a missing figure: `group`, `wijken` (inhabited ones in the rows), `missing` (those
        without a figure), `unranked` (open gaps that can't be ranked because of it). Most unranked gaps first.
    """
    inhabited = rows[rows["oordeel"] != verdicts.NOT_APPLICABLE]
    unranked = unknown_need(inhabited)["doelgroep"].value_counts()
    found = [
        (group, len(part), int(part["personen"].isna().sum()), int(unranked.get(group, 0)))
        for group, part in inhabited.groupby("doelgroep", sort=False)
    ]
    table = pd.DataFrame(found, columns=["group", "wijken", "missing", "unranked"])
    table = table[table["missing"] > 0]
    return table.sort_values("unranked", ascending=False, kind="stable").reset_index(drop=True)


def figure_sentence(row: pd.Series[Any]) -> str:
    """What a row of `missing_figures` means, in a sentence."""
    if row["wijken"] == 1:
        return "We hebben geen cijfer voor deze wijk."
    if row["missing"] == row["wijken"]:
        return f"We hebben voor geen van de {number(row['wijken'])} wijken een cijfer."
    return f"We hebben voor {number(row['missing'])} van de {number(row['wijken'])} wijken geen cijfer."


def figure_effect(row: pd.Series[Any]) -> str:
    """What completing the figures of a row of `missing_figures` would change."""
    if not row["unranked"]:
        return "We weten dan hoeveel mensen buiten bereik wonen."
    return f"We kunnen dan zeggen hoe dringend {count(row['unranked'], 'mogelijk hiaat is', 'mogelijke hiaten zijn')}."
