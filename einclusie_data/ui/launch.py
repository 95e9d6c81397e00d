"""What ``make run`` starts: the app, and a browser on it once it answers.

Streamlit can open a browser itself, but only in the mode for developers, in which it also shows visitors an English
notice about its own tools, over the page. So the server always runs headless, and the browser is opened from here.
"""

from __future__ import annotations

import os
import signal
import threading
import time
import tomllib
import urllib.request
import webbrowser
from datetime import UTC, datetime
from urllib.error import URLError

from einclusie_data.contract import settings
from einclusie_data.contract.errors import StoreError
from einclusie_data.contract.settings import PROJECT_FOLDER
from einclusie_data.store.access.desk import desk
from einclusie_data.ui.fence import internals

START_SECONDS = 60


def address() -> str:
    """Where this computer finds the app: the port of the environment, else that of `.streamlit/config.toml`."""
    configured = tomllib.loads((PROJECT_FOLDER / ".streamlit" / "config.toml").read_text("utf-8"))
    return f"http://127.0.0.1:{os.environ.get('STREAMLIT_SERVER_PORT', configured['server']['port'])}"


def open_when_ready(url: str, seconds: float = START_SECONDS) -> bool:
    """Open a browser at `url` as soon as the app there is healthy; False when that takes too long or there is none."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):  # noqa: S310 - our own server
                return webbrowser.open(url)
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    return False


def _announce(url: str) -> None:
    """Print the one-time code while there is no trekker yet; without a store that works, people can still look."""
    try:
        text = desk(settings.STORE).announcement(datetime.now(UTC), f"{url}/beheer")
    except StoreError as error:
        text = str(error)
    if text:
        print(text, flush=True)  # noqa: T201 - for whoever started it


def _stopped(_signal: int, _frame: object) -> None:
    """Whoever stops the app meant to: nothing went wrong."""
    raise SystemExit(0)


def main() -> None:
    """Run the app until it is stopped."""
    url = address()
    _announce(url)
    print(f"De kaart staat straks op {url} (stoppen: Ctrl+C)", flush=True)  # noqa: T201 - for whoever started it
    threading.Thread(target=open_when_ready, args=[url], daemon=True).start()
    internals.close_outgoing()
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, _stopped)  # the server stops first, and then asks this
    internals.serve(PROJECT_FOLDER / "dashboard.py")


if __name__ == "__main__":
    main()
