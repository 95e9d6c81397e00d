"""Verloop on the page Veranderingen: gaps over three versions say what the engine says; hostile text stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings, verdicts
from einclusie_data.contract.codelists import DEFAULT_PRESET, PRESETS
from einclusie_data.contract.errors import StoreError
from einclusie_data.contract.questions import Filters, Question
from einclusie_data.engine.dataset import answer_per_group, read_dataset
from einclusie_data.publishing import draft as drafts
from einclusie_data.publishing.knowledge import knowledge_of
from einclusie_data.store.access.desk import desk
from einclusie_data.store.store import Store, open_store
from einclusie_data.store.versions import Versions
from einclusie_data.ui.changes import timeline
from einclusie_data.ui.changes.timeline import ONE_DAY, TOO_FEW
from einclusie_data.ui.frame import data
from einclusie_data.ui.parts.markup import plain
from tests.stores import Clock
from tests.ui.test_page_veranderingen import HEADERS, offer, shown
from tests.ui.test_pages import page
from tests.xlsx import workbook_bytes

FILE = "pages/veranderingen.py"
EVIL = "<img src=x onerror=alert(1)> ![x](http://a.b/c.png)"
DAYS = [date(2026, 3, 2), date(2026, 6, 2), date(2026, 9, 2)]
OFFERS = [[offer("Eerste")], [offer("Eerste"), offer("Tweede", "Dam")], [offer("Tweede", "Dam")]]
MEETINGS = [["Datum", "Netwerk"], ["2026-04-14", "Dam"], ["2026-07-01", EVIL], ["2025-01-01", "Te vroeg"]]
BOOKS = [workbook_bytes({"Aanbod": [HEADERS, *rows], "Bijeenkomsten": MEETINGS}) for rows in OFFERS]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Three versions; of the first one nothing is known but its bytes."""
    target, clock = str(tmp_path / "opslag"), Clock()
    with open_store(target, clock=clock) as store:
        for number, (day, content) in enumerate(zip(DAYS, BOOKS, strict=True)):
            clock.now = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
            if number == 0:
                store.publish(content, "aanbod.xlsx", "An", based_on=None)
                continue
            monkeypatch.setattr(drafts, "today", lambda day=day: day)
            draft = drafts.read_draft(content, "aanbod.xlsx", load_areas(), knowledge_of(store))
            drafts.publish(draft, store, "An", "", number)
        monkeypatch.setattr(settings, "STORE", target)
        yield store
    desk.cache_clear()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The drawings of the page; AppTest knows nothing of components."""
    found: list[str] = []
    monkeypatch.setattr(
        "einclusie_data.ui.changes.timeline.show_drawing", lambda svg, *, key, label: found.append(unescape(svg))
    )
    return found


def opened(**query: str) -> AppTest:
    app = page(FILE, verloop="ja", peildatum="2026-11-23", **query)
    assert not app.exception
    return app


def tables(app: AppTest) -> dict[str, list[list[str]]]:
    """Name of each table -> its rows of cells, as they are read aloud."""
    found = {}
    for one in app.get("html"):
        for part in one.proto.body.split("<table>")[1:]:
            caption = unescape(part.split("</caption>")[0].removeprefix("<caption>"))
            rows = part.split("<tr>")[1:]
            found[caption] = [
                [
                    unescape(re.sub("<[^>]+>", "", re.sub(r"<span class='teken'[^>]*>.*?</span>", "", cell))).strip()
                    for cell in re.split("</t[hd]>", row)[:-1]
                ]
                for row in rows
            ]
    return found


def wanted(book: bytes, day: date) -> dict[tuple[str, str], str]:
    """(wijk, group) -> verdict of the engine."""
    question = Question(day, filters=Filters(types=PRESETS[DEFAULT_PRESET]))
    table = answer_per_group(read_dataset(book, "aanbod.xlsx", load_areas()), question).table
    return {(row["wijk"], row["doelgroep"]): row["oordeel"] for row in table.to_dict("records")}


def test_before_a_second_version_it_says_when_it_will_be_there():
    app = page(FILE, verloop="ja")
    assert not app.exception
    assert TOO_FEW in shown(app)
    assert not [one for one in app.toggle if one.key == "verloop"]


def test_nothing_is_computed_before_someone_asks(store: Store, drawn: list[str], monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise AssertionError("computed")

    monkeypatch.setattr(timeline, "cells_of", fail)
    app = page(FILE, peildatum="2026-11-23")
    assert not app.exception
    assert app.toggle(key="verloop").value is False
    assert drawn == []


def test_the_lines_and_the_sentence_hold_the_numbers_of_the_engine(store: Store, drawn: list[str]):
    text = shown(opened(doelgroep="Ouderen"))
    moments = [*zip(BOOKS, DAYS, strict=True), (BOOKS[-1], date(2026, 11, 23))]
    sizes = [
        [sum(verdict in ("hiaat", "mobiel") for (_, one), verdict in wanted(*moment).items() if one == group)
         for moment in moments]
        for group in ("Ouderen", "Werkzoekenden")
    ]  # fmt: skip
    assert len(set(sizes[0])) > 1
    [svg] = drawn
    assert f">Ouderen: {sizes[0][-1]}<" in svg
    assert f">Werkzoekenden: {sizes[1][-1]}<" in svg
    assert f"Ouderen. Wijken met een mogelijk hiaat: van {sizes[0][0]} naar {sizes[0][-1]}." in text
    for words in ("versie 1", "versie 3", "02/03/2026", "23/11/2026", ">nu<"):
        assert words in svg


def test_every_strip_holds_the_verdicts_of_the_engine_and_the_meetings_stand_between(store: Store, drawn: list[str]):
    strip = tables(opened(doelgroep="Ouderen"))["Oordeel per wijk in de tijd, ouderen"]
    head, *rows = strip
    assert head == [
        "Wijk", "versie 1, 02/03/2026", "bijeenkomst 14/04/2026", "versie 2, 02/06/2026", "bijeenkomst 01/07/2026",
        "versie 3, 02/09/2026", "nu, 23/11/2026",
    ]  # fmt: skip
    assert len(rows) == 59
    engine = [wanted(book, day) for book, day in zip(BOOKS, DAYS, strict=True)]
    for wijk, *cells in rows:
        assert [cells[place] for place in (0, 2, 4)] == [verdicts.VERDICTS[one[wijk, "Ouderen"]].word for one in engine]
        assert cells[1] == cells[3] == ""
    changed = [len({one[row[0], "Ouderen"] for one in engine}) > 1 for row in rows]
    assert any(changed)
    assert changed == sorted(changed, reverse=True)  # those that changed stand first
    assert {"Kiel", "Dam"} <= {row[0] for row, one in zip(rows, changed, strict=True) if one}


def test_the_area_chooses_the_wijken(store: Store, drawn: list[str]):
    strip = tables(opened(doelgroep="Ouderen", gebied="District Deurne"))["Oordeel per wijk in de tijd, ouderen"]
    assert len(strip) - 1 == 6


def test_what_was_shown_then_stands_apart(store: Store, drawn: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(settings, "METHOD", settings.METHOD + 1)
    head, newest, middle, first = tables(opened(doelgroep="Ouderen"))["Wat toen getoond werd, ouderen"]
    size = sum(verdict in ("hiaat", "mobiel") for (_, one), verdict in wanted(BOOKS[2], DAYS[2]).items()
               if one == "Ouderen")  # fmt: skip
    assert newest == ["versie 3, 2 september 2026", "anders dan nu", "zelfde als nu", str(size), str(size), "geen"]
    assert middle[0] == "versie 2, 2 juni 2026"
    assert first[1:] == [*["onbekend: toen nog niet bewaard"] * 3, "onbekend", "onbekend"]
    assert len(head) == len(first)


def test_what_the_method_changed_is_told_apart(store: Store, drawn: list[str], monkeypatch: pytest.MonkeyPatch):
    shown_then = store.bases.all()[3].figures["gaps"]["Ouderen"]
    monkeypatch.setattr(settings, "COVERED_SHARE", 2.0)
    monkeypatch.setattr(settings, "LIMITED_SHARE", 2.0)
    monkeypatch.setattr("einclusie_data.contract.verdicts.OPEN_GAP", frozenset({"mobiel", "hiaat", "beperkt"}))
    timeline._then.clear()
    timeline._cells.clear()
    newest = tables(opened(doelgroep="Ouderen"))["Wat toen getoond werd, ouderen"][1]
    now = int(newest[4])
    assert newest[3] == str(shown_then)
    assert now > shown_then
    assert newest[5] == f"+{now - shown_then}"
    timeline._then.clear()
    timeline._cells.clear()


def test_hostile_names_of_networks_stay_text(store: Store, drawn: list[str]):
    app = opened()
    [line] = [one.value for one in app.caption if one.value.startswith("▼")]
    assert "14 april 2026 (Dam)" in line
    assert "Te vroeg" not in line
    assert plain(EVIL) in line


def test_a_damaged_version_is_a_hole_and_said(store: Store, drawn: list[str], monkeypatch: pytest.MonkeyPatch):
    good = Versions.content

    def content(self: Versions, number: int) -> bytes:
        if number == 2:
            raise StoreError("Versie 2 is beschadigd.")
        return good(self, number)

    timeline._cells.clear()
    data._older.clear()
    monkeypatch.setattr(Versions, "content", content)
    app = opened(doelgroep="Ouderen", van="1", naar="3")
    assert "Onbekend voor versie 2" in shown(app)
    strip = tables(app)["Oordeel per wijk in de tijd, ouderen"]
    assert all(row[3] == "·onbekend" for row in strip[1:])


def test_a_filter_that_an_old_version_does_not_know_is_not_a_gap(store: Store):
    lists = {"Aanbod": [HEADERS, *OFFERS[2]], "Lijsten": [["Type aanbod"], ["Nieuw soort"]]}
    store.publish(workbook_bytes(lists), "aanbod.xlsx", "An", based_on=3)
    app = page(FILE, verloop="ja", soort="Eigen keuze", type="Nieuw soort", doelgroep="Ouderen")
    assert not app.exception
    assert "Onbekend voor versie 1 en versie 2" in shown(app)
    assert "van onbekend naar" in shown(app)


def test_only_the_last_days_are_drawn(store: Store, drawn: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(timeline, "POINTS_SHOWN", 2)
    text = shown(opened())
    assert "Je ziet de laatste 2 dagen met een nieuwe versie; 1 vroegere dag zie je niet." in text
    assert "versie 1" not in drawn[0]


def test_versions_of_one_day_are_one_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawn: list[str]):
    target = str(tmp_path / "een-dag")
    monkeypatch.setattr(settings, "STORE", target)
    with open_store(target) as store:
        for number, content in enumerate(BOOKS[:2]):
            store.publish(content, "a.xlsx", "An", based_on=number or None)
    app = page(FILE, verloop="ja")
    assert not app.exception
    assert ONE_DAY in shown(app)
    assert drawn == []
    desk.cache_clear()
