"""Two versions -> which gaps open, which close, and where only our knowledge changed (DESIGN §5)."""

from __future__ import annotations

import pandas as pd

from einclusie_data.contract import verdicts
from einclusie_data.contract.questions import Question
from einclusie_data.engine.dataset import Dataset, answer_per_group

OPENED, CLOSED, UNCERTAIN, SHIFTED = "ontstaan", "verdwenen", "onzeker", "verschoven"
KINDS = (OPENED, CLOSED, UNCERTAIN, SHIFTED)
"""What happened to a cell of the gap table."""

COLUMNS = ("wijkcode", "wijk", "district", "doelgroep", "van", "naar", "soort")
"""Columns of `gap_changes`."""


def gap_changes(old: Dataset, new: Dataset, question: Question, then: Question | None = None) -> pd.DataFrame:
    """The cells of the gap table, wijk x doelgroep, whose verdict changed.

    Parameters
    ----------
    old, new : Dataset
    question : Question
        Asked of both.
    then : Question, optional
        Asked of the older one instead: the same on an earlier day.

    Returns
    -------
    pandas.DataFrame
        Columns `COLUMNS`, in the order of the gap table. `van` and `naar` are verdicts; `soort` is one of `KINDS`:
        a gap (hiaat or mobiel) opened from gedekt, algemeen or beperkt, or closed to one of these; uncertain = to or
        from onbekend; shifted = any other change, between hiaat and mobiel or among gedekt, algemeen and beperkt.
        A doelgroep that only one version knows is left out, and so are wijken where nearly nobody lives.
    """
    groups = tuple(group for group in new.groups if group in old.groups)
    before = answer_per_group(old, then or question, groups).table
    after = answer_per_group(new, question, groups).table
    keys = ["wijkcode", "doelgroep"]
    both = after.merge(before[[*keys, "oordeel"]], on=keys, how="inner", suffixes=("", "_before"))
    both = both.rename(columns={"oordeel": "naar", "oordeel_before": "van"})
    judged = (both["van"] != verdicts.NOT_APPLICABLE) & (both["naar"] != verdicts.NOT_APPLICABLE)
    changed = both[judged & (both["van"] != both["naar"])].reset_index(drop=True)
    kinds = [change_kind(old, new) for old, new in zip(changed["van"], changed["naar"], strict=True)]
    return changed.assign(soort=pd.Series(kinds, dtype="str"))[list(COLUMNS)]


def change_kind(van: str, naar: str) -> str:
    """One of `KINDS` for two verdicts that differ (see `gap_changes`).

    Examples
    --------
    >>> change_kind("hiaat", "gedekt"), change_kind("hiaat", "onbekend"), change_kind("hiaat", "mobiel")
    ('verdwenen', 'onzeker', 'verschoven')
    """
    if verdicts.UNKNOWN in (van, naar):
        return UNCERTAIN
    was_open, is_open = van in verdicts.OPEN_GAP, naar in verdicts.OPEN_GAP
    if was_open == is_open:
        return SHIFTED
    return OPENED if is_open else CLOSED
