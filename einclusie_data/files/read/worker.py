"""The process that reads one file: bytes on standard input, lines of JSON on standard output.

``python -m einclusie_data.files.read.worker`` is started by `read`; whatever a hostile file
does to it, nobody else notices.
"""

from __future__ import annotations

import gc
import sys

from einclusie_data.contract import settings
from einclusie_data.contract.errors import DataFileError, OversizedFileError
from einclusie_data.contract.workbook import RawWorkbook
from einclusie_data.files.read.csv_file import read_csv
from einclusie_data.files.read.kinds import Archive, Kind, file_kind, not_a_workbook
from einclusie_data.files.read.lines import error_line, workbook_lines
from einclusie_data.files.read.ods import read_ods
from einclusie_data.files.read.xls import read_xls
from einclusie_data.files.read.xlsx import read_xlsx

TOO_MUCH_MEMORY = (
    "Het bestand vraagt te veel geheugen om te lezen: verwijder lege rijen en kolommen onder en naast de tabel, of "
    "kopieer enkel de tabel naar een nieuwe werkmap, en bewaar die als .xlsx."
)
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OTHER_ARCHIVES: tuple[tuple[str, str], ...] = (
    ("word", "een Word-document"),
    ("ppt", "een presentatie"),
    ("visio", "een Visio-tekening"),
)


def read_content(content: bytes) -> RawWorkbook:
    """Read a file of any kind in this process.

    Parameters
    ----------
    content : bytes

    Returns
    -------
    RawWorkbook

    Raises
    ------
    DataFileError
        The file cannot be used; nothing else is raised for any bytes, unless a library for .xls aborts.
    """
    match file_kind(content):
        case Kind.ARCHIVE:
            return _read_archive(Archive(content))
        case Kind.OLE:
            return read_xls(content)
        case _:
            return read_csv(content)


def _read_archive(archive: Archive) -> RawWorkbook:
    if "xl/workbook.bin" in archive:
        raise not_a_workbook("een binaire Excel-werkmap (.xlsb)")
    if archive.has_folder("xl"):
        return read_xlsx(archive)
    mimetype = archive.head("mimetype", 200)
    if mimetype.startswith(_ODS):
        return read_ods(archive)
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        raise not_a_workbook("een OpenDocument-tekst, -tekening of -presentatie")
    for folder, what in _OTHER_ARCHIVES:
        if archive.has_folder(folder):
            raise not_a_workbook(what)
    if archive.has_folder("Index") and archive.has_folder("Metadata"):
        raise not_a_workbook("een werkmap van Apple Numbers", "bewaar het in Numbers als Excel-werkmap (.xlsx)")
    raise not_a_workbook("een zip-bestand", "pak het uit en kies de werkmap (.xlsx) die erin zit")


def limit_process() -> None:
    """Let this process use no more memory and processor time than reading may take, and write no files."""
    try:
        import resource
    except ImportError:  # Windows: the time limit of the parent is all there is
        return
    for limit, most in (
        (resource.RLIMIT_AS, settings.READ_MEMORY_BYTES),
        (resource.RLIMIT_CPU, settings.READ_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def main() -> None:
    """Read standard input, write the result or the reason why there is none."""
    limit_process()
    gc.disable()  # one file, no cycles worth collecting: half of the time
    content, output = sys.stdin.buffer.read(settings.MAX_FILE_BYTES + 1), sys.stdout.buffer
    try:
        output.writelines(workbook_lines(read_content(content)))
    except DataFileError as error:
        output.write(error_line(error))
    except MemoryError:
        output.write(error_line(OversizedFileError(TOO_MUCH_MEMORY)))
    output.flush()


if __name__ == "__main__":
    main()
