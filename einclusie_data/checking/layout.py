"""Which sheet of a file is which sheet of the contract (DESIGN §3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from einclusie_data.checking.headers import HeaderRow, best_guess, find_header, missing_headers, sheet_key
from einclusie_data.checking.tables import Findings
from einclusie_data.contract.codelists import Codelist
from einclusie_data.contract.errors import MissingSheetError
from einclusie_data.contract.privacy import quoted
from einclusie_data.contract.schema import (
    HELP_SHEET,
    LISTS_SHEET,
    LISTS_SHEET_ALIASES,
    OFFERS,
    REPAIR_SHEET,
    SHEETS,
    Sheet,
    sheet_of,
)
from einclusie_data.contract.text import compact
from einclusie_data.contract.workbook import NO_MATCHES, Matches, RawSheet, RawWorkbook

_LISTS = {compact(name) for name in (LISTS_SHEET, *LISTS_SHEET_ALIASES)}
_NO_DATA = {compact(name) for name in (HELP_SHEET, REPAIR_SHEET)}
_ENOUGH_COLUMNS = 3
"""Recognised columns with which a sheet of another name may be the sheet of offers."""
_SHOWN_NAMES = 8


_NO_FIT = (
    "Met de kolommen die je met de hand koppelde, vinden we op dit blad geen kopregel. We lezen het blad zonder die "
    "koppelingen. Kijk ze na."
)


@dataclass
class Layout:
    """Which raw sheet is which."""

    tables: dict[str, tuple[RawSheet, HeaderRow]] = field(default_factory=dict)
    unknown: list[RawSheet] = field(default_factory=list)
    findings: list[Findings] = field(default_factory=list)
    matches: Matches = field(default_factory=lambda: NO_MATCHES)

    def find(self, raw: RawSheet, sheet: Sheet, codelists: Mapping[str, Codelist]) -> HeaderRow | None:
        """The header row of a sheet, with what was matched by hand.

        When that stands in the way, the sheet is read without it, and that is reported.
        """
        header = find_header(raw, sheet, codelists, self.matches)
        if header is not None or not self.matches:
            return header
        header = find_header(raw, sheet, codelists)
        if header is not None:
            findings = Findings(raw.name)
            findings.warn("koppeling-past-niet", None, None, raw.name, _NO_FIT)
            self.findings.append(findings)
        return header

    def set_aside(self, raw: RawSheet, code: str, message: str) -> None:
        """Keep a sheet that is not understood, and say so."""
        findings = Findings(raw.name)
        findings.warn(code, None, None, raw.name, message)
        self.unknown.append(raw)
        self.findings.append(findings)


def find_lists_sheet(raw: RawWorkbook) -> RawSheet | None:
    """The sheet Lijsten, if there is one."""
    return None if raw.is_csv else next((one for one in raw.sheets if compact(one.name) in _LISTS), None)


def layout_of(
    raw: RawWorkbook,
    codelists: Mapping[str, Codelist],
    lists_sheet: RawSheet | None,
    matches: Matches = NO_MATCHES,
) -> Layout:
    """Find the sheets of the contract.

    Parameters
    ----------
    raw : RawWorkbook
    codelists : mapping of str to Codelist
        For headers of columns with crosses.
    lists_sheet : RawSheet or None
        The sheet Lijsten, which is read before the others.
    matches : mapping, optional
        What was matched by hand.

    Raises
    ------
    MissingSheetError
        No sheet has offers.
    """
    layout = Layout(matches=matches)
    if raw.is_csv:
        _require_offers(layout, list(raw.sheets), raw, codelists)
        return layout
    named: dict[str, list[RawSheet]] = {}
    nameless: list[RawSheet] = []
    for one in raw.sheets:
        if one is lists_sheet or compact(one.name) in _NO_DATA:
            continue
        key = sheet_key(one.name, SHEETS)
        (nameless if key is None else named.setdefault(key, [])).append(one)
    offers = _exact_first(named.pop(OFFERS.key, []), OFFERS)
    chosen = _require_offers(layout, [*offers, *nameless], raw, codelists, certain=len(offers))
    for key, sheets in named.items():
        _choose(layout, sheet_of(key), _exact_first(sheets, sheet_of(key)), codelists)
    for one in (*offers, *nameless):
        if one is not chosen:
            _set_aside_unknown(layout, one)
    layout.unknown.sort(key=lambda one: raw.sheets.index(one))
    return layout


def _exact_first(sheets: list[RawSheet], sheet: Sheet) -> list[RawSheet]:
    return sorted(sheets, key=lambda one: compact(one.name) != compact(sheet.name))


def _set_aside_unknown(layout: Layout, one: RawSheet) -> None:
    hidden = " (verborgen)" if one.hidden else ""
    message = f"Het blad {quoted(one.name)}{hidden} kennen we niet. We bewaren het, maar doen er niets mee."
    layout.set_aside(one, "blad-onbekend", message)


def _choose(layout: Layout, sheet: Sheet, sheets: list[RawSheet], codelists: Mapping[str, Codelist]) -> None:
    """Take the first sheet of a kind; keep and report the others."""
    for one in sheets:
        header = layout.find(one, sheet, codelists) if sheet.key not in layout.tables else None
        if header is not None:
            layout.tables[sheet.key] = (one, header)
        elif sheet.key in layout.tables:
            _set_aside_unknown(layout, one)
        elif one.rows:
            missing = ", ".join(missing_headers(sheet, best_guess(one, sheet, codelists)))
            message = f"Op het blad {quoted(one.name)} vinden we geen kopregel met: {missing}. We lezen het blad niet."
            layout.set_aside(one, "kopregel-ontbreekt", message)


def _require_offers(
    layout: Layout, sheets: list[RawSheet], raw: RawWorkbook, codelists: Mapping[str, Codelist], certain: int = 1
) -> RawSheet:
    """The sheet of offers: one with a known name (the first `certain`), else one with its headers."""
    for place, one in enumerate(sheets):
        header = layout.find(one, OFFERS, codelists)
        if header is not None and (place < certain or len(header.columns) >= _ENOUGH_COLUMNS):
            layout.tables[OFFERS.key] = (one, header)
            return one
    raise MissingSheetError(_no_offers_sentence(sheets[:certain], raw, codelists))


def _no_offers_sentence(sheets: list[RawSheet], raw: RawWorkbook, codelists: Mapping[str, Codelist]) -> str:
    required = " en ".join(f'"{column.header}"' for column in OFFERS.columns if column.required)
    for one in sheets:
        found = best_guess(one, OFFERS, codelists)
        names = [name for name in found.names if name][:_SHOWN_NAMES] if found else []
        seen = f"wel gevonden: {', '.join(quoted(name) for name in names)}" if names else "het blad lijkt leeg"
        where = f"Op het blad {quoted(one.name)}" if one.name else "In dit bestand"
        return f"{where} vinden we geen kopregel met de kolommen {required}; {seen}. Zet die namen op één rij bovenaan."
    names = [quoted(one.name) for one in raw.sheets][:_SHOWN_NAMES]
    seen = f"gevonden: {', '.join(names)}" if names else "het bestand heeft geen bladen"
    return (
        f'We vinden geen blad "{OFFERS.name}" met de kolommen {required}; {seen}. '
        f'Noem het blad met het aanbod "{OFFERS.name}".'
    )
