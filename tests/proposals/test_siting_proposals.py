"""Places as proposals: what the page Wat als then reaches is what was promised."""

from __future__ import annotations

import pytest

from einclusie_data.proposals.link import link_text, read_link
from einclusie_data.proposals.offer import NewOffer
from einclusie_data.proposals.scenario import apply
from einclusie_data.proposals.siting.advice import advice, new_offer, scenario_of, siting_of
from einclusie_data.proposals.siting.demand import Kind
from tests.factories import OLDER, counted, question
from tests.proposals.test_siting import partner, with_partners
from tests.worlds import degrees_at

TYPE = "Individuele begeleiding"


def test_a_place_is_an_offer_for_the_group_at_that_point():
    asked = question(types=(TYPE,), prices=("Gratis", "Betalend"), dayparts=("Avond",))
    lat, lon = degrees_at(1500, 1500)
    assert new_offer(advice(siting_of(counted(), asked, OLDER), 1), 1) == NewOffer(
        name="Nieuwe plek 1", groups=(OLDER,), types=(TYPE,), dayparts=("Avond",), price="Gratis",
        location="Midden van Noordkaai", lat=pytest.approx(lat), lon=pytest.approx(lon),
    )  # fmt: skip


def test_a_place_that_is_only_known_by_its_wijk_stays_so():
    data = with_partners(partner("Elders", wijken=("NOO01",)))
    found = new_offer(advice(siting_of(data, question(), OLDER, kinds=(Kind.PARTNERS,)), 1), 1)
    assert (found.lat, found.lon, found.wijken, found.location) == (None, None, ("NOO01",), "Elders")


@pytest.mark.parametrize("types", [(), (TYPE, "Digitale oefenkans")])
@pytest.mark.parametrize("kinds", [(Kind.WIJKEN,), (Kind.GRID,)])
def test_what_if_they_open_reaches_what_was_promised(types: tuple[str, ...], kinds: tuple[Kind, ...]):
    asked = question(types=types)
    found = advice(siting_of(counted(), asked, OLDER, kinds=kinds), 3)
    shared = read_link(link_text(scenario_of(found)))
    assert shared is not None
    again = siting_of(apply(counted(), shared), asked, OLDER)
    assert again.demand.before == pytest.approx(found.after)


def test_some_places_or_all_of_them_under_a_name():
    found = advice(siting_of(counted(), question(), OLDER), 2)
    assert scenario_of(found).name == "2 nieuwe plekken voor ouderen"
    one = scenario_of(found, [2])
    assert (one.name, [offer.name for offer in one.new_offers]) == ("1 nieuwe plek voor ouderen", ["Nieuwe plek 2"])


def test_ten_places_with_long_names_fit_in_a_link():
    types = (TYPE, "Groepsles of workshop", "Digitale oefenkans")
    spots = [(125 + 250 * (number % 8), 1125 + 250 * (number // 8)) for number in range(10)]
    long = [partner(f"{number}{'x y' * 60}", at=spot) for number, spot in enumerate(spots)]
    siting = siting_of(with_partners(*long), question(types=types, reach_m=100), OLDER, kinds=(Kind.PARTNERS,))
    found = advice(siting, 10)
    assert len(found.places) == 10
    assert read_link(link_text(scenario_of(found))) is not None
