"""What stands in front of Streamlit, without a server: what passes, what is refused, at which pace."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.websockets import WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg

from einclusie_data.contract import settings
from einclusie_data.contract.errors import StartError
from einclusie_data.ui.fence import internals
from einclusie_data.ui.frame import front, upload_guard
from einclusie_data.ui.frame.front import Bucket, Front, is_own, own_names

HOST = "127.0.0.1:8501"
Messages = list[dict[str, Any]]
App = Callable[[Any, Any, Any], Awaitable[None]]


@pytest.fixture(autouse=True)
def nothing_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test leaves no guard standing, and nobody signed in."""
    monkeypatch.setattr(front._Standing, "front", False)
    monkeypatch.setattr(upload_guard, "_allowed", set())
    monkeypatch.setattr(upload_guard, "_left", {})


async def streamlit(scope: Any, receive: Any, send: Any) -> None:
    """Stands for what is behind: answers, and hands back each message of a websocket."""
    if scope["type"] == "http":
        await Response("binnen")(scope, receive, send)
        return
    socket = WebSocket(scope, receive, send)
    await socket.accept()
    async for data in socket.iter_bytes():
        await socket.send_bytes(data)


def request(path: str, *, method: str = "GET", host: str = HOST, body: Iterable[Any] = (), app: App = streamlit,
            **headers: str) -> tuple[int, dict[str, str], str]:  # fmt: skip
    """What comes back: the status, the headers and the text."""
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": [
            (name.replace("_", "-").encode(), value.encode()) for name, value in {"host": host, **headers}.items()
        ],
    }
    parts, sent = iter(body), []

    async def receive() -> Any:
        part = next(parts, None)
        if part is None:
            await asyncio.sleep(60)
        return part if isinstance(part, dict) else {"type": "http.request", "body": part, "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Front(app)(scope, receive, send))
    start = sent[0]
    text = b"".join(message.get("body", b"") for message in sent).decode()
    return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, text


def tab(
    *incoming: Any, host: str = HOST, origin: str | None = f"http://{HOST}", path: str = "/_stcore/stream"
) -> Messages:
    """What a browser gets for what it sends over a websocket."""
    sent: Messages = []
    queue = iter([{"type": "websocket.connect"}, *(frame(one) for one in incoming)])

    async def receive() -> Any:
        return next(queue, {"type": "websocket.disconnect", "code": 1000})

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", host.encode()), *([(b"origin", origin.encode())] if origin is not None else [])]
    asyncio.run(Front(streamlit)({"type": "websocket", "path": path, "headers": headers}, receive, send))
    return sent


def frame(one: Any) -> dict[str, Any]:
    return {"type": "websocket.receive", **({"text": one} if isinstance(one, str) else {"bytes": bytes(one)})}


def message(kind: str, inner: str = "") -> bytes:
    """A message of a browser of some kind, with nothing in it."""
    back = BackMsg()
    field = BackMsg.DESCRIPTOR.fields_by_name[kind]
    if field.message_type is None:
        setattr(back, kind, True)
    else:
        getattr(back, kind).SetInParent()
    if inner:
        getattr(back.backend_operation_request, inner).SetInParent()
    return back.SerializeToString()


KINDS = [field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields if field.message_type is None
         or field.name != "backend_operation_request"]  # fmt: skip
OPERATIONS = [field.name for field in BackMsg.DESCRIPTOR.fields_by_name["backend_operation_request"]
              .message_type.oneofs_by_name["payload"].fields]  # fmt: skip
USED = {"rerun_script", "stop_script", "app_heartbeat", "file_urls_request"}
USED_OPERATIONS = {"deferred_file", "dataframe_chunk"}


@pytest.mark.parametrize("kind", KINDS)
def test_only_messages_that_the_app_uses_reach_streamlit(kind: str):
    sent = message(kind)
    assert passed(tab(sent)) == ([sent] if kind in USED else [])


@pytest.mark.parametrize("kind", OPERATIONS)
def test_only_operations_that_the_app_uses_reach_streamlit(kind: str):
    sent = message("backend_operation_request", kind)
    assert passed(tab(sent)) == ([sent] if kind in USED_OPERATIONS else [])


def passed(answers: Messages) -> list[bytes]:
    return [answer["bytes"] for answer in answers if answer["type"] == "websocket.send"]


def test_a_message_of_a_streamlit_still_to_come_is_refused_and_the_tab_goes_on():
    unknown = bytes([(1000 << 3 | 0) & 0x7F | 0x80, (1000 << 3) >> 7, 1])  # field 1000 = 1
    good = message("app_heartbeat")
    assert passed(tab(unknown, b"", good)) == [good]


def test_a_message_that_means_two_things_means_what_streamlit_takes_it_for():
    two = message("rerun_script") + message("clear_cache")
    assert passed(tab(two)) == []


def test_a_message_cannot_ask_for_a_million_places_for_files():
    back = BackMsg()
    back.file_urls_request.file_names.extend(["a"] * internals.MOST_FILE_NAMES)
    few = back.SerializeToString()
    back.file_urls_request.file_names.append("a")
    assert passed(tab(few, back.SerializeToString())) == [few]


@pytest.mark.parametrize("made_up", ["x" * 101, "a\nb", "../..", "é"])
def test_nothing_that_a_visitor_makes_up_is_written_in_the_log_of_streamlit(made_up: str):
    for part in ("fragment_id", "page_script_hash"):
        assert passed(tab(BackMsg(rerun_script={part: made_up}).SerializeToString())) == []
    good = BackMsg(rerun_script={"fragment_id": "0a" * 16, "page_script_hash": "1b" * 16}).SerializeToString()
    assert passed(tab(good)) == [good]


def test_a_browser_that_leaves_while_the_app_speaks_is_no_fault(caplog: pytest.LogCaptureFixture):
    queue = iter([{"type": "websocket.connect"}, *[frame(message("app_heartbeat"))] * 3])

    async def receive() -> Any:
        return next(queue)  # fails when it is asked too often

    async def send(answer: Any) -> None:
        if answer["type"] == "websocket.send":
            raise ConnectionResetError

    headers = [(b"host", HOST.encode())]
    asyncio.run(Front(streamlit)({"type": "websocket", "path": "/_stcore/stream", "headers": headers}, receive, send))
    assert caplog.records == []


def test_refused_messages_are_one_line_per_tab(caplog: pytest.LogCaptureFixture):
    tab(*[message("clear_cache")] * 30)
    assert [record.getMessage() for record in caplog.records] == ["geweigerd: bericht 'clear_cache'"]


@pytest.mark.parametrize(
    ("sent", "code"),
    [("tekst", 1003), (b"\xff\xff\xff", 1002), (message("rerun_script")[:1], 1002)],
    ids=["text", "garbage", "half"],
)
def test_what_is_no_message_closes_the_tab_with_one_line(sent: Any, code: int, caplog: pytest.LogCaptureFixture):
    answers = tab(sent, message("app_heartbeat"))
    assert answers[-1] == {"type": "websocket.close", "code": code}
    assert passed(answers) == []
    assert [record.exc_info for record in caplog.records] == [None]


def test_a_message_above_the_limit_closes_the_tab(monkeypatch: pytest.MonkeyPatch):
    good = message("rerun_script")
    monkeypatch.setattr(internals, "message_bytes", lambda: len(good))
    assert passed(tab(good, good + bytes([1]))) == [good]


@pytest.mark.parametrize(
    ("origin", "host", "comes_in"),
    [
        (f"http://{HOST}", HOST, True),
        (None, HOST, True),
        ("http://evil.example", HOST, False),
        ("https://evil.streamlit.app", HOST, False),
        ("null", HOST, False),
        ("http://localhost:3000", HOST, False),
        ("http://[half", HOST, False),
        ("http://evil.example", "evil.example", False),  # a name that someone points at this computer
        ("http://192.168.1.7:8501", "192.168.1.7:8501", True),
        ("http://localhost:8501", "localhost:8501", True),
    ],
)
def test_a_page_of_another_site_cannot_talk_to_the_app(origin: str | None, host: str, comes_in: bool):
    answers = tab(host=host, origin=origin)
    assert (answers[0]["type"] == "websocket.accept") is comes_in


def test_there_is_one_websocket():
    assert tab(path="/iets/anders")[0]["type"] == "websocket.close"


def test_the_pace_of_one_tab(monkeypatch: pytest.MonkeyPatch):
    waited = paused(monkeypatch)
    few, all_ = message("app_heartbeat"), settings.MESSAGES_AT_ONCE
    assert len(passed(tab(*[few] * all_))) == all_
    assert waited == []
    assert len(passed(tab(*[few] * (all_ + 30)))) == all_ + 30  # none is lost
    assert len(waited) == 30
    assert waited[-1] == pytest.approx(30 / settings.MESSAGES_PER_SECOND, abs=0.3)


def test_the_pace_counts_size_and_what_is_refused(monkeypatch: pytest.MonkeyPatch):
    waited = paused(monkeypatch)
    back = BackMsg()
    back.rerun_script.query_string = "a" * (settings.MESSAGE_BYTES * (settings.MESSAGES_AT_ONCE + 15))
    tab(back.SerializeToString())
    assert waited[0] > 1
    waited.clear()
    tab(*[message("clear_cache")] * (settings.MESSAGES_AT_ONCE + 10))
    assert len(waited) == 10


def paused(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the front has waited, without waiting."""
    waited: list[float] = []

    async def pause(seconds: float) -> None:
        if seconds > 0:
            waited.append(seconds)

    monkeypatch.setattr(front, "_pause", pause)
    return waited


def test_all_tabs_together_get_runs_in_turn():
    moment = [0.0]
    shared = Bucket(2, 10.0, clock=lambda: moment[0])
    many = [shared.wait_s() for _ in range(12)]  # one message of each of twelve tabs
    assert many == pytest.approx([0, 0, *(number / 10 for number in range(1, 11))])


def test_tabs_share_the_runs_of_a_page(monkeypatch: pytest.MonkeyPatch):
    waited = paused(monkeypatch)
    guard = Front(streamlit)
    guard._runs = Bucket(3, 1.0)

    async def one_tab() -> None:
        queue = iter([{"type": "websocket.connect"}, *[frame(message("rerun_script"))] * 2])

        async def receive() -> Any:
            return next(queue, {"type": "websocket.disconnect", "code": 1000})

        async def send(_message: Any) -> None:
            pass

        headers = [(b"host", HOST.encode())]
        await guard({"type": "websocket", "path": "/_stcore/stream", "headers": headers}, receive, send)

    for _ in range(2):
        asyncio.run(one_tab())
    assert waited == [pytest.approx(1, abs=0.1)]


@pytest.mark.parametrize("path", ["/", "/aanbod", "/_stcore/health", "/_stcore/host-config", "/media/x.bin",
                                  "/_stcore/bidi-components/a/b.js", "/app/static/leaflet/leaflet.js"])  # fmt: skip
def test_what_the_app_uses_is_open(path: str):
    assert request(path)[0] == 200


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/interact",
                                  "/_stcore/agent/openapi.json", "/_stcore/agent/mcp", "/_stcore", "/_stcore/",
                                  "/_stcore/iets-van-later", "/_stcore/health/x"])  # fmt: skip
def test_what_the_app_does_not_use_is_closed(path: str):
    assert request(path)[0] == 404


def test_closed_below_a_base_path_too(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(internals, "base_path", lambda: "/kaart")
    assert request("/kaart/_stcore/metrics")[0] == 404
    assert request("/kaart/_stcore/health")[0] == 200


@pytest.mark.parametrize(("path", "status"), [
    ("/" + "a" * settings.PATH_PART_CHARACTERS, 200),
    ("/app/static/" + "a" * (settings.PATH_PART_CHARACTERS + 1), 414),
    ("/app/static/" + "a/" * settings.PATH_CHARACTERS, 414),
])  # fmt: skip
def test_a_path_that_is_too_long(path: str, status: int):
    assert request(path)[0] == status


@pytest.mark.parametrize("path", ["/", "/_stcore/metrics", "/media/x", "/component/x/index.html", "/" + "a" * 5000])
def test_every_answer_says_what_the_browser_must_refuse(path: str):
    _, headers, _ = request(path)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "camera=()" in headers["permissions-policy"]
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == "'self'"
    assert policy["connect-src"] == f"'self' ws://{HOST} wss://{HOST}"
    frame = path.startswith("/component/")
    assert ("https://tile.openstreetmap.org" in policy["img-src"]) is frame
    assert headers["referrer-policy"] == ("strict-origin-when-cross-origin" if frame else "same-origin")


def test_a_host_that_is_not_ours_never_comes_back_in_the_rules():
    status, headers, text = request("/", host="evil.example; script-src *")
    assert status == 421
    assert "evil" not in headers["content-security-policy"] + text


def test_an_answer_keeps_its_own_header():
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await Response("x", headers={"referrer-policy": "no-referrer"})(scope, receive, send)

    assert request("/", app=app)[1]["referrer-policy"] == "no-referrer"


def test_a_fault_of_ours_says_nothing_of_what_is_inside():
    async def broken(_request: Request) -> Response:
        raise ValueError("/geheim/pad.py")

    app = Starlette(
        routes=[Route("/", broken)],
        middleware=[Middleware(Front)],
        exception_handlers=front.parts()["exception_handlers"],
    )
    sent: Messages = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [(b"host", HOST.encode())]}
    with pytest.raises(ValueError, match="geheim"):
        asyncio.run(app(scope, None, send))
    assert sent[0]["status"] == 500
    assert b"content-security-policy" in dict(sent[0]["headers"])
    assert sent[1]["body"].decode() == front.WRONG


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1", "[::1]:8501", "10.0.0.7:80", "kaart.example.org",
                                  "KAART.example.org:443", "kaart.example.org."])  # fmt: skip
def test_known_addresses(host: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "ADDRESSES", ("https://Kaart.example.org/", "app.example.org:8443"))
    assert is_own(host, own_names())
    assert request("/", host=host)[0] == 200


@pytest.mark.parametrize("host", ["evil.example", "kaart.example.org.evil.example", "x@localhost", "localhost/x", "a b",
                                  "localhost:x", "localhost:99999", "127.0.0.1.evil.example", "[::1"])  # fmt: skip
def test_unknown_addresses(host: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "ADDRESSES", ("kaart.example.org",))
    assert request("/", host=host)[0] == 421
    assert tab(host=host, origin=f"http://{host}")[0]["type"] == "websocket.close"


def test_the_name_of_this_computer_is_known(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(front.socket, "gethostname", lambda: "Laptop-An")
    assert [is_own(host, own_names()) for host in ("laptop-an:8501", "laptop-an.local:8501")] == [True, True]


@pytest.mark.parametrize("wrong", ["een naam", "https://", "a/b", "*"])
def test_a_setting_that_is_no_name_stops_the_start(wrong: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "ADDRESSES", (wrong,))
    with pytest.raises(StartError, match="EINCLUSIE_ADRESSEN"):
        own_names()


UPLOAD = "/_stcore/upload_file/bezoek/bestand"


async def reads_all(scope: Any, receive: Any, send: Any) -> None:
    """Stands for what takes an upload: reads the body to its end."""
    body = await Request(scope, receive).body()
    await Response(str(len(body)), 200)(scope, receive, send)


def behind(app: App = reads_all) -> App:
    """The same, with what turns an exception of HTTP into an answer."""

    async def endpoint(request: Request) -> Response:
        return Response(str(len(await request.body())))

    return Starlette(routes=[Route("/{path:path}", endpoint, methods=["PUT"])]) if app is reads_all else app


def test_of_someone_who_is_not_signed_in_nothing_is_read(caplog: pytest.LogCaptureFixture):
    status, _, text = request(UPLOAD, method="PUT", app=behind())  # a body that never comes
    assert (status, text) == (403, front.NOT_SIGNED_IN)
    assert len(caplog.records) == 1


def test_a_trekker_uploads():
    upload_guard._allowed.add("bezoek")
    last = {"type": "http.request", "body": b"cd", "more_body": False}
    assert request(UPLOAD, method="PUT", app=behind(), body=[b"ab", last])[::2] == (200, "4")


def test_an_upload_that_says_it_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch):
    upload_guard._allowed.add("bezoek")
    monkeypatch.setattr(internals, "upload_bytes", lambda: 1024 * 1024)
    status, _, text = request(UPLOAD, method="PUT", app=behind(), content_length="1048577")
    assert (status, text) == (413, "Dit bestand is te groot. Het mag hoogstens 1 MB zijn.\n")


def test_an_upload_that_does_not_say_so_is_stopped_on_the_way(monkeypatch, caplog: pytest.LogCaptureFixture):
    upload_guard._allowed.add("bezoek")
    monkeypatch.setattr(internals, "upload_bytes", lambda: 1024 * 1024)
    status, _, _ = request(UPLOAD, method="PUT", app=behind(), body=[bytes(1024 * 1024)] * 3)
    assert status == 413
    assert [record.exc_info for record in caplog.records] == [None]


def test_an_upload_that_stalls_is_stopped(monkeypatch, caplog: pytest.LogCaptureFixture):
    upload_guard._allowed.add("bezoek")
    monkeypatch.setattr(settings, "UPLOAD_STALL_SECONDS", 0.05)
    status, _, text = request(UPLOAD, method="PUT", app=behind(), body=[b"ab"])
    assert (status, text) == (408, front.STALLED)
    assert len(caplog.records) == 1


def test_an_upload_that_drips_is_stopped(monkeypatch: pytest.MonkeyPatch):
    upload_guard._allowed.add("bezoek")
    monkeypatch.setattr(settings, "UPLOAD_SECONDS", 0.0)
    assert request(UPLOAD, method="PUT", app=behind(), body=[b"a"] * 100_000)[0] == 408


def test_an_upload_that_is_cut_off_is_one_line(caplog: pytest.LogCaptureFixture):
    upload_guard._allowed.add("bezoek")
    assert request(UPLOAD, method="PUT", app=behind(), body=[b"ab", {"type": "http.disconnect"}])[0] == 400
    assert [record.exc_info for record in caplog.records] == [None]


def test_a_visit_keeps_few_files(monkeypatch: pytest.MonkeyPatch):
    upload_guard._allowed.add("bezoek")
    removed: list[tuple[str, str]] = []
    monkeypatch.setattr(internals, "remove_file", lambda *what: removed.append(what))
    last = {"type": "http.request", "body": b"", "more_body": False}
    for number in range(settings.UPLOAD_FILES + 2):
        request(f"/_stcore/upload_file/bezoek/{number}", method="PUT", app=behind(), body=[last])
    assert removed == [("bezoek", "0"), ("bezoek", "1")]


def test_a_flood_of_refusals_does_not_fill_the_log(caplog: pytest.LogCaptureFixture):
    lines = front.Lines()
    with caplog.at_level(logging.WARNING, "einclusie"):
        for _ in range(settings.FRONT_LINES + 100):
            lines.add("geweigerd")
        assert len(caplog.records) == settings.FRONT_LINES
        lines.bucket = Bucket(10, 1.0)
        lines.add("geweigerd")
    assert caplog.records[-2].getMessage() == "geweigerd: 100 keer zonder eigen regel"


def test_a_page_without_the_front_shows_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(internals, "is_served", lambda: True)
    assert not front.is_in_place()
    Front(streamlit)
    assert front.is_in_place()
