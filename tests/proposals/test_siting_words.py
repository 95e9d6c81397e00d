"""Where first in Dutch, and the shape of the JSON."""

from __future__ import annotations

from dataclasses import replace

import pytest

from einclusie_data.city.areas import load_areas
from einclusie_data.contract.words import count
from einclusie_data.engine.dataset import Dataset
from einclusie_data.proposals.siting.advice import advice, siting_of
from einclusie_data.proposals.siting.demand import Kind, Weigh
from einclusie_data.proposals.siting.words import (
    NONE_IN_AREA,
    ORDER_SENTENCE,
    advice_lines,
    advice_shape,
    fair_sentences,
    group_rows,
    need_sentences,
    optimum_sentences,
    place_sentences,
    place_text,
    reach_sentences,
    source_sentences,
    unknown_sentences,
)
from tests.factories import OLDER, counted, dataset, need_table, offer, question
from tests.proposals.test_siting import partner, with_partners

JOBSEEKERS = "Werkzoekenden"
ASKED = question()


def test_the_shape_of_the_contract():
    shape = advice_shape(advice(siting_of(counted(offer(at=(1500, 1500))), ASKED, OLDER), 2))
    assert list(shape) == ["doelgroep", "n", "gewicht", "bewezen_optimum", "bereikt_voor", "bereikt_na", "plaatsen"]
    assert {key: shape[key] for key in list(shape)[:6]} == {
        "doelgroep": OLDER, "n": 2, "gewicht": "personen", "bewezen_optimum": True, "bereikt_voor": 400,
        "bereikt_na": 760,
    }  # fmt: skip
    assert [place["wijkcode"] for place in shape["plaatsen"]] == ["NOO01", "ZUI02"]
    assert all(list(place) == ["wijkcode", "lat", "lon"] for place in shape["plaatsen"])


@pytest.mark.parametrize(
    ("weigh", "name"), [(None, "wijken"), (Weigh.INHABITANTS, "personen"), (Weigh.WIJKEN, "wijken")]
)
def test_inhabitants_are_persons_in_the_json(weigh: Weigh | None, name: str):
    assert advice_shape(advice(siting_of(dataset(), ASKED, JOBSEEKERS, weigh=weigh), 1))["gewicht"] == name


def test_what_is_reached_today_and_then():
    found = advice(siting_of(counted(offer(at=(1500, 1500))), ASKED, OLDER), 1)
    assert reach_sentences(found) == [
        "Nu bereikt het geregelde aanbod dat we kennen 400 mensen van de 760 (53 %).",
        "Met 1 nieuwe plek komen er 300 mensen bij: samen 700 (92 %).",
    ]
    assert place_sentences(found) == ["1. Midden van Noordkant: 300 mensen erbij"]


def test_a_proven_set_is_called_the_best_and_the_rule_of_thumb_is_not():
    found = advice(siting_of(counted(), ASKED, OLDER), 2)
    first, second = optimum_sentences(found)
    assert first.startswith("Dit is de beste keuze van 2 plekken")
    assert second == "Telkens de beste volgende plek kiezen geeft hier evenveel."
    less = optimum_sentences(replace(found, greedy_after=found.after - 12))
    assert less[-1] == "Telkens de beste volgende plek kiezen geeft 12 mensen minder."


def test_a_set_without_proof_is_never_called_the_best():
    found = replace(advice(siting_of(counted(), ASKED, OLDER), 2), proven=False)
    told = optimum_sentences(found)[0]
    assert told.startswith("De rekentijd was op.")
    assert "Dit is de" not in told
    assert advice_shape(found)["bewezen_optimum"] is False


def test_it_says_so_when_more_places_do_not_help():
    found = advice(siting_of(counted(), ASKED, OLDER), 7)
    assert optimum_sentences(found)[0].startswith("Meer dan 3 plekken helpt niet")
    assert "beste keuze van 3 plekken" in optimum_sentences(found)[1]


def test_nothing_to_gain_and_nowhere_to_go():
    covered = counted(*[offer(at=at) for at in ((500, 1500), (1500, 1500), (2700, 500))])
    told = reach_sentences(advice(siting_of(covered, ASKED, OLDER), 1))
    assert told[0].endswith("760 mensen van de 760 (100 %).")
    assert told[1] == "Geen van de mogelijke plekken bereikt iemand die nu nog niet bereikt is."
    nowhere = reach_sentences(advice(siting_of(counted(), ASKED, OLDER, kinds=(Kind.PARTNERS,)), 1))
    assert "Vul op het blad Partners coördinaten of één wijk in." in nowhere[1]
    nobody = dataset(need=need_table(*[(code, JOBSEEKERS, 0) for code in ("NOO01", "NOO02", "ZUI01", "ZUI02")]))
    assert reach_sentences(advice(siting_of(nobody, ASKED, JOBSEEKERS), 1)) == [
        "Er is niemand om te tellen: alle cijfers die we kennen, zijn nul."
    ]


def test_unknown_figures_are_named_with_what_would_settle_them():
    told = need_sentences(siting_of(dataset(), ASKED, OLDER, weigh=Weigh.PERSONS))
    assert told == [
        "We weten niet hoeveel mensen van de groep ouderen in elke wijk wonen: we hebben een cijfer voor 3 van de "
        "4 wijken. Vul cijfers in op het blad Behoefte: vanaf 4 wijken met een cijfer tellen we mensen.",
        "We tellen mensen van de groep ouderen. Voor 1 wijk is het aantal onbekend: Zuidkant. Dat betekent niet dat er "
        "niemand woont. Die wijken tellen niet mee tot iemand het blad Behoefte aanvult.",
    ]
    group = need_sentences(siting_of(dataset(), ASKED, JOBSEEKERS))
    assert group[0].startswith("We weten niet hoeveel mensen van de groep werkzoekenden in elke wijk wonen. Vul")
    assert group[1].startswith("We tellen wijken")
    inhabitants = need_sentences(siting_of(dataset(), ASKED, JOBSEEKERS, weigh=Weigh.INHABITANTS))
    assert inhabitants[0] == group[0]
    assert inhabitants[1].startswith("We tellen alle inwoners. Voor 1 wijk")


# --- the figures of some wijken are unknown --------------------------------------------------------------------------
CITY = load_areas()
INHABITED = [str(code) for code in CITY.wijken.index[CITY.wijken["inhabited"]]]
SURE = ("bewezen", "nergens", "Geen van de mogelijke plekken", "beste keuze van")


def known_for(size: int) -> Dataset:
    """The real city, with the number of jobseekers for so many of its 59 inhabited wijken."""
    return dataset(areas=CITY, need=need_table(*[(code, JOBSEEKERS, 100) for code in INHABITED[:size]]))


@pytest.mark.parametrize(
    ("size", "weigh", "sure"),
    [(1, "wijken", True), (2, "wijken", True), (30, "wijken", True), (56, "wijken", True), (57, "personen", False),
     (58, "personen", False), (59, "personen", True)],
)  # fmt: skip
def test_people_are_counted_when_they_are_known_nearly_everywhere(size: int, weigh: str, sure: bool):
    found = advice(siting_of(known_for(size), ASKED, JOBSEEKERS), 2)
    shape, told = advice_shape(found), "\n".join(advice_lines(found))
    assert (shape["gewicht"], shape["bewezen_optimum"]) == (weigh, sure)
    assert any(word in told for word in SURE) == sure
    assert (f"in de {size} wijken met een cijfer (van de 59)" in told) == (weigh == "personen" and size < 59)
    assert (f"een cijfer voor {size} van de 59 wijken" in told) == (weigh == "wijken")
    row = group_rows([found])[0]
    assert (row[1].endswith(f"in de {size} wijken met een cijfer (van de 59)")) == (57 <= size < 59)
    assert row[-1] == ("ja, bewezen" if sure else f"niet zeker: {count(59 - size, 'wijk', 'wijken')} zonder cijfer")


@pytest.mark.parametrize("size", [1, 2, 30, 58])
def test_who_counts_people_all_the_same_is_told_for_which_wijken(size: int):
    wijken = count(size, "wijk", "wijken")
    middles = [offer(at=None, wijken=(code,), groups=(JOBSEEKERS,)) for code in INHABITED[:size]]
    for rows in ([], middles):
        data = dataset(*rows, areas=CITY, need=known_for(size).workbook.need)
        found = advice(siting_of(data, question(reach_m=5000), JOBSEEKERS, weigh=Weigh.PERSONS), 3)
        told = [*reach_sentences(found), *optimum_sentences(found), *group_rows([found])[0]]
        assert f"in de {wijken} met een cijfer (van de 59)." in told[0]
        assert not [line for line in told for word in SURE if word in line]
        assert advice_shape(found)["bewezen_optimum"] is False
        if not found.places:
            assert told[1].endswith("daar kan een nieuwe plek wel helpen.")


def test_figures_that_are_all_zero_say_nothing_of_the_other_wijken():
    data = dataset(areas=CITY, need=need_table((INHABITED[0], JOBSEEKERS, 0)))
    told = reach_sentences(advice(siting_of(data, ASKED, JOBSEEKERS, weigh=Weigh.PERSONS), 1))
    assert told == [
        "Alle cijfers die we kennen, zijn nul: in de 1 wijk met een cijfer (van de 59). Over de andere wijken weten we "
        "niets."
    ]


def test_what_is_estimated_and_from_what():
    told = " ".join(source_sentences(siting_of(counted(), ASKED, OLDER, kinds=(Kind.WIJKEN, Kind.GRID))))
    for words in ("Dit is een schatting.", "Stad in Cijfers, 2025", "maal 1,3", "nooit over de Schelde",
                  "het midden van elke bewoonde wijk en punten om de 400 m"):  # fmt: skip
        assert words in told


def test_offers_and_partners_of_which_something_is_unknown_are_counted():
    data = with_partners(
        partner("A"), partner("B", at=(300, 300)), offers=(offer(), offer(groups=()), offer(at=(1, 1)))
    )
    told = unknown_sentences(siting_of(data, ASKED, OLDER, kinds=(Kind.PARTNERS,)))
    assert told[0] == "1 keer passend aanbod heeft geen bekende plek en telt nergens mee."
    assert told[1].startswith("Bij 1 keer aanbod is niet alles ingevuld")
    assert told[2].startswith("Van 1 partner kennen we de plek niet")


def test_the_fair_variant_says_who_came_first_and_what_it_costs():
    siting = siting_of(counted(), ASKED, OLDER)
    told = fair_sentences(advice(siting, 1, fair=True), advice(siting, 1))
    assert told[2] == "Zo veel is er dan bereikt: Noordkant 100 %."
    assert told[3] == "Deze keuze bereikt 100 mensen minder dan de keuze voor de meeste mensen."
    assert "eerlijkste" in optimum_sentences(advice(siting, 1, fair=True))[0]
    covered = siting_of(
        counted(*[offer(at=at) for at in ((500, 1500), (1500, 1500), (2700, 500), (500, 500))]), ASKED, OLDER
    )
    assert fair_sentences(advice(covered, 1, fair=True), advice(covered, 1))[0].startswith("In elke wijk")


def test_a_place_of_which_only_the_wijk_is_known_says_so_and_fits_on_one_line():
    data = with_partners(partner("Huis\nvan\t`<b>x</b>`", wijken=("NOO01",)))
    place = advice(siting_of(data, ASKED, OLDER, kinds=(Kind.PARTNERS,)), 1).places[0]
    assert place_text(place) == "Huis van `<b>x</b>` in Noordkant (we kennen enkel de wijk)"
    point = advice(siting_of(counted(), ASKED, OLDER, kinds=(Kind.GRID,)), 1).places[0]
    assert place_text(point) == "Een punt in Noordkaai"


def test_all_lines():
    lines = advice_lines(advice(siting_of(counted(), ASKED, OLDER), 2))
    assert lines[0] == "Waar eerst? Hele stad, ouderen, 800 m te voet, op 23 november 2026"
    assert ORDER_SENTENCE in lines
    assert not any("\n" in line for line in lines)


def test_an_area_says_that_places_outside_it_do_not_take_part():
    inside = siting_of(counted(), ASKED, OLDER, codes=("NOO01",))
    assert source_sentences(inside)[-1].endswith("plekken net erbuiten doen niet mee.")
    assert "gebied" not in source_sentences(siting_of(counted(), ASKED, OLDER))[-1]
    nothing = advice(siting_of(counted(), ASKED, OLDER, kinds=(Kind.PARTNERS,), codes=("NOO01",)), 2)
    assert reach_sentences(nothing)[1] == NONE_IN_AREA
