"""A sign-in provider (OpenID Connect) on this machine: what it says of people is chosen per test.

It asks nothing: whoever is sent to it is sent back at once with a code. For the rest it does what a provider does, and
it is strict: a code counts once and belongs to an address and a challenge (PKCE), the app proves its secret, and the
token is signed with a key that is made at the start.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

AN = {"sub": "1", "email": "an@example.org", "email_verified": True, "name": "De Baas"}
TOKEN_SECONDS = 3600


class Provider:
    """What the provider knows and did.

    Attributes
    ----------
    address : str
        Its issuer.
    claims : dict
        What it says of whoever signs in next; with `iat`, a token that is not of this moment.
    callback : str
        The one address that people may be sent back to.
    asked : list of dict
        The questions at the page where people sign in.
    left : int
        How often someone signed out.
    """

    def __init__(self, address: str, callback: str) -> None:
        self.address, self.callback = address, callback
        self.client_id, self.client_secret = "hiatenkaart", secrets.token_urlsafe(24)
        self.claims: dict[str, Any] = dict(AN)
        self.asked: list[dict[str, str]] = []
        self.left = 0
        self._key = RSAKey.generate_key(2048, parameters={"kid": "een", "use": "sig", "alg": "RS256"})
        self._codes: dict[str, dict[str, str]] = {}
        self._tokens: dict[str, dict[str, Any]] = {}

    def secrets_toml(self) -> str:
        """How Streamlit is told about this provider."""
        auth = {
            "redirect_uri": self.callback,
            "cookie_secret": secrets.token_urlsafe(32),
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "server_metadata_url": f"{self.address}/.well-known/openid-configuration",
        }
        return "[auth]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in auth.items())

    def metadata(self) -> dict[str, Any]:
        """The discovery document."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/jwks",
            "end_session_endpoint": f"{self.address}/leave",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def keys(self) -> dict[str, Any]:
        """The public key that tokens are checked with."""
        return {"keys": [self._key.as_dict(private=False)]}

    def authorize(self, query: dict[str, str]) -> str:
        """Where to send someone who comes to sign in: back, with a code."""
        assert (query["client_id"], query["response_type"]) == (self.client_id, "code")
        assert query["redirect_uri"] == self.callback
        assert {"openid", "email"} <= set(query["scope"].split())
        self.asked.append(query)
        code = secrets.token_urlsafe(16)
        self._codes[code] = query
        return f"{self.callback}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any]:
        """What the app gets for a code."""
        proof = base64.b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()
        assert authorization == f"Basic {proof}"
        asked = self._codes.pop(form["code"])
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == asked["code_challenge"]
        assert form["redirect_uri"] == asked["redirect_uri"]
        now = int(time.time())
        claims = {"iss": self.address, "aud": self.client_id, "iat": now, "exp": now + TOKEN_SECONDS}
        claims |= {"nonce": asked["nonce"], **self.claims}
        access = secrets.token_urlsafe(16)
        self._tokens[access] = dict(self.claims)
        signed = jwt.encode({"alg": "RS256", "kid": "een"}, claims, self._key)
        return {"access_token": access, "token_type": "Bearer", "expires_in": TOKEN_SECONDS, "id_token": signed}

    def userinfo(self, authorization: str) -> dict[str, Any]:
        """What is known of whom a token was given for."""
        return self._tokens[authorization.removeprefix("Bearer ")]

    def leave(self, query: dict[str, str]) -> str:
        """Where to send someone who signs out."""
        assert query["post_logout_redirect_uri"] == self.callback
        self.left += 1
        return self.callback


@contextmanager
def running_provider(callback: str) -> Iterator[Provider]:
    """A provider that sends people back to `callback`, on a port of its own, until the end of the block."""
    server = _Server(callback)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, callback: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.provider = Provider(f"http://127.0.0.1:{self.server_port}", callback)


class _Handler(BaseHTTPRequestHandler):
    """The provider's addresses. What is asked in the wrong way gets 400, as a provider does."""

    server: _Server

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = dict(parse_qsl(url.query))
        provider = self.server.provider
        answers = {
            "/.well-known/openid-configuration": provider.metadata,
            "/jwks": provider.keys,
            "/userinfo": lambda: provider.userinfo(self.headers.get("Authorization", "")),
            "/authorize": lambda: provider.authorize(query),
            "/leave": lambda: provider.leave(query),
        }
        self._answer(answers.get(url.path))

    def do_POST(self) -> None:
        form = dict(parse_qsl(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()))
        token = {"/token": lambda: self.server.provider.token(form, self.headers.get("Authorization", ""))}
        self._answer(token.get(urlsplit(self.path).path))

    def _answer(self, make: Any) -> None:
        """A document, or the address to go to; 404 when there is nothing at this address."""
        if make is None:
            self.send_error(404)
            return
        try:
            made = make()
        except (AssertionError, KeyError) as error:
            self.send_error(400, explain=repr(error))
            return
        body = b"" if isinstance(made, str) else json.dumps(made).encode()
        self.send_response(302 if isinstance(made, str) else 200)
        if isinstance(made, str):
            self.send_header("Location", made)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing in the terminal."""
