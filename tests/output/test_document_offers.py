"""Offers on paper: what someone needs to refer a client, numbered as on the map, without internal data."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import pytest

from einclusie_data.answers.offer_card import ONLY_A_POINT, where_words
from einclusie_data.files.write.printable import CUT, printable_data
from einclusie_data.output.paper.offers import (
    REFERRAL,
    TITLES,
    Field,
    marks_of,
    offers_beyond,
    offers_of,
    other_lines,
    other_offers,
    relation_parts,
    sections_of,
)
from tests.documents import material
from tests.factories import offer, question

HELP, WIFI = "Individuele begeleiding", "Toegang tot toestel of internet"


def listed(of, *codes: str):
    return sections_of(of, relation_parts(offers_of(of, codes), TITLES))


def test_offers_are_grouped_by_how_they_relate_and_numbered_through():
    of = material(
        offer(name="Elders", at=(3000, 100)),
        offer(name="Thuis", mode="Aan huis"),
        offer(name="Vlakbij", at=(1100, 1500)),
        offer(name="Hier", at=(500, 1500)),
        offer(name="Misschien", wijken=("NOO01", "NOO02")),
        offer(name="Gestopt", at=(500, 1500), status="Gestopt"),
    )
    found = [(section.title, [(item.number, item.name) for item in section.items]) for section in listed(of, "NOO01")]
    assert found == [
        ("In de wijk", [(1, "Hier")]),
        ("Vlakbij: in een andere wijk, op loopafstand", [(2, "Vlakbij")]),
        ("Aan huis, rondreizend of online", [(3, "Thuis")]),
        ("Misschien in de wijk: de plek is niet zeker", [(4, "Misschien")]),
    ]


def test_an_offer_says_when_where_for_whom_at_what_price_and_how_to_refer():
    row = offer(
        at=(500, 1500), location="Buurthuis", address="Straat 1", postcode="2060", when="di 14-16 u", price="Gratis",
        signup=("Via doorverwijzing",), types=(HELP,), contact="03 123 45 67", website="https://example.org/a",
        valid_to=pd.Timestamp(2027, 6, 30), checked=pd.Timestamp(2026, 9, 1),
    )  # fmt: skip
    item = listed(material(row), "NOO01")[0].items[0]
    fields = {field.head: field.text for line in item.lines for field in line}
    assert fields == {
        "Waar": "Buurthuis, Straat 1, 2060", "Wanneer": "di 14-16 u", "Doelgroep": "Ouderen", "Type aanbod": HELP,
        "Prijs": "Gratis", "Aanmelden": "Via doorverwijzing", "Contact": "03 123 45 67",
        "Website": "https://example.org/a",
    }  # fmt: skip
    assert item.notes == (REFERRAL, "Loopt tot 30/06/2027.", "Laatst gecontroleerd op 1 september 2026.")
    assert item.link == "https://example.org/a"


def test_what_is_not_filled_in_is_said():
    item = listed(material(offer(at=(500, 1500))), "NOO01")[0].items[0]
    assert "Niet ingevuld: wanneer, type aanbod, prijs, aanmelden en contact." in item.notes
    assert REFERRAL not in item.notes


def test_personal_details_and_internal_cells_never_appear():
    row = offer(
        at=(500, 1500), name="Bel 0470 12 34 56", when="mail an@example.org", internal_contact="Geheim",
        note="03 765 43 21", contact="03 123 45 67",
    )  # fmt: skip
    text = repr(listed(material(row), "NOO01"))
    assert "03 123 45 67" in text
    assert not [secret for secret in ("0470", "an@example.org", "Geheim", "765") if secret in text]


WHERES = [
    ({"mode": "Online"}, "Online"),
    ({"mode": "Online", "whole_city": True}, "Online · hele stad"),
    ({"mode": "Hele stad"}, "Hele stad"),
    ({"mode": "Hele stad", "whole_city": True}, "Hele stad"),
    ({"mode": "Aan huis"}, "Aan huis"),
    ({"mode": "Aan huis", "wijken": ("NOO01",)}, "Aan huis · Noordkant"),
    ({"mode": "Online", "location": "Bib", "address": "Straat 1"}, "Online · Bib, Straat 1"),
    ({"mode": "Rondreizend"}, "Rondreizend"),
    ({"at": (500, 1500)}, ONLY_A_POINT),
    ({"wijken": ("NOO01",)}, "Noordkant · plek bij benadering: we kennen enkel de wijk"),
    ({"wijken": ("NOO01", "NOO02")}, "Noordkant en Noordkaai · we weten niet precies waar"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "where"), WHERES)
def test_where_is_never_empty_and_the_same_as_on_the_screen(cells: dict, where: str):
    of = material(offer(types=(HELP,), **cells))
    (section,) = listed(of, "NOO01")
    assert section.items[0].lines[0] == (Field("Waar", where),)
    assert where_words(of.texts.iloc[0], of.dataset.shown["placement"].iloc[0], cells.get("mode", "")) == where
    (line,) = other_lines(of, of.dataset.shown)
    assert line == f"Digihulp (Partner). {where}. {HELP}."


def test_an_offer_without_any_place_says_so_and_no_sentence_is_empty():
    of = material(offer(name="Les.", organisations=("Atlas vzw.",)))
    assert other_lines(of, of.dataset.shown) == ("Les. (Atlas vzw.). We weten niet waar. Type aanbod niet ingevuld.",)


def test_no_field_is_empty_also_when_nothing_of_it_can_be_printed():
    of = material(offer(at=(500, 1500), when="\u0489", location="\u0489"))
    item = printable_data(asdict(listed(of, "NOO01")[0].items[0]))
    assert [one["text"] for line in item["lines"] for one in line if not one["text"].strip()] == []
    assert item["lines"][0][0]["text"] == item["lines"][1][0]["text"] == "□"


def test_a_very_long_cell_is_cut():
    item = listed(material(offer(at=(500, 1500), when="a" * 30_000, name="b" * 999)), "NOO01")[0].items[0]
    assert len(item.lines[1][0].text) < 500
    assert item.name == "b" * 150 + CUT


def test_a_web_address_that_is_none_gets_no_link():
    item = listed(material(offer(at=(500, 1500), website="javascript:alert(1)")), "NOO01")[0].items[0]
    assert item.link == ""


def test_the_nearest_offers_further_away_come_nearest_first():
    of = material(
        offer(name="Ver", at=(100, 100)), offer(name="Hier", at=(500, 1500)), offer(name="Verder", at=(2000, 50))
    )
    inside = offers_of(of, ["NOO01"])
    assert list(inside["name"]) == ["Hier"]
    beyond = offers_beyond(of, ["NOO01"], inside.index)
    assert list(beyond["name"]) == ["Ver", "Verder"]
    where = sections_of(of, [("Verder", beyond)])[0].items[0].lines[0][0].text
    assert where.startswith("Ongeveer 1,9 km, 24 minuten te voet")
    assert offers_beyond(of, ["HAV01"], []).empty


def test_offers_that_the_filters_leave_out_are_named_in_a_line():
    of = material(
        offer(name="Les", at=(500, 1500), types=(HELP,)),
        offer(name="Wifi", at=(500, 1500), types=(WIFI,), location="Plein"),
        offer(name="Onbekend soort", at=(500, 1500), types=()),
        asked=question(types=(HELP,)),
    )
    inside = offers_of(of, ["NOO01"])
    assert list(inside["name"]) == ["Les", "Onbekend soort"]
    assert other_lines(of, other_offers(of, ["NOO01"], inside.index)) == (f"Wifi (Partner). Plein. {WIFI}.",)


def test_of_many_other_offers_the_rest_is_counted():
    of = material(
        *(offer(name=f"Wifi {n}", at=(500, 1500), types=(WIFI,)) for n in range(11)), asked=question(types=(HELP,))
    )
    lines = other_lines(of, other_offers(of, ["NOO01"], []))
    assert len(lines) == 9
    assert lines[-1] == "En nog 3 andere."


def test_marks_have_the_numbers_of_the_list_and_only_known_places():
    of = material(
        offer(name="Misschien", wijken=("NOO01", "NOO02")), offer(name="Ruw", wijken=("NOO01",)), offer(at=(500, 1500))
    )
    marks = marks_of(of, listed(of, "NOO01"))
    assert [(mark.number, mark.exact) for mark in marks] == [(1, False), (2, True)]
