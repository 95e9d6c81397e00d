"""What stands in front of Streamlit: everything that a browser asks of the server passes here first.

Streamlit trusts whoever reaches it: any visitor may empty its caches, leave files, or ask for a thousand runs of a
page. `Front` lets through what this app uses and refuses the rest; docs/veiligheid.md lists the open ends. It is put in
place by `dashboard.py`, however the server is started, and without it no page shows anything (`is_in_place`).
"""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.starlette import App

from einclusie_data.contract import settings
from einclusie_data.contract.errors import StartError
from einclusie_data.output.maps.maps import TILES_URL
from einclusie_data.ui.fence import internals
from einclusie_data.ui.frame import trekker_files, upload_guard

_log = logging.getLogger("einclusie")

UNKNOWN_NAME = (
    "Deze server kent dit adres niet. Wie de server beheert, zet het in EINCLUSIE_ADRESSEN (zie README.md).\n"
)
TOO_LONG = "Dit adres is te lang.\n"
NOT_HERE = "Hier is niets te vinden.\n"
NOT_SIGNED_IN = "Meld je eerst aan als trekker.\n"
CUT_OFF = "Het opladen is afgebroken. Probeer opnieuw.\n"
STALLED = "Het opladen duurde te lang. Probeer opnieuw.\n"
WRONG = "Er ging iets mis op de server. Probeer het over een minuut opnieuw.\n"
NOT_GUARDED = "De app toont niets, want ze is niet beveiligd gestart. Start ze met: make run"

_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "media-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "frame-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
"""What a page may load and do: only what comes from this server. Streamlit's own parts need the inline scripts."""
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "permissions-policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), usb=()"
    ),
}
_TILES = "{0.scheme}://{0.netloc}".format(urlsplit(TILES_URL))
_POLICY_VIOLATION, _NO_TEXT, _NO_MESSAGE, _TOO_BIG = 1008, 1003, 1002, 1009


def parts() -> dict[str, Any]:
    """What `App` is given beside the script: the guard, and the app's own routes."""
    return {"middleware": [Middleware(Front)], "routes": own_routes(), "exception_handlers": {Exception: _went_wrong}}


def own_routes() -> list[BaseRoute]:
    """The addresses of the app itself, beside its pages: each module that has some adds its list here."""
    return [*trekker_files.routes()]


def must_hold(app: App) -> None:
    """Stop the start, with one sentence, when a guard would not hold."""
    try:
        internals.check(app, Front)
        internals.quieten()
        own_names()
    except StartError as error:
        raise SystemExit(f"De app start niet. {error}") from None


def is_in_place() -> bool:
    """Whether what this process serves is served through `Front`; True where nothing is served (a test of a page)."""
    return _Standing.front or not internals.is_served()


class _Standing:
    """Whether a `Front` stands in this process."""

    front = False


@dataclass
class Bucket:
    """Lets `burst` through at once, and then `per_second`; whoever comes sooner waits, in the order of coming.

    >>> moment = [0.0]
    >>> bucket = Bucket(2, 1.0, clock=lambda: moment[0])
    >>> [bucket.wait_s() for _ in range(4)]
    [0.0, 0.0, 1.0, 2.0]
    >>> moment[0] = 10.0
    >>> bucket.wait_s(4)
    2.0
    """

    burst: float
    per_second: float
    clock: Callable[[], float] = time.monotonic
    _left: float = field(init=False)
    _at: float = field(init=False)

    def __post_init__(self) -> None:
        self._left, self._at = self.burst, self.clock()

    def wait_s(self, cost: float = 1.0) -> float:
        """Take `cost`, and tell how many seconds to wait before going on."""
        now = self.clock()
        self._left = min(self.burst, self._left + (now - self._at) * self.per_second) - cost
        self._at = now
        return max(0.0, -self._left / self.per_second)

    def has_room(self) -> bool:
        """Whether one more could go on at once; takes nothing."""
        return self._left + (self.clock() - self._at) * self.per_second >= 1


@dataclass
class Lines:
    """The refusals in the log: a line each, but a flood of them is counted and does not fill the disk."""

    bucket: Bucket = field(
        default_factory=lambda: Bucket(settings.FRONT_LINES, 1 / settings.FRONT_LINE_SECONDS),
    )
    _more: int = 0

    def add(self, text: str, *values: object) -> None:
        """Write one, or count it."""
        if not self.bucket.has_room():
            self._more += 1
            return
        self.bucket.wait_s()
        if self._more:
            _log.warning("geweigerd: %d keer zonder eigen regel", self._more)
            self._more = 0
        _log.warning(text, *values)


class Front:
    """ASGI middleware: what reaches Streamlit, how often, and what every answer says to the browser."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._runs = Bucket(settings.RUNS_AT_ONCE, settings.RUNS_PER_SECOND)
        self._lines = Lines()
        self._names = own_names()
        self._base = internals.base_path()
        _Standing.front = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on one request, or refuse it."""
        if scope["type"] == "http":
            await self._request(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = self._path(scope)
        answer = _with_headers(send, security_headers(path, self._own_host(scope)))
        refusal = self._refusal(scope, path)
        if refusal is not None:
            await refusal(scope, receive, answer)
        elif scope["method"] == "PUT" and path.startswith(f"/{internals.UPLOAD}/"):
            await self._upload(path, scope, receive, answer)
        else:
            await self._app(scope, receive, answer)

    def _path(self, scope: Scope) -> str:
        return str(scope["path"]).removeprefix(self._base)

    def _own_host(self, scope: Scope) -> str:
        """The host that was asked for; "" when none was, or not one of ours."""
        host = Headers(scope=scope).get("host", "")
        return host if is_own(host, self._names) else ""

    def _refusal(self, scope: Scope, path: str) -> PlainTextResponse | None:
        host = Headers(scope=scope).get("host", "")
        if host and not is_own(host, self._names):
            self._lines.add("geweigerd: onbekend adres %.80r (EINCLUSIE_ADRESSEN)", host)
            return PlainTextResponse(UNKNOWN_NAME, 421)
        if len(path) > settings.PATH_CHARACTERS or max(map(len, path.split("/"))) > settings.PATH_PART_CHARACTERS:
            return PlainTextResponse(TOO_LONG, 414)
        if is_closed(path):
            return PlainTextResponse(NOT_HERE, 404)
        return None

    async def _upload(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a file of a trekker; of anyone else nothing is read."""
        visit, _, file = path.removeprefix(f"/{internals.UPLOAD}/").partition("/")
        if not upload_guard.may_upload(visit):
            self._lines.add("geweigerd: opladen zonder aangemeld te zijn")
            await PlainTextResponse(NOT_SIGNED_IN, 403)(scope, receive, send)
            return
        most = internals.upload_bytes()
        length = Headers(scope=scope).get("content-length", "")
        if length.isdecimal() and int(length) > most:
            await PlainTextResponse(_too_big(most), 413)(scope, receive, send)
            return
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        await self._app(scope, _Body(receive, most, self._lines).receive, watched)
        if 200 <= status < 300:
            for old in upload_guard.note_file(visit, file):
                internals.remove_file(visit, old)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if host and not is_own(host, self._names):
            self._lines.add("geweigerd: onbekend adres %.80r (EINCLUSIE_ADRESSEN)", host)
        elif origin is not None and _netloc(origin) != host:
            self._lines.add("geweigerd: een pagina van %.80r wil meepraten", origin)
        elif self._path(scope) == f"/{internals.STREAM}":
            tab = _Tab(receive, send, self._runs, self._lines)
            await self._app(scope, tab.receive, tab.send)
            return
        await receive()
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION})


@dataclass
class _Body:
    """The body of an upload, while it comes in."""

    _receive: Receive
    _most: int
    _lines: Lines
    _taken: int = 0
    _until: float = field(default_factory=lambda: time.monotonic() + settings.UPLOAD_SECONDS)

    async def receive(self) -> Message:
        """The next part. Raises HTTPException when there is too much of it, or when it stays away."""
        wait_s = min(settings.UPLOAD_STALL_SECONDS, self._until - time.monotonic())
        try:
            message = await asyncio.wait_for(self._receive(), max(wait_s, 0))
        except TimeoutError:
            self._lines.add("opladen gestopt: het duurde te lang (%d bytes)", self._taken)
            raise HTTPException(408, STALLED, {"connection": "close"}) from None
        if message["type"] == "http.disconnect":
            self._lines.add("opladen afgebroken door de bezoeker (%d bytes)", self._taken)
            raise HTTPException(400, CUT_OFF)
        self._taken += len(message.get("body", b""))
        # A form is a little larger than the file in it.
        if self._taken > self._most + internals.FORM_BYTES:
            self._lines.add("opladen gestopt: te groot (%d bytes)", self._taken)
            raise HTTPException(413, _too_big(self._most), {"connection": "close"})
        return message


class _Tab:
    """One tab of a browser: its messages one by one, at the pace of `settings`, and only those that the app uses."""

    def __init__(self, receive: Receive, send: Send, runs: Bucket, lines: Lines) -> None:
        self._receive, self._send, self._runs, self._lines = receive, send, runs, lines
        self._pace = Bucket(settings.MESSAGES_AT_ONCE, settings.MESSAGES_PER_SECOND)
        self._refused = False
        self._closed = False

    async def receive(self) -> Message:
        """The next message that may go on. Nothing is read before its turn, so that the sender has to wait."""
        while not self._closed:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            data = message.get("bytes")
            if data is None:
                return await self._close(_NO_TEXT, "tekst in plaats van een bericht")
            if len(data) > internals.message_bytes():
                return await self._close(_TOO_BIG, "een te groot bericht")
            await _pause(self._pace.wait_s(1 + len(data) // settings.MESSAGE_BYTES))
            kind = internals.message_kind(data)
            if kind is None:
                return await self._close(_NO_MESSAGE, "iets dat geen bericht is")
            if kind in internals.MESSAGES:
                if kind in internals.RUNS:
                    await _pause(self._runs.wait_s())
                return message
            self._refuse(kind)
        return {"type": "websocket.disconnect", "code": _POLICY_VIOLATION}

    async def send(self, message: Message) -> None:
        """Pass on what the app says, as long as someone listens."""
        if self._closed:
            return
        try:
            await self._send(message)
        except OSError:  # the browser left while we spoke: `receive` says so, and Streamlit takes that calmly
            self._closed = True

    def _refuse(self, kind: str) -> None:
        if not self._refused:
            self._refused = True
            self._lines.add("geweigerd: bericht %.80r", kind)

    async def _close(self, code: int, what: str) -> Message:
        self._closed = True
        self._lines.add("verbinding gesloten: %s", what)
        await self._send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}


async def _pause(seconds: float) -> None:
    if seconds > 0:
        await asyncio.sleep(seconds)


def own_names() -> frozenset[str]:
    """The names by which people may reach the app, beside its IP addresses.

    Raises
    ------
    StartError
        `EINCLUSIE_ADRESSEN` holds something that is no name.
    """
    computer = socket.gethostname().lower()
    return frozenset({"localhost", computer, f"{computer}.local", *map(_own_name, settings.ADDRESSES)})


def _own_name(text: str) -> str:
    """The name in what someone wrote in the setting, with or without https:// and a port."""
    name = _host_name(urlsplit(text).netloc if "://" in text else text)
    if name is None:
        raise StartError(
            f"In EINCLUSIE_ADRESSEN staat {text!r}. Schrijf enkel namen: kaart.example.org, app.example.org"
        )
    return name


def is_own(host: str, names: Iterable[str]) -> bool:
    """Whether a request was meant for this server, by the ``Host`` that it names.

    A page elsewhere can have its own name point at this computer, and would then be allowed to talk to the app. It
    cannot do so with an IP address.

    >>> [is_own(host, {"localhost"}) for host in ("localhost:8501", "192.168.1.7", "[::1]:80", "evil.example")]
    [True, True, True, False]
    """
    name = _host_name(host)
    if name is None:
        return False
    return name in names or _is_ip_address(name)


def _host_name(host: str) -> str | None:
    """The name of a host, without its port; None when it is more, or less, than a host."""
    try:
        parts = urlsplit(f"//{host}")
        name, _ = parts.hostname, parts.port
    except ValueError:
        return None
    plain = name is not None and parts.netloc == host and parts.username is None and not set(host) & set(" ;,'\"<>*")
    return name.rstrip(".") if name is not None and plain else None


def _is_ip_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _netloc(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def is_closed(path: str) -> bool:
    """Whether an address of Streamlit is one that this app does not use.

    >>> [is_closed(path) for path in ("/aanbod", "/_stcore/health", "/_stcore/metrics", "/_stcore/agent/mcp")]
    [False, False, True, True]
    """
    core = f"/{internals.CORE}"
    if path != core and not path.startswith(f"{core}/"):
        return False
    return not any(
        path.startswith(f"/{part}") if part.endswith("/") else path == f"/{part}" for part in internals.OPEN_CORE
    )


def security_headers(path: str, host: str) -> dict[str, str]:
    """What every answer tells the browser to refuse.

    Parameters
    ----------
    path : str
        What was asked; the frame of a map may load a background that someone switched on, and nothing else may.
    host : str
        One of the server's own hosts with its port, for the connection of the page; "" when it is not known.
    """
    in_frame = path.startswith(f"/{internals.COMPONENT}/")
    policy = dict(_POLICY)
    if in_frame:
        policy["img-src"] += f" {_TILES}"
    # Older Safari does not take the page's own connection to be 'self'.
    policy["connect-src"] = "'self'" + (f" ws://{host} wss://{host}" if host else "")
    return {
        **_HEADERS,
        "content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        # The makers of the background ask to be told which site shows it; a whole address holds what was chosen.
        "referrer-policy": "strict-origin-when-cross-origin" if in_frame else "same-origin",
    }


def _with_headers(send: Send, extra: dict[str, str]) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in extra.items():
                headers.setdefault(name, value)
        await send(message)

    return answer


def _went_wrong(_request: Request, _error: Exception) -> PlainTextResponse:
    """The answer to a fault of ours; what went wrong is in the log only."""
    return PlainTextResponse(WRONG, 500, security_headers("", ""))


def _too_big(most: int) -> str:
    return f"Dit bestand is te groot. Het mag hoogstens {most // 1024 // 1024} MB zijn.\n"
