"""Spreadsheet bytes -> raw sheets, in a guarded process of its own (DESIGN §6).

The bytes are hostile until read: a file of 5 kB can abort a library or ask for gigabytes. This process only looks at
the size and the first bytes; `read_worker` does the rest within limits of memory and time, and everything that it
hands back is checked (`read_lines`).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import IO, TypeVar

from einclusie_data.contract import settings
from einclusie_data.contract.errors import OversizedFileError, UnreadableFileError
from einclusie_data.contract.file_names import has_private_name, shown_name
from einclusie_data.contract.workbook import RawWorkbook
from einclusie_data.files.read.kinds import DAMAGED, Kind, file_kind
from einclusie_data.files.read.lines import ProtocolError, parse_lines

TOO_SLOW = (
    f"Het lezen van het bestand duurde langer dan {settings.READ_SECONDS} seconden: kopieer enkel de tabel naar een "
    "nieuwe werkmap, bewaar die als .xlsx en probeer opnieuw."
)
TOO_BUSY = "Er worden nu te veel bestanden tegelijk gelezen: wacht een minuut en probeer opnieuw."
UNUSABLE = (
    "Het bestand is te groot of beschadigd om veilig te lezen: kopieer enkel de tabel naar een nieuwe werkmap, bewaar "
    "die als .xlsx en probeer opnieuw."
)

_T = TypeVar("_T")
_COMMAND: Sequence[str] = (sys.executable, "-m", "einclusie_data.files.read.worker")
_PASSED_ON = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
"""Environment that the process gets: what Python needs to start, no settings or secrets of the app."""
_ENDING_SECONDS = 1
_SPREADSHEET_NAMES = (".xlsx", ".xlsm", ".xls", ".ods")
_tell: ContextVar[Callable[[Callable[[], None]], None]] = ContextVar("tell", default=lambda _stop: None)
_slots = threading.BoundedSemaphore(settings.READ_AT_ONCE)


def read_workbook(content: bytes, file_name: str) -> RawWorkbook:
    """Read a spreadsheet of any kind that the contract names.

    Parameters
    ----------
    content : bytes
        The file: .xlsx, .xlsm, .xls, .ods or .csv. The content decides, not the name.
    file_name : str
        Name under which the file was supplied; only used in messages, and looked at for contact details.

    Returns
    -------
    RawWorkbook
        All sheets as text, hidden ones included.

    Raises
    ------
    UnreadableFileError
        No spreadsheet that we read: wrong kind, damaged, encrypted.
    OversizedFileError
        It asks for more memory, cells or time than `settings` allows.
    """
    if len(content) > settings.MAX_FILE_BYTES:
        raise OversizedFileError(
            f"Het bestand is te groot ({len(content) // 1_000_000} MB, we lezen hoogstens "
            f"{settings.MAX_FILE_BYTES // 1_000_000} MB): hou enkel de bladen over die nodig zijn en probeer opnieuw."
        )
    if file_kind(content) is Kind.TEXT:
        _refuse_misnamed(file_name)
    raw = in_own_process(_COMMAND, content, lambda answer: parse_lines(_limited_lines(answer)))
    return replace(raw, private_name=has_private_name(file_name))


def in_own_process(command: Sequence[str], content: bytes, parse: Callable[[IO[bytes]], _T]) -> _T:
    """Let a process within limits of memory and time work on bytes that nobody trusts.

    Parameters
    ----------
    command : sequence of str
        It reads standard input to the end, then answers on standard output.
    content : bytes
        What it reads.
    parse : callable
        Reads its answer; trusts nothing in it, and raises `ProtocolError` when it is not an answer.

    Raises
    ------
    DataFileError
        It did not answer within its limits, or `parse` raised one.
    """
    with _slot():
        return _run(command, content, parse)


def _refuse_misnamed(file_name: str) -> None:
    name = shown_name(file_name)
    extension = PurePath(name).suffix.lower()
    if extension in _SPREADSHEET_NAMES:
        raise UnreadableFileError(
            f"“{name}” heeft de naam van een werkmap, maar er staat gewone tekst in: is het een CSV-bestand, verander "
            f"dan {extension} in .csv; anders is het beschadigd en vraag je een nieuwe kopie."
        )


@contextmanager
def _slot() -> Iterator[None]:
    """Wait for a turn, so that many uploads together cannot use up the memory either."""
    if not _slots.acquire(timeout=settings.READ_SECONDS):
        raise OversizedFileError(TOO_BUSY)
    try:
        yield
    finally:
        _slots.release()


@contextmanager
def stoppable(tell: Callable[[Callable[[], None]], None]) -> Iterator[None]:
    """Within it (and this thread) each process that reads is made known, so that someone else can stop it.

    Parameters
    ----------
    tell : callable
        Gets, for each process, a function that stops it; reading then ends in a `DataFileError`.
    """
    token = _tell.set(tell)
    try:
        yield
    finally:
        _tell.reset(token)


def _run(command: Sequence[str], content: bytes, parse: Callable[[IO[bytes]], _T]) -> _T:
    late = threading.Event()
    with _process(command) as process:
        _tell.get()(partial(_stop, process))
        timer = threading.Timer(settings.READ_SECONDS, _stop_late, (process, late))
        timer.start()
        try:
            return _converse(process, content, parse)
        except ProtocolError as error:
            exit_code = _exit_code(process)
            if late.is_set():
                raise OversizedFileError(TOO_SLOW) from error
            raise _explanation(exit_code) from error
        finally:
            timer.cancel()
            _stop(process)


def _process(command: Sequence[str]) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - fixed commands
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=settings.PROJECT_FOLDER,
        env=environment | {"OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"},
        start_new_session=True,
    )


def _converse(process: subprocess.Popen[bytes], content: bytes, parse: Callable[[IO[bytes]], _T]) -> _T:
    """Send the file, then read the answer."""
    if process.stdin is None or process.stdout is None:
        raise ProtocolError
    try:
        with process.stdin as to_process:
            to_process.write(content)
    except BrokenPipeError as error:
        raise ProtocolError from error
    return parse(process.stdout)


def _limited_lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines of the answer, as long as it stays within bounds."""
    left = settings.MAX_RESULT_BYTES
    while left > 0 and (line := stream.readline(left)):
        left -= len(line)
        yield line


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the process, and whatever it may have started."""
    if process.poll() is not None:
        return
    if not hasattr(os, "killpg"):
        process.kill()
        return
    with suppress(ProcessLookupError):  # it ended just now
        os.killpg(process.pid, signal.SIGKILL)


def _exit_code(process: subprocess.Popen[bytes]) -> int:
    """How a process that stopped answering ended; one that goes on is stopped."""
    try:
        return process.wait(_ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        _stop(process)
        return process.wait()


def _stop_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    _stop(process)


def _explanation(exit_code: int) -> UnreadableFileError | OversizedFileError:
    """What a process that gave no usable answer died of: killed and aborted mean too much, else damaged."""
    return OversizedFileError(UNUSABLE) if exit_code < 0 else UnreadableFileError(DAMAGED)
