"""A scenario as a short text for a link, and back.

What comes in with a link was written by anyone: it is read as data, within limits, and what is not in every part a
scenario is none. Personal contact details are left out on the way in and on the way out.
"""

from __future__ import annotations

import json
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import fields
from functools import lru_cache
from typing import Any, NoReturn

from einclusie_data.contract.errors import ScenarioError
from einclusie_data.proposals.offer import (
    MAX_TEXT,
    MAX_VALUES,
    POINT_DECIMALS,
    NewOffer,
    Proposal,
    Stop,
    short_text,
    tidy,
)
from einclusie_data.proposals.scenario import KEY_LENGTHS, MAX_PROPOSALS, Scenario

VERSION = "1"
"""First character of the text; what stands behind it may be another shape in another version."""
MAX_LINK = 4_000
"""Characters of a text: what every browser, mail and chat still passes on."""
_MAX_JSON = 40_000
"""Characters after unpacking: a few hundred bytes can be blown up a thousandfold."""
_STOP, _NEW = 0, 1
_FIELDS = (
    "name", "organisations", "groups", "types", "dayparts", "languages", "signup", "mode", "frequency", "price", "lat",
    "lon", "wijken", "location", "address", "postcode",
)  # fmt: skip
"""The order of version 1."""
_DEFAULTS = {one.name: one.default for one in fields(NewOffer)}
_SCALE = 10**POINT_DECIMALS
_TEXT = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def link_text(scenario: Scenario) -> str:
    """A scenario as text that can stand in a URL as it is.

    Parameters
    ----------
    scenario : Scenario
        Its new offers are shared as `scenario_offer.tidy` makes them.

    Returns
    -------
    str
        Letters, digits, ``-`` and ``_``; at most `MAX_LINK` of them. A scenario of one or two proposals takes some 200.

    Raises
    ------
    ScenarioError
        It has too many proposals, or too much text.
    """
    if len(scenario.proposals) > MAX_PROPOSALS:
        raise ScenarioError(f"Een scenario kan hoogstens {MAX_PROPOSALS} voorstellen hebben. Haal er enkele weg.")
    shape = [short_text(scenario.name), [_shape(one) for one in scenario.proposals]]
    packed = zlib.compress(json.dumps(shape, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    text = VERSION + urlsafe_b64encode(packed).decode().rstrip("=")
    if len(text) > MAX_LINK:
        raise ScenarioError("Dit scenario is te lang voor een link. Maak de namen korter, of verdeel het over twee.")
    return text


def _shape(proposal: Proposal) -> list[Any]:
    if isinstance(proposal, Stop):
        return [_STOP, proposal.key, short_text(proposal.name)]
    offer = tidy(proposal)
    cells = [_number(getattr(offer, key)) if key in ("lat", "lon") else getattr(offer, key) for key in _FIELDS]
    while cells and not cells[-1] and cells[-1] != 0:
        cells.pop()
    return [_NEW, *cells]


def _number(degrees: float | None) -> int | None:
    return None if degrees is None else round(degrees * _SCALE)


@lru_cache(maxsize=256)
def read_link(text: str) -> Scenario | None:
    """The scenario in a link; None when the text is none: damaged, too long, or of a version that we do not know."""
    if len(text) > MAX_LINK or not text.startswith(VERSION) or not _TEXT.fullmatch(text):
        return None
    try:
        return _scenario(json.loads(_unpacked(text.removeprefix(VERSION)), parse_constant=_refuse))
    except (ValueError, RecursionError, zlib.error):
        return None


def _refuse(what: object) -> NoReturn:
    raise ValueError(what)


def _unpacked(text: str) -> str:
    unpacker = zlib.decompressobj()
    content = unpacker.decompress(urlsafe_b64decode(text + "=" * (-len(text) % 4)), _MAX_JSON)
    if not unpacker.eof or unpacker.unused_data:
        _refuse("too long, cut off, or more behind it")
    return content.decode()


def _scenario(shape: object) -> Scenario:
    match shape:
        case [str(name), list(proposals)] if len(proposals) <= MAX_PROPOSALS:
            return Scenario(_own_text(name), tuple(map(_proposal, proposals)))
    _refuse("no scenario")


def _proposal(shape: object) -> Proposal:
    match shape:
        case [0, str(key), str(name)] if len(key) in KEY_LENGTHS and _TEXT.fullmatch(key):
            return Stop(key, _own_text(name))
        case [1, *cells] if len(cells) <= len(_FIELDS):
            given = {key: _cell(key, cell) for key, cell in zip(_FIELDS, cells, strict=False)}
            return tidy(NewOffer(**given))
    _refuse("no proposal")


def _cell(key: str, cell: object) -> Any:
    """A cell of the kind that its field has."""
    if key in ("lat", "lon"):
        return None if cell is None else _degrees(cell, 90 if key == "lat" else 180)
    if not isinstance(_DEFAULTS[key], tuple):
        return _own_text(cell)
    if not isinstance(cell, list) or len(cell) > MAX_VALUES:
        _refuse(cell)
    return tuple(map(_own_text, cell))


def _degrees(cell: object, limit: int) -> float:
    if not isinstance(cell, int) or abs(cell) > limit * _SCALE:
        _refuse(cell)
    return float(cell / _SCALE)


def _own_text(cell: object) -> str:
    if not isinstance(cell, str) or len(cell) > MAX_TEXT:
        _refuse(cell)
    return short_text(cell)
