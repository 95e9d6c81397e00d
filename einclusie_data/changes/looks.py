"""How a changed verdict looks on a map: each kind of change with its colour, symbol and word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from einclusie_data.changes.gaps import CLOSED, KINDS, OPENED, SHIFTED, UNCERTAIN
from einclusie_data.contract.verdicts import Verdict

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


_WEIGHT = {OPENED: 1000, CLOSED: 1000, SHIFTED: 10, UNCERTAIN: 1}


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
    columns = (gaps[name].tolist() for name in ("wijkcode", "doelgroep", "soort", "van", "naar"))
    found = {
        code: (kind, f"{old} → {new}") for code, whom, kind, old, new in zip(*columns, strict=True) if whom == group
    }
    rows = [(code, *found.get(code, (SAME, ""))) for code in codes]
    return pd.DataFrame(rows, columns=["wijkcode", "soort", "stap"])


def change_legend(changes: pd.DataFrame) -> list[tuple[Verdict, int]]:
    """Every kind of change that is there with its number of wijken; rows of `wijk_changes`."""
    found = Counter(changes["soort"])
    return [(CHANGE_LOOKS[kind], found[kind]) for kind in (*KINDS, SAME) if kind in found]


def group_with_most(gaps: pd.DataFrame, groups: Sequence[str]) -> str:
    """The group for which most changes: where a map starts. The first one when nothing changes.

    A gap that opens or closes goes before a change in what we know.
    """
    weight: Counter[str] = Counter()
    for group, kind in zip(gaps["doelgroep"], gaps["soort"], strict=True):
        weight[group] += _WEIGHT[kind]
    return max(groups, key=lambda group: weight[group])
