"""A value of a closed list is written once: in `codelists`, under a name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from einclusie_data.contract import codelists, settings

PACKAGE = settings.PROJECT_FOLDER / "einclusie_data"
HOME = PACKAGE / "contract" / "codelists.py"
VALUES = {value for codelist in codelists.CODELISTS.values() for value in codelist.values}
LISTS = {name for name, value in vars(codelists).items() if isinstance(value, codelists.Codelist)}
PLAIN_TEXT = {
    ("einclusie_data/answers/calculation.py", "Trekker"): "a word that the explanation page explains",
    ("einclusie_data/answers/scopes.py", "Hele stad"): "name of an area to look at, not a value of Bereik",
    ("einclusie_data/output/maps/maps.py", "Hele stad"): "button of a map that shows the whole city",
}
"""File and text -> why the same text means something else there."""


def sources() -> list[Path]:
    pages = settings.PROJECT_FOLDER / "pages"
    return [path for folder in (PACKAGE, pages) for path in sorted(folder.rglob("*.py")) if path != HOME]


def literals(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in VALUES:
            yield node.value


def by_position(tree: ast.AST) -> Iterator[str]:
    """Where a value of a list of `codelists` is taken by its position: ``TYPE.values[0]``, ``A, B = TYPE.values``."""
    for node in ast.walk(tree):
        taken = None
        if isinstance(node, ast.Subscript):
            taken = node.value
        elif isinstance(node, ast.Assign) and any(isinstance(target, ast.Tuple) for target in node.targets):
            taken = node.value.value if isinstance(node.value, ast.Subscript) else node.value
        if isinstance(taken, ast.Attribute) and taken.attr == "values":
            name = taken.value.attr if isinstance(taken.value, ast.Attribute) else getattr(taken.value, "id", "")
            if name in LISTS:
                yield ast.unparse(node)


def test_no_value_is_written_a_second_time() -> None:
    written = {
        (path.relative_to(settings.PROJECT_FOLDER).as_posix(), value)
        for path in sources()
        for value in literals(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert written == set(PLAIN_TEXT)


def test_no_value_is_taken_by_its_position() -> None:
    assert not {
        (path.name, text) for path in sources() for text in by_position(ast.parse(path.read_text(encoding="utf-8")))
    }


@pytest.mark.parametrize(
    "text",
    ["FIRST = TYPE.values[0]", "A, B = lists.TYPE.values", "A, B = lists.TYPE.values[:2]", "use(STATUS.values[-1])"],
)
def test_a_position_is_noticed(text: str) -> None:
    assert list(by_position(ast.parse(text)))


def test_every_named_value_stands_in_a_list() -> None:
    names = {name: value for name, value in vars(codelists).items() if name.isupper() and isinstance(value, str)}
    assert {name for name, value in names.items() if value not in VALUES} == {"DEFAULT_PRESET"}
    assert len(set(names.values())) == len(names)
