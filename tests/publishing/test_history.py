"""Gaps over time: counts as a plain loop counts them, strips per wijk, meetings; unknown is never zero."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from einclusie_data.contract import verdicts
from einclusie_data.engine.dataset import Dataset, answer_per_group
from einclusie_data.publishing.history import (
    DASHES,
    MARKERS,
    Point,
    cells_of,
    first_and_last,
    gap_lines,
    has_changed,
    last_of_days,
    lines_svg,
    meetings_between,
    strips,
)
from einclusie_data.store.versions import Version
from tests.factories import OLDER, dataset, offer, question
from tests.files.test_typst_pdf import HOSTILE

DAYS = [date(2026, 3, 2), date(2026, 6, 2), date(2026, 9, 2)]
CODES = ["NOO01", "NOO02", "ZUI01", "ZUI02", "HAV01"]
WORLDS = [
    dataset(),
    dataset(offer(name="Punt", at=(500, 1500)), offer(name="Vaag", at=(1500, 1500), groups=())),
    dataset(offer(name="Punt", at=(500, 1500), valid_to=pd.Timestamp("2026-08-01"))),
]


def points(worlds: list[Dataset] = WORLDS, asked=None) -> list[Point]:
    asked = asked or question()
    return [
        Point(f"versie {place + 1}", day, cells_of(world, asked, day))
        for place, (world, day) in enumerate(zip(worlds, DAYS, strict=True))
    ]


def test_counts_are_those_of_a_loop_over_the_answers_of_each_day():
    groups = WORLDS[0].groups
    lines = gap_lines(points(), groups, CODES)
    assert len(lines) == len(DAYS) * len(groups)
    for place, (world, day) in enumerate(zip(WORLDS, DAYS, strict=True)):
        table = answer_per_group(world, question(on=day)).table
        for group in groups:
            gaps = unknown = 0
            for row in table.to_dict("records"):
                if row["doelgroep"] == group and row["wijkcode"] in CODES:
                    gaps += row["oordeel"] in ("hiaat", "mobiel")
                    unknown += row["oordeel"] == "onbekend"
            [found] = lines[(lines["punt"] == place) & (lines["doelgroep"] == group)].to_dict("records")
            assert (found["dag"], found["hiaten"], found["onbekend"]) == (day, gaps, unknown)
    assert len(set(lines[lines["doelgroep"] == OLDER]["hiaten"])) > 1


def test_a_version_is_judged_on_its_own_day():
    same = [WORLDS[2]] * 3
    gaps = gap_lines(points(same), [OLDER], CODES)["hiaten"].tolist()
    assert gaps[0] < gaps[2]  # in August the offer ends


def test_only_the_wijken_of_the_area_count():
    everywhere, one = (gap_lines(points(), [OLDER], codes)["hiaten"].tolist() for codes in (CODES, ["NOO01"]))
    assert everywhere[0] == 4
    assert one == [1, 0, 1]


def test_a_group_or_a_filter_that_a_version_does_not_know_is_unknown_not_zero():
    lines = gap_lines(points(), ["Nieuwe groep"], CODES)
    assert lines["hiaten"].isna().all()
    assert lines["onbekend"].isna().all()
    assert cells_of(WORLDS[0], question(types=("Nieuw type",)), DAYS[0]) is None
    assert strips(points(), "Nieuwe groep", CODES).eq("").all(axis=None)
    assert "van onbekend naar onbekend" in first_and_last(lines, "Nieuwe groep")


def test_a_version_that_cannot_be_read_leaves_a_hole():
    found = points()
    found[1] = replace(found[1], cells=None)
    lines = gap_lines(found, [OLDER], CODES)
    assert lines["hiaten"].isna().tolist() == [False, True, False]
    assert strips(found, OLDER, CODES)[1].eq("").all()
    path = lines_paths(lines_svg(lines, ["a", "b", "c"], OLDER, [], "woorden"))[0]
    assert path.count("M") == 2
    assert "L" not in path


def test_strips_hold_the_verdict_of_every_inhabited_wijk():
    strip = strips(points(), OLDER, CODES)
    assert list(strip.index) == ["NOO01", "NOO02", "ZUI01", "ZUI02"]  # in HAV01 hardly anyone lives
    for place, (world, day) in enumerate(zip(WORLDS, DAYS, strict=True)):
        for row in answer_per_group(world, question(on=day)).table.to_dict("records"):
            if row["doelgroep"] == OLDER and row["wijkcode"] in strip.index:
                assert strip.loc[row["wijkcode"], place] == row["oordeel"]
    changed = has_changed(strip)
    assert changed["NOO01"]
    assert changed.to_dict() == {code: len(set(strip.loc[code])) > 1 for code in strip.index}


def test_what_is_unknown_is_no_change():
    strip = pd.DataFrame({0: ["", "", verdicts.GAP], 1: [verdicts.GAP, "", verdicts.MOBILE], 2: [verdicts.GAP, "", ""]})
    assert has_changed(strip).tolist() == [False, False, True]
    assert has_changed(strip.iloc[:0]).tolist() == []


def test_the_last_version_of_a_day_in_antwerp_counts():
    start = datetime(2026, 3, 2, 10, tzinfo=UTC)
    moments = [start, start + timedelta(hours=2), start + timedelta(hours=13), start + timedelta(days=9)]
    versions = [
        Version(number, "a.xlsx", 1, "", "An", moment, "", None, None) for number, moment in enumerate(moments, start=1)
    ]
    # 23.00 uur in UTC is the next day in Antwerp
    assert [one.number for one in last_of_days(reversed(versions))] == [2, 3, 4]
    assert last_of_days([]) == ()


def test_meetings_in_the_period_each_once():
    meetings = pd.DataFrame({
        "date": pd.to_datetime(["2026-09-03", "2026-06-01", "2026-03-02", "2026-06-01", "2026-03-01"]),
        "network": ["Stad", "Dam", "Stad", "Dam", ""],
    })  # fmt: skip
    found = [(date(2026, 3, 2), "Stad"), (date(2026, 6, 1), "Dam")]
    assert meetings_between(meetings, DAYS[0], DAYS[2]) == found
    assert meetings_between(WORLDS[0].workbook.meetings, DAYS[0], DAYS[2]) == []


# --- the drawing ------------------------------------------------------------------------------------------------------
def drawing(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - made by us


def lines_paths(svg: str) -> list[str]:
    return [
        one.get("d", "") for one in drawing(svg).iter() if one.get("stroke-dasharray") and one.get("fill") == "none"
    ]


def test_every_group_has_a_line_a_name_and_its_own_look():
    groups = list(WORLDS[0].groups)
    lines = gap_lines(points(), groups, CODES)
    svg = lines_svg(lines, ["versie 1", "versie 2", "nu"], OLDER, [date(2026, 4, 14)], "Het verloop.")
    root, last = drawing(svg), lines[lines["punt"] == 2].set_index("doelgroep")["hiaten"]
    texts = [one.text for one in root.iter() if one.text]
    for group in groups:
        assert f"{group}: {last[group]}" in texts
    assert root.get("aria-label") == "Het verloop."
    assert "02/03/2026" in texts
    assert "nu" in texts
    assert len(lines_paths(svg)) == len(groups)
    looks = {(place % len(MARKERS), place % len(DASHES)) for place in range(28)}
    assert len(looks) == 28
    heights = sorted(float(y) for y in re.findall(r'<text x="646" y="([\d.]+)"', svg))
    assert len(heights) == len(groups)
    assert all(below - above > 16 for above, below in pairwise(heights))
    assert max(heights) < float(root.get("height", "0"))
    chosen = [one for one in root.iter() if one.get("class") == "lijn gekozen"]
    assert len(chosen) == 1
    assert any((one.text or "").startswith(OLDER) for one in chosen[0].iter())


def test_a_line_is_where_its_numbers_are():
    lines = gap_lines(points(), [OLDER], CODES)
    [path] = lines_paths(lines_svg(lines, ["a", "b", "c"], OLDER, [], ""))
    places = [tuple(map(float, pair.split(","))) for pair in re.split("[ML]", path) if pair]
    sizes = [int(size) for size in lines["hiaten"]]
    assert [x for x, _ in places] == sorted(x for x, _ in places)
    heights = {size: y for size, (_, y) in zip(sizes, places, strict=True)}
    assert sorted(heights, reverse=True) == sorted(heights, key=lambda size: heights[size])
    steps = [(DAYS[1] - DAYS[0]).days, (DAYS[2] - DAYS[1]).days]
    assert (places[1][0] - places[0][0]) / (places[2][0] - places[1][0]) == pytest.approx(steps[0] / steps[1], rel=0.01)


@pytest.mark.parametrize("text", [*HOSTILE, "x" * 5_000, "a\uffffb\x0bc"])
def test_hostile_names_are_only_text(text: str):
    lines = pd.DataFrame(
        {"punt": [0, 1], "dag": DAYS[:2], "doelgroep": [text] * 2, "hiaten": [1, 2], "onbekend": [0, 0]}
    )
    lines = lines.astype({"hiaten": "Int64"})
    root = drawing(lines_svg(lines, [text, text], text, [], text))
    assert {one.tag.rpartition("}")[2] for one in root.iter()} <= {"svg", "g", "path", "text"}
    assert not [name for one in root.iter() for name in one.attrib if name.startswith("on") or "href" in name]


def test_nothing_known_or_everything_zero_still_draws():
    for size in (None, 0):
        lines = pd.DataFrame({"punt": [0, 1], "dag": DAYS[:2], "doelgroep": [OLDER] * 2, "hiaten": [size] * 2})
        root = drawing(lines_svg(lines.astype({"hiaten": "Int64"}), ["a", "b"], OLDER, [], ""))
        assert ("gekozen" in ET.tostring(root, "unicode")) == (size == 0)
