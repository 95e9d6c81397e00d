"""README's first command as people use it: a browser opens, and there is nothing on the page but the app."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.harness import PROJECT_FOLDER, free_port, map_frame, wait_idle

SECONDS = 60


def test_starting_opens_a_browser_on_the_map_and_nothing_covers_it(browser, tmp_path: Path):
    opened = tmp_path / "geopend.txt"
    fake = tmp_path / "browser"
    fake.write_text(f'#!/bin/sh\necho "$1" > "{opened}"\n')
    fake.chmod(0o755)
    port = free_port()
    environment = {**os.environ, "BROWSER": f"{fake} %s", "STREAMLIT_SERVER_PORT": str(port)}
    command = [sys.executable, "-m", "einclusie_data.ui.launch"]
    server = subprocess.Popen(command, cwd=PROJECT_FOLDER, env=environment, start_new_session=True)
    try:
        deadline = time.monotonic() + SECONDS
        while not (opened.exists() and opened.read_text()) and time.monotonic() < deadline:
            time.sleep(0.2)
        assert opened.read_text().strip() == f"http://127.0.0.1:{port}"
        page = browser.new_page(locale="nl-BE")
        page.goto(opened.read_text().strip())
        map_frame(page)
        wait_idle(page)
        page.wait_for_timeout(2000)
        expect(page.get_by_text(re.compile("Install|agents|show again"))).to_have_count(0)
        page.close()
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)
