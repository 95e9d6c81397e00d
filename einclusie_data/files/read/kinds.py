"""What kind of file some bytes are, and the sentence for kinds that we do not read.

The content decides. Every sentence says what the file is and what to do.

Zip archives and the XML in them, from files that nobody has checked yet.

Sizes are added up before anything is unpacked; XML is read as a stream, so that its size costs time but no memory.
"""

from __future__ import annotations

import codecs
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from io import BytesIO
from typing import Protocol
from xml.parsers import expat

from einclusie_data.contract import settings
from einclusie_data.contract.errors import OversizedFileError, UnreadableFileError

DOUBLE_PART = (
    "De werkmap is beschadigd: een onderdeel staat er twee keer in, en elk programma leest een ander. Open ze in Excel "
    "of LibreOffice, kijk na of alles er staat, en bewaar ze opnieuw als Excel-werkmap (.xlsx)."
)
_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_DAMAGE = (
    expat.ExpatError, zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, NotImplementedError,
    OSError, OverflowError, ValueError,
)  # fmt: skip
"""What the standard library raises on bytes that are not what they say they are."""


@contextmanager
def damage_reported() -> Iterator[None]:
    """Turn what the standard library says of damaged bytes into one Dutch sentence."""
    try:
        yield
    except _DAMAGE as error:
        raise UnreadableFileError(DAMAGED) from error


class Handler(Protocol):
    """What reads a stream of XML; names of elements come without their prefix."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""

    def end(self, name: str) -> None:
        """An element closes."""

    def text(self, data: str) -> None:
        """A piece of text."""


def refuse_doctype(*_: object) -> None:
    """Stop at a doctype or an entity: a workbook has none."""
    raise UnreadableFileError(
        "Het bestand bevat verborgen opdrachten (XML-entiteiten) die niet in een gewone werkmap horen: maak een "
        "nieuwe werkmap, kopieer de tabel erin en bewaar ze als .xlsx."
    )


class Archive:
    """A zip archive within the limits of `settings`.

    Parameters
    ----------
    content : bytes

    Raises
    ------
    OversizedFileError
        Unpacked it would be too large, or it holds too many files.
    UnreadableFileError
        Damaged, protected with a password, or two of its files have one name: every program would read another one.
    """

    def __init__(self, content: bytes) -> None:
        with damage_reported():
            self._zip = zipfile.ZipFile(BytesIO(content))
        members = self._zip.infolist()
        if len(members) > settings.MAX_MEMBERS or sum(one.file_size for one in members) > settings.MAX_UNPACKED_BYTES:
            raise OversizedFileError(
                "Het bestand wordt uitgepakt te groot om veilig te lezen: kopieer enkel de tabel naar een nieuwe "
                "werkmap en bewaar die als .xlsx."
            )
        if any(one.flag_bits & _ENCRYPTED for one in members):
            raise UnreadableFileError(PROTECTED)
        names = [_name(one) for one in members]
        if len(set(names)) < len(names):
            raise UnreadableFileError(DOUBLE_PART)
        self._names = dict(zip(names, members, strict=True))

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._names

    def has_folder(self, folder: str) -> bool:
        """Whether some file lies in this folder."""
        return any(name.startswith(f"{folder.casefold()}/") for name in self._names)

    def head(self, name: str, size: int = 1_000_000) -> bytes:
        """The first bytes of a file; b"" when there is no such file."""
        if name not in self:
            return b""
        with damage_reported(), self._zip.open(self._names[name.casefold()]) as file:
            return file.read(size)

    def read(self, name: str) -> bytes:
        """A whole file; UnreadableFileError when there is none."""
        with damage_reported():
            return self._zip.read(self._names[name.casefold()])

    def read_member(self, member: zipfile.ZipInfo) -> bytes:
        """The content of one of `members`."""
        with damage_reported():
            return self._zip.read(member)

    @property
    def members(self) -> list[zipfile.ZipInfo]:
        """The files, in the order of the archive."""
        return self._zip.infolist()

    def stream(self, name: str, handler: Handler) -> None:
        """Read a file of XML from start to end.

        Raises
        ------
        UnreadableFileError
            There is no such file, it is damaged, or it declares a doctype or entities.
        """
        parser = _parser(handler)
        with damage_reported(), self._zip.open(self._names[name.casefold()]) as file:
            while chunk := file.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)


def _name(member: zipfile.ZipInfo) -> str:
    """How a file is asked for: case and the kind of stroke make no difference."""
    return member.filename.replace("\\", "/").lstrip("/").casefold()


def _parser(handler: Handler) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.EntityDeclHandler = refuse_doctype
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    return parser


def local_name(name: str) -> str:
    """An element's name without prefix."""
    return name.rpartition(":")[2]


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
