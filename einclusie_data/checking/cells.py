"""One cell's text -> its value and what is wrong with it, by kind of column.

Every reader looks at one text alone, so that a table of 100,000 rows needs one reading per different text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np

from einclusie_data.checking.values.dates import Edge, read_date
from einclusie_data.city.names import WijkNames
from einclusie_data.contract.codelists import Codelist
from einclusie_data.contract.deadline import watched
from einclusie_data.contract.organisations import OrganisationNames
from einclusie_data.contract.privacy import quoted
from einclusie_data.contract.text import closest_value, hard_segments, match_value, split_values, whole_number


class Note(NamedTuple):
    """Something to report about a text: code, the part of the text it is about, the Dutch sentence."""

    code: str
    value: str
    message: str


class Reading(NamedTuple):
    """What a text means, and what there is to report about it."""

    value: Any
    notes: tuple[Note, ...] = ()


EXCEL_ERRORS = frozenset({
    "#N/A", "#N/B", "#REF!", "#VERW!", "#VALUE!", "#WAARDE!", "#DIV/0!", "#DEEL/0!", "#NAME?", "#NAAM?", "#NUM!",
    "#GETAL!", "#NULL!", "#LEEG!", "#SPILL!", "#OVERLOOP!", "#CALC!", "#BEREKEN!", "#FIELD!", "#VELD!",
    "#GETTING_DATA", "#CONNECT!", "#BLOCKED!", "#UNKNOWN!", "#####",
})  # fmt: skip
"""Errors as Excel shows them, English and Dutch."""

_NOUNS = {"Talen": "taal", "Aanmelden": "manier van aanmelden", "Voor wie": "waarde voor Voor wie"}
_SHORT_LIST = 12

NO_DATE = np.datetime64("NaT")
_POSTCODE = re.compile(r"(?<!\d)\d{4}(?!\d)")
UNKNOWN_COUNT = "."
"""What stands for "not known" in a column of counts."""


def _unknown_value(text: str, codelist: Codelist, value_of: Callable[[str], str | None]) -> Note:
    """What to report about a text that is no value; of "a, b" only the part that is not known."""
    parts = [part.strip() for part in re.split("[,/]", text) if part.strip()]
    unknown = [part for part in parts if len(parts) == 1 or value_of(part) is None]
    word = unknown[0] if unknown and len(unknown) < len(parts) else text
    noun = _NOUNS.get(codelist.name, codelist.name.lower())
    where = "" if word == text else f"In {quoted(text)}: "
    return Note("waarde-onbekend", text, f"{where}{quoted(word)} kennen we niet als {noun}. {_advice(word, codelist)}")


def _advice(word: str, codelist: Codelist) -> str:
    meant = closest_value(word, codelist)
    if meant is not None:
        return f'Bedoelde je "{meant}"? Kies een waarde uit de lijst.'
    if len(codelist.values) <= _SHORT_LIST:
        return f"Kies uit: {', '.join(codelist.values)}."
    return f"Kies een waarde uit de lijst, bijvoorbeeld: {', '.join(codelist.values[:3])}."


def _matches(text: str, codelist: Codelist) -> tuple[list[str], list[Note]]:
    """The values in a cell, in the order written, and a note for each part that is none."""
    known: dict[str, str | None] = {}

    def value_of(word: str) -> str | None:
        if word not in known:
            known[word] = match_value(word, codelist)
        return known[word]

    values: dict[str, None] = {}
    notes = []
    for part in watched(split_values(text, lambda word: value_of(word) is not None)):
        value = value_of(part)
        if value is None:
            notes.append(_unknown_value(part, codelist, value_of))
        else:
            values[value] = None
    return list(values), notes


def codes_reader(codelist: Codelist) -> Callable[[str], Reading]:
    """Several values of a closed list: a tuple in the order of the list; () = unknown."""
    order = {value: place for place, value in enumerate(codelist.values)}

    def read(text: str) -> Reading:
        values, notes = _matches(text, codelist)
        return Reading(tuple(sorted(values, key=order.__getitem__)), tuple(notes))

    return read


def code_reader(codelist: Codelist) -> Callable[[str], Reading]:
    """One value of a closed list, the first that is understood; "" = unknown."""

    def read(text: str) -> Reading:
        values, notes = _matches(text, codelist)
        if len(values) > 1:
            message = (
                f'Hier mag één waarde staan. We rekenen met de eerste: "{values[0]}". '
                f"Laat er één staan, of maak een rij per waarde."
            )
            notes.append(Note("meer-waarden", text, message))
        return Reading(values[0] if values else "", tuple(notes))

    return read


def read_text(text: str) -> Reading:
    """Free text, as it is."""
    return Reading(text)


def read_texts(text: str) -> Reading:
    """Several free texts: a tuple without doubles."""
    return Reading(tuple(dict.fromkeys(hard_segments(text))))


def organisations_reader(names: OrganisationNames) -> Callable[[str], Reading]:
    """Organisations by their current names."""
    return lambda text: Reading(names.split(text))


def postcode_reader(postcodes: Mapping[str, tuple[str, ...]]) -> Callable[[str], Reading]:
    """A postcode of the city; "" = unknown."""

    def read(text: str) -> Reading:
        if not text:
            return Reading("")
        found = list(dict.fromkeys(_POSTCODE.findall(text)))
        known = [code for code in found if code in postcodes]
        if not known:
            message = (
                f"{quoted(text)} is geen postcode van Antwerpen. Vul vier cijfers in, bijvoorbeeld 2060, of laat leeg."
            )
            return Reading("", (Note("postcode-onbekend", text, message),))
        if len(found) == 1:
            return Reading(known[0])
        message = f"Hier mag één postcode staan. We rekenen met {known[0]}. Maak een rij per plek."
        return Reading(known[0], (Note("meer-waarden", text, message),))

    return read


def district_reader(names: WijkNames) -> Callable[[str], Reading]:
    """A district, "Antwerpen" for the city, or "district Antwerpen"; "" = unknown."""

    def read(text: str) -> Reading:
        parts = split_values(text, lambda word: names.district(word) is not None)
        known = list(dict.fromkeys(found for part in watched(parts) if (found := names.district(part))))
        notes = tuple(_unknown_district(part, names) for part in parts if names.district(part) is None)
        if len(known) > 1:
            message = f"Hier mag één district staan. We rekenen met {known[0]}. Maak een rij per plek."
            notes += (Note("meer-waarden", text, message),)
        return Reading(known[0] if known else "", notes)

    return read


def _unknown_district(text: str, names: WijkNames) -> Note:
    meant = names.closest_district(text)
    advice = f'Bedoelde je "{meant}"? ' if meant else ""
    if names.known(text):
        advice = 'Is het een wijk? Zet ze dan in de kolom "Wijk". '
    message = f"{quoted(text)} kennen we niet als district. {advice}Kies uit: {', '.join(names.district_names)}."
    return Note("district-onbekend", text, message)


class WijkenValue(NamedTuple):
    """The wijken of a cell: sorted codes, and whether the cell says the whole city."""

    codes: tuple[str, ...] = ()
    whole_city: bool = False


def wijken_reader(names: WijkNames) -> Callable[[tuple[str, str, str]], Reading]:
    """Wijken from a text, with the row's district and postcode to decide bare names: `WijkenValue`."""

    def read(cell: tuple[str, str, str]) -> Reading:
        text, district, postcode = cell
        if not text:
            return Reading(WijkenValue())
        parts = watched(split_values(text, names.known))
        matches = [(part, names.resolve(part, district, postcode)) for part in parts]
        notes = tuple(wijk_note(part, match.options, names) for part, match in matches if not match.decided)
        if any(match.whole_city for _, match in matches):
            return Reading(WijkenValue(whole_city=True), notes)
        return Reading(WijkenValue(tuple(sorted({code for _, match in matches for code in match.codes}))), notes)

    return read


def wijk_note(text: str, options: tuple[str, ...], names: WijkNames) -> Note:
    """What to report about a name that is no wijk, or that fits several (`options`)."""
    if options:
        labels = " of ".join(f'"{names.labels[code]}"' for code in options)
        message = (
            f"{quoted(text)} kan meer dan één wijk zijn: {labels}. Schrijf de volledige naam, of vul het district in."
        )
        return Note("wijk-onduidelijk", text, message)
    meant = names.closest(text)
    advice = f'Bedoelde je "{meant}"? ' if meant else ""
    choice = "Kies een wijk, een district of een gebied van het blad Gebieden."
    message = f"{quoted(text)} kennen we niet als wijk. {advice}{choice}"
    return Note("wijk-onbekend", text, message)


def date_reader(edge: Edge) -> Callable[[str], Reading]:
    """A day; NaT = unknown."""

    def read(text: str) -> Reading:
        if not text:
            return Reading(NO_DATE)
        reading = read_date(text, edge)
        if reading.day is None:
            message = f"{quoted(text)} kunnen we niet lezen als datum. Schrijf dag/maand/jaar, bijvoorbeeld 1/09/2026."
            return Reading(NO_DATE, (Note("datum-onleesbaar", text, message),))
        day = np.datetime64(reading.day, "us")
        if not reading.period:
            return Reading(day)
        shown = datetime.strftime(datetime.combine(reading.day, datetime.min.time()), "%d/%m/%Y")
        message = (
            f"Hier staat enkel een {reading.period}. We lezen dit als de {edge.value} dag: {shown}. "
            f"Vul een volledige datum in als dat niet klopt."
        )
        return Reading(day, (Note("datum-onvolledig", text, message),))

    return read


def read_count(text: str) -> Reading:
    """A number of people; NaN for ``.`` (not known) and for what is no whole number of 0 or more."""
    if text == UNKNOWN_COUNT:
        return Reading(float("nan"))
    number = whole_number(text)
    if number is None:
        message = (
            f"{quoted(text)} is geen aantal personen. Schrijf een geheel getal van 0 of meer, "
            f"of een punt (.) als het aantal niet bekend is."
        )
        return Reading(float("nan"), (Note("aantal-ongeldig", text, message),))
    return Reading(float(number))
