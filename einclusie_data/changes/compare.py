"""Two versions of the workbook -> what was added, removed and changed, and which gaps open or close.

What changed in the rows that two versions of a sheet share, cell by cell, as people typed it.

Columns that the published workbook had filled in and a new one lost: asked about before publishing (DESIGN §3).

Offers that are in both files, but used in one of them only because a row has an error in the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from einclusie_data.changes.gaps import CLOSED, OPENED, SHIFTED, UNCERTAIN, gap_changes
from einclusie_data.changes.matching import match_by_name, match_offers
from einclusie_data.changes.meanings import NUMBER, Meanings, Naming, cell_meanings, one_name
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.errors import Severity
from einclusie_data.contract.organisations import OrganisationNames
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.questions import Question
from einclusie_data.contract.schema import METHODS, OFFERS, PARTNERS, SHEETS, Column, Kind, Sheet
from einclusie_data.contract.text import compact, normalise
from einclusie_data.contract.workbook import Workbook
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.public import OPENLY_SHOWN, public_rows

_FOUND_BY = (
    ("name", "organisation", "address"), ("name", "organisation", "location"), ("name", "address"),
    ("name", "location"), ("name", NUMBER), ("organisation", "address", NUMBER), ("organisation", "location", NUMBER),
    ("name", "postcode"), ("organisation", NUMBER), ("name",),
)  # fmt: skip
"""What a row with an error must share with an offer to be that offer, the surest first: its name or its organisation is
missing. Each must be the only one with it."""

_TEXTS = (NUMBER, "name", "address", "location", "postcode")

Words = dict[str, str]


def left_out_notes(rows: pd.DataFrame, other: Workbook, naming: Naming, *, then: bool) -> dict[int, str]:
    """Why offers that are used in one version are not in the other.

    Parameters
    ----------
    rows : pandas.DataFrame
        Clean offers that have no partner in the other version.
    other : Workbook
        That version.
    naming : callable
        From `meanings.one_name`.
    then : bool
        The other version is the older one.

    Returns
    -------
    dict of int to str
        Excel row of an offer -> a sentence; only of those that the other file has with an error.
    """
    texts = other.left_out.get(OFFERS.key)
    if texts is None or texts.empty or rows.empty:
        return {}
    offers = dict(zip(rows["row"].tolist(), _words_of_offers(rows, naming), strict=True))
    faulty = dict(zip(texts["row"].tolist(), _words_of_texts(texts, naming), strict=True))
    reasons = _reasons(other)
    return {row: _note(there, reasons.get(there, ""), then=then) for row, there in _partners(offers, faulty)}


def _note(row: int, reason: str, *, then: bool) -> str:
    seen = "Stond er al, op rij {}, maar telde niet mee" if then else "Staat er nog, op rij {}, maar telt niet mee"
    return f"{seen.format(row)}: {reason}" if reason else f"{seen.format(row)}."


def _reasons(workbook: Workbook) -> dict[int | None, str]:
    """Excel row -> the first error in it."""
    names = {report.name for report in workbook.reports if report.key == OFFERS.key}
    errors = [one for one in workbook.problems if one.severity is Severity.ERROR and one.sheet in names]
    return {one.row: one.message for one in reversed(errors)}


def _words_of_offers(rows: pd.DataFrame, naming: Naming) -> Iterator[Words]:
    for cells in watched(rows[[*_TEXTS, "organisations"]].to_dict("records")):
        yield _words(cells, cells["organisations"], naming)


def _words_of_texts(texts: pd.DataFrame, naming: Naming) -> Iterator[Words]:
    split = OrganisationNames().split
    for cells in watched(texts.to_dict("records")):
        yield _words(cells, split(str(cells.get("organisations", ""))), naming)


def _words(cells: Mapping[Hashable, object], organisations: Iterable[str], naming: Naming) -> Words:
    words = {key: compact(str(cells.get(key, ""))) for key in _TEXTS}
    return words | {"organisation": " ".join(sorted(map(naming, organisations)))}


def _partners(offers: dict[int, Words], faulty: dict[int, Words]) -> Iterator[tuple[int, int]]:
    """Offers with the one row with an error that is the same."""
    for keys in _FOUND_BY:
        here, there = _by(offers, keys), _by(faulty, keys)
        for words in here.keys() & there.keys():
            if len(here[words]) == len(there[words]) == 1:
                row, found = here[words][0], there[words][0]
                del offers[row], faulty[found]
                yield row, found


def _by(rows: dict[int, Words], keys: tuple[str, ...]) -> dict[tuple[str, ...], list[int]]:
    groups: dict[tuple[str, ...], list[int]] = {}
    for row, words in rows.items():
        found = tuple(words[key] for key in keys)
        if all(found):
            groups.setdefault(found, []).append(row)
    return groups


LOST_COLUMNS = ("sheet", "column", "cells", "internal", "emptied", "public")
"""Columns of `lost_columns`."""


def lost_columns(old: Workbook, new: Workbook) -> pd.DataFrame:
    """What a newer workbook no longer has.

    Parameters
    ----------
    old, new : Workbook

    Returns
    -------
    pandas.DataFrame
        One row per lost column, in the order of the sheets: `sheet` (name in the older file), `column` (header there;
        "" = a whole sheet), `cells` (how many cells held something), `internal` (bool: for the
        trekker alone), `emptied` (bool: the column is still there, but nothing is left in it), `public` (bool: a column
        or sheet of the contract that anyone may see).
    """
    lost = [one for sheet in SHEETS for one in _of_sheet(old, new, sheet)]
    return pd.DataFrame([*lost, *_unknown_sheets(old, new)], columns=list(LOST_COLUMNS))


def _of_sheet(old: Workbook, new: Workbook, sheet: Sheet) -> list[tuple[Any, ...]]:
    """The lost columns of a sheet; one line for all of them when the sheet itself is gone."""
    lost = [*_of_contract(old, new, sheet), *_unknown(old, new, sheet)]
    if len(lost) > 1 and not _filled_columns(new, sheet)[1]:
        return [(lost[0][0], "", sum(cells for _, _, cells, *_ in lost), False, False, True)]
    return lost


def _filled_columns(workbook: Workbook, sheet: Sheet) -> tuple[str, dict[str, str]]:
    """Name of the sheet in the file, and key -> header of its columns; ("", {}) without that sheet."""
    return next(((one.name, dict(one.columns)) for one in workbook.reports if one.key == sheet.key), ("", {}))


def _filled(workbook: Workbook, sheet: Sheet, key: str) -> int:
    """How many cells of a column hold something: typed, or given as crosses."""
    written = workbook.written.get(sheet.key)
    if written is not None and key in written:
        return int((written[key] != "").sum())
    cells = getattr(workbook, sheet.key)[key]
    return sum(1 for cell in cells if not (pd.isna(cell) if not isinstance(cell, tuple) else False) and cell)


def _of_contract(old: Workbook, new: Workbook, sheet: Sheet) -> Iterator[tuple[Any, ...]]:
    (name, before), (_, after) = _filled_columns(old, sheet), _filled_columns(new, sheet)
    for column in sheet.columns:
        cells = _filled(old, sheet, column.key) if column.key in before else 0
        emptied = column.key in after
        if cells and not (emptied and _filled(new, sheet, column.key)):
            yield name, before[column.key], cells, column.internal, emptied, not column.internal


def _unknown(old: Workbook, new: Workbook, sheet: Sheet) -> Iterator[tuple[Any, ...]]:
    before, after = old.extra.get(sheet.key), new.extra.get(sheet.key)
    left = {compact(str(header)): _not_empty(cells) for header, cells in ({} if after is None else after).items()}
    for header, cells in ({} if before is None else before).items():
        key, count = compact(str(header)), _not_empty(cells)
        if count and not left.get(key):
            yield _filled_columns(old, sheet)[0], str(header), count, False, key in left, False


def _not_empty(cells: pd.Series) -> int:
    return int((cells != "").sum())


def _unknown_sheets(old: Workbook, new: Workbook) -> Iterator[tuple[Any, ...]]:
    there = {compact(sheet.name) for sheet in new.unknown_sheets}
    for sheet in old.unknown_sheets:
        cells = sum(1 for row in sheet.rows for cell in row if cell)
        if cells and compact(sheet.name) not in there:
            yield sheet.name, "", cells, False, False, False


COLUMNS = ("row", "row_before", "name", "column", "before", "after", "secret")
"""Columns of `cell_changes`."""

SEPARATOR = "; "
_FILLED_FROM_WHEN = ("dayparts", "frequency")
"""Columns of Aanbod whose blank cells are read from Wanneer: there a blank cell has a value that nobody typed."""


def cell_changes(
    old: Workbook, new: Workbook, sheet: Sheet, pairs: Sequence[tuple[int, int]], meanings: Meanings
) -> pd.DataFrame:
    """The cells that say something else than before.

    Parameters
    ----------
    old, new : Workbook
    sheet : Sheet
    pairs : sequence of (int, int)
        Positions of the same row in either version.
    meanings : Meanings
        Of this sheet.

    Returns
    -------
    pandas.DataFrame
        One row per cell, in the order of the newer sheet and of its columns: `row` and `row_before` (Excel rows),
        `name` (the newer one), `column` (the contract's header, or that of a column that is not in the contract),
        `before` and `after` (as typed, dates as 2026-09-01, personal details masked), `secret` (an internal column, or
        one that we don't know: the texts are then left out, "").
    """
    here, there = [one for one, _ in pairs], [other for _, other in pairs]
    found: list[tuple[Any, ...]] = []
    for place, column in enumerate(watched(sheet.columns)):
        differs = meanings.old[here, place] != meanings.new[there, place]
        if column.key == NUMBER or not differs.any() or (column.internal and not _both_have(old, new, sheet, column)):
            continue
        before, after = _texts(old, sheet, column), _texts(new, sheet, column)
        found += [
            (at, place, column.header, *_shown(before[one], after[other], column), column.internal)
            for at, (one, other) in enumerate(watched(pairs))
            if differs[at] and before[one] != after[other]
        ]
    found += _unknown_columns(old, new, sheet, pairs)
    return _as_table(old, new, sheet, pairs, sorted(found, key=lambda cell: cell[:2]))


def _as_table(
    old: Workbook, new: Workbook, sheet: Sheet, pairs: Sequence[tuple[int, int]], found: Sequence[tuple[Any, ...]]
) -> pd.DataFrame:
    before, after = getattr(old, sheet.key), getattr(new, sheet.key)
    rows, rows_before = after["row"].tolist(), before["row"].tolist()
    names = after[next(column.key for column in sheet.columns if column.required)].tolist()
    shown = {name: mask_personal(name) for name in {names[pairs[at][1]] for at, *_ in found}}
    cells = [
        (rows[pairs[at][1]], rows_before[pairs[at][0]], shown[names[pairs[at][1]]], *rest) for at, _, *rest in found
    ]
    return pd.DataFrame(cells, columns=list(COLUMNS))


def _columns_of(workbook: Workbook, sheet: Sheet) -> frozenset[str] | None:
    """Keys of the columns that the file has; None when that is not known."""
    return next((frozenset(report.columns) for report in workbook.reports if report.key == sheet.key), None)


def _both_have(old: Workbook, new: Workbook, sheet: Sheet, column: Column) -> bool:
    """A column that one version does not have is asked about as a whole (`lost_columns`)."""
    return all(
        columns is None or column.key in columns for columns in (_columns_of(old, sheet), _columns_of(new, sheet))
    )


def _texts(workbook: Workbook, sheet: Sheet, column: Column) -> list[str]:
    """The cells of a column as people typed them; of columns of crosses, the values that the crosses stand for."""
    values = getattr(workbook, sheet.key)[column.key].tolist()
    columns = _columns_of(workbook, sheet)
    if columns is not None and column.key not in columns:
        return [""] * len(values)
    written = workbook.written.get(sheet.key)
    typed = written[column.key].tolist() if written is not None and column.key in written else None
    if column.kind is Kind.DATE:
        return [_day(value) or text for value, text in zip(values, typed or [""] * len(values), strict=True)]
    if typed is None:
        return [_joined(value) for value in values]
    if sheet is OFFERS and column.key in _FILLED_FROM_WHEN:
        return typed
    return [text or _joined(value) for value, text in zip(values, typed, strict=True)]


def _day(value: pd.Timestamp) -> str:
    return "" if pd.isna(value) else f"{value:%Y-%m-%d}"


def _joined(value: Any) -> str:
    if isinstance(value, tuple):
        return SEPARATOR.join(value)
    if isinstance(value, float):
        return "" if pd.isna(value) else repr(value)
    return str(value)


def _shown(before: str, after: str, column: Column) -> tuple[str, str]:
    """The texts as anyone may see them."""
    if column.internal:
        return "", ""
    return (before, after) if column.key in OPENLY_SHOWN else (mask_personal(before), mask_personal(after))


def _unknown_columns(
    old: Workbook, new: Workbook, sheet: Sheet, pairs: Sequence[tuple[int, int]]
) -> list[tuple[Any, ...]]:
    """Changed cells of the columns that are not in the contract and that both versions have."""
    before, after = (
        {compact(str(header)): (header, cells.tolist()) for header, cells in book.extra[sheet.key].items()}
        if sheet.key in book.extra
        else {}
        for book in (old, new)
    )
    return [
        (at, len(sheet.columns), str(header), "", "", True)
        for key, (header, texts) in watched(after.items())
        if key in before
        for at, (one, other) in enumerate(pairs)
        if before[key][1][one].split() != texts[other].split()
    ]


@dataclass(frozen=True)
class SheetChanges:
    """What happened to the rows of one sheet.

    Attributes
    ----------
    added, removed : pandas.DataFrame
        Rows of `public.public_rows` that only the newer, or only the older version uses, in the order of that version;
        with one more column `note`: why a row that is in both files is used in one of them only ("" for the others).
    changed : pandas.DataFrame
        Changed cells: see `changed_cells.cell_changes`.
    """

    added: pd.DataFrame
    removed: pd.DataFrame
    changed: pd.DataFrame

    @property
    def changed_rows(self) -> int:
        """How many rows have a changed cell."""
        return int(self.changed["row"].nunique())

    @property
    def same(self) -> bool:
        """Whether nothing changed."""
        return self.added.empty and self.removed.empty and self.changed.empty


@dataclass(frozen=True)
class Changes:
    """What changes when a newer workbook takes the place of an older one.

    Attributes
    ----------
    offers, methods, partners : SheetChanges
    gaps : pandas.DataFrame
        Verdicts that changed: see `gap_changes.gap_changes`.
    lost : pandas.DataFrame
        Columns that the newer workbook lost: see `lost_columns.lost_columns`.
    other : tuple of str
        Names of the other sheets of the contract that say something else now.
    old_name, new_name : str
        File names, for people.
    """

    offers: SheetChanges
    methods: SheetChanges
    partners: SheetChanges
    gaps: pd.DataFrame
    lost: pd.DataFrame
    other: tuple[str, ...] = ()
    old_name: str = ""
    new_name: str = ""

    def _gaps_of(self, kind: str) -> pd.DataFrame:
        return self.gaps[self.gaps["soort"] == kind].reset_index(drop=True)

    @property
    def opened(self) -> pd.DataFrame:
        """The gaps that open: rows of `gaps`."""
        return self._gaps_of(OPENED)

    @property
    def closed(self) -> pd.DataFrame:
        """The gaps that close."""
        return self._gaps_of(CLOSED)

    @property
    def uncertain(self) -> pd.DataFrame:
        """Where we no longer know, or know now."""
        return self._gaps_of(UNCERTAIN)

    @property
    def shifted(self) -> pd.DataFrame:
        """Verdicts that changed without a gap that opens or closes."""
        return self._gaps_of(SHIFTED)

    @property
    def none(self) -> bool:
        """Whether the two workbooks say the same."""
        sheets = (self.offers, self.methods, self.partners)
        return not self.other and all(sheet.same for sheet in sheets) and self.gaps.empty and self.lost.empty


def changes_of(old: Dataset, new: Dataset, question: Question) -> Changes:
    """Compare two versions of the workbook.

    Parameters
    ----------
    old, new : Dataset
    question : Question
        What the gaps of both are compared for.

    Returns
    -------
    Changes
    """
    before, after = old.workbook, new.workbook
    naming = one_name(before, after)
    return Changes(
        offers=_offer_changes(before, after, naming),
        methods=_list_changes(before, after, METHODS, naming, normalise),
        partners=_list_changes(before, after, PARTNERS, naming, naming),
        gaps=gap_changes(old, new, question),
        lost=lost_columns(before, after),
        other=_other_sheets(before, after),
        old_name=old.name,
        new_name=new.name,
    )


def public_changes(changes: Changes) -> Changes:
    """What anyone may see of it: no internal column and none that we do not know, not even its name."""
    lost = changes.lost[changes.lost["public"].astype(bool)].reset_index(drop=True)
    return replace(
        changes,
        lost=lost,
        offers=_public_rows(changes.offers),
        methods=_public_rows(changes.methods),
        partners=_public_rows(changes.partners),
    )


def _public_rows(rows: SheetChanges) -> SheetChanges:
    return replace(rows, changed=rows.changed[~rows.changed["secret"].astype(bool)].reset_index(drop=True))


def _other_sheets(old: Workbook, new: Workbook) -> tuple[str, ...]:
    return tuple(
        sheet.name
        for sheet in SHEETS
        if sheet.key not in {OFFERS.key, METHODS.key, PARTNERS.key} and _says(old, sheet) != _says(new, sheet)
    )


def _says(workbook: Workbook, sheet: Sheet) -> Counter[tuple[str, ...]]:
    """The rows of a sheet in whatever order, without their Excel rows."""
    rows = getattr(workbook, sheet.key).drop(columns="row", errors="ignore").astype(str)
    return Counter(rows.itertuples(index=False, name=None))


def _offer_changes(old: Workbook, new: Workbook, naming: Naming) -> SheetChanges:
    meanings = cell_meanings(old, new, OFFERS, naming)
    pairs = match_offers(old, new, naming, meanings)
    removed, added = _only(old.offers, [one for one, _ in pairs]), _only(new.offers, [other for _, other in pairs])
    return SheetChanges(
        added=_rows(added, OFFERS, left_out_notes(added, old, naming, then=True)),
        removed=_rows(removed, OFFERS, left_out_notes(removed, new, naming, then=False)),
        changed=cell_changes(old, new, OFFERS, pairs, meanings),
    )


def _list_changes(
    old: Workbook, new: Workbook, sheet: Sheet, naming: Naming, key: Callable[[str], str]
) -> SheetChanges:
    """The same of a list in which the name says all."""
    before, after = getattr(old, sheet.key), getattr(new, sheet.key)
    meanings = cell_meanings(old, new, sheet, naming)
    name = next(column.key for column in sheet.columns if column.required)
    pairs = match_by_name(before[name].tolist(), after[name].tolist(), meanings, key)
    return SheetChanges(
        added=_rows(_only(after, [other for _, other in pairs]), sheet, {}),
        removed=_rows(_only(before, [one for one, _ in pairs]), sheet, {}),
        changed=cell_changes(old, new, sheet, pairs, meanings),
    )


def _only(rows: pd.DataFrame, matched: list[int]) -> pd.DataFrame:
    """The rows that have no partner in the other version."""
    return rows.drop(rows.index[matched])


def _rows(rows: pd.DataFrame, sheet: Sheet, notes: Mapping[int, str]) -> pd.DataFrame:
    shown = public_rows(rows, sheet)
    return shown.assign(note=[notes.get(row, "") for row in shown["row"]]).reset_index(drop=True)
