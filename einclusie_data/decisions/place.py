"""Where a decision is about, in the areas that are known now: its wijken, its point, its mark on the map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from einclusie_data.answers.explain import IN_WIJK, WITHIN_REACH
from einclusie_data.answers.nearby import distances
from einclusie_data.answers.offers import relation_to
from einclusie_data.answers.spots import Spot, spot_at
from einclusie_data.city.areas import Areas
from einclusie_data.contract import settings
from einclusie_data.contract.arrays import Array
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.engine.coverage import Reach
from einclusie_data.engine.locate import Supply
from einclusie_data.store.decision_record import Decision, Draft

_POINT_COLUMNS = ("id", "state", "title", "lat", "lon", "exact")


@dataclass(frozen=True)
class Place:
    """Where a decision is about.

    Attributes
    ----------
    wijken : tuple of int
        Positions in `areas.wijken`: the gap's wijk, those of the proposed offer, and the one in which its point lies.
    spot : Spot, optional
        The point of the proposed offer, when it lies in the city and on land.
    unknown : tuple of str
        Wijkcodes that the decision names and that are no longer known.
    """

    wijken: tuple[int, ...]
    spot: Spot | None
    unknown: tuple[str, ...]

    @property
    def known(self) -> bool:
        """Whether the decision says where, in areas that we know."""
        return bool(self.wijken) or self.spot is not None


def place_of_decision(areas: Areas, draft: Draft) -> Place:
    """Where a decision is about."""
    codes = dict.fromkeys(filter(None, (draft.wijkcode, *draft.what.wijken)))
    known = [code for code in codes if code in areas.wijken.index]
    spot = spot_of_decision(areas, draft)
    wijken = [int(areas.wijken.index.get_loc(code)) for code in known]
    wijken += [spot.wijk] if spot and spot.wijk not in wijken else []
    return Place(tuple(wijken), spot, tuple(code for code in codes if code not in known))


def spot_of_decision(areas: Areas, draft: Draft) -> Spot | None:
    """The point of the proposed offer; None when there is none, or nobody can walk there."""
    if draft.what.lat is None or draft.what.lon is None:
        return None
    spot = spot_at(areas, draft.what.lat, draft.what.lon)
    return spot if spot.usable else None


def within(supply: Supply, spot: Spot, limit_m: float) -> Array:
    """Which offers have a place within `limit_m` walking metres of a spot: bool, shape (offers,)."""
    walk_m, _ = distances(supply, spot)
    return np.asarray(walk_m <= limit_m + settings.DISTANCE_TOLERANCE_M * settings.DETOUR_FACTOR)


def relation_to_place(supply: Supply, reach: Reach, place: Place) -> Array:
    """How each offer relates to where a decision is about: one of `explain.RELATIONS`, "" when it does not.

    Returns
    -------
    numpy.ndarray of str (object), shape (offers,)
    """
    relation = relation_to(supply, reach, list(place.wijken))
    if place.spot is not None:
        relation[within(supply, place.spot, reach.reach_m) & (relation != IN_WIJK)] = WITHIN_REACH
    return relation


def decision_points(areas: Areas, decisions: Iterable[Decision]) -> pd.DataFrame:
    """The marks of decisions on the map.

    Parameters
    ----------
    areas : Areas
    decisions : iterable of Decision

    Returns
    -------
    pandas.DataFrame
        `id`, `state`, `title` (masked), `lat`, `lon` (degrees), `exact` (bool; False = the centre of a wijk). The point
        of the proposed offer; else the centre of every wijk of the decision. A decision that does not say where has no
        mark.
    """
    rows = [row for decision in decisions for row in _marks(areas, decision)]
    return pd.DataFrame(rows, columns=list(_POINT_COLUMNS)).astype({"lat": float, "lon": float, "exact": bool})


def _marks(areas: Areas, decision: Decision) -> list[tuple[object, ...]]:
    place, name = place_of_decision(areas, decision), (decision.id, str(decision.state), mask_personal(decision.title))
    if place.spot is not None:
        return [(*name, place.spot.lat, place.spot.lon, True)]
    centres = areas.wijken.iloc[list(place.wijken)]
    lon, lat = areas.to_degrees(centres["centre_x"].to_numpy(), centres["centre_y"].to_numpy())
    return [(*name, float(one), float(other), False) for one, other in zip(lat, lon, strict=True)]


def decisions_at(areas: Areas, points: pd.DataFrame, lat: float, lon: float, limit_m: float) -> tuple[int, ...]:
    """The decisions with a mark (a row of `decision_points`) within some metres, as the crow flies, of a place."""
    x, y = areas.to_lambert([lon], [lat])
    marks_x, marks_y = areas.to_lambert(points["lon"].to_numpy(), points["lat"].to_numpy())
    close = np.hypot(marks_x - x, marks_y - y) <= limit_m
    return tuple(dict.fromkeys(points.loc[close, "id"].astype(int)))
