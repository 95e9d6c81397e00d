"""Each room has a face, and what is not named there stays inside (DESIGN §2)."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from einclusie_data.contract.settings import PROJECT_FOLDER

PACKAGE = PROJECT_FOLDER / "einclusie_data"
ROOMS = sorted(path.parent for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE)
OPEN = re.compile(r"Its (modules|rooms) are its face\.")


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(PROJECT_FOLDER).with_suffix("").parts).removesuffix(".__init__")


@cache
def imports(path: Path) -> frozenset[str]:
    """The modules of ours that a file uses."""
    return frozenset(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("einclusie_data"):
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                is_module = (PROJECT_FOLDER / (whole.replace(".", "/") + ".py")).exists()
                yield whole if is_module else node.module


def used_from_outside(room: Path) -> set[str]:
    """Modules of a room, named from the room, that files elsewhere in the app use."""
    begin = f"{dotted(room)}."
    files = [*PACKAGE.rglob("*.py"), *(PROJECT_FOLDER / "pages").glob("*.py"), PROJECT_FOLDER / "dashboard.py"]
    made = re.findall(rf"{begin}([a-z_.]+)", (PROJECT_FOLDER / "Makefile").read_text("utf-8"))
    outside = [path for path in files if not dotted(path).startswith(begin) and path.parent != room]
    return {name.removeprefix(begin) for path in outside for name in imports(path) if name.startswith(begin)} | {*made}


def face(room: Path) -> set[str]:
    """The modules that the first words of a room name as its face."""
    told = ast.get_docstring(ast.parse((room / "__init__.py").read_text("utf-8"))) or ""
    if OPEN.search(told):
        return {dotted(path).removeprefix(f"{dotted(room)}.") for path in room.rglob("*.py")} - {dotted(room)}
    line = told[told.index("Face:") :].replace("\n", " ")
    return set(re.findall(r"`([a-z_.]+)`", re.sub(r"\([^)]*\)", "", line)))


@pytest.mark.parametrize("room", ROOMS, ids=dotted)
def test_what_is_inside_stays_inside(room: Path):
    assert sorted(used_from_outside(room) - face(room)) == []


@pytest.mark.parametrize("room", ROOMS, ids=dotted)
def test_the_face_is_there_and_used(room: Path):
    told = (room / "__init__.py").read_text("utf-8")
    for name in face(room):
        path = room / name.replace(".", "/")
        assert path.with_suffix(".py").exists() or path.is_dir(), name
    assert "Face:" in told or OPEN.search(told)
    if not OPEN.search(told):
        assert sorted(face(room) - used_from_outside(room)) == []


def test_every_folder_of_modules_is_a_room():
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert sorted(map(str, folders - {PACKAGE, *ROOMS})) == []


def test_no_import_hides_from_the_contract():
    """`if TYPE_CHECKING` would only be needed for a cycle, and there is none."""
    assert [dotted(path) for path in PACKAGE.rglob("*.py") if "TYPE_CHECKING" in path.read_text("utf-8")] == []
