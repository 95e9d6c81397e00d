"""Personal contact details in free text: find them, and mask them for anyone who is not the trekker (DESIGN §3)."""

from __future__ import annotations

import re

MASK = "[contactgegeven verborgen]"

_URL = r"(?:https?://|www\.)\S+"
_EMAIL = r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_GAP = r"[\s./-]*"
_PREFIX = rf"(?:(?:\+|00)32{_GAP}(?:\(0\){_GAP})?|0{_GAP})"
_MOBILE = rf"4(?:{_GAP}\d){{8}}"
_LANDLINE = rf"[1-9](?:{_GAP}\d){{7}}"
_PHONE = rf"(?<![\w/.,-]){_PREFIX}(?:{_MOBILE}|{_LANDLINE})(?![\w/-])"
_PERSONAL = re.compile(f"(?P<url>{_URL})|(?P<email>{_EMAIL})|(?P<phone>{_PHONE})")


def has_personal(text: str) -> bool:
    """Whether a text holds an e-mail address or a Belgian phone number; links do not count.

    Examples
    --------
    >>> has_personal("bel 0470 12 34 56"), has_personal("https://example.org/0470123456"), has_personal("2060")
    (True, False, False)
    >>> has_personal("09.00-12.00 13.30-16.30"), has_personal("+32 3 123 45 67")
    (False, True)
    """
    return any(match.lastgroup != "url" for match in _PERSONAL.finditer(text))


def mask_personal(text: str) -> str:
    """The text with e-mail addresses and phone numbers replaced by `MASK`; links stay.

    Examples
    --------
    >>> mask_personal("vraag naar an@example.org of 03 123 45 67.")
    'vraag naar [contactgegeven verborgen] of [contactgegeven verborgen].'
    """
    if "@" not in text and not any(character.isdigit() for character in text):
        return text
    return _PERSONAL.sub(lambda match: match.group() if match.lastgroup == "url" else MASK, text)
