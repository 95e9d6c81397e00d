"""What can be chosen for a proposal: places by name, and offers that could stop."""

from __future__ import annotations

import pandas as pd

from einclusie_data.proposals.offer import NewOffer, place_choices, stop_choices
from tests.factories import OLDER, dataset, offer, partner, question

JOB = "Werkzoekenden"


def test_wijken_come_first_and_partners_whose_place_is_known():
    partners = (
        partner(organisation="Zuid vzw", at=(500, 1500), address="Straat 1"),
        partner(organisation="Atlas", wijken=("NOO01",)),
        partner(organisation="Nergens"),
        partner(organisation="Bel 0470 12 34 56", wijken=("NOO01",)),
    )
    data = dataset(partners=partners)
    places = place_choices(data)
    inhabited = data.areas.wijken["inhabited"]
    wijken = [name for name in places if name.startswith("Wijk ")]
    assert len(wijken) == inhabited.sum()
    assert list(places)[len(wijken) :] == [
        "Partner Atlas", "Partner Bel [contactgegeven verborgen]", "Partner Zuid vzw",
    ]  # fmt: skip
    assert NewOffer(**places["Wijk Noordkant"]).wijken == ("NOO01",)
    assert NewOffer(**places["Partner Zuid vzw"]).address == "Straat 1"
    assert NewOffer(**places["Partner Zuid vzw"]).lat is not None


def test_the_offer_that_ends_first_comes_first():
    data = dataset(
        offer(name="Loopt door", at=(500, 1500)),
        offer(name="Later", at=(500, 1500), valid_to=pd.Timestamp(2027, 6, 1)),
        offer(name="Eerst", at=(500, 1500), valid_to=pd.Timestamp(2026, 12, 1)),
        offer(name="Voorbij", at=(500, 1500), valid_to=pd.Timestamp(2026, 1, 1)),
        offer(name="bel 0470 12 34 56", at=(500, 1500), groups=(JOB,)),
    )
    assert stop_choices(data, question(), OLDER) == {
        2: "Eerst (Partner), tot 1 december 2026",
        1: "Later (Partner), tot 1 juni 2027",
        0: "Loopt door (Partner), loopt door",
    }
    assert "0470" not in " ".join(stop_choices(data, question()).values())
    assert 4 in stop_choices(data, question())


def test_only_offers_of_the_area():
    data = dataset(offer(name="Noord", at=(500, 1500)), offer(name="Ver", at=(2700, 500)))
    north = [data.areas.wijken.index.get_loc("NOO01")]
    assert list(stop_choices(data, question(), OLDER, north)) == [0]
