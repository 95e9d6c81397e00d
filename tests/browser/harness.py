"""A running app and a real browser, for the browser tests and the benchmarks."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Browser, Frame, Page, Playwright, Request, ViewportSize

PROJECT_FOLDER = Path(__file__).resolve().parents[2]
LOGS = PROJECT_FOLDER / "build" / "logs"
SCREENSHOTS = PROJECT_FOLDER / "build" / "screenshots"
LAPTOP: ViewportSize = {"width": 1366, "height": 768}
PROJECTOR: ViewportSize = {"width": 1920, "height": 1080}
PHONE: ViewportSize = {"width": 390, "height": 844}
START_SECONDS = 60
IDLE_MS = 30_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
IDLE = """
    () => {
        const app = document.querySelector('[data-testid=stApp]');
        return app && app.dataset.testScriptState === 'notRunning' && app.dataset.testConnectionState === 'CONNECTED';
    }
"""


@contextmanager
def running_app(script: str, environment: Mapping[str, str] | None = None, *, port: int | None = None) -> Iterator[str]:
    """The address of `script` (relative to the project) on a server of its own, that stops at the end."""
    with running_server(script, environment, port=port) as (address, _):
        yield address


@contextmanager
def running_server(
    script: str, environment: Mapping[str, str] | None = None, *, port: int | None = None
) -> Iterator[tuple[str, int]]:
    """The same, with the id of the server's process."""
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    options = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    command = [sys.executable, "-m", "streamlit", "run", str(PROJECT_FOLDER / script), *options]
    LOGS.mkdir(parents=True, exist_ok=True)
    with (LOGS / f"{Path(script).stem}-{port}.log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=PROJECT_FOLDER, env=_environment(environment or {}), stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait_until_healthy(server, address, Path(log.name))
            yield address, server.pid
        finally:
            server.terminate()
            server.wait(timeout=30)


def launch_browser(playwright: Playwright) -> Browser:
    """Chromium or Chrome from PATH, else Playwright's own. Raises Playwright's error when there is none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return playwright.chromium.launch(executable_path=found, args=FLAGS)


def wait_idle(page: Page, timeout_ms: int = IDLE_MS) -> None:
    """Wait until the page is connected and its script has run to the end."""
    page.wait_for_function(IDLE, timeout=timeout_ms)


def map_frame(page: Page, number: int = 0) -> Frame:
    """The frame of the page's map, once it has drawn its layers."""
    handle = page.locator("iframe[title^=streamlit_folium]").nth(number).element_handle(timeout=IDLE_MS)
    frame = handle.content_frame()
    assert frame is not None
    frame.wait_for_selector("body[data-filter]", timeout=IDLE_MS)
    return frame


MAP_AT_REST = """
    () => {
        const at = [map.getCenter().lat, map.getCenter().lng, map.getZoom(), map.getSize().x, map.getSize().y].join();
        const now = performance.now();
        if (window.lastAt !== at) { window.lastAt = at; window.restsSince = now; }
        return !map._animatingZoom && !map._panAnim?._inProgress && now - window.restsSince > 300;
    }
"""


def map_at_rest(page: Page, number: int = 0) -> Frame:
    """The frame of the page's map, once it has drawn its layers and does not move any more."""
    frame = map_frame(page, number)
    frame.wait_for_function(MAP_AT_REST, timeout=IDLE_MS)
    return frame


def outside_requests(requests: Iterable[Request]) -> list[str]:
    """Addresses asked for that are not on this machine."""
    own = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:")
    return [request.url for request in requests if not request.url.startswith(own)]


def assert_no_outside_requests(requests: Iterable[Request]) -> None:
    """Fail with the addresses when something outside was asked for."""
    assert outside_requests(requests) == []


def take_screenshots(page: Page, name: str) -> list[Path]:
    """The page as it looks on a laptop, a projector and a phone: build/screenshots/NAME-WIDTHxHEIGHT.png."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    paths = [_screenshot(page, name, viewport) for viewport in (LAPTOP, PROJECTOR, PHONE)]
    if before is not None:
        page.set_viewport_size(before)
    return paths


def picture(page: Page, name: str) -> None:
    """A picture for the manual: docs/img/NAME.png when `make pictures` asks for it, else build/screenshots/."""
    folder = PROJECT_FOLDER / "docs" / "img" if os.environ.get("EINCLUSIE_BEELDEN") else SCREENSHOTS
    folder.mkdir(parents=True, exist_ok=True)
    page.wait_for_timeout(700)
    page.screenshot(path=folder / f"{name}.png")


def _screenshot(page: Page, name: str, viewport: ViewportSize) -> Path:
    page.set_viewport_size(viewport)
    wait_idle(page)
    page.wait_for_timeout(500)  # charts and maps redraw after a resize without telling anyone
    path = SCREENSHOTS / f"{name}-{viewport['width']}x{viewport['height']}.png"
    page.screenshot(path=path, full_page=True)
    return path


def _environment(extra: Mapping[str, str]) -> dict[str, str]:
    path = os.pathsep.join(filter(None, [str(PROJECT_FOLDER), os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": path, **extra}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"the app did not start:\n{log.read_text(errors='replace')[-4000:]}")
