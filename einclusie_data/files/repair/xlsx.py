"""Carry out a repair plan in an Excel workbook: only the parts that it concerns change, the others stay as they are."""

from __future__ import annotations

from einclusie_data.contract import settings
from einclusie_data.contract.errors import UnreadableFileError
from einclusie_data.contract.schema import REPAIR_COLUMN, REPAIR_SHEET
from einclusie_data.contract.text import compact
from einclusie_data.files.read.kinds import DAMAGED, Archive
from einclusie_data.files.read.xlsx import part_of
from einclusie_data.files.repair.book import XML, row_xml
from einclusie_data.files.repair.notes import EMPTY_DRAWING, NotesChange, change_drawing, change_notes, empty_comments
from einclusie_data.files.repair.package import Edit, Element, Package, appended, attribute_prefix, edited, parse_tree
from einclusie_data.files.repair.sheet import ColumnPlan, Outline, add_looks, column_edits, outline_of
from einclusie_data.files.repair.workbook import RepairPlan, SheetPlan

_COMMENTS, _DRAWING = "xl/comments{}.xml", "xl/drawings/vmlDrawing{}.vml"
_SHEET = "xl/worksheets/sheet{}.xml"
LIST_HEADERS = ("Blad", "Rij", "Kolom", "Wat te doen")
NOTHING_LEFT = "Er is niets meer om na te kijken."


def repair_xlsx(content: bytes, plan: RepairPlan) -> tuple[bytes, list[str]]:
    """A workbook with notes on its faulty cells, a column that says what to do, and a list of everything.

    Parameters
    ----------
    content : bytes
        An .xlsx or .xlsm that was read before.
    plan : RepairPlan

    Returns
    -------
    tuple of (bytes, list of str)
        The workbook, and the names of the sheets that have no room for the column.
    """
    package = Package(Archive(content))
    paths = {name: path for name, _, path in package.contents.sheets}
    planned = [(one, paths[one.name]) for one in plan.sheets if one.name in paths]
    styles = _looks(package) if plan.found or any(one.column for one in plan.sheets) else ("", "")
    full = [one.name for one, path in planned if not _repair_sheet(package, path, one, styles)]
    _write_list(package, plan, styles)
    return package.content(), full


def _looks(package: Package) -> tuple[str, str]:
    path = part_of(package.contents.relations, "styles")
    if path is None or path not in package.archive:
        return "", ""
    data, styles = add_looks(package.read(path))
    package.write(path, data)
    return styles


def _repair_sheet(package: Package, path: str, plan: SheetPlan, styles: tuple[str, str]) -> bool:
    """Write the column and the notes of one sheet; False when there is no room for the column."""
    data = package.read(path)
    outline = outline_of(data)
    column = plan.column or outline.last_column + 1
    room = column <= settings.MAX_COLUMNS
    edits = []
    if room and (plan.texts or plan.column):
        texts = {plan.header_row: REPAIR_COLUMN, **plan.texts}
        written = ColumnPlan(column, texts, plan.header_row, styles, clear=plan.column > 0)
        edits = column_edits(data, outline, written)
    edits += _note_edits(package, path, plan, outline)
    if edits:
        package.write(path, edited(data, edits))
    return room or not plan.texts


def _note_edits(package: Package, path: str, plan: SheetPlan, outline: Outline) -> list[Edit]:
    """Renew the notes of a sheet; the edits are those that the sheet itself needs."""
    relations = package.relations(path)
    comments = part_of(relations, "comments")
    if comments is not None and comments not in package.archive:
        comments = None
    if comments is None and not plan.notes:
        return []
    old = empty_comments(package.main) if comments is None else package.read(comments)
    change = change_notes(old, plan.notes)
    if comments is None:
        package.add_part(path, _COMMENTS, "comments", change.data)
    else:
        package.write(comments, change.data)
    drawing = relations.get(outline.drawing, ("", ""))[1]
    if drawing in package.archive:
        package.write(drawing, change_drawing(package.read(drawing), change))
        return []
    return _new_drawing(package, path, outline, change) if change.added and not outline.drawing else []


def _new_drawing(package: Package, path: str, outline: Outline, change: NotesChange) -> list[Edit]:
    relation = package.add_part(path, _DRAWING, "vmlDrawing", change_drawing(EMPTY_DRAWING.encode(), change))
    prefix, declared = attribute_prefix(outline.spaces, package.office, "r", outline.prefix)
    tag = f'<{outline.prefix}legacyDrawing{declared} {prefix}id="{relation}"/>'
    return [Edit(outline.notes_at, outline.notes_at, tag.encode())]


def _write_list(package: Package, plan: RepairPlan, styles: tuple[str, str]) -> None:
    """The sheet that lists everything: renewed when it is there, added when there is something to list."""
    data = _list_xml(plan, styles, package.main)
    there = next((path for name, _, path in package.contents.sheets if compact(name) == compact(REPAIR_SHEET)), None)
    if there is not None:
        package.write(there, data)
    elif plan.found:
        relation = package.add_part(package.contents.part, _SHEET, "worksheet", data)
        _add_tab(package, relation)


def _add_tab(package: Package, relation: str) -> None:
    data = package.read(package.contents.part)
    sheets = parse_tree(data).child("sheets")
    if sheets is None:
        return
    highest = max((int(one.attributes.get("sheetId", "0")) for one in sheets.children), default=0)
    prefix, declared = attribute_prefix(sheets.spaces, _id_space(sheets), "r", sheets.prefix)
    tag = f'<{sheets.prefix}sheet{declared} name="{REPAIR_SHEET}" sheetId="{highest + 1}" {prefix}id="{relation}"/>'
    package.write(package.contents.part, edited(data, [appended(data, sheets, tag.encode())]))


def _id_space(sheets: Element) -> str:
    """The namespace of the `id` by which the other sheets name their relation."""
    for one in sheets.children:
        for prefix in (key.partition(":")[0] for key in one.attributes if key.endswith(":id")):
            if prefix in one.spaces:
                return one.spaces[prefix]
    raise UnreadableFileError(
        DAMAGED
    )  # the sheets that were read are listed somewhere else, or their prefix is unknown


def _list_xml(plan: RepairPlan, styles: tuple[str, str], space: str) -> bytes:
    """A sheet of its own with one row per finding."""
    lines = plan.found or [("", "", "", NOTHING_LEFT)]
    rows = b"".join(row_xml(number, line, styles[1] or "0") for number, line in enumerate(lines, start=2))
    widths = enumerate((22, 8, 26, 120), start=1)
    cols = "".join(f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>' for place, width in widths)
    view = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    view += 'state="frozen"/></sheetView></sheetViews>'
    head = f'{XML}<worksheet xmlns="{space}">{view}<cols>{cols}</cols><sheetData>'
    return head.encode() + row_xml(1, LIST_HEADERS, styles[0] or "0") + rows + b"</sheetData></worksheet>"
