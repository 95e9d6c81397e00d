"""What kind of file some bytes are, and the sentence for kinds that we do not read.

The content decides. Every sentence says what the file is and what to do.
"""

from __future__ import annotations

import codecs
from enum import StrEnum

from einclusie_data.contract.errors import UnreadableFileError

SAVE_AS = "open het in Excel of LibreOffice en bewaar het als Excel-werkmap (.xlsx)"
PROTECTED = (
    "De werkmap is beveiligd met een wachtwoord: open ze in Excel, haal bij Bestand > Info het wachtwoord weg en "
    "bewaar ze opnieuw."
)
DAMAGED = (
    "De werkmap is beschadigd of niet volledig: open ze in Excel of LibreOffice en bewaar ze opnieuw als "
    "Excel-werkmap (.xlsx), of vraag een nieuwe kopie."
)

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Kind(StrEnum):
    """Families of files by their first bytes."""

    ARCHIVE = "archive"  # .xlsx, .xlsm, .ods: a zip
    OLE = "ole"  # .xls
    TEXT = "text"  # .csv


_ASK = "vraag de werkmap zelf (.xlsx) aan wie het bestand maakte"
_UNPACK = "pak het uit en kies de werkmap (.xlsx) die erin zit"
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "een pdf", _ASK),
    (b"\x89PNG", "een afbeelding", _ASK),
    (b"\xff\xd8\xff", "een foto", _ASK),
    (b"GIF8", "een afbeelding", _ASK),
    (b"RIFF", "een afbeelding, geluid of film", _ASK),
    (b"II*\x00", "een afbeelding", _ASK),
    (b"MM\x00*", "een afbeelding", _ASK),
    (b"\x1f\x8b", "een ingepakt bestand", _UNPACK),
    (b"7z\xbc\xaf", "een ingepakt bestand", _UNPACK),
    (b"Rar!", "een ingepakt bestand", _UNPACK),
    (b"{\\rtf", "een tekstdocument", SAVE_AS),
    (b"SQLite format", "een databank", _ASK),
    (b"\x09\x08", "een heel oude Excel-werkmap", SAVE_AS),
    (b"\x09\x04", "een heel oude Excel-werkmap", SAVE_AS),
    (b"\x09\x02", "een heel oude Excel-werkmap", SAVE_AS),
    (b"\x09\x00", "een heel oude Excel-werkmap", SAVE_AS),
)
_MARKUP: tuple[tuple[bytes, str, str], ...] = (
    (b"<html", "een webpagina, ook al heeft het de naam van een werkmap", SAVE_AS),
    (b"<!doctype html", "een webpagina, ook al heeft het de naam van een werkmap", SAVE_AS),
    (b"<office:document", "een plat OpenDocument-bestand (.fods)", SAVE_AS),
    (b"schemas-microsoft-com:office:spreadsheet", "een XML-werkblad", SAVE_AS),
    (b"<table", "een webpagina, ook al heeft het de naam van een werkmap", SAVE_AS),  # those before have tables too
)
_OLE_STREAMS: tuple[tuple[str, str | None], ...] = (
    ("EncryptedPackage", None),
    ("WordDocument", "een oud Word-document"),
    ("PowerPoint Document", "een oude presentatie"),
    ("__substg1.0_", "een e-mailbericht"),
)


def not_a_workbook(what: str, advice: str = SAVE_AS) -> UnreadableFileError:
    """The error for a file of another kind."""
    return UnreadableFileError(f"Dit bestand is {what}, geen werkmap: {advice}.")


def file_kind(content: bytes) -> Kind:
    """The family of a file.

    Parameters
    ----------
    content : bytes

    Returns
    -------
    Kind
        TEXT for everything that could be a CSV file.

    Raises
    ------
    UnreadableFileError
        The first bytes are those of a kind that holds no table; one Dutch sentence.
    """
    if not content.strip():
        raise UnreadableFileError("Het bestand is leeg: kies het bestand opnieuw of vraag een nieuwe kopie.")
    if content.startswith(b"PK"):
        return Kind.ARCHIVE
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        _refuse_other_ole(content)
        return Kind.OLE
    _refuse_signatures(content)
    _refuse_markup(content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower())
    if b"\x00" in content[:4096] and not content.startswith(UTF16_MARKS):
        raise not_a_workbook("geen tekst en geen Excel-bestand dat we kennen")
    return Kind.TEXT


def _refuse_other_ole(content: bytes) -> None:
    for stream, what in _OLE_STREAMS:
        if stream.encode("utf-16-le") in content:
            raise not_a_workbook(what) if what else UnreadableFileError(PROTECTED)


def _refuse_signatures(content: bytes) -> None:
    for start, what, advice in _SIGNATURES:
        if content.startswith(start):
            raise not_a_workbook(what, advice)
    if content[4:8] == b"ftyp":
        raise not_a_workbook("een foto of film", _ASK)


def _refuse_markup(head: bytes) -> None:
    if head.startswith(b"mime-version:"):
        raise not_a_workbook("een webpagina, ook al heeft het de naam van een werkmap")
    if head.startswith((b'{"', b"{\n", b"{\r")):
        raise not_a_workbook("een JSON-bestand", _ASK)
    if not head.startswith(b"<"):
        return
    for sign, what, advice in _MARKUP:
        if sign in head:
            raise not_a_workbook(what, advice)
    if head.startswith((b"<?xml", b"<!doctype")):
        raise not_a_workbook("een XML-bestand", _ASK)
