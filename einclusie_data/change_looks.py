"""How a changed verdict looks on a map: each kind of change with its colour, symbol and word."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from einclusie_data.gap_changes import CLOSED, KINDS, OPENED, SHIFTED, UNCERTAIN
from einclusie_data.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SAME = "gelijk"
"""No change."""

CHANGE_LOOKS: Mapping[str, Verdict] = MappingProxyType(
    {
        look.code: look
        for look in (
            Verdict(OPENED, "Er ontstaat een mogelijk hiaat", "▲", "#a3262a", "#ffffff",
                    "Eerst was er passend aanbod. In de nieuwe werkmap ontbreekt het misschien."),
            Verdict(CLOSED, "Er verdwijnt een mogelijk hiaat", "▼", "#1f5f99", "#ffffff",
                    "Eerst ontbrak er misschien aanbod. In de nieuwe werkmap is het er."),
            Verdict(UNCERTAIN, "Enkel wat we weten, verandert", "?", "#d0d3d8", "#1f2430",
                    "We weten het nu wel, of net niet meer. Dat zegt niet dat er aanbod bij komt of wegvalt."),
            Verdict(SHIFTED, "Het oordeel verschuift", "≈", "#f7e08c", "#2b2400",
                    "Het oordeel is anders, maar er ontstaat of verdwijnt geen mogelijk hiaat."),
            Verdict(SAME, "Er verandert niets", "", "#bcc9d4", "#1f2430", "Het oordeel blijft hetzelfde."),
        )
    }
)  # fmt: skip
"""Kind of change -> how it looks and what it means."""


def wijk_changes(gaps: pd.DataFrame, group: str, codes: Sequence[str]) -> pd.DataFrame:
    """What changes for one group in each wijk.

    Parameters
    ----------
    gaps : pandas.DataFrame
        See `gap_changes.gap_changes`.
    group : str
    codes : sequence of str
        Wijken to tell about.

    Returns
    -------
    pandas.DataFrame
        One row per wijk, in the order of `codes`: `wijkcode`, `soort` (a key of `CHANGE_LOOKS`), `stap` ("hiaat →
        gedekt", or "" when nothing changes).
    """
    mine = gaps[gaps["doelgroep"] == group].set_index("wijkcode").reindex(list(codes))
    steps = (mine["van"].astype(object) + " → " + mine["naar"].astype(object)).fillna("")
    return pd.DataFrame(
        {"wijkcode": list(codes), "soort": mine["soort"].astype(object).fillna(SAME).to_numpy(), "stap": steps.tolist()}
    )


def change_legend(changes: pd.DataFrame) -> list[tuple[Verdict, int]]:
    """Every kind of change that is there with its number of wijken; rows of `wijk_changes`."""
    found = changes["soort"].value_counts()
    return [(CHANGE_LOOKS[kind], int(found[kind])) for kind in (*KINDS, SAME) if kind in found]


def group_with_most(gaps: pd.DataFrame, groups: Sequence[str]) -> str:
    """The group for which most changes: where a map starts. The first one when nothing changes.

    A gap that opens or closes goes before a change in what we know.
    """
    weight = gaps["soort"].map({OPENED: 1000, CLOSED: 1000, UNCERTAIN: 1, SHIFTED: 10}).groupby(gaps["doelgroep"]).sum()
    return max(groups, key=lambda group: int(weight.get(group, 0)))
