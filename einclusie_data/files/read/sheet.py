"""Putting a sheet together row by row, within the limits of `settings`."""

from __future__ import annotations

from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from einclusie_data.contract import settings
from einclusie_data.contract.errors import OversizedFileError
from einclusie_data.contract.workbook import RawSheet

TOO_MUCH = (
    "De werkmap bevat te veel cellen of te veel tekst om in één keer te lezen: hou enkel de bladen over die nodig "
    "zijn en probeer opnieuw."
)


@dataclass
class Budget:
    """What all sheets of a file may hold together."""

    cells: int = settings.MAX_CELLS
    characters: int = settings.MAX_CHARACTERS

    def take(self, cells: int, characters: int) -> None:
        """Take from the budget; OversizedFileError when it is used up."""
        self.cells -= cells
        self.characters -= characters
        if self.cells < 0 or self.characters < 0:
            raise OversizedFileError(TOO_MUCH)


@dataclass
class SheetBuilder:
    """Rows of one sheet as they are read.

    Attributes
    ----------
    name : str
    budget : Budget
        Shared by all sheets of the file.
    hidden : bool
    """

    name: str
    budget: Budget
    hidden: bool = False
    _rows: dict[int, list[str]] = field(default_factory=dict)
    _hidden_rows: set[int] = field(default_factory=set)
    _merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    _uncached: list[tuple[int, int]] = field(default_factory=list)

    def add_row(self, number: int, cells: dict[int, str], *, hidden: bool = False) -> None:
        """Add a row.

        Parameters
        ----------
        number : int
            Excel row, higher than that of the row before.
        cells : dict of int to str
            1-based column -> text, empty cells left out; a row without cells is not kept.
        hidden : bool
        """
        if not cells:
            return
        self._check_place(number, cells)
        width = max(cells)
        self.budget.take(width, sum(map(len, cells.values())))
        self._rows[number] = [cells.get(column, "") for column in range(1, width + 1)]
        if hidden:
            self._hidden_rows.add(number)

    def add_merged(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Add a merged range, 1-based."""
        self._merged.append((first_row, first_column, last_row, last_column))
        self._check_remarks(len(self._merged), "samengevoegde cellen", "kopieer enkel de tabel naar een nieuwe werkmap")

    def add_uncached(self, row: int, column: int) -> None:
        """Add a formula whose result is not in the file."""
        self._uncached.append((row, column))
        self._check_remarks(len(self._uncached), "formules zonder resultaat", "open het in Excel en bewaar het opnieuw")

    def finish(self) -> RawSheet:
        """The sheet, all rows of one length."""
        width = max(map(len, self._rows.values()), default=0)
        self.budget.take(width * len(self._rows) - sum(map(len, self._rows.values())), 0)
        return RawSheet(
            self.name,
            tuple(self._rows),
            tuple((*row, *[""] * (width - len(row))) for row in self._rows.values()),
            self.hidden,
            frozenset(self._hidden_rows),
            tuple(self._merged),
            tuple(self._uncached),
        )

    def _check_place(self, number: int, cells: dict[int, str]) -> None:
        width = max(cells)
        if width > settings.MAX_COLUMNS:
            raise OversizedFileError(
                f"Op het blad “{self.name}” staat iets in cel {get_column_letter(width)}{number}, ver buiten de tabel: "
                f"maak die cel leeg (we lezen hoogstens {settings.MAX_COLUMNS} kolommen) en bewaar de werkmap opnieuw."
            )
        if len(self._rows) >= settings.MAX_ROWS:
            raise OversizedFileError(
                f"Het blad “{self.name}” heeft meer dan {settings.MAX_ROWS} ingevulde rijen: verdeel het over "
                "verschillende bestanden of verwijder wat niet nodig is."
            )
        longest = max(cells, key=lambda column: len(cells[column]))
        if len(cells[longest]) > settings.MAX_CELL_CHARACTERS:
            raise OversizedFileError(
                f"Kolom {get_column_letter(longest)} van rij {number} is langer dan een cel kan zijn "
                f"({settings.MAX_CELL_CHARACTERS} tekens): kijk of daar een aanhalingsteken te veel staat."
            )

    def _check_remarks(self, count: int, what: str, advice: str) -> None:
        if count > settings.MAX_REMARKS:
            raise OversizedFileError(f"Het blad “{self.name}” heeft te veel {what}: {advice} en probeer opnieuw.")


def too_many_sheets() -> str:
    """The sentence for a workbook with too many sheets."""
    return (
        f"De werkmap heeft meer dan {settings.MAX_SHEETS} bladen: hou enkel de bladen over die nodig zijn en bewaar ze "
        "opnieuw."
    )
