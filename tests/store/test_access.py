"""Who may: sessions end, attempts run out, a code works once, and without a valid session nothing is allowed."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import argon2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from zxcvbn import matching

from einclusie_data.contract import settings
from einclusie_data.contract.errors import AccessError, OldSignInError, StoreError, TooManyAttemptsError
from einclusie_data.store.access import passwords as access_passwords
from einclusie_data.store.access.attempts import Attempts, MemoryAttemptLog, place_of
from einclusie_data.store.access.guard import (
    BY_CODE,
    Session,
    add_trekker,
    is_valid,
    renew_password,
    renewed,
    require_trekker,
    sign_in,
    sign_in_with_code,
    sign_in_with_provider,
    start_code_needed,
    start_session,
    still_may,
)
from einclusie_data.store.access.oidc import allowed_by_oidc
from einclusie_data.store.access.passwords import (
    MemoryCodeBook,
    check_password,
    given_name,
    hash_password,
    new_code,
    one_time_code,
    password_problem,
    start_text,
    take_code,
)
from einclusie_data.store.people import name_key

NOW = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
GOOD = "drie gewone woorden"
WRONG = "verkeerd woord"
OTHER = "heel andere woorden"
MINUTE, HOUR, SECOND = timedelta(minutes=1), timedelta(hours=1), timedelta(seconds=1)
IDLE, WHOLE = timedelta(hours=settings.SESSION_IDLE_HOURS), timedelta(hours=settings.SESSION_HOURS)
WINDOW = timedelta(minutes=settings.ATTEMPTS_MINUTES)


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real costs are for the server; one test below looks at them."""
    monkeypatch.setattr(access_passwords, "_hasher", argon2.PasswordHasher(1, 8, 1))
    access_passwords._nobodys_hash.cache_clear()


class MemoryTrekkerBook:
    """Trekkers kept for as long as a test runs: name, hash and who gave it."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, str, str]] = {}

    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _, _ in self.kept.values())

    def known_as(self, name: str) -> str | None:
        return self.kept[name_key(name)][0] if name_key(name) in self.kept else None

    def get(self, name: str) -> str | None:
        return self.kept[name_key(name)][1] if name_key(name) in self.kept else None

    def add(self, name: str, kept_hash: str, by: str) -> None:
        if name_key(name) in self.kept:
            raise AccessError("bezet")
        self.kept[name_key(name)] = (name, kept_hash, by)

    def renew(self, name: str, kept_hash: str, by: str) -> None:
        self.kept[name_key(name)] = (self.kept[name_key(name)][0], kept_hash, by)

    def rehash(self, name: str, kept_hash: str) -> None:
        self.renew(name, kept_hash, name)


class World:
    """Everything that signing in needs, with one trekker."""

    def __init__(self) -> None:
        self.book, self.log, self.codes = MemoryTrekkerBook(), MemoryAttemptLog(), MemoryCodeBook()
        self.slept: list[float] = []
        self.attempts = Attempts(self.log, self.slept.append)
        self.book.add("An Peeters", hash_password(GOOD), "test")

    def sign_in(self, name: str = "An Peeters", password: str = GOOD, now: datetime = NOW) -> Session:
        return sign_in(self.book, self.attempts, name, password, now)

    def with_code(self, typed: str, name: str = "Jan", password: str = GOOD, now: datetime = NOW) -> Session:
        return sign_in_with_code(self.book, self.attempts, self.codes, typed, name, password, now)

    def refused(self, act: Callable[[], object]) -> str:
        with pytest.raises(AccessError) as raised:
            act()
        return str(raised.value)

    def fail(self, times: int, name: str = "An Peeters", now: datetime = NOW) -> str:
        return [self.refused(lambda: self.sign_in(name, WRONG, now)) for _ in range(times)][-1]


# --- passwords -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("length", [settings.PASSWORD_CHARACTERS, settings.PASSWORD_MAX_CHARACTERS])
def test_the_length_of_a_password(length: int) -> None:
    words = GOOD.replace(" ", "") + "en een paard op het dak, vier mooie wolken" * 6
    step = -1 if length == settings.PASSWORD_CHARACTERS else 1
    assert password_problem(words[:length]) is None
    assert "tekens" in (password_problem(words[: length + step]) or "")


def test_one_letter_over_and_over_is_no_password() -> None:
    assert "verschillende" in (password_problem("a" * 30) or "")
    with pytest.raises(AccessError, match="verschillende"):
        hash_password("a" * 30)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("123456789012", "veel mensen"),
        ("wachtwoord12", "voor de hand"),
        ("antwerpen2026", "voor de hand"),
        ("Antwerpen2026!", "voor de hand"),
        ("W4chtw00rd!!", "voor de hand"),
        ("hiatenkaart1", "voor de hand"),
        ("e-inclusie2026", "voor de hand"),
        ("Welkom123456", ""),
        ("anpeeters2026", "naam van de trekker"),
        ("An.Peeters.12", "naam van de trekker"),
        ("azertyuiop12", "veel mensen"),
        ("iloveyou1234", "veel mensen"),
        ("P@ssw0rd1234", "veel mensen"),
        ("abcdefghijkl", "reeks"),
        ("welkomwelkom", "herhaalt"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused_and_says_why(password: str, why: str) -> None:
    problem = password_problem(password, "An Peeters") or ""
    assert why in problem
    assert problem.endswith(
        "en is dus snel geraden. Kies er een van drie of vier gewone woorden die niets met elkaar te maken hebben."
    )


@pytest.mark.parametrize("password", [GOOD, OTHER, "kat hond muis", "een paard op het dak", "xk3Jp9qLmZ2v"])
def test_a_password_that_is_not_easily_guessed_will_do(password: str) -> None:
    assert password_problem(password, "An Peeters") is None


def test_no_password_takes_long_to_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    """All signs that can stand for a letter in one password: each combination would be tried."""
    tried: list[str] = []
    real = matching.translate
    monkeypatch.setattr(matching, "translate", lambda *args: tried.append("") or real(*args))
    assert password_problem("4@8({[<369&#!1/|0$5+7%2" * 4) is None
    assert 0 < len(tried) < 400


def test_the_hash_is_argon2id_salted_and_only_right_for_its_password() -> None:
    kept = hash_password(GOOD)
    assert kept.startswith("$argon2id$")
    assert GOOD not in kept
    assert kept != hash_password(GOOD)
    assert check_password(kept, GOOD) == (True, None)
    assert check_password(kept, GOOD + " ") == (False, None)
    assert check_password(None, GOOD) == (False, None)


def test_the_costs_are_those_of_the_standard() -> None:
    costs = argon2.extract_parameters(argon2.PasswordHasher().hash("x"))
    assert (costs.memory_cost, costs.time_cost) == (65_536, 3), "RFC 9106, second recommended option"


def test_the_same_letters_from_another_keyboard_are_the_same_password() -> None:
    assert check_password(hash_password("café in de wijk"), "cafe\u0301 in de wijk").right


@pytest.mark.parametrize("odd", ["", "x" * 100_000, "\x00", "\ud800", GOOD * 40])
def test_odd_passwords_are_simply_wrong(odd: str) -> None:
    assert not check_password(hash_password(GOOD), odd).right


def test_a_longer_password_than_allowed_is_not_right_because_of_its_start() -> None:
    longest = ("vier mooie wolken en een paard op het dak, " * 6)[: settings.PASSWORD_MAX_CHARACTERS]
    assert check_password(hash_password(longest), longest).right
    assert not check_password(hash_password(longest), longest + "x").right


def test_an_old_hash_is_renewed_at_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    old = world.book.get("An Peeters")
    monkeypatch.setattr(access_passwords, "_hasher", argon2.PasswordHasher(2, 16, 1))
    world.sign_in()
    new = world.book.get("An Peeters")
    assert new != old
    assert new is not None
    assert check_password(new, GOOD) == (True, None)


# --- sessions --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("after", "valid"),
    [(-SECOND, False), (timedelta(), True), (IDLE - SECOND, True), (IDLE, False)],
)
def test_a_session_ends_without_use(after: timedelta, valid: bool) -> None:
    assert is_valid(start_session("An", NOW), NOW + after) == valid


def test_use_renews_a_session_but_not_for_ever() -> None:
    session, now = start_session("An", NOW), NOW
    while is_valid(session, now) and now < NOW + 2 * WHOLE:
        session, now = renewed(session, now), now + HOUR
    assert now == NOW + WHOLE
    assert session.expires == NOW + WHOLE


def test_no_session_can_be_made_to_last() -> None:
    forged = Session("An", NOW, NOW + 100 * WHOLE)
    assert is_valid(forged, NOW + WHOLE - SECOND)
    assert not is_valid(forged, NOW + WHOLE)


def test_the_guard_gives_the_renewed_session() -> None:
    assert require_trekker(start_session("An", NOW), NOW + HOUR).expires == NOW + HOUR + IDLE


_MOMENTS = st.timedeltas(min_value=timedelta(days=-3), max_value=timedelta(days=3))


@given(_MOMENTS, _MOMENTS, st.booleans(), st.text(max_size=12), st.text(max_size=20))
def test_without_a_valid_session_nothing_is_allowed(
    started: timedelta, expires: timedelta, exists: bool, name: str, password: str
) -> None:
    session = Session("An Peeters", NOW + started, NOW + expires) if exists else None
    book = MemoryTrekkerBook()
    acts: list[Callable[[], Any]] = [
        lambda: require_trekker(session, NOW),
        lambda: add_trekker(session, book, name or "x", password + GOOD, NOW),
    ]
    if session is not None and started <= timedelta() < expires and -started < WHOLE:
        assert require_trekker(session, NOW).name == "An Peeters"
        return
    for act in acts:
        with pytest.raises(AccessError, match="Meld je eerst aan"):
            act()
    assert book.names() == ()


# --- signing in ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["An Peeters", "  an  PEETERS "])
def test_the_right_password_starts_a_session_under_the_name_as_it_was_given(name: str) -> None:
    assert World().sign_in(name) == start_session("An Peeters", NOW)


@pytest.mark.parametrize(("name", "password"), [("An Peeters", WRONG), ("Niemand", GOOD), ("", ""), ("\ud800", GOOD)])
def test_a_refusal_never_tells_whether_the_name_exists(name: str, password: str) -> None:
    world = World()
    assert world.refused(lambda: world.sign_in(name, password)) == "De naam of het wachtwoord klopt niet."


def test_an_unknown_name_costs_a_whole_hash_too(monkeypatch: pytest.MonkeyPatch) -> None:
    world, verified = World(), []

    class Counting(argon2.PasswordHasher):
        def verify(self, *args: Any) -> Any:
            verified.append(args)
            return super().verify(*args)

    monkeypatch.setattr(access_passwords, "_hasher", Counting(1, 8, 1))
    world.fail(1, "Niemand")
    world.fail(1, "An Peeters")
    assert len(verified) == 2


def test_after_too_many_failures_even_the_right_password_waits() -> None:
    world = World()
    world.fail(settings.ATTEMPTS_PER_NAME)
    later = NOW + 4 * MINUTE + 30 * SECOND
    sentence = world.refused(lambda: world.sign_in(now=later))
    assert sentence == "Er waren te veel mislukte pogingen. Probeer het opnieuw over 11 minuten."
    assert world.refused(lambda: world.sign_in(now=NOW + WINDOW - SECOND)).endswith("over 1 minuut.")
    assert world.sign_in(now=NOW + WINDOW).name == "An Peeters"


def test_one_failure_fewer_does_not_wait() -> None:
    world = World()
    world.fail(settings.ATTEMPTS_PER_NAME - 1)
    assert world.sign_in()


def test_the_window_slides() -> None:
    world = World()
    for number in range(settings.ATTEMPTS_PER_NAME):
        world.fail(1, now=NOW + number * MINUTE)
    assert world.refused(lambda: world.sign_in(now=NOW + WINDOW - 2 * MINUTE)).endswith("over 2 minuten.")
    assert "klopt niet" in world.fail(1, now=NOW + WINDOW)
    assert world.refused(lambda: world.sign_in(now=NOW + WINDOW)).endswith("over 1 minuut.")


def test_another_name_does_not_wait_and_a_name_that_does_not_exist_waits_as_well() -> None:
    world = World()
    world.fail(settings.ATTEMPTS_PER_NAME, "Niemand")
    assert "te veel" in world.fail(1, " niemand ")
    assert world.sign_in()


def test_success_forgets_the_failures_of_that_name() -> None:
    world = World()
    for _ in range(3):
        world.fail(settings.ATTEMPTS_PER_NAME - 1)
        world.sign_in()
    assert world.log.since(NOW - WINDOW) == ()


def test_many_names_together_wait_too() -> None:
    world = World()
    for number in range(settings.ATTEMPTS_PER_CLIENT):
        assert "klopt niet" in world.fail(1, f"naam {number}")
    assert "te veel" in world.refused(world.sign_in)
    assert world.sign_in(now=NOW + WINDOW)


def test_nobody_can_make_someone_elsewhere_wait() -> None:
    world = World()
    world.fail(settings.ATTEMPTS_PER_NAME)
    assert "te veel" in world.refused(world.sign_in)
    assert sign_in(world.book, world.attempts, "An Peeters", GOOD, NOW, client="elders").name == "An Peeters"


def test_very_many_places_slow_everyone_down_but_shut_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    world.sign_in()
    for number in range(600):
        with pytest.raises(AccessError, match="klopt niet"):
            sign_in(
                world.book, world.attempts, "An Peeters", WRONG, NOW, client=f"198.51.{number // 200}.{number % 200}"
            )
    assert len(world.slept) == 600 - settings.ATTEMPTS_BEFORE_SLOW
    assert sign_in(world.book, world.attempts, "An Peeters", GOOD, NOW, client="192.0.2.1").name == "An Peeters"
    assert world.slept == [settings.ATTEMPT_SLOW_SECONDS] * (601 - settings.ATTEMPTS_BEFORE_SLOW)
    assert world.sign_in().name == "An Peeters"  # from where An came in before: no wait at all
    assert len(world.slept) == 601 - settings.ATTEMPTS_BEFORE_SLOW


def test_one_password_is_looked_at_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    world, inside, most = World(), [0], [0]

    def slow(*_arguments: object) -> access_passwords.Checked:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        time.sleep(0.01)
        inside[0] -= 1
        return access_passwords.Checked(False, None)

    monkeypatch.setattr("einclusie_data.store.access.guard.check_password", slow)

    def attempt(client: str) -> None:
        with pytest.raises(AccessError):
            sign_in(world.book, world.attempts, "An Peeters", WRONG, NOW, client)

    threads = [Thread(target=attempt, args=[f"192.0.2.{number}"]) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


def test_whoever_waits_too_long_for_a_turn_is_told_and_loses_no_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    monkeypatch.setattr(settings, "ATTEMPT_QUEUE_SECONDS", 0.01)
    with world.attempts.attempt("iemand", NOW, "192.0.2.1"), pytest.raises(TooManyAttemptsError, match="tegelijk"):
        sign_in(world.book, world.attempts, "An Peeters", GOOD, NOW, "192.0.2.2")
    assert len(world.log.since(NOW - WINDOW)) == 1


def test_one_subscriber_of_ipv6_is_one_place_and_the_neighbour_another() -> None:
    world = World()
    for number in range(settings.ATTEMPTS_PER_CLIENT):
        with pytest.raises(AccessError, match="klopt niet"):
            sign_in(world.book, world.attempts, f"naam {number}", WRONG, NOW, f"2001:db8:0:1::{number:x}")
    with pytest.raises(TooManyAttemptsError):
        sign_in(world.book, world.attempts, "An Peeters", GOOD, NOW, "2001:db8:0:1:ffff::1")
    assert sign_in(world.book, world.attempts, "An Peeters", GOOD, NOW, "2001:db8:0:2::1")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.7", "::ffff:192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("", "127.0.0.1", False),
        ("geen adres", "geen adres", True),
        ("geen adres", "ander", False),
    ],
)
def test_places(one: str, other: str, same: bool) -> None:
    assert (place_of(one) == place_of(other)) is same


def test_a_session_ends_with_its_password() -> None:
    world = World()
    session = world.sign_in()
    assert still_may(session, world.book, ())
    own = renew_password(session, world.book, "an  peeters", OTHER, NOW)
    assert not still_may(session, world.book, ())
    assert still_may(own, world.book, ())
    assert add_trekker(own, world.book, "Bo", GOOD, NOW) == "Bo"
    assert renew_password(own, world.book, "Bo", OTHER, NOW) == own
    assert still_may(own, world.book, ())
    assert GOOD not in repr(own)
    assert own.proof not in repr(own)


def test_a_session_of_a_provider_ends_with_the_list() -> None:
    session = start_session("An Peeters", NOW)
    assert still_may(session, MemoryTrekkerBook(), ("An Peeters <an@example.org>",))
    assert not still_may(session, MemoryTrekkerBook(), ("bo@example.org",))


def test_refused_attempts_do_not_lengthen_the_wait() -> None:
    world = World()
    world.fail(settings.ATTEMPTS_PER_NAME)
    world.fail(50, now=NOW + WINDOW - SECOND)
    assert world.sign_in(now=NOW + WINDOW)


def test_attempts_at_the_same_moment_do_not_slip_through() -> None:
    world, tried = World(), []

    def attempt() -> None:
        try:
            world.sign_in(password=WRONG)
        except AccessError as error:
            tried.append("klopt niet" in str(error))

    threads = [Thread(target=attempt) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(tried), sum(tried)) == (20, settings.ATTEMPTS_PER_NAME)


def test_neither_names_nor_passwords_nor_codes_are_logged_or_kept(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    world = World()
    code, kept = new_code(world.codes, NOW)
    world.sign_in()
    world.refused(lambda: world.with_code("AAAA"))
    world.with_code(code)
    world.fail(settings.ATTEMPTS_PER_NAME + 1, "Geheim als naam")
    spoken = caplog.text + repr(world.log.since(NOW - WINDOW)) + repr(kept)
    assert "aanmelden: mislukt (wachtwoord)" in caplog.text
    assert "geweigerd" in caplog.text
    for secret in ("Geheim", "geheim", "Peeters", "peeters", "verkeerd", GOOD, code, code.replace("-", "")):
        assert secret not in spoken


# --- the one-time code -----------------------------------------------------------------------------------------------
def test_a_code_can_be_read_aloud_and_is_never_the_same() -> None:
    codes = {one_time_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(re.fullmatch(r"([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}", code) for code in codes)


def test_a_code_works_once() -> None:
    world = World()
    code, _ = new_code(world.codes, NOW)
    assert world.with_code(f" {code.lower().replace('-', ' ')} ") == start_session("Jan", NOW)
    assert world.sign_in("Jan")
    assert "klopt niet" in world.refused(lambda: world.with_code(code))


@pytest.mark.parametrize("late", [False, True])
def test_a_code_expires(late: bool) -> None:
    codes = MemoryCodeBook()
    code, kept = new_code(codes, NOW)
    assert kept.expires == NOW + timedelta(hours=settings.START_CODE_HOURS)
    assert take_code(codes, code, kept.expires - (timedelta() if late else SECOND)) != late
    assert not take_code(codes, code, NOW)


def test_a_new_code_replaces_the_old_one() -> None:
    codes = MemoryCodeBook()
    old, _ = new_code(codes, NOW)
    new, _ = new_code(codes, NOW)
    assert not take_code(codes, old, NOW)
    assert take_code(codes, new, NOW)


@pytest.mark.parametrize(("name", "password"), [("Jan", "kort"), ("  ", GOOD), ("x" * 61, GOOD)])
def test_a_name_or_password_that_will_not_do_leaves_the_code(name: str, password: str) -> None:
    world = World()
    code, _ = new_code(world.codes, NOW)
    world.refused(lambda: world.with_code(code, name, password))
    assert world.with_code(code)


def test_codes_cannot_be_guessed_for_ever() -> None:
    world = World()
    code, _ = new_code(world.codes, NOW)
    for _ in range(settings.ATTEMPTS_PER_NAME):
        world.refused(lambda: world.with_code("2222-2222-2222-2222"))
    assert "te veel" in world.refused(lambda: world.with_code(code))
    assert world.with_code(code, now=NOW + WINDOW)


def test_failures_for_a_name_never_block_the_code() -> None:
    world = World()
    for name in (BY_CODE, "\x00code", "code"):
        world.fail(settings.ATTEMPTS_PER_NAME, name)
        assert world.with_code(new_code(world.codes, NOW)[0])


def test_with_a_code_someone_who_forgot_the_password_comes_back() -> None:
    world = World()
    world.fail(settings.ATTEMPTS_PER_NAME)
    code, _ = new_code(world.codes, NOW)
    world.with_code(code, "an peeters", OTHER)
    assert world.sign_in(password=OTHER).name == "An Peeters"
    assert world.book.kept[name_key("An Peeters")][2] == BY_CODE


def test_what_the_terminal_shows() -> None:
    code, kept = new_code(MemoryCodeBook(), NOW)
    text = start_text(code, kept, "http://127.0.0.1:8501/Beheer")
    assert f"\n    {code}\n" in text
    assert "http://127.0.0.1:8501/Beheer" in text
    assert "24 november 2026 om 15.05 uur" in text  # on the clock of Antwerp


def test_a_code_is_needed_only_when_nobody_can_come_in() -> None:
    assert start_code_needed(MemoryTrekkerBook(), ())
    assert not start_code_needed(MemoryTrekkerBook(), ("an@example.org",))
    assert not start_code_needed(World().book, ())


# --- several trekkers ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["Àn-Peeters", "an  PEETERS", "An Peeters.", "Ａn Peeters"])
def test_adding_never_touches_someone_who_is_there(name: str) -> None:
    world = World()
    before = dict(world.book.kept)
    with pytest.raises(AccessError):
        add_trekker(start_session("Bo", NOW), world.book, name, OTHER, NOW)
    assert world.book.kept == before


def test_a_hash_that_cannot_be_kept_keeps_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()

    def read_only(*_arguments: object) -> None:
        raise StoreError("mag niet schrijven")

    monkeypatch.setattr(world.book, "rehash", read_only)
    monkeypatch.setattr(access_passwords, "_hasher", argon2.PasswordHasher(2, 8, 1))
    session = world.sign_in()
    assert still_may(session, world.book, ())


def test_a_trekker_adds_another_and_it_is_written_down_who_did() -> None:
    world = World()
    add_trekker(world.sign_in(), world.book, " Dam  trekker\x00", GOOD, NOW)
    assert world.book.names() == ("An Peeters", "Dam trekker")
    assert world.book.kept[name_key("Dam trekker")][2] == "An Peeters"
    assert world.sign_in("dam trekker").name == "Dam trekker"


@pytest.mark.parametrize("name", ["", "  ", "\x00", "x" * 61])
def test_a_name_must_be_one(name: str) -> None:
    with pytest.raises(AccessError, match="Vul een naam in"):
        given_name(name)
    assert given_name("x" * 60) == "x" * 60


# --- a sign-in provider ----------------------------------------------------------------------------------------------
ALLOWED = ("An Peeters <an@example.org>", "Jan@Example.org", "geen adres", "@", "")


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"email": "an@example.org", "email_verified": True, "name": "De Baas"}, "An Peeters"),
        ({"email": " AN@EXAMPLE.ORG ", "email_verified": True}, "An Peeters"),
        ({"email": "jan@example.org", "email_verified": True}, "Jan"),
        ({"email": "an@example.org", "email_verified": False}, None),
        ({"email": "an@example.org", "email_verified": "true"}, None),
        ({"email": "an@example.org", "email_verified": 1}, None),
        ({"email": "an@example.org"}, None),
        ({"email": "iemand@example.org", "email_verified": True}, None),
        ({"email": "an@example.org.evil.example", "email_verified": True}, None),
        ({"email": "", "email_verified": True}, None),
        ({"email": "geen adres", "email_verified": True}, None),
        ({"email": ["an@example.org"], "email_verified": True}, None),
        ({"email": "an@example.or\u212a", "email_verified": True}, None),
        ({"email_verified": True}, None),
        ({}, None),
    ],
)
def test_who_comes_in_through_a_provider(claims: dict[str, Any], name: str | None) -> None:
    assert allowed_by_oidc(claims, (*ALLOWED, "an@example.ork")) == name


AN = {"email": "an@example.org", "email_verified": True}


def issued(ago: timedelta) -> dict[str, Any]:
    """What the provider says of An, and said so this long ago."""
    return AN | {"iat": int((NOW - ago).timestamp())}


def test_an_empty_list_lets_nobody_in() -> None:
    claims = issued(timedelta())
    assert allowed_by_oidc(claims, ()) is None
    with pytest.raises(AccessError, match="lijst van trekkers"):
        sign_in_with_provider(claims, NOW, ())
    assert sign_in_with_provider(claims, NOW, ALLOWED) == start_session("An Peeters", NOW)


@pytest.mark.parametrize("ago", [SECOND, IDLE, IDLE + HOUR, WHOLE - SECOND])
def test_a_session_through_a_provider_counts_from_what_the_provider_said(ago: timedelta) -> None:
    session = sign_in_with_provider(issued(ago), NOW, ALLOWED)
    assert session.started == NOW - ago
    assert session.expires == min(NOW + IDLE, NOW - ago + WHOLE)


@pytest.mark.parametrize("ago", [WHOLE, WHOLE + SECOND, timedelta(days=29)])
def test_a_sign_in_at_the_provider_that_is_too_old_must_be_repeated(
    ago: timedelta, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(OldSignInError, match=r"^Je aanmelding is te oud\. Meld je opnieuw aan\.$"):
        sign_in_with_provider(issued(ago), NOW, ALLOWED)
    assert "example.org" not in caplog.text


def test_the_same_answer_never_lasts_longer_than_a_session() -> None:
    late = sign_in_with_provider(issued(WHOLE - MINUTE), NOW, ALLOWED)
    assert is_valid(late, NOW + MINUTE - SECOND)
    assert not is_valid(renewed(late, NOW + MINUTE - SECOND), NOW + MINUTE)


ODD: list[Any] = [None, True, "1795442700", "", [], {}, float("nan"), float("inf"), -1e300, 10**400, -1, 0, 1e15]


@pytest.mark.parametrize("moment", ODD)
def test_no_moment_or_an_odd_one_is_too_old(moment: Any) -> None:
    with pytest.raises(OldSignInError):
        sign_in_with_provider(AN | {"iat": moment}, NOW, ALLOWED)


def test_an_answer_that_does_not_say_when_is_too_old() -> None:
    with pytest.raises(OldSignInError):
        sign_in_with_provider(AN, NOW, ALLOWED)


def test_clocks_may_differ_a_little() -> None:
    assert sign_in_with_provider(issued(-2 * MINUTE), NOW, ALLOWED) == start_session("An Peeters", NOW)
    with pytest.raises(OldSignInError):
        sign_in_with_provider(issued(-2 * MINUTE - SECOND), NOW, ALLOWED)


def test_someone_not_on_the_list_does_not_hear_that_it_is_too_old() -> None:
    with pytest.raises(AccessError, match="lijst van trekkers"):
        sign_in_with_provider({"email": "jan@evil.example", "email_verified": True}, NOW, ALLOWED)
