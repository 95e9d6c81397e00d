"""Fixtures of the browser tests. Without a browser they fail; they are never skipped.

`open_page("/Aanbod", PHONE)` gives a page of dashboard.py that is ready, `open_page(app="tests/browser/apps/x.py")` one
of another script. Everything that a page asks for is checked at the end of each test: nothing may go outside. And
nothing that a page does may be refused by the rules that the server sends along (its Content-Security-Policy).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Protocol

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, ViewportSize, sync_playwright

from tests.browser.harness import LAPTOP, launch_browser, outside_requests, running_app, wait_idle

REFUSED = "Content Security Policy"


class Opener(Protocol):
    def __call__(self, path: str = "/", viewport: ViewportSize = LAPTOP, app: str = "dashboard.py") -> Page: ...


class Server(Protocol):
    def __call__(self, script: str) -> str: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def app_environment() -> dict[str, str]:
    """Environment of the servers, beside that of the tests."""
    return {}


@pytest.fixture(scope="session")
def server(app_environment: dict[str, str]) -> Iterator[Server]:
    """Address of a script's server, which is started once."""
    addresses: dict[str, str] = {}
    with ExitStack() as stack:

        def address(script: str) -> str:
            if script not in addresses:
                addresses[script] = stack.enter_context(running_app(script, app_environment))
            return addresses[script]

        yield address


@pytest.fixture(scope="session")
def app_url(server: Server) -> str:
    """Address of the product."""
    return server("dashboard.py")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch_browser(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def network() -> list[Request]:
    """Every request of the pages of this test."""
    return []


@pytest.fixture
def open_page(browser: Browser, server: Server, network: list[Request]) -> Iterator[Opener]:
    """Opens pages that are ready; each in a session of its own, as a Dutch-speaking visitor."""
    refused: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if REFUSED in message.text:
            refused.append(message.text)

    with ExitStack() as stack:

        def opened(path: str = "/", viewport: ViewportSize = LAPTOP, app: str = "dashboard.py") -> Page:
            phone = viewport["width"] < 600
            context = browser.new_context(viewport=viewport, locale="nl-BE", is_mobile=phone, has_touch=phone)
            stack.callback(context.close)
            context.on("request", lambda request: network.append(request))
            context.on("console", note)
            page = context.new_page()
            page.goto(server(app) + path)
            wait_idle(page)
            return page

        yield opened
    assert outside_requests(network) == []
    assert refused == []
