"""What all tests share."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "libreoffice: needs LibreOffice; left out where it is not installed, but not in CI"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave LibreOffice tests out of a run on a machine without it; in CI they run, and fail if it is missing."""
    if shutil.which("soffice") or os.environ.get("CI"):
        return
    without = [item for item in items if not item.get_closest_marker("libreoffice")]
    config.hook.pytest_deselected(items=[item for item in items if item not in without])
    items[:] = without
