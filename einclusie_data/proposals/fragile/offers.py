"""Fragile offers: which are the only ones for a group in a wijk, and what changes if one stops ("Kwetsbaar aanbod")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from einclusie_data.changes.gaps import OPENED, SHIFTED, UNCERTAIN, change_kind
from einclusie_data.contract import settings, verdicts
from einclusie_data.contract.arrays import Array
from einclusie_data.engine.conditions import Flag, days_after
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.gap_table import round_half_up, touches
from einclusie_data.engine.gaps import Answer
from einclusie_data.engine.judgement import judge, select_words
from einclusie_data.engine.locate import Placement
from einclusie_data.proposals.compare import SAME, GroupPeople, people_per_group
from einclusie_data.proposals.fragile.losses import Losses, losses_of

EFFECT_COLUMNS = ("offer", "wijkcode", "wijk", "district", "doelgroep", "van", "naar", "soort", "mensen")
KINDS = ("opens", "doubt", "gone", "other")
"""What a stop does to a verdict: a gap opens; we no longer know; what may be there is certainly gone; it gets worse
without any of these."""
OFFER_COLUMNS = ("offer", "row", "name", "organisations", "role", "ends", "days_left", "ends_soon", *KINDS, "wijken")


class Role(StrEnum):
    """What an offer means beside the others; the values are Dutch words for screens."""

    ONLY = "oordeel hangt eraan vast"
    PART = "sommige mensen hebben enkel dit"
    OVERLAPS = "ander aanbod vangt het op"
    NOBODY = "geen bewoners op loopafstand"
    PLACELESS = "plek onbekend"


@dataclass(frozen=True)
class Fragility:
    """What each offer holds up.

    Attributes
    ----------
    effects : pandas.DataFrame
        Columns `EFFECT_COLUMNS`: one row per offer, wijk and group for which something changes when that offer alone
        stops. `offer` is its position in the supply; `van` and `naar` are verdicts; `soort` one of `gap_changes.KINDS`,
        or `SAME` when only people lose it; `mensen` (Int64) is 0 or negative: people who then have no suitable offer
        within walking distance, <NA> = unknown how many.
    offers : pandas.DataFrame
        Columns `OFFER_COLUMNS`: one row per offer that counts, or of which we do not know whether it does. `name` and
        `organisations` as anyone may see them, `role` a `Role`, `ends` the last day (NaT = open), `days_left` until
        then (NaN), `ends_soon`; how often each of `KINDS` happens, each wijk and group apart; `wijken` in how many
        wijken a verdict changes.
        First those that end soon, then those whose stop opens most gaps.
    groups : tuple of str
        The groups that were looked at.
    """

    effects: pd.DataFrame
    offers: pd.DataFrame
    groups: tuple[str, ...]

    def effects_of(self, offer: int) -> pd.DataFrame:
        """The rows of `effects` of one offer."""
        return self.effects[self.effects["offer"] == offer].reset_index(drop=True)

    def people_of(self, offer: int) -> tuple[GroupPeople, ...]:
        """How many people of each group lose their suitable offer within walking distance."""
        return people_per_group(self.effects_of(offer))


def fragile_offers(
    dataset: Dataset, answer: Answer, codes: Sequence[str] = (), days: int = settings.LASTING_DAYS
) -> Fragility:
    """Which offers hold up a verdict, and which would not be missed.

    Parameters
    ----------
    dataset : Dataset
    answer : Answer
        Per group, of this data set: one group or all of them.
    codes : sequence of str
        Wijkcodes of an area: only what changes there, and only offers that have to do with it. () = the whole city.
    days : int
        An offer ends soon when its last day is at most so many days after the reference date.

    Returns
    -------
    Fragility
        Each offer as if it were the only one that stops. Two that take each other's place hold up nothing alone, and
        both together they may.
    """
    wijken = dataset.areas.wijken
    inside = wijken.index.isin(list(codes)) if codes else np.ones(len(wijken), dtype=bool)
    effects = _effects(dataset, answer, losses_of(dataset.supply, dataset.reach(answer.question.reach_m), answer))
    effects = effects.loc[inside[effects["_wijk"]], list(EFFECT_COLUMNS)].reset_index(drop=True)
    offers = _offers(dataset, answer, effects, inside)
    groups = tuple(case.group for case in answer.cases)
    return Fragility(effects, _ranked(_with_end(offers, answer, days), effects), groups)


def _effects(dataset: Dataset, answer: Answer, losses: Losses) -> pd.DataFrame:
    """`Fragility.effects` of the whole city, with the position of the wijk in `_wijk`."""
    wijken, cases = dataset.areas.wijken, answer.cases
    inhabited = wijken["inhabited"].to_numpy(dtype=bool)[losses.wijk]
    before = answer.table["oordeel"].to_numpy(dtype=object).reshape(len(wijken), len(cases))[losses.wijk]
    after = judge(losses.measures, cases, inhabited).verdict
    shares = [answer.measures.share(Flag.SUITABLE)[losses.wijk], losses.measures.share(Flag.SUITABLE)]
    shares = [share.round(settings.SHARE_DECIMALS) for share in shares]
    touched = (before != after) | (shares[0] != shares[1])
    pair, case = np.nonzero(touched & inhabited[:, None])
    cells = pair, case
    people = dataset.needs.persons[[one.group for one in cases]].to_numpy(dtype=float)[losses.wijk[pair], case]
    now, then = (round_half_up(people * (1 - share[cells])) for share in shares)
    return _named(dataset, losses.wijk[pair]).assign(
        offer=losses.offer[pair],
        doelgroep=[cases[place].group for place in case],
        van=before[cells],
        naar=after[cells],
        mensen=pd.Series(np.where(shares[0][cells] == shares[1][cells], 0.0, now - then)).astype("Int64"),
        soort=pd.array(list(map(_kind, before[cells], after[cells])), dtype="str"),
    )


def _kind(van: str, naar: str) -> str:
    return SAME if van == naar else change_kind(van, naar)


def _named(dataset: Dataset, wijk: Array) -> pd.DataFrame:
    """Code and names of wijken, with their position in `_wijk`."""
    wijken = dataset.areas.wijken
    names = {"wijkcode": wijken.index, "wijk": wijken["label"], "district": wijken["district"]}
    columns = {name: column.to_numpy(dtype=object)[wijk] for name, column in names.items()}
    return pd.DataFrame(columns | {"_wijk": wijk})


def _offers(dataset: Dataset, answer: Answer, effects: pd.DataFrame, inside: Array) -> pd.DataFrame:
    """`Fragility.offers` without its order and its last days; `inside` = the wijken (bool) that it is about."""
    shown, positions = dataset.shown, np.arange(len(dataset.shown))
    suitable: Array = np.any(answer.measures.holds(Flag.SUITABLE), axis=1)
    touched: Array = touches(dataset.supply, dataset.reach(answer.question.reach_m), positions)[:, inside]
    listed = (suitable & (touched.any(axis=1) | inside.all())) | np.isin(positions, effects["offer"])
    rows = shown.loc[listed, ["row", "name", "organisations", "placement", "valid_to"]]
    lived_in = dataset.areas.wijken["inhabited"].to_numpy(dtype=bool)[inside]
    counts = _counts(effects).reindex(rows.index, fill_value=0)
    near: Array = np.any(touched[listed][:, lived_in], axis=1)
    roles = _roles(rows["placement"], counts, near)
    return pd.concat([rows, counts], axis=1).assign(offer=rows.index, role=roles)


def _counts(effects: pd.DataFrame) -> pd.DataFrame:
    """Per offer with an effect: how many of each kind, in how many wijken, and how many in all (`effects`)."""
    unsure, was_unknown = effects["soort"] == UNCERTAIN, effects["van"] == verdicts.UNKNOWN
    kinds = {"opens": effects["soort"] == OPENED, "doubt": unsure & ~was_unknown, "gone": unsure & was_unknown}
    marks = effects.assign(**kinds, other=effects["soort"] == SHIFTED, effects=True)
    counts = marks.groupby("offer")[[*KINDS, "effects"]].sum()
    wijken = effects[effects["soort"] != SAME].groupby("offer")["wijkcode"].nunique()
    return counts.assign(wijken=wijken.reindex(counts.index, fill_value=0))


def _roles(placement: pd.Series[str], counts: pd.DataFrame, near: Array) -> list[str]:
    decides = (counts[list(KINDS)] > 0).any(axis=1)
    placeless = placement.isin([Placement.NOWHERE, Placement.UNPLACED])
    conditions = [np.asarray(one, dtype=bool) for one in (decides, counts["effects"] > 0, placeless, ~near)]
    names = [role.value for role in (Role.ONLY, Role.PART, Role.PLACELESS, Role.NOBODY)]
    return [str(role) for role in select_words(conditions, names, Role.OVERLAPS.value)]


def _with_end(offers: pd.DataFrame, answer: Answer, days: int) -> pd.DataFrame:
    left = days_after(offers["valid_to"], answer.question.on)
    return offers.assign(ends=offers["valid_to"], days_left=left, ends_soon=(left >= 0) & (left <= days))


def _ranked(offers: pd.DataFrame, effects: pd.DataFrame) -> pd.DataFrame:
    most = effects.groupby(["offer", "doelgroep"])["mensen"].sum().groupby("offer").min().reindex(offers.index)
    order = offers.assign(_most=most.fillna(0).astype(float)).sort_values(
        ["ends_soon", *KINDS, "_most", "row"],
        ascending=[False, *[False] * len(KINDS), True, True],
        kind="stable",
    )
    return order[list(OFFER_COLUMNS)].reset_index(drop=True)
