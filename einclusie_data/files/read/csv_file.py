"""CSV files -> one nameless raw sheet.

Encodings: UTF-8 and UTF-16 with a byte order mark, else UTF-8, else Windows-1252 (what Belgian Excel writes).
Separators: semicolon, tab or comma (a `|` separates values within a cell).
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from einclusie_data.contract import settings
from einclusie_data.contract.errors import OversizedFileError
from einclusie_data.contract.text import plain_text
from einclusie_data.contract.workbook import RawWorkbook
from einclusie_data.files.read.kinds import UTF16_MARKS, not_a_workbook
from einclusie_data.files.read.sheet import Budget, SheetBuilder

_SEPARATORS = (";", "\t", ",")
_SAMPLE_RECORDS = 20
_SAMPLE_CHARACTERS = 200_000
_SEPARATOR_LINE = re.compile(r'"?sep=([;,\t])"?(?:\r\n|\r|\n|$)', re.IGNORECASE)
_NOT_IN_TEXT = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f]")
_STRANGE_SHARE = 0.01
_DISARMED = re.compile(r"'(?=[=+\-@])")
"""The apostrophe that `cells.safe_text` puts before what could be a formula."""


def read_csv(content: bytes) -> RawWorkbook:
    """The table of a CSV file as text.

    Row numbers count records, as Excel does: line breaks within quotes do not count, empty lines do, a first line
    ``sep=;`` does not.

    Parameters
    ----------
    content : bytes

    Returns
    -------
    RawWorkbook

    Raises
    ------
    DataFileError
        No text, or too large.
    """
    text = decoded(content)
    if len(_NOT_IN_TEXT.findall(text)) > _STRANGE_SHARE * len(text):
        raise not_a_workbook("geen leesbare tekst")
    stated = _SEPARATOR_LINE.match(text)
    body = text[stated.end() :] if stated else text
    separator = stated[1] if stated else find_separator(body)
    builder = SheetBuilder("", Budget())
    for number, record in enumerate(_records(body, separator), start=1):
        texts = {column: plain_text(_DISARMED.sub("", cell, count=1)) for column, cell in enumerate(record, start=1)}
        builder.add_row(number, {column: cell for column, cell in texts.items() if cell})
    return RawWorkbook((builder.finish(),), is_csv=True)


def decoded(content: bytes) -> str:
    """The text of a file in one of the encodings that Excel writes.

    Examples
    --------
    >>> decoded("café".encode()), decoded("café".encode("cp1252")), decoded("café".encode("utf-16"))
    ('café', 'café', 'café')
    """
    if content.startswith(UTF16_MARKS):
        return content.decode("utf-16", "replace")
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError:
        return content.removeprefix(codecs.BOM_UTF8).decode("cp1252", "replace")


def find_separator(text: str) -> str:
    r"""The separator with which most of the first records have the same number of fields, and more than one.

    Examples
    --------
    >>> find_separator("Naam;Organisatie\nDigi, hulp, en meer;Ligo"), find_separator("Naam,Groep\nA,Ouderen;Jongeren")
    (';', ',')
    """
    sample = text[:_SAMPLE_CHARACTERS]
    return max(_SEPARATORS, key=lambda separator: _agreement(sample, separator))


def _agreement(sample: str, separator: str) -> tuple[int, int]:
    """Most records of one width above 1, and that width."""
    records = _records(sample, separator, strict=False)
    widths = Counter(len(record) for record in islice(records, _SAMPLE_RECORDS) if len(record) > 1)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def _records(text: str, separator: str, *, strict: bool = True) -> Iterator[list[str]]:
    """Records of a CSV text; when `strict`, a field that no cell can hold is an error, else the end."""
    reader = csv.reader(_lines(text), delimiter=separator)
    try:
        yield from reader
    except csv.Error as error:
        if strict:
            raise OversizedFileError(
                f"Regel {reader.line_num} van het CSV-bestand bevat een veel te lange tekst "
                f"(een cel heeft hoogstens {settings.MAX_CELL_CHARACTERS} tekens): kijk of daar een aanhalingsteken "
                "te veel staat."
            ) from error


_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def _lines(text: str) -> Iterator[str]:
    """Physical lines with their ends; other separators that Python knows (such as U+2028) do not end a line."""
    return (match[0] for match in _LINE.finditer(text))
