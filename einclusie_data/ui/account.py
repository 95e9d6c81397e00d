"""Who is signed in: the session of a trekker, kept on the server, and the guard before everything that needs one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any

import streamlit as st

from einclusie_data import settings
from einclusie_data.access import Session, is_valid, require_trekker, sign_in_with_provider
from einclusie_data.access_oidc import issued_at
from einclusie_data.errors import AccessError, OldSignInError, StoreError
from einclusie_data.trekkers import Desk, desk
from einclusie_data.ui import job
from einclusie_data.words import number

if TYPE_CHECKING:
    from collections.abc import Callable

_SESSION = "trekker"
_PROVIDER_TAKEN = "aanbieder_gehoord"
_ERROR = "beheer_fout"
_DONE = "beheer_gelukt"
OWN_STATE = ("ontwerp", "vergelijking", "laadfout")
"""What the session keeps of a trekker's work; nobody else may find it."""
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
    """The session that this visit has, as it was last used; maybe not valid any more."""
    session: Session | None = st.session_state.get(_SESSION)
    return None if session is None else the_desk().sessions.latest(session)


def _keep(session: Session) -> Session:
    st.session_state[_SESSION] = session
    the_desk().sessions.keep(session, now())
    return session


def come_in(prove: Callable[[], Session]) -> None:
    """Start a session for someone who proves a name; what goes wrong is said on the page."""
    log = the_desk().store.log
    try:
        session = prove()
    except AccessError as error:
        if not isinstance(error, OldSignInError):  # a cookie of yesterday is no attempt
            log.add("aanmelden-mislukt", "")
        leave_error(str(error))
    except StoreError as error:
        leave_error(str(error))
    else:
        log.add("aanmelden-gelukt", session.name)
        sign_out()
        _keep(session)


def sign_out() -> None:
    """End the session, and forget what the trekker was doing."""
    if _SESSION in st.session_state:
        the_desk().sessions.end(st.session_state[_SESSION])
    job.drop()
    for key in (_SESSION, *OWN_STATE):
        st.session_state.pop(key, None)


def for_trekkers(callback: Callable[..., Any]) -> Callable[..., None]:
    """A callback that only a trekker can set off; it gets the session first.

    Widgets of a page are no guard: a browser can send anything. What goes wrong is said on the page.
    """

    @wraps(callback)
    def guarded(*args: Any) -> None:
        try:
            callback(require_trekker(_session(), now()), *args)
        except (AccessError, StoreError) as error:
            leave_error(str(error))

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


def leave_error(text: str) -> None:
    """Have the page say what went wrong at its next run."""
    st.session_state[_ERROR] = text


def leave_success(text: str) -> None:
    """Have the page say what was done at its next run."""
    st.session_state[_DONE] = text


def take_messages() -> tuple[str, str]:
    """What went wrong and what was done, once; "" when there is nothing to say.

    While work is going on the page runs again by itself: then it stays said.
    """
    said = st.session_state.get(_ERROR, ""), st.session_state.get(_DONE, "")
    if not job.running():
        st.session_state.pop(_ERROR, None)
        st.session_state.pop(_DONE, None)
    return said
