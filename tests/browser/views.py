"""The pages as the loops over all of them visit them, and when each is ready."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, ViewportSize

from einclusie_data.ui.frame.page import PAGES as MENU
from tests.browser.harness import LAPTOP, PHONE, PROJECTOR, map_frame, wait_idle

PAGES = {label: "/" if file == "dashboard.py" else f"/{Path(file).stem}" for file, label in MENU.items()}
"""Menu label -> path."""
BUSY = {
    **PAGES,
    "Hiatenkaart met een wijk": "/hiatenkaart?wijk=Kiel&doelgroep=Ouderen",
    "Hiatenmatrix met een vakje": "/hiatenmatrix?wijk=Kiel&kolom=Ouderen&volgorde=hiaten",
    "Methodieken bij een hiaat": "/methodieken?wijk=Polder&doelgroep=Ouderen",
}
"""The same, and pages on which something is chosen."""
SMALL: ViewportSize = {"width": 320, "height": 640}
ZOOMED: ViewportSize = {"width": 683, "height": 384}
"""A laptop at 200 %: half as many pixels for the page."""
ROOM: ViewportSize = {"width": 1024, "height": 768}
PHONES = {"telefoon": PHONE, "320 px": SMALL}
WINDOWS = {"groot": PROJECTOR, "laptop": LAPTOP, "beamer": ROOM, "200 %": ZOOMED}
WITH_MAP = {
    "Start", "Hiatenkaart", "Hiatenkaart met een wijk", "Aanbod", "Wat als", "Waar eerst", "Kwetsbaar", "Besluiten",
    "Netwerk",
}  # fmt: skip


def ready(page: Page, name: str) -> None:
    if name in WITH_MAP:
        map_frame(page)
    wait_idle(page)
