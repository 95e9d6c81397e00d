"""Why a verdict is what it is: the offers that count for a cell of the gap table, and those that nearly do."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.contract import codelists, settings
from einclusie_data.contract.arrays import Array
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.questions import FILTER_COLUMNS, FILTER_LISTS
from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.words import period_words
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
from einclusie_data.engine.locate import Placement, Supply

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
    hint, inside = points["hint"].to_numpy(dtype=bool), (points["wijk"] == wijk).to_numpy()
    of_wijk = np.repeat(reach.demand_wijk == wijk, np.diff(reach.start))
    near = np.isin(reach.site, np.unique(reach.neighbour[of_wijk]))
    result = np.full(len(supply.offers), "", dtype=object)
    result[offer[hint & (inside | near)]] = MAYBE_HERE
    result[supply.serves[:, wijk]] = COMES
    result[offer[~hint & near]] = WITHIN_REACH
    result[offer[~hint & inside]] = IN_WIJK
    return result


def _distances(supply: Supply, reach: Reach, wijk: int) -> Array:
    """Walking metres from a wijk's centre to the nearest place of each offer; infinite without one."""
    points = supply.points[~supply.points["hint"]]
    result = np.full(len(supply.offers), np.inf)
    np.minimum.at(result, points["offer"].to_numpy(), reach.centre_distance_m[wijk, reach.site[points.index]])
    return result


def inactive_reason(offer: pd.Series[Any] | Mapping[Hashable, Any], on: date) -> str:
    """Why an offer (a row of the supply, or its status and dates) is not active on a day; "" when it is."""
    if offer["status"] not in ACTIVE_STATUSES:
        return str(offer["status"]).lower()
    if offer["valid_from"] > pd.Timestamp(on):
        return f"start pas op {offer['valid_from']:%d/%m/%Y}"
    return f"liep tot {offer['valid_to']:%d/%m/%Y}" if offer["valid_to"] < pd.Timestamp(on) else ""


def _group_obstacle(groups: tuple[str, ...]) -> str:
    """Why an offer with this cell is not for the group."""
    if not groups:
        return "doelgroep niet ingevuld"
    if codelists.EVERYONE in groups:
        return "is voor iedereen, en dat telt nu niet mee"
    return "is voor: " + "; ".join(groups)


def _filter_obstacle(cell: str | tuple[str, ...], field: str) -> str:
    """Why an offer with this cell does not pass a filter."""
    name = FILTER_LISTS[field]
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


def _texts(cells: pd.Series[Any], text: Callable[[Any], str]) -> Array:
    """The text of each cell. A column repeats few values, so each text is made once and handed out by number."""
    number, different = pd.factorize(cells.to_numpy(dtype=object), use_na_sentinel=False)
    return np.array([text(cell) for cell in different], dtype=object)[number]


def _where(marked: Array | pd.Series[bool], texts: str | Array) -> Array:
    """Texts where something is so, "" elsewhere."""
    return np.where(marked, np.asarray(texts, dtype=object), "")


def _joined(parts: Iterable[Array], size: int) -> Array:
    """Row by row the parts that say something, with "; " between them."""
    result = np.full(size, "", dtype=object)
    for part in parts:
        result = result + _where((result != "") & (part != ""), "; ") + part
    return result


def _remarks(offers: pd.DataFrame, positions: Array, answer: Answer) -> Array:
    """What weakens each offer that counts."""
    traits = answer.traits
    temporary, rare = ~traits.lasting[positions], ~offers["frequency"].isin(REGULAR_FREQUENCIES).to_numpy()
    ends = np.full(len(offers), "", dtype=object)
    ends[temporary] = _texts(offers.loc[temporary, "valid_to"], lambda day: f"tijdelijk, tot {day:%d/%m/%Y}")
    parts = [
        ends,
        _where(rare, _texts(offers["frequency"], str.lower)),
        _where(offers["mode"] == codelists.ROAMING, "rondreizend"),
        _where(~traits.fresh[positions], f"gegevens ouder dan {period_words(settings.STALE_DAYS)}"),
        _where(offers["placement"] == Placement.APPROXIMATE, "plek bij benadering"),
    ]
    return _joined(parts, len(offers))


def _obstacles(offers: pd.DataFrame, positions: Array, answer: Answer, case: int) -> Array:
    """What keeps each offer from counting; "" when nothing does."""
    traits, asked = answer.traits, answer.cases[case]
    ours = for_group(traits, asked.group, open_counts=answer.question.open_counts)
    parts = [
        _inactive(offers, ~traits.active[positions], answer.question.on),
        _where(~ours[positions], _texts(offers["groups"], _group_obstacle)),
    ]
    for field, values in asked.filters.chosen.items():
        texts = _texts(offers[FILTER_COLUMNS[field]], partial(_filter_obstacle, field=field))
        parts.append(_where(~passes(traits, field, values)[positions], texts))
    parts.append(_where(offers["placement"].isin([Placement.UNPLACED, Placement.NOWHERE]), "plek niet zeker"))
    return _joined(parts, len(offers))


def _inactive(offers: pd.DataFrame, inactive: Array, on: date) -> Array:
    """Why each offer is not active; "" where it is."""
    keys = ["status", "valid_from", "valid_to"]
    cells = pd.Series(list(offers.loc[inactive, keys].itertuples(index=False, name=None)), dtype=object)
    result = np.full(len(offers), "", dtype=object)
    result[inactive] = _texts(cells, lambda cell: inactive_reason(dict(zip(keys, cell, strict=True)), on))
    return result


_NEEDED = ["row", "name", "organisations", "groups", "status", "valid_from", "valid_to", "frequency", "mode",
           "placement", *FILTER_COLUMNS.values()]  # fmt: skip
"""Columns of the supply that tell about an offer."""


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
    related, distance = _with_nearest(supply, reach, answer, wijk, case)
    positions = np.flatnonzero(related != "")
    # Few of all offers have to do with a wijk. What follows is about those alone, a column at a time: whatever is asked
    # of all offers (who is for the group, who passes a filter) is asked once for the cell, never per offer.
    offers = supply.offers[_NEEDED].iloc[positions].reset_index(drop=True)
    related, distance = related[positions], distance[positions]
    asked = answer.cases[case]
    missing = missing_cells(supply, answer.traits, asked.filters.chosen)
    obstacles = _obstacles(offers, positions, answer, case)
    narrow = specific(answer.traits, asked.group)[positions]
    table = pd.DataFrame(
        {
            "offer": positions,
            "row": offers["row"],
            "name": _texts(offers["name"], mask_personal),
            "organisations": _texts(offers["organisations"], lambda names: mask_personal("; ".join(names))),
            "relation": related,
            "counts": (obstacles == "") & (related != ELSEWHERE),
            "meant_for": _where(obstacles == "", np.where(narrow, "deze groep", "iedereen")),
            "distance_m": np.where(np.isfinite(distance), distance, np.nan),
            "exact": offers["placement"] == Placement.EXACT,
            "remarks": _remarks(offers, positions, answer),
            "obstacles": obstacles,
            "fill_in": _joined((_where(cells[positions], header) for header, cells in missing.items()), len(offers)),
        }
    )
    order = table.assign(
        _near=table["relation"].map({name: rank for rank, name in enumerate(RELATIONS)}),
        _many=table["obstacles"].str.count(";") + (table["obstacles"] != ""),
    ).sort_values(["counts", "_near", "_many", "distance_m", "row"], ascending=[False, True, True, True, True])
    return order[list(table.columns)].reset_index(drop=True)


def _with_nearest(supply: Supply, reach: Reach, answer: Answer, wijk: int, case: int) -> tuple[Array, Array]:
    """How each offer relates to a wijk, with the nearest suitable ones that do not; and its walking metres."""
    related, distance = relations(supply, reach, wijk), _distances(supply, reach, wijk)
    suitable = answer.measures.holds(Flag.SUITABLE)[:, case]
    beyond = np.flatnonzero(suitable & (related == "") & np.isfinite(distance))
    related[beyond[np.argsort(distance[beyond], kind="stable")[:NEAREST_SHOWN]]] = ELSEWHERE
    return related, distance


def reach_minutes(reach_m: float) -> int:
    """Walking minutes that the city's norms give to a distance (800 m is 10 minutes)."""
    return round(reach_m / settings.REACH_NORMS_M["wijk"] * 10)
