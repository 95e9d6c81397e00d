"""Starting and stopping the app as `make run` does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

import pytest

from einclusie_data.contract import settings
from tests.browser.harness import free_port


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_whoever_stops_the_app_reads_of_no_fault(tmp_path: Path, stop: signal.Signals):
    port = free_port()
    environment = {
        **os.environ,
        "BROWSER": "true",
        "STREAMLIT_SERVER_PORT": str(port),
        "EINCLUSIE_OPSLAG": str(tmp_path),
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "einclusie_data.ui.launch"],
        cwd=settings.PROJECT_FOLDER,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    until = time.monotonic() + 60
    while not _answers(port):
        assert time.monotonic() < until
        time.sleep(0.2)
    server.send_signal(stop)
    said, _ = server.communicate(timeout=30)
    assert server.returncode == 0
    assert f"De kaart staat straks op http://127.0.0.1:{port}" in said
    assert "Traceback" not in said
    assert "You can now view" not in said


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
            return True
    except (URLError, ConnectionError, TimeoutError):
        return False
