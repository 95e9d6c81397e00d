"""OpenDocument workbooks (.ods) -> raw sheets.

Read as a stream, because the usual library loses what `RawSheet` promises: errors (`#N/A`), leading zeros, logical
values and hidden rows (measured on python-calamine 0.9).
"""

from __future__ import annotations

from einclusie_data.contract import settings
from einclusie_data.contract.errors import OversizedFileError, UnreadableFileError
from einclusie_data.contract.text import plain_text
from einclusie_data.contract.workbook import RawSheet, RawWorkbook
from einclusie_data.files.read.kinds import DAMAGED, PROTECTED, Archive
from einclusie_data.files.read.sheet import (
    FALSE,
    LAST_COLUMN,
    LAST_ROW,
    TRUE,
    Budget,
    SheetBuilder,
    iso_text,
    logical_text,
    number_text,
    parse_number,
    too_many_sheets,
)

_CELLS = ("table:table-cell", "table:covered-table-cell")
_HIDDEN_ROWS = ("collapse", "filter")
_LOGICAL = {"TRUE": TRUE, "FALSE": FALSE, TRUE: TRUE, FALSE: FALSE}
_NUMBERS = ("float", "percentage", "currency")


def cell_text(attributes: dict[str, str], shown: str) -> str:
    """A cell's text from its stored value and the text that LibreOffice shows.

    Examples
    --------
    >>> cell_text({"office:value-type": "float", "office:value": "7"}, "0007")
    '0007'
    >>> cell_text({"office:value-type": "float", "office:value": "0.5"}, "50%")
    '0.5'
    """
    kind = attributes.get("office:value-type", "string")
    if attributes.get("calcext:value-type") == "error":
        return plain_text(shown)
    if kind in _NUMBERS:
        return _number_text(attributes.get("office:value", ""), plain_text(shown))
    if kind == "boolean":
        return logical_text(attributes.get("office:boolean-value") == "true")
    if kind in ("date", "time"):
        return plain_text(iso_text(attributes.get(f"office:{kind}-value", shown)))
    return plain_text(shown or attributes.get("office:string-value", ""))


def _number_text(value: str, shown: str) -> str:
    number = parse_number(value)
    if number is None:
        return shown
    if shown in _LOGICAL and number in (0, 1):
        return _LOGICAL[shown]
    leading_zeros = shown.startswith("0") and shown.isdecimal() and int(shown) == number
    return shown if leading_zeros else number_text(number)


def _repeats(attributes: dict[str, str], key: str, most: int) -> int:
    return max(1, min(int(attributes.get(key, "1")), most))


class _Handler:
    """Reads `content.xml`."""

    def __init__(self) -> None:
        self.sheets: list[RawSheet] = []
        self._budget = Budget()
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._builder: SheetBuilder | None = None
        self._depth = 0  # tables within the table
        self._aside = 0  # notes and drawings within a cell
        self._row = self._column = 0
        self._row_attributes: dict[str, str] = {}
        self._cells: dict[int, str] = {}
        self._cell: dict[str, str] | None = None
        self._lines: list[list[str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._start_table(attributes)
        elif self._builder is None:
            self._start_style(name, attributes)
        elif self._aside or name == "office:annotation" or name.startswith("draw:"):
            self._aside += 1
        elif name == "table:table-row":
            self._row_attributes, self._cells, self._column = attributes, {}, 0
        elif name in _CELLS:
            self._cell, self._lines = attributes, []
        elif self._cell is not None:
            self._start_text(name, attributes)

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > 1:
            return
        if len(self.sheets) >= settings.MAX_SHEETS:
            raise OversizedFileError(too_many_sheets())
        hidden = attributes.get("table:style-name") in self._hidden_styles
        self._builder = SheetBuilder(plain_text(attributes.get("table:name", "")), self._budget, hidden)
        self._row = 0

    def _start_style(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style:style":
            self._style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)

    def _start_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == "text:p":
            self._lines.append([])
        elif self._lines and name == "text:s":
            self._lines[-1].append(" " * _repeats(attributes, "text:c", settings.MAX_CELL_CHARACTERS))
        elif self._lines and name == "text:tab":
            self._lines[-1].append(" ")
        elif self._lines and name == "text:line-break":
            self._lines[-1].append("\n")

    def text(self, data: str) -> None:
        if self._cell is not None and self._lines and not self._aside:
            self._lines[-1].append(data)

    def end(self, name: str) -> None:
        if self._builder is None:
            return
        if self._aside:
            self._aside -= 1
        elif name == "table:table":
            self._end_table(self._builder)
        elif name in _CELLS and self._cell is not None:
            self._end_cell(self._builder, self._cell)
            self._cell = None
        elif name == "table:table-row":
            self._end_row(self._builder)

    def _end_table(self, builder: SheetBuilder) -> None:
        self._depth -= 1
        if self._depth == 0:
            self.sheets.append(builder.finish())
            self._builder = None

    def _end_cell(self, builder: SheetBuilder, cell: dict[str, str]) -> None:
        first = self._column + 1
        self._column += _repeats(cell, "table:number-columns-repeated", LAST_COLUMN)
        text = cell_text(cell, "\n".join("".join(line) for line in self._lines))
        if text:
            self._cells.update(dict.fromkeys(range(first, min(self._column, LAST_COLUMN) + 1), text))
        elif "table:formula" in cell and "office:value-type" not in cell and not self._lines:
            builder.add_uncached(self._row + 1, first)
        rows, columns = (_repeats(cell, f"table:number-{axis}-spanned", LAST_ROW) for axis in ("rows", "columns"))
        if rows > 1 or columns > 1:
            builder.add_merged(self._row + 1, first, self._row + rows, first + columns - 1)

    def _end_row(self, builder: SheetBuilder) -> None:
        repeats = _repeats(self._row_attributes, "table:number-rows-repeated", LAST_ROW)
        hidden = self._row_attributes.get("table:visibility") in _HIDDEN_ROWS
        if self._cells:
            for number in range(self._row + 1, self._row + repeats + 1):
                builder.add_row(number, self._cells, hidden=hidden)
        self._row += repeats
        if self._row > LAST_ROW and self._cells:
            raise UnreadableFileError(DAMAGED)


def read_ods(archive: Archive) -> RawWorkbook:
    """The sheets of an OpenDocument workbook as text.

    Parameters
    ----------
    archive : Archive

    Returns
    -------
    RawWorkbook

    Raises
    ------
    DataFileError
        Damaged, protected with a password, too large, or without sheets.
    """
    if b"encryption-data" in archive.head("META-INF/manifest.xml"):
        raise UnreadableFileError(PROTECTED)
    handler = _Handler()
    archive.stream("content.xml", handler)
    if not handler.sheets:
        raise UnreadableFileError(DAMAGED)
    return RawWorkbook(tuple(handler.sheets))
