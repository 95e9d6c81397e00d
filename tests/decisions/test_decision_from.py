"""A new decision from a gap, and from the proposals of a scenario."""

from __future__ import annotations

from dataclasses import fields

from einclusie_data.contract.codelists import OLDER
from einclusie_data.decisions.table import draft_of_gap, draft_of_offer, drafts_of_scenario, noted_already
from einclusie_data.proposals.offer import NewOffer, Stop
from einclusie_data.proposals.scenario import Scenario
from einclusie_data.store.decision_record import Proposal, State, draft_problems
from tests.factories import decision
from tests.worlds import degrees_at, small_world

AREAS = small_world()
HELP = "Individuele begeleiding"
FULL = {
    "organisations": ("Atlas",), "types": (HELP,), "groups": (OLDER,), "location": "Buurthuis", "wijken": ("NOO01",),
    "mode": "Op locatie", "dayparts": ("Avond",), "frequency": "Wekelijks", "price": "Gratis",
    "signup": ("Vrije inloop",),
}  # fmt: skip


def test_a_gap_becomes_an_idea_for_its_wijk_and_group():
    draft = draft_of_gap(AREAS, "NOO01", OLDER)
    assert (draft.state, draft.wijkcode, draft.group) == (State.IDEA, "NOO01", OLDER)
    assert draft.what == Proposal(groups=(OLDER,), wijken=("NOO01",))
    assert draft.title == f"Aanbod voor ouderen in {AREAS.wijken['label']['NOO01']}"
    assert not draft_problems(draft)


def test_a_new_offer_keeps_all_that_it_says():
    offer = NewOffer(name="Digicafé", address="Kerkstraat 1", postcode="2060", languages=("Frans", "Arabisch"), **FULL)
    draft = draft_of_offer(AREAS, offer, "Kiel in december")
    assert draft.what == Proposal(address="Kerkstraat 1, 2060", **FULL)
    assert (draft.title, draft.wijkcode, draft.group) == ("Digicafé", "NOO01", OLDER)
    assert draft.why == "Uit het scenario “Kiel in december”. Talen: Frans en Arabisch."
    told = {"name", "postcode", "languages"}
    assert {one.name for one in fields(NewOffer)} == {one.name for one in fields(Proposal)} | told


def test_a_point_tells_the_wijk():
    lat, lon = degrees_at(500, 500)
    draft = draft_of_offer(AREAS, NewOffer(types=(HELP,), lat=lat, lon=lon), "")
    assert draft.wijkcode == "ZUI01"
    assert draft.title == f"{HELP} in {AREAS.wijken['label']['ZUI01']}"
    assert draft.why == ""
    assert draft_of_offer(AREAS, NewOffer(lat=51.9, lon=4.4), "").wijkcode == ""


def test_what_is_not_known_stays_open():
    draft = draft_of_offer(AREAS, NewOffer(groups=(OLDER, "Werkzoekenden"), wijken=("NOO01", "ZUI01")), "")
    assert (draft.title, draft.wijkcode, draft.group) == ("Nieuw aanbod", "", "")
    assert draft_of_offer(AREAS, NewOffer(location="Bib"), "").title == "Nieuw aanbod in Bib"
    assert not draft_problems(draft)


def test_a_scenario_gives_one_idea_per_new_offer_and_none_per_stop():
    scenario = Scenario("Samen", (NewOffer(name="Een"), Stop("a" * 8, "Weg"), NewOffer(name="Twee")))
    assert [one.title for one in drafts_of_scenario(AREAS, scenario)] == ["Een", "Twee"]


def test_a_proposal_that_was_noted_before_is_recognised_in_any_state():
    draft = draft_of_offer(AREAS, NewOffer(name="Digicafé", **FULL), "")
    made = decision(id=4, title="Digicafé", what=FULL, state=State.STARTED, who="Ligo")
    assert noted_already([decision(id=3, title="Digicafé"), made], draft) == made
    assert noted_already([decision(id=3, title="Iets anders", what=FULL)], draft) is None
