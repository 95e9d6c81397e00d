"""Contact details in any notation are never readable; what only looks like one stays as it was (DESIGN §3)."""

from __future__ import annotations

import ast
import csv
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from einclusie_data.contract import privacy
from einclusie_data.contract.privacy import MASK, has_personal, mask_personal, masked_start

DATA = Path(__file__).parents[1] / "data"
PACKAGE = Path(privacy.__file__).parents[1]
SENTENCES = (
    "{}",
    "Vraag naar Jan: {}",
    "{} is het nummer van Jan",
    "Kom elke dinsdag van 9.00 tot 12.00 uur (of {}).",
    "Turnhoutsebaan 139, 2140 Borgerhout; {}; sinds 2018-2019",
)


def _texts(name: str) -> list[str]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [row["tekst"] for row in csv.DictReader(file)]


PERSONAL, HARMLESS = _texts("contactgegevens.csv"), _texts("geen_contactgegevens.csv")


def _left(text: str) -> str:
    """What a reader can still see of a masked text: plain digits and letters."""
    return privacy._read(text.replace(MASK, " "))[0]


def test_the_lists_are_long_enough():
    assert len(set(PERSONAL)) >= 150
    assert len(set(HARMLESS)) >= 120


@pytest.mark.parametrize("text", PERSONAL)
def test_a_contact_detail_is_never_readable(text: str):
    assert has_personal(text)
    for sentence in SENTENCES:
        empty = re.findall(r"\d", _left(sentence.format("")))
        masked = mask_personal(sentence.format(text))
        left = _left(masked)
        assert MASK in masked
        assert "@" not in left
        assert len(re.findall(r"\d", left)) - len(empty) <= 2, masked  # "56/57": the second of two numbers
        assert not re.search(r"peeters|gmail|jan2?[ (]*(?:at|a|apen)\b", left.replace("anpeeters", "peeters")), masked


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_a_contact_detail_stays(text: str):
    assert mask_personal(text) == text
    assert not has_personal(text)


# --- properties ------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    ["les", "digipunt", "kom", "elke", "dinsdag", "vraag naar", "Jan", "bib", "tablet,", "of;", "gratis:", "Kiel"]
)
GAPS = ["", " ", ".", "-", "/", " - ", "\u00a0", "–", "_", "·", "\u202f", " / ", "\u200b", "\n", ") ", " ("]
SIGNS = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"]


@st.composite
def mobile_numbers(draw: st.DrawFn) -> str:
    """A Belgian mobile number, cut anywhere, in any digits."""
    own = draw(st.from_regex(r"4[5-9]\d{7}", fullmatch=True))
    digits = draw(st.sampled_from(["0", "0032", "+32", "+32 (0) "]))
    cuts = draw(st.sets(st.integers(1, len(own) - 1), max_size=5))
    for place, digit in enumerate(own):
        digits += (draw(st.sampled_from(GAPS)) if place in cuts else "") + digit
    return digits.translate(str.maketrans("0123456789", draw(st.sampled_from(SIGNS))))


@st.composite
def grouped_numbers(draw: st.DrawFn) -> str:
    """A number of a landline, of another country, of the register, or of a mobile phone without its zero."""
    shapes = ["0_ ___ __ __", "0__ __ __ __", "0________", "+__ ___ ___ ___", "00__ ___ ___ ___", "4[5-9]_ __ __ __"]
    shape = draw(st.sampled_from([*shapes, "06 ________", "__.__.__-___.__", "4[5-9]_______"]))
    gap = draw(st.sampled_from([" ", ".", "-", "\u00a0", "–"]))
    pattern = shape.replace("+", r"\+").replace(".", r"\.").replace(" ", re.escape(gap))
    return draw(st.from_regex(pattern.replace("_", "[2-9]"), fullmatch=True))


@settings(max_examples=300, deadline=None)
@given(st.one_of(mobile_numbers(), grouped_numbers()), st.lists(WORDS, max_size=4), st.lists(WORDS, max_size=4))
def test_a_number_in_any_sentence_is_masked(number: str, before: list[str], behind: list[str]):
    masked = mask_personal(" ".join([*before, number, *behind]))
    assert not re.search(r"\d", _left(masked)), masked


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=12), st.sampled_from(PERSONAL), st.sampled_from(HARMLESS)), max_size=6))
def test_masking_twice_is_masking_once(parts: list[str]):
    masked = mask_personal(" ".join(parts))
    assert mask_personal(masked) == masked
    assert not has_personal(masked)


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=("N", "S", "P", "C")), max_size=80))
def test_a_text_of_words_alone_is_left_alone(text: str):
    if not re.search(r"\bat\b|apenst", privacy._read(text)[0]):
        assert mask_personal(text) == text


# --- cutting ---------------------------------------------------------------------------------------------------------


@given(st.sampled_from(PERSONAL), st.integers(0, 60), st.integers(1, 80))
@settings(deadline=None)
def test_a_cut_never_shows_a_part_of_a_contact_detail(text: str, before: int, longest: int):
    left = _left(masked_start("x" * before + " " + text, longest))
    assert len(re.findall(r"\d", left)) <= 2
    assert "@" not in left


def test_nothing_is_cut_before_it_is_masked():
    """A slice inside a call that masks or quotes would hide that the rest is a number."""
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Call) and name in ("mask_personal", "masked_start", "quoted", "short_text"):
                inner = [one for part in node.args for one in ast.walk(part) if isinstance(one, ast.Subscript)]
                wrong += [
                    f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}"
                    for one in inner
                    if isinstance(one.slice, ast.Slice)
                ]
    assert [one for one in wrong if not one.startswith("decisions/words.py")] == []  # there: a capital first letter


# --- time ------------------------------------------------------------------------------------------------------------

HARD = (
    "1", "1 ", "0 ", "04 ", "045 ", "04.5", " at", "@", "a@", "a @ ", "a.", "http://", "www.", "x.be/", "(", "+", "+3 ",
    "a ", "1/2/2024 ", "2000 ", "be12 ", "be12", "be12 abcd efgh ij12 ", "12,", "tel 0470 12 34 56 ", "1 000 ", "00 ",
    "btw be 0123", "isbn 978 ", "1-", "\u200b1", "[at]", "a[at]b", "a@b dot ", "http://a.be/0470123456 ", "a@b.c",
    "x@x.be", "%25", "9.00-12.00 ", "1" * 15 + " ", "jan at b punt ",
)  # fmt: skip


def _seconds(text: str) -> float:
    times = []
    for _ in range(3):
        start = time.process_time()
        mask_personal(text)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("piece", HARD)
def test_four_times_the_text_does_not_take_sixteen_times_the_time(piece: str):
    """The square would be 16; a straight line is 4."""
    text = piece * (40_000 // len(piece))
    quarter, whole = _seconds(text[: len(text) // 4]), _seconds(text)
    assert whole < 9 * quarter + 0.05
