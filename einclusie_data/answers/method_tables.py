"""The methods counted: how many there are per group and theme, and who in the network uses which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import pandas as pd

from einclusie_data.contract.codelists import EVERYONE

KINDS = ("specific", "open", "unknown")
"""Columns of `coverage_table`."""


def coverage_table(methods: pd.DataFrame, groups: Sequence[str], themes: Sequence[str]) -> pd.DataFrame:
    """How many methods there are per group and theme.

    Parameters
    ----------
    methods : pandas.DataFrame
        From `methods.public_methods`.
    groups, themes : sequence of str
        Values of Doelgroep and Thema.

    Returns
    -------
    pandas.DataFrame
        Index (group, theme), in the order given, behind them "" for a cell that is unknown. Columns: `specific`
        (methods for this group), `open` (methods for everyone that do not name the group; all of them in the row
        Iedereen), `unknown` (methods of which the group is unknown: only in the rows ""). A method with several themes
        counts in each, so a row does not add up.
    """
    counts = Counter(_places(methods, (*groups, "")))
    index = pd.MultiIndex.from_product([[*groups, ""], [*themes, ""]], names=["group", "theme"])
    return pd.DataFrame(
        {kind: [counts[group, theme, kind] for group, theme in index] for kind in KINDS}, index=index, dtype=int
    )


def _places(methods: pd.DataFrame, groups: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Every cell in which a method counts: group, theme, kind."""
    for listed, about in zip(methods["groups"], methods["themes"], strict=True):
        for group in groups:
            kind = _counts_as(listed, group)
            for theme in (about or ("",)) if kind else ():
                yield group, theme, kind


def _counts_as(listed: tuple[str, ...], group: str) -> str:
    """As what a method counts for a group, "" = it does not."""
    if not group or not listed:
        return "unknown" if group == "" and not listed else ""
    if group in listed and group != EVERYONE:
        return "specific"
    return "open" if EVERYONE in listed else ""


def users_of(methods: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Organisation -> the ids of the methods that it uses; organisations in the order of the alphabet."""
    users: dict[str, list[str]] = {}
    for method, organisations in zip(methods["id"], methods["used_by"], strict=True):
        for organisation in organisations:
            users.setdefault(organisation, []).append(method)
    return {name: tuple(users[name]) for name in sorted(users, key=str.casefold)}
