"""PDF with Typst: tagged, and text from a spreadsheet is only ever text."""

from __future__ import annotations

import logging

import pytest

from einclusie_data.contract.errors import DocumentError
from einclusie_data.files.write import pdf as typst_pdf
from tests.pdf import bookmarks, printed, reader, text_of

HOSTILE = [
    "#panic()",
    '#image("/etc/passwd")',
    '#read("delen.typ")',
    "$x^2 + y$",
    "@ref en <label>",
    "a \\ b \\u{41} \\\\",
    "= geen kop",
    "- geen lijst",
    "*niet vet* _niet schuin_ `niet code`",
    "// geen commentaar /* ook niet */",
    "[inhoud] {code} ]]]",
    "#set text(size: 99pt)",
    "https://example.org/a_b*c",
    '"; panic() //',
    "~ -- --- ... 'a' \"b\"",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_from_a_spreadsheet_is_shown_as_it_is(text: str):
    content = printed(text)
    assert text in text_of(content)
    assert "geen kop" not in [title for _, title in bookmarks(content)]


def test_a_long_word_stays_on_the_paper():
    content = printed("a" * 2_000)
    assert "a" * 2_000 in text_of(content).replace(" ", "")
    ends = []
    for page in reader(content).pages:
        page.extract_text(visitor_text=lambda text, _, matrix, *__: ends.append(matrix[4]) if "a" in text else None)
    assert max(ends) < 595


def test_a_document_is_tagged_dutch_and_has_a_title():
    root = reader(printed("Tekst")).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower() == "nl-be"
    assert root["/StructTreeRoot"]["/K"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    information = reader(printed("Tekst")).metadata
    assert information is not None
    assert information.title == "Wijkfiches: Proef"


def test_fonts_travel_with_the_document():
    fonts = [
        font.get_object()
        for page in reader(printed("Tekst")).pages
        for font in page["/Resources"].get_object()["/Font"].get_object().values()
    ]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert descriptors
    assert all("/FontFile2" in one or "/FontFile3" in one for one in descriptors)


def test_what_cannot_be_made_is_one_dutch_sentence_without_data(caplog):
    with caplog.at_level(logging.ERROR, "einclusie"), pytest.raises(DocumentError, match="We konden dit document"):
        typst_pdf.compile_pdf("wijkfiche.typ", {"naam": "geheim"})
    assert "geheim" not in caplog.text
    assert "wijkfiche.typ" in caplog.text


def test_pictures_have_as_many_pages():
    data = {"name": "Proef", "districts": [], "made": [2026, 11, 23]}
    about = {"product": "P", "question": "V", "view": "w", "origin": "o", "verdicts": [], "calculation": []}
    about |= {"limits": ["Tekst"], "misuse": [], "sources": []}
    pictures = typst_pdf.compile_pictures("boekje.typ", data | {"about": about}, ppi=20)
    assert all(one.startswith(b"\x89PNG") for one in pictures)
    assert len(pictures) == len(reader(printed("Tekst")).pages)
