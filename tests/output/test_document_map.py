"""The map for paper: what it shows, in black and white too, and that names are only text."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from einclusie_data.contract import verdicts
from einclusie_data.output.paper.paper import (
    LOWEST,
    WIDTH,
    Mark,
    Paper,
    Shapes,
    groups_of_marks,
    map_svg,
    overlap,
    seen_wijken,
    shapes_of,
    view_box,
)
from tests.worlds import at, small_world

SVG = "{http://www.w3.org/2000/svg}"
FOUND = {"NOO01": verdicts.GAP, "NOO02": verdicts.COVERED, "ZUI01": verdicts.UNKNOWN, "ZUI02": verdicts.LIMITED}


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return shapes_of(small_world())


def drawing(shapes: Shapes, *marks: Mark, codes: tuple[str, ...] = ("NOO01",)) -> ET.Element:
    return ET.fromstring(map_svg(shapes, codes, FOUND, marks, view_box(shapes, codes, 500)))  # noqa: S314


def texts(svg: ET.Element) -> list[str]:
    return [one.text or "" for one in svg.iter(f"{SVG}text")]


def test_the_view_holds_the_wijken_and_what_is_around_them(shapes: Shapes):
    west, south, east, north = view_box(shapes, ["NOO01"], 500)
    x, y = at(500, 1500)
    assert ((west + east) / 2, (south + north) / 2) == pytest.approx((x, y))
    assert north - south == pytest.approx(2000)
    assert (north - south) / (east - west) == pytest.approx(LOWEST)


def test_a_tall_area_gets_a_taller_map_and_a_wide_one_a_wider_view(shapes: Shapes):
    west, south, east, north = view_box(shapes, ["NOO01", "ZUI01"], 500)
    assert north - south == pytest.approx(3000)
    assert (north - south) / (east - west) == pytest.approx(0.85)
    west, south, east, north = view_box(shapes, ["ZUI01", "ZUI02"], 500)
    assert east - west == pytest.approx(4200)
    assert (north - south) / (east - west) == pytest.approx(LOWEST)


def test_wijken_in_view_are_named_and_slivers_not(shapes: Shapes):
    box = view_box(shapes, ["NOO01"], 500)
    assert seen_wijken(shapes, box) == ["HAV01", "NOO01", "NOO02", "SCH01", "ZUI01"]
    assert "ZUI02" in seen_wijken(shapes, view_box(shapes, ["NOO01"], 2_500))


def test_every_wijk_has_its_symbol_and_name(shapes: Shapes):
    found = texts(drawing(shapes))
    assert {"✕", "✓", "?", "–", "Noordkant", "Noordkaai", "Zuidkant", "Havenkant"} <= set(found)
    assert "Schelde" in texts(drawing(shapes, codes=("NOO02",)))


def test_the_wijk_itself_is_full_in_colour_with_a_thick_edge(shapes: Shapes):
    paths = list(drawing(shapes).iter(f"{SVG}path"))
    full = [one.get("fill") for one in paths if one.get("fill-opacity") == "1"]
    assert full == [verdicts.VERDICTS[verdicts.GAP].colour, "#cfdde6"]  # and the river
    assert [one.get("stroke-width") for one in paths].count("2.6") == 1


def test_a_name_is_only_text(shapes: Shapes):
    hostile = replace(shapes, labels=("</text><script>", *shapes.labels[1:]))
    svg = drawing(hostile, codes=("HAV01",))
    assert not list(svg.iter(f"{SVG}script"))
    assert "</text><script>" in texts(svg)


def test_a_mark_carries_the_number_of_the_list_and_is_dashed_when_rough(shapes: Shapes):
    svg = drawing(shapes, Mark(*at(100, 1900), 3, exact=True), Mark(*at(900, 1100), 12, exact=False))
    assert {"3", "12"} <= set(texts(svg))
    dashed = [one.get("stroke-dasharray") for one in svg.iter(f"{SVG}rect") if one.get("rx")]
    assert dashed == [None, "2.5 2"]


def test_a_mark_outside_the_map_is_not_drawn(shapes: Shapes):
    assert "7" not in texts(drawing(shapes, Mark(*at(3100, 500), 7, exact=True)))


def test_marks_that_cover_each_other_are_one():
    paper = Paper((0, 0, WIDTH, WIDTH))
    marks = [Mark(100, 100, 1, True), Mark(105, 100, 2, True), Mark(300, 100, 3, True), Mark(101, 100, 1, True)]
    assert [(one.text, one.exact) for one in groups_of_marks(paper, marks)] == [("1, 2", True), ("3", True)]
    many = groups_of_marks(paper, [Mark(100, 100, number, True) for number in range(1, 7)])
    assert [(one.text, one.numbers) for one in many] == [("1, 2, 3, 4 …", (1, 2, 3, 4, 5, 6))]


def test_a_rough_place_moves_aside_for_an_exact_one():
    paper = Paper((0, 0, WIDTH, WIDTH))
    exact, rough = groups_of_marks(paper, [Mark(100, 100, 1, False), Mark(100, 100, 2, True)])
    assert (exact.numbers, rough.numbers) == ((2,), (1,))
    assert not overlap(exact.box, rough.box)
    assert rough.x == 100


def test_shapes_are_made_once():
    areas = small_world()
    assert shapes_of(areas) is shapes_of(areas)
    assert shapes_of(areas) is not shapes_of(small_world())
