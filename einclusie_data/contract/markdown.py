"""Text of people is data: make it harmless where Markdown is read (DESIGN §6)."""

from __future__ import annotations

import re

_ANYWHERE = re.compile(r"([\\`*_{}\[\]<>#!|~&]|^[-+=]|^\d+(?=[.)]))")
_STREAMLIT = re.compile(r"([\\`*_{}\[\]<>#!|$~:&^=]|^[-+]|^\d+(?=[.)]))")
"""The same and what Streamlit adds: formulas, colours and other words between colons."""
_AUTOMATIC = re.compile(r"(?<=:)//|(?<=www)\.|@", re.IGNORECASE)
"""What makes an address a link of itself, or calls everyone, also where it is escaped."""
_WORD_AFTER_COLON = re.compile(r":(?=[\w+-])(?!//)")
"""Icons, emoji and colours are looked for after escapes are resolved: only a broken word is no such word."""
_BREAK = "\u200b"
"""Breaks a word without being seen."""


def safe_markdown(text: object, *, streamlit: bool = False) -> str:
    r"""A text as Markdown shows it unchanged: no markup, link, picture or icon, no call for everyone's attention.

    Parameters
    ----------
    text : object
    streamlit : bool
        Whether Streamlit reads it, which knows more than others do.

    Examples
    --------
    >>> safe_markdown("*Ligo* [x](y)")
    '\\*Ligo\\* \\[x\\](y)'
    >>> safe_markdown("https://a.b @team").replace("\u200b", "|")
    'https:|//a.b |@|team'
    >>> safe_markdown(":material/home:", streamlit=True).replace("\u200b", "|")
    '\\:|material/home\\:'
    """
    line = _AUTOMATIC.sub(lambda sign: _BREAK + sign[0] + _BREAK * (sign[0] == "@"), " ".join(str(text).split()))
    if not streamlit:
        return _ANYWHERE.sub(_escaped, line)
    line = _WORD_AFTER_COLON.sub(f":{_BREAK}", line) if line.count(":") > 1 or "[" in line else line
    return _STREAMLIT.sub(_escaped, line)


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    return f"{found}{_BREAK}" if found.isdigit() else f"\\{found}"
