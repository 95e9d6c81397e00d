"""The start page in figures: of the chosen area, and unknown where it is unknown."""

from __future__ import annotations

from einclusie_data.answers.summary import Summary, summary_of
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.engine.dataset import answer_per_group
from tests.factories import OLDER, dataset, need_table, offer, question

LABEL = "mensen buiten bereik van aanbod dat we kennen"
WORLD = (
    offer(name="hier", at=(500, 1500), organisations=("A", "B")),
    offer(name="overkant", at=(2700, 500), organisations=("C",)),
    offer(name="ergens", postcode="2000", organisations=("D",)),
    offer(name="nergens", organisations=("E",)),
    offer(name="voor wie", at=(500, 1500), groups=()),
)


def sums(*codes: str, group: str = OLDER, **given) -> Summary:
    data = dataset(*WORLD, **given)
    return summary_of(data, answer_per_group(data, question()), group, codes or tuple(data.areas.wijken.index))


def figures(summary: Summary) -> list[tuple[str, str]]:
    return [(one.value, one.label) for one in summary.figures]


def test_the_figures_of_the_city():
    shown = figures(sums())
    assert shown[0] == ("1 van 4 wijken", "met een mogelijk hiaat")
    assert shown[3] == ("4", "keer passend aanbod, van 5 organisaties; 2 zonder bekende plek")


def test_offers_are_counted_in_the_chosen_area():
    assert figures(sums("ZUI02"))[3] == ("2", "keer passend aanbod, van 2 organisaties; 1 zonder bekende plek")
    assert figures(sums("NOO01"))[3] == ("3", "keer passend aanbod, van 4 organisaties; 2 zonder bekende plek")
    assert sums("ZUI02").offers == (1, 3)


def test_people_are_only_those_of_whom_there_is_a_figure():
    value, label = figures(sums())[2]
    assert (value, label) != ("onbekend", LABEL)
    assert "in de 3 wijken met een cijfer (van de 4)" in label  # Zuidkant has no figure for older people
    known = need_table(("ZUI01", OLDER, 100.0))
    assert figures(sums(need=known))[2][1] == LABEL
    assert figures(sums(group="Werkzoekenden"))[2] == ("onbekend", LABEL)


def test_the_rows_that_would_change_most_are_named():
    sentences = sums(group="Werkzoekenden").todo
    assert len(sentences) == 1
    assert sentences[0].startswith("Rij 6, voor wie (Partner): vul de doelgroep aan.")
    assert sums("ZUI02", group=EVERYONE).todo == ()
