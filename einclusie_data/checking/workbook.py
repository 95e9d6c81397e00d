"""Raw sheets -> a checked workbook: clean tables, and everything that is wrong with them (DESIGN §3).

Tolerant in, strict out. Nothing is raised for what a colleague can correct: problems are collected over all rows and
reported once. Only a file without a sheet of offers stops here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from einclusie_data.checking.layout import find_lists_sheet, layout_of
from einclusie_data.checking.lists import read_lists
from einclusie_data.checking.need import check_need, check_zones
from einclusie_data.checking.offers import OFFER_FLAGS, add_coordinates, check_offers
from einclusie_data.checking.rows import (
    Checker,
    Context,
    check_common,
    check_file_name,
    check_required,
    clean_table,
    empty_table,
    read_columns,
    read_wijken,
    report_of,
)
from einclusie_data.checking.tables import Findings, read_table
from einclusie_data.city.areas import Areas
from einclusie_data.city.names import WijkNames
from einclusie_data.contract.codelists import Codelist
from einclusie_data.contract.errors import Problem
from einclusie_data.contract.organisations import OrganisationNames
from einclusie_data.contract.schema import MEETINGS, METHODS, NEED, OFFERS, PARTNERS, SHEETS, ZONES, sheet_of
from einclusie_data.contract.workbook import NO_MATCHES, Matches, RawWorkbook, Workbook


def check_workbook(raw: RawWorkbook, areas: Areas, matches: Matches = NO_MATCHES) -> Workbook:
    """Check a workbook.

    Parameters
    ----------
    raw : RawWorkbook
        As `read.read_workbook` gives it.
    areas : Areas
        The city: names of wijken, postcodes, where points lie.
    matches : mapping, optional
        Columns that were matched by hand (see `workbook.Matches`); they go before aliases, not before exact names.

    Returns
    -------
    Workbook

    Raises
    ------
    MissingSheetError
        There is no sheet with offers, or it has no header row with the required columns.
    """
    lists_sheet = find_lists_sheet(raw)
    codelists, list_findings = read_lists(lists_sheet)
    layout = layout_of(raw, codelists, lists_sheet, matches)
    if list_findings is not None:
        layout.findings.append(list_findings)
    checkers = {
        key: Checker(read_table(one, sheet_of(key), header, codelists)) for key, (one, header) in layout.tables.items()
    }
    check_file_name(checkers["offers"], raw)
    tables = _check_tables(checkers, codelists, areas)
    findings = [*layout.findings, *(checker.findings for checker in checkers.values())]
    order = {sheet.name: place for place, sheet in reversed(list(enumerate(raw.sheets)))}
    in_order = [checkers[sheet.key] for sheet in SHEETS if sheet.key in checkers]
    return Workbook(
        **tables,
        codelists=MappingProxyType(codelists),
        problems=_all_problems(findings, order),
        reports=tuple(report_of(checker) for checker in in_order),
        extra=_kept_texts(in_order, tables, lambda checker: checker.table.extra),
        written=_kept_texts(in_order, tables, lambda checker: checker.table.cells),
        unknown_sheets=tuple(layout.unknown),
        left_out=MappingProxyType({one.sheet.key: _left_out(one) for one in in_order}),
    )


def _all_problems(findings: Iterable[Findings], order: Mapping[str, int]) -> tuple[Problem, ...]:
    by_sheet = sorted(findings, key=lambda found: order.get(found.sheet, len(order)))
    return tuple(problem for found in by_sheet for problem in found.in_order())


def _kept_texts(
    checkers: Iterable[Checker],
    tables: Mapping[str, pd.DataFrame],
    columns_of: Callable[[Checker], Mapping[str, tuple[str, ...]]],
) -> Mapping[str, pd.DataFrame]:
    """Some raw columns of every sheet, for the rows of its clean table."""
    return MappingProxyType({one.sheet.key: _texts(one, tables[one.sheet.key], columns_of(one)) for one in checkers})


def _texts(checker: Checker, table: pd.DataFrame, columns: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    place_of = {number: place for place, number in enumerate(checker.numbers)}
    places = [place_of[number] for number in table["row"]]
    kept = {header: [texts[place] for place in places] for header, texts in columns.items()}
    return pd.DataFrame(kept, index=table.index, dtype="str")


def _left_out(checker: Checker) -> pd.DataFrame:
    """The rows with an error as text."""
    places = [place for place, number in enumerate(checker.numbers) if number in checker.findings.left_out]
    texts = {key: [cells[place] for place in places] for key, cells in checker.table.cells.items()}
    rows = pd.Series([checker.numbers[place] for place in places], dtype="int64")
    return pd.DataFrame({"row": rows, **texts})


def _check_tables(
    checkers: Mapping[str, Checker], codelists: Mapping[str, Codelist], areas: Areas
) -> dict[str, pd.DataFrame]:
    """Clean table per sheet; Gebieden and Partners first, because the others refer to them."""
    tables = {sheet.key: empty_table(sheet, OFFER_FLAGS if sheet is OFFERS else ()) for sheet in SHEETS}
    names = WijkNames(areas.wijken, areas.postcodes)
    if ZONES.key in checkers:
        tables[ZONES.key], names = check_zones(checkers[ZONES.key], names)
    context = Context(codelists, names, OrganisationNames(), areas)
    if PARTNERS.key in checkers:
        tables[PARTNERS.key] = _check_partners(checkers[PARTNERS.key], context)
    partners = tables[PARTNERS.key]
    organisations = OrganisationNames(zip(partners["organisation"], partners["other_names"], strict=True))
    context = Context(codelists, names, organisations, areas)
    tables[OFFERS.key] = check_offers(checkers[OFFERS.key], context)
    if NEED.key in checkers:
        tables[NEED.key] = check_need(checkers[NEED.key], context)
    for sheet in (METHODS, MEETINGS):
        if sheet.key in checkers:
            tables[sheet.key] = _check_plain(checkers[sheet.key], context)
    return tables


def _finish(checker: Checker, values: dict[str, list[Any]]) -> pd.DataFrame:
    check_required(checker, values)
    check_common(checker)
    keep = [number not in checker.findings.left_out for number in checker.numbers]
    return clean_table(checker.sheet, checker.numbers, values, keep)


def _check_plain(checker: Checker, context: Context) -> pd.DataFrame:
    """A sheet without places."""
    return _finish(checker, read_columns(checker, context))


def _check_partners(checker: Checker, context: Context) -> pd.DataFrame:
    values = read_columns(checker, context)
    values["wijken"] = [cell.codes for cell in read_wijken(checker, context, values)]
    add_coordinates(checker, context, values)
    return _finish(checker, values)
