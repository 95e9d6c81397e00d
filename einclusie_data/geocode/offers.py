"""Addresses -> points for the offers that have none (DESIGN §4, "or an address that was geocoded").

Off unless someone hands over a client. Without one only earlier answers are used and no request leaves, so that the
same step places the offers of a published version for every visitor.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd

from einclusie_data.city.areas import Areas
from einclusie_data.contract.codelists import MOBILE_MODES
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.errors import Problem, Severity
from einclusie_data.contract.schema import OFFERS
from einclusie_data.contract.words import count
from einclusie_data.contract.workbook import SheetReport
from einclusie_data.geocode.answer import Point, address_problem, address_query, judge
from einclusie_data.geocode.ask import Answers, Cache, Counts, Found, Geocoder, MemoryCache, Stop, never, silent
from einclusie_data.geocode.points import PointSource, place_by_hand, rows_of, with_points, with_source

__all__ = ["Geocoded", "MemoryCache", "Point", "address_query", "geocode_offers", "judge"]

_log = logging.getLogger("einclusie")


class Geocoded(NamedTuple):
    """Offers with points and `point_source` (see `PointSource`), the problems by row, and the counts."""

    offers: pd.DataFrame
    problems: tuple[Problem, ...]
    counts: Counts


def geocode_offers(
    offers: pd.DataFrame,
    areas: Areas,
    cache: Cache | None = None,
    client: Geocoder | None = None,
    progress: Callable[[int, int], None] = silent,
    cancelled: Callable[[], bool] = never,
    *,
    by_hand: Mapping[str, Point] | None = None,
    report: SheetReport | None = None,
) -> Geocoded:
    """Give offers the point of their address.

    Parameters
    ----------
    offers : pandas.DataFrame
        Clean offers. Only those with an address, without believed coordinates and not mobile get a point.
    areas : Areas
    cache : Cache, optional
        Earlier answers; new ones are added. None: no address is looked up, only `by_hand` counts.
    client : Geocoder, optional
        None (the default): nothing is asked, only `cache` is used.
    progress : callable
        Gets how many addresses are done, of how many that have to be asked.
    cancelled : callable
        Asked before every request; True stops.
    by_hand : mapping of str to Point, optional
        `place_key` -> point; goes before everything else.
    report : SheetReport, optional
        Of Aanbod: problems then name the sheet and headers of the file.

    Returns
    -------
    Geocoded
    """
    placed, problems = place_by_hand(with_source(offers), by_hand or {}, areas)
    rows = {} if cache is None else _rows_to_place(placed)
    queries = {place: address_query(row) for place, row in watched(rows.items())}
    answers = Answers(MemoryCache() if cache is None else cache, client, progress, cancelled).of(
        query for query in queries.values() if query
    )
    settled = _settle_all(rows, queries, answers.found, areas)
    points = {place: point for place, (point, _) in settled.items() if point is not None}
    problems += [problem for _, problem in settled.values() if problem is not None]
    counts = _count(list(settled.values()), answers)
    if counts.stopped in (Stop.UNREACHABLE, Stop.REFUSED):
        problems.append(_unreachable(counts.open))
    in_order = sorted(problems, key=lambda problem: problem.row or 0)
    return Geocoded(
        with_points(placed, points, PointSource.ADDRESS),
        tuple(_in_file(problem, report) for problem in in_order),
        counts,
    )


def _rows_to_place(offers: pd.DataFrame) -> dict[int, dict[str, Any]]:
    """Position -> row of the offers that an address can place."""
    wanted = (
        (offers["address"] != "") & ~offers["mode"].isin(MOBILE_MODES) & (offers["lat"].isna() | offers["lon"].isna())
    ).to_numpy()
    chosen = [place for place, want in enumerate(wanted) if want]
    return dict(zip(chosen, rows_of(offers[wanted]), strict=True))


Settled = tuple[Point | None, Problem | None]
"""Point and problem of one row; neither when nobody asked its address."""


def _settle_all(
    rows: Mapping[int, Mapping[str, Any]], queries: Mapping[int, str | None], found: Found, areas: Areas
) -> dict[int, Settled]:
    """Point and problem per row; what several rows have in common is judged once."""
    alike: dict[tuple[Any, ...], Settled] = {}
    settled = {}
    for place, row in watched(rows.items()):
        case = tuple(row[key] for key in ("address", "postcode", "district", "wijken"))
        if case not in alike:
            alike[case] = _settle(row, queries[place], found, areas)
        point, problem = alike[case]
        settled[place] = (point, None if problem is None else replace(problem, row=row["row"]))
    return settled


def _settle(row: Mapping[str, Any], query: str | None, found: Found, areas: Areas) -> Settled:
    if query is None:
        message = (
            "Dit adres kunnen we niet opzoeken. Schrijf één straat met huisnummer, en vul de postcode in. "
            "Of zet het punt met de hand op de kaart."
        )
        return None, address_problem("adres-onvolledig", row, message)
    if query not in found:
        return None, None
    result = judge(found[query], row, areas)
    return result.point, result.problem


def _count(settled: Sequence[Settled], answers: Answers) -> Counts:
    placed = sum(point is not None for point, _ in settled)
    untouched = settled.count((None, None))
    causes = [problem.code for point, problem in settled if point is None and problem is not None]
    counts = replace(
        answers.counts,
        rows=len(settled),
        placed=placed,
        doubtful=len(causes),
        not_found=causes.count("adres-niet-gevonden"),
        incomplete=causes.count("adres-onvolledig"),
        unreadable=causes.count("adres-antwoord-onleesbaar"),
        open=untouched,
    )
    if settled:
        _log.info("adressen: %s", counts)
    return counts


def _unreachable(still_open: int) -> Problem:
    message = (
        "De adressendienst antwoordt niet of niet goed. We stopten met vragen. "
        f"{count(still_open, 'rij blijft', 'rijen blijven')} zonder punt. Probeer het later opnieuw."
    )
    header = OFFERS.column("address").header
    return Problem("adressendienst-onbereikbaar", Severity.WARNING, OFFERS.name, None, header, "", message)


def _in_file(problem: Problem, report: SheetReport | None) -> Problem:
    """The problem with the names that the file itself uses."""
    if report is None:
        return problem
    headers = {OFFERS.column(key).header: header for key, header in report.columns.items()}
    return replace(problem, sheet=report.name, column=headers.get(problem.column or "", problem.column))
