"""Explanations are data: what counts for a cell, what nearly does and why not, and what to fill in."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest

from einclusie_data.answers import explain
from einclusie_data.engine.dataset import answer_per_group
from tests.factories import DAY, GROUPS, OLDER, dataset, offer, question

CENTRE = (500, 1500)
HELP = "Individuele begeleiding"


def why(*rows, wijk="NOO01", group=OLDER, **asked) -> pd.DataFrame:
    data, question_ = dataset(*rows), question(**asked)
    found = answer_per_group(data, question_)
    place = int(data.areas.wijken.index.get_loc(wijk))
    return explain.offers_of_cell(data.supply, data.reach(question_.reach_m), found, place, GROUPS.index(group))


def test_how_an_offer_counts():
    table = why(
        offer(name="hier", at=CENTRE),
        offer(name="dichtbij", at=(1100, 1500), groups=("Iedereen",)),
        offer(name="online", mode="Online"),
        offer(name="elders", at=(2700, 500)),
    )
    assert table[["name", "relation", "counts", "meant_for"]].values.tolist() == [
        ["hier", explain.IN_WIJK, True, "deze groep"],
        ["dichtbij", explain.WITHIN_REACH, True, "iedereen"],
        ["online", explain.COMES, True, "deze groep"],
        ["elders", explain.ELSEWHERE, False, "deze groep"],
    ]
    assert table["row"].tolist() == [2, 3, 4, 5]


@pytest.mark.parametrize(
    ("given", "asked", "obstacle", "fill_in"),
    [
        ({"groups": ()}, {}, "doelgroep niet ingevuld", "Doelgroep"),
        ({"groups": ("Werkzoekenden",)}, {}, "is voor: Werkzoekenden", ""),
        ({"groups": ("Iedereen",)}, {"open_counts": False}, "is voor iedereen, en dat telt nu niet mee", ""),
        ({"status": "Gestopt"}, {}, "gestopt", ""),
        ({"valid_from": pd.Timestamp(DAY) + timedelta(days=3)}, {}, "start pas op 26/11/2026", ""),
        ({"valid_to": pd.Timestamp(DAY) - timedelta(days=3)}, {}, "liep tot 20/11/2026", ""),
        ({}, {"types": (HELP,)}, "type aanbod niet ingevuld", "Type aanbod"),
        ({"price": "Betalend"}, {"prices": ("Gratis",)}, "prijs: Betalend", ""),
        (
            {"groups": ()},
            {"types": (HELP,)},
            "doelgroep niet ingevuld; type aanbod niet ingevuld",
            "Doelgroep; Type aanbod",
        ),
    ],
)
def test_why_an_offer_nearly_counts(given, asked, obstacle, fill_in):
    table = why(offer(at=CENTRE, **given), **asked)
    assert table[["counts", "obstacles", "fill_in"]].values.tolist() == [[False, obstacle, fill_in]]


def test_an_offer_without_a_place_asks_for_one():
    table = why(offer(postcode="2000"))
    assert table.loc[0, ["relation", "obstacles", "fill_in"]].tolist() == [
        explain.MAYBE_HERE,
        "plek niet zeker",
        "Adres of Wijk",
    ]


@pytest.mark.parametrize(
    ("given", "remark"),
    [
        ({"valid_to": pd.Timestamp(DAY) + timedelta(days=90)}, "tijdelijk, tot 21/02/2027"),
        ({"frequency": "Maandelijks"}, "maandelijks"),
        ({"checked": pd.Timestamp("2020-01-01")}, "gegevens ouder dan twee jaar"),
        ({}, ""),
    ],
)
def test_what_weakens_an_offer(given, remark):
    assert why(offer(at=CENTRE, **given))["remarks"].tolist() == [remark]
    assert why(offer(wijken=("NOO01",), **given))["remarks"].str.contains("plek bij benadering").all()


def test_counting_offers_tie_to_the_counts_of_the_table():
    data = dataset(
        offer(at=CENTRE),
        offer(at=CENTRE, groups=("Iedereen",)),
        offer(mode="Online"),
        offer(at=CENTRE, status="Gestopt"),
    )
    found = answer_per_group(data, question())
    row = found.table[(found.table["wijkcode"] == "NOO01") & (found.table["doelgroep"] == OLDER)].iloc[0]
    table = explain.offers_of_cell(data.supply, data.reach(800), found, 1, GROUPS.index(OLDER))
    counting = table[table["counts"]]
    assert len(counting) == row["aantal_specifiek"] + row["aantal_iedereen"] + row["aantal_mobiel"]


def test_rows_to_fill_in_are_among_the_explained_ones():
    data = dataset(offer(at=CENTRE, groups=()), offer(postcode="2000"))
    found = answer_per_group(data, question())
    row = found.table[(found.table["wijkcode"] == "NOO01") & (found.table["doelgroep"] == OLDER)].iloc[0]
    table = explain.offers_of_cell(data.supply, data.reach(800), found, 1, GROUPS.index(OLDER))
    wanted = {int(number) for number in row["rijen_aan_te_vullen"].split(", ")}
    assert wanted <= set(table.loc[table["fill_in"] != "", "row"])


def test_personal_details_in_a_name_are_masked():
    assert "0470" not in why(offer(at=CENTRE, name="Bel An 0470 12 34 56"))["name"][0]


def test_nothing_around():
    assert why().empty
