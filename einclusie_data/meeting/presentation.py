"""The steps of a meeting on a big screen: the map, the gaps one by one, wijk by wijk, what changed, the decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from einclusie_data.contract import verdicts
from einclusie_data.engine.gaps import most_pressing, unknown_need

MAP, GAP, WIJK, CHANGED, DECISIONS = "kaart", "hiaat", "wijk", "veranderd", "besluiten"
PARTS = {MAP: "Kaart", GAP: "Hiaten", WIJK: "Wijk per wijk", CHANGED: "Veranderd", DECISIONS: "Besluiten"}
"""Kind of a step -> how its part of the meeting is called, in the order of the meeting."""
GAPS_SHOWN = 10


@dataclass(frozen=True)
class Step:
    """One screen.

    Attributes
    ----------
    kind : str
        A key of `PARTS`.
    code : str
        Wijkcode; "" for a step about the whole area.
    """

    kind: str
    code: str = ""

    @property
    def name(self) -> str:
        """How the step stands in a link."""
        return f"{self.kind}-{self.code}" if self.code else self.kind


def steps_of(table: pd.DataFrame, group: str) -> tuple[Step, ...]:
    """The steps of a meeting about one group in one area.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of the gap table per group, of the wijken of the area and all groups.
    group : str
        The group whose gaps are shown one by one.

    Returns
    -------
    tuple of Step
        The map; at most `GAPS_SHOWN` gaps of the group, most pressing first, those without a figure after those with
        one; every inhabited wijk, the one with most open gaps over the groups first; what changed; the decisions.
    """
    of_group = table[table["doelgroep"] == group]
    gaps = [*most_pressing(of_group)["wijkcode"], *unknown_need(of_group)["wijkcode"]][:GAPS_SHOWN]
    return (
        Step(MAP),
        *(Step(GAP, str(code)) for code in gaps),
        *(Step(WIJK, code) for code in _wijken(table)),
        Step(CHANGED),
        Step(DECISIONS),
    )


def _wijken(table: pd.DataFrame) -> list[str]:
    inhabited = table[table["oordeel"] != verdicts.NOT_APPLICABLE]
    gaps = inhabited["oordeel"].isin(verdicts.OPEN_GAP).groupby(inhabited["wijkcode"]).sum()
    labels = inhabited.drop_duplicates("wijkcode").set_index("wijkcode")["wijk"]
    return sorted(map(str, gaps.index), key=lambda code: (-gaps[code], labels[code]))


def moved(steps: Sequence[Step], current: Step, by: int) -> Step:
    """The step so many further, or back; the first and the last one are the ends."""
    return steps[min(max(steps.index(current) + by, 0), len(steps) - 1)]


def step_named(steps: Sequence[Step], name: str) -> Step:
    """The step of a link; the first one when there is none of that name."""
    return next((one for one in steps if one.name == name), steps[0])


def first_of(steps: Sequence[Step], kind: str) -> Step | None:
    """Where a part of the meeting begins; None when it has no steps."""
    return next((one for one in steps if one.kind == kind), None)


def place_words(steps: Sequence[Step], current: Step) -> str:
    """Where we are, in words.

    Examples
    --------
    >>> place_words([Step(MAP), Step(GAP, "A"), Step(GAP, "B")], Step(GAP, "B"))
    'Hiaten: 2 van 2'
    """
    part = [one for one in steps if one.kind == current.kind]
    size = f": {part.index(current) + 1} van {len(part)}" if len(part) > 1 else ""
    return f"{PARTS[current.kind]}{size}"
