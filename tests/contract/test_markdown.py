"""A text of people is shown as it was typed, wherever Markdown is read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einclusie_data.contract.markdown import safe_markdown
from einclusie_data.meeting import message as meeting_message
from einclusie_data.ui.parts.markup import plain

SEEN_AS_SOMETHING = re.compile(r":[\w+-][\w+/-]*:|:[a-z-]+\[", re.IGNORECASE)
"""What Streamlit replaces after escapes are resolved: an icon, a logo, an emoji; and a colour."""


def _resolved(text: str) -> str:
    """Markdown with its escapes taken away, as Streamlit's replacements see it."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


@pytest.mark.parametrize(
    "text",
    [":material/check:", ":streamlit:", ":smile:", ":+1:", ":red[rood]", ":blue-background[x]", "a:material/home:b",
     "::heart::", ":100:", ":small[x]", ":green-badge[x]", "9:00:00"],
)  # fmt: skip
def test_words_between_colons_are_no_icon(text: str):
    assert not SEEN_AS_SOMETHING.search(_resolved(plain(text)))
    assert _resolved(plain(text)).replace("\u200b", "") == text


@given(st.text(st.sampled_from(":abcmaterial/[]+-_1 "), max_size=30))
def test_no_text_becomes_an_icon(text: str):
    assert not SEEN_AS_SOMETHING.search(_resolved(plain(text)))


@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S", "Zs")), max_size=40))
def test_a_text_is_shown_as_it_was(text: str):
    for made in (plain(text), safe_markdown(text)):
        assert _resolved(made).replace("\u200b", "") == " ".join(text.split())


def test_a_message_uses_the_same_function():
    assert meeting_message.safe_markdown is safe_markdown
