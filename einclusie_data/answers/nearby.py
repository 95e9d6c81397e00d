"""What is near one spot on the map ("dicht bij mijn cliënt"): offers by walking distance, nearest first (DESIGN §4)."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from einclusie_data.answers.explain import COMES, ELSEWHERE, MAYBE_HERE, WITHIN_REACH, reach_minutes
from einclusie_data.answers.offers import ALL_GROUPS, matching, search
from einclusie_data.answers.spots import Spot
from einclusie_data.contract import settings
from einclusie_data.contract.arrays import Array
from einclusie_data.contract.questions import Question
from einclusie_data.contract.words import count, number
from einclusie_data.engine.coverage import crosses_river
from einclusie_data.engine.gap_table import round_half_up
from einclusie_data.engine.locate import Supply
from einclusie_data.engine.public import public_offers

ACROSS = "over de Schelde"
"""Near enough, were it not that the straight line touches the Schelde."""

RELATIONS = (WITHIN_REACH, COMES, ELSEWHERE, ACROSS, MAYBE_HERE)
"""How an offer relates to a spot, in the order of a list."""

BEYOND_SHOWN = 5
"""How many offers beyond reach, and how many over the Schelde, are named."""


def distances(supply: Supply, spot: Spot) -> tuple[Array, Array]:
    """Walking distance from a spot to every offer.

    Parameters
    ----------
    supply : Supply
    spot : Spot

    Returns
    -------
    distance_m : numpy.ndarray of float, shape (offers,)
        Metres (straight line x `settings.DETOUR_FACTOR`) to the nearest place of the offer whose line does not touch
        the Schelde; infinite without one. Places where an offer only may lie (hints) do not count.
    over_water_m : numpy.ndarray of float, shape (offers,)
        The same to the nearest place whose line does touch it.
    """
    points = supply.points[~supply.points["hint"]]
    offer, xy = points["offer"].to_numpy(), points[["x", "y"]].to_numpy(dtype=float)
    straight = np.hypot(xy[:, 0] - spot.x, xy[:, 1] - spot.y)
    pairs = (np.zeros(len(xy), dtype=np.intp), np.arange(len(xy)), straight)
    blocked = crosses_river(supply.areas, np.array([[spot.x, spot.y]]), xy, pairs)
    result = tuple(np.full(len(supply.offers), np.inf) for _ in range(2))
    for nearest, chosen in zip(result, (~blocked, blocked), strict=True):
        np.minimum.at(nearest, offer[chosen], straight[chosen] * settings.DETOUR_FACTOR)
    return result[0], result[1]


def _relations(supply: Supply, spot: Spot, reach_m: float) -> tuple[Array, Array]:
    """Relation ("" = none) and distance in metres (NaN = none) of every offer."""
    walk_m, over_water_m = distances(supply, spot)
    limit = reach_m + settings.DISTANCE_TOLERANCE_M * settings.DETOUR_FACTOR
    on_foot, points = np.isfinite(walk_m), supply.points
    across = ~on_foot & (over_water_m <= limit)
    relation = np.full(len(walk_m), "", dtype=object)
    relation[points.loc[points["hint"] & (points["wijk"] == spot.wijk), "offer"].to_numpy()] = MAYBE_HERE
    relation[supply.serves[:, spot.wijk]] = COMES
    relation[across] = ACROSS
    relation[on_foot] = ELSEWHERE
    relation[walk_m <= limit] = WITHIN_REACH
    return relation, np.where(on_foot, walk_m, np.where(across, over_water_m, np.nan))


def place_of(supply: Supply, spot: Spot, position: int, reach_m: float) -> tuple[str, float]:
    """Relation ("" = none) and distance in metres (NaN = none) of one offer."""
    relation, distance_m = _relations(supply, spot, reach_m)
    return str(relation[position]), float(distance_m[position])


def offers_near(
    supply: Supply,
    question: Question,
    spot: Spot,
    *,
    group: str = ALL_GROUPS,
    unknown_too: bool = False,
    words: str = "",
) -> pd.DataFrame:
    """The offers of a view around a spot, as anyone may see them.

    Parameters
    ----------
    supply : Supply
    question : Question
        Its `reach_m` decides what is within reach.
    spot : Spot
        A usable one.
    group : str
        A value of Doelgroep, or `ALL_GROUPS`.
    unknown_too : bool
        Also the offers of which a cell that the view asks for is unknown.
    words : str
        Only the offers in which these words occur (see `offers.search`).

    Returns
    -------
    pandas.DataFrame
        Columns of `public_offers`, `relation` (one of `RELATIONS`) and `distance_m` (walking metres; of what is over
        the Schelde as if it were not there; NaN = no place). The index is the position in `supply.offers`. In the
        order of `RELATIONS`, nearest first, then in that of the sheet. Of what is beyond reach only the nearest
        `BEYOND_SHOWN` on foot, and as many over the Schelde that would be within reach without it.
    """
    relation, distance_m = _relations(supply, spot, question.reach_m)
    chosen = matching(supply, question, group, unknown_too=unknown_too) & (relation != "")
    shown = public_offers(supply.offers[chosen]).assign(relation=relation[chosen], distance_m=distance_m[chosen])
    rank = {name: place for place, name in enumerate(RELATIONS)}
    ordered = (
        search(shown, words)
        .assign(_rank=lambda table: table["relation"].map(rank))
        .sort_values(["_rank", "distance_m", "row"], kind="stable")
        .drop(columns="_rank")
    )
    place = ordered.groupby("relation").cumcount()
    return ordered[~ordered["relation"].isin([ELSEWHERE, ACROSS]) | (place < BEYOND_SHOWN)]


_STEP_M = 50


def walk_words(distance_m: float) -> str:
    """A walking distance in words, with the minutes of the city's norm.

    Examples
    --------
    >>> walk_words(20), walk_words(374), walk_words(1260)
    ('minder dan 50 m, 1 minuut te voet', 'ongeveer 350 m, 5 minuten te voet', 'ongeveer 1,3 km, 16 minuten te voet')
    """
    return f"{_about(distance_m)}, {count(max(1, reach_minutes(distance_m)), 'minuut', 'minuten')} te voet"


def _about(distance_m: float) -> str:
    """Rounded to `_STEP_M`, from 1 km on to 100 m."""
    metres = float(round_half_up(np.array(distance_m), _STEP_M))
    if metres < _STEP_M:
        return f"minder dan {_STEP_M} m"
    if metres < 1000:
        return f"ongeveer {number(metres)} m"
    return f"ongeveer {number(float(round_half_up(np.array(distance_m), 100)) / 1000, 1)} km"


def distance_words(relation: str, distance_m: float) -> str:
    """How far an offer is from the spot; "" without a distance. Over the Schelde nobody walks in a straight line.

    Examples
    --------
    >>> distance_words(WITHIN_REACH, 800), distance_words(ACROSS, 650), distance_words(COMES, float("nan"))
    ('ongeveer 800 m, 10 minuten te voet', 'ongeveer 500 m in rechte lijn, over de Schelde', '')
    """
    if math.isnan(distance_m):
        return ""
    if relation == ACROSS:
        return f"{_about(distance_m / settings.DETOUR_FACTOR)} in rechte lijn, {ACROSS}"
    return walk_words(distance_m)
