"""How changes look on a map."""

from __future__ import annotations

import pandas as pd

from einclusie_data.changes.gaps import CLOSED, COLUMNS, KINDS, OPENED, UNCERTAIN
from einclusie_data.changes.words import CHANGE_LOOKS, SAME, change_legend, group_with_most, wijk_changes

GAPS = pd.DataFrame(
    [
        ("NOO01", "Noordkant", "Noorderdam", "Ouderen", "gedekt", "hiaat", OPENED),
        ("NOO02", "Noordkaai", "Noorderdam", "Ouderen", "hiaat", "gedekt", CLOSED),
        ("NOO01", "Noordkant", "Noorderdam", "Iedereen", "onbekend", "hiaat", UNCERTAIN),
        ("NOO02", "Noordkaai", "Noorderdam", "Iedereen", "onbekend", "hiaat", UNCERTAIN),
        ("ZUI01", "Zuidkant", "Zuiderdam", "Iedereen", "onbekend", "hiaat", UNCERTAIN),
    ],
    columns=list(COLUMNS),
)


def test_each_wijk_has_its_change():
    table = wijk_changes(GAPS, "Ouderen", ["NOO01", "NOO02", "ZUI01"])
    assert table.values.tolist() == [
        ["NOO01", OPENED, "gedekt → hiaat"],
        ["NOO02", CLOSED, "hiaat → gedekt"],
        ["ZUI01", SAME, ""],
    ]


def test_the_legend_counts_wijken():
    legend = change_legend(wijk_changes(GAPS, "Iedereen", ["NOO01", "NOO02", "ZUI01", "ZUI02"]))
    assert [(look.code, size) for look, size in legend] == [(UNCERTAIN, 3), (SAME, 1)]


def test_a_map_starts_with_the_group_for_which_gaps_open_or_close():
    assert group_with_most(GAPS, ["Iedereen", "Ouderen"]) == "Ouderen"
    assert group_with_most(GAPS.iloc[:0], ["Iedereen", "Ouderen"]) == "Iedereen"


def test_no_two_kinds_look_alike_and_each_can_be_read():
    looks = list(CHANGE_LOOKS.values())
    assert set(CHANGE_LOOKS) == {*KINDS, SAME}
    assert len({look.symbol for look in looks}) == len({look.colour for look in looks}) == len(looks)
    assert all(contrast(look.colour, look.ink) >= 4.5 for look in looks)


def contrast(one: str, other: str) -> float:
    dark, light = sorted(luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
