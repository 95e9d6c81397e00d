"""Which offer is meant, in the same workbook and in the next one."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from einclusie_data.contract.settings import STARTER_WORKBOOK
from einclusie_data.engine.dataset import load_dataset
from einclusie_data.proposals.scenario import KEY_LENGTHS, offer_keys, rows_of_key
from tests.factories import offer, workbook
from tests.sheets import city
from tests.worlds import degrees_at

BIST = {"address": "Bist 1", "postcode": "2610", "wijken": ("ZUI01",)}
KAAI = {"address": "Kaai 5", "postcode": "2000", "wijken": ("NOO01",)}


def with_partners(book, *partners: tuple[str, tuple[str, ...]]):
    table = pd.DataFrame(partners, columns=["organisation", "other_names"])
    return replace(book, partners=table)


def only_key(*rows: dict, place: int = 0) -> str:
    return offer_keys(workbook(*rows))[place]


def test_every_key_finds_its_own_row():
    rows = [offer(**BIST), offer(**KAAI), offer(name="Les", **KAAI), offer(organisations=("Ligo",), **BIST)]
    rows += [offer(**BIST, when="maandag"), offer(mode="Online"), offer(at=(500, 500)), offer(at=(900, 500))]
    book = workbook(*rows)
    keys = offer_keys(book)
    assert [rows_of_key(book, key) for key in keys] == [(place,) for place in range(len(rows))]
    assert {len(key) for key in keys} == set(KEY_LENGTHS)


def test_every_key_of_the_starter_workbook_finds_its_own_row():
    book = load_dataset(STARTER_WORKBOOK, city()).workbook
    keys = offer_keys(book)
    assert len(set(keys)) == len(keys) > 50
    assert [rows_of_key(book, key) for key in keys] == [(place,) for place in range(len(keys))]


def test_a_key_says_nothing_that_can_be_read():
    key = only_key(offer(name="Bel An 0470 12 34 56" * 50, **BIST))
    assert len(key) in KEY_LENGTHS
    assert "0470" not in key


def test_the_order_of_rows_and_their_numbers_mean_nothing():
    rows = [offer(name=name, number=str(place), **BIST) for place, name in enumerate("abcd")]
    keys = offer_keys(workbook(*rows))
    turned = workbook(*(row | {"number": str(place + 40)} for place, row in enumerate(reversed(rows))))
    assert [rows_of_key(turned, key) for key in keys] == [(3,), (2,), (1,), (0,)]


@pytest.mark.parametrize(
    "change",
    [
        {"name": "DIGI-HULP"},
        {"when": "dinsdag", "price": "Gratis", "groups": ("Werkzoekenden",)},
        {"address": "Bist, 1"},
        KAAI,  # it moved, and no other offer has its name
        {"organisations": ("Partner vzw",)},
    ],
)
def test_an_offer_is_still_itself(change):
    key = only_key(offer(**BIST), offer(name="Les"))
    assert rows_of_key(workbook(offer(name="Les"), offer(**BIST | change)), key) == (1,)


@pytest.mark.parametrize("change", [{"name": "Iets anders"}, {"organisations": ("Ligo",)}])
def test_an_offer_of_another_name_or_organisation_is_another(change):
    assert rows_of_key(workbook(offer(**BIST | change)), only_key(offer(**BIST))) == ()


def test_a_branch_that_is_gone_is_not_taken_for_the_one_that_stays():
    key = only_key(offer(**BIST), offer(**KAAI))
    assert rows_of_key(workbook(offer(**KAAI)), key) == ()
    assert rows_of_key(workbook(offer(**KAAI), offer(**BIST)), key) == (1,)


def test_a_second_branch_does_not_hide_the_first():
    assert rows_of_key(workbook(offer(**KAAI), offer(**BIST)), only_key(offer(**BIST))) == (1,)


def test_of_two_courses_at_one_place_the_one_with_the_same_cells_is_meant():
    monday, friday = offer(**BIST, when="maandag"), offer(**BIST, when="vrijdag")
    key = only_key(monday, friday)
    assert rows_of_key(workbook(friday, monday), key) == (1,)
    assert rows_of_key(workbook(friday, monday | {"number": "7"}), key) == (1,)
    assert rows_of_key(workbook(friday), key) == ()  # the other one is there still: not that one
    assert rows_of_key(workbook(friday, offer(**BIST, when="dinsdag")), key) == ()


def test_rows_that_say_the_same_share_a_key():
    book = workbook(offer(**BIST), offer(**BIST, number="5"))
    assert len(set(offer_keys(book))) == 1
    assert rows_of_key(book, offer_keys(book)[0]) == (0, 1)


def test_an_organisation_under_its_former_name_is_found():
    key = only_key(offer(organisations=("Oude naam", "Ligo"), **BIST))
    now = workbook(offer(organisations=("Nieuwe naam", "Ligo"), **BIST))
    assert rows_of_key(now, key) == ()
    assert rows_of_key(with_partners(now, ("Nieuwe naam", ("Oude naam",)), ("Ligo", ())), key) == (0,)


def test_coordinates_tell_places_without_an_address_apart():
    lat, lon = degrees_at(500, 500)
    near, far = offer(lat=lat + 0.00001, lon=lon), offer(at=(900, 1500))
    key = only_key(offer(lat=lat, lon=lon), far)
    assert rows_of_key(workbook(far, near), key) == (1,)


@pytest.mark.parametrize("key", ["", "x", "é" * 12, "A" * 12, "A" * 13, "A" * 16, "A" * 500])
def test_nonsense_is_no_offer(key):
    assert rows_of_key(workbook(offer(**BIST)), key) == ()
