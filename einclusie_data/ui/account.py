"""Who is signed in: the session of a trekker, kept on the server, and the guard before everything that needs one."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

import streamlit as st

from einclusie_data import settings
from einclusie_data.access import Session, is_valid, require_trekker, sign_in_with_provider
from einclusie_data.errors import AccessError, StoreError
from einclusie_data.trekkers import Desk, desk
from einclusie_data.ui import job

if TYPE_CHECKING:
    from collections.abc import Callable

_SESSION = "trekker"
_ERROR = "beheer_fout"
_DONE = "beheer_gelukt"
OWN_STATE = ("ontwerp", "vergelijking", "laadfout")
"""What the session keeps of a trekker's work; nobody else may find it."""


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
    session: Session | None = st.session_state.get(_SESSION)
    if session is None:
        return None
    if not is_valid(session, now()):
        sign_out()
        leave_error("Je bent afgemeld, omdat je een tijd niets deed. Meld je opnieuw aan.")
        return None
    st.session_state[_SESSION] = require_trekker(session, now())
    return session


def begin(session: Session) -> None:
    """Start a session, of someone whose name was proved."""
    sign_out()
    st.session_state[_SESSION] = session


def sign_out() -> None:
    """End the session, and forget what the trekker was doing."""
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
            callback(require_trekker(st.session_state.get(_SESSION), now()), *args)
        except (AccessError, StoreError) as error:
            leave_error(str(error))

    return guarded


def provider_configured() -> bool:
    """Whether people can sign in through a provider: it is set up on the server, and there is a list of who may."""
    return bool(settings.TREKKERS) and st.secrets.load_if_toml_exists() and "auth" in st.secrets


def take_provider() -> None:
    """Start a session for whoever comes back from the provider."""
    if _SESSION in st.session_state or not provider_configured() or not st.user.is_logged_in:
        return
    try:
        begin(sign_in_with_provider(st.user.to_dict(), now(), settings.TREKKERS))
    except AccessError as error:
        leave_error(str(error))


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
