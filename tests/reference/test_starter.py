"""The starter workbook: public facts only, each with its source, and reading it back gives nothing unexpected."""

from __future__ import annotations

import base64
import csv
import json
import shutil
import subprocess
import sys
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from einclusie_data.city.areas import load_areas
from einclusie_data.contract import settings
from einclusie_data.contract.codelists import ACCESS, STOPPED, TYPE
from einclusie_data.contract.errors import ReferenceDataError, Severity
from einclusie_data.contract.privacy import has_personal
from einclusie_data.contract.schema import (
    EXAMPLE_NUMBER,
    HELP_SHEET,
    LISTS_SHEET,
    METHODS,
    OFFERS,
    PARTNERS,
    SHEETS,
    ZONES,
)
from einclusie_data.reference.starter.rows import source_date
from einclusie_data.reference.starter.tables import POSSIBLE_PLACE, read_tables
from einclusie_data.reference.starter.workbook import starter_bytes, starter_rows, write_starter

FOLDER = settings.PROJECT_FOLDER / "data"

EXPECTED_WARNINGS = {
    # Published as such: the point of Top Hat lies on Linkeroever, its postcode 2030 does not; both are kept.
    ("postcode-strijdig", "Gratis wifi: Ontmoetingscentrum Top Hat"),
}
"""Code and name of the offer."""


def _raw(name):
    with (FOLDER / "bronnen" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def rows():
    return starter_rows(FOLDER)


@pytest.fixture(scope="module")
def offers(rows):
    return rows[OFFERS.key]


@pytest.fixture(scope="module")
def content():
    return starter_bytes(FOLDER)


@pytest.fixture(scope="module")
def workbook(content):
    read = pytest.importorskip("einclusie_data.files.read.workbook")
    validate = pytest.importorskip("einclusie_data.checking.workbook")
    return validate.check_workbook(read.read_workbook(content, "startbestand.xlsx"), load_areas(FOLDER))


def _by_name(offers, name):
    return next(row for row in offers if row["name"] == name)


def _parts(content):
    """The parts of the file: another zlib may compress the same parts differently."""
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_file_in_data_is_what_the_code_makes(content):
    assert _parts((FOLDER / "startbestand.xlsx").read_bytes()) == _parts(content)


def test_bytes_are_the_same_every_time(content):
    assert starter_bytes(FOLDER) == content


def test_write_starter_writes_these_bytes(tmp_path, content):
    sources = tmp_path / "bronnen"
    sources.mkdir()
    for file in (FOLDER / "bronnen").iterdir():
        (sources / file.name).write_bytes(file.read_bytes())
    assert write_starter(tmp_path).read_bytes() == content
    assert [file.name for file in tmp_path.glob("*")] == ["bronnen", "startbestand.xlsx"]


# --- counts: nothing lost, nothing invented ---------------------------------------------------------------------------


def test_every_source_row_is_one_offer_or_one_possible_partner(rows):
    named, wifi = _raw("aanbod_publieke_bronnen.csv"), _raw("wifi_openbaar.csv")
    places = [row["naam"] for row in named if row["type"] == POSSIBLE_PLACE]
    assert (len(named), len(wifi), len(places)) == (36, 39, 3)
    assert len(rows[OFFERS.key]) == 36 - 3 + 39
    assert [row["organisation"] for row in rows[PARTNERS.key] if row["role"] == "Mogelijke partner"] == places


def test_names_are_those_of_the_sources_in_their_order(offers):
    named = [row["naam"] for row in _raw("aanbod_publieke_bronnen.csv") if row["type"] != POSSIBLE_PLACE]
    wifi = [row["naam"].replace("DH ", "Districtshuis ") for row in _raw("wifi_openbaar.csv")]
    assert [row["name"] for row in offers] == named + [f"Gratis wifi: {name}" for name in wifi]


def test_offers_are_numbered_from_one_without_an_example(offers):
    assert [row["number"] for row in offers] == [str(number) for number in range(1, 73)]
    assert EXAMPLE_NUMBER not in {row["number"] for row in offers}


def test_every_method_is_there(rows):
    methods = _raw("methodieken_publieke_bronnen.csv")
    assert len(methods) == 37
    assert [row["name"] for row in rows[METHODS.key]] == [row["naam"] for row in methods]
    assert [row["website"] for row in rows[METHODS.key]] == [row["url"] for row in methods]


# --- facts -----------------------------------------------------------------------------------------------------------


def test_every_offer_has_its_source_and_a_remark(offers):
    named = [row for row in _raw("aanbod_publieke_bronnen.csv") if row["type"] != POSSIBLE_PLACE]
    for row, source in zip(offers, named, strict=False):
        assert row["source"] == f"{source['bron_url']} ({source['bron_datum']})"
    assert all("wifi openbaar" in row["source"] for row in offers[len(named) :])
    assert all(row["note"] for row in offers)


def test_coordinates_are_only_those_of_the_source_row(offers):
    published = {
        (float(row["lat"]), float(row["lon"]))
        for name in ("aanbod_publieke_bronnen.csv", "wifi_openbaar.csv")
        for row in _raw(name)
        if row["lat"]
    }
    given = [(row["lat"], row["lon"]) for row in offers if "lat" in row or "lon" in row]
    assert set(given) == published
    assert len(given) == 40


def test_addresses_and_postcodes_are_those_of_the_source_row(offers):
    for row, source in zip(offers[33:], _raw("wifi_openbaar.csv"), strict=True):
        assert row["address"] == f"{source['straat']} {source['huisnummer']}".removesuffix(" nn")
        assert (row["postcode"], row["district"]) == (source["postcode"], source["gemeente_district"])
    assert {row["address"] for row in offers[:33] if "address" in row} == {"De Coninckplein", "Uitbreidingstraat"}
    assert not [row for row in offers[:33] if "postcode" in row]


def test_date_of_the_source_is_the_last_check(offers):
    assert _by_name(offers, "Digiburger (wekelijkse vrijwilligersploeg)")["checked"] == date(2022, 1, 1)
    assert "checked" not in _by_name(offers, "DigiSchakels")
    assert not [row for row in offers[33:] if "checked" in row]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-04-18", date(2023, 4, 18)),
        ("2020-04", date(2020, 4, 1)),
        ("2020 (jaarverslag)", date(2020, 1, 1)),
        ("2022 of later (citeert barometer 2022)", date(2022, 1, 1)),
        ("onbekend jaar (10-23 juni, BIB-plan 2020-2025)", None),
        ("onbekend", None),
    ],
)
def test_only_a_known_year_gives_a_date(text, expected):
    assert source_date(text) == expected


def test_libraries_without_confirmed_computers_have_no_type(offers):
    unconfirmed = [row["naam"] for row in _raw("aanbod_publieke_bronnen.csv") if "niet per filiaal" in row["type"]]
    assert len(unconfirmed) == 11
    assert not [name for name in unconfirmed if "types" in _by_name(offers, name)]
    assert _by_name(offers, "Bibliotheek Permeke")["types"] == ACCESS


def test_what_is_over_does_not_count_as_running(offers):
    assert _by_name(offers, "Laptopschenking stad (1000 laptops)")["status"] == STOPPED
    ended = {row["name"]: row["valid_to"] for row in offers if "valid_to" in row}
    assert ended == {
        "Digipunt aan huis": date(2025, 3, 31),
        "Digisessies Atlas (38 groepssessies, 536 deelnemers in 2020)": date(2020, 12, 31),
    }


def test_the_planned_building_is_planned(offers):
    assert [row["name"] for row in offers if row.get("status") == "Gepland"] == ["Gratis wifi: Districtshuis BEZALI"]


# --- what was judged: tables in bronnen/ ------------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path):
    """A data folder of which the sources can be changed."""
    shutil.copytree(FOLDER / "bronnen", tmp_path / "bronnen")
    return tmp_path


def _change(folder, name, old, new):
    path = folder / "bronnen" / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        ("aanbod_publieke_bronnen", "themasessies", "praatsessies", r"iets nieuws \(type: 'praatsessies'\)"),
        (
            "aanbod_publieke_bronnen",
            "Antwerpen (alle districten)",
            "Gent",
            r"nieuws \(Gent\).*startbestand_plaatsen.csv",
        ),
        ("startbestand_aanbod", "Digicheques,", "Digicheque,", "'Digicheque' staat in geen enkele bron"),
        ("startbestand_aanbod", "DigiSchakels,", "Digicheques,", "rij 20: Digicheques staat er twee keer in"),
        ("startbestand_aanbod", "2025-03-31", "31/03/2025", "rij 5: tot '31/03/2025' is geen datum"),
        (
            "startbestand_aanbod",
            "Gestopt",
            "Gedaan",
            "status 'Gedaan' staat niet in de lijst Status .wel: Actief, Gepl",
        ),
        ("startbestand_aanbod", "opmerking", "nota", "startbestand_aanbod.csv: kolom opmerking ontbreekt"),
        (
            "startbestand_woorden",
            "themasessies,Groepsles of",
            "themasessies,Les of",
            "rij 11: waarde 'Les of workshop'",
        ),
        ("startbestand_woorden", "prijs,gratis,Gratis", "prijs,gratis,Gratis; Betalend", "in Prijs past één waarde"),
        ("startbestand_woorden", "prijs,gratis,", "kost,gratis,", "kolom 'kost' kennen we niet .wel: type, doelgroep"),
        ("startbestand_methodieken", "Digidak,", "Digitak,", "'Digitak' staat in geen enkele bron"),
        ("startbestand_methodieken", ",Basis,", ",Begin,", "niveau 'Begin' staat niet in de lijst Niveau"),
        ("startbestand_partners", ",Lid,", ",Leden,", "rol 'Leden' staat niet in de lijst Rol"),
        ("startbestand_partners", "centrum Silsburg", "centrum Silsbrug", "'Dienstencentrum Silsbrug' staat in geen"),
        ("startbestand_gebieden", "2060", "9999", "postcode 9999 staat niet in de lijst van postcodes"),
    ],
)
def test_what_is_wrong_in_a_table_is_said(copy, name, old, new, finding):
    _change(copy, name, old, new)
    with pytest.raises(ReferenceDataError, match=finding):
        starter_rows(copy)


def test_findings_of_all_tables_are_told_at_once(copy):
    _change(copy, "startbestand_partners", ",Lid,", ",Leden,")
    _change(copy, "startbestand_methodieken", ",Basis,", ",Begin,")
    (copy / "bronnen" / "startbestand_woorden.csv").unlink()
    with pytest.raises(ReferenceDataError) as raised:
        read_tables(copy)
    for text in ("'Leden'", "'Begin'", "bronnen/startbestand_woorden.csv ontbreekt"):
        assert text in str(raised.value)


CHANGED_LISTS = """
from dataclasses import replace
from einclusie_data.contract import codelists
lists = {name: value for name, value in vars(codelists).items() if isinstance(value, codelists.Codelist)}
for name, value in lists.items():
    added = ("Een nieuw type",) if name == "TYPE" else ()
    setattr(codelists, name, replace(value, values=(*added, *reversed(value.values))))
codelists.CODELISTS = {value.name: getattr(codelists, name) for name, value in lists.items()}

import base64, json, sys
from pathlib import Path
from einclusie_data.reference.starter.workbook import starter_bytes, starter_rows
folder = Path(sys.argv[1])
print(json.dumps({"rows": starter_rows(folder), "file": base64.b64encode(starter_bytes(folder)).decode()}, default=str))
"""
"""Changes the lists before any other module of the product sees them."""


def test_a_new_type_and_lists_in_another_order_change_no_row(rows):
    """Values go by their name: only the order of the types in a cell follows the list."""
    command = [sys.executable, "-c", CHANGED_LISTS, str(FOLDER)]
    made = json.loads(
        subprocess.run(command, cwd=settings.PROJECT_FOLDER, check=True, capture_output=True, timeout=120).stdout
    )
    assert [row["types"] for row in made["rows"][OFFERS.key] if "types" in row] != [
        row["types"] for row in rows[OFFERS.key] if "types" in row
    ]
    assert _unordered(made["rows"]) == _unordered(rows)
    lists = load_workbook(BytesIO(base64.b64decode(made["file"])))[LISTS_SHEET]
    types = next([cell.value for cell in column] for column in lists.columns if column[0].value == TYPE.name)
    assert types[: len(TYPE.values) + 2] == [TYPE.name, "Een nieuw type", *reversed(TYPE.values)]


def _unordered(rows):
    return {
        sheet: [{key: sorted(str(value).split("; ")) for key, value in row.items()} for row in listed]
        for sheet, listed in rows.items()
    }


def test_no_personal_contact_details(rows):
    texts = [str(value) for sheet in rows.values() for row in sheet for value in row.values()]
    assert not [text for text in texts if has_personal(text)]
    assert not [row for row in rows[OFFERS.key] if row.keys() & {"contact", "internal_contact"}]


def test_network_names_its_leaders_and_members(rows):
    partners = rows[PARTNERS.key]
    leaders = {(row["networks"], row["organisation"]) for row in partners if row["role"] == "Trekker"}
    assert leaders == {("Stad", "team e-inclusie stad Antwerpen"), ("Kiel", "SAAMO"), ("Dam", "buurtwerk Elegast")}
    assert len([row for row in partners if row["role"] == "Lid"]) == 10
    assert not [row for row in partners if row["role"] == "Mogelijke partner" and "works_on_inclusion" in row]


def test_areas(rows):
    postcodes = {row["postcode"]: row["wijkcodes"] for row in _raw("postcodes.csv")}
    zones = {row["name"]: row["wijken"].replace(" ", "") for row in rows[ZONES.key]}
    assert zones == {"Antwerpen-Noord": postcodes["2060"], "Borgerhout": postcodes["2140"]}


# --- the file --------------------------------------------------------------------------------------------------------


def test_sheets_and_headers_are_those_of_the_contract(content):
    book = load_workbook(BytesIO(content))
    for sheet in SHEETS:
        assert [cell.value for cell in book[sheet.name][1]] == list(sheet.headers.values())


def test_help_says_what_the_file_is(content):
    cells = load_workbook(BytesIO(content))[HELP_SHEET].iter_rows(values_only=True)
    text = " ".join(str(value) for row in cells for value in row if value)
    for word in ("niet volledig", "partners hebben het niet nagekeken", "van 2020 tot 2025", "2013-2014", "2060"):
        assert word in text


def test_reads_without_errors_and_keeps_every_row(workbook, rows):
    assert not [problem for problem in workbook.problems if problem.severity is Severity.ERROR]
    assert workbook.rows_read == workbook.rows_used == sum(len(sheet) for sheet in rows.values())
    assert not workbook.unknown_sheets


def test_warnings_are_only_those_that_the_sources_bring(workbook, offers):
    names = dict(zip(workbook.offers["row"], workbook.offers["name"], strict=True))
    found = [(problem.code, names.get(problem.row) if problem.sheet == OFFERS.name else problem.message)
             for problem in workbook.problems]  # fmt: skip
    assert sorted(found) == sorted(EXPECTED_WARNINGS)


def test_every_value_is_understood(workbook, rows):
    """What the rows say arrives in the clean tables: same filled cells, no more (Wanneer may add a frequency)."""
    tables = {OFFERS.key: workbook.offers, METHODS.key: workbook.methods, PARTNERS.key: workbook.partners}
    for sheet, table in tables.items():
        for row, clean in zip(rows[sheet], table.to_dict("records"), strict=True):
            for key, value in row.items():
                if key != "organisations" and isinstance(value, str) and isinstance(clean[key], tuple):
                    expected = {"Ekeren": 6, "Borgerhout": 3, "Antwerpen-Noord": 4}.get(value, value.count(";") + 1)
                    assert len(clean[key]) == (expected if key == "wijken" else value.count(";") + 1)
                elif isinstance(value, str) and key != "district":
                    assert clean[key], (key, value)
