"""Passwords of trekkers: only a slow, salted hash is kept (Argon2id, RFC 9106)."""

from __future__ import annotations

import secrets
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from einclusie_data import settings
from einclusie_data.errors import AccessError

_hasher = PasswordHasher()
"""With the library's own costs: the second choice of RFC 9106 (64 MiB, 3 passes), about 0.05 s."""


class Checked(NamedTuple):
    """Whether a password is right, and the hash to keep from now on (None = the present one is good)."""

    right: bool
    new_hash: str | None


def password_problem(password: str) -> str | None:
    """What is wrong with a new password, in one Dutch sentence; None when it will do.

    Examples
    --------
    >>> password_problem("kort")
    'Kies een wachtwoord van minstens 12 tekens, bijvoorbeeld drie gewone woorden na elkaar.'
    """
    size = len(_typed(password))
    if size < settings.PASSWORD_CHARACTERS:
        return (
            f"Kies een wachtwoord van minstens {settings.PASSWORD_CHARACTERS} tekens, "
            "bijvoorbeeld drie gewone woorden na elkaar."
        )
    if size > settings.PASSWORD_MAX_CHARACTERS:
        return f"Kies een wachtwoord van hoogstens {settings.PASSWORD_MAX_CHARACTERS} tekens."
    if len(set(_typed(password))) < 4:
        return "Kies een wachtwoord met meer verschillende tekens."
    return None


def check_new_password(password: str) -> None:
    """Refuse a new password that is too weak.

    Raises
    ------
    AccessError
        The sentence says what to do.
    """
    problem = password_problem(password)
    if problem is not None:
        raise AccessError(problem)


def hash_password(password: str) -> str:
    """The hash to keep of a new password.

    Raises
    ------
    AccessError
        The password is too weak; the sentence says what to do.
    """
    check_new_password(password)
    return _hasher.hash(_bytes(_typed(password)))


def check_password(kept_hash: str | None, password: str) -> Checked:
    """Compare a typed password with a kept hash.

    Parameters
    ----------
    kept_hash : str or None
        None for a name that does not exist: that takes as long as a wrong password, so that it tells nobody.
    password : str

    Returns
    -------
    Checked
        `new_hash` when the kept one was made with costs that are no longer ours.
    """
    # No password is longer than the limit, so what is cut off cannot make it right.
    typed = _bytes(_typed(password)[: settings.PASSWORD_MAX_CHARACTERS + 1])
    try:
        _hasher.verify(kept_hash or _nobodys_hash(), typed)
    except VerifyMismatchError:
        return Checked(False, None)
    if kept_hash is None:
        return Checked(False, None)
    return Checked(True, _hasher.hash(typed) if _hasher.check_needs_rehash(kept_hash) else None)


def _typed(password: str) -> str:
    """The same text whatever keyboard composed its letters."""
    return unicodedata.normalize("NFKC", password)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe(32))
