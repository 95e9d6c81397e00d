"""Which sessions are over: one sign-in at a provider can begin many visits, and all of them end together.

Streamlit keeps the provider's answer in a cookie and gives it to every visit. Without this book, opening the page
again would bring back whoever was signed out after some hours without use, on a computer that others use too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from einclusie_data.contract import settings
from einclusie_data.contract.errors import OldSignInError
from einclusie_data.store.access.guard import TOO_OLD, Session, is_valid


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
