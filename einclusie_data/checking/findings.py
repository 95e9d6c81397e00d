"""The problems found in one sheet: collected while checking, masked and put in order at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from einclusie_data.contract.deadline import check
from einclusie_data.contract.errors import Problem, Severity
from einclusie_data.contract.privacy import LONGEST_VALUE, masked_start


@dataclass
class Findings:
    """Problems of one sheet.

    Attributes
    ----------
    sheet : str
        Name in the file.
    positions : mapping of str to int
        Header as in the file -> place of the column, for the order of the problems.
    """

    sheet: str
    positions: Mapping[str, int] = field(default_factory=dict)
    left_out: set[int] = field(default_factory=set)
    _found: list[Problem] = field(default_factory=list)

    def warn(self, code: str, row: int | None, column: str | None, value: str, message: str) -> None:
        """A finding that leaves the row in use."""
        self._add(code, Severity.WARNING, row, column, value, message)

    def reject(self, code: str, row: int, column: str | None, value: str, message: str) -> None:
        """A finding for which the row is left out."""
        self.left_out.add(row)
        self._add(code, Severity.ERROR, row, column, value, message)

    def _add(
        self, code: str, severity: Severity, row: int | None, column: str | None, value: str, message: str
    ) -> None:
        check()
        shown = masked_start(value, LONGEST_VALUE)
        self._found.append(Problem(code, severity, self.sheet, row, column, shown, message))

    def _place(self, problem: Problem) -> tuple[int, int, str, str]:
        column = -1 if problem.column is None else self.positions.get(problem.column, len(self.positions))
        return (-1 if problem.row is None else problem.row, column, problem.code, problem.value)

    def in_order(self) -> list[Problem]:
        """The problems by row and column; those of the sheet as a whole first."""
        return sorted(self._found, key=self._place)
