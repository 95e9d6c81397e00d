"""Who could take a decision on: members and possible partners of the network near the gap.

Why an organisation fits a decision, or what we do not know about it, in Dutch.

What fits a decision: for whom it is, who is active near it, and which methods could help.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from einclusie_data.answers.explain import ELSEWHERE, IN_WIJK, MAYBE_HERE, RELATIONS
from einclusie_data.answers.method_gaps import with_users_near
from einclusie_data.answers.methods import Wish, find_methods
from einclusie_data.answers.offers import ALL_GROUPS
from einclusie_data.contract import codelists
from einclusie_data.contract.organisations import organisation_key
from einclusie_data.contract.privacy import mask_personal
from einclusie_data.contract.questions import Question
from einclusie_data.contract.schema import PARTNERS
from einclusie_data.contract.text import normalise
from einclusie_data.contract.words import listing, number
from einclusie_data.decisions.place import Place, place_of_decision, relation_to_place
from einclusie_data.engine.conditions import for_group, traits_of
from einclusie_data.engine.coverage import reach_of
from einclusie_data.engine.dataset import Dataset
from einclusie_data.engine.locate import Placement, Supply, locate_offers
from einclusie_data.store.decision_record import Draft


def groups_of_decision(dataset: Dataset, draft: Draft) -> tuple[str, ...]:
    """The groups that a decision is for: those of the proposed offer, else that of the gap; only those known now."""
    return tuple(group for group in draft.what.groups or (draft.group,) if group in dataset.groups)


def types_of_decision(dataset: Dataset, draft: Draft) -> tuple[str, ...]:
    """The types of the proposed offer; only those known now."""
    return tuple(kind for kind in draft.what.types if kind in dataset.values("types"))


def nearest_relation(one: str, other: str) -> str:
    """The nearer of two relations (see `explain.RELATIONS`); "" is none.

    Examples
    --------
    >>> nearest_relation("ligt misschien in de wijk", "in de wijk"), nearest_relation("", "")
    ('in de wijk', '')
    """
    return next((name for name in RELATIONS if name in (one, other)), "")


def organisations_near(dataset: Dataset, place: Place, question: Question) -> dict[str, str]:
    """The organisations with an active offer in, near or coming to where a decision is about.

    Returns
    -------
    dict of str to str
        Organisation -> how its nearest offer relates to it (one of `explain.RELATIONS`).
    """
    supply = dataset.supply
    relation = relation_to_place(supply, dataset.reach(question.reach_m), place)
    organisations = supply.offers["organisations"].tolist()
    near: dict[str, str] = {}
    for position in np.flatnonzero(traits_of(supply, question.on).active & (relation != "")):
        for name in organisations[position]:
            near[name] = nearest_relation(near.get(name, ""), relation[position])
    return near


def fitting_methods(dataset: Dataset, draft: Draft, question: Question) -> pd.DataFrame:
    """The methods that fit a decision, best first.

    Parameters
    ----------
    dataset : Dataset
    draft : Draft
        A decision, or one that is being filled in.
    question : Question
        Its date and reach decide who is active near it.

    Returns
    -------
    pandas.DataFrame
        As `methods.find_methods`, with `near` (see `method_gaps.with_users_near`) and `linked` (bool): the decision
        names it. Of a decision for several groups each method once, as it fits best. A group or type that the workbook
        does not know is not asked for.
    """
    types = types_of_decision(dataset, draft)
    wishes = [Wish(group=group, types=types) for group in groups_of_decision(dataset, draft) or (ALL_GROUPS,)]
    found = pd.concat([find_methods(dataset.methods, wish) for wish in wishes])
    best = found.sort_values("fits", ascending=False, kind="stable")
    once = best[~best.index.duplicated()]
    near = organisations_near(dataset, place_of_decision(dataset.areas, draft), question)
    named = {normalise(name) for name in draft.methods}
    linked = [normalise(name) in named for name in once["name"]]
    return with_users_near(once, near).assign(linked=pd.Series(linked, index=once.index, dtype=bool))


NOT_IN_SHEET = f"staat niet in het blad {PARTNERS.name}"
ROLE_UNKNOWN = "rol niet ingevuld"
NOT_YET = "werkt nog niet rond e-inclusie"
SERVES = "heeft al aanbod voor deze groep"
MAYBE_SERVES = "we weten niet of er al aanbod is voor deze groep"
OFFER_MAYBE_HERE = "heeft aanbod dat misschien in de wijk ligt"
LINKED = "staat bij dit besluit"


def partner_text(partner: Mapping[Any, Any]) -> str:
    """What is known of an organisation that may take a decision on (a row of `decision_partners.fitting_partners`)."""
    parts = [
        LINKED if partner["linked"] else "",
        listing([role.lower() for role in partner["roles"]]) or (ROLE_UNKNOWN if partner["row"] else NOT_IN_SHEET),
        partner["sort"],
        NOT_YET if partner["works"] == codelists.NOT_YET else "",
        _where(partner),
        MAYBE_SERVES if pd.isna(partner["serves"]) else SERVES if partner["serves"] else "",
    ]
    return "; ".join(filter(None, parts))


def _where(partner: Mapping[Any, Any]) -> str:
    relation = str(partner["relation"])
    if partner["unplaced"]:
        cell = PARTNERS.column("wijken").header
        return f"we weten niet waar: vul {cell} in op rij {number(partner['row'])} van het blad {PARTNERS.name}"
    if partner["by_offer"]:
        return OFFER_MAYBE_HERE if relation == MAYBE_HERE else f"heeft aanbod {relation}"
    return f"zelf {relation}" if relation == IN_WIJK else relation


_COLUMNS = (
    "organisation",
    "roles",
    "sort",
    "networks",
    "works",
    "relation",
    "by_offer",
    "serves",
    "linked",
    "unplaced",
    "row",
)


@dataclass
class _Partner:
    """What is gathered of one organisation.

    `row` is its (first) Excel row in the sheet Partners, 0 when it is not there; `unplaced`: no row of it says where it
    is, or where it may be.
    """

    organisation: str
    roles: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    sort: str = ""
    works: str = ""
    relation: str = ""
    by_offer: bool = False
    linked: bool = False
    unplaced: bool = True
    row: int = 0


def fitting_partners(dataset: Dataset, draft: Draft, question: Question) -> pd.DataFrame:
    """The organisations that could take a decision on: near the gap by their own place, or by an active offer.

    Parameters
    ----------
    dataset : Dataset
    draft : Draft
        A decision, or one that is being filled in.
    question : Question
        Its date decides which offers are active, its reach what is near.

    Returns
    -------
    pandas.DataFrame
        One row per organisation: `organisation` (masked); `roles` and `networks` (tuples, () = not filled in, or not in
        the sheet Partners); `sort`; `works` ("Ja", "Nog niet", "" = not filled in); `relation` (one of
        `explain.RELATIONS`; "" = we don't know where it is, or the decision does not say where); `by_offer` (bool: that
        is where an offer of it is); `serves` (nullable bool: it has an active offer for a group of the decision;
        <NA> = the decision names no group, or an offer does not say for whom); `linked` (bool: the decision names it);
        `unplaced` (bool: nothing says where it is; its cell Wijk would); `row` (Excel row in the sheet Partners, 0 =
        not there).
        Nearest first, then who serves the group, then by role and name. Who is known to be elsewhere is left out,
        unless the decision names it.
    """
    place = place_of_decision(dataset.areas, draft)
    found = _of_sheet(dataset, place, question)
    for name, relation in organisations_near(dataset, place, question).items():
        partner = found.setdefault(organisation_key(name), _Partner(name))
        if nearest_relation(partner.relation, relation) != partner.relation:
            partner.relation, partner.by_offer = relation, True
    for name in filter(None, (draft.who, *draft.partners, *draft.what.organisations)):
        if partner_named := found.get(organisation_key(name)):
            partner_named.linked = True
    kept = [one for one in found.values() if one.relation or one.linked or one.unplaced or not place.known]
    for one in kept:
        one.unplaced &= not one.relation
        one.relation = one.relation or ("" if one.unplaced or not place.known else ELSEWHERE)
    return _table(kept, _serving(dataset, draft, question))


def partner_supply(dataset: Dataset) -> Supply:
    """The rows of the sheet Partners as if each were an offer at its seat: the same rules say where that may be."""
    partners = dataset.workbook.partners.reset_index(drop=True)
    given = partners["wijken"].map(bool).astype(bool)
    rows = partners.assign(district="", mode="", wijk_given=given, whole_city=False)
    return locate_offers(rows.astype({"lat": float, "lon": float}), dataset.areas)


def _of_sheet(dataset: Dataset, place: Place, question: Question) -> dict[str, _Partner]:
    """The organisations of the sheet Partners by key, each once, with the nearest of their places."""
    supply = partner_supply(dataset)
    relation = relation_to_place(supply, reach_of(supply, question.reach_m), place)
    found: dict[str, _Partner] = {}
    for position, row in enumerate(supply.offers.to_dict("records")):
        partner = found.setdefault(organisation_key(row["organisation"]), _Partner(row["organisation"]))
        partner.roles = tuple(dict.fromkeys(filter(None, (*partner.roles, row["role"]))))
        partner.networks = tuple(dict.fromkeys((*partner.networks, *map(mask_personal, row["networks"]))))
        partner.sort = partner.sort or mask_personal(row["sort"])
        partner.works = partner.works or row["works_on_inclusion"]
        partner.relation = nearest_relation(partner.relation, relation[position])
        partner.unplaced &= row["placement"] == Placement.NOWHERE
        partner.row = partner.row or row["row"]
    return found


def _serving(dataset: Dataset, draft: Draft, question: Question) -> dict[str, bool | None]:
    """Key of an organisation -> whether it has an active offer for a group of the decision; None = unknown."""
    supply, traits = dataset.supply, traits_of(dataset.supply, question.on)
    groups = groups_of_decision(dataset, draft)
    ours = np.zeros(len(traits.active), dtype=bool)
    for group in groups:
        ours |= for_group(traits, group, open_counts=question.open_counts)
    unsure = ~traits.group_known if groups else ~ours
    organisations = supply.offers["organisations"].tolist()
    found: dict[str, bool | None] = {}
    for position in np.flatnonzero(traits.active):
        for key in map(organisation_key, organisations[position]):
            if ours[position]:
                found[key] = True
            elif not found.get(key):
                found[key] = None if unsure[position] or (key in found and found[key] is None) else False
    return found


def _table(partners: list[_Partner], serving: dict[str, bool | None]) -> pd.DataFrame:
    serves = [serving.get(organisation_key(one.organisation), False) for one in partners]
    cells = [
        {**vars(one), "organisation": mask_personal(one.organisation), "serves": serve}
        for one, serve in zip(partners, serves, strict=True)
    ]
    near = {name: rank for rank, name in enumerate((*RELATIONS, ""))}
    roles = {name: rank for rank, name in enumerate(codelists.ROLE.values)}
    cells.sort(
        key=lambda one: (
            near[one["relation"]],
            one["serves"] is not True,
            min((roles[role] for role in one["roles"]), default=len(roles)),
            normalise(one["organisation"]),
        )
    )
    return pd.DataFrame(cells, columns=list(_COLUMNS)).astype({"serves": "boolean"})
