"""The trekkers of one server: their accounts in the store, and the one place where attempts and the code are kept."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from types import MappingProxyType

from einclusie_data.contract import settings
from einclusie_data.contract.errors import AccessError
from einclusie_data.contract.words import listing
from einclusie_data.store.access.attempts import Attempts, MemoryAttemptLog
from einclusie_data.store.access.guard import SessionBook, start_code_needed
from einclusie_data.store.access.passwords import MemoryCodeBook, given_name, hash_password, new_code, start_text
from einclusie_data.store.store import Store, has_store, open_store

LOG_WORDS = MappingProxyType(
    {
        "aanmelden-gelukt": "aangemeld",
        "aanmelden-mislukt": "aanmelden mislukt",
        "gepubliceerd": "gepubliceerd",
        "publiceren-achterhaald": "niet gepubliceerd: iemand anders was eerst",
        "trekker-toegevoegd": "trekker toegevoegd",
        "wachtwoord-gegeven": "wachtwoord gegeven",
        "trekker-geblokkeerd": "mag niet meer aanmelden",
    }
)
"""What happened: code in the store's log -> words."""


BY_COMMAND = "opdracht op de server"
"""Who is written down as the giver of a password on the command line."""


class StoredTrekkers:
    """The accounts in the store, as signing in wants them."""

    def __init__(self, store: Store) -> None:
        self._trekkers = store.trekkers

    def names(self) -> tuple[str, ...]:
        """The names of those who may sign in."""
        return tuple(one.name for one in self._trekkers.all() if not one.disabled)

    def known_as(self, name: str) -> str | None:
        """The name as it was given; None when nobody has it. Also of someone who may no longer sign in."""
        trekker = self._trekkers.get(name)
        return None if trekker is None else trekker.name

    def get(self, name: str) -> str | None:
        """The hash of someone's password; None for a name that is not there or may no longer sign in."""
        trekker = self._trekkers.get(name)
        return None if trekker is None or trekker.disabled else trekker.password_hash or None

    def add(self, name: str, kept_hash: str, by: str) -> None:
        """Make someone a trekker; StoreError when somebody has that name."""
        self._trekkers.add(name, kept_hash, by)

    def renew(self, name: str, kept_hash: str, by: str) -> None:
        """Give a trekker another password; whoever was shut out may sign in again. StoreError when nobody is."""
        self._trekkers.set_password(name, kept_hash, by)
        trekker = self._trekkers.get(name)
        if trekker is not None and trekker.disabled:
            self._trekkers.enable(name, by)

    def rehash(self, name: str, kept_hash: str) -> None:
        """Keep another hash of the same password."""
        self._trekkers.set_password(name, kept_hash, name)


class Desk:
    """Where trekkers sign in: one per server, shared by all visitors.

    Attributes
    ----------
    store : Store
    book : StoredTrekkers
    attempts : Attempts
    codes : MemoryCodeBook
    sessions : SessionBook
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.book = StoredTrekkers(store)
        self.attempts = Attempts(MemoryAttemptLog())
        self.codes = MemoryCodeBook()
        self.sessions = SessionBook()
        self._code_until: datetime | None = None

    def announcement(self, now: datetime, url: str) -> str:
        """What to print in the terminal while nobody can sign in yet; "" when there is nothing to print.

        It holds a one-time code, and a new one when that is too old.
        """
        if not start_code_needed(self.book) or (self._code_until is not None and now < self._code_until):
            return ""
        code, kept = new_code(self.codes, now)
        self._code_until = kept.expires
        return start_text(code, kept, url)


_opened: set[str] = set()
"""Stores that were open in this process: one that is no longer there is then lost, not new."""


@cache
def desk(target: str = settings.STORE) -> Desk:
    """The desk of this server; the store is made when it is not there yet.

    Raises
    ------
    StoreError
        There is no store and none can be made, or it is damaged.
    """
    made = Desk(open_store(target))
    _opened.add(target)
    return made


def give_password(target: str, name: str, password: str) -> str:
    """Give someone access, or another password, from the command line of the server.

    Returns
    -------
    str
        What was done, in Dutch: whoever meant a trekker that is there must see that a new one was made.

    Raises
    ------
    AccessError
        The name or the password will not do, or the name only looks like that of a trekker.
    StoreError
    """
    tidy = given_name(name)
    kept_hash = hash_password(password, tidy)
    with open_store(target) as store:
        book = StoredTrekkers(store)
        others, known = book.names(), book.known_as(tidy)
        if known is None:
            book.add(tidy, kept_hash, BY_COMMAND)
        elif known.casefold() == tidy.casefold():
            book.renew(known, kept_hash, BY_COMMAND)
        else:
            raise AccessError(f"Er is al een trekker die zo heet. Typ de naam zoals ze bewaard is: {known}.")
        store.log.add("trekker-toegevoegd" if known is None else "wachtwoord-gegeven", BY_COMMAND)
    if known is not None:
        return f"{known} heeft een nieuw wachtwoord, en kan zich aanmelden op de pagina Beheer."
    beside = f" Andere trekkers: {listing(list(others))}." if others else ""
    return f"{tidy} is een nieuwe trekker, en kan zich aanmelden op de pagina Beheer.{beside}"


def store_if_any(target: str = settings.STORE) -> Store | None:
    """The store, for those who only look: nothing is made, so None while nothing was ever published or decided.

    Raises
    ------
    StoreError
        The store is there and cannot be read, or was there and is gone.
    """
    return desk(target).store if target in _opened or has_store(target) else None
