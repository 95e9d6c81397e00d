"""One offer in words: every public field, what is blank, what was not understood, where it counts."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest

from einclusie_data.coverage import reach_of
from einclusie_data.offer_card import (
    PUBLIC,
    card_lines,
    checked_sentence,
    maybe_sentence,
    place_words,
    reach_sentence,
    shown_texts,
)
from einclusie_data.offers import public_offers
from einclusie_data.schema import OFFERS
from tests.factories import DAY, located, offer, question
from tests.worlds import small_world

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


def test_an_end_date_is_said():
    assert "Loopt tot 31/12/2026." in card_lines(texts(offer(valid_to=pd.Timestamp(2026, 12, 31))), "", "")


def test_what_makes_an_offer_only_perhaps_fit():
    asked = question(signups=("Vrije inloop",), prices=("Gratis",))
    assert maybe_sentence(pd.Series(offer(price="Gratis", groups=())), asked) == (
        "Past misschien. Niet bekend: Doelgroep en Aanmelden."
    )
    assert maybe_sentence(pd.Series(offer(price="Gratis", signup=("Vrije inloop",))), asked) == ""


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
        ({"at": (3000, 1800)}, "Geen bewoners binnen 800 m te voet: het telt voor geen enkele wijk."),
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
