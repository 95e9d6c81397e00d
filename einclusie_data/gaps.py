"""Coverage x need -> verdict, reason, caveat and the gap table (DESIGN §4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from einclusie_data import codelists, settings, verdicts
from einclusie_data.conditions import WITH_HINTS, Flag, Traits, traits_of
from einclusie_data.coverage import at_least, sites_reaching
from einclusie_data.locate import Placement
from einclusie_data.measures import Measures, measure

if TYPE_CHECKING:
    from einclusie_data.coverage import Reach
    from einclusie_data.locate import Supply
    from einclusie_data.needs import Needs
    from einclusie_data.questions import Case, Question

    Array = np.ndarray[Any, np.dtype[Any]]

COLUMNS = (
    "wijkcode", "wijk", "district", "doelgroep", "oordeel", "reden", "kanttekening", "aantal_specifiek",
    "aantal_iedereen", "aantal_mobiel", "aandeel_bereikt", "afstand_m", "personen", "buiten_bereik", "bron_personen",
    "wijkranking", "rijen_aan_te_vullen",
)  # fmt: skip
"""Columns of the gap table, in the contract's order."""

_FULL, _OPEN, _SOME, _NONE = 3, 2, 1, 0
"""Levels of a set of offers: gedekt, algemeen, beperkt, none of these."""


@dataclass(frozen=True)
class Answer:
    """The engine's answer to a question.

    Attributes
    ----------
    table : pandas.DataFrame
        The gap table: one row per wijk and case, sorted by wijkcode and the order of the cases, columns `COLUMNS` (with
        `type` or `dagdeel` behind `doelgroep` in a table per value). Numbers are nullable: <NA> = unknown.
    cases : tuple of Case
    question : Question
    traits : Traits
    measures : Measures
    """

    table: pd.DataFrame
    cases: tuple[Case, ...]
    question: Question
    traits: Traits
    measures: Measures


def _home(measures: Measures, flag: Flag, less_mobile: Array) -> Array:
    """at_home(S): only for less mobile people is home the place."""
    return measures.has(measures.home, flag) & less_mobile


def _level(measures: Measures, flags: tuple[Flag, Flag, Flag], less_mobile: Array) -> Array:
    """Level that three sets reach: the regular specific offers, the regular ones, all."""
    full = at_least(measures.share(flags[0]), settings.COVERED_SHARE) | _home(measures, flags[0], less_mobile)
    wide = at_least(measures.share(flags[1]), settings.COVERED_SHARE) | _home(measures, flags[1], less_mobile)
    some = measures.has(measures.present, flags[2]) | at_least(measures.share(flags[2]), settings.LIMITED_SHARE)
    return np.select([full, wide, some], [_FULL, _OPEN, _SOME], _NONE)


def _some_offer(measures: Measures, flag: Flag, less_mobile: Array) -> Array:
    """Whether the verdict would be gedekt, algemeen or beperkt with this set.

    Its share of regular offers can't be above its whole share, so only beperkt's own conditions and home count.
    """
    return (
        measures.has(measures.present, flag)
        | at_least(measures.share(flag), settings.LIMITED_SHARE)
        | _home(measures, flag, less_mobile)
    )


def round_half_up(values: Array, step: float = 1.0) -> Array:
    """Round to a multiple of `step`, halves up; floating-point noise below 1e-9 steps does not decide.

    Examples
    --------
    >>> round_half_up(np.array([14.999, 15.0, 25.0]), 10).tolist()
    [10.0, 20.0, 30.0]
    """
    return np.floor(np.round(np.asarray(values, dtype=float) / step, 9) + 0.5) * step


def _unknown_reason(measures: Measures, less_mobile: Array) -> Array:
    """Reason of onbekend where it would hold, else ""."""
    order = [
        (Flag.GROUP_WAIVED, verdicts.GROUP_UNKNOWN),
        (Flag.PLACE_WAIVED, verdicts.PLACE_UNKNOWN),
        (Flag.FILTER_WAIVED, verdicts.FILTER_UNKNOWN),
        (Flag.ALL_WAIVED, verdicts.SEVERAL_UNKNOWN),
    ]
    return np.select(
        [_some_offer(measures, flag, less_mobile) for flag, _ in order], [reason for _, reason in order], ""
    )


def _gap_reason(measures: Measures, less_mobile: Array) -> Array:
    """Reason of mobiel and hiaat."""
    order = [
        (Flag.UNFILTERED, verdicts.OUTSIDE_FILTERS),
        (Flag.IF_ACTIVE, verdicts.NOT_ACTIVE),
        (Flag.ANY_GROUP, verdicts.OTHER_GROUP),
    ]
    conditions = [_some_offer(measures, flag, less_mobile) for flag, _ in order]
    conditions.append(np.broadcast_to(measures.anywhere, conditions[0].shape))
    return np.select(conditions, [*(reason for _, reason in order), verdicts.TOO_FAR], verdicts.NO_OFFER)


def _caveats(measures: Measures, level: Array, verdict: Array, less_mobile: Array) -> Array:
    """Text of `kanttekening`."""
    fresh = _level(measures, (Flag.FRESH_REGULAR_SPECIFIC, Flag.FRESH_REGULAR, Flag.FRESH), less_mobile)
    exact = _level(measures, (Flag.EXACT_REGULAR_SPECIFIC, Flag.EXACT_REGULAR, Flag.EXACT), less_mobile)
    offered = np.isin(verdict, sorted(verdicts.SOME_OFFER))
    maybe_mobile = (verdict == verdicts.GAP) & measures.has(measures.served, Flag.ALL_WAIVED)
    result = np.where(offered & (fresh < level), verdicts.STALE, "").astype(object)
    approximate = offered & (exact < level)
    both = approximate & (result != "")
    result[approximate] = verdicts.APPROXIMATE
    result[both] = f"{verdicts.STALE}; {verdicts.APPROXIMATE}"
    result[maybe_mobile] = verdicts.MOBILE_UNCERTAIN
    return result


def _verdicts(measures: Measures, level: Array, unknown: Array, inhabited: Array) -> Array:
    """Value of `oordeel` per wijk and case: the first condition that holds."""
    conditions = [
        np.broadcast_to(~inhabited[:, None], level.shape),
        level == _FULL,
        level == _OPEN,
        level == _SOME,
        unknown != "",
        measures.has(measures.served, Flag.SUITABLE),
    ]
    return np.select(conditions, list(verdicts.ORDER[:-1]), verdicts.ORDER[-1])


def _reasons(measures: Measures, verdict: Array, unknown: Array, less_mobile: Array) -> Array:
    """Value of `reden` per wijk and case."""
    all_regular = at_least(measures.share(Flag.SUITABLE), settings.COVERED_SHARE)
    limited = np.where(all_regular, verdicts.RARE, verdicts.PART)
    is_open = np.isin(verdict, sorted(verdicts.OPEN_GAP))
    return np.select(
        [verdict == verdicts.LIMITED, verdict == verdicts.UNKNOWN, is_open],
        [limited, unknown, _gap_reason(measures, less_mobile)],
        "",
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
    assumed = (measures.words & np.uint16(flag)) > 0
    counted = ((measures.words & np.uint16(Flag.SUITABLE)) > 0) & ~unplaced
    return assumed & ~counted & (~unplaced | with_hints)


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
        rows, cases = row_numbers[offers].astype(str).astype(object), added[offers]
        related = _touches(supply, reach, offers, sites)
        for wijk, case in zip(*np.nonzero(cells), strict=True):
            result[wijk, case] = ", ".join(rows[related[:, wijk] & cases[:, case]])
    return result


def _people(needs: Needs, cases: tuple[Case, ...], shares: Array) -> tuple[Array, Array, Array]:
    """People, people out of reach (float, NaN = unknown) and the source of the figure, per wijk and case."""
    place = {group: column for column, group in enumerate(needs.persons.columns)}
    groups = [place[case.group] for case in cases]
    persons = needs.persons.to_numpy(dtype=float)[:, groups]
    return persons, round_half_up(persons * (1 - shares)), needs.source.to_numpy(dtype=object)[:, groups]


def _nullable(values: Array) -> pd.arrays.IntegerArray:
    """Whole numbers in which NaN becomes <NA>."""
    flat = values.ravel()
    unknown = np.isnan(flat)
    return pd.arrays.IntegerArray(np.where(unknown, 0, flat).astype(np.int64), unknown)


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
    shares = measures.share(Flag.SUITABLE)
    persons, outside, source = _people(needs, cases, shares)
    size = len(cases)
    distance = np.where(np.isinf(measures.distance_m), np.nan, round_half_up(measures.distance_m.round(6), 10))
    ranking = wijken["ranking"].where(wijken["inhabited"]).to_numpy(dtype=float)
    columns = {
        "wijkcode": _words(wijken.index.to_numpy(dtype=object).repeat(size)),
        "wijk": _words(wijken["label"].to_numpy(dtype=object).repeat(size)),
        "district": _words(wijken["district"].to_numpy(dtype=object).repeat(size)),
        "doelgroep": _words(np.tile([case.group for case in cases], len(wijken))),
        **({per: _words(np.tile([case.value for case in cases], len(wijken)))} if per else {}),
        **{name: _words(values) for name, values in judged.items()},
        "aantal_specifiek": measures.specific.ravel(),
        "aantal_iedereen": measures.open.ravel(),
        "aantal_mobiel": measures.mobile.ravel(),
        "aandeel_bereikt": round_half_up(shares, 1e-4).round(4).ravel(),
        "afstand_m": _nullable(distance),
        "personen": _nullable(persons),
        "buiten_bereik": _nullable(outside),
        "bron_personen": _words(source),
        "wijkranking": _nullable(np.repeat(ranking, size)),
        "rijen_aan_te_vullen": _words(rows),
    }
    return pd.DataFrame(columns)


class Judged(NamedTuple):
    """Verdicts and what they follow from, per wijk and case: arrays of shape (wijken, cases).

    `less_mobile` (bool, shape (1, cases)): for this group home is the place. `level` is that of the offers that count,
    `unknown` the reason why we would not know ("" = none), `verdict` the value of `oordeel`.
    """

    less_mobile: Array
    level: Array
    unknown: Array
    verdict: Array


def judge(measures: Measures, cases: tuple[Case, ...], inhabited: Array) -> Judged:
    """Give every wijk its verdict for every case.

    Parameters
    ----------
    measures : Measures
        Only `present`, `served`, `home` and `shares` are looked at.
    cases : tuple of Case
    inhabited : numpy.ndarray of bool, shape (wijken,)
    """
    less_mobile = np.array([[case.group == codelists.LESS_MOBILE for case in cases]])
    level = _level(measures, (Flag.REGULAR_SPECIFIC, Flag.REGULAR, Flag.SUITABLE), less_mobile)
    unknown = _unknown_reason(measures, less_mobile)
    return Judged(less_mobile, level, unknown, _verdicts(measures, level, unknown, inhabited))


def answer(
    supply: Supply,
    reach: Reach,
    needs: Needs,
    question: Question,
    cases: tuple[Case, ...],
    per: str = "",
    *,
    traits: Traits | None = None,
) -> Answer:
    """Judge every wijk for every case.

    Parameters
    ----------
    supply : Supply
    reach : Reach
        Of the same supply; its `reach_m` is the question's.
    needs : Needs
    question : Question
    cases : tuple of Case
        From `questions.cases_per_group` or `cases_per_value`.
    per : str
        "" for a table per doelgroep; else "type" or "dagdeel", the name of the extra column.
    traits : Traits, optional
        Of the same supply on the question's day, when they are known already.

    Returns
    -------
    Answer
    """
    if traits is None:
        traits = traits_of(supply, question.on)
    measures = measure(supply, reach, traits, cases, open_counts=question.open_counts)
    inhabited = supply.areas.facts["inhabited"].to_numpy(dtype=bool)
    less_mobile, level, unknown, verdict = judge(measures, cases, inhabited)
    reason = _reasons(measures, verdict, unknown, less_mobile)
    caveat = _caveats(measures, level, verdict, less_mobile)
    judged = {"oordeel": verdict, "reden": reason, "kanttekening": caveat}
    rows = _rows_to_complete(supply, reach, measures, reason, caveat)
    table = _table(supply, needs, cases, measures, judged, rows, per)
    return Answer(table, cases, question, traits, measures)


def most_pressing(table: pd.DataFrame) -> pd.DataFrame:
    """The open gaps of a gap table whose people out of reach are known, most pressing first.

    Parameters
    ----------
    table : pandas.DataFrame
        A gap table, or some rows of it.

    Returns
    -------
    pandas.DataFrame
        Rows with verdict hiaat, then mobiel; most people out of reach first; ties by wijkcode. The rows whose
        `buiten_bereik` is unknown are in `unknown_need`.
    """
    gaps = table[table["oordeel"].isin(verdicts.OPEN_GAP) & table["buiten_bereik"].notna()]
    order = gaps.assign(_first=(gaps["oordeel"] != verdicts.GAP))
    return order.sort_values(
        ["_first", "buiten_bereik", "wijkcode"], ascending=[True, False, True], kind="stable"
    ).drop(columns="_first")


def unknown_need(table: pd.DataFrame) -> pd.DataFrame:
    """The open gaps whose people out of reach are unknown: hiaat first, by wijkranking descending, then wijkcode."""
    gaps = table[table["oordeel"].isin(verdicts.OPEN_GAP) & table["buiten_bereik"].isna()]
    order = gaps.assign(_first=(gaps["oordeel"] != verdicts.GAP))
    return order.sort_values(
        ["_first", "wijkranking", "wijkcode"], ascending=[True, False, True], na_position="last", kind="stable"
    ).drop(columns="_first")
