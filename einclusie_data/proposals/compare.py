"""What a scenario changes: verdicts now and then, gaps closed and opened, people newly within reach."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from einclusie_data.changes.gaps import CLOSED, OPENED, SHIFTED, UNCERTAIN, change_kind
from einclusie_data.contract import settings, verdicts
from einclusie_data.contract.arrays import Array
from einclusie_data.engine.conditions import Flag
from einclusie_data.engine.gaps import Answer
from einclusie_data.proposals.scenario import ProposedDataset, Scenario

SAME = ""
"""Value of `soort` of a verdict that stays."""

COLUMNS = ("wijkcode", "wijk", "district", "doelgroep", "van", "naar", "soort", "mensen")
"""Columns of `Comparison.cells`."""


class GroupPeople(NamedTuple):
    """People of one group who get, or lose, a suitable offer within walking distance. Never add groups up.

    Attributes
    ----------
    group : str
    gained, lost : int
        In the wijken with a figure, per wijk on balance.
    unknown : tuple of str
        Labels of the wijken where the reach changes too, but where nobody knows how many people of the group live.
    """

    group: str
    gained: int
    lost: int
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """What a scenario changes.

    Attributes
    ----------
    cells : pandas.DataFrame
        Columns `COLUMNS`, one row per row of the gap table. `van` and `naar` are verdicts; `soort` one of
        `gap_changes.KINDS`, or `SAME`. `mensen` (Int64): people newly within reach of a suitable offer at a place,
        negative when they lose it, 0 when the reach stays the same, <NA> when it changes but their number is unknown.
    people : tuple of GroupPeople
        The groups for which the reach changes somewhere.
    """

    cells: pd.DataFrame
    people: tuple[GroupPeople, ...]

    def _of(self, kind: str) -> pd.DataFrame:
        return self.changed[self.changed["soort"] == kind].reset_index(drop=True)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups that were looked at, in order."""
        return tuple(self.cells["doelgroep"].unique())

    @cached_property
    def changed(self) -> pd.DataFrame:
        """Rows of `cells` whose verdict changes."""
        return self.cells[self.cells["soort"] != SAME].reset_index(drop=True)

    @cached_property
    def closed(self) -> pd.DataFrame:
        """The gaps that close: there will be an offer."""
        return self._of(CLOSED)

    @cached_property
    def opened(self) -> pd.DataFrame:
        """The gaps that open."""
        return self._of(OPENED)

    @property
    def uncertain(self) -> pd.DataFrame:
        """Where we did not know, or would not know."""
        return self._of(UNCERTAIN)

    @property
    def better(self) -> pd.DataFrame:
        """Where the verdict gets better without a gap that closes."""
        return _ranked(self._of(SHIFTED), better=True)

    @property
    def worse(self) -> pd.DataFrame:
        """Where the verdict gets worse without a gap that opens."""
        return _ranked(self._of(SHIFTED), better=False)


def _ranked(cells: pd.DataFrame, *, better: bool) -> pd.DataFrame:
    rank = {code: place for place, code in enumerate(verdicts.ORDER)}
    return cells[(cells["naar"].map(rank) < cells["van"].map(rank)) == better].reset_index(drop=True)


def compare(before: Answer, after: Answer) -> Comparison:
    """Compare the answers to one question without and with a scenario.

    Parameters
    ----------
    before, after : Answer
        Per group, for the same groups.

    Returns
    -------
    Comparison
        What changes in wijken where nearly nobody lives does not count.
    """
    old = before.table
    then, now = (one.verdict.ravel() for one in (before, after))
    judged = then != verdicts.NOT_APPLICABLE
    changed = judged & (then != now)
    kinds = np.full(len(then), SAME, dtype=object)
    kinds[changed] = [change_kind(*pair) for pair in zip(then[changed], now[changed], strict=True)]
    columns = {
        **{key: old[key].array for key in ("wijkcode", "wijk", "district", "doelgroep")},
        "van": old["oordeel"].array,
        "naar": pd.array(now, dtype="str"),
        "soort": pd.array(kinds, dtype="str"),
        "mensen": _people_gained(before, after, judged),
    }
    cells = pd.DataFrame(columns)
    return Comparison(cells, people_per_group(cells))


def _people_gained(before: Answer, after: Answer, judged: Array) -> pd.api.extensions.ExtensionArray:
    """Column `mensen` of `Comparison.cells`."""
    shares = (one.measures.share(Flag.SUITABLE).ravel().round(settings.SHARE_DECIMALS) for one in (before, after))
    moved = np.not_equal(*shares) & judged
    return pd.array(np.where(moved, (before.outside - after.outside).ravel(), 0.0), dtype="Int64")


def people_per_group(cells: pd.DataFrame) -> tuple[GroupPeople, ...]:
    """Add `mensen` up per group, in the order of the groups; only groups for which it is not 0 everywhere."""
    people = cells["mensen"].to_numpy(dtype=float, na_value=np.nan)
    groups, wijken = cells["doelgroep"].to_numpy(dtype=object), cells["wijk"].to_numpy(dtype=object)
    found = []
    for group in dict.fromkeys(groups):
        ours = (groups == group) & (people != 0)
        known, unknown = people[ours & ~np.isnan(people)], wijken[ours & np.isnan(people)]
        if ours.any():
            gained, lost = known[known > 0].sum(), -known[known < 0].sum()
            found.append(GroupPeople(group, int(gained), int(lost), tuple(unknown)))
    return tuple(found)


def of_group(comparison: Comparison, group: str) -> Comparison:
    """The part of a comparison that is about one group."""
    cells = comparison.cells
    people = tuple(one for one in comparison.people if one.group == group)
    return Comparison(cells[cells["doelgroep"] == group].reset_index(drop=True), people)


def of_wijken(comparison: Comparison, codes: Collection[str]) -> Comparison:
    """The part of a comparison that is about some wijken; people are counted there only."""
    cells = comparison.cells
    inside = cells["wijkcode"].isin(list(codes))
    if inside.all():
        return comparison
    cells = cells[inside].reset_index(drop=True)
    return Comparison(cells, people_per_group(cells))


@dataclass(frozen=True)
class Outcome:
    """A scenario with the data that it makes and what it changes."""

    scenario: Scenario
    proposed: ProposedDataset
    comparison: Comparison


SCENARIO_COLUMNS = ("scenario", "hiaten_dicht", "hiaten_open", "onzeker", "beter", "zwakker", "mensen", "nieuw",
                    "plekken", "stopt")  # fmt: skip
"""Columns of `compare_scenarios`."""


def compare_scenarios(outcomes: Sequence[Outcome], group: str = "") -> pd.DataFrame:
    """Several scenarios beside each other.

    Parameters
    ----------
    outcomes : sequence of Outcome
        All for the same question and the same published workbook.
    group : str
        A value of Doelgroep: only what changes for that group; "" = for every group, each wijk and group counted apart.

    Returns
    -------
    pandas.DataFrame
        One row per scenario, columns `SCENARIO_COLUMNS`: its name; gaps that close and open; verdicts to or from
        onbekend; other verdicts that get better or worse; a tuple of `GroupPeople`; new offers; the distinct places
        among them; offers that stop.
    """
    rows = [_scenario_row(one, of_group(one.comparison, group) if group else one.comparison) for one in outcomes]
    return pd.DataFrame(rows, columns=list(SCENARIO_COLUMNS))


def _scenario_row(outcome: Outcome, comparison: Comparison) -> tuple[Any, ...]:
    parts = (comparison.closed, comparison.opened, comparison.uncertain, comparison.better, comparison.worse)
    added = outcome.proposed.added
    places = added.points.loc[~added.points["hint"], ["x", "y"]].drop_duplicates()
    return (
        outcome.scenario.name,
        *map(len, parts),
        comparison.people,
        len(added.offers),
        len(places),
        len(outcome.proposed.ended),
    )
