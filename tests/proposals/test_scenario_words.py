"""What a scenario proposes, and what a workbook does not know of it, in plain Dutch."""

from __future__ import annotations

from einclusie_data.proposals.offer import NewOffer, Stop
from einclusie_data.proposals.scenario import Scenario, stop_of
from einclusie_data.proposals.words import (
    UNNAMED,
    doubt_sentences,
    new_offer_sentence,
    proposal_sentences,
    scenario_name,
    stop_sentence,
    unfilled_sentences,
)
from tests.factories import OLDER, dataset, offer
from tests.proposals.test_scenario import at

JOB = "Werkzoekenden"


def test_proposals_in_words():
    data = dataset()
    new = NewOffer("Inloop", ("Atlas", "Ligo"), (OLDER, JOB), ("Digitale oefenkans",), ("Avond", "Weekend"),
                   languages=("Arabisch",), frequency="Wekelijks", price="Gratis", location="De Poort",
                   **at(500, 1500))  # fmt: skip
    assert new_offer_sentence(data, new) == (
        "Nieuw: Inloop (Atlas en Ligo), voor ouderen en werkzoekenden, De Poort, Noordkant, digitale oefenkans, "
        "avond en weekend, wekelijks, gratis, Arabisch."
    )
    assert new_offer_sentence(data, NewOffer(mode="Online")) == "Nieuw: Nieuw aanbod, online."
    assert new_offer_sentence(data, NewOffer(lat=51.5, lon=4.4)) == "Nieuw: Nieuw aanbod, buiten de stad."
    assert (
        proposal_sentences(data, Scenario("", (Stop("", "Les"), new)))[0]
        == stop_sentence(Stop("", "Les"))
        == "Stopt: Les."
    )


def test_names_are_shown_without_contact_details():
    assert scenario_name(Scenario("mail an@example.org")) == "mail [contactgegeven verborgen]"
    assert scenario_name(Scenario(" ")) == UNNAMED
    assert "0470" not in new_offer_sentence(dataset(), NewOffer("bel 0470 12 34 56", ("bel 0470 12 34 56",)))
    assert "0470" not in stop_sentence(Stop("", "bel 0470 12 34 56"))


def test_what_a_workbook_does_not_know_of_a_scenario_is_told():
    scenario = Scenario(
        "X", (Stop("A" * 12, "Digicafé"), NewOffer("Les", groups=("Marsmannen",), wijken=("XXX01",), lat=50.0, lon=4.0))
    )
    assert doubt_sentences(dataset(), scenario) == [
        "“Digicafé” vinden we niet, of niet zeker, in de werkmap. Dat het stopt, telt hier niet mee.",
        "“Marsmannen” is geen waarde uit de lijst (Doelgroep van “Les”). We lezen het als niet ingevuld.",
        "De plek van “Les” ligt niet in of bij Antwerpen. We gebruiken ze niet. Kies een andere plek.",
        "“XXX01” is geen wijk (Wijk van “Les”). We lezen het als niet ingevuld.",
    ]
    published = dataset(offer(at=(500, 500)))
    assert doubt_sentences(published, Scenario("", (stop_of(published, 0), NewOffer("Les", groups=(OLDER,))))) == []


def test_what_is_missing_is_told():
    offers = (NewOffer("Les"), NewOffer("Inloop"))
    assert unfilled_sentences(offers, (("Doelgroep", "Adres of Wijk"), ())) == [
        "Van “Les” is niet ingevuld: doelgroep en adres of wijk. Daardoor weten we niet zeker wat het verandert. "
        "Vul het aan."
    ]
