"""Networks against loops over the rows of the workbook."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from einclusie_data.answers.scopes import Scope, scopes
from einclusie_data.city.areas import load_areas
from einclusie_data.contract.questions import Question
from einclusie_data.contract.verdicts import OPEN_GAP
from einclusie_data.contract.words import UNKNOWN
from einclusie_data.engine.dataset import Dataset, answer_per_group, load_dataset
from einclusie_data.meeting.network import (
    ACTIVE,
    EMPTY_WIJK,
    HEADERS,
    MAYBE,
    NOBODY,
    near_gaps,
    network_looks,
    network_of,
    network_sentences,
    network_xlsx_bytes,
    partner_table,
)
from tests.xlsx import workbook_bytes

QUESTION = Question(date(2026, 11, 23))
EVIL = "@SUM(1)<img src=x onerror=alert(1)>"
PARTNERS = [
    ["Organisatie", "Soort", "Netwerk", "Rol", "Werkt al rond e-inclusie?", "Wijk"],
    ["Bib Kiel", "bibliotheek", "Stad; Kiel", "Trekker", "Ja", "Kiel"],
    ["Buurtwerk Dam", "buurtwerk", "Dam", "Lid", "Ja", "Dam"],
    ["Trekt op de Dam", "", "Dam", "Trekker", "Ja", "Dam"],
    ["School Kiel", "school", "Kiel", "Mogelijke partner", "Nog niet", "Kiel"],
    ["Ergens", "", "Stad", "Lid", "", ""],
    [EVIL, "", "Kiel", "Lid", "", "Linkeroever"],
]
OFFERS = [
    ["Naam aanbod", "Organisatie", "Doelgroep", "Type aanbod", "Frequentie", "Wijk", "Status"],
    ["Hulp", "Buurtwerk Dam; Nieuwe vzw", "Ouderen", "Individuele begeleiding", "Wekelijks", "Luchtbal", "Actief"],
    ["Weg", "Buurtwerk Dam", "Jongeren", "Individuele begeleiding", "Wekelijks", "Hoboken-Centrum", "Stopgezet"],
    ["Vaag", "Bib Kiel", "", "Individuele begeleiding", "Wekelijks", "Kiel", "Actief"],
]


def world(tmp_path: Path, partners: list, offers: list = OFFERS) -> Dataset:
    path = tmp_path / "werkmap.xlsx"
    path.write_bytes(workbook_bytes({"Partners": partners, "Aanbod": offers}))
    return load_dataset(path, load_areas())


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return world(tmp_path, PARTNERS)


def scope(dataset: Dataset, name: str) -> Scope:
    return scopes(dataset)[name]


def code(dataset: Dataset, label: str) -> str:
    wijken = dataset.areas.wijken
    return str(wijken.index[wijken["label"] == label][0])


def test_the_members_of_a_network_are_the_rows_that_name_it(dataset):
    for name, network in (("Netwerk Kiel", "Kiel"), ("Netwerk Dam", "Dam")):
        found = network_of(dataset, QUESTION, scope(dataset, name))
        rows = [row for row in PARTNERS[1:] if network in row[2].split("; ")]
        assert set(found.partners["organisation"]) == {row[0] for row in rows if row[3] != "Mogelijke partner"}
        assert set(found.possible["organisation"]) == {row[0] for row in rows if row[3] == "Mogelijke partner"}


def test_the_city_has_everyone_also_who_only_offers_something(dataset):
    found = network_of(dataset, QUESTION, scope(dataset, "Hele stad"))
    names = [*found.partners["organisation"], *found.possible["organisation"]]
    assert sorted(names) == sorted([*(row[0] for row in PARTNERS[1:]), "Nieuwe vzw"])
    assert found.partners["organisation"].iloc[0] == "Bib Kiel"


def test_offers_and_groups_are_those_that_are_active(dataset):
    found = network_of(dataset, QUESTION, scope(dataset, "Hele stad")).partners.set_index("organisation")
    assert found.loc["Buurtwerk Dam", ["offers", "groups", "unsure"]].tolist() == [1, ("Ouderen",), 0]
    assert found.loc["Bib Kiel", ["offers", "groups", "unsure"]].tolist() == [1, (), 1]
    assert found.loc["Ergens", "offers"] == 0


def test_a_wijk_is_empty_without_a_seat_and_without_an_active_offer_at_a_place(dataset):
    city = scope(dataset, "Hele stad")
    found = network_of(dataset, QUESTION, city)
    taken = {code(dataset, one) for one in ("Kiel", "Dam", "Linkeroever", "Luchtbal")}
    inhabited = dataset.areas.wijken["inhabited"]
    assert set(found.empty) == {one for one in city.codes if inhabited[one]} - taken
    assert found.placeless == ("Ergens",)
    looks = network_looks(found, dataset.areas, city).set_index("wijkcode")["soort"]
    for one in city.codes:
        assert looks[one] == (EMPTY_WIJK if not inhabited[one] else ACTIVE if one in taken else MAYBE)


def test_when_every_place_is_known_nobody_is_nobody(tmp_path):
    dataset = world(tmp_path, [row for row in PARTNERS if row[0] != "Ergens"])
    found = network_of(dataset, QUESTION, scope(dataset, "Hele stad"))
    assert set(network_looks(found, dataset.areas, scope(dataset, "Hele stad"))["soort"]) == {
        ACTIVE,
        NOBODY,
        EMPTY_WIJK,
    }
    assert not any(
        "kennen we de plek niet" in one for one in network_sentences(found, dataset.areas, scope(dataset, "Hele stad"))
    )


def test_a_possible_partner_is_near_the_gaps_of_its_wijk_and_of_those_within_walking_distance(dataset):
    city = scope(dataset, "Hele stad")
    table = answer_per_group(dataset, QUESTION).table
    found = near_gaps(dataset, network_of(dataset, QUESTION, city), table, 800)
    wijken = dataset.areas.wijken
    seat = wijken.loc[code(dataset, "Kiel")]
    for one, row in wijken.iterrows():
        walk = 1.3 * ((row["centre_x"] - seat["centre_x"]) ** 2 + (row["centre_y"] - seat["centre_y"]) ** 2) ** 0.5
        gaps = table[(table["wijkcode"] == one) & table["oordeel"].isin(OPEN_GAP)]["doelgroep"].tolist()
        told = [groups for name, wijk, groups in found if wijk == row["label"]]
        if walk <= 799 and gaps:
            assert told == [tuple(gaps)], one
        elif walk > 801:
            assert not told, one
    assert {name for name, _, _ in found} <= {"School Kiel"}


def test_the_table_says_unknown_and_the_file_runs_nothing(dataset):
    found = network_of(dataset, QUESTION, scope(dataset, "Hele stad"))
    table = partner_table(found.partners, dataset.areas)
    assert list(table.columns) == list(HEADERS)
    somewhere = table.set_index("Organisatie").loc["Ergens"]
    assert somewhere["Wijk"] == somewhere["Soort"] == UNKNOWN
    assert table.set_index("Organisatie").loc["Bib Kiel", "Voor wie"] == UNKNOWN
    book = network_xlsx_bytes({"Partners": table}, [("Wat", "x")])
    cells = [cell for row in load_workbook(BytesIO(book))["Partners"].iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(EVIL in str(cell.value) for cell in cells)


def test_the_answer_names_the_trekker_and_what_would_make_it_surer(dataset):
    kiel = scope(dataset, "Netwerk Kiel")
    text = " ".join(network_sentences(network_of(dataset, QUESTION, kiel), dataset.areas, kiel))
    assert "2 partners en 1 mogelijke partner." in text
    assert "Trekker: Bib Kiel." in text
    assert "In elke wijk is een partner actief." in text
    city = scope(dataset, "Hele stad")
    assert network_of(dataset, QUESTION, city).leaders == ("Bib Kiel",)
    assert network_of(dataset, QUESTION, scope(dataset, "Netwerk Dam")).leaders == ("Trekt op de Dam",)
    assert network_of(dataset, QUESTION, scope(dataset, "Dam")).leaders == ("Trekt op de Dam",)
    text = " ".join(network_sentences(network_of(dataset, QUESTION, city), dataset.areas, city))
    assert "Van 1 partner kennen we de plek niet." in text
