"""Characters that have no place in a cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einclusie_data.contract.text import plain_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Kiel ", "Kiel"),
        ("a\r\nb\rc\x0bd\u2028e", "a\nb\nc\nd\ne"),
        ("a\tb\xa0c\u202fd", "a b c d"),
        ("a\x00\x07\x1b\x7f\x9fb", "ab"),
        ("\ufeffa\u200b\u202e\u2066b\u2069\xad", "ab"),
        ("a\ud83d", "a"),
        ("\ud83d\ude00", "\U0001f600"),
        ("خدمت\u200cها", "خدمت\u200cها"),
        ("\xa0\n\u200b", ""),
    ],
)
def test_a_text_becomes_what_a_cell_may_hold(text: str, expected: str) -> None:
    assert plain_text(text) == expected


@given(st.text(st.characters()))
def test_cleaning_twice_changes_nothing_and_gives_valid_text(text: str) -> None:
    once = plain_text(text)
    assert plain_text(once) == once
    assert once.encode().decode() == once
