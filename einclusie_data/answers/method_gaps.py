"""From a gap to the methods that fit it, and from a method to the gaps that it could serve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from einclusie_data.answers.explain import RELATIONS, relations
from einclusie_data.answers.methods import Wish, find_methods
from einclusie_data.answers.summary import TOP, GapLine, gap_lines
from einclusie_data.contract import verdicts
from einclusie_data.contract.codelists import EVERYONE
from einclusie_data.contract.words import listing
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.gaps import Answer, most_pressing, unknown_need

TOP_PER_GROUP = 3
"""How many gaps of each group are named when a method serves several groups."""

NOT_ADDED_UP = "Iemand kan bij meer dan één groep horen. Tel de mensen van verschillende groepen dus niet op."


@dataclass(frozen=True)
class GroupGaps:
    """The open gaps of one group.

    Attributes
    ----------
    group : str
    known : tuple of GapLine
        The most pressing ones.
    without_figure : tuple of GapLine
        Those whose people are unknown, as far as there is room behind `known`.
    total : int
        How many open gaps there are in all.
    """

    group: str
    known: tuple[GapLine, ...]
    without_figure: tuple[GapLine, ...]
    total: int

    @property
    def more(self) -> int:
        """How many gaps are not named."""
        return self.total - len(self.known) - len(self.without_figure)


@dataclass(frozen=True)
class MethodGaps:
    """The gaps that a method could serve: per group, and one sentence that says for whom, or why there are none."""

    sentence: str
    groups: tuple[GroupGaps, ...] = ()


def partners_near(dataset: Dataset, answer: Answer, code: str) -> dict[str, str]:
    """Which organisations have an active offer in, near or coming to a wijk.

    Parameters
    ----------
    dataset : Dataset
    answer : Answer
    code : str
        Wijkcode.

    Returns
    -------
    dict of str to str
        Organisation -> how its nearest offer relates to the wijk (one of `explain.RELATIONS`).
    """
    supply = dataset.supply
    wijk = int(dataset.areas.wijken.index.get_loc(code))
    related = relations(supply, dataset.reach(answer.question.reach_m), wijk)
    near: dict[str, str] = {}
    for name in RELATIONS:
        for organisations in supply.offers["organisations"][(related == name) & answer.traits.active]:
            for organisation in organisations:
                near.setdefault(organisation, name)
    return near


def methods_for_gap(dataset: Dataset, answer: Answer, code: str, methods: pd.DataFrame, wish: Wish) -> pd.DataFrame:
    """The methods that fit a gap, best first.

    Parameters
    ----------
    dataset : Dataset
    answer : Answer
    code : str
        Code of the wijk of the gap.
    methods : pandas.DataFrame
        From `methods.public_methods`.
    wish : Wish
        With the group of the gap and the chosen types.

    Returns
    -------
    pandas.DataFrame
        As `methods.find_methods`, and `near`: tuple of texts, the partners that use the method and already have an
        offer in or near the wijk, with where.
    """
    return with_users_near(find_methods(methods, wish), partners_near(dataset, answer, code))


def with_users_near(found: pd.DataFrame, near: Mapping[str, str]) -> pd.DataFrame:
    """Methods with one more column `near` (tuple of texts): the users that are near, with where.

    Parameters
    ----------
    found : pandas.DataFrame
        From `methods.find_methods`.
    near : mapping of str to str
        Organisation -> how it relates to the place in question (see `partners_near`).
    """
    texts = [tuple(f"{one} ({near[one]})" for one in users if one in near) for users in found["used_by"]]
    return found.assign(near=pd.Series(texts, index=found.index, dtype=object))


def gaps_for_method(
    rows: pd.DataFrame, method: pd.Series[Any], types: Sequence[str], groups: Sequence[str]
) -> MethodGaps:
    """The open gaps that a method could serve, most pressing first.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of a gap table per group: those of the chosen area.
    method : pandas.Series
        A row of `methods.public_methods`.
    types : sequence of str
        The chosen types of offer; () = all.
    groups : sequence of str
        Every group, in the order of the codelist.

    Returns
    -------
    MethodGaps
        Of a method for everyone: gaps of every group. People of several groups are never added up.
    """
    if not method["groups"]:
        return MethodGaps("We weten niet voor wie deze methodiek is. Vul de doelgroep aan in het blad Methodieken.")
    if types and method["types"] and not set(types) & set(method["types"]):
        kinds = listing([kind.lower() for kind in method["types"]])
        return MethodGaps(f"Deze methodiek past bij {kinds}. Je kijkt nu naar hiaten in ander aanbod.")
    served = list(groups) if EVERYONE in method["groups"] else [group for group in groups if group in method["groups"]]
    top = TOP if len(served) == 1 else TOP_PER_GROUP
    found = tuple(_group_gaps(rows, group, top) for group in served)
    return MethodGaps(_sentence(method, found), tuple(one for one in found if one.total))


def _group_gaps(rows: pd.DataFrame, group: str, top: int) -> GroupGaps:
    ours = rows[rows["doelgroep"] == group]
    known = gap_lines(most_pressing(ours), top)
    unknown = gap_lines(unknown_need(ours), top - len(known))
    return GroupGaps(group, known, unknown, int(ours["oordeel"].isin(verdicts.OPEN_GAP).sum()))


def _sentence(method: pd.Series[Any], found: Sequence[GroupGaps]) -> str:
    everyone = EVERYONE in method["groups"]
    whom = "iedereen" if everyone else listing([one.group.lower() for one in found])
    if not any(one.total for one in found):
        return f"Deze methodiek is voor {whom}. Daarvoor zien we nu geen mogelijk hiaat in dit gebied."
    parts = [f"Deze methodiek is voor {whom}."]
    if everyone:
        parts.append("Ze kan dus helpen bij hiaten van elke groep.")
    if len(found) > 1:
        parts.append(f"Je ziet per groep de dringendste. {NOT_ADDED_UP}")
    return " ".join(parts)
