"""The trekkers that have a password: their names, and the hashes that are kept."""

from __future__ import annotations

from typing import Protocol

from einclusie_data.contract.errors import AccessError
from einclusie_data.store.people import LONGEST_NAME, name_key, tidy_name

_NO_NAME = f"Vul een naam in van hoogstens {LONGEST_NAME} tekens."


def given_name(name: str) -> str:
    """A new name, tidy.

    Raises
    ------
    AccessError
        There is none, or it is too long.
    """
    tidy = tidy_name(name)
    if not name_key(tidy) or len(tidy) > LONGEST_NAME:
        raise AccessError(_NO_NAME)
    return tidy


class TrekkerBook(Protocol):
    """Keeps the trekkers: names (compared with `name_key`) and hashes of their passwords."""

    def names(self) -> tuple[str, ...]:
        """The names, as they were given, of those who may sign in."""

    def known_as(self, name: str) -> str | None:
        """The name as it was given; None when nobody has it. Also of someone who may no longer sign in."""

    def get(self, name: str) -> str | None:
        """The hash of someone's password; None for a name that is not there or may no longer sign in."""

    def add(self, name: str, kept_hash: str, by: str) -> None:
        """Make someone a trekker.

        Raises
        ------
        AccessError, StoreError
            Somebody has that name; nothing was changed.
        """

    def renew(self, name: str, kept_hash: str, by: str) -> None:
        """Give a trekker another password; whoever was shut out may sign in again.

        Raises
        ------
        AccessError, StoreError
            Nobody has that name.
        """

    def rehash(self, name: str, kept_hash: str) -> None:
        """Keep another hash of the same password."""
