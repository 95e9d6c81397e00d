"""Excel workbooks (.xlsx, .xlsm) -> raw sheets.

Read as a stream: a sheet costs time but hardly any memory, whatever its declared size, and hidden rows, merged cells
and formulas without a result are seen in the same pass. (openpyxl's read-only mode took 9 s for 20,000 rows of 31
columns, sees none of these, and refuses workbooks with styles it does not know; this takes under 2 s.) Macros, links,
drawings and comments are never opened.
"""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field

from openpyxl.styles.numbers import builtin_format_code
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from einclusie_data.contract import settings
from einclusie_data.contract.characters import plain_text
from einclusie_data.contract.errors import OversizedFileError, UnreadableFileError
from einclusie_data.contract.workbook import RawWorkbook
from einclusie_data.files.read.archive import Archive, local_name
from einclusie_data.files.read.cell_text import number_reader, unescaped
from einclusie_data.files.read.kinds import DAMAGED
from einclusie_data.files.read.sheet import TOO_MUCH, Budget, SheetBuilder, too_many_sheets
from einclusie_data.files.read.xlsx_cells import SheetHandler

_HIDDEN_STATES = ("hidden", "veryHidden")
_GENERAL = "General"


class _Quiet:
    """A handler that looks at opening tags only."""

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, data: str) -> None:
        """Nothing to do."""


class _Relations(_Quiet):
    """A .rels part: id -> (type, path of the target within the archive)."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
            self.targets[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path)


@dataclass
class _Contents(_Quiet):
    """The part that lists the sheets: (name, hidden, id of the relation)."""

    sheets: list[tuple[str, bool, str]] = field(default_factory=list)
    epoch: dt.datetime = WINDOWS_EPOCH

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local_name(name)
        if kind == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            hidden = attributes.get("state") in _HIDDEN_STATES
            self.sheets.append((plain_text(attributes.get("name", "")), hidden, relation))
        elif kind == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.epoch = MAC_EPOCH


class _Styles(_Quiet):
    """The styles part: number format of every cell style, in order."""

    def __init__(self) -> None:
        self._own: dict[int, str] = {}
        self._ids: list[int] = []
        self._in_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local_name(name)
        if kind == "numFmt":
            self._own[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", _GENERAL)
        elif kind == "cellXfs":
            self._in_cells = True
        elif kind == "xf" and self._in_cells:
            self._ids.append(int(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        if local_name(name) == "cellXfs":
            self._in_cells = False

    def readers(self, epoch: dt.datetime) -> list[Callable[[float], str]]:
        """How numbers of every cell style read."""
        codes = [self._own.get(one) or builtin_format_code(one) or _GENERAL for one in self._ids]
        known = {code: number_reader(code, epoch) for code in set(codes)}
        return [known[code] for code in codes]


class _SharedTexts:
    """The part with texts that cells share; formatting and phonetic notes are left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._open = False
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local_name(name)
        if kind == "si":
            self._parts = []
        elif kind == "rPh":
            self._phonetic = True
        elif kind == "t":
            self._open = not self._phonetic

    def end(self, name: str) -> None:
        kind = local_name(name)
        if kind == "t":
            self._open = False
        elif kind == "rPh":
            self._phonetic = False
        elif kind == "si":
            self.texts.append(plain_text(unescaped("".join(self._parts))))
            if len(self.texts) > settings.MAX_CELLS:
                raise OversizedFileError(TOO_MUCH)

    def text(self, data: str) -> None:
        if self._open:
            self._parts.append(data)


def relations_part(part: str) -> str:
    """Name of the part that lists the relations of a part ("" = of the whole package)."""
    folder, _, file = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{file}.rels")


def relations_of(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Relations of a part ("" = of the whole package): id -> (type, path of the target within the archive)."""
    handler = _Relations(part.rpartition("/")[0])
    name = relations_part(part)
    if name in archive:
        archive.stream(name, handler)
    return handler.targets


def part_of(relations: dict[str, tuple[str, str]], kind: str) -> str | None:
    """Path of the first part of a type, e.g. "styles"."""
    return next((path for type_, path in relations.values() if type_ == kind), None)


@dataclass(frozen=True)
class Contents:
    """What a workbook consists of.

    Attributes
    ----------
    part : str
        Path of the part that lists the sheets.
    relations : dict of str to (str, str)
        Of that part.
    sheets : list of (str, bool, str)
        The worksheets in the order of their tabs: name, hidden, path.
    epoch : datetime
        Day 0 of its dates.
    """

    part: str
    relations: dict[str, tuple[str, str]]
    sheets: list[tuple[str, bool, str]]
    epoch: dt.datetime


def contents_of(archive: Archive) -> Contents:
    """What a workbook consists of; DataFileError when it has no worksheets or too many."""
    part = part_of(relations_of(archive, ""), "officeDocument") or "xl/workbook.xml"
    handler = _Contents()
    archive.stream(part, handler)
    relations = relations_of(archive, part)
    sheets = [
        (name, hidden, relations[relation][1])
        for name, hidden, relation in handler.sheets
        if relations.get(relation, ("", ""))[0] == "worksheet"
    ]
    if not sheets:
        raise UnreadableFileError(DAMAGED)
    if len(sheets) > settings.MAX_SHEETS:
        raise OversizedFileError(too_many_sheets())
    return Contents(part, relations, sheets, handler.epoch)


def read_xlsx(archive: Archive) -> RawWorkbook:
    """The worksheets of a workbook as text, in the order of its tabs.

    Parameters
    ----------
    archive : Archive

    Returns
    -------
    RawWorkbook

    Raises
    ------
    DataFileError
        Damaged, too large, or without worksheets.
    """
    contents = contents_of(archive)
    relations = contents.relations
    texts, styles = _SharedTexts(), _Styles()
    for kind, handler in (("sharedStrings", texts), ("styles", styles)):
        path = part_of(relations, kind)
        if path is not None and path in archive:
            archive.stream(path, handler)
    readers, budget = styles.readers(contents.epoch), Budget()
    raw = []
    for name, hidden, path in contents.sheets:
        builder = SheetBuilder(name, budget, hidden)
        archive.stream(path, SheetHandler(builder, texts.texts, readers))
        raw.append(builder.finish())
    return RawWorkbook(tuple(raw))
