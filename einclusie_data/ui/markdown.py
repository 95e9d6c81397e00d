"""Text from a spreadsheet or a file is data: make it harmless where Streamlit reads Markdown (DESIGN §6)."""

from __future__ import annotations

import re

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#!|$~:&@^=]|^[-+]|^\d+(?=[.)])|(?<=www)\.)", re.IGNORECASE)


def plain(text: object) -> str:
    r"""The text as Markdown shows it unchanged: nothing in it is markup, a link, an image or an icon.

    Examples
    --------
    >>> plain("![x](http://a.b)")
    '\\!\\[x\\](http\\://a.b)'
    >>> plain("Nieuw-Kwartier Oost")
    'Nieuw-Kwartier Oost'
    """
    return _ACTIVE.sub(_escaped, " ".join(str(text).split()))


def _escaped(match: re.Match[str]) -> str:
    found = match.group()
    return f"{found}\u200b" if found.isdigit() else f"\\{found}"
