"""Behind a proxy: whose address counts when someone signs in, asked of a real server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.browser.harness import running_app

APP = "tests/browser/apps/place_app.py"
SECONDS = 30


def place(address: str, forwarded: str | None, source: str = "127.0.0.1") -> str:
    """Where the server says that a visit comes from."""
    url = f"{address.replace('http', 'ws')}/_stcore/stream"
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    with connect(
        url, additional_headers=headers, subprotocols=["streamlit"], source_address=(source, 0), max_size=None
    ) as socket:
        rerun = BackMsg()
        rerun.rerun_script.query_string = ""
        socket.send(rerun.SerializeToString())
        while True:
            message = ForwardMsg.FromString(socket.recv(timeout=SECONDS))
            text = message.delta.new_element.text.body
            if text.startswith("plaats: "):
                return text.removeprefix("plaats: ")


@pytest.fixture(scope="module")
def usual() -> Iterator[str]:
    """A server as it is: a proxy on the same machine is known."""
    with running_app(APP) as address:
        yield address


@pytest.fixture(scope="module")
def named() -> Iterator[str]:
    """A server that is told of two proxies elsewhere."""
    with running_app(APP, {"FORWARDED_ALLOW_IPS": "127.0.0.2,127.0.0.3"}) as address:
        yield address


@pytest.mark.parametrize(
    ("forwarded", "seen"),
    [
        (None, "deze computer"),
        ("192.0.2.7", "192.0.2.7"),
        ("198.51.100.1, 192.0.2.7", "192.0.2.7"),  # what a visitor made up stands left of what the proxy saw
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_a_proxy_on_the_same_machine_is_believed(usual: str, forwarded: str | None, seen: str):
    assert place(usual, forwarded) == seen


def test_a_proxy_that_nobody_named_is_one_place(usual: str):
    assert place(usual, "192.0.2.7", source="127.0.0.2") == "127.0.0.2"


@pytest.mark.parametrize("proxy", ["127.0.0.2", "127.0.0.3"])
def test_a_proxy_elsewhere_is_believed_once_it_is_named(named: str, proxy: str):
    assert place(named, "192.0.2.7", source=proxy) == "192.0.2.7"
    assert place(named, "192.0.2.8, 127.0.0.2", source=proxy) == "192.0.2.8"  # two proxies, one behind the other


def test_nobody_else_is_believed_then(named: str):
    assert place(named, "192.0.2.7", source="127.0.0.9") == "127.0.0.9"
    assert place(named, "192.0.2.7") == "deze computer"
