"""A server on this computer that answers as the geocoder does, or behaves badly; and addresses in the small world."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from einclusie_data.geocode.ask import RateLimit, WebGeocoder
from tests.worlds import degrees_at

INSIDE_NOO01 = (500, 1500)
"""Metres from the corner of the small world."""
SLOW_SECONDS = 0.15

Reply = Callable[[BaseHTTPRequestHandler, str], None]


def result(at: tuple[float, float] = INSIDE_NOO01, **given: Any) -> dict[str, Any]:
    """One result in the format of the service: Kerkstraat 12, 2000 Antwerpen."""
    lat, lon = degrees_at(*at)
    place = {"Lat_WGS84": lat, "Lon_WGS84": lon, "X_Lambert72": 0.0, "Y_Lambert72": 0.0}
    return {
        "Municipality": "Antwerpen",
        "Zipcode": "2000",
        "Thoroughfarename": "Kerkstraat",
        "Housenumber": "12",
        "ID": "1",
        "FormattedAddress": "Kerkstraat 12, 2000 Antwerpen",
        "LocationType": "crab_huisnummer_afgeleidVanGebouw",
        "Location": place,
        "BoundingBox": {"LowerLeft": place, "UpperRight": place},
    } | given


def answer(*results: dict[str, Any]) -> dict[str, Any]:
    return {"LocationResult": list(results)}


def send(content: bytes, *, status: int = 200, kind: str = "application/json", **headers: str) -> Reply:
    """A reply of these bytes."""

    def reply(handler: BaseHTTPRequestHandler, query: str) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return reply


def send_json(value: object) -> Reply:
    return send(json.dumps(value).encode())


def send_slowly(handler: BaseHTTPRequestHandler, query: str) -> None:
    """Nothing at all, for longer than anyone waits in a test."""
    time.sleep(SLOW_SECONDS)


def send_in_drips(handler: BaseHTTPRequestHandler, query: str) -> None:
    """Every now and then a byte: never silent for long, and never done."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(20):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.01)


def send_chunked(handler: BaseHTTPRequestHandler, query: str) -> None:
    """A good answer without a length, in pieces."""
    content = json.dumps(answer(result())).encode()
    handler.protocol_version = "HTTP/1.1"
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.send_header("Connection", "close")
    handler.end_headers()
    for piece in (content[:50], content[50:], b""):
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))


class Server:
    """What the server was asked, and how it replies: to a query, else `usual`; a list is used up, its last one stays.

    Attributes
    ----------
    asked : list of str
        Queries in order.
    seen : list of dict
        Headers of every request.
    """

    def __init__(self, usual: Reply | list[Reply]) -> None:
        self.usual = usual
        self.replies: dict[str, Reply] = {}
        self.asked: list[str] = []
        self.parameters: list[dict[str, list[str]]] = []
        self.seen: list[dict[str, str]] = []
        self.url = ""

    def next_reply(self, query: str) -> Reply:
        if query in self.replies or not isinstance(self.usual, list):
            return self.replies.get(query, self.usual)  # type: ignore[arg-type]
        return self.usual.pop(0) if len(self.usual) > 1 else self.usual[0]


@contextmanager
def running(usual: Reply | list[Reply]) -> Iterator[Server]:
    """A server that runs for as long as the block."""
    state = Server(usual)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.parameters.append(parse_qs(urlsplit(self.path).query))
            query = state.parameters[-1].get("q", [""])[0]
            state.asked.append(query)
            state.seen.append(dict(self.headers))
            try:
                state.next_reply(query)(self, query)
            except (BrokenPipeError, ConnectionResetError):
                return  # who asked has left

        def log_message(self, *args: object) -> None:
            """Keep the output of the tests readable."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        state.url = f"http://127.0.0.1:{server.server_address[1]}/geolocation/v4/Location"
        Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield state
        server.shutdown()


class Waits(list[float]):
    """Waiting that only writes down how long it would have been."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def client(url: str, waits: Waits | None = None, **given: float) -> WebGeocoder:
    """A client that never really waits."""
    waits = Waits() if waits is None else waits
    return WebGeocoder(url, RateLimit(sleep=Waits()), sleep=waits, **given)
