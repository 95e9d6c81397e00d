"""Which visits may leave a file on the server: those in which a trekker is signed in.

Streamlit takes a file for any visit that it knows, also when no field for files was ever drawn for it. `front` asks
here before it takes anything. The list is plain Python on purpose: a visitor may be able to empty what Streamlit keeps.
"""

from __future__ import annotations

from einclusie_data.contract import settings
from einclusie_data.ui.fence import internals

_allowed: set[str] = set()
_left: dict[str, list[str]] = {}


def allow() -> None:
    """From now on this visit may upload."""
    _allowed.add(internals.visit())


def forbid() -> None:
    """From now on it may not."""
    _allowed.discard(internals.visit())
    _left.pop(internals.visit(), None)


def may_upload(visit: str) -> bool:
    """Whether a visit may upload."""
    return visit in _allowed


def note_file(visit: str, file: str) -> list[str]:
    """Write down that a visit left a file; the files of that visit that are too many now, oldest first."""
    files = _left.setdefault(visit, [])
    if file in files:
        files.remove(file)
    files.append(file)
    old = files[: -settings.UPLOAD_FILES]
    del files[: -settings.UPLOAD_FILES]
    return old
