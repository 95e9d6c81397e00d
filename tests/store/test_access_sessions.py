"""One sign-in at a provider begins many visits; they last and end together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from einclusie_data.contract import settings
from einclusie_data.contract.errors import OldSignInError
from einclusie_data.store.access.guard import Session, SessionBook, is_valid, renewed, start_session

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
SECOND, IDLE = timedelta(seconds=1), timedelta(hours=settings.SESSION_IDLE_HOURS)
WHOLE = timedelta(hours=settings.SESSION_HOURS)


def at(moment: datetime) -> Session:
    """What the provider's answer of NOW begins at a moment."""
    return renewed(start_session("An", NOW), moment)


def used(*moments: datetime) -> SessionBook:
    book = SessionBook()
    for moment in moments:
        book.keep(at(moment), moment)
    return book


def test_a_session_that_was_never_used_is_as_it_is() -> None:
    assert SessionBook().latest(at(NOW)) == at(NOW)
    assert SessionBook().come_back(at(NOW + 3 * IDLE), NOW + 3 * IDLE) == at(NOW + 3 * IDLE)


def test_opening_the_page_again_brings_someone_back_only_while_it_is_used() -> None:
    book = used(NOW)
    last = NOW + IDLE - SECOND
    assert book.come_back(at(last), last) == at(last)
    with pytest.raises(OldSignInError):
        book.come_back(at(NOW + IDLE), NOW + IDLE)


def test_use_in_one_visit_keeps_the_others() -> None:
    book = used(NOW, NOW + IDLE - SECOND)
    assert is_valid(book.latest(at(NOW)), NOW + IDLE)


def test_signing_out_ends_every_visit_and_nobody_comes_back_with_that_answer() -> None:
    book = used(NOW)
    book.end(at(NOW))
    assert not is_valid(book.latest(at(NOW)), NOW + SECOND)
    with pytest.raises(OldSignInError):
        book.come_back(at(NOW + SECOND), NOW + SECOND)


def test_another_sign_in_and_another_person_are_not_ended() -> None:
    book = used(NOW)
    book.end(at(NOW))
    for session in (start_session("An", NOW + SECOND), start_session("Bo", NOW)):
        assert book.come_back(session, NOW + SECOND) == session


def test_what_is_over_is_forgotten() -> None:
    book = used(NOW)
    book.end(at(NOW))
    book.keep(start_session("Bo", NOW + WHOLE), NOW + WHOLE)
    assert len(book._last) == 2
    book.keep(start_session("Bo", NOW + WHOLE), NOW + WHOLE + SECOND)
    assert len(book._last) == 1
