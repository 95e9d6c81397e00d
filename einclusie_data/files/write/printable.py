"""Text for paper: only characters that the fonts of a document can show, words that fit a line, cells that end."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from einclusie_data.contract.text import plain_text

UNPRINTABLE = "□"
"""Stands for a character that no font of the documents has."""
UNPRINTABLE_NOTE = (
    f"{UNPRINTABLE} staat voor een teken dat we niet kunnen afdrukken. In de werkmap zie je wat er staat."
)
CUT = " … (ingekort: de rest staat in de werkmap)"
LONGEST = 400
"""Characters of one text from the workbook; a cell may hold 32,767."""
LONGEST_WORD = 40
"""Characters after which a word may be broken: longer ones would run off the paper."""
_BREAK = "\u200b"

_PRINTABLE = (
    "\n -~¡-¬®-˿"  # Latin
    "\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482\u048a-\u04ff"  # Greek, Cyrillic
    "\u0531-\u0556\u0559-\u058a\u05d0-\u05ea\u060c\u061b\u061f\u0621-\u063a\u0640-\u064a"  # Armenian, Hebrew, Arabic
    "\u0660-\u066d\u067e\u0686\u0691\u0698\u06a4\u06a9\u06af\u06be\u06cc\u06f0-\u06f9"
    "\u10d0-\u10ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u2070\u2071\u2074-\u208e\u20a0-\u20c0"
    "\u2100-\u214f\u2153-\u2184\u2190-\u23ff\u2460-\u262f\u2701-\u2704\u2706-\u2709\u270c-\u2727\ufb00-\ufb06"
)
"""What the fonts that come with Typst have, as `test_document_text` proves. A document with a letter that no font has
is not accessible, so Typst refuses it; fonts of the machine would make another document on each machine."""
_OTHER = re.compile(f"[^{_PRINTABLE}]")
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


def printable(text: str) -> str:
    r"""A text of which every character can be printed; what cannot be shown on its own (an accent) is left out.

    A text of which nothing would be left stands as one `UNPRINTABLE`: an empty field looks as if nothing was filled in.

    Examples
    --------
    >>> printable("Cafe\u0301 😀"), printable("a\x00b\u202ec"), printable("\u0489"), printable("")
    ('Café □', 'abc', '□', '')
    """
    whole = plain_text(unicodedata.normalize("NFC", plain_text(text)))
    shown = _OTHER.sub(lambda found: "" if unicodedata.category(found[0])[0] in "MC" else UNPRINTABLE, whole)
    return shown if shown.strip() or not text.strip() else UNPRINTABLE


def short(text: str, longest: int = LONGEST) -> str:
    """A text of at most `longest` characters; it says so when something was cut off.

    Examples
    --------
    >>> short("Digipunt"), short("abcdef", 3)
    ('Digipunt', 'abc … (ingekort: de rest staat in de werkmap)')
    """
    return text if len(text) <= longest else text[:longest].rstrip() + CUT


def breakable(text: str) -> str:
    """A text whose very long words may be broken."""
    return _LONG_WORD.sub(lambda found: found[0] + _BREAK, text)


def printable_data(data: Any) -> Any:
    """Data for a template: dicts and lists with every text made `printable` and `breakable`."""
    if isinstance(data, str):
        return breakable(printable(data))
    if isinstance(data, dict):
        return {key: printable_data(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [printable_data(value) for value in data]
    return data
