"""Scenarios as tables: verdicts now and then, and several scenarios beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from einclusie_data.scenario_change_words import NOBODY_CHANGES, people_sentences
from einclusie_data.scenario_compare import SAME
from einclusie_data.scenario_words import TABLE_HEADERS
from einclusie_data.ui.html import EMPTY, join, sign, table
from einclusie_data.verdicts import VERDICTS
from einclusie_data.words import count, number

if TYPE_CHECKING:
    import pandas as pd

    from einclusie_data.scenario_compare import Comparison

WIJKEN_SHOWN = 15
"""Rows of the table of changes."""


def changes_table(comparison: Comparison) -> Markup:
    """Verdicts now and then: a row per wijk where something changes, a column per group; most changes first."""
    changes = comparison.cells["soort"] != SAME
    size = changes.groupby(comparison.cells["wijkcode"]).sum()
    touched = size[size > 0].sort_values(ascending=False, kind="stable").index.tolist()
    if not touched:
        return EMPTY
    groups = comparison.cells["doelgroep"].unique().tolist()
    rows = {code: cells for code, cells in comparison.cells.groupby("wijkcode") if code in touched}
    lines = [(rows[code]["wijk"].iloc[0], *_cells(rows[code], groups)) for code in touched[:WIJKEN_SHOWN]]
    shown = table("Oordeel nu en straks, per wijk en doelgroep", ("Wijk", *groups), lines, name="smal wijken")
    more = len(touched) - WIJKEN_SHOWN
    if more <= 0:
        return shown
    return shown + Markup("<p class='stil'>En nog {}.</p>").format(count(more, "wijk", "wijken"))


def _cells(cells: pd.DataFrame, groups: list[str]) -> list[Markup]:
    pairs = dict(zip(cells["doelgroep"], zip(cells["van"], cells["naar"], strict=True), strict=True))
    return [_cell(*pairs[group]) for group in groups]


def _cell(before: str, after: str) -> Markup:
    now, then = VERDICTS[before], VERDICTS[after]
    if before == after:
        return Markup("<span class='blijft'>{}<span class='verborgen'>blijft: {}</span></span>").format(
            sign(now), now.word
        )
    return Markup(
        "<span class='nu-straks' title='{} → {}'>{}<span aria-hidden='true'>→</span>{}"
        "<span class='verborgen'>nu: {}. Straks: {}</span></span>"
    ).format(now.word, then.word, sign(now), sign(then), now.word, then.word)


def scenarios_table(scenarios: pd.DataFrame) -> Markup:
    """Several scenarios beside each other: rows of `scenario_compare.compare_scenarios`."""
    rows = [[_figure(key, row[key]) for key in TABLE_HEADERS] for row in scenarios.to_dict("records")]
    return table("Scenario's naast elkaar", list(TABLE_HEADERS.values()), rows, name="breed")


def _figure(key: str, value: object) -> str:
    if key == "mensen":
        people = people_sentences(value)  # type: ignore[arg-type]
        return join((Markup("{}").format(one) for one in people or [NOBODY_CHANGES]), "<br>")
    return number(value) if isinstance(value, int) else str(value)
