"""Clean offers -> located offers: where each offer counts (DESIGN §4, "placed", "mobile", "unplaced")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.city.areas import Areas
from einclusie_data.city.names import CITY
from einclusie_data.contract.arrays import Bools
from einclusie_data.contract.codelists import MOBILE_MODES, ROAMING


class Placement(StrEnum):
    """How an offer is placed; the values are Dutch words for screens and exports."""

    EXACT = "op een punt"
    APPROXIMATE = "bij benadering"
    MOBILE = "mobiel of online"
    UNPLACED = "plek onzeker"
    NOWHERE = "plek onbekend"


@dataclass(frozen=True)
class Supply:
    """Located offers.

    Attributes
    ----------
    offers : pandas.DataFrame
        The clean offers (see `Workbook`), on a RangeIndex, with one more column `placement` (`Placement`).
    points : pandas.DataFrame
        One row per place of an offer: `offer` (position in `offers`), `x`, `y` (EPSG:31370, metres), `wijk` (position
        in `areas.wijken`, -1 = in no wijk), `exact` (bool; False = a wijk's centre), `hint` (bool; True = not a place,
        but the centre of a wijk where an unplaced offer may lie).
    serves : numpy.ndarray of bool, shape (offers, wijken)
        Which wijken a mobile offer serves; all False for offers that are not mobile.
    areas : Areas
        The areas that the positions refer to.
    """

    offers: pd.DataFrame
    points: pd.DataFrame
    serves: Bools
    areas: Areas


def membership(values: pd.Series[Any], vocabulary: list[str]) -> Bools:
    """Which words of `vocabulary` each cell holds.

    Parameters
    ----------
    values : pandas.Series
        Tuples of str, or single str.
    vocabulary : list of str

    Returns
    -------
    numpy.ndarray of bool, shape (len(values), len(vocabulary))

    Examples
    --------
    >>> membership(pd.Series([("a", "b"), ()]), ["b", "c"]).tolist()
    [[True, False], [False, False]]
    """
    codes, unique = pd.factorize(values.to_numpy(dtype=object), use_na_sentinel=False)
    table = np.zeros((max(len(unique), 1), len(vocabulary)), dtype=bool)
    position = {word: column for column, word in enumerate(vocabulary)}
    for line, cell in enumerate(unique):
        for word in (cell,) if isinstance(cell, str) else cell:
            if word in position:
                table[line, position[word]] = True
    return table[codes]


def _areas_by_key(keys: pd.Series[str], wijken_of: Mapping[str, tuple[str, ...]], codes: list[str]) -> Bools:
    """The wijken behind each key (a postcode, a district): shape (len(keys), len(codes))."""
    wijken = keys.map(lambda key: tuple(wijken_of.get(key, ())))
    return membership(wijken, codes)


def _districts(areas: Areas) -> dict[str, tuple[str, ...]]:
    """District name as the clean table writes it -> its wijken; the bare name of the city has none."""
    named = {name: tuple(codes) for name, codes in areas.districts.items() if name}
    return {**named, f"district {CITY}": named.get(CITY, ()), CITY: ()}


def _first_nonempty(*choices: Bools) -> Bools:
    """Row by row the first of the matrices that has a True in it."""
    result = choices[0].copy()
    for choice in choices[1:]:
        empty = ~result.any(axis=1)
        result[empty] = choice[empty]
    return result


def _served(offers: pd.DataFrame, listed: Bools, around: Bools, mobile: Bools) -> Bools:
    """Wijken that each mobile offer serves: those listed; else, when roaming, those around it; else all."""
    roaming = (offers["mode"] == ROAMING).to_numpy()
    given = offers["wijk_given"].to_numpy(dtype=bool)
    city = offers["whole_city"].to_numpy(dtype=bool)
    serves = np.where(given[:, None], listed, around & roaming[:, None])
    everywhere = city | (~given & ~serves.any(axis=1))
    return (serves | everywhere[:, None]) & mobile[:, None]


Columns = dict[str, np.ndarray[Any, np.dtype[Any]]]


def _point_rows(
    offer: np.ndarray, x: np.ndarray, y: np.ndarray, wijk: np.ndarray, *, exact: bool, hint: bool
) -> Columns:
    return {
        "offer": offer.astype(np.int64),
        "x": np.asarray(x, dtype=float),
        "y": np.asarray(y, dtype=float),
        "wijk": wijk.astype(np.int64),
        "exact": np.full(len(offer), exact),
        "hint": np.full(len(offer), hint),
    }


def _stacked(parts: list[Columns]) -> pd.DataFrame:
    """The rows of all parts in one table, in order."""
    return pd.DataFrame({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})


def _points_at_centres(wijken_of_offer: Bools, areas: Areas, *, hint: bool) -> Columns:
    """One approximate point at the centre of every wijk marked in a row."""
    offer, wijk = np.nonzero(wijken_of_offer)
    x, y = areas.centres[wijk].T
    return _point_rows(offer, x, y, wijk, exact=False, hint=hint)


def _points_at_coordinates(offers: pd.DataFrame, exact: Bools, areas: Areas) -> Columns:
    offer = np.flatnonzero(exact)
    x, y = areas.to_lambert(offers["lon"].to_numpy()[offer], offers["lat"].to_numpy()[offer])
    return _point_rows(offer, x, y, areas.wijken_of_points(x, y), exact=True, hint=False)


def locate_offers(offers: pd.DataFrame, areas: Areas) -> Supply:
    """Place every offer by the rules of DESIGN §4.

    Parameters
    ----------
    offers : pandas.DataFrame
        Clean offers; coordinates that are not believed are already NaN.
    areas : Areas

    Returns
    -------
    Supply
        A mobile offer has no points whatever its address. An unplaced offer has hint points only; one without a hint
        area has none and counts nowhere.
    """
    offers = offers.reset_index(drop=True)
    codes = list(areas.wijken.index)
    listed = membership(offers["wijken"], codes)
    by_postcode = _areas_by_key(offers["postcode"], areas.postcodes, codes)
    by_district = _areas_by_key(offers["district"], _districts(areas), codes)
    mobile_mode = offers["mode"].isin(MOBILE_MODES).to_numpy()
    roaming = (offers["mode"] == ROAMING).to_numpy()
    exact = ~mobile_mode & (offers["lat"].notna() & offers["lon"].notna()).to_numpy()
    count = listed.sum(axis=1)
    approximate = ~mobile_mode & ~exact & ((count == 1) | (roaming & (count > 1)))
    mobile = mobile_mode | (roaming & ~exact & ~approximate)
    unplaced = ~(exact | approximate | mobile)
    around = _first_nonempty(by_postcode, by_district)
    hint = _first_nonempty(listed, around) & unplaced[:, None]
    points = _stacked(
        [
            _points_at_coordinates(offers, exact, areas),
            _points_at_centres(listed & approximate[:, None], areas, hint=False),
            _points_at_centres(hint, areas, hint=True),
        ]
    )
    names = [Placement.EXACT, Placement.APPROXIMATE, Placement.MOBILE, Placement.UNPLACED, Placement.NOWHERE]
    choice = np.select([exact, approximate, mobile, hint.any(axis=1)], range(len(names) - 1), len(names) - 1)
    placement = np.array([name.value for name in names], dtype=object)[choice]
    return Supply(offers.assign(placement=placement), points, _served(offers, listed, around, mobile), areas)
