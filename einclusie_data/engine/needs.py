"""How many people of each target group live in each wijk, and from which source."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from einclusie_data.city.areas import Areas

OWN_SOURCE = "Behoefte (werkmap)"
"""Source of a figure of the workbook that names none."""


@dataclass(frozen=True)
class Needs:
    """People per wijk and group.

    Attributes
    ----------
    persons : pandas.DataFrame
        Index wijkcode, columns the groups; float, NaN = unknown (never 0). Groups overlap: never add them up.
    source : pandas.DataFrame
        The same shape; str, "" where the figure is unknown.
    """

    persons: pd.DataFrame
    source: pd.DataFrame


def _source_text(row: pd.Series[str]) -> str:
    name = row["source"] or OWN_SOURCE
    return f"{name}, {row['year']}" if row["year"] and row["year"] not in name else name


def needs_of(areas: Areas, own: pd.DataFrame, groups: tuple[str, ...]) -> Needs:
    """Built-in figures, overridden and completed by the sheet Behoefte.

    Parameters
    ----------
    areas : Areas
    own : pandas.DataFrame
        Clean table of the sheet Behoefte: one wijk (in `wijken`) and one group per row, each pair once.
    groups : tuple of str

    Returns
    -------
    Needs
        A row of Behoefte without a known figure changes nothing.
    """
    persons = areas.need.reindex(index=areas.wijken.index, columns=list(groups)).astype(float)
    source = persons.notna().map(lambda known: areas.need_source if known else "")
    for _, row in own[own["persons"].notna()].iterrows():
        code, group = row["wijken"][0], row["group"][0]
        if group in persons.columns:
            persons.loc[code, group] = row["persons"]
            source.loc[code, group] = _source_text(row)
    return Needs(persons, source)
