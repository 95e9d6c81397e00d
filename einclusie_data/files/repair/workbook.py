"""A workbook to repair in Excel: the trekker's own file with a note on every faulty cell and a column "Wat te doen".

Everything else of an .xlsx or .xlsm stays as it was: the parts that do not change are copied byte for byte, also
those that no library understands (macros, pictures, charts). It is done in a process with limits, as reading is.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any

from einclusie_data.contract import settings
from einclusie_data.contract.file_names import download_name
from einclusie_data.contract.schema import REPAIR_COLUMN, REPAIR_SHEET
from einclusie_data.contract.words import listing
from einclusie_data.contract.workbook import Workbook
from einclusie_data.files.read.lines import ProtocolError, parse_head
from einclusie_data.files.read.workbook import in_own_process
from einclusie_data.files.repair.plan import plan_of

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
