"""Several scenarios beside each other, as a table."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from einclusie_data.contract.words import number
from einclusie_data.proposals.change_words import NOBODY_CHANGES, people_sentences
from einclusie_data.proposals.words import TABLE_HEADERS
from einclusie_data.ui.parts.markup import join, table


def scenarios_table(scenarios: pd.DataFrame) -> Markup:
    """Several scenarios beside each other: rows of `scenario_compare.compare_scenarios`."""
    rows = [[_figure(key, row[key]) for key in TABLE_HEADERS] for row in scenarios.to_dict("records")]
    return table("Scenario's naast elkaar", list(TABLE_HEADERS.values()), rows, name="breed")


def _figure(key: str, value: object) -> str:
    if key == "mensen":
        people = people_sentences(value)  # type: ignore[arg-type]
        return join((Markup("{}").format(one) for one in people or [NOBODY_CHANGES]), "<br>")
    return number(value) if isinstance(value, int) else str(value)
