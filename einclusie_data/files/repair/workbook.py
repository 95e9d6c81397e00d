"""A workbook to repair in Excel: the trekker's own file with a note on every faulty cell and a column "Wat te doen".

Everything else of an .xlsx or .xlsm stays as it was: the parts that do not change are copied byte for byte, also
those that no library understands (macros, pictures, charts). It is done in a process with limits, as reading is.

What a repair writes where: made of a checked workbook, carried out in a process of its own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import PurePath
from typing import IO, Any

from openpyxl.utils import column_index_from_string, get_column_letter

from einclusie_data.contract import settings
from einclusie_data.contract.errors import Problem, Severity
from einclusie_data.contract.file_names import download_name
from einclusie_data.contract.schema import OFFERS, REPAIR_COLUMN, REPAIR_SHEET
from einclusie_data.contract.words import listing
from einclusie_data.contract.workbook import SheetReport, Workbook
from einclusie_data.files.read.lines import ProtocolError, parse_head
from einclusie_data.files.read.workbook import in_own_process

DO = {Severity.ERROR: "Fout", Severity.WARNING: "Kijk na"}
NOTE_LINES = 12
"""Findings in one note; the column and the list have them all."""


@dataclass
class SheetPlan:
    """What to write in one sheet.

    Attributes
    ----------
    name : str
        Name in the file.
    header_row : int
        Excel row of the headers.
    column : int
        1-based place of the column of an earlier repair; 0 when there is none.
    texts : dict of int to str
        Excel row -> what to do.
    notes : dict of str to list of str
        Cell ("B7") -> lines of its note.
    """

    name: str
    header_row: int
    column: int = 0
    texts: dict[int, str] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class RepairPlan:
    """What to write in a workbook.

    Attributes
    ----------
    sheets : list of SheetPlan
        The sheets that were understood, those without a finding included.
    found : list of (str, str, str, str)
        Every finding: sheet, row, column, what to do.
    """

    sheets: list[SheetPlan]
    found: list[tuple[str, str, str, str]]

    def line(self) -> bytes:
        """The plan as one line of JSON."""
        return json.dumps(asdict(self)).encode() + b"\n"


def parse_plan(line: bytes) -> RepairPlan:
    """The plan in a line of JSON that `RepairPlan.line` wrote."""
    plan: dict[str, Any] = json.loads(line)
    sheets = [
        SheetPlan(**{**one, "texts": {int(row): text for row, text in one["texts"].items()}}) for one in plan["sheets"]
    ]
    return RepairPlan(sheets, [tuple(row) for row in plan["found"]])


def plan_of(workbook: Workbook) -> RepairPlan:
    """What to write in the file of a checked workbook."""
    by_sheet: dict[str, list[Problem]] = {}
    for problem in workbook.problems:
        by_sheet.setdefault(problem.sheet, []).append(problem)
    sheets = [_sheet_plan(report, by_sheet.get(report.name, ())) for report in workbook.reports]
    found = [
        (one.sheet or OFFERS.name, "" if one.row is None else str(one.row), one.column or "", _to_do(one))
        for one in workbook.problems
    ]
    return RepairPlan(sheets, found)


def _to_do(problem: Problem) -> str:
    return f"{DO[problem.severity]}: {problem.message}"


def _to_do_in_row(problem: Problem) -> str:
    where = f" in {problem.column}" if problem.column else ""
    return f"{DO[problem.severity]}{where}: {problem.message}"


def _sheet_plan(report: SheetReport, problems: Iterable[Problem]) -> SheetPlan:
    rows: dict[int, list[str]] = {}
    notes: dict[str, list[str]] = {}
    for one in problems:
        if one.row is not None:
            rows.setdefault(one.row, []).append(_to_do_in_row(one))
        cell = _cell(one, report)
        if cell:
            notes.setdefault(cell, []).append(_to_do(one))
    return SheetPlan(
        report.name,
        report.header_row,
        report.places.get(REPAIR_COLUMN, -1) + 1,
        {row: _numbered(texts) for row, texts in rows.items()},
        {cell: _shortened(lines) for cell, lines in notes.items()},
    )


def _numbered(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else " ".join(f"{number}. {text}" for number, text in enumerate(texts, start=1))


def _shortened(lines: list[str]) -> list[str]:
    more = len(lines) - NOTE_LINES
    return lines if more <= 0 else [*lines[:NOTE_LINES], f"Nog {more} andere: zie de kolom {REPAIR_COLUMN}."]


def _cell(problem: Problem, report: SheetReport) -> str | None:
    """The cell that a finding is about: that of the header for a whole column, None for a whole row or sheet."""
    column = _column(problem.column or "", report.places, report)
    if column is None:
        return None
    return f"{get_column_letter(column)}{report.header_row if problem.row is None else problem.row}"


def _column(header: str, places: Mapping[str, int], report: SheetReport) -> int | None:
    """1-based place of a header; a column without one is named by its letters."""
    if header in places:
        return places[header] + 1
    if header.isalpha() and header.isascii() and header.isupper() and len(header) <= 3:
        return int(column_index_from_string(header))
    return None


CONVERTED = (
    "Jouw bestand was geen .xlsx. Daarom krijg je een nieuwe Excel-werkmap met dezelfde tekst. Kleuren, formules en "
    "andere opmaak van jouw bestand staan er niet in."
)
_COMMAND = (sys.executable, "-m", "einclusie_data.files.repair.worker")
_KEPT_ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm")
_ARCHIVE = b"PK\x03\x04"


@dataclass(frozen=True)
class Repair:
    """A workbook to repair.

    Attributes
    ----------
    content : bytes
    name : str
        File name to offer it under.
    notes : tuple of str
        What its reader must know, in Dutch; empty when there is nothing special.
    """

    content: bytes
    name: str
    notes: tuple[str, ...] = ()


def how_to_use() -> tuple[str, ...]:
    """What the trekker does with it, step by step."""
    return (
        "Open het bestand in Excel. Elke cel om na te kijken heeft een opmerking.",
        f"In de laatste kolom, {REPAIR_COLUMN}, staat per rij wat je kunt doen.",
        f"Op het blad {REPAIR_SHEET} staat alles onder elkaar.",
        "Verbeter de cellen, bewaar het bestand en laad het opnieuw op. Onze kolom, ons blad en onze opmerkingen mogen "
        "blijven staan: we lezen ze niet en vernieuwen ze.",
    )


def repair_workbook(content: bytes, name: str, workbook: Workbook) -> Repair:
    """The workbook with what was found written where it belongs.

    Parameters
    ----------
    content : bytes
        The file, as it was read.
    name : str
        Its name.
    workbook : Workbook
        What `check_workbook` made of it.

    Returns
    -------
    Repair
        Of an .xlsx or .xlsm the same file, with nothing else changed; of any other kind a new .xlsx. Notes and texts
        of an earlier time are renewed; notes of others stay. Uploaded again it means the same.

    Raises
    ------
    DataFileError
        It takes too much memory or time, or a part that reading does not open is damaged.
    """
    said, repaired = in_own_process(_COMMAND, plan_of(workbook).line() + content, _parse)
    converted, full = said.get("converted") is True, said.get("full")
    notes = [CONVERTED] if converted else []
    if isinstance(full, list) and full:
        notes.append(
            f"Op {listing([str(one) for one in full])} is geen plaats voor de kolom {REPAIR_COLUMN}. "
            f"Kijk naar de opmerkingen en naar het blad {REPAIR_SHEET}."
        )
    return Repair(repaired, _name(name, converted=converted), tuple(notes))


def repaired_bytes(content: bytes, name: str, workbook: Workbook) -> bytes:
    """The bytes of `repair_workbook`."""
    return repair_workbook(content, name, workbook).content


def _name(name: str, *, converted: bool) -> str:
    ending = PurePath(name).suffix.lower()
    kept = ending if ending in _KEPT_ENDINGS and not converted else ".xlsx"
    return download_name(name, kept, behind="-nakijken")


def _parse(answer: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """What the process says, and the workbook."""
    head = parse_head(iter([answer.readline(settings.MAX_RESULT_BYTES)]))
    content = answer.read(settings.MAX_RESULT_BYTES)
    if not content.startswith(_ARCHIVE):
        raise ProtocolError
    return head, content
