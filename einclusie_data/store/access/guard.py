"""Who is trekker: signing in, sessions that end, and the guard before everything that only a trekker may do.

There is no default password. The first trekker comes in with the one-time code from the terminal; a signed-in trekker
adds others. The state (names and hashes, attempts, the code) lies behind small protocols; moments are given, never
read from a clock here.

Which sessions are over: one sign-in at a provider can begin many visits, and all of them end together.

Streamlit keeps the provider's answer in a cookie and gives it to every visit. Without this book, opening the page
again would bring back whoever was signed out after some hours without use, on a computer that others use too.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from einclusie_data.contract import settings
from einclusie_data.contract.errors import AccessError, OldSignInError, StoreError
from einclusie_data.store.access.attempts import Attempts
from einclusie_data.store.access.oidc import allowed_by_oidc, issued_at, names_allowed
from einclusie_data.store.access.passwords import (
    CodeBook,
    TrekkerBook,
    check_new_password,
    check_password,
    given_name,
    hash_password,
    take_code,
)
from einclusie_data.store.people import name_key


class SessionBook:
    """The sessions of one server as they were last used, in memory; a session is known by its name and its start."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, datetime], Session] = {}

    def latest(self, session: Session) -> Session:
        """A session as it was last used, in whichever visit."""
        return self._last.get((session.name, session.started), session)

    def come_back(self, session: Session, now: datetime) -> Session:
        """A session that a provider's answer begins, maybe once more.

        Raises
        ------
        OldSignInError
            It was ended, or not used for too long.
        """
        if not is_valid(self.latest(session), now):
            raise OldSignInError(TOO_OLD)
        return session

    def keep(self, session: Session, now: datetime) -> None:
        """Write down that a session is used; those that nobody can come back with are forgotten."""
        oldest = now - timedelta(hours=settings.SESSION_HOURS)
        self._last = {key: kept for key, kept in self._last.copy().items() if kept.started >= oldest}
        self._last[(session.name, session.started)] = session

    def end(self, session: Session) -> None:
        """End a session, in every visit that it began."""
        self._last[(session.name, session.started)] = replace(session, expires=session.started)


_log = logging.getLogger("einclusie")

BY_CODE = "eenmalige code"
"""Who is written down as the giver of a password that was set with the one-time code."""

_CODE_ATTEMPTS = "\x00code"
"""Under what attempts with the code are counted: no name can be this."""

_SIGN_IN_FIRST = "Meld je eerst aan als trekker."
_WRONG = "De naam of het wachtwoord klopt niet."
_WRONG_CODE = "De code klopt niet, is al gebruikt of is te oud. Vraag een nieuwe aan wie de server beheert."
_NOT_ON_LIST = "Dit adres staat niet op de lijst van trekkers, of je aanbieder zegt niet dat het nagekeken is."
TOO_OLD = "Je aanmelding is te oud. Meld je opnieuw aan."
"""Of a sign-in at a provider."""

_CLOCKS_APART = timedelta(minutes=2)
"""How far the clock of a sign-in provider may be ahead of ours; Streamlit allows the same."""


@dataclass(frozen=True)
class Session:
    """A signed-in trekker. Kept on the server only (session state), never in a link, a cookie or a widget.

    Attributes
    ----------
    name : str
        Written down with everything that this trekker publishes or decides.
    started, expires : datetime
        Aware. `expires` moves with use (`renewed`), up to `SESSION_HOURS` after `started`.
    proof : str
        The kept hash of the password with which it began: another password ends the session. "" = a provider.
    """

    name: str
    started: datetime
    expires: datetime
    proof: str = field(default="", repr=False, compare=False)


def start_session(name: str, now: datetime, proof: str = "") -> Session:
    """A new session; only for someone whose name was proved."""
    return renewed(Session(name, now, now, proof), now)


def still_may(session: Session, book: TrekkerBook, allowed: tuple[str, ...]) -> bool:
    """Whether someone who is signed in is still a trekker, with the same password or on the list of the provider."""
    if session.proof:
        return book.get(session.name) == session.proof
    return session.name in names_allowed(allowed)


def is_valid(session: Session | None, now: datetime) -> bool:
    """Whether someone is signed in at this moment."""
    if session is None:
        return False
    last = session.started + timedelta(hours=settings.SESSION_HOURS)
    return session.started <= now < min(session.expires, last)


def renewed(session: Session, now: datetime) -> Session:
    """The session after use at this moment: the time without use counts anew."""
    last = session.started + timedelta(hours=settings.SESSION_HOURS)
    return replace(session, expires=min(now + timedelta(hours=settings.SESSION_IDLE_HOURS), last))


def require_trekker(session: Session | None, now: datetime) -> Session:
    """The guard before everything that only a trekker may do: the session, renewed.

    Raises
    ------
    AccessError
        Nobody is signed in, or no longer.
    """
    if session is None or not is_valid(session, now):
        raise AccessError(_SIGN_IN_FIRST)
    return renewed(session, now)


def sign_in(
    book: TrekkerBook, attempts: Attempts, name: str, password: str, now: datetime, client: str = ""
) -> Session:
    """Sign in with a name and a password; `client` is where from, so that nobody can shut out someone elsewhere.

    Raises
    ------
    AccessError
        Wrong, or too many attempts. The sentence and the time it takes are the same whether the name exists or not.
    """
    key = name_key(name)
    with attempts.attempt(key, now, client):
        kept, known = book.get(key), book.known_as(key)
        right, new_hash = check_password(kept, password)
    if not right or known is None:
        _log.warning("aanmelden: mislukt (wachtwoord)")
        raise AccessError(_WRONG)
    attempts.succeeded(key, client)
    _log.info("aanmelden: gelukt (wachtwoord)")
    return start_session(known, now, _rehashed(book, known, new_hash) or kept or "")


def _rehashed(book: TrekkerBook, name: str, new_hash: str | None) -> str | None:
    """The new hash once it is kept; None when there is none, or the store takes none now: the old one is good too."""
    if new_hash is not None:
        try:
            book.rehash(name, new_hash)
        except StoreError:
            _log.warning("aanmelden: nieuwe hash niet bewaard")
            return None
    return new_hash


def sign_in_with_code(
    book: TrekkerBook,
    attempts: Attempts,
    codes: CodeBook,
    typed: str,
    name: str,
    password: str,
    now: datetime,
    client: str = "",
) -> Session:
    """Come in with the one-time code, and set the name and password to use from now on.

    Also the way back for someone who forgot the password: whoever reads the terminal of the server may come in.

    Raises
    ------
    AccessError
        A wrong, used or old code, too many attempts, a name or password that will not do; the last two leave the
        code as it is.
    """
    new_name = given_name(name)
    check_new_password(password, new_name)
    with attempts.attempt(_CODE_ATTEMPTS, now, client):
        right = take_code(codes, typed, now)
    if not right:
        _log.warning("aanmelden: mislukt (code)")
        raise AccessError(_WRONG_CODE)
    attempts.succeeded(_CODE_ATTEMPTS, client)
    attempts.succeeded(name_key(new_name), client)
    kept, known = hash_password(password, new_name), book.known_as(new_name)
    if known is None:
        book.add(new_name, kept, BY_CODE)
    else:
        book.renew(known, kept, BY_CODE)
    _log.info("aanmelden: gelukt (code)")
    return start_session(known or new_name, now, kept)


def sign_in_with_provider(
    claims: Mapping[str, Any], now: datetime, allowed: tuple[str, ...] = settings.TREKKERS
) -> Session:
    """Come in through a sign-in provider (see `oidc`).

    The session counts from the moment that the provider answered, so it ends `SESSION_HOURS` after that, however often
    someone comes back with the same answer.

    Raises
    ------
    AccessError
        The address is not on the list, or not verified.
    OldSignInError
        The provider answered too long ago, or does not say when.
    """
    name = allowed_by_oidc(claims, allowed)
    if name is None:
        _log.warning("aanmelden: mislukt (aanbieder)")
        raise AccessError(_NOT_ON_LIST)
    session = _session_since(name, issued_at(claims), now)
    if session is None or not is_valid(session, now):
        _log.info("aanmelden: te oud (aanbieder)")
        raise OldSignInError(TOO_OLD)
    return session


def _session_since(name: str, issued: datetime | None, now: datetime) -> Session | None:
    """The session of someone of whom the provider answered then; None when that is no moment in the past."""
    if issued is None or issued > now + _CLOCKS_APART:
        return None
    return renewed(start_session(name, min(issued, now)), now)


def add_trekker(session: Session | None, book: TrekkerBook, name: str, password: str, now: datetime) -> str:
    """Make someone a trekker; who did it is written down.

    Returns
    -------
    str
        The name as it is kept.

    Raises
    ------
    AccessError, StoreError
        Nobody is signed in, the name or password will not do, or somebody has that name: nothing was changed then.
    """
    by = require_trekker(session, now)
    new_name = given_name(name)
    book.add(new_name, hash_password(password, new_name), by.name)
    return new_name


def renew_password(session: Session | None, book: TrekkerBook, name: str, password: str, now: datetime) -> Session:
    """Give a trekker another password; who did it is written down. Nobody becomes a trekker by it.

    Returns
    -------
    Session
        That of who did it, which goes on when it was their own password.

    Raises
    ------
    AccessError, StoreError
        Nobody is signed in, nobody has that name, or the password will not do.
    """
    by = require_trekker(session, now)
    kept = hash_password(password, name)
    book.renew(name, kept, by.name)
    return replace(by, proof=kept) if by.proof and name_key(name) == name_key(by.name) else by


def start_code_needed(book: TrekkerBook, allowed: tuple[str, ...] = settings.TREKKERS) -> bool:
    """Whether nobody can come in yet, so that the launcher must print a one-time code."""
    return not book.names() and not allowed
