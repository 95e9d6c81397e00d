"""The trekkers that have a password: their names, and the hashes that are kept."""

from __future__ import annotations

from typing import Protocol

from einclusie_data.errors import AccessError
from einclusie_data.text import clean_text

_LONGEST_NAME = 60
_NO_NAME = f"Vul een naam in van hoogstens {_LONGEST_NAME} tekens."


def name_key(name: str) -> str:
    """A name as it is compared: case and spaces around it or doubled do not matter.

    Examples
    --------
    >>> name_key("  An  PEETERS ")
    'an peeters'
    """
    return _tidy(name)[: _LONGEST_NAME + 1].casefold()


def given_name(name: str) -> str:
    """A new name, tidy.

    Raises
    ------
    AccessError
        There is none, or it is too long.
    """
    tidy = _tidy(name)
    if not 0 < len(tidy) <= _LONGEST_NAME:
        raise AccessError(_NO_NAME)
    return tidy


def _tidy(name: str) -> str:
    """Single spaces, and nothing that a database cannot keep."""
    return " ".join(clean_text(name.encode("utf-8", "replace").decode()).split())


class TrekkerBook(Protocol):
    """Keeps the trekkers: names (compared with `name_key`) and hashes of their passwords."""

    def names(self) -> tuple[str, ...]:
        """The names as they were given."""

    def get(self, name: str) -> str | None:
        """The hash of someone's password; None for a name that is not there."""

    def put(self, name: str, kept_hash: str, by: str) -> None:
        """Keep a hash, and who gave it."""


class MemoryTrekkerBook:
    """Trekkers kept for as long as the process lives."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, str, str]] = {}

    def names(self) -> tuple[str, ...]:
        """The names as they were given."""
        return tuple(name for name, _, _ in self._kept.values())

    def get(self, name: str) -> str | None:
        """The hash of someone's password."""
        return self._kept[name_key(name)][1] if name_key(name) in self._kept else None

    def put(self, name: str, kept_hash: str, by: str) -> None:
        """Keep a hash, and who gave it."""
        self._kept[name_key(name)] = (name, kept_hash, by)
