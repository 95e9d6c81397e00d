"""Asking over the network: a server that is slow, wrong, down, or hostile. No test waits for real."""

from __future__ import annotations

import logging
import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from einclusie_data.contract import settings
from einclusie_data.contract.errors import GeocoderAnswerError, GeocoderError, GeocoderUnavailableError
from einclusie_data.geocode.ask import RateLimit
from tests.geocoder import (
    Reply,
    Waits,
    answer,
    client,
    result,
    running,
    send,
    send_chunked,
    send_in_drips,
    send_json,
    send_slowly,
)

GOOD = send_json(answer(result()))
QUERY = "Kerkstraat 12, 2000 Antwerpen"


def test_a_good_answer_is_parsed_and_we_say_who_asks() -> None:
    with running(GOOD) as server:
        assert client(server.url).ask(QUERY) == answer(result())
    assert server.parameters == [{"q": [QUERY], "c": ["1"]}]
    assert server.seen[0]["User-Agent"] == settings.GEOCODER_USER_AGENT
    assert "e-inclusie" in settings.GEOCODER_USER_AGENT


def test_an_answer_in_pieces_is_read_whole() -> None:
    with running(send_chunked) as server:
        assert client(server.url).ask(QUERY) == answer(result())


@pytest.mark.parametrize(
    "bad",
    [
        send(b"{"),
        send(b""),
        send(b"<html>Onderhoud</html>", kind="text/html"),
        send(b"[" * 90_000),
        send(b"\xff\xfe\x00"),
        send(b"[]".ljust(settings.GEOCODER_MAX_BYTES + 1)),
        send(b"{}", status=400),
        send(b"{}", status=404),
    ],
    ids=["half", "leeg", "html", "diep", "geen tekst", "te groot", "400", "404"],
)
def test_an_unusable_answer_is_not_asked_again(bad: Reply) -> None:
    with running(bad) as server, pytest.raises(GeocoderAnswerError):
        client(server.url).ask(QUERY)
    assert len(server.asked) == 1


def test_the_largest_answer_is_still_read() -> None:
    content = b"[]".ljust(settings.GEOCODER_MAX_BYTES)
    with running(send(content)) as server:
        assert client(server.url).ask(QUERY) == []


def test_we_follow_nobody_to_another_host() -> None:
    with running(GOOD) as other, running(send(b"x" * 1000, status=302, Location=other.url)) as server:
        with pytest.raises(GeocoderAnswerError):
            client(server.url).ask(QUERY)
        assert len(server.asked) == 1
        assert other.asked == []


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_busy_server_is_tried_again_with_longer_waits(status: int) -> None:
    waits = Waits()
    with running(send(b"", status=status)) as server, pytest.raises(GeocoderUnavailableError):
        client(server.url, waits).ask(QUERY)
    assert len(server.asked) == settings.GEOCODER_ATTEMPTS
    assert len(waits) == settings.GEOCODER_ATTEMPTS - 1
    for number, seconds in enumerate(waits):
        assert 2**number * settings.GEOCODER_FIRST_WAIT_S <= seconds <= 2**number * settings.GEOCODER_FIRST_WAIT_S + 1


def test_waits_differ_by_chance() -> None:
    waits = Waits()
    with running(send(b"", status=500)) as server, pytest.raises(GeocoderUnavailableError):
        client(server.url, waits).ask(QUERY)
    assert all(seconds != round(seconds) for seconds in waits)


def test_a_server_that_recovers_gives_its_answer() -> None:
    with running([send(b"", status=500), send(b"", status=503), GOOD]) as server:
        assert client(server.url).ask(QUERY) == answer(result())
    assert len(server.asked) == 3


def test_retry_after_in_seconds_is_respected() -> None:
    waits = Waits()
    with running([send(b"", status=429, Retry_After="7"), GOOD]) as server:
        assert client(server.url, waits).ask(QUERY) == answer(result())
    assert waits == [7.0]


def test_retry_after_as_a_moment_is_respected() -> None:
    waits = Waits()
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=12), usegmt=True)
    with running([send(b"", status=429, Retry_After=moment), GOOD]) as server:
        client(server.url, waits).ask(QUERY)
    assert 8 < waits[0] <= 12


@pytest.mark.parametrize("text", ["morgen", "", "-5", "Mon, 99 Foo 2026"])
def test_a_retry_after_that_says_nothing_changes_nothing(text: str) -> None:
    waits = Waits()
    with running([send(b"", status=429, Retry_After=text), GOOD]) as server:
        client(server.url, waits).ask(QUERY)
    assert settings.GEOCODER_FIRST_WAIT_S <= waits[0] <= settings.GEOCODER_FIRST_WAIT_S + 1


@pytest.mark.parametrize("longer", [False, True])
def test_a_server_that_asks_for_a_long_wait_is_left_alone(longer: bool) -> None:
    seconds = int(settings.GEOCODER_LONGEST_WAIT_S) + longer
    with running([send(b"", status=429, Retry_After=str(seconds)), GOOD]) as server:
        if longer:
            with pytest.raises(GeocoderUnavailableError):
                client(server.url).ask(QUERY)
        else:
            client(server.url).ask(QUERY)
    assert len(server.asked) == (1 if longer else 2)


def test_a_silent_server_is_given_up() -> None:
    with running(send_slowly) as server, pytest.raises(GeocoderUnavailableError):
        client(server.url, seconds=0.03).ask(QUERY)
    assert len(server.asked) == settings.GEOCODER_ATTEMPTS


def test_a_server_that_drips_is_given_up() -> None:
    with running(send_in_drips) as server, pytest.raises(GeocoderUnavailableError):
        client(server.url, answer_seconds=0.03).ask(QUERY)


def test_a_server_that_hangs_up_half_way_is_tried_again() -> None:
    half = send(b'{"Location', Content_Length="1000")
    with running(half) as server, pytest.raises(GeocoderError):
        client(server.url).ask(QUERY)
    assert server.asked


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    waits = Waits()
    with pytest.raises(GeocoderUnavailableError, match="antwoordt niet"):
        client(url, waits).ask(QUERY)
    assert len(waits) == settings.GEOCODER_ATTEMPTS - 1


def test_who_cancels_does_not_wait_for_more_tries() -> None:
    with running(send(b"", status=500)) as server, pytest.raises(GeocoderUnavailableError):
        client(server.url).ask(QUERY, lambda: True)
    assert len(server.asked) == 1


def test_no_more_than_so_many_requests_in_a_second() -> None:
    now, waits = [100.0], Waits()

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    limit = RateLimit(4, lambda: now[0], sleep)
    limit.wait()
    assert waits == []
    for _ in range(8):
        limit.wait()
    assert now[0] == 102.0
    now[0] += 60
    limit.wait()
    assert sum(waits) == 2.0


def test_addresses_stay_out_of_the_log_and_out_of_messages(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with running(send(b"", status=500)) as server, pytest.raises(GeocoderUnavailableError) as raised:
        client(server.url).ask(QUERY)
    assert "Kerkstraat" not in caplog.text + str(raised.value)
