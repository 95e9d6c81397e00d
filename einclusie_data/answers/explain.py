"""Why a verdict is what it is: the offers that count for a cell of the gap table, and those that nearly do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.contract import codelists, settings
from einclusie_data.contract.arrays import Array
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.questions import FILTER_COLUMNS, FILTER_LISTS
from einclusie_data.contract.schema import OFFERS
from einclusie_data.engine.conditions import (
    ACTIVE_STATUSES,
    REGULAR_FREQUENCIES,
    Flag,
    Traits,
    for_group,
    passes,
    specific,
)
from einclusie_data.engine.coverage import Reach
from einclusie_data.engine.gaps import Answer
from einclusie_data.engine.locate import ROAMING, Placement, Supply

IN_WIJK = "in de wijk"
WITHIN_REACH = "binnen loopafstand"
COMES = "aan huis, rondreizend of online"
MAYBE_HERE = "ligt misschien in de wijk"
ELSEWHERE = "verder weg"
RELATIONS = (IN_WIJK, WITHIN_REACH, COMES, MAYBE_HERE, ELSEWHERE)
"""How an offer relates to a wijk, nearest first."""

NEAREST_SHOWN = 3
"""How many suitable offers beyond reach are named."""


def relations(supply: Supply, reach: Reach, wijk: int) -> Array:
    """How each offer relates to one wijk.

    Parameters
    ----------
    supply : Supply
    reach : Reach
    wijk : int
        Position of the wijk.

    Returns
    -------
    numpy.ndarray of str (object), shape (offers,)
        One of `RELATIONS`; "" for an offer that has nothing to do with the wijk.
    """
    points = supply.points
    offer = points["offer"].to_numpy()
    hint, here = points["hint"].to_numpy(dtype=bool), (points["wijk"] == wijk).to_numpy()
    of_wijk = np.repeat(reach.demand_wijk == wijk, np.diff(reach.start))
    near = np.isin(reach.site, np.unique(reach.neighbour[of_wijk]))
    result = np.full(len(supply.offers), "", dtype=object)
    result[offer[hint & (here | near)]] = MAYBE_HERE
    result[supply.serves[:, wijk]] = COMES
    result[offer[~hint & near]] = WITHIN_REACH
    result[offer[~hint & here]] = IN_WIJK
    return result


def _distances(supply: Supply, reach: Reach, wijk: int) -> Array:
    """Walking metres from a wijk's centre to the nearest place of each offer; infinite without one."""
    points = supply.points[~supply.points["hint"]]
    result = np.full(len(supply.offers), np.inf)
    np.minimum.at(result, points["offer"].to_numpy(), reach.centre_distance_m[wijk, reach.site[points.index]])
    return result


def inactive_reason(offer: pd.Series[Any], on: date) -> str:
    """Why an offer (a row of the supply) is not active on a day; "" when it is."""
    if offer["status"] not in ACTIVE_STATUSES:
        return str(offer["status"]).lower()
    if offer["valid_from"] > pd.Timestamp(on):
        return f"start pas op {offer['valid_from']:%d/%m/%Y}"
    return f"liep tot {offer['valid_to']:%d/%m/%Y}" if offer["valid_to"] < pd.Timestamp(on) else ""


def _group_obstacle(row: pd.Series[Any]) -> str:
    """Why an offer is not for the group."""
    if not row["groups"]:
        return "doelgroep niet ingevuld"
    if codelists.EVERYONE in row["groups"]:
        return "is voor iedereen, en dat telt nu niet mee"
    return "is voor: " + "; ".join(row["groups"])


def _filter_obstacle(row: pd.Series[Any], field: str) -> str:
    """Why an offer does not pass a filter."""
    name, cell = FILTER_LISTS[field], row[FILTER_COLUMNS[field]]
    if not cell:
        return f"{name.lower()} niet ingevuld"
    return f"{name.lower()}: {cell if isinstance(cell, str) else '; '.join(cell)}"


PLACE_HEADERS = f"{OFFERS.column('address').header} of {OFFERS.column('wijken').header}"
"""What to fill in for an offer whose place is unknown: one of the two is enough."""


def missing_cells(supply: Supply, traits: Traits, fields: Iterable[str]) -> dict[str, Array]:
    """Which offers lack a cell that decides whether they count.

    Parameters
    ----------
    supply : Supply
    traits : Traits
        Of the same supply.
    fields : iterable of str
        Fields of `Filters` in use.

    Returns
    -------
    dict of str to numpy.ndarray of bool, shape (offers,)
        Header to fill in (`PLACE_HEADERS` for the place) -> the offers for which that cell is unknown.
    """
    placeless = supply.offers["placement"].isin([Placement.UNPLACED, Placement.NOWHERE]).to_numpy(dtype=bool)
    return {
        OFFERS.column("groups").header: ~traits.group_known,
        **{FILTER_LISTS[field]: ~traits.known[field] for field in fields},
        PLACE_HEADERS: placeless,
    }


def _remarks(row: pd.Series[Any], answer: Answer, position: int) -> str:
    """What weakens an offer that counts."""
    traits = answer.traits
    parts = []
    if not traits.lasting[position]:
        parts.append(f"tijdelijk, tot {row['valid_to']:%d/%m/%Y}")
    if row["frequency"] not in REGULAR_FREQUENCIES:
        parts.append(str(row["frequency"]).lower())
    if row["mode"] == ROAMING:
        parts.append("rondreizend")
    if not traits.fresh[position]:
        parts.append("gegevens ouder dan twee jaar")
    if row["placement"] == Placement.APPROXIMATE:
        parts.append("plek bij benadering")
    return "; ".join(parts)


def _obstacles(supply: Supply, answer: Answer, case: int, position: int) -> list[str]:
    """What keeps an offer from counting."""
    traits, chosen = answer.traits, answer.cases[case]
    row = supply.offers.iloc[position]
    found: list[str] = []
    if not traits.active[position]:
        found.append(inactive_reason(row, answer.question.on))
    if not for_group(traits, chosen.group, open_counts=answer.question.open_counts)[position]:
        found.append(_group_obstacle(row))
    for field, values in chosen.filters.chosen.items():
        if not passes(traits, field, values)[position]:
            found.append(_filter_obstacle(row, field))
    if row["placement"] in (Placement.UNPLACED, Placement.NOWHERE):
        found.append("plek niet zeker")
    return found


def offers_of_cell(supply: Supply, reach: Reach, answer: Answer, wijk: int, case: int) -> pd.DataFrame:
    """The offers behind one cell of the gap table.

    Parameters
    ----------
    supply : Supply
    reach : Reach
    answer : Answer
        From `gaps.answer` on the same supply and reach.
    wijk, case : int
        Positions of the wijk and of the case.

    Returns
    -------
    pandas.DataFrame
        One row per offer that is in the wijk, reaches it, serves it or may lie in it, and up to `NEAREST_SHOWN`
        suitable ones beyond reach. Columns: `offer` (position), `row` (Excel row), `name`, `organisations` (text),
        `relation`, `counts` (bool), `meant_for` ("deze groep", "iedereen" or ""), `distance_m` (walking metres from
        the centre, NaN without a place), `exact` (bool: its place is a known point), `remarks`, `obstacles`,
        `fill_in` (texts, "" = none). Counting ones first, then those with fewest obstacles.
    """
    related = relations(supply, reach, wijk)
    suitable = answer.measures.holds(Flag.SUITABLE)[:, case]
    distance = _distances(supply, reach, wijk)
    beyond = np.flatnonzero(suitable & (related == "") & np.isfinite(distance))
    related[beyond[np.argsort(distance[beyond], kind="stable")[:NEAREST_SHOWN]]] = ELSEWHERE
    narrow = specific(answer.traits, answer.cases[case].group)
    missing = missing_cells(supply, answer.traits, answer.cases[case].filters.chosen)
    rows = [
        (
            *_describe(
                supply, answer, case, int(position), related[position], bool(narrow[position]), distance[position]
            ),
            "; ".join(header for header, lacking in missing.items() if lacking[position]),
        )
        for position in np.flatnonzero(related != "")
    ]
    table = pd.DataFrame(rows, columns=_COLUMNS)
    order = table.assign(
        _near=table["relation"].map({name: rank for rank, name in enumerate(RELATIONS)}),
        _many=table["obstacles"].str.count(";") + (table["obstacles"] != ""),
    ).sort_values(["counts", "_near", "_many", "distance_m", "row"], ascending=[False, True, True, True, True])
    return order[list(_COLUMNS)].reset_index(drop=True)


_COLUMNS = ("offer", "row", "name", "organisations", "relation", "counts", "meant_for", "distance_m", "exact",
            "remarks", "obstacles", "fill_in")  # fmt: skip


def _describe(
    supply: Supply, answer: Answer, case: int, position: int, relation: str, is_specific: bool, distance: float
) -> tuple[object, ...]:
    row = supply.offers.iloc[position]
    obstacles = _obstacles(supply, answer, case, position)
    counts = not obstacles and relation != ELSEWHERE
    meant_for = "" if obstacles else "deze groep" if is_specific else "iedereen"
    return (
        position,
        int(row["row"]),
        mask_personal(row["name"]),
        mask_personal("; ".join(row["organisations"])),
        relation,
        counts,
        meant_for,
        float(distance) if np.isfinite(distance) else np.nan,
        row["placement"] == Placement.EXACT,
        _remarks(row, answer, position),
        "; ".join(obstacles),
    )


def reach_minutes(reach_m: float) -> int:
    """Walking minutes that the city's norms give to a distance (800 m is 10 minutes)."""
    return round(reach_m / settings.REACH_NORMS_M["wijk"] * 10)
