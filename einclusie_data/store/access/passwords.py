"""Passwords of trekkers: only a slow, salted hash is kept (Argon2id, RFC 9106), and none that is easily guessed.

What is easily guessed is told by zxcvbn (Wheeler, USENIX Security 2016), with the lists of known passwords that it
ships, and with the words that people here would think of first.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from zxcvbn import zxcvbn

from einclusie_data.contract import settings
from einclusie_data.contract.errors import AccessError

_hasher = PasswordHasher()
"""With the library's own costs: the second choice of RFC 9106 (64 MiB, 3 passes), about 0.05 s."""


_OBVIOUS = (
    "wachtwoord", "paswoord", "password", "geheim", "geheimpje", "welkom", "hallo", "inloggen", "aanmelden",
    "toegang", "beheer", "beheerder", "admin", "trekker", "trekkers", "netwerk", "lerend", "hiaat", "hiaten",
    "hiatenkaart", "hiatenmatrix", "kaart", "einclusie", "e-inclusie", "inclusie", "digitaal", "digitale",
    "digibank", "aanbod", "methodiek", "werkmap", "bijeenkomst", "antwerpen", "antwerp", "anvers", "stad", "wijk",
    "district", "borgerhout", "deurne", "merksem", "berchem", "hoboken", "ekeren", "wilrijk", "borsbeek", "kiel",
    "dam", "linkeroever", "luchtbal", "schelde", "sinjoor", "permeke", "atlas", "saamo", "ligo", "vlaanderen",
    "belgie", "belgium", "brussel", "lente", "zomer", "herfst", "winter", "maandag", "dinsdag", "woensdag",
    "donderdag", "vrijdag", "zaterdag", "zondag", "januari", "februari", "maart", "april", "juni", "juli",
    "augustus", "september", "oktober", "november", "december", "voetbal", "vakantie",
)  # fmt: skip
"""Words of this app, this city and these people, which no list from elsewhere has."""
_SIGNS_LOOKED_AT = 64
"""No further: it would take long, and what is strong by then stays so."""
_ALIKE = str.maketrans("{[<|", "(((!")
"""Signs that stand for the same letter. zxcvbn tries all combinations of them: 10 s for one password that holds all."""
_STRONG = 3
"""zxcvbn's score (0-4) from which a password will do: more than 10^8 guesses."""
_KNOWN = "Dit wachtwoord lijkt op een wachtwoord dat veel mensen gebruiken"
_EXAMPLE = "Kies er een van drie of vier gewone woorden die niets met elkaar te maken hebben."


class Checked(NamedTuple):
    """Whether a password is right, and the hash to keep from now on (None = the present one is good)."""

    right: bool
    new_hash: str | None


def password_problem(password: str, name: str = "") -> str | None:
    """What is wrong with a new password, in one or two Dutch sentences; None when it will do.

    Parameters
    ----------
    password : str
    name : str
        Of whose password it is: a name is no secret.

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
    return _guess_problem(_typed(password), name)


def _guess_problem(password: str, name: str) -> str | None:
    """Why a password is easily guessed; None when it is not."""
    name_words = [*name.casefold().split(), "".join(name.casefold().split())]
    # A name of one or two letters would be found in any text.
    own = [word for word in name_words if len(word) > 2]
    looked_at = password[:_SIGNS_LOOKED_AT].translate(_ALIKE)
    # Two easy words with a space or a dash between them are no better than without.
    closed_up = "".join(sign for sign in looked_at if sign.isalnum())
    ways = [zxcvbn(way, user_inputs=[*own, *_OBVIOUS]) for way in {looked_at, closed_up} - {""}]
    judged = min(ways, key=lambda way: float(way["guesses"]))
    if judged["score"] >= _STRONG:
        return None
    return f"{_why(judged['sequence'], own)}, en is dus snel geraden. {_EXAMPLE}"


def _why(parts: Sequence[Mapping[str, Any]], own: Sequence[str]) -> str:
    """What makes it easy, by the longest part that is."""
    part = max(
        (one for one in parts if one["pattern"] != "bruteforce"), key=lambda one: len(one["token"]), default=None
    )
    if part is None:
        return "Dit wachtwoord heeft te weinig verschillende tekens"
    if part["pattern"] == "dictionary" and part["dictionary_name"] == "user_inputs":
        whose = "de naam van de trekker" if part["matched_word"] in own else "een woord dat hier voor de hand ligt"
        return f"Dit wachtwoord is vooral {whose}"
    return {
        "dictionary": _KNOWN
        if part.get("dictionary_name") == "passwords"
        else "Dit wachtwoord is vooral één bekend woord",
        "spatial": "Dit wachtwoord is een rij toetsen naast elkaar",
        "sequence": "Dit wachtwoord is een reeks na elkaar, zoals abcd of 1234",
        "repeat": "Dit wachtwoord herhaalt hetzelfde",
        "regex": "Dit wachtwoord is vooral een jaartal",
        "date": "Dit wachtwoord is vooral een datum",
    }[part["pattern"]]


def check_new_password(password: str, name: str = "") -> None:
    """Refuse a new password that is too weak.

    Raises
    ------
    AccessError
        The sentence says what to do.
    """
    problem = password_problem(password, name)
    if problem is not None:
        raise AccessError(problem)


def hash_password(password: str, name: str = "") -> str:
    """The hash to keep of a new password.

    Raises
    ------
    AccessError
        The password is too weak; the sentence says what to do.
    """
    check_new_password(password, name)
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
