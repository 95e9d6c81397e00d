"""The process that repairs one file: a plan and the file on standard input, the workbook on standard output.

``python -m einclusie_data.files.repair.worker`` is started by `workbook`, within the same
limits as the process that reads.
"""

from __future__ import annotations

import gc
import json
import sys
from dataclasses import replace

from einclusie_data.contract import settings
from einclusie_data.contract.errors import DataFileError, OversizedFileError
from einclusie_data.files.read.kinds import Archive, Kind, damage_reported, file_kind
from einclusie_data.files.read.lines import error_line
from einclusie_data.files.read.worker import TOO_MUCH_MEMORY, limit_process, read_content
from einclusie_data.files.repair.book import book_bytes, sheet_names
from einclusie_data.files.repair.workbook import RepairPlan, parse_plan
from einclusie_data.files.repair.xlsx import repair_xlsx


def repair_content(content: bytes, plan: RepairPlan) -> tuple[dict[str, object], bytes]:
    """Repair a file in this process.

    Parameters
    ----------
    content : bytes
    plan : RepairPlan

    Returns
    -------
    tuple of (dict, bytes)
        What there is to say (`converted`: it was no .xlsx; `full`: sheets without room for the column), the workbook.

    Raises
    ------
    DataFileError
    """
    in_place = file_kind(content) is Kind.ARCHIVE and Archive(content).has_folder("xl")
    if not in_place:
        raw = read_content(content)
        new = dict(zip((sheet.name for sheet in raw.sheets), sheet_names(raw), strict=True))
        sheets = [replace(one, name=new[one.name]) for one in plan.sheets if one.name in new]
        content, plan = book_bytes(raw), replace(plan, sheets=sheets)
    with damage_reported():  # parts that reading never opens may hold anything
        repaired, full = repair_xlsx(content, plan)
    return {"converted": not in_place, "full": full}, repaired


def main() -> None:
    """Read standard input, write what there is to say and the workbook, or the reason why there is none."""
    limit_process()
    gc.disable()
    source, output = sys.stdin.buffer, sys.stdout.buffer
    plan = parse_plan(source.readline())
    try:
        said, repaired = repair_content(source.read(settings.MAX_FILE_BYTES + 1), plan)
    except DataFileError as error:
        output.write(error_line(error))
    except MemoryError:
        output.write(error_line(OversizedFileError(TOO_MUCH_MEMORY)))
    else:
        output.write(json.dumps(said).encode() + b"\n")
        output.write(repaired)
    output.flush()


if __name__ == "__main__":
    main()
