"""The trekkers of one server: their accounts in the store, and the one place where attempts and the code are kept."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from einclusie_data import settings
from einclusie_data.access import start_code_needed
from einclusie_data.access_attempts import Attempts, MemoryAttemptLog
from einclusie_data.access_book import given_name, name_key
from einclusie_data.access_codes import MemoryCodeBook, new_code, start_text
from einclusie_data.access_passwords import hash_password
from einclusie_data.access_sessions import SessionBook
from einclusie_data.store import has_store, open_store

if TYPE_CHECKING:
    from datetime import datetime

    from einclusie_data.store import Store
    from einclusie_data.store_people import Trekker


LOG_WORDS = MappingProxyType(
    {
        "aanmelden-gelukt": "aangemeld",
        "aanmelden-mislukt": "aanmelden mislukt",
        "gepubliceerd": "gepubliceerd",
        "publiceren-achterhaald": "niet gepubliceerd: iemand anders was eerst",
        "wachtwoord-gegeven": "wachtwoord gegeven",
        "trekker-geblokkeerd": "mag niet meer aanmelden",
    }
)
"""What happened: code in the store's log -> words."""


BY_COMMAND = "opdracht op de server"
"""Who is written down as the giver of a password on the command line."""


class StoredTrekkers:
    """The accounts in the store, as signing in wants them (see `access_book.TrekkerBook`).

    Names are compared with `name_key`. The store is stricter when an account is made: there "Àn" and "An" are one.
    """

    def __init__(self, store: Store) -> None:
        self._trekkers = store.trekkers

    def _find(self, name: str) -> Trekker | None:
        key = name_key(name)
        return next((one for one in self._trekkers.all() if name_key(one.name) == key), None)

    def names(self) -> tuple[str, ...]:
        """The names of those who may sign in."""
        return tuple(one.name for one in self._trekkers.all() if not one.disabled)

    def get(self, name: str) -> str | None:
        """The hash of someone's password; None for a name that is not there or may no longer sign in."""
        found = self._find(name)
        return None if found is None or found.disabled else found.password_hash or None

    def put(self, name: str, kept_hash: str, by: str) -> None:
        """Keep a hash, and who gave it; whoever was shut out may sign in again."""
        found = self._find(name) or self._trekkers.get(name)
        if found is None:
            self._trekkers.add(name, kept_hash, by)
            return
        self._trekkers.set_password(found.name, kept_hash, by)
        if found.disabled:
            self._trekkers.enable(found.name, by)


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


@cache
def desk(target: str = settings.STORE) -> Desk:
    """The desk of this server; the store is made when it is not there yet.

    Raises
    ------
    StoreError
        There is no store and none can be made, or it is damaged.
    """
    return Desk(open_store(target))


def give_password(target: str, name: str, password: str) -> str:
    """Give someone access, or another password, from the command line of the server; the name as it is kept.

    Raises
    ------
    AccessError
        The name or the password will not do.
    StoreError
    """
    tidy = given_name(name)
    kept_hash = hash_password(password)
    with open_store(target) as store:
        StoredTrekkers(store).put(tidy, kept_hash, BY_COMMAND)
        store.log.add("wachtwoord-gegeven", BY_COMMAND)
    return tidy


def store_if_any(target: str = settings.STORE) -> Store | None:
    """The store, for those who only look: nothing is made, so None while nothing was ever published or decided.

    Raises
    ------
    StoreError
        The store is there and cannot be read.
    """
    return desk(target).store if has_store(target) else None
