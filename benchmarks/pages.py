"""The pages of the app, as they stand in its menu."""

from __future__ import annotations

from pathlib import Path

from einclusie_data.contract import settings
from einclusie_data.ui.frame.page import PAGES


def page_paths() -> list[str]:
    """Path in the URL of every page that is there; the start page is ""."""
    files = [file for file in PAGES if (settings.PROJECT_FOLDER / file).exists()]
    return ["" if file == "dashboard.py" else Path(file).stem for file in files]
