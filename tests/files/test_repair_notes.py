"""Notes and their boxes, part by part."""

from __future__ import annotations

import pytest

from einclusie_data.contract.errors import UnreadableFileError
from einclusie_data.files.repair.notes import (
    EMPTY_DRAWING,
    FIRST_LINE,
    NotesChange,
    change_drawing,
    change_notes,
    empty_comments,
)
from einclusie_data.files.repair.package import Element, parse_tree

BOX = (
    '<v:shape id="_x0000_s1030"><x:ClientData ObjectType="Note"><x:Anchor>1, 15, 0, 2, 3, 15, 4, 4</x:Anchor>'
    "<x:Row>1</x:Row><x:Column>3</x:Column></x:ClientData></v:shape>"
)
DRAWING = EMPTY_DRAWING.replace("</xml>", f"{BOX}</xml>").encode()


def every(parent: Element, kind: str) -> list[Element]:
    return [found for one in parent.children for found in ([one] if one.kind == kind else []) + every(one, kind)]


def words(data: bytes) -> dict[str, str]:
    """Cell -> text of its note."""
    return {
        one.attributes["ref"]: "".join(text.text for text in every(one, "t"))
        for one in every(parse_tree(data), "comment")
    }


def test_a_note_is_added_renewed_and_taken_away() -> None:
    first = change_notes(empty_comments("x"), {"D2": ["a\nb"]})
    assert words(first.data) == {"D2": f"{FIRST_LINE}\n• a b"}
    assert (first.added, first.removed) == (["D2"], [])
    second = change_notes(first.data, {"D2": ["c"], "E2": ["d"]})
    assert words(second.data) == {"D2": f"{FIRST_LINE}\n• c", "E2": f"{FIRST_LINE}\n• d"}
    assert (second.added, second.removed) == (["E2"], [])
    last = change_notes(second.data, {})
    assert words(last.data) == {}
    assert last.removed == ["D2", "E2"]


def test_what_someone_typed_around_our_part_stays() -> None:
    note = f"van mij\n\n{FIRST_LINE}\n• oud\n• ouder\nen nog iets"
    data = change_notes(empty_comments("x"), {"A1": ["x"]}).data
    data = data.replace(words(data)["A1"].encode("ascii", "xmlcharrefreplace"), note.encode())
    assert words(data)["A1"] == note
    assert words(change_notes(data, {}).data)["A1"] == "van mij\nen nog iets"
    assert words(change_notes(data, {"A1": ["nieuw"]}).data)["A1"] == (f"van mij\nen nog iets\n\n{FIRST_LINE}\n• nieuw")


@pytest.mark.parametrize("text", ["<b> & co", "_x0041_", "a\x07b", '"citaat"', "één €"])
def test_any_text_is_text(text: str) -> None:
    data = change_notes(empty_comments("x"), {"A1": [text]}).data
    shown = words(data)["A1"].removeprefix(f"{FIRST_LINE}\n• ")
    assert shown.replace("_x005F_", "_") == text.replace("\x07", "")
    assert ("_x005F_" in shown) == (text == "_x0041_")


def test_a_comments_part_with_a_doctype_is_refused() -> None:
    with pytest.raises(UnreadableFileError):
        change_notes(b"<!DOCTYPE x><comments/>", {"A1": ["x"]})


def test_a_part_without_a_list_is_left_alone() -> None:
    assert change_notes(b"<comments/>", {"A1": ["x"]}) == NotesChange(b"<comments/>")


def test_a_box_grows_with_its_note_and_goes_with_it() -> None:
    grown = change_drawing(DRAWING, NotesChange(b"", grown={"D2": 6}))
    assert b"<x:Anchor>1, 15, 0, 2, 3, 15, 10, 4</x:Anchor>" in grown
    assert change_drawing(DRAWING, NotesChange(b"", grown={"D3": 6})) == DRAWING
    assert change_drawing(DRAWING, NotesChange(b"", removed=["D2"])) == EMPTY_DRAWING.encode()
    assert change_drawing(DRAWING, NotesChange(b"", removed=["D3"])) == DRAWING
    bare = b'<v:shape id="knop" />'
    more = DRAWING.replace(b"<v:shape ", bare + b"<v:shape ", 1)
    assert change_drawing(more, NotesChange(b"", removed=["D2"])) == EMPTY_DRAWING.encode().replace(
        b"</xml>", bare + b"</xml>"
    )


def test_new_boxes_get_numbers_of_their_own() -> None:
    data = change_drawing(DRAWING, NotesChange(b"", added=["A1", "B1100"])).decode()
    assert data.count('id="_x0000_s1031"') == data.count('id="_x0000_s1032"') == 1
    assert data.count("_x0000_t202") == 3
    assert "<x:Row>1099</x:Row><x:Column>1</x:Column>" in data
    parse_tree(data.encode())
