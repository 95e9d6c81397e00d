"""What all tests share."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from einclusie_data.store.store import Store, open_store
from tests.stores import Clock

# Before anything reads the settings: the tests never see, or touch, a store that is in use on this machine.
os.environ["OPENPYXL_LXML"] = "False"  # as the package does: some tests import openpyxl first
os.environ["EINCLUSIE_OPSLAG"] = tempfile.mkdtemp(prefix="einclusie-opslag-")
atexit.register(shutil.rmtree, os.environ["EINCLUSIE_OPSLAG"], ignore_errors=True)

_POSTGRESQL = "EINCLUSIE_TEST_POSTGRESQL"
_START = Path(__file__).parent.parent / ".ci" / "postgres"


def _has_libreoffice() -> bool:
    return shutil.which("soffice") is not None


def _has_postgresql() -> bool:
    return bool(os.environ.get(_POSTGRESQL) or shutil.which("initdb") or [*Path("/usr/lib/postgresql").glob("*/bin")])


def _has_strace() -> bool:
    """Strace is there, and may look into other processes (in some containers it may not)."""
    strace = shutil.which("strace")
    return strace is not None and subprocess.run([strace, "-o", "/dev/null", "true"], check=False).returncode == 0


_NEEDS: dict[str, tuple[str, Callable[[], bool]]] = {
    "libreoffice": ("LibreOffice", _has_libreoffice),
    "postgresql": ("PostgreSQL", _has_postgresql),
    "strace": ("strace", _has_strace),
}


def pytest_configure(config: pytest.Config) -> None:
    for marker, (name, _) in _NEEDS.items():
        config.addinivalue_line("markers", f"{marker}: needs {name}; left out where it is not installed, but not in CI")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this machine cannot run; in CI everything runs, and fails if something is missing."""
    if os.environ.get("CI"):
        return
    there = {marker: functools.cache(has) for marker, (_, has) in _NEEDS.items()}
    left_out = [
        item for item in items if any(item.get_closest_marker(marker) and not there[marker]() for marker in there)
    ]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """URL of a PostgreSQL server for tests: the one of the environment, else one that runs as long as the tests."""
    if url := os.environ.get(_POSTGRESQL):
        yield url
        return
    folder = tempfile.mkdtemp(prefix="einclusie-postgresql-")
    try:
        yield subprocess.run([_START, folder], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    finally:
        subprocess.run([_START, "--stop", folder], check=True)


@pytest.fixture
def postgresql(postgresql_server: str) -> Iterator[str]:
    """URL of an empty PostgreSQL store: a schema of its own on the server."""
    schema = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        url = make_url(postgresql_server).update_query_dict({"options": f"-c search_path={schema}"})
        yield url.render_as_string(hide_password=False)
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def store_target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty store may be made: a folder, and once more a PostgreSQL database."""
    return str(tmp_path / "opslag") if request.param == "sqlite" else request.getfixturevalue("postgresql")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(store_target: str, clock: Clock) -> Iterator[Store]:
    """An empty store, once in a folder and once in PostgreSQL."""
    with open_store(store_target, clock=clock) as store:
        yield store
