"""Free text about times: what is clear, and what has to stay unknown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from einclusie_data.checking.values.when import WhenReading, read_when
from einclusie_data.contract.codelists import DAYPART, FREQUENCY

DAYTIME, EVENING, WEEKEND = "Overdag", "Avond", "Weekend"
DAY, WEEK, TWO, MONTH, ONCE = FREQUENCY.values
NOTHING: tuple[str, ...] = ()

PHRASES = [
    # seen in real sheets
    ("elke vierde woensdag van de maand", NOTHING, MONTH),
    ("elke vierde woensdag van de maand 14-16u", (DAYTIME,), MONTH),
    ("tweewekelijks op vrijdag van 10 tot 12 uur", (DAYTIME,), TWO),
    ("9u tot 11u", (DAYTIME,), ""),
    ("09u00 - 12u00 & 13u30 - 16u30", (DAYTIME,), ""),
    ("dinsdagvoormiddag gesloten", NOTHING, ""),
    ("buiten de schoolvakanties", NOTHING, ""),
    ("wekelijks", NOTHING, WEEK),
    ("2018-2020; daarna jaarlijks huisplan per huis", NOTHING, ""),
    ("april 2020 (eenmalig)", NOTHING, ONCE),
    ("gestart maart 2022", NOTHING, ""),
    ("meeste minstens 2x per maand; start 2023", NOTHING, ""),
    ("op afspraak; proefproject 3 maanden", NOTHING, ""),
    ("7 dagen op 7", NOTHING, DAY),
    ("duur van de cursus MO; 2020", NOTHING, ""),
    # days and hours
    ("ma-vr 9-17u", (DAYTIME,), DAY),
    ("maandag tot en met vrijdag van 9u tot 17u", (DAYTIME,), DAY),
    ("ma t/m vr 9u-12u en 13u-17u", (DAYTIME,), DAY),
    ("maandag t.e.m. donderdag 9u-16u, vrijdag 9u-12u", (DAYTIME,), DAY),
    ("ma di wo do vr 9-16u", (DAYTIME,), DAY),
    ("ma, di, wo, do 9-12u", (DAYTIME,), ""),
    ("ma-wo-vr-za 9-12u", (DAYTIME, WEEKEND), ""),
    ("di en do 18u30-20u30", (EVENING,), ""),
    ("dinsdag 9.30-11.30", (DAYTIME,), ""),
    ("maandag, woensdag en vrijdag: 09.00-12.00", (DAYTIME,), ""),
    ("maandag 13:30 – 15:30 uur", (DAYTIME,), ""),
    ("maandag 14:00-16:00, donderdag 18:00-20:00", (DAYTIME, EVENING), ""),
    ("9-12u op maandag en 18-20u op dinsdag", (DAYTIME, EVENING), ""),
    ("dinsdagavond 19u-21u", (EVENING,), ""),
    ("woensdagnamiddag", (DAYTIME,), ""),
    ("vrijdagvoormiddag, 9u - 11u30", (DAYTIME,), ""),
    ("'s avonds", (EVENING,), ""),
    ("dinsdagavond 9u-11u", NOTHING, ""),  # contradicts itself
    ("maandag 2-4u", NOTHING, ""),  # night, or the afternoon?
    ("dinsdag", NOTHING, ""),
    ("dinsdag 9u-12u (6-12 jaar)", (DAYTIME,), ""),
    ("6 lessen van 2 uur", NOTHING, ""),
    ("vanaf 18u", (EVENING,), ""),
    ("vanaf 14u", NOTHING, ""),
    ("tot 20u", NOTHING, ""),
    ("om 14u", (DAYTIME,), ""),
    ("om 16u30", NOTHING, ""),  # until when?
    # weekend
    ("zaterdag 10-12u", (WEEKEND,), ""),
    ("za-zo 10u-17u", (WEEKEND,), ""),
    ("in het weekend", (WEEKEND,), ""),
    ("ma-vr 9u-17u, za 10u-12u", (DAYTIME, WEEKEND), DAY),
    ("dinsdag 14u tot 16u en zaterdag", (DAYTIME, WEEKEND), ""),
    ("dinsdag en zaterdag", NOTHING, ""),  # half an answer is none
    ("zo snel mogelijk", NOTHING, ""),
    ("dagelijks van 9 tot 17 uur", NOTHING, DAY),  # in the weekend too?
    ("avond en weekend", NOTHING, ""),
    # how often
    ("elke woensdag 14u-16u, buiten de schoolvakanties", (DAYTIME,), WEEK),
    ("Elke WOENSDAG van 13u30 tot 16u00", (DAYTIME,), WEEK),
    ("elke dinsdagavond van 19 tot 21 uur", (EVENING,), WEEK),
    ("dinsdagen 9-12", (DAYTIME,), WEEK),
    ("1 keer per week op dinsdag", NOTHING, WEEK),
    ("iedere week", NOTHING, WEEK),
    ("elke zaterdag en zondag 10u-12u", (WEEKEND,), WEEK),
    ("om de twee weken op donderdag, 13.30 - 15.30 u", (DAYTIME,), TWO),
    ("elke 2 weken", NOTHING, TWO),
    ("om de week op dinsdagavond", (EVENING,), TWO),
    ("even weken op dinsdag 9u30-11u30", (DAYTIME,), TWO),
    ("2x per maand op maandagnamiddag", (DAYTIME,), TWO),
    ("eerste en derde dinsdag van de maand, 14u", (DAYTIME,), TWO),
    ("1x per maand", NOTHING, MONTH),
    ("maandelijks op zaterdag", (WEEKEND,), MONTH),
    ("laatste vrijdag van de maand om 19u30", (EVENING,), MONTH),
    ("elke eerste maandag", NOTHING, MONTH),
    ("iedere 2e donderdag v/d maand 10u", (DAYTIME,), MONTH),
    ("elke tweede woensdag", NOTHING, ""),  # of the month, or every other week?
    ("eerste, tweede en derde dinsdag van de maand", NOTHING, ""),
    ("elke werkdag 8u30-12u", (DAYTIME,), DAY),
    ("op werkdagen tijdens de kantooruren", (DAYTIME,), DAY),
    ("elke dag", NOTHING, DAY),
    ("driewekelijks", NOTHING, ""),
    ("tweemaandelijks", NOTHING, ""),
    ("elke 3 weken op vrijdag", NOTHING, ""),
    ("3x per jaar", NOTHING, ""),
    ("op aanvraag", NOTHING, ONCE),
    ("zaterdag 14 maart 2026, 10-12u", (WEEKEND,), ONCE),
    ("12/03/2026", NOTHING, ONCE),
    ("12 maart, 9 april en 14 mei telkens 14-16u", NOTHING, ""),
    ("vanaf 12 maart elke dinsdag 10-12u", (DAYTIME,), WEEK),
    ("in juli en augustus: elke dinsdag 10-12u", (DAYTIME,), WEEK),
    ("tijdens de schoolvakanties elke dinsdag 9-16u", (DAYTIME,), ""),
    ("wekelijks op maandag en tweewekelijks op vrijdag", NOTHING, ""),
    # denials, hedges and choices
    ("niet op maandag", NOTHING, ""),
    ("elke dag behalve zondag", NOTHING, ""),
    ("ma-vr 9-17u, woensdag gesloten", NOTHING, ""),
    ("woensdag of donderdag 14-16u", NOTHING, ""),
    ("meestal dinsdag 9-12u", NOTHING, ""),
    ("wisselend", NOTHING, ""),
    ("dinsdag 9-12u?", NOTHING, ""),
    ("zie website", NOTHING, ""),
    ("do 13-16u, behalve in de schoolvakanties", (DAYTIME,), ""),
    ("elke dinsdag 9-12u, zonder afspraak", (DAYTIME,), WEEK),
    ("", NOTHING, ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "dayparts", "frequency"), PHRASES)
def test_phrases(text: str, dayparts: tuple[str, ...], frequency: str) -> None:
    assert read_when(text) == WhenReading(dayparts, frequency)


@pytest.mark.parametrize(
    ("hours", "dayparts"),
    [
        ("16u-17u59", (DAYTIME,)),
        ("16u-18u", (DAYTIME,)),
        ("16u-18u01", (DAYTIME, EVENING)),
        ("16u59-18u", (DAYTIME,)),
        ("17u-18u", (EVENING,)),
        ("17u-17u30", (EVENING,)),
        ("9u-21u", (DAYTIME, EVENING)),
        ("6u-7u", (DAYTIME,)),
        ("5u59-7u", NOTHING),
        ("22u-24u", (EVENING,)),
        ("14u-14u", NOTHING),
        ("16u-15u", NOTHING),
        ("14u-25u", NOTHING),
        ("14u75-16u", NOTHING),
    ],
)
def test_borders_between_day_and_evening(hours: str, dayparts: tuple[str, ...]) -> None:
    assert read_when(f"dinsdag {hours}").dayparts == dayparts


@given(st.integers(6, 22), st.sampled_from(["maandag", "di", "woensdag", "do", "vrijdag"]))
def test_a_weekday_is_never_weekend(hour: int, day: str) -> None:
    dayparts = read_when(f"elke {day} {hour}u-{hour + 1}u").dayparts
    assert dayparts
    assert WEEKEND not in dayparts


PIECES = [*"0123456789 -.:/uh&,", "elke ", "dag", "maan", "maand", "week", "za", "zo", "12/3", " tot ", "eerste "]


@given(st.lists(st.sampled_from(PIECES), max_size=80) | st.text(max_size=80))
def test_any_text_gives_values_of_the_lists(pieces: list[str] | str) -> None:
    reading = read_when("".join(pieces))
    assert set(reading.dayparts) <= set(DAYPART.values)
    assert reading.frequency in ("", *FREQUENCY.values)


def test_a_very_long_text_is_not_read() -> None:
    assert read_when("elke dinsdag 9-12u " * 100) == WhenReading()
