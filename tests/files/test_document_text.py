"""Text for paper: everything that is let through can be printed, everything else is told apart."""

from __future__ import annotations

import re

from einclusie_data.files.write import printable as document_text
from einclusie_data.files.write.printable import (
    CUT,
    LONGEST_WORD,
    UNPRINTABLE,
    breakable,
    printable,
    printable_data,
    short,
)
from tests.pdf import printed, text_of


def all_printable() -> str:
    letters = re.compile(f"[{document_text._PRINTABLE}]")
    return "".join(chr(code) for code in range(0x20, 0x10000) if letters.match(chr(code)))


def test_every_character_that_is_let_through_has_a_font():
    characters = all_printable()
    assert len(characters) > 2_900
    replaced = [one for one in characters if printable(one) == UNPRINTABLE]
    assert replaced == ["\u2329", "\u232a", UNPRINTABLE]  # two brackets that Unicode itself replaces, and itself
    # the template refuses a document with a letter that no font has
    assert printed(" ".join(characters)).startswith(b"%PDF")


def test_what_no_font_has_is_told_apart_and_explained():
    text = text_of(printed("Thee 茶 😀 हिन्दी"))
    assert f"Thee {UNPRINTABLE} {UNPRINTABLE}" in text
    assert document_text.UNPRINTABLE_NOTE in text
    assert UNPRINTABLE not in text_of(printed("Thee"))


def test_other_alphabets_stay():
    texts = "Українська", "العربية", "Ελληνικά", "Türkçe", "Tiếng Việt", "€ 5 – ½ uur"
    assert [printable(text) for text in texts] == list(texts)
    letters = re.sub(r"\W", "", all_printable())  # joined, as in words
    shown = printed(*texts, letters, letters[::-1])
    assert "Українська" in text_of(shown)


def test_invisible_characters_and_lone_accents_are_left_out():
    assert printable("a\x00b\u202ec\u200bd\ue000") == "abcd"
    assert printable("e\u0301 x\u0489") == "é x"
    assert printable("half \ud83d teken") == "half  teken"


def test_a_long_text_says_that_it_was_cut():
    assert short("a" * 400) == "a" * 400
    assert short("a" * 401) == "a" * 400 + CUT


def test_only_very_long_words_may_be_broken():
    assert breakable("a" * LONGEST_WORD) == "a" * LONGEST_WORD
    assert breakable("a" * 90).split("\u200b") == ["a" * 40, "a" * 40, "a" * 10]


def test_data_is_cleaned_at_every_depth():
    data = {"a": ["x\x07", ("y\x07",)], "b": {"c": "z\x07"}, "d": 3, "e": None}
    assert printable_data(data) == {"a": ["x", ["y"]], "b": {"c": "z"}, "d": 3, "e": None}
