"""Numbers that lead to a person in a plain text: phone numbers of any country, register numbers, bank accounts.

Decided by evidence, not by a list of notations. Digits that stand close together are one *chain*. What begins as a
number abroad or as a Belgian mobile number is one. Of the rest, whatever reads as dates, hours, years, postcodes,
coordinates or amounts is harmless; eight digits or more that nothing explains are taken for somebody's number.

Google's libphonenumber (the package phonenumbers 9.0.43) was tried on the notations in tests/data instead. It asks
whether a number is valid, and so misses 102 of 240 (a missing zero, letters against a number, digits in odd groups);
asked whether a number is possible, it takes 70 of 223 harmless texts for one (hours, dates, postcodes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]

FEWEST_DIGITS = 8
"""Digits of the shortest number that is masked without a word like "tel" before it."""
FEWEST_AFTER_WORD = 6
_MOST_DIGITS = 15
"""Digits of the longest number abroad (ITU-T E.164)."""
_LONGEST_GAP = 6
_LOOK_BACK = 24
_SHORTEST_BANK, _LONGEST_BANK = 15, 34
_LIST_STEP = 50
"""Numbers of one length that each rise by less than this are a list: rooms, lines, rows."""

_SOFT = frozenset(" .-/()_'\"*~\\")
"""What people put inside one number."""
_HARD = _SOFT | frozenset(",;:|+&=")
"""What may also stand inside a mobile number, but usually stands between two numbers."""

_DIGITS = re.compile(r"\d+")
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_CLOCK = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
_HOUR = r"(?:[01]?\d|2[0-4])"
_SURE = re.compile(
    rf"{_YEAR}(?P<a>[-./]){_MONTH}(?P=a){_DAY}(?!\d|(?P=a)\d)"
    rf"|{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[ _-]?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?!\d)"
    rf"|{_DAY}(?P<b>[-./]){_MONTH}(?P=b){_YEAR}(?!\d|(?P=b)\d)"
    rf"|{_MONTH}/{_DAY}/{_YEAR}(?!\d|/\d)"
    rf"|{_CLOCK} ?- ?{_CLOCK}(?!\d|[.:]\d)"
    rf"|{_YEAR} ?[-/] ?(?:{_YEAR}|\d\d)(?!\d|[-/.]\d)"
    r"|(?:49|5[01])(?P<e>[.,])\d{4,}(?!\d|(?P=e)\d)|[2-6]\.\d{4,}(?!\.?\d)"
    r"|0[.,]0\d+(?![.,]?\d)"
    r"|1[3-7]\d\.?\d{3}(?:[.,]\d{1,3})?[ ;,/]{1,3}(?:19|2[0-3])\d\.?\d{3}(?:[.,]\d{1,3})?(?!\d)"
)
"""What is no number of a person wherever it stands: a whole date, two hours, two years, a point on the map."""
_SURE_APART = re.compile(rf"(?<!\d)(?<!\d[.,/-])(?<![+])(?:{_SURE.pattern})")
_SOFT_TOKEN = re.compile(
    rf"{_DAY}(?P<c>[-./ ]){_MONTH}(?P=c)(?:{_YEAR}|\d\d)(?!\d|(?P=c)\d)"
    rf"|{_YEAR} {_MONTH} {_DAY}(?!\d)"
    rf"|{_CLOCK}(?!\d|[.:]\d)"
    rf"|{_DAY}(?P<d>[-./]){_MONTH}(?!\d|(?P=d)\d)"
    r"|(?:[01]\d|2[0-4])[0-5]\d ?- ?(?:[01]\d|2[0-4])[0-5]\d(?!\d|[-.]\d)"
    rf"|{_HOUR} ?- ?{_HOUR}(?!\d|[-.]\d)"
    r"|20\d\d[-/]\d{3,5}(?!\d|[-/]\d)"
    r"|\d{1,3}(?: ?[-/] ?\d{1,3})?(?= [1-9]\d{3} [^\W\d])"
    r"|[1-9]\d{3}(?!\d)"
)
"""What is harmless when nothing else stands beside it: a day, an hour, a house before its postcode, a postcode."""
_KEPT = re.compile(
    r"\b(?:kbo|btw|tva|vat|ondernemings?(?:nummer|nr)?)\b[^\w]{0,3}(?:nummer|nr)?[^\w]{0,3}(?:be)?[ .]{0,2}"
    r"[01]\d{3}[ .]?\d{3}[ .]?\d{3}(?!\d)"
    r"|\bbe ?[01]\d{3}\.\d{3}\.\d{3}(?!\d)"
    r"|\bisbn\b[^\w]{0,3}(?:1[03])?[^\w]{0,3}(?:97[89][ -]?)?\d(?:[ -]?\d){8}[ -]?[\dx]"
    r"|\bd/\d{4}/[\d.]{1,6}/\d{1,4}(?!\d)"
    r"|(?:€|\beur(?:o)?) ?[1-9]\d{0,2}(?:[. ]?\d{3}){0,4}(?:,(?:\d\d?|-))?(?!\d)"
    r"|(?<![\d.+])(?<!\d[ ./,()-])(?<![+(] )[1-9]\d{0,2}(?:[. ]?\d{3}){0,4}(?:,\d\d?)? ?(?:€|euro?\b|inwoners|personen|"
    r"mensen|bezoekers|deelnemers|leden|stuks|gezinnen|keer|miljoen|km|m2)"
)
"""Numbers that a word or a sign beside them explains."""
_CONTACT_WORD = re.compile(
    r"(?:tel|telefoon(?:nummer|nr)?|telnr|tel\.? ?nr|gsm(?:nummer|nr)?|gsm-nr|mobiel|mobile|phone|fax|bel|bellen|"
    r"opbellen|whatsapp|sms|sms'en|nummer|privé|thuis)[ .:=()/-]{0,4}$|[☎✆📞📱☏][ .:=()/-]{0,4}$"
)
_LIST_WORD = re.compile(
    r"\b(?:lijn|lijnen|bus|bussen|tram|trams|rij|rijen|kamers?|lokaal|lokalen|zaal|zalen|blz|pagina|pagina's|nrs|"
    r"huisnummers?|postcodes?|wijken)[ .:=()]{0,3}$"
)
_BANK = re.compile(r"(?<![a-z0-9])[a-z]{2}\d\d(?:[ .-]?[a-z0-9]{4}){2,7}(?:[ .-]?[a-z0-9]{1,3})?(?![a-z0-9])")
_OWN_SHAPE = re.compile(r"(?:00?|32)?4[5-9]\d{7}|0032\d{8,9}|0[1-9]\d{7}|0[67]\d{8}|32[1-9]\d{7}")
"""Belgian numbers with or without what comes before them, and mobile numbers of France and the Netherlands."""
_WORD_AGAINST = re.compile(r"[^\W\d_]")
_MOBILE = re.compile(r"04[5-9]")


@dataclass(frozen=True)
class _Group:
    """Digits without anything between them; `soft` and `linked` say how they hang on the group before."""

    start: int
    end: int
    digits: str
    soft: bool
    linked: bool


def number_spans(text: str, inside: Sequence[Span] = ()) -> list[Span]:
    """Where numbers of people stand.

    Parameters
    ----------
    text : str
        Lower case, with plain digits, spaces, dashes, dots and brackets (see `privacy`).
    inside : sequence of (int, int)
        Links, in order: digits wholly inside them count only as the beginning of a number that goes on behind it.

    Returns
    -------
    list of (int, int)
        In order; they may touch but do not overlap.
    """
    if not _DIGITS.search(_SURE_APART.sub("", text)):
        return []
    banks = list(_bank_accounts(text))
    spans = _outside_of(banks, text, inside)
    if spans:  # most digits are explained without a word beside them: look for those words last
        spans = _outside_of([*banks, *(match.span() for match in _KEPT.finditer(text))], text, inside)
    return sorted(banks + spans)


def _outside_of(known: Sequence[Span], text: str, inside: Sequence[Span]) -> list[Span]:
    """The numbers in the digits that are not in some known stretches."""
    marked, links = _Marked(known), _Marked(inside)
    return [span for chain in _chains(text, marked) for span in _in_chain(text, chain, links)]


class _Marked:
    """Whether a place is inside one of some spans, asked from left to right."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)
        self._next = 0

    def __contains__(self, place: int) -> bool:
        while self._next < len(self._spans) and self._spans[self._next][1] <= place:
            self._next += 1
        return self._next < len(self._spans) and self._spans[self._next][0] <= place


def _bank_accounts(text: str) -> Iterator[Span]:
    """International bank account numbers, told by their check digits (ISO 13616)."""
    for match in _BANK.finditer(text):
        start, end = match.span()
        ends = [place for place in range(start + _SHORTEST_BANK, end + 1) if place == end or text[place] in " .-"]
        for stop in reversed(ends):  # words behind it may look like a part of it
            account = re.sub(r"[ .-]", "", text[start:stop])
            if _SHORTEST_BANK <= len(account) <= _LONGEST_BANK and _has_check_digits(account):
                yield start, stop
                break


def _has_check_digits(account: str) -> bool:
    number = "".join(str(int(sign, 36)) for sign in account[4:] + account[:4])
    return int(number) % 97 == 1


def _chains(text: str, kept: _Marked) -> Iterator[list[_Group]]:
    """Groups of digits that stand close together."""
    chain: list[_Group] = []
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        if start in kept:
            if chain:
                yield chain
            chain = []
            continue
        gap = text[chain[-1].end : start] if chain and start - chain[-1].end <= _LONGEST_GAP else None
        linked = gap is not None and _HARD.issuperset(gap)
        if chain and not linked:
            yield chain
            chain = []
        chain.append(_Group(start, end, match[0], linked and gap is not None and _SOFT.issuperset(gap), linked))
    if chain:
        yield chain


def _in_chain(text: str, chain: list[_Group], inside: _Marked) -> list[Span]:
    """The numbers in one chain."""
    if sum(len(group.digits) for group in chain) < FEWEST_AFTER_WORD:
        return []
    tokens = [_harmless_end(_SURE, text, group) for group in chain]
    ends = {group.end: place + 1 for place, group in enumerate(chain)}
    sure = [ends.get(end, 0) for end in tokens]
    linked = [group.start in inside for group in chain]
    tiled = _tiled(text, chain, sure, ends)
    spans: list[Span] = []
    rest: list[_Group] = []
    place = 0
    while place < len(chain):
        end = 0 if tiled[place] else (_abroad(text, chain, place, sure) or _mobile(chain, place))
        if end:
            spans.append(_span(text, chain, place, end))
        else:
            end = sure[place]
        if end:
            spans += _unexplained(text, rest)
            rest, place = [], end
            continue
        if rest and (not chain[place].soft or linked[place]):
            spans += _unexplained(text, rest)
            rest = []
        if not linked[place] and not tiled[place]:
            rest.append(chain[place])
        place += 1
    return spans + _unexplained(text, rest)


def _harmless_end(pattern: re.Pattern[str], text: str, group: _Group) -> int:
    match = pattern.match(text, group.start)
    return match.end() if match else 0


def _tiled(text: str, chain: list[_Group], sure: list[int], ends: dict[int, int]) -> list[bool]:
    """For every group, whether the stretch between hard gaps that it is in reads wholly as harmless tokens."""
    soft = [ends.get(_harmless_end(_SOFT_TOKEN, text, group), 0) for group in chain]
    result = [False] * len(chain)
    start = 0
    for stop in range(1, len(chain) + 1):
        if stop == len(chain) or not chain[stop].soft:
            if _reads(range(start, stop), sure, soft) and not _is_card(chain[start:stop]):
                words = _CONTACT_WORD.search(text, max(0, chain[start].start - _LOOK_BACK), chain[start].start)
                only_fours = all(len(group.digits) == 4 for group in chain[start:stop])
                if not (words and only_fours and stop - start == 2):
                    result[start:stop] = [True] * (stop - start)
            start = stop
    return result


def _reads(places: range, sure: list[int], soft: list[int]) -> bool:
    """Whether tokens cover all places, from the last to the first."""
    good = {places.stop}
    for place in reversed(places):
        if sure[place] in good or soft[place] in good:
            good.add(place)
    return places.start in good


def _is_card(groups: list[_Group]) -> bool:
    """Four times four digits with the check digit of a bank card (ISO/IEC 7812), and no list of postcodes."""
    if [len(group.digits) for group in groups] != [4] * 4 or all(group.digits[0] in "12" for group in groups):
        return False
    digits = [int(digit) for group in groups for digit in group.digits]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[::2]]
    return (sum(doubled) + sum(digits[1::2])) % 10 == 0


def _abroad(text: str, chain: list[_Group], place: int, sure: list[int]) -> int:
    """The end of a number that begins with + or 00, else 0."""
    group, before = chain[place], text[max(0, chain[place].start - 3) : chain[place].start]
    plus = re.search(r"(?<!\d)\+[ (]{0,2}$", before) is not None
    zeros = re.match(r"00[1-9]\d", group.digits) is not None or (
        group.digits == "00" and place + 1 < len(chain) and text[group.end : chain[place + 1].start] in (" ", "-", " (")
    )
    if not plus and not zeros:
        return 0
    digits, end = "", place
    while end < len(chain) and len(digits) + len(chain[end].digits) <= _MOST_DIGITS + 2 * zeros:
        if end > place and (
            not chain[end].soft or (sure[end] and len(digits) >= FEWEST_DIGITS) or _is_whole(digits, chain[end], text)
        ):
            break
        digits += chain[end].digits
        end += 1
    return end if len(digits) >= FEWEST_DIGITS + 2 * zeros else 0


def _is_whole(digits: str, following: _Group, text: str) -> bool:
    """Whether a number abroad is complete before the next group of digits."""
    own = digits.removeprefix("00")
    if own.startswith("32"):
        national = own[2:].removeprefix("0")
        return len(national) >= (9 if re.match("4[5-9]", national) else 8)
    return len(own) > FEWEST_DIGITS and (following.digits[0] == "0" or text[following.start - 1] in "/+")


def _mobile(chain: list[_Group], place: int) -> int:
    """The end of a Belgian mobile number that begins at a group, else 0."""
    digits, end, loose = "", place, len(chain[place].digits) == 4
    while end < len(chain) and len(digits) < 10:
        if end > place and not (chain[end].soft or (loose and chain[end].linked)):
            return 0
        digits += chain[end].digits
        if not "0450".startswith(digits[:2]) or (len(digits) > 2 and not _MOBILE.match(digits)):
            return 0
        end += 1
    return end if len(digits) == 10 else 0


def _unexplained(text: str, groups: list[_Group]) -> list[Span]:
    """The stretch of digits that nothing explained, when it is long enough for a number."""
    digits = "".join(group.digits for group in groups)
    if len(digits) < FEWEST_AFTER_WORD:
        return []
    first, last = groups[0].start, groups[-1].end
    back = max(0, first - _LOOK_BACK)
    span = [_span(text, groups, 0, len(groups))]
    if _CONTACT_WORD.search(text, back, first):
        return span
    if len(digits) < FEWEST_DIGITS:
        return []
    if _OWN_SHAPE.fullmatch(digits) and (_one_rhythm(text, groups) or digits[0] != "0"):
        return span
    if _LIST_WORD.search(text, back, first):
        return []
    glued = (first > 0 and _WORD_AGAINST.match(text[first - 1])) or _WORD_AGAINST.match(text[last : last + 1])
    if glued or max(len(group.digits) for group in groups) <= 2 or _is_list(groups):
        return []
    return span


def _one_rhythm(text: str, groups: list[_Group]) -> bool:
    """Whether small groups hang together by one sign, that behind the first apart: no list of days or hours."""
    if max(len(group.digits) for group in groups) > 2:
        return True
    gaps = [text[one.end : two.start] for one, two in pairwise(groups)]
    return len(set(gaps[1:])) <= 1 and "/" not in gaps[1:]


def _is_list(groups: list[_Group]) -> bool:
    """Whether the groups are numbers apart: rising room numbers, an address of a computer, a number with its year."""
    if len(groups) == 1:
        return len(groups[0].digits) == FEWEST_DIGITS and groups[0].digits.startswith("20")
    numbers = [int(group.digits[:9]) for group in groups]
    if len(groups) == 4 and groups[0].digits[0] != "0" and max(numbers) <= 255 and len(groups[0].digits) == 3:
        return True
    steps = [two - one for one, two in pairwise(numbers)]
    same = len({len(group.digits) for group in groups}) == 1
    return same and all(0 < step < _LIST_STEP for step in steps)


def _span(text: str, groups: list[_Group], place: int, end: int) -> Span:
    """The groups with the + and the opening bracket before them, and a bracket behind them."""
    start, stop = groups[place].start, groups[end - 1].end
    before = re.search(r"[(+][ (+]{0,2}$", text[max(0, start - 3) : start])
    start -= len(before[0]) if before else 0
    return start, stop + (text[stop : stop + 1] == ")" and "(" in text[start:stop])
