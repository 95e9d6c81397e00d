"""Personal contact details in free text: find them, and mask them for anyone who is not the trekker (DESIGN §3).

A text is first read as a person reads it: every kind of digit, space, dash, dot and bracket is one kind, and what is
not seen is not there. What is found in that reading is masked in the text itself. Phone numbers and other numbers of
people are in `phones`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from einclusie_data.contract.phones import Span, number_spans

MASK = "[contactgegeven verborgen]"

# --- a text as a person reads it -------------------------------------------------------------------------------------

_SIGNS = {
    **dict.fromkeys("·•∙⋅‧・●▪◦。｡․", "."),
    **dict.fromkeys("−⁃", "-"),
    **dict.fromkeys("⁄∕╱⧸", "/"),
    **dict.fromkeys("<[{", "("),
    **dict.fromkeys(">]}", ")"),
    **dict.fromkeys("`´", "'"),
    **dict.fromkeys("\u2800\u3164\u115f\u1160\uffa0", " "),  # blank, though their names say otherwise
}
_BY_CATEGORY = {"Pd": "-", "Pc": "_", "Ps": "(", "Pe": ")", "Pi": '"', "Pf": '"', "Zs": " ", "Zl": " ", "Zp": " "}
_UNSEEN = frozenset({"Cc", "Cf", "Mn", "Me", "Cs", "Co", "Cn"})


def _read_sign(sign: str) -> str:
    """One character as it is read: lower case, "" when it is not seen."""
    if sign.isspace():
        return " "
    if sign in _SIGNS:
        return _SIGNS[sign]
    category = unicodedata.category(sign)
    if category in _UNSEEN:
        return ""
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    if category in _BY_CATEGORY:
        return _BY_CATEGORY[category]
    folded = unicodedata.normalize("NFKC", sign).lower()
    return folded if folded == sign or len(sign) != 1 else "".join(map(_read_sign, folded))


class _Reading(dict[int, str]):
    """Code of a character -> how it is read; filled as characters come by."""

    def __missing__(self, code: int) -> str:
        read = self[code] = _read_sign(chr(code))
        return read


_READING = _Reading()
_LETTER_FOR_DIGIT = re.compile(r"(?<![^\W\d_])o(?= ?4[5-9])|(?<=\d)o(?=[ ./-]?\d)|(?<=\d)l(?=\d)")


_PLAIN = str.maketrans({**dict.fromkeys("<[{", "("), **dict.fromkeys(">]}", ")"), "`": "'"})
"""The same for printable ASCII."""


def _read(text: str) -> tuple[str, list[int] | None]:
    """The text as it is read, and the place in `text` of every character of it; None when these are the same."""
    if text.isascii() and text.isprintable():
        return text.lower().translate(_PLAIN), None
    read = text.translate(_READING)
    if len(read) == len(text) and all(len(_READING[ord(sign)]) == 1 for sign in set(text)):
        return read, None
    return read, [place for place, sign in enumerate(text) for _ in _READING[ord(sign)]]


# --- links ------------------------------------------------------------------------------------------------------------


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TLD = _words(
    "be com org net eu nl fr de uk lu info io me app biz vlaanderen brussels gent gov edu ma tr pl ro bg ua es it pt"
)
_LINK = re.compile(
    r"(?:https?|ftp)://[^ ]+|www\.[^ ]+"
    rf"|(?<![\w.@-])(?:[a-z][a-z0-9-]{{0,62}}\.){{1,4}}(?:{'|'.join(sorted(_TLD))})/[^ ]*"
)
_MESSENGERS = re.compile(r"(?:^|\.)(?:wa\.me|t\.me|m\.me|whatsapp\.com|telegram\.me|signal\.me|msng\.link|viber\.com)$")
_PERSON = re.compile(
    r"(?:facebook|fb|instagram)\.(?:com|me)/(?:profile\.php|people/|[a-z]+\.[a-z]+[a-z.]*(?:\.\d+)?/?(?:[?#,;]|$))"
    r"|linkedin\.com/(?:in|pub)/"
)
"""Pages of people: a name with a dot in it is how Facebook writes a person."""
_NUMBER_IN_LINK = re.compile(r"(?<![0-9a-z])(?:\+|0|32)(?:[-._ ()]{0,2}\d){8,14}(?![0-9a-z])")
_OWN_NUMBER = re.compile(r"04[5-9]\d{7}|0[1-9]\d{7}|0[67]\d{8}|(?:00)?324[5-9]\d{7}|00[1-9]\d{8,12}")
_CALL = re.compile(
    r"(?:tel|telefoon|phone|gsm|mobile|mobiel|whatsapp|sms|fax|call|bel)[a-z]*[=/:,._-]{0,2}[+ ]?(?:[ ().-]?\d){6}"
)
_MOBILE_IN_WORD = re.compile(r"(?<![0-9])04[5-9]\d{7}(?![0-9])")
_CODE = re.compile(r"[0-9a-f]{16,}")


def _links(text: str) -> Iterator[Span]:
    """Where links stand, without what closes the sentence around them."""
    for match in _LINK.finditer(text):
        yield match.start(), match.start() + len(match[0].rstrip(".,;:!?)\"'"))


def _leads_to_a_person(link: str) -> bool:
    """Whether a link holds an address or a number, or is the page of a person."""
    for _ in range(3):
        if "%" not in link:
            break
        link = unquote(link).translate(_READING)
    address = link.partition("://")[2] or link
    host, _, path = address.partition("/")
    if "@" in host or _MESSENGERS.search(host.partition("?")[0].partition(":")[0]) or _PERSON.search(address):
        return True
    path = path or host.partition("?")[2]
    open_path = re.sub(r"(?:^|/)@|[/=&?#:]", " ", path)
    if _has_address(open_path):
        return True
    numbers = (match[0] for match in _NUMBER_IN_LINK.finditer(path))
    if any(one[0] == "+" or _OWN_NUMBER.fullmatch(re.sub(r"\D", "", one)) for one in numbers):
        return True
    return bool(_CALL.search(path) or _MOBILE_IN_WORD.search(_CODE.sub("", path)))


# --- e-mail addresses -------------------------------------------------------------------------------------------------

_AT = re.compile(
    r"(?P<sign> ?\(? {0,2}@+ {0,2}\)? ?)"
    r"|(?P<bracket> {0,2}[(_*-] ?(?:at|apenstaart(?:je)?|a(?=\))) ?[)_*-] {0,2})"
    r"|(?P<word> {1,2}(?:at|apenstaart(?:je)?) {1,2})"
)
_LOCAL = frozenset(".+-'\"%!#$=_")
_LABEL = re.compile(r"[\w-]{1,63}")
_DOT = re.compile(
    r"(?P<tight>\.)(?=\w)|(?P<comma>,)(?=\w)|(?P<word> {0,2}\( ?(?:dot|punt|\.) ?\) {0,2}| (?:dot|punt) )"
    r"|(?P<loose> {0,2}[.,] {0,2})"
)
_LONGEST_LOCAL = 64
_MOST_LABELS = 8
_PROVIDERS = _words(
    "gmail googlemail hotmail outlook live msn yahoo icloud telenet skynet proximus scarlet pandora proton protonmail "
    "gmx belgacom orange voo ziggo kpnmail aol mac example"
)
_PLAYFUL_BEFORE = _words(
    "digi digitaal web net internet cyber computer tablet senior senioren buurt media link mail e i online surf leren "
    "les help kids jong school samen workshop kamer koffie"
)
_PLAYFUL_BEHIND = _words(
    "home work werk school bib bibliotheek huis thuis kiel dam cafe café punt spot lab club point net web antwerpen "
    "noord zuid borgerhout deurne hoboken merksem wilrijk berchem buurt plein"
)
"""Words of names such as Digi@Kiel and internet@home: without a point behind them they are no address."""
_SPELT = re.compile(r"(?<!\w)\w(?: [\w.]){1,40} ?@ ?\w(?: [\w.]){3,40}(?!\w)")


def _addresses(text: str) -> Iterator[Span]:
    """Where e-mail addresses stand, also written out or cut up."""
    for match in _AT.finditer(text):
        start = _local_start(text, match.start())
        end = _host_end(text, match, text[start : match.start()].strip()) if start < match.start() else 0
        if end:
            yield start, end
    yield from (match.span() for match in _SPELT.finditer(text))


def _has_address(text: str) -> bool:
    return next(_addresses(text), None) is not None


def _local_start(text: str, at: int) -> int:
    """Where the part before the @ begins; `at` itself when there is none."""
    stop = at
    while stop > 0 and text[stop - 1] == " " and at - stop < 2:
        stop -= 1
    start = stop
    while start > 0 and stop - start < _LONGEST_LOCAL and (text[start - 1].isalnum() or text[start - 1] in _LOCAL):
        start -= 1
    return start if any(sign.isalnum() for sign in text[start:stop]) else at


def _host_end(text: str, at: re.Match[str], local: str) -> int:
    """Where an address ends whose @ was found; 0 when it is none."""
    label = _LABEL.match(text, at.end())
    if label is None or label[0] == "www":
        return 0
    labels, end, end_of_first = [label[0]], label.end(), label.end()
    for _ in range(_MOST_LABELS):
        dot = _DOT.match(text, end)
        label = _LABEL.match(text, dot.end()) if dot else None
        if dot is None or label is None or (dot.lastgroup in ("comma", "loose") and label[0] not in _TLD):
            break
        labels.append(label[0])
        end = label.end()
    known = labels[0] in _PROVIDERS
    whole = len(labels) > 1 and len(labels[-1]) > 1 and labels[-1].isalpha()
    tight = at.lastgroup == "sign" and " " not in at[0]
    if whole and (tight or labels[-1] in _TLD or known):
        return end
    if known or (tight and not _is_playful(local, labels[0])):
        return end if whole else end_of_first
    bracketed = at.lastgroup == "bracket" and "at" in at[0] and at[0].strip()[0] == "("
    return end if bracketed and len(labels[0]) > 1 else 0


def _is_playful(local: str, host: str) -> bool:
    """Whether a word with an @ in it is rather a name, such as Digi@Kiel, c@fé or kamer@2."""
    word = local.strip("\"'")
    if len(host) == 1 or host.isdigit() or not any(sign.isalpha() for sign in word):
        return True
    return word.isalpha() and (len(word) == 1 or len(host) == 2 or word in _PLAYFUL_BEFORE or host in _PLAYFUL_BEHIND)


# --- all together ----------------------------------------------------------------------------------------------------

_ENOUGH_DIGITS = re.compile(r"\d(?:[^\da-z]{0,6}\d){5}|[a-z]\d\d[ .-]?[a-z]{4}[ .-]?\d\d")
"""Digits enough for a number, or the beginning of a foreign bank account."""
_WRITTEN_AT = re.compile(r"@|%[0-9a-f]|[ (*_-]at[ )*_-]|\(a\)|apenst")
_TO_A_PERSON = re.compile(r"(?:facebook|fb|instagram|linkedin|whatsapp|viber)\.|\.me/|signal\.|telegram\.")


def _spans(text: str) -> list[Span]:
    """Where contact details stand in a text as it is read, in order."""
    with_digits = _ENOUGH_DIGITS.search(text) is not None  # most cells have none of these three: look for them first
    with_at = ("@" in text or "%" in text or "at" in text or "a)" in text or "apenst" in text) and _WRITTEN_AT.search(
        text
    ) is not None
    if not (with_digits or with_at or ("." in text and _TO_A_PERSON.search(text))):
        return []
    if with_digits:
        text = _LETTER_FOR_DIGIT.sub(lambda letter: "0" if letter[0] == "o" else "1", text)
    links = list(_links(text)) if "/" in text or "www." in text else []
    found = list(_addresses(text)) if with_at else []
    found += number_spans(text, links) if with_digits else []
    return _merged([*(link for link in links if _leads_to_a_person(text[slice(*link)])), *_outside(found, links)])


def _outside(found: list[Span], links: list[Span]) -> Iterator[Span]:
    """What was found outside links; when it runs into a link, together with that link."""
    rest = iter(links)
    link = next(rest, None)
    for start, stop in sorted(found):
        while link is not None and link[1] <= start:
            link = next(rest, None)
        if link is None or link[0] >= stop:
            yield start, stop
        elif start < link[0] or stop > link[1]:
            yield min(start, link[0]), max(stop, link[1])


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, stop in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def has_personal(text: str) -> bool:
    """Whether a text holds an e-mail address, somebody's number, or a link that leads to a person.

    Examples
    --------
    >>> has_personal("bel 0470 12 34 56"), has_personal("https://example.org/a?id=123456789"), has_personal("2060")
    (True, False, False)
    >>> has_personal("09.00-12.00 13.30-16.30"), has_personal("+32 3 123 45 67")
    (False, True)
    """
    return bool(_spans(_read(text)[0]))


def mask_personal(text: str) -> str:
    """The text with e-mail addresses, numbers of people and links to them replaced by `MASK`; other links stay.

    Examples
    --------
    >>> mask_personal("vraag naar an@example.org of 03 123 45 67.")
    'vraag naar [contactgegeven verborgen] of [contactgegeven verborgen].'
    >>> mask_personal("Jan (at) example punt be, https://wa.me/32470123456")
    '[contactgegeven verborgen], [contactgegeven verborgen]'
    """
    while True:
        read, places = _read(text)
        spans = _spans(read)
        if not spans:
            return text
        if places is not None:
            spans = [(places[start], places[stop - 1] + 1) for start, stop in spans]
        parts, done = [], 0
        for start, stop in spans:
            parts += [text[done:start], MASK]
            done = stop
        text = "".join([*parts, text[done:]])


def masked_start(text: str, longest: int, end: str = "") -> str:
    """The beginning of a text, without contact details: what is cut off can no longer hide what is left.

    Everything that shortens a text of a person goes through here, so that masking always comes before cutting.

    Parameters
    ----------
    text : str
    longest : int
        Characters that stay.
    end : str
        What stands behind them when something was cut off.

    Examples
    --------
    >>> masked_start("bel 0470 12 34 56", 8)
    'bel [con'
    """
    masked = mask_personal(text)
    return masked if len(masked) <= longest else masked[:longest] + end


LONGEST_VALUE = 200
"""Characters of a cell that a problem repeats."""
LONGEST_QUOTE = 60


def quoted(text: str) -> str:
    """A cell's text as a message repeats it: one line, shortened, in quotes, without personal contact details.

    Examples
    --------
    >>> quoted("Oudern")
    '"Oudern"'
    """
    return f'"{masked_start(" ".join(text.split()), LONGEST_QUOTE, "…")}"'
