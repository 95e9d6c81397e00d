"""Characters that have no place in a cell: removed on the way in and on the way out."""

from __future__ import annotations

import re

_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile("[\t\xa0\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff0-\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def plain_text(text: str) -> str:
    r"""A text as a cell may hold it: line breaks are ``\n``, every space is an ordinary one, nothing invisible.

    Control characters, marks that turn the writing direction around, lone halves of a character and outer spaces are
    removed.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> plain_text(" Digi\x07café\u200b\xa0\r\nKiel \ud83d")
    'Digicafé \nKiel'
    """
    if text.isprintable():  # no control characters, no spaces but the ordinary one
        return text.strip()
    text = _SPACE.sub(" ", _BREAK.sub("\n", text))
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")  # two halves become one again
    return _INVISIBLE.sub("", text).strip()
