"""What can be wrong: `Problem` (a finding in a row), `DataFileError` (a file) and `StoreError` (the store).

A `Problem` is never raised: checks collect them over all rows and report once. A `DataFileError` means that the
file as a whole cannot be used; it is caught in exactly two places, the page opener and `__main__`. A `StoreError`
means that what the trekker asked was not done. Anything else is a bug and is not caught.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class DataFileError(Exception):
    """A file cannot be used at all. `str(error)` is one Dutch sentence for the person who supplied it."""


class UnreadableFileError(DataFileError):
    """The bytes are no spreadsheet that we read: wrong kind, damaged, encrypted."""


class OversizedFileError(DataFileError):
    """The file asks for more memory, cells or time than the reader allows."""


class MissingSheetError(DataFileError):
    """The workbook has no sheet with offers, or that sheet has no recognisable header row."""


class ReferenceDataError(DataFileError):
    """Reference data (areas, figures) did not pass its checks; nothing was written."""


class StoppedError(DataFileError):
    """Someone stopped the work on a file; there is nothing to report."""


class GeocoderError(Exception):
    """The address service gave no usable answer. `str(error)` is Dutch; it never holds the address that was asked."""


class GeocoderUnavailableError(GeocoderError):
    """The service is down, too slow or too busy: asking again later may help.

    Attributes
    ----------
    wait_s : float
        Seconds that the service asks to wait; 0 when it does not say.
    """

    def __init__(self, message: str, wait_s: float = 0.0) -> None:
        super().__init__(message)
        self.wait_s = wait_s


class GeocoderAnswerError(GeocoderError):
    """The service answered something that is no answer: a web page, damaged or too much text, a redirection."""


class AccessError(Exception):
    """Someone may not do this. `str(error)` is one Dutch sentence for that person."""


class TooManyAttemptsError(AccessError):
    """Signing in has to wait; this attempt was not looked at."""


class OldSignInError(AccessError):
    """Someone proved their name at a sign-in provider, but too long ago: nothing is wrong, it has to be done again."""


class StartError(Exception):
    """The app cannot be served safely, so it is not served. `str(error)` is one Dutch sentence for who starts it."""


class DocumentError(Exception):
    """A document to print could not be made. `str(error)` is one Dutch sentence for the person who asked it."""


class ScenarioError(Exception):
    """A scenario cannot be shared as it is. `str(error)` is one Dutch sentence for the person who made it."""


class StoreError(Exception):
    """The store cannot do what was asked. `str(error)` is Dutch: what is wrong and what to do."""


class BusyStoreError(StoreError):
    """Another process keeps the store for itself at this moment."""


class DamagedStoreError(StoreError):
    """What the store holds is not what was put there."""


class OutdatedComparisonError(StoreError):
    """Someone else published since the comparison was made; nothing was changed.

    Attributes
    ----------
    latest : int or None
        Number of the version that is published now; None when there is none.
    """

    def __init__(self, message: str, latest: int | None) -> None:
        super().__init__(message)
        self.latest = latest


class OutdatedChangeError(StoreError):
    """Someone else changed the same decision or scenario since it was looked at; nothing was changed.

    Attributes
    ----------
    latest : int or None
        Number of the change that stands now; None when there is none.
    """

    def __init__(self, message: str, latest: int | None) -> None:
        super().__init__(message)
        self.latest = latest


class DecisionError(StoreError):
    """What someone filled in cannot be kept like this; nothing was saved.

    Attributes
    ----------
    problems : mapping of str to str
        Field -> Dutch sentence: what is wrong and what to do.
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class Severity(StrEnum):
    """How bad a finding is; the values are those of the `controle` JSON."""

    ERROR = "fout"
    WARNING = "waarschuwing"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding that a colleague can correct in the spreadsheet.

    Attributes
    ----------
    code : str
        Stable machine name, kebab-case Dutch, e.g. ``"waarde-onbekend"``.
    severity : Severity
        ERROR: the row is left out. WARNING: the row is used.
    sheet : str
        Sheet name as in the file.
    row : int or None
        Row number as Excel shows it; None when the finding is about a whole sheet or column.
    column : str or None
        Header as in the file, else the header of the contract; None when the finding is about a whole row.
    value : str
        The cell's text ("" when there is none).
    message : str
        Dutch: what is wrong, what is allowed, what to do.
    """

    code: str
    severity: Severity
    sheet: str
    row: int | None
    column: str | None
    value: str
    message: str

    def as_dict(self) -> dict[str, str | int | None]:
        """The finding in the shape of the `controle` JSON (DESIGN §5)."""
        return {
            "code": self.code,
            "ernst": self.severity.value,
            "blad": self.sheet,
            "rij": self.row,
            "kolom": self.column,
            "waarde": self.value,
            "melding": self.message,
        }
