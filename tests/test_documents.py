"""The documents of the repository say what is there: files, modules, names, commands, settings, links, the version."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
import uvicorn.config
from streamlit import config

import einclusie_data
from einclusie_data.command.options import build_parser
from einclusie_data.contract import settings

ROOT = settings.PROJECT_FOLDER
PACKAGE = ROOT / "einclusie_data"
ABOUT_CODE = ("README.md", "CONTRIBUTING.md", "docs/beheren.md", "docs/ontwikkelen.md")
ALL = (*ABOUT_CODE, "CHANGELOG.md", "docs/handleiding.md", "docs/veiligheid.md", "benchmarks/README.md")
MADE = {"werkmap/", "opslag.sqlite", ".streamlit/secrets.toml", "build/kills.txt"}
"""Files and folders that are only there once the app, or a test, has run."""
ELSEWHERE = ("http:", "https:", "postgresql:")


def content(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def code_in(text: str) -> list[str]:
    """What stands between backticks in the running text; blocks of code apart."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def file_of(path: str) -> Path | None:
    """A path as the documents write it: from the repository, or from the package."""
    return next((folder / path for folder in (ROOT, PACKAGE) if (folder / path).exists()), None)


def paths_in(text: str) -> list[str]:
    """Everything between backticks that looks like a path of ours."""
    told = [code for code in code_in(text) if not code.startswith(".venv/bin/python ")]  # a command, with made-up files
    words = [word for code in told for word in code.split() if not word.startswith(ELSEWHERE)]
    return [word for word in words if re.fullmatch(r"[\w./-]+/|[\w./-]+\.(py|md|toml|json|xlsx|txt|sqlite)", word)]


def missing_paths(text: str) -> list[str]:
    return [path for path in paths_in(text) if path not in MADE and file_of(path) is None]


@pytest.mark.parametrize("name", ABOUT_CODE)
def test_every_file_and_module_that_is_named_exists(name: str):
    assert missing_paths("in `engine/nergens.py` and `nergens/`, in `engine/gaps.py`") == [
        "engine/nergens.py",
        "nergens/",
    ]
    assert paths_in(content(name))
    assert missing_paths(content(name)) == []


def test_every_module_that_the_other_documents_name_exists():
    modules = [path for name in ALL for path in paths_in(content(name)) if path.endswith(".py")]
    beside = [path for path in modules if file_of(path) is None and not (ROOT / "benchmarks" / path).exists()]
    assert beside == []


NAMED = re.compile(r"`([\w/]+\.py)` \(((?:`\w+`(?:, (?:or )?)?)+)")
"""A module, and between brackets the names in it."""


def missing_names(text: str) -> list[str]:
    """Names that a document puts behind a module, and that it does not define."""
    missing = []
    for path, names in NAMED.findall(text):
        file = file_of(path)
        source = "" if file is None else file.read_text("utf-8")
        for one in re.findall(r"\w+", names.replace(" or ", " ")):
            if not re.search(rf"^ *(?:(?:def|class) {one}\b|{one}\b[^=\n]*=(?!=))", source, re.MULTILINE):
                missing.append(f"{path}: {one}")
    return missing


def test_every_name_that_is_said_to_be_in_a_module_is_defined_there():
    assert missing_names("`engine/gaps.py` (`answer`, `nergens`)") == ["engine/gaps.py: nergens"]
    text = content("docs/ontwikkelen.md")
    assert len(NAMED.findall(text)) > 30
    assert missing_names(text) == []


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([a-z]+):", content("Makefile"), re.MULTILINE))
    named = {target for name in ALL for target in re.findall(r"\bmake ([a-z]+)\b", " ".join(
        [*code_in(content(name)), *re.findall(r"```sh\n.*?```", content(name), flags=re.DOTALL)]
    ))}  # fmt: skip
    assert {"run", "test", "lint", "data"} <= named
    assert named - targets == set()


def read_by(folder: str) -> set[str]:
    """The variables of our own that the Python files of a folder read from the environment."""
    texts = [path.read_text("utf-8") for path in (ROOT / folder).rglob("*.py")]
    return {name for text in texts for name in re.findall(r"[\"'](EINCLUSIE_[A-Z]+(?:_[A-Z]+)*)[\"']", text)}


def test_every_variable_of_the_environment_that_is_named_is_read():
    named = {one for name in ALL for one in re.findall(r"\b(?:EINCLUSIE|STREAMLIT|FORWARDED)_[A-Z_]+\b", content(name))}
    options = {f"STREAMLIT_{re.sub(r'[A-Z]', lambda found: f'_{found[0]}', key).replace('.', '_').upper()}"
               for key in config.get_config_options()}  # fmt: skip
    assert Path(uvicorn.config.__file__).read_text("utf-8").count("FORWARDED_ALLOW_IPS")
    assert named - read_by("einclusie_data") - read_by("tests") - options - {"FORWARDED_ALLOW_IPS"} == set()


def test_every_variable_that_the_app_reads_is_told_to_whoever_runs_the_server():
    table = content("docs/beheren.md")
    assert {name for name in read_by("einclusie_data") if f"| `{name}` |" not in table} == set()


@pytest.mark.parametrize("name", ["README.md", "docs/beheren.md"])
def test_every_command_that_is_shown_is_understood(name: str):
    told = re.findall(r"\.venv/bin/python -m einclusie_data +([^`\n]+)", content(name))
    assert told
    for command in told:
        build_parser().parse_args(shlex.split(command, comments=True))


def anchors(text: str) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def broken_links(text: str, folder: Path) -> list[str]:
    """Links of a document in this folder that lead to no file, or to no heading of it."""
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = link.partition("#")
        if link.startswith(ELSEWHERE):
            continue
        target = folder / path if path else None
        there = target is None or target.exists()
        if not there or (anchor and anchor not in anchors(text if target is None else target.read_text("utf-8"))):
            broken.append(link)
    return broken


@pytest.mark.parametrize("name", ALL)
def test_every_link_between_documents_works(name: str):
    assert broken_links("[a](nergens.md) [b](README.md#nergens) [c](#nergens) [d](README.md)", ROOT) == [
        "nergens.md",
        "README.md#nergens",
        "#nergens",
    ]
    assert broken_links(content(name), (ROOT / name).parent) == []


def test_the_readme_is_short_and_starts_with_what_to_type():
    lines = content("README.md").splitlines()
    assert len(lines) <= 80
    first = "\n".join(lines[:20])
    assert "make run" in first
    assert "make test" in first


def test_the_picture_of_the_house_has_every_room_on_its_level():
    layers = tomllib.loads(content("pyproject.toml"))["tool"]["importlinter"]["contracts"][0]["layers"]
    rooms = [{room for room in layer.split(" | ") if room != "__main__"} for layer in layers]
    picture = re.search(r"```\n(.*?)```", content("docs/ontwikkelen.md"), re.DOTALL)
    assert picture is not None
    drawn: dict[int, set[str]] = {}
    level = -1
    for line in picture[1].splitlines():
        if start := re.match(r" ?(\d) ", line):
            level = int(start[1])
        drawn.setdefault(level, set()).update(re.findall(r"\| (\w+)  ", line))
    top = len(rooms) - 1
    assert {top - number: names for number, names in enumerate(rooms)} == {
        number: names & set.union(*rooms) for number, names in drawn.items() if number >= 0
    }


def test_there_is_one_version():
    project = tomllib.loads(content("pyproject.toml"))
    assert "version" not in project["project"]
    assert "version" in project["project"]["dynamic"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "einclusie_data.__version__"}
    newest = re.search(r"^## (\S+)", content("CHANGELOG.md"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == einclusie_data.__version__
    assert f"/{einclusie_data.__version__} " in settings.GEOCODER_USER_AGENT


def test_the_licence_is_the_one_that_the_project_names():
    project = tomllib.loads(content("pyproject.toml"))["project"]
    assert project["license"] == "MIT"
    (file,) = project["license-files"]
    assert content(file).startswith("MIT License")
    assert (
        missing_paths(" ".join(f"`{path}`" for path in re.findall(r"\b(?:data|static)/[\w./]*\w/?", content(file))))
        == []
    )
