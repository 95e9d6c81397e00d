"""Zip archives and the XML in them, from files that nobody has checked yet.

Sizes are added up before anything is unpacked; XML is read as a stream, so that its size costs time but no memory.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Protocol
from xml.parsers import expat

from einclusie_data.contract import settings
from einclusie_data.contract.errors import OversizedFileError, UnreadableFileError
from einclusie_data.files.read.kinds import DAMAGED, PROTECTED

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
