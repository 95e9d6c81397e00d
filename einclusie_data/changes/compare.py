"""Two versions of the workbook -> what was added, removed and changed, and which gaps open or close."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from einclusie_data.changes.changed_cells import cell_changes
from einclusie_data.changes.gaps import CLOSED, OPENED, SHIFTED, UNCERTAIN, gap_changes
from einclusie_data.changes.left_out import left_out_notes
from einclusie_data.changes.lost_columns import lost_columns
from einclusie_data.changes.match_lists import match_by_name
from einclusie_data.changes.matching import match_offers
from einclusie_data.changes.meanings import Naming, cell_meanings, one_name
from einclusie_data.contract.questions import Question
from einclusie_data.contract.schema import METHODS, OFFERS, PARTNERS, SHEETS, Sheet
from einclusie_data.contract.text import normalise
from einclusie_data.contract.workbook import Workbook
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.public import public_rows


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
