"""Who is signed in: the session of a trekker, kept on the server, and the guard before everything that needs one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

import streamlit as st

from einclusie_data.contract import settings
from einclusie_data.contract.errors import AccessError, OldSignInError, StoreError, TooManyAttemptsError
from einclusie_data.contract.words import number
from einclusie_data.store.access.desk import Desk, desk
from einclusie_data.store.access.guard import Session, is_valid, require_trekker, sign_in_with_provider, still_may
from einclusie_data.store.access.oidc import issued_at
from einclusie_data.ui.frame import job, upload_guard
from einclusie_data.ui.frame.job import WORK

_log = logging.getLogger("einclusie")

_SESSION = "trekker"
_PROVIDER_TAKEN = "aanbieder_gehoord"
_MESSAGES = "beheer_meldingen"
FILES = "trekker_bestanden"
"""Where the session keeps the links to files that were drawn for a trekker."""
DECISION_FORM = "besluit_formulier"
"""Where the session keeps what a trekker types about a decision; nobody else may find it."""
_NO_ATTEMPT = (OldSignInError, TooManyAttemptsError)
"""Refusals that are not written down: a cookie of yesterday is no attempt, and a flood may not fill the log."""
_JUST_NOW = timedelta(minutes=1)
"""Who signed in at the provider this short ago is on the way back."""


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def the_desk() -> Desk:
    """Where trekkers sign in.

    Raises
    ------
    StoreError
        There is no store and none can be made.
    """
    return desk(settings.STORE)


def signed_in() -> Session | None:
    """The session of whoever is signed in, renewed by this use; None for anyone else."""
    session = _session()
    if session is None:
        return None
    if not is_valid(session, now()):
        sign_out()
        leave_error(
            "Je bent afgemeld. Dat gebeurt als je een tijd niets doet, als je je in een ander venster afmeldt, en "
            f"altijd na {number(settings.SESSION_HOURS)} uur. Meld je opnieuw aan."
        )
        return None
    return _keep(require_trekker(session, now()))


def _session() -> Session | None:
    """The session that this visit has, as it was last used; maybe not valid any more.

    None too for someone who is no trekker any more, or whose password is another one now.
    """
    session: Session | None = st.session_state.get(_SESSION)
    if session is None:
        return None
    if not still_may(session, the_desk().book, settings.TREKKERS):
        sign_out()
        leave_error("Je bent afgemeld: je wachtwoord is gewijzigd, of je bent geen trekker meer.")
        return None
    return the_desk().sessions.latest(session)


def _keep(session: Session) -> Session:
    upload_guard.allow()
    st.session_state[_SESSION] = session
    the_desk().sessions.keep(session, now())
    return session


def come_in(prove: Callable[[], Session]) -> None:
    """Start a session for someone who proves a name; what goes wrong is said on the page."""
    clear_messages()
    try:
        session = prove()
    except (AccessError, StoreError) as error:
        if isinstance(error, AccessError) and not isinstance(error, _NO_ATTEMPT):
            note("aanmelden-mislukt", "")
        leave_error(str(error))
    else:
        note("aanmelden-gelukt", session.name)
        sign_out()
        _keep(session)


def go_on_as(session: Session) -> None:
    """Go on with a session that changed: that of someone who gave themselves another password."""
    _keep(session)


def sign_out() -> None:
    """End the session, and forget what the trekker was doing."""
    upload_guard.forbid()
    if _SESSION in st.session_state:
        the_desk().sessions.end(st.session_state[_SESSION])
    job.drop()
    for key in (_SESSION, WORK, DECISION_FORM, FILES):
        st.session_state.pop(key, None)


def for_trekkers(callback: Callable[..., Any]) -> Callable[..., None]:
    """A callback that only a trekker can set off; it gets the session first.

    Widgets of a page are no guard: a browser can send anything. What goes wrong is said on the page.
    """

    @wraps(callback)
    def guarded(*args: Any) -> None:
        clear_messages()
        try:
            callback(require_trekker(_session(), now()), *args)
        except (AccessError, StoreError) as error:
            said = messages()
            said.error = said.error or str(error)  # why someone was signed out says more

    return guarded


def provider_configured() -> bool:
    """Whether people can sign in through a provider: it is set up on the server, and there is a list of who may."""
    return bool(settings.TREKKERS) and st.secrets.load_if_toml_exists() and "auth" in st.secrets


def provider_answered() -> bool:
    """Whether this visit began with an answer of the provider that was not looked at yet.

    A visit begins anew after each sign-in there. Within one, the answer counts once: it does not bring back someone
    who was signed out, and whoever it refuses reads so once.
    """
    return provider_configured() and bool(st.user.is_logged_in) and _PROVIDER_TAKEN not in st.session_state


def back_from_provider() -> bool:
    """Whether someone comes back from the provider at this moment, to be signed in."""
    issued = issued_at(st.user.to_dict()) if provider_answered() else None
    return issued is not None and abs(now() - issued) < _JUST_NOW


def take_provider() -> None:
    """Start a session for whoever comes back from the provider."""
    if provider_answered():
        st.session_state[_PROVIDER_TAKEN] = True
        if _SESSION not in st.session_state:
            come_in(_prove_with_provider)


def _prove_with_provider() -> Session:
    session = sign_in_with_provider(st.user.to_dict(), now(), settings.TREKKERS)
    return the_desk().sessions.come_back(session, now())


@dataclass
class Messages:
    """What the page has to say, until the next action: what went wrong, and what was done. Plain, so that an action
    can say it whatever happens to the run of the page.
    """

    error: str = ""
    done: str = ""


def messages() -> Messages:
    """What this visit has to read."""
    if _MESSAGES not in st.session_state:
        st.session_state[_MESSAGES] = Messages()
    found: Messages = st.session_state[_MESSAGES]
    return found


def leave_error(text: str) -> None:
    """Have the page say what went wrong."""
    messages().error = text


def leave_success(text: str) -> None:
    """Have the page say what was done."""
    messages().done = text


def clear_messages() -> None:
    """Nothing to say any more: someone goes on (in a callback)."""
    if _MESSAGES in st.session_state:
        del st.session_state[_MESSAGES]


def messages_were_shown() -> None:
    """The page was drawn to its end, so it is said; while work is going on the page runs again and says it again."""
    if not job.running():
        clear_messages()


def note(what: str, who: str, number: int | None = None) -> None:
    """Write something in the log of the store; a store that is busy or full keeps nobody from working."""
    try:
        the_desk().store.log.add(what, who, number)
    except StoreError:
        _log.warning("logboek: niet bewaard (%s)", what)


def client() -> str:
    """Where the visitor comes from; "" on this computer.

    Behind a proxy that the server is told of (`FORWARDED_ALLOW_IPS`) that is the visitor, else it is the proxy: then
    all visitors are one place, and the log says so.
    """
    address = st.context.ip_address
    place = address if isinstance(address, str) else ""
    forwarded = st.context.headers.get("X-Forwarded-For", "")
    if forwarded and place not in forwarded:
        _log.warning(
            "aanmelden: het adres van de bezoeker komt van een proxy die niet in FORWARDED_ALLOW_IPS staat; "
            "iedereen telt als één plaats"
        )
    return place
