"""What to fill in: the rows of the gap table counted per row and per organisation, and it really changes a verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest

from einclusie_data.answers.explain import PLACE_HEADERS, missing_cells
from einclusie_data.answers.todo import (
    effect_sentence,
    fill_in_sentence,
    todo_by_organisation,
    todo_list,
    todo_sentence,
)
from einclusie_data.contract import verdicts
from einclusie_data.contract.questions import FILTER_LISTS
from einclusie_data.engine.dataset import Dataset, answer_per_group, answer_per_value
from einclusie_data.engine.locate import Placement
from tests.factories import DAY, OLDER, dataset, offer, question, workbook
from tests.processor import processor_seconds
from tests.random_worlds import DAY as RANDOM_DAY
from tests.random_worlds import offers_to_table, random_case, world_to_areas

CENTRE = (500, 1500)  # of NOO01, which is all that it reaches
EDGE = (900, 1500)  # in NOO01, and within reach of half of NOO02
ALL = ("HAV01", "NOO01", "NOO02", "SCH01", "ZUI01", "ZUI02")
HELP = "Individuele begeleiding"


def listed(data: Dataset, codes=ALL, group: str | None = OLDER, **asked) -> pd.DataFrame:
    return todo_list(data, answer_per_group(data, question(**asked)), codes, group)


def test_an_offer_without_a_group_stands_in_the_cells_that_it_can_change():
    data = dataset(offer(at=EDGE, groups=(), name="Digipunt", organisations=("Ligo", "SAAMO")))
    row = listed(data).iloc[0]
    assert (row["offer"], row["row"], row["name"], row["organisations"]) == (0, 2, "Digipunt", ("Ligo", "SAAMO"))
    assert row["fill_in"] == ("Doelgroep",)
    assert row["wijken"] == ("Noordkant", "Noordkaai")
    assert (row["groups"], row["cells"], row["decisive"]) == ((OLDER,), 2, 2)
    every = listed(data, group=None).iloc[0]
    assert (every["cells"], len(every["groups"])) == (20, 10)


def test_two_rows_in_one_cell_are_not_decisive():
    data = dataset(offer(at=CENTRE, groups=()), offer(at=(100, 1900), groups=()))
    table = listed(data, codes=("NOO01",))
    assert table[["row", "cells", "decisive"]].values.tolist() == [[2, 1, 0], [3, 1, 0]]


def test_most_cells_first_then_the_order_of_the_sheet():
    data = dataset(
        offer(at=(500, 500), groups=()),
        offer(mode="Online", groups=()),
        offer(at=(2700, 500), groups=()),
    )
    table = listed(data)
    assert table[["row", "cells"]].values.tolist() == [[3, 4], [2, 1], [4, 1]]


def test_only_the_chosen_area():
    data = dataset(offer(at=CENTRE, groups=()), offer(at=(2700, 500), groups=()))
    table = listed(data, codes=("ZUI02",))
    assert table[["row", "wijken"]].values.tolist() == [[3, ("Overzijde",)]]


def test_mobile_offer_that_may_be_for_the_group():
    table = listed(dataset(offer(mode="Aan huis", groups=(), wijken=("NOO01",))))
    assert table[["fill_in", "wijken", "cells"]].values.tolist() == [[("Doelgroep",), ("Noordkant",), 1]]


def test_an_offer_without_any_place_is_listed_though_no_cell_names_it():
    table = listed(dataset(offer(), offer(status="Gestopt"), offer(groups=("Werkzoekenden",))))
    assert table[["row", "placement", "fill_in", "cells"]].values.tolist() == [
        [2, Placement.NOWHERE, (PLACE_HEADERS,), 0]
    ]
    assert effect_sentence(table.iloc[0]) == "Nu telt het nergens mee."


def test_an_offer_somewhere_in_a_covered_area_is_listed_only_there():
    covered = [offer(at=CENTRE), offer(at=(1500, 1500))]
    data = dataset(*covered, offer(postcode="2000"))
    assert listed(data)[["row", "cells"]].values.tolist() == [[4, 0]]
    assert effect_sentence(listed(data).iloc[0]) == "Nu hangt er geen oordeel van af."
    assert listed(data, codes=("ZUI02",)).empty


def test_the_filtered_cell_is_asked_for():
    asked = {"types": (HELP,), "prices": ("Gratis",)}
    table = listed(dataset(offer(at=CENTRE, types=(HELP,))), **asked)
    assert table.loc[0, "fill_in"] == ("Prijs",)
    both = listed(dataset(offer(at=CENTRE, groups=(), price="Gratis")), **asked)
    assert both.loc[0, "fill_in"] == ("Doelgroep", "Type aanbod")


def test_nothing_to_do():
    table = listed(dataset(offer(at=CENTRE)))
    assert table.empty
    assert todo_by_organisation(table).empty
    assert listed(dataset()).empty


def test_an_offer_of_two_organisations_stands_under_each():
    data = dataset(
        offer(at=EDGE, groups=(), organisations=("Ligo", "SAAMO")),
        offer(at=(500, 500), groups=(), organisations=("SAAMO",)),
        offer(organisations=("Atlas",)),
    )
    table = todo_by_organisation(listed(data))
    found = table[["organisation", "rows", "cells", "wijken", "lines"]].values.tolist()
    assert found == [["SAAMO", 2, 3, 3, (0, 1)], ["Ligo", 1, 2, 2, (0,)], ["Atlas", 1, 0, 0, (2,)]]


def test_sentences():
    data = dataset(offer(at=EDGE, groups=(), name="Digipunt X", organisations=("Zorgbedrijf",)))
    assert todo_sentence(listed(data).iloc[0]) == (
        "Rij 2, Digipunt X (Zorgbedrijf): vul de doelgroep aan. Dat kan het oordeel veranderen in 2 wijken. "
        "Bij 2 oordelen ontbreekt enkel deze rij."
    )
    assert "in 2 wijken, voor 9 doelgroepen en voor iedereen." in todo_sentence(listed(data, group=None).iloc[0])


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        (("Iedereen",), "in 1 wijk."),
        ((OLDER,), "in 1 wijk."),
        (("Iedereen", OLDER), "in 1 wijk, voor 1 doelgroep en voor iedereen."),
        ((OLDER, "Werkzoekenden"), "in 1 wijk, voor 2 doelgroepen."),
    ],
)
def test_everyone_is_no_target_group(groups: tuple[str, ...], words: str):
    row = pd.Series({"cells": 1, "decisive": 1, "wijken": ("Noordkant",), "groups": groups})
    assert effect_sentence(row).startswith(f"Dat kan het oordeel veranderen {words}")


def test_there_is_a_phrase_for_every_header():
    data = dataset(offer())
    headers = missing_cells(data.supply, answer_per_group(data, question()).traits, FILTER_LISTS)
    assert len(headers) == 7
    assert fill_in_sentence(tuple(headers)) == (
        "Vul de doelgroep, het type aanbod, het dagdeel, de prijs, de talen, hoe je je aanmeldt en het adres of de "
        "wijk aan."
    )


def test_personal_details_are_masked():
    row = listed(
        dataset(offer(at=CENTRE, groups=(), name="Bel 0470 12 34 56", organisations=("an@example.org",)))
    ).iloc[0]
    assert "0470" not in todo_sentence(row)
    assert "@" not in todo_sentence(row)


@pytest.mark.parametrize(
    ("given", "filled", "asked"),
    [
        ({"groups": (), "at": CENTRE}, {"groups": (OLDER,)}, {}),
        ({"postcode": "2000"}, {"wijken": ("NOO01",), "wijk_given": True}, {}),
        ({"at": CENTRE}, {"price": "Gratis"}, {"prices": ("Gratis",)}),
        ({"groups": (), "postcode": "2000"}, {"groups": (OLDER,), "wijken": ("NOO01",), "wijk_given": True}, {}),
    ],
)
def test_filling_in_the_row_settles_the_verdict(given, filled, asked):
    before, after = (answer_per_group(dataset(offer(**{**given, **more})), question(**asked)) for more in ({}, filled))
    verdict = [
        found.table[(found.table["wijkcode"] == "NOO01") & (found.table["doelgroep"] == OLDER)]["oordeel"].iloc[0]
        for found in (before, after)
    ]
    assert verdict[0] == verdicts.UNKNOWN
    assert verdict[1] in verdicts.SOME_OFFER


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("per", ["", "type"])
def test_rows_and_counts_tie_to_the_gap_table(seed: int, per: str):
    offers, world, _ = random_case(seed)
    data = Dataset(replace(workbook(), offers=offers_to_table(offers)), world_to_areas(world), "werkmap.xlsx")
    asked = question(on=RANDOM_DAY, prices=("Gratis",) if seed % 2 else ())
    found = answer_per_value(data, asked, OLDER, per) if per else answer_per_group(data, asked)
    codes = tuple(data.areas.wijken.index[: 3 + seed % 4])
    inside = found.table[found.table["wijkcode"].isin(codes)]
    lists = [tuple(map(int, text.split(", "))) for text in inside["rijen_aan_te_vullen"] if text]
    todo = todo_list(data, found, codes)
    counts = Counter(row for rows in lists for row in rows)
    assert dict(zip(todo["row"], todo["cells"], strict=True)) == {row: counts[row] for row in todo["row"]}
    assert set(counts) <= set(todo["row"])
    alone = Counter(rows[0] for rows in lists if len(rows) == 1)
    assert todo["decisive"].tolist() == [alone[row] for row in todo["row"]]
    for _, row in todo.iterrows():
        lines = found.table.iloc[row["where"]]
        assert set(lines["wijk"]) == set(row["wijken"])
        assert set(lines["doelgroep"]) == set(row["groups"])
        assert row["fill_in"]
        assert all(str(row["row"]) in text.split(", ") for text in lines["rijen_aan_te_vullen"])


def test_a_thousand_offers_take_no_time():
    rows = [offer(at=(10 + 3 * (i % 320), 10 + 6 * (i % 160)), groups=() if i % 2 else (OLDER,)) for i in range(1000)]
    data = dataset(*rows)
    found = answer_per_group(data, question(on=DAY, open_counts=True))
    started = processor_seconds()
    table = todo_list(data, found, ALL)
    todo_by_organisation(table)
    assert processor_seconds() - started < 1
    assert len(table) == 500
