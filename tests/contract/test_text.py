"""Tolerant comparison: what is the same, what is a typo, and how cells are split."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einclusie_data.contract.codelists import (
    CODELISTS,
    DAYPART,
    GROUP,
    LANGUAGE,
    MODE,
    PRICE,
    SIGNUP,
    STATUS,
    TYPE,
    Codelist,
)
from einclusie_data.contract.text import (
    clean_text,
    closest_value,
    compact,
    hard_segments,
    known_words,
    match_value,
    normalise,
    split_values,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Één   plek ", "een plek"),
        ("Kinderen & jongeren", "kinderen en jongeren"),
        ("Kinderen + jongeren", "kinderen en jongeren"),
        ("60+", "60 plus"),
        ("'t Zuid", "t zuid"),
        ("Nieuw-Kwartier (oost)", "nieuw kwartier oost"),
        ("Naam aanbod*", "naam aanbod"),
        ("*", "*"),
        (" ** ", "*"),
        ("STRASSE ß", "strasse ss"),
        ("…!?", ""),
        ("", ""),
    ],
)
def test_normalise_drops_what_does_not_matter(text: str, expected: str) -> None:
    assert normalise(text) == expected


@given(st.text(max_size=60))
def test_normalise_is_stable(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert compact(text) == once.replace(" ", "")


def test_clean_text_removes_control_and_invisible_characters_but_keeps_lines() -> None:
    assert clean_text(" a\x00b\x0b\u200bc\r\nd\xa0 ") == "abc\nd"


def test_hard_segments_drop_bullets_and_empty_parts() -> None:
    assert hard_segments("- Ouderen\n• Werkzoekenden;;|\nKinderen") == ["Ouderen", "Werkzoekenden", "Kinderen"]


KNOWN = {"a", "b", "c", "a/b"}.__contains__


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a;b|c\na", ["a", "b", "c", "a"]),
        ("a, b", ["a", "b"]),
        ("a, x", ["a, x"]),
        ("a/b", ["a/b"]),
        ("b/a", ["b", "a"]),
        ("a, b/c", ["a", "b", "c"]),
        ("a, b/x", ["a, b/x"]),
        ("a, x; b, c", ["a, x", "b", "c"]),
        ("a,", ["a"]),
        (",", [","]),
        ("", []),
        (" ; ", []),
    ],
)
def test_split_values_splits_softly_only_when_every_part_is_known(text: str, expected: list[str]) -> None:
    assert split_values(text, KNOWN) == expected


@pytest.mark.parametrize(
    ("text", "codelist", "value"),
    [
        ("ouderen", GROUP, "Ouderen"),
        ("oudere", GROUP, "Ouderen"),
        ("Senioren", GROUP, "Ouderen"),
        ("60+", GROUP, "Ouderen"),
        ("ouder", GROUP, "Ouders en gezinnen"),
        ("ouders", GROUP, "Ouders en gezinnen"),
        ("Nieuwkomers", GROUP, "Anderstaligen en nieuwkomers"),
        ("Anderstaligen & nieuwkomers", GROUP, "Anderstaligen en nieuwkomers"),
        ("mensen met een beperking / gezondheidsprobleem", GROUP, "Mensen met een beperking of gezondheidsprobleem"),
        ("*", GROUP, "Iedereen"),
        ("*", MODE, "Hele stad"),
        ("GROEPSLESSEN", TYPE, "Groepsles of workshop"),
        ("digitale oefenkansen", TYPE, "Digitale oefenkans"),
        ("op-locatie", MODE, "Op locatie"),
        ("Beëindigd", STATUS, "Gestopt"),
        ("oekrains", LANGUAGE, None),
        ("Oekraiens", LANGUAGE, "Oekraïens"),
        ("nl", LANGUAGE, "Nederlands"),
        ("voormiddag", DAYPART, "Overdag"),
        ("nee", SIGNUP, "Vrije inloop"),
        ("", GROUP, None),
        ("?", GROUP, None),
    ],
)
def test_match_value_knows_synonyms(text: str, codelist: Codelist, value: str | None) -> None:
    assert match_value(text, codelist) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("€ 5", "Betalend"),
        ("€ 1.200", "Betalend"),
        ("5 euro per les", "Betalend"),
        ("2,50", "Betalend"),
        ("€2.50", "Betalend"),
        ("5,-", "Betalend"),
        ("€ 1,50 per persoon", "Betalend"),
        ("van 2 tot 5 euro", "Betalend"),
        ("0,01", "Betalend"),
        ("0", "Gratis"),
        ("0,00", "Gratis"),
        ("0 euro", "Gratis"),
        ("€ 0", "Gratis"),
        ("nee, kost niets", "Gratis"),
        ("GRATIS!", "Gratis"),
        ("0 - 5 euro", None),
        ("5 euro, gratis met kansentarief", None),
        ("cheque 40 euro = 1 uur", None),
        ("-5", None),
        ("vijf", None),
    ],
)
def test_prices_are_read_from_amounts(text: str, value: str | None) -> None:
    assert match_value(text, PRICE) == value


def test_an_amount_means_nothing_in_another_list() -> None:
    assert match_value("€ 5", GROUP) is None


def _words() -> list[tuple[str, str, Codelist]]:
    return [
        (value, word, codelist) for codelist in CODELISTS.values() for value in codelist.values for word in (value,)
    ]


@pytest.mark.parametrize(("value", "word", "codelist"), _words())
def test_every_value_matches_itself_however_it_is_spelled(value: str, word: str, codelist: Codelist) -> None:
    for spelling in (word, word.upper(), f" {word} ", word.replace(" ", "-"), word.replace(" en ", " & ")):
        assert match_value(spelling, codelist) == value


def test_no_word_stands_for_two_values() -> None:
    for codelist in CODELISTS.values():
        for value, synonyms in codelist.synonyms.items():
            assert value in codelist.values
            assert {known_words(codelist)[compact(synonym)] for synonym in synonyms} == {value}


LONG_VALUES = [
    (value, codelist) for codelist in CODELISTS.values() for value in codelist.values if len(compact(value)) > 6
]


@given(st.sampled_from(LONG_VALUES), st.data())
def test_a_typo_is_suggested_but_never_matched(choice: tuple[str, Codelist], data: st.DataObject) -> None:
    value, codelist = choice
    place = data.draw(st.integers(1, len(value) - 2))
    typo = value[:place] + data.draw(st.sampled_from("qxz")) + value[place:]
    assert match_value(typo, codelist) is None
    assert closest_value(typo, codelist) is not None


@given(st.sampled_from([value for value, _ in LONG_VALUES if value in GROUP.values]), st.data())
def test_two_letters_in_the_wrong_order_are_a_typo(value: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(value) - 2))
    typo = value[:place] + value[place + 1] + value[place] + value[place + 2 :]
    assert match_value(typo, GROUP) in ((value,) if compact(typo) == compact(value) else (None,))


def test_added_values_are_known_in_singular_and_plural() -> None:
    extended = GROUP.with_values(("Mantelzorgers", "Alleenstaanden", "Student"))
    assert [match_value(word, extended) for word in ("mantelzorger", "alleenstaande", "studenten", "mantelzorgrs")] == [
        "Mantelzorgers", "Alleenstaanden", "Student", None,
    ]  # fmt: skip
    assert match_value("mantelzorger", GROUP) is None


def test_closest_value_stays_silent_without_likeness() -> None:
    assert closest_value("Oudern", GROUP) == "Ouderen"
    assert closest_value("fietsenmaker", GROUP) is None
    assert closest_value("x" * 10_000, GROUP) is None
