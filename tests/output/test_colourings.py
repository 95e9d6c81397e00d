"""Colours of a map: every class has its bounds, its symbol and enough contrast; unknown is never a low figure."""

from __future__ import annotations

import pandas as pd
import pytest

from einclusie_data.contract import verdicts
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.output.maps.colourings import COLOURINGS, legend_of, looks_of
from tests.factories import ask, cell, offer

FIGURES = [code for code, one in COLOURINGS.items() if one.classes]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("code", "value", "word"),
    [
        ("bereikt", 0.0, "minder dan 10 %"),
        ("bereikt", 0.0999, "minder dan 10 %"),
        ("bereikt", 0.1, "10 % tot 25 %"),
        ("bereikt", 0.4999, "25 % tot 50 %"),
        ("bereikt", 0.5, "50 % tot 75 %"),
        ("bereikt", 1.0, "75 % of meer"),
        ("mensen", 0, "minder dan 500"),
        ("mensen", 499, "minder dan 500"),
        ("mensen", 500, "500 tot 1.000"),
        ("mensen", 5000, "5.000 of meer"),
        ("mensen", pd.NA, "Onbekend"),
        ("ranking", 19, "minder dan 20"),
        ("ranking", 80, "80 of meer"),
        ("oordeel", "hiaat", "Mogelijk hiaat"),
    ],
)
def test_the_class_of_a_figure(code, value, word):
    assert COLOURINGS[code].look_of(value).word == word


@pytest.mark.parametrize("code", FIGURES)
def test_classes_run_from_light_to_dark_and_can_be_read(code):
    shades = [luminance(one.colour) for one in COLOURINGS[code].classes]
    assert shades == sorted(shades, reverse=True)
    assert [one.symbol for one in COLOURINGS[code].classes] == ["1", "2", "3", "4", "5"]
    for one in COLOURINGS[code].classes:
        low, high = sorted((luminance(one.colour), luminance(one.ink)))
        assert (high + 0.05) / (low + 0.05) >= 4.5


@pytest.mark.parametrize("code", COLOURINGS)
def test_the_legend_counts_every_wijk_once(code):
    found = ask(offer(groups=(EVERYONE,), at=(500, 1500)))
    rows = found.table[found.table["doelgroep"] == EVERYONE]
    legend = legend_of(rows, COLOURINGS[code])
    assert sum(size for _, size in legend) == len(rows) == 6
    assert (legend[-1][0].word, legend[-1][1]) == (verdicts.VERDICTS[verdicts.NOT_APPLICABLE].word, 2)
    words = [look.word for look in looks_of(rows, COLOURINGS[code])]
    assert words.count("Niet van toepassing") == 2


def test_a_wijk_without_a_figure_is_unknown():
    found = ask(offer(groups=(EVERYONE,), at=(500, 1500)))
    assert pd.isna(cell(found, "ZUI02", EVERYONE)["buiten_bereik"])
    rows = found.table[found.table["doelgroep"] == EVERYONE]
    assert ("Onbekend", 1) in [(look.word, size) for look, size in legend_of(rows, COLOURINGS["mensen"])]
