"""Passwords of trekkers: only a slow, salted hash is kept (Argon2id, RFC 9106), and none that is easily guessed.

What is easily guessed is told by zxcvbn (Wheeler, USENIX Security 2016), with the lists of known passwords that it
ships, and with the words that people here would think of first.

The one-time code with which the first trekker comes in: shown once in the terminal, kept only as a hash.

The trekkers that have a password: their names, and the hashes that are kept.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from zxcvbn import zxcvbn

from einclusie_data.contract import settings
from einclusie_data.contract.errors import AccessError
from einclusie_data.contract.words import MONTHS, moment
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


_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Capitals and digits without 0, 1, I and O, which look alike: 32 signs, 5 bits each."""
_GROUPS, _SIGNS_PER_GROUP = 4, 4


@dataclass(frozen=True)
class StartCode:
    """What is kept of a code.

    Attributes
    ----------
    digest : str
        Hash. A code is 80 bits of pure chance, so a fast hash is as good as a slow one.
    expires : datetime
    """

    digest: str
    expires: datetime


class CodeBook(Protocol):
    """Keeps the one code that can be used."""

    def put(self, code: StartCode) -> None:
        """Keep a code; an earlier one no longer counts."""

    def take(self, digest: str) -> StartCode | None:
        """Remove and return the code with this hash, in one step, so that it is used only once; else None."""


class MemoryCodeBook:
    """A code kept for as long as the process lives."""

    def __init__(self) -> None:
        self._code: StartCode | None = None
        self._lock = threading.Lock()

    def put(self, code: StartCode) -> None:
        """Keep a code; an earlier one no longer counts."""
        with self._lock:
            self._code = code

    def take(self, digest: str) -> StartCode | None:
        """Remove and return the code with this hash; else None."""
        with self._lock:
            code = self._code
            if code is None or not hmac.compare_digest(code.digest, digest):
                return None
            self._code = None
            return code


def one_time_code() -> str:
    """A new code, in groups that can be read aloud, such as ``K7QF-93MD-XW2P-HT4R``."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_SIGNS_PER_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def new_code(codes: CodeBook, now: datetime) -> tuple[str, StartCode]:
    """Make a code and keep its hash; the code itself is only in the answer."""
    code = one_time_code()
    kept = StartCode(_digest(code), now + timedelta(hours=settings.START_CODE_HOURS))
    codes.put(kept)
    return code, kept


def take_code(codes: CodeBook, typed: str, now: datetime) -> bool:
    """Whether a typed code is right and not too old; it is used up then. Case, spaces and hyphens do not matter."""
    kept = codes.take(_digest(typed))
    return kept is not None and now < kept.expires


def start_text(code: str, kept: StartCode, url: str) -> str:
    """What the launcher prints in the terminal, as Jupyter prints its token.

    Parameters
    ----------
    code : str
    kept : StartCode
    url : str
        Address of the page where to sign in.
    """
    until = kept.expires.astimezone(ZoneInfo(settings.TIMEZONE))
    return (
        f"\nEr is nog geen trekker. Meld je aan op {url} met deze code:\n\n    {code}\n\n"
        f"De code werkt één keer, tot {moment(until)}. Geef ze aan niemand anders.\n"
    )


def _digest(typed: str) -> str:
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return hashlib.sha256(signs.encode()).hexdigest()


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
    "donderdag", "vrijdag", "zaterdag", "zondag", *(month for month in MONTHS if month != "mei"), "voetbal", "vakantie",
)  # fmt: skip
"""Words of this app, this city and these people, which no list from elsewhere has (mei: three letters say nothing)."""
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
