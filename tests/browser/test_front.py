"""The attacks of a visitor without an account, on a server that runs: others go on, and nothing leaves the computer."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from benchmarks.visitor import Visitor
from einclusie_data.store.access.desk import give_password
from einclusie_data.store.store import open_store
from einclusie_data.ui.frame.page import MENU
from tests.browser.actions import sign_in
from tests.browser.conftest import Opener
from tests.browser.harness import LAPTOP, LOGS, PROJECT_FOLDER, free_port, running_app, wait_idle
from tests.browser.test_beheer import content, drop, offer

NAME, PASSWORD = "An Peeters", "drie gewone woorden"
CLEAR = BackMsg(clear_cache=True).SerializeToString()
RERUN = BackMsg(rerun_script={"query_string": ""}).SerializeToString()
EVERYWHERE = "0.0.0.0"  # noqa: S104 - a meeting room; nothing but this test can reach it for long
ON_THIS_COMPUTER = ("127.", "::1", "::ffff:127.", EVERYWHERE)
SECONDS = 10


def tab(address: str, origin: str | None = None) -> ClientConnection:
    """A tab of a browser, as far as the server can tell."""
    url = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    named = Origin(origin or address)
    return connect(url, origin=named, subprotocols=[Subprotocol("streamlit")], compression=None, max_size=None)


def status(url: str, **request: object) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, **request), timeout=SECONDS) as answer:  # type: ignore[arg-type]
            return int(answer.status)
    except HTTPError as error:
        return error.code


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """An app with a store of its own and a trekker, and its log."""
    target, port = str(tmp_path_factory.mktemp("voorkant") / "opslag"), free_port()
    give_password(target, NAME, PASSWORD)
    with open_store(target) as store:
        store.publish(content(offer("Digicafé")), "oud.xlsx", NAME, "", based_on=None)
    with running_app("dashboard.py", {"EINCLUSIE_OPSLAG": target}, port=port) as address:
        yield address, LOGS / f"dashboard-{port}.log"


def test_a_trekker_uploads_whatever_a_visitor_sends(browser, site: tuple[str, Path]):
    address, log = site
    with tab(address) as attacker:
        for _ in range(30):
            attacker.send(CLEAR)
        attacker.send(RERUN)
        attacker.recv(timeout=SECONDS)  # the tab itself goes on
        page = browser.new_page(viewport=LAPTOP, locale="nl-BE")
        sign_in(page, address, NAME, PASSWORD)
        drop(page, content(offer("Digicafé"), offer("Inloop", "Dam")))
        expect(page.get_by_text("2 rijen gelezen, 2 gebruikt.")).to_be_visible()
        page.close()
    assert log.read_text().count("geweigerd: bericht 'clear_cache'") == 1


def test_what_is_no_message_leaves_no_traceback(site: tuple[str, Path]):
    address, log = site
    for wrong in ("tekst", b"\xff\xff", b"\xc3\x28" * 10):
        with tab(address) as attacker:
            attacker.send(wrong)
            time.sleep(0.3)
    with tab(address) as attacker:
        attacker.send(b"\xff\xfe", text=True)
        time.sleep(0.3)
    assert "Traceback" not in log.read_text()
    assert "een bericht" in log.read_text()


HOSTILE_RUNS = [
    {"fragment_id": "bestaat niet"},
    {"page_script_hash": "bestaat niet", "page_name": "bestaat niet"},
    {"page_script_hash": "../../etc/passwd", "fragment_id": "x" * 100_000},
    {"query_string": "doelgroep=%00%ff&gebied=" + "a" * 100_000},
    {"is_auto_rerun": True, "fragment_id": "weg"},
    {"cached_message_hashes": ["x" * 1000] * 1000},
    {"context_info": {"timezone": "Geen/Plek\x00", "timezone_offset": 2**31 - 1, "locale": "x" * 10_000}},
    {"context_info": {"url": "javascript:1", "color_scheme": "x"}},
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(HOSTILE_RUNS)))
def test_a_hostile_run_leaves_no_traceback_and_the_next_visitor_sees_the_page(site: tuple[str, Path], number: int):
    address, log = site
    with tab(address) as attacker:
        attacker.send(RERUN)
        attacker.recv(timeout=SECONDS)
        attacker.send(BackMsg(rerun_script=HOSTILE_RUNS[number]).SerializeToString())
        time.sleep(1)
    assert seconds_for_a_visitor(address) < SECONDS
    assert "Traceback" not in log.read_text()


def seconds_for_a_visitor(address: str) -> float:
    """How long someone who comes waits for Start."""

    async def come() -> None:
        async with asyncio.timeout(60):
            visitor = await Visitor.arrive(address)
            run = await visitor.open("")
            await visitor.leave()
        assert run.errors == []

    begin = time.monotonic()
    with ThreadPoolExecutor(1) as beside:  # in this thread the browser has a loop of its own
        beside.submit(asyncio.run, come()).result()
    return time.monotonic() - begin


def test_a_flood_of_one_visitor_keeps_nobody_waiting(site: tuple[str, Path]):
    address, log = site
    seconds_for_a_visitor(address)
    ended = threading.Event()

    def flood() -> None:
        with suppress(ConnectionClosed), tab(address) as attacker:
            threading.Thread(target=swallow, args=[attacker], daemon=True).start()
            until = time.monotonic() + 8
            while time.monotonic() < until and not ended.is_set():
                attacker.send(RERUN)
                time.sleep(1 / 200)

    flooder = threading.Thread(target=flood)
    flooder.start()
    time.sleep(3)
    waits = [healthy_after(address) for _ in range(4)]
    visitor_s = seconds_for_a_visitor(address)
    ended.set()
    flooder.join()
    assert max(waits) < SECONDS
    assert visitor_s < 3 * SECONDS
    assert healthy_after(address) < SECONDS  # and not a minute later
    assert "Traceback" not in log.read_text()  # the attacker left in the middle of an answer


def swallow(attacker: ClientConnection) -> None:
    with suppress(ConnectionClosed):  # the attacker leaves in the middle of an answer
        for _ in attacker:
            pass


def healthy_after(address: str) -> float:
    begin = time.monotonic()
    assert status(f"{address}/_stcore/health") == 200
    return time.monotonic() - begin


def test_an_upload_of_a_visitor_is_refused_before_its_body(site: tuple[str, Path]):
    address, log = site
    before = log.read_text()
    with urllib.request.urlopen(f"{address}/_stcore/health", timeout=SECONDS) as health:
        token = str(health.headers["Set-Cookie"]).partition("=")[2].partition(";")[0]
    with tab(address) as visitor:
        visitor.send(RERUN)
        session = ForwardMsg.FromString(bytes(visitor.recv(timeout=SECONDS))).new_session.initialize.session_id
        assert session
        for _ in range(3):
            with socket.create_connection((urlsplit(address).hostname, urlsplit(address).port), timeout=SECONDS) as raw:
                raw.sendall(
                    f"PUT /_stcore/upload_file/{session}/bestand HTTP/1.1\r\nHost: localhost\r\n"
                    f"Cookie: {XSRF_COOKIE_NAME}={token}\r\nX-Xsrftoken: {token}\r\n"
                    "Content-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n"
                    "3\r\n--b\r\n".encode()
                )
                assert b" 403 " in raw.recv(4096)  # while the rest of the body is not there
        time.sleep(0.5)
    assert "Traceback" not in log.read_text().removeprefix(before)


def test_addresses_that_are_not_for_visitors(site: tuple[str, Path]):
    address, log = site
    assert status(f"{address}/_stcore/metrics") == 404
    assert status(f"{address}/_stcore/agent/openapi.json") == 404
    assert status(f"{address}/app/static/{'a' * 5000}") == 414
    assert status(f"{address}/app/static/leaflet/leaflet.js") == 200
    assert status(address, headers={"Host": "evil.example"}) == 421
    assert "Traceback" not in log.read_text()


def test_another_site_cannot_put_the_app_in_a_frame(browser, site: tuple[str, Path], tmp_path: Path):
    (tmp_path / "index.html").write_text(f"<iframe src='{site[0]}/beheer' width=900 height=600></iframe>")
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://localhost:{other.server_port}/")
        page.wait_for_timeout(1500)
        assert page.frames[1].url.startswith("chrome-error:")
        page.close()
        other.shutdown()


@pytest.mark.parametrize("file", MENU)
def test_the_rules_of_the_server_refuse_nothing_that_a_page_does(open_page: Opener, file: str):
    page = open_page("/" if file == "dashboard.py" else f"/{Path(file).stem}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_timeout(1000)  # `open_page` fails on what is refused


WAYS = {
    "streamlit run": ["-m", "streamlit", "run", "dashboard.py"],
    "make run": ["-m", "einclusie_data.ui.launch"],
    "uvicorn": ["-m", "uvicorn", "dashboard:app", "--ws", "websockets-sansio"],
}


@pytest.mark.strace
@pytest.mark.parametrize("way", WAYS)
def test_nothing_leaves_the_computer_in_a_visit_with_foreign_handshakes(browser, tmp_path: Path, way: str):
    port, trace = free_port(), tmp_path / "trace"
    with traced(way, port, trace):
        address = f"http://127.0.0.1:{port}"
        for origin in ("http://evil.example", "https://x.streamlit.app", "null", "http://192.0.2.7:8501"):
            with pytest.raises(InvalidStatus):
                tab(address, origin)
        page = browser.new_page(viewport=LAPTOP, locale="nl-BE")
        for path in ("/", "/hiatenkaart?wijk=Kiel", "/beheer"):
            page.goto(address + path)
            wait_idle(page, 90_000)
        page.close()
    calls = trace.read_text()
    assert calls.count("sin_port=htons(") + calls.count("execve(") > 0  # the trace saw something
    assert going_out(calls) == []


@contextmanager
def traced(way: str, port: int, trace: Path) -> Iterator[None]:
    """The app as people start it for a meeting room, on all addresses, and everything that it asks of the network."""
    strace = ["strace", "-f", "-qq", "-o", str(trace), "-e", "trace=connect,sendto,sendmsg,sendmmsg,bind"]
    environment = {
        **os.environ, "STREAMLIT_SERVER_ADDRESS": EVERYWHERE, "STREAMLIT_SERVER_PORT": str(port), "BROWSER": "true",
        "EINCLUSIE_OPSLAG": str(trace.parent / "opslag"),
    }  # fmt: skip
    own = ["--host", EVERYWHERE, "--port", str(port)] if way == "uvicorn" else []
    command = [*strace, sys.executable, *WAYS[way], *own]
    with (trace.parent / "log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=PROJECT_FOLDER, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            until = time.monotonic() + 90
            while not answers(f"http://127.0.0.1:{port}/_stcore/health"):
                assert time.monotonic() < until, (trace.parent / "log").read_text()
                assert server.poll() is None, (trace.parent / "log").read_text()
                time.sleep(0.2)
            yield
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=30)


def answers(url: str) -> bool:
    try:
        return status(url) == 200
    except (URLError, ConnectionError, TimeoutError):
        return False


def going_out(calls: str) -> list[str]:
    """The calls that name an address outside this computer."""
    named = re.compile(r'(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)"')
    return [
        line
        for line in calls.splitlines()
        if " bind(" not in line and any(not one.startswith(ON_THIS_COMPUTER) for one in named.findall(line))
    ]


def test_what_goes_out_is_recognised():
    out = '1 connect(3, {sa_family=AF_INET, sin_port=htons(1), sin_addr=inet_addr("8.8.8.8")}, 16) = 0'
    assert going_out(out) == [out]
    six = '1 connect(3, {sa_family=AF_INET6, inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)}, 28) = 0'
    assert going_out(six) == [six]
    assert going_out(out.replace("8.8.8.8", "127.0.0.1")) == []
