"""Scenarios as tables: verdicts now and then, and several scenarios beside each other."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from einclusie_data.scenario_change_words import NOBODY_CHANGES, people_sentences
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
    cells = comparison.cells
    size = Counter(comparison.changed["wijkcode"])
    touched = [code for code, _ in size.most_common()]
    if not touched:
        return EMPTY
    columns = zip(*(cells[name].tolist() for name in ("wijkcode", "wijk", "doelgroep", "van", "naar")), strict=True)
    rows: dict[str, dict[str, tuple[str, str]]] = {code: {} for code in touched[:WIJKEN_SHOWN]}
    names: dict[str, str] = {}
    for code, wijk, group, before, after in columns:
        names[code] = wijk
        if code in rows:
            rows[code][group] = (before, after)
    groups = comparison.groups
    lines = [(names[code], *(_cell(*row[group]) for group in groups)) for code, row in rows.items()]
    shown = table("Oordeel nu en straks, per wijk en doelgroep", ("Wijk", *groups), lines, name="smal wijken")
    more = len(touched) - WIJKEN_SHOWN
    if more <= 0:
        return shown
    return shown + Markup("<p class='stil'>En nog {}.</p>").format(count(more, "wijk", "wijken"))


@cache
def _cell(before: str, after: str) -> Markup:
    now, then = VERDICTS[before], VERDICTS[after]
    if before == after:
        return Markup(
            "<span class='teken blijft' style='background:{};color:{}' role='img' aria-label='blijft: {}'>{}</span>"
        ).format(now.colour, now.ink, now.word, now.symbol)
    return Markup(
        "<span class='nu-straks' role='img' aria-label='nu: {}. Straks: {}' title='{} → {}'>{}→{}</span>"
    ).format(now.word, then.word, now.word, then.word, sign(now), sign(then))


def scenarios_table(scenarios: pd.DataFrame) -> Markup:
    """Several scenarios beside each other: rows of `scenario_compare.compare_scenarios`."""
    rows = [[_figure(key, row[key]) for key in TABLE_HEADERS] for row in scenarios.to_dict("records")]
    return table("Scenario's naast elkaar", list(TABLE_HEADERS.values()), rows, name="breed")


def _figure(key: str, value: object) -> str:
    if key == "mensen":
        people = people_sentences(value)  # type: ignore[arg-type]
        return join((Markup("{}").format(one) for one in people or [NOBODY_CHANGES]), "<br>")
    return number(value) if isinstance(value, int) else str(value)
