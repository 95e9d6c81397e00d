"""A proposal as a row of the workbook: what is known of it, and what this workbook does not know."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from einclusie_data.contract.codelists import CODELISTS
from einclusie_data.contract.privacy import MASK, has_personal
from einclusie_data.proposals.offer import (
    MAX_TEXT,
    MAX_VALUES,
    NO_NAME,
    NO_ORGANISATION,
    OUTSIDE_CITY,
    UNKNOWN_VALUE,
    UNKNOWN_WIJK,
    NewOffer,
    clean_offers,
    not_used,
    place_of_partner,
    short_text,
    tidy,
)
from tests.factories import dataset, offer
from tests.sheets import checked, city, sheet_of
from tests.worlds import degrees_at


def partners_of(**cells: str) -> dict:
    table = checked(sheet_of("Partners", {"Organisatie": "Atlas"} | cells)).partners
    return table.iloc[0].to_dict()


def test_an_empty_proposal_is_unknown_in_every_cell_but_the_required_ones():
    row = clean_offers(dataset(offer(), offer()), [NewOffer()]).iloc[0]
    assert (row["name"], row["organisations"], row["row"]) == (NO_NAME, (NO_ORGANISATION,), 4)
    assert row["groups"] == row["types"] == row["wijken"] == ()
    assert row["status"] == row["frequency"] == row["mode"] == ""
    assert math.isnan(row["lat"])
    assert row["valid_to"] is pd.NaT
    assert not row["wijk_given"]


def test_proposals_stand_under_the_last_row_also_when_that_was_left_out():
    book = replace(dataset(offer()).workbook, left_out={"offers": pd.DataFrame({"row": [9]})})
    rows = clean_offers(replace(dataset(offer()), workbook=book), [NewOffer(), NewOffer()])
    assert rows["row"].tolist() == [10, 11]


def test_values_get_the_order_of_the_list():
    row = clean_offers(dataset(), [NewOffer(groups=("Werkzoekenden", "Ouderen"), wijken=("ZUI01", "NOO01"))]).iloc[0]
    assert row["groups"] == ("Ouderen", "Werkzoekenden")
    assert row["wijken"] == ("NOO01", "ZUI01")
    assert row["wijk_given"]


def test_what_the_lists_do_not_know_is_unknown_and_named():
    strange = NewOffer(groups=("Ouderen", "Marsmannen"), mode="Per raket", postcode="9999", wijken=("XXX01",))
    assert not_used(dataset(), strange) == [
        ("groups", "Marsmannen", UNKNOWN_VALUE),
        ("mode", "Per raket", UNKNOWN_VALUE),
        ("postcode", "9999", UNKNOWN_VALUE),
        ("wijken", "XXX01", UNKNOWN_WIJK),
    ]
    row = clean_offers(dataset(), [strange]).iloc[0]
    assert (row["groups"], row["mode"], row["postcode"], row["wijken"]) == (("Ouderen",), "", "", ())
    assert row["wijk_given"]  # it says something, though not what


def test_a_value_that_the_workbook_adds_counts():
    book = dataset().workbook
    lists = dict(CODELISTS) | {"Doelgroep": CODELISTS["Doelgroep"].with_values(("Studenten",))}
    data = replace(dataset(), workbook=replace(book, codelists=lists))
    assert not_used(data, NewOffer(groups=("Studenten",))) == []
    assert clean_offers(data, [NewOffer(groups=("Studenten",))])["groups"].tolist() == [("Studenten",)]


@pytest.mark.parametrize(("lat", "lon"), [(50.85, 4.35), (0.0, 0.0), (-51.2, 4.4)])
def test_a_point_far_from_the_city_is_no_point(lat, lon):
    far = NewOffer(lat=lat, lon=lon)
    assert [why for _, _, why in not_used(dataset(), far)] == [OUTSIDE_CITY]
    assert math.isnan(clean_offers(dataset(), [far])["lat"].iloc[0])


def test_a_point_in_the_city_is_kept_to_a_metre():
    lat, lon = degrees_at(512.3, 1500)
    row = clean_offers(dataset(), [NewOffer(lat=lat, lon=lon)]).iloc[0]
    assert (row["lat"], row["lon"]) == (round(lat, 5), round(lon, 5))


@pytest.mark.parametrize(
    ("lat", "lon"), [(None, 4.4), (51.2, None), (math.nan, 4.4), (math.inf, 4.4), (91.0, 4.4), (51.2, 181.0)]
)
def test_half_a_point_or_one_off_the_earth_is_none(lat, lon):
    assert (tidy(NewOffer(lat=lat, lon=lon)).lat, tidy(NewOffer(lat=lat, lon=lon)).lon) == (None, None)


def test_texts_are_one_short_line_without_contact_details():
    assert short_text("  Digi\x00café\r\n\u202ekiel ") == "Digicafé kiel"
    assert len(short_text("x" * 1_000_000)) == MAX_TEXT
    assert short_text("bel 0470 12 34 56 nu") == f"bel {MASK} nu"
    cut = "a" * (MAX_TEXT - 13) + " 0470 12 34 56789"  # what is cut off hid that the rest is a number
    assert not has_personal(short_text(cut))
    assert short_text(short_text(cut)) == short_text(cut)


def test_tidy_keeps_each_value_once_and_not_too_many():
    assert tidy(NewOffer(groups=("Ouderen", " Ouderen", ""))).groups == ("Ouderen",)
    assert len(tidy(NewOffer(wijken=tuple(map(str, range(500))))).wijken) == MAX_VALUES


def test_a_partner_with_coordinates_is_a_point():
    found = place_of_partner(partners_of(Breedtegraad="51,2194", Lengtegraad="4,4025", Adres="Bist 1", Postcode="2000"))
    assert NewOffer(**found) == NewOffer(lat=51.2194, lon=4.4025, location="Atlas", address="Bist 1", postcode="2000")


def test_a_partner_without_coordinates_is_in_its_one_wijk_or_nowhere_for_sure():
    wijken = city().wijken
    one, other = wijken["label"].iloc[:2]
    assert place_of_partner(partners_of(Wijk=one)) | {"location": ""} == {
        "lat": None, "lon": None, "wijken": (wijken.index[0],), "location": "", "address": "", "postcode": ""
    }  # fmt: skip
    assert place_of_partner(partners_of(Wijk=f"{one}; {other}"))["wijken"] == ()
