"""Verdicts and what they follow from -> the gap table: reason, caveat, people, rows to complete (DESIGN §4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from einclusie_data.contract import settings, verdicts
from einclusie_data.contract.arrays import Array
from einclusie_data.contract.questions import Case
from einclusie_data.engine.conditions import WITH_HINTS, Flag
from einclusie_data.engine.coverage import Reach, at_least, sites_reaching
from einclusie_data.engine.judgement import Judged, level_of, select_words, some_offer
from einclusie_data.engine.locate import Placement, Supply
from einclusie_data.engine.measures import Measures
from einclusie_data.engine.needs import Needs

COLUMNS = (
    "wijkcode", "wijk", "district", "doelgroep", "oordeel", "reden", "kanttekening", "aantal_specifiek",
    "aantal_iedereen", "aantal_mobiel", "aandeel_bereikt", "afstand_m", "personen", "buiten_bereik", "bron_personen",
    "wijkranking", "rijen_aan_te_vullen",
)  # fmt: skip
"""Columns of the gap table, in the contract's order."""


@dataclass(frozen=True)
class Grounds:
    """What the gap table is made of.

    Attributes
    ----------
    supply : Supply
    reach : Reach
        Of the same supply.
    needs : Needs
    cases : tuple of Case
    measures : Measures
    judged : Judged
    per : str
        "" for a table per doelgroep; else "type" or "dagdeel", the name of the extra column.
    """

    supply: Supply
    reach: Reach
    needs: Needs
    cases: tuple[Case, ...]
    measures: Measures
    judged: Judged
    per: str


def gap_table(grounds: Grounds) -> pd.DataFrame:
    """The gap table (see `gaps.Answer`)."""
    measures, (less_mobile, level, unknown, verdict) = grounds.measures, grounds.judged
    reason = _reasons(measures, verdict, unknown, less_mobile)
    caveat = _caveats(measures, level, verdict, less_mobile)
    rows = _rows_to_complete(grounds.supply, grounds.reach, measures, reason, caveat)
    judged = {"oordeel": verdict, "reden": reason, "kanttekening": caveat}
    return _table(grounds.supply, grounds.needs, grounds.cases, measures, judged, rows, grounds.per)


def _gap_reason(measures: Measures, less_mobile: Array) -> Array:
    """Reason of mobiel and hiaat."""
    order = [
        (Flag.UNFILTERED, verdicts.OUTSIDE_FILTERS),
        (Flag.IF_ACTIVE, verdicts.NOT_ACTIVE),
        (Flag.ANY_GROUP, verdicts.OTHER_GROUP),
    ]
    conditions = [some_offer(measures, flag, less_mobile) for flag, _ in order]
    conditions.append(np.broadcast_to(measures.anywhere, conditions[0].shape))
    return select_words(conditions, [*(reason for _, reason in order), verdicts.TOO_FAR], verdicts.NO_OFFER)


def _caveats(measures: Measures, level: Array, verdict: Array, less_mobile: Array) -> Array:
    """Text of `kanttekening`."""
    fresh = level_of(measures, (Flag.FRESH_REGULAR_SPECIFIC, Flag.FRESH_REGULAR, Flag.FRESH), less_mobile)
    exact = level_of(measures, (Flag.EXACT_REGULAR_SPECIFIC, Flag.EXACT_REGULAR, Flag.EXACT), less_mobile)
    offered = np.isin(verdict, sorted(verdicts.SOME_OFFER))
    maybe_mobile = (verdict == verdicts.GAP) & measures.has(measures.served, Flag.ALL_WAIVED)
    result = select_words([offered & (fresh < level)], [verdicts.STALE], "")
    approximate = offered & (exact < level)
    both = approximate & (result != "")
    result[approximate] = verdicts.APPROXIMATE
    result[both] = f"{verdicts.STALE}; {verdicts.APPROXIMATE}"
    result[maybe_mobile] = verdicts.MOBILE_UNCERTAIN
    return result


def _reasons(measures: Measures, verdict: Array, unknown: Array, less_mobile: Array) -> Array:
    """Value of `reden` per wijk and case."""
    all_regular = at_least(measures.share(Flag.SUITABLE), settings.COVERED_SHARE)
    limited = select_words([all_regular], [verdicts.RARE], verdicts.PART)
    is_open = np.isin(verdict, sorted(verdicts.OPEN_GAP))
    return np.select(
        [verdict == verdicts.LIMITED, verdict == verdicts.UNKNOWN, is_open],
        [limited, unknown, _gap_reason(measures, less_mobile)],
        np.array("", dtype=object),
    )


_ASSUMPTION = {
    verdicts.GROUP_UNKNOWN: Flag.GROUP_WAIVED,
    verdicts.PLACE_UNKNOWN: Flag.PLACE_WAIVED,
    verdicts.FILTER_UNKNOWN: Flag.FILTER_WAIVED,
    verdicts.SEVERAL_UNKNOWN: Flag.ALL_WAIVED,
}


def touches(supply: Supply, reach: Reach, offers: Array) -> Array:
    """Which of some offers are present in, reach a demand point of, or serve each wijk.

    Parameters
    ----------
    offers : numpy.ndarray of int
        Positions in `supply.offers`. Unplaced ones count from the centres of their hint area.

    Returns
    -------
    numpy.ndarray of bool, shape (len(offers), wijken)
    """
    return _touches(supply, reach, offers, sites_reaching(reach, len(supply.areas.wijken)))


def _touches(supply: Supply, reach: Reach, offers: Array, sites: Array) -> Array:
    """See `touches`; `sites` is from `sites_reaching`."""
    place = np.full(len(supply.offers), -1)
    place[offers] = np.arange(len(offers))
    row = place[supply.points["offer"].to_numpy()]
    ours = np.flatnonzero(row >= 0)
    table = supply.serves[offers].copy()
    near = sites[reach.site[ours]]
    wijk = supply.points["wijk"].to_numpy()[ours]
    near[np.flatnonzero(wijk >= 0), wijk[wijk >= 0]] = True
    np.logical_or.at(table, row[ours], near)
    return table


def _added(measures: Measures, unplaced: Array, flag: Flag, *, with_hints: bool) -> Array:
    """Offers x cases that an assumption added: in its set, but not counted today; unplaced ones only `with_hints`."""
    counted = measures.holds(Flag.SUITABLE) & ~unplaced
    return measures.holds(flag) & ~counted & (~unplaced | with_hints)


def _rows_to_complete(supply: Supply, reach: Reach, measures: Measures, reason: Array, caveat: Array) -> Array:
    """Text of `rijen_aan_te_vullen` per wijk and case."""
    result = np.full(reason.shape, "", dtype=object)
    row_numbers = supply.offers["row"].to_numpy()
    unplaced = supply.offers["placement"].isin([Placement.UNPLACED, Placement.NOWHERE]).to_numpy()[:, None]
    sites = sites_reaching(reach, len(supply.areas.wijken))
    wanted = [(flag, reason == name, bool(flag & WITH_HINTS)) for name, flag in _ASSUMPTION.items()]
    wanted.append((Flag.ALL_WAIVED, caveat == verdicts.MOBILE_UNCERTAIN, False))  # (a) and (c) without (b)
    for flag, cells, with_hints in wanted:
        if not cells.any():
            continue
        added = _added(measures, unplaced, flag, with_hints=with_hints)
        offers = np.flatnonzero(added[:, cells.any(axis=0)].any(axis=1))
        offers = offers[np.argsort(row_numbers[offers], kind="stable")]
        rows, cases = np.array([str(row) for row in row_numbers[offers]], dtype=object), added[offers]
        related = _touches(supply, reach, offers, sites)
        for wijk, case in zip(*np.nonzero(cells), strict=True):
            result[wijk, case] = ", ".join(rows[related[:, wijk] & cases[:, case]])
    return result


def people_outside(needs: Needs, cases: tuple[Case, ...], measures: Measures) -> Array:
    """People of each case's group out of reach of its suitable offers, per wijk and case: whole, NaN = unknown."""
    return round_half_up(_persons(needs, cases) * (1 - measures.share(Flag.SUITABLE)))


def _persons(needs: Needs, cases: tuple[Case, ...]) -> Array:
    return needs.persons.to_numpy(dtype=float)[:, _columns(needs, cases)]


def _columns(needs: Needs, cases: tuple[Case, ...]) -> list[int]:
    place = {group: column for column, group in enumerate(needs.persons.columns)}
    return [place[case.group] for case in cases]


def round_half_up(values: Array, step: float = 1.0) -> Array:
    """Round to a multiple of `step`, halves up; floating-point noise below 1e-9 steps does not decide.

    Examples
    --------
    >>> round_half_up(np.array([14.999, 15.0, 25.0]), 10).tolist()
    [10.0, 20.0, 30.0]
    """
    return np.floor(np.round(np.asarray(values, dtype=float) / step, 9) + 0.5) * step


def _nullable(values: Array) -> pd.arrays.IntegerArray:
    """Whole numbers in which NaN becomes <NA>."""
    flat = values.ravel()
    unknown = np.isnan(flat)
    return pd.arrays.IntegerArray(np.where(unknown, 0, flat).astype(np.int64), unknown)


def _per_wijk(texts: list[str], wijken: int) -> pd.api.extensions.ExtensionArray:
    """The texts of all cases, for every wijk again; never as an array in which each text is as wide as the longest."""
    return _words(np.tile(np.array(texts, dtype=object), wijken))


def _words(values: Array) -> pd.api.extensions.ExtensionArray:
    return pd.array(values.ravel(), dtype="str")


def _table(
    supply: Supply,
    needs: Needs,
    cases: tuple[Case, ...],
    measures: Measures,
    judged: dict[str, Array],
    rows: Array,
    per: str,
) -> pd.DataFrame:
    wijken = supply.areas.facts
    source = needs.source.to_numpy(dtype=object)[:, _columns(needs, cases)]
    size = len(cases)
    distance = np.where(np.isinf(measures.distance_m), np.nan, round_half_up(measures.distance_m.round(6), 10))
    ranking = wijken["ranking"].where(wijken["inhabited"]).to_numpy(dtype=float)
    columns = {
        "wijkcode": _words(wijken.index.to_numpy(dtype=object).repeat(size)),
        "wijk": _words(wijken["label"].to_numpy(dtype=object).repeat(size)),
        "district": _words(wijken["district"].to_numpy(dtype=object).repeat(size)),
        "doelgroep": _per_wijk([case.group for case in cases], len(wijken)),
        **({per: _per_wijk([case.value for case in cases], len(wijken))} if per else {}),
        **{name: _words(values) for name, values in judged.items()},
        "aantal_specifiek": measures.specific.ravel(),
        "aantal_iedereen": measures.open.ravel(),
        "aantal_mobiel": measures.mobile.ravel(),
        "aandeel_bereikt": round_half_up(measures.share(Flag.SUITABLE), 1e-4).round(4).ravel(),
        "afstand_m": _nullable(distance),
        "personen": _nullable(_persons(needs, cases)),
        "buiten_bereik": _nullable(people_outside(needs, cases, measures)),
        "bron_personen": _words(source),
        "wijkranking": _nullable(np.repeat(ranking, size)),
        "rijen_aan_te_vullen": _words(rows),
    }
    return pd.DataFrame(columns)
