"""Text from a spreadsheet or a file is data: make it harmless where Streamlit reads Markdown (DESIGN §6)."""

from __future__ import annotations

import re

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#!|$~:&^=]|^[-+]|^\d+(?=[.)]))")
_AUTOMATIC = re.compile(r"(?<=:)//|(?<=www)\.|@", re.IGNORECASE)
"""What makes an address a link of itself, also where it is escaped."""
_BREAK = "\u200b"
"""Breaks a word without being seen."""


def plain(text: object) -> str:
    r"""The text as Markdown shows it unchanged: nothing in it is markup, a link, an image or an icon.

    Examples
    --------
    >>> plain("![x]")
    '\\!\\[x\\]'
    >>> plain("an@example.org").replace("\u200b", "|"), plain("https://a.b").replace("\u200b", "|")
    ('an|@example.org', 'https\\:|//a.b')
    >>> plain("Nieuw-Kwartier Oost")
    'Nieuw-Kwartier Oost'
    """
    broken = _AUTOMATIC.sub(lambda found: f"{_BREAK}{found.group()}", " ".join(str(text).split()))
    return _ACTIVE.sub(_escaped, broken)


def _escaped(match: re.Match[str]) -> str:
    found = match.group()
    return f"{found}{_BREAK}" if found.isdigit() else f"\\{found}"
