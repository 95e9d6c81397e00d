"""Which columns of a file were understood and how, and which ones the trekker can still match by hand."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

import pandas as pd

from einclusie_data.checking.headers import HeaderRow, best_guess, is_private, sheet_key
from einclusie_data.checking.layout import find_lists_sheet
from einclusie_data.checking.lists import read_lists
from einclusie_data.contract.privacy import quoted
from einclusie_data.contract.schema import OFFERS, SHEETS, Sheet, sheet_of
from einclusie_data.contract.text import clean_text, closest_key, compact
from einclusie_data.contract.workbook import NO_MATCHES, How, Matches, RawSheet, RawWorkbook, Workbook

IGNORE = ""
"""What a header is matched with to leave its column out."""
EXAMPLES = 3
"""Values of a column that are shown to help someone recognise it."""
UNDERSTOOD_COLUMNS = ("sheet", "key", "header", "column", "label", "how", "rows_read", "rows_used")
UNMATCHED_COLUMNS = ("sheet", "key", "header", "match", "examples", "guess")


def match_of(sheet: str, header: str) -> tuple[str, str]:
    """The key under which a match by hand is remembered.

    Examples
    --------
    >>> match_of("offers", "Voor  Wie?") == match_of("offers", "voor wie")
    True
    """
    return sheet, compact(header)


def column_choices(sheet: str) -> dict[str, str]:
    """What a column of a sheet can be matched with: key of the column -> header of the contract."""
    return dict(sheet_of(sheet).headers)


def choices_left(sheet: str, workbook: Workbook | None) -> dict[str, str]:
    """The columns of a sheet that the file does not have yet: key -> header; all of them before it is understood."""
    there = set() if workbook is None else {
        one.key for report in workbook.reports if report.key == sheet for one in report.understood
    }  # fmt: skip
    return {key: header for key, header in column_choices(sheet).items() if key not in there}


def hand_matches(
    workbook: Workbook | None, chosen: Mapping[tuple[str, str], str | None]
) -> list[tuple[tuple[str, str], str, str]]:
    """The columns that were matched by hand and can be taken back.

    Parameters
    ----------
    workbook : Workbook or None
        None before its columns were recognised.
    chosen : mapping
        What was matched in this upload (see `draft.Draft.matches`).

    Returns
    -------
    list of (match, header, label)
        `label` is the header of the contract, or says that the column is left out.
    """
    found = {} if workbook is None else {
        match_of(report.key, one.header): (one.header, sheet_of(report.key).column(one.key).header)
        for report in workbook.reports for one in report.understood if one.how is How.HAND
    }  # fmt: skip
    for match, column in chosen.items():
        if column is not None and match not in found:
            label = column_choices(match[0]).get(column, "weggelaten")
            found[match] = (_header(workbook, match), label)
    return [(match, header, label) for match, (header, label) in found.items()]


def _header(workbook: Workbook | None, match: tuple[str, str]) -> str:
    """A header as it stands in the file."""
    reports = () if workbook is None else workbook.reports
    names = [name for report in reports if report.key == match[0] for name in report.unknown_columns]
    return next((name for name in names if compact(name) == match[1]), match[1])


def understood_sheets(workbook: Workbook) -> list[tuple[str, str, int, int]]:
    """Per sheet that was understood: name in the file, name of the contract, rows read, rows used."""
    return [(one.name, sheet_of(one.key).name, one.rows_read, one.rows_used) for one in workbook.reports]


def understood_columns(workbook: Workbook) -> pd.DataFrame:
    """Every column that was understood.

    Returns
    -------
    pandas.DataFrame
        In the order of the file. Columns: `sheet` (name in the file), `key` (of the sheet), `header` (as in the
        file), `column` (key), `label` (header of the contract), `how` (`How`), and of the sheet as a whole
        `rows_read` and `rows_used`.
    """
    rows = [
        (report.name, report.key, one.header, one.key, sheet_of(report.key).column(one.key).header, one.how,
         report.rows_read, report.rows_used)
        for report in workbook.reports
        for one in report.understood
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(UNDERSTOOD_COLUMNS))


def unmatched_columns(workbook: Workbook) -> pd.DataFrame:
    """Every column that was not understood, or that repeats another, and that someone can match by hand.

    Returns
    -------
    pandas.DataFrame
        In the order of the file. Columns: `sheet` (name in the file), `key` (of the sheet), `header` (as in the
        file), `match` (key in `Matches`), `examples` (tuple of str, personal details masked; none of a column that
        calls itself internal), `guess` (key of the column that the header resembles and that is not there yet, or
        None). A column without a header is not there: it needs a header first.
    """
    rows = [
        _row(report.name, sheet_of(report.key), header, workbook.extra[report.key][name], report.columns)
        for report in workbook.reports
        for name, header in report.unmatched.items()
    ]
    return pd.DataFrame(rows, columns=list(UNMATCHED_COLUMNS), dtype=object)


def unmatched_headers(raw: RawWorkbook, matches: Matches = NO_MATCHES) -> pd.DataFrame:
    """The columns to match by hand in a file of which even the required columns of Aanbod were not recognised.

    Parameters
    ----------
    raw : RawWorkbook
        For which `check_workbook` raised `MissingSheetError`.
    matches : mapping, optional

    Returns
    -------
    pandas.DataFrame
        As of `unmatched_columns`, of the row of Aanbod that resembles a header row most; empty when none does.
    """
    codelists, _ = read_lists(find_lists_sheet(raw))
    found = [(one, best_guess(one, OFFERS, codelists, matches)) for one in _maybe_offers(raw)]
    known = [(one, header) for one, header in found if header is not None]
    if not known:
        return pd.DataFrame([], columns=list(UNMATCHED_COLUMNS), dtype=object)
    one, header = max(known, key=lambda item: item[1].score)
    rows = [_row(one.name, OFFERS, name, cells, header.columns) for name, cells in _free_columns(one, header)]
    return pd.DataFrame(rows, columns=list(UNMATCHED_COLUMNS), dtype=object)


def _maybe_offers(raw: RawWorkbook) -> list[RawSheet]:
    """The sheets called Aanbod; without one, those that are no other sheet either."""
    keys = [OFFERS.key if raw.is_csv else sheet_key(one.name, SHEETS) for one in raw.sheets]
    named = [one for one, key in zip(raw.sheets, keys, strict=True) if key == OFFERS.key]
    return named or [one for one, key in zip(raw.sheets, keys, strict=True) if key is None]


def _free_columns(raw: RawSheet, header: HeaderRow) -> list[tuple[str, Iterable[str]]]:
    taken = {*header.columns.values(), *(mark.place for mark in header.marks), *header.ignored}
    below = raw.rows[header.position + 1 :]
    free: dict[str, tuple[str, Iterable[str]]] = {}
    for place, name in enumerate(header.names):
        if name and place not in taken:
            free.setdefault(compact(name), (name, [clean_text(row[place]) for row in below]))
    return list(free.values())


def _row(
    name: str, sheet: Sheet, header: str, cells: Iterable[str], there: Container[str]
) -> tuple[str, str, str, tuple[str, str], tuple[str, ...], str | None]:
    return (
        name,
        sheet.key,
        header,
        match_of(sheet.key, header),
        _examples(header, cells),
        _guess(sheet, header, there),
    )


def _examples(header: str, cells: Iterable[str]) -> tuple[str, ...]:
    """A few different values, as `quoted` shows them but without the quotes."""
    if is_private(header):
        return ()
    values = list(dict.fromkeys(cell for cell in cells if cell))[:EXAMPLES]
    return tuple(quoted(value)[1:-1] for value in values)


def _guess(sheet: Sheet, header: str, there: Container[str]) -> str | None:
    """The column that a header resembles most, of those that the file does not have yet."""
    words: dict[str, str] = {}
    for column in sheet.columns:
        if column.key not in there and (column.internal or not is_private(header)):
            words |= {compact(name): column.key for name in (column.header, *column.aliases)}
    found = closest_key(compact(header), tuple(words))
    return None if found is None else words[found]
