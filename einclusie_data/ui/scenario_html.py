"""Several scenarios beside each other, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from einclusie_data.scenario_change_words import NOBODY_CHANGES, people_sentences
from einclusie_data.scenario_words import TABLE_HEADERS
from einclusie_data.ui.html import join, table
from einclusie_data.words import number

if TYPE_CHECKING:
    import pandas as pd


def scenarios_table(scenarios: pd.DataFrame) -> Markup:
    """Several scenarios beside each other: rows of `scenario_compare.compare_scenarios`."""
    rows = [[_figure(key, row[key]) for key in TABLE_HEADERS] for row in scenarios.to_dict("records")]
    return table("Scenario's naast elkaar", list(TABLE_HEADERS.values()), rows, name="breed")


def _figure(key: str, value: object) -> str:
    if key == "mensen":
        people = people_sentences(value)  # type: ignore[arg-type]
        return join((Markup("{}").format(one) for one in people or [NOBODY_CHANGES]), "<br>")
    return number(value) if isinstance(value, int) else str(value)
