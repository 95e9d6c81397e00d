"""One offer in words: every public field, what is blank, what was not understood, where it counts."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest

from einclusie_data.answers.offer_card import (
    PUBLIC,
    card_lines,
    checked_sentence,
    inactive_sentence,
    maybe_sentence,
    place_words,
    reach_sentence,
    shown_texts,
)
from einclusie_data.answers.offers import ALL_GROUPS
from einclusie_data.contract.schema import OFFERS
from einclusie_data.engine.conditions import traits_of
from einclusie_data.engine.coverage import reach_of
from einclusie_data.engine.dataset import read_dataset
from einclusie_data.engine.public import public_offers
from tests.factories import DAY, OLDER, located, offer, question
from tests.worlds import degrees_at, small_world
from tests.xlsx import workbook_bytes

LATLON = [str(degree) for degree in degrees_at(500, 1500)]
NOTHING_TYPED = pd.DataFrame()


def texts(row: dict, **typed: str) -> pd.Series:
    supply = located(row)
    raw = pd.DataFrame({key: [text] for key, text in typed.items()})
    return shown_texts(public_offers(supply.offers), raw, small_world()).iloc[0]


def test_every_public_field_is_text():
    shown = texts(
        offer(
            at=(500, 1500),
            organisations=("SAAMO", "Bib"),
            wijken=("NOO01", "ZUI01"),
            types=("Digitale oefenkans",),
            checked=pd.Timestamp(2026, 2, 3),
            internal_contact="An",
        )
    )
    assert list(shown.index) == [column.key for column in OFFERS.columns if not column.internal]
    assert [column.key for column in PUBLIC] == list(shown.index)
    assert shown["organisations"] == "SAAMO; Bib"
    assert shown["wijken"] == "Noordkant; Zuidkant"
    assert shown["checked"] == "03/02/2026"
    assert shown["valid_to"] == shown["price"] == ""
    assert shown["lat"].startswith("51,")
    assert shown["lat"].index(",") == len(shown["lat"]) - 6


def test_a_cell_that_was_not_understood_says_what_it_says():
    shown = texts(offer(groups=()), groups="senioor", price="", types="les")
    assert shown["groups"] == "senioor (niet begrepen)"
    assert shown["price"] == ""
    assert shown["types"] == "les (niet begrepen)"
    partly = texts(offer(), groups="Ouderen; senioor")
    assert partly["groups"] == "Ouderen (in het bestand: Ouderen; senioor)"


def test_a_cell_that_another_contradicts_was_understood():
    headers = ["Naam aanbod", "Organisatie", "Van", "Tot", "Status"]
    rows = [["A", "B", "1/9/2026", "1/1/2026", "x"], ["C", "D", "", "maart 2026", ""]]
    data = read_dataset(workbook_bytes({"Aanbod": [headers, *rows]}), "werkmap.xlsx", small_world())
    assert {one.code for one in data.workbook.problems} == {"van-na-tot", "waarde-onbekend", "datum-onvolledig"}
    shown = shown_texts(public_offers(data.supply.offers), data.typed, data.areas)
    assert shown["valid_to"].tolist() == ["01/01/2026", "31/03/2026 (in het bestand: maart 2026)"]
    assert shown["status"].tolist() == ["x (niet begrepen)", ""]


@pytest.mark.parametrize("at", [{"Wijk": "Zuidkant"}, {"Postcode": "2660"}])
def test_a_wijk_or_postcode_elsewhere_was_understood(at: dict[str, str]):
    cells = {
        "Naam aanbod": "A",
        "Organisatie": "B",
        **dict(zip(("Breedtegraad", "Lengtegraad"), LATLON, strict=True)),
        **at,
    }
    data = read_dataset(workbook_bytes({"Aanbod": [list(cells), list(cells.values())]}), "werkmap.xlsx", small_world())
    assert [one.code for one in data.workbook.problems] == [f"{next(iter(at)).lower()}-strijdig"]
    assert "".join(data.typed[["wijken" if "Wijk" in at else "postcode"]].iloc[0]) == ""


def test_the_whole_city_is_a_place():
    assert texts(offer(mode="Online", whole_city=True))["wijken"] == "hele stad"


def test_the_lines_of_a_card_say_what_is_not_filled_in():
    shown = texts(
        offer(at=(500, 1500), location="Bib", address="Kerkstraat 1", postcode="2000", signup=("Vrije inloop",))
    )
    where = place_words(shown, "op een punt", "ongeveer 350 m, 4 minuten te voet")
    assert where == "Ongeveer 350 m, 4 minuten te voet · Bib, Kerkstraat 1, 2000"
    assert [line for line in card_lines(shown, where, "Gecontroleerd.") if line] == [
        "Partner",
        where,
        "Aanmelden: Vrije inloop",
        "Doelgroep: Ouderen",
        "Niet ingevuld: wanneer, prijs, talen en contact.",
        "Gecontroleerd.",
    ]


@pytest.mark.parametrize(
    ("cells", "typed", "where"),
    [
        ({"wijken": ("NOO01",)}, {}, "Noordkant"),
        ({"wijken": ("NOO01", "NOO02", "ZUI01")}, {}, "Noordkant, Noordkaai en Zuidkant"),
        ({"mode": "Online", "whole_city": True}, {}, "Hele stad"),
        ({"wijken": ("NOO01", "NOO02")}, {"wijken": "noo01; noo02; x"},
         "Noordkant en Noordkaai (in het bestand: noo01; noo02; x)"),
        ({"wijken": ("NOO01",), "address": "Kerkstraat 1"}, {}, "Kerkstraat 1"),
    ],
)  # fmt: skip
def test_the_wijken_are_a_place_in_words(cells: dict, typed: dict, where: str):
    assert place_words(texts(offer(**cells), **typed), "") == where


@pytest.mark.parametrize("site", ["www.b.be", "zie https://b.be", "javascript:alert(1)"])
def test_a_website_that_is_no_link_is_said(site: str):
    assert f"Website: {site}" in card_lines(texts(offer(website=site)), "", "")


def test_a_website_that_is_a_link_is_not_said_twice():
    assert "b.be" not in "".join(card_lines(texts(offer(website="HTTPS://b.be")), "", ""))


def test_an_end_date_is_said():
    assert "Loopt tot 31/12/2026." in card_lines(texts(offer(valid_to=pd.Timestamp(2026, 12, 31))), "", "")


def test_what_makes_an_offer_only_perhaps_fit():
    asked = question(signups=("Vrije inloop",), prices=("Gratis",))
    assert maybe_sentence(pd.Series(offer(price="Gratis", groups=())), asked, OLDER) == (
        "Past misschien. Niet bekend: Doelgroep en Aanmelden."
    )
    assert maybe_sentence(pd.Series(offer(price="Gratis", signup=("Vrije inloop",))), asked, OLDER) == ""


def test_who_asks_for_no_group_need_not_know_it():
    unknown = pd.Series(offer(groups=()))
    assert maybe_sentence(unknown, question(prices=("Gratis",)), ALL_GROUPS) == "Past misschien. Niet bekend: Prijs."
    assert maybe_sentence(unknown, question(), ALL_GROUPS) == ""
    assert maybe_sentence(unknown, question(), OLDER) == "Past misschien. Niet bekend: Doelgroep."


@pytest.mark.parametrize(("placement", "remark"), [("bij benadering", "enkel de wijk"), ("plek onbekend", "niet waar")])
def test_an_uncertain_place_is_called_so(placement: str, remark: str):
    assert remark in place_words(texts(offer(wijken=("NOO01",))), placement)


@pytest.mark.parametrize(("days", "old"), [(729, False), (730, False), (731, True)])
def test_more_than_two_years_is_long_ago(days: int, old: bool):
    sentence = checked_sentence(pd.Timestamp(DAY) - timedelta(days=days), DAY)
    assert ("meer dan twee jaar geleden" in sentence) == old


def test_never_checked_is_unknown():
    assert "niet bekend" in checked_sentence(pd.NaT, DAY)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"at": (600, 1500)}, "Binnen 800 m te voet van bewoners van 2 wijken: Noordkaai en Noordkant."),
        ({"at": (2700, 500)}, "Binnen 800 m te voet van bewoners van 1 wijk: Overzijde."),
        ({"at": (3000, 1800)}, "Geen bewoners binnen 800 m te voet. Het telt voor geen enkele wijk."),
        (
            {"mode": "Aan huis", "wijken": ("HAV01",)},
            "Komt enkel langs in wijken waar minder dan 500 mensen wonen. Het telt voor geen enkele wijk.",
        ),
        (
            {"mode": "Aan huis", "wijk_given": True},
            "We weten niet in welke wijken dit aanbod langskomt. Het telt voor geen enkele wijk. "
            "Vul in het blad Aanbod Wijk aan in rij 2.",
        ),
        ({"mode": "Online"}, "Komt langs, aan huis of online in alle wijken."),
        ({"mode": "Aan huis", "wijken": ("NOO01",)}, "Komt langs, aan huis of online in 1 wijk: Noordkant."),
        (
            {"postcode": "2030"},
            "Ligt of telt misschien in 1 wijk: Noordkaai. Vul in het blad Aanbod Adres of Wijk aan in rij 2.",
        ),
        (
            {},
            "We weten niet waar dit aanbod is. Het telt nergens mee. Vul in het blad Aanbod Adres of Wijk aan in rij",
        ),
    ],
)
def test_for_which_wijken_an_offer_counts(row: dict, sentence: str):
    supply = located(offer(**row))
    assert reach_sentence(supply, reach_of(supply, 800), 0).startswith(sentence)


def test_an_unplaced_offer_that_can_reach_nobody():
    supply = located(offer(wijken=("HAV01", "SCH01")))
    assert reach_sentence(supply, reach_of(supply, 50), 0).startswith(
        "Ligt misschien in een wijk waar minder dan 500 mensen wonen. Het telt voor geen enkele wijk. "
        "Vul in het blad Aanbod Adres of Wijk aan in rij 2."
    )


def test_a_row_number_is_a_name():
    supply = located(offer())
    supply.offers["row"] = 1234
    assert reach_sentence(supply, reach_of(supply, 800), 0).endswith("aan in rij 1234.")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"status": "Gestopt"}, "gestopt"),
        ({"valid_to": pd.Timestamp(2026, 11, 22)}, "liep tot 22/11/2026"),
        ({"valid_from": pd.Timestamp(2026, 11, 24)}, "start pas op 24/11/2026"),
        ({"valid_from": pd.Timestamp(DAY), "valid_to": pd.Timestamp(DAY), "status": "Actief"}, ""),
        ({}, ""),
    ],
)
def test_an_offer_that_does_not_count_says_why(cells: dict, reason: str):
    supply = located(offer(at=(600, 1500), **cells))
    sentence = inactive_sentence(supply.offers.iloc[0], DAY)
    assert sentence == (reason and f"Let op: dit aanbod telt niet mee op 23 november 2026. Reden: {reason}.")
    assert traits_of(supply, DAY).active[0] == (not sentence)
