"""A meeting prepared from two workbooks: what it says against independent loops, and its documents."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import docx
import pytest
from icalendar import Calendar

from einclusie_data.answers.scopes import scopes
from einclusie_data.city.areas import load_areas
from einclusie_data.contract.questions import Question
from einclusie_data.engine.dataset import Dataset, answer_per_group, read_dataset
from einclusie_data.meeting.document import Colophon, preparation_docx_bytes, report_docx_bytes
from einclusie_data.meeting.message import meeting_ics_bytes, message_of, report_of
from einclusie_data.meeting.prepare import NO_PREVIOUS, NO_VERSION, prepare
from einclusie_data.meeting.sections import Occasion, Preparation
from einclusie_data.store.decision_record import Decision, State
from tests.xlsx import workbook_bytes

AREAS = load_areas()
CODES = {str(label): str(code) for code, label in AREAS.wijken["label"].items()}
DAY, BEFORE, NEXT = date(2026, 12, 3), date(2026, 9, 3), date(2027, 3, 4)
NOW = datetime(2026, 12, 3, 12, tzinfo=UTC)
HOSTILE = "*x* [klik](https://kwaad.example) <b> bel 0470 12 34 56"
OFFERS = ["Naam aanbod", "Organisatie", "Doelgroep", "Frequentie", "Wijk", "Status"]
KEPT, GONE = ["Inloop", "Ligo", "Ouderen", "Wekelijks", "Dam", ""], ["Les", "Atlas", "Ouderen", "Wekelijks", "Kiel", ""]
COLOPHON = Colophon("werkmap", ["Bron."], "http://127.0.0.1/bijeenkomst")


def book(*offers: list[str], partners: tuple[str, ...]) -> Dataset:
    sheets = {
        "Aanbod": [OFFERS, *offers],
        "Partners": [["Organisatie", "Netwerk"], *([name, "Stad"] for name in partners)],
        "Bijeenkomsten": [
            ["Datum", "Netwerk", "Gastorganisatie"],
            *([day.isoformat(), "Stad", "Ligo"] for day in (BEFORE, DAY, NEXT)),
        ],
    }
    return read_dataset(workbook_bytes(sheets), "werkmap.xlsx", AREAS)


OLD = book(KEPT, GONE, partners=("Ligo",))
NEW = book([*KEPT[:4], "Dam", ""], ["Café", "Ligo", "Ouderen", "Wekelijks", "Polder", ""], partners=("Ligo", HOSTILE))


def decision(number: int, title: str, **more: object) -> Decision:
    fixed = {"id": number, "change": 1, "title": title, "by": "An", "at": NOW, "since": NOW}
    return Decision(**{**fixed, **more})  # type: ignore[arg-type]


DECISIONS = (
    decision(1, HOSTILE, state=State.DECIDED, who="Ligo", due=date(2027, 1, 15), meeting=DAY),
    decision(2, "Werkgroep", state=State.TO_DISCUSS, meeting=BEFORE),
)


def occasion(**more: object) -> Occasion:
    every = scopes(NEW)
    given = {"previous": BEFORE, "before": OLD, "decisions": DECISIONS, "scope": every["Hele stad"], **more}
    return Occasion(NEW, Question(DAY), "Ouderen", day=DAY, scopes=every, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def made() -> Preparation:
    return prepare(occasion())


def lines(made: Preparation, key: str) -> str:
    return "\n".join(next(one for one in made.sections if one.key == key).lines)


def test_what_changed_is_what_differs(made: Preparation):
    assert "Nieuw: Café (Ligo)." in lines(made, "aanbod")
    assert "Gestopt of verdwenen: Les (Atlas)." in lines(made, "aanbod")
    assert "Inloop" not in lines(made, "aanbod")
    assert "Ligo" not in lines(made, "partners")
    before, after = (answer_per_group(one, Question(day)).table for one, day in ((OLD, BEFORE), (NEW, DAY)))
    some, none = {"gedekt", "algemeen", "beperkt"}, {"hiaat", "mobiel"}
    for (_, old), (_, new) in zip(before.iterrows(), after.iterrows(), strict=True):
        if new["doelgroep"] == "Ouderen" and old["oordeel"] in some and new["oordeel"] in none:
            assert f"In {new['wijk']} ontstaat" in lines(made, "hiaten_nieuw")
    assert "In Kiel ontstaat" in lines(made, "hiaten_nieuw")


def test_the_most_pressing_gap_is_first(made: Preparation):
    table = answer_per_group(NEW, Question(DAY)).table
    gaps = [row for _, row in table.iterrows() if row["doelgroep"] == "Ouderen" and row["oordeel"] == "hiaat"]
    worst = max((row for row in gaps if row["buiten_bereik"] == row["buiten_bereik"]), key=lambda r: r["buiten_bereik"])
    grid = next(one for one in made.sections if one.key == "hiaten").tables[0]
    assert grid.rows[0][0] == worst["wijk"]


def test_what_cannot_be_compared_is_said():
    assert NO_PREVIOUS in prepare(occasion(previous=None, before=None)).lead
    assert NO_VERSION in prepare(occasion(before=None)).lead


def test_the_preparation_in_word(made: Preparation):
    content = preparation_docx_bytes(occasion(), made, {"thema": "Eigen thema"}, COLOPHON)
    document = docx.Document(BytesIO(content))
    heads = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert {"Wat is er veranderd?", "Wat ontbreekt er?", "Agenda", "5. Afspraken"} <= set(heads)
    assert "Eigen thema" in "\n".join(one.text for one in document.paragraphs)
    assert document.tables
    assert all("tblHeader" in table.rows[0]._tr.xml for table in document.tables)
    assert len(document.inline_shapes) >= 2
    assert all(shape._inline.docPr.get("descr") for shape in document.inline_shapes)
    assert "0470" not in document.element.xml


def test_the_report_holds_decisions_and_notes():
    report = report_of(occasion(), {"gast": "We zagen de bib.\nbel 0470 12 34 56"})
    document = docx.Document(BytesIO(report_docx_bytes(report, COLOPHON)))
    assert [row[0] for row in report.decided.rows] == ["1"]
    assert [row[0] for row in report.still_open.rows] == ["2"]
    assert report.coming == NEXT
    assert "15 januari 2027" in document.tables[0].rows[1].cells[4].text
    assert "We zagen de bib." in "\n".join(one.text for one in document.paragraphs)
    assert "0470" not in document.element.xml


def test_hostile_text_is_only_text_in_the_message():
    text = message_of(occasion(), "http://127.0.0.1", {"doelgroep": ["Ouderen"]})
    assert "\\*x\\*" in text
    assert "[klik](" not in text
    assert "https://kwaad" not in text
    assert "0470" not in text
    assert "besluiten?doelgroep=Ouderen&besluit=1" in text


def test_the_calendar_is_read_back():
    first, again = (meeting_ics_bytes(occasion(), NEXT, NOW) for _ in range(2))
    assert first == again
    events = Calendar.from_ical(first).walk("VEVENT")
    assert [one.decoded("dtstart") for one in events] == [NEXT, date(2027, 1, 15)]
    assert {one.decoded("dtstamp") for one in events} == {NOW}
    assert len({str(one["uid"]) for one in events}) == 2
