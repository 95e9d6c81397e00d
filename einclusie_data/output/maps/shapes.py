"""The outlines of the wijken as a file that the browser keeps, so that a layer of a map names a shape instead of
sending it again at every choice.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from einclusie_data.contract.settings import SHAPES_FILE

VARIABLE = "wijkVormen"
"""In the browser: name of a shape -> GeoJSON geometry."""
_MARK = "<vorm {}>"
"""Stands for a shape until the script is written. No text of a workbook is ever written so: its `<` is escaped."""
_WRITTEN = re.compile(r'"(?:<|\\u003c)vorm ([\w-]+)(?:>|\\u003e)"')
_NAME = re.compile(r'^"([\w-]+)":', re.MULTILINE)


def shape_name(code: str, shape: dict[str, Any]) -> str:
    """Name of the shape of a wijk: another shape has another name.

    Examples
    --------
    >>> shape_name("ANT01", {"type": "Point", "coordinates": (4.4, 51.2)})
    'ANT01-eb28e222'
    """
    return f"{code}-{hashlib.sha256(json.dumps(shape).encode()).hexdigest()[:8]}"


def shapes_file_text(codes: Iterable[str], shapes: Iterable[dict[str, Any]]) -> str:
    """The script with all shapes: what `data` writes to `SHAPES_FILE`."""
    lines = [
        f"{json.dumps(shape_name(code, shape))}:{json.dumps(shape, separators=(',', ':'))}"
        for code, shape in zip(codes, shapes, strict=True)
    ]
    head = "// Wijken: Stad Antwerpen, open data; made by `make data` from data/, for the maps."
    return "\n".join([head, f"window.{VARIABLE} = {{", ",\n".join(lines), "};", ""])


@cache
def known_shapes() -> frozenset[str]:
    """Names of the shapes that the browser gets; none while there is no file."""
    try:
        return frozenset(_NAME.findall(SHAPES_FILE.read_text("utf-8")))
    except FileNotFoundError:
        return frozenset()


def shapes_version() -> str:
    """A short text that changes with the shapes, so that no browser goes on with older ones."""
    return hashlib.sha256("".join(sorted(known_shapes())).encode()).hexdigest()[:8]


def shape_or_mark(code: str, shape: dict[str, Any]) -> dict[str, Any] | str:
    """What stands in a layer for the shape of a wijk: a mark when the browser has it, else the shape itself."""
    name = shape_name(code, shape)
    return _MARK.format(name) if name in known_shapes() else shape


def with_shapes(script: str) -> str:
    r"""The script of a layer, in which every mark became the shape that the browser has.

    Examples
    --------
    >>> with_shapes('{"geometry": "\\u003cvorm ANT01-eb28e222\\u003e"}')
    '{"geometry": window.wijkVormen["ANT01-eb28e222"]}'
    """
    return _WRITTEN.sub(rf'window.{VARIABLE}["\1"]', script)
